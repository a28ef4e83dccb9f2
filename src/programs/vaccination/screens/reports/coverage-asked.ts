import { EntryFaults } from "#src/platform/problem.ts";
import { readDate, showDate, showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { birthsOf, type CohortChoice } from "#workflows/vaccination/reports/cohort.ts";
import { findVaccine, getVaccine } from "#workflows/vaccination/schedule.ts";
import type { CoverageAsked } from "../../reports/coverage.ts";
import { doseTitle } from "../records/parts.tsx";
import { ageTitle } from "./labels.ts";

/** Whence the figures of coverage are. */
export const coverageSource =
  "対象者は住民の記録、実施者は接種記録。対象者のうち、その日までにその回の記録がある人を実施者とする（市外や転入前の接種を含む）。";
/** The same of the year before, on the screen. */
export const pastSource = "前年は、一年前の日の同じ年齢の人で、今の記録から数える。";

export const cohortTitles = {
  age: "その日の月齢",
  "fiscal-year": "年度内に達する年齢",
  born: "生年月日",
} as const;
/** The first 年度 that can be asked for. */
export const firstYear = 2013;
const kinds = Object.keys(cohortTitles) as CohortChoice["kind"][];

const dateOf = (text: string): IsoDate | undefined => (isIsoDate(text) ? text : readDate(text));

/** What is looked at where nothing is chosen: MR 1期 of those who are one year old today. */
export const usualCoverage = (today: IsoDate): CoverageAsked => ({
  vaccine: "mr1",
  dose: 1,
  choice: { kind: "age", from: 12, to: 23 },
  on: today,
});

/**
 * What is chosen, of an address or a form.
 *
 * @throws EntryProblem of the fields that are wrong
 */
export function readCoverageAsked(values: Values, today: IsoDate): CoverageAsked {
  const faults = new EntryFaults();
  const vaccine = faults.need(
    "vaccine",
    findVaccine(values.text("vaccine"))?.id,
    "予防接種を選んでください。",
  );
  const whole = (name: string, least: number, most: number, label: string) => {
    const n = values.integer(name);
    return faults.need(
      name,
      n !== undefined && least <= n && n <= most ? n : undefined,
      `${label}は${least}から${most}までの数字で入力してください。`,
    );
  };
  const dose = whole("dose", 1, 20, "回");
  const day = dateOf(values.text("on"));
  const on = faults.need(
    "on",
    day && day <= today ? day : undefined,
    "今日までの日付を入力してください。",
  );
  const kind = faults.need(
    "cohort",
    values.choice("cohort", kinds),
    "対象者の決め方を選んでください。",
  );
  const choice = readChoice(kind);
  faults.end();
  return { vaccine, dose, choice, on };

  function readChoice(of: CohortChoice["kind"]): CohortChoice {
    switch (of) {
      case "born": {
        const from = faults.need(
          "born-from",
          dateOf(values.text("born-from")),
          "生年月日の範囲を入力してください。",
        );
        const last = dateOf(values.text("born-to"));
        const to = faults.need(
          "born-to",
          last && (!from || from <= last) ? last : undefined,
          "生年月日の範囲を、早い日から順に入力してください。",
        );
        return { kind: "born", from, to };
      }
      case "fiscal-year":
        return {
          kind: "fiscal-year",
          year: whole("year", firstYear, fiscalYear(today) + 1, "年度"),
          age: whole("age", 0, 120, "年齢"),
        };
      default: {
        const from = whole("months-from", 0, 1440, "月齢");
        const to = whole("months-to", 0, 1440, "月齢");
        if (from > to)
          faults.need("months-to", undefined, "月齢の範囲を、小さい順に入力してください。");
        return { kind: "age", from, to };
      }
    }
  }
}

/** The same as fields of an address. */
export function keptCoverage({ vaccine, dose, choice, on }: CoverageAsked): Record<string, string> {
  const base = { vaccine, dose: String(dose), on, cohort: choice.kind };
  switch (choice.kind) {
    case "born":
      return { ...base, "born-from": choice.from, "born-to": choice.to };
    case "fiscal-year":
      return { ...base, year: String(choice.year), age: String(choice.age) };
    case "age":
      return { ...base, "months-from": String(choice.from), "months-to": String(choice.to) };
  }
}

/** Which dose, and on which day, in words. */
export const wordsOfCoverage = ({ vaccine, dose, on }: CoverageAsked): string =>
  `${doseTitle(vaccine, dose)}・${showDate(on)}の時点`;

/** Whom the denominator counts, a sentence: it stands on the screen beside the rate. */
export function definitionOf({ vaccine, choice, on }: CoverageAsked): string {
  const { from, to } = birthsOf(choice, on);
  const sex = getVaccine(vaccine).sex;
  const who = {
    born: () => "",
    "fiscal-year": () =>
      choice.kind === "fiscal-year"
        ? `${formatFiscalYear(choice.year)}中に${choice.age}歳に達する人、`
        : "",
    age: () =>
      choice.kind === "age"
        ? `${ageTitle(choice.from)}${choice.from === choice.to ? "" : `から${ageTitle(choice.to)}まで`}の人、`
        : "",
  }[choice.kind]();
  return `${showDate(on)}に住民登録がある${sex === "female" ? "女性" : sex === "male" ? "男性" : "人"}のうち、${who}${showDateShort(from)}から${showDateShort(to)}までに生まれた人。住登外の人は入りません。`;
}
