-- What somebody says in their own words of why they look: sealed with the key of whom they look at, and erased with that
-- person; where they look for many, with the key of the log. The record of the look holds its id and the hash of what was
-- sealed, so that the seal of the log covers it.

create or replace function vault.reason_holder(of_person text) returns text
language sql immutable set search_path = '' as $$ select coalesce(of_person, 'audit:reasons') $$;

create or replace function vault.require_reason(of_person text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform vault.require_purpose(array['person.read', 'person.search']);
  if of_person is not null and not vault.reaches(of_person) then
    raise exception 'nobody to say something of' using errcode = '42501';
  end if;
end
$$;

create or replace function vault.reason_key(of_person text, new_key bytea) returns table (holder text, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_reason(of_person);
  if of_person is null then
    insert into vault.holder_key (holder, wrapped_key) values (vault.reason_holder(null), new_key) on conflict do nothing;
  end if;
  return query select k.holder, k.wrapped_key from vault.holder_key k where k.holder = vault.reason_holder(of_person);
end
$$;

create or replace function vault.keep_reason(new_id uuid, of_person text, sealed_data bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_reason(of_person);
  if (octet_length(sealed_data) between 29 and 4000) is not true then
    raise exception 'no such reason' using errcode = '22023';
  end if;
  insert into vault.sealed_record (id, holder, program, kind, sealed, entered_by)
  values (new_id, vault.reason_holder(of_person), 'audit', 'reason', sealed_data, access.staff_id());
end
$$;

-- Whether a record may name it: kept by whoever looks, and these bytes.
create or replace function vault.reason_holds(of_id uuid, digest text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.sealed_record s where s.id = of_id and s.program = 'audit' and s.kind = 'reason'
    and s.entered_by = access.staff_id() and encode(sha256(s.sealed), 'hex') = digest)
$$;

-- For whoever reads the log; each reading is recorded.
create or replace function vault.reasons(ids uuid[]) returns table (id uuid, holder text, sealed bytea, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['audit.read']);
  return query select s.id, s.holder, s.sealed, k.wrapped_key
    from vault.sealed_record s join vault.holder_key k on k.holder = s.holder
   where s.id = any(ids) and s.program = 'audit' and s.kind = 'reason';
  if found then
    perform audit.write('look', 'reason.look', null, array['reason'], jsonb_build_object('reasons', cardinality(ids)));
  end if;
end
$$;

do $$
declare f text;
begin
  foreach f in array array['reason_holder(text)', 'require_reason(text)', 'reason_key(text, bytea)', 'keep_reason(uuid, text, bytea)',
    'reason_holds(uuid, text)', 'reasons(uuid[])'] loop
    execute format('alter function vault.%s owner to madoguchi_vault', f);
    execute format('revoke execute on function vault.%s from public, madoguchi_app', f);
  end loop;
end
$$;
grant execute on function vault.reason_key, vault.keep_reason, vault.reasons to madoguchi_app;
grant execute on function vault.reason_holds to madoguchi_owner;
