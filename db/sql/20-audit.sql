-- Records of who did or saw what: insert only, written in the business transaction, sealed afterwards.

grant usage on schema audit to madoguchi_app, madoguchi_vault;

do $$
declare t text;
begin
  foreach t in array array['record','seal','unsealed'] loop
    execute format('alter table audit.%I enable row level security', t);
    execute format('alter table audit.%I force row level security', t);
    execute format('drop policy if exists owner_functions on audit.%I', t);
    execute format('create policy owner_functions on audit.%I to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

-- Not even the owner's functions may change or remove what is written.
create or replace function audit.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'audit records and seals are never changed' using errcode = '42501';
end
$$;
create or replace trigger record_is_final before update or delete or truncate on audit.record
  for each statement execute function audit.refuse_change();
create or replace trigger seal_is_final before update or delete or truncate on audit.seal
  for each statement execute function audit.refuse_change();

create or replace function audit.remember_unsealed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into audit.unsealed (record_id) select id from added;
  return null;
end
$$;
create or replace trigger record_waits_for_seal after insert on audit.record
  referencing new table as added for each statement execute function audit.remember_unsealed();

-- Of the session in this transaction: id and the address of its terminal.
create or replace function audit.present_session() returns table (id uuid, address inet)
language sql stable security definer set search_path = '' as $$
  select s.id, t.address from access.session s left join access.terminal t on t.id = s.terminal_id
   where s.token_hash = sha256(convert_to(nullif(current_setting('app.session_token', true), ''), 'UTF8'))
$$;

-- One record with who and where given by the caller: for functions that run before a session is entered.
create or replace function audit.append(
  new_kind text, new_action text, new_person text, new_items text[], new_detail jsonb, by_staff integer, from_address inet)
returns void language plpgsql security definer set search_path = '' as $$
declare found_session uuid; found_address inet;
begin
  select p.id, p.address into found_session, found_address from audit.present_session() p;
  insert into audit.record (business_date, kind, action, staff_id, office_code, address, session_id, purpose, reason, program, case_id, person_number, items, detail)
  select nullif(current_setting('app.business_date', true), '')::date, new_kind, new_action, by_staff,
         (select s.office_code from access.staff s where s.id = by_staff), coalesce(from_address, found_address), found_session,
         nullif(current_setting('app.purpose', true), ''), nullif(current_setting('app.reason', true), ''),
         nullif(current_setting('app.program', true), ''), nullif(current_setting('app.case_id', true), '')::uuid,
         new_person, new_items, new_detail;
end
$$;

-- One record a person, in the name of the session of this transaction. Refuses without one.
create or replace function audit.write(new_kind text, new_action text, persons text[], new_items text[], new_detail jsonb)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); today date := access.business_date(); office text; found_session uuid; found_address inet;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  -- Those are written by the functions of the sign-in alone.
  if new_kind = 'sign-in' then raise exception 'not to be written so' using errcode = '42501'; end if;
  select p.id, p.address into found_session, found_address from audit.present_session() p;
  select s.office_code into office from access.staff s where s.id = who;
  insert into audit.record (business_date, kind, action, staff_id, office_code, address, session_id, purpose, reason, program, case_id, person_number, items, detail)
  select today, new_kind, new_action, who, office, found_address, found_session,
         nullif(current_setting('app.purpose', true), ''), nullif(current_setting('app.reason', true), ''),
         nullif(current_setting('app.program', true), ''), nullif(current_setting('app.case_id', true), '')::uuid,
         number, new_items, new_detail
    from unnest(coalesce(persons, array[null::text])) number;
end
$$;

-- What is hashed of a record: every field as text, each with its length before it (-1 for null).
create or replace function audit.framed(field text) returns bytea
language sql immutable set search_path = '' as $$
  select case when field is null then int4send(-1) else int4send(octet_length(convert_to(field, 'UTF8'))) || convert_to(field, 'UTF8') end
$$;

