-- The nightly analysis of the log (USE-7) and what becomes of what it finds. Written by these functions alone.

grant usage on schema oversight to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['limit', 'own_number', 'analysed_day', 'finding', 'finding_record', 'finding_step'] loop
    call cases.secure(('oversight.' || quote_ident(t))::regclass);
    execute format('revoke all on oversight.%I from madoguchi_app', t);
  end loop;
end
$$;

grant select on oversight."limit", oversight.own_number, oversight.analysed_day, oversight.finding, oversight.finding_step to madoguchi_app;
drop policy if exists seen on oversight."limit";
create policy seen on oversight."limit" for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists seen on oversight.own_number;
create policy seen on oversight.own_number for select to madoguchi_app using ((select access.has_right('finding.settle')));
drop policy if exists seen on oversight.analysed_day;
create policy seen on oversight.analysed_day for select to madoguchi_app using ((select access.has_right('finding.settle')));
-- Nobody sees a finding about themselves, unless they are asked to explain it.
drop policy if exists seen on oversight.finding;
create policy seen on oversight.finding for select to madoguchi_app
  using (((select access.has_right('finding.settle')) and staff_id <> (select access.staff_id())) or asked_of = (select access.staff_id()));
drop policy if exists with_its_finding on oversight.finding_step;
create policy with_its_finding on oversight.finding_step for select to madoguchi_app
  using (((select access.has_right('finding.settle')) and exists (select from oversight.finding f where f.id = finding_id))
         or asked_of = (select access.staff_id()) or staff_id = (select access.staff_id()));

create or replace function oversight.limit_on(of_name text, on_day date) returns integer
language plpgsql stable security definer set search_path = '' as $$
declare found_value integer;
begin
  select l.value into found_value from oversight."limit" l where l.name = of_name and l.valid_from <= on_day order by l.valid_from desc limit 1;
  if found_value is null then raise exception 'no limit % on that day', of_name using errcode = '22023'; end if;
  return found_value;
end
$$;

-- Days that are over and were not gone through, the oldest first; of a log that was never analysed the last month.
create or replace function oversight.days_due() returns setof date
language plpgsql stable security definer set search_path = '' as $$
declare yesterday date := (now() at time zone 'Asia/Tokyo')::date - 1; after_day date; first_day date;
begin
  perform access.require_right('system.run');
  select max(d.day) into after_day from oversight.analysed_day d;
  if after_day is null then
    select (min(r.at) at time zone 'Asia/Tokyo')::date into first_day from audit.record r;
    after_day := greatest(coalesce(first_day, yesterday), yesterday - 30) - 1;
  end if;
  return query select d::date from generate_series(after_day + 1, yesterday, interval '1 day') d;
end
$$;

-- Looks of people at people on a day, without those of runs and jobs. `listed`: the page showed more people than one looks at.
create or replace function oversight.looks_of(of_day date)
returns table (id bigint, at timestamptz, staff_id integer, person_number text, case_id uuid, listed boolean)
language sql stable security definer set search_path = '' rows 30000 as $$
  with looks as materialized (
    select r.id, r.at, r.staff_id, r.person_number, r.case_id from audit.record r
     where r.at >= of_day::timestamp at time zone 'Asia/Tokyo' and r.at < (of_day + 1)::timestamp at time zone 'Asia/Tokyo'
       and r.kind = 'look' and r.person_number is not null and coalesce(r.purpose, '') not in ('mailing', 'feed', 'scheduled')
       and r.staff_id in (select s.id from access.staff s where s.kind <> 'system')),
  pages as (select l.staff_id, l.at, count(distinct l.person_number) > (select oversight.limit_on('list-people', of_day)) as listed
              from looks l group by l.staff_id, l.at)
  select l.id, l.at, l.staff_id, l.person_number, l.case_id, p.listed from looks l join pages p using (staff_id, at)
$$;

-- Whom somebody looked at on a day whose name begins with their own surname, by its keyed token: to be compared by the program.
create or replace function oversight.surname_candidates(of_day date, of_staff integer[], tokens bigint[])
returns table (staff_id integer, person_number text)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform access.require_right('system.run');
  return query
  with seen as materialized (
    select distinct l.staff_id, l.person_number, t.token
      from oversight.looks_of(of_day) l join unnest(of_staff, tokens) t(staff_id, token) on t.staff_id = l.staff_id
     where not l.listed)
  select distinct s.staff_id, s.person_number from seen s
    join vault.named((select array_agg(x.person_number) from seen x), (select array_agg(x.token) from seen x)) n
      on n.person_number = s.person_number and n.token = s.token;
end
$$;

