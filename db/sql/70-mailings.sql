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

grant select, insert, update (attempts, started_at, finished_at, error) on jobs.task to madoguchi_app;
drop policy if exists asked_or_worked on jobs.task;
create policy asked_or_worked on jobs.task for select to madoguchi_app
  using (requested_by = (select access.staff_id()) or (select access.has_right('system.run')));
drop policy if exists asked on jobs.task;
create policy asked on jobs.task for insert to madoguchi_app with check (requested_by = (select access.staff_id()));
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

grant select, insert on mailings.batch_run to madoguchi_app;
grant update (state, revision, submitted_by, approved_by, approved_at, approved_revision, dated_on, template_version, form_setting_id, made_count, file_count,
              working_key, download_until, problem, print_by, send_on, withdrawal_asked_by, withdrawn_by, withdrawn_at)
  on mailings.batch_run to madoguchi_app;
drop policy if exists seen on mailings.batch_run;
create policy seen on mailings.batch_run for select to madoguchi_app
  using (exists (select from access.scopes('mailing.read') s where s.program is null or s.program = batch_run.program));
drop policy if exists prepared on mailings.batch_run;
create policy prepared on mailings.batch_run for insert to madoguchi_app
  with check (access.has_right('mailing.prepare', program) and prepared_by = (select access.staff_id())
              and state = 'preparing' and revision = 1 and approved_by is null
              and template_version is null and form_setting_id is null and withdrawal_asked_by is null);
drop policy if exists moved on mailings.batch_run;
create policy moved on mailings.batch_run for update to madoguchi_app
  using (access.has_right('mailing.prepare', program) or access.has_right('mailing.approve', program)
         or access.has_right('mailing.download', program));

-- What did not go with a run is sent by a run of the same kind.
create or replace function mailings.guard_begun() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from mailings.batch_run r where r.id = new.follows_run_id and (r.program, r.kind) = (new.program, new.kind)) then
    raise exception 'follows no run of this kind' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_begun before insert on mailings.batch_run for each row
  when (new.follows_run_id is not null) execute function mailings.guard_begun();

-- Whoever approves is the person of this session, holds the right, approves the revision that stands there,
-- and is none of those who prepared (a check constraint); nobody else's name can be written.
create or replace function mailings.guard_run() returns trigger language plpgsql set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if new.state is distinct from old.state and new.revision <> old.revision + 1 then
    raise exception 'a run moves one revision at a time' using errcode = '42501';
  end if;
  if new.submitted_by is distinct from old.submitted_by and new.submitted_by is distinct from who then
    raise exception 'submitted in the name of another' using errcode = '42501';
  end if;
  if new.approved_by is distinct from old.approved_by and
     (old.approved_by is not null or new.approved_by is distinct from who or old.state <> 'awaiting-approval'
      or new.state <> 'approved' or new.approved_revision <> old.revision
      or not access.has_right('mailing.approve', old.program)) then
    raise exception 'not to be approved so' using errcode = '42501';
  end if;
  if old.approved_by is not null and
     (new.approved_at, new.approved_revision, new.dated_on, new.template_version, new.form_setting_id) is distinct from
     (old.approved_at, old.approved_revision, old.dated_on, old.template_version, old.form_setting_id) then
    raise exception 'an approval is never changed' using errcode = '42501';
  end if;
  -- 取下げ: asked for by one person, approved by another who holds the right; what was withdrawn stays so.
  if old.state = 'withdrawn' then
    raise exception 'what was withdrawn stays withdrawn' using errcode = '42501';
  end if;
  if new.withdrawal_asked_by is distinct from old.withdrawal_asked_by and
     (new.withdrawal_asked_by is distinct from who or old.state <> 'complete' or new.state <> 'withdrawal-asked') then
    raise exception 'no withdrawal is asked for so' using errcode = '42501';
  end if;
  if new.state is distinct from old.state and new.state = 'withdrawal-asked' and
     (old.state <> 'complete' or new.withdrawal_asked_by is distinct from who) then
    raise exception 'no withdrawal is asked for so' using errcode = '42501';
  end if;
  if new.state = 'withdrawn' and
     (old.state <> 'withdrawal-asked' or new.withdrawn_by is distinct from who or old.withdrawal_asked_by = who
      or not access.has_right('mailing.approve', old.program)) then
    raise exception 'not to be withdrawn so' using errcode = '42501';
  end if;
  -- What is printed is settled with the approval: the form, and the setting that holds on that day.
  if old.approved_by is null and (new.template_version is not null or new.form_setting_id is not null) and
     (new.approved_by is null or new.form_setting_id is distinct from printing.in_force(old.program, new.dated_on)) then
    raise exception 'not to be printed so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_run before update on mailings.batch_run for each row execute function mailings.guard_run();

