-- Files taken in. Outside the vault stand row numbers, codes and person numbers; the lines lie sealed.

grant usage on schema feeds to madoguchi_app;

do $$
declare t text;
begin
  foreach t in array array['import', 'lot', 'row', 'bad_row', 'gone_person'] loop
    execute format('alter table feeds.%I enable row level security', t);
    execute format('alter table feeds.%I force row level security', t);
    execute format('drop policy if exists owner_functions on feeds.%I', t);
    execute format('create policy owner_functions on feeds.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('drop policy if exists by_feed_staff on feeds.%I', t);
  end loop;
  foreach t in array array['lot', 'row', 'bad_row', 'gone_person'] loop
    execute format('create policy by_feed_staff on feeds.%I to madoguchi_app
      using ((select access.has_right(''feed.import'')) or (select access.has_right(''feed.commit'')))
      with check ((select access.has_right(''feed.import'')) or (select access.has_right(''feed.commit'')))', t);
  end loop;
end
$$;

grant select, insert on feeds.import to madoguchi_app;
grant update (digest, bytes, column_order, state, revision, lot_count, row_count, not_needed, reviewed_at, committed_by, committed_at,
              gap_reason, problem) on feeds.import to madoguchi_app;
grant select, insert, delete, update (reviewed_at, committed_at) on feeds.lot to madoguchi_app;
grant select, insert, delete, update (accepted, decided_by, superseded) on feeds.row to madoguchi_app;
grant select, insert, delete on feeds.bad_row, feeds.gone_person to madoguchi_app;

drop policy if exists seen on feeds.import;
create policy seen on feeds.import for select to madoguchi_app
  using ((select access.has_right('feed.import')) or (select access.has_right('feed.commit')));
drop policy if exists prepared on feeds.import;
create policy prepared on feeds.import for insert to madoguchi_app
  with check ((select access.has_right('feed.import')) and prepared_by = (select access.staff_id())
              and state = 'receiving' and revision = 1 and committed_by is null);
drop policy if exists moved on feeds.import;
create policy moved on feeds.import for update to madoguchi_app
  using ((select access.has_right('feed.import')) or (select access.has_right('feed.commit')));

-- A file goes its way one step at a time; whoever commits is the person of this session, holds the right,
-- commits what was reviewed, and is not the one who prepared it (a check constraint).
create or replace function feeds.guard_import() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.state <> old.state then
    if not (old.state || '>' || new.state = any(array['receiving>reviewing', 'reviewing>reviewed', 'reviewed>reviewing',
        'reviewed>committing', 'committing>reviewing', 'committing>committed', 'receiving>cancelled', 'reviewing>cancelled', 'reviewed>cancelled'])) then
      raise exception 'a file does not go from % to %', old.state, new.state using errcode = '42501';
    end if;
    if new.revision <> old.revision + 1 then
      raise exception 'a file moves one revision at a time' using errcode = '42501';
    end if;
  end if;
  if new.committed_by is distinct from old.committed_by and not (new.committed_by is null and new.state = 'reviewing')
     and not (old.state = 'reviewed' and new.state = 'committing' and new.committed_by = access.staff_id() and access.has_right('feed.commit')) then
    raise exception 'not to be committed so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_import before update on feeds.import for each row execute function feeds.guard_import();

-- What was written stays as it was reviewed.
create or replace function feeds.guard_rows() returns trigger language plpgsql set search_path = '' as $$
begin
  if (select i.state from feeds.import i where i.id = old.import_id) not in ('reviewing', 'reviewed', 'committing') then
    raise exception 'the file is closed' using errcode = '42501';
  end if;
  return old;
end
$$;
-- Who accepted a doubtful row is the person of this session.
create or replace function feeds.guard_decision() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.decided_by is distinct from access.staff_id() then
    raise exception 'decided in the name of another' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_decision before update on feeds.row for each row
  when (new.decided_by is distinct from old.decided_by or new.accepted is distinct from old.accepted)
  execute function feeds.guard_decision();

create or replace trigger guard_rows before delete on feeds.row for each row execute function feeds.guard_rows();
create or replace trigger guard_rows before delete on feeds.bad_row for each row execute function feeds.guard_rows();

-- For the vault: of which kind a file is that is being committed, if it is.
create or replace function feeds.kind_in_commit(of_import uuid) returns text
language sql stable security definer set search_path = '' as $$
  select i.kind from feeds.import i where i.id = of_import and i.state = 'committing'
$$;

-- For the vault: date of the last full file of a kind that came since somebody is needed.
create or replace function feeds.covered_on(number text, of_kind text) returns date
language sql stable security definer set search_path = '' as $$
  select max(i.file_date) from feeds.import i
   where i.kind = of_kind and i.extent = 'full' and i.state = 'committed'
     and i.prepared_at >= (select min(n.announced_at) from people.needed n
                            where n.person_number = number and n.kind = of_kind and n.ended_on is null)
$$;

revoke execute on function feeds.kind_in_commit, feeds.covered_on from public;
grant usage on schema feeds to madoguchi_vault;
grant execute on function feeds.kind_in_commit, feeds.covered_on to madoguchi_vault;
