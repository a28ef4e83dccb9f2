-- 情報連携 of 予防接種 in readiness. 副本: records as the other side is to hold them, gathered in portions, released by another person,
-- made into a sealed file, answered row by row; what it holds is what it accepted. 照会 to other municipalities and answers to
-- theirs: both are provisions on a listed basis (84-provision.sql). Written by these functions alone; what moves, moves along
-- workflows/vaccination/exchange (flows.way).

grant usage on schema exchange to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['copy_run', 'copy_run_event', 'copy_line', 'copy_held', 'inquiry', 'inquiry_event', 'paper', 'hand_on', 'hand_on_event'] loop
    call cases.secure(('exchange.' || quote_ident(t))::regclass);
    execute format('revoke all on exchange.%I from madoguchi_app', t);
    execute format('grant select on exchange.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on exchange.%I', t);
  end loop;
  -- A run is of the whole 事務, so it is for those whose right is not limited to an office.
  execute 'create policy seen on exchange.copy_run for select to madoguchi_app
    using (exists (select from access.scopes(''pmh.read'') s where (s.program is null or s.program = ''vaccination'') and s.office is null) or (select access.has_right(''system.run'')))';
  foreach t in array array['copy_run_event', 'copy_line', 'copy_held'] loop
    execute format('create policy seen on exchange.%1$I for select to madoguchi_app using (run_id in (select r.id from exchange.copy_run r))', t);
  end loop;
  foreach t in array array['inquiry', 'hand_on'] loop
    execute format('create policy seen on exchange.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''case.read'') s
              where (s.program is null or s.program = ''vaccination'') and (s.office is null or s.office = %1$I.office_code)))', t);
  end loop;
  execute 'create policy seen on exchange.inquiry_event for select to madoguchi_app using (exists (select from exchange.inquiry i where i.id = inquiry_event.inquiry_id))';
  execute 'create policy seen on exchange.hand_on_event for select to madoguchi_app using (exists (select from exchange.hand_on h where h.id = hand_on_event.hand_on_id))';
  execute 'create policy seen on exchange.paper for select to madoguchi_app
    using (exists (select from exchange.inquiry i where i.id = paper.inquiry_id) or exists (select from exchange.hand_on h where h.id = paper.hand_on_id))';
end
$$;

-- All whose address is withheld (支援措置): they are few. And who moved here within a period, born since a day. For the owner's functions.
create or replace function vault.all_withheld() returns setof text
language sql stable security definer set search_path = '' as $$
  select p.person_number from vault.person p
   where p.household_number = any((select vault.hidden_households(null))::text[]) or (p.protected_from is not null and vault.is_protected(p))
$$;
create or replace function vault.in_movers(from_day date, to_day date, born_since date)
returns table (person_number text, office_code text, moved_in_on date, withheld boolean)
language sql stable security definer set search_path = '' as $$
  select p.person_number, p.office_code, p.resident_from, p.household_number = any(h.hidden) or (p.protected_from is not null and vault.is_protected(p))
    from (select coalesce(vault.hidden_households(null), array[]::text[]) as hidden) h, vault.person p
   where p.resident_from between from_day and to_day and p.from_reason = 'move-in' and not p.outside and p.resident_to is null and p.died_on is null
     and coalesce(p.birth_date, lower(vault.birth_range(p.birth_told))) >= born_since and p.person_number <> all(people.merged_numbers())
$$;
alter function vault.all_withheld owner to madoguchi_vault;
alter function vault.in_movers owner to madoguchi_vault;
revoke execute on function vault.all_withheld, vault.in_movers from public, madoguchi_app;
grant execute on function vault.all_withheld, vault.in_movers to madoguchi_owner;

-- 副本 ------------------------------------------------------------------------------------------------------------------------------

-- The setting that holds today, for whoever is signed in; none while it is switched off.
create or replace function exchange.copy_setting() returns city.parameter
language sql stable security definer set search_path = '' as $$
  select p from city.parameter p
   where p.key = 'vaccination.copies' and access.staff_id() is not null and p.decision = 'approved' and p.valid_from <= access.business_date()
     and (p.valid_to is null or p.valid_to >= access.business_date())
   order by p.valid_from desc limit 1
$$;

-- Of whom nothing is answered without a release: under 支援措置, living with somebody who is, or flagged (自動応答不可), under any number.
create or replace function exchange.hidden_numbers() returns setof text
language sql stable security definer set search_path = '' as $$
  with h as materialized (
    select w as n from vault.all_withheld() w union select f.person_number from provision.flag f where f.lifted_at is null)
  select h.n from h union select l.other from people.linked_numbers(array(select h.n from h)) l
$$;

-- What of the records of some people (their own numbers above `above` and up to `up_to`) differs from what the other side holds, or
-- all of them (`everything`). What it refused comes again once the record changed or somebody said so. `leaves_out`: who is
-- hidden is not registered, and deleted where they were.
create or replace function exchange.differences(above text, up_to text, leaves_out boolean, everything boolean)
returns table (operation text, why text, shot_id uuid, person_number text, own_number text, vaccine text, dose integer, given_on date, product text, lot text,
  volume text, clinic_code text, no_auto_answer boolean)
