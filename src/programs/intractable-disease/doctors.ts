import { parse as parseCsv } from "csv-parse/sync";
import { and, asc, count, eq, gte, ilike, lte, or } from "drizzle-orm";
import { designatedDoctor } from "#db/schema/intractable-disease.ts";
import { charactersFault } from "#src/platform/printing/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { doctorKindTitles } from "./titles.ts";

/** A 指定医 with the period for which the doctor is designated. */
export type DesignatedDoctor = typeof designatedDoctor.$inferSelect;

/** The doctor of a number as designated on a day; nothing for who was not on the list then. */
export async function doctorOn(
  work: Work,
  number: string,
  on: IsoDate,
): Promise<DesignatedDoctor | undefined> {
  const [row] = await work.tx
    .select()
    .from(designatedDoctor)
    .where(
      and(
        eq(designatedDoctor.number, number),
        lte(designatedDoctor.validFrom, on),
        gte(designatedDoctor.validTo, on),
      ),
    );
  return row;
}

export const doctorsPerPage = 50;

/** A page of the list of 指定医, by number; `words` are part of a number, a name or an institution. */
export async function listDoctors(
  work: Work,
  { words, page }: { words: string; page: number },
): Promise<{ rows: DesignatedDoctor[]; total: number }> {
  const like = `%${words.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const found =
    words === ""
      ? undefined
      : or(
          ilike(designatedDoctor.number, like),
          ilike(designatedDoctor.name, like),
          ilike(designatedDoctor.institution, like),
        );
  const [counted] = await work.tx.select({ total: count() }).from(designatedDoctor).where(found);
  const rows = await work.tx
    .select()
    .from(designatedDoctor)
    .where(found)
    .orderBy(asc(designatedDoctor.number), asc(designatedDoctor.validFrom))
    .limit(doctorsPerPage)
    .offset((page - 1) * doctorsPerPage);
  return { rows, total: counted?.total ?? 0 };
}

/** Columns of the list as it is handed in, in their order. */
export const doctorColumns = [
  "指定医番号",
  "氏名",
  "診療科",
  "医療機関",
  "種別",
  "有効期間の始まり",
  "有効期間の終わり",
] as const;
const mostRows = 20_000;

type Row = Omit<DesignatedDoctor, "enteredBy" | "enteredAt">;

/** A list of 指定医 as it was read: rows that can be taken, and what is wrong with the others, a sentence each. */
export interface ReadDoctors {
  rows: readonly Row[];
  faults: readonly string[];
}

/** Reads a CSV (UTF-8) of 指定医. @throws EntryProblem `file` where it is no such list */
export function readDoctors(text: string): ReadDoctors {
  let table: string[][];
  try {
    table = parseCsv(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    });
  } catch {
    throw new EntryProblem(
      "file",
      "CSVとして読めません。文字コード（UTF-8）と引用符を確かめてください。",
    );
  }
  const [head = [], ...lines] = table;
  if (doctorColumns.some((title, at) => head[at] !== title))
    throw new EntryProblem(
      "file",
      `1行目は、${doctorColumns.join("、")}の順の見出しにしてください。`,
    );
  if (lines.length > mostRows)
    throw new EntryProblem(
      "file",
      `一度に取り込めるのは${mostRows.toLocaleString("ja-JP")}件までです。`,
    );
  const rows: Row[] = [];
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const read = readLine(line);
    const key = "reason" in read ? "" : `${read.number} ${read.validFrom}`;
    if ("reason" in read) faults.push(`${at + 2}行目: ${read.reason}`);
    else if (seen.has(key)) faults.push(`${at + 2}行目: 同じ番号と始まりの行が、前にもあります。`);
    else {
      seen.add(key);
      rows.push(read);
    }
  }
  return { rows, faults };
}

const kinds = new Map(
  Object.entries(doctorKindTitles).map(([code, title]) => [title as string, code]),
);
const isoOf = (text: string): IsoDate | undefined => {
  const day = text.normalize("NFKC").replaceAll("/", "-");
  return isIsoDate(day) ? day : undefined;
};

function readLine(line: readonly string[]): Row | { reason: string } {
  const [
    written = "",
    name = "",
    specialty = "",
    institution = "",
    kindTitle = "",
    from = "",
    to = "",
  ] = line;
  const number = written.normalize("NFKC").toUpperCase();
  const [validFrom, validTo] = [isoOf(from), isoOf(to)];
  const kind = kinds.get(kindTitle) as Row["kind"] | undefined;
  if (!/^[0-9A-Z-]{3,20}$/.test(number))
    return { reason: "指定医番号は、3桁から20桁の英数字です。" };
  if (!kind) return { reason: "種別は、難病指定医か協力難病指定医です。" };
  if (!(validFrom && validTo) || validTo < validFrom)
    return { reason: "有効期間は、2026-11-01 の形の日付で、始まりから終わりの順です。" };
  for (const [label, text, most] of [
    ["氏名", name, 80],
    ["診療科", specialty, 80],
    ["医療機関", institution, 120],
  ] as const) {
    if (text === "" || [...text].length > most)
      return { reason: `${label}は、1字から${most}字までです。` };
    const fault = charactersFault(text);
    if (fault) return { reason: `${label}: ${fault}` };
  }
  return { number, validFrom, validTo, name, specialty, institution, kind };
}

/** Takes rows into the list; one of a number and first day that is there is corrected. @returns how many changed */
export async function keepDoctors(work: Work, rows: readonly Row[]): Promise<number> {
  const column = <Key extends keyof Row>(key: Key) => rows.map((row) => row[key]);
  const [done] = await work.sql<{ kept: number }[]>`
    select intractable_disease.keep_doctors(${column("number")}, ${column("validFrom")}::date[], ${column("validTo")}::date[], ${column("name")},
      ${column("specialty")}, ${column("institution")}, ${column("kind")}) as kept`;
  return done?.kept ?? 0;
}
