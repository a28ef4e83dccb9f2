export {
  cancelImport,
  decideDoubtful,
  nextSteps,
} from "./approve.ts";
export { compareByKey } from "./compare-by-key.ts";
export { rowErrors } from "./errors.ts";
export { fieldFaults } from "./field-faults.ts";
export { importFile } from "./import-file.ts";
export { dateItem, type RowItems, textItem } from "./items.ts";
export { approveAndWrite, continueImport, feedJobs, reviewAnew } from "./jobs.ts";
export {
  type Feed,
  type FeedKind,
  type Finding,
  type Judged,
  verdictTitlesOf,
} from "./kind.ts";

export {
  listBadRows,
  listGone,
  listImports,
  listRows,
  pageSize,
} from "./lists.ts";
export type { ImportRow } from "./lot.ts";
export { getImport, type ImportAction } from "./move.ts";
export {
  countWaiting,
  countWaitingFiles,
  handlersOf,
  stoppedFeeds,
  waitingFiles,
} from "./overview.ts";
export { peopleBySource } from "./people-by-source.ts";
export { feedWork, receiveFile } from "./receive.ts";
export {
  allFeeds,
  declareFeedKind,
  feedKind,
  feedKinds,
  feedOf,
  feedsForFile,
  standardFeed,
} from "./registry.ts";
export { type RequestCounts, requestCounts, takeRequestList } from "./request-list.ts";
export { residents } from "./residents/kind.ts";
export { reviewImport } from "./review.ts";
export { type RowSubject, subjectsOf } from "./subjects.ts";
export { type ImportSummary, summarize } from "./summary.ts";
export { tax } from "./tax/kind.ts";
export { welfare } from "./welfare/kind.ts";
