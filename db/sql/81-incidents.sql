-- 漏えい等の事案 (AUD-3): reported within days, told to those concerned. Written by these functions alone.

do $$
declare t text;
begin
  foreach t in array array['incident', 'incident_person', 'incident_step'] loop
    call cases.secure(('oversight.' || quote_ident(t))::regclass);
    execute format('revoke all on oversight.%I from madoguchi_app', t);
    execute format('grant select on oversight.%I to madoguchi_app', t);
    execute format('drop policy if exists handled on oversight.%I', t);
    execute format('create policy handled on oversight.%I for select to madoguchi_app using ((select access.has_right(''incident.handle'')))', t);
  end loop;
end
$$;

-- Begins an incident, perhaps from a finding that was settled as one.
create or replace function oversight.open_incident(known date, of_kind text, is_malicious boolean, has_number boolean,
  preliminary date, final date, of_finding integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('incident.handle');
  if (known <= access.business_date() and preliminary <= known + 10 and final <= known + 80
      and (of_finding is null or exists (select from oversight.finding f where f.id = of_finding and f.state = 'incident' and f.staff_id <> access.staff_id()))) is not true then
    raise exception 'not to be begun so' using errcode = '42501';
  end if;
  insert into oversight.incident (known_on, kind, malicious, with_number, preliminary_due, final_due, finding_id, opened_by)
  values (known, of_kind, is_malicious, has_number, preliminary, final, of_finding, access.staff_id()) returning id into made;
  perform audit.write('event', 'incident.begun', null, null, jsonb_build_object('number', made::text, 'incident', made));
  return made;
end
$$;

-- Judges anew what it is: what was thought at first turns out otherwise, and the final report is due on another day.
create or replace function oversight.assess_incident(of_incident integer, of_kind text, is_malicious boolean, has_number boolean, final date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('incident.handle');
  update oversight.incident i set kind = of_kind, malicious = is_malicious, with_number = has_number, final_due = final
   where i.id = of_incident and i.state in ('found', 'investigating') and final between i.known_on and i.known_on + 80;
  if not found then raise exception 'not to be judged so' using errcode = '42501'; end if;
  perform audit.write('change', 'incident.assessed', null, null, jsonb_build_object('number', of_incident::text, 'malicious', is_malicious, 'withNumber', has_number));
end
$$;

-- The words of the report, sealed before; `missing`: how many headings are empty.
create or replace function oversight.write_report(of_incident integer, said uuid, missing integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('incident.handle');
  update oversight.incident i set report_id = said, missing_items = missing
   where i.id = of_incident and i.state <> 'closed' and missing between 0 and 8
     and vault.stated_by(said, 'incident:' || of_incident) = access.staff_id();
  if not found then raise exception 'not to be written so' using errcode = '42501'; end if;
  perform audit.write('change', 'incident.report-written', null, array['statement'], jsonb_build_object('number', of_incident::text));
end
$$;

-- Puts people on the list of those concerned, or takes one off whom nothing was told.
create or replace function oversight.list_people(of_incident integer, numbers text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare added text[];
begin
  perform access.require_right('incident.handle');
  if (cardinality(numbers) between 1 and 100000
      and exists (select from oversight.incident i where i.id = of_incident and i.state not in ('told', 'prevented', 'closed'))) is not true then
    raise exception 'not to be listed so' using errcode = '42501';
  end if;
  with put as (
    insert into oversight.incident_person (incident_id, person_number, added_by)
    select distinct of_incident, n, access.staff_id() from unnest(vault.registered(numbers)) n
    on conflict do nothing returning person_number)
  select array_agg(person_number) into added from put;
  if added is not null then
    perform audit.write('change', 'incident.person-listed', added, null, jsonb_build_object('number', of_incident::text));
  end if;
  return coalesce(cardinality(added), 0);
end
$$;

create or replace function oversight.unlist_person(of_incident integer, number text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('incident.handle');
  delete from oversight.incident_person p using oversight.incident i
   where p.incident_id = of_incident and p.person_number = number and p.told is null and i.id = of_incident and i.state in ('found', 'investigating', 'dismissed');
  if not found then raise exception 'not to be taken off' using errcode = '42501'; end if;
  perform audit.write('change', 'incident.person-unlisted', array[number], null, jsonb_build_object('number', of_incident::text));
end
$$;

-- That somebody was told, and how.
create or replace function oversight.tell_person(of_incident integer, number text, how text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('incident.handle');
  update oversight.incident_person p set told = how, told_on = on_day, told_by = access.staff_id()
    from oversight.incident i
   where p.incident_id = of_incident and p.person_number = number and p.told is null and i.id = of_incident
     and i.state in ('found', 'investigating', 'reported') and on_day between i.known_on and access.business_date();
  if not found then raise exception 'not to be told so' using errcode = '42501'; end if;
  perform audit.write('event', 'incident.person-told', array[number], null, jsonb_build_object('number', of_incident::text, 'how', how));
end
$$;

-- A step of an incident, as `workflows/oversight/incident-machine.ts` has them. False where somebody else was faster.
create or replace function oversight.move_incident(of_incident integer, seen_state text, how text, on_day date, said uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare i oversight.incident; who integer := access.staff_id(); goes_to text; last_by integer;
begin
  perform access.require_right('incident.handle');
  select x.* into i from oversight.incident x where x.id = of_incident for update;
  if i.state <> seen_state then return false; end if;
  select s.staff_id into last_by from oversight.incident_step s where s.incident_id = of_incident order by s.id desc limit 1;
  goes_to := case
    when how = 'preliminary' and i.state = 'found' and i.report_id is not null then 'investigating'
    when how = 'dismiss' and i.state = 'found' and i.report_id is not null then 'dismissed'
    when how = 'resume' and i.state = 'dismissed' then 'found'
    when how = 'investigate' and i.state = 'investigating' then 'investigating'
    when how = 'final' and i.state = 'investigating' and i.missing_items = 0 then 'reported'
    when how = 'told' and i.state = 'reported'
         and not exists (select from oversight.incident_person p where p.incident_id = of_incident and p.told is null) then 'told'
    when how = 'prevent' and i.state = 'told' then 'prevented'
    when how = 'close' and i.state in ('prevented', 'dismissed') and last_by <> who then 'closed' end;
  if (goes_to is not null and on_day between i.known_on and access.business_date()
      and vault.stated_by(said, 'incident:' || of_incident) = who) is not true then
    raise exception 'not to be done so' using errcode = '42501';
  end if;
  update oversight.incident set state = goes_to, state_since = now() where id = of_incident;
  insert into oversight.incident_step (incident_id, event, done_on, staff_id, statement_id) values (of_incident, how, on_day, who, said);
  perform audit.write('event', 'incident.' || how, null, null, jsonb_build_object('number', of_incident::text, 'incident', of_incident));
  return true;
end
$$;

revoke execute on function oversight.open_incident, oversight.assess_incident, oversight.write_report, oversight.list_people,
  oversight.unlist_person, oversight.tell_person, oversight.move_incident from public;
grant execute on function oversight.open_incident, oversight.assess_incident, oversight.write_report, oversight.list_people,
  oversight.unlist_person, oversight.tell_person, oversight.move_incident to madoguchi_app;
