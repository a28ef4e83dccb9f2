-- 指定難病医療給付: what its applications are in codes, the list of 指定医, and the terms of its entitlements.

grant usage on schema intractable_disease to madoguchi_app;

-- Written in the step that enters or proposes, stamped with its revision.
call cases.belongs_to_case('intractable_disease.applied', array['enter']);
call cases.belongs_to_case('intractable_disease.clinical_record', array['enter']);
call cases.belongs_to_case('intractable_disease.proposed_terms', array['propose']);
call cases.belongs_to_case('intractable_disease.arrival');
-- Seen with the entitlement: an office that sees it sees its terms, whichever case set them.
call cases.secure('intractable_disease.terms');
revoke all on intractable_disease.terms from madoguchi_app;
grant select on intractable_disease.terms to madoguchi_app;
drop policy if exists with_its_entitlement on intractable_disease.terms;
create policy with_its_entitlement on intractable_disease.terms for select to madoguchi_app
  using (exists (select from entitlements.entitlement e where e.id = terms.entitlement_id));
-- 指定医 are published: seen by whoever sees applications of the 事務.
call cases.secure('intractable_disease.designated_doctor');
revoke all on intractable_disease.designated_doctor from madoguchi_app;
grant select on intractable_disease.designated_doctor to madoguchi_app;
drop policy if exists seen on intractable_disease.designated_doctor;
create policy seen on intractable_disease.designated_doctor for select to madoguchi_app
  using ((select access.has_right('case.read', 'intractable-disease')));

create or replace function intractable_disease.stamp_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = new.case_id;
  if c.program is distinct from 'intractable-disease' or not cases.in_step(new.case_id, array['enter', 'propose']) then
    raise exception 'no step of an application' using errcode = '42501';
  end if;
  new.revision := c.revision;
  return new;
end
$$;
create or replace trigger stamp_entry before insert on intractable_disease.applied
  for each row execute function intractable_disease.stamp_entry();
create or replace trigger stamp_entry before insert on intractable_disease.proposed_terms
  for each row execute function intractable_disease.stamp_entry();

-- 臨床調査個人票 are written by a 指定医 who was designated on the day; by a 協力難病指定医 for 更新 alone.
create or replace function intractable_disease.stamp_clinical_record() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c cases.case; d intractable_disease.designated_doctor;
begin
  select x.* into c from cases.case x where x.id = new.case_id;
  select x.* into d from intractable_disease.designated_doctor x where x.number = new.doctor_number and x.valid_from = new.doctor_from;
  if (c.program = 'intractable-disease' and cases.in_step(new.case_id, array['enter']) and new.written_on between d.valid_from and d.valid_to
      and new.written_on <= access.business_date() and coalesce(new.severe_on, new.written_on) <= new.written_on
      and (d.kind = 'designated' or c.kind = 'intractable-disease/application' and exists (
        select from intractable_disease.applied a where a.case_id = c.id and a.revision = c.revision and a.sort = 'renewal'))) is not true then
    raise exception 'no clinical record of a designated doctor' using errcode = '42501';
  end if;
  new.revision := c.revision;
  return new;
end
$$;
create or replace trigger stamp_clinical_record before insert on intractable_disease.clinical_record
  for each row execute function intractable_disease.stamp_clinical_record();

-- The list of 指定医, taken over row by row from what the prefecture publishes; a row of the same number and first day is corrected.
create or replace function intractable_disease.keep_doctors(numbers text[], froms date[], tos date[], names text[], specialties text[], institutions text[], kinds text[])
returns integer language plpgsql security definer set search_path = '' as $$
declare kept integer;
begin
  if access.has_right('case.propose', 'intractable-disease') is not true then
    raise exception 'no right to keep the list of doctors' using errcode = '42501';
  end if;
  insert into intractable_disease.designated_doctor as d (number, valid_from, valid_to, name, specialty, institution, kind, entered_by)
  select x.*, access.staff_id() from unnest(numbers, froms, tos, names, specialties, institutions, kinds) x
  on conflict (number, valid_from) do update set valid_to = excluded.valid_to, name = excluded.name, specialty = excluded.specialty,
     institution = excluded.institution, kind = excluded.kind, entered_by = excluded.entered_by, entered_at = now()
   where (d.valid_to, d.name, d.specialty, d.institution, d.kind) is distinct from (excluded.valid_to, excluded.name, excluded.specialty, excluded.institution, excluded.kind);
  get diagnostics kept = row_count;
  perform audit.write('change', 'doctors.kept', null, null, jsonb_build_object('rows', cardinality(numbers), 'changed', kept));
  return kept;
end
$$;

