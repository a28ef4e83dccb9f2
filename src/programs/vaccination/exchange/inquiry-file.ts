import { and, asc, count, eq, isNotNull, min } from "drizzle-orm";
import { inquiry } from "#db/schema/exchange.ts";
import { lookAtPeople, shownKana, shownName } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { answerHeadings } from "./answer-file.ts";
import { inquiryNumber } from "./inquiries.ts";

/** Asked and not answered, of a municipality with a code: by it a file is made. */
const asked = (code?: string) =>
  and(
    eq(inquiry.state, "asked"),
    eq(inquiry.kind, "records"),
    code === undefined ? isNotNull(inquiry.municipalityCode) : eq(inquiry.municipalityCode, code),
  );

/** Municipalities of which vaccination records were asked and are waited for, the most first. */
export async function askedMunicipalities(
  work: Work,
): Promise<{ code: string; name: string; inquiries: number }[]> {
  const rows = await work.tx
    .select({
      code: inquiry.municipalityCode,
      name: min(inquiry.municipality),
      inquiries: count(),
    })
    .from(inquiry)
    .where(asked())
    .groupBy(inquiry.municipalityCode);
  return rows
    .map(({ code, name, inquiries }) => ({ code: code ?? "", name: name ?? "", inquiries }))
    .toSorted((a, b) => b.inquiries - a.inquiries);
}

/** How many inquiries a file of a municipality holds. */
export const countAsked = (work: Work, code: string): Promise<number> =>
  work.tx.$count(inquiry, asked(code));

/** Columns of the file that goes out: who is meant, and behind it those of the answer, empty. */
export const inquiryFileHeadings = [
  "照会番号",
  "氏名",
  "氏名カナ",
  "生年月日",
  "性別",
  ...answerHeadings.slice(1),
] as const;

/**
 * The rows of a file for a municipality: those whose naming the letter has entered in the register of provisions already, with what
 * the letter tells. Each is looked at.
 *
 * @throws Problem 404 where none is waited for
 */
export async function inquiryFile(
  work: Work,
  code: string,
): Promise<{ persons: string[]; rows: string[][] }> {
  const rows = await work.tx.select().from(inquiry).where(asked(code)).orderBy(asc(inquiry.serial));
  if (rows.length === 0) throw notFound("回答を待っている照会がありません。");
  const numbers = rows.map(({ personNumber }) => personNumber);
  const people = new Map(
    (await lookAtPeople(work, [...new Set(numbers)], ["facts", "name"])).map((one) => [
      one.personNumber,
      one,
    ]),
  );
  const lines = rows.flatMap((row) => {
    const person = people.get(row.personNumber);
    // Who was put under 支援措置 since: the letter has gone out, but nothing more does.
    if (!person || person.isProtected || person.addressMasked) return [];
    const sex = { female: "女", male: "男", unknown: "" }[person.sex];
    return [
      {
        personNumber: row.personNumber,
        cells: [
          inquiryNumber(row),
          shownName(person),
          shownKana(person),
          formatWareki(person.birthDate),
          sex,
          ...answerHeadings.slice(1).map(() => ""),
        ],
      },
    ];
  });
  return {
    persons: [...new Set(lines.map(({ personNumber }) => personNumber))],
    rows: lines.map(({ cells }) => cells),
  };
}
