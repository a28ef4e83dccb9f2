import { randomUUID } from "node:crypto";
import { makeStep, type StepOptions } from "#src/demonstration/make-step.ts";
import { openApplication, viewApplication } from "#src/platform/applications/index.ts";
import { type Applied, runEffects } from "#src/platform/cases/index.ts";
import { writePeople } from "#src/platform/people/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { childMedical, type Entered } from "#src/programs/child-medical/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { invented } from "./people.ts";

/** What an invented guardian applies for. */
export const inventedApplication: Entered = {
  reason: "birth",
  guardian: {
    name: "試験　太郎",
    kana: "シケン　タロウ",
    relation: "father",
    postalCode: "8600004",
    address: "熊本市中央区新町２丁目４番２７号",
    building: "",
    telephone: "096-000-0000",
  },
  agent: null,
  insurance: {
    insurerNumber: "01430016",
    insurerName: "試験健康保険組合",
    kind: "kyokai",
    symbol: "12345678",
    number: "123",
    branchNumber: "01",
    insuredName: "試験　太郎",
    relation: "dependant",
    since: "2026-05-10",
  },
  account: {
    bankCode: "0001",
    branchCode: "001",
    kind: "ordinary",
    number: "1234567",
    holderKana: "シケン　タロウ",
  },
  mailing: null,
  welfare: false,
};

/** A number card, shown by the applicant. */
export const numberCard = {
  subject: "applicant",
  method: "number-card",
  documents: [],
  mandateSeen: false,
} as const;

/** The counter of a test: invented families, and steps made by named staff. */
export function counterOf(test: TestPlatform) {
  // Of each counter its own, so that a database that another counter worked on can be worked on again.
  const counterKey = randomUUID();
  let keys = 0;
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(
      test.platform,
      await test.actor(who),
      { purpose: "counter", program: "child-medical" },
      run,
    );

  /** A child with a father in one household; gives the child's number. */
  async function family(
    child: Parameters<typeof invented>[0] = {},
    parent: Parameters<typeof invented>[0] = {},
  ): Promise<string> {
    const born = invented({
      birthDate: "2026-05-10",
      residence: { from: "2026-05-10", fromReason: "birth" },
      ...child,
    });
    const father = invented({
      householdNumber: born.householdNumber,
      name: { kanji: "試験　太郎", kana: "シケン　タロウ" },
      birthDate: "1995-04-01",
      sex: "male",
      isHead: true,
      relationship: "02",
      residence: { from: "1995-04-01", fromReason: "birth" },
      ...parent,
    });
    const system = await test.system();
    const written = await runWork(test.platform, system, { purpose: "feed" }, (work) =>
      writePeople(work, [{ record: born }, { record: father }]),
    );
    return written[0] ?? "";
  }

  const open = (
    who: TestStaff,
    personNumber: string,
    receivedOn: IsoDate = test.platform.clock.today(),
  ) =>
    as(who, (work) =>
      openApplication(work, childMedical, {
        personNumber,
        receivedOn,
        idempotencyKey: `${counterKey} open ${keys++}`,
      }),
    );

  /** Makes one step on the case as it stands; a comment comes along where none is given. */
  const step = async (
    who: TestStaff,
    type: string,
    at: { caseId: string; revision: number },
    options: StepOptions = {},
  ): Promise<Applied> =>
    makeStep(test.platform, await test.actor(who), at, type, {
      comment: `試験のため（${keys++}）`,
      ...options,
    });

  /** From the counter to 審査: opened, identified, entered by clerk1, all documents seen. */
  async function toExamination(
    personNumber: string,
    application = inventedApplication,
  ): Promise<Applied> {
    const opened = await open("clerk1", personNumber);
    let at: { caseId: string; revision: number } = { caseId: opened.id, revision: 1 };
    at = await step("clerk1", "recordIdentity", at, { input: numberCard });
    at = await step("clerk1", "enter", at, { input: application });
    at = await step("clerk1", "recordDocuments", at, {
      input: { "insurance-proof": "seen", "account-proof": "seen" },
    });
    return step("clerk1", "submit", at);
  }

  /** Onwards to 決裁: confirmed and proposed by clerk2. */
  async function toApproval(
    personNumber: string,
    application = inventedApplication,
  ): Promise<Applied> {
    let at = await toExamination(personNumber, application);
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "propose", at);
    return step("clerk2", "requestDecision", at);
  }

  /** Onwards to 証交付. */
  async function toIssued(
    personNumber: string,
    application = inventedApplication,
  ): Promise<Applied> {
    const waiting = await toApproval(personNumber, application);
    const at = await step("supervisor1", "approve", waiting);
    return step("clerk1", "issue", at);
  }

  const effects = async (caseId: string) =>
    runEffects(test.platform, await test.actor("clerk1"), caseId);

  /** The application as clerk2 sees it. */
  const view = (caseId: string) =>
    as("clerk2", (work) => viewApplication(work, childMedical, caseId));

  return { as, family, open, step, toExamination, toApproval, toIssued, effects, view };
}
