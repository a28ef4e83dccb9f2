import { createHash } from "node:crypto";
import type { Fault } from "#src/formats/fault.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { parseJapaneseDate } from "#workflows/dates/wareki.ts";
import { type ContractKind, contractKinds } from "#workflows/vaccination/contract-prices.ts";
import { readTable, vaccineNamed } from "../own-files.ts";
import { openClinicClaim, type TypedClaim, type TypedLine } from "./open.ts";

/** Columns of our own file of claims, by their headings; docs/feeds.md describes it. */
export const claimFileHeadings = [
  "請求者",
  "請求月",
  "契約",
  "予防接種",
  "回",
  "製品",
  "区分",
  "件数",
  "請求額",
] as const;
type Heading = (typeof claimFileHeadings)[number];

/** Other words for the same columns. */
const aliases: Readonly<Record<string, Heading>> = {
  医療機関コード: "請求者",
  請求年月: "請求月",
  契約区分: "契約",
  ワクチン: "予防接種",
  回数: "回",
  製品名: "製品",
  接種区分: "区分",
  金額: "請求額",
};
const needed = claimFileHeadings.filter((heading) => heading !== "製品");

const kinds = new Map(
  Object.entries(contractKinds).flatMap(([kind, title]) => [
    [kind, kind as ContractKind],
    [title as string, kind as ContractKind],
  ]),
);
const outcomes: Readonly<Record<string, TypedLine["outcome"]>> = {
  接種: "given",
  予診のみ: "screened",
  接種見合せ: "screened",
};

/** The claims of a file as it says them: which lines of it each is made of, and what is wrong, line by line. */
export interface ReadClaims {
  claims: (Omit<TypedClaim, "receivedOn"> & { records: readonly number[] })[];
  faults: Fault[];
}

/**
 * Reads a file of claims: a line for each vaccine, dose, product and outcome; lines of the same claimant, month and contract are one
 * claim. A claim with a wrong line is left out whole.
 */
export function readClaimFile(bytes: Uint8Array): ReadClaims {
  const table = readTable(bytes, claimFileHeadings, needed, aliases);
  if (!table)
    return {
      claims: [],
      faults: [{ record: 1, field: "ファイル", reason: "CSVとして読めません。" }],
    };
  const { missing, width, records } = table;
  if (missing.length > 0)
    return {
      claims: [],
      faults: missing.map((field) => ({ record: 1, field, reason: "この列がありません。" })),
    };
  const faults: Fault[] = [];
  const claims = new Map<
    string,
    ReadClaims["claims"][number] & { lines: TypedLine[]; records: number[] }
  >();
  const wrong = new Set<string>();
  records.forEach((row, index) => {
    const record = index + 2;
    if (row.every((cell) => cell === "")) return;
    const cell = (heading: Heading) => table.cell(row, heading);
    const before = faults.length;
    const need = <Value>(heading: Heading, value: Value | undefined, reason: string): Value => {
      if (value === undefined) faults.push({ record, field: heading, reason });
      return value as Value;
    };
    const whole = (heading: Heading, most: number) => {
      const text = cell(heading).normalize("NFKC").replaceAll(",", "");
      const value = /^\d{1,12}$/.test(text) ? Number(text) : undefined;
      return need(
        heading,
        value !== undefined && value <= most ? value : undefined,
        "整数ではありません。",
      );
    };
    if (row.length !== width) faults.push({ record, field: "列", reason: "列の数が合いません。" });
    const claimant = cell("請求者").normalize("NFKC").toUpperCase();
    need(
      "請求者",
      /^(\d{10}|D\d{4})$/.test(claimant) ? claimant : undefined,
      "医療機関コード10桁か団体の番号ではありません。",
    );
    const month = need("請求月", monthOf(cell("請求月")), "年月ではありません。例: 2026-11");
    const kind = need("契約", kinds.get(cell("契約")), "契約の区分ではありません。");
    const line: TypedLine = {
      vaccine: need("予防接種", vaccineNamed(cell("予防接種")), "予防接種の名称ではありません。"),
      dose: whole("回", 99),
      product: cell("製品"),
      outcome: need("区分", outcomes[cell("区分")], "「接種」か「予診のみ」ではありません。"),
      count: whole("件数", 100_000),
      amount: whole("請求額", 100_000_000_000),
    };
    const key = [claimant, month, kind].join(" ");
    if (faults.length > before) {
      wrong.add(key);
      return;
    }
    const known = claims.get(key) ?? { claimant, month, kind, lines: [], records: [] };
    known.lines.push(line);
    known.records.push(record);
    claims.set(key, known);
  });
  for (const key of wrong) claims.delete(key);
  return { claims: [...claims.values()], faults };
}

function monthOf(text: string): string | undefined {
  const typed = text.normalize("NFKC").trim();
  const whole = /^\d{6}$/.test(typed) ? `${typed.slice(0, 4)}-${typed.slice(4)}` : typed;
  if (isIsoDate(`${whole}-01`)) return whole;
  return parseJapaneseDate(/月$/.test(typed) ? `${typed}1日` : `${typed}.1`)?.slice(0, 7);
}

/**
 * Takes the claims of a file in, each in a transaction of its own: what is wrong with one keeps no other from being taken.
 *
 * @param run one transaction in the name of who takes it in
 */
export async function takeClaimFile(
  run: <T>(what: (work: Work) => Promise<T>) => Promise<T>,
  bytes: Uint8Array,
  receivedOn: IsoDate,
): Promise<{ opened: string[]; faults: Fault[] }> {
  const digest = createHash("sha256").update(bytes).digest("hex");
  const { claims, faults } = readClaimFile(bytes);
  const opened: string[] = [];
  for (const { records, ...claim } of claims)
    try {
      opened.push(await run((work) => openClinicClaim(work, { ...claim, receivedOn, digest })));
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 503) throw error;
      const told =
        error instanceof EntryProblem ? Object.entries(error.errors) : [["", error.message]];
      for (const [field = "", reason = ""] of told) {
        const at = /^lines\.(\d+)\./.exec(field)?.[1];
        faults.push({
          record: records[at === undefined ? 0 : Number(at)] ?? 1,
          field: `請求者 ${claim.claimant}`,
          reason,
        });
      }
    }
  return { opened, faults: faults.toSorted((a, b) => a.record - b.record) };
}
