import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import april2025 from "./data/diseases-2025-04.json" with { type: "json" };

/** A disease of the list (指定難病): its name, and the group (疾患群) under which it is counted. */
export interface Disease {
  readonly name: string;
  readonly group: string;
}

/** Diseases by 告示番号. Names change between revisions and are written in mixed widths: only the number identifies one. */
export type Diseases = Readonly<Record<string, Disease>>;

export const diseaseList: DatedParameter<Diseases> = {
  name: "指定難病の一覧",
  rows: [
    {
      from: "2025-04-01",
      value: april2025,
      source: "厚生労働省「指定難病病名一覧表」を加工した公開データ（CC BY 4.0）",
      certainty: "established",
    },
  ],
};

/** Names that a number had in earlier lists: papers still bear them. Which day each changed is not established here. */
const formerNames: Readonly<Record<string, readonly string[]>> = {
  "63": ["特発性血小板減少性紫斑病"],
};

/** Before the oldest list that is kept here, that one is asked. */
const listOn = (on: IsoDate) => {
  const [oldest] = diseaseList.rows;
  return oldest && on < oldest.from ? oldest : rowOn(diseaseList, on);
};

/** The disease of a number on a day; nothing where the list has none. */
export const diseaseOn = (number: number, on: IsoDate): Disease | undefined =>
  listOn(on).value[String(number)];

/** 病名 of a number, with the number; the number alone where the list has none. */
export const diseaseTitle = (number: number, on: IsoDate): string => {
  const found = diseaseOn(number, on);
  return found ? `${found.name}（${number}）` : `告示番号${number}（一覧にない番号）`;
};

/** All diseases of a day, by number. */
export const diseasesOn = (on: IsoDate): readonly (Disease & { number: number })[] =>
  Object.entries(listOn(on).value).map(([number, disease]) => ({
    number: Number(number),
    ...disease,
  }));

export const citeDiseases = (on: IsoDate): string => citeRow(diseaseList, listOn(on));

const folded = (name: string) => name.normalize("NFKC").replace(/\s/g, "");

/**
 * What is to be said of a name as a paper bears it beside a number: that the disease is called otherwise now, or that the
 * number is another disease's; nothing where both agree in any width.
 */
export function nameRemark(number: number, written: string, on: IsoDate): string | undefined {
  const found = diseaseOn(number, on);
  if (!found || written.trim() === "" || folded(written) === folded(found.name)) return undefined;
  const was = formerNames[String(number)]?.some((name) => folded(name) === folded(written));
  if (was)
    return `告示番号${number}は「${found.name}」に名称が変わっています（個人票の記載は「${written}」）。`;
  const other = diseasesOn(on).find(({ name }) => folded(name) === folded(written));
  return other
    ? `「${written}」の告示番号は${other.number}です。告示番号${number}は「${found.name}」です。`
    : `告示番号${number}は「${found.name}」です。個人票の病名「${written}」を確かめてください。`;
}
