import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type Assessment,
  type Deduction,
  type Dependants,
  deductionLabels,
} from "#workflows/taxes/income.ts";
import type { TaxFacts } from "../../people/index.ts";
import { fieldFaults } from "../field-faults.ts";
import type { RowItems } from "../items.ts";
import type { Judged } from "../kind.ts";
import type { RecordRow } from "../needed-records.ts";
import type { TaxItem } from "./items.ts";

const deductions = Object.keys(deductionLabels) as Deduction[];
const counts = ["under16", "general", "aged16To18", "specific", "elderly"] as const;
/** Of these a loss below zero is possible. */
const withLosses = ["business", "other"] as const;
const amounts = ["total", "salary", "pension", "incomeLevy", ...deductions] as const;
const mostRelatives = 30;

/** Judges a row of the tax file by itself and makes the facts of it. */
export function readTax(row: RowItems, fileDate: IsoDate): Judged<RecordRow<TaxFacts>> {
  const item = (id: TaxItem) => row[id] ?? "";
  const number = (id: TaxItem) => Number(item(id));
  const { errors, refuse } = fieldFaults<TaxItem>(row, {
    required: ["sourceId", "determinedOn", "assessment"],
    longest: 60,
    foreignNumbers: ["sourceId"],
  });
  for (const field of ["incomeYear", "fiscalYear"] as const)
    refuse(!/^(\d{4})?$/.test(item(field)), field, "not-a-number");
  refuse(item("incomeYear") === "" && item("fiscalYear") === "", "incomeYear", "missing");
  const incomeYear = item("incomeYear") ? number("incomeYear") : number("fiscalYear") - 1;
  const fits = item("fiscalYear") === "" || number("fiscalYear") === incomeYear + 1;
  refuse(!fits, "fiscalYear", "mismatch");
  refuse(
    incomeYear < 1990 || String(incomeYear) > fileDate.slice(0, 4),
    "incomeYear",
    "out-of-range",
  );

  const determinedOn = item("determinedOn") as IsoDate;
  refuse(determinedOn > fileDate, "determinedOn", "future-date");
  // A year is determined after its end.
  refuse(determinedOn < `${incomeYear + 1}-01-01`, "determinedOn", "date-order");

  for (const field of amounts) refuse(number(field) < 0, field, "out-of-range");
  for (const field of counts)
    refuse(number(field) < 0 || number(field) > mostRelatives, field, "out-of-range");
  refuse(number("aged16To18") > number("general"), "aged16To18", "mismatch");
  const assessment = item("assessment") as Assessment;
  refuse(assessment !== "taxed" && number("incomeLevy") !== 0, "incomeLevy", "mismatch");
  if (assessment === "undeclared")
    for (const field of [...amounts, ...withLosses]) refuse(number(field) !== 0, field, "mismatch");
  if (errors.length > 0) return { errors };

  const content: TaxFacts = {
    incomeYear,
    determinedOn,
    assessment,
    total: number("total"),
    income: {
      salary: number("salary"),
      pension: number("pension"),
      business: number("business"),
      other: number("other"),
      deductions: Object.fromEntries(
        deductions.filter((name) => number(name) > 0).map((name) => [name, number(name)]),
      ),
    },
    dependants: {
      spouse: (item("spouse") || "none") as Dependants["spouse"],
      under16: number("under16"),
      general: number("general"),
      aged16To18: number("aged16To18"),
      specific: number("specific"),
      elderly: number("elderly"),
    },
    incomeLevy: number("incomeLevy"),
  };
  return {
    row: { sourceId: item("sourceId"), subject: String(incomeYear), toldOn: determinedOn, content },
  };
}
