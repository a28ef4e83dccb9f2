import { z } from "zod";
import { fiscalYear, fiscalYearEnd } from "#workflows/dates/ages.ts";
import { addDays, addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  choicesField,
  type Fields,
  listField,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import { prefectures } from "./prefectures.ts";
import { type Agreement, type RequestReason, requestReasons } from "./reasons.ts";

/** 予防接種法の類型. */
export const categories = { A: "A類", B: "B類" } as const;
export type Category = keyof typeof categories;

/** What another place has agreed with the city: the whole prefecture, or one municipality of it. */
export interface AgreementRow {
  /** JIS X 0401. */
  readonly prefecture: string;
  readonly municipality?: string | undefined;
  readonly kind: Exclude<Agreement, "none">;
  readonly categories: readonly Category[];
}

/** By which terms a city issues letters. */
export interface LetterTerms {
  /** The letter holds for so many months from the day of its issue. */
  readonly months: number;
  readonly categories: readonly Category[];
  readonly reasons: readonly RequestReason[];
  readonly agreements: readonly AgreementRow[];
}

const kinds = {
  mutual: "県内相互乗入れ（依頼書は要らない）",
  regional: "広域化の契約（依頼書は要らない）",
  "host-pays": "滞在先の自治体が費用を負担する（払い戻さない）",
} as const;

const some = <T extends z.ZodType>(one: T, error: string) => z.array(one).min(1, { error });
const ofCategories = "対象とする類型を選んでください。";
const agreementSchema = z.object({
  prefecture: choiceSchema(prefectures),
  municipality: z.string().trim().max(30, { error: "30文字までです。" }).optional(),
  kind: choiceSchema(kinds),
  categories: some(choiceSchema(categories), ofCategories),
});
const agreementFields: Fields = {
  prefecture: choiceField("都道府県", prefectures, "43"),
  municipality: optional(textField("市区町村（県全体のときは空欄）", "宇城市")),
  kind: choiceField("定め", kinds, "mutual"),
  categories: choicesField("類型", categories, ["A"]),
};

/** 依頼書の取扱い. Nothing of it is set by law: every city has its own (要綱), so nothing holds before two people have set it. */
export const letterTerms: CityParameter<LetterTerms> = {
  key: "vaccination.request-letter",
  title: "予防接種実施依頼書の取扱い",
  hint: "依頼書を受け付けた日に有効な値で、理由、対象、有効期間、依頼書の要らない契約を審査します。",
  fields: {
    months: wholeField("有効期間（交付の日から何か月）", 3, 1, 24),
    categories: choicesField("依頼書の対象とする類型", categories, ["A"]),
    reasons: choicesField("認める理由", requestReasons, ["homecoming"]),
    agreements: listField("ほかの自治体との契約", agreementFields, z.array(agreementSchema), []),
  },
  schema: z.object({
    months: wholeSchema(1, 24),
    categories: some(choiceSchema(categories), ofCategories),
    reasons: some(choiceSchema(requestReasons), "認める理由を選んでください。"),
    agreements: z.array(agreementSchema),
  }) as unknown as z.ZodType<LetterTerms>,
  templates: [
    {
      title: "有効期間3か月（ほかは確かめて入力）",
      source: "大村市・和歌山市の案内（交付の日から3か月）。自市の要綱で確かめること",
      certainty: "probable",
      known: { months: 3 },
    },
  ],
};

/** The name of a municipality without the ways in which it may be written: prefecture or 郡 before it, variants of kanji. */
function nameOf({
  prefecture,
  municipality,
}: {
  prefecture: string;
  municipality: string;
}): string {
  const name = foldKanji(municipality);
  const above = foldKanji(prefectures[prefecture] ?? "");
  const own = above !== "" && name.startsWith(above) ? name.slice(above.length) : name;
  return own.replace(/^.+郡(?=.+[町村]$)/u, "");
}

/**
 * What the city has agreed with a place about a category; a municipality of its own goes before its prefecture. One is the same
 * however it is written (龍ケ崎市 and 茨城県竜ヶ崎市, 見本郡例示町 and 例示町).
 */
export function agreementWith(
  { agreements }: Pick<LetterTerms, "agreements">,
  place: { readonly prefecture: string; readonly municipality: string },
  category: Category,
): Agreement {
  const there = agreements.filter(
    (row) => row.prefecture === place.prefecture && row.categories.includes(category),
  );
  const own = there.find(
    ({ prefecture, municipality }) =>
      municipality !== undefined && nameOf({ prefecture, municipality }) === nameOf(place),
  );
  return (own ?? there.find(({ municipality }) => municipality === undefined))?.kind ?? "none";
}

/**
 * The last day of a period of months that begins on a day: the day before the one that corresponds, or the last day of that
 * month where none does (民法143条2項). Three months from 12 October end on 11 January, from 30 November on the last of February.
 */
export function periodEnd(from: IsoDate, months: number): IsoDate {
  const last = addMonths(from, months);
  return last.slice(8) === from.slice(8) ? addDays(last, -1) : last;
}

/** The last day on which a letter holds that is issued on a day; the day of the issue counts. */
export const validUntil = (issuedOn: IsoDate, months: number): IsoDate =>
  periodEnd(issuedOn, months);

const starts = {
  payment: "支払った日の翌日から",
  shot: "接種を受けた日の翌日から",
  "fiscal-year": "接種を受けた年度の末日まで",
} as const;
const units = { months: "月", years: "年" } as const;

/** Which refunds a city pays, and until when they may be claimed. */
export interface RefundTerms {
  readonly categories: readonly Category[];
  readonly start: keyof typeof starts;
  /** Not asked where it is the end of the 年度. */
  readonly count?: number | undefined;
  readonly unit: keyof typeof units;
}

/** 償還払いの取扱い of shots that were given on a letter. */
export const refundTerms: CityParameter<RefundTerms> = {
  key: "vaccination.request-refund",
  title: "予防接種費用の払戻しの取扱い",
  hint: "依頼書により受けた接種の費用を、どの類型で、いつまで請求できるかを定めます。接種を受けた日に有効な値を使います。",
  fields: {
    categories: choicesField("払い戻す類型", categories, ["A"]),
    start: choiceField("請求の期限", starts, "payment"),
    count: optional(wholeField("期間の数（年度の末日までのときは空欄）", 1, 1, 120)),
    unit: choiceField("期間の単位", units, "years"),
  },
  schema: z
    .object({
      categories: z.array(choiceSchema(categories)),
      start: choiceSchema(starts),
      count: wholeSchema(1, 120).optional(),
      unit: choiceSchema(units),
    })
    .superRefine(({ start, count }, context) => {
      if (start !== "fiscal-year" && count === undefined)
        context.addIssue({
          code: "custom",
          path: ["count"],
          message: "期間の数を入力してください。",
        });
    }),
  templates: [
    {
      title: "支払った日の翌日から2年",
      source: "大玉村の案内。自市の要綱で確かめること",
      certainty: "probable",
      known: { start: "payment", count: 2, unit: "years" },
    },
  ],
};

/** The last day on which a refund may be claimed; a period counts from the day after (初日不算入, 民法140条・143条). */
export function claimableUntil(
  { start, count = 1, unit }: RefundTerms,
  { givenOn, paidOn }: { readonly givenOn: IsoDate; readonly paidOn: IsoDate },
): IsoDate {
  if (start === "fiscal-year") return fiscalYearEnd(fiscalYear(givenOn));
  const after = addDays(start === "shot" ? givenOn : paidOn, 1);
  return periodEnd(after, unit === "years" ? count * 12 : count);
}
