-- PMH登録: certificates of a 事務 registered in the Public Medical Hub (医療費助成対象者情報登録, differential). What the hub holds is what
-- it accepted and what was not deleted since; a run is the difference between that and what holds today. A version has one 履歴キー
-- for ever: what is sent again after a kill is the same record. Written by these functions alone. 個人番号 leave the vault in
-- pmh.take_rows only, for lines of an approved run, and each is recorded.

grant usage on schema pmh to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['run', 'run_event', 'line'] loop
    call cases.secure(('pmh.' || quote_ident(t))::regclass);
    execute format('revoke all on pmh.%I from madoguchi_app', t);
    execute format('grant select on pmh.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on pmh.%I', t);
  end loop;
end
$$;
-- A run is of the whole 事務, so it is for those whose right is not limited to an office.
create policy seen on pmh.run for select to madoguchi_app
  using (exists (select from access.scopes('pmh.read') s where (s.program is null or s.program = run.program) and s.office is null));
create policy seen on pmh.run_event for select to madoguchi_app using (run_id in (select r.id from pmh.run r));
create policy seen on pmh.line for select to madoguchi_app using (run_id in (select r.id from pmh.run r));

-- Of many, for the owner's functions, without a trace: what a registration hangs on.
create or replace function vault.pmh_facts(numbers text[])
returns table (person_number text, revision integer, withheld boolean, obstacle text)
language sql stable security definer set search_path = '' as $$
  with withheld as materialized (select w as number from vault.withheld_of(numbers) w)
  select n.number, p.revision, w.number is not null,
         case when p.person_number is null or k.holder is null then 'no-person'
              when i.person_number is null then 'no-individual-number'
              when p.birth_date is null then 'no-birth-date'
              when p.sex = 'unknown' then 'no-sex' end
    from (select distinct u as number from unnest(numbers) u) n
    left join vault.person p on p.person_number = n.number
    left join vault.holder_key k on k.holder = n.number
    left join vault.individual_number i on i.person_number = n.number
    left join withheld w on w.number = n.number
$$;

