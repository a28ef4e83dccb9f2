-- Background work and mailings.

grant usage on schema jobs, mailings to madoguchi_app;

do $$
declare t regclass;
begin
  foreach t in array array['jobs.task', 'mailings.contractor', 'mailings.batch_run', 'mailings.batch_event', 'mailings.batch_item',
                           'mailings.package_file', 'mailings.hand_over', 'mailings.returned_piece']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('drop policy if exists owner_functions on %s', t);
    execute format('create policy owner_functions on %s to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

-- Whether one of the rights is held for every office, or this is the system itself: what concerns the whole city is asked for by nobody
-- who answers for one office.
create or replace function jobs.asks_for_all(rights text[], of_program text) returns boolean
language sql stable set search_path = '' as $$
  select access.has_right('system.run') or exists (select from unnest(rights) t where access.covers(t, of_program, null))
$$;
revoke execute on function jobs.asks_for_all from public;

-- Background work is asked for by whoever may move what it works on, in the 事務 of that, and where it stands so that work waits.
create or replace function jobs.may_ask(of_queue text, of_program text, subject uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select case split_part(of_queue, '.', 1)
    when 'mailing' then exists (select from mailings.batch_run r where r.id = subject and r.program = of_program
        and access.has_any_right(array['mailing.prepare', 'mailing.approve', 'mailing.download', 'system.run'], r.program))
    when 'feed' then of_program = 'feeds' and access.has_any_right(array['feed.import', 'feed.commit', 'feed.read', 'system.run'], 'feeds')
        and exists (select from feeds.import i where i.id = subject and i.state in ('reviewing', 'committing'))
    when 'receipts' then of_program = 'receipts' and access.has_any_right(array['feed.import', 'feed.commit', 'system.run'], 'receipts')
        and exists (select from receipts.file f where f.id = subject and f.state in ('judging', 'committing'))
    when 'punched' then of_program = 'vaccination' and punched.may_ask(of_queue, subject)
    when 'pmh' then exists (select from pmh.run r where r.id = subject and r.program = of_program and r.state = 'sending' and r.way = 'http'
        and jobs.asks_for_all(array['pmh.approve', 'pmh.prepare'], r.program))
    when 'copies' then of_program = 'vaccination' and jobs.asks_for_all(array['pmh.approve', 'pmh.prepare'], of_program)
        and exists (select from exchange.copy_run r where r.id = subject and r.state in ('gathering', 'making'))
    when 'high-cost' then jobs.asks_for_all(array['high-cost.prepare'], of_program)
        and exists (select from high_cost.search_run r where r.id = subject and r.program = of_program and r.state = 'searching')
    when 'keeping' then access.has_any_right(array['keeping.approve', 'system.run'])
        and exists (select from keeping.erasure_run e where e.id = subject and e.state = 'erasing')
    else false end
$$;
revoke execute on function jobs.may_ask from public;
grant execute on function jobs.may_ask to madoguchi_app;
grant select, insert, update (attempts, started_at, finished_at, error) on jobs.task to madoguchi_app;
drop policy if exists asked_or_worked on jobs.task;
create policy asked_or_worked on jobs.task for select to madoguchi_app
  using (requested_by = (select access.staff_id()) or (select access.has_right('system.run')));
drop policy if exists asked on jobs.task;
create policy asked on jobs.task for insert to madoguchi_app
  with check (requested_by = (select access.staff_id()) and jobs.may_ask(queue, program, subject_id));
drop policy if exists worked on jobs.task;
create policy worked on jobs.task for update to madoguchi_app using ((select access.has_right('system.run')));

-- A contractor's key is never changed: a new key is a new entry.
grant select, insert, update (ended_at) on mailings.contractor to madoguchi_app;
drop policy if exists known on mailings.contractor;
create policy known on mailings.contractor for select to madoguchi_app
  using ((select access.has_right('mailing.read')) or (select access.has_right('contractor.manage')));
drop policy if exists registered on mailings.contractor;
create policy registered on mailings.contractor for insert to madoguchi_app
  with check ((select access.has_right('contractor.manage')) and registered_by = (select access.staff_id()));
drop policy if exists ended on mailings.contractor;
create policy ended on mailings.contractor for update to madoguchi_app using ((select access.has_right('contractor.manage')));

-- Runs, their history and their pieces change through functions alone. A run moves along the ways of the machine of its
-- version (flows.way), a piece along those of workflows/mailings/piece.ts.
revoke all on mailings.batch_run, mailings.batch_event, mailings.batch_item from madoguchi_app;
grant select on mailings.batch_run, mailings.batch_event, mailings.batch_item to madoguchi_app;
drop policy if exists prepared on mailings.batch_run;
drop policy if exists moved on mailings.batch_run;
drop policy if exists by_oneself on mailings.batch_event;
drop trigger if exists guard_begun on mailings.batch_run;
drop trigger if exists guard_run on mailings.batch_run;
drop trigger if exists guard_release on mailings.batch_item;
drop trigger if exists guard_settlement on mailings.batch_item;
drop trigger if exists guard_item on mailings.batch_item;
drop trigger if exists guard_entered on mailings.batch_item;
drop trigger if exists guard_taken_out on mailings.batch_item;
drop function if exists mailings.guard_begun(), mailings.guard_run(), mailings.guard_release(), mailings.guard_settlement(),
  mailings.guard_item(), mailings.guard_items();

drop policy if exists seen on mailings.batch_run;
create policy seen on mailings.batch_run for select to madoguchi_app
  using (exists (select from access.scopes('mailing.read') s where s.program is null or s.program = batch_run.program));
drop policy if exists of_a_run on mailings.batch_event;
create policy of_a_run on mailings.batch_event for select to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r));
drop policy if exists of_a_run on mailings.batch_item;
create policy of_a_run on mailings.batch_item for select to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r));

