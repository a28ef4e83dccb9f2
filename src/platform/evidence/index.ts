/** What the published assessments promise, beside what enforces it, proves it, and is held (点検報告). */
export { figuresOf } from "./figures.ts";
export { readLiveSchema } from "./live-schema.ts";
export { placeInWords, type RecordItem, recordFile } from "./record-item.ts";
export { evidenceOf } from "./report.ts";
export { readTestResults } from "./test-results.ts";
