-- Cases, entries and approvals, documents: who acts is set here from the session, never by the program.

grant usage on schema cases, approvals, documents to madoguchi_app;

do $$
declare t regclass;
begin
  foreach t in array array['cases.case','cases.event','cases.effect','cases.deadline','cases.counter',
                           'approvals.entry','approvals.approval','documents.document','documents.print']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('drop policy if exists owner_functions on %s', t);
    execute format('create policy owner_functions on %s to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

-- Whether one of the rights is held for the 事務 and the office of a row.
create or replace function cases.may(any_of text[], in_program text, in_office text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from access.held_rights() h
     where h."right" = any(any_of)
       and (h.program is null or h.program = in_program)
       and (h.office is null or h.office = in_office))
$$;

-- Cases: the columns by which a case moves may be changed, and only as the trigger below allows.
grant select, insert, update (state, state_since, revision) on cases.case to madoguchi_app;
drop policy if exists seen on cases.case;
create policy seen on cases.case for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = "case".program) and (s.office is null or s.office = "case".office_code)));
drop policy if exists opened on cases.case;
create policy opened on cases.case for insert to madoguchi_app
  with check (cases.may(array['case.enter','system.run'], program, office_code));
drop policy if exists moved on cases.case;
create policy moved on cases.case for update to madoguchi_app
  using (cases.may(array['case.enter','case.examine','case.propose','case.approve','case.revoke','certificate.issue','system.run'], program, office_code));

create or replace function cases.opened_by_session() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.opened_by := access.staff_id();
  new.revision := 1;
  return new;
end
$$;
create or replace trigger opened_by_session before insert on cases.case
  for each row execute function cases.opened_by_session();

-- The one door: a case moves by one revision, and at the end of the transaction the event that moved it is there.
create or replace function cases.one_step() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.revision <> old.revision + 1 then
    raise exception 'a case moves by one revision' using errcode = 'MD010';
  end if;
  return new;
end
$$;
create or replace trigger one_step before update on cases.case for each row execute function cases.one_step();

create or replace function cases.moved_by_event() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from cases.event e where e.case_id = new.id and e.revision = new.revision and e.to_state = new.state) then
    raise exception 'a case moves only by an event' using errcode = 'MD011';
  end if;
  return null;
end
$$;
drop trigger if exists moved_by_event on cases.case;
create constraint trigger moved_by_event after insert or update on cases.case
  deferrable initially deferred for each row execute function cases.moved_by_event();

-- Sets the staff member of a new row from the session; the column is named by the trigger.
create or replace function cases.stamp_staff() returns trigger
language plpgsql set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  return jsonb_populate_record(new, jsonb_build_object(tg_argv[0], who));
end
$$;

-- What belongs to a case is seen by whoever sees the case.
do $$
declare t regclass; grants text;
begin
  for t, grants in select * from (values
      ('cases.event'::regclass, 'select, insert'),
      ('cases.effect'::regclass, 'select, insert, update (done_at, attempts, failure)'),
      ('cases.deadline'::regclass, 'select, insert, update (closed_at)'),
      ('approvals.entry'::regclass, 'select, insert, update (confirmed_by)'),
      ('approvals.approval'::regclass, 'select, insert, update (decision, seen_revision)'),
      ('documents.document'::regclass, 'select, insert')) x loop
    execute format('grant %s on %s to madoguchi_app', grants, t);
    execute format('drop policy if exists with_its_case on %s', t);
    execute format('create policy with_its_case on %1$s to madoguchi_app
      using (exists (select from cases.case c where c.id = %1$s.case_id))
      with check (exists (select from cases.case c where c.id = %1$s.case_id))', t);
  end loop;
end
$$;
create or replace trigger stamp_staff before insert on cases.event
  for each row execute function cases.stamp_staff('staff_id');
create or replace trigger stamp_staff before insert on documents.document
  for each row execute function cases.stamp_staff('issued_by');
create or replace trigger stamp_staff before insert on documents.print
  for each row execute function cases.stamp_staff('printed_by');

grant select, insert on documents.print to madoguchi_app;
drop policy if exists with_its_document on documents.print;
create policy with_its_document on documents.print to madoguchi_app
  using (exists (select from documents.document d where d.id = document_id))
  with check (exists (select from documents.document d where d.id = document_id));

-- Running numbers: taken one by one under a row lock, so that none is missing.
create or replace function cases.next_number(of_series text, of_year integer) returns integer
language sql security definer set search_path = '' as $$
  insert into cases.counter as c (series, fiscal_year, last)
  select of_series, of_year, 1
   where exists (select from access.held_rights() h where h."right" in ('case.enter', 'case.examine', 'case.propose', 'case.approve',
                   'case.revoke', 'certificate.issue', 'document.print', 'system.run'))
  on conflict (series, fiscal_year) do update set last = c.last + 1
  returning last
$$;

-- Entries: who entered and who confirmed is whoever is signed in; a constraint wants two people.
create or replace function approvals.stamp_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if not exists (select from cases.case c where c.id = new.case_id
      and cases.may(case when tg_op = 'INSERT' then array['case.enter', 'system.run'] else array['case.examine'] end, c.program, c.office_code)) then
    raise exception 'no right to enter or confirm' using errcode = '42501';
  end if;
  if tg_op = 'INSERT' then
    new.entered_by := who;
    new.entered_at := now();
    new.confirmed_by := null;
    new.confirmed_at := null;
  else
    if old.confirmed_by is not null then
      raise exception 'an entry is confirmed once' using errcode = 'MD012';
    end if;
    new.confirmed_by := who;
    new.confirmed_at := now();
  end if;
  return new;
end
$$;
create or replace trigger stamp_entry before insert or update on approvals.entry
  for each row execute function approvals.stamp_entry();

-- Approvals: the person who decides is whoever is signed in, and decides on the revision the case has now.
create or replace function approvals.stamp_approval() returns trigger
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); present integer; needed text[];
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  needed := case when tg_op = 'INSERT' then array['case.propose', 'system.run']
                 when new.decision = 'retracted' then array['case.propose', 'case.enter', 'system.run']
                 else array['case.approve', 'case.revoke'] end;
  if not exists (select from cases.case c where c.id = new.case_id and cases.may(needed, c.program, c.office_code)) then
    raise exception 'no right to propose or decide' using errcode = '42501';
  end if;
  if tg_op = 'INSERT' then
    new.prepared_by := who;
    new.prepared_at := now();
    new.decision := null;
    new.seen_revision := null;
    new.decided_by := null;
    new.decided_at := null;
    select e.entered_by into new.entered_by from approvals.entry e
     where e.case_id = new.case_id order by e.revision desc limit 1;
  else
    if old.decision is not null then
      raise exception 'an approval is decided once' using errcode = 'MD012';
    end if;
    select c.revision into present from cases.case c where c.id = new.case_id;
    if new.seen_revision is distinct from present then
      raise exception 'decided on a revision that is not the present one' using errcode = 'MD013';
    end if;
    new.decided_by := who;
    new.decided_at := now();
  end if;
  return new;
end
$$;
create or replace trigger stamp_approval before insert or update on approvals.approval
  for each row execute function approvals.stamp_approval();

-- For the vault: what is sealed for a case is for those who work on the cases of its office.
create or replace function cases.office_of(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select c.office_code from cases.case c where c.id = of_case
$$;

revoke execute on all functions in schema cases, approvals from public;
grant usage on schema cases to madoguchi_vault;
grant execute on function cases.office_of to madoguchi_vault;
grant execute on function cases.next_number, cases.may to madoguchi_app;
grant execute on all functions in schema cases, approvals to madoguchi_owner;
