/** Work in the background: asked for in a transaction or due by the clock, done in the name of the system. */
export { withoutPersonalData } from "./failure.ts";
export { queueFigures } from "./figures.ts";
export { migrateQueue } from "./queue.ts";
export type { ScheduledJob } from "./scheduled.ts";
export { enqueue, type JobHandler, type RunningTask, startJobs } from "./tasks.ts";
