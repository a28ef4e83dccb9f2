-- 間違い接種 and 副反応疑い報告. Written by these functions alone; incidents and yearly reports move along
-- workflows/vaccination/mistakes (flows.way).

grant usage on schema mistakes to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['incident', 'incident_event', 'told', 'adverse_report', 'year_report'] loop
    call cases.secure(('mistakes.' || quote_ident(t))::regclass);
    execute format('revoke all on mistakes.%I from madoguchi_app', t);
    execute format('grant select on mistakes.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on mistakes.%I', t);
  end loop;
  foreach t in array array['incident', 'adverse_report'] loop
    execute format('create policy seen on mistakes.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''case.read'') s
              where (s.program is null or s.program = ''vaccination'') and (s.office is null or s.office = %1$I.office_code)))', t);
  end loop;
  foreach t in array array['incident_event', 'told'] loop
    execute format('create policy seen on mistakes.%1$I for select to madoguchi_app using (exists (select from mistakes.incident i where i.id = %1$I.incident_id))', t);
  end loop;
end
$$;
create policy seen on mistakes.year_report for select to madoguchi_app using ((select access.has_right('case.read', 'vaccination')));

create or replace function mistakes.keep_event(i mistakes.incident, what text, from_state text, why text) returns void
language sql set search_path = '' as $$
  insert into mistakes.incident_event (incident_id, revision, event, from_state, to_state, reason, staff_id, staff_name, at, "on")
  select i.id, i.revision, what, from_state, i.state, why, s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id())
$$;

-- Incidents of slips that were recorded although the checks found something wrong; called where they are taken.
create or replace function mistakes.open_from_slips(slips uuid[], categories integer[], reports text[]) returns void
language plpgsql set search_path = '' as $$
declare i mistakes.incident;
begin
  for i in
    insert into mistakes.incident (id, person_number, office_code, shot_id, slip_id, found_by, known_on, vaccine, dose, given_on, clinic_code, clinic_name, problems, category, report, opened_by, opened_at)
    select gen_random_uuid(), s.person_number, s.office_code, s.shot_id, s.id, 'entry', access.business_date(), s.vaccine, s.dose, s.given_on, s.clinic_code, s.clinic_name, s.doubts,
           x.c, x.r, access.staff_id(), cases.moment()
      from unnest(slips, categories, reports) x(id, c, r) join vaccination.slip s on s.id = x.id
    on conflict do nothing returning * loop
    perform mistakes.keep_event(i, 'open', '', null);
  end loop;
end
$$;

