/** 提供・移転: to listed recipients alone, each request recorded (PRV-1); who is flagged waits for a release (PRV-2). */

export { encryptedFor, fileFor } from "./file.ts";
export type { ProvidedTable } from "./file-table.ts";
export {
  countFiles,
  countFilesToDecide,
  decideFile,
  type FilePerson,
  fileObstacle,
  fileRefusalTitles,
  fileStateTitles,
  filesToDecide,
  getFile,
  listFiles,
  type ProvisionFile,
  peopleOfFile,
  prepareFile,
  previewFile,
  releaseInFile,
  takeFile,
} from "./files.ts";
export {
  countFlags,
  type Flag,
  flagReasons,
  liftReasons,
  listFlags,
  moveFlag,
  setFlag,
} from "./flags.ts";
export {
  allFileItems,
  allItems,
  entitlementItems,
  fileItems,
  type ProvidedLine,
  provisionItems,
} from "./items.ts";
export {
  type Provided,
  previewOf,
  provide,
  refusalTitles,
  takeReleased,
} from "./provide.ts";
export {
  countRequests,
  countToRelease,
  decideRequest,
  eraseOldRequests,
  getRequest,
  listRequests,
  type ProvisionRequest,
  type RegisterQuery,
  releaseObstacle,
  requestStateTitles,
  requestsToRelease,
} from "./register.ts";
export {
  askedRulesInForce,
  fileRulesInForce,
  isInForce,
  listRules,
  moveRule,
  type ProvisionRule,
  proposeRule,
  ruleActions,
  rulesInForce,
  timingTitles,
} from "./rules.ts";
