import type { ScheduledJob } from "#src/platform/jobs/index.ts";
import { runWork } from "#src/platform/work.ts";

/** Certificates that end in one transaction. */
const AT_ONCE = 200;

/** 確認証 of people who died or moved out end by themselves, each night: the database asks the register and holds to the machine. */
export const exemptionExpiry: ScheduledJob = {
  name: "vaccination.exemptions-expired",
  title: "転出・死亡による減免の確認証の失効",
  cron: "45 4 * * *",
  async run(platform, system) {
    for (;;) {
      const ended = await runWork(
        platform,
        system,
        { purpose: "scheduled", program: "vaccination" },
        async (work) => {
          const [row] = await work.sql<{ many: number }[]>`
            select exemptions.expire(${AT_ONCE}) as many`;
          return row?.many ?? 0;
        },
      );
      if (ended < AT_ONCE) return;
    }
  },
};
