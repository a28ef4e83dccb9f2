-- Background work and mailings.

grant usage on schema jobs, mailings to madoguchi_app;

do $$
declare t regclass;
begin
  foreach t in array array['jobs.task', 'mailings.contractor', 'mailings.batch_run', 'mailings.batch_event', 'mailings.batch_item',
                           'mailings.package_file', 'mailings.hand_over']::regclass[] loop
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
              working_key, download_until, problem) on mailings.batch_run to madoguchi_app;
drop policy if exists seen on mailings.batch_run;
create policy seen on mailings.batch_run for select to madoguchi_app
  using (exists (select from access.scopes('mailing.read') s where s.program is null or s.program = batch_run.program));
drop policy if exists prepared on mailings.batch_run;
create policy prepared on mailings.batch_run for insert to madoguchi_app
  with check (access.has_right('mailing.prepare', program) and prepared_by = (select access.staff_id())
              and state = 'preparing' and revision = 1 and approved_by is null
              and template_version is null and form_setting_id is null);
drop policy if exists moved on mailings.batch_run;
create policy moved on mailings.batch_run for update to madoguchi_app
  using (access.has_right('mailing.prepare', program) or access.has_right('mailing.approve', program)
         or access.has_right('mailing.download', program));

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
      update (state, reason, piece_number, file, released_by, released_at, release_reason_id) on mailings.batch_item to madoguchi_app;
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
  with check (handed_by = (select access.staff_id())
              and run_id in (select r.id from mailings.batch_run r where access.has_right('mailing.download', r.program)));
drop policy if exists followed on mailings.hand_over;
create policy followed on mailings.hand_over for update to madoguchi_app
  using (run_id in (select r.id from mailings.batch_run r where access.has_right('mailing.download', r.program)));
