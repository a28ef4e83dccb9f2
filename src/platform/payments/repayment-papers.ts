import { hash } from "node:crypto";
import { and, asc, count, desc, eq, inArray, isNotNull } from "drizzle-orm";
import { notice, repayment } from "#db/schema/repayments.ts";
import { joinPdfs, moneyReceipt } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { documentNumber, makePaper } from "../letters/index.ts";
import type { Lines } from "../lines.ts";
import { lookAtPeople, lookAtPerson, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import {
  makeRepaymentPaper,
  type PaperEntry,
  type PaperStep,
  type RepaymentLetters,
} from "./repayment-letters.ts";
import {
  outstandingOf,
  type RepaymentRow,
  readRepayment,
  repaymentNumber,
  stateAfterStep,
} from "./repayments.ts";

export type RepaymentNotice = typeof notice.$inferSelect;

/** What each paper of a repayment is called. */
export const noticeTitles = {
  demand: "返還決定通知書",
  change: "変更・分納の通知",
  slip: "納付書",
  dunning: "督促",
  reminder: "催告書",
  receipt: "領収書",
} as const satisfies Record<RepaymentNotice["kind"], string>;

const digestOf = (pdf: Uint8Array) => hash("sha256", pdf);
const sealPaper = (work: Work, row: RepaymentRow, pdf: Uint8Array) =>
  putSealed(work, {
    holder: row.personNumber,
    program: row.program,
    kind: "repayment-paper",
    data: pdf,
  });

/**
 * Issues the paper of a step: it gets its number, is kept as it was printed, and the step is made, in one transaction.
 *
 * @returns the id of the paper
 * @throws EntryProblem of `due`, `payBy` or `reason`; Problem 403, 409, 422, 503
 */
export async function issueRepaymentPaper(
  work: Work,
  of: RepaymentLetters,
  { id, seen, type, ...entry }: PaperEntry & { id: string; seen: number; type: PaperStep },
): Promise<string> {
  const details = await readRepayment(work, id);
  stateAfterStep(work, details, type);
  const number = await documentNumber(work, of.letters, "document");
  const { pdf, paper, due, payBy, amount } = await makeRepaymentPaper(
    work,
    of,
    details,
    type,
    entry,
    number,
  );
  const sealed = await sealPaper(work, details.repayment, pdf);
  const [made] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select repayments.issue(${id}, ${seen}, ${type}, ${due}, ${payBy}, ${amount}, ${number}, ${paper.template}, ${paper.setting},
        ${digestOf(pdf)}, ${sealed}) as id`,
    "この返還金は、ほかの職員が先に進めました。",
  );
  if (!made) throw new Error("a paper has an id");
  return made.id;
}

/**
 * 領収書 of money that was taken at the counter, once.
 *
 * @returns the id of the paper
 * @throws Problem 409 where it was issued already
 */
export async function issueMoneyReceipt(
  work: Work,
  { letters }: RepaymentLetters,
  { id, receipt: receiptId }: { id: string; receipt: string },
): Promise<string> {
  const { repayment: row, receipts, notices } = await readRepayment(work, id);
  const money = receipts.find((one) => one.id === receiptId);
  if (money?.manner !== "cash") throw notFound("窓口で受け取った収納が見つかりません。");
  if (notices.some((one) => one.receiptId === receiptId))
    throw conflict("この収納の領収書は、既に発行しています。");
  const person = await lookAtPerson(work, row.personNumber, ["facts", "name"]);
  if (!person) throw notFound("返す人が見つかりません。");
  const [taker] = await work.sql<{ name: string }[]>`
    select display_name as name from access.staff where id = ${money.enteredBy}`;
  // 領収書番号 is the one that whoever took the money entered with it.
  const number = money.reference ?? "";
  const { pdf, paper } = await makePaper(work, letters.papers, {
    form: moneyReceipt,
    data: {
      documentNumber: number,
      date: money.receivedOn as IsoDate,
      payer: shownName(person),
      amount: money.amount,
      purpose: `${letters.title}の返還金（${repaymentNumber(row)}）として`,
      left: outstandingOf(row),
      receivedBy: taker?.name ?? "",
      office: (await officeFinder(work))(row.officeCode),
    },
    subject: {
      personNumber: row.personNumber,
      officeCode: row.officeCode,
      ...(row.caseId ? { caseId: row.caseId } : {}),
    },
    sample: false,
  });
  const sealed = await sealPaper(work, row, pdf);
  const [made] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select repayments.issue_receipt(${receiptId}, ${number}, ${paper.template}, ${paper.setting}, ${digestOf(pdf)}, ${sealed}) as id`,
    "この収納の領収書は、既に発行しています。",
  );
  if (!made) throw new Error("a receipt has an id");
  return made.id;
}

