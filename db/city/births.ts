import { writeFile } from "node:fs/promises";
import { addDays, addYears, daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { numbering } from "./city.ts";
import { makeHousehold } from "./households.ts";
import { newborn } from "./next-day.ts";
import { Random } from "./random.ts";
import { livesHere, type Resident, residentHeader, residentLine } from "./resident.ts";

/** Beside the streams of the city and of its other offices. */
const births = 0x2545f491;

/** Which children are born into a city that {@link generateCity} made. */
export interface Births {
  /** As the city was made. */
  asOf: IsoDate;
  seed?: number;
  /** Households known in it that are gone through, from the first. */
  households: number;
  /** Within which they are born. */
  from: IsoDate;
  to: IsoDate;
  /** How many, each to another household. */
  count: number;
  /** Births of files before, so that neither a number nor a couple comes twice. */
  before: number;
}

/**
 * Writes a differential file of residents with children born to couples of a generated city.
 *
 * @returns how many; fewer than asked where there are no more couples
 */
export async function writeBirths(path: string, asked: Births): Promise<number> {
  const { asOf, seed = 1, households, from, to, count, before } = asked;
  const everyone = numbering("1", () => "");
  const children = numbering("8", () => "", before);
  const couples: Resident[] = [];
  for (let index = 0; index < households; index += 1) {
    const living = everyone(makeHousehold(new Random(seed, index), index, asOf)).filter(livesHere);
    const [head] = living;
    const couple = living.some(
      ({ relation, born }) => relation === "12" && born > addYears(asOf, -45),
    );
    if (head && couple && !head.protection) couples.push(head);
  }
  const random = new Random(seed ^ births, before);
  const lines = couples.slice(before, before + count).flatMap((head) => {
    const born = addDays(from, random.between(0, daysBetween(from, to)));
    return children([newborn(random, head, to, born)], head.household).map(residentLine);
  });
  await writeFile(path, residentHeader + lines.join(""));
  return lines.length;
}
