import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import { targetBirths } from "#workflows/vaccination/targets/births.ts";
import { type Criteria, usualQuietDays } from "#workflows/vaccination/targets/criteria.ts";
import {
  judgeTarget,
  type TargetGroup,
  type TargetOrder,
  type TargetVerdict,
} from "#workflows/vaccination/targets/judge.ts";
import { lookedAt } from "#workflows/vaccination/targets/looked-at.ts";
import type { Outcome } from "#workflows/vaccination/targets/outcomes.ts";
import type { Output } from "#workflows/vaccination/targets/outputs.ts";
import type { Vaccine } from "#workflows/vaccination/vocabulary.ts";
import { readShotLine } from "../shots.ts";
import { readCircumstances } from "./circumstances.ts";
import { type TargetVaccine, targetVaccines } from "./vaccines.ts";

/** Those who left or died longer ago than this are not told of. */
const monthsToldAfterLeaving = 3;

/** What is looked for: as of a day, to be made into something. */
export interface Search {
  readonly criteria: Criteria;
  readonly output: Output;
  readonly on: IsoDate;
}

/** A group of people as the database tells it: what stands between it and the next is what the rule looks at. */
export interface GroupRow {
  readonly born: IsoDate | null;
  readonly sex: TargetGroup["sex"];
  readonly standing: string;
  readonly conditions: string;
  readonly history: string;
  readonly sent: string;
  readonly people: number;
}

/** The people found for one vaccine: its order to the database, and a verdict for each group. */
export interface FoundGroups {
  readonly of: TargetVaccine;
  readonly order: TargetOrder;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly groups: readonly {
    readonly row: GroupRow;
    readonly verdict: TargetVerdict | undefined;
  }[];
}

/**
 * Asks the database for the people of an order, vaccine by vaccine, as groups of whom the rule says one thing, and the rule once a group.
 * Nothing is made of it. @throws Problem 404 where a vaccine is not offered on the day, 422 where the day lies before the table of distances
 */
export async function findTargets(work: Work, search: Search): Promise<FoundGroups[]> {
  const found: FoundGroups[] = [];
  for (const { of, order } of await ordersOf(work, search)) {
    const asked = askedOf(order, search);
    const rows = await work.sql<GroupRow[]>`
      select born::text, sex, standing, conditions, history, sent, people from targets.groups(${JSON.stringify(asked)}::text::jsonb)`;
    found.push({
      of,
      order,
      asked,
      groups: rows.map((row) => ({ row, verdict: verdictOf(row, order) })),
    });
  }
  return found;
}

/** One order a vaccine, in the order in which they were named. */
export async function ordersOf(
  work: Work,
  { criteria, on }: Search,
): Promise<{ of: TargetVaccine; order: TargetOrder }[]> {
  const known = await targetVaccines(work, on);
  const chosen = criteria.vaccines.map((id) => {
    const one = known.find(({ vaccine }) => vaccine.id === id);
    if (!one) throw notFound("この日に実施していない予防接種が含まれています。");
    return one;
  });
  const cityLive = known
    .filter(({ kind, vaccine }) => kind === "3" && vaccine.kind === "injected-live")
    .map(({ vaccine }): string => vaccine.id);
  return chosen.map((of, index) => ({
    of,
    order: {
      vaccine: of.vaccine,
      on,
      ahead: criteria.ahead,
      ...(criteria.doses && { doses: criteria.doses }),
      before: chosen
        .slice(0, index)
        .map(({ vaccine }) => vaccine)
        .filter(({ id }) => of.vaccine.insteadOf?.includes(id)),
      cityLive,
    },
  }));
}

function askedOf(
  { vaccine, cityLive }: TargetOrder,
  { criteria, output, on }: Search,
): Record<string, unknown> {
  const last = addDays(on, criteria.ahead);
  const { offices, towns, list, movedSince, quietDays = usualQuietDays } = criteria;
  return {
    vaccine: vaccine.id,
    on,
    ...looked(vaccine, on, cityLive),
    births: targetBirths(vaccine, { from: on, to: last }, criteria.cohort),
    conditions: conditionsOf(vaccine),
    goneSince: addMonths(on, -monthsToldAfterLeaving),
    output,
    noticesFrom: addDays(on, -quietDays),
    ...(offices && { offices }),
    ...(towns && { towns }),
    ...(list !== undefined && { list }),
    ...(movedSince && { movedSince }),
  };
}

/** Circumstances that open or prolong the target of a vaccine. */
const conditionsOf = ({ targets, dated = [], longIllness }: Vaccine): string[] => [
  ...new Set([...targets, ...dated].flatMap(({ condition }) => condition ?? [])),
  ...(longIllness ? ["long-illness"] : []),
];

function looked(vaccine: Vaccine, on: IsoDate, cityLive: readonly string[] | undefined) {
  try {
    return lookedAt(vaccine, on, cityLive);
  } catch {
    throw new Problem({ status: 422, message: "令和2年10月1日より前の日では抽出できません。" });
  }
}

/** A group as the rule takes it. */
export function groupOf(row: GroupRow & { born: IsoDate }): TargetGroup {
  return {
    born: row.born,
    sex: row.sex,
    standing: row.standing,
    conditions: readCircumstances(row.conditions),
    history: row.history === "" ? [] : row.history.split("\n").map(readShotLine),
    sent: new Set(row.sent === "" ? [] : row.sent.split(" ")),
  };
}

function verdictOf(row: GroupRow, order: TargetOrder): TargetVerdict | undefined {
  if (isBorn(row)) {
    if (row.history === "done") return doneVerdict(row);
    return judgeTarget(groupOf(row), order);
  }
  const gone = row.standing === "deceased" || row.standing === "moved-out";
  return { outcome: gone ? (row.standing as Outcome) : "birth-unknown" };
}

const isBorn = (row: GroupRow): row is GroupRow & { born: IsoDate } => row.born !== null;

const doneVerdict = ({ standing }: GroupRow): TargetVerdict => ({
  outcome: standing === "deceased" || standing === "moved-out" ? standing : "done",
});

/** How many people there are by vaccine and outcome. */
export interface TargetCount {
  readonly vaccine: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly people: number;
}

/** The counts of a search, before anything is made of it. */
export const countTargets = (found: readonly FoundGroups[]): TargetCount[] =>
  found.flatMap(({ of, groups }) => {
    const sums = new Map<Outcome, number>();
    for (const { row, verdict } of groups)
      if (verdict) sums.set(verdict.outcome, (sums.get(verdict.outcome) ?? 0) + row.people);
    return [...sums].map(([outcome, people]) => ({
      vaccine: of.vaccine.id,
      title: of.title,
      outcome,
      people,
    }));
  });
