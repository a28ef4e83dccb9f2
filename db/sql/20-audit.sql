-- Records of who did or saw what: insert only, written in the business transaction, sealed afterwards.

grant usage on schema audit to madoguchi_app, madoguchi_vault;

do $$
declare t text;
begin
  foreach t in array array['record','seal','unsealed','sealer','verification','purpose','reason'] loop
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

-- Also not where triggers are off for replication.
alter table audit.record enable always trigger record_is_final;
alter table audit.seal enable always trigger seal_is_final;

-- With its hash, so that whoever changes it before its seal is found out.
create or replace function audit.remember_unsealed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into audit.unsealed (record_id, digest) select a.id, sha256(record_send(a)) from added a;
  return null;
end
$$;
create or replace trigger record_waits_for_seal after insert on audit.record
  referencing new table as added for each statement execute function audit.remember_unsealed();

insert into audit.purpose (code)
values ('counter'), ('case'), ('approval'), ('mailing'), ('feed'), ('inquiry'), ('audit'), ('administration'), ('scheduled'), ('payment')
on conflict do nothing;

-- Why somebody looks now; in a person's own words it is sealed in the vault and only its id and hash stand here.
insert into audit.reason (code)
values ('identify'), ('telephone'), ('case'), ('delivery'), ('other'), ('wide-search'), ('copy'), ('task'), ('log-analysis'),
  ('register-loss'), ('register-report'), ('expiry')
on conflict do nothing;

-- Of the session in this transaction: id and the address of its terminal.
create or replace function audit.present_session() returns table (id uuid, address inet)
language sql stable security definer set search_path = '' as $$
  select s.id, t.address from access.session s left join access.terminal t on t.id = s.terminal_id
   where s.token_hash = sha256(convert_to(nullif(current_setting('app.session_token', true), ''), 'UTF8'))
$$;

-- Whom a record names, as the register has it at that moment.
create or replace function audit.name_of(who integer) returns text
language sql stable security definer set search_path = '' as $$
  select s.login_name || ' ' || s.display_name from access.staff s where s.id = who
$$;

-- One record with who and where given by the caller: for functions that run before a session is entered.
create or replace function audit.append(
  new_kind text, new_action text, new_person text, new_items text[], new_detail jsonb, by_staff integer, from_address inet)
returns void language plpgsql security definer set search_path = '' as $$
declare found_session uuid; found_address inet;
begin
  select p.id, p.address into found_session, found_address from audit.present_session() p;
  insert into audit.record (business_date, kind, action, staff_id, staff_name, office_code, address, session_id, purpose, reason, program, case_id, person_number, items, detail)
  select nullif(current_setting('app.business_date', true), '')::date, new_kind, new_action, by_staff, audit.name_of(by_staff),
         (select s.office_code from access.staff s where s.id = by_staff), coalesce(from_address, found_address), found_session,
         nullif(current_setting('app.purpose', true), ''),
         (select c.code from audit.reason c where c.code = current_setting('app.reason', true)),
         nullif(current_setting('app.program', true), ''), nullif(current_setting('app.case_id', true), '')::uuid,
         new_person, new_items, new_detail;
end
$$;

-- One record a person, in the name of the session of this transaction. Refuses without one, for a purpose that is not on
-- the list and for a case that there is not.
create or replace function audit.write(new_kind text, new_action text, persons text[], new_items text[], new_detail jsonb)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); today date := access.business_date(); office text; found_session uuid; found_address inet;
        named text := audit.name_of(who); why text := nullif(current_setting('app.purpose', true), '');
        named_case uuid := nullif(current_setting('app.case_id', true), '')::uuid;
        reason_code text := nullif(current_setting('app.reason', true), ''); further jsonb := nullif(current_setting('app.why', true), '')::jsonb;
        -- One look at many people is of one moment.
        moment timestamptz := clock_timestamp();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  -- Those are written by the functions of the sign-in and of the log alone.
  if new_kind in ('sign-in', 'log') then raise exception 'not to be written so' using errcode = '42501'; end if;
  if not exists (select from audit.purpose p where p.code = why) then
    raise exception 'not a purpose' using errcode = '42501';
  end if;
  -- Free text has no place in the log: a code of the list, the program's own words for what it is about, and what was kept.
  if reason_code is not null and not exists (select from audit.reason c where c.code = reason_code)
     or new_detail ? 'why' or length(further ->> 'of') > 200 or (further - 'of' - 'said') <> '{}'
     or (further ? 'said' and not vault.reason_holds((further -> 'said' ->> 'id')::uuid, further -> 'said' ->> 'sha256')) then
    raise exception 'not a reason' using errcode = '42501';
  end if;
  if named_case is not null and not exists (select from cases."case" c where c.id = named_case) then
    raise exception 'no such case' using errcode = '42501';
  end if;
  select p.id, p.address into found_session, found_address from audit.present_session() p;
  select s.office_code into office from access.staff s where s.id = who;
  insert into audit.record (at, business_date, kind, action, staff_id, staff_name, office_code, address, session_id, purpose, reason, program, case_id, person_number, items, detail)
  select moment, today, new_kind, new_action, who, named, office, found_address, found_session,
         why, reason_code, nullif(current_setting('app.program', true), ''), named_case, number, new_items,
         case when further is null then new_detail else coalesce(new_detail, '{}') || jsonb_build_object('why', further) end
    from unnest(coalesce(persons, array[null::text])) number;
