import { and, asc, eq } from "drizzle-orm";
import { inquiry } from "#db/schema/intake.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { type CaseRow, getCase } from "../cases/index.ts";
import { charactersFault } from "../printing/index.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

const longestAddressee = 200;

export type InquiryRow = typeof inquiry.$inferSelect;

export interface Inquiry extends InquiryRow {
  /** What was answered. */
  answer: string | undefined;
}

/** Asks another authority (照会), such as the former city for a tax; watched until the day it is due. */
export async function ask(
  work: Work,
  caseId: string,
  asked: {
    subject: string;
    addressee: string;
    dueOn: IsoDate | undefined;
    /** Where a letter goes to; left out where it is asked otherwise. */
    letterTo?: { postalCode: string; address: string };
  },
): Promise<void> {
  const found = await getCase(work, caseId);
  const { subject, addressee, dueOn, letterTo } = asked;
  const today = work.platform.clock.today();
  if (addressee === "") throw new EntryProblem("addressee", "照会先を入力してください。例: 福岡市");
  const fault =
    addressee.length > longestAddressee
      ? `照会先は${longestAddressee}字までです。`
      : charactersFault(addressee);
  if (fault) throw new EntryProblem("addressee", fault);
  if (!dueOn || dueOn < today)
    throw new EntryProblem("dueOn", "回答期限には、今日以後の日付を入力してください。例: R8.12.4");
  // By name: what the database sets itself may not even be named.
  await work.sql`
    insert into intake.inquiry (case_id, subject, addressee, asked_on, due_on, postal_code, address)
    values (${caseId}, ${subject}, ${addressee}, ${today}, ${dueOn}, ${letterTo?.postalCode ?? null}, ${letterTo?.address ?? null})`;
  await audit(work, found, "inquiry.sent");
}

/** Notes that the authority was reminded today. @throws Problem 404 or, once answered, 409 */
export async function remind(work: Work, caseId: string, inquiryId: string): Promise<void> {
  const found = await getCase(work, caseId);
  await requireOpen(work, caseId, inquiryId);
  await work.sql`select intake.remind(${inquiryId})`;
  await audit(work, found, "inquiry.reminded");
}

/** Notes what was answered. @throws EntryProblem for an empty answer; Problem 404 or, once answered, 409 */
export async function recordAnswer(
  work: Work,
  caseId: string,
  { inquiryId, answer }: { inquiryId: string; answer: string },
): Promise<void> {
  const found = await getCase(work, caseId);
  await requireOpen(work, caseId, inquiryId);
  if (answer.trim() === "") throw new EntryProblem("answer", "回答の内容を入力してください。");
  const { id, program, personNumber } = found;
  const holder = personNumber;
  const data = answer.trim();
  const sealedId = await putSealed(work, {
    holder,
    program,
    kind: "inquiry-answer",
    caseId: id,
    data,
  });
  await work.sql`select intake.answer(${inquiryId}, ${sealedId})`;
  await audit(work, found, "inquiry.answered");
}

/** An inquiry of this case that waits for its answer. */
async function requireOpen(work: Work, caseId: string, inquiryId: string): Promise<void> {
  const [row] = await work.tx
    .select({ answeredOn: inquiry.answeredOn, closedOn: inquiry.closedOn })
    .from(inquiry)
    .where(and(eq(inquiry.id, inquiryId), eq(inquiry.caseId, caseId)));
  if (!row) throw notFound("照会が見つかりません。");
  if (row.answeredOn) throw conflict("この照会には、すでに回答が記録されています。");
  if (row.closedOn) throw conflict("この照会は、打ち切られています。");
}

const audit = (work: Work, { number, personNumber }: CaseRow, action: `inquiry.${string}`) =>
  recordAudit(work, { kind: "change", action, persons: [personNumber], detail: { case: number } });

/** Gives up the inquiries of a case that were not answered (打切り), in a step of it. */
export async function closeInquiries(work: Work, caseId: string): Promise<void> {
  await work.sql`select intake.close_inquiries(${caseId})`;
}

/** Inquiries of a case, the oldest first; their answers stay sealed. */
export function inquiryRows(work: Work, caseId: string): Promise<InquiryRow[]> {
  return work.tx
    .select()
    .from(inquiry)
    .where(eq(inquiry.caseId, caseId))
    .orderBy(asc(inquiry.askedOn), asc(inquiry.revision));
}

/** Inquiries of a case, the oldest first; answers are opened, and that is logged. */
export async function inquiriesOf(work: Work, caseId: string): Promise<Inquiry[]> {
  const rows = await inquiryRows(work, caseId);
  const answers = await getSealed(
    work,
    rows.flatMap(({ answerId }) => answerId ?? []),
  );
  const textOf = new Map(answers.map(({ id, data }) => [id, String(data)]));
  return rows.map((row) => ({ ...row, answer: textOf.get(row.answerId ?? "") }));
}