create or replace function audit.fields_of(r audit.record) returns text[]
language sql immutable set search_path = '' as $$
  select array[r.id::text, (extract(epoch from r.at) * 1000000)::bigint::text, to_char(r.business_date, 'YYYY-MM-DD'),
    r.kind, r.action, r.staff_id::text, r.office_code, host(r.address), r.session_id::text, r.purpose, r.reason,
    r.program, r.case_id::text, r.person_number, array_to_string(r.items, ','), r.detail::text]
$$;

create or replace function audit.digest_of(r audit.record) returns bytea
language sql immutable set search_path = '' as $$
  select sha256(string_agg(audit.framed(f), '' order by n)) from unnest(audit.fields_of(r)) with ordinality as x(f, n)
$$;

-- The next seal, to be signed and written in the same transaction. No row when nothing waits.
create or replace function audit.next_seal(at_most integer)
returns table (number bigint, previous bytea, record_ids bigint[], digest bytea)
language plpgsql security definer set search_path = '' as $$
declare last_seal audit.seal; ids bigint[]; start bytea; hashed bytea;
begin
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  select array_agg(u.record_id order by u.record_id) into ids
    from (select record_id from audit.unsealed order by record_id limit at_most) u;
  if ids is null then return; end if;
  select s.* into last_seal from audit.seal s order by s.number desc limit 1;
  start := coalesce(last_seal.digest, sha256('madoguchi'));
  select sha256(start || int8send(coalesce(last_seal.number, 0) + 1) || string_agg(audit.digest_of(r), ''::bytea order by r.id))
    into hashed from audit.record r where r.id = any(ids);
  return query select coalesce(last_seal.number, 0) + 1, start, ids, hashed;
end
$$;

-- Takes only the seal that is due: the next number, on top of the last one, over records that wait. Only the
-- signature is the program's word; the verifier checks it.
create or replace function audit.write_seal(new_number bigint, new_previous bytea, new_ids bigint[], new_digest bytea, new_signature bytea)
returns void language plpgsql security definer set search_path = '' as $$
declare last_seal audit.seal; removed bigint;
begin
  perform pg_advisory_xact_lock(hashtext('audit.seal'));
  select s.* into last_seal from audit.seal s order by s.number desc limit 1;
  delete from audit.unsealed where record_id = any(new_ids);
  get diagnostics removed = row_count;
  if removed = 0 or removed <> cardinality(new_ids) or octet_length(new_signature) <> 64
     or new_number <> coalesce(last_seal.number, 0) + 1
     or new_previous <> coalesce(last_seal.digest, sha256('madoguchi'))
     or new_digest <> (select sha256(new_previous || int8send(new_number) || string_agg(audit.digest_of(r), ''::bytea order by r.id))
                         from audit.record r where r.id = any(new_ids)) then
    raise exception 'not the seal that is due' using errcode = '42501';
  end if;
  insert into audit.seal (number, previous, record_ids, digest, signature) values (new_number, new_previous, new_ids, new_digest, new_signature);
end
$$;

grant select on audit.record, audit.seal, audit.unsealed to madoguchi_app;
drop policy if exists audited on audit.record;
create policy audited on audit.record for select to madoguchi_app using ((select access.has_right('audit.read')));
drop policy if exists audited on audit.seal;
create policy audited on audit.seal for select to madoguchi_app using ((select access.has_right('audit.read')));
drop policy if exists audited on audit.unsealed;
create policy audited on audit.unsealed for select to madoguchi_app using ((select access.has_right('audit.read')));

-- Who looked at a person, for those who may see that person: no reasons, no other people.
create or replace function audit.looks_at(number text, at_most integer)
returns table (at timestamptz, kind text, action text, staff_name text, purpose text, program text, items text[])
language plpgsql stable security definer set search_path = '' as $$
begin
  perform access.require_right('person.read');
  return query select r.at, r.kind, r.action, s.display_name, r.purpose, r.program, r.items
    from audit.record r left join access.staff s on s.id = r.staff_id
   where r.person_number = number order by r.id desc limit at_most;
end
$$;

revoke execute on all functions in schema audit from public;
grant execute on function audit.write, audit.next_seal, audit.write_seal, audit.looks_at, audit.present_session to madoguchi_app;
grant execute on all functions in schema audit to madoguchi_owner, madoguchi_vault;
