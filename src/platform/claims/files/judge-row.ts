import type { RowFault, RowFaultCode } from "#workflows/claims/file-row.ts";
import { type ClaimDocument, claimDocuments } from "#workflows/claims/receipt.ts";
import { schoolStart } from "#workflows/dates/ages.ts";
import { type IsoDate, type IsoMonth, isIsoDate } from "#workflows/dates/iso-date.ts";
import { parseJapaneseDate } from "#workflows/dates/wareki.ts";
import { figures } from "#workflows/text/widths.ts";
import { type ClaimEntry, claimEntrySchema, type KeyedReceipt } from "../entry.ts";
import { type ClaimRowItem, claimRowItems, type SealedRow } from "./items.ts";

/** A row read into a claim, as far as it goes. */
export interface JudgedRow {
  recipient: string;
  birth: IsoDate | undefined;
  receivedOn: IsoDate | undefined;
  faults: readonly RowFault[];
  /** All that a claim needs is there. */
  entry?: ClaimEntry;
  /** What is there, where something is still to be keyed. */
  partial: PartialClaim;
}

/** What a row told of a claim that is still to be completed. */
export interface PartialClaim extends Partial<Omit<ClaimEntry, "receipts">> {
  receipts: readonly Partial<KeyedReceipt>[];
}

/** A day in any usual way of writing: `20261005`, `2026-10-05`, `2026/10/5`, `R8.10.5`, `令和8年10月5日`. */
export function dayOf(text: string): IsoDate | undefined {
  const plain = text.normalize("NFKC");
  const [, year, month, day] =
    /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(plain) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(plain) ??
    [];
  if (year && month && day) {
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return isIsoDate(iso) ? iso : undefined;
  }
  return parseJapaneseDate(plain);
}

/** A month: `202610`, `2026-10`, `R8.10`, `令和8年10月`. */
export function monthOf(text: string): IsoMonth | undefined {
  const plain = text.normalize("NFKC").trim();
  const whole = /^\d{6}$/.test(plain)
    ? `${plain}01`
    : plain.endsWith("月")
      ? `${plain}1日`
      : `${plain}${/^\d{4}-/.test(plain) ? "-1" : /^\d{4}\//.test(plain) ? "/1" : ".1"}`;
  return dayOf(whole)?.slice(0, 7) as IsoMonth | undefined;
}

/** Items without which a claim is still to be completed. */
const needed = ["month", "institutionName", "care", "points", "paid"] as const;

const schemaItems: Readonly<Record<string, ClaimRowItem>> = {
  institutionCode: "institution",
  cost: "points",
  insuranceTenths: "tenths",
  additionalBenefit: "additional",
  otherPublic: "other",
  prescriberCode: "prescriber",
};

/** 給付割合 where a row says none, as the form proposes it: 8 tenths before school, 7 after (健康保険法第110条第2項第1号). */
const usualTenths = (month: IsoMonth | undefined, birth: IsoDate | undefined): number =>
  month && birth && `${month}-01` < schoolStart(birth) ? 8 : 7;

/** Reads a row by itself. What it says wrongly is a fault; what it leaves out is to be completed. Whose it is, is not asked here. */
export function judgeRow({ raw, unreadable }: SealedRow): JudgedRow {
  const faults: RowFault[] = [];
  const add = (item: ClaimRowItem | "row", code: RowFaultCode) => {
    if (!faults.some((one) => one.item === item)) faults.push({ item, code });
  };
  if (unreadable) {
    add("row", "unreadable");
    return {
      recipient: "",
      birth: undefined,
      receivedOn: undefined,
      faults,
      partial: { receipts: [] },
    };
  }
  const text = (item: ClaimRowItem) => (raw[item] ?? "").trim();
  const read = <T>(
    item: ClaimRowItem,
    by: (value: string) => T | undefined,
    code: RowFaultCode,
  ): T | undefined => {
    const value = text(item);
    if (value === "") return undefined;
    const got = by(value);
    if (got === undefined) add(item, code);
    return got;
  };
  const whole = (item: ClaimRowItem) =>
    read(
      item,
      (value) => {
        const plain = value.normalize("NFKC").replaceAll(/[,\s]/g, "");
        return /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
      },
      "not-a-number",
    );
  for (const [item, { type }] of Object.entries(claimRowItems)) {
    const value = text(item as ClaimRowItem);
    if (Array.isArray(type) && value !== "" && !type.includes(value))
      add(item as ClaimRowItem, "unknown-code");
  }
  const day = (item: ClaimRowItem) => read(item, dayOf, "not-a-date");
  if (text("recipient") === "") add("recipient", "missing");
  if (text("birth") === "") add("birth", "missing");
  const [care, points, why] = [text("care"), whole("points"), text("why")];
  const tenths = text("tenths");
  const document = (id: ClaimDocument) => text(`document-${id}`) === "1";
  const [month, birth] = [read("month", monthOf, "not-a-month"), day("birth")];
  const receipt = {
    month,
    day: whole("day"),
    paidOn: day("paidOn"),
    institutionCode: text("institution") || undefined,
    institutionName: text("institutionName") || undefined,
    care: care || undefined,
    cost: points === undefined ? undefined : care === "appliance" ? points : points * 10,
    insuranceTenths: tenths === "" ? usualTenths(month, birth) : Number(tenths),
    times: whole("times") ?? 1,
    paid: whole("paid"),
    meals: whole("meals") ?? 0,
    mealDays: whole("mealDays") ?? 0,
    reimbursed: whole("reimbursed") ?? 0,
    highCost: whole("highCost") ?? 0,
    additionalBenefit: whole("additional") ?? 0,
    otherPublic: whole("other") ?? 0,
    outsidePrefecture: why === "" || why === "outside",
    certificateShown: why !== "not-shown",
    exclusion: text("exclusion") || undefined,
    prescriberCode: text("prescriber") || undefined,
    prescriberName: text("prescriberName") || undefined,
    documents: (Object.keys(claimDocuments) as ClaimDocument[]).filter(document),
  };
  const shared = {
    insurerGroup: text("insurerGroup") || undefined,
    category: text("category") || undefined,
    remark: text("remark") || undefined,
  };
  const known = {
    recipient: figures(text("recipient")),
    birth,
    receivedOn: day("receivedOn"),
    faults,
    partial: { ...shared, receipts: [receipt] } as PartialClaim,
  };
  const judged = claimEntrySchema.safeParse({ ...shared, multiple: false, receipts: [receipt] });
  const complete = needed.every((item) => text(item) !== "");
  if (judged.success) return { ...known, entry: judged.data };
  for (const { path } of judged.error.issues) {
    const part = String(path.at(-1));
    const item = schemaItems[part] ?? part;
    if (!(item in claimRowItems)) add("row", "refused");
    // What is left out is no fault.
    else if (text(item as ClaimRowItem) !== "") add(item as ClaimRowItem, "out-of-range");
  }
  if (complete && faults.length === 0) add("row", "refused");
  return known;
}