const ofProgram = (work: Work) =>
  and(
    isNotNull(notice.templateVersion),
    work.program === undefined ? undefined : eq(repayment.program, work.program),
  );

/** The last days on which a 事務 issued papers, the newest first, with how many. */
export const paperDays = (work: Work, size: number) =>
  work.tx
    .select({ on: notice.madeOn, papers: count() })
    .from(notice)
    .innerJoin(repayment, eq(repayment.id, notice.repaymentId))
    .where(ofProgram(work))
    .groupBy(notice.madeOn)
    .orderBy(desc(notice.madeOn))
    .limit(size);

/** Papers of a 事務 that were issued on a day, in the order of their numbers; 督促 that were told otherwise are none. */
export async function papersOfDay(work: Work, on: IsoDate, { from, size }: Lines) {
  const which = and(eq(notice.madeOn, on), ofProgram(work));
  const rows = await work.tx
    .select({ notice, repayment })
    .from(notice)
    .innerJoin(repayment, eq(repayment.id, notice.repaymentId))
    .where(which)
    .orderBy(asc(notice.madeAt), asc(notice.number))
    .limit(size)
    .offset(from);
  const [all] = await work.tx
    .select({ total: count() })
    .from(notice)
    .innerJoin(repayment, eq(repayment.id, notice.repaymentId))
    .where(which);
  return {
    total: all?.total ?? 0,
    rows: rows.map((one) => ({ ...one, repayment: one.repayment as RepaymentRow })),
  };
}

/**
 * Papers as they were printed, in the order asked for, in one file. Each time is recorded.
 *
 * @throws Problem 403 where one is of a person under 支援措置 whose address may not be seen, 404 where one is not of this 事務
 */
export async function printRepaymentPapers(
  work: Work,
  ids: readonly string[],
): Promise<{ pdf: Uint8Array; numbers: string[] }> {
  const rows = ids.length
    ? await work.tx
        .select({ notice, repayment })
        .from(notice)
        .innerJoin(repayment, eq(repayment.id, notice.repaymentId))
        .where(and(inArray(notice.id, [...ids]), isNotNull(notice.templateVersion)))
    : [];
  const found = new Map(rows.map((one) => [one.notice.id, one]));
  const wanted = ids.flatMap((id) => found.get(id) ?? []);
  if (wanted.length < ids.length || wanted.some((one) => !ofThisProgram(work, one.repayment)))
    throw notFound("文書が見つかりません。");
  if (wanted.length === 0) throw notFound("印刷する文書がありません。");
  const people = await lookAtPeople(
    work,
    [...new Set(wanted.map((one) => one.repayment.personNumber))],
    ["facts"],
  );
  if (people.some(({ addressMasked }) => addressMasked))
    throw new Problem({
      status: 403,
      message: "支援措置の対象者の文書が含まれます。住所を扱う権限のある職員が印刷してください。",
    });
  const places = await work.sql<{ id: string; sealed_id: string; sha256: string }[]>`
    select id, sealed_id, sha256 from repayments.print_papers(${[...ids]}::uuid[])`;
  const opened = new Map(
    (
      await getSealed(
        work,
        places.map((one) => one.sealed_id),
      )
    ).map((one) => [one.id, one.data as Uint8Array]),
  );
  const bytes = new Map(
    places.map(({ id, sealed_id, sha256 }) => {
      const pdf = opened.get(sealed_id);
      if (!pdf) throw notFound("文書の記録は消去されています。");
      if (digestOf(pdf) !== sha256) throw new Error("the paper is not the one that was issued");
      return [id, pdf];
    }),
  );
  return {
    pdf: await joinPdfs(ids.flatMap((id) => bytes.get(id) ?? [])),
    numbers: wanted.map((one) => one.notice.number),
  };
}
