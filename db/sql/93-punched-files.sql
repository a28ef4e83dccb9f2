-- パンチデータ: papers handed to a contractor (授受簿), the files that come back, and their rows on the way into the records of
-- vaccination. What a row says lies sealed with a key of its file; outside the vault stand counts, states and codes. Rows change
-- through these functions alone. Files name people of every office, so whoever works on them holds the right for all.

grant usage on schema punched to madoguchi_app, madoguchi_vault;

do $$
declare t text;
begin
  foreach t in array array['layout', 'transit_key', 'handover', 'file', 'lot', 'row', 'rekeying'] loop
    call cases.secure(('punched.' || quote_ident(t))::regclass);
    execute format('revoke all on punched.%I from madoguchi_app', t);
    execute format('grant select on punched.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on punched.%I', t);
    execute format('create policy seen on punched.%I for select to madoguchi_app
      using (exists (select from access.scopes(''case.read'') s where (s.program is null or s.program = ''vaccination'') and s.office is null)
             or (select access.has_right(''system.run'')))', t);
  end loop;
end
$$;
-- Whom papers may be handed to, and to whose key a list of faults is encrypted.
drop policy if exists known_to_punchers on mailings.contractor;
create policy known_to_punchers on mailings.contractor for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s where (s.program is null or s.program = 'vaccination') and s.office is null));

create or replace function punched.enters() returns boolean
language sql stable set search_path = '' as $$ select access.covers('case.enter', 'vaccination', null) $$;
create or replace function punched.require_enters() returns void
language plpgsql stable set search_path = '' as $$
begin
  if punched.enters() is not true then raise exception 'no right to work on punched files' using errcode = '42501'; end if;
end
$$;

-- For the vault: whether rows may be sealed for a file, a key kept; and who opens them.
create or replace function punched.takes_rows(holder text) returns boolean
language sql stable security definer set search_path = '' as $$
  select punched.enters() and exists (select from punched.file f
    where holder = 'punched:' || f.id and (f.state = 'receiving' and f.received_by = access.staff_id() or f.state in ('judged', 'taken')))
