import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  isNotNull,
  isNull,
  min,
  type SQL,
  sql,
} from "drizzle-orm";
import { type AnyPgColumn, alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { caseRow } from "#db/schema/cases.ts";
import { batchRun } from "#db/schema/mailings.ts";
import { unprintable } from "#db/schema/printing.ts";
import type { Figures, Lines } from "../lines.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import type { Work } from "../work.ts";
import { type Character, entriesOf, type Settlement } from "./unprintable.ts";

/** Which entries are wanted; all conditions that are set must hold. */
export interface UnprintableQuery {
  state: "open" | "settled";
  program?: string | undefined;
  form?: string | undefined;
  codePoint?: number | undefined;
}

/** A character of the 外字一覧 with its figures. */
export interface CharacterLine extends Character {
  people: number;
  /** Fields on papers that it stopped. */
  entries: number;
  programs: string[];
  /** Ids of the forms. */
  forms: string[];
  fields: string[];
  /** When it was found first. */
  since: Date;
}

const inState = (state: UnprintableQuery["state"]): SQL =>
  state === "open" ? isNull(unprintable.settlement) : isNotNull(unprintable.settlement);

const distinct = (column: AnyPgColumn) => sql<string[]>`array_agg(distinct ${column})`;

/** The characters, those that stop most people first; holds nothing of a person. */
export async function listCharacters(
  work: Work,
  { state, program, form, codePoint }: UnprintableQuery,
): Promise<CharacterLine[]> {
  const people = countDistinct(unprintable.personNumber);
  const rows = await work.tx
    .select({
      codePoint: unprintable.codePoint,
      ivs: unprintable.ivs,
      people,
      entries: count(),
      programs: distinct(unprintable.program),
      forms: distinct(unprintable.form),
      fields: distinct(unprintable.field),
      since: min(unprintable.foundAt),
    })
    .from(unprintable)
    .where(
      and(
        inState(state),
        program ? eq(unprintable.program, program) : undefined,
        form ? eq(unprintable.form, form) : undefined,
        codePoint === undefined ? undefined : eq(unprintable.codePoint, codePoint),
      ),
    )
    .groupBy(unprintable.codePoint, unprintable.ivs)
    .orderBy(desc(people), asc(unprintable.codePoint), asc(unprintable.ivs));
  return rows.map(({ since, ...row }) => ({ ...row, since: since ?? work.platform.clock.now() }));
}

/** Some of the open characters, those that were found first at the head. */
export async function openCharacters(
  work: Work,
  { from, size }: Lines,
): Promise<(Character & { people: number; since: Date })[]> {
  const since = sql<Date>`min(${unprintable.foundAt})`.mapWith(unprintable.foundAt);
  return work.tx
    .select({
      codePoint: unprintable.codePoint,
      ivs: unprintable.ivs,
      people: countDistinct(unprintable.personNumber),
      since,
    })
    .from(unprintable)
    .where(inState("open"))
    .groupBy(unprintable.codePoint, unprintable.ivs)
    .orderBy(since, asc(unprintable.codePoint), asc(unprintable.ivs))
    .limit(size)
    .offset(from);
}

/** 事務 and forms that occur in the list. */
export const formsInList = (work: Work): Promise<{ program: string; form: string }[]> =>
  work.tx
    .selectDistinct({ program: unprintable.program, form: unprintable.form })
    .from(unprintable)
    .orderBy(asc(unprintable.program), asc(unprintable.form));

/** How many characters stand open, and since when the first does. */
export async function countOpenCharacters(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: sql<number>`count(distinct (${unprintable.codePoint}, ${unprintable.ivs}))::integer`,
      since: min(unprintable.foundAt),
    })
    .from(unprintable)
    .where(isNull(unprintable.settlement));
  return row ?? { count: 0, since: null };
}

/** An entry of the list: whose paper, which field, and what it belongs to as far as the person who asks may see it. */
export interface UnprintableEntry {
  id: number;
  program: string;
  personNumber: string;
  officeCode: string;
  person: Person | undefined;
  form: string;
  field: string;
  foundAt: Date;
  finder: string | null;
  case: { id: string; number: string } | null;
  run: { id: string; serial: number } | null;
  settlement: Settlement | null;
  settledAt: Date | null;
  settler: string | null;
}

const [finder, settler] = [alias(staff, "finder"), alias(staff, "settler")];

/** A page of the entries of a character, with the names of the people; each look is logged. */
export async function listEntries(
  work: Work,
  character: Character,
  { state, page, size }: { state: UnprintableQuery["state"]; page: number; size: number },
): Promise<UnprintableEntry[]> {
  const rows = await work.tx
    .select({
      id: unprintable.id,
      program: unprintable.program,
      personNumber: unprintable.personNumber,
      officeCode: unprintable.officeCode,
      form: unprintable.form,
      field: unprintable.field,
      foundAt: unprintable.foundAt,
      finder: finder.displayName,
      case: { id: caseRow.id, number: caseRow.number },
      run: { id: batchRun.id, serial: batchRun.serial },
      settlement: unprintable.settlement,
      settledAt: unprintable.settledAt,
      settler: settler.displayName,
    })
    .from(unprintable)
    .leftJoin(finder, eq(finder.id, unprintable.foundBy))
    .leftJoin(settler, eq(settler.id, unprintable.settledBy))
    .leftJoin(caseRow, eq(caseRow.id, unprintable.caseId))
    .leftJoin(batchRun, eq(batchRun.id, unprintable.runId))
    .where(and(entriesOf(character), inState(state)))
    .orderBy(
      state === "open" ? asc(unprintable.foundAt) : desc(unprintable.settledAt),
      asc(unprintable.id),
    )
    .limit(size)
    .offset((page - 1) * size);
  const numbers = [...new Set(rows.map(({ personNumber }) => personNumber))];
  const people = new Map(
    (await lookAtPeople(work, numbers, ["name"])).map((one) => [one.personNumber, one]),
  );
  return rows.map((row) => ({ ...row, person: people.get(row.personNumber) }));
}
