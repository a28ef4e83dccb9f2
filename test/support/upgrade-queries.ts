import type { Sql } from "postgres";

/**
 * Where a release keeps what an older one wrote: the one place to change when tables are moved or kinds renamed. Every
 * query gives the rows in the shape of the expectations, whatever the tables are called by now; `number` is the number
 * of the case, `sealed` the id of a sealed record (or several, of which each later one replaces the parts that it holds),
 * `by` the login name of a member of staff.
 */
export interface Row {
  number: string;
  sealed?: string | string[] | null;
  [item: string]: unknown;
}

/** Kinds of cases that were renamed since a release: the name of today with the name in its dump. */
const renamedSince: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "2026-11": {
    "child-medical/application": "child-medical",
    "child-medical/change": "child-medical-change",
  },
};

/** What a kind was called in a release; its name of today where that is this release. */
export const kindInRelease = (kind: string, release?: string): string =>
  renamedSince[release ?? ""]?.[kind] ?? kind;

const cases = (sql: Sql) => sql<Row[]>`
  select c.number, c.id, c.program, c.kind, c.machine_version, c.person_number, c.office_code, c.state, c.revision,
         c.received_on::text, s.login_name as by
    from cases.case c join access.staff s on s.id = c.opened_by order by c.number`;

const events = (sql: Sql) => sql<Row[]>`
  select c.number, e.revision, e.type, e.from_state, e.to_state, s.login_name as by, e.at, e.business_date::text as "on",
         e.detail, e.comment_id as sealed
    from cases.event e join cases.case c on c.id = e.case_id join access.staff s on s.id = e.staff_id
   order by c.number, e.revision`;

const deadlines = (sql: Sql) => sql<Row[]>`
  select c.number, d.kind, d.due_on::text, d.event, d.closed_at is not null as closed
    from cases.deadline d join cases.case c on c.id = d.case_id order by d.id`;

const effects = (sql: Sql) => sql<Row[]>`
  select c.number, f.revision, f.type, f.params, f.done_at is not null as done, f.attempts, f.failure
    from cases.effect f join cases.case c on c.id = f.case_id order by f.id`;

const entries = (sql: Sql) => sql<Row[]>`
  select c.number, n.revision, s.login_name as by, t.login_name as confirmed_by, n.sealed_id as sealed
    from approvals.entry n join cases.case c on c.id = n.case_id join access.staff s on s.id = n.entered_by
    left join access.staff t on t.id = n.confirmed_by order by n.revision, n.person_number`;

const approvals = (sql: Sql) => sql<Row[]>`
  select c.number, a.subject, a.prepared_revision, p.login_name as by, e.login_name as entered_by, a.decision,
         a.seen_revision, d.login_name as decided_by
    from approvals.approval a join cases.case c on c.id = a.case_id join access.staff p on p.id = a.prepared_by
    left join access.staff e on e.id = a.entered_by left join access.staff d on d.id = a.decided_by
   order by a.prepared_revision`;

const documents = (sql: Sql) => sql<Row[]>`
  select coalesce(c.number, '') as number, d.id, d.number as document, d.program, d.kind, d.template_version, d.form_setting_id, d.person_number,
         d.sha256, d.issued_on::text, s.login_name as by,
         (select count(*)::int from documents.print p where p.document_id = d.id) as printed
    from documents.document d left join cases.case c on c.id = d.case_id join access.staff s on s.id = d.issued_by
   order by d.issued_at, d.number`;

const identityChecks = (sql: Sql) => sql<Row[]>`
  select c.number, i.subject, i.method, i.documents, i.mandate_seen, i.checked_on::text, s.login_name as by
    from intake.identity_check i join cases.case c on c.id = i.case_id join access.staff s on s.id = i.checked_by
   order by i.checked_at`;

const documentChecks = (sql: Sql) => sql<Row[]>`
  select c.number, d.code, d.status, s.login_name as by
    from intake.document_check d join cases.case c on c.id = d.case_id
    left join access.staff s on s.id = d.checked_by order by d.code`;

const entitlements = (sql: Sql) => sql<Row[]>`
  select c.number, e.person_number, e.recipient_number, e.office_code, e.valid_from::text, e.valid_to::text,
         e.granted_to::text, e.granted_on::text, e.status, e.lost_on::text, e.loss_reason
    from entitlements.entitlement e join cases.case c on c.id = e.case_id order by e.valid_from, e.person_number`;

/**
 * Data of a person from a day on, as they are known by all that was recorded up to then; `number` is the application that
 * granted, `source` where they come from.
 */
const entitlementRecords = (sql: Sql) => sql<Row[]>`
  select g.number, c.number as source, r.effective_from::text,
         (select array_agg(p.sealed_id order by p.effective_from, p.id) from entitlements.record p
           where p.granting_case_id = r.granting_case_id and p.person_number = r.person_number
             and (p.effective_from, p.id) <= (r.effective_from, r.id)) as sealed
    from entitlements.record r join cases.case c on c.id = r.case_id join cases.case g on g.id = r.granting_case_id
   order by r.id`;

const certificates = (sql: Sql) => sql<Row[]>`
  select c.number, z.issue, z.reason, d.number as document, z.issued_on::text, s.login_name as by, z.ended_on::text, z.ending
    from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
    join cases.case c on c.id = coalesce(z.case_id, e.case_id) left join documents.document d on d.id = z.document_id
    join access.staff s on s.id = z.issued_by order by e.person_number, z.kind, z.issue`;

/** What a report is about; `granted` is the application that granted the entitlement. */
const reports = (sql: Sql) => sql<Row[]>`
  select c.number, g.number as granted, h.subject, h.reason as loss_reason, h.occurs_on::text, h.origin
    from entitlements.change h join cases.case c on c.id = h.case_id join cases.case g on g.id = h.granting_case_id`;

/** The persons of a case; the first release had the subject alone. */
const members = (sql: Sql) => sql<Row[]>`
  select c.number, m.person_number, m.role, m.from_revision, m.to_revision
    from cases.member m join cases.case c on c.id = m.case_id order by m.id`;

/** 資格異動, by the case that moved the entitlement. */
const movements = (sql: Sql) => sql<Row[]>`
  select c.number, e.person_number, m.type, m.occurs_on::text, m.reported_on::text, m.reason, m.valid_from::text,
         m.valid_to::text, m.status, s.login_name as by, m.recorded_at
    from entitlements.movement m join entitlements.entitlement e on e.id = m.entitlement_id
    join cases.case c on c.id = m.case_id left join access.staff s on s.id = m.recorded_by order by m.id`;

/** What hangs on a case, by what it is. */
export const partsOfCases = {
  events,
  deadlines,
  effects,
  entries,
  approvals,
  documents,
  identityChecks,
  documentChecks,
  entitlements,
  entitlementRecords,
  certificates,
  reports,
  members,
  movements,
};

export { cases as casesIn };
