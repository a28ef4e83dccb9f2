-- 住登外者: people outside the register whom a 事務 has to do with. Opened by one person with a paper that was seen, confirmed by another
-- before money or a decision; each correction has to be confirmed again. They are persons like all others: the same table, a key of
-- their own, the same functions look at them and find them.

-- Whether the session works on the cases of a 事務 at an office, in one of these ways; a case that is named is of both.
create or replace function vault.require_outsider_right(any_of text[], of_program text, in_office text, of_case uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if nullif(current_setting('app.purpose', true), '') is null
     or (of_program ~ '^[a-z][a-z-]{1,39}$' and in_office is not null and access.has_any_right(any_of, of_program, in_office)) is not true
     or of_case is not null and (cases.program_of(of_case) = of_program and cases.office_of(of_case) = in_office) is not true then
    raise exception 'no right over people outside the register' using errcode = '42501';
  end if;
end
$$;

-- The days on one of which somebody was born, as far as is known.
create or replace function vault.birth_days(birth date, told text) returns daterange
language sql immutable set search_path = '' as $$
  select case when birth is not null then daterange(birth, birth, '[]') else vault.birth_range(told) end
$$;

-- The next 統合宛名番号, for somebody new in this transaction: what is sealed for them is bound to it.
create or replace function vault.reserve_person_number(of_program text, in_office text, of_case uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare base text; made text;
begin
  perform vault.require_outsider_right(array['case.enter'], of_program, in_office, of_case);
  base := lpad(nextval('vault.person_sequence')::text, 9, '0');
  -- M10W21, as workflows/numbers/check-digits.ts.
  select base || ((10 - sum(case when w.product > 9 then w.product - 9 else w.product end) % 10) % 10)::text into made
    from (select substr(base, n, 1)::integer * case when n % 2 = 1 then 2 else 1 end as product from generate_series(1, 9) n) w;
  insert into vault.reserved_number (person_number, staff_id) values (made, access.staff_id());
  return made;
end
$$;

-- Who may be the same: whoever bears one of the whole names and may have been born then; `strictly`, nobody else, otherwise also whoever
-- bears a whole name whatever the birth, or a part of one and may have been born then, or bears the 個人番号.
create or replace function vault.alike(whole_names text[], parts text[], birth date, told text, individual bigint, strictly boolean) returns text[]
language plpgsql stable set search_path = '' as $$
declare whole text[]; partly text[];
begin
  whole := array(select distinct vault.with_name(a::bigint[], false) from unnest(whole_names) a);
  if not strictly then partly := array(select distinct vault.with_name(a::bigint[], false) from unnest(parts) a); end if;
  return array(
    select p.person_number from vault.person p
     where p.person_number = any(whole) and (not strictly or vault.birth_days(p.birth_date, p.birth_told) && vault.birth_days(birth, told))
    union
    select p.person_number from vault.person p
     where p.person_number = any(partly) and vault.birth_days(p.birth_date, p.birth_told) && vault.birth_days(birth, told)
    union
    select i.person_number from vault.individual_number i where i.token = individual);
end
$$;

-- Those who look alike, before somebody is opened: by number where the session gets to them, and how many besides. At most fifty.
create or replace function vault.similar_people(of_program text, in_office text, of_case uuid, whole_names text[], parts text[], birth date, told text, individual bigint)
returns table (person_number text, beyond integer) language plpgsql security definer set search_path = '' as $$
declare found_numbers text[]; near text[];
begin
  perform vault.require_outsider_right(array['case.enter'], of_program, in_office, of_case);
  perform vault.require_purpose(array['person.search']);
  if individual is not null then perform vault.require_purpose(array['person.read-individual-number']); end if;
  found_numbers := vault.alike(whole_names, parts, birth, told, individual, false);
  near := coalesce(vault.those_within(found_numbers, vault.limiting_offices('person.search')), '{}');
  perform audit.write('search', 'person.search', null, null, jsonb_build_object('found', cardinality(found_numbers), 'by', '["alike"]'::jsonb));
  return query
  select x.n, null::integer from (select n from unnest(near) n limit 50) x
  union all
  -- Of those beyond the office only whom the opening would stop at is told: that there are some.
  select null, cardinality(array(select unnest(vault.alike(whole_names, null, birth, told, individual, true)) except select unnest(near)));
end
$$;

-- Whether all who may be the same were seen and are said to be other people; whoever bears the 個人番号 is the same.
create or replace function vault.require_other_people(number text, whole_names text[], birth date, told text, individual bigint, differs text[]) returns void
language plpgsql stable set search_path = '' as $$
declare same text[] := array_remove(vault.alike(whole_names, null, birth, told, null, true), number); seen text[];
begin
  if exists (select from vault.individual_number i where i.token = individual and i.person_number <> number) then
    raise exception 'the number is somebody''s' using errcode = 'MD023';
  end if;
  seen := coalesce(vault.those_within(same, vault.limiting_offices('person.search')), '{}');
  if not (seen <@ differs) or same <> '{}' and not (same <@ seen) and not ('*' = any(differs)) then
    raise exception 'somebody looks the same' using errcode = 'MD022';
  end if;
end
$$;

-- Facts that no opening and no correction may bring.
create or replace function vault.require_outsider_facts(birth date, told text, died date, postal text, protected_from date, protected_to date, evidence text, seen_on date, details bytea)
returns void language plpgsql stable set search_path = '' as $$
declare today date := access.business_date();
begin
  if (num_nonnulls(birth, told) = 1 and coalesce(length(told), 4) < 10 and lower(vault.birth_days(birth, told)) between date '1873-01-01' and today
      and (died is null or died between lower(vault.birth_days(birth, told)) and today)
      and postal ~ '^([0-9]{7})?$' and (protected_to is null or protected_to >= protected_from)
      and evidence is not null and seen_on between lower(vault.birth_days(birth, told)) and today
      and octet_length(details) between 30 and 16000) is not true then
    raise exception 'nobody could be opened so' using errcode = '22023';
  end if;
end
$$;

create or replace function vault.keep_outsider_step(number text, what text, evidence text, seen_on date, details bytea, differs text[]) returns void
language sql set search_path = '' as $$
  insert into vault.outsider_step (person_number, what, revision, evidence, evidence_on, sealed_details, differs_from, staff_id)
  select number, what, p.revision, evidence, seen_on, details, differs, access.staff_id() from vault.person p where p.person_number = number
$$;

-- Opens somebody under a number reserved in this transaction. One at a time, so that the same person is not opened twice at the
-- same moment. MD022: somebody looks the same who was not said to be another person. MD023: the 個人番号 is somebody's.
create or replace function vault.open_outsider(of_program text, of_case uuid, in_office text, number text, birth date, told text, of_sex text, of_nationality text,
  postal text, protection_from date, protection_to date, name bytea, address bytea, print bytea, tokens bigint[], whole_names text[], key bytea,
  evidence text, seen_on date, details bytea, differs text[], individual bigint, individual_sealed bytea, individual_key bytea)
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); today date := access.business_date();
begin
  perform vault.require_outsider_right(array['case.enter'], of_program, in_office, of_case);
  if individual is not null then perform vault.require_purpose(array['person.read-individual-number']); end if;
  perform vault.require_outsider_facts(birth, told, null, postal, protection_from, protection_to, evidence, seen_on, details);
  delete from vault.reserved_number r where r.person_number = number and r.staff_id = who and r.reserved_at = now();
  if not found then raise exception 'a number that was not given' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('vault.open_outsider', 0));
  perform vault.require_other_people(number, whole_names, birth, told, individual, differs);
  insert into vault.holder_key (holder, wrapped_key) values (number, key);
  insert into vault.person (person_number, source_token, outside, household_number, is_head, relationship, birth_date, birth_told, sex, nationality,
    office_code, town_code, postal_code, resident_from, from_reason, resident_to, to_reason, protected_from, protected_to, sealed_name, sealed_address, fingerprint, name_tokens)
  values (number, null, true, 'X' || number, true, '02', birth, told, of_sex, of_nationality,
    in_office, '', postal, today, 'other', today, 'other', protection_from, protection_to, name, address, print, tokens);
  if individual is not null then
    insert into vault.individual_number (person_number, token, sealed, wrapped_key) values (number, individual, individual_sealed, individual_key);
  end if;
  insert into vault.outsider (person_number, program, case_id, office_code, opened_by, typed_by) values (number, of_program, of_case, in_office, who, who);
  perform vault.keep_outsider_step(number, 'open', evidence, seen_on, details, differs);
  perform audit.write('change', 'outsider.opened', array[number], array['register'], jsonb_build_object('program', of_program));
