-- The state of a session, its lock, and one's own password.

-- Whether nothing was done for so long that the password alone takes no lock off.
create or replace function access.needs_code(s access.session) returns boolean
language sql stable set search_path = '' as $$
  select coalesce(s.last_seen_at <= now() - access.period('unlock-by-password'), true)
$$;

-- State of a session without entering it, for whoever has its token: `open`, `locked` or `ended`, the seconds that it may
-- still stand idle, the seconds until it ends whatever is done, whether its lock takes the second factor too, and why it
-- ended: the reason written when it was ended, `lived out`, or `disabled` or `expired` of the id. No row for a token that
-- never was.
drop function if exists access.own_password_hashes();
drop function if exists access.change_password(text);
drop function if exists access.unlock_session(text);
drop function if exists access.session_state(text);
create function access.session_state(token text)
returns table (state text, login_name text, staff_name text, seconds_left integer, life_left integer, needs_code boolean, why text)
language sql stable security definer set search_path = '' as $$
  select case when e.why is not null then 'ended' when access.is_open(s) then 'open' else 'locked' end,
         p.login_name, p.display_name,
         greatest(0, ceil(extract(epoch from s.last_seen_at + access.idle_limit() - now())))::integer,
         greatest(0, ceil(extract(epoch from s.started_at + access.period('session') - now())))::integer,
         access.needs_code(s), e.why
    from access.session s join access.staff p on p.id = s.staff_id,
         lateral (select case when s.ended_at is not null then coalesce(s.end_reason, '')
                              when access.is_lived_out(s) then 'lived out'
                              when p.status <> 'active' then 'disabled'
                              when p.valid_to < current_date then 'expired' end as why) e
   where s.token_hash = sha256(convert_to(token, 'UTF8'))
$$;

-- The session behind a token at the terminal of its sign-in. Raises MD001 where there is none or it is over.
create or replace function access.session_here(token text, from_address inet) returns access.session
language plpgsql stable security definer set search_path = '' as $$
declare found_session access.session;
begin
  select s.* into found_session
    from access.session s join access.terminal t on t.id = s.terminal_id
   where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null and t.address = from_address
     and not access.is_lived_out(s);
  if not found then raise exception 'no open session' using errcode = 'MD001'; end if;
  return found_session;
end
$$;

-- A password typed by the person of a session: `right`, `wrong` (counted and recorded) or `locked`.
create or replace function access.check_own_password(who integer, proof bytea, from_address inet) returns text
language plpgsql security definer set search_path = '' as $$
declare login text;
begin
  select p.login_name into login from access.staff p join access.credential c on c.staff_id = p.id
   where p.id = who for no key update of c;
  if access.is_held_back(login, from_address) then return 'locked'; end if;
  if access.proven(login, proof) = who then return 'right'; end if;
  perform access.count_failed(login, from_address, 'password');
  return 'wrong';
end
$$;

-- The sealed secret of the one-time code of the person of a session, for whoever proves the password; else null.
drop function if exists access.unlock_code_secret(bytea, text, bytea, inet);
create or replace function access.session_code_secret(secret bytea, token text, proof bytea, from_address inet) returns bytea
language plpgsql stable security definer set search_path = '' as $$
declare who integer := (access.session_here(token, from_address)).staff_id;
begin
  perform access.require_program(secret);
  return (select c.totp_sealed from access.credential c join access.staff p on p.id = c.staff_id
           where c.staff_id = who and access.proven(p.login_name, proof) = who
             and not access.is_held_back(p.login_name, from_address));
end
$$;

drop function if exists access.unlock_code_failed(bytea, text, inet);
create or replace function access.session_code_failed(secret bytea, token text, from_address inet) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := (access.session_here(token, from_address)).staff_id;
begin
  perform access.require_program(secret);
  perform access.count_failed(p.login_name, from_address, 'code') from access.staff p where p.id = who;
end
$$;

-- Takes the lock off for whoever proves the password of the person behind the session, at its terminal: `right`, `wrong`,
-- `locked`, or `code-needed` and `code-used` where it stood idle too long for the password alone. A code is believed only with
-- the program's secret.
drop function if exists access.unlock_session(text, bytea, inet);
create or replace function access.unlock_session(
  token text, proof bytea, from_address inet, totp_step bigint default null, secret bytea default null) returns text
