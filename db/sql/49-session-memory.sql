-- What pages keep of a session, so that any process finds it: rows that say nothing to who has no token. The program's role
-- reaches them by the token alone, and only those of that session.

alter table access.session_memory enable row level security;
alter table access.session_memory force row level security;
drop policy if exists owner_functions on access.session_memory;
create policy owner_functions on access.session_memory to madoguchi_owner using (true) with check (true);

-- Keeps something of a session; without a value it is forgotten. Whatever was kept longer than it is found goes by the way.
create or replace function access.remember(token text, what bytea, new_sealed bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare of_session uuid;
begin
  select s.id into of_session from access.session s
   where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null and not s.is_system;
  if not found then return; end if;
  if new_sealed is null then
    delete from access.session_memory m where m.session_id = of_session and m.about = what;
    return;
  end if;
  insert into access.session_memory (session_id, about, sealed) values (of_session, what, new_sealed)
  on conflict (session_id, about) do update set sealed = excluded.sealed, kept_at = now();
  delete from access.session_memory m where (m.session_id, m.about) in (
    select o.session_id, o.about from access.session_memory o
     where o.kept_at < now() - interval '15 minutes' order by o.kept_at limit 20 for update skip locked);
end
$$;

-- What was kept of an open session within the last quarter of an hour.
create or replace function access.remembered(token text, what bytea) returns bytea
language sql stable security definer set search_path = '' as $$
  select m.sealed from access.session_memory m join access.session s on s.id = m.session_id
   where s.token_hash = sha256(convert_to(token, 'UTF8')) and m.about = what
     and m.kept_at >= now() - interval '15 minutes' and access.is_open(s)
$$;

revoke execute on function access.remember, access.remembered from public, madoguchi_app, madoguchi_vault;
grant execute on function access.remember, access.remembered to madoguchi_app;
