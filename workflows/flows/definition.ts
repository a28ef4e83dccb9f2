import type { AnyStateMachine } from "xstate";

/** What a state is called, where it stands in the picture, and what people need to know of it. */
export interface StateMeta {
  title: string;
  /** `main` states form the line from left to right, `side` states stand beside it. */
  line: "main" | "side";
  /** Under way: it stands in the lists of what is being worked on, and no second one is begun beside it. */
  open: boolean;
  /** What is to be done here, and the right of those who may do it. */
  waits?: { title: string; right: string };
  /** Colour of the badge; `info` where none is named. */
  tone?: Tone;
}

export type Tone = "success" | "warning" | "error" | "neutral" | "info";

/** What an event is called, the right it needs, and whether the person must say why. */
export interface EventRule {
  title: string;
  /** A list: any one of them. */
  right: string | readonly string[];
  comment: "required" | "optional";
  /** Fired by a deadline or a job, never by a button. */
  scheduled?: true;
  /** Leads on: of those that are possible, the first in the order of the events is the next step. */
  forward?: true;
}

/** One condition of a step. With `reason: null` it only chooses between two ways; otherwise the reason tells why a button is off. */
export interface Check<Context> {
  holds(context: Context): boolean;
  reason: string | null;
}

/** Every transition is guarded by this one guard, so that reasons can be read off the machine. */
export interface MeetsGuard<Name extends string = string> {
  type: "meets";
  params: { checks: readonly Name[] };
}

/** A released machine with all that people and the program need to know about it. Frozen once released: a change is a new version. */
export interface FlowDefinition<Context = never, Rule extends EventRule = EventRule> {
  kind: string;
  version: number;
  /** The object as it stands in titles, such as `こども医療費助成 申請`. */
  title: string;
  /** States carry a {@link StateMeta}; guards are made by {@link meets}. */
  machine: AnyStateMachine;
  events: Readonly<Record<string, Rule>>;
  checks: Readonly<Record<string, Check<Context>>>;
}

/** A guard that holds when all the named checks hold. */
export function meets<const Name extends string>(...checks: readonly Name[]): MeetsGuard<Name> {
  return { type: "meets", params: { checks } };
}

/** What `meets` does in a machine with these checks; a name that is none of theirs does not compile. */
export function guardOf<Context, Name extends string>(
  checks: Readonly<Record<Name, Check<Context>>>,
) {
  return ({ context }: { context: Context }, params: { checks: readonly Name[] }): boolean =>
    params.checks.every((name) => checks[name].holds(context));
}
