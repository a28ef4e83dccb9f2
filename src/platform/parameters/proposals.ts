import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { parameter } from "#db/schema/city.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState } from "#workflows/flows/answer.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  type CityParameterContext,
  type CityParameterEvent,
  cityParameterV1,
} from "#workflows/parameters/proposal-machine.ts";
import { holds } from "../access/index.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { cityParameterOf } from "./known.ts";

export type ParameterProposal = Awaited<ReturnType<typeof readProposals>>[number];

function readProposals(work: Work, which: ReturnType<typeof eq> | undefined) {
  const [proposer, decider] = [alias(staff, "proposer"), alias(staff, "decider")];
  return work.tx
    .select({
      id: parameter.id,
      key: parameter.key,
      value: parameter.value,
      validFrom: sql<IsoDate>`${parameter.validFrom}`,
      validTo: sql<IsoDate | null>`${parameter.validTo}`,
      source: parameter.source,
      certainty: parameter.certainty,
      proposedBy: parameter.proposedBy,
      proposer: proposer.displayName,
      proposedAt: parameter.proposedAt,
      triedCases: parameter.triedCases,
      triedAt: parameter.triedAt,
      decision: parameter.decision,
      decider: decider.displayName,
      decidedAt: parameter.decidedAt,
    })
    .from(parameter)
    .innerJoin(proposer, eq(proposer.id, parameter.proposedBy))
    .leftJoin(decider, eq(decider.id, parameter.decidedBy))
    .where(which)
    .orderBy(desc(parameter.validFrom), desc(parameter.id));
}

/** All rows of one parameter, proposed, refused and approved, the latest day first. */
export const proposalsOf = (work: Work, key: string) => readProposals(work, eq(parameter.key, key));

/** Rows that wait for somebody else than this person, of the 事務 for which they approve. */
export async function proposalsToDecide(work: Work): Promise<ParameterProposal[]> {
  if (!holds(work.actor, "city-parameter.approve")) return [];
  const waiting = await readProposals(
    work,
    and(isNull(parameter.decision), ne(parameter.proposedBy, work.actor.staffId)),
  );
  return waiting.filter(({ key }) => holds(work.actor, "city-parameter.approve", scopeOf(key)));
}

/** The 事務 of a key, in whose name rights are held; nothing for what several share. */
export function scopeOf(key: string): { program: string } | undefined {
  const [program = ""] = key.split(".");
  return program === "medical" ? undefined : { program };
}

/** @throws Problem 404 */
export async function proposalOf(work: Work, id: number): Promise<ParameterProposal> {
  const [found] = await readProposals(work, eq(parameter.id, id));
  if (!found) throw notFound("起案が見つかりません。");
  return found;
}

/** The approved row that a proposal would follow, or did; nothing for a first one. */
export const rowBefore = (
  rows: readonly ParameterProposal[],
  { id, validFrom }: Pick<ParameterProposal, "id" | "validFrom">,
): ParameterProposal | undefined =>
  rows.find((row) => row.decision === "approved" && row.id !== id && row.validFrom < validFrom);

const obstacles: Readonly<Record<string, string>> = {
  overlap:
    "登録されている期間と重なります。最後に登録した行の始まり（終わりがあればその日）より後の日にしてください。",
  gap: "登録されている期間との間に、値のない日ができます。前の行の終わりの翌日から始めてください。",
};

/**
 * Proposes a row. It holds when cases were tried with it and another person has approved it.
 *
 * @throws EntryProblem of the field that is wrong: `from`, `to`, `source`
 */
export async function proposeParameter(
  work: Work,
  one: CityParameter,
  wanted: {
    value: unknown;
    from: IsoDate;
    to: IsoDate | null;
    source: string;
    certainty: ParameterProposal["certainty"];
  },
): Promise<number> {
  const { from, to, source } = wanted;
  if (source.length < 4 || source.length > 300)
    throw new EntryProblem("source", "出典を4文字以上300文字以内で入力してください。");
  if (to !== null && to < from)
    throw new EntryProblem("to", "終わりは始まりより後にしてください。");
  const [standing] = await work.sql<{ obstacle: string | null; waiting: boolean }[]>`
    select city.parameter_obstacle(${one.key}, ${from}) as obstacle,
           exists (select from city.parameter where key = ${one.key} and decision is null) as waiting`;
  if (standing?.obstacle) throw new EntryProblem("from", obstacles[standing.obstacle] ?? "");
  if (standing?.waiting)
    throw conflict("この数値には、承認を待つ起案があります。承認か却下の後に起案してください。");
  const [made] = await work.sql<{ id: number }[]>`
    select city.propose_parameter(${one.key}, ${JSON.stringify(wanted.value)}::text::jsonb, ${from}, ${to}, ${source},
      ${wanted.certainty}) as id`;
  return Number(made?.id);
}

const standing = (work: Work, one: ParameterProposal): Standing<CityParameterContext> => ({
  definition: cityParameterV1,
  state: one.decision ?? firstState(cityParameterV1),
  context: {
    actingStaffId: work.actor.staffId,
    requestedBy: one.proposedBy,
    tried: one.triedAt !== null,
  },
});

/** What this person could do with a proposal. */
export const proposalActions = (work: Work, one: ParameterProposal): FlowAction[] =>
  holds(work.actor, "city-parameter.approve", scopeOf(one.key))
    ? actionsAt(work.actor, standing(work, one))
    : [];

/**
 * Approves or refuses what another person proposed.
 *
 * @throws Problem 403, 404, 409
 */
export async function decideParameter(
  work: Work,
  id: number,
  event: CityParameterEvent,
): Promise<void> {
  const one = await proposalOf(work, id);
  const decision = stateAfter(standing(work, one), event);
  if (decision === "approved") {
    const [now] = await work.sql<{ obstacle: string | null }[]>`
      select city.parameter_obstacle(${one.key}, ${one.validFrom}) as obstacle`;
    if (now?.obstacle) throw conflict(obstacles[now.obstacle] ?? "");
  }
  const [row] = await work.sql<{ decided: boolean }[]>`
    select city.decide_parameter(${id}, ${decision}) as decided`;
  if (!row?.decided) throw conflict("ほかの職員が先に処理しました。");
}

/** A case that a proposed row would change. */
export interface DifferingCase {
  readonly caseId: string;
  readonly number: string;
  readonly kind: string;
  readonly state: string;
  readonly decided: boolean;
  readonly parts: readonly string[];
}

/** Cases that a proposed row would change, a page of them, counted by the database. */
export async function differingCases(
  work: Work,
  id: number,
  { from, size }: { from: number; size: number },
): Promise<{ total: number; cases: DifferingCase[] }> {
  const rows = await work.sql<
    (Omit<DifferingCase, "caseId"> & { case_id: string; total: string })[]
  >`
    select * from city.differences_of(${id}, null, ${from}, ${size})`;
  return {
    total: Number(rows[0]?.total ?? 0),
    cases: rows.map(({ case_id: caseId, number, kind, state, decided, parts }) => ({
      caseId,
      number,
      kind,
      state,
      decided,
      parts,
    })),
  };
}

/** The title of a key, whether this version still has it or not. */
export function titleOfKey(key: string): string {
  try {
    return cityParameterOf(key).title;
  } catch {
    return key;
  }
}
