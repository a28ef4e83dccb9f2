import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { withIndividualCheckDigit } from "#workflows/numbers/check-digits.ts";
import { makeHousehold, type Unnumbered } from "./households.ts";
import { nextDay } from "./next-day.ts";
import { Random } from "./random.ts";
import { type Resident, residentHeader, residentLine } from "./resident.ts";
import { shotHeader, shotLines } from "./shots.ts";
import { taxHeader, taxLines } from "./taxes.ts";
import { unknownBirths } from "./told-births.ts";
import { welfareHeader, welfareLines } from "./welfare.ts";

export interface CityOptions {
  /** People in the full file, former residents included; 15,000 unless told otherwise, 1,500,000 at most. */
  population?: number;
  /** Folder of the files; made when missing. */
  folder: string;
  asOf: IsoDate;
  seed?: number;
}

/** The files written, in the order in which they are to be imported, with their numbers of data rows. */
export interface CityFiles {
  residents: CityFile;
  vaccinations: CityFile;
  /** 税情報 and 福祉情報 of everybody, as the offices that keep them could send them. */
  tax: CityFile;
  welfare: CityFile;
  residentsNextDay: CityFile;
}
export interface CityFile {
  path: string;
  rows: number;
}

/** Beside the stream of the residents, so that neither changes with the other. */
const otherOffices = 0x5bd1e995;

/**
 * Makes the demonstration city as feed files: residents, vaccinations, incomes and benefits as of a date, and what
 * changed among the residents on the next day. The same options give the same bytes. Memory does
 * not grow with the number of people.
 */
export async function generateCity(options: CityOptions): Promise<CityFiles> {
  const { population = 15_000, folder, asOf, seed = 1 } = options;
  if (!Number.isInteger(population) || population < 1 || population > 1_500_000)
    throw new RangeError("the population lies between 1 and 1,500,000");
  await mkdir(folder, { recursive: true });
  const day = addDays(asOf, 1);
  const stamp = (date: IsoDate) => date.replaceAll("-", "");
  const file = (name: string, header: string) => new Lines(join(folder, name), header);
  const residents = file(`residents-${stamp(asOf)}-full-0001.csv`, residentHeader);
  const vaccinations = file(`vaccinations-${stamp(asOf)}-full-0001.csv`, shotHeader);
  const tax = file(`tax-${stamp(asOf)}-full-0001.csv`, taxHeader);
  const welfare = file(`welfare-${stamp(asOf)}-full-0001.csv`, welfareHeader);
  const changes = file(`residents-${stamp(day)}-diff-0002.csv`, residentHeader);

  const everyone = numbering("1", (sequence) => individualNumber(seed, sequence));
  const newcomers = numbering("9", (sequence, { arrivedBy }) =>
    arrivedBy === "birth" ? "" : individualNumber(seed, 2_000_000 + sequence),
  );
  const last = unknownBirths(seed, population);
  for (let index = 0, left = population; left > 0; index += 1) {
    const random = new Random(seed, index);
    const members =
      left > last.length
        ? makeHousehold(random, index, asOf).slice(0, left - last.length)
        : last.slice(-left, -left + 1 || undefined);
    const household = everyone(members);
    left -= household.length;
    for (const resident of household) {
      await residents.add(residentLine(resident));
      for (const line of shotLines(random, resident, asOf)) await vaccinations.add(line);
    }
    const offices = new Random(seed ^ otherOffices, index);
    for (const line of taxLines(offices, household, asOf)) await tax.add(line);
    for (const line of welfareLines(offices, household, asOf)) await welfare.add(line);
    for (const change of nextDay(random, index, household, day, newcomers))
      await changes.add(residentLine(change));
  }
  return {
    residents: await residents.end(),
    vaccinations: await vaccinations.end(),
    tax: await tax.end(),
    welfare: await welfare.end(),
    residentsNextDay: await changes.end(),
  };
}

/** Hands out person and household numbers in sequence; people of a known household keep its number. */
export function numbering(
  prefix: string,
  individualNumberOf: (sequence: number, person: Unnumbered) => string,
  before = 0,
) {
  let people = before;
  let households = 0;
  return (members: Unnumbered[], known?: string): Resident[] => {
    households += known ? 0 : 1;
    const household = known ?? `${prefix}${String(households).padStart(7, "0")}`;
    return members.map((member) => {
      people += 1;
      return {
        ...member,
        id: `${prefix}${String(people).padStart(8, "0")}`,
        household,
        individualNumber: individualNumberOf(people, member),
      };
    });
  };
}

/** A synthetic 個人番号, none twice: the multiplier has no factor in common with 10^11. */
function individualNumber(seed: number, sequence: number): string {
  const base = (sequence * 61_843 + (seed % 90_000) * 1_000_003) % 1e11;
  return withIndividualCheckDigit(String(base).padStart(11, "0"));
}

/** A file written line by line, waiting for the disk where it is slower. */
class Lines {
  readonly #stream: WriteStream;
  readonly #path: string;
  #pending: string;
  #rows = 0;

  constructor(path: string, header: string) {
    this.#path = path;
    this.#pending = header;
    this.#stream = createWriteStream(path);
  }

  async add(line: string): Promise<void> {
    this.#pending += line;
    this.#rows += 1;
    if (this.#pending.length > 65_536) await this.#flush();
  }

  async #flush(): Promise<void> {
    const free = this.#stream.write(this.#pending);
    this.#pending = "";
    if (!free) await once(this.#stream, "drain");
  }

  async end(): Promise<CityFile> {
    await this.#flush();
    this.#stream.end();
    await finished(this.#stream);
    return { path: this.#path, rows: this.#rows };
  }
}
