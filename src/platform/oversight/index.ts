/** Oversight of how the data are used: the analysis of the log (USE-7), incidents (AUD-3) and requests of people about their own data (AUD-2). */
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
export {
  assessIncident,
  basisOf,
  countIncidents,
  getIncident,
  type Incident,
  type IncidentKind,
  incidentActions,
  incidentKinds,
  incidentOfFinding,
  listIncidents,
  listPeople,
  moveIncident,
  nextDeadline,
  openIncident,
  peopleOf,
  type ReportWords,
  reportAndSteps,
  reportHeadings,
  tellingWays,
  tellPerson,
  unlistPerson,
  writeReport,
} from "./incidents.ts";
export {
  decideReEntrustment,
  listReEntrustments,
  type ReEntrustment,
  reEntrustmentActions,
  requestReEntrustment,
} from "./re-entrustments.ts";
export { printReport } from "./report.ts";
export { printHeld, printNotice, scopeOf } from "./subject-request-papers.ts";
export {
  askers,
  heldPartNames,
  heldParts,
  outcomes,
  type RefusalReason,
  refusalReasons,
  requestKinds,
} from "./subject-request-words.ts";
export {
  countSubjectRequests,
  decisionDeadline,
  getSubjectRequest,
  listSubjectRequests,
  moveSubjectRequest,
  openSubjectRequest,
  type SubjectRequest,
  stepsOfRequest,
  subjectRequestActions,
  type Withheld,
} from "./subject-requests.ts";
