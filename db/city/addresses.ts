import { readTable } from "./names.ts";
import type { Random } from "./random.ts";

export interface Address {
  postalCode: string;
  town: string;
  townCode: string;
  block: string;
  building: string;
  officeCode: string;
}

interface Town {
  postalCode: string;
  officeCode: string;
  town: string;
  townCode: string;
  /** Highest 丁目; 0 where the town has none. */
  blocks: number;
}

const towns: readonly Town[] = readTable("towns.tsv")
  .slice(1)
  .map(
    ([postalCode = "", officeCode = "", office = "", town = "", , townCode = "", blocks = ""]) => ({
      postalCode,
      officeCode,
      town: office + town,
      townCode,
      blocks: Number(blocks),
    }),
  );

/** The five 区 of 熊本市 with their 全国地方公共団体コード and share of the people. */
export const offices = [
  { code: "431010", name: "中央区", share: 25 },
  { code: "431028", name: "東区", share: 26 },
  { code: "431036", name: "西区", share: 13 },
  { code: "431044", name: "南区", share: 18 },
  { code: "431052", name: "北区", share: 18 },
] as const;

const townsByOffice = offices.map(
  ({ code, share }) => [towns.filter((town) => town.officeCode === code), share] as const,
);

const houses = [
  "メゾン",
  "コーポ",
  "グランドハイツ",
  "サンシャイン",
  "レジデンス",
  "県営住宅",
  "ハイム",
];
const marks = ["白川", "銀杏", "江津", "肥後", "龍田", "阿蘇", "水前寺", "金峰"];
const longBuilding =
  "ザ・グランドレジデンス肥後城下町ガーデンスクエア壱番館サウスタワー２８０３号室";

const wide = (value: number | string) =>
  String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** An invented house in a real town; now and then with what makes addresses difficult. */
export function address(random: Random): Address {
  const { postalCode, town, townCode, officeCode, blocks } = random.pick(
    random.weighted(townsByOffice),
  );
  const plain = { postalCode, town, townCode, officeCode };
  // 住所不定 and the like: nothing can be delivered there.
  if (random.chance(0.0006)) return { ...plain, postalCode: "", block: "", building: "" };
  return { ...plain, block: block(random, blocks), building: building(random) };
}

function block(random: Random, blocks: number): string {
  const first = random.between(1, 40);
  const second = random.between(1, 60);
  if (blocks > 0) return wide(`${random.between(1, blocks)}丁目${first}番${second}号`);
  return random.weighted([
    [wide(`${first}番${second}号`), 60],
    [wide(`${random.between(1, 3200)}番地`), 15],
    [wide(`${random.between(1, 3200)}番地${random.between(1, 30)}`), 20],
    [wide(`${first}－${second}`), 4],
    [`甲${wide(random.between(1, 900))}番地の${wide(random.between(1, 9))}`, 1],
  ]);
}

function building(random: Random): string {
  if (!random.chance(0.42)) return "";
  const name = random.pick(houses) + random.pick(marks);
  const room = random.between(1, 14) * 100 + random.between(1, 12);
  return random.weighted([
    [wide(`${name}${room}号室`), 60],
    [wide(`${name}${random.between(1, 9)}－${room}`), 20],
    [wide(`${name}Ａ棟${room}`), 15],
    [`${random.pick(marks)}様方`, 4],
    [longBuilding, 1],
  ]);
}

const elsewhere = [
  "福岡県福岡市博多区博多駅前",
  "東京都世田谷区三軒茶屋",
  "大阪府大阪市北区梅田",
  "鹿児島県鹿児島市中央町",
  "熊本県八代市松江城町",
  "熊本県菊池郡菊陽町大字津久礼",
  "長崎県佐世保市三浦町",
  "ベトナム社会主義共和国",
];

/** Where somebody moved to, as the register writes it. */
export function addressElsewhere(random: Random): string {
  const place = random.pick(elsewhere);
  return place.endsWith("国")
    ? place
    : place + wide(`${random.between(1, 40)}番${random.between(1, 30)}号`);
}
