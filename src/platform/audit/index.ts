export { publicHalf } from "./note.ts";
export {
  type AuditQuery,
  type AuditRow,
  auditRecords,
  countAuditRecords,
  sealState,
} from "./read.ts";
export { keepSealing, sealRecords } from "./sealing.ts";
export { sealingLag, unsealedSince } from "./sealing-lag.ts";
export {
  beginVerification,
  carryOutVerification,
  listVerifications,
  type VerificationRun,
  verifyBySchedule,
} from "./verification.ts";
export { verifyAudit } from "./verify.ts";
export { recordAudit } from "./write.ts";