end
$$;

-- A unit of work was undone, and with it what it had recorded: the numbers since `mark` that nobody will find. Written
-- afterwards by the program in the name of the same person; a gap without such a word is one that somebody made.
create or replace function audit.note_undone(mark bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); last bigint; found_session uuid; found_address inet;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select s.last_value into last from audit.record_id_seq s;
  if last <= mark then return; end if;
  if last - mark > 20000 then raise exception 'too many to be one unit of work' using errcode = '42501'; end if;
  perform audit.append('log', 'work.undone', null, null, jsonb_build_object('from', mark + 1, 'to', last), who, null);
end
$$;

-- Only whoever holds the master key seals: the secret of the account of scheduled jobs, of which the hash is kept.
create or replace function audit.require_sealer(secret bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from access.staff p join access.credential c on c.staff_id = p.id
                  where p.kind = 'system' and c.password_hash = encode(sha256(secret), 'hex')) then
    raise exception 'not whoever seals' using errcode = '42501';
  end if;
end
$$;

-- A lock that nobody else can take: the program's role may not touch the row.
insert into audit.sealer (id) values (1) on conflict do nothing;

-- What the next seal is to cover, for the program to hash and sign in the same transaction: each record as the server
-- sends it (null where it is gone), and its hash when it was written (null in the first release). No row when nothing waits.
drop function if exists audit.next_seal(integer);
create or replace function audit.next_seal(secret bytea, at_most integer)
returns table (number bigint, previous bytea, sealed_at timestamptz, record_id bigint, record bytea, digest bytea)
language plpgsql security definer set search_path = '' as $$
declare last_seal audit.seal;
begin
  perform audit.require_sealer(secret);
  perform from audit.sealer where id = 1 for update;
  select s.* into last_seal from audit.seal s order by s.number desc limit 1;
  return query
    select coalesce(last_seal.number, 0) + 1, coalesce(last_seal.digest, sha256('madoguchi')),
           date_trunc('milliseconds', clock_timestamp()), w.record_id, record_send(r), w.digest
      from (select u.record_id, u.digest from audit.unsealed u order by u.record_id limit at_most) w
      left join audit.record r on r.id = w.record_id
     order by w.record_id;
end
$$;

-- Takes only the seal that is due: the next number, on top of the last one, over records that wait. Hash and signature
-- are the program's word; the verifier computes them anew.
drop function if exists audit.write_seal(bigint, bytea, bigint[], bytea, bytea);
create or replace function audit.write_seal(
  secret bytea, new_number bigint, new_previous bytea, new_sealed_at timestamptz, new_ids bigint[], new_digest bytea, new_signature bytea)
returns void language plpgsql security definer set search_path = '' as $$
declare last_seal audit.seal; removed bigint;
begin
  perform audit.require_sealer(secret);
  perform from audit.sealer where id = 1 for update;
  select s.* into last_seal from audit.seal s order by s.number desc limit 1;
  delete from audit.unsealed where record_id = any(new_ids);
  get diagnostics removed = row_count;
  if removed = 0 or removed <> cardinality(new_ids) or octet_length(new_signature) <> 64 or octet_length(new_digest) <> 32
     or new_number <> coalesce(last_seal.number, 0) + 1
     or new_previous <> coalesce(last_seal.digest, sha256('madoguchi'))
     or abs(extract(epoch from clock_timestamp() - new_sealed_at)) > 60 then
    raise exception 'not the seal that is due' using errcode = '42501';
  end if;
  insert into audit.seal (number, version, previous, record_ids, digest, signature, sealed_at)
  values (new_number, 2, new_previous, new_ids, new_digest, new_signature, new_sealed_at);
