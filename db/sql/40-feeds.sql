-- Files taken in. Outside the vault stand row numbers, codes and person numbers; the lines lie sealed. Rows change through
-- these functions alone: they know where a file stands, who prepared it, and what was reviewed.

grant usage on schema feeds to madoguchi_app;

do $$
declare t text;
begin
  foreach t in array array['import', 'lot', 'row', 'bad_row', 'gone_person'] loop
    execute format('alter table feeds.%I enable row level security', t);
    execute format('alter table feeds.%I force row level security', t);
    execute format('drop policy if exists owner_functions on feeds.%I', t);
    execute format('create policy owner_functions on feeds.%I to madoguchi_owner using (true) with check (true)', t);
    -- Earlier versions let the program's role write these itself.
    execute format('revoke all on feeds.%I from madoguchi_app', t);
    execute format('grant select on feeds.%I to madoguchi_app', t);
    execute format('drop policy if exists by_feed_staff on feeds.%I', t);
    execute format('create policy by_feed_staff on feeds.%I for select to madoguchi_app
      using ((select access.has_right(''feed.import'')) or (select access.has_right(''feed.commit'')))', t);
  end loop;
end
$$;
drop policy if exists seen on feeds.import;
drop policy if exists prepared on feeds.import;
drop policy if exists moved on feeds.import;
drop trigger if exists guard_import on feeds.import;
drop trigger if exists guard_decision on feeds.row;
drop trigger if exists guard_rows on feeds.row;
drop trigger if exists guard_rows on feeds.bad_row;
drop function if exists feeds.guard_import(), feeds.guard_rows(), feeds.guard_decision();

-- The file, held until the transaction ends; refused where nobody may see it or it stands in another state.
create or replace function feeds.held(of_import uuid, any_of text[], rights text[] default array['feed.import', 'feed.commit'])
returns feeds.import language plpgsql set search_path = '' as $$
declare i feeds.import;
begin
  if not exists (select from unnest(rights) r where access.has_right(r, 'feeds')) then
    raise exception 'no right to work on files' using errcode = '42501';
  end if;
  select x.* into i from feeds.import x where x.id = of_import for update;
  if (i.state = any(any_of)) is not true then raise exception 'not a file that stands so' using errcode = '42501'; end if;
  return i;
end
$$;
-- The same for the program: for whoever is about to move it.
create or replace function feeds.hold(of_import uuid) returns void
language sql security definer set search_path = '' as $$
  select from feeds.import i where i.id = of_import and access.has_right('feed.import', 'feeds') for update;
  select from feeds.import i where i.id = of_import and access.has_right('feed.commit', 'feeds') for update;
$$;

create or replace function feeds.open_import(of_kind text, of_layout text, of_name text, of_date date, of_extent text, of_sequence integer)
returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if not access.has_right('feed.import', 'feeds') then raise exception 'no right to take files in' using errcode = '42501'; end if;
  insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, prepared_by)
  values (of_kind, of_layout, of_name, of_date, of_extent, of_sequence, access.staff_id()) returning id into made;
  return made;
end
$$;

-- Whether lines may be sealed for a file: while it is received, by whoever takes it in.
create or replace function feeds.takes_lines(holder text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from feeds.import i where holder in ('feed:' || i.id, 'feed-number:' || i.id)
                    and i.state = 'receiving' and i.prepared_by = access.staff_id())
$$;

-- A lot of records, and of their 個人番号, as the file comes: sealed for this file by whoever takes it in, one after the other.
create or replace function feeds.add_lot(of_import uuid, lot_number integer, first integer, rows integer, kept integer[], records uuid, individuals uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['receiving'], array['feed.import']);
begin
  if (i.prepared_by = access.staff_id() and lot_number = (select count(*) + 1 from feeds.lot l where l.import_id = i.id)
      and first > coalesce((select max(l.first_row + l.row_count - 1) from feeds.lot l where l.import_id = i.id), 0)
      and rows > 0 and exists (select from vault.sealed_of(records) s
        where s.holder = 'feed:' || i.id and s.program = 'feeds' and s.kind = 'records' and s.entered_by = access.staff_id())
      and (individuals is null or exists (select from vault.sealed_of(individuals) s
        where s.holder = 'feed-number:' || i.id and s.program = 'feeds' and s.kind = 'record-numbers' and s.entered_by = access.staff_id()))) is not true then
    raise exception 'not a lot of this file' using errcode = '42501';
  end if;
  insert into feeds.lot (import_id, number, first_row, row_count, kept_rows, sealed_id, numbers_id)
  values (i.id, lot_number, first, rows, kept, records, individuals);
