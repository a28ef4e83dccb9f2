import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import {
  type SpecialKind,
  specialKinds,
  specialReasonTitle,
} from "#workflows/vaccination/special/kinds.ts";
import { specialEventTitle, specialNumber } from "../../special/entries.ts";
import { specialPaths } from "./paths.ts";

interface Detail {
  id: string;
  serial: number;
  kind: SpecialKind;
  reason: string;
  event: string;
}

/** What was entered, decided and ended of the 特例・注意 of a person. */
export const specialTimeline: TimelineSource<Detail> = {
  kind: timelineKinds.case,
  rows: ({ sql }, personNumber) => sql`
    select v."on", v.at, v.staff_id, jsonb_build_object('id', e.id, 'serial', e.serial, 'kind', e.kind, 'reason', v.reason, 'event', v.event)
      from special.entry e join special.entry_event v on v.entry_id = e.id where e.person_number = ${personNumber}`,
  tell: (_, details) =>
    details.map(({ id, serial, kind, reason, event }) => ({
      what: `予防接種 ${specialKinds[kind]} ${specialNumber({ serial })} ${specialEventTitle(event)}`,
      note: specialReasonTitle(kind, reason),
      path: specialPaths.entry(id),
    })),
};