language sql stable set search_path = '' as $$
  with hidden as materialized (select h as n from exchange.hidden_numbers() h),
  top as materialized (select l.asked, l.other from people.linked_numbers(people.merged_numbers()) l where l.top),
  told as (
    select s.id as shot_id, coalesce(t.other, s.person_number) as person_number, s.person_number as own_number, s.vaccine, s.dose, s.given_on, s.product, s.lot,
           s.volume, s.clinic_code, x.n is not null as no_auto_answer
      from vaccination.shot s left join top t on t.asked = s.person_number left join hidden x on x.n = s.person_number
     where s.person_number > above and s.person_number <= up_to),
  held as (select h.* from exchange.copy_held h where h.own_number > above and h.own_number <= up_to),
  refused as (
    select distinct on (l.shot_id) l.* from exchange.copy_line l
     where l.own_number > above and l.own_number <= up_to and l.state in ('accepted', 'refused') order by l.shot_id, l.answered_at desc, l.run_id),
  both_sides as (
    select t.shot_id is not null as is_told, h.shot_id is not null as is_held, coalesce(t.shot_id, h.shot_id) as shot_id,
           t.person_number as t_number, h.person_number as h_number, coalesce(t.own_number, h.own_number) as own_number,
           (t.vaccine, t.dose, t.given_on, t.product, t.lot, t.volume, t.clinic_code) is distinct from
             (h.vaccine, h.dose, h.given_on, h.product, h.lot, h.volume, h.clinic_code) as changed,
           t.vaccine as t_vaccine, t.dose as t_dose, t.given_on as t_given_on, t.product as t_product, t.lot as t_lot, t.volume as t_volume, t.clinic_code as t_clinic,
           t.no_auto_answer as t_flag, h.vaccine as h_vaccine, h.dose as h_dose, h.given_on as h_given_on, h.product as h_product, h.lot as h_lot, h.volume as h_volume,
           h.clinic_code as h_clinic, h.no_auto_answer as h_flag
      from told t full join held h on h.shot_id = t.shot_id)
  select 'register', case when not b.is_held then 'new' when b.t_number <> b.h_number then 'number' when b.changed then 'corrected'
           when b.t_flag <> b.h_flag then 'flag' else 'same' end,
         b.shot_id, b.t_number, b.own_number, b.t_vaccine, b.t_dose, b.t_given_on, b.t_product, b.t_lot, b.t_volume, b.t_clinic, b.t_flag
    from both_sides b left join refused r on r.shot_id = b.shot_id
   where b.is_told and not (leaves_out and b.t_flag)
     and (everything or not b.is_held or b.changed or b.t_number <> b.h_number or b.t_flag <> b.h_flag)
     and (everything or (r.state = 'refused' and r.settled is distinct from 'again' and r.operation = 'register'
          and (r.person_number, r.vaccine, r.dose, r.given_on, r.product, r.lot, r.volume, r.clinic_code, r.no_auto_answer) is not distinct from
              (b.t_number, b.t_vaccine, b.t_dose, b.t_given_on, b.t_product, b.t_lot, b.t_volume, b.t_clinic, b.t_flag)) is not true)
  union all
  select 'delete', case when b.is_told then 'withheld' else 'cancelled' end,
         b.shot_id, b.h_number, b.own_number, b.h_vaccine, b.h_dose, b.h_given_on, b.h_product, b.h_lot, b.h_volume, b.h_clinic, b.h_flag
    from both_sides b left join refused r on r.shot_id = b.shot_id
   where b.is_held and (not b.is_told or leaves_out and b.t_flag)
     and (everything or (r.state = 'refused' and r.settled is distinct from 'again' and r.operation = 'delete') is not true)
$$;

-- 突合: how many records we hold, how many the other side accepted, and what differs, by what is to be done and why.
create or replace function exchange.reconcile() returns table (operation text, why text, rows bigint)
language plpgsql stable security definer set search_path = '' as $$
declare s city.parameter := exchange.copy_setting();
begin
  if access.covers('pmh.read', 'vaccination', null) is not true then raise exception 'no right to look' using errcode = '42501'; end if;
  return query select 'have', 'records', count(*) from vaccination.shot
    union all select 'have', 'held', count(*) from exchange.copy_held;
  if s.id is null then return; end if;
  return query select d.operation, d.why, count(*) from exchange.differences('', '~', s.value ->> 'withheld' = 'leave-out', false) d group by 1, 2;
end
$$;

create or replace function exchange.keep_run_event(r exchange.copy_run, what text, from_state text) returns void
language sql set search_path = '' as $$
  insert into exchange.copy_run_event (run_id, revision, event, from_state, to_state, staff_id, staff_name, at)
  select r.id, r.revision, what, from_state, r.state, s.id, s.display_name, cases.moment() from access.staff s where s.id = (select access.staff_id())
$$;