-- The run, held until the transaction ends, for whoever holds one of the rights and where it stands in one of the states.
create or replace function mailings.held(of_run uuid, rights text[], any_of text[] default null)
returns mailings.batch_run language plpgsql set search_path = '' as $$
declare r mailings.batch_run;
begin
  select x.* into r from mailings.batch_run x where x.id = of_run for update;
  if not exists (select from unnest(rights) t where access.has_right(t, r.program)) or r.id is null then
    raise exception 'no right to work on this run' using errcode = '42501';
  end if;
  if any_of is not null and (r.state = any(any_of)) is not true then
    raise exception 'not a run that stands so' using errcode = '42501';
  end if;
  return r;
end
$$;
-- The same for the program: no row where it is not there or not to be seen.
create or replace function mailings.lock(of_run uuid, of_program text) returns setof mailings.batch_run
language sql security definer set search_path = '' as $$
  select r.* from mailings.batch_run r
   where r.id = of_run and r.program = of_program and access.has_right('mailing.read', r.program) for update
$$;

-- Whether a holder of sealed records is a run of a 事務; whether somebody has a piece of one.
create or replace function mailings.is_run(holder text, of_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from mailings.batch_run r where 'mailing:' || r.id = holder and r.program = of_program
                   and r.id = substring(holder from '^mailing:([0-9a-f-]{36})$')::uuid)
$$;
create or replace function mailings.is_piece_of(number text, of_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id where i.person_number = number and r.program = of_program)
$$;
-- Whether a sealed record is what it is said to be, sealed by whoever names it.
create or replace function mailings.sealed(record_id uuid, of_program text, of_kind text, of_holder text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.sealed_of(record_id) s where s.program = of_program and s.kind = of_kind and s.case_id is null
                    and s.holder = of_holder and s.entered_by = access.staff_id())
$$;

-- What happened to a run, in the name of the person of the session.
create or replace function mailings.keep_event(of_run uuid, after integer, what text, from_state text, to_state text, comment uuid) returns void
language sql set search_path = '' as $$
  insert into mailings.batch_event (run_id, revision, event, from_state, to_state, staff_id, staff_name, at, comment_id)
  select of_run, after, what, from_state, to_state, s.id, s.display_name, cases.moment(), comment from access.staff s where s.id = (select access.staff_id())
$$;

-- Begins a run under the newest version of the machine. One that sends what did not go with another is of the same kind.
create or replace function mailings.begin(of_program text, of_kind text, of_title text, ordered jsonb, of_contractor integer, print_day date, send_day date,
  bundles text, follows uuid, key bytea)
