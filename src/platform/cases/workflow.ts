import type { InferSelectModel } from "drizzle-orm";
import type { caseRow } from "#db/schema/cases.ts";
import { type CaseDeadlines, usualDeadlines } from "#workflows/cases/deadlines.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import type { Effect, FlowEvent } from "#workflows/flows/answer.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { Work } from "../work.ts";

export type CaseRow = InferSelectModel<typeof caseRow>;

/** Codes, ids and dates of what an event did; stands in its row. */
export type EventDetail = Record<string, string | number | boolean | string[] | null>;

/** The step that was made: the case as it was before, and what it is now. */
export interface Step {
  found: CaseRow;
  event: FlowEvent;
  /** The case's revision after the step. */
  revision: number;
  state: string;
  /** What the person entered for this event; the 事務 checks it and refuses what it does not know. */
  input: unknown;
}

/** What an event does to the tables beside the case, in the transaction of the step. */
export type Handler = (work: Work, step: Step) => Promise<EventDetail>;

/** What a step left to do, and which step it was. */
export interface LeftToDo extends Effect {
  revision: number;
}

/** What a 事務 supplies for a kind of case: the machines it released, what they may know, and what their events do. */
export interface CaseWorkflow<Context> {
  program: string;
  /** Such as `child-medical/application`. */
  kind: string;
  /** Every released version, the newest last. */
  versions: readonly CaseDefinition<Context>[];
  /** 標準処理期間 and limit dates, where the 事務 has its own. */
  deadlines?: DatedParameter<CaseDeadlines> | undefined;
  /** What the machine may know of the case, gathered in the transaction of the step. */
  context(work: Work, found: CaseRow): Promise<Context>;
  /** By event type; an event that is not named only moves the case. */
  carryOut: Readonly<Record<string, Handler>>;
  /** Does an effect of a step that was committed, such as a letter; may be tried again after a failure. */
  effect(work: Work, found: CaseRow, effect: LeftToDo): Promise<void>;
}

/** A workflow whose context only its own functions know. */
export interface AnyCaseWorkflow {
  program: string;
  kind: string;
  versions: readonly CaseDefinition[];
  deadlines: DatedParameter<CaseDeadlines>;
  prepare(work: Work, found: CaseRow): Promise<PreparedCase>;
  carryOut: Readonly<Record<string, Handler>>;
  effect(work: Work, found: CaseRow, effect: LeftToDo): Promise<void>;
}

/** A case with its definition and what the machine may know of it now. */
export interface PreparedCase {
  definition: CaseDefinition;
  context: never;
}

const workflows = new Map<string, AnyCaseWorkflow>();

/**
 * Makes a kind of case known to `applyEvent`, the work lists and the deadlines.
 *
 * @throws when a handler is named after an event that no version of the machine has
 */
export function declareWorkflow<Context>(workflow: CaseWorkflow<Context>): void {
  const known = new Set(workflow.versions.flatMap(({ events }) => Object.keys(events)));
  const unknown = Object.keys(workflow.carryOut).filter((type) => !known.has(type));
  if (unknown.length > 0) throw new Error(`${workflow.kind} has no event ${unknown.join(", ")}.`);
  workflows.set(workflow.kind, {
    program: workflow.program,
    kind: workflow.kind,
    versions: workflow.versions as readonly CaseDefinition[],
    deadlines: workflow.deadlines ?? usualDeadlines,
    carryOut: workflow.carryOut,
    effect: workflow.effect,
    prepare: async (work, found) => ({
      definition: definitionOf(found),
      context: (await workflow.context(work, found)) as never,
    }),
  });
}

/** Every released machine of every kind of case that was declared. */
export function declaredMachines(): CaseDefinition[] {
  return [...workflows.values()].flatMap(({ versions }) => versions);
}

/** 標準処理期間 and limit dates of a kind of case. */
export const deadlinesOf = (kind: string): DatedParameter<CaseDeadlines> =>
  workflows.get(kind)?.deadlines ?? usualDeadlines;

/** @throws when no 事務 declared this kind */
export function workflowOf(kind: string): AnyCaseWorkflow {
  const workflow = workflows.get(kind);
  if (!workflow) throw new Error(`No workflow was declared for ${kind}.`);
  return workflow;
}

/** The machine that the case keeps. @throws when this version is not known */
export function definitionOf(found: Pick<CaseRow, "kind" | "machineVersion">): CaseDefinition {
  const definition = workflowOf(found.kind).versions.find(
    (one) => one.version === found.machineVersion,
  );
  if (!definition)
    throw new Error(`Version ${found.machineVersion} of ${found.kind} is not known.`);
  return definition;
}

/** What a case of a kind is called: こども医療費助成 申請. */
export const caseKindTitle = (kind: string): string => newestDefinition(kind).title;

/** The newest machine of a kind, which new cases get. */
export function newestDefinition(kind: string): CaseDefinition {
  const definition = workflowOf(kind).versions.at(-1);
  if (!definition) throw new Error(`${kind} has no released machine.`);
  return definition;
}
