-- People of whom the register knows no day of birth: the day by which to reckon in its place (みなし生年月日), set by one person and
-- confirmed by another. No day is ever taken without them.

-- Proposes a day for what the register tells now. Nothing where somebody else's waits already, or where it tells another by now.
create or replace function vault.propose_reckoned_birth(number text, told text, new_day date, by_basis text, reason bytea) returns bigint
language plpgsql security definer set search_path = '' as $$
declare p vault.person; made bigint;
begin
  perform vault.require_purpose(array['birth-date.set']);
  select x.* into p from vault.person x where x.person_number = number for update;
  if not found or not vault.within(p, vault.limiting_offices('birth-date.set')) then
    raise exception 'nobody of that number' using errcode = '42501';
  end if;
  if p.birth_told is distinct from told then return null; end if;
  if (told is not null and vault.birth_range(told) @> new_day and new_day <= access.business_date() and new_day is distinct from p.birth_reckoned
      and length(reason) between 30 and 4000) is not true then
    raise exception 'not a day by which to reckon' using errcode = '22023';
  end if;
  insert into vault.reckoned_birth (person_number, birth_told, reckoned_on, basis, sealed_reason, proposed_by)
  values (number, told, new_day, by_basis, reason, access.staff_id())
  on conflict (person_number) where decision is null and ended_at is null do nothing returning id into made;
  if made is null then return null; end if;
  perform audit.write('change', 'reckoned-birth.proposed', array[number], array['birth-date'], jsonb_build_object('number', made::text));
  return made;
end
$$;

