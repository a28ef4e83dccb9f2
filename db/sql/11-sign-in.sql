-- How somebody comes in: the password, then the second factor, then a session. What comes from the sign-in page is
-- believed only with the secret made from the master key, so that nobody with SQL alone counts tries against others, names
-- a terminal that they don't sit at, or passes by the second factor.

drop function if exists access.sign_in_credential(text);
drop function if exists access.session_open_elsewhere(integer);
drop function if exists access.sign_in(integer, bytea, inet, bigint);
drop function if exists access.sign_in(integer, bytea, bytea, inet, bigint);
drop function if exists access.sign_in_failed(text, inet, text);
drop function if exists access.check_password(text, bytea, inet);
drop function if exists access.code_secret(text, bytea);
drop function if exists access.sign_in(text, bytea, bytea, inet, bigint);

create or replace function access.require_program(secret bytea) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from access.staff p join access.credential c on c.staff_id = p.id
                  where p.kind = 'system' and c.password_hash = encode(sha256(secret), 'hex')) then
    raise exception 'not the program' using errcode = '42501';
  end if;
end
$$;

create or replace function access.terminal_registered(from_address inet) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.terminal t where t.address = from_address and t.removed_at is null)
$$;

-- Passwords: the program computes a proof (Argon2id of the password with the salt), and the database compares its
-- hash. So nobody signs in or takes off a lock without the password, not even with the program's own role, and
-- what is kept here makes no proof. Stored as `salt$sha256(proof)`, hexadecimal. A name that nobody has gets a salt too,
-- always the same one, so that it can't be told from others.
create or replace function access.password_salt(wanted_login text) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select split_part(c.password_hash, '$', 1) from access.staff p join access.credential c on c.staff_id = p.id
      where p.login_name = wanted_login and p.kind <> 'system'),
    (select left(encode(sha256(convert_to(c.password_hash || wanted_login, 'UTF8')), 'hex'), 32)
       from access.staff p join access.credential c on c.staff_id = p.id where p.kind = 'system'))
$$;

create or replace function access.gives(stored text, proof bytea) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(stored = split_part(stored, '$', 1) || '$' || encode(sha256(proof), 'hex'), false)
$$;

-- Whose password gives this proof: null for a wrong one and for an id that is unknown, disabled or ended. Not for the
-- program: it would try passwords without being counted.
create or replace function access.proven(wanted_login text, proof bytea) returns integer
language sql stable security definer set search_path = '' as $$
  select p.id from access.staff p join access.credential c on c.staff_id = p.id
   where p.login_name = wanted_login and p.status = 'active' and p.kind <> 'system'
     and (p.valid_to is null or p.valid_to >= current_date)
     and access.gives(c.password_hash, proof)
$$;

-- What is kept of a name that was typed: a password may have been typed in its place.
create or replace function access.login_hash(typed text) returns bytea
language sql immutable set search_path = '' as $$ select sha256(convert_to(typed, 'UTF8')) $$;

-- Until when so many wrong tries hold back the next one: from the limit on a minute, twice as long with each further
-- one, a quarter of an hour at most.
create or replace function access.held_until(tries bigint, last_at timestamptz, allowed integer) returns timestamptz
language sql immutable set search_path = '' as $$
  select case when tries >= allowed
              then last_at + least(interval '15 minutes', interval '1 minute' * power(2, least(tries - allowed, 10))) end
$$;

-- Whether a try has to wait (USE-3). Counted are the tries of the last hour, the same for names that somebody has and names
-- that nobody has: five of this name at this terminal, twenty at this terminal under any name. After twenty of this name at
-- all terminals together only those at which the person worked in the last 90 days are served: strangers lock nobody out.
create or replace function access.is_held_back(typed text, from_address inet) returns boolean
language sql stable security definer set search_path = '' as $$
  with tries as (
    select f.login_hash = access.login_hash(typed) as by_name, f.address = from_address as here, f.at
      from access.failed_try f
     where (f.login_hash = access.login_hash(typed) or f.address = from_address) and f.at > now() - interval '1 hour'),
  counted as (
    select access.held_until(count(*) filter (where by_name and here), max(at) filter (where by_name and here), 5) as name_here,
           access.held_until(count(*) filter (where here), max(at) filter (where here), 20) as terminal,
           access.held_until(count(*) filter (where by_name), max(at) filter (where by_name), 20) as name
      from tries)
  select coalesce(name_here > now(), false) or coalesce(terminal > now(), false)
      or (coalesce(name > now(), false) and not exists (
            select from access.session s join access.staff p on p.id = s.staff_id join access.terminal t on t.id = s.terminal_id
             where p.login_name = typed and t.address = from_address and s.started_at > now() - interval '90 days'))
    from counted
$$;

