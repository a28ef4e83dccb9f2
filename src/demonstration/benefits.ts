import { randomUUID } from "node:crypto";
import { type Actor, openSystemSession } from "#src/platform/access/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import {
  type ClaimKind,
  type KeyedReceipt,
  openClaim,
  reckonClaim,
} from "#src/platform/claims/index.ts";
import {
  enterAccount,
  gatherRun,
  handOverFile,
  linesOfRun,
  moveAccount,
  movePaymentRun,
  payableNumber,
  readAnswers,
  readPaymentRun,
  takeRunFile,
  writeRunFile,
} from "#src/platform/payments/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { decideReceipts, getFile } from "#src/platform/receipts/index.ts";
import { approveFile } from "#src/platform/receipts/jobs.ts";
import { receiptWork } from "#src/platform/receipts/move.ts";
import { postFile } from "#src/platform/receipts/post-file.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { CounterStaff } from "./counter.ts";
import { makeStep } from "./make-step.ts";
import { bringReceipts } from "./receipts.ts";

/** Who takes part in the benefits of a 事務. */
export interface BenefitStaff extends CounterStaff {
  prepares: Actor;
  /** Approves files and runs. */
  approves: Actor;
  cashier: Actor;
}

/** What a month of receipts came to. */
export interface PlayedReceipts {
  count: number;
  sentBack: number;
  /** With something against them, and not decided yet. */
  open: number;
  subsidy: number;
}

/** The receipts of a month: taken in, the faulty ones sent back, the file approved by another person and posted. */
export async function playReceipts(
  platform: Platform,
  staff: BenefitStaff,
  program: string,
  { seed, costly }: { seed: number; costly?: number },
): Promise<PlayedReceipts | undefined> {
  const fileId = await bringReceipts(
    platform,
    { prepares: staff.prepares, decides: staff.approves },
    { program, count: 8, faultEvery: 4, seed, costly },
  );
  if (fileId === undefined) return undefined;
  const sentBack = await runWork(
    platform,
    staff.examines,
    { ...receiptWork, purpose: "case" },
    async (work) => {
      const open = await work.sql<{ row: number }[]>`
        select row from receipts.receipt where file_id = ${fileId} and outcome <> 'clear' and person_number is not null order by row`;
      const rows = open.map(({ row }) => row);
      if (rows.length > 0)
        await decideReceipts(work, { fileId, rows, action: "return", reason: "wrong-record" });
      return rows.length;
    },
  );
  await runWork(platform, staff.approves, receiptWork, async (work) => {
    const { revision } = await getFile(work, fileId);
    await approveFile(work, { fileId, revision });
  });
  await postFile(platform, await openSystemSession(platform), fileId);
  return runWork(platform, staff.approves, { purpose: "inquiry", program }, async (work) => {
    const [sums] = await work.sql<{ count: number; subsidy: number }[]>`
      select count(*)::integer as count, coalesce(sum(subsidy), 0)::integer as subsidy from receipts.benefit where file_id = ${fileId}`;
    const { receiptCount } = await getFile(work, fileId);
    const count = sums?.count ?? 0;
    return { count, sentBack, open: receiptCount - count - sentBack, subsidy: sums?.subsidy ?? 0 };
  });
}

/** An account that one person typed and another confirmed. */
export async function playAccount(
  platform: Platform,
  { enters, examines }: CounterStaff,
  { program, personNumber, number }: { program: string; personNumber: string; number: string },
): Promise<void> {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "payment", program }, run);
  const account = {
    bankCode: "0001",
    branchCode: "001",
    kind: "ordinary",
    number,
    holderKana: "ミホン　ハハコ",
  } as const;
  const id = await as(enters, (work) =>
    enterAccount(work, { program, personNumber, source: "counter", account }),
  );
  await as(examines, (work) => moveAccount(work, id, "confirm", { evidence: "passbook" }));
}

