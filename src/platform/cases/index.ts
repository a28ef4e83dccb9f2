/** Cases: the only functions by which they are opened, moved and listed. */
export type { CaseAction } from "./actions.ts";
export { type Applied, applyEvent, type EventRequest } from "./apply-event.ts";
export { type Approval, approvalsOf, latestApproval } from "./approvals.ts";
export {
  type AssignmentView,
  assignCase,
  type Holder,
  handlerOf,
  holdersOf,
  viewAssignment,
} from "./assign.ts";
export {
  type Bulk,
  type BulkItem,
  beginBulk,
  bulkSubjects,
  checkBulk,
  confirmBulk,
  countDecisions,
  listDecisions,
  mostInBulk,
  readBulk,
  settleBulk,
  unfinishedBulks,
  type WaitingDecision,
} from "./bulk.ts";
export { findCaseNumbers } from "./case-number.ts";
export { canCorrect, correctDate } from "./correct.ts";
export { type CorrectionType, correctionTitles } from "./correction-titles.ts";
export { fireDeadlines, openDeadline } from "./deadlines.ts";
export {
  type LapsedLetter,
  lapsedLetters,
  type PendingEffect,
  pendingEffects,
  retryEffects,
  runEffects,
} from "./effects.ts";
export { eventTitle } from "./event-title.ts";
export {
  type CaseLine,
  type CaseQuery,
  countByState,
  countOpenByState,
  linesPerPage,
  listCases,
} from "./list.ts";
export { type Done, doneTitles } from "./list-done.ts";
export { type CaseFilter, type Sorting, sortings } from "./list-filter.ts";
export { MachineChanged, syncMachines } from "./machines.ts";
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
export {
  type CaseView,
  deadlineOf,
  getCase,
  type HistoryLine,
  type Passage,
  type StepsOfCase,
  stepsOfCase,
  viewCase,
} from "./read.ts";
export { CaseConflict, CaseRefusal } from "./refusals.ts";
export { stepInWords, stepsSince } from "./steps-since.ts";
export {
  type CaseWorkItem,
  countWork,
  listWork,
  type NextWork,
  nextAfter,
  stillWaiting,
  type WorkCount,
  type WorkListName,
  type WorkQuery,
  workLists,
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
