/** Oversight of how the data are used: the analysis of the log (USE-7). */
export { analyseLog } from "./analyse.ts";
export {
  countFindings,
  declaredNumbers,
  declareNumber,
  type Finding,
  type FindingKind,
  type FindingRecord,
  type FindingSort,
  findingActions,
  findingsToExplain,
  getFinding,
  lastAnalysis,
  listFindings,
  moveFinding,
  recordsOf,
  stepsOf,
} from "./findings.ts";
