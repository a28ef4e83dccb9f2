import { and, asc, eq, gte, inArray, lte } from "drizzle-orm";
import { office as officeTable, staff } from "#db/schema/access.ts";
import { handOver, run, runFile, runLine } from "#db/schema/payment-runs.ts";
import { account, payable } from "#db/schema/payments.ts";
import {
  checkText,
  type RunStatementData,
  runStatement,
  transferBook,
  writeForm,
} from "#forms/index.ts";
import { fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { holds } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import type { ProgramLetters } from "../letters/index.ts";
import { lookAtPeople, shownKana, shownName } from "../people/index.ts";
import { officeFinder, printingOf } from "../printing/index.ts";
import { notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { accountInWords, openAccounts } from "./account-data.ts";
import { partiesOfRows, partyName } from "./parties.ts";
import { payableNumber } from "./payables.ts";
import { paymentRunNumber, paymentRunStateMeta, readPaymentRun } from "./runs.ts";

/** Payments of a run that are printed in one go: each is a look at a name and an account. */
export const linesAStatement = 1000;
/** Files of a year on one print of the 授受簿. */
const filesABook = 500;

/** What stands in a run as paid or to be paid. */
const paying = ["ready", "paid", "failed", "returned"] as const;

/**
 * 支払明細書 of a run from one of its payments on, counted and summed by the database. The account is shown whole to whoever
 * confirms accounts or hands the file over, with all but its end hidden to others; a name that no font has stands in kana.
 *
 * @param from place of the first payment, from 1
 * @throws Problem 404 where there is no such run or payment
 */
export async function printRunStatement(
  work: Work,
  letters: ProgramLetters,
  { id, from }: { id: string; from: number },
): Promise<{ pdf: Uint8Array; name: string }> {
  const { run: row, preparer } = await readPaymentRun(work, id);
  const program = row.program;
  const whole =
    holds(work.actor, "payment-account.handle", { program }) ||
    holds(work.actor, "payment.download", { program });
  const sums = await work.sql<{ office: string | null; count: number; sum: number }[]>`
    select p.office_code as office, count(*)::integer as count, sum(l.amount)::float8 as sum
      from payments.run_line l join payments.payable p on p.id = l.payable_id
     where l.run_id = ${id} and l.state = any(${[...paying]}) group by 1 order by 1`;
  const lines = await work.tx
    .select({
      amount: runLine.amount,
      serial: payable.serial,
      personNumber: payable.personNumber,
      partyCode: payable.partyCode,
      officeCode: payable.officeCode,
      sealedId: account.sealedId,
    })
    .from(runLine)
    .innerJoin(payable, eq(payable.id, runLine.payableId))
    .innerJoin(account, eq(account.id, runLine.accountId))
    .where(and(eq(runLine.runId, id), inArray(runLine.state, [...paying])))
    .orderBy(asc(payable.serial))
    .limit(linesAStatement)
    .offset(from - 1);
  if (lines.length === 0) throw notFound("印刷する支払がありません。");
  const people = new Map(
    (
      await lookAtPeople(
        work,
        [...new Set(lines.flatMap((one) => one.personNumber ?? []))],
        ["facts", "name"],
      )
    ).map((person) => [person.personNumber, person]),
  );
  const accounts = await openAccounts(work, [...new Set(lines.map((one) => one.sealedId))]);
  const { fonts, wording } = await printingOf(work, letters.papers);
  const offices = await officeNames(work);
  // What is paid to an organisation belongs to no office.
  const officeOf = (code: string | null) => (code === null ? "市" : (offices.get(code) ?? code));
  const parties = await partiesOfRows(work, program, lines);
  const named = ({ personNumber, partyCode }: (typeof lines)[number]): string => {
    if (partyCode !== null) return partyName(partyCode, parties);
    const person = people.get(personNumber ?? "");
    if (!person || person.addressMasked) return "";
    const name = shownName(person);
    return checkText(name, "name", fonts, runStatement.id).length > 0 ? shownKana(person) : name;
  };
  const data: RunStatementData = {
    program: letters.title,
    run: paymentRunNumber(row),
    closingOn: row.closingOn as IsoDate,
    payOn: row.payOn as IsoDate,
    state: paymentRunStateMeta(row.state).title,
    printedOn: work.platform.clock.today(),
    office: (await officeFinder(work))(row.officeCode ?? ""),
    count: sums.reduce((total, { count }) => total + count, 0),
    sum: sums.reduce((total, { sum }) => total + Number(sum), 0),
    offices: sums.map(({ office, ...one }) => ({
      name: officeOf(office),
      count: one.count,
      sum: Number(one.sum),
    })),
    from,
    lines: lines.map((line) => {
      const known = accounts.get(line.sealedId);
      return {
        number: payableNumber(line),
        name: named(line),
        account: known ? accountInWords(known, whole ? "whole" : "end") : "―",
        amount: line.amount,
        office: officeOf(line.officeCode),
      };
    }),
    preparedBy: preparer,
  };
  await recordAudit(work, {
    kind: "print",
    action: "payment-run.statement-printed",
    persons: [...people.keys()],
    detail: { number: data.run, from, lines: lines.length },
  });
  const pdf = await writeForm(runStatement, data, { fonts, wording: wording(runStatement) });
  return { pdf, name: `${data.run}-${from}.pdf` };
}

const officeNames = async (work: Work) =>
  new Map(
    (
      await work.tx.select({ code: officeTable.code, name: officeTable.name }).from(officeTable)
    ).map(({ code, name }) => [code, name]),
  );

const handedIn = (program: string, year: number) =>
  and(
    eq(run.program, program),
    gte(handOver.handedOn, fiscalYearStart(year)),
    lte(handOver.handedOn, fiscalYearEnd(year)),
  );

/** Whether the 授受簿 of a 年度 has a line. */
export async function hasTransferBook(
  work: Work,
  { program, fiscalYear }: { program: string; fiscalYear: number },
): Promise<boolean> {
  const found = await work.tx
    .select({ run: handOver.runId })
    .from(handOver)
    .innerJoin(run, eq(run.id, handOver.runId))
    .where(handedIn(program, fiscalYear))
    .limit(1);
  return found.length > 0;
}

/** 振込データ授受簿 of a 年度: every file of the 事務 that was handed over. @throws Problem 404 where none was, 422 for too many */
export async function printTransferBook(
  work: Work,
  letters: ProgramLetters,
  { program, fiscalYear }: { program: string; fiscalYear: number },
): Promise<Uint8Array> {
  const rows = await work.tx
    .select({ run, file: runFile, handed: handOver, giver: staff.displayName })
    .from(handOver)
    .innerJoin(run, eq(run.id, handOver.runId))
    .innerJoin(runFile, eq(runFile.runId, handOver.runId))
    .innerJoin(staff, eq(staff.id, handOver.handedBy))
    .where(handedIn(program, fiscalYear))
    .orderBy(asc(handOver.handedOn), asc(run.serial))
    .limit(filesABook + 1);
  if (rows.length === 0) throw notFound("この年度に引き渡した振込データはありません。");
  if (rows.length > filesABook)
    throw new Problem({
      status: 422,
      message: `一度に印刷できるのは${filesABook}件までです。`,
    });
  const { fonts, wording } = await printingOf(work, letters.papers);
  await recordAudit(work, {
    kind: "print",
    action: "payment-files.book-printed",
    detail: { year: fiscalYear, lines: rows.length },
  });
  return writeForm(
    transferBook,
    {
      program: letters.title,
      year: formatFiscalYear(fiscalYear),
      office: (await officeFinder(work))(rows[0]?.run.officeCode ?? ""),
      printedOn: work.platform.clock.today(),
      lines: rows.map(({ run: one, file, handed, giver }) => ({
        on: handed.handedOn as IsoDate,
        run: paymentRunNumber(one),
        payOn: one.payOn as IsoDate,
        file: `${paymentRunNumber(one)}-${one.payOn.replaceAll("-", "")}.txt`,
        manner: handed.manner === "transfer" ? "ファイル転送" : "媒体",
        count: file.count,
        sum: file.sum,
        digest: file.sha256,
        givenBy: giver,
        receiver: handed.receiver,
        receivedBy: handed.receivedBy,
      })),
    },
    { fonts, wording: wording(transferBook) },
  );
}
