import { feedJobs } from "#src/platform/feeds/index.ts";
import { highCostJobs } from "#src/platform/high-cost/index.ts";
import type { JobHandler, ScheduledJob } from "#src/platform/jobs/index.ts";
import { keepingJobs } from "#src/platform/keeping/index.ts";
import { mailingJobs } from "#src/platform/mailings/index.ts";
import { parameterTrials } from "#src/platform/parameters/index.ts";
import { pmhJobs } from "#src/platform/pmh/index.ts";
import { receiptJobs } from "#src/platform/receipts/index.ts";
import { platformSchedule } from "#src/platform/scheduled.ts";
import { programs } from "./registry.ts";

/** Everything that is done in the background, of the platform and of every 事務. */
export const background = {
  handlers: [
    ...mailingJobs,
    ...feedJobs,
    ...receiptJobs,
    ...highCostJobs,
    ...pmhJobs,
    ...keepingJobs,
    ...programs.flatMap(({ handlers = [] }) => handlers),
  ],
  scheduled: [
    ...platformSchedule,
    parameterTrials(programs.flatMap((program) => program.parameterTrials ?? [])),
    ...programs.flatMap(({ scheduled = [] }) => scheduled),
  ],
} satisfies { handlers: readonly JobHandler[]; scheduled: readonly ScheduledJob[] };
