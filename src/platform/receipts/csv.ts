import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber, normalizeNumber } from "#workflows/numbers/kinds.ts";
import {
  type FundFacts,
  type MoreFacts,
  type ReadFault,
  type ReceiptCare,
  readNotes,
} from "#workflows/receipts/facts.ts";
import { rowErrors } from "../feeds/errors.ts";
import { itemReader, type Layout, orderOf, parseLayout } from "../feeds/layout.ts";
import { readerOf } from "../feeds/records/readers.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { type ReceiptItem, receiptItems } from "./csv-items.ts";
import standard from "./csv-layout.json" with { type: "json" };
import examined from "./csv-layout-examined.json" with { type: "json" };
import type { FilePart, SealedReceipt } from "./file-part.ts";

const kind = { id: "receipts", items: receiptItems };
const linesAtOnce = 1_000;

/** The column maps in which a CSV of receipts may come: both of ours, and those of the data folder (`receipt-layouts/*.json`). */
export async function receiptLayouts({ dataFolder }: Platform): Promise<Layout[]> {
  const folder = join(dataFolder, "receipt-layouts");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
  const texts = names.toSorted().map((name) => readFile(join(folder, name), "utf8"));
  const maps = (await Promise.all(texts)).map((text) => parseLayout(JSON.parse(text), kind));
  return [parseLayout(standard, kind), parseLayout(examined, kind), ...maps];
}

/**
 * A CSV of receipts, row by row. A row at fault is a receipt with its faults, as far as it could be read.
 *
 * @throws Problem 422 where the headings are not those of the column map
 */
