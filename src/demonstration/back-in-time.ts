import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { followUp } from "#db/schema/follow-ups.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { openChange } from "#src/platform/applications/index.ts";
import { runEffects } from "#src/platform/cases/index.ts";
import { entitlementsOf, moveFollowUp } from "#src/platform/entitlements/index.ts";
import { moveRepayment, proposeRepayment } from "#src/platform/payments/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { childMedical, childMedicalChanges } from "#src/programs/child-medical/index.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { BenefitStaff } from "./benefits.ts";
import { makeStep } from "./make-step.ts";
import type { DatedStep } from "./year.ts";

const { program } = childMedical;
/** A correction back in time as it is played: whose, on which day it comes, and from when it holds. */
export interface PlayedCorrection {
  personNumber: string;
  on: IsoDate;
  holdsFrom: IsoDate;
  /** Takes a line of the summary. */
  tell(line: string): void;
}

/**
 * A child who moved away months ago: the loss is reported late and decided, what was paid of the months since waits as follow-up
 * work, each is asked back by a repayment that another person approves, and is settled with it.
 */
export function correctionSteps(
  platform: Platform,
  staff: BenefitStaff,
  { personNumber, on, holdsFrom, tell }: PlayedCorrection,
): DatedStep[] {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T> =>
    runWork(platform, actor, { purpose: "case", program }, run);
  const pay = <T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T> =>
    runWork(platform, actor, { purpose: "payment", program }, run);

  async function grantingCase(work: Work): Promise<string> {
    const [one] = await entitlementsOf(work, program, personNumber);
    if (!one) throw new Error("nobody is entitled");
    return one.caseId;
  }

  async function reported(): Promise<string> {
    const { found } = await as(staff.enters, async (work) =>
      openChange(work, childMedicalChanges, {
        grantingCaseId: await grantingCase(work),
        origin: "report",
        subject: "loss",
        reason: "moved-out",
        occursOn: holdsFrom,
        idempotencyKey: randomUUID(),
      }),
    );
    let { revision } = found;
    const step = async (actor: Actor, type: string, input?: unknown) => {
      ({ revision } = await makeStep(platform, actor, { caseId: found.id, revision }, type, {
        input,
      }));
      await runEffects(platform, actor, found.id);
    };
    await step(staff.enters, "recordIdentity", {
      subject: "applicant",
      method: "number-card",
      documents: [],
      mandateSeen: false,
    });
    await step(staff.enters, "enter", {});
    await step(staff.enters, "submit");
    await step(staff.examines, "confirm");
    await step(staff.examines, "requestDecision");
    await step(staff.decides, "approve");
    return found.id;
  }

  /** Asks back what was paid of one month, and settles the work once that is approved. */
  async function recover(caseId: string, { id, amount }: { id: string; amount: number }) {
    const repayment = await pay(staff.enters, (work) =>
      proposeRepayment(work, {
        program,
        sourceKind: "follow-up",
        sourceId: id,
        caseId,
        personNumber,
        cause: "after-loss",
        amount,
        dueOn: addDays(platform.clock.today(), 30),
        comment: "転出の後の月の助成のため",
      }),
    );
    await pay(staff.decides, (work) =>
      moveRepayment(work, { id: repayment, seen: 1, type: "approve" }),
    );
    await as(staff.enters, (work) => moveFollowUp(work, { id, seen: 1, type: "settle" }));
  }

  return [
    {
      on,
      async play() {
        const caseId = await reported();
        const open = await as(staff.examines, (work) =>
          work.tx
            .select()
            .from(followUp)
            .where(and(eq(followUp.caseId, caseId), eq(followUp.kind, "recover"))),
        );
        let sum = 0;
        for (const { id, amount } of open) {
          sum += amount ?? 0;
          await recover(caseId, { id, amount: amount ?? 0 });
        }
        tell(
          `  遡及喪失 ${formatWareki(holdsFrom)}から（${formatWareki(on)}の届出）: 遡及に伴う処理 ${open.length} 件、返還金 ${yen(sum)} を決裁して完了`,
        );
      },
    },
  ];
}
