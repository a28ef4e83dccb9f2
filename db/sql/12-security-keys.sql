-- Security keys (WebAuthn) beside the one-time code. The program verifies what a key has signed, and is believed only with
-- the secret made from the master key; the database keeps the challenge, once, and the counter.

-- Begins the registration of a key for the person of the session, who shows the password and a fresh code: `right`, `wrong`,
-- `locked` or `code-used`. Its challenge stands for three minutes.
create or replace function access.begin_key(secret bytea, proof bytea, totp_step bigint, new_challenge text) returns text
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); here record; outcome text;
begin
  perform access.require_program(secret);
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select * into here from audit.present_session();
  outcome := access.check_own_password(who, proof, here.address);
  if outcome <> 'right' then return outcome; end if;
  update access.credential set last_totp_step = totp_step where staff_id = who and last_totp_step < totp_step;
  if not found then return 'code-used'; end if;
  insert into access.key_registration (session_id, challenge) values (here.id, new_challenge)
  on conflict (session_id) do update set challenge = excluded.challenge, made_at = now();
  return 'right';
end
$$;

-- The challenge of the registration that the person began, or null.
create or replace function access.key_challenge() returns text
language sql stable security definer set search_path = '' as $$
  select r.challenge from access.key_registration r
   where r.session_id = (select p.id from audit.present_session() p) and access.staff_id() is not null
     and r.made_at > now() - interval '3 minutes'
$$;

-- Registers the key that answered the challenge; raises MD005 where none stands, MD007 beyond five keys.
create or replace function access.register_key(
  secret bytea, answered text, new_credential text, new_public_key bytea, new_counter bigint, new_transports text[], new_name text)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  perform access.require_program(secret);
  if answered is distinct from access.key_challenge() then raise exception 'no such registration' using errcode = 'MD005'; end if;
  delete from access.key_registration where session_id = (select p.id from audit.present_session() p);
  if (select count(*) from access.security_key k where k.staff_id = who and k.removed_at is null) >= 5 then
    raise exception 'enough keys' using errcode = 'MD007';
  end if;
  insert into access.security_key (staff_id, credential_id, public_key, counter, transports, name)
  values (who, new_credential, new_public_key, new_counter, coalesce(new_transports, '{}'), new_name);
  perform audit.append('change', 'security-key.registered', null, null, jsonb_build_object('staff', who), who, null);
end
$$;

-- Takes a key back: one's own, or as an administrator another's that was lost. It only takes away, so one person does it.
create or replace function access.remove_key(wanted integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare owner integer;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  update access.security_key k set removed_at = now(), removed_by = access.staff_id()
   where k.id = wanted and k.removed_at is null and (k.staff_id = access.staff_id() or access.has_right('staff.manage'))
  returning k.staff_id into owner;
  if owner is null then return false; end if;
  perform audit.append('change', 'security-key.removed', null, null, jsonb_build_object('staff', owner), access.staff_id(), null);
  return true;
end
$$;

-- Keys with which the holder of a ticket may go on; they are to sign the challenge given.
create or replace function access.begin_key_sign_in(secret bytea, ticket text, from_address inet, new_challenge text)
returns table (credential_id text, transports text[]) language plpgsql security definer set search_path = '' as $$
declare who integer := access.ticket_holder(ticket, from_address);
begin
  perform access.require_program(secret);
  update access.sign_in_ticket t set challenge = new_challenge
   where t.ticket_hash = sha256(convert_to(ticket, 'UTF8')) and who is not null;
  return query select k.credential_id, k.transports from access.security_key k where k.staff_id = who and k.removed_at is null;
end
$$;

-- What a signature is verified against: takes the challenge off the ticket, so that it is answered once.
create or replace function access.take_key_challenge(secret bytea, ticket text, from_address inet, shown_credential text)
returns table (challenge text, public_key bytea, counter bigint) language plpgsql security definer set search_path = '' as $$
declare who integer := access.ticket_holder(ticket, from_address); found_challenge text;
begin
  perform access.require_program(secret);
  select t.challenge into found_challenge from access.sign_in_ticket t
   where t.ticket_hash = sha256(convert_to(ticket, 'UTF8')) and who is not null for update;
  update access.sign_in_ticket t set challenge = null where t.ticket_hash = sha256(convert_to(ticket, 'UTF8'));
  return query select found_challenge, k.public_key, k.counter from access.security_key k
    where k.staff_id = who and k.credential_id = shown_credential and k.removed_at is null and found_challenge is not null;
end
$$;

-- A signature that was not right counts like a wrong code.
create or replace function access.key_failed(secret bytea, ticket text, from_address inet) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_program(secret);
  perform access.count_failed(p.login_name, from_address, 'key')
     from access.staff p where p.id = access.ticket_holder(ticket, from_address);
end
$$;

-- Opens the session of a person whose password and key were right. Raises MD003 and MD005 like access.sign_in, and MD008
-- for a counter that did not rise: a key that was copied.
create or replace function access.sign_in_by_key(
  secret bytea, ticket text, new_token_hash bytea, from_address inet, shown_credential text, new_counter bigint)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.ticket_holder(ticket, from_address);
begin
  perform access.require_program(secret);
  if who is null then raise exception 'no ticket' using errcode = 'MD005'; end if;
  update access.security_key k set counter = new_counter, used_at = now()
   where k.staff_id = who and k.credential_id = shown_credential and k.removed_at is null
     and (new_counter > k.counter or (new_counter = 0 and k.counter = 0));
  if not found then raise exception 'not this key' using errcode = 'MD008'; end if;
  perform access.open_session(who, new_token_hash, from_address);
  delete from access.sign_in_ticket where ticket_hash = sha256(convert_to(ticket, 'UTF8'));
end
$$;

grant select (id, staff_id, name, registered_at, used_at, removed_at) on access.security_key to madoguchi_app;
drop policy if exists seen on access.security_key;
create policy seen on access.security_key for select to madoguchi_app
  using (staff_id = (select access.staff_id()) or (select access.has_right('staff.manage')));

revoke execute on function access.begin_key, access.key_challenge, access.register_key, access.remove_key, access.begin_key_sign_in,
  access.take_key_challenge, access.key_failed, access.sign_in_by_key from public, madoguchi_app, madoguchi_vault;
grant execute on function access.begin_key, access.key_challenge, access.register_key, access.remove_key, access.begin_key_sign_in,
  access.take_key_challenge, access.key_failed, access.sign_in_by_key to madoguchi_app;
