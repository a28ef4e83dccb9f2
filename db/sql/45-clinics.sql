-- 医療機関台帳. Whoever works on cases of 予防接種 enters clinics, doctors and vaccines; contracts, 休止 and 廃止 are confirmed by a second
-- person who approves there, accounts by a second person who handles accounts. All that was ever entered stays.

grant usage on schema clinics to madoguchi_app, madoguchi_vault;
do $$
declare t text;
begin
  foreach t in array array['clinic', 'body', 'handled', 'doctor', 'contract', 'closure', 'account', 'change', 'import'] loop
    execute format('alter table clinics.%I enable row level security', t);
    execute format('alter table clinics.%I force row level security', t);
    execute format('drop policy if exists owner_functions on clinics.%I', t);
    execute format('create policy owner_functions on clinics.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('revoke all on clinics.%I from madoguchi_app', t);
    execute format('grant select on clinics.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on clinics.%I', t);
    execute format('create policy seen on clinics.%I for select to madoguchi_app using ((select access.has_any_right(%L::text[], ''vaccination'')))', t,
      case when t in ('doctor', 'import') then '{case.read}' else '{case.read,payment.read,system.run}' end);
  end loop;
end
$$;

-- Contracts of a kind, 休止 and accounts never hold twice at once.
alter table clinics.contract drop constraint if exists contract_no_overlap;
alter table clinics.contract add constraint contract_no_overlap
  exclude using gist (clinic_code with =, kind with =, daterange(valid_from, valid_to, '[]') with &&) where (state = 'confirmed' and what <> 'cancel');
alter table clinics.closure drop constraint if exists closure_no_overlap;
alter table clinics.closure add constraint closure_no_overlap
  exclude using gist (clinic_code with =, kind with =, daterange(valid_from, valid_to, '[]') with &&) where (state = 'confirmed' and what <> 'cancel');
alter table clinics.account drop constraint if exists account_no_overlap;
alter table clinics.account add constraint account_no_overlap
  exclude using gist (payee with =, daterange(valid_from, valid_to, '[]') with &&) where (state in ('confirmed', 'closed'));
alter table clinics.handled drop constraint if exists handled_no_overlap;
alter table clinics.handled add constraint handled_no_overlap
  exclude using gist (clinic_code with =, vaccine with =, daterange(valid_from, valid_to, '[]') with &&);

-- Whether it is a 医療機関コード with its check digit (M10W21, workflows/numbers/check-digits.ts), or a number of the city's own: ten
-- digits that begin with no prefecture (01 to 47).
create or replace function clinics.is_code(given text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(given ~ '^[0-9]{10}$' and (left(given, 2) not between '01' and '47'
    or (select (10 - sum(case when w.product > 9 then w.product - 9 else w.product end) % 10) % 10
          from (select substr(given, n, 1)::integer * case when n % 2 = 1 then 2 else 1 end as product from generate_series(1, 9) n) w) = right(given, 1)::integer), false)
$$;

-- How a clinic stands on a day: `closed` (廃止) before `suspended` (休止); null where it is not in the register.
create or replace function clinics.state_on(of_code text, on_day date) returns text
language sql stable set search_path = '' as $$
  select coalesce((select x.kind from clinics.closure x
     where x.clinic_code = c.code and x.state = 'confirmed' and x.what <> 'cancel' and on_day between x.valid_from and coalesce(x.valid_to, 'infinity')
     order by x.kind limit 1), 'active') from clinics.clinic c where c.code = of_code
$$;
-- The contracts of a clinic that hold on a day: at most one of a kind.
create or replace function clinics.contracts_on(of_code text, on_day date) returns setof clinics.contract
language sql stable set search_path = '' as $$
  select x.* from clinics.contract x where x.clinic_code = of_code and x.state = 'confirmed' and x.what <> 'cancel'
     and on_day between x.valid_from and coalesce(x.valid_to, 'infinity') order by x.kind
$$;
-- Whether it gives a vaccine on a day by what it told the city.
create or replace function clinics.handles_on(of_code text, of_vaccine text, on_day date) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from clinics.handled h where h.clinic_code = of_code and h.vaccine = of_vaccine
    and on_day between h.valid_from and coalesce(h.valid_to, 'infinity'))
$$;
-- Who is paid for a clinic by a kind of contract on a day: its own code, or that of its association; null without a contract.
create or replace function clinics.payee_on(of_code text, of_kind text, on_day date) returns text
language sql stable set search_path = '' as $$
  select case x.paid_to when 'body' then x.body_code else x.clinic_code end from clinics.contracts_on(of_code, on_day) x where x.kind = of_kind
$$;
-- The account of a clinic or an association that was in force on a day, as two people entered and confirmed it; no row without one.
create or replace function clinics.account_on(of_payee text, on_day date) returns setof clinics.account
language sql stable set search_path = '' as $$
  select a.* from clinics.account a where a.payee = of_payee and a.state in ('confirmed', 'closed')
     and on_day between a.valid_from and coalesce(a.valid_to, 'infinity')
$$;

-- Whether something may be sealed under these holders: names of doctors and accounts of a clinic or an association that is in the
-- register, a file on its way in.
create or replace function clinics.takes_sealed(holders text[], of_kind text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return case of_kind
    when 'clinic-doctor' then access.has_right('case.examine', 'vaccination')
      and not exists (select from unnest(holders) h where not exists (select from clinics.clinic c where h = 'clinic:' || c.code))
    when 'clinic-account' then access.has_right('payment-account.handle', 'vaccination') and not exists (select from unnest(holders) h
      where not exists (select from clinics.clinic c where h = 'clinic:' || c.code) and not exists (select from clinics.body b where h = 'clinic:' || b.code))
    when 'clinic-file' then access.has_right('case.examine', 'vaccination')
      and not exists (select from unnest(holders) h where h !~ '^clinic-import:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
        or exists (select from clinics.import i where h = 'clinic-import:' || i.id))
    else false end;
end
$$;
-- Whether this is a sealed record of this payee that whoever acts has sealed.
create or replace function clinics.sealed(record_id uuid, of_holder text, of_kind text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select s.holder = of_holder and s.program = 'vaccination' and s.kind = of_kind and s.entered_by = access.staff_id() from vault.sealed_of(record_id) s), false);
end
$$;
-- A file that was taken in or dropped is erased with its key.
create or replace function vault.erase_clinic_file(of_import uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from vault.sealed_record s where s.holder = 'clinic-import:' || of_import and s.program = 'vaccination';
  delete from vault.holder_key k where k.holder = 'clinic-import:' || of_import;
end
$$;
alter function vault.erase_clinic_file(uuid) owner to madoguchi_vault;
revoke execute on function vault.erase_clinic_file(uuid) from public, madoguchi_app;
grant execute on function vault.erase_clinic_file(uuid) to madoguchi_owner;

create or replace function clinics.keep_change(of_payee text, of_what text, was jsonb, became jsonb, of_import uuid) returns void
language plpgsql set search_path = '' as $$
begin
  insert into clinics.change (payee, what, before, after, import_id, staff_id, staff_name, at, "on")
  select of_payee, of_what, was, became, of_import, s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id());
  perform audit.write('change', 'clinic.' || of_what, null, null, jsonb_build_object('number', of_payee));
end
$$;

-- A clinic, locked, for whoever works on the register, as the page showed it; `seen` null where it does not matter.
create or replace function clinics.held(of_code text, seen integer) returns clinics.clinic
language plpgsql set search_path = '' as $$
declare c clinics.clinic;
begin
  if access.has_right('case.examine', 'vaccination') is not true then raise exception 'no right over the register' using errcode = '42501'; end if;
  select x.* into c from clinics.clinic x where x.code = of_code for update;
  if not found then raise exception 'no such clinic' using errcode = '42501'; end if;
  if seen is not null and c.revision <> seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return c;
end
$$;

-- An import under way that this person received, in which its rows are written; null outside of one. So the rows of a file are in the
-- name of who took it in, and are confirmed by somebody else.
create or replace function clinics.require_import(of_import uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if of_import is not null and not exists (select from clinics.import i where i.id = of_import and i.state = 'checked' and i.received_by = access.staff_id()) then
    raise exception 'no such import' using errcode = '42501';
  end if;
end
$$;

-- What a clinic says of itself, without keys of search.
create or replace function clinics.said(c clinics.clinic) returns jsonb
language sql immutable set search_path = '' as $$
  select to_jsonb(c) - array['code', 'name_folded', 'kana_folded', 'revision', 'entered_by', 'entered_at', 'import_id']
$$;

-- Registers a clinic (`seen` null) or writes it anew. Says the revision; what says the same stays as it is.
create or replace function clinics.keep_clinic(of_code text, seen integer, facts jsonb, of_import uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare was clinics.clinic; became clinics.clinic;
begin
  if access.has_right('case.examine', 'vaccination') is not true then raise exception 'no right over the register' using errcode = '42501'; end if;
  perform clinics.require_import(of_import);
  if (clinics.is_code(of_code) and jsonb_typeof(facts) = 'object'
      and (facts - array['name', 'name_folded', 'kana', 'kana_folded', 'kind', 'place', 'postal_code', 'address', 'district', 'phone', 'listed']) = '{}') is not true then
    raise exception 'not to be registered so' using errcode = '22023';
  end if;
  if seen is null then
    insert into clinics.clinic (code, name, name_folded, kana, kana_folded, kind, place, postal_code, address, district, phone, listed, entered_by, entered_at, import_id)
    values (of_code, facts ->> 'name', facts ->> 'name_folded', facts ->> 'kana', facts ->> 'kana_folded', facts ->> 'kind', facts ->> 'place', facts ->> 'postal_code',
      facts ->> 'address', facts ->> 'district', facts ->> 'phone', (facts ->> 'listed')::boolean, access.staff_id(), cases.moment(), of_import) returning * into became;
    perform clinics.keep_change(of_code, 'registered', null, clinics.said(became), of_import);
    return became.revision;
  end if;
  was := clinics.held(of_code, seen);
  update clinics.clinic x set name = facts ->> 'name', name_folded = facts ->> 'name_folded', kana = facts ->> 'kana', kana_folded = facts ->> 'kana_folded', kind = facts ->> 'kind',
         place = facts ->> 'place', postal_code = facts ->> 'postal_code', address = facts ->> 'address', district = facts ->> 'district', phone = facts ->> 'phone',
         listed = (facts ->> 'listed')::boolean
   where x.code = of_code returning * into became;
  if clinics.said(was) = clinics.said(became) then return was.revision; end if;
  update clinics.clinic x set revision = x.revision + 1 where x.code = of_code;
  perform clinics.keep_change(of_code, 'corrected', clinics.said(was), clinics.said(became), of_import);
  return was.revision + 1;
end
$$;

-- 扱う接種 from a day on: those named begin with it where they are not given yet, all others end the day before.
create or replace function clinics.set_handled(of_code text, seen integer, vaccines text[], from_day date, of_import uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare c clinics.clinic := clinics.held(of_code, seen); was jsonb; became jsonb;
begin
  perform clinics.require_import(of_import);
  if (from_day between '1990-01-01' and access.business_date() + 400 and cardinality(vaccines) <= 100) is not true then
    raise exception 'not to be set so' using errcode = '22023';
  end if;
  select coalesce(jsonb_object_agg(h.vaccine, h.valid_from), '{}') into was from clinics.handled h
   where h.clinic_code = of_code and from_day - 1 between h.valid_from and coalesce(h.valid_to, 'infinity');
  delete from clinics.handled h where h.clinic_code = of_code and h.valid_from >= from_day;
  update clinics.handled h set valid_to = from_day - 1
   where h.clinic_code = of_code and coalesce(h.valid_to, 'infinity') >= from_day and h.vaccine <> all (vaccines);
  update clinics.handled h set valid_to = null where h.clinic_code = of_code and h.valid_to >= from_day - 1 and h.vaccine = any (vaccines);
  insert into clinics.handled (clinic_code, vaccine, valid_from)
  select distinct of_code, v, from_day from unnest(vaccines) v
   where not exists (select from clinics.handled h where h.clinic_code = of_code and h.vaccine = v and h.valid_to is null);
  select coalesce(jsonb_object_agg(h.vaccine, h.valid_from), '{}') into became from clinics.handled h
   where h.clinic_code = of_code and from_day between h.valid_from and coalesce(h.valid_to, 'infinity');
  if was = became then return c.revision; end if;
  update clinics.clinic x set revision = x.revision + 1 where x.code = of_code;
  perform clinics.keep_change(of_code, 'vaccines-set', was, became, of_import);
  return c.revision + 1;
end
$$;

-- 開設者, 管理者, 接種医; the history says that somebody came or went, the name stays sealed.
create or replace function clinics.add_doctor(new_id uuid, of_code text, of_role text, sealed_record uuid, starts date, of_import uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform clinics.held(of_code, null);
  perform clinics.require_import(of_import);
  if (clinics.sealed(sealed_record, 'clinic:' || of_code, 'clinic-doctor') and starts between '1900-01-01' and access.business_date() + 400) is not true then
    raise exception 'not a doctor of this clinic' using errcode = '42501';
  end if;
  insert into clinics.doctor (id, clinic_code, role, sealed_id, valid_from, entered_by, entered_at)
  values (new_id, of_code, of_role, sealed_record, starts, access.staff_id(), cases.moment());
  perform clinics.keep_change(of_code, 'doctor-added', null, jsonb_build_object('role', of_role, 'valid_from', starts), of_import);
end
$$;
-- Ends with a last day; without one they were entered by mistake.
create or replace function clinics.end_doctor(of_id uuid, last_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare d clinics.doctor;
begin
  select x.* into d from clinics.doctor x where x.id = of_id;
  perform clinics.held(d.clinic_code, null);
  select x.* into d from clinics.doctor x where x.id = of_id for update;
  if d.removed or d.valid_to is not null then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if last_day < d.valid_from or last_day > access.business_date() + 400 then raise exception 'not on that day' using errcode = '22023'; end if;
  update clinics.doctor x set valid_to = last_day, removed = last_day is null where x.id = of_id;
  perform clinics.keep_change(d.clinic_code, case when last_day is null then 'doctor-removed' else 'doctor-ended' end, null,
    jsonb_build_object('role', d.role, 'valid_to', last_day), null);
end
$$;

-- 取りまとめ団体: registered (no code) or written anew.
create or replace function clinics.keep_body(of_code text, seen integer, facts jsonb) returns text
language plpgsql security definer set search_path = '' as $$
declare was clinics.body; became clinics.body; made text;
begin
  if access.has_right('case.examine', 'vaccination') is not true then raise exception 'no right over the register' using errcode = '42501'; end if;
  if (jsonb_typeof(facts) = 'object' and (facts - array['name', 'kana', 'kind', 'postal_code', 'address', 'phone']) = '{}') is not true then
    raise exception 'not to be registered so' using errcode = '22023';
  end if;
  if of_code is null then
    perform pg_advisory_xact_lock(hashtextextended('clinics.body', 0));
    select 'D' || lpad((coalesce(max(right(b.code, 4)::integer), 0) + 1)::text, 4, '0') into made from clinics.body b;
    insert into clinics.body (code, name, kana, kind, postal_code, address, phone, entered_by, entered_at)
    values (made, facts ->> 'name', facts ->> 'kana', facts ->> 'kind', facts ->> 'postal_code', facts ->> 'address', facts ->> 'phone', access.staff_id(), cases.moment());
    perform clinics.keep_change(made, 'body-registered', null, facts, null);
    return made;
  end if;
  select x.* into was from clinics.body x where x.code = of_code for update;
  if not found then raise exception 'no such association' using errcode = '42501'; end if;
  if was.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  update clinics.body x set name = facts ->> 'name', kana = facts ->> 'kana', kind = facts ->> 'kind', postal_code = facts ->> 'postal_code', address = facts ->> 'address',
         phone = facts ->> 'phone', revision = x.revision + 1
   where x.code = of_code returning * into became;
  perform clinics.keep_change(of_code, 'body-corrected', to_jsonb(was) - array['code', 'serial', 'revision', 'entered_by', 'entered_at'],
    to_jsonb(became) - array['code', 'serial', 'revision', 'entered_by', 'entered_at'], null);
  return of_code;
end
$$;

-- Proposes a contract, another wording of one that stands (its end, too), or that one never was.
create or replace function clinics.propose_contract(of_code text, of_what text, of_contract uuid, of_kind text, of_number text, starts date, ends date, of_body text,
  of_member text, of_payee text, why text, of_import uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare c clinics.clinic := clinics.held(of_code, null); o clinics.contract; made uuid;
begin
  perform clinics.require_import(of_import);
  if of_what <> 'new' then
    select x.* into o from clinics.contract x where x.id = of_contract and x.clinic_code = of_code and x.state = 'confirmed' and x.what <> 'cancel' for update;
    if not found or o.kind <> of_kind then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  end if;
  if (starts between '1990-01-01' and '2100-12-31' and (ends is null or ends <= '2100-12-31')) is not true then
    raise exception 'not to be proposed so' using errcode = '22023';
  end if;
  if of_what <> 'cancel' and exists (select from clinics.contract x where x.clinic_code = of_code and x.kind = of_kind and x.state = 'confirmed' and x.what <> 'cancel'
      and x.id is distinct from of_contract and daterange(x.valid_from, x.valid_to, '[]') && daterange(starts, ends, '[]')) then
    raise exception 'another contract of the kind holds then' using errcode = '23P01';
  end if;
  insert into clinics.contract (clinic_code, what, replaces, kind, number, valid_from, valid_to, body_code, member_number, paid_to, reason, proposed_by, proposed_at, import_id)
  values (of_code, of_what, of_contract, of_kind, of_number, starts, ends, of_body, of_member, of_payee, why, access.staff_id(), cases.moment(), of_import) returning id into made;
  perform clinics.keep_change(of_code, 'contract-proposed', null, jsonb_build_object('what', of_what, 'kind', of_kind, 'valid_from', starts, 'valid_to', ends), of_import);
  return made;
end
$$;

-- Proposes a 休止 or 廃止, another wording of one (再開: its last day), or that one never was.
create or replace function clinics.propose_closure(of_code text, of_what text, of_closure uuid, of_kind text, starts date, ends date, why text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare c clinics.clinic := clinics.held(of_code, null); o clinics.closure; made uuid;
begin
  if of_what <> 'new' then
    select x.* into o from clinics.closure x where x.id = of_closure and x.clinic_code = of_code and x.state = 'confirmed' and x.what <> 'cancel' for update;
    if not found or o.kind <> of_kind then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  end if;
  if (starts between '1990-01-01' and access.business_date() + 400 and (ends is null or ends <= '2100-12-31')) is not true then
    raise exception 'not to be proposed so' using errcode = '22023';
  end if;
  if of_what <> 'cancel' and exists (select from clinics.closure x where x.clinic_code = of_code and x.kind = of_kind and x.state = 'confirmed' and x.what <> 'cancel'
      and x.id is distinct from of_closure and daterange(x.valid_from, x.valid_to, '[]') && daterange(starts, ends, '[]')) then
    raise exception 'it is closed then already' using errcode = '23P01';
  end if;
  insert into clinics.closure (clinic_code, what, replaces, kind, valid_from, valid_to, reason, proposed_by, proposed_at)
  values (of_code, of_what, of_closure, of_kind, starts, ends, why, access.staff_id(), cases.moment()) returning id into made;
  perform clinics.keep_change(of_code, 'closure-proposed', null, jsonb_build_object('what', of_what, 'kind', of_kind, 'valid_from', starts, 'valid_to', ends), null);
  return made;
end
$$;

-- A step of a contract, judged: confirmed or refused by another person, withdrawn by who entered it.
create or replace function clinics.require_step(of_kind text, from_state text, event_type text, target text, entered_by integer) returns void
language plpgsql stable set search_path = '' as $$
declare w flows.way; one text; who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if event_type = 'replace' then raise exception 'not a step of a person' using errcode = '42501'; end if;
  w := flows.take(of_kind, 1, from_state, event_type, target, 'vaccination', false);
  -- Contracts and accounts are of the whole city, as the payments that hang on them: whoever holds the right for one office takes back
  -- what they entered themselves, and decides nothing.
  if event_type <> 'withdraw' and not exists (select from unnest(w.rights) t where access.covers(t, 'vaccination', null)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  foreach one in array w.checks loop
    if (case one when 'notEnterer' then who <> entered_by when 'enterer' then who = entered_by else false end) is not true then
      raise exception 'for another person to do' using errcode = '42501';
    end if;
  end loop;
end
$$;
create or replace function clinics.move_contract(of_id uuid, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare x clinics.contract;
begin
  select c.* into x from clinics.contract c where c.id = of_id for update;
  if not found then raise exception 'no such contract' using errcode = '42501'; end if;
  perform clinics.require_step('vaccination/clinic-entry', x.state, event_type, target, x.proposed_by);
  if event_type = 'confirm' and x.replaces is not null then
    update clinics.contract o set state = 'replaced' where o.id = x.replaces and o.state = 'confirmed';
    if not found then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  end if;
  update clinics.contract c set state = target, decided_by = access.staff_id(), decided_at = cases.moment(), refusal = case when event_type = 'refuse' then why end where c.id = of_id;
  update clinics.clinic c set revision = c.revision + 1 where c.code = x.clinic_code;
  perform clinics.keep_change(x.clinic_code, 'contract-' || target, null, jsonb_build_object('what', x.what, 'kind', x.kind, 'valid_from', x.valid_from, 'valid_to', x.valid_to), x.import_id);
end
$$;
create or replace function clinics.move_closure(of_id uuid, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare x clinics.closure;
begin
  select c.* into x from clinics.closure c where c.id = of_id for update;
  if not found then raise exception 'no such closure' using errcode = '42501'; end if;
  perform clinics.require_step('vaccination/clinic-entry', x.state, event_type, target, x.proposed_by);
  if event_type = 'confirm' and x.replaces is not null then
    update clinics.closure o set state = 'replaced' where o.id = x.replaces and o.state = 'confirmed';
    if not found then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  end if;
  update clinics.closure c set state = target, decided_by = access.staff_id(), decided_at = cases.moment(), refusal = case when event_type = 'refuse' then why end where c.id = of_id;
  update clinics.clinic c set revision = c.revision + 1 where c.code = x.clinic_code;
  perform clinics.keep_change(x.clinic_code, 'closure-' || target, null, jsonb_build_object('what', x.what, 'kind', x.kind, 'valid_from', x.valid_from, 'valid_to', x.valid_to), null);
end
$$;

-- 振込先口座: typed by one. The same account as the one in force stays as it is; what waited is replaced.
create or replace function clinics.enter_account(of_payee text, sealed_record uuid, print bytea, starts date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; who integer := access.staff_id();
begin
  if access.has_right('payment-account.handle', 'vaccination') is not true then raise exception 'no right to enter an account' using errcode = '42501'; end if;
  if (octet_length(print) between 8 and 64 and starts between access.business_date() - 400 and access.business_date() + 400
      and clinics.sealed(sealed_record, 'clinic:' || of_payee, 'clinic-account')) is not true then
    raise exception 'not an account of this payee' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('clinics.account ' || of_payee, 0));
  select a.id into made from clinics.account a where a.payee = of_payee and a.state = 'confirmed' and a.fingerprint = print;
  if found then return made; end if;
  update clinics.account a set state = 'withdrawn', decided_by = who, decided_at = cases.moment() where a.payee = of_payee and a.state = 'waiting';
  insert into clinics.account (payee, sealed_id, fingerprint, valid_from, entered_by, entered_at)
  values (of_payee, sealed_record, print, starts, who, cases.moment()) returning id into made;
  perform clinics.keep_change(of_payee, 'account-entered', null, jsonb_build_object('valid_from', starts), null);
  return made;
end
$$;
-- Compared with the paper by another; the one before ends the day before it begins. Whoever ends one tells why.
create or replace function clinics.move_account(of_id uuid, event_type text, target text, proof text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare a clinics.account; who integer := access.staff_id();
begin
  select x.* into a from clinics.account x where x.id = of_id;
  if not found then raise exception 'no such account' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('clinics.account ' || a.payee, 0));
  select x.* into a from clinics.account x where x.id = of_id for update;
  perform clinics.require_step('vaccination/clinic-account', a.state, event_type, target, a.entered_by);
  if event_type = 'confirm' then
    if proof is null then raise exception 'an evidence is missing' using errcode = 'MD019'; end if;
    update clinics.account o set state = 'replaced', closed_for = 'changed', closed_by = who, closed_at = cases.moment()
     where o.payee = a.payee and o.state in ('confirmed', 'closed') and o.valid_from >= a.valid_from;
    update clinics.account o set state = 'closed', closed_for = 'changed', closed_by = who, closed_at = cases.moment(), valid_to = a.valid_from - 1
     where o.payee = a.payee and o.state in ('confirmed', 'closed') and coalesce(o.valid_to, 'infinity') >= a.valid_from;
    update clinics.account x set state = 'confirmed', evidence = proof, decided_by = who, decided_at = cases.moment() where x.id = of_id;
  elsif event_type = 'close' then
    -- As of people (62-payments.sql): not while a payment to it is under way.
    if exists (select from payments.run_line l where l.account_id = of_id and l.state = 'ready') then raise exception 'a payment to it is under way' using errcode = 'MD018'; end if;
    update clinics.account x set state = 'closed', closed_for = why, closed_by = who, closed_at = cases.moment(), valid_to = greatest(x.valid_from, access.business_date()) where x.id = of_id;
  else
    update clinics.account x set state = target, decided_by = who, decided_at = cases.moment() where x.id = of_id;
  end if;
  perform clinics.keep_change(a.payee, 'account-' || target, null, jsonb_build_object('valid_from', a.valid_from), null);
end
$$;

-- A file of the register: kept sealed while somebody looks at what it would do, then taken in or dropped.
create or replace function clinics.receive_file(new_id uuid, sealed_record uuid, of_digest bytea, how_many integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if (access.has_right('case.examine', 'vaccination') and octet_length(of_digest) = 32 and clinics.sealed(sealed_record, 'clinic-import:' || new_id, 'clinic-file')) is not true then
    raise exception 'no right over the register' using errcode = '42501';
  end if;
  insert into clinics.import (id, state, sealed_id, digest, rows, faults, received_by, received_at)
  values (new_id, 'checked', sealed_record, of_digest, how_many, '[]', access.staff_id(), cases.moment());
  perform audit.write('change', 'clinic.file-received', null, null, null);
end
$$;
create or replace function clinics.settle_file(of_id uuid, target text, counts jsonb, what_is_wrong jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare i clinics.import;
begin
  if access.has_right('case.examine', 'vaccination') is not true then raise exception 'no right over the register' using errcode = '42501'; end if;
  select x.* into i from clinics.import x where x.id = of_id for update;
  if not found or i.state <> 'checked' then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if target = 'loaded' and i.received_by <> access.staff_id() then raise exception 'the file of somebody else' using errcode = '42501'; end if;
  if (target in ('loaded', 'dropped') and jsonb_typeof(what_is_wrong) = 'array' and pg_column_size(what_is_wrong) < 4000000) is not true then
    raise exception 'not to be settled so' using errcode = '22023';
  end if;
  update clinics.import x set state = target, sealed_id = null, created = coalesce((counts ->> 'created')::integer, 0), changed = coalesce((counts ->> 'changed')::integer, 0),
         unchanged = coalesce((counts ->> 'unchanged')::integer, 0), contracts = coalesce((counts ->> 'contracts')::integer, 0), faults = what_is_wrong,
         settled_by = access.staff_id(), settled_at = cases.moment()
   where x.id = of_id;
  perform vault.erase_clinic_file(of_id);
  perform audit.write('change', 'clinic.file-' || target, null, null, jsonb_build_object('number', i.serial::text));
end
$$;

revoke execute on all functions in schema clinics from public;
grant execute on function clinics.state_on, clinics.contracts_on, clinics.handles_on, clinics.payee_on, clinics.account_on, clinics.keep_clinic, clinics.set_handled,
  clinics.add_doctor, clinics.end_doctor, clinics.keep_body, clinics.propose_contract, clinics.propose_closure, clinics.move_contract, clinics.move_closure,
  clinics.enter_account, clinics.move_account, clinics.receive_file, clinics.settle_file to madoguchi_app;
grant execute on function clinics.takes_sealed to madoguchi_vault;
