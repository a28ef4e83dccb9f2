import type { Actor } from "#src/platform/access/index.ts";
import { cityParameterOf } from "#src/platform/parameters/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { fiscalYear, fiscalYearStart } from "#workflows/dates/ages.ts";
import { contractPrices } from "#workflows/vaccination/contract-prices.ts";
import { doseLabel, schedule } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { setFigure } from "./city-figures.ts";
import { demonstrationKey } from "./contractor.ts";

/** How many months a 依頼書 of the demonstration city holds. */
export const letterMonths = 3;

/** Prices of the demonstration city, all the same and all invented, yen with tax. */
const prices = schedule.map(({ id }) => ({ vaccine: id, given: 9900, screened: 3190 }));

/** Columns of the invented table: completed months of age, by years up to the twelfth. */
const ages = [
  ["1歳未満", 0, 11],
  ["1歳", 12, 23],
  ["2歳から4歳", 24, 59],
  ["5歳から12歳", 60, 155],
  ["13歳以上", 156, 1800],
] as const;

/**
 * What two people of the demonstration city have set for 予防接種 (制度の数値), so that every step can be tried there: 契約単価 of
 * every kind of contract, 自己負担 (none), terms of claims, of 依頼書 and refunds, 減免, the table of the yearly report and its 秘匿, and the
 * 副本. All of it is invented and says so where it is shown; which table the state asks for in a year is not established.
 */
export async function setVaccinationFigures(
  platform: Platform,
  staff: { sets: Actor; approves: Actor },
): Promise<void> {
  const from = fiscalYearStart(fiscalYear(platform.clock.today()));
  const ofYear = (key: string, value: unknown) => setFigure(platform, staff, key, value, from);
  for (const { key } of Object.values(contractPrices))
    await ofYear(key, { taxPercent: 10, prices });
  await ofYear("vaccination.copays", { copays: [] });
  await ofYear("vaccination.clinic-claims", { deadlineDay: 10, lateMonths: 12 });
  await ofYear("vaccination.request-letter", {
    months: letterMonths,
    categories: ["A"],
    reasons: ["homecoming", "hospital", "facility"],
    agreements: [],
  });
  await ofYear("vaccination.request-refund", {
    categories: ["A"],
    start: "payment",
    count: 1,
    unit: "years",
  });
  const exemption = "vaccination.exemption";
  await ofYear(exemption, cityParameterOf(exemption).templates?.[0]?.known);
  await ofYear("vaccination.report-table", reportTable);
  await ofYear("vaccination.report-threshold", { value: 10 });
  await ofYear("vaccination.copies", {
    recipient: "統合宛名システム（デモ）",
    basis: "実演のための値（根拠の条項ではない）",
    publicKey: (await demonstrationKey(platform.dataFolder, "copies")).publicKey,
    layout: "1",
    withheld: "flag",
    rowsPerPart: 100_000,
    answerDays: 14,
  });
}

/** A line for each dose of each vaccine of A類 and B類, once given and once screened alone. */
const reportTable = {
  title: "予防接種被接種者数（実演のための表）",
  rows: schedule.flatMap(({ id, label, period, courses }) => {
    const name = [label, period].filter(Boolean).join(" ");
    const most = Math.max(...courses.map(({ doses }) => doses.length));
    return [
      ...Array.from({ length: most }, (_, at) => ({
        title: `${name} ${doseLabel(id, at + 1)}`,
        vaccine: id as VaccineId,
        doseFrom: at + 1,
        // What is told beyond the last dose stands with it.
        doseTo: at + 1 === most ? 20 : at + 1,
        outcome: "given",
      })),
      { title: `${name} 予診のみ`, vaccine: id as VaccineId, outcome: "interview-only" },
    ];
  }),
  columns: ages.map(([title, ageFrom, ageTo]) => ({ title, ageFrom, ageTo })),
};
