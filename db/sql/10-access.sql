-- Who acts. The program gives the token of a session; everything else the database finds out itself.

grant usage on schema access to madoguchi_app, madoguchi_vault;

-- The staff member behind the session of this transaction, or null.
create or replace function access.staff_id() returns integer
language sql stable security definer set search_path = '' as $$
  select s.staff_id from access.session s
   where s.token_hash = sha256(convert_to(nullif(current_setting('app.session_token', true), ''), 'UTF8'))
     and s.ended_at is null and s.locked_at is null
$$;

-- The business date of this transaction; an error where none was set, so that nothing is dated by accident.
create or replace function access.business_date() returns date
language sql stable set search_path = '' as $$
  select current_setting('app.business_date')::date
$$;

-- What the person behind the session holds today; null means every 事務, every office.
create or replace function access.held_rights() returns table ("right" text, program text, office text)
language sql stable security definer set search_path = '' as $$
  select distinct r."right", g.program, g.office_code
    from access.duty_grant g join access.duty_right r using (duty)
   where g.staff_id = access.staff_id() and g.decision = 'approved'
     and access.business_date() between g.valid_from and g.valid_to
  union
  -- The account of scheduled jobs holds its one duty by its kind.
  select r."right", null, null from access.staff p join access.duty_right r on r.duty = 'system'
   where p.id = access.staff_id() and p.kind = 'system'
$$;

-- 事務 and offices in which the person holds a right: for policies, evaluated once a statement.
create or replace function access.scopes(wanted text) returns table (program text, office text)
language sql stable security definer set search_path = '' as $$
  select h.program, h.office from access.held_rights() h where h."right" = wanted
$$;

create or replace function access.has_right(wanted text, in_program text default null, in_office text default null)
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
    select from access.scopes(wanted) s
     where (s.program is null or in_program is null or s.program = in_program)
       and (s.office is null or in_office is null or s.office = in_office))
$$;

create or replace function access.require_right(wanted text, in_program text default null) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not access.has_right(wanted, in_program) then
    raise exception 'right % is missing', wanted using errcode = '42501';
  end if;
end
$$;

