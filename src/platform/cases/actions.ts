import { answer, type FlowEvent as CaseEvent, eventsFrom } from "#workflows/flows/answer.ts";
import { holds } from "../access/actor.ts";
import type { Right } from "../access/rights.ts";
import type { Work } from "../work.ts";
import type { CaseRow, PreparedCase } from "./workflow.ts";

/** A button of the case: on, or off with the reasons why. */
export interface CaseAction {
  type: string;
  title: string;
  comment: "required" | "optional";
  reasons: string[];
}

/** What this person could do with the case now, in the order of the machine; scheduled events are left out. */
export function actionsOf(
  work: Work,
  found: CaseRow,
  { definition, context }: PreparedCase,
): CaseAction[] {
  return eventsFrom(definition, found.state, context).flatMap((type) => {
    const rule = definition.events[type];
    if (!rule || rule.scheduled) return [];
    const { title, comment } = rule;
    const reasons = reasonsAgainst(work, found, { definition, context }, { type });
    return [{ type, title, comment, reasons }];
  });
}

/** Why this person cannot fire the event now; empty when they can. */
export function reasonsAgainst(
  work: Work,
  found: CaseRow,
  { definition, context }: PreparedCase,
  event: CaseEvent,
): string[] {
  const rule = definition.events[event.type];
  const right = rule?.right as Right | undefined;
  const where = { program: found.program, office: found.officeCode };
  if (right && !holds(work.actor, right, where)) return ["この操作を行う権限がありません。"];
  const got = answer(definition, found.state, context, event);
  return got.possible ? [] : got.reasons;
}
