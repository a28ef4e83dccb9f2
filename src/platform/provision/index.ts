/** 提供・移転: to listed recipients alone, each request recorded (PRV-1); who is flagged waits for a release (PRV-2). */

export { fileFor } from "./file.ts";
export {
  countFlags,
  type Flag,
  flagReasons,
  liftReasons,
  listFlags,
  moveFlag,
  setFlag,
} from "./flags.ts";
export { allItems, type ProvidedLine, provisionItems } from "./items.ts";
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
  isInForce,
  listRules,
  moveRule,
  type ProvisionRule,
  proposeRule,
  ruleActions,
  rulesInForce,
} from "./rules.ts";
