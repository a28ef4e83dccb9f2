/** Queries for rows about cases that may never stand in the database, whoever sent what. */
export const forbidden: Readonly<Record<string, string>> = {
  "an entitlement without the decision of two people on that very person": `
    select e.id from entitlements.entitlement e where not exists (
      select from entitlements.movement m
        join approvals.approval a on a.case_id = m.case_id and a.subject = 'grant' and a.decision = 'approved' and a.decided_at = m.recorded_at
        join cases.member p on p.case_id = m.case_id and p.person_number = e.person_number
       where m.entitlement_id = e.id and m.type = 'acquired' and a.prepared_by <> a.decided_by and a.entered_by <> a.decided_by)`,
  "an entitlement for another period than was proposed": `
    select m.id from entitlements.movement m join entitlements.entitlement e on e.id = m.entitlement_id
     where m.type = 'acquired' and not exists (
      select from approvals.approval a join entitlements.proposed_period p on p.approval_id = a.id
       where a.case_id = m.case_id and a.decision = 'approved' and a.decided_at = m.recorded_at and p.person_number = e.person_number
         and p.kind = e.kind and (p.valid_from, p.valid_to) = (m.valid_from, m.valid_to))`,
  "an entitlement that is not as its last movement says": `
    select e.id from entitlements.entitlement e
      join lateral (select * from entitlements.movement m where m.entitlement_id = e.id order by m.id desc limit 1) m on true
     where (m.status, m.valid_from, m.valid_to) is distinct from (e.status, e.valid_from, e.valid_to)`,
  "a movement without its decision": `
    select m.id from entitlements.movement m where not exists (
      select from approvals.approval a where a.case_id = m.case_id and a.decision = 'approved' and a.decided_at = m.recorded_at
         and a.subject = case m.type when 'acquired' then 'grant' when 'lost' then 'loss' when 'revoked' then 'revocation' else 'change' end)`,
  "periods that overlap": `
    select a.id from entitlements.entitlement a join entitlements.entitlement b
        on b.program = a.program and b.person_number = a.person_number and b.kind = a.kind and b.id > a.id
     where 'revoked' not in (a.status, b.status)
       and daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]')`,
  "two valid certificates of one kind": `
    select entitlement_id from entitlements.certificate where ended_on is null group by entitlement_id, kind having count(*) > 1`,
  "a valid certificate of an entitlement that ended": `
    select z.id from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
     where z.ended_on is null and e.status in ('lost', 'revoked')`,
  "a certificate on somebody else's paper, or of another case": `
    select z.id from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
      join documents.document d on d.id = z.document_id
     where d.person_number <> e.person_number or d.case_id <> z.case_id`,
  "a state without its event": `
    select c.id from cases.case c where not exists (
      select from cases.event e where e.case_id = c.id and e.revision = c.revision and e.to_state = c.state)`,
  "a gap in the history": `
    select case_id from cases.event group by case_id having count(*) <> max(revision) or min(revision) <> 1`,
  "a step that the machine does not know, or from another state": `
    select e.id from cases.event e join cases.case c on c.id = e.case_id
      left join cases.event b on b.case_id = e.case_id and b.revision = e.revision - 1
     where e.act is distinct from 'open' and (b.to_state is distinct from e.from_state or not exists (
       select from cases.machine_transition t where t.kind = c.kind and t.version = c.machine_version
          and t.from_state = e.from_state and t.event = e.type and t.to_state = e.to_state))`,
  "an entry confirmed by whoever entered it": `
    select id from approvals.entry where confirmed_by = entered_by`,
  "an approved proposal whose decision is no step": `
    select a.id from approvals.approval a where a.decision = 'approved' and not exists (
      select from cases.event e where e.case_id = a.case_id and e.revision = a.seen_revision + 1 and e.act = 'approve' and e.staff_id = a.decided_by)`,
  "an approved grant that granted nothing": `
    select a.id from approvals.approval a where a.decision = 'approved' and a.subject = 'grant' and not exists (
      select from entitlements.movement m where m.case_id = a.case_id and m.type = 'acquired')`,
  "a step without what belongs to it": `
    select e.id from cases.event e where
      (e.act = 'enter' and not exists (select from approvals.entry n where n.case_id = e.case_id and n.revision = e.revision))
      or (e.act = 'identify' and not exists (select from intake.identity_check i where i.case_id = e.case_id and i.checked_at = e.recorded_at))
      or (e.act = 'issue' and not exists (select from entitlements.certificate z join documents.document d on d.id = z.document_id
                                           where z.case_id = e.case_id and d.issued_at = e.recorded_at))`,
  "data that hold without having been confirmed in the case": `
    select r.id from entitlements.record r where not exists (
      select from approvals.entry n where n.case_id = r.case_id and n.sealed_id = r.sealed_id and n.confirmed_by is not null)`,
  "persons of a household's application other than those of its newest entry": `
    select n.case_id from (
        select case_id, array_agg(person_number order by person_number) as entered from approvals.entry e
         where revision = (select max(revision) from approvals.entry x where x.case_id = e.case_id) group by case_id) n
      join cases.case c on c.id = n.case_id and c.kind = 'single-parent-medical/application'
     where n.entered <> (select array_agg(distinct m.person_number order by m.person_number) from cases.member m
                          where m.case_id = n.case_id and m.to_revision is null)`,
  "one paper for two certificates": `
    select document_id from entitlements.certificate where document_id is not null group by document_id having count(*) > 1`,
  "an income confirmed by whoever keyed it, or of somebody who never counted": `
    select i.id from intake.income i where i.confirmed_by = i.recorded_by or not exists (
      select from cases.member m where m.case_id = i.case_id and m.person_number = i.person_number
         and m.role in ('applicant', 'spouse', 'supporter'))`,
  "a letter that is done and was never made": `
    select done.* from (
        select case_id, params ->> 'kind' as kind, count(*) from cases.effect where type = 'letter' and done_at is not null group by 1, 2) done
     where done.count > (select count(*) from documents.document d where d.case_id = done.case_id and d.kind = done.kind)`,
  "a case number that was not given, or one that is missing": `
    select n.fiscal_year from cases.counter n where n.series = 'case' and n.last <> (
      select count(*) from cases.case c where c.number like 'R' || n.fiscal_year - 2018 || '-%')`,
  "a person of a case who is not in the register": `
    select m.id from cases.member m where not exists (select from vault.person p where p.person_number = m.person_number)`,
};
