import type { Applied } from "#src/platform/cases/index.ts";
import { runWork } from "#src/platform/work.ts";
import { childMedical, type Entered } from "#src/programs/child-medical/index.ts";
import { writePeople } from "#test/support/register.ts";
import { type At, caseworkOf } from "./casework.ts";
import type { TestPlatform } from "./database.ts";
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
  const { nextKey: _, ...casework } = caseworkOf(test, childMedical);
  const { open, step } = casework;

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

  /** From the counter to 審査: opened, identified, entered by clerk1, all documents seen. */
  async function toExamination(
    personNumber: string,
    application = inventedApplication,
    insisted?: string,
  ): Promise<Applied> {
    const opened = await open("clerk1", personNumber, undefined, insisted);
    let at: At = { caseId: opened.id, revision: 1 };
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

  return { ...casework, family, toExamination, toApproval, toIssued };
}