returns setof mailings.batch_run language plpgsql security definer set search_path = '' as $$
begin
  if not access.has_right('mailing.prepare', of_program) then raise exception 'no right to begin a run' using errcode = '42501'; end if;
  if follows is not null and not exists (
      select from mailings.batch_run r where r.id = follows and (r.program, r.kind) = (of_program, of_kind)) then
    raise exception 'follows no run of this kind' using errcode = '42501';
  end if;
  if (coalesce(print_day, access.business_date()) >= access.business_date() and coalesce(send_day, access.business_date()) >= access.business_date()
      and exists (select from mailings.contractor c where c.id = of_contractor and c.ended_at is null
                     and access.business_date() between c.contract_from and c.contract_to)) is not true then
    raise exception 'not to be begun so' using errcode = '42501';
  end if;
  return query insert into mailings.batch_run (program, kind, title, parameters, contractor_id, print_by, send_on, bundling, follows_run_id, working_key,
      machine_version, prepared_by, prepared_at)
    select of_program, of_kind, of_title, ordered, of_contractor, print_day, send_day, bundles, follows, key,
           (select max(w.version) from flows.way w where w.kind = 'mailing-run'), access.staff_id(), cases.moment()
    returning *;
end
$$;

-- Why a run was begun although another was ordered for the same: said once, by whoever begins it, before anything else.
create or replace function mailings.note_repeat(of_run uuid, comment uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['preparing']);
begin
  if (r.revision = 1 and r.prepared_by = access.staff_id() and mailings.sealed(comment, r.program, 'mailing-comment', 'mailing:' || r.id)) is not true then
    raise exception 'not to be said so' using errcode = '42501';
  end if;
  perform mailings.keep_event(r.id, 1, 'repeat', r.state, r.state, comment);
end
$$;

-- The first of the checks that does not hold: see workflows/mailings/states.ts.
create or replace function mailings.unmet(r mailings.batch_run, checks text[]) returns text
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean;
begin
  foreach one in array checks loop
    ok := case one
      when 'hasPieces' then exists (select from mailings.batch_item i where i.run_id = r.id and i.state = 'ready')
      when 'notPreparer' then r.prepared_by <> access.staff_id() and r.submitted_by is distinct from access.staff_id()
      when 'notAsker' then r.withdrawal_asked_by is distinct from access.staff_id()
      -- Of pieces: where their run stands.
      when 'unapproved' then r.state in ('extracted', 'awaiting-approval')
      when 'beingMade' then r.state = 'making'
      else false end;
    if ok is not true then return one; end if;
  end loop;
  return null;
end
$$;

-- Moves a run by one step of its machine: the way, its right and checks, the comment, and what belongs to the step. An
-- approval covers what the approver saw (the revision), today, with the form and the setting in force. `wrong`: what went wrong, of a failure.
create or replace function mailings.move(of_run uuid, seen integer, event_type text, target text, comment uuid, template text, setting integer, wrong text)
returns integer language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run; w flows.way; who integer := access.staff_id(); today date := access.business_date();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into r from mailings.batch_run x where x.id = of_run for update;
  if not found or not access.has_right('mailing.read', r.program) then raise exception 'no such run' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'the run has moved on' using errcode = 'MD014'; end if;
  w := flows.take('mailing-run', r.machine_version, r.state, event_type, target, r.program, comment is not null);
  if comment is not null and not mailings.sealed(comment, r.program, 'mailing-comment', 'mailing:' || r.id) then
    raise exception 'not a comment of this run' using errcode = 'MD016';
  end if;
  if mailings.unmet(r, w.checks) is not null then raise exception 'no such step' using errcode = 'MD011'; end if;
  if event_type = 'approve' and (template is not null or setting is not null) and setting is distinct from printing.in_force(r.program, today) then
    raise exception 'not to be printed so' using errcode = '42501';
  end if;
  if (case event_type
      when 'make' then r.file_count > 0
      when 'made' then exists (select from mailings.package_file f where f.run_id = r.id and f.kind = 'package')
        and not exists (select from mailings.batch_item i where i.run_id = r.id and i.state = 'ready' and i.file is not null)
      when 'hand-over' then exists (select from mailings.hand_over h where h.run_id = r.id and h.handed_by = who)
      when 'receive' then exists (select from mailings.hand_over h where h.run_id = r.id and h.received_on is not null)
      when 'close' then exists (select from mailings.hand_over h where h.run_id = r.id and h.erased_on is not null)
      else true end) is not true then
    raise exception 'what belongs to % is missing', event_type using errcode = 'MD019';
  end if;
  update mailings.batch_run set state = target, revision = seen + 1,
         submitted_by = case event_type when 'submit' then who else submitted_by end,
         approved_by = case event_type when 'approve' then who else approved_by end,
         approved_at = case event_type when 'approve' then cases.moment() else approved_at end,
         approved_revision = case event_type when 'approve' then seen else approved_revision end,
         dated_on = case event_type when 'approve' then today else dated_on end,
         template_version = case event_type when 'approve' then template else template_version end,
         form_setting_id = case event_type when 'approve' then setting else form_setting_id end,
         withdrawal_asked_by = case event_type when 'ask-withdrawal' then who else withdrawal_asked_by end,
         withdrawn_by = case event_type when 'withdraw' then who else withdrawn_by end,
         withdrawn_at = case event_type when 'withdraw' then cases.moment() else withdrawn_at end,
         working_key = case when event_type in ('made', 'cancel') then null else working_key end,
         -- A package can be taken out for thirty days.
         download_until = case event_type when 'made' then today + 30 else download_until end,
         problem = case event_type when 'fail' then wrong when 'resume' then null else problem end
   where id = r.id;
  perform mailings.keep_event(r.id, seen + 1, event_type, r.state, target, comment);
  return seen + 1;
