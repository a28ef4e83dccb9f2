import { and, asc, eq, gte, isNull, like, lte, or } from "drizzle-orm";
import { designatedInstitution } from "#db/schema/intractable-money.ts";
import { institution } from "#db/schema/receipts.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";

/** 指定医療機関 with a period of designation. */
export type DesignatedInstitution = typeof designatedInstitution.$inferSelect;

const linesAPage = 50;

/** Those that hold on a day and whose code or name begins so, by code. */
export async function institutionsOn(
  work: Work,
  on: IsoDate,
  { words, page }: { words: string; page: number },
): Promise<{ rows: DesignatedInstitution[]; total: number; pages: number }> {
  const part = words.replaceAll(/[%_\\]/g, "");
  const which = and(
    lte(designatedInstitution.validFrom, on),
    or(isNull(designatedInstitution.validTo), gte(designatedInstitution.validTo, on)),
    part === ""
      ? undefined
      : /^\d+$/.test(part)
        ? like(designatedInstitution.code, `${part}%`)
        : like(designatedInstitution.name, `%${part}%`),
  );
  const rows = await work.tx
    .select()
    .from(designatedInstitution)
    .where(which)
    .orderBy(asc(designatedInstitution.code), asc(designatedInstitution.validFrom))
    .limit(linesAPage)
    .offset((page - 1) * linesAPage);
  const total = await work.tx.$count(designatedInstitution, which);
  return { rows, total, pages: Math.max(1, Math.ceil(total / linesAPage)) };
}

/** Names by codes, of the list and of what receipts named. */
export async function namesOfCodes(
  work: Work,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await work.sql<{ code: string; name: string }[]>`
    select code, name from receipts.institution where code = any(${[...new Set(codes)]}::text[])
    union all select code, name from intractable_money.institution where code = any(${[...new Set(codes)]}::text[])`;
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** The code that is written, or that of the one institution of exactly this name; nothing where there is none, or are several. */
export async function codeOf(work: Work, written: string): Promise<string | undefined> {
  const { valid, normalized } = checkNumber("medical-institution", written);
  if (valid) return normalized;
  const listed = await work.tx
    .selectDistinct({ code: designatedInstitution.code })
    .from(designatedInstitution)
    .where(eq(designatedInstitution.name, written))
    .limit(2);
  if (listed.length > 0) return listed.length === 1 ? listed[0]?.code : undefined;
  const seen = await work.tx
    .selectDistinct({ code: institution.code })
    .from(institution)
    .where(eq(institution.name, written))
    .limit(2);
  return seen.length === 1 ? seen[0]?.code : undefined;
}

/** A row of a list of 指定医療機関, or what is wrong with it. */
type ListRow =
  | {
      readonly code: string;
      readonly name: string;
      readonly from: IsoDate;
      readonly to: IsoDate | null;
    }
  | { readonly line: number; readonly fault: string };

/**
 * A list as prefectures publish it, turned into four columns: 医療機関コード (ten digits), 名称, 指定日, 最後の日 (may be empty), days
 * as YYYY-MM-DD or YYYYMMDD, in UTF-8, with or without headings.
 */
export function readInstitutions(text: string): ListRow[] {
  const day = (written: string) => {
    const iso = written.replace(/^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/, "$1-$2-$3");
    return isIsoDate(iso) ? iso : undefined;
  };
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((written, at): ListRow[] => {
      const line = at + 1;
      const [code = "", name = "", from = "", to = ""] = written
        .split(",")
        .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
      if (written.trim() === "" || (at === 0 && !/\d{10}/.test(code))) return [];
      const fault = (reason: string) => [{ line, fault: reason }];
      if (!checkNumber("medical-institution", code).valid)
        return fault("医療機関コードが10桁でないか、検査数字が合いません。");
      if (name === "" || name.length > 120) return fault("名称が空欄か、120文字を超えています。");
      const [first, last] = [day(from), to === "" ? null : day(to)];
      if (!first) return fault("指定日が実在する日付ではありません。");
      if (last === undefined) return fault("最後の日が実在する日付ではありません。");
      if (last !== null && last < first) return fault("最後の日が指定日より前です。");
      return [{ code, name, from: first, to: last }];
    });
}

/** Takes a list over; rows of the same code and first day are corrected, nothing is taken away. How many rows changed. */
export async function keepInstitutions(
  work: Work,
  rows: readonly Extract<ListRow, { code: string }>[],
): Promise<number> {
  const of = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
  const [kept] = await work.sql<{ kept: number }[]>`
    select intractable_money.keep_institutions(${of((r) => r.code)}::text[], ${of((r) => r.from)}::date[], ${of((r) => r.to)}::date[], ${of((r) => r.name)}::text[]) as kept`;
  return kept?.kept ?? 0;
}
