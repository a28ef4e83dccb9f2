import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type Handling, handlingParameter, usualHandling } from "#workflows/medical/handling.ts";
import { cityParameterOn } from "../parameters/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/** What the city has set for numbers and certificates of a 事務; the usual where it has set nothing. */
export async function handlingOf(work: Work, program: string, on: IsoDate): Promise<Handling> {
  try {
    return (await cityParameterOn(work, handlingParameter(program, program), on)).value;
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return usualHandling;
    throw error;
  }
}
