import type { WorkItem } from "#src/platform/program.ts";
import { isOverdue } from "#src/platform/work-sources.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge } from "../../components/index.ts";
import { dayOf, showDateShort } from "../../dates.ts";

/** Days since it waits. */
export const waitingDays = (item: Pick<WorkItem, "since">, today: IsoDate): number =>
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