-- Goes through the looks of a day that is over, once. `surname_*`: pairs that were compared and are of one surname.
-- Returns how many findings there are. The planner knows nothing of how many rows a part of the statement has, and would go
-- through all pairs of looks.
create or replace function oversight.analyse(of_day date, is_day_off boolean, surname_staff integer[], surname_people text[])
returns integer language plpgsql security definer set search_path = '' set enable_nestloop = off as $$
declare bulk integer := oversight.limit_on('bulk-people', of_day); uncased integer := oversight.limit_on('without-case-people', of_day);
  night_from integer := oversight.limit_on('night-from', of_day); night_to integer := oversight.limit_on('night-to', of_day);
  near integer := oversight.limit_on('case-days', of_day); all_looks integer; all_findings integer;
begin
  perform access.require_right('system.run');
  perform pg_advisory_xact_lock(hashtext('oversight.analyse'));
  if of_day >= (now() at time zone 'Asia/Tokyo')::date or exists (select from oversight.analysed_day d where d.day = of_day) then
    raise exception 'not a day to be gone through' using errcode = '42501';
  end if;
  with looks as materialized (select * from oversight.looks_of(of_day)),
  pairs as materialized (
    select distinct l.staff_id, l.person_number, o.person_number as own
      from looks l join oversight.own_number o on o.staff_id = l.staff_id),
  together as materialized (
    select p.staff_id, p.person_number from pairs p
      join vault.living_together((select array_agg(x.own) from pairs x), (select array_agg(x.person_number) from pairs x)) v
        on v.one = p.own and v.other = p.person_number),
  apart as materialized (select l.id, l.staff_id, l.person_number from looks l where l.case_id is null and not l.listed),
  cased as materialized (
    select distinct m.person_number from cases.member m join cases."case" c on c.id = m.case_id
     where m.person_number in (select a.person_number from apart a) and c.received_on <= of_day + near
       and (c.state_since >= (of_day - near)::timestamp at time zone 'Asia/Tokyo'
            or exists (select from cases.machine_state s where s.kind = c.kind and s.version = c.machine_version and s.state = c.state and s.open))),
  uncased_looks as materialized (select a.* from apart a where not exists (select from cased c where c.person_number = a.person_number)),
  guarded as materialized (
    select v.person_number from vault.protected_among((select array_agg(distinct u.person_number) from uncased_looks u), of_day) v),
  found (kind, staff_id, person_number, record_id) as (
    select 'bulk', l.staff_id, null, l.id from looks l
     where l.staff_id in (select x.staff_id from looks x group by x.staff_id having count(distinct x.person_number) >= bulk)
    union all
    select 'night', l.staff_id, null, l.id from looks l
     where is_day_off or extract(hour from l.at at time zone 'Asia/Tokyo') >= night_from or extract(hour from l.at at time zone 'Asia/Tokyo') < night_to
    union all
    select 'own-household', l.staff_id, l.person_number, l.id from looks l join together t using (staff_id, person_number)
    union all
    select 'same-surname', l.staff_id, l.person_number, l.id from looks l
      join (select distinct * from unnest(surname_staff, surname_people) x(staff_id, person_number)) x using (staff_id, person_number)
     where not l.listed and not exists (select from together t where t.staff_id = l.staff_id and t.person_number = l.person_number)
    union all
    select 'colleague', l.staff_id, l.person_number, l.id from looks l
     where not l.listed and exists (select from oversight.own_number o where o.person_number = l.person_number and o.staff_id <> l.staff_id)
    union all
    select 'without-case', u.staff_id, null, u.id from uncased_looks u
     where u.staff_id in (select x.staff_id from uncased_looks x group by x.staff_id having count(distinct x.person_number) >= uncased)
    union all
    select 'protected', u.staff_id, u.person_number, u.id from uncased_looks u where u.person_number in (select g.person_number from guarded g)),
  made as (
    insert into oversight.finding (kind, day, staff_id, person_number, records, people)
    select f.kind, of_day, f.staff_id, f.person_number, count(*), count(distinct l.person_number)
      from found f join looks l on l.id = f.record_id group by f.kind, f.staff_id, f.person_number
    returning id, kind, staff_id, person_number),
  kept as (
    insert into oversight.finding_record (kind, record_id, finding_id)
    select f.kind, f.record_id, m.id from found f join made m
        on m.kind = f.kind and m.staff_id = f.staff_id and m.person_number is not distinct from f.person_number)
  select (select count(*) from looks), (select count(*) from made) into all_looks, all_findings;
  insert into oversight.analysed_day (day, day_off, looks, findings) values (of_day, is_day_off, all_looks, all_findings);
  perform audit.write('verify', 'log.analysed', null, null, jsonb_build_object('day', of_day, 'looks', all_looks, 'findings', all_findings));
  return all_findings;
end
$$;

