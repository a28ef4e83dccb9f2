import { z } from "zod";
import { type BirthDate, birthRange, gapOf, isPartialBirth } from "#workflows/dates/birth-date.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { parseBirth, parseJapaneseDate } from "#workflows/dates/wareki.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { figures, fullWidthKatakana } from "#workflows/text/widths.ts";
import { optionalText, readText, requiredText } from "../entry-parts/index.ts";
import type { PersonName, Sex } from "../people/index.ts";

/** Papers by which somebody outside the register is identified. */
export const evidenceTitles = {
  "individual-number-card": "個人番号カード",
  "driving-licence": "運転免許証・運転経歴証明書",
  passport: "旅券",
  "residence-card": "在留カード・特別永住者証明書",
  "resident-record": "他の市区町村の住民票の写し",
  "family-register": "戸籍・除籍・戸籍の附票",
  authority: "官公署からの回答・通知",
  other: "その他（内容に記載）",
} as const;
export type OutsiderEvidence = keyof typeof evidenceTitles;

/** Who somebody outside the register is, as the papers say. */
export interface OutsiderIdentity {
  /** Kana may be empty where the name is given in letters. */
  name: PersonName;
  birthDate: BirthDate;
  sex: Sex;
  nationality: "jp" | "foreign";
  address: OutsiderAddress;
  telephone: string;
  /** 個人番号; only whoever may see it enters it. */
  individualNumber?: string;
  diedOn?: IsoDate;
  /** 支援措置. */
  protection?: { from: IsoDate; to?: IsoDate };
}

export interface OutsiderAddress {
  /** The country in Japanese, only abroad. */
  country?: string;
  /** Seven digits; empty abroad. */
  postalCode: string;
  /** All of it but the 方書, on one line. */
  town: string;
  building: string;
}

/** What was typed: who it is, and the paper that was seen. */
export interface OutsiderEntry {
  identity: OutsiderIdentity;
  evidence: { kind: OutsiderEvidence; seenOn: IsoDate; note: string };
}

