-- Who acts. The program gives the token of a session; everything else the database finds out itself.

grant usage on schema access to madoguchi_app, madoguchi_vault;

-- A row stands here only where the clock is played: tests, training. Written by the administrator.
create table if not exists access.played_clock (since timestamptz not null default now());

-- How long a session may stand idle; the latest row whose day has come. Without one every session counts as idle.
create or replace function access.idle_limit() returns interval
language plpgsql stable security definer set search_path = '' as $$
begin
  return make_interval(mins => (select l.minutes from access.idle_limit l
    where l.valid_from <= (now() at time zone 'Asia/Tokyo')::date order by l.valid_from desc limit 1));
end
$$;

-- Another time of sign-ins and sessions by its name; null without a row, and then nothing is allowed that depends on it.
create or replace function access.period(wanted text) returns interval
language plpgsql stable security definer set search_path = '' as $$
begin
  return make_interval(secs => (select p.seconds from access.period p
    where p.name = wanted and p.valid_from <= (now() at time zone 'Asia/Tokyo')::date order by p.valid_from desc limit 1));
end
$$;

-- The sessions that have not come to their end by the time since the sign-in, whatever was done in them (USE-3).
create or replace view access.living_session as
  select s.* from access.session s
   where s.is_system
      or s.started_at > now() - (select make_interval(secs => p.seconds) from access.period p
           where p.name = 'session' and p.valid_from <= (now() at time zone 'Asia/Tokyo')::date order by p.valid_from desc limit 1);

-- The sessions in which a person may go on without the password: nobody locked them and they did not stand idle too long.
create or replace view access.open_session as
  select s.* from access.living_session s
   where s.ended_at is null and s.locked_at is null
     and (s.is_system
       or s.last_seen_at >= now() - (select make_interval(mins => l.minutes) from access.idle_limit l
            where l.valid_from <= (now() at time zone 'Asia/Tokyo')::date order by l.valid_from desc limit 1));

create or replace function access.is_lived_out(s access.session) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return not exists (select from access.living_session l where l.id = s.id);
end
$$;

-- Until when a person holds next to nothing, because others set the password and code anew; null where nothing limits.
create or replace function access.limited_until(who integer) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select c.reset_at + coalesce(access.period('after-reset'), interval '100 years') from access.credential c
   where c.staff_id = who and c.reset_at > now() - coalesce(access.period('after-reset'), interval '100 years')
$$;

create or replace function access.is_open(s access.session) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from access.open_session o where o.id = s.id);
end
$$;

-- The staff member behind the session of this transaction, or null: also for a session that stood idle, an id
-- that ended, or a business date that is not today's (an hour's grace around midnight). Otherwise whoever sets the
-- date could use a duty that ended, date a decision to another day, or look at a person before the 支援措置 began.
-- In PL/pgSQL like all that is asked many times in a transaction: its plan is kept for the connection.
create or replace function access.staff_id() returns integer
language plpgsql stable security definer set search_path = '' as $$
declare token text := current_setting('app.session_token', true); day text := current_setting('app.business_date', true);
        who integer;
begin
  if coalesce(token, '') = '' then return null; end if;
  select p.id into who from access.open_session s join access.staff p on p.id = s.staff_id
   where s.token_hash = sha256(convert_to(token, 'UTF8'))
     and p.status = 'active' and (p.valid_to is null or p.valid_to >= current_date - 1);
  if coalesce(day, '') <> '' and day::date not in (((now() - interval '1 hour') at time zone 'Asia/Tokyo')::date,
                                                   ((now() + interval '1 hour') at time zone 'Asia/Tokyo')::date) then
    -- Asked apart: what reads no table is judged without running a statement.
    if not exists (select from access.played_clock) then return null; end if;
  end if;
  return who;
end
$$;

-- The business date of this transaction; an error where none was set, so that nothing is dated by accident.
create or replace function access.business_date() returns date
language sql stable set search_path = '' as $$
  select current_setting('app.business_date')::date
$$;

-- The days on which somebody must not be under 支援措置 for an address to be shown.
create or replace function access.days_of_protection() returns setof date
language sql stable security definer rows 1 set search_path = '' as $$
  select access.business_date()
  union select (now() at time zone 'Asia/Tokyo')::date where not exists (select from access.played_clock)
$$;

-- Who holds what, and from when to when: by the duties that were approved; the account of scheduled jobs holds its one
-- duty by its kind. Null means every 事務, every office. In the days after others set a sign-in anew next to nothing is held.
create or replace view access.granted_right as
  select g.staff_id, r."right", g.program, g.office_code as office, r.stands_in, g.valid_from, g.valid_to
    from access.duty_grant g join access.duty_right r using (duty) join access.credential c on c.staff_id = g.staff_id
   where g.decision = 'approved'
     and (r.after_reset or c.reset_at is null or c.reset_at <= now() - (select access.period('after-reset')))
  union all
  select p.id, r."right", null, null, false, '-infinity', 'infinity'
    from access.staff p join access.duty_right r on r.duty = 'system' where p.kind = 'system';

