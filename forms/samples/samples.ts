import { readFileSync } from "node:fs";
import { customerBarcode } from "#workflows/mail/customer-barcode.ts";
import type { Appeal, Issuer, LetterData, Office, PrintedPerson, Recipient } from "../data.ts";

/** All persons, offices and numbers of the samples are invented. */
function recipient(to: Omit<Recipient, "barcode">, addressNumber: string): Recipient {
  const barcode = customerBarcode(to.postalCode, addressNumber);
  return "bars" in barcode ? { ...to, barcode: barcode.bars } : to;
}

export const recipients = {
  ordinary: recipient(
    {
      postalCode: "8600808",
      address: "熊本市中央区手取本町99番1号",
      building: "見本マンション305号",
      name: "見本 花子",
    },
    "99番1号見本マンション305号",
  ),
  plain: recipient(
    { postalCode: "8620950", address: "熊本市中央区水前寺99丁目8番7号", name: "例示 一郎" },
    "99丁目8番7号",
  ),
  longest: recipient(
    {
      postalCode: "8614125",
      address: "熊本市南区奥古閑町字見本屋敷通東之丁上九千八百七十六番地の五十四",
      building: "グランドシャトーサンプル熊本リバーサイドパークタワーウエスト第2号棟 1234号室",
      name: "マリアフェルナンダ デ・ラ・クルス サントスゴンザレス",
    },
    "9876番地の54第2号棟1234号室",
  ),
  oldKanji: recipient(
    { postalCode: "8600847", address: "熊本市中央区上林町98番76号", name: "髙辻󠄀 𠮷之助" },
    "98番76号",
  ),
  /** Under 支援措置: the mail goes where the person asked, and the post is told no delivery point. */
  protected: {
    postalCode: "8600000",
    address: "見本市見本町9番9号",
    building: "見本中央郵便局留",
    name: "見本 月子",
  },
  variation: recipient(
    { postalCode: "8600847", address: "熊本市中央区上林町98番76号", name: "渡邉󠄂 見本子" },
    "98番76号",
  ),
} as const;

export const people = {
  ordinary: { name: "見本 太郎", kana: "ミホン タロウ", birthDate: "2026-02-14", sex: "男" },
  plain: { name: "例示 さくら", kana: "レイジ サクラ", birthDate: "2025-04-01", sex: "女" },
  longest: {
    name: "アレクサンドラマリアフェルナンダ デ・ラ・クルス サントスゴンザレス",
    kana: "アレクサンドラマリアフェルナンダ デラクルス サントスゴンザレス",
    birthDate: "2024-02-29",
    sex: "女",
  },
  oldKanji: { name: "髙辻󠄀 𠮷乃", kana: "タカツジ ヨシノ", birthDate: "2026-01-31", sex: "女" },
  protected: { name: "見本 星", kana: "ミホン ホシ", birthDate: "2026-03-03" },
  variation: { name: "渡邉󠄂 見本助", kana: "ワタナベ ミホスケ", birthDate: "2025-12-31" },
} as const satisfies Record<string, PrintedPerson>;

/** Whom a sample is about: the child or the insured, the one the letter goes to, and the address that is printed. */
export interface SampleCase {
  readonly to: Recipient;
  /** フリガナ of the one the letter goes to. */
  readonly kana: string;
  readonly person: PrintedPerson;
  readonly address: string;
}

const cases = {
  通常: {
    to: recipients.ordinary,
    kana: "ミホン ハナコ",
    person: people.ordinary,
    address: "熊本市中央区手取本町99番1号 見本マンション305号",
  },
  "最も長い氏名と住所・外国の方": {
    to: recipients.longest,
    kana: "マリアフェルナンダ デラクルス サントスゴンザレス",
    person: people.longest,
    address: `${recipients.longest.address} ${recipients.longest.building}`,
  },
  "旧字体と異体字・方書なし": {
    to: recipients.oldKanji,
    kana: "タカツジ ヨシノスケ",
    person: people.oldKanji,
    address: recipients.oldKanji.address,
  },
  "支援措置（住所を載せず、届け先を変える）": {
    to: recipients.protected,
    kana: "ミホン ツキコ",
    person: people.protected,
    address: "",
  },
} as const satisfies Record<string, SampleCase>;

/** The case with old kanji, for a sample of a form that shows something else of its own. */
export const oldKanjiCase: SampleCase = cases["旧字体と異体字・方書なし"];
/** The same with the longest name and address. */
export const longestCase: SampleCase = cases["最も長い氏名と住所・外国の方"];

/** Sample data of a form in every case that forms have to stand. */
export function everyCase<Data>(make: (one: SampleCase) => Data): Record<keyof typeof cases, Data> {
  return Object.fromEntries(
    Object.entries(cases).map(([name, one]) => [name, make(one)]),
  ) as Record<keyof typeof cases, Data>;
}

export const office: Office = {
  name: "見本市 こども局 こども支援部 こども支援課",
  postalCode: "8600000",
  address: "見本市中央区見本町1番1号",
  telephone: "096-000-0000",
  hours: "平日 8時30分から17時15分まで",
};

/** A red square with 見本市長之印, for samples only. */
export const issuer: Issuer = {
  title: "見本市長",
  name: "見本 一",
  seal: readFileSync(new URL("./seal.png", import.meta.url)),
};

export const withoutSeal: Issuer = { title: issuer.title, name: issuer.name };

/** 教示 of a city that decides itself. */
export const appeal: Appeal = {
  reviewAuthority: "見本市長",
  defendant: "見本市",
  representative: "見本市長",
};

export const letter = {
  to: recipients.ordinary,
  documentNumber: "見こ支第1234号",
  date: "2026-11-20",
  issuer,
  office,
  program: "こども医療費助成",
  facts: [],
} as const satisfies LetterData;