end
$$;

-- One outside the register, held, with the right over their 事務 and office, as the page saw them.
create or replace function vault.hold_outsider(number text, seen integer, any_of text[]) returns vault.outsider
language plpgsql set search_path = '' as $$
declare o vault.outsider; p vault.person;
begin
  select x.* into p from vault.person x where x.person_number = number for update;
  select x.* into o from vault.outsider x where x.person_number = number for update;
  if not found then raise exception 'nobody outside the register' using errcode = '42501'; end if;
  perform vault.require_outsider_right(any_of, o.program, o.office_code, null);
  if not vault.is_outside(people.canonical(number)) then raise exception 'the register tells of them' using errcode = 'MD011'; end if;
  if p.revision is distinct from seen then raise exception 'changed since' using errcode = 'MD014'; end if;
  return o;
end
$$;

-- Corrects what is known; the earlier state is kept, and a second person has to confirm it again.
create or replace function vault.correct_outsider(number text, seen integer, birth date, told text, died date, of_sex text, of_nationality text,
  postal text, protection_from date, protection_to date, name bytea, address bytea, print bytea, tokens bigint[], whole_names text[],
  evidence text, seen_on date, details bytea, differs text[])
returns void language plpgsql security definer set search_path = '' as $$
declare p vault.person; today date := access.business_date();
begin
  perform vault.hold_outsider(number, seen, array['case.enter']);
  perform vault.require_outsider_facts(birth, told, died, postal, protection_from, protection_to, evidence, seen_on, details);
  select x.* into p from vault.person x where x.person_number = number;
  -- 支援措置 that holds is ended only by those who may see what it hides.
  if vault.is_protected(p) and (protection_from is null or protection_from > today or protection_to < today) and not vault.sees_protected() then
    raise exception 'no right to end a protection' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('vault.open_outsider', 0));
  perform vault.require_other_people(number, whole_names, birth, told, null, differs);
  insert into vault.person_history (person_number, revision, staff_id, sealed_name, sealed_address, sealed_details, facts)
  values (p.person_number, p.revision, access.staff_id(), p.sealed_name, p.sealed_address, p.sealed_details,
    (to_jsonb(p) - 'sealed_name' - 'sealed_address' - 'sealed_details' - 'name_tokens' - 'fingerprint' - 'source_token')::text);
  if p.birth_told is distinct from told then
    update vault.reckoned_birth r set ended_at = now(), ended = 'register'
     where r.person_number = number and r.ended_at is null and r.decision is distinct from 'refused';
  end if;
  update vault.person x set birth_date = birth, birth_told = told, birth_reckoned = case when x.birth_told = told then x.birth_reckoned end, died_on = died,
         sex = of_sex, nationality = of_nationality, postal_code = postal, protected_from = protection_from, protected_to = protection_to,
         sealed_name = name, sealed_address = address, fingerprint = print, name_tokens = tokens, revision = x.revision + 1, updated_at = now()
   where x.person_number = number;
  update vault.outsider o set state = 'opened', typed_by = access.staff_id(), typed_at = now(), decided_by = null, decided_at = null where o.person_number = number;
  perform vault.keep_outsider_step(number, 'correct', evidence, seen_on, details, differs);
  perform audit.write('change', 'outsider.corrected', array[number], array['register'], null);
