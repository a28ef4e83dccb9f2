-- 受給者証 issued by runs of mailings (一括交付): who is due, and what the printing of a file enters. The program's role changes
-- no row itself.

set local role madoguchi_owner;

-- Entitlements of a 事務 that hold on a day and have had a certificate of a sort: the valid one, or the last; what it says, by which run.
-- For who prepares, approves or makes such a run; of all, or of some persons.
create or replace function entitlements.certified_on(of_program text, of_sort text, on_day date, among text[])
returns table (id uuid, person_number text, case_id uuid, case_person text, recipient_number text, office_code text, valid_from date, valid_to date,
  last_issue integer, valid boolean, says_until date, run_id uuid, run_from text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], of_program) is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select e.id, e.person_number, e.case_id, c.person_number, e.recipient_number, e.office_code, e.valid_from, e.valid_to,
           (select max(y.issue) from entitlements.certificate y where y.entitlement_id = e.id and y.kind = of_sort), z.ended_on is null, z.valid_to, z.run_id, r.parameters->>'from'
      from entitlements.entitlement e join cases.case c on c.id = e.case_id
      cross join lateral (select x.* from entitlements.certificate x where x.entitlement_id = e.id and x.kind = of_sort order by x.ended_on is not null, x.issue desc limit 1) z
      left join mailings.batch_run r on r.id = z.run_id
     where e.program = of_program and e.status = 'granted' and on_day between e.valid_from and e.valid_to
       and (among is null or e.person_number = any(among));
end
$$;

-- Which sealed records hold the data of applications, the oldest first, and who belongs to them; for the same.
create or replace function entitlements.records_for_runs(of_program text, of_cases uuid[])
returns table (granting_case_id uuid, person_number text, sealed_id uuid, effective_from date)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], of_program) is not true then
    raise exception 'no right to see these' using errcode = '42501';
  end if;
  return query
    select r.granting_case_id, r.person_number, r.sealed_id, r.effective_from
      from entitlements.record r join cases.case c on c.id = r.granting_case_id
     where r.granting_case_id = any(of_cases) and c.program = of_program order by r.effective_from, r.id;
end
$$;

-- Keeps what certificates of a run say, each sealed for its person: to be printed again as they were issued.
create or replace function vault.seal_certificates(ids uuid[], holders text[], of_program text, of_cases uuid[], sealed_data bytea[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into vault.sealed_record (id, holder, program, kind, case_id, sealed, entered_by)
  select i, h, of_program, 'certificate', c, s, access.staff_id() from unnest(ids, holders, of_cases, sealed_data) x(i, h, c, s);
  perform audit.write('change', 'sealed.certificate', holders, array['certificate'], null);
end
$$;
alter function vault.seal_certificates owner to madoguchi_vault;
revoke execute on function vault.seal_certificates from public, madoguchi_app;
grant execute on function vault.seal_certificates to madoguchi_owner;

-- Enters the certificates of a printed file with what each says, in the transaction that keeps it: each of a person with a piece of the run, of an entitlement
-- that holds, as the next issue after the one that was seen. The one before becomes invalid.
drop function if exists entitlements.issue_by_run(uuid, uuid[], integer[], date[]);
create or replace function entitlements.issue_by_run(of_run uuid, of_entitlements uuid[], issues integer[], untils date[], sealed_ids uuid[], sealed_data bytea[])
returns void language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']); from_day date; sort text;
begin
  from_day := (r.parameters->>'from')::date;
  sort := r.parameters->>'sort';
  if r.kind is distinct from r.program || '-certificate' || (case when sort = 'card' then '' else '-' || sort end) or cardinality(of_entitlements) is distinct from cardinality(issues)
     or cardinality(untils) is distinct from cardinality(issues) or cardinality(sealed_ids) is distinct from cardinality(issues)
     or cardinality(sealed_data) is distinct from cardinality(issues) or array_position(sealed_ids, null) is not null or exists (
       select from unnest(of_entitlements, issues, untils) x(id, issue, until) left join entitlements.entitlement e on e.id = x.id
        where (e.program = r.program and e.status = 'granted' and from_day between e.valid_from and e.valid_to
               and x.until between from_day and e.valid_to
               and e.case_id not in (select renewals.unrenewed(r.program, from_day))
               and exists (select from entitlements.certificate z where z.entitlement_id = e.id and z.kind = sort and z.ended_on is null)
               and x.issue = 1 + (select max(z.issue) from entitlements.certificate z where z.entitlement_id = e.id and z.kind = sort)
               and exists (select from mailings.batch_item i where i.run_id = r.id and i.person_number = e.person_number and i.state = 'ready')) is not true) then
    raise exception 'not what this run issues' using errcode = '42501';
  end if;
  update entitlements.certificate z set ended_on = access.business_date(), ending = 'replaced'
   where z.entitlement_id = any(of_entitlements) and z.kind = sort and z.ended_on is null;
  insert into entitlements.certificate (entitlement_id, kind, run_id, template_version, form_setting_id, sealed_id, issue, reason, issued_on, issued_by, valid_to)
  select x.id, sort, r.id, r.template_version, r.form_setting_id, x.sealed, x.issue, r.parameters->>'reason', r.dated_on, access.staff_id(), x.until
    from unnest(of_entitlements, issues, untils, sealed_ids) x(id, issue, until, sealed);
  perform vault.seal_certificates(array_agg(x.sealed), array_agg(e.person_number), r.program, array_agg(e.case_id), array_agg(x.data))
     from unnest(of_entitlements, sealed_ids, sealed_data) x(id, sealed, data) join entitlements.entitlement e on e.id = x.id
   having count(*) > 0;
end
$$;

-- The run was cancelled, or its package withdrawn: its certificates never went out, and those that they replaced are valid again.
create or replace function entitlements.withdraw_run(of_run uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
  withdrawn uuid[];
begin
  with gone as (update entitlements.certificate z set ended_on = access.business_date(), ending = 'cancelled'
                 where z.run_id = r.id and z.ended_on is null returning z.entitlement_id)
  select array_agg(g.entitlement_id) into withdrawn from gone g;
  update entitlements.certificate z set ended_on = null, ending = null
    from entitlements.entitlement e
   where e.id = z.entitlement_id and e.id = any(withdrawn) and e.status = 'granted' and z.kind = r.parameters->>'sort' and z.ending = 'replaced'
     and z.issue = (select max(y.issue) from entitlements.certificate y where y.entitlement_id = z.entitlement_id and y.kind = z.kind and y.ending = 'replaced'
                      and y.run_id is distinct from r.id);
end
$$;

revoke execute on function entitlements.certified_on, entitlements.records_for_runs, entitlements.issue_by_run, entitlements.withdraw_run from public;
grant execute on function entitlements.certified_on, entitlements.records_for_runs, entitlements.issue_by_run, entitlements.withdraw_run to madoguchi_app;
reset role;
