/** こども医療費助成: the services behind its screens, for the command line and the demonstration too. */
export type { Application } from "./application.ts";
export { type ChangeOpening, changeOf, openChange } from "./change.ts";
export type { IdentityInput } from "./identity.ts";
export { certificatesOf, entitlementOf, entitlementsOf } from "./ledger.ts";
export { type LetterKind, makeLetter } from "./papers.ts";
export { lookAtRegister, prefilledGuardian } from "./register.ts";
export { openLossesFromRegister } from "./register-losses.ts";
export * from "./services.ts";
export {
  type Statement,
  signStatement,
  statementPublicKey,
  type Verified,
  verifyStatement,
} from "./statement.ts";
export { type ApplicationView, type ChangeView, viewApplication, viewChange } from "./view.ts";
export { program } from "./workflow.ts";