-- Enters a transaction in the name of a session. Raises MD001 (no such session) or MD002 (locked).
create or replace function access.enter(
  token text, business_date date, purpose text, reason text, program text, case_id uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare found_session access.session;
begin
  select s.* into found_session from access.session s
    join access.staff p on p.id = s.staff_id
   where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null
     and p.status = 'active' and (p.valid_to is null or p.valid_to >= business_date);
  if not found then
    raise exception 'no open session' using errcode = 'MD001';
  end if;
  if not found_session.is_system and found_session.locked_at is null
     and found_session.last_seen_at < now() - interval '15 minutes' then
    update access.session set locked_at = now() where id = found_session.id returning locked_at into found_session.locked_at;
  end if;
  if found_session.locked_at is not null then
    raise exception 'session is locked' using errcode = 'MD002';
  end if;
  if found_session.last_seen_at < now() - interval '1 minute' then
    update access.session set last_seen_at = now() where id = found_session.id;
  end if;
  perform set_config('app.session_token', token, true),
          set_config('app.business_date', business_date::text, true),
          set_config('app.purpose', purpose, true),
          set_config('app.reason', coalesce(reason, ''), true),
          set_config('app.program', coalesce(program, ''), true),
          set_config('app.case_id', coalesce(case_id::text, ''), true);
end
$$;

-- Whom the session of this transaction belongs to, with what they hold.
create or replace function access.whoami()
returns table (session_id uuid, staff_id integer, staff_name text, login_name text, office_code text, office_name text,
               must_change_password boolean, password_set_at timestamptz, rights jsonb, duties text[])
language sql stable security definer set search_path = '' as $$
  select s.id, p.id, p.display_name, p.login_name, p.office_code, o.name,
         coalesce(c.must_change, false), c.password_set_at,
         coalesce((select jsonb_agg(to_jsonb(h)) from access.held_rights() h), '[]'),
         coalesce((select array_agg(distinct g.duty) from access.duty_grant g
                    where g.staff_id = p.id and g.decision = 'approved'
                      and access.business_date() between g.valid_from and g.valid_to), '{}')
    from access.session s join access.staff p on p.id = s.staff_id
    left join access.office o on o.code = p.office_code
    left join access.credential c on c.staff_id = p.id
   where s.token_hash = sha256(convert_to(nullif(current_setting('app.session_token', true), ''), 'UTF8'))
     and s.ended_at is null
$$;

-- Before anybody is signed in: what is needed to check a password. Null for unknown, disabled or ended ids.
create or replace function access.sign_in_credential(wanted_login text)
returns table (staff_id integer, password_hash text, totp_sealed bytea, last_totp_step bigint, locked_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, c.password_hash, c.totp_sealed, c.last_totp_step, c.locked_until
    from access.staff p join access.credential c on c.staff_id = p.id
   where p.login_name = wanted_login and p.status = 'active' and p.kind <> 'system'
     and (p.valid_to is null or p.valid_to >= current_date)
$$;

create or replace function access.terminal_registered(from_address inet) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.terminal t where t.address = from_address and t.removed_at is null)
$$;

-- Five wrong tries lock the id for fifteen minutes (USE-3).
create or replace function access.sign_in_failed(wanted_login text, from_address inet, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare failed_staff integer;
begin
  update access.credential c
     set failed_attempts = case when c.failed_attempts >= 4 then 0 else c.failed_attempts + 1 end,
         locked_until = case when c.failed_attempts >= 4 then now() + interval '15 minutes' else c.locked_until end
    from access.staff p where p.id = c.staff_id and p.login_name = wanted_login
  returning c.staff_id into failed_staff;
  perform audit.append('sign-in', 'sign-in.failed', null, null, jsonb_build_object('why', why), failed_staff, from_address);
end
$$;

-- Opens the session of a person whose password and code were right. Ends the one open elsewhere (USE-2).
-- Raises MD003 for a terminal that is not registered, MD004 for a code used before.
create or replace function access.sign_in(who integer, new_token_hash bytea, from_address inet, totp_step bigint)
returns void language plpgsql security definer set search_path = '' as $$
declare used_terminal integer;
begin
  select t.id into used_terminal from access.terminal t where t.address = from_address and t.removed_at is null;
  if not found then raise exception 'terminal is not registered' using errcode = 'MD003'; end if;
  update access.credential set failed_attempts = 0, locked_until = null, last_totp_step = totp_step
   where staff_id = who and last_totp_step < totp_step;
  if not found then raise exception 'code was used before' using errcode = 'MD004'; end if;
  update access.session set ended_at = now(), end_reason = 'signed in elsewhere'
   where staff_id = who and ended_at is null and not is_system;
  if found then
    perform audit.append('sign-in', 'sign-in.superseded', null, null, null, who, from_address);
  end if;
  insert into access.session (token_hash, staff_id, terminal_id) values (new_token_hash, who, used_terminal);
  perform audit.append('sign-in', 'sign-in.done', null, null, null, who, from_address);
end
$$;

create or replace function access.session_open_elsewhere(who integer) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select last_seen_at from access.session where staff_id = who and ended_at is null and not is_system
$$;

create or replace function access.sign_out(token text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  update access.session set ended_at = now(), end_reason = why
   where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null returning staff_id into who;
  if found then perform audit.append('sign-in', 'sign-out', null, null, jsonb_build_object('why', why), who, null); end if;
end
$$;

create or replace function access.lock_session(token text) returns void
language sql security definer set search_path = '' as $$
  update access.session set locked_at = now()
   where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null and locked_at is null
$$;

-- State of a session before it is entered: open, locked, or no row.
create or replace function access.session_state(token text)
returns table (staff_id integer, login_name text, staff_name text, locked boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.login_name, p.display_name,
         s.locked_at is not null or (not s.is_system and s.last_seen_at < now() - interval '15 minutes')
    from access.session s join access.staff p on p.id = s.staff_id
   where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null and p.status = 'active'
$$;

-- Takes the lock off; the program has checked the password with sign_in_credential.
create or replace function access.unlock_session(token text) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  update access.session set locked_at = null, last_seen_at = now()
   where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null returning staff_id into who;
  perform audit.append('sign-in', 'session.unlocked', null, null, null, who, null);
end
$$;

-- One's own earlier passwords, so that none is taken again.
create or replace function access.own_password_hashes() returns text[]
language sql stable security definer set search_path = '' as $$
  select array_prepend(password_hash, previous_hashes) from access.credential where staff_id = access.staff_id()
$$;

create or replace function access.change_password(new_hash text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update access.credential
     set previous_hashes = (array_prepend(password_hash, previous_hashes))[1:5], password_hash = new_hash,
         password_set_at = now(), must_change = false
   where staff_id = access.staff_id();
  if not found then raise exception 'no open session' using errcode = 'MD001'; end if;
  perform audit.append('change', 'password.changed', null, null, null, access.staff_id(), null);
end
$$;

-- A session for scheduled jobs and for jobs that a person started: holds the system duty alone.
create or replace function access.open_system_session(new_token_hash bytea) returns void
language sql security definer set search_path = '' as $$
  insert into access.session (token_hash, staff_id, is_system)
  select new_token_hash, id, true from access.staff where kind = 'system'
$$;

create or replace function access.register_staff(
  new_login text, new_name text, new_kind text, new_office text, new_valid_to date, new_hash text, new_totp bytea)
returns integer language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('staff.manage');
  insert into access.staff (login_name, display_name, kind, office_code, valid_to)
  values (new_login, new_name, new_kind, new_office, new_valid_to) returning id into made;
  insert into access.credential (staff_id, password_hash, totp_sealed, must_change) values (made, new_hash, new_totp, true);
  perform audit.append('change', 'staff.registered', null, null, jsonb_build_object('staff', made), access.staff_id(), null);
  return made;
end
$$;

-- A new first password and code for somebody who lost theirs.
create or replace function access.reset_credential(who integer, new_hash text, new_totp bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('staff.manage');
  if who = access.staff_id() then raise exception 'not for oneself' using errcode = '42501'; end if;
  update access.credential set password_hash = new_hash, totp_sealed = new_totp, must_change = true,
         password_set_at = now(), failed_attempts = 0, locked_until = null where staff_id = who;
  update access.session set ended_at = now(), end_reason = 'credential reset' where staff_id = who and ended_at is null;
  perform audit.append('change', 'credential.reset', null, null, jsonb_build_object('staff', who), access.staff_id(), null);
end
$$;

-- Policies. Staff names and offices may be read by everybody who is signed in.
do $$
declare t text;
begin
  foreach t in array array['office','staff','credential','terminal','session','duty_right','duty_grant'] loop
    execute format('alter table access.%I enable row level security', t);
    execute format('alter table access.%I force row level security', t);
    execute format('drop policy if exists owner_functions on access.%I', t);
    execute format('create policy owner_functions on access.%I to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

grant select on access.office, access.staff, access.duty_right to madoguchi_app;
drop policy if exists signed_in on access.office;
create policy signed_in on access.office for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists signed_in on access.staff;
create policy signed_in on access.staff for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists signed_in on access.duty_right;
create policy signed_in on access.duty_right for select to madoguchi_app using ((select access.staff_id()) is not null);

grant update (status, office_code, valid_to, display_name) on access.staff to madoguchi_app;
drop policy if exists managed on access.staff;
create policy managed on access.staff for update to madoguchi_app
  using ((select access.has_right('staff.manage')) and kind <> 'system' and id <> (select access.staff_id()));

grant select, insert, update (removed_at, name) on access.terminal to madoguchi_app;
drop policy if exists managed on access.terminal;
create policy managed on access.terminal to madoguchi_app using ((select access.has_right('staff.manage')));

grant select on access.duty_grant to madoguchi_app;
grant insert (staff_id, duty, program, office_code, valid_from, valid_to, reason, requested_by) on access.duty_grant to madoguchi_app;
grant update (decided_by, decided_at, decision, valid_to) on access.duty_grant to madoguchi_app;
drop policy if exists seen on access.duty_grant;
create policy seen on access.duty_grant for select to madoguchi_app
  using (staff_id = (select access.staff_id()) or (select access.has_right('grant.request')) or (select access.has_right('grant.approve'))
         or (select access.has_right('audit.read')));
drop policy if exists requested on access.duty_grant;
create policy requested on access.duty_grant for insert to madoguchi_app
  with check ((select access.has_right('grant.request')) and requested_by = (select access.staff_id()) and decision is null);
drop policy if exists decided on access.duty_grant;
create policy decided on access.duty_grant for update to madoguchi_app
  using ((select access.has_right('grant.approve')))
  with check (decided_by = (select access.staff_id()));

grant execute on all functions in schema access to madoguchi_app, madoguchi_vault;
