import { z } from "zod";
import { dateSchema, wholeSchema } from "#workflows/rules/rule.ts";
import { findVaccine } from "../schedule.ts";
import type { Cohort } from "./births.ts";
import { isCityVaccine } from "./city-vaccine-id.ts";

const vaccineId = z.string().refine((id) => findVaccine(id) !== undefined || isCityVaccine(id), {
  error: "予防接種を選んでください。",
});

const cohort = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("births"), from: dateSchema, to: dateSchema }),
  z.strictObject({
    kind: z.literal("fiscal-year"),
    ages: z.array(wholeSchema(0, 120)).min(1).max(60),
  }),
  z.strictObject({ kind: z.literal("age"), from: wholeSchema(0, 1500), to: wholeSchema(0, 1500) }),
]);

/** What an extraction asks for: codes, dates and numbers of things; nothing of a person. */
export const criteriaSchema = z.strictObject({
  vaccines: z.array(vaccineId).min(1).max(40),
  doses: z.array(wholeSchema(1, 9)).min(1).optional(),
  /** Days from the day of the extraction within which the dose opens. */
  ahead: wholeSchema(0, 400),
  cohort: cohort.optional(),
  offices: z
    .array(z.string().regex(/^\d{6}$/))
    .min(1)
    .optional(),
  /** How the towns were named: the beginning of their name. */
  townName: z.string().min(1).max(60).optional(),
  towns: z
    .array(z.string().regex(/^\d{1,12}$/))
    .min(1)
    .max(500)
    .optional(),
  /** A list of people that was handed in. */
  list: wholeSchema(1).optional(),
  movedSince: dateSchema.optional(),
  /** Who had the same letter or reminder within so many days is left out. */
  quietDays: wholeSchema(0, 1000).optional(),
});

/** @see criteriaSchema */
export interface Criteria {
  readonly vaccines: readonly string[];
  readonly doses?: readonly number[] | undefined;
  readonly ahead: number;
  readonly cohort?: Cohort | undefined;
  readonly offices?: readonly string[] | undefined;
  readonly townName?: string | undefined;
  readonly towns?: readonly string[] | undefined;
  readonly list?: number | undefined;
  readonly movedSince?: `${number}-${number}-${number}` | undefined;
  readonly quietDays?: number | undefined;
}

/** Reads criteria as they were kept; throws where they are none. */
export const readCriteria = (kept: unknown): Criteria => criteriaSchema.parse(kept);

/** Within how many days the same reminder is not sent again where the order says nothing. */
export const usualQuietDays = 60;