end
$$;

-- The first lot that is not yet reviewed (or written) and on which nobody works, held.
create or replace function feeds.next_lot(of_import uuid, writing boolean) returns setof feeds.lot
language sql security definer set search_path = '' as $$
  select l.* from feeds.lot l
   where l.import_id = of_import and case when writing then l.committed_at is null else l.reviewed_at is null end
     and access.has_right(case when writing then 'feed.commit' else 'feed.import' end, 'feeds')
   order by l.number limit 1 for update skip locked
$$;

-- What stands between a reviewed file and its commit: see workflows/feeds/machine.ts.
create or replace function feeds.unmet(i feeds.import, checks text[], why text) returns text
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; last integer;
begin
  select max(x.sequence) into last from feeds.import x where x.kind = i.kind and x.state in ('committing', 'committed');
  foreach one in array checks loop
    ok := case one
      when 'notPreparer' then i.prepared_by <> access.staff_id()
      when 'worldStands' then not exists (select from feeds.import x where x.id <> i.id and x.kind = i.kind
        and (x.state = 'committing' or x.state = 'committed' and x.committed_at > coalesce(i.reviewed_at, i.prepared_at)))
      when 'notOvertaken' then i.sequence > coalesce(last, 0)
      when 'firstInLine' then not exists (select from feeds.import x
        where x.kind = i.kind and x.sequence < i.sequence and x.state in ('receiving', 'reviewing', 'reviewed'))
      when 'gapExplained' then i.extent = 'full' or i.sequence <= coalesce(last, 0) + 1 or btrim(why) <> ''
      else false end;
    if ok is not true then return one; end if;
  end loop;
  return null;
end
$$;

-- Moves a file by one step of its machine. `why`: the reason for a gap at an approval, otherwise what went wrong. Where the
-- file is reviewed again, what was found before goes: rows of whom nobody could tell were judged as the file came, and stay.
create or replace function feeds.move(of_import uuid, seen integer, event_type text, target text, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare i feeds.import; w flows.way;
begin
  select x.* into i from feeds.import x where x.id = of_import for update;
  if not found or not (access.has_right('feed.import', 'feeds') or access.has_right('feed.commit', 'feeds')) then
    raise exception 'no such file' using errcode = '42501';
  end if;
  if i.revision is distinct from seen then raise exception 'the file has moved on' using errcode = 'MD014'; end if;
  w := flows.take('feed-import', 1, i.state, event_type, target, 'feeds', why is not null);
  if feeds.unmet(i, w.checks, why) is not null
     or (event_type = 'received' and i.digest is null)
     or (event_type = 'reviewed' and exists (select from feeds.lot l where l.import_id = i.id and l.reviewed_at is null))
     or (event_type = 'committed' and exists (select from feeds.lot l where l.import_id = i.id and l.committed_at is null)) then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  if target = 'reviewing' and i.state <> 'receiving' then
    delete from feeds.gone_person g where g.import_id = i.id;
    delete from feeds.bad_row b where b.import_id = i.id and not b.unread;
    delete from feeds.row r where r.import_id = i.id;
    update feeds.lot set reviewed_at = null, committed_at = null where import_id = i.id;
  end if;
  update feeds.import set state = target, revision = seen + 1,
         reviewed_at = case event_type when 'reviewed' then clock_timestamp() else case when target = 'reviewing' then null else reviewed_at end end,
         committed_by = case event_type when 'approve' then access.staff_id() else case when target = 'reviewing' then null else committed_by end end,
         committed_at = case when event_type in ('approve', 'committed') then clock_timestamp() else committed_at end,
         gap_reason = case event_type when 'approve' then why else gap_reason end,
         problem = case when event_type in ('cancel', 'sendBack', 'reviewAgain') then why when event_type = 'approve' then null else problem end
   where id = i.id;
  return seen + 1;
end
$$;

-- Ends the receipt, by whoever took the file in: what came, by its digest.
create or replace function feeds.close_receipt(of_import uuid, seen integer, file_digest text, size bigint, columns integer[], rows integer, dropped integer)
returns void language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['receiving'], array['feed.import']);
begin
  if (i.prepared_by = access.staff_id() and file_digest ~ '^[0-9a-f]{64}$' and rows >= 0 and dropped >= 0) is not true then
    raise exception 'not to be closed so' using errcode = '42501';
  end if;
  update feeds.import set digest = file_digest, bytes = size, column_order = columns, row_count = rows, not_needed = dropped,
         lot_count = (select count(*) from feeds.lot l where l.import_id = i.id) where id = i.id;
  perform feeds.move(i.id, seen, 'received', 'reviewing', null);
