export { type Actor, holds } from "./actor.ts";
export { bootstrap, type FirstAccount, type Office, registerOffice } from "./bootstrap.ts";
export type { FirstCredential } from "./credentials.ts";
export {
  beginDirectory,
  DirectoryUnreachable,
  directoryAnswered,
  directorySignOut,
  finishDirectory,
  usesDirectory,
} from "./directory/sign-in.ts";
export {
  countGrants,
  decideGrant,
  type GrantTask,
  grantActions,
  latestEnd,
  requestGrant,
  waitingGrants,
} from "./grants.ts";
export { codeAt, codeEnrolmentUri } from "./one-time-code.ts";
export { changePassword } from "./own-password.ts";
export {
  type CredentialReset,
  decideReset,
  issueReset,
  limitedStaff,
  openResets,
  ownResets,
  type ResetReason,
  requestReset,
  resetActions,
  resetReasons,
  resetsToDecide,
} from "./resets.ts";
export { type Duty, duties, type Right, rightTitles } from "./rights.ts";
export {
  beginKey,
  beginKeySignIn,
  checkKey,
  keysOf,
  registerKey,
  removeKey,
  type SecurityKey,
  usesKeys,
} from "./security-keys.ts";
export { type RememberingPlace, SessionMemory } from "./session-memory.ts";
export {
  livingSession,
  lockSession,
  openSystemSession,
  resume,
  type SessionEnd,
  sessionState,
  signOut,
  type UnlockRefusal,
  unlockSession,
} from "./sessions.ts";
export {
  type CheckedPassword,
  checkCode,
  checkPassword,
  type SignInRefusal,
  signIn,
  terminalRegistered,
  ticketStanding,
} from "./sign-in.ts";
export {
  changeStaff,
  getStaff,
  officeList,
  registerStaff,
  registerTerminal,
  removeTerminal,
  type StaffEntry,
  staffList,
  terminalList,
} from "./staff.ts";
