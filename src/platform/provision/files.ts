import { createHash } from "node:crypto";
import { and, count, desc, eq, inArray, min, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { file, filePerson, rule } from "#db/schema/provision.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "../lines.ts";
import { lookAtPeople, numbersUnder } from "../people/index.ts";
import { conflict, EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type FileRow, type ProvidedTable, tableOf } from "./file-table.ts";
import type { FileItem } from "./items.ts";

export const fileStateTitles = {
  waiting: "承認待ち",
  approved: "承認済（未取出）",
  provided: "提供済",
  refused: "拒否",
} as const;
export type FileState = keyof typeof fileStateTitles;

/** Why no file was provided, in words. */
export const fileRefusalTitles = {
  rule: "有効でない提供先、又はファイルの定めのない提供先",
  items: "表にない項目",
  nobody: "該当者なし",
  decided: "承認しない",
} as const;
export type FileRefusal = keyof typeof fileRefusalTitles;

export type ProvisionFile = Awaited<ReturnType<typeof listFiles>>[number];

/** What somebody looks for among the files; all that is given must hold. */
export interface FileQuery {
  state?: FileState | undefined;
  /** 統合宛名番号 of somebody of whom it told, or was silent. */
  person?: string | undefined;
}

/** Files by period, refusals among them, the newest first. */
export function listFiles(work: Work, query: FileQuery, { from, size }: Lines) {
  return select(work).where(conditions(query)).orderBy(desc(file.id)).limit(size).offset(from);
}

/** How many there are of them. */
export async function countFiles(work: Work, query: FileQuery): Promise<number> {
  const [row] = await work.tx.select({ found: count() }).from(file).where(conditions(query));
  return row?.found ?? 0;
}

/** Files that others asked for and that this person may decide. */
export async function countFilesToDecide(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(file.askedAt) })
    .from(file)
    .where(toDecide(work));
  return row ?? { count: 0, since: null };
}
export const filesToDecide = (work: Work, { from, size }: Lines) =>
  select(work).where(toDecide(work)).orderBy(file.id).limit(size).offset(from);

/** One file. @throws Problem 404 */
export async function getFile(work: Work, id: number): Promise<ProvisionFile> {
  const [row] = await select(work).where(eq(file.id, id));
  if (!row) throw notFound("提供ファイルの記録が見つかりません。");
  return row;
}

export type FilePerson = typeof filePerson.$inferSelect;
/** Of whom a file tells, or is silent: a page of them, withheld ones first; and how many of each. */
export async function peopleOfFile(work: Work, id: number, { from, size }: Lines) {
  const of = eq(filePerson.fileId, id);
  const rows = await work.tx
    .select()
    .from(filePerson)
    .where(of)
    .orderBy(desc(filePerson.outcome), filePerson.personNumber)
    .limit(size)
    .offset(from);
  const counted = await work.tx
    .select({ outcome: filePerson.outcome, found: count() })
    .from(filePerson)
    .where(of)
    .groupBy(filePerson.outcome);
  const found = (outcome: FilePerson["outcome"]) =>
    counted.find((one) => one.outcome === outcome)?.found ?? 0;
  return { rows, given: found("given"), withheld: found("withheld") };
}

/**
 * Prepares a file for a recipient of the table. The database finds whom it tells of, withholds who is flagged, and enters
 * the request; a refusal is an answer and no exception, so that its record stays.
 *
 * @throws EntryProblem of the field that cannot be
 */
export async function prepareFile(
  work: Work,
  asked: {
    rule: number;
    from: IsoDate;
    to: IsoDate;
    items: readonly FileItem[];
    /** 統合宛名番号 that the recipient asked about; none where the database finds the applicants. */
    numbers: readonly string[];
  },
): Promise<{ file: number; refusal: FileRefusal | null }> {
  const { from, to } = asked;
  if (to < from) throw new EntryProblem("to", "終わりは始まりより後にしてください。");
  if (from > work.platform.clock.today())
    throw new EntryProblem("from", "始まった期間を入力してください。");
  if (asked.numbers.length > 2000)
    throw new EntryProblem("numbers", "一度に2,000人までです。分けてください。");
  const [row] = await work.sql<{ file_id: number; why_not: FileRefusal | null }[]>`
    select file_id, why_not from provision.prepare_file(${asked.rule}, ${from}, ${to}, ${[...asked.items]}::text[], ${[...asked.numbers]}::text[])`;
  if (!row) throw new Error("nothing was entered");
  return { file: row.file_id, refusal: row.why_not };
}

/** What stands against deciding on it, or releasing somebody into it. */
export const fileObstacle = (work: Work, one: ProvisionFile): string | undefined =>
  one.askedBy === work.actor.staffId
    ? "自分が準備した提供ファイルは、承認も拒否も解除もできません。"
    : undefined;

