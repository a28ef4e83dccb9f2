-- 特例・注意 of people in 予防接種: 長期療養特例, 要注意, 震災特例, 滞在先, 送付先, 妊娠, 障害, 特記事項. Written by these functions alone;
-- entries move along workflows/vaccination/special/machine.ts (flows.way).

grant usage on schema special to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['entry', 'entry_event'] loop
    execute format('alter table special.%I enable row level security', t);
    execute format('alter table special.%I force row level security', t);
    execute format('drop policy if exists owner_functions on special.%I', t);
    execute format('create policy owner_functions on special.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('revoke all on special.%I from madoguchi_app', t);
    execute format('grant select on special.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on special.%I', t);
  end loop;
end
$$;
-- By whoever reads the cases of the person; to whom a mailing goes and where, also by whoever gathers them. What opens a target (妊娠, 障害,
-- 長期療養) is told to these by a function alone, which records of whom.
create policy seen on special.entry for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
           where (s.program is null or s.program = 'vaccination') and (s.office is null or s.office = entry.office_code))
         or kind = 'mailing-address' and (select access.has_right('mailing.prepare', 'vaccination')));
create policy seen on special.entry_event for select to madoguchi_app using (exists (select from special.entry e where e.id = entry_event.entry_id));

-- What opens a target by itself: a pregnancy with the days on which the mother may be vaccinated, a disability of 60 to 64. As the
-- rules call it; seen by whoever sees the entry.
create or replace view special.eligibility with (security_invoker = true) as
select e.id as entry_id, e.person_number, k.kind, e.valid_from, e.valid_until, e.due_on
  from special.entry e
 cross join lateral (select 'pregnant'::text as kind where e.kind = 'pregnancy'
                     union all select 'disability-60-64' where e.kind = 'disability'
                     union all select 'hiv-60-64' where e.kind = 'disability' and e.reason = 'hiv') k
 where e.state = 'standing' and e.kind in ('pregnancy', 'disability');
-- 長期療養特例 that was decided, a vaccine a row.
create or replace view special.long_illness with (security_invoker = true) as
select e.id as entry_id, e.person_number, x.vaccine, e.hindrance_from, e.hindrance_to, x.until as valid_until
  from special.entry e cross join lateral unnest(e.vaccines, e.untils) x(vaccine, until)
 where e.state = 'standing' and e.kind = 'long-illness';
grant select on special.eligibility, special.long_illness to madoguchi_app;

-- Entries that stand of people, on a day or of all days: for whoever reads the cases of each, and for whoever prepares mailings as far as the
-- rules ask for it. Of whom these learn what is not theirs to see with a case is recorded, person by person.
create or replace function special.in_force(numbers text[], on_day date) returns setof special.entry
language plpgsql security definer set search_path = '' as $$
declare prepares boolean := access.has_right('mailing.prepare', 'vaccination'); reads jsonb; told text[];
begin
  select coalesce(jsonb_agg(jsonb_build_object('program', s.program, 'office', s.office)), '[]') into reads
    from access.scopes('case.read') s where s.program is null or s.program = 'vaccination';
  if prepares then
    select array_agg(distinct e.person_number) into told from special.entry e
     where e.person_number = any(numbers) and e.state = 'standing' and e.kind in ('long-illness', 'pregnancy', 'disability')
       and (on_day is null or on_day between e.valid_from and coalesce(e.valid_until, 'infinity'))
       and not exists (select from jsonb_to_recordset(reads) s(program text, office text) where s.office is null or s.office = e.office_code);
    if told is not null then perform audit.write('look', 'special.told-for-mailing', told, array['vaccination'], null); end if;
  end if;
  return query
    select e.* from special.entry e
     where e.person_number = any(numbers) and e.state = 'standing' and (on_day is null or on_day between e.valid_from and coalesce(e.valid_until, 'infinity'))
       and (exists (select from jsonb_to_recordset(reads) s(program text, office text) where s.office is null or s.office = e.office_code)
            or prepares and e.kind in ('long-illness', 'pregnancy', 'disability', 'mailing-address'))
     order by e.serial;
end
$$;
revoke execute on function special.in_force from public;
grant execute on function special.in_force to madoguchi_app;

