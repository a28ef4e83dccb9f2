export {
  type AuditQuery,
  type AuditRow,
  auditRecords,
  countAuditRecords,
  sealState,
} from "./read.ts";
export { sealRecords } from "./sealing.ts";
export { type AuditVerification, publicHalf, verifyAudit } from "./verify.ts";
export { recordAudit } from "./write.ts";
