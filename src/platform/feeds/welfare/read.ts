import { addDays, type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import type { Benefit, WelfareFact } from "#workflows/welfare/benefits.ts";
import { fieldFaults } from "../field-faults.ts";
import type { RowItems } from "../items.ts";
import type { Judged } from "../kind.ts";
import type { RecordRow } from "../needed-records.ts";
import type { WelfareItem } from "./items.ts";

/** Benefits that have grades: without one a row says too little. */
const graded: readonly Benefit[] = [
  "physical-disability",
  "intellectual-disability",
  "mental-disability",
];

/** Judges a row of the welfare file by itself and makes the fact of it. */
export function readWelfare(row: RowItems): Judged<RecordRow<WelfareFact>> {
  const { sourceId = "", grade = "", from = "", to = "" } = row;
  const benefit = row.benefit as Benefit;
  const { errors, refuse } = fieldFaults<WelfareItem>(row, {
    required: [
      "sourceId",
      "benefit",
      "from",
      ...(graded.includes(benefit) ? (["grade"] as const) : []),
    ],
    longest: 40,
    foreignNumbers: ["sourceId"],
  });
  // The day before the first day takes a benefit back that never was.
  const isReversed = isIsoDate(from) && isIsoDate(to) && to < addDays(from, -1);
  refuse(isReversed, "to", "date-order");
  if (errors.length > 0 || !isIsoDate(from)) return { errors };
  return {
    row: {
      sourceId,
      subject: `${benefit} ${from}`,
      content: {
        benefit,
        ...(grade && { grade }),
        from,
        ...(isIsoDate(to) && { to: to as IsoDate }),
      },
    },
  };
}