const kana = /^[ァ-ヺヽヾー・　\-‐．.’']*$/;
const latin = /^[\p{Script=Latin}\p{M} '’.,-]*$/u;
const textOfDate = z.string();

const schema = z.strictObject({
  kanji: requiredText("氏名"),
  kana: optionalText.refine((text) => kana.test(text), "カナは全角カタカナで入力してください。"),
  alphabetic: optionalText.refine(
    (text) => latin.test(text),
    "ローマ字氏名はアルファベットで入力してください。",
  ),
  birthDate: textOfDate,
  sex: z.enum(["female", "male", "unknown"], "性別を選んでください。"),
  nationality: z.enum(["jp", "foreign"], "国籍を選んでください。"),
  where: z.enum(["japan", "abroad"], "住所が国内か国外かを選んでください。"),
  country: optionalText,
  postalCode: z.string(),
  address: requiredText("住所"),
  building: optionalText,
  telephone: z
    .string()
    .regex(/^(\+?[\d-]{8,20})?$/, "電話番号は数字とハイフンで入力してください。例: 096-328-0000"),
  individualNumber: z.string(),
  diedOn: textOfDate,
  protectedFrom: textOfDate,
  protectedTo: textOfDate,
  evidence: z.enum(
    Object.keys(evidenceTitles) as [OutsiderEvidence, ...OutsiderEvidence[]],
    "確認した書類を選んでください。",
  ),
  evidenceOn: textOfDate,
  evidenceNote: optionalText,
});

/** Names of the fields. */
export type OutsiderField = keyof z.infer<typeof schema>;
const outsiderFields = Object.keys(schema.shape) as OutsiderField[];

/** Mistakes by field, in sentences. */
export type OutsiderMistakes = Partial<Record<OutsiderField, string>>;

const readers: Partial<Record<OutsiderField, (text: string) => string>> = {
  kana: fullWidthKatakana,
  alphabetic: (text) => text.normalize("NFKC"),
  postalCode: figures,
  telephone: (text) => text.normalize("NFKC"),
  individualNumber: figures,
};

/**
 * Reads what was typed of somebody outside the register, and judges it: no day that has not come, none before the birth, a paper
 * that was seen. A birth date may be known in part (year, or year and month).
 *
 * @param given the text of each field
 * @param today day of business
 */
export function readOutsider(
  given: (field: OutsiderField) => string,
  today: IsoDate,
): { entry: OutsiderEntry } | { mistakes: OutsiderMistakes } {
  const typed = Object.fromEntries(
    outsiderFields.map((field) => [
      field,
      (readers[field] ?? String)(readText.plain(given(field))),
    ]),
  );
  const mistakes: OutsiderMistakes = {};
  const wrong = (field: OutsiderField, words: string) => {
    mistakes[field] ??= words;
  };
  const read = schema.safeParse(typed);
  for (const { path, message } of read.error?.issues ?? [])
    wrong(path[0] as OutsiderField, message);
  const text = (field: OutsiderField) => (typed[field] ?? "").trim();

  const typedBirth = birthOf(text("birthDate"));
  const impossible = typedBirth && gapOf(typedBirth) === "not-in-calendar";
  if (impossible)
    wrong("birthDate", "暦にない日付です。日が分からないときは、年月だけを入力してください。");
  const birthDate = impossible ? undefined : typedBirth;
  if (!birthDate)
    wrong(
      "birthDate",
      "生年月日を入力してください。月日が分からないときは年（S3）、日が分からないときは年月（S25.4）だけでも入力できます。",
    );
  const born = birthDate && birthRange(birthDate).from;
  if (born && born > today) wrong("birthDate", "今日より後の日付は入力できません。");
  const day = (field: OutsiderField, what: string, { required = false } = {}) => {
    const one = text(field) === "" ? undefined : parseJapaneseDate(text(field));
    if (!one) {
      if (required || text(field) !== "") wrong(field, `${what}を入力してください。例: R8.11.20`);
      return undefined;
    }
    if (born && one < born) wrong(field, `${what}が生年月日より前です。`);
    return one;
  };
  const past = (field: OutsiderField, what: string, options?: { required: boolean }) => {
    const one = day(field, what, options);
    if (one && one > today) wrong(field, "今日より後の日付は入力できません。");
    return one;
  };
  const seenOn = past("evidenceOn", "書類を確認した日", { required: true });
  const diedOn = past("diedOn", "死亡した日");
  const protectedFrom = day("protectedFrom", "支援措置の開始日");
  const protectedTo = day("protectedTo", "支援措置の終了日");
  if (protectedTo && !protectedFrom)
    wrong("protectedFrom", "支援措置の開始日を入力してください。例: R8.11.20");
  if (protectedFrom && protectedTo && protectedTo < protectedFrom)
    wrong("protectedTo", "支援措置の終了日が開始日より前です。");

  const abroad = text("where") === "abroad";
  if (abroad && text("country") === "") wrong("country", "国名を入力してください。例: ブラジル");
  if (!abroad && text("country") !== "")
    wrong("country", "国内の住所には国名を入力しないでください。");
  if (!abroad && !/^\d{7}$/.test(text("postalCode")))
    wrong("postalCode", "郵便番号は7桁の数字で入力してください。");
  if (abroad && text("postalCode") !== "")
    wrong("postalCode", "国外の郵便番号は、住所の行に入力してください。");
  if (text("kana") === "" && text("alphabetic") === "")
    wrong("kana", "カナかローマ字氏名のどちらかを入力してください。");
  if (text("evidence") === "other") {
    const fault = reasonFault(text("evidenceNote"), "書類の内容");
    if (fault) wrong("evidenceNote", fault);
  }
  const individual = text("individualNumber");
  if (
    individual !== "" &&
    !(/^\d{12}$/.test(individual) && checkNumber("individual", individual).valid)
  )
    wrong("individualNumber", "個人番号の検査数字が合いません。番号を確かめてください。");

  if (!read.success || !birthDate || !seenOn || Object.keys(mistakes).length > 0)
    return { mistakes: inOrder(mistakes) };
  const { kanji, kana: reading, alphabetic, sex, nationality, telephone, building } = read.data;
  return {
    entry: {
      identity: {
        name: { kanji, kana: reading, ...(alphabetic && { alphabetic }) },
        birthDate,
        sex,
        nationality,
        address: {
          ...(abroad && { country: read.data.country }),
          postalCode: abroad ? "" : text("postalCode"),
          town: read.data.address,
          building,
        },
        telephone,
        ...(individual && { individualNumber: individual }),
        ...(diedOn && { diedOn }),
        ...(protectedFrom && {
          protection: { from: protectedFrom, ...(protectedTo && { to: protectedTo }) },
        }),
      },
      evidence: { kind: read.data.evidence, seenOn, note: read.data.evidenceNote },
    },
  };
}

/** A birth date as typed, or as it stands. */
function birthOf(text: string): BirthDate | undefined {
  return isIsoDate(text) || isPartialBirth(text) ? text : parseBirth(text);
}

/** In the order of the fields, so that the first wrong one has the focus. */
const inOrder = (mistakes: OutsiderMistakes): OutsiderMistakes =>
  Object.fromEntries(
    outsiderFields.flatMap((field) => (mistakes[field] ? [[field, mistakes[field]]] : [])),
  );
