import { readFileSync } from "node:fs";
import givenNames from "./data/given-names.json" with { type: "json" };
import type { Random } from "./random.ts";

export type Sex = "female" | "male";

/** A written form and its reading in full-width katakana. */
export interface Word {
  kanji: string;
  kana: string;
}

/** A whole name as the register writes it. */
export interface FullName extends Word {
  commonName?: string;
  commonKana?: string;
  alphabetic?: string;
}

/** Rows of a tab-separated file of this folder's data. */
export function readTable(file: string): string[][] {
  return readFileSync(new URL(`./data/${file}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
}

const families = readTable("family-names.tsv").map(
  ([kanji = "", kana = "", weight]) => [{ kanji, kana }, Number(weight)] as const,
);
/** Names with characters beyond JIS X 0208 or with a variation selector. */
const rareFamilies = families.filter(([{ kanji }]) =>
  /[髙﨑𠮷邊邉齋齊濵德栁桒冨櫻嶋槗澤廣]|\p{Variation_Selector}/u.test(kanji),
);

const words = (list: string): Word[] =>
  list.split(" ").map((entry) => {
    const [kanji = "", kana = ""] = entry.split(":");
    return { kanji, kana };
  });
const generations = (["female", "male"] as const).flatMap((sex) =>
  Object.entries(givenNames[sex]).map(([until, parts]) => ({
    sex,
    until: Number(until),
    stems: words(parts.stems),
    tails: words(parts.tails),
    whole: words(parts.whole),
  })),
);

/** A family name, by how common it is. */
export function familyName(random: Random): Word {
  return random.weighted(families);
}

/** A family name that the plain fonts or the old character sets do not have. */
export function rareFamilyName(random: Random): Word {
  return random.pick(rareFamilies)[0];
}

/** A given name of the generation born in the year. */
export function givenName(random: Random, sex: Sex, birthYear: number): Word {
  const group = generations.find((entry) => entry.sex === sex && birthYear <= entry.until);
  if (!group) throw new RangeError("no names for this year");
  if (random.chance(0.35)) return random.pick(group.whole);
  const stem = random.pick(group.stems);
  const tail = random.pick(group.tails);
  return { kanji: stem.kanji + tail.kanji, kana: stem.kana + tail.kana };
}

/** Family and given name, separated by a full-width space. */
export function fullName(family: Word, given: Word): FullName {
  return {
    kanji: `${family.kanji}　${given.kanji}`,
    kana: `${family.kana}　${given.kana}`,
  };
}

interface Foreign {
  family: string[];
  female: string[];
  male: string[];
  /** How many family and given names somebody has. */
  parts: [number, number];
  familyFirst: boolean;
}

const foreigners: readonly (readonly [Foreign, number])[] = [
  [
    {
      family: ["NGUYEN グエン", "TRAN チャン", "PHAM ファム", "HOANG ホアン", "VU ヴー"],
      female: [
        "THI THANH HUONG ティ　タイン　フオン",
        "THI LAN ティ　ラン",
        "NGOC MAI ゴック　マイ",
      ],
      male: ["VAN DUC ヴァン　ドゥック", "MINH TUAN ミン　トゥアン", "QUANG HUY クアン　フイ"],
      parts: [1, 1],
      familyFirst: true,
    },
    5,
  ],
  [
    {
      family: [
        "DELA CRUZ デラ　クルス",
        "SANTOS サントス",
        "REYES レイエス",
        "VILLANUEVA ビリャヌエバ",
      ],
      female: [
        "MARIA マリア",
        "TERESA テレサ",
        "JOSEPHINE ジョセフィン",
        "CONCEPCION コンセプシオン",
      ],
      male: ["JUAN フアン", "MIGUEL ミゲル", "ANTONIO アントニオ", "CHRISTOPHER クリストファー"],
      parts: [1, 2],
      familyFirst: false,
    },
    3,
  ],
  [
    {
      family: [
        "ALBUQUERQUE アルブケルケ",
        "CAVALCANTI カヴァルカンティ",
        "FIGUEIREDO フィゲイレド",
        "NASCIMENTO ナシメント",
        "VASCONCELOS ヴァスコンセロス",
      ],
      female: ["ALESSANDRA アレッサンドラ", "FERNANDA フェルナンダ", "GUILHERMINA ギリェルミナ"],
      male: [
        "MAXIMILIANO マキシミリアーノ",
        "SEBASTIAO セバスティアン",
        "ALEXANDRE アレシャンドレ",
      ],
      parts: [3, 3],
      familyFirst: false,
    },
    1,
  ],
  [
    {
      family: ["SHRESTHA シュレスタ", "TAMANG タマン", "GURUNG グルン", "THAPA タパ"],
      female: ["SITA シタ", "SUNITA スニタ", "ANJALI アンジャリ"],
      male: ["BISHAL ビシャル", "SURESH スレシュ", "PRAKASH プラカシュ"],
      parts: [1, 1],
      familyFirst: false,
    },
    3,
  ],
];

/** Names of residents whose name has kanji of their own; many use a 通称. */
const neighbours = {
  family: [
    "金:キム:KIM",
    "李:イ:LEE",
    "朴:パク:PARK",
    "王:ワン:WANG",
    "陳:チェン:CHEN",
    "劉:リュウ:LIU",
  ],
  female: ["美英:ミヨン:MIYEONG", "秀蘭:シュウラン:XIULAN", "静:ジン:JING", "恩珠:ウンジュ:EUNJU"],
  male: [
    "民秀:ミンス:MINSU",
    "偉:ウェイ:WEI",
    "建国:ジェングオ:JIANGUO",
    "相俊:サンジュン:SANGJUN",
  ],
};

function split(entry: string): { latin: string; kana: string } {
  const at = entry.search(/[ァ-ヴ]/);
  return { latin: entry.slice(0, at).trim(), kana: entry.slice(at) };
}

function severalOf(random: Random, list: readonly string[], count: number): string[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [taken = ""] = left.splice(random.between(0, left.length - 1), 1);
    return taken;
  });
}

/** Makes names of the members of one foreign household: the same family name for all. */
export function foreignHousehold(random: Random): (sex: Sex, birthYear: number) => FullName {
  const common = random.chance(0.5) ? familyName(random) : undefined;
  if (random.chance(0.4)) {
    const [familyKanji, familyKana, familyLatin] = random.pick(neighbours.family).split(":");
    return (sex, birthYear) => {
      const [kanji, kana, latin] = random.pick(neighbours[sex]).split(":");
      const name = {
        kanji: `${familyKanji}　${kanji}`,
        kana: `${familyKana}　${kana}`,
        alphabetic: `${familyLatin} ${latin}`,
      };
      return common ? { ...name, ...commonNameOf(random, common, sex, birthYear) } : name;
    };
  }
  const origin = random.weighted(foreigners);
  const family = severalOf(random, origin.family, origin.parts[0]).map(split);
  return (sex, birthYear) => {
    const given = severalOf(random, origin[sex], origin.parts[1]).map(split);
    const ordered = origin.familyFirst ? [...family, ...given] : [...given, ...family];
    const alphabetic = ordered.map(({ latin }) => latin).join(" ");
    const name = {
      kanji: alphabetic,
      kana: ordered.map(({ kana }) => kana).join("　"),
      alphabetic,
    };
    return common && random.chance(0.4)
      ? { ...name, ...commonNameOf(random, common, sex, birthYear) }
      : name;
  };
}

function commonNameOf(random: Random, family: Word, sex: Sex, birthYear: number) {
  const { kanji, kana } = fullName(family, givenName(random, sex, birthYear));
  return { commonName: kanji, commonKana: kana };
}
