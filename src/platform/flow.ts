import { answer, eventsFrom } from "#workflows/flows/answer.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import { type Actor, holds } from "./access/actor.ts";
import type { Right } from "./access/rights.ts";
import { Problem } from "./problem.ts";

/** Where something stands in its flow, and what the machine may know of it. */
export interface Standing<Context> {
  definition: FlowDefinition<Context>;
  state: string;
  context: Context;
}

/** A button: on, or off with the reasons why. */
export interface FlowAction {
  type: string;
  title: string;
  reasons: readonly string[];
}

/** What somebody who holds the rights for it could do now, in the order of the machine. */
export function actionsAt<Context>(
  actor: Pick<Actor, "rights">,
  { definition, state, context }: Standing<Context>,
  program?: string,
): FlowAction[] {
  return eventsFrom(definition, state, context).flatMap((type) => {
    const rule = definition.events[type];
    if (!rule || rule.scheduled || !holds(actor, rule.right as Right, { program })) return [];
    const got = answer(definition, state, context, { type });
    return [{ type, title: rule.title, reasons: got.possible ? [] : got.reasons }];
  });
}

/**
 * The state after a step.
 *
 * @throws Problem 403 with the reasons where it is for another person to do, 409 where it is not to be done any more
 */
export function stateAfter<Context>(
  { definition, state, context }: Standing<Context>,
  type: string,
): string {
  const got = answer(definition, state, context, { type });
  if (got.possible) return got.state;
  const [message = "この操作は行えません。", ...details] = got.reasons;
  throw new Problem({ status: got.because === "conditions" ? 403 : 409, message, details });
}
