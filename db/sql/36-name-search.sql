-- Whom a search by name finds. Under row security an operator that isn't leakproof is no condition of an index, and that of
-- arrays is none: a role that sees nothing but numbers and tokens, with no policy in the way, looks them up for the
-- functions of the vault alone.
grant usage on schema vault to madoguchi_search;
grant select (person_number, name_tokens, nationality) on vault.person to madoguchi_search;
drop policy if exists sought on vault.person;
create policy sought on vault.person for select to madoguchi_search using (true);

create or replace function vault.with_name(tokens bigint[], from_abroad_alone boolean) returns setof text
language sql stable security definer rows 100 set search_path = '' as $$
  select p.person_number from vault.person p
   where p.name_tokens @> tokens and (not from_abroad_alone or p.nationality = 'foreign')
$$;

-- Tokens of an earlier version of the search, for the account of scheduled jobs to make anew: each name that it reads for it
-- stands in the audit.
create or replace function vault.names_to_renew(version integer, most integer)
returns table (person_number text, sealed_name bytea, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
declare numbers text[];
begin
  perform vault.require_purpose(array['system.run']);
  select array_agg(x.person_number) into numbers from (
    select p.person_number from vault.person p where p.name_tokens_version < version limit most) x;
  if numbers is null then return; end if;
  perform audit.write('look', 'person.name-tokens', numbers, array['name'], null);
  return query select p.person_number, p.sealed_name, k.wrapped_key
    from vault.person p join vault.holder_key k on k.holder = p.person_number where p.person_number = any(numbers);
end
$$;

-- Nothing is written for a person whose name has changed since: `names` are the sealed names that were read.
create or replace function vault.renew_name_tokens(version integer, numbers text[], names bytea[], tokens text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare renewed integer;
begin
  perform vault.require_purpose(array['system.run']);
  update vault.person p set name_tokens = x.t::bigint[], name_tokens_version = version
    from unnest(numbers, names, tokens) x(n, s, t)
   where p.person_number = x.n and p.sealed_name = x.s and p.name_tokens_version < version;
  get diagnostics renewed = row_count;
  return renewed;
end
$$;

alter function vault.names_to_renew owner to madoguchi_vault;
alter function vault.renew_name_tokens owner to madoguchi_vault;
grant create on schema vault to madoguchi_search;
alter function vault.with_name owner to madoguchi_search;
revoke create on schema vault from madoguchi_search;
revoke execute on function vault.with_name, vault.names_to_renew, vault.renew_name_tokens from public;
revoke execute on function vault.with_name from madoguchi_app;
grant execute on function vault.with_name to madoguchi_vault;
grant execute on function vault.names_to_renew, vault.renew_name_tokens to madoguchi_app;