-- Begins a run: gathered in the background. MD019 where nothing is set, 23505 where another one is under way.
create or replace function exchange.begin_copies(of_scope text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare r exchange.copy_run; s city.parameter := exchange.copy_setting();
begin
  if access.covers('pmh.prepare', 'vaccination', null) is not true then raise exception 'no right to gather' using errcode = '42501'; end if;
  if s.id is null then raise exception 'nothing is set' using errcode = 'MD019'; end if;
  insert into exchange.copy_run (scope, setting_id, machine_version, state, prepared_by, prepared_at, prepared_on)
  values (of_scope, s.id, (select max(w.version) from flows.way w where w.kind = 'vaccination-copy-run'), 'gathering', access.staff_id(), cases.moment(), access.business_date())
  returning * into r;
  perform exchange.keep_run_event(r, 'gather', '');
  perform audit.write('event', 'copy-run.begun', null, null, jsonb_build_object('run', r.serial, 'scope', of_scope));
  return r.id;
end
$$;

create or replace function exchange.run_holds(r exchange.copy_run, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean;
begin
  foreach one in array checks loop
    ok := case one
      when 'hasRows' then exists (select from exchange.copy_line l where l.run_id = r.id and l.state = 'ready')
      when 'notPreparer' then not exists (select from exchange.copy_run_event e where e.run_id = r.id and e.staff_id = access.staff_id() and e.event in ('gather', 'submit'))
      when 'settingHolds' then coalesce((exchange.copy_setting()).id = r.setting_id, false)
      when 'allAnswered' then not exists (select from exchange.copy_line l where l.run_id = r.id and l.state = 'ready')
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

create or replace function exchange.step_run(r exchange.copy_run, event_type text, target text) returns exchange.copy_run
language plpgsql set search_path = '' as $$
declare w flows.way; n exchange.copy_run;
begin
  w := flows.take('vaccination-copy-run', r.machine_version, r.state, event_type, target, 'vaccination', false);
  if not exists (select from unnest(w.rights) t where t = 'system.run' and access.has_right(t) or access.covers(t, 'vaccination', null)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if not exchange.run_holds(r, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  if event_type in ('cancel', 'end') then
    update exchange.copy_line l set state = 'released', reason = case event_type when 'end' then 'not-answered' else 'not-sent' end where l.run_id = r.id and l.state = 'ready';
  end if;
  update exchange.copy_run x set state = target, revision = x.revision + 1, interruption = null,
         submitted_by = case event_type when 'submit' then access.staff_id() else x.submitted_by end,
         approved_by = case event_type when 'approve' then access.staff_id() else x.approved_by end,
         approved_at = case event_type when 'approve' then cases.moment() else x.approved_at end,
         approved_count = case event_type when 'approve' then (select count(*) from exchange.copy_line l where l.run_id = r.id and l.state = 'ready') else x.approved_count end
   where x.id = r.id returning x.* into n;
  perform exchange.keep_run_event(n, event_type, r.state);
  perform audit.write('event', 'copy-run.' || event_type, null, null, jsonb_build_object('run', r.serial));
  return n;
end
$$;

-- The run, held until the transaction ends, as the page showed it.
create or replace function exchange.held_run(of_run uuid, seen integer) returns exchange.copy_run
language plpgsql set search_path = '' as $$
declare r exchange.copy_run;
begin
  select x.* into r from exchange.copy_run x where x.id = of_run for update;
  if not found or access.covers('pmh.read', 'vaccination', null) is not true then raise exception 'no such run' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'the run has moved on' using errcode = 'MD014'; end if;
  return r;
end
$$;

-- Whether somebody stands in the file of a run without the flag who came to be hidden since it was made.
create or replace function exchange.names_hidden(r exchange.copy_run) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from exchange.copy_line l where l.run_id = r.id and l.state = 'ready' and l.operation = 'register' and not l.no_auto_answer
                   and l.own_number in (select exchange.hidden_numbers()))
$$;

-- The steps that are nothing but a step, and the handing over with its day.
create or replace function exchange.move_copies(of_run uuid, seen integer, event_type text, target text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare r exchange.copy_run := exchange.held_run(of_run, seen); days integer;
begin
  if (event_type in ('submit', 'return', 'approve', 'cancel', 'resume', 'end', 'handOver') and (event_type = 'handOver') = (on_day is not null)) is not true then
    raise exception 'what belongs to it is missing' using errcode = 'MD019';
  end if;
  perform exchange.step_run(r, event_type, target);
  if event_type = 'handOver' then
    -- The file stands as it was made: who came to be hidden since must not leave with it.
    if exchange.names_hidden(r) then raise exception 'somebody is hidden since' using errcode = 'MD020'; end if;
    if (on_day between r.approved_at::date and access.business_date()) is not true then raise exception 'not on that day' using errcode = '22023'; end if;
    select (p.value ->> 'answerDays')::integer into days from city.parameter p where p.id = r.setting_id;
    update exchange.copy_run x set handed_over_on = on_day, answer_due_on = on_day + days where x.id = r.id;
  end if;
end
$$;

-- Gathers the records of the next people into the run; the last call ends the gathering. Returns how many people they were, none where
-- the run is not being gathered.
create or replace function exchange.gather_copies(of_run uuid, most integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare r exchange.copy_run; s city.parameter; last_one text; people integer; many integer;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to gather' using errcode = '42501'; end if;
  select x.* into r from exchange.copy_run x where x.id = of_run for update;
  if r.state is distinct from 'gathering' then return 0; end if;
  select max(u.n), count(*) into last_one, people from (
    select n from (
      select n from (select distinct v.person_number as n from vaccination.shot v where v.person_number > r.gathered_to order by 1 limit most) a
      union select n from (select distinct h.own_number as n from exchange.copy_held h where h.own_number > r.gathered_to order by 1 limit most) b) c
     order by n limit most) u;
  if last_one is null then
    perform exchange.step_run(r, 'gathered', 'prepared');
    return 0;
  end if;
  select p.* into s from city.parameter p where p.id = r.setting_id;
  insert into exchange.copy_line (run_id, number, operation, why, shot_id, person_number, own_number, vaccine, dose, given_on, product, lot, volume, clinic_code, no_auto_answer, state)
  select r.id, r.rows + row_number() over (order by d.own_number, d.vaccine, d.dose, d.operation, d.shot_id), d.operation, d.why, d.shot_id, d.person_number, d.own_number,
         d.vaccine, d.dose, d.given_on, d.product, d.lot, d.volume, d.clinic_code, d.no_auto_answer, 'ready'
    from exchange.differences(r.gathered_to, last_one, s.value ->> 'withheld' = 'leave-out', r.scope = 'full') d;
  get diagnostics many = row_count;
  update exchange.copy_run x set gathered_to = last_one, rows = x.rows + many where x.id = r.id;
  perform audit.write('select', 'copy-run.gathered', null, array['vaccination'], jsonb_build_object('run', r.serial, 'people', people, 'rows', many));
  return people;
end
$$;

-- Rows of the file that is being made, after a number. Who came to be hidden since the run was gathered goes with the flag, or not at
-- all where the city leaves them out; a record that was cancelled since is not registered. Each person of whom it tells is recorded.
create or replace function exchange.take_copies(of_run uuid, after integer, most integer)
returns table (number integer, operation text, shot_id uuid, person_number text, vaccine text, dose integer, given_on date, product text, lot text, volume text,
  clinic_code text, no_auto_answer boolean)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare r exchange.copy_run; s city.parameter; last_number integer; hidden text[];
begin
  if access.has_right('system.run') is not true then raise exception 'no right to make this' using errcode = '42501'; end if;
  select x.* into r from exchange.copy_run x where x.id = of_run for update;
  if r.state is distinct from 'making' then raise exception 'the file is not being made' using errcode = 'MD011'; end if;
  if not exchange.run_holds(r, array['settingHolds']) then raise exception 'the setting does not hold any more' using errcode = 'MD020'; end if;
  if (most between 1 and 200000) is not true then raise exception 'not so many' using errcode = '22023'; end if;
  select max(x.n) into last_number from (select l.number as n from exchange.copy_line l where l.run_id = r.id and l.number > after order by l.number limit most) x;
  if last_number is null then return; end if;
  select p.* into s from city.parameter p where p.id = r.setting_id;
  hidden := array(select h from exchange.hidden_numbers() h);
  update exchange.copy_line l set state = 'released', reason = case when s.value ->> 'withheld' = 'leave-out' and l.own_number = any(hidden) then 'withheld-since' else 'not-sent' end
   where l.run_id = r.id and l.number > after and l.number <= last_number and l.state = 'ready' and l.operation = 'register'
     and (s.value ->> 'withheld' = 'leave-out' and l.own_number = any(hidden) or not exists (select from vaccination.shot v where v.id = l.shot_id));
  update exchange.copy_line l set no_auto_answer = true
   where l.run_id = r.id and l.number > after and l.number <= last_number and l.state = 'ready' and l.operation = 'register' and not l.no_auto_answer and l.own_number = any(hidden);
  perform audit.write('export', 'copy-run.rows-taken', array(select distinct l.person_number from exchange.copy_line l
      where l.run_id = r.id and l.number > after and l.number <= last_number and l.state = 'ready'), array['vaccination'], jsonb_build_object('run', r.serial));
  return query select l.number, l.operation, l.shot_id, l.person_number, l.vaccine, l.dose, l.given_on, l.product, l.lot, l.volume, l.clinic_code, l.no_auto_answer
    from exchange.copy_line l where l.run_id = r.id and l.number > after and l.number <= last_number and l.state = 'ready' order by l.number;
end
$$;
-- How far a part reaches, whether or not a row of it is sent.
create or replace function exchange.part_ends_at(of_run uuid, after integer, most integer) returns integer
language sql stable security definer set search_path = '' as $$
  select max(x.n) from (select l.number as n from exchange.copy_line l where (select access.has_right('system.run')) and l.run_id = of_run and l.number > after order by l.number limit most) x
$$;

-- The sealed file stands on the disk.
create or replace function exchange.copies_made(of_run uuid, parts integer, of_rows integer, bytes bigint, digest text) returns void
language plpgsql security definer set search_path = '' as $$
declare r exchange.copy_run;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to make this' using errcode = '42501'; end if;
  select x.* into r from exchange.copy_run x where x.id = of_run for update;
  if r.state is distinct from 'making' then return; end if;
  if of_rows is distinct from (select count(*)::integer from exchange.copy_line l where l.run_id = r.id and l.state = 'ready') then
    raise exception 'not all of it' using errcode = '22023';
  end if;
  update exchange.copy_run x set file_parts = parts, file_rows = of_rows, file_bytes = bytes, file_sha256 = digest where x.id = r.id returning x.* into r;
  perform exchange.step_run(r, 'made', 'made');
end
$$;

-- The file leaves: for whoever prepares for the whole city, while it is made and nobody in it came to be hidden since. Recorded.
create or replace function exchange.take_copy_file(of_run uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare r exchange.copy_run;
begin
  if access.covers('pmh.prepare', 'vaccination', null) is not true then raise exception 'no right to take the file' using errcode = '42501'; end if;
  select x.* into r from exchange.copy_run x where x.id = of_run for share;
  if (r.state in ('made', 'awaiting-answer')) is not true then raise exception 'no file to take' using errcode = 'MD011'; end if;
  if exchange.names_hidden(r) then raise exception 'somebody is hidden since' using errcode = 'MD020'; end if;
  perform audit.write('export', 'copy-run.file-out', null, array['vaccination'], jsonb_build_object('run', r.serial));
  return r.file_sha256;
end
$$;

-- Work in the background stopped: why, as a code. It goes on where it was once somebody resumes it.
create or replace function exchange.interrupt_copies(of_run uuid, why text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.has_right('system.run') is not true then raise exception 'no right to interrupt' using errcode = '42501'; end if;
  update exchange.copy_run x set interruption = why, revision = x.revision + 1 where x.id = of_run and x.state in ('gathering', 'making');
end
$$;

-- What was answered of rows that were handed over. The last answer ends the run.
create or replace function exchange.answer_copies(of_run uuid, numbers integer[], outcomes text[], codes text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare r exchange.copy_run; answered integer;
begin
  if access.covers('pmh.prepare', 'vaccination', null) is not true then raise exception 'no right to answer' using errcode = '42501'; end if;
  select x.* into r from exchange.copy_run x where x.id = of_run for update;
  if r.state is distinct from 'awaiting-answer' then raise exception 'the run does not wait for answers' using errcode = 'MD011'; end if;
  if (cardinality(numbers) = all(array[cardinality(outcomes), cardinality(codes)])
      and not exists (select from unnest(outcomes) o where (o in ('accepted', 'refused')) is not true)) is not true then
    raise exception 'not answers' using errcode = '22023';
  end if;
  with told as (
    update exchange.copy_line l set state = x.o, answer_code = x.c, reason = case x.o when 'refused' then 'not-accepted' end, answered_at = cases.moment()
      from (select distinct on (n) n, o, c from unnest(numbers, outcomes, codes) y(n, o, c) order by n) x
     where l.run_id = r.id and l.number = x.n and l.state = 'ready' returning l.*),
  gone as (delete from exchange.copy_held h using told t where t.state = 'accepted' and t.operation = 'delete' and h.shot_id = t.shot_id),
  kept as (
    insert into exchange.copy_held (shot_id, person_number, own_number, vaccine, dose, given_on, product, lot, volume, clinic_code, no_auto_answer, run_id, held_since)
    select t.shot_id, t.person_number, t.own_number, t.vaccine, t.dose, t.given_on, t.product, t.lot, t.volume, t.clinic_code, t.no_auto_answer, t.run_id, cases.moment()
      from told t where t.state = 'accepted' and t.operation = 'register'
    on conflict (shot_id) do update set person_number = excluded.person_number, own_number = excluded.own_number, vaccine = excluded.vaccine, dose = excluded.dose,
      given_on = excluded.given_on, product = excluded.product, lot = excluded.lot, volume = excluded.volume, clinic_code = excluded.clinic_code,
      no_auto_answer = excluded.no_auto_answer, run_id = excluded.run_id, held_since = excluded.held_since)
  select count(*) into answered from told;
  perform audit.write('event', 'copy-run.answers', null, null, jsonb_build_object('run', r.serial, 'answered', answered));
  if answered > 0 and exchange.run_holds(r, array['allAnswered']) then perform exchange.step_run(r, 'finish', 'answered'); end if;
  return answered;
end
$$;

-- What becomes of a refused row: sent again with the next run, or left until the record changes. False where somebody was faster.
create or replace function exchange.settle_copy(of_run uuid, of_number integer, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare l exchange.copy_line;
begin
  if access.covers('pmh.prepare', 'vaccination', null) is not true then raise exception 'no right to settle' using errcode = '42501'; end if;
  if (how in ('again', 'left')) is not true then raise exception 'not to be settled so' using errcode = '22023'; end if;
  update exchange.copy_line x set settled = how, settled_by = access.staff_id(), settled_at = cases.moment()
   where x.run_id = of_run and x.number = of_number and x.state = 'refused' and x.settled is null returning x.* into l;
  if not found then return false; end if;
  perform audit.write('event', 'copy-row.' || how, array[l.person_number], null, jsonb_build_object('number', l.number::text));
  return true;
end
$$;

-- 照会 ------------------------------------------------------------------------------------------------------------------------------

create or replace function exchange.keep_inquiry_event(i exchange.inquiry, what text, from_state text, why text) returns void
language sql set search_path = '' as $$
  insert into exchange.inquiry_event (inquiry_id, revision, event, from_state, to_state, reason, staff_id, staff_name, at, "on")
  select i.id, i.revision, what, from_state, i.state, why, s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id())
$$;

-- Who moved here within a period, born since a day, of whom nothing was asked since: for the list by which inquiries are begun.
-- `taken_down`: how many records of theirs are there already.
create or replace function exchange.in_movers(from_day date, to_day date, born_since date, of_size integer, of_from integer)
returns table (person_number text, moved_in_on date, withheld boolean, taken_down integer, total integer)
language plpgsql security definer set search_path = '' as $$
declare many integer;
begin
  if access.has_right('case.enter', 'vaccination') is not true then raise exception 'no right to look' using errcode = '42501'; end if;
  if (from_day <= to_day and to_day - from_day <= 400 and of_size between 1 and 1000 and of_from >= 0) is not true then raise exception 'not such a period' using errcode = '22023'; end if;
  return query
    with m as materialized (
      select v.* from vault.in_movers(from_day, to_day, born_since) v
       where access.has_right('case.enter', 'vaccination', v.office_code)
         and not exists (select from exchange.inquiry i where i.person_number = v.person_number and i.kind = 'records' and i.opened_on >= v.moved_in_on and i.state <> 'withdrawn'))
    select m.person_number, m.moved_in_on, m.withheld,
           (select count(*)::integer from vaccination.shot s where s.person_number = m.person_number), (select count(*)::integer from m)
      from m order by m.moved_in_on, m.person_number limit of_size offset of_from;
  get diagnostics many = row_count;
  perform audit.write('select', 'inquiries.in-movers', null, array['birth-date', 'residence'], jsonb_build_object('selected', many));
end
$$;

-- Begins inquiries about people, one each; who has one under way of that kind is passed over. Returns how many.
create or replace function exchange.open_inquiries(ids uuid[], of_kind text, numbers text[], of_case uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry; made integer := 0;
begin
  if (cardinality(ids) = cardinality(numbers) and cardinality(ids) between 1 and 1000 and of_kind in ('records', 'tax', 'medical', 'allowance')) is not true
     or of_case is not null and (cardinality(numbers) <> 1 or of_kind = 'records' or not exists (
          select from cases.case c join cases.member m on m.case_id = c.id and m.to_revision is null
           where c.id = of_case and c.program = 'vaccination' and m.person_number = any(people.numbers_of(numbers[1])))) then
    raise exception 'not to be begun so' using errcode = '22023';
  end if;
  if (select count(*) from vault.lives_of(numbers)) <> (select count(distinct n) from unnest(numbers) n)
     or exists (select from vault.lives_of(numbers) l where not access.has_any_right(array['case.enter'], 'vaccination', l.office_code)) then
    raise exception 'no right to begin this' using errcode = '42501';
  end if;
  for i in
    insert into exchange.inquiry (id, kind, person_number, office_code, case_id, state, opened_by, opened_at, opened_on)
    select distinct on (x.n) x.id, of_kind, x.n, l.office_code, of_case, 'opened', access.staff_id(), cases.moment(), access.business_date()
      from unnest(ids, numbers) x(id, n) join vault.lives_of(numbers) l on l.person_number = x.n
     where not exists (select from exchange.inquiry o where o.person_number = x.n and o.kind = of_kind and o.state in ('opened', 'awaiting-release', 'asked'))
    on conflict do nothing returning * loop
    perform exchange.keep_inquiry_event(i, 'open', '', null);
    made := made + 1;
  end loop;
  if made > 0 then
    perform audit.write('change', 'inquiry.opened', array(select q.person_number from exchange.inquiry q where q.id = any(ids)), array['vaccination'], jsonb_build_object('count', made));
  end if;
  return made;
end
$$;

-- The inquiry, locked, for whoever holds one of the rights.
create or replace function exchange.held_inquiry(of_id uuid, seen integer, wanted text[]) returns exchange.inquiry
language plpgsql set search_path = '' as $$
declare i exchange.inquiry;
begin
  select x.* into i from exchange.inquiry x where x.id = of_id for update;
  if not found or not access.has_any_right(wanted, 'vaccination', i.office_code) then raise exception 'no such inquiry' using errcode = '42501'; end if;
  if i.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return i;
end
$$;
create or replace function exchange.inquiry_moved(i exchange.inquiry, what text, from_state text, why text) returns void
language plpgsql set search_path = '' as $$
begin
  perform exchange.keep_inquiry_event(i, what, from_state, why);
  perform audit.write('change', 'inquiry.' || what, array[i.person_number], array['vaccination'], jsonb_build_object('number', i.serial::text));
end
$$;
create or replace function exchange.inquiry_holds(i exchange.inquiry, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean;
begin
  foreach one in array checks loop
    ok := case one
      when 'addressed' then i.municipality is not null
      -- What is provided and by whom is judged where it is asked.
      when 'provided' then exists (select from provision.request q where q.id = i.request_id and q.state = 'provided')
      when 'waiting' then exists (select from provision.request q where q.id = i.request_id and q.state = 'waiting')
      when 'answered' then cardinality(i.slip_ids) > 0 or i.answer_id is not null
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

create or replace function exchange.address_inquiry(of_id uuid, seen integer, code text, whom text, postal text, place text) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['case.enter']);
begin
  perform flows.take('vaccination-inquiry', 1, i.state, 'address', i.state, 'vaccination', false);
  update exchange.inquiry x set municipality_code = code, municipality = btrim(whom), postal_code = postal, address = btrim(place), revision = x.revision + 1
   where x.id = i.id returning * into i;
  perform exchange.inquiry_moved(i, 'address', i.state, null);
end
$$;

-- Whether a request of the register of provisions is one by which this may be asked or answered: of this person, by this person's
-- hand, listed, with these items, and of nothing else than `own`: each letter has its provision. Held until the transaction ends, so
-- that no two are made by one.
drop function if exists exchange.fits(integer, integer, text, text[], text[]);
create or replace function exchange.fits(of_request integer, of_rule integer, number text, states text[], wanted text[], own uuid) returns boolean
language plpgsql set search_path = '' as $$
begin
  perform from provision.request q where q.id = of_request for update;
  return exists (select from provision.request q where q.id = of_request and q.rule_id = of_rule and q.state = any(states) and q.items @> wanted
      and q.person_number = any(people.numbers_of(number))
      and (q.asked_by = access.staff_id() or q.taken_by = access.staff_id())
      and (q.asked_on >= access.business_date() - 1 or q.decided_at is not null))
    and not exists (select from exchange.inquiry i where i.request_id = of_request and i.id <> own)
    and not exists (select from exchange.hand_on h where h.request_id = of_request and h.id <> own)
    and not exists (select from exchange.paper p where p.request_id = of_request);
end
$$;
-- A paper of these, sealed before, with a number that was given.
create or replace function exchange.keep_paper(new_id uuid, of_kind text, of_inquiry uuid, of_answer uuid, number text, of_template text, said uuid, document text) returns void
language plpgsql set search_path = '' as $$
declare year integer := cases.fiscal_year(access.business_date());
begin
  if (exists (select from vault.sealed_of(said) d where d.holder = number and d.program = 'vaccination' and d.kind = 'exchange-paper' and d.entered_by = access.staff_id())
      and cases.was_given('vaccination.document', year, substring(document from '第' || cases.year_label(year) || '-(\d{6,9})号$'))
      and length(document) <= 60 and length(of_template) between 1 and 60) is not true then
    raise exception 'not to be issued so' using errcode = '22023';
  end if;
  insert into exchange.paper (id, kind, inquiry_id, hand_on_id, document_number, template, sealed_id, issued_by, issued_on, issued_at)
  values (new_id, of_kind, of_inquiry, of_answer, document, of_template, said, access.staff_id(), access.business_date(), cases.moment());
end
$$;

-- Waits for somebody's release (自動応答不可).
create or replace function exchange.hold_inquiry(of_id uuid, seen integer, of_rule integer, of_request integer) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['provision.request']); w flows.way; before text;
begin
  before := i.state;
  w := flows.take('vaccination-inquiry', 1, i.state, 'hold', 'awaiting-release', 'vaccination', false);
  if not exchange.fits(of_request, of_rule, i.person_number, array['waiting'], array['name', 'birth-date'], i.id) then raise exception 'not by that request' using errcode = '22023'; end if;
  update exchange.inquiry x set state = 'awaiting-release', rule_id = of_rule, request_id = of_request, revision = x.revision + 1 where x.id = i.id returning * into i;
  if not exchange.inquiry_holds(i, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  perform exchange.inquiry_moved(i, 'hold', before, null);
end
$$;

-- Asked: the provision was let through, the letter is made.
create or replace function exchange.ask_inquiry(of_id uuid, seen integer, of_rule integer, of_request integer, due date, new_paper uuid, of_template text, said uuid, document text) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['provision.request']); w flows.way; before text;
begin
  before := i.state;
  w := flows.take('vaccination-inquiry', 1, i.state, 'ask', 'asked', 'vaccination', false);
  if not exchange.fits(of_request, of_rule, i.person_number, array['provided'], array['name', 'birth-date'], i.id)
     or i.state = 'awaiting-release' and (i.request_id, i.rule_id) is distinct from (of_request, of_rule)
     or (due between access.business_date() + 1 and access.business_date() + 120) is not true then
    raise exception 'not to be asked so' using errcode = '22023';
  end if;
  update exchange.inquiry x set state = 'asked', rule_id = of_rule, request_id = of_request, asked_by = access.staff_id(), asked_on = access.business_date(), due_on = due,
         revision = x.revision + 1 where x.id = i.id returning * into i;
  if not exchange.inquiry_holds(i, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  perform exchange.keep_paper(new_paper, 'inquiry', i.id, null, i.person_number, of_template, said, document);
  perform exchange.inquiry_moved(i, 'ask', before, null);
end
$$;

-- A reminder tells once more who is meant: a provision of its own (PRV-1), by the row of the table and with the items of the inquiry, while
-- that row holds. Of whom nothing is answered without a release, somebody has to have released the inquiry.
drop function if exists exchange.remind_inquiry(uuid, integer, date, uuid, text, uuid, text);
create or replace function exchange.remind_inquiry(of_id uuid, seen integer, due date, new_paper uuid, of_template text, said uuid, document text) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['case.enter']); made integer;
begin
  perform flows.take('vaccination-inquiry', 1, i.state, 'remind', i.state, 'vaccination', false);
  if provision.is_flagged(i.person_number) and not exists (select from provision.request q where q.id = i.request_id and q.decided_at is not null) then
    raise exception 'nobody released it' using errcode = 'MD020';
  end if;
  if (due between access.business_date() + 1 and access.business_date() + 120) is not true then raise exception 'not by that day' using errcode = '22023'; end if;
  made := provision.repeat(i.request_id);
  if made is null then raise exception 'the row of the table holds no more' using errcode = 'MD019'; end if;
  update exchange.inquiry x set due_on = due, reminders = x.reminders + 1, reminded_on = access.business_date(), revision = x.revision + 1 where x.id = i.id returning * into i;
  perform exchange.keep_paper(new_paper, 'reminder', i.id, null, i.person_number, of_template, said, document);
  update exchange.paper p set request_id = made where p.id = new_paper;
  perform exchange.inquiry_moved(i, 'remind', i.state, null);
end
$$;

-- 根拠 of the row of the table of provisions by which an inquiry was asked that the session sees.
create or replace function exchange.basis_of(of_rule integer) returns text
language sql stable security definer set search_path = '' as $$
  select r.legal_basis from provision.rule r where r.id = of_rule and access.has_any_right(array['case.read'], 'vaccination')
    and exists (select from exchange.inquiry i where i.rule_id = of_rule)
$$;

-- Records of the answer, taken down through the one door before: each a slip of this inquiry and this person.
create or replace function exchange.take_inquiry(of_id uuid, seen integer, slips uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['case.enter']);
begin
  perform flows.take('vaccination-inquiry', 1, i.state, 'take', i.state, 'vaccination', false);
  if i.kind <> 'records' or (cardinality(slips) between 1 and 200
      and (select count(*) from vaccination.slip s where s.id = any(slips) and s.channel = 'in-mover' and s.reference like 'inquiry ' || i.serial || '-%'
            and s.person_number = any(people.numbers_of(i.person_number))) = (select count(distinct n) from unnest(slips) n)) is not true then
    raise exception 'not its records' using errcode = '22023';
  end if;
  update exchange.inquiry x set slip_ids = array(select distinct n from unnest(x.slip_ids || slips) n), answered_on = coalesce(x.answered_on, access.business_date()),
         revision = x.revision + 1 where x.id = i.id returning * into i;
  perform exchange.inquiry_moved(i, 'take', i.state, null);
end
$$;

-- What was answered, in words.
create or replace function exchange.tell_inquiry(of_id uuid, seen integer, said uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['case.enter']);
begin
  perform flows.take('vaccination-inquiry', 1, i.state, 'tell', i.state, 'vaccination', false);
  if not exists (select from vault.sealed_of(said) d where d.holder = i.person_number and d.program = 'vaccination' and d.kind = 'exchange-words' and d.entered_by = access.staff_id()) then
    raise exception 'not told so' using errcode = '22023';
  end if;
  update exchange.inquiry x set answer_id = said, answered_on = coalesce(x.answered_on, access.business_date()), revision = x.revision + 1 where x.id = i.id returning * into i;
  perform exchange.inquiry_moved(i, 'tell', i.state, null);
end
$$;

-- The steps that are nothing but a step.
create or replace function exchange.move_inquiry(of_id uuid, seen integer, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare i exchange.inquiry := exchange.held_inquiry(of_id, seen, array['case.enter', 'provision.request']); w flows.way; before text;
begin
  if (event_type in ('unknown', 'finish', 'withdraw', 'close', 'reopen')) is not true then raise exception 'what belongs to it is missing' using errcode = 'MD019'; end if;
  before := i.state;
  w := flows.take('vaccination-inquiry', 1, i.state, event_type, target, 'vaccination', why is not null);
  if not access.has_any_right(w.rights, 'vaccination', i.office_code) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if not exchange.inquiry_holds(i, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  if w.comment_required <> (why is not null) or why is not null
     and why not in ('evidence-shown', 'moved-away', 'entered-twice', 'wrong-municipality', 'further-answer', 'other') then
    raise exception 'no such reason' using errcode = '22023';
  end if;
  update exchange.inquiry x set state = target, answered_on = case when event_type = 'unknown' then access.business_date() else x.answered_on end, revision = x.revision + 1
   where x.id = i.id returning * into i;
  perform exchange.inquiry_moved(i, event_type, before, why);
end
$$;

-- 他市町村の照会への回答 ------------------------------------------------------------------------------------------------------------

create or replace function exchange.hand_on_moved(h exchange.hand_on, what text, from_state text, why text) returns void
language plpgsql set search_path = '' as $$
begin
  insert into exchange.hand_on_event (hand_on_id, revision, event, from_state, to_state, reason, staff_id, staff_name, at, "on")
  select h.id, h.revision, what, from_state, h.state, why, s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id());
  perform audit.write('change', 'hand-on.' || what, array[h.person_number], array['vaccination'], jsonb_build_object('number', h.serial::text));
end
$$;

create or replace function exchange.open_hand_on(new_id uuid, number text, code text, whom text, postal text, place text, theirs text, received date, of_rule integer) returns void
language plpgsql security definer set search_path = '' as $$
declare h exchange.hand_on; office text;
begin
  select l.office_code into office from vault.lives_of(array[number]) l;
  if office is null or not access.has_any_right(array['provision.request'], 'vaccination', office) then raise exception 'no right to enter this' using errcode = '42501'; end if;
  if (received between access.business_date() - 400 and access.business_date()
      and exists (select from provision.rule r where r.id = of_rule and r.decision = 'approved' and r.items && provision.record_items()
            and r.valid_from <= access.business_date() and (r.valid_to is null or r.valid_to >= access.business_date()))) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  insert into exchange.hand_on (id, person_number, office_code, municipality_code, municipality, postal_code, address, their_number, received_on, rule_id, state, entered_by, entered_at)
  values (new_id, number, office, code, btrim(whom), postal, btrim(place), btrim(theirs), received, of_rule, 'received', access.staff_id(), cases.moment()) returning * into h;
  perform exchange.hand_on_moved(h, 'open', '', null);
end
$$;

-- `hold`, `refuse` and `answer` by the request of the register of provisions; `decline` with a reason.
create or replace function exchange.move_hand_on(of_id uuid, seen integer, event_type text, target text, of_request integer, why text,
  shots uuid[], new_paper uuid, of_template text, said uuid, document text) returns void
language plpgsql security definer set search_path = '' as $$
declare h exchange.hand_on; w flows.way; before text; wanted text[] := array['name', 'birth-date'] || provision.record_items();
begin
  select x.* into h from exchange.hand_on x where x.id = of_id for update;
  if not found or not access.has_any_right(array['provision.request'], 'vaccination', h.office_code) then raise exception 'no such request' using errcode = '42501'; end if;
  if h.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  before := h.state;
  w := flows.take('vaccination-hand-on', 1, h.state, event_type, target, 'vaccination', why is not null);
  if (event_type = 'decline') <> (why is not null) or (event_type = 'decline') <> (of_request is null)
     or h.state = 'awaiting-release' and of_request is not null and of_request is distinct from h.request_id
     or (case event_type
          when 'answer' then exchange.fits(of_request, h.rule_id, h.person_number, array['provided'], wanted, h.id) and cardinality(shots) between 0 and 300
            and (select count(*) from vaccination.shot s where s.id = any(shots) and s.person_number = any(people.numbers_of(h.person_number))) = cardinality(shots)
          when 'hold' then exchange.fits(of_request, h.rule_id, h.person_number, array['waiting'], wanted, h.id)
          when 'refuse' then exists (select from provision.request q where q.id = of_request and q.state = 'refused' and q.asked_by = access.staff_id()
                 and q.person_number = any(people.numbers_of(h.person_number)))
          else true end) is not true then
    raise exception 'not to be done so' using errcode = '22023';
  end if;
  update exchange.hand_on x set state = target, request_id = coalesce(of_request, x.request_id), declined = why, revision = x.revision + 1,
         shot_ids = case event_type when 'answer' then shots else x.shot_ids end,
         answered_by = case event_type when 'answer' then access.staff_id() end, answered_on = case event_type when 'answer' then access.business_date() end
   where x.id = h.id returning * into h;
  if event_type = 'answer' then perform exchange.keep_paper(new_paper, 'answer', null, h.id, h.person_number, of_template, said, document); end if;
  perform exchange.hand_on_moved(h, event_type, before, why);
end
$$;

-- Both beyond this file -----------------------------------------------------------------------------------------------------------

-- For how long it is kept (35-keeping.sql), and what stands under a number (89-merges.sql).
create or replace view keeping.use_of_exchange as
select i.person_number, 'vaccination'::text as program, coalesce(i.answered_on, i.asked_on, i.opened_on) as last_on, i.state not in ('closed', 'withdrawn') as open from exchange.inquiry i
union all
select h.person_number, 'vaccination', coalesce(h.answered_on, h.received_on), h.state in ('received', 'awaiting-release') from exchange.hand_on h;
create or replace view people.thing_of_exchange as
select i.person_number, 'vaccination'::text as program, 'inquiry'::text as what, i.id::text as key, i.opened_at as at, null::text as only_once,
       i.state not in ('closed', 'withdrawn') as open
  from exchange.inquiry i
union all
select h.person_number, 'vaccination', 'hand-on', h.id::text, h.entered_at, null, h.state in ('received', 'awaiting-release') from exchange.hand_on h;

-- What is held of the person of a 開示請求 (83-subject-requests.sql): inquiries, answers to others, and 副本. One look is recorded.
create or replace function exchange.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'vaccination') <> 'vaccination' then
    return jsonb_build_object('inquiries', '[]'::jsonb, 'answers', '[]'::jsonb, 'copies', 0);
  end if;
  perform audit.write('look', 'exchange.held', whose, null, jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'inquiries', (select coalesce(jsonb_agg(jsonb_build_object('serial', i.serial, 'kind', i.kind, 'municipality', i.municipality, 'askedOn', i.asked_on, 'answeredOn', i.answered_on)
                    order by i.serial), '[]') from exchange.inquiry i where i.person_number = any(whose)),
    'answers', (select coalesce(jsonb_agg(jsonb_build_object('serial', h.serial, 'municipality', h.municipality, 'receivedOn', h.received_on, 'answeredOn', h.answered_on)
                    order by h.serial), '[]') from exchange.hand_on h where h.person_number = any(whose)),
    'copies', (select count(*) from exchange.copy_held c where c.own_number = any(whose)));
end
$$;

revoke execute on all functions in schema exchange from public;
grant execute on function exchange.basis_of, exchange.copy_setting, exchange.reconcile, exchange.begin_copies, exchange.move_copies, exchange.gather_copies, exchange.take_copies,
  exchange.part_ends_at, exchange.copies_made, exchange.take_copy_file, exchange.interrupt_copies, exchange.answer_copies, exchange.settle_copy, exchange.in_movers, exchange.open_inquiries,
  exchange.address_inquiry, exchange.hold_inquiry, exchange.ask_inquiry, exchange.remind_inquiry, exchange.take_inquiry, exchange.tell_inquiry, exchange.move_inquiry,
  exchange.open_hand_on, exchange.move_hand_on, exchange.held_of to madoguchi_app;
