/** The room of background work: asked for in a transaction, done in the name of the system. */
export { migrateQueue } from "./queue.ts";
export { enqueue, type JobHandler, type RunningTask, startJobs } from "./tasks.ts";