-- What the person behind the session holds today. The rows are told to the planner, which otherwise takes a policy for a
-- thousand times dearer than it is.
create or replace function access.held_rights() returns table ("right" text, program text, office text)
language plpgsql stable security definer rows 20 set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then return; end if;
  return query select distinct g."right", g.program, g.office from access.granted_right g
                where g.staff_id = who and (select access.business_date()) between g.valid_from and g.valid_to;
end
$$;

-- The same without what is held only to stand in for others: the person's own work.
create or replace function access.own_rights() returns table ("right" text, program text, office text)
language plpgsql stable security definer rows 20 set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then return; end if;
  return query select distinct g."right", g.program, g.office from access.granted_right g
                where g.staff_id = who and (select access.business_date()) between g.valid_from and g.valid_to and not g.stands_in;
end
$$;

-- Who holds one of the rights in a 事務 and an office today, and can sign in: to whom work there may be given. For whoever
-- works there too.
create or replace function access.holders(any_of text[], in_program text, in_office text) returns table (staff_id integer, display_name text)
language sql stable security definer rows 20 set search_path = '' as $$
  select p.id, p.display_name from access.staff p
   where p.status = 'active' and p.kind <> 'system' and (p.valid_to is null or p.valid_to >= access.business_date())
     and access.limited_until(p.id) is null
     and exists (select from access.duty_grant g join access.duty_right r using (duty)
                  where g.staff_id = p.id and g.decision = 'approved' and r."right" = any(any_of)
                    and access.business_date() between g.valid_from and g.valid_to
                    and coalesce(g.program, in_program) = in_program
                    and (in_office is null or coalesce(g.office_code, in_office) = in_office))
     and exists (select from access.held_rights() h where coalesce(h.program, in_program) = in_program
                    and h."right" in ('case.read', 'case.assign'))
   order by p.display_name, p.id
$$;

-- 事務 and offices in which the person holds a right: for policies, evaluated once a statement.
create or replace function access.scopes(wanted text) returns table (program text, office text)
language plpgsql stable security definer rows 2 set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then return; end if;
  return query select distinct g.program, g.office from access.granted_right g
                where g.staff_id = who and g."right" = wanted and (select access.business_date()) between g.valid_from and g.valid_to;
end
$$;

-- Whether one of the rights is held in a 事務 and an office; where none is named, in any.
create or replace function access.has_any_right(any_of text[], in_program text default null, in_office text default null)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then return false; end if;
  return exists (select from access.granted_right g
    where g.staff_id = who and g."right" = any(any_of) and (select access.business_date()) between g.valid_from and g.valid_to
      and (g.program is null or in_program is null or g.program = in_program)
      and (g.office is null or in_office is null or g.office = in_office));
end
$$;

create or replace function access.has_right(wanted text, in_program text default null, in_office text default null)
returns boolean language sql stable set search_path = '' as $$
  select access.has_any_right(array[wanted], in_program, in_office)
$$;

-- Whether a right is held for all of a 事務 and an office; null means every one, and only who holds it for every one covers that.
create or replace function access.covers(wanted text, all_of_program text, all_of_office text) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from access.scopes(wanted) s
     where (s.program is null or s.program = all_of_program) and (s.office is null or s.office = all_of_office))
$$;

create or replace function access.require_right(wanted text, in_program text default null) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not access.has_right(wanted, in_program) then
    raise exception 'right % is missing', wanted using errcode = '42501';
  end if;
end
$$;

