import { isEnd, stateMeta, stateNames } from "#workflows/flows/answer.ts";
import type { MeetsGuard, StateMeta, Tone } from "#workflows/flows/definition.ts";
import type { CaseDefinition, CaseEventRule } from "./definition.ts";
import { effects } from "./effects.ts";

/** What a way leaves to be done; of a deadline the day is the limit date (`until`) of the event. */
export interface WayEffect {
  type: string;
  params: Readonly<Record<string, string>>;
}

/** One way of one event of one state, as the database keeps it. */
export interface TransitionRow {
  event: string;
  from: string;
  /** The same as `from` where the case stays. */
  to: string;
  right: string;
  comment: CaseEventRule["comment"];
  scheduled: boolean;
  act: NonNullable<CaseEventRule["act"]> | null;
  /** What is proposed, where the act is `propose`. */
  subject: string | null;
  /** Names of all that has to hold, those that only choose between ways too. */
  checks: readonly string[];
  /** In the order of the machine. */
  effects: readonly WayEffect[];
}

/** One state, as the database keeps it. */
export interface StateRow {
  state: string;
  title: string;
  line: StateMeta["line"];
  /** Place in the order of the machine, from 0. */
  position: number;
  waitsTitle: string | null;
  waitsRight: string | null;
  tone: Tone;
  open: boolean;
  end: boolean;
}

/**
 * Every way that the machine knows, in its order: outside these the database moves no case.
 *
 * @throws when the machine has an event without a rule
 */
export function transitionsOf(
  definition: Pick<CaseDefinition, "machine" | "events">,
): TransitionRow[] {
  return stateNames(definition).flatMap((from) =>
    [...(definition.machine.states[from]?.transitions ?? [])].flatMap(([event, ways]) => {
      const rule = definition.events[event];
      if (!rule) throw new Error(`No rule for the event ${event}.`);
      const { right, comment, scheduled = false, act = null, subject = null } = rule;
      return ways.map((way): TransitionRow => {
        const guard = way.guard as MeetsGuard | undefined;
        const to = way.target?.[0]?.key ?? from;
        const checks = guard?.params.checks ?? [];
        const left = way.actions.map(effectOf);
        const row = { event, from, to, right, comment, scheduled, act, subject, checks };
        return { ...row, effects: left };
      });
    }),
  );
}

/** @throws when an action of the machine is none of workflows/cases/effects.ts */
function effectOf(action: unknown): WayEffect {
  const { type, params } = action as { type: string; params?: unknown };
  const given = typeof params === "function" ? params({ event: {} }) : params;
  if (!(type in effects) || typeof given !== "object") throw new Error(`No effect ${type}.`);
  // A date that only the event knows is left out: JSON has no `undefined`.
  return { type, params: JSON.parse(JSON.stringify(given)) };
}

/** Every state, in the order of the machine. */
export function statesOf(definition: Pick<CaseDefinition, "machine">): StateRow[] {
  return stateNames(definition).map((state, position) => {
    const { title, line, waits, tone = "info", open } = stateMeta(definition, state);
    return {
      state,
      title,
      line,
      position,
      waitsTitle: waits?.title ?? null,
      waitsRight: waits?.right ?? null,
      tone,
      open,
      end: isEnd(definition, state),
    };
  });
}