grant select, insert on mailings.batch_event to madoguchi_app;
drop policy if exists of_a_run on mailings.batch_event;
create policy of_a_run on mailings.batch_event for select to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r));
drop policy if exists by_oneself on mailings.batch_event;
create policy by_oneself on mailings.batch_event for insert to madoguchi_app
  with check (staff_id = (select access.staff_id()) and run_id in (select r.id from mailings.batch_run r)
              and staff_name = (select s.display_name from access.staff s where s.id = (select access.staff_id())));

-- Of a piece it never changes for whom and about what it is.
revoke update on mailings.batch_item from madoguchi_app;
grant select, insert, delete,
      update (state, reason, piece_number, file, released_by, released_at, release_reason_id,
              settled_by, settled_at, settle_reason_id) on mailings.batch_item to madoguchi_app;
drop policy if exists of_a_run on mailings.batch_item;
create policy of_a_run on mailings.batch_item to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r))
  with check (run_id in (select r.id from mailings.batch_run r));

-- 支援措置: a piece that is held goes out only when somebody who may see the address has released it, with a reason.
create or replace function mailings.guard_release() returns trigger language plpgsql set search_path = '' as $$
declare of_program text;
begin
  select r.program into of_program from mailings.batch_run r where r.id = new.run_id;
  if new.released_by is distinct from access.staff_id() or new.release_reason_id is null
     or not access.has_right('mailing.approve', of_program) or not access.has_right('person.read-protected', of_program) then
    raise exception 'not to be released so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_release before update on mailings.batch_item for each row
  when (new.released_by is distinct from old.released_by or (old.state = 'held' and new.state in ('ready', 'made') and new.released_by is null))
  execute function mailings.guard_release();

-- What did not go with a run that is made is settled once, by the person of this session, with a reason.
create or replace function mailings.guard_settlement() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.settled_by is not null or new.settled_by is distinct from access.staff_id() or new.settle_reason_id is null
     or not exists (select from mailings.batch_run r where r.id = new.run_id
                       and r.state in ('complete', 'withdrawal-asked', 'handed-over', 'received', 'closed')
                       and access.has_right('mailing.prepare', r.program)) then
    raise exception 'not to be settled so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_settlement before update on mailings.batch_item for each row
  when ((new.settled_by, new.settled_at, new.settle_reason_id) is distinct from (old.settled_by, old.settled_at, old.settle_reason_id))
  execute function mailings.guard_settlement();

-- Pieces are entered and taken out only while a run is extracted. Asked once a statement: there may be 100,000 of them.
drop trigger if exists guard_item on mailings.batch_item;
drop function if exists mailings.guard_item;
create or replace function mailings.guard_items() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from (select distinct run_id from changed) c
              where not exists (select from mailings.batch_run r where r.id = c.run_id and r.state = 'preparing'
                                  and access.has_right('mailing.prepare', r.program))) then
    raise exception 'pieces change only while a run is extracted' using errcode = '42501';
  end if;
  return null;
end
$$;
create or replace trigger guard_entered after insert on mailings.batch_item
  referencing new table as changed for each statement execute function mailings.guard_items();
create or replace trigger guard_taken_out after delete on mailings.batch_item
  referencing old table as changed for each statement execute function mailings.guard_items();

grant select, insert, update (erased_at) on mailings.package_file to madoguchi_app;
drop policy if exists of_a_run on mailings.package_file;
create policy of_a_run on mailings.package_file to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r))
  with check (run_id in (select r.id from mailings.batch_run r where access.has_right('mailing.prepare', r.program)));

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
revoke execute on function mailings.enter_return, mailings.correct_return, mailings.settle_return from public;
grant execute on function mailings.enter_return, mailings.correct_return, mailings.settle_return to madoguchi_app;