-- Who of these has a 要注意 on a day, and no more of it: for whoever prepares or approves a mailing, prints papers of the person's office or
-- reads the cases there. Of whom it is told beyond the cases that are theirs to see is recorded, person by person.
create or replace function special.cautioned(numbers text[], on_day date) returns setof text
language plpgsql security definer set search_path = '' as $$
declare sends boolean := access.has_any_right(array['mailing.prepare', 'mailing.approve', 'system.run'], 'vaccination'); reads jsonb; prints jsonb; told text[];
begin
  select coalesce(jsonb_agg(jsonb_build_object('office', s.office)), '[]') into reads
    from access.scopes('case.read') s where s.program is null or s.program = 'vaccination';
  select coalesce(jsonb_agg(jsonb_build_object('office', s.office)), '[]') into prints
    from access.scopes('document.print') s where s.program is null or s.program = 'vaccination';
  select array_agg(distinct e.person_number) into told from special.entry e
   where e.person_number = any(numbers) and e.state = 'standing' and e.kind = 'caution' and on_day between e.valid_from and coalesce(e.valid_until, 'infinity')
     and (sends or exists (select from jsonb_to_recordset(prints) s(office text) where s.office is null or s.office = e.office_code))
     and not exists (select from jsonb_to_recordset(reads) s(office text) where s.office is null or s.office = e.office_code);
  if told is not null then perform audit.write('look', 'special.told-for-mailing', told, array['vaccination'], null); end if;
  return query
    select distinct e.person_number from special.entry e
     where e.person_number = any(numbers) and e.state = 'standing' and e.kind = 'caution' and on_day between e.valid_from and coalesce(e.valid_until, 'infinity')
       and (e.person_number = any(told)
            or exists (select from jsonb_to_recordset(reads) s(office text) where s.office is null or s.office = e.office_code));
end
$$;
revoke execute on function special.cautioned from public;
grant execute on function special.cautioned to madoguchi_app;

create or replace function special.keep_event(e special.entry, what text, from_state text, why text) returns void
language plpgsql set search_path = '' as $$
begin
  insert into special.entry_event (entry_id, revision, event, from_state, to_state, why, reason, evidence, evidence_on, valid_from, valid_until, vaccines, due_on, words_id,
    staff_id, staff_name, at, "on")
  select e.id, e.revision, what, from_state, e.state, why, e.reason, e.evidence, e.evidence_on, e.valid_from, e.valid_until, e.vaccines, e.due_on, e.words_id,
    s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id());
end
$$;