end
$$;

-- Moves 印刷期限 and 発送予定日 until the contractor's receipt is there and while nothing is made; a revision of its own, so
-- that an approval sees it.
create or replace function mailings.set_dates(of_run uuid, seen integer, print_day date, send_day date, comment uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'],
  array['extracted', 'awaiting-approval', 'complete', 'handed-over', 'extraction-failed', 'failed', 'withdrawal-asked']);
begin
  if r.revision is distinct from seen then raise exception 'the run has moved on' using errcode = 'MD014'; end if;
  if (mailings.sealed(comment, r.program, 'mailing-comment', 'mailing:' || r.id)
      and coalesce(print_day, access.business_date()) >= access.business_date()
      and coalesce(send_day, access.business_date()) >= access.business_date()) is not true then
    raise exception 'not to be dated so' using errcode = '42501';
  end if;
  update mailings.batch_run set print_by = print_day, send_on = send_day, revision = seen + 1 where id = r.id;
  perform mailings.keep_event(r.id, seen + 1, 'dates', r.state, r.state, comment);
  return seen + 1;
end
$$;

-- The pieces that an extraction finds. One of somebody under 支援措置 is never ready.
create or replace function mailings.enter_pieces(of_run uuid, persons text[], subjects text[], states text[], reasons text[], places integer[],
  numbers text[], bundles integer[])
returns void language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['preparing']);
begin
  if (select bool_and(coalesce(s in ('ready', 'held', 'left-out'), false)) from unnest(states) s) is not true
     or exists (select from vault.under_protection(array(select p from unnest(persons, states) x(p, s) where s = 'ready'))) then
    raise exception 'not to be entered so' using errcode = '42501';
  end if;
  insert into mailings.batch_item (run_id, person_number, subject, state, reason, place, piece_number, bundle)
  select r.id, p, s, st, why, pl, n, b from unnest(persons, subjects, states, reasons, places, numbers, bundles) x(p, s, st, why, pl, n, b);
end
$$;
create or replace function mailings.clear_pieces(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['preparing']);
begin
  delete from mailings.batch_item where run_id = r.id;
end
$$;

