/** The room of two people: entries confirmed by another, proposals decided by another. */
export { type Approval, approvalsOf, decide, latestApproval, propose } from "./approvals.ts";
export { confirmEntry, type Entry, latestEntry, recordEntry } from "./entries.ts";
