/** The past of a person over all 事務 (経過): each says what it knows, the database finds, counts and cuts. */

export { timelineKinds } from "./kinds.ts";
export { linesOfTimeline, readTimeline, type SourcesOf } from "./read.ts";
export type { AnyTimelineSource, TimelineLine, TimelineSource } from "./source.ts";