-- 支援措置: one held piece goes, with a reason, before the approval; only somebody who may see the address lets it. The run
-- gets a new revision, so that an approval sees it.
create or replace function mailings.release(of_run uuid, seen integer, at_place integer, why uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.approve']); w flows.way; piece mailings.batch_item;
begin
  if r.revision is distinct from seen then raise exception 'the run has moved on' using errcode = 'MD014'; end if;
  perform access.require_right('person.read-protected', r.program);
  select i.* into piece from mailings.batch_item i where i.run_id = r.id and i.place = at_place;
  w := flows.take('mailing-piece', 1, piece.state, 'release', 'ready', r.program, why is not null);
  if mailings.unmet(r, w.checks) is not null then raise exception 'no such step' using errcode = 'MD011'; end if;
  if not mailings.sealed(why, r.program, 'release-reason', piece.person_number) then
    raise exception 'a reason is missing' using errcode = 'MD016';
  end if;
  update mailings.batch_item set state = 'ready', reason = null, released_by = access.staff_id(), released_at = cases.moment(), release_reason_id = why
   where run_id = r.id and place = at_place;
  update mailings.batch_run set revision = seen + 1 where id = r.id;
  perform mailings.keep_event(r.id, seen + 1, 'release', r.state, r.state, null);
  return seen + 1;
end
$$;

-- Gives the pieces of an approved run their numbers and files, once.
create or replace function mailings.number_pieces(of_run uuid, persons text[], subjects text[], numbers text[], files integer[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['approved', 'making']);
begin
  update mailings.batch_item i set piece_number = n, file = f
    from unnest(persons, subjects, numbers, files) x(p, s, n, f)
   where i.run_id = r.id and i.person_number = p and i.subject = s and i.state = 'ready' and i.file is null
     and coalesce(i.piece_number, n) = n and r.file_count = 0;
  if (select count(*) from unnest(persons)) <> (select count(*) from mailings.batch_item i where i.run_id = r.id and i.file is not null) then
    raise exception 'not to be numbered so' using errcode = '42501';
  end if;
  update mailings.batch_run set file_count = coalesce((select max(f) from unnest(files) f), 0) where id = r.id;
end
$$;

-- Takes numbered pieces out of the making: held or left out, each with its reason.
create or replace function mailings.leave_out(of_run uuid, numbers text[], event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare']); w flows.way;
begin
  w := flows.take('mailing-piece', 1, 'ready', event_type, target, r.program, false);
  if event_type not in ('hold', 'leave') or mailings.unmet(r, w.checks) is not null then raise exception 'no such step' using errcode = 'MD011'; end if;
  update mailings.batch_item set state = target, reason = why
   where run_id = r.id and piece_number = any(numbers) and state = 'ready';
end
$$;

-- The pieces of a file are made.
create or replace function mailings.print_file(of_run uuid, of_file integer) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare']); w flows.way; made bigint;
begin
  w := flows.take('mailing-piece', 1, 'ready', 'print', 'made', r.program, false);
  if mailings.unmet(r, w.checks) is not null
     or not exists (select from mailings.package_file f where f.run_id = r.id and f.kind = 'pdf' and f.file = of_file) then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  update mailings.batch_item set state = 'made' where run_id = r.id and file = of_file and state = 'ready';
  get diagnostics made = row_count;
  update mailings.batch_run set made_count = made_count + made where id = r.id;
end
$$;

-- What did not go with a run that is made is settled once, with a reason.
create or replace function mailings.settle_piece(of_run uuid, of_person text, of_subject text, why uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['complete', 'withdrawal-asked', 'handed-over', 'received', 'closed']);
begin
  if not mailings.sealed(why, r.program, 'settle-reason', of_person) then raise exception 'a reason is missing' using errcode = 'MD016'; end if;
  update mailings.batch_item set settled_by = access.staff_id(), settled_at = cases.moment(), settle_reason_id = why
   where run_id = r.id and person_number = of_person and subject = of_subject and settled_by is null;
  if not found then raise exception 'not to be settled so' using errcode = '42501'; end if;
end
$$;

-- Files of a package: entered while it is made, erased once its time is over or it was withdrawn.
revoke all on mailings.package_file from madoguchi_app;
grant select, insert, update (erased_at) on mailings.package_file to madoguchi_app;
drop policy if exists of_a_run on mailings.package_file;
create policy of_a_run on mailings.package_file for select to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r));
drop policy if exists made on mailings.package_file;
create policy made on mailings.package_file for insert to madoguchi_app
  with check (run_id in (select r.id from mailings.batch_run r where r.state = 'making' and access.has_right('mailing.prepare', r.program)) and erased_at is null);
drop policy if exists erased on mailings.package_file;
create policy erased on mailings.package_file for update to madoguchi_app
  using (erased_at is null and run_id in (select r.id from mailings.batch_run r
    where (r.state = 'withdrawn' or r.download_until < access.business_date()) and access.has_right('mailing.prepare', r.program)))
  with check (erased_at is not null);

grant select, insert on mailings.hand_over to madoguchi_app;
grant update (received_on, receipt_number, medium_returned_on, erased_on, erasure_report) on mailings.hand_over to madoguchi_app;
drop policy if exists seen on mailings.hand_over;
create policy seen on mailings.hand_over for select to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r));
drop policy if exists handed on mailings.hand_over;
create policy handed on mailings.hand_over for insert to madoguchi_app
  with check (received_on is null and erased_on is null
              and case when withdrawn_on is null
                  then handed_by = (select access.staff_id())
                       and run_id in (select r.id from mailings.batch_run r
                                       where r.state = 'complete' and access.has_right('mailing.download', r.program))
                  else withdrawn_by = (select access.staff_id())
                       and run_id in (select r.id from mailings.batch_run r
                                       where r.state = 'withdrawn' and r.withdrawn_by = hand_over.withdrawn_by
                                         and access.has_right('mailing.approve', r.program)) end);
