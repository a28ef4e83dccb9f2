/** Backups: made while people work, restored whole or not at all, drilled (KEP-3, ADR 48). */
export { backupWithoutKeysCopy, oldBackups } from "./age.ts";
export { compareRestored, drillBackup, readIdentity } from "./drill.ts";
export { makeBackup } from "./make.ts";
export { backupJob } from "./nightly.ts";
export { type RestoreFrom, restoreBackup } from "./restore.ts";
