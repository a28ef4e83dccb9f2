/** Cases: the only functions by which they are opened, moved and listed. */
export type { CaseAction } from "./actions.ts";
export { type Applied, applyEvent, type EventRequest } from "./apply-event.ts";
export { type Approval, approvalsOf, latestApproval } from "./approvals.ts";
export { findCaseNumbers } from "./case-number.ts";
export { canCorrect, correctDate } from "./correct.ts";
export { type CorrectionType, correctionTitles } from "./correction-titles.ts";
export { fireDeadlines } from "./deadlines.ts";
export { type PendingEffect, pendingEffects, retryEffects, runEffects } from "./effects.ts";
export { handlerOf } from "./handler.ts";
export { type CaseLine, type CaseQuery, countByState, linesPerPage, listCases } from "./list.ts";
export { syncMachines } from "./machines.ts";
export {
  type CaseOfPerson,
  casesOfPerson,
  type Member,
  type MemberRole,
  memberRoleTitles,
  membersOf,
  peopleOfCase,
  setMembers,
} from "./members.ts";
export { nextInSeries, nextNumber, openCase } from "./open-case.ts";
export { type CaseView, deadlineOf, getCase, type HistoryLine, viewCase } from "./read.ts";
export { CaseConflict, CaseRefusal } from "./refusals.ts";
export {
  type CaseWorkItem,
  countWork,
  listWork,
  type WorkCount,
  type WorkListName,
} from "./work-list.ts";
export {
  type CaseRow,
  caseKindTitle,
  deadlinesOf,
  declaredMachines,
  declareWorkflow,
  definitionOf,
  type EventDetail,
  type Handler,
  type Step,
} from "./workflow.ts";
