/** 保存期間 (KEP-1): who is past it, and the erasure that two people decide. */
export {
  countsOf,
  type Erasure,
  erasureActions,
  getErasure,
  listErasures,
  moveErasure,
  peopleByYear,
  peopleOfErasure,
  progressOf,
  searchErasable,
} from "./erasure.ts";
export { keepingJobs, keepingSchedule } from "./jobs.ts";
export { destroyedPapers, enterDestroyed, type OldPapers, papersToDestroy } from "./papers.ts";
export { syncKeeping } from "./years.ts";
