-- Sign-in over the city's own directory (OpenID Connect). The program speaks with the directory and is believed only with the
-- secret made from the master key. It only ever names an id that stands here.

-- Keeps what the answer of the directory is checked against: ten minutes, once, at this terminal.
create or replace function access.begin_directory(
  secret bytea, new_state_hash bytea, new_verifier text, new_nonce text, new_back text, from_address inet)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_program(secret);
  delete from access.directory_request where made_at < now() - interval '10 minutes';
  insert into access.directory_request (state_hash, verifier, nonce, back, address)
  values (new_state_hash, new_verifier, new_nonce, new_back, from_address);
end
$$;

create or replace function access.take_directory(secret bytea, state text, from_address inet)
returns table (verifier text, nonce text, back text) language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_program(secret);
  return query delete from access.directory_request r
    where r.state_hash = sha256(convert_to(state, 'UTF8')) and r.address = from_address and r.made_at > now() - interval '10 minutes'
    returning r.verifier, r.nonce, r.back;
end
$$;

-- The directory answered for somebody: true where the id may sign in, and then the ticket stands. With `whole` the directory
-- has asked for a second factor itself.
create or replace function access.directory_answered(
  secret bytea, login text, from_address inet, new_ticket_hash bytea, whole boolean)
returns boolean language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  perform access.require_program(secret);
  select p.id into who from access.staff p
   where p.login_name = login and p.status = 'active' and p.kind <> 'system' and (p.valid_to is null or p.valid_to >= current_date)
     and access.terminal_registered(from_address);
  if who is null then
    perform audit.append('sign-in', 'sign-in.failed', null, null, jsonb_build_object('why', 'directory'),
      (select p.id from access.staff p where p.login_name = login and p.kind <> 'system'), from_address);
    return false;
  end if;
  delete from access.sign_in_ticket where made_at < now() - interval '3 minutes';
  insert into access.sign_in_ticket (ticket_hash, staff_id, address, whole_by_directory)
  values (new_ticket_hash, who, from_address, whole);
  return true;
end
$$;

-- Opens the session of a person for whom the directory asked for both factors. Raises MD003 and MD005 like access.sign_in.
create or replace function access.sign_in_by_directory(secret bytea, ticket text, new_token_hash bytea, from_address inet)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.ticket_holder(ticket, from_address);
begin
  perform access.require_program(secret);
  delete from access.sign_in_ticket t
   where t.ticket_hash = sha256(convert_to(ticket, 'UTF8')) and t.whole_by_directory and t.staff_id = who;
  if not found then raise exception 'no ticket' using errcode = 'MD005'; end if;
  perform access.open_session(who, new_token_hash, from_address);
end
$$;

revoke execute on function access.begin_directory, access.take_directory, access.directory_answered, access.sign_in_by_directory
  from public, madoguchi_app, madoguchi_vault;
grant execute on function access.begin_directory, access.take_directory, access.directory_answered, access.sign_in_by_directory
  to madoguchi_app;
