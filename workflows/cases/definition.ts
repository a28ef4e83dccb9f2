import type { AnyStateMachine } from "xstate";

/** What a state is called and where it stands in the picture. `main` states form the line from left to right. */
export interface StateMeta {
  title: string;
  line: "main" | "side";
}

/** What an event is called, the right it needs, and whether the person must say why. */
export interface EventRule {
  title: string;
  right: string;
  comment: "required" | "optional";
  /** Fired by a deadline, never by a button. */
  scheduled?: true;
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

/** A released machine with all that people and the door need to know about it. Frozen once released: a change is a new version. */
export interface CaseDefinition<Context = never> {
  kind: string;
  version: number;
  /** The object as it stands in titles, such as `こども医療費助成 申請`. */
  title: string;
  machine: AnyStateMachine;
  events: Readonly<Record<string, EventRule>>;
  checks: Readonly<Record<string, Check<Context>>>;
}

/** A guard that holds when all the named checks hold. */
export function meets<const Name extends string>(
  ...checks: readonly Name[]
): { type: "meets"; params: { checks: readonly Name[] } } {
  return { type: "meets", params: { checks } };
}