end
$$;

-- Confirms or refuses what another person typed.
create or replace function vault.decide_outsider(number text, seen integer, how text, details bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare o vault.outsider := vault.hold_outsider(number, seen, array['case.examine']); who integer := access.staff_id();
begin
  if (how in ('confirmed', 'refused') and who not in (o.typed_by, o.opened_by) and octet_length(details) between 30 and 16000) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  if o.state <> 'opened' then raise exception 'decided already' using errcode = 'MD014'; end if;
  update vault.outsider x set state = how, decided_by = who, decided_at = now() where x.person_number = number;
  perform vault.keep_outsider_step(number, case how when 'confirmed' then 'confirm' else 'refuse' end, null, null, details, '{}');
  perform audit.write('change', 'outsider.' || how, array[number], array['register'], null);
end
$$;

-- How one stands, for whoever gets to the person; no row for a resident.
drop function if exists vault.outsider_of(text);
create function vault.outsider_of(number text)
returns table (program text, office_code text, case_id uuid, state text, opened_by integer, opened_at timestamptz, typed_by integer, typed_at timestamptz, decided_by integer, decided_at timestamptz, outside boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['person.read']);
  return query select o.program, o.office_code, o.case_id, o.state, o.opened_by, o.opened_at, o.typed_by, o.typed_at, o.decided_by, o.decided_at, vault.is_outside(people.canonical(number))
    from vault.outsider o join vault.person p using (person_number)
   where o.person_number = number and vault.within(p, (select vault.limiting_offices('person.read')));
end
$$;

-- What was done to one, in order: a look is recorded. Telephone and papers are withheld with the address.
create or replace function vault.outsider_steps(number text)
returns table (what text, revision integer, evidence text, evidence_on date, sealed_details bytea, differs_from text[], staff_id integer, at timestamptz, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
declare masked boolean;
begin
  perform vault.require_purpose(array['person.read']);
  select not vault.sees_protected() and vault.hides_address(p) into masked from vault.person p join vault.outsider o using (person_number)
   where p.person_number = number and vault.within(p, (select vault.limiting_offices('person.read')));
  if not found then return; end if;
  perform vault.require_of_named_case(array[number], array['register']);
  perform audit.write('look', 'person.look', array[number], array['register'], null);
  return query select s.what, s.revision, s.evidence, s.evidence_on, case when not masked then s.sealed_details end,
      array(select d from unnest(s.differs_from) d where d = '*' or vault.reaches(d)), s.staff_id, s.at, k.wrapped_key
    from vault.outsider_step s join vault.holder_key k on k.holder = s.person_number where s.person_number = number order by s.id;
end
$$;

-- Those opened for a case, for whoever sees the case: to be chosen as claimant, payee, addressee.
create or replace function vault.outsiders_of_case(of_case uuid) returns setof text
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['case.read'], cases.program_of(of_case), cases.office_of(of_case)) is not true then
    raise exception 'no such case' using errcode = '42501';
  end if;
  return query select o.person_number from vault.outsider o where o.case_id = of_case order by o.opened_at;
end
$$;
-- For vault.require_of_named_case: what was opened for a case is looked at in its name.
create or replace function vault.opened_for(of_case uuid) returns text[]
language sql stable set search_path = '' as $$
  select array(select o.person_number from vault.outsider o where o.case_id = of_case)
$$;

-- Those who wait to be confirmed, of the 事務 and offices whose cases the session examines: how many, since when, and how many
-- others than this person typed.
create or replace function vault.outsiders_waiting()
returns table (person_number text, typed_at timestamptz, typed_by integer, opened_by integer)
language sql stable set search_path = '' as $$
  select o.person_number, o.typed_at, o.typed_by, o.opened_by from vault.outsider o join vault.person p using (person_number)
   where o.state = 'opened' and p.outside and vault.is_outside(people.canonical(o.person_number))
     and exists (select from access.scopes('case.read') s where (s.program is null or s.program = o.program) and (s.office is null or s.office = o.office_code))
$$;
create or replace function vault.count_outsiders() returns table (people bigint, since timestamptz, by_others bigint, by_others_since timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  perform vault.require_purpose(array['case.read', 'case.enter', 'case.examine']);
  return query select count(*), min(o.typed_at), count(*) filter (where who not in (o.typed_by, o.opened_by)),
      min(o.typed_at) filter (where who not in (o.typed_by, o.opened_by)) from vault.outsiders_waiting() o;
end
$$;
create or replace function vault.list_outsiders(by_others_alone boolean, first integer, at_most integer) returns table (person_number text, since timestamptz)
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  perform vault.require_purpose(array['case.read', 'case.enter', 'case.examine']);
  perform audit.write('select', 'person.outsiders', null, array['register'], null);
  return query select o.person_number, o.typed_at from vault.outsiders_waiting() o
    where not by_others_alone or who not in (o.typed_by, o.opened_by) order by o.typed_at, o.person_number offset first limit least(at_most, 200);
end
$$;

-- For functions of the owner, without a trace: those of some people outside the register whom no second person has confirmed, under
-- this number or the one they stand by. Who was followed into the register is in it.
create or replace function vault.unconfirmed(numbers text[]) returns text[]
language sql stable security definer set search_path = '' as $$
  select array(select o.person_number from vault.outsider o join vault.person p using (person_number)
                where o.person_number = any(numbers) and p.outside and vault.is_outside(people.canonical(o.person_number))
                  and (o.state <> 'confirmed' or exists (select from vault.outsider t where t.person_number = people.canonical(o.person_number) and t.state <> 'confirmed')))
$$;
create or replace function vault.outsiders_in_use() returns table (person_number text, program text, last_on date)
language sql stable security definer set search_path = '' as $$
  select o.person_number, o.program, (o.typed_at at time zone 'Asia/Tokyo')::date from vault.outsider o
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'vault' and p.proname in ('require_outsider_right', 'birth_days', 'reserve_person_number', 'alike', 'similar_people', 'require_other_people',
              'require_outsider_facts', 'keep_outsider_step', 'open_outsider', 'hold_outsider', 'correct_outsider', 'decide_outsider', 'outsider_of', 'outsider_steps',
              'outsiders_of_case', 'opened_for', 'outsiders_waiting', 'count_outsiders', 'list_outsiders', 'unconfirmed', 'outsiders_in_use') loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public, madoguchi_app', f);
  end loop;
end
$$;
grant execute on function vault.reserve_person_number, vault.similar_people, vault.open_outsider, vault.correct_outsider, vault.decide_outsider, vault.outsider_of,
  vault.outsider_steps, vault.outsiders_of_case, vault.count_outsiders, vault.list_outsiders to madoguchi_app;
grant execute on function vault.unconfirmed, vault.outsiders_in_use to madoguchi_owner;

-- The same of those to whom the session gets.
create or replace function people.unconfirmed(numbers text[]) returns text[]
language sql stable security definer set search_path = '' as $$
  select array(select n from unnest(vault.unconfirmed(numbers)) n where vault.reaches(n))
$$;
alter function people.unconfirmed owner to madoguchi_owner;
revoke execute on function people.unconfirmed from public;
grant execute on function people.unconfirmed to madoguchi_app;

-- Refuses, for functions of the owner, what needs that everybody is confirmed.
create or replace function people.require_confirmed(numbers text[]) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if vault.unconfirmed(numbers) <> '{}' then
    raise exception 'somebody outside the register is not confirmed' using errcode = 'MD021';
  end if;
end
$$;
alter function people.require_confirmed owner to madoguchi_owner;
revoke execute on function people.require_confirmed from public;

-- Until when somebody outside the register had to do with a 事務 (35-keeping.sql): since what stands now was typed.
set local role madoguchi_owner;
create or replace view keeping.use_of_outsiders as
select o.person_number, o.program, o.last_on, false as open from vault.outsiders_in_use() o;
reset role;
