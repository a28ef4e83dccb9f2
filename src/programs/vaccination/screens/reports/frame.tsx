import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Actor, holds } from "#src/platform/access/index.ts";
import { Tabs } from "#src/web/components/index.ts";
import { reportPaths } from "./paths.ts";

const pages = [
  { title: "締め", href: reportPaths.closings, right: "statistics.read" },
  { title: "集計", href: reportPaths.cube, right: "statistics.read" },
  { title: "接種率", href: reportPaths.coverage, right: "statistics.read" },
  { title: "国・県への報告表", href: reportPaths.table, right: "person.read" },
] as const;

/** The pages of the reports, for those who may open them. */
export const ReportTabs = ({ actor, at }: { actor: Actor; at: string }) => (
  <Tabs
    label="報告の種類"
    tabs={pages
      .filter(({ right }) =>
        right === "person.read"
          ? holdsForAll(actor, right, "vaccination")
          : holds(actor, right, { program: "vaccination" }),
      )
      .map(({ title, href }) => ({ title, href, current: href === at }))}
  />
);

/** What every page of the reports is guarded by. */
export const reportGuard = {
  program: "vaccination",
  right: "statistics.read",
  purpose: "inquiry",
} as const;
