/** Cases: the only functions by which they are opened, moved and listed. */
export type { CaseAction } from "./actions.ts";
export { type Applied, applyEvent, type EventRequest } from "./apply-event.ts";
export { type Approval, approvalsOf, latestApproval } from "./approvals.ts";
export { fireDeadlines } from "./deadlines.ts";
export { type PendingEffect, pendingEffects, retryEffects, runEffects } from "./effects.ts";
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
export { type CaseView, getCase, type HistoryLine, viewCase } from "./read.ts";
export { CaseConflict, CaseRefusal } from "./refusals.ts";
export { stepInWords, stepsSince } from "./steps-since.ts";
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
  declaredMachines,
  declareWorkflow,
  definitionOf,
  type EventDetail,
  type Handler,
  type Step,
} from "./workflow.ts";
