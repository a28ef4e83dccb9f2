import { z } from "zod";
import {
  choiceField,
  type Field,
  type Fields,
  flagField,
  groupField,
  listField,
  optional,
  textField,
  wholeField,
} from "#workflows/rules/rule.ts";
import {
  bandEnds,
  burdens,
  capScopes,
  careKinds,
  careTermsSchema,
  claimChannels,
  classRules,
  copayPlanSchema,
  insurerGroups,
  percentBases,
  pharmacyRules,
  planBandSchema,
  roundings,
  settlements,
} from "./copay-plan.ts";

const yen = (label: string) => optional(wholeField(`${label}(円)`, 500));
const times = (label: string) => optional(wholeField(`${label}(回)`, 2, 0, 999));

const terms: Fields = {
  burden: optional(choiceField("負担区分", burdens, "share")),
  settlement: optional(choiceField("助成の方法", settlements, "in-kind")),
  visitPercent: optional(wholeField("1回の負担割合(%)", 10, 0, 100)),
  percentOf: optional(choiceField("割合をかける額", percentBases, "cost")),
  visitFixed: yen("1回の固定額"),
  visitCap: yen("1回の上限額"),
  dayCap: yen("1日の上限額"),
  dayTimes: times("1日に数える上限"),
  monthFixed: yen("1月の固定額"),
  monthCap: yen("1月の上限額(院内)"),
  monthPharmacyCap: yen("1月の上限額(院外の薬局)"),
  monthTimes: times("1月に数える上限"),
  drugs: optional(flagField("薬剤一部負担金を本人に残す", false)),
};
const termsOf = (kind: keyof typeof careKinds): Field<z.ZodType> =>
  groupField(`${careKinds[kind]}の一部負担金`, terms, careTermsSchema.optional(), {});

const band: Fields = {
  title: textField("区分の名前", "小学生以上"),
  ageFrom: optional(wholeField("この年齢から(歳)", 6, 0, 120)),
  ageTo: optional(wholeField("この年齢まで(歳)", 18, 0, 120)),
  end: optional(choiceField("年齢による終わり", bandEnds, "year-end")),
  incomeFrom: optional(wholeField("所得がこの額以上(円)", 0)),
  incomeBelow: optional(wholeField("所得がこの額未満(円)", 235_000)),
  outpatient: termsOf("outpatient"),
  inpatient: termsOf("inpatient"),
  "home-nursing": termsOf("home-nursing"),
  pharmacyRule: optional(choiceField("調剤の扱い", pharmacyRules, "free")),
  pharmacy: termsOf("pharmacy"),
  mealsPerDay: yen("食事の1日の助成額"),
  mealsWhole: optional(flagField("食事療養費を全額助成する", false)),
};

const shape = copayPlanSchema.shape;
const rounding: Fields = {
  channel: choiceField("請求の経路", claimChannels, "receipt"),
  unit: wholeField("単位(円)", 10, 1, 1_000),
  how: choiceField("端数", roundings, "half-up"),
};
const classes: Fields = {
  insurer: choiceField("保険の種類", insurerGroups, "employee"),
  rule: choiceField("適用区分", classRules, "ウ"),
};

/** Every axis of a plan ({@link copayPlanSchema}) on a form. */
export const copayPlanFields: Fields = {
  shortName: optional(textField("短縮制度名", "こども")),
  lawNumber: optional(textField("法別番号", "81")),
  softwareNumber: optional(textField("医療機関のソフトの保険番号", "141")),
  alone: optional(flagField("医療保険によらず単独で使う", false)),
  checksLawNumber: optional(flagField("法別番号を検査する", true)),
  checksPayerNumber: optional(flagField("公費負担者番号の検証番号を検査する", true)),
  checksRecipientNumber: optional(flagField("受給者番号の検証番号を検査する", true)),
  claimedByReceipt: optional(flagField("レセプトで請求される", true)),
  writtenOnReceipt: optional(flagField("レセプトに記載される", true)),
  yenPerPoint: optional(wholeField("点数の単価(円)", 10, 1, 100)),
  bandDay: optional(
    choiceField("年齢の区分を見る日", { first: "月の初日", last: "月の末日" }, "first"),
  ),
  bands: {
    ...listField("年齢・所得の区分", band, z.array(planBandSchema), []),
    hint: "上から順に当てはめます。入院外と入院は、負担がなくても負担区分を選びます。",
  },
  capScope: optional(choiceField("1月の上限額を数える単位", capScopes, "institution")),
  refundFrom: optional(wholeField("自己負担がこの額以上の月は償還払い(円)", 21_000, 1)),
  inKindOutside: optional(flagField("県外でも現物給付", false)),
  rounding: {
    ...listField("端数処理", rounding, shape.rounding, []),
    hint: "書かない経路は1円単位です。",
  },
  classes: {
    ...listField("高額療養費の適用区分の扱い", classes, shape.classes, []),
    hint: "書かない保険は、被用者保険は区分ウ、ほかは本人の区分です。",
  },
};
