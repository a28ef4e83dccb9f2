export {
  approveImport,
  cancelImport,
  decideDoubtful,
  type Obstacles,
  obstaclesTo,
} from "./approve.ts";
export { type RowError, rowErrors } from "./errors.ts";
export { importFile } from "./import-file.ts";
export { approveAndWrite, continueImport, feedJobs, reviewAnew } from "./jobs.ts";
export {
  type Feed,
  type FeedItem,
  type FeedKind,
  type Finding,
  type Judged,
  type RowItems,
  verdictTitles,
} from "./kind.ts";
export { parseLayout } from "./layout.ts";
export type { ImportRow } from "./lot.ts";
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
export { residents } from "./residents/kind.ts";
export { getImport, reviewAgain, reviewImport } from "./review.ts";
export { type RowSubject, subjectsOf } from "./subjects.ts";
export {
  handlersOf,
  type ImportSummary,
  listBadRows,
  listGone,
  listImports,
  listRows,
  pageSize,
  stoppedFeeds,
  summarize,
  waitingImports,
} from "./summary.ts";
export { writeImport } from "./write.ts";
