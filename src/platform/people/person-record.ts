import type { BirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A person as a register (住民基本台帳) tells of them: what a feed brings and what the vault keeps. */
export interface PersonRecord {
  /** 世帯番号 in the source. */
  householdNumber: string;
  /** Number of the person in the source (住民票の内部番号); never the 個人番号. */
  sourceId: string;
  name: PersonName;
  /** As the register has it: a day, or what is known of it. */
  birthDate: BirthDate;
  sex: Sex;
  /** 続柄 code as in `relationshipTitles` of the feed layout, such as `02` wife, `20` child. */
  relationship: string;
  /** 世帯主. */
  isHead: boolean;
  address: PersonAddress;
  /** Office (区) in charge: 全国地方公共団体コード, six digits. */
  officeCode: string;
  residence: Residence;
  diedOn?: IsoDate;
  nationality: "jp" | "foreign";
  /** 支援措置; without `to` until told otherwise. */
  protection?: { from: IsoDate; to?: IsoDate };
  /** 個人番号, 12 digits with a right check digit. */
  individualNumber?: string;
  /** What the register tells beyond what everybody works with. */
  details?: RegisterDetails;
}

/** 最新異動, 転入前住所, telephone, and of foreign residents their status of residence; sealed apart from name and address. */
export interface RegisterDetails {
  /** 最新異動: day, 異動事由, 届出日, and whether it takes an earlier 異動 back (取消区分). */
  event?: { on: IsoDate; reason: RegisterEvent; reportedOn?: IsoDate; cancels?: true };
  /** 転入前住所, as the register writes it. */
  movedFrom?: string;
  phone?: string;
  foreign?: ForeignDetails;
}

/** 異動事由 of the register. */
export const registerEventTitles = {
  birth: "出生",
  "move-in": "転入",
  "move-within": "転居",
  "move-out": "転出",
  death: "死亡",
  "name-change": "氏名変更",
  correction: "職権修正",
  other: "その他",
} as const;
export type RegisterEvent = keyof typeof registerEventTitles;

/** Whom 住民基本台帳法第30条の45の表 names, in its order. */
export const residenceSectionTitles = {
  "mid-to-long-term": "中長期在留者",
  "special-permanent": "特別永住者",
  "temporary-refuge": "一時庇護許可者",
  "provisional-stay": "仮滞在許可者",
  "transitional-birth": "出生による経過滞在者",
  "transitional-nationality-loss": "国籍喪失による経過滞在者",
} as const;

/** Of a foreign resident. */
export interface ForeignDetails {
  /** 外国人住民となった日. */
  since?: IsoDate;
  /** 在留資格 and 在留期間, as the register writes them. */
  status?: string;
  period?: string;
  /** 住民基本台帳法第30条の45に規定する区分. */
  section?: keyof typeof residenceSectionTitles;
  /** Of the 在留カード or 特別永住者証明書: two letters, eight digits, two letters. */
  cardNumber?: string;
}

export type Sex = "female" | "male" | "unknown";

/** Names keep every code point as the register writes it, variation selectors included (NFC, never NFKC). */
export interface PersonName {
  /** 氏名; of a foreign resident without kanji the alphabetic name. */
  kanji: string;
  /** カナ, full width, family and given name separated by U+3000. */
  kana: string;
  /** 通称. */
  commonName?: string;
  commonKana?: string;
  /** ローマ字氏名. */
  alphabetic?: string;
}

/** An address in the city in parts. */
export interface PersonAddress {
  /** Seven digits. */
  postalCode: string;
  /** 市区 and 町名, such as `見本市中央区新町`. */
  town: string;
  /** 町字コード, seven digits, unique in the city. */
  townCode: string;
  /** 番地 or 住居番号, such as `２丁目４番２７号`; empty where there is none. */
  block: string;
  /** 方書; empty where there is none. */
  building: string;
}

/** The last (or only) period in which the person lived in the city. */
export interface Residence {
  /** 住民となった日. */
  from: IsoDate;
  fromReason: "birth" | "move-in" | "other";
  /** 住民でなくなった日: out-move or death. */
  to?: IsoDate;
  toReason?: "move-out" | "death" | "other";
  /** 転出先, as the register writes it. */
  movedTo?: string;
}