$$;
create or replace function punched.takes_keys(holders text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select punched.enters() and cardinality(holders) = 1 and holders[1] like 'punched-key:%'
$$;
create or replace function punched.opens(of_holder text, of_kind text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case of_kind when 'punched-key' then punched.enters()
    else (punched.enters() or access.covers('case.approve', 'vaccination', null) or access.has_right('system.run'))
     and exists (select from punched.file f where of_holder = 'punched:' || f.id and f.state not in ('closed', 'cancelled')) end
$$;

-- For the records (72-vaccination-records.sql): whether a slip may be told under a name of punched files. A row of a file that is being
-- taken up by the account of jobs, or a row at fault of one that was, by whoever corrects it; without a name no row is meant.
-- Asked of all slips of a call at once: one by one it was half of what a lot of a thousand cost.
create or replace function punched.takes_slips(of_references text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare named text[] := array(select r from unnest(of_references) r where r is not null); taking boolean; correcting boolean; fit integer;
begin
  if named = '{}' then return true; end if;
  if exists (select from unnest(named) r where r !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[1-9][0-9]{0,8}$') then return false; end if;
  taking := access.has_right('system.run');
  correcting := punched.enters();
  select count(*) into fit
    from (select left(r, 36)::uuid as file_id, substr(r, 38)::integer as row from unnest(named) r) n
    join punched.file f on f.id = n.file_id and (f.state = 'taking' and taking or f.state = 'taken' and correcting)
    -- Each by its key: the planner knows nothing yet of a file that has just come and would read all of its rows for each lot.
    cross join lateral (select w.state from punched.row w where w.file_id = n.file_id and w.row = n.row offset 0) w
   where w.state = case f.state when 'taking' then 'ready' when 'taken' then 'faulty' end;
  return fit = cardinality(named);
end
$$;
drop function if exists punched.takes_slip(text);

-- For the queue: what the state of a file wants next, asked by whoever brought it there.
create or replace function punched.may_ask(of_queue text, subject uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select (access.covers('case.enter', 'vaccination', null) or access.covers('case.approve', 'vaccination', null) or access.has_right('system.run'))
    and exists (select from punched.file f where f.id = subject and f.state = case of_queue when 'punched.judge' then 'judging' when 'punched.take' then 'taking' end)
$$;

-- Column maps.
create or replace function punched.ask_layout(of_contractor integer, starts date, columns jsonb) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform punched.require_enters();
  if (jsonb_typeof(columns) = 'object' and pg_column_size(columns) < 20000 and starts between '2020-01-01' and access.business_date() + 1000
      and exists (select from mailings.contractor c where c.id = of_contractor and c.ended_at is null)) is not true then
    raise exception 'not a layout' using errcode = '22023';
  end if;
  insert into punched.layout (contractor_id, valid_from, map, asked_by, asked_at) values (of_contractor, starts, columns, access.staff_id(), cases.moment()) returning id into made;
  perform audit.write('change', 'punched.layout-asked', null, null, jsonb_build_object('contractor', of_contractor, 'layout', made));
  return made;
end
$$;
create or replace function punched.decide_layout(of_layout integer, word text) returns void
language plpgsql security definer set search_path = '' as $$
declare l punched.layout;
begin
  select x.* into l from punched.layout x where x.id = of_layout for update;
  if not found or not access.covers('case.approve', 'vaccination', null) then raise exception 'no right to decide on layouts' using errcode = '42501'; end if;
  if l.decision is not null then raise exception 'decided already' using errcode = 'MD014'; end if;
  if (word in ('approved', 'refused') and l.asked_by <> access.staff_id()) is not true then raise exception 'no such step' using errcode = '42501'; end if;
  update punched.layout x set decision = word, decided_by = access.staff_id(), decided_at = cases.moment() where x.id = l.id;
  perform audit.write('change', 'punched.layout-' || word, null, null, jsonb_build_object('contractor', l.contractor_id, 'layout', l.id));
end
$$;

-- A new key of the city for what contractors send; the one before is told to nobody any more.
create or replace function punched.keep_transit_key(new_id uuid, of_recipient text, said uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform punched.require_enters();
  if not exists (select from vault.sealed_of(said) d where d.holder = 'punched-key:' || new_id and d.program = 'vaccination' and d.kind = 'punched-key' and d.entered_by = access.staff_id()) then
    raise exception 'not a key' using errcode = '22023';
  end if;
  update punched.transit_key k set ended_at = cases.moment() where k.ended_at is null;
  insert into punched.transit_key (id, recipient, sealed_id, made_by, made_at) values (new_id, of_recipient, said, access.staff_id(), cases.moment());
  perform audit.write('change', 'punched.key-made', null, null, null);
end
$$;

-- 授受簿.
create or replace function punched.hand_over(of_contractor integer, of_order text, slips integer, of_boxes integer, sent date, due date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform punched.require_enters();
  if (sent <= access.business_date() and exists (select from mailings.contractor c where c.id = of_contractor and c.ended_at is null and sent between c.contract_from and c.contract_to)) is not true then
    raise exception 'not to be handed over so' using errcode = '22023';
  end if;
  insert into punched.handover (contractor_id, order_number, slips_sent, boxes, sent_on, due_on, sent_by, sent_at)
  values (of_contractor, of_order, slips, of_boxes, sent, due, access.staff_id(), cases.moment()) returning id into made;
  perform audit.write('event', 'punched.handed-over', null, null, jsonb_build_object('contractor', of_contractor, 'slips', slips));
  return made;
end
$$;
create or replace function punched.held_handover(of_handover uuid, seen integer) returns punched.handover
language plpgsql set search_path = '' as $$
declare h punched.handover;
begin
  perform punched.require_enters();
  select x.* into h from punched.handover x where x.id = of_handover for update;
  if not found then raise exception 'no such handover' using errcode = '42501'; end if;
  if h.revision is distinct from seen or h.closed_at is not null then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return h;
end
$$;
create or replace function punched.take_papers_back(of_handover uuid, seen integer, slips integer, came date) returns void
language plpgsql security definer set search_path = '' as $$
declare h punched.handover := punched.held_handover(of_handover, seen);
begin
  if (came between h.sent_on and access.business_date()) is not true then raise exception 'no such day' using errcode = '22023'; end if;
  update punched.handover x set slips_back = slips, back_on = came, back_by = access.staff_id(), revision = x.revision + 1 where x.id = h.id;
  perform audit.write('event', 'punched.papers-back', null, null, jsonb_build_object('order', h.order_number, 'slips', slips));
end
$$;
-- Rows that the files of an order brought and that were not sent back to be brought again.
create or replace function punched.rows_brought(of_handover uuid) returns integer
language sql stable set search_path = '' as $$
  select coalesce(sum(f.row_count), 0)::integer
         - (select count(*)::integer from punched.row r join punched.file o on o.id = r.file_id where o.handover_id = of_handover and o.state <> 'cancelled' and r.state = 'returned')
    from punched.file f where f.handover_id = of_handover and f.state <> 'cancelled'
$$;
-- Closed when papers and rows are as many as were sent, or with the reason why not.
create or replace function punched.close_handover(of_handover uuid, seen integer, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare h punched.handover := punched.held_handover(of_handover, seen); differs boolean;
begin
  differs := h.slips_back is distinct from h.slips_sent or punched.rows_brought(h.id) <> h.slips_sent;
  if (h.slips_back is not null and differs = (why is not null)
      and not exists (select from punched.file f where f.handover_id = h.id and f.state not in ('closed', 'cancelled'))) is not true then
    raise exception 'not to be closed so' using errcode = '22023';
  end if;
  update punched.handover x set difference = why, closed_by = access.staff_id(), closed_at = cases.moment(), revision = x.revision + 1 where x.id = h.id;
  perform audit.write('event', 'punched.handover-closed', null, null, jsonb_build_object('order', h.order_number, 'difference', why));
end
$$;

-- Files.
create or replace function punched.open_file(of_handover uuid, of_layout integer, of_name text, of_encoding text, was_encrypted boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; h punched.handover;
begin
  perform punched.require_enters();
  select x.* into h from punched.handover x where x.id = of_handover;
  if (h.closed_at is null and h.id is not null and length(of_name) between 1 and 200
      and (of_layout is null or exists (select from punched.layout l where l.id = of_layout and l.contractor_id = h.contractor_id and l.decision = 'approved'))) is not true then
    raise exception 'not a file of an order' using errcode = '22023';
  end if;
  insert into punched.file (handover_id, layout_id, file_name, encoding, encrypted, received_by, received_at)
  values (h.id, of_layout, of_name, of_encoding, was_encrypted, access.staff_id(), cases.moment()) returning id into made;
  perform audit.write('event', 'punched-file.opened', null, null, jsonb_build_object('file', made, 'order', h.order_number));
  return made;
end
$$;
create or replace function punched.held(of_file uuid, any_of text[]) returns punched.file
language plpgsql set search_path = '' as $$
declare f punched.file;
begin
  perform punched.require_enters();
  select x.* into f from punched.file x where x.id = of_file for update;
  if (f.state = any(any_of)) is not true then raise exception 'not a file that stands so' using errcode = 'MD014'; end if;
  return f;
end
$$;
create or replace function punched.are_faults(codes text[]) returns boolean
language sql immutable set search_path = '' as $$ select cardinality(codes) between 1 and 40 and array_to_string(codes, ' ') ~ '^[a-zA-Z-]+:[a-z-]+( [a-zA-Z-]+:[a-z-]+)*$' $$;
-- The next rows; `faulty` are their numbers, `faults` what is wrong with each, joined by blanks.
create or replace function punched.add_lot(of_file uuid, lot_number integer, first integer, rows integer, records uuid, faulty integer[], faults text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare f punched.file := punched.held(of_file, array['receiving']);
begin
  if (f.received_by = access.staff_id() and lot_number = f.lot_count + 1 and first = f.row_count + 1 and rows between 1 and 1000
      and exists (select from vault.sealed_of(records) s where s.holder = 'punched:' || f.id and s.program = 'vaccination' and s.kind = 'punched-rows' and s.entered_by = access.staff_id())
      and cardinality(faulty) = cardinality(faults)
      and not exists (select from unnest(faulty, faults) x(n, c) where (n between first and first + rows - 1 and punched.are_faults(string_to_array(c, ' '))) is not true)) is not true then
    raise exception 'not a lot of this file' using errcode = '42501';
  end if;
  insert into punched.lot (file_id, number, first_row, row_count, sealed_id) values (f.id, lot_number, first, rows, records);
  insert into punched.row (file_id, row, lot, state, faults)
  select f.id, n, lot_number, case when x.c is null then 'ready' else 'faulty' end, coalesce(string_to_array(x.c, ' '), '{}')
    from generate_series(first, first + rows - 1) n left join unnest(faulty, faults) x(at, c) on x.at = n;
  update punched.file x set lot_count = lot_number, row_count = x.row_count + rows where x.id = f.id;
end
$$;
create or replace function punched.close_receipt(of_file uuid, seen integer, of_digest text, size bigint, told integer, fits boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare f punched.file := punched.held(of_file, array['receiving']);
begin
  if (f.received_by = access.staff_id() and f.lot_count > 0) is not true then raise exception 'not to be closed so' using errcode = '42501'; end if;
  update punched.file x set digest = of_digest, bytes = size, told_rows = told, sum_fits = fits where x.id = f.id;
  perform punched.move(f.id, seen, 'received', 'judging', null);
end
$$;

-- What stands between a file and its step: see workflows/vaccination/punched-files/machine.ts.
create or replace function punched.unmet(f punched.file, checks text[]) returns text
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; who integer := access.staff_id();
begin
  foreach one in array checks loop
    ok := case one
      when 'notReceiver' then f.received_by <> who
      when 'notCorrector' then not exists (select from punched.row r where r.file_id = f.id and r.corrected_by = who)
      when 'whole' then f.told_rows is not distinct from f.row_count and f.sum_fits is not false
      when 'noFaultyRows' then not exists (select from punched.row r where r.file_id = f.id and r.state in ('faulty', 'ready'))
      else false end;
    if ok is not true then return one; end if;
  end loop;
  return null;
end
$$;
create or replace function punched.move(of_file uuid, seen integer, event_type text, target text, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare f punched.file; w flows.way;
begin
  select x.* into f from punched.file x where x.id = of_file for update;
  if not found then raise exception 'no such file' using errcode = '42501'; end if;
  w := flows.take('vaccination-punched-file', 1, f.state, event_type, target, 'vaccination', false);
  if not exists (select from unnest(w.rights) r where r = 'system.run' and access.has_right(r) or access.covers(r, 'vaccination', null)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if f.revision is distinct from seen then raise exception 'the file has moved on' using errcode = 'MD014'; end if;
  if punched.unmet(f, w.checks) is not null
     or event_type = 'received' and f.digest is null
     or event_type = 'judged' and exists (select from punched.lot l where l.file_id = f.id and l.judged_at is null)
     or event_type = 'taken' and exists (select from punched.lot l where l.file_id = f.id and l.taken_at is null) then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  update punched.file x set state = target, revision = seen + 1,
         judged_at = case event_type when 'judged' then cases.moment() else x.judged_at end,
         approved_by = case event_type when 'approve' then access.staff_id() else x.approved_by end,
         approved_at = case event_type when 'approve' then cases.moment() else x.approved_at end,
         taken_at = case event_type when 'taken' then cases.moment() else x.taken_at end,
         problem = case event_type when 'cancel' then left(why, 500) else null end
   where x.id = f.id;
  perform audit.write('event', 'punched-file.' || case event_type when 'approve' then 'approved' when 'cancel' then 'cancelled' when 'close' then 'closed' else event_type end,
    null, null, jsonb_build_object('file', f.id, 'rows', f.row_count));
  return seen + 1;
end
$$;
create or replace function punched.note_problem(of_file uuid, what text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (access.has_right('system.run') or access.covers('case.enter', 'vaccination', null) or access.covers('case.approve', 'vaccination', null)) then
    raise exception 'no right to work on punched files' using errcode = '42501';
  end if;
  update punched.file x set problem = left(what, 500) where x.id = of_file and x.state in ('judging', 'taking');
end
$$;

-- The next lot to be looked through or taken up and on which nobody works, held; for the account of jobs.
create or replace function punched.next_lot(of_file uuid, step text) returns setof punched.lot
language sql security definer set search_path = '' as $$
  select l.* from punched.lot l join punched.file f on f.id = l.file_id
   where l.file_id = of_file and access.has_right('system.run')
     and case step when 'judge' then f.state = 'judging' and l.judged_at is null when 'take' then f.state = 'taking' and l.taken_at is null end
   order by l.number limit 1 for update of l skip locked
$$;
-- What would become of the rows of a lot.
create or replace function punched.lot_judged(of_file uuid, lot_number integer, rows integer[], states text[], codes text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform from punched.file f join punched.lot l on l.file_id = f.id
    where f.id = of_file and f.state = 'judging' and l.number = lot_number and l.judged_at is null and access.has_right('system.run') for update of l;
  if not found then raise exception 'not a lot to be looked through' using errcode = '42501'; end if;
  -- Between the first and the last, so that a lot costs what it holds and not what its file does.
  update punched.row r set foreseen = x.s, doubts = coalesce(string_to_array(nullif(x.c, ''), ' '), '{}')
    from unnest(rows, states, codes) x(n, s, c)
   where r.file_id = of_file and r.row = x.n and r.lot = lot_number and r.state = 'ready'
     and r.row between (select min(n) from unnest(rows) n) and (select max(n) from unnest(rows) n);
  update punched.lot l set judged_at = cases.moment() where l.file_id = of_file and l.number = lot_number;
end
$$;
-- The slips that came of rows: each of the channel, and told with the reference of its row.
create or replace function punched.settle_taken(of_file uuid, rows integer[], slips uuid[]) returns integer
language plpgsql set search_path = '' as $$
declare done integer; who integer := access.staff_id(); now_is timestamptz := cases.moment();
begin
  update punched.row r set state = 'taken', slip_id = s.id, faults = '{}', settled_by = who, settled_at = now_is
    from unnest(rows, slips) x(n, slip) join vaccination.slip s on s.id = x.slip
   where r.file_id = of_file and r.row = x.n and r.state in ('ready', 'faulty') and s.channel = 'punched' and s.reference = of_file || ':' || x.n
     and r.row between (select min(n) from unnest(rows) n) and (select max(n) from unnest(rows) n);
  get diagnostics done = row_count;
  return done;
end
$$;
create or replace function punched.lot_taken(of_file uuid, lot_number integer, rows integer[], slips uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare done integer; first integer; last integer;
begin
  select l.first_row, l.first_row + l.row_count - 1 into first, last from punched.file f join punched.lot l on l.file_id = f.id
    where f.id = of_file and f.state = 'taking' and l.number = lot_number and l.taken_at is null and access.has_right('system.run') for update of l;
  if not found then raise exception 'not a lot to be taken up' using errcode = '42501'; end if;
  done := punched.settle_taken(of_file, rows, slips);
  if done <> cardinality(rows) or exists (select from punched.row r where r.file_id = of_file and r.row between first and last and r.lot = lot_number and r.state = 'ready') then
    raise exception 'rows were left behind' using errcode = '22023';
  end if;
  update punched.lot l set taken_at = cases.moment() where l.file_id = of_file and l.number = lot_number;
end
$$;

-- Rows by hand. What somebody changes while a file waits to be taken up is a new revision of it, so that whoever approves has seen it.
create or replace function punched.held_row(of_file uuid, of_row integer, any_of text[], out f punched.file, out r punched.row)
language plpgsql set search_path = '' as $$
begin
  f := punched.held(of_file, array['judged', 'taken']);
  select x.* into r from punched.row x where x.file_id = of_file and x.row = of_row for update;
  if (r.state = any(any_of)) is not true then raise exception 'the row has moved on' using errcode = 'MD014'; end if;
end
$$;
create or replace function punched.correct_row(of_file uuid, of_row integer, said uuid, of_faults text[], of_foreseen text, codes text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare h record;
begin
  select * into h from punched.held_row(of_file, of_row, array['ready', 'faulty']);
  if ((h.f).state = 'judged' and (of_faults = '{}' and of_foreseen is not null or punched.are_faults(of_faults) and of_foreseen is null)
      and exists (select from vault.sealed_of(said) s where s.holder = 'punched:' || of_file and s.kind = 'punched-rows' and s.entered_by = access.staff_id())) is not true then
    raise exception 'not to be corrected so' using errcode = '22023';
  end if;
  update punched.row x set state = case when of_faults = '{}' then 'ready' else 'faulty' end, faults = of_faults, foreseen = of_foreseen, doubts = codes,
         corrected_id = said, corrected_by = access.staff_id(), settled_at = cases.moment() where x.file_id = of_file and x.row = of_row;
  update punched.file x set revision = x.revision + 1 where x.id = of_file;
  perform audit.write('change', 'punched-file.row-corrected', null, null, jsonb_build_object('file', of_file, 'row', of_row));
end
$$;
-- A row at fault of a file that is taken up already: it was taken up by itself in this transaction.
create or replace function punched.row_taken(of_file uuid, of_row integer, slip uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare h record;
begin
  select * into h from punched.held_row(of_file, of_row, array['faulty']);
  if ((h.f).state = 'taken' and punched.settle_taken(of_file, array[of_row], array[slip]) = 1) is not true then raise exception 'not to be taken up so' using errcode = '22023'; end if;
  perform audit.write('change', 'punched-file.row-corrected', null, null, jsonb_build_object('file', of_file, 'row', of_row));
end
$$;
create or replace function punched.drop_row(of_file uuid, of_row integer, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare h record;
begin
  select * into h from punched.held_row(of_file, of_row, array['ready', 'faulty']);
  update punched.row x set state = 'dropped', reason = why, settled_by = access.staff_id(), settled_at = cases.moment() where x.file_id = of_file and x.row = of_row;
  update punched.file x set revision = x.revision + 1 where x.id = of_file;
  perform audit.write('change', 'punched-file.row-dropped', null, null, jsonb_build_object('file', of_file, 'row', of_row, 'reason', why));
end
$$;
-- All rows at fault go back to the contractor, to be brought again by another file.
create or replace function punched.return_rows(of_file uuid, seen integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare f punched.file := punched.held(of_file, array['judged', 'taken']); done integer;
begin
  if f.revision is distinct from seen then raise exception 'the file has moved on' using errcode = 'MD014'; end if;
  update punched.row r set state = 'returned', settled_by = access.staff_id(), settled_at = cases.moment() where r.file_id = f.id and r.state = 'faulty';
  get diagnostics done = row_count;
  if done = 0 then raise exception 'no rows at fault' using errcode = 'MD014'; end if;
  update punched.file x set revision = x.revision + 1 where x.id = f.id;
  perform audit.write('event', 'punched-file.rows-returned', null, null, jsonb_build_object('file', f.id, 'rows', done));
  return done;
end
$$;

-- 再入力検査: rows drawn by lot, keyed once more without seeing what the contractor keyed.
create or replace function punched.draw_rows(of_file uuid, many integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare f punched.file := punched.held(of_file, array['judged', 'taken']); done integer;
begin
  if (many between 1 and 500 and not exists (select from punched.rekeying k where k.file_id = f.id)) is not true then raise exception 'not to be drawn so' using errcode = '22023'; end if;
  insert into punched.rekeying (file_id, row, place, drawn_by, drawn_at)
  select f.id, x.row, row_number() over (), access.staff_id(), cases.moment()
    from (select r.row from punched.row r where r.file_id = f.id and r.state in ('ready', 'taken') and r.corrected_by is null order by random() limit many) x;
  get diagnostics done = row_count;
  perform audit.write('event', 'punched-file.rows-drawn', null, null, jsonb_build_object('file', f.id, 'rows', done));
  return done;
end
$$;
create or replace function punched.keep_rekeyed(of_file uuid, of_row integer, compared integer, differ text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform punched.held(of_file, array['judged', 'taken']);
  update punched.rekeying k set keyed_by = access.staff_id(), keyed_at = cases.moment(), items = compared, differing = differ
   where k.file_id = of_file and k.row = of_row and k.keyed_by is null
     and cardinality(differ) <= compared and array_to_string(differ, ' ') ~ '^[a-zA-Z ]*$';
  if not found then raise exception 'keyed already' using errcode = 'MD014'; end if;
  perform audit.write('change', 'punched-file.row-rekeyed', null, null, jsonb_build_object('file', of_file, 'row', of_row));
end
$$;

-- Nothing of a file waits any more: its key goes, and what its rows said with it.
create or replace trigger erase_punched_rows after update of state on punched.file for each row
  when (new.state in ('closed', 'cancelled') and old.state is distinct from new.state)
  execute function vault.erase_file_records('punched', 'punched-file.rows-erased');

revoke execute on all functions in schema punched from public;
grant execute on function punched.takes_rows, punched.takes_keys, punched.opens to madoguchi_vault;
grant execute on function punched.ask_layout, punched.decide_layout, punched.keep_transit_key, punched.hand_over, punched.take_papers_back, punched.close_handover,
  punched.open_file, punched.add_lot, punched.close_receipt, punched.move, punched.note_problem, punched.next_lot, punched.lot_judged, punched.lot_taken,
  punched.correct_row, punched.row_taken, punched.drop_row, punched.return_rows, punched.draw_rows, punched.keep_rekeyed to madoguchi_app;