language plpgsql security definer set search_path = '' as $$
declare s access.session := access.session_here(token, from_address); outcome text;
begin
  outcome := access.check_own_password(s.staff_id, proof, from_address);
  if outcome <> 'right' then return outcome; end if;
  if access.needs_code(s) then
    if totp_step is null then return 'code-needed'; end if;
    perform access.require_program(secret);
    update access.credential set last_totp_step = totp_step where staff_id = s.staff_id and last_totp_step < totp_step;
    if not found then return 'code-used'; end if;
  end if;
  delete from access.failed_try f using access.staff p
   where p.id = s.staff_id and f.login_hash = access.login_hash(p.login_name) and f.address = from_address;
  update access.session set locked_at = null, last_seen_at = now() where id = s.id;
  perform audit.append('sign-in', 'session.unlocked', null, null, null, s.staff_id, from_address);
  return outcome;
end
$$;

-- Salts of one's own passwords, the present one first, so that a new one can be shown to be none of them.
create or replace function access.own_password_salts() returns text[]
language sql stable security definer set search_path = '' as $$
  select array_agg(split_part(h, '$', 1) order by n) from access.credential c,
         unnest(array_prepend(c.password_hash, c.previous_hashes)) with ordinality x(h, n)
   where c.staff_id = access.staff_id()
$$;

-- What anybody would try first against the person of the session: name, office, and city, in letters too where a
-- preset is named after it.
create or replace function access.own_words() returns text[]
language sql stable security definer set search_path = '' as $$
  select array_agg(distinct w.word) from (
    select regexp_split_to_table(p.display_name || ' ' || coalesce(o.name, ''), '\s+') as word
      from access.staff p left join access.office o on o.code = p.office_code where p.id = (select access.staff_id())
    union all select c.name from city.profile c where access.staff_id() is not null
    union all select regexp_split_to_table(c.preset, '[^a-z]+') from city.preset c where access.staff_id() is not null) w
   where length(w.word) > 1
$$;

-- Sets one's own new password with the proof of the present one: `right`, `wrong`, `locked`, `used-before` where one of the
-- proofs of the new one, in the order of the salts, is that of an earlier password, or `too-soon` after the last choice:
-- otherwise the history of twelve is gone through in a minute, back to the old one.
drop function if exists access.change_password(bytea, text, bytea[], inet);
create or replace function access.change_password(present_proof bytea, new_hash text, new_proofs bytea[]) returns text
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); from_address inet; outcome text;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select p.address into from_address from audit.present_session() p;
  outcome := access.check_own_password(who, present_proof, from_address);
  if outcome <> 'right' then return outcome; end if;
  if exists (select from access.credential c
              where c.staff_id = who and not c.must_change and c.chosen_at > now() - access.period('password-kept')) then
    return 'too-soon';
  end if;
  if exists (select from access.credential c, unnest(array_prepend(c.password_hash, c.previous_hashes), new_proofs) x(h, p)
              where c.staff_id = who and (x.p is null or access.gives(h, p))) then
    return 'used-before';
  end if;
  update access.credential
     set previous_hashes = (array_prepend(password_hash, previous_hashes))[1:12], password_hash = new_hash,
         password_set_at = now(), chosen_at = now(), must_change = false
   where staff_id = who;
  perform audit.append('change', 'password.changed', null, null, null, who, from_address);
  return outcome;
end
$$;

-- For a new password that the program found too weak: the present one is judged and counted all the same.
create or replace function access.prove_own_password(proof bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  return access.check_own_password(who, proof, (select p.address from audit.present_session() p));
end
$$;

revoke execute on function access.session_state, access.needs_code, access.session_here, access.check_own_password,
  access.session_code_secret, access.session_code_failed, access.unlock_session, access.own_password_salts,
  access.own_words, access.change_password, access.prove_own_password from public, madoguchi_app, madoguchi_vault;
grant execute on function access.session_state, access.session_code_secret, access.session_code_failed, access.unlock_session,
  access.own_password_salts, access.own_words, access.change_password, access.prove_own_password to madoguchi_app;
