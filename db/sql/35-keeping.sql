-- 保存期間 (KEP-1): who is past it, and the erasure that one person proposes and another approves.
-- Tables are written by the functions of this file alone.

alter schema keeping owner to madoguchi_owner;
create or replace function keeping.may_see() returns boolean
language sql stable security definer set search_path = '' as $$
  select access.has_right('keeping.read') or access.has_right('system.run')
$$;

alter function keeping.may_see owner to madoguchi_owner;
do $$
declare t text;
begin
  foreach t in array array['keep_years', 'erasure_run', 'erasure_person', 'erasure_count', 'destroyed_papers'] loop
    execute format('alter table keeping.%I owner to madoguchi_owner', t);
    execute format('alter table keeping.%I enable row level security', t);
    execute format('alter table keeping.%I force row level security', t);
    execute format('drop policy if exists owner_functions on keeping.%I', t);
    execute format('create policy owner_functions on keeping.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('drop policy if exists seen on keeping.%I', t);
    execute format('create policy seen on keeping.%I for select to madoguchi_app using ((select keeping.may_see()))', t);
    execute format('revoke all on keeping.%I from madoguchi_app', t);
    execute format('grant select on keeping.%I to madoguchi_app', t);
  end loop;
end
$$;
grant usage on schema keeping to madoguchi_app, madoguchi_vault;

set local role madoguchi_owner;

-- Until when somebody had to do with something (`open`: still has). Each such view says (person_number, program, last_on, open); a
-- 事務 with tables of its own adds one, named use_of_….
create or replace view keeping.use_of_cases as
select m.person_number, c.program, (select max(e.business_date) from cases.event e where e.case_id = c.id) as last_on, coalesce(s.open, true) as open
  from cases.member m join cases.case c on c.id = m.case_id
  left join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state;
create or replace view keeping.use_of_entitlements as
select e.person_number, e.program, e.valid_to as last_on, e.valid_to >= access.business_date() as open from entitlements.entitlement e;
create or replace view keeping.use_of_mailings as
select i.person_number, r.program, null::date as last_on, true as open
  from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id where r.working_key is not null;
create or replace view keeping.use_of_needs as
select n.person_number, n.program, n.ended_on as last_on, n.ended_on is null as open from people.needed n;

-- People past their time on a day: gone long enough, nothing open, and nothing younger than the years of its 事務. A 事務 that
-- has said nothing of its years keeps for ever. Of all, or of some.
create or replace function keeping.past_their_time(as_of date, among text[])
returns table (person_number text, reason text, ended_on date)
language plpgsql stable security definer set search_path = '' as $$
declare uses text; years integer;
begin
  select y.years into years from keeping.keep_years y where y.program = 'residents' and y.valid_from <= as_of order by y.valid_from desc limit 1;
  if years is null then return; end if;
  select string_agg(format('select person_number, program, last_on, open from keeping.%I', c.relname), ' union all ') into uses
    from pg_catalog.pg_class c where c.relnamespace = 'keeping'::regnamespace and c.relkind = 'v' and c.relname like 'use\_of\_%';
  return query execute format('with gone as materialized (select * from vault.gone_until($1, $2)),
      kept as (select distinct on (y.program) y.program, y.years from keeping.keep_years y where y.valid_from <= $3 order by y.program, y.valid_from desc),
      used as (select u.person_number from (%s) u left join kept k on k.program = u.program
                where u.person_number in (select g.person_number from gone g)
                  and (u.open or k.years is null or u.last_on > $3 - make_interval(years => k.years)))
    select g.person_number, g.reason, g.ended_on from gone g where g.person_number not in (select u.person_number from used u)
       -- Two numbers of one person go together, when neither is needed.
       and not exists (select from people.linked_numbers(array[g.person_number]) l
                        where l.other <> g.person_number and ($2 is null and (l.other not in (select y.person_number from gone y) or l.other in (select u.person_number from used u))
                              or $2 is not null and l.other not in (select y.person_number from keeping.past_their_time($3, null) y)))', uses)
    using (as_of - make_interval(years => years))::date, among, as_of;
end
$$;

-- Searches as of the day of business; refused while an erasure is open.
create or replace function keeping.search() returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; found_people integer;
begin
  if (access.has_right('keeping.prepare') or access.has_right('system.run')) is not true then
    raise exception 'no right to search' using errcode = '42501';
  end if;
  insert into keeping.erasure_run (as_of, searched_by) values (access.business_date(), access.staff_id()) returning id into made;
  insert into keeping.erasure_person (run_id, person_number, reason, ended_on)
  select made, p.person_number, p.reason, p.ended_on from keeping.past_their_time(access.business_date(), null) p;
  get diagnostics found_people = row_count;
  update keeping.erasure_run r set people = found_people where r.id = made;
  perform audit.write('select', 'erasure.searched', null, array['residence'], jsonb_build_object('run', made, 'found', found_people));
  return made;
end
$$;

-- One step of the machine `keeping/erasure` that a person takes.
create or replace function keeping.move_erasure(of_run uuid, event_type text) returns void
language plpgsql security definer set search_path = '' as $$
declare r keeping.erasure_run; who integer := access.staff_id();
begin
  select * into r from keeping.erasure_run x where x.id = of_run for update;
  if event_type = 'propose' and r.state = 'found' and r.people > 0 and access.has_right('keeping.prepare') then
    update keeping.erasure_run x set state = 'proposed', proposed_by = who, proposed_at = now() where x.id = of_run;
  elsif event_type = 'approve' and r.state = 'proposed' and r.proposed_by <> who and access.has_right('keeping.approve') then
    update keeping.erasure_run x set state = 'erasing', decided_by = who, decided_at = now() where x.id = of_run;
  elsif (event_type = 'cancel' and r.state in ('found', 'proposed') and access.has_right('keeping.prepare'))
     or (event_type = 'refuse' and r.state = 'proposed' and r.proposed_by <> who and access.has_right('keeping.approve')) then
    update keeping.erasure_run x set state = 'cancelled', decided_by = who, decided_at = now() where x.id = of_run;
  else
    raise exception 'no such step' using errcode = '42501';
  end if;
  perform audit.write('event', 'erasure.' || case event_type when 'propose' then 'proposed' when 'approve' then 'approved' when 'refuse' then 'refused' else 'cancelled' end,
    null, null, jsonb_build_object('run', of_run, 'people', r.people));
end
$$;

-- Erases the next people of an approved run; who is not past their time any more is kept. Returns how many are left.
create or replace function keeping.erase_next(of_run uuid, at_most integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare chosen text[]; past text[]; one text;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to erase' using errcode = '42501'; end if;
  perform from keeping.erasure_run r where r.id = of_run and r.state = 'erasing' for update;
  if not found then raise exception 'not approved' using errcode = '42501'; end if;
  select array_agg(x.person_number) into chosen from (select p.person_number from keeping.erasure_person p
    where p.run_id = of_run and p.outcome is null order by p.person_number limit at_most) x;
  if chosen is null then return 0; end if;
  select coalesce(array_agg(p.person_number), '{}') into past from keeping.past_their_time(access.business_date(), chosen) p;
  foreach one in array past loop
    insert into keeping.erasure_count (run_id, kind, records) select of_run, e.kind, e.records from vault.erase_person(one, 'KEP-1') e where e.records > 0
    on conflict (run_id, kind) do update set records = keeping.erasure_count.records + excluded.records;
  end loop;
  delete from people.requested q where q.person_number = any(past);
  perform people.forget_links(past);
  update keeping.erasure_person p set outcome = case when p.person_number = any(past) then 'erased' else 'kept' end, at = clock_timestamp()
   where p.run_id = of_run and p.person_number = any(chosen);
  return (select count(*) from keeping.erasure_person p where p.run_id = of_run and p.outcome is null);
end
$$;

-- The keys were renewed after the last of them was erased: from now on no copy opens what was erased.
create or replace function keeping.finish_erasure(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare last_erased timestamptz; epoch record;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to erase' using errcode = '42501'; end if;
  if exists (select from keeping.erasure_person p where p.run_id = of_run and p.outcome is null) then
    raise exception 'somebody is left' using errcode = '55000';
  end if;
  select max(p.at) into last_erased from keeping.erasure_person p where p.run_id = of_run and p.outcome = 'erased';
  select * into epoch from vault.renewal_state();
  if epoch.destroyed_at is null or epoch.begun_at < coalesce(last_erased, '-infinity') then
    raise exception 'the keys were not renewed since' using errcode = '55000';
  end if;
  update keeping.erasure_run r set state = 'erased', erased_at = clock_timestamp(), key_epoch = epoch.epoch, problem = null
   where r.id = of_run and r.state = 'erasing';
  if not found then raise exception 'not approved' using errcode = '42501'; end if;
  perform audit.write('erase', 'erasure.finished', null, null, jsonb_build_object('run', of_run));
end
$$;

-- Whether somebody's records were erased: for the pages of cases that are left of them.
create or replace function keeping.was_erased(number text) returns boolean
language sql stable security definer set search_path = '' as $$
  select (select access.staff_id()) is not null and exists (select from keeping.erasure_person p where p.person_number = number and p.outcome = 'erased')
$$;

create or replace function keeping.note_problem(of_run uuid, what text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.has_right('system.run') is not true then raise exception 'no right to erase' using errcode = '42501'; end if;
  update keeping.erasure_run r set problem = left(what, 500) where r.id = of_run and r.state = 'erasing';
end
$$;

-- Papers past their years: applications that ended, by 事務 and the 年度 of their end, all of which are past.
create or replace function keeping.papers_to_destroy()
returns table (program text, fiscal_year integer, applications integer, first_number text, last_number text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if keeping.may_see() is not true then raise exception 'no right to see papers' using errcode = '42501'; end if;
  return query
  with years as (select distinct on (y.program) y.program, y.years from keeping.keep_years y
                  where y.valid_from <= access.business_date() order by y.program, y.valid_from desc),
       ended as (select c.program, c.number, extract(year from e.last_on - interval '3 months')::integer as fiscal
                   from cases.case c join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
                   cross join lateral (select max(v.business_date) as last_on from cases.event v where v.case_id = c.id) e
                  where not s.open)
  select e.program, e.fiscal, count(*)::integer, min(e.number), max(e.number)
    from ended e join years y on y.program = e.program
   where make_date(e.fiscal + 1 + y.years, 4, 1) <= access.business_date()
     and not exists (select from keeping.destroyed_papers d where d.program = e.program and d.fiscal_year = e.fiscal)
   group by e.program, e.fiscal order by e.fiscal, e.program;
end
$$;

create or replace function keeping.enter_destroyed(of_program text, of_year integer, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare how_many integer;
begin
  if (access.has_right('keeping.prepare') and on_day <= access.business_date()) is not true then
    raise exception 'not to be entered so' using errcode = '42501';
  end if;
  select p.applications into how_many from keeping.papers_to_destroy() p where p.program = of_program and p.fiscal_year = of_year;
  if how_many is null then raise exception 'no such papers' using errcode = '42501'; end if;
  insert into keeping.destroyed_papers (program, fiscal_year, applications, destroyed_on, entered_by)
  values (of_program, of_year, how_many, on_day, access.staff_id());
  perform audit.write('erase', 'papers.destroyed', null, null, jsonb_build_object('program', of_program, 'year', of_year, 'applications', how_many));
end
$$;

revoke execute on all functions in schema keeping from public;
grant execute on function keeping.may_see, keeping.was_erased, keeping.search, keeping.move_erasure, keeping.erase_next, keeping.finish_erasure, keeping.note_problem,
  keeping.papers_to_destroy, keeping.enter_destroyed to madoguchi_app;
reset role;

-- Former residents whose death or out-move lies no later than a day, and people outside the register who were opened by then; of all,
-- or of some.
create or replace function vault.gone_until(day date, among text[]) returns table (person_number text, reason text, ended_on date)
language sql stable security definer set search_path = '' as $$
  select p.person_number, case when p.died_on is not null then 'death' when p.outside then 'outside' else 'move-out' end, coalesce(p.died_on, p.resident_to) from vault.person p
   where coalesce(p.died_on, p.resident_to) <= day and (among is null or p.person_number = any(among))
$$;

-- Erases a person, for an approved erasure alone: row and key. What is left in copies of the database opens with nothing once the keys
-- are renewed. Says how many records of each kind went.
drop function if exists vault.erase_person(text, text);
create function vault.erase_person(number text, basis text) returns table (kind text, records bigint)
language plpgsql security definer set search_path = '' as $$
declare n bigint; sealed jsonb;
begin
  perform vault.require_purpose(array['system.run']);
  perform audit.write('erase', 'person.erased', array[number], null, jsonb_build_object('basis', basis));
  perform intake.drop_drafts_about(number);
  delete from vault.individual_number i where i.person_number = number;
  get diagnostics n = row_count; kind := 'individual-number'; records := n; return next;
  with gone as (delete from vault.sealed_record s where s.holder = number returning s.kind)
  select jsonb_object_agg(g.kind, g.n) into sealed from (select x.kind, count(*) as n from gone x group by x.kind) g;
  return query select e.key, e.value::bigint from jsonb_each_text(coalesce(sealed, '{}')) e;
  delete from vault.feed_record r where r.person_number = number;
  get diagnostics n = row_count; kind := 'feed-record'; records := n; return next;
  delete from vault.person_history h where h.person_number = number;
  get diagnostics n = row_count; kind := 'person-history'; records := n; return next;
  delete from vault.reckoned_birth r where r.person_number = number;
  get diagnostics n = row_count; kind := 'reckoned-birth'; records := n; return next;
  delete from vault.outsider o where o.person_number = number;
  delete from vault.outsider_step s where s.person_number = number;
  get diagnostics n = row_count; kind := 'outsider'; records := n; return next;
  delete from vault.person p where p.person_number = number;
  get diagnostics n = row_count; kind := 'person'; records := n; return next;
  delete from vault.holder_key k where k.holder = number;
end
$$;
alter function vault.gone_until owner to madoguchi_vault;
alter function vault.erase_person owner to madoguchi_vault;
revoke execute on function vault.gone_until, vault.erase_person from public, madoguchi_app;
grant execute on function vault.gone_until, vault.erase_person, vault.renewal_state to madoguchi_owner;
