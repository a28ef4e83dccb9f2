import type { Actor } from "#src/platform/access/index.ts";
import { monthsOf, yearsBefore, yearsUpTo } from "#src/platform/statistics/index.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import type { Choice } from "../components/index.ts";
import { readDate } from "../dates.ts";
import type { Values } from "../values.ts";
import type { Asked, Sheet } from "./sheet.ts";

/** All years beside each other, instead of the months of one. */
const byYear = "by-year";

/** The periods that can be chosen: months of a 年度, or 年度 side by side. */
export const periodChoices = (today: IsoDate): Choice[] => [
  ...yearsBefore(today).map((year) => ({ value: String(year), label: monthsOf(year).title })),
  { value: byYear, label: yearsUpTo(today).title },
];

/** Offices whose figures this person may see; empty for who may see all of them. */
function officesOf({ rights }: Actor, program: string): string[] {
  const held = rights.filter(
    (one) => one.right === "statistics.read" && (one.program === null || one.program === program),
  );
  return held.some(({ office }) => office === null)
    ? []
    : [...new Set(held.flatMap(({ office }) => office ?? []))];
}

/** The offices to choose from: those of the right; one alone is no choice. */
export function officeChoices(
  actor: Actor,
  program: string,
  offices: readonly { code: string; name: string }[],
): Choice[] {
  const own = officesOf(actor, program);
  const shown = offices.filter(({ code }) => own.length === 0 || own.includes(code));
  return shown.length > 1 ? shown.map(({ code, name }) => ({ value: code, label: name })) : [];
}

/** What is chosen, as the address or a form has it; what is no choice is the present year, all offices, today. */
export function readAsked(values: Values, today: IsoDate, offices: readonly Choice[]): Asked {
  const year = values.choice("period", [...yearsBefore(today).map(String), byYear]);
  const on = values.text("on");
  const date = isIsoDate(on) ? on : readDate(on);
  return {
    period:
      year === byYear
        ? yearsUpTo(today)
        : monthsOf(year === undefined ? fiscalYear(today) : Number(year)),
    office: values.choice(
      "office",
      offices.map(({ value }) => value),
    ),
    on: date && date <= today ? date : today,
    today,
  };
}

/** The same as fields of an address, only those by which the sheet is chosen. */
export function keptAsked(sheet: Sheet, { period, office, on }: Asked): Record<string, string> {
  return {
    sheet: sheet.id,
    ...(sheet.asks === "period" && {
      period: period.byYear ? byYear : String(fiscalYear(period.from)),
    }),
    ...(sheet.asks === "day" && { on }),
    ...(sheet.byOffice && office !== undefined && { office }),
  };
}