drop policy if exists followed on mailings.hand_over;
create policy followed on mailings.hand_over for update to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r where access.has_right('mailing.download', r.program)));

-- What the contractor says is entered once, in its turn, of days that have been.
create or replace function mailings.guard_hand_over() returns trigger
language plpgsql security definer set search_path = '' as $$
declare in_state text;
begin
  select r.state into in_state from mailings.batch_run r where r.id = new.run_id;
  if ((new.received_on, new.receipt_number) is not distinct from (old.received_on, old.receipt_number)
      or in_state = 'handed-over' and old.received_on is null and new.received_on between old.handed_on and access.business_date()) is not true
     or ((new.erased_on, new.erasure_report, new.medium_returned_on) is not distinct from (old.erased_on, old.erasure_report, old.medium_returned_on)
      or in_state = 'received' and old.erased_on is null and new.erased_on between old.handed_on and access.business_date()
         and coalesce(new.medium_returned_on, old.handed_on) between old.handed_on and access.business_date()) is not true then
    raise exception 'not to be entered so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_hand_over before update on mailings.hand_over for each row execute function mailings.guard_hand_over();

-- 返戻: entered by the number that stands on the piece. Its rows change through these functions alone.
grant select on mailings.returned_piece to madoguchi_app;
drop policy if exists seen on mailings.returned_piece;
create policy seen on mailings.returned_piece for select to madoguchi_app
  using (exists (select from access.scopes('mailing.returned') s where s.program is null or s.program = returned_piece.program)
         or exists (select from access.scopes('person.read') s where s.program is null or s.program = returned_piece.program));

-- The latest run that brought a piece of this number to a contractor; nothing where none did.
create or replace function mailings.enter_return(of_program text, of_kinds text[], number text, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('mailing.returned', of_program);
  insert into mailings.returned_piece (program, kind, run_id, person_number, subject, piece_number, reason, entered_on, entered_by, entered_at)
  select r.program, r.kind, r.id, i.person_number, i.subject, i.piece_number, why, access.business_date(), access.staff_id(), clock_timestamp()
    from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id
   where i.piece_number = number and i.state = 'made' and r.program = of_program and r.kind = any(of_kinds)
     and r.state in ('handed-over', 'received', 'closed')
   order by r.serial desc limit 1
  returning id into made;
  return made;
end
$$;

-- Another reason, or none at all: the piece was read by mistake. Until somebody has settled it.
create or replace function mailings.correct_return(of_program text, of_id integer, why text, back boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('mailing.returned', of_program);
  update mailings.returned_piece set reason = why, taken_back = back, corrected_by = access.staff_id(), corrected_at = clock_timestamp()
   where id = of_id and program = of_program and outcome is null and not taken_back;
  return found;
end
$$;

-- What came of looking into the address.
create or replace function mailings.settle_return(of_program text, of_id integer, what text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('mailing.returned', of_program);
  if what is null then raise exception 'nothing came of it' using errcode = '42501'; end if;
  update mailings.returned_piece set outcome = what, settled_on = access.business_date(), settled_by = access.staff_id()
   where id = of_id and program = of_program and outcome is null and not taken_back;
  return found;
end
$$;
revoke execute on all functions in schema mailings from public;
grant execute on function mailings.lock, mailings.begin, mailings.note_repeat, mailings.move, mailings.set_dates, mailings.enter_pieces, mailings.clear_pieces,
  mailings.release, mailings.number_pieces, mailings.leave_out, mailings.print_file, mailings.settle_piece,
  mailings.enter_return, mailings.correct_return, mailings.settle_return to madoguchi_app;
grant usage on schema mailings to madoguchi_vault;
grant execute on function mailings.is_run, mailings.is_piece_of to madoguchi_vault;
