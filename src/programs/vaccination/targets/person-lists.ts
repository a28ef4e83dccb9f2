import { desc } from "drizzle-orm";
import { personList } from "#db/schema/targets.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { figures } from "#workflows/text/widths.ts";

/** A list has so many people at most. */
const most = 100_000;

/** 統合宛名番号 in a text: the first field of each line; empty lines and a heading are passed over. */
export function numbersIn(text: string): { numbers: string[]; wrong: number[] } {
  const numbers = new Set<string>();
  const wrong: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const [field = ""] = line.split(/[,\t]/);
    const number = figures(field.replaceAll('"', "").trim());
    if (number === "") continue;
    if (/^\d{10}$/.test(number)) numbers.add(number);
    else if (index > 0 || /\d/.test(number)) wrong.push(index + 1);
  }
  return { numbers: [...numbers], wrong };
}

/** Keeps a list of people. @throws EntryProblem where a line is no number, or nobody has it */
export async function keepPersonList(work: Work, title: string, text: string): Promise<number> {
  const { numbers, wrong } = numbersIn(text);
  if (wrong.length > 0)
    throw new EntryProblem(
      "file",
      `統合宛名番号（10桁）でない行があります：${wrong.slice(0, 20).join("、")}行目`,
    );
  if (numbers.length === 0) throw new EntryProblem("file", "統合宛名番号がありません。");
  if (numbers.length > most)
    throw new EntryProblem("file", `${most.toLocaleString("ja-JP")}人までです。`);
  const [row] = await work.sql<{ id: number | null; unknown: string[] }[]>`
    select list_id as id, unknown from targets.keep_list(${title}, ${numbers}::text[])`;
  if (!row?.id)
    throw new EntryProblem(
      "file",
      `該当者のいない番号が含まれています：${(row?.unknown ?? []).slice(0, 20).join("、")}`,
    );
  return row.id;
}

/** Lists, the newest first. */
export const listPersonLists = (work: Work) =>
  work.tx.select().from(personList).orderBy(desc(personList.id)).limit(200);
