import {
  type CaseAction,
  type CaseRow,
  type StepsOfCase,
  stepsOfCase,
} from "#src/platform/cases/index.ts";
import { type DocumentCheck, documentChecksOf } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { withNext } from "./next-work.tsx";
import { casePath } from "./paths.ts";

/** Steps of the intake, in their order; made again they correct what was recorded. */
const intake: readonly CaseEventRule["act"][] = ["identify", "enter", "documents"];

/** What the next step depends on; the view of a case has it. */
export interface Steps extends StepsOfCase {
  /** The documents that the case asks for. */
  documentChecks: readonly DocumentCheck[];
}

/** The same for a page that shows one step of the case and leads on to the next. */
export const lookAtSteps = async (work: Work, found: CaseRow): Promise<Steps> => ({
  ...(await stepsOfCase(work, found)),
  documentChecks: await documentChecksOf(work, found.id),
});

/**
 * The step that is most likely next, and possible for this person now.
 *
 * @param besides a step that is being made on this page
 */
export function nextAction(steps: Steps, besides?: string): CaseAction | undefined {
  const { events } = steps.prepared.definition;
  const made = new Set(steps.passage.made.map((type) => events[type]?.act));
  if (steps.documentChecks.length === 0) made.add("documents");
  const order = [
    ...intake.flatMap((act) => Object.keys(events).filter((type) => events[type]?.act === act)),
    ...Object.keys(events),
  ];
  return steps.actions
    .filter(({ type }) => type !== besides)
    .filter(({ rule, reasons }) => rule.forward && reasons.length === 0)
    .filter(({ rule: { act } }) => !(intake.includes(act) && made.has(act)))
    .toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))[0];
}

/** Whether the step is made by a button alone: it has no page and asks for nothing. */
export const isPlainStep = ({ rule, comment }: CaseAction): boolean =>
  !rule.page && !rule.reasons && !rule.until && comment === "optional";

/**
 * Where the work on a case goes on: the page of the next step while the application is taken in, so that 受付, 本人確認,
 * 入力 and 書類 follow each other; else the case.
 */
export async function onwardPath(work: Work, found: CaseRow) {
  const { rule } = nextAction(await lookAtSteps(work, found)) ?? {};
  const path = casePath(found);
  return rule?.page && intake.includes(rule.act) ? (`${path}/${rule.page}` as const) : path;
}

/** The same; on the page of the case with the case that stood next on the list, should this one have left the person's hands. */
export async function onwardOrNext(work: Work, found: CaseRow, next: string | undefined) {
  const onward = await onwardPath(work, found);
  return onward === casePath(found) ? withNext(onward, next) : onward;
}
