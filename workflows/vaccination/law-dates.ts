import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Certainty } from "#workflows/parameters/dated.ts";
import type { VaccineId } from "./vocabulary.ts";

/** A change of the law of routine vaccination: from when to when it holds, and how that is known. */
export interface LawDate {
  readonly vaccines: readonly VaccineId[] | "all";
  readonly from: IsoDate;
  /** Last day; none: it still holds. */
  readonly to?: IsoDate;
  readonly what: string;
  readonly source: string;
  readonly certainty: Certainty;
}

const ORDER = "予防接種法施行令";
const RULES = "予防接種実施規則";

/**
 * Since when, and until when, what is routine was so: from 2013-04-01, when the law took its present form. What was given
 * before is judged by nobody here (`olderThanTable`).
 */
export const lawDates = {
  table: {
    vaccines: "all",
    from: "2013-04-01",
    what: "改正予防接種法(A類・B類疾病)。これより前の定めは、ここにはない",
    source: "予防接種法の一部を改正する法律(平成25年法律第8号)",
    certainty: "established",
  },
  hibAndPcv: {
    vaccines: ["hib", "pcv"],
    from: "2013-04-01",
    what: "Hib感染症、小児の肺炎球菌感染症が定期になった",
    source: "平成25年法律第8号、同日施行の改正施行令",
    certainty: "established",
  },
  pcv7: {
    vaccines: ["pcv"],
    from: "2013-04-01",
    to: "2013-10-31",
    what: "小児用肺炎球菌は7価",
    source: `${RULES}(平成25年11月1日改正で13価に)`,
    certainty: "probable",
  },
  pcv13: {
    vaccines: ["pcv"],
    from: "2013-11-01",
    to: "2024-09-30",
    what: "小児用肺炎球菌に13価",
    source: `${RULES}(令和6年10月1日改正で除かれた。富田林市・熊野町・宇城市の案内)`,
    certainty: "established",
  },
  pcv15: {
    vaccines: ["pcv"],
    from: "2024-04-01",
    what: "小児用肺炎球菌に15価",
    source: `${RULES}(令和6年4月1日改正)`,
    certainty: "established",
  },
  pcv20: {
    vaccines: ["pcv"],
    from: "2024-10-01",
    what: "小児用肺炎球菌に20価",
    source: `${RULES}(令和6年10月1日改正)`,
    certainty: "established",
  },
  hpv: {
    vaccines: ["hpv9"],
    from: "2013-04-01",
    what: "HPV感染症が定期になった(2価・4価、3回)",
    source: "平成25年法律第8号、同日施行の改正施行令",
    certainty: "established",
  },
  hpvUnrecommended: {
    vaccines: ["hpv9"],
    from: "2013-06-14",
    to: "2022-03-31",
    what: "HPVの積極的勧奨の差控え(定期接種であることは変わらない)",
    source: "平成25年6月14日健発0614第1号(勧告)、令和3年11月26日健発1126第1号(終了)",
    certainty: "established",
  },
  hpv9: {
    vaccines: ["hpv9"],
    from: "2023-04-01",
    what: "9価が加わり、1回目が15歳に至るまでなら2回",
    source: `${RULES}(令和5年4月1日改正)`,
    certainty: "established",
  },
  hpv2And4: {
    vaccines: ["hpv9"],
    from: "2013-04-01",
    to: "2026-03-31",
    what: "2価・4価",
    source: `${RULES}(令和8年4月1日改正で9価だけに)`,
    certainty: "established",
  },
  hpvCatchUp: {
    vaccines: ["hpv9"],
    from: "2022-04-01",
    to: "2025-03-31",
    what: "キャッチアップ接種(1997-04-02〜2008-04-01生の女子で、対象年齢を過ぎた者)",
    source: `${ORDER}附則(令和4年4月1日改正)`,
    certainty: "established",
  },
  hpvCompletion: {
    vaccines: ["hpv9"],
    from: "2025-04-01",
    to: "2026-03-31",
    what: "キャッチアップ期間に1回以上受けた1997-04-02〜2009-04-01生の女子の残りの接種",
    source: `${ORDER}附則(令和7年4月1日改正。阿蘇市・成田市の案内)`,
    certainty: "established",
  },
  mixed4FromThreeMonths: {
    vaccines: ["4mix"],
    from: "2012-11-01",
    to: "2023-03-31",
    what: "4種混合は生後3月から",
    source: `${ORDER}(令和5年4月1日改正前)`,
    certainty: "established",
  },
  mixed4FromTwoMonths: {
    vaccines: ["4mix"],
    from: "2023-04-01",
    what: "4種混合は生後2月から",
    source: `${ORDER}(令和5年4月1日改正)`,
    certainty: "established",
  },
  mixed5: {
    vaccines: ["5mix"],
    from: "2024-04-01",
    what: "5種混合が定期になった",
    source: `${RULES}(令和6年4月1日改正)`,
    certainty: "established",
  },
  varicella: {
    vaccines: ["vzv"],
    from: "2014-10-01",
    what: "水痘が定期になった(任意で受けた回数も数える)",
    source: `${ORDER}(平成26年10月1日改正)`,
    certainty: "established",
  },
  varicellaOlder: {
    vaccines: ["vzv"],
    from: "2014-10-01",
    to: "2015-03-31",
    what: "生後36月から60月で、一度も受けていない者に1回",
    source: `${ORDER}附則(平成26年10月1日改正)`,
    certainty: "established",
  },
  hepatitisB: {
    vaccines: ["hepb"],
    from: "2016-10-01",
    what: "B型肝炎が定期になった(2016-04-01以後生)",
    source: `${ORDER}(平成28年10月1日改正)`,
    certainty: "established",
  },
  rota: {
    vaccines: ["rota1", "rota5"],
    from: "2020-10-01",
    what: "ロタが定期になった(2020-08-01以後生)",
    source: `${ORDER}(令和2年10月1日改正)`,
    certainty: "established",
  },
  anyInterval: {
    vaccines: "all",
    from: "2013-04-01",
    to: "2020-09-30",
    what: "異なるワクチンは、生ワクチンの後27日以上、不活化ワクチンの後6日以上",
    source: "定期接種実施要領(令和2年10月1日改正前。富士市・塩竈市の案内)",
    certainty: "established",
  },
  liveInterval: {
    vaccines: "all",
    from: "2020-10-01",
    what: "異なるワクチンは、注射生ワクチンどうしだけ27日以上",
    source: "定期接種実施要領(令和2年10月1日改正)",
    certainty: "established",
  },
  rubella5: {
    vaccines: ["mr5"],
    from: "2019-02-01",
    to: "2025-03-31",
    what: "風しん5期(1962-04-02〜1979-04-01生の男性で抗体が足りない者)",
    source: `${ORDER}附則(平成31年2月1日改正、令和4年4月1日延長)`,
    certainty: "established",
  },
  pneumococcusElderly: {
    vaccines: ["ppv"],
    from: "2014-10-01",
    what: "高齢者の肺炎球菌感染症が定期になった",
    source: `${ORDER}(平成26年10月1日改正)`,
    certainty: "established",
  },
  pneumococcusFiveYears: {
    vaccines: ["ppv"],
    from: "2014-10-01",
    to: "2024-03-31",
    what: "その年度に65・70・75・80・85・90・95・100歳となる者",
    source: `${ORDER}附則(平成26年10月1日改正、平成31年4月1日延長。北九州市・飯綱町の案内)`,
    certainty: "established",
  },
  pneumococcusOldest2014: {
    vaccines: ["ppv"],
    from: "2014-10-01",
    to: "2015-03-31",
    what: "平成26年度に101歳以上となる者も",
    source: `${ORDER}附則(平成26年10月1日改正)`,
    certainty: "established",
  },
  pneumococcusOldest2019: {
    vaccines: ["ppv"],
    from: "2019-04-01",
    to: "2020-03-31",
    what: "平成31年度は前年度末に100歳以上の者も",
    source: `${ORDER}附則(平成31年4月1日改正。飯綱町の案内)`,
    certainty: "established",
  },
  pneumococcus65: {
    vaccines: ["ppv"],
    from: "2024-04-01",
    what: "65歳の者だけ",
    source: `${ORDER}(経過措置の終了。北九州市の案内)`,
    certainty: "established",
  },
  ppsv23: {
    vaccines: ["ppv"],
    from: "2014-10-01",
    to: "2026-03-31",
    what: "高齢者肺炎球菌は23価(PPSV23)",
    source: `${RULES}(令和8年4月1日改正前)`,
    certainty: "established",
  },
  pcv20Elderly: {
    vaccines: ["ppv"],
    from: "2026-04-01",
    what: "高齢者肺炎球菌は20価(PCV20)",
    source: `${RULES}(令和8年4月1日改正)`,
    certainty: "established",
  },
  covid: {
    vaccines: ["covid"],
    from: "2024-10-01",
    what: "新型コロナが定期(B類)になった。特例臨時接種(2024-03-31まで)は定期ではない",
    source: `${ORDER}(令和6年4月1日改正)`,
    certainty: "probable",
  },
  zoster: {
    vaccines: ["zoster"],
    from: "2025-04-01",
    what: "帯状疱疹が定期になった",
    source: `${ORDER}(令和7年4月1日改正)`,
    certainty: "established",
  },
  rsv: {
    vaccines: ["rsv"],
    from: "2026-04-01",
    what: "RSウイルス(母子免疫)が定期になった",
    source: `${ORDER}(令和8年4月1日改正。類型の条文は未確認)`,
    certainty: "probable",
  },
  highDose: {
    vaccines: ["flu"],
    from: "2026-10-01",
    what: "75歳以上は高用量のインフルエンザワクチンも選べる",
    source: "定期接種実施要領(令和8年10月1日改正)",
    certainty: "established",
  },
} as const satisfies Record<string, LawDate>;

/** What of the law holds for a vaccine on a day, as it is cited in a basis list. */
export function citeLaw(vaccine: string, on: IsoDate): string[] {
  return Object.values<LawDate>(lawDates)
    .filter(({ vaccines, from, to }) => {
      const meant = vaccines === "all" || vaccines.some((id) => id === vaccine);
      return meant && from <= on && (to === undefined || on <= to);
    })
    .map(({ what, source, from, to }) => `${what}(${from}〜${to ?? ""}; ${source})`);
}
