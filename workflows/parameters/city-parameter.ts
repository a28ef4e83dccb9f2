import type { z } from "zod";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Fields } from "#workflows/rules/rule.ts";
import type { Certainty } from "./dated.ts";

/** What is known of a city's figure already, to begin an entry with; what isn't known is left out and has to be entered. */
export interface ParameterTemplate {
  readonly title: string;
  readonly from?: IsoDate;
  readonly source: string;
  readonly certainty: Certainty;
  readonly known: unknown;
}

/**
 * A figure or table that a city sets on the screen (制度の数値), by two people and from day to day. Found by its place: the
 * `cityParameters` of `workflows/<folder>/city-parameters.ts`.
 */
export interface CityParameter<T = unknown> {
  /** As it stands in the database: the folder of the 事務 (`medical` where several share it), a dot, and its name. */
  readonly key: `${string}.${string}`;
  readonly title: string;
  /** What it decides, a sentence. */
  readonly hint: string;
  /** Its form. A figure that stands alone is the field `value`. */
  readonly fields: Fields;
  readonly schema: z.ZodType<T>;
  readonly templates?: readonly ParameterTemplate[];
  /** What a proposed row is tried on, in words, where that isn't the applications received in its time. */
  readonly triedOn?: string;
}
