import { feedJobs } from "#src/platform/feeds/index.ts";
import type { JobHandler } from "#src/platform/jobs/index.ts";
import { mailingJobs } from "#src/platform/mailings/index.ts";
import "./child-medical/index.ts";
import "./vaccination/index.ts";

/** Everything that is done in the background, of the platform and of every 事務. */
export const jobHandlers: readonly JobHandler[] = [...mailingJobs, ...feedJobs];
