-- How certificates reach their households: 封入封緘 by a contractor of its own, and monthly runs of what steps of cases
-- issued (ひとり親). The program's role changes no row itself.

set local role madoguchi_owner;

call cases.secure('mailings.enclosing');
revoke all on mailings.enclosing from madoguchi_app;
grant select on mailings.enclosing to madoguchi_app;
drop policy if exists of_a_run on mailings.enclosing;
create policy of_a_run on mailings.enclosing for select to madoguchi_app using (run_id in (select r.id from mailings.batch_run r));

-- Who encloses, named while the run is prepared: under contract, and another than prints.
create or replace function mailings.name_encloser(of_run uuid, of_contractor integer) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['preparing', 'extracted']);
begin
  if (of_contractor <> r.contractor_id and exists (select from mailings.contractor c where c.id = of_contractor and c.ended_at is null
        and access.business_date() between c.contract_from and c.contract_to)) is not true then
    raise exception 'not to be named' using errcode = '42501';
  end if;
  insert into mailings.enclosing (run_id, contractor_id, named_by) values (r.id, of_contractor, access.staff_id());
  perform audit.write('event', 'enclosing.named', null, null, jsonb_build_object('run', r.serial, 'contractor', of_contractor));
end
$$;

-- What was done and told, each once and in its turn, of days that have been: `handed` (封入封緘指示書), `printed` (the printer's result),
-- `delivered` (the sheets came to who encloses), `posted` (発送). Where fewer are posted than the package holds, why is said.
create or replace function mailings.note_enclosing(of_run uuid, what text, seen_day date, good integer, bad integer, words text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.download'], array['handed-over', 'received', 'closed']);
  x mailings.enclosing; today date := access.business_date(); who integer := access.staff_id(); pieces integer; since date;
begin
  select e.* into x from mailings.enclosing e where e.run_id = r.id for update;
  select h.pieces, h.handed_on into pieces, since from mailings.hand_over h where h.run_id = r.id;
  if (seen_day between since and today and case what
      when 'handed' then x.handed_on is null and words ~ '^[0-9a-f]{64}$' and seen_day = today
      when 'printed' then x.printed_on is null and good = pieces and bad >= 0
      when 'delivered' then x.delivered_on is null and x.handed_on is not null and seen_day >= x.printed_on and good between 0 and x.printed
        and length(btrim(words)) between 1 and 40
      when 'posted' then x.posted_on is null and seen_day >= x.delivered_on and bad >= 0 and good between 0 and x.delivered
        and (good = pieces) = (why is null) and coalesce(why in ('spoilt', 'withdrawn', 'missing', 'other'), true)
      else false end) is not true then
    raise exception 'not to be entered so' using errcode = '42501';
  end if;
  update mailings.enclosing e set
    sha256 = case what when 'handed' then words else e.sha256 end, handed_on = case what when 'handed' then seen_day else e.handed_on end,
    handed_by = case what when 'handed' then who else e.handed_by end,
    printed_on = case what when 'printed' then seen_day else e.printed_on end, printed = case what when 'printed' then good else e.printed end,
    misprinted = case what when 'printed' then bad else e.misprinted end, printed_by = case what when 'printed' then who else e.printed_by end,
    delivered_on = case what when 'delivered' then seen_day else e.delivered_on end, delivered = case what when 'delivered' then good else e.delivered end,
    delivery_number = case what when 'delivered' then btrim(words) else e.delivery_number end, delivered_by = case what when 'delivered' then who else e.delivered_by end,
    posted_on = case what when 'posted' then seen_day else e.posted_on end, posted = case what when 'posted' then good else e.posted end,
    spoilt = case what when 'posted' then bad else e.spoilt end, posted_by = case what when 'posted' then who else e.posted_by end,
    difference = case what when 'posted' then why else e.difference end
   where e.run_id = r.id;
  perform audit.write(case what when 'handed' then 'export' else 'event' end, 'enclosing.' || what, null, null,
    jsonb_strip_nulls(jsonb_build_object('run', r.serial, 'pieces', good, 'spoilt', bad, 'difference', why)));
end
$$;

call cases.secure('single_parent.delivery');
revoke all on single_parent.delivery from madoguchi_app;
grant select on single_parent.delivery to madoguchi_app;
drop policy if exists with_its_certificate on single_parent.delivery;
create policy with_its_certificate on single_parent.delivery for select to madoguchi_app
  using (exists (select from entitlements.certificate z where z.id = delivery.certificate_id));

-- Handed over at the counter: valid certificates that a step of a case issued, by whoever issues them at that office.
create or replace function single_parent.give_at_counter(of_certificates uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare given integer; numbers text[];
begin
  if (cardinality(of_certificates) between 1 and 500 and not exists (
      select from unnest(of_certificates) x(id) left join entitlements.certificate z on z.id = x.id left join entitlements.entitlement e on e.id = z.entitlement_id
       where (e.program = 'single-parent-medical' and z.ended_on is null and z.document_id is not null
              and access.has_right('certificate.issue', e.program, e.office_code)) is not true)) is not true then
    raise exception 'not to be handed over' using errcode = '42501';
  end if;
  insert into single_parent.delivery (certificate_id, way, on_day, recorded_by)
  select distinct x.id, 'counter', access.business_date(), access.staff_id() from unnest(of_certificates) x(id) on conflict do nothing;
  get diagnostics given = row_count;
  select array_agg(distinct e.person_number) into numbers from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id where z.id = any(of_certificates);
  perform audit.write('event', 'certificate.given', numbers, null, jsonb_build_object('count', given));
  return given;
end
$$;

-- Valid certificates of a sort that steps of cases issued within some days and that reached nobody yet; for who prepares or makes
-- such a run. Of all, or of some persons.
create or replace function single_parent.undelivered(of_sort text, from_day date, to_day date, among text[])
returns table (certificate_id uuid, entitlement_id uuid, person_number text, case_id uuid, case_person text, recipient_number text, office_code text,
  valid_from date, until date, issue integer, issued_on date, template_version text, form_setting_id integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], 'single-parent-medical') is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select z.id, e.id, e.person_number, e.case_id, c.person_number, e.recipient_number, e.office_code, e.valid_from, coalesce(z.valid_to, e.valid_to), z.issue,
           z.issued_on, d.template_version, d.form_setting_id
      from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id join cases.case c on c.id = e.case_id
      join documents.document d on d.id = z.document_id
     where e.program = 'single-parent-medical' and e.status = 'granted' and z.kind = of_sort and z.ended_on is null
       and z.issued_on between from_day and to_day and (among is null or e.person_number = any(among))
       and not exists (select from single_parent.delivery y where y.certificate_id = z.id);
end
$$;

-- A printed file of a monthly run: its certificates are on their way, each of a person with a piece of the run.
create or replace function single_parent.deliver_by_run(of_run uuid, of_certificates uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']); entered integer;
begin
  if r.program <> 'single-parent-medical' or r.kind not like 'single-parent-medical-monthly%' then
    raise exception 'not a run that sends these' using errcode = '42501';
  end if;
  insert into single_parent.delivery (certificate_id, way, run_id, on_day, recorded_by)
  select z.id, 'run', r.id, r.dated_on, access.staff_id() from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
   where z.id = any(of_certificates) and z.kind = r.parameters->>'sort' and z.ended_on is null and z.document_id is not null and e.program = r.program
     and z.issued_on between (r.parameters->>'from')::date and (r.parameters->>'to')::date
     and exists (select from mailings.batch_item i where i.run_id = r.id and i.person_number = e.person_number and i.state = 'ready')
  on conflict do nothing;
  get diagnostics entered = row_count;
  if entered <> cardinality(of_certificates) then raise exception 'not what this run sends' using errcode = '42501'; end if;
end
$$;
-- It was cancelled, or its package withdrawn: they are due again.
create or replace function single_parent.withdraw_deliveries(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
begin
  delete from single_parent.delivery d where d.run_id = r.id;
end
$$;

-- History of 回収: written by the steps of 71-retroactive.sql alone.
call cases.secure('entitlements.collection');
revoke all on entitlements.collection from madoguchi_app;
grant select on entitlements.collection to madoguchi_app;
drop policy if exists with_its_certificate on entitlements.collection;
create policy with_its_certificate on entitlements.collection for select to madoguchi_app
  using (exists (select from entitlements.certificate z where z.id = collection.certificate_id));
drop function if exists entitlements.note_collection(uuid[], text, date);

revoke execute on function mailings.name_encloser, mailings.note_enclosing, single_parent.give_at_counter, single_parent.undelivered,
  single_parent.deliver_by_run, single_parent.withdraw_deliveries from public;
grant execute on function mailings.name_encloser, mailings.note_enclosing, single_parent.give_at_counter, single_parent.undelivered,
  single_parent.deliver_by_run, single_parent.withdraw_deliveries to madoguchi_app;
reset role;
