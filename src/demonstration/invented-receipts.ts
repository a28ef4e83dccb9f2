import { writeReceipts } from "#src/formats/receipts/write.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

/** Somebody for whom receipts are invented. */
export interface InventedRecipient {
  payer: string;
  recipientNumber: string;
  birth: IsoDate;
}

/** Which receipts are invented: the same answers give the same bytes. */
export interface InventedReceipts {
  recipients: readonly InventedRecipient[];
  claimMonth: IsoMonth;
  /** 1 支払基金, 2 国保連. */
  examiner?: "1" | "2";
  count: number;
  seed?: number;
  institutions?: number;
  /** 一部負担金 of a receipt with so many visits. */
  copayOf?: (visits: number) => number;
  /** レセプト種別 and 特記事項; of a child before school age, and none, where they are left out. */
  type?: string;
  note?: string;
  /** Every so manieth receipt has something against it; none where it is 0. */
  faultEvery?: number;
  /** Points of the first receipt of the file, where they are not invented. */
  costly?: number | undefined;
}

/** What may be against an invented receipt, by turns. */
const faults = ["unknown-number", "copay", "birth", "future", "twice"] as const;

/**
 * Files of an examining body as bytes, institution by institution, with receipts that nobody has ever had: one month, one
 * receipt after the other, nothing held.
 */
export function* inventedReceipts(given: InventedReceipts): Generator<Uint8Array> {
  const { count, institutions = 40, claimMonth, examiner = "1" } = given;
  const each = Math.ceil(count / institutions);
  for (let at = 0; at * each < count; at++) {
    const code = institutionCode(at);
    yield* writeReceipts(
      {
        fields: [
          "IR",
          examiner,
          "43",
          "1",
          code.slice(3),
          "",
          institutionName(at),
          ...claimOf(claimMonth),
        ],
      },
      receiptsOf(given, at * each, Math.min(count, (at + 1) * each)),
    );
  }
}

const claimOf = (month: IsoMonth) => [month.replace("-", ""), "00", ""];

/** 医療機関コード of ten digits of an invented institution. */
export const institutionCode = (at: number): string =>
  withCheckDigit(`431${String(110_001 + at).padStart(6, "0")}`);

export const institutionName = (at: number): string => `試験第${at + 1}診療所`;

function* receiptsOf(given: InventedReceipts, from: number, to: number) {
  const { recipients, claimMonth, seed = 1, faultEvery = 0, copayOf = () => 0 } = given;
  const { type = "1124", note = "" } = given;
  const treatment = monthBefore(claimMonth);
  for (let n = from; n < to; n++) {
    const whose = recipients[n % recipients.length];
    if (!whose) return;
    const fault = faultEvery > 0 && n % faultEvery === faultEvery - 1;
    const what = fault ? faults[Math.floor(n / faultEvery) % faults.length] : undefined;
    const of = what === "twice" && n > from ? n - 1 : n;
    const person = recipients[of % recipients.length] ?? whose;
    const visits = 1 + (mixed(seed, of, 1) % 3);
    const points = (of === 0 && given.costly) || 250 + (mixed(seed, of, 2) % 900);
    const copay = Math.min(copayOf(visits), points * 2) + (what === "copay" ? 300 : 0);
    const number = what === "unknown-number" ? withCheckDigit("999999") : person.recipientNumber;
    const birth = what === "birth" ? "20190101" : person.birth.replaceAll("-", "");
    const month = (what === "future" ? claimMonth : treatment).replace("-", "");
    const head = ["RE", String(n - from + 1), type, month, "試験　太郎", "1", birth];
    yield {
      records: [
        { fields: [...head, ...Array<string>(29).fill("").with(4, note), "シケンタロウ", ""] },
        {
          fields: [
            "HO",
            "01430016",
            "１２",
            "３４",
            String(visits),
            String(points),
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
          ],
        },
        {
          fields: [
            "KO",
            person.payer,
            number,
            "",
            String(visits),
            String(points),
            String(copay),
            "",
            "",
            "",
            "",
            "",
          ],
        },
        { fields: ["SY", "8830592", `${treatment.replace("-", "")}01`, "1", "", "", "01", ""] },
        { fields: ["SI", "11", "3", "111000110", "", "291", "1"] },
        { fields: ["SI", "12", "3", "112007410", "", "75", String(visits)] },
      ],
    };
  }
}

function monthBefore(month: IsoMonth): IsoMonth {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, "0")}`;
  return before as IsoMonth;
}

/** A number that looks like chance and is the same each time. */
function mixed(seed: number, n: number, salt: number): number {
  let x = (seed * 0x9e3779b1 + n * 0x85ebca6b + salt * 0xc2b2ae35) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  return (x ^ (x >>> 13)) >>> 0;
}