export async function* readCsv(
  layout: Layout,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<FilePart> {
  const reader = readerOf(layout);
  let read: ReturnType<typeof itemReader> | undefined;
  for await (const lot of reader.cut(source, linesAtOnce)) {
    const records = reader.read(lot.bytes);
    if (!read) {
      const headings = layout.headings ? records.shift() : undefined;
      read = itemReader(
        layout,
        kind,
        layout.headings ? orderFrom(layout, headings) : orderAsIs(layout),
      );
      if (layout.headings && lot.count === 1) continue;
    }
    const toItems = read;
    for (const [at, record] of records.entries()) {
      const line = lot.firstRow + at;
      if (typeof record === "string")
        yield {
          receipt: sealedOf({}, line, [{ line, field: "行全体", reason: rowErrors[record] }]),
        };
      else {
        const { items, errors } = toItems(record);
        const faults = errors.map(({ field, code }) => ({
          line,
          field: titleOf(field),
          reason: rowErrors[code],
        }));
        yield { receipt: sealedOf(items, line, faults) };
      }
    }
  }
}

const orderAsIs = ({ columns }: Layout) => columns.map((_, place) => place);

function orderFrom(layout: Layout, headings: readonly string[] | string | undefined): number[] {
  if (!headings || typeof headings === "string") throw refusal("見出しの行が読めません。");
  const found = orderOf(layout, headings);
  if ("order" in found) return found.order;
  throw refusal(
    "surplus" in found
      ? `${found.surplus}列目の見出しが取り決めにありません。`
      : `「${found.missing}」の列がありません。`,
  );
}

const refusal = (message: string) => new Problem({ status: 422, message });

const titleOf = (field: string) =>
  field === "row" ? "行全体" : (receiptItems[field as ReceiptItem]?.title ?? field);

function sealedOf(
  items: Readonly<Partial<Record<string, string>>>,
  line: number,
  readFaults: readonly ReadFault[],
): SealedReceipt {
  const text = (item: ReceiptItem) => items[item] ?? "";
  const whole = (item: ReceiptItem) => (/^\d{1,12}$/.test(text(item)) ? Number(text(item)) : null);
  const faults = [...readFaults];
  const unless = (right: boolean, item: ReceiptItem, reason: string) => {
    if (!right && readFaults.length === 0)
      faults.push({ line, field: receiptItems[item].title, reason });
  };
  const month = /^\d{4}-?(0[1-9]|1[0-2])$/.exec(text("treatmentMonth"))
    ? (`${text("treatmentMonth").slice(0, 4)}-${text("treatmentMonth").slice(-2)}` as IsoMonth)
    : null;
  const institution = checkNumber("medical-institution", text("institution"));
  const insurer = normalizeNumber("insurer", text("insurer"));
  const birth = isIsoDate(text("birth")) ? text("birth") : null;
  unless(month !== null, "treatmentMonth", "実在する年月ではありません。");
  unless(institution.valid, "institution", "数字10桁でないか、検査数字が合いません。");
  unless(text("name") !== "", "name", "空欄です。");
  unless(birth !== null, "birth", "実在する日付ではありません。");
  unless(text("care") !== "", "care", "空欄です。");
  unless(text("tenths") !== "", "tenths", "空欄です。");
  unless(whole("points") !== null, "points", "数字ではありません。");
  unless(text("copay") === "" || whole("copay") !== null, "copay", "0以上の数字ではありません。");
  unless(
    insurer === "" || checkNumber("insurer", insurer).valid,
    "insurer",
    "検査数字が合いません。",
  );
  const more = moreOf(text, whole);
  if (text("care") === "long-term-care") {
    unless(more?.serviceCode != null, "serviceCode", "2桁の数字ではありません。");
    unless(more?.cost != null, "cost", "介護サービスでは、空欄にできません。");
  }
  const points = whole("points");
  const fund = (payer: string, recipient: string, copay: number | null): FundFacts => ({
    payer: /^[0-9]{1,12}$/.test(payer) ? payer : "",
    recipient: /^[0-9A-Za-z]{1,30}$/.test(recipient) ? recipient : null,
    days: whole("days"),
    points,
    copay,
  });
  const others = text("otherPayer") ? [fund(text("otherPayer"), "", whole("otherCopay"))] : [];
  return {
    facts: {
      line,
      number: null,
      searchNumber: /^[0-9A-Za-z]{1,30}$/.test(text("searchNumber")) ? text("searchNumber") : null,
      institution: institution.valid ? institution.normalized : null,
      institutionName: text("institutionName").slice(0, 100),
      claimMonth: null,
      treatmentMonth: month,
      care: (text("care") || null) as ReceiptCare | null,
      type: null,
      birth: birth as SealedReceipt["patient"]["birth"],
      insurer: /^\d{6}(\d\d)?$/.test(insurer) ? insurer : null,
      insuranceTenths: Number(text("tenths") || 7),
      ...readNotes(text("notes").match(/.{1,2}/g) ?? []),
      days: whole("days"),
      points: points ?? 0,
      funds: [...others, fund(text("payer"), text("recipient"), whole("copay"))],
      faults,
      ...(more ? { more } : {}),
    },
    patient: {
      name: text("name"),
      kana: text("kana"),
      sex: text("sex"),
      birth: birth as SealedReceipt["patient"]["birth"],
      insuredSymbol: "",
      insuredNumber: "",
    },
  };
}

/** What only the layout of an examining body tells; nothing where none of it is there. */
function moreOf(
  text: (item: ReceiptItem) => string,
  whole: (item: ReceiptItem) => number | null,
): MoreFacts | undefined {
  const code = (item: ReceiptItem) => (/^[0-9A-Z]{1,2}$/.test(text(item)) ? text(item) : null);
  const more = {
    times: whole("times"),
    receiptClass: code("receiptClass"),
    count: whole("count"),
    insurerPays: whole("insurerPays"),
    fundPays: whole("fundPays"),
    municipalSubsidy: whole("municipalSubsidy"),
    serviceCode: /^\d{2}$/.test(text("serviceCode")) ? text("serviceCode") : null,
    cost: whole("cost"),
  };
  return Object.values(more).some((one) => one !== null) ? more : undefined;
}
