import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import {
  exemptionEventTitle,
  exemptionNumber,
  exemptionReasonTitle,
} from "../../exemptions/applications.ts";
import { vaccineTitles } from "../../special/titles.ts";
import { exemptionPaths } from "./paths.ts";

interface Step {
  id: string;
  serial: number;
  event: string;
  why: string | null;
}

interface Certificate {
  id: string;
  number: string;
  vaccines: string[];
}

const steps: TimelineSource<Step> = {
  kind: timelineKinds.case,
  rows: ({ sql }, personNumber) => sql`
    select v."on", v.at, v.staff_id, jsonb_build_object('id', a.id, 'serial', a.serial, 'event', v.event, 'why', v.why)
      from exemptions.application a join exemptions.application_event v on v.application_id = a.id where a.person_number = ${personNumber}`,
  tell: (_, details) =>
    details.map(({ id, serial, event, why }) => ({
      what: `自己負担減免 ${exemptionNumber({ serial })} ${exemptionEventTitle(event)}`,
      note: why === null ? undefined : exemptionReasonTitle(why),
      path: exemptionPaths.application(id),
    })),
};

/** Those of applications stand with their steps. */
const ofRuns: TimelineSource<Certificate> = {
  kind: timelineKinds.paper,
  rows: ({ sql }, personNumber) => sql`
    select c.issued_on, null::timestamptz, c.issued_by, jsonb_build_object('id', c.id, 'number', c.number, 'vaccines', c.vaccines)
      from exemptions.certificate c where c.person_number = ${personNumber} and c.list_id is not null`,
  tell: (_, details) =>
    details.map(({ id, number, vaccines }) => ({
      what: `無料（減免）対象者確認証 ${number}`,
      note: vaccineTitles(vaccines),
      path: exemptionPaths.certificate(id),
    })),
};

/** What 自己負担減免 knows of the past of a person. */
export const exemptionTimeline = [steps, ofRuns] as const;
