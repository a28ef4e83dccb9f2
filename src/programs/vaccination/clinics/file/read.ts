import { rowErrors } from "#src/platform/feeds/index.ts";
import { itemReader, type Layout, missingColumns, orderOf } from "#src/platform/feeds/layout.ts";
import { readerOf } from "#src/platform/feeds/records/readers.ts";
import { EntryFaults, EntryProblem, Problem } from "#src/platform/problem.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { clinicCodeFault, readClinicCode } from "#workflows/vaccination/clinics/code.ts";
import { type ContractKind, contractKinds } from "#workflows/vaccination/contract-prices.ts";
import { schedule } from "#workflows/vaccination/schedule.ts";
import { type ClinicFacts, clinicFacts } from "../register.ts";
import { clinicFileKind, clinicItems } from "./items.ts";

/** What is wrong with a row: where, and why. Never the value. */
export interface RowFault {
  readonly line: number;
  /** Of the clinic, where it can be read. */
  readonly code: string;
  readonly column: string;
  readonly reason: string;
}

/** A row that can be taken in. */
export interface ClinicRow {
  readonly line: number;
  readonly code: string;
  readonly facts: ClinicFacts;
  /** Nothing where the file says nothing of them: what stands stays. */
  readonly handled: { vaccines: readonly string[]; from: IsoDate } | undefined;
  readonly doctors: readonly string[];
  readonly contracts: readonly ContractKind[];
  readonly contract: {
    number: string;
    from: IsoDate | undefined;
    to: IsoDate | undefined;
    bodyCode: string | undefined;
    memberNumber: string;
    paidTo: "clinic" | "body";
  };
}

/** How many rows a file may have. */
export const mostRows = 5_000;

/**
 * Reads a file of the register by its column map: good rows, and what is wrong with the others. A code may stand once.
 *
 * @param bodies codes of the 取りまとめ団体 that are registered
 * @param today from which day on vaccines are handled and doctors are there, where the file tells none
 * @throws Problem 422 where the file is none of the map
 */
export async function readClinicFile(
  bytes: Uint8Array,
  layout: Layout,
  { bodies, today }: { bodies: readonly string[]; today: IsoDate },
): Promise<{ rows: ClinicRow[]; faults: RowFault[]; total: number }> {
  const rows: ClinicRow[] = [];
  const faults: RowFault[] = [];
  const seen = new Map<string, number>();
  let total = 0;
  for await (const { line, record } of recordsOf(bytes, layout)) {
    total += 1;
    if (total > mostRows)
      throw refusal(`一つのファイルは${mostRows.toLocaleString("ja-JP")}行までです。`);
    if (typeof record === "string") {
      faults.push({ line, code: "", column: "行全体", reason: record });
      continue;
    }
    const judged = judgeRow(record.items, { bodies, today });
    const wrong = [...record.errors, ...judged.faults];
    const before = seen.get(judged.code);
    if (before !== undefined)
      wrong.push({ column: "医療機関コード", reason: `同じ番号の行が、${before}行目にあります。` });
    else if (judged.code !== "") seen.set(judged.code, line);
    if (wrong.length > 0)
      faults.push(...oncePerColumn(wrong).map((one) => ({ line, code: judged.code, ...one })));
    else if (judged.row) rows.push({ line, ...judged.row });
  }
  if (total === 0) throw refusal("ファイルに行がありません。");
  return { rows, faults, total };
}

const oncePerColumn = (found: readonly { column: string; reason: string }[]) =>
  [...new Map(found.toReversed().map((one) => [one.column, one])).values()].toReversed();

const refusal = (message: string) => new Problem({ status: 422, message });

type Items = Readonly<Record<string, string>>;

