-- What somebody says in their own words of a matter of the oversight (a finding, an incident): sealed with a key of that
-- matter, opened by whoever the matter's own rule names. `about` is the matter, such as `finding:12`.

create or replace function vault.require_statement(about text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if nullif(current_setting('app.purpose', true), '') is null then
    raise exception 'a purpose is missing' using errcode = '42501';
  end if;
  if oversight.takes_statement(about) is not true then
    raise exception 'no right to say something of this' using errcode = '42501';
  end if;
end
$$;

-- The key of a matter; of one that has none yet, the one handed over.
create or replace function vault.statement_key(about text, new_key bytea) returns bytea
language plpgsql security definer set search_path = '' as $$
declare kept bytea;
begin
  perform vault.require_statement(about);
  insert into vault.holder_key (holder, wrapped_key) values ('oversight:' || about, new_key) on conflict do nothing;
  select k.wrapped_key into kept from vault.holder_key k where k.holder = 'oversight:' || about;
  return kept;
end
$$;

create or replace function vault.keep_statement(new_id uuid, about text, of_kind text, sealed_data bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_statement(about);
  if (length(of_kind) <= 40 and octet_length(sealed_data) <= 100000) is not true then
    raise exception 'no such statement' using errcode = '22023';
  end if;
  insert into vault.sealed_record (id, holder, program, kind, sealed, entered_by)
  values (new_id, 'oversight:' || about, 'oversight', of_kind, sealed_data, access.staff_id());
  perform audit.write('change', 'statement.kept', null, array['statement'], jsonb_build_object('about', about));
end
$$;

-- What was said of a matter, as far as this person may read it; each reading is recorded.
create or replace function vault.statements_of(about text)
returns table (id uuid, kind text, sealed bytea, wrapped_key bytea, entered_by integer, entered_at timestamptz)
language plpgsql security definer set search_path = '' as $$
begin
  if nullif(current_setting('app.purpose', true), '') is null then
    raise exception 'a purpose is missing' using errcode = '42501';
  end if;
  return query select s.id, s.kind, s.sealed, k.wrapped_key, s.entered_by, s.entered_at
    from vault.sealed_record s join vault.holder_key k on k.holder = s.holder
   where s.holder = 'oversight:' || about and s.program = 'oversight' and oversight.reads_statement(about, s.id, s.entered_by)
   order by s.entered_at, s.id;
  if found then
    perform audit.write('look', 'statement.look', null, array['statement'], jsonb_build_object('about', about));
  end if;
end
$$;

-- Whose words they are; for the owner's functions, before they rest on them.
create or replace function vault.stated_by(statement uuid, about text) returns integer
language sql stable security definer set search_path = '' as $$
  select s.entered_by from vault.sealed_record s where s.id = statement and s.holder = 'oversight:' || about
$$;

-- For the nightly analysis, by pairs, so that it is one statement however many: who lives with whom …
create or replace function vault.living_together(ones text[], others text[]) returns table (one text, other text)
language sql stable security definer set search_path = '' as $$
  select x.one, x.other from unnest(ones, others) x(one, other)
    join vault.person p on p.person_number = x.one join vault.person q on q.person_number = x.other
   where p.household_number = q.household_number
$$;

-- … whose name begins as the keyed token of a surname says …
create or replace function vault.named(numbers text[], tokens bigint[]) returns table (person_number text, token bigint)
language sql stable security definer set search_path = '' as $$
  select x.n, x.t from unnest(numbers, tokens) x(n, t) join vault.person p on p.person_number = x.n
   where x.t = any(p.name_tokens)
$$;

-- … and who was under 支援措置 on a day.
create or replace function vault.protected_among(numbers text[], on_day date) returns table (person_number text)
language sql stable security definer set search_path = '' as $$
  select p.person_number from vault.person p
   where p.person_number = any(numbers) and p.protected_from <= on_day and (p.protected_to is null or p.protected_to >= on_day)
$$;

-- Which of these numbers are somebody's, for the list of those whom an incident concerns.
create or replace function vault.registered(numbers text[]) returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(p.person_number), '{}') from vault.person p where p.person_number = any(numbers)
$$;

do $$
declare f text;
begin
  foreach f in array array['require_statement(text)', 'statement_key(text, bytea)', 'keep_statement(uuid, text, text, bytea)', 'statements_of(text)',
    'stated_by(uuid, text)', 'living_together(text[], text[])', 'named(text[], bigint[])', 'protected_among(text[], date)', 'registered(text[])'] loop
    execute format('alter function vault.%s owner to madoguchi_vault', f);
    execute format('revoke execute on function vault.%s from public, madoguchi_app', f);
  end loop;
end
$$;
grant execute on function vault.statement_key, vault.keep_statement, vault.statements_of to madoguchi_app;
grant execute on function vault.stated_by, vault.living_together, vault.named, vault.protected_among, vault.registered to madoguchi_owner;
grant usage on schema oversight to madoguchi_vault;
