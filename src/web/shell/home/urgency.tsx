import type { WorkItem } from "#src/platform/program.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge } from "../../components/index.ts";
import { dayOf, showDateShort } from "../../dates.ts";

export const isOverdue = (item: WorkItem, today: IsoDate): boolean =>
  item.deadline !== undefined && item.deadline < today;

/** By deadline, then the oldest. */
export function byUrgency(a: WorkItem, b: WorkItem): number {
  const deadlines = (a.deadline ?? "9999").localeCompare(b.deadline ?? "9999");
  return deadlines || a.since.getTime() - b.since.getTime();
}

/** Days since it waits. */
export const waitingDays = (item: WorkItem, today: IsoDate): number =>
  daysBetween(dayOf(item.since), today);

export function Deadline({ item, today }: { item: WorkItem; today: IsoDate }) {
  if (!item.deadline) return <>―</>;
  if (!isOverdue(item, today)) return <>{showDateShort(item.deadline)}</>;
  return (
    <>
      {showDateShort(item.deadline)}{" "}
      <Badge tone="error">{`${daysBetween(item.deadline, today)}日超過`}</Badge>
    </>
  );
}