async function* recordsOf(bytes: Uint8Array, layout: Layout) {
  const reader = readerOf(layout);
  let read: ReturnType<typeof itemReader> | undefined;
  for await (const lot of reader.cut(once(bytes), 1_000)) {
    const records = reader.read(lot.bytes);
    let first = lot.firstRow;
    if (!read) {
      const headings = records.shift();
      first += 1;
      if (!headings || typeof headings === "string") throw refusal("見出しの行が読めません。");
      const found = orderOf(layout, headings);
      if ("surplus" in found) throw refusal(`${found.surplus}列目の見出しが取り決めにありません。`);
      if ("missing" in found) throw refusal(`${missingColumns(found.missing)}の列がありません。`);
      read = itemReader(layout, clinicFileKind, found.order);
    }
    for (const [at, record] of records.entries()) {
      const line = first + at;
      if (typeof record === "string") yield { line, record: rowErrors[record] as string };
      else {
        const { items, errors } = read(record);
        const said = errors.map(({ field, code }) => ({
          column: titleOf(field),
          reason: rowErrors[code],
        }));
        if (errors.some(({ field }) => field === "row"))
          yield { line, record: said[0]?.reason ?? "" };
        else yield { line, record: { items, errors: said } };
      }
    }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const titleOf = (item: string): string =>
  (clinicItems as Readonly<Record<string, { title: string }>>)[item]?.title ?? "行全体";

function judgeRow(
  items: Items,
  { bodies, today }: { bodies: readonly string[]; today: IsoDate },
): {
  code: string;
  faults: { column: string; reason: string }[];
  row?: Omit<ClinicRow, "line">;
} {
  const text = (item: keyof typeof clinicItems) => items[item] ?? "";
  const day = (item: keyof typeof clinicItems) => {
    const value = text(item);
    return isIsoDate(value) ? value : undefined;
  };
  const code = readClinicCode(text("code"));
  const faults = new EntryFaults();
  const fault = clinicCodeFault(code);
  if (fault) faults.need("code", "", fault);
  const facts = clinicFacts(
    {
      name: text("name"),
      kana: text("kana"),
      kind: text("kind"),
      place: text("place"),
      postalCode: text("postalCode"),
      address: text("address"),
      district: text("district"),
      phone: text("phone"),
      listed: text("listed") !== "no",
    },
    faults,
  );
  const vaccines = severalOf(text("vaccines")).map((one) => vaccineByName.get(one));
  if (vaccines.includes(undefined))
    faults.need("vaccines", "", "知らない予防接種があります。名前か番号を確かめてください。");
  const doctors = severalOf(text("doctors"));
  if (doctors.some((one) => [...one].length > 60))
    faults.need("doctors", "", "氏名は60文字以内で、；で区切って入力してください。");
  const contracts = severalOf(text("contracts")).map((one) => kindByName.get(one));
  if (contracts.includes(undefined)) faults.need("contracts", "", "知らない契約の種類があります。");
  const [from, to] = [day("contractFrom"), day("contractTo")];
  if (contracts.length > 0 && !from)
    faults.need("contractFrom", "", "契約の種類があるときは、開始日が要ります。");
  if (from && to && to < from) faults.need("contractTo", "", "開始日より前です。");
  const bodyCode = text("bodyCode").normalize("NFKC").toUpperCase() || undefined;
  if (bodyCode && !bodies.includes(bodyCode))
    faults.need("bodyCode", "", "登録されていない団体です。D0001のような番号で入れてください。");
  const paidTo = text("paidTo") === "body" ? "body" : "clinic";
  if (paidTo === "body" && !bodyCode)
    faults.need("paidTo", "", "団体に支払うときは、取りまとめ団体が要ります。");
  if (text("contractNumber").length > 40)
    faults.need("contractNumber", "", "40文字以内で入力してください。");
  if (text("memberNumber").length > 20)
    faults.need("memberNumber", "", "20文字以内で入力してください。");
  try {
    faults.end();
  } catch (error) {
    if (!(error instanceof EntryProblem)) throw error;
    return {
      code: fault ? "" : code,
      faults: Object.entries(error.errors).map(([field, reason]) => ({
        column: titleOf(field),
        reason,
      })),
    };
  }
  const known = vaccines.filter((one) => one !== undefined);
  return {
    code,
    faults: [],
    row: {
      code,
      facts,
      handled:
        text("vaccines") === "" && text("handledFrom") === ""
          ? undefined
          : { vaccines: known, from: day("handledFrom") ?? today },
      doctors,
      contracts: contracts.filter((one) => one !== undefined),
      contract: {
        number: text("contractNumber"),
        from,
        to,
        bodyCode,
        memberNumber: bodyCode ? text("memberNumber") : "",
        paidTo,
      },
    },
  };
}

/** Values that stand in one field, divided by `；`. */
const severalOf = (field: string): string[] => [
  ...new Set(
    field
      .split(/[；;]/u)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];

/** By its id, and by its name as the screens show it. */
const vaccineByName = new Map<string, string>(
  schedule.flatMap(({ id, label, period }) => [
    [id, id],
    [[label, period].filter(Boolean).join(" "), id],
  ]),
);
const kindByName = new Map<string, ContractKind>(
  (Object.entries(contractKinds) as [ContractKind, string][]).flatMap(([id, title]) => [
    [id, id],
    [title, id],
  ]),
);
