import { stateNames } from "./answer.ts";
import type { FlowDefinition, MeetsGuard } from "./definition.ts";

/** The way of one event of one state, as the database keeps it. */
export interface FlowWay {
  from: string;
  event: string;
  /** The same as `from` where it stays. */
  to: string;
  /** One of them is needed. */
  rights: readonly string[];
  commentRequired: boolean;
  /** Names of all that has to hold. */
  checks: readonly string[];
}

/**
 * Every way that a machine knows, in its order: outside these the database moves nothing of the kind.
 *
 * @throws when an event has no rule, or more than one way from a state
 */
export function waysOf({ machine, events }: Pick<FlowDefinition, "machine" | "events">): FlowWay[] {
  return stateNames({ machine }).flatMap((from) =>
    [...(machine.states[from]?.transitions ?? [])].map(([event, ways]): FlowWay => {
      const rule = events[event];
      const [way, ...others] = ways;
      if (!rule || !way || others.length > 0)
        throw new Error(`${event} has no rule or no one way.`);
      return {
        from,
        event,
        to: way.target?.[0]?.key ?? from,
        rights: [rule.right].flat(),
        commentRequired: rule.comment === "required",
        checks: (way.guard as MeetsGuard | undefined)?.params.checks ?? [],
      };
    }),
  );
}
