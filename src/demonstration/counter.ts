import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "#src/platform/access/index.ts";
import { runEffects } from "#src/platform/cases/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { findPeople } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  type Application,
  approve,
  confirmEntry,
  enterApplication,
  issueCertificate,
  lookAtRegister,
  openApplication,
  prefilledGuardian,
  proposeGrant,
  recordDocuments,
  recordIdentityCheck,
  requestDecision,
  type StepRequest,
  submitForExamination,
} from "#src/programs/child-medical/index.ts";
import { ageOn } from "#workflows/dates/ages.ts";

/** Who plays which part at the counter. */
export interface CounterStaff {
  enters: Actor;
  examines: Actor;
  decides: Actor;
}

/**
 * Journey 1: the application for a child, from the search to the 受給者証, with the papers left in `out`.
 *
 * @returns lines of the summary
 */
export async function playCounter(
  platform: Platform,
  staff: CounterStaff,
  out: string,
): Promise<string[]> {
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>, caseId?: string): Promise<T> =>
    runWork(platform, actor, { purpose: "case", program: "child-medical", caseId }, work);

  const personNumber = await as(staff.enters, findSomeChild);
  const opened = await as(staff.enters, (work) =>
    openApplication(work, {
      personNumber,
      receivedOn: platform.clock.today(),
      idempotencyKey: randomUUID(),
    }),
  );
  let revision = opened.revision;
  const step = async (
    actor: Actor,
    take: (work: Work, request: StepRequest) => Promise<{ revision: number }>,
  ) => {
    const request = {
      caseId: opened.id,
      expectedRevision: revision,
      idempotencyKey: randomUUID(),
    };
    ({ revision } = await as(actor, (work) => take(work, request), opened.id));
  };

  await step(staff.enters, (work, request) =>
    recordIdentityCheck(work, request, {
      subject: "applicant",
      method: "number-card",
      documents: [],
      mandateSeen: false,
    }),
  );
  await step(staff.enters, async (work, request) =>
    enterApplication(work, request, await inventedApplication(work, personNumber)),
  );
  await step(staff.enters, (work, request) =>
    recordDocuments(work, request, { "insurance-proof": "seen", "account-proof": "seen" }),
  );
  await step(staff.enters, submitForExamination);
  await step(staff.examines, confirmEntry);
  await step(staff.examines, proposeGrant);
  await step(staff.examines, requestDecision);
  await step(staff.decides, approve);
  await runEffects(platform, staff.decides, opened.id);
  await step(staff.enters, issueCertificate);

  const files = await as(staff.enters, async (work) => {
    const names: string[] = [];
    for (const { id, kind, number } of await documentsOf(work, opened.id)) {
      const { pdf } = await printDocument(work, id);
      const name = `${kind}.pdf`;
      await writeFile(join(out, name), pdf);
      names.push(`${name}（${number}、${Math.round(pdf.length / 1024)} KiB）`);
    }
    return names;
  });
  return [
    `こども医療費助成 申請 ${opened.number}: 受付 → 本人確認 → 審査 → 起案 → 決裁 → 認定 → 証交付`,
    `  入力 ${staff.enters.staffName}、審査・起案 ${staff.examines.staffName}、決裁 ${staff.decides.staffName}`,
    ...files.map((file) => `  ${file}`),
  ];
}

/** A small child who lives here with an adult, found as at the counter: by the beginning of a name. */
async function findSomeChild(work: Work): Promise<string> {
  const today = work.platform.clock.today();
  for (const name of [
    "タナカ",
    "マツモト",
    "ナカムラ",
    "ヤマモト",
    "サトウ",
    "ヤマダ",
    "イ",
    "タ",
  ]) {
    for (const personNumber of await findPeople(work, { name, officeCode: "431010" })) {
      const { child, guardian } = await lookAtRegister(work, personNumber);
      const isSmall = ageOn(child.birthDate, today).years < 6;
      if (isSmall && guardian && !child.isProtected && !child.residence.to) return personNumber;
    }
  }
  throw new Error("no child was found to apply for");
}

async function inventedApplication(work: Work, personNumber: string): Promise<Application> {
  const view = await lookAtRegister(work, personNumber);
  const guardian = { ...prefilledGuardian(view), telephone: "096-000-0001" };
  return {
    reason: "other",
    guardian,
    agent: null,
    insurance: {
      insurerNumber: "01430016",
      insurerName: "全国健康保険協会　熊本支部",
      kind: "kyokai",
      symbol: "12345678",
      number: "101",
      branchNumber: "02",
      insuredName: guardian.name,
      relation: "dependant",
      since: view.child.birthDate,
    },
    account: null,
    mailing: null,
    welfare: false,
  };
}
