/** 予防接種実施依頼書 and the refunds of what was paid on one. */
import "./declare.ts";
import "./declare-refund.ts";

export { letterDocuments } from "./documents.ts";
export type { RequestEntry } from "./entry.ts";
export { letterPaperTitles } from "./letter-papers.ts";
export { openRequestLetter } from "./open.ts";
export { openRefund } from "./open-refund.ts";
export { refundPaperTitles } from "./refund-notice.ts";