-- What is sent of persons, sealed: for the owner's functions. Recorded here, one record a person.
create or replace function vault.pmh_people(numbers text[], run_number integer)
returns table (person_number text, sex text, birth_date date, postal_code text, sealed_name bytea, sealed_address bytea, wrapped_key bytea,
  sealed_individual_number bytea, individual_number_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform audit.write('export', 'pmh.person-sent', numbers, array['individual-number', 'name', 'birth-date', 'sex', 'address'],
    jsonb_build_object('run', run_number));
  return query select p.person_number, p.sex, p.birth_date, p.postal_code, p.sealed_name, p.sealed_address, k.wrapped_key, i.sealed, i.wrapped_key
    from vault.person p join vault.holder_key k on k.holder = p.person_number
    join vault.individual_number i on i.person_number = p.person_number
   where p.person_number = any(numbers);
end
$$;
alter function vault.pmh_facts owner to madoguchi_vault;
alter function vault.pmh_people owner to madoguchi_vault;
revoke execute on function vault.pmh_facts, vault.pmh_people from public, madoguchi_app;
grant execute on function vault.pmh_facts, vault.pmh_people to madoguchi_owner;

-- The setting of a 事務 that holds today; none while it is switched off.
create or replace function pmh.setting_in_force(of_program text) returns city.parameter
language sql stable security definer set search_path = '' as $$
  select p from city.parameter p
   where p.key = of_program || '.pmh' and p.decision = 'approved' and p.valid_from <= access.business_date()
     and (p.valid_to is null or p.valid_to >= access.business_date())
   order by p.valid_from desc limit 1
$$;

-- What of the certificates of a 事務 differs from what the hub holds: versions to register, versions to delete. A version that the
-- hub refused comes again once somebody said so. `leaves_out`: people whose data are not disclosed are not registered at all.
create or replace function pmh.differences(of_program text, leaves_out boolean)
returns table (operation text, history_key bigint, entitlement_id uuid, person_number text, why text, recipient_number text, valid_from date,
  valid_to date, person_revision integer, not_disclosed boolean, obstacle text)
language sql stable security definer set search_path = '' as $$
  with live as materialized (
    select l.* from pmh.line l join pmh.run r on r.id = l.run_id
     where r.program = of_program and l.operation = 'register' and l.state = 'accepted'
       and not exists (select from pmh.line d where d.history_key = l.history_key and d.operation = 'delete' and d.state = 'accepted')),
  -- What stands in another run already waits for that one.
  busy as materialized (
    select distinct l.entitlement_id from pmh.line l join pmh.run r on r.id = l.run_id
     where r.program = of_program and l.state = 'ready'),
  given as materialized (
    select e.id, e.person_number, e.recipient_number, e.valid_from, e.valid_to, x.status from entitlements.entitlement e
      -- 停止 is judged by the day: one may be to come, or lifted.
      cross join lateral (select case when e.status not in ('granted', 'suspended') then e.status
        when exists (select from entitlements.suspension u where u.entitlement_id = e.id
                        and access.business_date() between u.from_on and coalesce(u.to_on, 'infinity')) then 'suspended' else 'granted' end as status) x
     where e.program = of_program and e.id not in (select b.entitlement_id from busy b)
       and (exists (select from live v where v.entitlement_id = e.id)
            or x.status = 'granted' and e.valid_to >= access.business_date()
               and exists (select from entitlements.certificate z where z.entitlement_id = e.id))),
  facts as materialized (
    select f.person_number, f.revision, f.obstacle,
           f.withheld or exists (select from provision.flag g where g.person_number = f.person_number and g.lifted_at is null) as hidden
      from vault.pmh_facts(array(select distinct g.person_number from given g)) f),
  judged as materialized (
    select g.*, coalesce(f.revision, 0) as revision, f.obstacle as not_to_send, coalesce(f.hidden, true) as hidden,
           (g.status in ('granted', 'lost') and g.valid_from <= g.valid_to and not (leaves_out and coalesce(f.hidden, true))) as wanted,
           -- Of what is past, moves and changes of name do not matter any more.
           g.valid_to < access.business_date() as over,
           v.id is not null as known, v.valid_from as held_from, v.valid_to as held_to, v.recipient_number as held_number,
           v.not_disclosed as held_hidden, v.person_revision as held_revision
      from given g left join facts f on f.person_number = g.person_number
      left join lateral (select x.* from live x where x.entitlement_id = g.id order by x.id desc limit 1) v on true),
  reasoned as (
    select j.*, case when j.status = 'revoked' then 'revoked' when j.status = 'suspended' then 'suspended'
        when not j.wanted then 'disclosure' when not j.known then 'new'
        when j.status = 'lost' and j.valid_to < j.held_to then 'lost'
        when (j.valid_from, j.valid_to) is distinct from (j.held_from, j.held_to) then 'period'
        when j.recipient_number <> j.held_number then 'number'
        when j.hidden <> j.held_hidden then 'disclosure'
        else 'person' end as what,
      -- This very version was refused, and nobody said that it is to be sent again.
      exists (select from pmh.line x where x.entitlement_id = j.id and x.operation = 'register' and x.state = 'refused'
           and x.settled is distinct from 'again'
           and (x.recipient_number, x.valid_from, x.valid_to, x.person_revision, x.not_disclosed)
             is not distinct from (j.recipient_number, j.valid_from, j.valid_to, j.revision, j.hidden)) as blocked
      from judged j)
  select 'register', null::bigint, j.id, j.person_number, j.what, j.recipient_number, j.valid_from, j.valid_to, j.revision, j.hidden, j.not_to_send
    from reasoned j
   where j.wanted and not (j.known and (j.recipient_number, j.valid_from, j.valid_to) = (j.held_number, j.held_from, j.held_to)
                           and (j.over or (j.revision, j.hidden) = (j.held_revision, j.held_hidden)))
     and not j.blocked
  union all
  select 'delete', v.history_key, j.id, j.person_number, j.what, v.recipient_number, v.valid_from, v.valid_to, j.revision, j.hidden, j.not_to_send
    from reasoned j join live v on v.entitlement_id = j.id
   where not (j.wanted and (j.recipient_number, j.valid_from, j.valid_to) = (v.recipient_number, v.valid_from, v.valid_to)
              and (j.over or (j.revision, j.hidden) = (v.person_revision, v.not_disclosed)))
     -- Whoever is entitled keeps the earlier version until the new one is there.
     and not (j.wanted and j.blocked and j.what <> 'lost')
     and not exists (select from pmh.line x where x.history_key = v.history_key and x.operation = 'delete' and x.state = 'refused'
           and x.settled is distinct from 'again')
$$;

-- How many changes wait to be gathered, by what changed: counts alone.
create or replace function pmh.waiting(of_program text) returns table (operation text, why text, lines bigint)
language plpgsql stable security definer set search_path = '' as $$
declare s city.parameter := pmh.setting_in_force(of_program);
begin
  if access.covers('pmh.read', of_program, null) is not true then raise exception 'no right to look' using errcode = '42501'; end if;
  if s.id is null then return; end if;
  return query select d.operation, d.why, count(*) from pmh.differences(of_program, s.value ->> 'notDisclosed' = 'leave-out') d
    where d.obstacle is null group by 1, 2;
end
$$;

-- Whether something is to be gathered, for whoever gathers: how many changes, and since when nobody did.
create or replace function pmh.to_gather(of_program text) returns table (lines bigint, since timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare s city.parameter := pmh.setting_in_force(of_program);
begin
  if access.covers('pmh.prepare', of_program, null) is not true then raise exception 'no right to gather' using errcode = '42501'; end if;
  if s.id is null then return; end if;
  return query select count(*), coalesce((select max(r.prepared_at) from pmh.run r where r.program = of_program), s.valid_from::timestamp at time zone 'Asia/Tokyo')
    from pmh.differences(of_program, s.value ->> 'notDisclosed' = 'leave-out') d where d.obstacle is null;
end
$$;

create or replace function pmh.keep_event(of_run uuid, after integer, what text, from_state text, to_state text) returns void
language sql set search_path = '' as $$
  insert into pmh.run_event (run_id, revision, event, from_state, to_state, staff_id, staff_name, at)
  select of_run, after, what, from_state, to_state, s.id, s.display_name, cases.moment() from access.staff s where s.id = (select access.staff_id())
$$;

-- Gathers what differs into a run of its own. MD019 where nothing does, or nothing is set.
create or replace function pmh.gather(of_program text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; s city.parameter; found_lines bigint; held_lines bigint;
begin
  if access.covers('pmh.prepare', of_program, null) is not true then raise exception 'no right to gather' using errcode = '42501'; end if;
  s := pmh.setting_in_force(of_program);
  if s.id is null then raise exception 'nothing is set' using errcode = 'MD019'; end if;
  perform pg_advisory_xact_lock(hashtextextended('pmh.gather ' || of_program, 0));
  insert into pmh.run (program, setting_id, way, machine_version, state, prepared_by, prepared_at)
  values (of_program, s.id, s.value ->> 'way', (select max(w.version) from flows.way w where w.kind = 'pmh-run'), 'prepared', access.staff_id(), cases.moment())
  returning id into made;
  insert into pmh.line (id, run_id, operation, history_key, entitlement_id, person_number, why, recipient_number, valid_from, valid_to,
      person_revision, not_disclosed, state, reason)
  overriding system value
  select x.id, made, x.operation, coalesce(x.history_key, x.id), x.entitlement_id, x.person_number, x.why, x.recipient_number, x.valid_from, x.valid_to,
         x.person_revision, x.not_disclosed, case when x.obstacle is null then 'ready' else 'held' end, x.obstacle
    from (select nextval(pg_get_serial_sequence('pmh.line', 'id')) as id, d.*
            from (select * from pmh.differences(of_program, s.value ->> 'notDisclosed' = 'leave-out') y
                   order by y.entitlement_id, y.operation desc, y.history_key) d) x;
  get diagnostics found_lines = row_count;
  if found_lines = 0 then raise exception 'nothing differs' using errcode = 'MD019'; end if;
  -- A version that another takes the place of goes once that is accepted; a loss does not wait.
  update pmh.line d set after_line = n.id
    from pmh.line n
   where d.run_id = made and n.run_id = made and d.operation = 'delete' and n.operation = 'register' and n.entitlement_id = d.entitlement_id
     and d.state = 'ready' and n.state = 'ready' and n.why <> 'lost';
  select count(*) into held_lines from pmh.line l where l.run_id = made and l.state = 'held';
  perform pmh.keep_event(made, 1, 'gather', '', 'prepared');
  perform audit.write('select', 'pmh-run.gathered', null, array['entitlement'], jsonb_build_object('selected', found_lines - held_lines, 'held', held_lines));
  return made;
end
$$;

-- The run, held until the transaction ends, as the page showed it.
create or replace function pmh.held_run(of_run uuid, seen integer) returns pmh.run
language plpgsql set search_path = '' as $$
declare r pmh.run;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into r from pmh.run x where x.id = of_run for update;
  if not found or (access.covers('pmh.read', r.program, null) or access.has_right('system.run')) is not true then
    raise exception 'no such run' using errcode = '42501';
  end if;
  if r.revision is distinct from seen then raise exception 'the run has moved on' using errcode = 'MD014'; end if;
  return r;
end
$$;

create or replace function pmh.run_holds(r pmh.run, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean;
begin
  foreach one in array checks loop
    ok := case one
      when 'hasLines' then exists (select from pmh.line l where l.run_id = r.id and l.state = 'ready')
      when 'notPreparer' then not exists (select from pmh.run_event e where e.run_id = r.id and e.staff_id = access.staff_id()
                                            and e.event in ('gather', 'submit'))
      when 'settingHolds' then coalesce((pmh.setting_in_force(r.program)).id = r.setting_id, false)
      when 'allAnswered' then not exists (select from pmh.line l where l.run_id = r.id and l.state = 'ready')
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

create or replace function pmh.step_run(r pmh.run, event_type text, target text, why text) returns integer
language plpgsql set search_path = '' as $$
declare w flows.way; lines bigint;
begin
  w := flows.take('pmh-run', r.machine_version, r.state, event_type, target, r.program, false);
  if not exists (select from unnest(w.rights) t where t = 'system.run' and access.has_right(t) or access.covers(t, r.program, null)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if not pmh.run_holds(r, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  if event_type = 'approve' then
    select count(*) into lines from pmh.line l where l.run_id = r.id and l.state = 'ready';
  end if;
  if event_type in ('cancel', 'end') then
    update pmh.line l set state = 'released', reason = 'not-sent', claimed_until = null where l.run_id = r.id and l.state = 'ready';
  end if;
  update pmh.run set state = target, revision = r.revision + 1,
         submitted_by = case event_type when 'submit' then access.staff_id() else submitted_by end,
         approved_by = case event_type when 'approve' then access.staff_id() else approved_by end,
         approved_at = case event_type when 'approve' then cases.moment() else approved_at end,
         approved_count = case event_type when 'approve' then lines else approved_count end,
         interruption = case when target = 'interrupted' then coalesce(why, 'by-hand') end
   where id = r.id;
  perform pmh.keep_event(r.id, r.revision + 1, event_type, r.state, target);
  perform audit.write('event', 'pmh-run.' || event_type, null, null, jsonb_build_object('run', r.serial));
  return r.revision + 1;
end
$$;

-- The steps that are nothing but a step; `finish` belongs to the last answer, `interrupt` to whoever sends.
create or replace function pmh.move_run(of_run uuid, seen integer, event_type text, target text) returns integer
language plpgsql security definer set search_path = '' as $$
declare r pmh.run := pmh.held_run(of_run, seen);
begin
  if (event_type in ('submit', 'return', 'approve', 'cancel', 'stop', 'resume', 'end')) is not true then
    raise exception 'what belongs to it is missing' using errcode = 'MD019';
  end if;
  return pmh.step_run(r, event_type, target, null);
end
$$;

-- Hands out rows of an approved run to be sent, with what is sealed of the persons: to the system, which sends them, or as a file
-- to whoever may take out 個人番号. Over the network each line goes to one sender at a time; a killed one loses it after three minutes.
create or replace function pmh.take_rows(of_run uuid, most integer)
returns table (line_id bigint, operation text, history_key bigint, recipient_number text, valid_from date, valid_to date, not_disclosed boolean,
  person_number text, sex text, birth_date date, postal_code text, sealed_name bytea, sealed_address bytea, wrapped_key bytea,
  sealed_individual_number bytea, individual_number_key bytea)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare r pmh.run; s city.parameter; taken bigint[]; hidden text[];
begin
  select x.* into r from pmh.run x where x.id = of_run for update;
  if (case r.way when 'http' then access.has_right('system.run') else access.covers('pmh.send', r.program, null) end) is not true then
    raise exception 'no right to send' using errcode = '42501';
  end if;
  if r.state <> 'sending' then raise exception 'the run is not being sent' using errcode = 'MD011'; end if;
  if pmh.run_holds(r, array['settingHolds']) is not true then raise exception 'the setting does not hold any more' using errcode = 'MD020'; end if;
  if (most between 1 and 1000) is not true then raise exception 'not so many' using errcode = '22023'; end if;
  with due as (
    select l.id from pmh.line l
     where l.run_id = r.id and l.state = 'ready' and (r.way = 'file' or l.claimed_until is null or l.claimed_until < clock_timestamp())
       and (l.after_line is null or exists (select from pmh.line n where n.id = l.after_line and n.state = 'accepted'))
     order by l.id limit case r.way when 'http' then most end),
  marked as (
    update pmh.line l set attempts = l.attempts + 1, claimed_until = case r.way when 'http' then clock_timestamp() + interval '3 minutes' end
      from due where l.id = due.id returning l.id)
  select array_agg(m.id) into taken from marked m;
  if taken is null then return; end if;
  -- Whose data are not disclosed any more since the run was gathered: they are sent as such, or not at all where the city leaves them out.
  hidden := array(select f.person_number from vault.pmh_facts(array(select distinct l.person_number from pmh.line l
                     where l.id = any(taken) and l.operation = 'register' and not l.not_disclosed)) f
                   where f.withheld or exists (select from provision.flag g where g.person_number = f.person_number and g.lifted_at is null));
  if cardinality(hidden) > 0 then
    select p.* into s from city.parameter p where p.id = r.setting_id;
    if s.value ->> 'notDisclosed' = 'leave-out' then
      update pmh.line l set state = 'released', reason = 'not-sent', claimed_until = null
       where l.id = any(taken) and l.operation = 'register' and l.person_number = any(hidden);
      update pmh.line d set state = 'released', reason = 'not-replaced', claimed_until = null
        from pmh.line n where d.run_id = r.id and d.state = 'ready' and n.id = d.after_line and n.state = 'released';
    else
      update pmh.line l set not_disclosed = true where l.id = any(taken) and l.operation = 'register' and l.person_number = any(hidden);
    end if;
  end if;
  return query
    select l.id, l.operation, l.history_key, l.recipient_number, l.valid_from, l.valid_to, l.not_disclosed,
           p.person_number, p.sex, p.birth_date, p.postal_code, p.sealed_name, p.sealed_address, p.wrapped_key, p.sealed_individual_number, p.individual_number_key
      from pmh.line l
      join vault.pmh_people(array(select distinct n.person_number from pmh.line n where n.id = any(taken) and n.state = 'ready'), r.serial) p on p.person_number = l.person_number
     where l.id = any(taken) and l.state = 'ready' order by l.id;
end
$$;

-- What the hub answered of lines that were handed out. The last answer ends the run.
create or replace function pmh.record_answers(of_run uuid, lines bigint[], outcomes text[], codes text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare r pmh.run; answered integer;
begin
  select x.* into r from pmh.run x where x.id = of_run for update;
  if (case r.way when 'http' then access.has_right('system.run') else access.covers('pmh.prepare', r.program, null) end) is not true then
    raise exception 'no right to answer' using errcode = '42501';
  end if;
  if r.state not in ('sending', 'interrupted') then raise exception 'the run does not wait for answers' using errcode = 'MD011'; end if;
  if (cardinality(lines) = all(array[cardinality(outcomes), cardinality(codes)])
      and not exists (select from unnest(outcomes) o where (o in ('accepted', 'refused')) is not true)) is not true then
    raise exception 'not answers' using errcode = '22023';
  end if;
  update pmh.line l set state = x.o, answer_code = x.c, reason = case x.o when 'refused' then 'refused-by-hub' end,
         answered_at = cases.moment(), claimed_until = null
    from (select distinct on (n) n, o, c from unnest(lines, outcomes, codes) y(n, o, c) order by n) x
   where l.id = x.n and l.run_id = r.id and l.state = 'ready' and l.attempts > 0;
  get diagnostics answered = row_count;
  -- What was to be replaced by a refused version stays in the hub as it is.
  update pmh.line d set state = 'released', reason = 'not-replaced'
    from pmh.line n where d.run_id = r.id and d.state = 'ready' and n.id = d.after_line and n.state = 'refused';
  perform audit.write('event', 'pmh-run.answers', null, null, jsonb_build_object('run', r.serial, 'answered', answered));
  if pmh.run_holds(r, array['allAnswered']) then perform pmh.step_run(r, 'finish', 'answered', null); end if;
  return answered;
end
$$;

-- What was handed out and not answered may be handed out again at once: by the sender that knows that nothing is under way.
create or replace function pmh.give_back(of_run uuid, lines bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.has_right('system.run') is not true then raise exception 'no right to give back' using errcode = '42501'; end if;
  update pmh.line l set claimed_until = null where l.run_id = of_run and l.id = any(lines) and l.state = 'ready';
end
$$;

-- Sending stopped: why, as a code. False where the run is not being sent any more.
create or replace function pmh.interrupt(of_run uuid, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r pmh.run;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to interrupt' using errcode = '42501'; end if;
  if (why in ('unreachable', 'timeout', 'server-error', 'credentials', 'unreadable-answer', 'setting', 'files', 'program')) is not true then
    raise exception 'not a reason' using errcode = '22023';
  end if;
  select x.* into r from pmh.run x where x.id = of_run for update;
  if r.state is distinct from 'sending' then return false; end if;
  perform pmh.step_run(r, 'interrupt', 'interrupted', why);
  return true;
end
$$;

-- What becomes of a refused line: sent again with the next run, or left until the certificate changes.
create or replace function pmh.settle(of_line bigint, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare l pmh.line; r pmh.run;
begin
  select x.* into l from pmh.line x where x.id = of_line for update;
  select x.* into r from pmh.run x where x.id = l.run_id;
  if access.covers('pmh.prepare', r.program, null) is not true then raise exception 'no right to settle' using errcode = '42501'; end if;
  if (how in ('again', 'left')) is not true then raise exception 'not to be settled so' using errcode = '22023'; end if;
  if l.state <> 'refused' or l.settled is not null then return false; end if;
  update pmh.line set settled = how, settled_by = access.staff_id(), settled_at = cases.moment() where id = of_line;
  perform audit.write('event', 'pmh-line.' || how, array[l.person_number], null, jsonb_build_object('run', r.serial));
  return true;
end
$$;

revoke execute on all functions in schema pmh from public;
grant execute on function pmh.setting_in_force, pmh.waiting, pmh.to_gather, pmh.gather, pmh.move_run, pmh.take_rows, pmh.record_answers, pmh.give_back,
  pmh.interrupt, pmh.settle to madoguchi_app;
