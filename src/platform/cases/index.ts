/** The room of cases: one door through which they move. */
export type { CaseAction } from "./actions.ts";
export { type Applied, applyEvent, type EventRequest } from "./apply-event.ts";
export { fireDeadlines } from "./deadlines.ts";
export { type PendingEffect, pendingEffects, retryEffects, runEffects } from "./effects.ts";
export { nextInSeries, nextNumber, openCase } from "./open-case.ts";
export {
  type CaseLine,
  type CaseView,
  getCase,
  type HistoryLine,
  listCases,
  viewCase,
} from "./read.ts";
export { CaseConflict, CaseRefusal } from "./refusals.ts";
export {
  type CaseRow,
  declareWorkflow,
  type EventDetail,
  type Step,
} from "./workflow.ts";