-- Enters a transaction in the name of a session. Raises MD001 (no such session) or MD002 (locked, by the person or by
-- the time that it stood idle). Prolongs nothing: see access.act.
create or replace function access.enter(
  token text, business_date date, purpose text, reason text, program text, case_id uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare found_session access.session;
begin
  select s.* into found_session from access.session s
    join access.staff p on p.id = s.staff_id
   where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null and not access.is_lived_out(s)
     and p.status = 'active' and (p.valid_to is null or p.valid_to >= business_date);
  if not found then
    raise exception 'no open session' using errcode = 'MD001';
  end if;
  if not access.is_open(found_session) then
    raise exception 'session is locked' using errcode = 'MD002';
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
drop function if exists access.whoami();
create function access.whoami()
returns table (session_id uuid, staff_id integer, staff_name text, login_name text, office_code text, office_name text,
               must_change_password boolean, password_set_at timestamptz, rights jsonb, duties text[], terminal_address inet,
               limited_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, p.id, p.display_name, p.login_name, p.office_code, o.name,
         coalesce(c.must_change, false), c.password_set_at,
         coalesce((select jsonb_agg(to_jsonb(h)) from access.held_rights() h), '[]'),
         coalesce((select array_agg(distinct g.duty) from access.duty_grant g
                    where g.staff_id = p.id and g.decision = 'approved'
                      and access.business_date() between g.valid_from and g.valid_to), '{}'), t.address,
         access.limited_until(p.id)
    from access.session s join access.staff p on p.id = s.staff_id
    left join access.terminal t on t.id = s.terminal_id
    left join access.office o on o.code = p.office_code
    left join access.credential c on c.staff_id = p.id
   where s.token_hash = sha256(convert_to(nullif(current_setting('app.session_token', true), ''), 'UTF8'))
     and s.ended_at is null
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

-- The person is at work: a page was asked for, a form sent, a key pressed. Only with the token of the session, and not
-- once it is locked or stood idle too long. Written at most once in ten seconds, and never waits for another transaction.
create or replace function access.act(token text) returns void
language sql security definer set search_path = '' as $$
  update access.session set last_seen_at = now() where id = (
    select s.id from access.session s
     where s.token_hash = sha256(convert_to(token, 'UTF8')) and not s.is_system
       and s.last_seen_at < now() - interval '10 seconds' and access.is_open(s)
       for no key update skip locked)
$$;

create or replace function access.lock_session(token text) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  update access.session set locked_at = now()
   where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null and locked_at is null returning staff_id into who;
  if found then perform audit.append('sign-in', 'session.locked', null, null, null, who, null); end if;
end
$$;

-- A session for scheduled jobs and for jobs that a person started: holds the system duty alone. Opened with a secret
-- made from the master key, so that SQL alone does not become the system's account.
drop function if exists access.open_system_session(bytea);
create or replace function access.open_system_session(secret bytea, new_token_hash bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  insert into access.session (token_hash, staff_id, is_system)
  select new_token_hash, p.id, true from access.staff p join access.credential c on c.staff_id = p.id
   where p.kind = 'system' and c.password_hash = encode(sha256(secret), 'hex')
  returning staff_id into who;
  if who is null then raise exception 'not the account of scheduled jobs' using errcode = '42501'; end if;
  perform audit.append('sign-in', 'system.opened', null, null, null, who, null);
end
$$;

create or replace function access.register_staff(
  new_login text, new_name text, new_kind text, new_office text, new_valid_to date, new_hash text, new_totp bytea)
returns integer language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('staff.manage');
  if new_kind not in ('employee', 'contractor') then raise exception 'not to be registered' using errcode = '42501'; end if;
  insert into access.staff (login_name, display_name, kind, office_code, valid_to)
  values (new_login, new_name, new_kind, new_office, new_valid_to) returning id into made;
  insert into access.credential (staff_id, password_hash, totp_sealed, must_change) values (made, new_hash, new_totp, true);
  perform audit.append('change', 'staff.registered', null, null, jsonb_build_object('staff', made), access.staff_id(), null);
  return made;
end
$$;

-- Policies. Staff names and offices may be read by everybody who is signed in.
do $$
declare t text;
begin
  foreach t in array array['office','staff','credential','terminal','session','duty_right','duty_grant','played_clock','idle_limit','period',
                           'credential_reset','failed_try','sign_in_ticket',
                           'security_key','key_registration','directory_request'] loop
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
  with check (access.covers('grant.request', program, office_code) and requested_by = (select access.staff_id()) and decision is null
              -- In this fiscal year or from the first day of the next; a duty that there is, for somebody who signs in.
              and valid_from <= make_date(extract(year from access.business_date() - interval '3 months')::integer + 1, 4, 1)
              and duty in (select r.duty from access.duty_right r)
              and staff_id in (select p.id from access.staff p where p.kind <> 'system' and p.status = 'active'));
drop policy if exists decided on access.duty_grant;
create policy decided on access.duty_grant for update to madoguchi_app
  using (access.covers('grant.approve', program, office_code))
  with check (decided_by = (select access.staff_id()));

-- A duty is decided once, never lengthened, ends with the fiscal year in which it begins, and is one that people may hold.
create or replace function access.guard_grant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.duty = 'system' or new.valid_to >
       make_date(extract(year from new.valid_from)::integer + (extract(month from new.valid_from) >= 4)::integer, 3, 31) then
      raise exception 'not to be applied for so' using errcode = '42501';
    end if;
  elsif new.valid_to > old.valid_to or (old.decision is not null and not (old.decision = 'approved' and new.decision = 'withdrawn')) then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_grant before insert or update on access.duty_grant for each row execute function access.guard_grant();

revoke execute on all functions in schema access from public;
grant execute on all functions in schema access to madoguchi_app, madoguchi_vault;
revoke execute on function access.idle_limit, access.period, access.limited_until, access.is_open, access.is_lived_out from madoguchi_app, madoguchi_vault;
revoke execute on function access.days_of_protection from madoguchi_app;
