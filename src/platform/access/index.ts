export { type Actor, holds } from "./actor.ts";
export { bootstrap, type FirstAccount, type Office, registerOffice } from "./bootstrap.ts";
export {
  decideGrant,
  grantActions,
  grantsToDecide,
  latestEnd,
  requestGrant,
  waitingGrants,
} from "./grants.ts";
export { codeAt, codeEnrolmentUri } from "./one-time-code.ts";
export { type Duty, duties, type Right, rightTitles } from "./rights.ts";
export {
  type CheckedPassword,
  changePassword,
  checkCode,
  checkPassword,
  livingSession,
  lockSession,
  openSystemSession,
  resume,
  type SessionEnd,
  type SignInRefusal,
  sessionState,
  signIn,
  signOut,
  terminalRegistered,
  unlockSession,
} from "./sign-in.ts";
export {
  changeStaff,
  type FirstCredential,
  getStaff,
  officeList,
  registerStaff,
  registerTerminal,
  removeTerminal,
  resetCredential,
  type StaffEntry,
  staffList,
  terminalList,
} from "./staff.ts";
