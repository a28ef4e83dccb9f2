import { office } from "#db/schema/access.ts";
import type { Work } from "#src/platform/work.ts";
import { bandTitle } from "#src/web/statistics/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { contractKinds } from "#workflows/vaccination/contract-prices.ts";
import {
  outcomeTitles,
  routeTitles,
  sourceTitles,
} from "#workflows/vaccination/records/channels.ts";
import { type Axis, bandsInMonths, sexTitles } from "#workflows/vaccination/reports/axes.ts";
import { schedule } from "#workflows/vaccination/schedule.ts";
import { monthTitle } from "../../coupon-mailing.ts";
import type { Fixed } from "../../reports/cube.ts";
import { doseTitle } from "../records/parts.tsx";

/** Names of offices by their codes. */
export type OfficeNames = ReadonlyMap<string, string>;

export async function officeNames({ tx }: Work): Promise<OfficeNames> {
  const rows = await tx
    .select({ code: office.code, name: office.name })
    .from(office)
    .orderBy(office.code);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

export const contractTitles: Readonly<Record<string, string>> = {
  ...contractKinds,
  letter: "依頼書・償還払い",
  none: "契約なし",
};
const unknown = "不明";

/** Completed months as `1歳2か月`; 11か月 below a year. */
export function ageTitle(months: number): string {
  if (months < 0) return unknown;
  const years = Math.floor(months / 12);
  return `${years > 0 ? `${years}歳` : ""}${years > 0 && months % 12 === 0 ? "" : `${months % 12}か月`}`;
}

const bandEnd = (from: number): number | undefined =>
  bandsInMonths[bandsInMonths.indexOf(from) + 1];

/** What a value of an axis is called. */
export function titleOfValue(axis: Axis, value: string, offices: OfficeNames): string {
  const titles: Readonly<Record<string, string>> | undefined = {
    sex: sexTitles,
    route: routeTitles,
    contract: contractTitles,
    source: sourceTitles,
    outcome: outcomeTitles,
  }[axis as string];
  if (titles) return titles[value] ?? unknown;
  const number = Number(value);
  switch (axis) {
    case "vaccine":
      return doseTitle(value);
    case "dose": {
      const [vaccine = "", dose = "0"] = value.split(":");
      return `${doseTitle(vaccine, Number(dose) || null)}${Number(dose) ? "" : "（回は不明）"}`;
    }
    case "age-band": {
      const end = bandEnd(number);
      return number < 0
        ? unknown
        : bandTitle(number / 12, end === undefined ? undefined : end / 12);
    }
    case "age-years":
      return number < 0 ? unknown : `${number}歳`;
    case "age-months":
      return ageTitle(number);
    case "office":
      return offices.get(value) ?? "区外・不明";
    default:
      return monthTitle(value as IsoDate);
  }
}

/** To what a value of an axis narrows counts. */
export function fixedBy(axis: Axis | "none", value: string): Fixed {
  const number = Number(value);
  switch (axis) {
    case "none":
      return {};
    case "dose": {
      const [vaccine = "", dose = "0"] = value.split(":");
      return { vaccine, dose: Number(dose) };
    }
    case "age-months":
      return { ageFrom: number, ageTo: number };
    case "age-years":
      return number < 0
        ? { ageFrom: -1, ageTo: -1 }
        : { ageFrom: number * 12, ageTo: number * 12 + 11 };
    case "age-band": {
      const end = bandEnd(number);
      if (number < 0) return { ageFrom: -1, ageTo: -1 };
      return { ageFrom: number, ageTo: end === undefined ? undefined : end - 1 };
    }
    case "entry-month":
      return { entryMonth: value };
    default:
      return { [axis]: value };
  }
}

const order = new Map<string, number>(schedule.map(({ id }, at) => [id, at]));
const place = (axis: Axis, value: string): number => {
  const [vaccine = "", dose] = value.split(":");
  if (axis === "vaccine" || axis === "dose")
    return (order.get(vaccine) ?? 999) * 100 + Number(dose ?? 0);
  return axis.startsWith("age") ? (Number(value) < 0 ? 99_999 : Number(value)) : 0;
};

/** Values in the order of the schedule, of ages, of codes; what is not known last. */
export const inOrder =
  (axis: Axis) =>
  (a: string, b: string): number =>
    place(axis, a) - place(axis, b) ||
    Number(a === "unknown") - Number(b === "unknown") ||
    a.localeCompare(b);

/** The values to which counts are narrowed, in words. */
export function wordsOfFixed(fixed: Fixed, offices: OfficeNames): string[] {
  const { vaccine, dose, doseFrom, doseTo, ageFrom, ageTo } = fixed;
  const of = (axis: Axis, value: string | undefined) =>
    value === undefined ? [] : [titleOfValue(axis, value, offices)];
  const doses =
    dose !== undefined
      ? dose === 0
        ? "回は不明"
        : vaccine
          ? ""
          : `${dose}回目`
      : doseFrom !== undefined || doseTo !== undefined
        ? `${doseFrom ?? 1}回目から${doseTo === undefined ? "" : `${doseTo}回目まで`}`
        : "";
  const ages =
    ageFrom === undefined && ageTo === undefined
      ? ""
      : ageTo === -1
        ? "年齢は不明"
        : ageFrom === ageTo
          ? ageTitle(ageFrom ?? 0)
          : `${ageFrom === undefined ? "" : ageTitle(ageFrom)}から${ageTo === undefined ? "" : ageTitle(ageTo)}`;
  return [
    ...(vaccine === undefined ? [] : [doseTitle(vaccine, dose ?? null)]),
    doses,
    ages,
    ...of("sex", fixed.sex),
    ...of("route", fixed.route),
    ...of("contract", fixed.contract),
    ...of("source", fixed.source),
    ...of("outcome", fixed.outcome),
    ...of("office", fixed.office),
    ...of("month", fixed.month).map((month) => `${month}の接種`),
    ...of("entry-month", fixed.entryMonth).map((month) => `${month}の記録`),
  ].filter(Boolean);
}
