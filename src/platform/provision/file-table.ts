import { stringify } from "csv-stringify/sync";
import type { Person } from "../people/index.ts";
import {
  allItems,
  type EntitlementItem,
  entitlementItems,
  type FileItem,
  linesOf,
  type ProvidedLine,
  type ProvisionItem,
} from "./items.ts";

/** A line of a file as the database gives it: one entitlement of one person. */
export interface FileRow {
  personNumber: string;
  recipientNumber: string;
  /** Role in the application: `applicant`, `beneficiary` …; null where it has none. */
  qualification: string | null;
  from: string;
  to: string;
  status: "granted" | "suspended" | "lost";
}

/** A file as a table: what is shown, and its bytes (UTF-8 with BOM, CRLF, all fields quoted). */
export interface ProvidedTable {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  csv: Uint8Array;
}

const qualifications: Readonly<Record<string, string>> = {
  applicant: "ひとり親等",
  subject: "本人",
  beneficiary: "児童",
};
const statuses = { granted: "有効", suspended: "停止", lost: "喪失" } as const;

const ofEntitlement: Readonly<
  Record<keyof typeof entitlementItems, readonly [string, (row: FileRow) => string]>
> = {
  "recipient-number": ["受給者番号", ({ recipientNumber }) => recipientNumber],
  qualification: ["資格区分", ({ qualification }) => qualifications[qualification ?? ""] ?? ""],
  "entitled-from": ["資格の始まる日", ({ from }) => from],
  "entitled-to": ["資格の終わる日", ({ to }) => to],
  "entitlement-status": ["資格の状態", ({ status }) => statuses[status]],
};

/** 資格情報 of one person, entitlement by entitlement, the items in the order of the list. */
export const linesOfEntitlements = (
  items: readonly EntitlementItem[],
  rows: readonly Omit<FileRow, "personNumber">[],
): ProvidedLine[] =>
  rows.length === 0
    ? [{ title: "資格情報", value: "該当する資格はありません" }]
    : rows.flatMap((row) =>
        items.map((item) => ({
          title: ofEntitlement[item][0],
          value: ofEntitlement[item][1]({ ...row, personNumber: "" }),
        })),
      );

/**
 * The layout of a file: 統合宛名番号, then the items of the register, then those of the 資格情報, each in the order of its list
 * and nothing else; a line an entitlement. Dates as YYYY-MM-DD. See docs/provisions.md.
 */
export function tableOf(
  items: readonly FileItem[],
  rows: readonly FileRow[],
  people: ReadonlyMap<string, Person>,
): ProvidedTable {
  const register = allItems.filter((item): item is ProvisionItem => items.includes(item));
  const own = (Object.keys(entitlementItems) as (keyof typeof entitlementItems)[]).filter((item) =>
    items.includes(item),
  );
  const lines = rows.flatMap((row) => {
    const person = people.get(row.personNumber);
    return person ? [{ row, of: linesOf(person, register) }] : [];
  });
  const titles = lines[0]?.of.map(({ title }) => title) ?? [];
  const columns = ["統合宛名番号", ...titles, ...own.map((item) => ofEntitlement[item][0])];
  const cells = lines.map(({ row, of }) => [
    row.personNumber,
    ...of.map(({ value }) => value),
    ...own.map((item) => ofEntitlement[item][1](row)),
  ]);
  const csv = stringify(cells, {
    header: true,
    columns,
    bom: true,
    record_delimiter: "\r\n",
    quoted: true,
  });
  return { columns, rows: cells, csv: new TextEncoder().encode(csv) };
}