-- An incident that the clinic, the person or somebody else told of.
create or replace function mistakes.open_incident(new_id uuid, number text, of_shot uuid, who_found text, known date, of_vaccine text, of_dose integer, given date,
  of_clinic text, of_clinic_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare i mistakes.incident; l record;
begin
  select * into l from vault.lives_of(array[number]);
  if l.office_code is null or not access.has_any_right(array['case.enter'], 'vaccination', l.office_code) then raise exception 'no right to begin this' using errcode = '42501'; end if;
  if (given between l.born_from and known and known <= access.business_date() and who_found in ('clinic', 'person', 'other') and length(of_vaccine) between 1 and 20
      and (of_shot is null or exists (select from vaccination.shot s where s.id = of_shot and s.person_number = number and s.given_on = given and s.vaccine = of_vaccine))) is not true then
    raise exception 'not to be begun so' using errcode = '22023';
  end if;
  insert into mistakes.incident (id, person_number, office_code, shot_id, found_by, known_on, vaccine, dose, given_on, clinic_code, clinic_name, opened_by, opened_at)
  values (new_id, number, l.office_code, of_shot, who_found, known, of_vaccine, of_dose, given, of_clinic, of_clinic_name, access.staff_id(), cases.moment()) returning * into i;
  perform mistakes.keep_event(i, 'open', '', null);
  perform audit.write('change', 'mistake.opened', array[number], array['vaccination'], jsonb_build_object('number', i.serial::text));
end
$$;

-- The incident, locked, for whoever may move it.
create or replace function mistakes.held(of_id uuid, seen integer, wanted text[]) returns mistakes.incident
language plpgsql set search_path = '' as $$
declare i mistakes.incident;
begin
  select x.* into i from mistakes.incident x where x.id = of_id for update;
  if not found or not access.has_any_right(wanted, 'vaccination', i.office_code) then raise exception 'no such incident' using errcode = '42501'; end if;
  if i.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return i;
end
$$;

-- Whether what is to be linked is a case of this person, under whichever of their numbers, of one of these kinds.
create or replace function mistakes.may_link(of_person text, of_case uuid, kinds text[]) returns boolean
language sql stable set search_path = '' as $$
  select of_case is null or exists (select from cases.case c where c.id = of_case and c.kind = any(kinds) and c.person_number = any(people.numbers_of(of_person)))
$$;

-- Judged: what kind it is, how it is reported, what became of the person, what was done, whether it is paid, what it is linked to.
create or replace function mistakes.judge(of_id uuid, seen integer, of_category integer, how text, of_harm text, said uuid, pays text, pays_why text, of_claim uuid, of_relief uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare i mistakes.incident := mistakes.held(of_id, seen, array['case.enter']);
begin
  perform flows.take('vaccination-mistake', 1, i.state, 'judge', i.state, 'vaccination', false);
  if said is not null and said is distinct from i.measures_id
     and not exists (select from vault.sealed_of(said) d where d.holder = i.person_number and d.program = 'vaccination' and d.kind = 'mistake-words' and d.entered_by = access.staff_id()) then
    raise exception 'not to be judged so' using errcode = '22023';
  end if;
  if (of_claim is not distinct from i.claim_id or mistakes.may_link(i.person_number, of_claim, array['vaccination/refund'])) is not true
     or (of_relief is not distinct from i.relief_case_id or mistakes.may_link(i.person_number, of_relief, array['vaccination/relief'])) is not true then
    raise exception 'linked to somebody else' using errcode = '22023';
  end if;
  -- What was reported stays as it was reported.
  if i.reported_on is not null and (of_category is distinct from i.category or how is distinct from i.report) then raise exception 'reported so' using errcode = 'MD011'; end if;
  update mistakes.incident x set category = of_category, report = how, harm = of_harm, measures_id = coalesce(said, x.measures_id), payable = pays, payable_reason = pays_why,
         claim_id = of_claim, relief_case_id = of_relief, judged_by = access.staff_id(), revision = x.revision + 1 where x.id = i.id returning * into i;
  perform mistakes.keep_event(i, 'judge', i.state, null);
  perform audit.write('change', 'mistake.judge', array[i.person_number], array['vaccination'], jsonb_build_object('number', i.serial::text));
end
$$;

-- Who was told, when and how.
create or replace function mistakes.tell(of_id uuid, seen integer, whom text, how text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare i mistakes.incident := mistakes.held(of_id, seen, array['case.enter']);
begin
  perform flows.take('vaccination-mistake', 1, i.state, 'tell', i.state, 'vaccination', false);
  if (on_day between i.given_on and access.business_date()) is not true then raise exception 'not on that day' using errcode = '22023'; end if;
  insert into mistakes.told (incident_id, party, way, told_on, told_by, told_at) values (i.id, whom, how, on_day, access.staff_id(), cases.moment());
  update mistakes.incident x set revision = x.revision + 1 where x.id = i.id returning * into i;
  perform mistakes.keep_event(i, 'tell', i.state, whom);
  perform audit.write('change', 'mistake.tell', array[i.person_number], array['vaccination'], jsonb_build_object('number', i.serial::text, 'party', whom));
end
$$;

-- Whether each check of a way holds: see workflows/vaccination/mistakes/machine.ts.
create or replace function mistakes.holds(i mistakes.incident, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; who integer := access.staff_id();
begin
  foreach one in array checks loop
    ok := case one
      when 'judged' then i.category is not null and i.report is not null and i.harm is not null
      when 'measured' then i.measures_id is not null
      when 'personTold' then exists (select from mistakes.told t where t.incident_id = i.id and t.party = 'person')
      when 'clinicTold' then i.found_by = 'clinic' or exists (select from mistakes.told t where t.incident_id = i.id and t.party = 'clinic')
      when 'prefectureTold' then i.report <> 'at-once' or exists (select from mistakes.told t where t.incident_id = i.id and t.party = 'prefecture')
      when 'payDecided' then i.payable <> 'undecided'
      when 'atOnce' then i.report = 'at-once'
      when 'notAsker' then i.asked_by <> who and i.judged_by is distinct from who
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

create or replace function mistakes.move(of_id uuid, seen integer, event_type text, target text, why text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare i mistakes.incident := mistakes.held(of_id, seen, array['case.enter', 'case.approve']); w flows.way; came text;
begin
  w := flows.take('vaccination-mistake', 1, i.state, event_type, target, 'vaccination', why is not null);
  if not exists (select from unnest(w.rights) t where access.has_right(t, 'vaccination', i.office_code)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if event_type in ('judge', 'tell') or mistakes.holds(i, w.checks) is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  if why is not null and why not in ('facts', 'category', 'measures', 'not-a-mistake', 'entered-twice', 'new-facts', 'other') then raise exception 'no such reason' using errcode = '22023'; end if;
  if event_type = 'send' and (on_day between i.known_on and access.business_date()) is not true then raise exception 'not on that day' using errcode = '22023'; end if;
  came := i.state;
  update mistakes.incident x set state = target, revision = x.revision + 1,
         asked_by = case when event_type in ('askReport', 'askClose', 'askDismissal') then access.staff_id() end,
         reported_on = case when event_type = 'send' then on_day else x.reported_on end
   where x.id = i.id returning * into i;
  perform mistakes.keep_event(i, event_type, came, why);
  perform audit.write('change', 'mistake.' || event_type, array[i.person_number], array['vaccination'], jsonb_build_object('number', i.serial::text));
end
$$;

-- The fiscal year whose report an incident belongs to: that of the shot, or where its report was due already as it became known
-- (30 April after), that of the day on which it became known. workflows/vaccination/mistakes/report.ts says the same.
create or replace function mistakes.year_of(given date, known date) returns integer
language sql immutable set search_path = '' as $$
  select case when known <= make_date(extract(year from given - interval '3 months')::integer + 1, 4, 30)
              then extract(year from given - interval '3 months')::integer else extract(year from known - interval '3 months')::integer end
$$;

-- Prepares the yearly report of a fiscal year that is over: what waits to be reported with it.
create or replace function mistakes.prepare_year(of_year integer) returns void
language plpgsql security definer set search_path = '' as $$
declare many integer;
begin
  if not access.covers('case.enter', 'vaccination', null) then raise exception 'no right to prepare it' using errcode = '42501'; end if;
  if (access.business_date() > make_date(of_year + 1, 3, 31)) is not true then raise exception 'the year is not over' using errcode = '22023'; end if;
  insert into mistakes.year_report (fiscal_year, state, prepared_by, prepared_at) values (of_year, 'prepared', access.staff_id(), cases.moment());
  update mistakes.incident i set report_year = of_year where i.state = 'to-report' and i.report = 'yearly' and i.report_year is null and mistakes.year_of(i.given_on, i.known_on) = of_year;
  get diagnostics many = row_count;
  update mistakes.year_report y set incidents = many where y.fiscal_year = of_year;
  perform audit.write('change', 'mistake-year.prepared', null, null, jsonb_build_object('year', of_year, 'count', many));
end
$$;

-- A step of the yearly report: taken in again, approved by another person, sent on a day; then its incidents are reported.
create or replace function mistakes.move_year(of_year integer, seen integer, event_type text, target text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare y mistakes.year_report; w flows.way; many integer; i mistakes.incident; one text;
begin
  select x.* into y from mistakes.year_report x where x.fiscal_year = of_year for update;
  if not found then raise exception 'no such report' using errcode = '42501'; end if;
  w := flows.take('vaccination-mistake-year', 1, y.state, event_type, target, 'vaccination', false);
  if not exists (select from unnest(w.rights) t where access.covers(t, 'vaccination', null)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if y.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  foreach one in array w.checks loop
    if (case one when 'notPreparer' then y.prepared_by <> access.staff_id() else false end) is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  if event_type = 'refresh' then
    update mistakes.incident x set report_year = of_year where x.state = 'to-report' and x.report = 'yearly' and x.report_year is null and mistakes.year_of(x.given_on, x.known_on) = of_year;
    update mistakes.incident x set report_year = null where x.report_year = of_year and (x.state <> 'to-report' or x.report <> 'yearly');
  end if;
  if event_type = 'approve' and exists (select from mistakes.incident x where x.report_year = of_year and (x.state <> 'to-report' or x.report <> 'yearly')) then
    raise exception 'what is in it has changed' using errcode = 'MD014';
  end if;
  if event_type = 'send' then
    if (on_day between y.approved_at::date and access.business_date()) is not true then raise exception 'not on that day' using errcode = '22023'; end if;
    for i in update mistakes.incident x set state = 'reported', reported_on = on_day, revision = x.revision + 1 where x.report_year = of_year and x.state = 'to-report' returning * loop
      perform mistakes.keep_event(i, 'sendWithYear', 'to-report', null);
    end loop;
  end if;
  select count(*) into many from mistakes.incident x where x.report_year = of_year;
  update mistakes.year_report x set state = target, revision = x.revision + 1, incidents = many,
         prepared_by = case when event_type = 'refresh' then access.staff_id() else x.prepared_by end,
         approved_by = case event_type when 'approve' then access.staff_id() when 'return' then null else x.approved_by end,
         approved_at = case event_type when 'approve' then cases.moment() when 'return' then null else x.approved_at end,
         sent_on = case when event_type = 'send' then on_day else x.sent_on end where x.fiscal_year = of_year;
  perform audit.write('change', 'mistake-year.' || event_type, null, null, jsonb_build_object('year', of_year, 'count', many));
end
$$;

-- 副反応疑い報告, as its copy came from the prefecture; `new_id` of one that is there corrects it.
create or replace function mistakes.enter_adverse(new_id uuid, seen integer, of_number text, received date, number text, of_shot uuid, of_vaccine text, of_dose integer, of_lot text,
  given date, began date, said uuid, of_incident uuid, of_relief uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare l record; a mistakes.adverse_report; done integer;
begin
  select * into l from vault.lives_of(array[number]);
  if l.office_code is null or not access.has_any_right(array['case.enter'], 'vaccination', l.office_code) then raise exception 'no right to enter this' using errcode = '42501'; end if;
  if (given >= l.born_from and received <= access.business_date()
      and (of_shot is null or exists (select from vaccination.shot s where s.id = of_shot and s.person_number = number))
      and (of_incident is null or exists (select from mistakes.incident i where i.id = of_incident and i.person_number = number))
      and (mistakes.may_link(number, of_relief, array['vaccination/relief'])
        or exists (select from mistakes.adverse_report x where x.id = new_id and x.person_number = enter_adverse.number and x.relief_case_id = of_relief))
      and (exists (select from vault.sealed_of(said) d where d.holder = number and d.program = 'vaccination' and d.kind = 'mistake-words' and d.entered_by = access.staff_id())
           or exists (select from mistakes.adverse_report x where x.id = new_id and x.symptom_id = said))) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  if seen is null then
    insert into mistakes.adverse_report (id, number, received_on, person_number, office_code, vaccine, dose, lot, given_on, symptom_on, symptom_id, shot_id, incident_id, relief_case_id, entered_by, entered_at)
    values (new_id, of_number, received, number, l.office_code, of_vaccine, of_dose, of_lot, given, began, said, of_shot, of_incident, of_relief, access.staff_id(), cases.moment()) returning * into a;
  else
    update mistakes.adverse_report x set number = of_number, received_on = received, vaccine = of_vaccine, dose = of_dose, lot = of_lot, given_on = given, symptom_on = began,
           symptom_id = said, shot_id = of_shot, incident_id = of_incident, relief_case_id = of_relief, revision = x.revision + 1, changed_by = access.staff_id(), changed_at = cases.moment()
     where x.id = new_id and x.person_number = number and x.revision = seen and x.state = 'entered' returning * into a;
    if not found then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  end if;
  perform audit.write('change', case when seen is null then 'adverse-report.entered' else 'adverse-report.corrected' end, array[number], array['vaccination'], jsonb_build_object('number', a.serial::text));
end
$$;
create or replace function mistakes.withdraw_adverse(of_id uuid, seen integer, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare a mistakes.adverse_report;
begin
  select x.* into a from mistakes.adverse_report x where x.id = of_id for update;
  if not found or not access.has_any_right(array['case.approve'], 'vaccination', a.office_code) then raise exception 'no such report' using errcode = '42501'; end if;
  if a.revision is distinct from seen or a.state <> 'entered' then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  -- Whoever entered it does not take it off by themself.
  if coalesce(a.changed_by, a.entered_by) = access.staff_id() then raise exception 'no such step' using errcode = 'MD011'; end if;
  update mistakes.adverse_report x set state = 'withdrawn', withdraw_reason = why, revision = x.revision + 1, changed_by = access.staff_id(), changed_at = cases.moment() where x.id = of_id;
  perform audit.write('change', 'adverse-report.withdrawn', array[a.person_number], array['vaccination'], jsonb_build_object('number', a.serial::text));
end
$$;

-- For how long what is here is kept (35-keeping.sql).
create or replace view keeping.use_of_mistakes as
select i.person_number, 'vaccination'::text as program, i.known_on as last_on, i.state not in ('closed', 'dismissed') as open from mistakes.incident i
union all
select a.person_number, 'vaccination', a.received_on, false from mistakes.adverse_report a
union all
select s.person_number, 'vaccination', s.given_on, s.state in ('unmatched', 'doubtful') from vaccination.slip s where s.person_number is not null;

revoke execute on function mistakes.keep_event, mistakes.open_from_slips, mistakes.open_incident, mistakes.held, mistakes.may_link, mistakes.judge, mistakes.tell, mistakes.holds, mistakes.move,
  mistakes.year_of, mistakes.prepare_year, mistakes.move_year, mistakes.enter_adverse, mistakes.withdraw_adverse from public;
grant execute on function mistakes.open_incident, mistakes.judge, mistakes.tell, mistakes.move, mistakes.year_of, mistakes.prepare_year, mistakes.move_year,
  mistakes.enter_adverse, mistakes.withdraw_adverse to madoguchi_app;
