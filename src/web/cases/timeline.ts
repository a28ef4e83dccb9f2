import { certificatesOfKind, inTitleOf, titleOfSorts } from "#src/platform/applications/index.ts";
import {
  caseKindTitle,
  correctionTitles,
  definitionOf,
  eventTitle,
} from "#src/platform/cases/index.ts";
import {
  type Certificate,
  certificateEndingTitles,
  type IssueReason,
  issueReasonTitles,
  type Movement,
  movementTitles,
} from "#src/platform/entitlements/index.ts";
import { type TimelineSource, timelineKinds } from "#src/platform/timeline/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { showDateShort } from "../dates.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { paperTitle } from "./paper-title.ts";
import { showPeriod } from "./parts.tsx";
import { casePath, documentPath } from "./paths.ts";
import { grantReason, movementReason } from "./reasons.ts";

/** What the cases of a 事務 know of the past of a person: steps, movements of entitlements, certificates, papers. */
export const timelineOfCases = (screens: AnyCaseScreens) => [
  steps(screens),
  movements(screens),
  certificates(screens),
  papers(screens),
];

interface StepDetail {
  id: string;
  number: string;
  kind: string;
  version: number;
  type: string;
  from: string;
  to: string;
  sorts: string[] | null;
  receivedOn: IsoDate;
}

/** Steps of the cases to which the person belongs, in whichever role. */
function steps({ application }: AnyCaseScreens): TimelineSource<StepDetail> {
  const { program, title } = application;
  return {
    kind: timelineKinds.case,
    rows: ({ sql }, personNumber) => sql`
      select e.business_date, e.at, e.staff_id, jsonb_build_object('id', c.id, 'number', c.number, 'kind', c.kind,
             'version', c.machine_version, 'type', e.type, 'from', e.from_state, 'to', e.to_state, 'sorts', e.detail -> 'sorts',
             'receivedOn', c.received_on, 'revision', e.revision)
        from cases.case c join cases.event e on e.case_id = c.id
       where c.program = ${program}
         and c.id in (select m.case_id from cases.member m where m.person_number = ${personNumber} and m.to_revision is null)`,
    tell: (_, details) =>
      details.map((one) => {
        const definition = definitionOf({ kind: one.kind, machineVersion: one.version });
        const step = eventTitle(definition.events, one.type);
        const named = one.sorts ? inTitleOf(step, titleOfSorts(application, one.sorts)) : step;
        const state = (name: string) => stateMeta(definition, name).title;
        return {
          what: `${caseKindTitle(one.kind).replace(`${title} `, "")} ${one.number} ${named}`,
          note:
            one.type === "open"
              ? `受付日 ${showDateShort(one.receivedOn)}`
              : one.from !== one.to && !(one.type in correctionTitles)
                ? `${state(one.from)} → ${state(one.to)}`
                : undefined,
          path: casePath({ program, id: one.id }),
        };
      }),
  };
}

interface MovementDetail {
  caseId: string;
  type: Movement["type"];
  reason: string;
  from: IsoDate;
  to: IsoDate;
  reportedOn: IsoDate;
}

/** 資格異動, on the day from which it holds. */
function movements({ application, change }: AnyCaseScreens): TimelineSource<MovementDetail> {
  const { program } = application;
  return {
    kind: timelineKinds.entitlement,
    rows: ({ sql }, personNumber) => sql`
      select m.occurs_on, m.recorded_at, m.recorded_by, jsonb_build_object('id', m.id, 'caseId', m.case_id, 'type', m.type,
             'reason', m.reason, 'from', m.valid_from, 'to', m.valid_to, 'reportedOn', m.reported_on)
        from entitlements.entitlement e join entitlements.movement m on m.entitlement_id = e.id
       where e.person_number = ${personNumber} and e.program = ${program}`,
    tell: (_, details) =>
      details.map(({ type, reason, from, to, reportedOn, caseId }) => {
        const why =
          type === "acquired" ? grantReason(change, reason) : movementReason(change, reason);
        return {
          what: `受給資格の${movementTitles[type]}${why ? `（${why}）` : ""}`,
          note: `有効期間 ${showPeriod(from, to)}　届出日 ${showDateShort(reportedOn)}`,
          path: casePath({ program, id: caseId }),
        };
      }),
  };
}

interface CertificateDetail {
  kind: string;
  issue: number;
  reason: IssueReason;
  ending: Certificate["ending"];
  caseId: string | null;
}

/** Certificates as they were issued, and how they ended. */
function certificates({ application }: AnyCaseScreens): TimelineSource<CertificateDetail> {
  const { program } = application;
  const sorts = certificatesOfKind(application);
  return {
    kind: timelineKinds.paper,
    rows: ({ sql }, personNumber) => sql`
      select d.on_day, null::timestamptz, d.by, jsonb_build_object('kind', c.kind, 'issue', c.issue, 'reason', c.reason,
             'ending', d.ending, 'caseId', c.case_id, 'id', c.id)
        from entitlements.entitlement e join entitlements.certificate c on c.entitlement_id = e.id
        cross join lateral (values (c.issued_on, c.issued_by, null), (c.ended_on, null, c.ending)) d(on_day, by, ending)
       where e.person_number = ${personNumber} and e.program = ${program} and d.on_day is not null`,
    tell: (_, details) =>
      details.map(({ kind, issue, reason, ending, caseId }) => {
        const title = (sorts[kind] ?? application.certificate).title;
        return {
          what: ending
            ? `${title}（${issue}回目） ${certificateEndingTitles[ending]}`
            : `${title}（${issue}回目）を交付`,
          note: ending ? undefined : issueReasonTitles[reason],
          path: caseId ? casePath({ program, id: caseId }) : undefined,
        };
      }),
  };
}

interface PaperDetail {
  id: string;
  number: string;
  kind: string;
  templateVersion: string;
}

/** Papers that are no certificate: notices, reminders. */
function papers({ application }: AnyCaseScreens): TimelineSource<PaperDetail> {
  const { program } = application;
  return {
    kind: timelineKinds.paper,
    rows: ({ sql }, personNumber) => sql`
      select d.issued_on, d.issued_at, d.issued_by, jsonb_build_object('id', d.id, 'number', d.number, 'kind', d.kind,
             'templateVersion', d.template_version)
        from documents.document d
       where d.person_number = ${personNumber} and d.program = ${program}
         and not exists (select from entitlements.certificate c where c.document_id = d.id)`,
    tell: (_, details) =>
      details.map((paper) => ({
        what: `${paperTitle(application, paper)} ${paper.number}`,
        path: documentPath(program, paper.id),
      })),
  };
}