/** A claim for what was paid outside of the prefecture: keyed at the counter, examined, proposed and decided by another. */
export async function playClaim(
  platform: Platform,
  staff: CounterStaff,
  kind: ClaimKind,
  { personNumber, month, paid }: { personNumber: string; month: IsoMonth; paid: number },
): Promise<string> {
  const { program } = kind;
  const receipt: KeyedReceipt = {
    month,
    day: 5,
    paidOn: `${month}-05`,
    institutionName: "見本県外診療所",
    care: "outpatient",
    cost: Math.round((paid * 10) / 3),
    insuranceTenths: 7,
    times: 1,
    paid,
    meals: 0,
    mealDays: 0,
    reimbursed: 0,
    highCost: 0,
    additionalBenefit: 0,
    otherPublic: 0,
    outsidePrefecture: true,
    certificateShown: false,
    documents: ["receipt"],
  };
  const found = await runWork(platform, staff.enters, { purpose: "case", program }, async (work) =>
    openClaim(
      work,
      kind,
      {
        personNumber,
        receivedOn: platform.clock.today(),
        channel: "window",
        idempotencyKey: randomUUID(),
      },
      { receipts: [receipt], multiple: false },
    ),
  );
  let revision = found.revision + 1;
  const step = async (actor: Actor, type: string, input?: unknown) => {
    const seen = { caseId: found.id, revision };
    ({ revision } = await makeStep(platform, actor, seen, type, { input }));
  };
  const doubtful = await runWork(
    platform,
    staff.examines,
    { purpose: "case", program, caseId: found.id },
    async (work) => (await reckonClaim(work, kind, await getCase(work, found.id))).receipts,
  );
  const words = doubtful.flatMap(({ receipt, open }) =>
    open.map(({ code }) => ({ number: receipt.number, code, reason: "receipt-seen" })),
  );
  if (words.length > 0) await step(staff.examines, "accept", words);
  await step(staff.examines, "propose");
  await step(staff.decides, "approve", {});
  return found.number;
}

/** What a run of payments came to. */
export interface PlayedRun {
  id: string;
  lines: number;
  sum: number;
}

/** Gathers what is owed on a closing date; approved by another, written, taken out and handed to the bank. */
export async function playRun(
  platform: Platform,
  staff: BenefitStaff,
  order: { program: string; closingOn: IsoDate; payOn: IsoDate },
): Promise<PlayedRun> {
  const { program } = order;
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "payment", program }, run);
  const { prepares, approves, cashier } = staff;
  const id = await as(prepares, (work) => gatherRun(work, order));
  const seen = () => as(approves, async (work) => (await readPaymentRun(work, id)).run.revision);
  const move = async (actor: Actor, type: "submit" | "approve") => {
    const revision = await seen();
    await as(actor, (work) => movePaymentRun(work, { id, seen: revision, type }));
  };
  await move(prepares, "submit");
  await move(approves, "approve");
  const written = await seen();
  await as(prepares, (work) => writeRunFile(work, id, written));
  await as(cashier, (work) => takeRunFile(work, id));
  const handed = await seen();
  await as(cashier, (work) =>
    handOverFile(work, id, handed, {
      receiver: "見本銀行 本店",
      receivedBy: "銀行　太郎",
      manner: "medium",
    }),
  );
  const { run } = await as(approves, (work) => readPaymentRun(work, id));
  return { id, lines: run.approvedCount ?? 0, sum: run.approvedSum ?? 0 };
}

/** Reads what the bank answers: all paid but those whose account was closed. The run is closed afterwards. */
export async function playAnswers(
  platform: Platform,
  { prepares, approves }: BenefitStaff,
  { program, id, failing }: { program: string; id: string; failing: boolean },
): Promise<{ paid: number; failed: number; whose: string[] }> {
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, { purpose: "payment", program }, run);
  const { rows } = await as(approves, (work) =>
    linesOfRun(work, id, { states: ["ready"], from: 0, size: 500 }),
  );
  const lines = rows.map(({ payable }, at) =>
    failing && at === 0
      ? `${payableNumber(payable)},${payable.amount},不能,解約済`
      : `${payableNumber(payable)},${payable.amount},振込済,`,
  );
  const bytes = Buffer.from(["支払番号,支払額,結果,理由", ...lines, ""].join("\r\n"));
  const revision = await as(
    approves,
    async (work) => (await readPaymentRun(work, id)).run.revision,
  );
  const answered = await as(prepares, (work) =>
    readAnswers(work, id, revision, bytes, { restPaid: false }),
  );
  const last = await as(approves, async (work) => (await readPaymentRun(work, id)).run.revision);
  await as(prepares, (work) => movePaymentRun(work, { id, seen: last, type: "close" }));
  const whose = failing ? [rows[0]?.payable.personNumber ?? []].flat() : [];
  return { paid: answered.paid, failed: answered.failed, whose };
}