/** Approves or refuses what another person prepared. @throws Problem 403, 404, 409; EntryProblem of `reason` */
export async function decideFile(
  work: Work,
  id: number,
  decision: "approved" | "refused",
  reason: string,
): Promise<void> {
  await requireOther(work, id);
  if (decision === "refused") requireReason(reason);
  const [row] = await work.sql<{ done: boolean }[]>`
    select provision.decide_file(${id}, ${decision}, ${reason}) as done`;
  if (!row?.done) throw conflict("ほかの職員が先に処理しました。");
}

/** Lets somebody who is flagged go along, with a reason. @throws Problem 403, 404, 409; EntryProblem of `reason` */
export async function releaseInFile(
  work: Work,
  id: number,
  person: string,
  reason: string,
): Promise<void> {
  await requireOther(work, id);
  requireReason(reason);
  const [row] = await work.sql<{ done: boolean }[]>`
    select provision.release_in_file(${id}, ${person}, ${reason}) as done`;
  if (!row?.done) throw conflict("ほかの職員が先に処理しました。");
}

/** What a file holds, or would hold: for who prepared it and who decides, until it is taken. */
export async function previewFile(work: Work, id: number): Promise<ProvidedTable> {
  const one = await getFile(work, id);
  const rows = await rowsOf(work, id);
  const people = await lookAtPeople(
    work,
    [...new Set(rows.map(({ personNumber }) => personNumber))],
    [
      "facts",
      ...(one.items.includes("name") ? (["name"] as const) : []),
      ...(one.items.includes("address") ? (["address"] as const) : []),
    ],
  );
  if (one.items.includes("address") && people.some(({ addressMasked }) => addressMasked))
    throw new Problem({
      status: 403,
      message:
        "支援措置のため住所を見られない方が含まれています。見る権限のある職員が取り出してください。",
    });
  return tableOf(one.items, rows, new Map(people.map((person) => [person.personNumber, person])));
}

/**
 * Takes an approved file, once: its lines and the SHA-256 of its bytes are kept, and each person of whom it tells is logged.
 *
 * @throws Problem 403, 404, 409
 */
export async function takeFile(work: Work, id: number): Promise<ProvidedTable> {
  const one = await getFile(work, id);
  if (one.state !== "approved")
    throw new Problem({ status: 409, message: "承認されていないか、既に取り出されています。" });
  const table = await previewFile(work, id);
  await work.sql`select provision.take_file(${id}, ${table.rows.length}, ${sha256(table.csv)})`;
  return table;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const rowsOf = (work: Work, id: number): Promise<FileRow[]> =>
  work.sql<FileRow[]>`
    select person_number as "personNumber", recipient_number as "recipientNumber", qualification, valid_from::text as "from", valid_to::text as "to", status
      from provision.rows_of_file(${id})`;

async function requireOther(work: Work, id: number): Promise<void> {
  const obstacle = fileObstacle(work, await getFile(work, id));
  if (obstacle) throw new Problem({ status: 403, message: obstacle });
}

function requireReason(reason: string): void {
  if (reason.length < 5 || reason.length > 200)
    throw new EntryProblem("reason", "理由を5文字以上200文字以内で入力してください。");
}

const toDecide = ({ actor }: Work): SQL | undefined =>
  and(eq(file.state, "waiting"), ne(file.askedBy, actor.staffId));

function select(work: Work) {
  const [asker, decider, taker] = [
    alias(staff, "asker"),
    alias(staff, "decider"),
    alias(staff, "taker"),
  ];
  return work.tx
    .select({
      id: file.id,
      recipient: file.recipient,
      legalBasis: file.legalBasis,
      ruleId: file.ruleId,
      work: rule.work,
      way: rule.way,
      publicKey: rule.publicKey,
      program: rule.program,
      applicantsOf: rule.applicantsOf,
      items: sql<FileItem[]>`${file.items}`,
      from: sql<IsoDate>`${file.periodFrom}`,
      to: sql<IsoDate>`${file.periodTo}`,
      asked: file.asked,
      askedBy: file.askedBy,
      asker: asker.displayName,
      askedAt: file.askedAt,
      state: file.state,
      refusal: file.refusal,
      decider: decider.displayName,
      decidedAt: file.decidedAt,
      decisionReason: file.decisionReason,
      taker: taker.displayName,
      takenAt: file.takenAt,
      lines: file.lines,
      sha256: file.sha256,
    })
    .from(file)
    .innerJoin(rule, eq(rule.id, file.ruleId))
    .innerJoin(asker, eq(asker.id, file.askedBy))
    .leftJoin(decider, eq(decider.id, file.decidedBy))
    .leftJoin(taker, eq(taker.id, file.takenBy))
    .$dynamic();
}

const conditions = ({ state, person }: FileQuery): SQL | undefined =>
  and(
    state ? eq(file.state, state) : undefined,
    person
      ? inArray(
          file.id,
          sql`(select p.file_id from provision.file_person p where p.person_number in ${numbersUnder(person)})`,
        )
      : undefined,
  );