end
$$;

-- What the sealer found wrong with records that waited: changed or gone before their seal.
create or replace function audit.note_changed(secret bytea, ids bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform audit.require_sealer(secret);
  perform audit.append('log', 'audit.changed-before-seal', null, null, jsonb_build_object('records', to_jsonb(ids)), null, null);
end
$$;

-- Since when the oldest record waits for its seal; null when none does.
create or replace function audit.waits_since(secret bytea) returns timestamptz
language plpgsql security definer set search_path = '' as $$
begin
  perform audit.require_sealer(secret);
  return (select r.at from audit.record r where r.id = (select min(u.record_id) from audit.unsealed u));
end
$$;

-- The seal that was written last, to see that its head was kept outside.
create or replace function audit.last_seal(secret bytea)
returns table (number bigint, version smallint, digest bytea, signature bytea, sealed_at timestamptz, records integer)
language plpgsql security definer set search_path = '' as $$
begin
  perform audit.require_sealer(secret);
  return query select s.number, s.version, s.digest, s.signature, s.sealed_at, cardinality(s.record_ids)
    from audit.seal s order by s.number desc limit 1;
end
$$;

-- Begins a verification for whoever may read the log; null while another one goes on.
create or replace function audit.begin_verification() returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; who integer := access.staff_id();
begin
  if not (access.has_right('audit.read') or access.has_right('system.run')) then
    raise exception 'right % is missing', 'audit.read' using errcode = '42501';
  end if;
  update audit.verification v set finished_at = now() where v.finished_at is null and v.seen_at < now() - interval '2 minutes';
  -- It begins as its row is written: who asked meanwhile began before the one that has just ended was done.
  insert into audit.verification (requested_by, total, started_at) select who, count(*), clock_timestamp() from audit.record
  on conflict do nothing returning id into made;
  return made;
end
$$;

-- How far the verification is; at its end also what it found. For the account of scheduled jobs, in whose name it runs.
create or replace function audit.note_verification(of_id integer, new_records bigint, new_seals bigint, new_found jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('system.run');
  update audit.verification v
     set records = new_records, seals = new_seals, seen_at = now(), found = new_found,
         finished_at = case when new_found is not null then now() end
   where v.id = of_id and v.finished_at is null;
  if not found then raise exception 'not under way' using errcode = '42501'; end if;
  if new_found is not null then
    perform audit.write('verify', 'audit.verification-finished', null, null,
      jsonb_build_object('verification', of_id, 'records', new_records, 'faults', jsonb_array_length(new_found -> 'faults')));
  end if;
end
$$;

grant select on audit.record, audit.seal, audit.unsealed, audit.verification, audit.record_id_seq to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['record','seal','unsealed','verification'] loop
    execute format('drop policy if exists audited on audit.%I', t);
    execute format('create policy audited on audit.%I for select to madoguchi_app
      using ((select access.has_right(''audit.read'') or access.has_right(''system.run'')))', t);
  end loop;
end
$$;

-- Who looked at a person, for those who may see that person and whose offices get to them: no reasons, no other people.
create or replace function audit.looks_at(number text, at_most integer)
returns table (at timestamptz, kind text, action text, staff_name text, purpose text, program text, items text[])
language plpgsql stable security definer set search_path = '' as $$
begin
  perform access.require_right('person.read');
  if not vault.reaches(number) then return; end if;
  return query select r.at, r.kind, r.action, coalesce(substr(r.staff_name, strpos(r.staff_name, ' ') + 1), s.display_name), r.purpose, r.program, r.items
    from audit.record r left join access.staff s on s.id = r.staff_id
   where r.person_number = number order by r.id desc limit at_most;
end
$$;

revoke execute on all functions in schema audit from public;
drop function if exists audit.digest_of(audit.record), audit.fields_of(audit.record), audit.framed(text);
grant execute on function audit.write, audit.next_seal, audit.write_seal, audit.last_seal, audit.note_changed, audit.waits_since, audit.note_undone,
  audit.begin_verification, audit.note_verification, audit.looks_at, audit.present_session to madoguchi_app;
grant execute on all functions in schema audit to madoguchi_owner, madoguchi_vault;
