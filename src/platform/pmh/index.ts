/** PMH登録: certificates of a 事務 registered in the Public Medical Hub, gathered by one person and approved by another. */
export { readPmhAnswers, takePmhFile } from "./file.ts";
export {
  changesToGather,
  countOpenPmhRuns,
  gatherPmhRun,
  linesIn,
  linesOfPmhRun,
  listPmhRuns,
  movePmhRun,
  type PmhFigures,
  type PmhRun,
  pmhProgress,
  pmhRunNumber,
  pmhRunStateMeta,
  readPmhRun,
} from "./runs.ts";
export { pmhJobs } from "./send.ts";
export { settingToday } from "./setting.ts";
export {
  countChangesToGather,
  countPmhRunsInState,
  countRefusedLines,
  pmhRunsInState,
  refusedLines,
  settleRefused,
} from "./waiting.ts";
