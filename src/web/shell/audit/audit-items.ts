import { holds } from "#src/platform/access/index.ts";
import { listVerifications, sealingLag } from "#src/platform/audit/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";

/** What is wrong with the log: seals that are late, for auditors and administrators; what a verification found, for auditors. */
export async function auditItems(work: Work): Promise<WorkItem[]> {
  const audits = holds(work.actor, "audit.read");
  if (!audits && !holds(work.actor, "staff.manage")) return [];
  const items: WorkItem[] = [];
  const late = await sealingLag(work.platform, work.sql);
  if (late)
    items.push({
      list: "waiting",
      kind: "封印の遅れ",
      title: "アクセス記録の封印が遅れています",
      path: audits ? "/audit/verification" : "/help/07-administration",
      since: late,
    });
  const found = audits ? (await listVerifications(work, 3)).find((run) => run.found) : undefined;
  if (found?.found && found.found.faultCount > 0)
    items.push({
      list: "waiting",
      kind: "検証の異常",
      title: "アクセス記録の検証で異常が見つかりました",
      path: "/audit/verification",
      since: found.startedAt,
    });
  return items;
}
