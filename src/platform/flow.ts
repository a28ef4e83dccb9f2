import { answer, eventsFrom } from "#workflows/flows/answer.ts";
import type { FlowDefinition } from "#workflows/flows/definition.ts";
import { type Actor, holds, holdsForAll } from "./access/actor.ts";
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

/**
 * For whom a step has to hold its right, as the database asks for it: for the office (区) of what it concerns, for the whole city,
 * which whoever is bound to an office does not, or for any office.
 */
type Reach = { office: string } | "whole city" | "any office";

/** Of which 事務 the right is, and how far it has to reach, for all steps or each of them. */
interface StepRights {
  program: string;
  reach: Reach | ((type: string) => Reach);
}

/** Whether the actor holds a right as far as it has to reach. */
function reaches(
  actor: Pick<Actor, "rights">,
  right: Right,
  program: string | undefined,
  reach: Reach,
): boolean {
  if (reach === "whole city") return program !== undefined && holdsForAll(actor, right, program);
  return holds(actor, right, reach === "any office" ? { program } : { program, ...reach });
}

/** What somebody who holds the rights for it could do now, in the order of the machine; a 事務 alone asks for them in any office. */
export function actionsAt<Context>(
  actor: Pick<Actor, "rights">,
  { definition, state, context }: Standing<Context>,
  of?: string | StepRights,
): FlowAction[] {
  const { program, reach } =
    typeof of === "object" ? of : { program: of, reach: "any office" as const };
  const may = (right: Right, type: string) =>
    reaches(actor, right, program, typeof reach === "function" ? reach(type) : reach);
  return eventsFrom(definition, state, context).flatMap((type) => {
    const rule = definition.events[type];
    if (!rule || rule.scheduled || !may(rule.right as Right, type)) return [];
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