-- Confirms or refuses what another person proposed. False where somebody else, or the register, was faster.
create or replace function vault.decide_reckoned_birth(of_id bigint, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r vault.reckoned_birth; p vault.person; who integer := access.staff_id();
begin
  perform vault.require_purpose(array['birth-date.confirm']);
  -- The person first, as every writer takes them.
  select x.* into p from vault.person x join vault.reckoned_birth b using (person_number) where b.id = of_id for update of x;
  if not found or not vault.within(p, vault.limiting_offices('birth-date.confirm')) then
    raise exception 'nothing to be decided' using errcode = '42501';
  end if;
  select x.* into r from vault.reckoned_birth x where x.id = of_id for update;
  if r.decision is not null or r.ended_at is not null then return false; end if;
  if (how in ('approved', 'refused') and r.proposed_by <> who) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  if how = 'approved' then
    update vault.reckoned_birth x set ended_at = now(), ended = 'replaced'
     where x.person_number = r.person_number and x.decision = 'approved' and x.ended_at is null;
    insert into vault.person_history (person_number, revision, staff_id, sealed_name, sealed_address, sealed_details, facts)
    values (p.person_number, p.revision, who, p.sealed_name, p.sealed_address, p.sealed_details,
      (to_jsonb(p) - 'sealed_name' - 'sealed_address' - 'sealed_details' - 'name_tokens' - 'fingerprint' - 'source_token')::text);
    update vault.person x set birth_reckoned = r.reckoned_on, revision = x.revision + 1, updated_at = now() where x.person_number = r.person_number;
  end if;
  update vault.reckoned_birth x set decision = how, decided_by = who, decided_at = now() where x.id = of_id;
  perform audit.write('change', case how when 'approved' then 'reckoned-birth.confirmed' else 'reckoned-birth.refused' end,
    array[r.person_number], array['birth-date'], jsonb_build_object('number', of_id::text));
  return true;
end
$$;

-- That what was decided by a day that the register ended has been gone through. False where it had been.
create or replace function vault.review_reckoned_birth(of_id bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare whose text;
begin
  perform vault.require_purpose(array['birth-date.set']);
  if not exists (select from vault.reckoned_birth r join vault.person p using (person_number)
                  where r.id = of_id and vault.within(p, vault.limiting_offices('birth-date.set'))) then
    raise exception 'nothing to be gone through' using errcode = '42501';
  end if;
  update vault.reckoned_birth r set reviewed_by = access.staff_id(), reviewed_at = now()
   where r.id = of_id and r.decision = 'approved' and r.ended = 'register' and r.reviewed_at is null returning r.person_number into whose;
  if whose is null then return false; end if;
  perform audit.write('change', 'reckoned-birth.reviewed', array[whose], array['birth-date'], jsonb_build_object('number', of_id::text));
  return true;
end
$$;

-- All days that were set or proposed for a person, the newest first; one look is recorded.
create or replace function vault.reckoned_births_of(number text)
returns table (id bigint, birth_told text, reckoned_on date, basis text, sealed_reason bytea, wrapped_key bytea, proposed_by integer, proposed_at timestamptz,
  decision text, decided_by integer, decided_at timestamptz, ended text, ended_at timestamptz, reviewed_by integer, reviewed_at timestamptz)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['person.read']);
  if not exists (select from vault.reckoned_birth r where r.person_number = number)
     or not exists (select from vault.person p where p.person_number = number and vault.within(p, vault.limiting_offices('person.read'))) then
    return;
  end if;
  perform audit.write('look', 'person.look', array[number], array['birth-date'], null);
  return query select r.id, r.birth_told, r.reckoned_on, r.basis, r.sealed_reason, k.wrapped_key, r.proposed_by, r.proposed_at, r.decision, r.decided_by,
      r.decided_at, r.ended, r.ended_at, r.reviewed_by, r.reviewed_at
    from vault.reckoned_birth r join vault.holder_key k on k.holder = number where r.person_number = number order by r.id desc;
end
$$;

-- Whom the register knows without a day of birth, and where each stands: `unset`, `waiting` for a second person, `set`; and `to-review`:
-- the register told another birth date after something may have been decided by the day that was set.
create or replace function vault.births_unknown(offices text[])
returns table (person_number text, state text, since timestamptz, proposed_by integer)
language sql stable set search_path = '' as $$
  select p.person_number, case when w.id is not null then 'waiting' when p.birth_reckoned is null then 'unset' else 'set' end,
         coalesce(w.proposed_at, p.updated_at), w.proposed_by
    from vault.person p left join vault.reckoned_birth w on w.person_number = p.person_number and w.decision is null and w.ended_at is null
   where p.birth_told is not null and (w.id is not null or p.outside and p.died_on is null or p.resident_to is null or p.resident_to > access.business_date())
     and vault.within(p, offices)
  union all
  select r.person_number, 'to-review', r.ended_at, r.proposed_by
    from vault.reckoned_birth r join vault.person p on p.person_number = r.person_number
   where r.decision = 'approved' and r.ended = 'register' and r.reviewed_at is null and vault.within(p, offices)
$$;

-- How many there are in each state, since when the oldest, and how many of them somebody else than this person proposed.
create or replace function vault.count_births_unknown()
returns table (state text, people bigint, since timestamptz, by_others bigint, by_others_since timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['birth-date.set', 'birth-date.confirm']);
  return query select b.state, count(*), min(b.since), count(*) filter (where b.proposed_by <> (select access.staff_id())),
      min(b.since) filter (where b.proposed_by <> (select access.staff_id()))
    from vault.births_unknown((select vault.limiting_offices('person.read'))) b group by b.state;
end
$$;

-- Some of them in one state, the oldest first; `by_others_alone` leaves out what this person proposed.
create or replace function vault.list_births_unknown(of_state text, by_others_alone boolean, first integer, at_most integer)
returns table (person_number text, since timestamptz)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['birth-date.set', 'birth-date.confirm']);
  return query select b.person_number, b.since from vault.births_unknown((select vault.limiting_offices('person.read'))) b
    where b.state = of_state and (not by_others_alone or b.proposed_by <> (select access.staff_id()))
    order by b.since, b.person_number offset first limit least(at_most, 200);
  perform audit.write('select', 'person.births-unknown', null, array['birth-date'], null);
end
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'vault' and p.proname in ('propose_reckoned_birth', 'decide_reckoned_birth', 'review_reckoned_birth', 'reckoned_births_of',
              'births_unknown', 'count_births_unknown', 'list_births_unknown') loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public', f);
    if f::text not like '%births_unknown(text[])' then execute format('grant execute on function %s to madoguchi_app', f); end if;
  end loop;
end
$$;
revoke execute on function vault.births_unknown from madoguchi_app;
