import { figures } from "#workflows/text/widths.ts";
import {
  withCheckDigit,
  withCorporateCheckDigit,
  withIndividualCheckDigit,
  withLocalGovernmentCheckDigit,
} from "./check-digits.ts";

/** A kind of number: the lengths it may have, and how it is rebuilt from its base digits. */
interface NumberKind {
  readonly title: string;
  readonly lengths: readonly number[];
  readonly rebuilt: (value: string) => string;
  readonly basis: string;
}

const lastDigit = (value: string) => withCheckDigit(value.slice(0, -1));

/** Every kind of number that carries a check digit. */
export const numberKinds = {
  individual: {
    title: "個人番号",
    lengths: [12],
    rebuilt: (value) => withIndividualCheckDigit(value.slice(0, -1)),
    basis:
      "行政手続における特定の個人を識別するための番号の利用等に関する法律第2条第5項、平成26年総務省令第85号第5条",
  },
  corporate: {
    title: "法人番号",
    lengths: [13],
    rebuilt: (value) => withCorporateCheckDigit(value.slice(1)),
    basis: "法人番号の指定等に関する省令第2条",
  },
  insurer: {
    title: "保険者番号",
    lengths: [6, 8],
    rebuilt: lastDigit,
    basis:
      "保険者番号、公費負担者番号・公費負担医療の受給者番号並びに医療機関コード及び薬局コード設定要領 第1",
  },
  "public-payer": {
    title: "公費負担者番号",
    lengths: [8],
    rebuilt: lastDigit,
    basis: "保険者番号等設定要領 第2",
  },
  "public-recipient": {
    title: "公費負担医療の受給者番号",
    lengths: [7],
    rebuilt: lastDigit,
    basis: "保険者番号等設定要領 第2",
  },
  "medical-institution": {
    title: "医療機関コード(都道府県2桁・点数表1桁を含む10桁)",
    lengths: [10],
    rebuilt: lastDigit,
    basis: "保険者番号等設定要領 第3",
  },
  "local-government": {
    title: "全国地方公共団体コード",
    lengths: [6],
    rebuilt: (value) => withLocalGovernmentCheckDigit(value.slice(0, -1)),
    basis: "全国地方公共団体コード(総務省)の検査数字",
  },
} as const satisfies Record<string, NumberKind>;

export type NumberKindId = keyof typeof numberKinds;

/**
 * The number in half-width digits without spaces and hyphens. A six-digit insurer written in a field
 * of eight (`00` or two spaces in front) becomes six digits again.
 */
export function normalizeNumber(kind: NumberKindId, value: string): string {
  const cleaned = figures(value);
  return kind === "insurer" && /^00\d{6}$/.test(cleaned) ? cleaned.slice(2) : cleaned;
}

/** Whether the number has a right length and check digit, and the number as it is to be stored. */
export function checkNumber(
  kind: NumberKindId,
  value: string,
): { valid: boolean; normalized: string } {
  const { lengths, rebuilt }: NumberKind = numberKinds[kind];
  const normalized = normalizeNumber(kind, value);
  const valid =
    /^\d+$/.test(normalized) &&
    lengths.includes(normalized.length) &&
    rebuilt(normalized) === normalized;
  return { valid, normalized };
}
