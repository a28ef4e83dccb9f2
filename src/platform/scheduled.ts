import { sealRecords, verifyBySchedule } from "./audit/index.ts";
import { backupJob } from "./backup/index.ts";
import { fireDeadlines, runEffects } from "./cases/index.ts";
import { eraseDrafts } from "./intake/index.ts";
import type { ScheduledJob } from "./jobs/index.ts";
import { keepingSchedule } from "./keeping/index.ts";
import { eraseOldPackages } from "./mailings/index.ts";
import { analyseLog } from "./oversight/index.ts";
import { nameTokensJob } from "./people/renew-tokens.ts";
import { eraseOldRequests } from "./provision/index.ts";
import { renewalJob } from "./vault/renewal-job.ts";
import { runWork } from "./work.ts";

/** What the platform itself does by the clock. */
export const platformSchedule: readonly ScheduledJob[] = [
  { name: "audit.seal", title: "封印", cron: "* * * * *", run: sealRecords },
  {
    name: "audit.verify",
    title: "アクセス記録の検証",
    cron: "40 3 * * *",
    run: verifyBySchedule,
  },
  { name: "cases.deadlines", title: "期限", cron: "*/10 * * * *", run: fireDeadlines },
  {
    name: "cases.effects",
    title: "残った処理",
    cron: "* * * * *",
    run: (platform, system) => runEffects(platform, system),
  },
  {
    name: "intake.erase-drafts",
    title: "保存期間を過ぎた下書きの消去",
    cron: "25 * * * *",
    run: eraseDrafts,
  },
  { name: "oversight.analyse", title: "アクセスの点検", cron: "30 2 * * *", run: analyseLog },
  {
    name: "mailings.erase-packages",
    title: "保存期間を過ぎた発送データの消去",
    cron: "15 * * * *",
    run: (platform, system) =>
      runWork(platform, system, { purpose: "scheduled" }, eraseOldPackages),
  },
  {
    name: "provision.erase-old",
    title: "保存期間を過ぎた提供・移転の記録の消去",
    cron: "50 4 * * *",
    run: (platform, system) =>
      runWork(platform, system, { purpose: "scheduled" }, eraseOldRequests),
  },
  backupJob,
  renewalJob,
  nameTokensJob,
  keepingSchedule,
];