-- 進達 and 本庁受領 of an application that a 支所 received, in the step that records it.
create or replace function intractable_disease.record_arrival(of_case uuid, forwarded date, arrived date) returns void
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if (c.kind = 'intractable-disease/application' and cases.in_event(of_case, array['recordArrival'])
      and forwarded >= c.received_on and arrived <= access.business_date()) is not true then
    raise exception 'not in a step that records it' using errcode = '42501';
  end if;
  insert into intractable_disease.arrival (case_id, forwarded_on, arrived_on, recorded_by) values (of_case, forwarded, arrived, access.staff_id())
  on conflict (case_id) do update set forwarded_on = excluded.forwarded_on, arrived_on = excluded.arrived_on, recorded_by = excluded.recorded_by, recorded_at = now();
end
$$;

-- Puts the terms that were proposed into force, by the decision of another person made in this transaction: of an application for
-- what it grants, of a report of change for what it is about.
create or replace function intractable_disease.set_terms(by_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if cases.decided_in_step(by_case, array['grant', 'change']) is not true then
    raise exception 'terms without a decision' using errcode = '42501';
  end if;
  insert into intractable_disease.terms (entitlement_id, case_id, valid_from, tier, tier_before, meal_exempt, full_cap, cap, apportioned, long_high_cost, ventilator,
    mild_high_cost, income_unconfirmed, tax_year, limit_category, payer_number, diseases, recorded_by)
  select e.id, by_case, p.valid_from, p.tier, p.tier_before, p.meal_exempt, p.full_cap, p.cap, p.apportioned, p.long_high_cost, p.ventilator,
    p.mild_high_cost, p.income_unconfirmed, p.tax_year, p.limit_category, p.payer_number, p.diseases, access.staff_id()
    from intractable_disease.proposed_terms p
    join approvals.approval a on a.case_id = p.case_id and a.prepared_revision = p.revision and a.decision = 'approved' and a.decided_at = now()
    join entitlements.of_case(by_case) e on e.status = 'granted'
   where p.case_id = by_case;
  if not found then raise exception 'no terms were proposed' using errcode = '42501'; end if;
end
$$;

-- What the machine asks of an application that the database knows (`intractable_disease.holds`) and the panel's answer stand with the panel
-- (96-reviews-of-intractable.sql).
create or replace function intractable_disease.awaits_head_office(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from intractable_disease.applied a join approvals.latest_entry(of_case) l on l.revision = a.revision
                  where a.case_id = of_case and a.reception = 'branch')
     and not exists (select from intractable_disease.arrival x where x.case_id = of_case)
$$;

-- An application is entered with its codes, and granted with its terms.
create or replace function intractable_disease.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from cases.case c where c.id = new.case_id and c.kind = 'intractable-disease/application')
     and (case when new.act = 'enter' then exists (select from intractable_disease.applied a where a.case_id = new.case_id and a.revision = new.revision)
               when new.act = 'approve' and exists (select from approvals.approval a
                      where a.case_id = new.case_id and a.decision = 'approved' and a.subject = 'grant' and a.seen_revision = new.revision - 1)
                 then exists (select from intractable_disease.terms t where t.case_id = new.case_id and t.recorded_at = now())
               else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists intractable_step_is_whole on cases.event;
create constraint trigger intractable_step_is_whole after insert on cases.event deferrable initially deferred
  for each row execute function intractable_disease.step_is_whole();

-- What is held of the person of a request about their own data: applications in codes, 個人票, and the terms of their entitlements.
create or replace function intractable_disease.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'intractable-disease') <> 'intractable-disease' then
    return jsonb_build_object('records', '[]'::jsonb, 'terms', '[]'::jsonb);
  end if;
  perform audit.write('look', 'intractable.held', whose, null, jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'records', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'disease', r.disease_number, 'doctor', r.doctor_number, 'writtenOn', r.written_on,
        'severeOn', r.severe_on) order by c.number, r.revision, r.disease_number), '[]')
        from intractable_disease.clinical_record r join cases.case c on c.id = r.case_id where c.person_number = any(whose)),
    'terms', (select coalesce(jsonb_agg(jsonb_build_object('from', t.valid_from, 'tier', t.tier, 'cap', t.cap, 'payerNumber', t.payer_number,
        'diseases', to_jsonb(t.diseases)) order by t.valid_from, t.id), '[]')
        from intractable_disease.terms t join entitlements.entitlement e on e.id = t.entitlement_id where e.person_number = any(whose)));
end
$$;

revoke execute on all routines in schema intractable_disease from public;
grant execute on function intractable_disease.held_of, intractable_disease.keep_doctors, intractable_disease.record_arrival, intractable_disease.set_terms to madoguchi_app;
grant execute on all routines in schema intractable_disease to madoguchi_owner;