-- The records of a finding, for whoever settles it and whoever is asked to explain it.
create or replace function oversight.records_of(of_finding integer, at_most integer, skipped integer)
returns table (id bigint, at timestamptz, action text, items text[], purpose text, program text, case_id uuid, person_number text, address text)
language plpgsql stable security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if not exists (select from oversight.finding f where f.id = of_finding
                    and ((access.has_right('finding.settle') and f.staff_id <> who) or (f.state = 'asked' and f.asked_of = who))) then
    raise exception 'not to be read' using errcode = '42501';
  end if;
  return query select r.id, r.at, r.action, r.items, r.purpose, r.program, r.case_id, r.person_number, host(r.address)
    from oversight.finding_record x join audit.record r on r.id = x.record_id
   where x.finding_id = of_finding order by x.record_id limit at_most offset skipped;
end
$$;

-- Whether this person may say something of it now …
create or replace function oversight.takes_statement(about text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case split_part(about, ':', 1)
    when 'finding' then exists (
      select from oversight.finding f where f.id::text = split_part(about, ':', 2) and f.state in ('open', 'asked', 'explained')
         and ((access.has_right('finding.settle') and f.staff_id <> access.staff_id())
              or (f.state = 'asked' and f.asked_of = access.staff_id())))
    when 'incident' then access.has_right('incident.handle') and exists (
      select from oversight.incident i where i.id::text = split_part(about, ':', 2) and i.state <> 'closed')
    when 'subject-request' then access.has_right('subject-request.handle') and exists (
      select from oversight.subject_request r where r.id::text = split_part(about, ':', 2) and r.state not in ('closed', 'withdrawn'))
    else false end
$$;

-- … and read what was said: their own words, a question put to them, and all of it for whoever settles.
create or replace function oversight.reads_statement(about text, statement uuid, said_by integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case split_part(about, ':', 1)
    when 'finding' then said_by = access.staff_id()
      or exists (select from oversight.finding f where f.id::text = split_part(about, ':', 2) and f.staff_id <> access.staff_id()
                    and access.has_right('finding.settle'))
      or exists (select from oversight.finding_step s where s.statement_id = statement and s.asked_of = access.staff_id())
    when 'incident' then access.has_right('incident.handle')
    when 'subject-request' then access.has_right('subject-request.handle')
    else false end
$$;

-- A step of a finding, as `workflows/oversight/finding-machine.ts` has them. False where somebody else was faster.
create or replace function oversight.move_finding(of_finding integer, seen_state text, how text, ask_of integer, said uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare f oversight.finding; who integer := access.staff_id(); settles boolean;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into f from oversight.finding x where x.id = of_finding for update;
  settles := access.has_right('finding.settle') and f.staff_id <> who;
  if f.state <> seen_state then return false; end if;
  if (case how
        when 'ask' then settles and f.state in ('open', 'asked', 'explained') and ask_of <> who
             and exists (select from access.staff s where s.id = ask_of and s.status = 'active' and s.kind <> 'system')
        when 'explain' then f.state = 'asked' and f.asked_of = who and ask_of is null and said is not null
        when 'justify' then settles and f.state in ('open', 'asked', 'explained') and ask_of is null and said is not null
        when 'incident' then settles and f.state in ('open', 'asked', 'explained') and ask_of is null and said is not null
        else false end) is not true
     or (said is not null and vault.stated_by(said, 'finding:' || of_finding) is distinct from who) then
    raise exception 'not to be done so' using errcode = '42501';
  end if;
  update oversight.finding set asked_of = coalesce(ask_of, asked_of), state_since = now(),
         state = case how when 'ask' then 'asked' when 'explain' then 'explained' when 'justify' then 'justified' else 'incident' end
   where id = of_finding;
  insert into oversight.finding_step (finding_id, event, staff_id, asked_of, statement_id) values (of_finding, how, who, ask_of, said);
  perform audit.write('event', 'finding.' || how, null, null, jsonb_build_object('number', of_finding::text, 'finding', of_finding));
  return true;
end
$$;

-- Enters or takes out the number that a member of staff declared as their own; never one's own.
create or replace function oversight.declare_number(of_staff integer, number text) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  perform access.require_right('finding.settle');
  if (of_staff <> who and exists (select from access.staff s where s.id = of_staff and s.kind <> 'system') and (number is null or number ~ '^\d{10}$')) is not true then
    raise exception 'not to be entered so' using errcode = '42501';
  end if;
  if number is null then
    delete from oversight.own_number o where o.staff_id = of_staff;
  else
    insert into oversight.own_number (staff_id, person_number, entered_by) values (of_staff, number, who)
    on conflict (staff_id) do update set person_number = excluded.person_number, entered_by = who, entered_at = now();
  end if;
  perform audit.write('change', case when number is null then 'own-number.removed' else 'own-number.declared' end, array[number], null,
    jsonb_build_object('staff', of_staff));
end
$$;

revoke execute on all functions in schema oversight from public;
grant execute on function oversight.days_due, oversight.surname_candidates, oversight.analyse, oversight.records_of, oversight.move_finding,
  oversight.declare_number to madoguchi_app;
grant execute on function oversight.takes_statement, oversight.reads_statement to madoguchi_vault;
