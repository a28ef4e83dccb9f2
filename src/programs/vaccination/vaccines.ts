import { schedule } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** Illnesses that a vaccine prevents, as they stand on the coupon (予防接種法2条2項, 施行令1条). */
const diseases: Record<VaccineId, string> = {
  hepb: "B型肝炎",
  rota1: "ロタウイルス感染症",
  rota5: "ロタウイルス感染症",
  pcv: "小児の肺炎球菌感染症",
  "5mix": "ジフテリア、百日せき、破傷風、急性灰白髄炎（ポリオ）、Hib感染症",
  "4mix": "ジフテリア、百日せき、破傷風、急性灰白髄炎（ポリオ）",
  hib: "Hib感染症",
  bcg: "結核",
  mr1: "麻しん（はしか）、風しん",
  mr2: "麻しん（はしか）、風しん",
  vzv: "水痘（みずぼうそう）",
  je1: "日本脳炎",
  je2: "日本脳炎",
  dt2: "ジフテリア、破傷風",
  hpv9: "ヒトパピローマウイルス感染症",
  mr5: "風しん",
  rsv: "RSウイルス感染症",
  flu: "インフルエンザ",
  ppv: "高齢者の肺炎球菌感染症",
  covid: "新型コロナウイルス感染症",
  zoster: "帯状疱疹",
};

export const diseasesOf = (vaccine: VaccineId): string => diseases[vaccine];

/** Vaccines of childhood that go by birth date: what a run can be ordered for. */
export const couponVaccines: readonly VaccineId[] = schedule
  .filter(({ category, targets }) => category === "A" && targets.some((one) => !one.condition))
  .map(({ id }) => id);

/** 期 and 回 as two fields of the coupon, from the name of the dose: 1期初回2回目 → 第1期 初回, 2回目. */
export function courseAndDose(label: string): { course?: string; dose: string } {
  const [, period, stage, times] = /^(?:(\d)期)?(初回)?(.*)$/.exec(label) ?? [];
  const course = [period && `第${period}期`, stage].filter(Boolean).join(" ");
  return { ...(course ? { course } : {}), dose: times || "1回" };
}