end
$$;

-- What a review finds in a lot that is not reviewed yet; earlier rows of the subjects that it tells anew are superseded.
drop function if exists feeds.keep_rows(uuid, integer, integer[], bigint[], boolean[], text[], text[], text[], text[], integer[]);
create or replace function feeds.keep_rows(of_import uuid, of_lot integer, numbers integer[], subjects bigint[], soles bigint[], superseded_ones boolean[],
  verdicts text[], persons text[], changed text[], doubts text[], revisions integer[])
returns void language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['reviewing'], array['feed.import']); l feeds.lot;
begin
  select x.* into l from feeds.lot x where x.import_id = i.id and x.number = of_lot and x.reviewed_at is null;
  if (select bool_and(n between l.first_row and l.first_row + l.row_count - 1) from unnest(numbers) n) is not true then
    raise exception 'not rows of a lot that is reviewed' using errcode = '42501';
  end if;
  insert into feeds.row (import_id, lot, row, subject, sole, superseded, verdict, person_number, changes, doubt, seen_revision)
  select i.id, of_lot, r, s, o, u, v, p, string_to_array(c, ','), d, n
    from unnest(numbers, subjects, soles, superseded_ones, verdicts, persons, changed, doubts, revisions) x(r, s, o, u, v, p, c, d, n);
end
$$;
create or replace function feeds.supersede(of_import uuid, subjects bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['reviewing'], array['feed.import']);
begin
  update feeds.row set superseded = true where import_id = i.id and subject = any(subjects) and not superseded;
end
$$;

-- Rows that cannot be taken: as the file comes (`unread`), as a lot is reviewed, or as the database refuses one that is written.
create or replace function feeds.keep_bad_rows(of_import uuid, of_lot integer, numbers integer[], fields text[], codes text[], persons text[])
returns void language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['receiving', 'reviewing'], array['feed.import']); l feeds.lot;
begin
  select x.* into l from feeds.lot x where x.import_id = i.id and x.number = of_lot and x.reviewed_at is null;
  if (select bool_and(n between l.first_row and l.first_row + l.row_count - 1) from unnest(numbers) n) is not true
     or i.state = 'receiving' and i.prepared_by <> access.staff_id() then
    raise exception 'not rows of a lot that is judged' using errcode = '42501';
  end if;
  insert into feeds.bad_row (import_id, lot, row, field, code, person_number, unread)
  select i.id, of_lot, r, f, c, p, i.state = 'receiving' from unnest(numbers, fields, codes, persons) x(r, f, c, p);
end
$$;
create or replace function feeds.refuse_row(of_import uuid, of_row integer) returns void
language plpgsql security definer set search_path = '' as $$
declare gone feeds.row;
begin
  perform feeds.require_writing(of_import);
  delete from feeds.row r using feeds.lot l
   where r.import_id = of_import and r.row = of_row and l.import_id = r.import_id and l.number = r.lot and l.committed_at is null
  returning r.* into gone;
  if not found then raise exception 'not a row that is written' using errcode = '42501'; end if;
  insert into feeds.bad_row (import_id, lot, row, field, code) values (of_import, gone.lot, of_row, 'row', 'refused');
end
$$;

