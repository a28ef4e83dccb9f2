import { codeItem, dateItem, type FeedItems, textItem } from "#src/platform/feeds/items.ts";
import { outcomeTitles, routeTitles } from "#workflows/vaccination/records/channels.ts";

/** What a punched row tells of a slip, in the order of our own layout. */
export const punchedItems = {
  outcome: codeItem("区分", Object.keys(outcomeTitles)),
  coupon: textItem("券番号"),
  person: textItem("予防接種番号"),
  motherChild: textItem("母子健康手帳番号"),
  name: textItem("氏名"),
  kana: textItem("氏名カナ"),
  birth: dateItem("生年月日"),
  sex: codeItem("性別", ["female", "male"], false),
  address: textItem("住所"),
  vaccine: textItem("予防接種"),
  period: textItem("期"),
  dose: textItem("回数"),
  product: textItem("製品名"),
  lot: textItem("ロット番号"),
  volume: textItem("接種量"),
  route: codeItem("個別・集団", Object.keys(routeTitles), false),
  clinic: textItem("医療機関コード"),
  clinicName: textItem("医療機関名"),
  doctor: textItem("医師名"),
  givenOn: dateItem("接種日", true),
  interviewOn: dateItem("予診日"),
  image: textItem("画像番号"),
} as const satisfies FeedItems;
export type PunchedItem = keyof typeof punchedItems;

export const punchedItemTitle = (item: string): string =>
  item === "row" ? "行全体" : (punchedItems[item as PunchedItem]?.title ?? item);

/** A row by item: dates as `YYYY-MM-DD` and codes as ours where they could be read, everything else as it came. */
export type RawRow = Readonly<Partial<Record<PunchedItem, string>>>;

/** A row as it is sealed. One that could not be cut into its items keeps its fields as they came. */
export interface SealedRow {
  raw: RawRow;
  unreadable?: { code: string; fields: readonly string[] };
}
