import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeItem, dateItem, type FeedItems, textItem } from "#src/platform/feeds/items.ts";
import { type Layout, parseLayout } from "#src/platform/feeds/layout.ts";
import type { Platform } from "#src/platform/platform.ts";
import { clinicKinds, clinicPlaces } from "../words.ts";
import standard from "./layout.json" with { type: "json" };

/** What a file of the register tells of each clinic, and nothing else; a row a clinic. */
export const clinicItems = {
  code: textItem("医療機関コード", true),
  name: textItem("名称", true),
  kana: textItem("名称カナ", true),
  kind: codeItem("区分", Object.keys(clinicKinds)),
  place: codeItem("所在", Object.keys(clinicPlaces)),
  postalCode: textItem("郵便番号", true),
  address: textItem("住所", true),
  district: textItem("地区"),
  phone: textItem("電話番号"),
  listed: codeItem("市民向け一覧", ["yes", "no"], false),
  /** Several are divided by `；`, each by its id or its name. */
  vaccines: textItem("扱う接種"),
  handledFrom: dateItem("扱う接種の開始日"),
  doctors: textItem("接種医"),
  contracts: textItem("契約の種類"),
  contractNumber: textItem("契約番号"),
  contractFrom: dateItem("契約開始日"),
  contractTo: dateItem("契約終了日"),
  bodyCode: textItem("取りまとめ団体"),
  memberNumber: textItem("団体での番号"),
  paidTo: codeItem("支払先", ["clinic", "body"], false),
} as const satisfies FeedItems;

export const clinicFileKind = { id: "clinics", items: clinicItems };

/** The column map of our own, and those of the data folder (`clinic-layouts/*.json`). */
export async function clinicLayouts({
  dataFolder,
}: Pick<Platform, "dataFolder">): Promise<Layout[]> {
  const folder = join(dataFolder, "clinic-layouts");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(
    names.toSorted().map((name) => readFile(join(folder, name), "utf8")),
  );
  return [
    parseLayout(standard, clinicFileKind),
    ...texts.map((text) => parseLayout(JSON.parse(text), clinicFileKind)),
  ];
}