-- Enters something of a person, or changes what is entered (`seen`: the revision that was looked at). What a second person decides waits
-- for them, also after a change.
create or replace function special.enter(new_id uuid, seen integer, number text, of_kind text, of_reason text, of_evidence text, seen_on date, from_day date, to_day date,
  hindered_from date, hindered_to date, of_vaccines text[], of_untils date[], due date, said uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare l record; e special.entry; was special.entry; what text; target text := case when of_kind = 'long-illness' then 'awaiting' else 'standing' end;
        sealed_as text := case when of_kind in ('stay', 'mailing-address') then 'special-address' else 'special-words' end;
begin
  select * into l from vault.lives_of(array[number]);
  if l.office_code is null or not access.has_any_right(array['case.enter'], 'vaccination', l.office_code) then raise exception 'no right to enter this' using errcode = '42501'; end if;
  if seen is not null then
    select x.* into was from special.entry x where x.id = new_id and x.person_number = number for update;
    if not found then raise exception 'no such entry' using errcode = '42501'; end if;
    if was.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
    if was.kind is distinct from of_kind then raise exception 'another kind' using errcode = '22023'; end if;
    what := case when of_kind = 'long-illness' then 'amend' else 'correct' end;
    perform flows.take('vaccination-special', 1, was.state, what, target, 'vaccination', false);
  end if;
  if (seen_on <= access.business_date() and from_day >= l.born_from and length(of_reason) between 1 and 20 and length(of_evidence) between 1 and 30
      and case of_kind
            when 'long-illness' then of_evidence = 'doctor' and hindered_from between l.born_from and hindered_to and hindered_to <= access.business_date() and from_day = hindered_to
              and cardinality(of_vaccines) between 1 and 30 and cardinality(of_vaccines) = cardinality(of_untils)
              and cardinality(of_vaccines) = (select count(distinct v) from unnest(of_vaccines) v)
              and not exists (select from unnest(of_untils) u where (u >= hindered_to and u < hindered_to + interval '2 years') is not true)
              and to_day = (select max(u) from unnest(of_untils) u)
            when 'pregnancy' then of_evidence in ('mother-child', 'doctor') and from_day = due - 84 and to_day = due - 22
              and due between seen_on - 60 and seen_on + 300
            when 'disability' then of_evidence in ('handbook', 'doctor') and of_reason in ('heart', 'kidney', 'respiratory', 'hiv')
            else true end
      and (of_kind = 'long-illness' or hindered_from is null and hindered_to is null and cardinality(of_vaccines) = 0 and cardinality(of_untils) = 0)
      and (of_kind = 'pregnancy') = (due is not null)
      and (of_kind not in ('stay', 'mailing-address', 'caution', 'memo') or said is not null)
      and (said is null or said = was.words_id
           or exists (select from vault.sealed_of(said) d where d.holder = number and d.program = 'vaccination' and d.kind = sealed_as and d.entered_by = access.staff_id()))) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  if seen is null then
    insert into special.entry (id, person_number, office_code, kind, reason, evidence, evidence_on, valid_from, valid_until, hindrance_from, hindrance_to, vaccines, untils, due_on, words_id,
      state, entered_by, entered_at)
    values (new_id, number, l.office_code, of_kind, of_reason, of_evidence, seen_on, from_day, to_day, hindered_from, hindered_to, of_vaccines, of_untils, due, said,
      target, access.staff_id(), cases.moment()) returning * into e;
  else
    update special.entry x set reason = of_reason, evidence = of_evidence, evidence_on = seen_on, valid_from = from_day, valid_until = to_day, hindrance_from = hindered_from,
           hindrance_to = hindered_to, vaccines = of_vaccines, untils = of_untils, due_on = due, words_id = said, state = target, revision = x.revision + 1,
           entered_by = access.staff_id(), decided_by = null, decided_at = null
     where x.id = new_id returning * into e;
  end if;
  perform special.keep_event(e, coalesce(what, 'enter'), coalesce(was.state, ''), null);
  perform audit.write('change', 'special.' || coalesce(what, 'enter'), array[number], array['vaccination'], jsonb_build_object('number', e.serial::text, 'kind', of_kind));
end
$$;

-- A step of an entry: decided or returned by another person than entered it, ended on a day, taken off.
create or replace function special.move(of_id uuid, seen integer, event_type text, target text, of_why text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare e special.entry; w flows.way; one text; came text;
begin
  select x.* into e from special.entry x where x.id = of_id for update;
  if not found then raise exception 'no such entry' using errcode = '42501'; end if;
  w := flows.take('vaccination-special', 1, e.state, event_type, target, 'vaccination', of_why is not null);
  if not exists (select from unnest(w.rights) t where access.has_right(t, 'vaccination', e.office_code)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if e.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if event_type in ('correct', 'amend') then raise exception 'no such step' using errcode = 'MD011'; end if;
  foreach one in array w.checks loop
    if (case one when 'notEnterer' then e.entered_by <> access.staff_id() when 'byTwo' then e.kind = 'long-illness' when 'byOne' then e.kind <> 'long-illness' else false end) is not true then
      raise exception 'no such step' using errcode = 'MD011';
    end if;
  end loop;
  if of_why is not null and of_why not in ('over', 'moved', 'told', 'mistaken', 'evidence', 'other') then raise exception 'no such reason' using errcode = '22023'; end if;
  if event_type = 'end' and (on_day between e.valid_from and coalesce(e.valid_until, on_day)) is not true then raise exception 'not on that day' using errcode = '22023'; end if;
  came := e.state;
  -- 長期療養特例 that ends earlier ends for each of its vaccines.
  update special.entry x set state = target, revision = x.revision + 1,
         decided_by = case when event_type = 'approve' then access.staff_id() else x.decided_by end,
         decided_at = case when event_type = 'approve' then cases.moment() else x.decided_at end,
         valid_until = case when event_type = 'end' then on_day else x.valid_until end,
         untils = case when event_type = 'end' then (select coalesce(array_agg(least(u, on_day) order by n), '{}') from unnest(x.untils) with ordinality y(u, n)) else x.untils end
   where x.id = of_id returning * into e;
  perform special.keep_event(e, event_type, came, of_why);
  perform audit.write('change', 'special.' || event_type, array[e.person_number], array['vaccination'], jsonb_build_object('number', e.serial::text, 'kind', e.kind));
end
$$;

-- For how long what is here is kept (35-keeping.sql): until it ended, or from the day on which it was seen.
create or replace view keeping.use_of_special as
select e.person_number, 'vaccination'::text as program, greatest(e.evidence_on, e.valid_from, least(e.valid_until, access.business_date())) as last_on,
       e.state in ('awaiting', 'returned') or e.state = 'standing' and coalesce(e.valid_until, 'infinity') >= access.business_date() as open
  from special.entry e;

-- What is held of the person of a 開示請求 (83-subject-requests.sql): codes and days; what is sealed by its id. One look is recorded.
create or replace function special.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'vaccination') <> 'vaccination' then return '[]'::jsonb; end if;
  perform audit.write('look', 'special.held', whose, null, jsonb_build_object('number', of_request::text));
  return (select coalesce(jsonb_agg(jsonb_build_object('number', e.serial, 'kind', e.kind, 'reason', e.reason, 'evidence', e.evidence, 'evidenceOn', e.evidence_on, 'from', e.valid_from,
            'until', e.valid_until, 'vaccines', to_jsonb(e.vaccines), 'untils', to_jsonb(e.untils), 'dueOn', e.due_on, 'state', e.state) order by e.serial), '[]')
            from special.entry e where e.person_number = any(whose));
end
$$;

revoke execute on function special.keep_event, special.enter, special.move, special.held_of from public;
grant execute on function special.enter, special.move, special.held_of to madoguchi_app;
