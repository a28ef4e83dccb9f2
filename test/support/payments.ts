import { randomUUID } from "node:crypto";
import type { Account } from "#src/platform/entry-parts/index.ts";
import {
  decideSetting,
  enterAccount,
  gatherRun,
  handOverFile,
  moveAccount,
  movePaymentRun,
  proposeSetting,
  readAnswers,
  readPaymentRun,
  type SettingEntry,
  settingsOf,
  takeRunFile,
  writeRunFile,
} from "#src/platform/payments/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { PaymentRunEvent } from "#workflows/payments/run.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** How a 事務 of a test pays: at the end of a month, on the 15th of the next one. */
export const settingEntry: SettingEntry = {
  validFrom: "2026-04-01",
  originatorCode: "1234567890",
  originatorName: "ｸﾏﾓﾄｼ ｶｲｹｲｶﾝﾘｼﾔ",
  bankCode: "0001",
  branchCode: "001",
  accountType: "1",
  accountNumber: "7654321",
  clearingHouse: "zeros",
  category: "7",
  lineEnds: true,
  closingDay: 31,
  payMonths: 1,
  payDay: 15,
  whenClosed: "after",
  leadDays: 2,
  source: "試験の協定",
};

export const someAccount: Account = {
  bankCode: "0001",
  branchCode: "001",
  kind: "ordinary",
  number: "1234567",
  holderKana: "シケン　ハハコ",
};

/** Payments of one 事務 in a test: accounts, what is owed, and runs moved by named staff. */
export function paymentsOf(test: TestPlatform, program = "sample-allowance") {
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "payment", program }, run);

  /** Proposed by one, approved by another. */
  async function setUp(entry: SettingEntry = settingEntry): Promise<void> {
    await as("operator1", (work) => proposeSetting(work, program, entry));
    const [made] = await as("supervisor1", (work) => settingsOf(work, program));
    if (made) await as("supervisor1", (work) => decideSetting(work, made.id, "approved"));
  }

  /** Typed by one, confirmed by another. */
  async function account(personNumber: string, given: Partial<Account> = {}): Promise<string> {
    const entered = await as("clerk1", (work) =>
      enterAccount(work, {
        program,
        personNumber,
        source: "counter",
        account: { ...someAccount, ...given },
      }),
    );
    await as("clerk2", (work) => moveAccount(work, entered, "confirm", { evidence: "passbook" }));
    return entered;
  }

  /** What a decision of another day left owed, entered as it would stand. */
  async function owed(
    personNumber: string,
    amount: number,
    given: { kind?: "transfer" | "cash"; on?: string; office?: string; caseId?: string } = {},
  ): Promise<string> {
    const { kind = "transfer", on = "2026-10-20", office = "431010", caseId = null } = given;
    const [row] = await test.admin<{ id: string }[]>`
      insert into payments.payable (program, person_number, office_code, source_kind, source_id, case_id, amount, kind, owed_on, decided_by)
      select ${program}, ${personNumber}, ${office}, 'allowance', ${randomUUID()}::uuid, ${caseId}::uuid, ${amount}, ${kind}, ${on}, s.id
        from access.staff s where s.login_name = 'supervisor2' returning id`;
    if (!row) throw new Error("a payable has an id");
    await test.admin`
      insert into payments.payable_event (payable_id, revision, event, from_state, to_state, staff_id, staff_name, "on")
      select ${row.id}, 1, 'owe', '', 'owed', s.id, s.display_name, ${on} from access.staff s where s.login_name = 'supervisor2'`;
    return row.id;
  }

  const gather = (
    who: TestStaff = "operator1",
    closingOn: `${number}-${number}-${number}` = "2026-10-31",
    payOn: `${number}-${number}-${number}` = "2026-11-30",
  ) => as(who, (work) => gatherRun(work, { program, closingOn, payOn }));

  const read = (id: string) => as("supervisor1", (work) => readPaymentRun(work, id));
  const seen = async (id: string) => (await read(id)).run.revision;

  async function step(who: TestStaff, id: string, type: PaymentRunEvent, comment?: string) {
    const revision = await seen(id);
    await as(who, (work) => movePaymentRun(work, { id, seen: revision, type, comment }));
  }

  /** Onwards from the gathering to the approval, the file, and the bank. */
  async function approved(id: string): Promise<void> {
    await step("operator1", id, "submit");
    await step("supervisor1", id, "approve");
  }
  async function written(id: string): Promise<void> {
    await approved(id);
    const revision = await seen(id);
    await as("operator1", (work) => writeRunFile(work, id, revision));
  }
  async function handedOver(id: string): Promise<void> {
    await written(id);
    const revision = await seen(id);
    await as("cashier1", (work) =>
      handOverFile(work, id, revision, {
        receiver: "見本銀行 本店",
        receivedBy: "銀行　太郎",
        manner: "medium",
      }),
    );
  }
  const takeOut = (id: string, who: TestStaff = "cashier1") =>
    as(who, (work) => takeRunFile(work, id));

  /** A list of answers as CSV: 支払番号, 支払額, 結果, 理由. */
  async function answers(id: string, lines: readonly string[], restPaid = false) {
    const revision = await seen(id);
    const bytes = Buffer.from(["支払番号,支払額,結果,理由", ...lines, ""].join("\r\n"));
    return as("operator1", (work) => readAnswers(work, id, revision, bytes, { restPaid }));
  }

  return {
    program,
    as,
    setUp,
    account,
    owed,
    gather,
    read,
    seen,
    step,
    approved,
    written,
    handedOver,
    takeOut,
    answers,
  };
}