-- Whether the file is being written: asked without holding it, since two lots are written at a time.
create or replace function feeds.require_writing(of_import uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not access.has_right('feed.commit', 'feeds') or not exists (select from feeds.import i where i.id = of_import and i.state = 'committing') then
    raise exception 'no file is being committed' using errcode = '42501';
  end if;
end
$$;

-- Who ought to be in a full file and is not.
create or replace function feeds.keep_gone(of_import uuid, numbers text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['reviewing'], array['feed.import']);
begin
  if i.extent <> 'full' then raise exception 'not a full file' using errcode = '42501'; end if;
  insert into feeds.gone_person (import_id, person_number)
  select i.id, n from unnest(numbers) n
   where not exists (select from feeds.row r where r.import_id = i.id and r.person_number = n)
     and not exists (select from feeds.bad_row b where b.import_id = i.id and b.person_number = n)
  on conflict do nothing;
end
$$;

-- A lot is reviewed, or written.
create or replace function feeds.close_lot(of_import uuid, of_lot integer, writing boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if writing then
    perform feeds.require_writing(of_import);
    update feeds.lot set committed_at = clock_timestamp() where import_id = of_import and number = of_lot and reviewed_at is not null and committed_at is null;
  else
    perform feeds.held(of_import, array['reviewing'], array['feed.import']);
    update feeds.lot set reviewed_at = clock_timestamp() where import_id = of_import and number = of_lot and reviewed_at is null;
  end if;
  if not found then raise exception 'not a lot to close' using errcode = '42501'; end if;
end
$$;

-- Takes or leaves a doubtful row of a file that waits for its commit, in one's own name.
create or replace function feeds.decide_row(of_import uuid, of_row integer, taken boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['reviewed']);
begin
  update feeds.row set accepted = taken, decided_by = access.staff_id() where import_id = i.id and row = of_row and verdict = 'doubtful';
  if not found then raise exception 'not a doubtful row' using errcode = '42501'; end if;
end
$$;

-- What went wrong with a file that is under way, in words for people; null when it is taken up again.
create or replace function feeds.note_problem(of_import uuid, what text) returns void
language plpgsql security definer set search_path = '' as $$
declare i feeds.import := feeds.held(of_import, array['receiving', 'reviewing', 'reviewed', 'committing']);
begin
  update feeds.import set problem = what where id = i.id;
end
$$;

-- For the vault: of which kind a file is that is being committed, if it is.
create or replace function feeds.kind_in_commit(of_import uuid) returns text
language sql stable security definer set search_path = '' as $$
  select i.kind from feeds.import i where i.id = of_import and i.state = 'committing'
$$;

-- For the vault: the rows of a lot that is being written, with whom the review found in them: of a file of the kind that
-- another person approved, neither superseded nor left.
create or replace function feeds.rows_in_commit(of_import uuid, of_lot integer, of_kind text)
returns table (person_number text, verdict text) language sql stable security definer set search_path = '' as $$
  select r.person_number, r.verdict
    from feeds.import i join feeds.lot l on l.import_id = i.id join feeds.row r on r.import_id = i.id and r.lot = l.number
   where i.id = of_import and i.state = 'committing' and i.kind = of_kind and l.number = of_lot and l.committed_at is null
     and r.row between l.first_row and l.first_row + l.row_count - 1
     and not r.superseded and r.verdict not in ('unchanged', 'not-needed') and (r.verdict <> 'doubtful' or r.accepted)
$$;

-- For the vault: date of the last full file of a kind that came since somebody is needed.
create or replace function feeds.covered_on(number text, of_kind text) returns date
language sql stable security definer set search_path = '' as $$
  select max(i.file_date) from feeds.import i
   where i.kind = of_kind and i.extent = 'full' and i.state = 'committed'
     and i.prepared_at >= (select min(n.announced_at) from people.needed n
                            where n.person_number = number and n.kind = of_kind and n.ended_on is null)
$$;

revoke execute on all functions in schema feeds from public;
grant execute on function feeds.hold, feeds.open_import, feeds.add_lot, feeds.next_lot, feeds.move, feeds.close_receipt, feeds.keep_rows,
  feeds.supersede, feeds.keep_bad_rows, feeds.refuse_row, feeds.keep_gone, feeds.close_lot, feeds.decide_row, feeds.note_problem to madoguchi_app;
grant usage on schema feeds to madoguchi_vault;
grant execute on function feeds.kind_in_commit, feeds.covered_on, feeds.takes_lines, feeds.rows_in_commit to madoguchi_vault;