create or replace function access.count_failed(typed text, from_address inet, why text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from access.failed_try where at < now() - interval '1 hour';
  insert into access.failed_try (login_hash, address) values (access.login_hash(typed), from_address);
  perform audit.append('sign-in', 'sign-in.failed', null, null, jsonb_build_object('why', why),
    (select p.id from access.staff p where p.login_name = typed and p.kind <> 'system'), from_address);
end
$$;

-- First factor: `right`, `wrong` (counted and recorded), `locked` (too many wrong tries) or `unregistered-terminal`; and since
-- when the id is in use elsewhere. One try at a time at a terminal, so that many at once are counted too. With `right`
-- stands the ticket whose hash was given, for three minutes and this terminal.
create or replace function access.check_password(
  secret bytea, typed text, proof bytea, from_address inet, new_ticket_hash bytea)
returns table (outcome text, open_elsewhere timestamptz) language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  perform access.require_program(secret);
  perform from access.terminal t where t.address = from_address and t.removed_at is null for no key update;
  if not found then
    return query select 'unregistered-terminal', null::timestamptz;
  elsif access.is_held_back(typed, from_address) then
    return query select 'locked', null::timestamptz;
  else
    who := access.proven(typed, proof);
    if who is null then
      perform access.count_failed(typed, from_address, 'password');
      return query select 'wrong', null::timestamptz;
    else
      delete from access.sign_in_ticket where made_at < now() - interval '3 minutes';
      insert into access.sign_in_ticket (ticket_hash, staff_id, address) values (new_ticket_hash, who, from_address);
      return query select 'right', (select s.last_seen_at from access.session s
        where s.staff_id = who and s.ended_at is null and not s.is_system and not access.is_lived_out(s));
    end if;
  end if;
end
$$;

-- Who holds a ticket: null once it is over, at another terminal, or when the id was disabled meanwhile or is held back.
create or replace function access.ticket_holder(ticket text, from_address inet) returns integer
language sql stable security definer set search_path = '' as $$
  select p.id from access.sign_in_ticket t join access.staff p on p.id = t.staff_id
   where t.ticket_hash = sha256(convert_to(ticket, 'UTF8')) and t.address = from_address
     and t.made_at > now() - interval '3 minutes'
     and p.status = 'active' and (p.valid_to is null or p.valid_to >= current_date)
     and not access.is_held_back(p.login_name, from_address)
$$;

-- What the page of the second factor says of a ticket: since when the id is in use elsewhere. No row for one that is over.
create or replace function access.ticket_standing(secret bytea, ticket text, from_address inet)
returns table (open_elsewhere timestamptz) language plpgsql stable security definer set search_path = '' as $$
begin
  perform access.require_program(secret);
  return query
    select s.last_seen_at from (select access.ticket_holder(ticket, from_address) as who) h
      left join access.session s on s.staff_id = h.who and s.ended_at is null and not s.is_system and not access.is_lived_out(s)
     where h.who is not null;
end
$$;

-- The sealed secret of the one-time code, for a ticket; null for one that is over.
create or replace function access.code_secret(secret bytea, ticket text, from_address inet) returns bytea
language plpgsql stable security definer set search_path = '' as $$
begin
  perform access.require_program(secret);
  return (select c.totp_sealed from access.credential c where c.staff_id = access.ticket_holder(ticket, from_address));
end
$$;

-- A wrong code counts like a wrong password; the fifth holds the ticket back with the id.
create or replace function access.code_failed(secret bytea, ticket text, from_address inet) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_program(secret);
  perform access.count_failed(p.login_name, from_address, 'code')
     from access.staff p where p.id = access.ticket_holder(ticket, from_address);
end
$$;

-- Opens the session of a person whose password and code were right. Ends the one open elsewhere (USE-2).
-- Raises MD003 for a terminal that is not registered, MD004 for a code used before, MD005 without a ticket.
create or replace function access.sign_in(
  secret bytea, ticket text, new_token_hash bytea, from_address inet, totp_step bigint)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.ticket_holder(ticket, from_address);
begin
  perform access.require_program(secret);
  if who is null then raise exception 'no ticket' using errcode = 'MD005'; end if;
  update access.credential set last_totp_step = totp_step where staff_id = who and last_totp_step < totp_step;
  if not found then raise exception 'code was used before' using errcode = 'MD004'; end if;
  perform access.open_session(who, new_token_hash, from_address);
  delete from access.sign_in_ticket where ticket_hash = sha256(convert_to(ticket, 'UTF8'));
end
$$;

-- Not for the program: both factors were judged before.
create or replace function access.open_session(who integer, new_token_hash bytea, from_address inet) returns void
language plpgsql security definer set search_path = '' as $$
declare used_terminal integer;
begin
  select t.id into used_terminal from access.terminal t where t.address = from_address and t.removed_at is null;
  if not found then raise exception 'terminal is not registered' using errcode = 'MD003'; end if;
  delete from access.failed_try f using access.staff p
   where p.id = who and f.login_hash = access.login_hash(p.login_name) and f.address = from_address;
  update access.session s set ended_at = now(), end_reason = 'lived out'
   where s.staff_id = who and s.ended_at is null and access.is_lived_out(s);
  update access.session set ended_at = now(), end_reason = 'signed in elsewhere'
   where staff_id = who and ended_at is null and not is_system;
  if found then
    perform audit.append('sign-in', 'sign-in.superseded', null, null, null, who, from_address);
  end if;
  insert into access.session (token_hash, staff_id, terminal_id) values (new_token_hash, who, used_terminal);
  perform audit.append('sign-in', 'sign-in.done', null, null, null, who, from_address);
end
$$;

revoke execute on function access.require_program, access.terminal_registered, access.password_salt, access.gives, access.proven,
  access.login_hash, access.held_until, access.is_held_back, access.count_failed, access.check_password, access.ticket_holder,
  access.ticket_standing, access.code_secret, access.code_failed, access.sign_in, access.open_session
  from public, madoguchi_app, madoguchi_vault;
grant execute on function access.terminal_registered, access.password_salt, access.check_password, access.ticket_standing,
  access.code_secret, access.code_failed, access.sign_in to madoguchi_app;
