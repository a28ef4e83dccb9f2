import { type AnyMachineSnapshot, getNextTransitions, transition } from "xstate";
import type { FlowDefinition, MeetsGuard, StateMeta } from "./definition.ts";

/** Something to be done because of a step: a letter, a deadline. Only codes, ids and dates. */
export interface Effect {
  type: string;
  params: Readonly<Record<string, string | number | null>>;
}

/** Whether an event is possible, and if not, why; reasons are sentences for the screen. */
export type Answer =
  | { possible: true; state: string; effects: Effect[] }
  | { possible: false; because: "unknown-event" | "wrong-state" | "conditions"; reasons: string[] };

/** An event for the machine: its type and, where the step needs them, dates and codes. */
export interface FlowEvent {
  type: string;
  [field: string]: string | number | null;
}

function snapshotOf<C>(
  definition: FlowDefinition<C>,
  state: string,
  context: C,
): AnyMachineSnapshot {
  return definition.machine.resolveState({ value: state, context });
}

/** Names of all the states, in the order of the machine. */
export function stateNames(definition: Pick<FlowDefinition, "machine">): string[] {
  return Object.keys(definition.machine.states);
}

/** What a state is called and where it stands. @throws when the machine has no such state */
export function stateMeta(definition: Pick<FlowDefinition, "machine">, state: string): StateMeta {
  const node = definition.machine.states[state];
  if (!node) throw new Error(`No such state: ${state}`);
  return node.meta as StateMeta;
}

/** Whether the flow ends in this state. */
export function isEnd(definition: Pick<FlowDefinition, "machine">, state: string): boolean {
  return definition.machine.states[state]?.type === "final";
}

/** Types of the events that lead on from a state, whatever their conditions say. */
export function eventsFrom<C>(definition: FlowDefinition<C>, state: string, context: C): string[] {
  const types = getNextTransitions(snapshotOf(definition, state, context)).map((t) => t.eventType);
  return [...new Set(types)];
}

/** Asks the machine: pure, decides nothing about rights. */
export function answer<C>(
  definition: FlowDefinition<C>,
  state: string,
  context: C,
  event: FlowEvent,
): Answer {
  const rule = definition.events[event.type];
  if (!rule) return { possible: false, because: "unknown-event", reasons: [] };
  const snapshot = snapshotOf(definition, state, context);
  const ways = getNextTransitions(snapshot).filter((way) => way.eventType === event.type);
  if (ways.length === 0) {
    const reason = `「${stateMeta(definition, state).title}」の段階では「${rule.title}」はできません。`;
    return { possible: false, because: "wrong-state", reasons: [reason] };
  }
  const guards = ways.map((way) => way.guard as MeetsGuard | undefined);
  const failing = guards.map((guard) =>
    (guard?.params.checks ?? [])
      .map((name) => definition.checks[name])
      .filter((check) => check === undefined || !check.holds(context)),
  );
  if (failing.every((checks) => checks.length > 0)) {
    // Of several ways the one that was chosen tells its reasons: where only they are missing.
    const reasons = failing
      .map((checks) => checks.map((check) => check?.reason ?? null))
      .find((texts) => texts.every((text) => text !== null));
    return {
      possible: false,
      because: "conditions",
      reasons: reasons ?? ["この手続きに進む条件を満たしていません。"],
    };
  }
  const [next, actions] = transition(definition.machine, snapshot, event);
  const effects = actions.map((action): Effect => {
    const params: unknown = action.params;
    return { type: action.type, params: { ...(params as Effect["params"]) } };
  });
  return { possible: true, state: String(next.value), effects };
}

/** The state in which a new one stands. */
export function firstState(definition: Pick<FlowDefinition, "machine">): string {
  const initial: unknown = definition.machine.config.initial;
  if (typeof initial !== "string") throw new Error("A machine names its first state.");
  return initial;
}
