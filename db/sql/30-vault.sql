-- Personal data. The program's role selects nothing here: it calls functions that check the right,
-- write the access log and return ciphertext in one statement.

do $$
declare t text;
begin
  execute 'alter schema vault owner to madoguchi_vault';
  for t in select tablename from pg_tables where schemaname = 'vault' loop
    execute format('alter table vault.%I owner to madoguchi_vault', t);
    execute format('alter table vault.%I enable row level security', t);
    execute format('alter table vault.%I force row level security', t);
    execute format('drop policy if exists in_a_session on vault.%I', t);
    execute format('create policy in_a_session on vault.%I to madoguchi_vault using ((select access.staff_id()) is not null) with check ((select access.staff_id()) is not null)', t);
  end loop;
end
$$;
grant usage on schema vault to madoguchi_app;
create sequence if not exists vault.person_sequence start 100000001;
alter sequence vault.person_sequence owner to madoguchi_vault;

-- Under 支援措置 on the business date, and on today's whatever date the transaction names (around midnight it may be
-- another one); where the clock is played, on the day that is played alone.
create or replace function vault.is_protected(p vault.person) returns boolean
language sql stable set search_path = '' as $$
  select case when p.protected_from is null then false else exists (
    select from access.days_of_protection() d where p.protected_from <= d and (p.protected_to is null or p.protected_to >= d)) end
$$;

-- Whether the address is to be withheld: of a protected person, and of those who live in the same household.
create or replace function vault.hides_address(p vault.person) returns boolean
language sql stable set search_path = '' as $$
  select vault.is_protected(p) or exists (
    select from vault.person q where q.household_number = p.household_number and q.person_number <> p.person_number
       and q.protected_from is not null and q.resident_to is null and vault.is_protected(q))
$$;

-- The same by number. Asking leaves no trace, so only functions of the owner may: the program's role would go through all numbers.
create or replace function vault.withholds_address_of(number text) returns boolean
language sql stable security definer set search_path = '' as $$
  select vault.hides_address(p) from vault.person p where p.person_number = number
$$;

-- Those of many whose address is withheld. For the owner's functions too.
create or replace function vault.withheld_of(numbers text[]) returns setof text
language sql stable security definer set search_path = '' as $$
  select p.person_number from vault.person p
   where p.person_number = any(numbers)
     and (p.household_number = any(vault.hidden_households((select array_agg(q.household_number) from vault.person q where q.person_number = any(numbers))))
          or case when p.protected_from is null then false else vault.is_protected(p) end)
$$;

-- Those of many who are under 支援措置 themselves. For the owner's functions too.
create or replace function vault.under_protection(numbers text[]) returns setof text
language sql stable security definer set search_path = '' as $$
  select p.person_number from vault.person p where p.person_number = any(numbers) and vault.is_protected(p)
$$;

create or replace function vault.sees_protected() returns boolean
language sql stable set search_path = '' as $$
  select access.has_right('person.read-protected', nullif(current_setting('app.program', true), ''))
$$;

-- Raises unless a purpose was stated and one of the rights is held in the 事務 of this transaction.
create or replace function vault.require_purpose(any_of text[]) returns void
language plpgsql stable set search_path = '' as $$
begin
  if nullif(current_setting('app.purpose', true), '') is null then
    raise exception 'a purpose is missing' using errcode = '42501';
  end if;
  if not access.has_any_right(any_of, nullif(current_setting('app.program', true), '')) then
    raise exception 'right % is missing', array_to_string(any_of, ' or ') using errcode = '42501';
  end if;
end
$$;

-- The offices by which the session is limited (USE-10) where it holds a right in the 事務 of this transaction; null where
-- it holds it for every office.
create or replace function vault.limiting_offices(wanted text) returns text[]
language sql stable set search_path = '' as $$
  select case when bool_or(s.office is null) then null else array_agg(s.office) end
    from access.scopes(wanted) s
   where s.program is null or s.program = coalesce(nullif(current_setting('app.program', true), ''), s.program)
$$;

-- Whether a person is one of those whom staff of some offices need: registered at one of them, or in one household with
-- somebody of a case there. Asked of few: everybody else is sorted out by the office alone.
create or replace function vault.within(p vault.person, offices text[]) returns boolean
language sql stable set search_path = '' as $$
  select case when offices is null or p.office_code = any(offices) then true else exists (
    select from vault.person q where q.household_number = p.household_number and cases.concerns(q.person_number, offices)) end
$$;

-- Those of some persons who are within some offices, asked of all at once: see vault.within. Null where there is nobody.
create or replace function vault.those_within(numbers text[], offices text[]) returns text[]
language plpgsql stable set search_path = '' as $$
declare near text[]; others text[]; homes text[];
begin
  if offices is null then
    return (select array_agg(p.person_number) from vault.person p where p.person_number = any(numbers));
  end if;
  select array_agg(p.person_number) filter (where p.office_code = any(offices)),
         array_agg(p.person_number) filter (where p.office_code <> all(offices)),
         array_agg(distinct p.household_number) filter (where p.office_code <> all(offices))
    into near, others, homes from vault.person p where p.person_number = any(numbers);
  if others is null then return near; end if;
  select array_agg(q.household_number) into homes from vault.person q
    join cases.concerned((select array_agg(h.person_number) from vault.person h where h.household_number = any(homes)), offices) c
      on c = q.person_number;
  if homes is null then return near; end if;
  return near || (select array_agg(p.person_number) from vault.person p where p.person_number = any(others) and p.household_number = any(homes));
end
$$;

-- Of some households those in which somebody under 支援措置 lives: see vault.hides_address. Of null, all of them.
create or replace function vault.hidden_households(households text[]) returns text[]
language plpgsql stable set search_path = '' as $$
declare days date[] := array(select access.days_of_protection());
begin
  return array(select distinct q.household_number from vault.person q
    where (households is null or q.household_number = any(households)) and q.protected_from is not null and q.resident_to is null
      and exists (select from unnest(days) d where q.protected_from <= d and (q.protected_to is null or q.protected_to >= d)));
end
$$;

-- Whether the session, by its offices, gets to a person at all: for the owner's functions, without a trace.
create or replace function vault.reaches(number text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.person p
    where p.person_number = any(people.numbers_of(number)) and vault.within(p, (select vault.limiting_offices('person.read'))))
$$;

-- Who works on a case looks at its people, and at those who live with them. Of anybody else a case opens no more than the
-- facts by which a number that was typed is checked, and the step that enters them their name: without it nobody could be
-- entered who lives elsewhere.
create or replace function vault.require_of_named_case(numbers text[], wanted text[]) returns void
language plpgsql stable set search_path = '' as $$
declare named uuid := nullif(current_setting('app.case_id', true), '')::uuid; own text[];
begin
  if named is null or wanted <@ array['facts'] then return; end if;
  if wanted <@ array['facts', 'name'] and cases.in_step(named, array['open', 'enter']) then return; end if;
  -- 住登外者 opened for the case are of it before they are entered.
  own := array(select cases.people_of(named)) || vault.opened_for(named);
  own := own || array(select l.other from people.linked_numbers(own) l);
  if exists (select from vault.person p where p.person_number = any(numbers) and p.person_number <> all(own)
              and not exists (select from vault.person q where q.person_number = any(own) and q.household_number = p.household_number)) then
    raise exception 'not of the case that was named' using errcode = '42501';
  end if;
end
$$;

-- The days on one of which somebody can have been born of whom the register tells a year, a month, or a day that the calendar
-- lacks: that may be one of the month or, counted on, of the next (`birthRange` in workflows/dates/birth-date.ts).
create or replace function vault.birth_range(told text) returns daterange
language sql immutable set search_path = '' as $$
  select case length(told)
    when 4 then daterange(make_date(told::integer, 1, 1), make_date(told::integer + 1, 1, 1))
    else daterange(m.first, (m.first + case when length(told) = 7 then interval '1 month' else interval '2 months' end)::date) end
    from (select case when length(told) > 4 then make_date(substr(told, 1, 4)::integer, substr(told, 6, 2)::integer, 1) end) m(first)
$$;

-- Looks at persons; a number that was merged into another gives the person of that one, `asked` is the number asked for. Items: facts,
-- name, address, details (転入前住所, telephone, status of residence), individual-number. Of a protected person, and of the household,
-- address and details come only to those who hold person.read-protected. One record a person is written.
drop function if exists vault.look(text[], text[]);
create function vault.look(numbers text[], wanted text[])
returns table (person_number text, household_number text, is_head boolean, relationship text, birth_date date, birth_told text, birth_reckoned date, sex text,
  nationality text, office_code text, town_code text, postal_code text, resident_from date, from_reason text,
  resident_to date, to_reason text, died_on date, is_protected boolean, address_masked boolean, revision integer,
  sealed_name bytea, sealed_address bytea, wrapped_key bytea, sealed_individual_number bytea, individual_number_key bytea, outside boolean, asked text, sealed_details bytea)
language plpgsql security definer set search_path = '' as $$
declare sees_protected boolean := vault.sees_protected(); seen text[]; hidden text[]; tops text[]; near text[]; linked text[]; others text[]; are_top boolean[]; sheltered text[];
begin
  perform vault.require_purpose(array['person.read']);
  if 'individual-number' = any(wanted) then
    perform vault.require_purpose(array['person.read-individual-number']);
  end if;
  select array_agg(l.asked), array_agg(l.other), array_agg(l.top) into linked, others, are_top from people.linked_numbers(numbers) l;
  near := vault.those_within(numbers || others, vault.limiting_offices('person.read'));
  if near is null then return; end if;
  if linked is null then
    seen := near; tops := near;
  else
    select array_agg(n), array_agg(coalesce((select l.o from unnest(linked, others, are_top) l(a, o, t) where l.a = n and l.t), n)) into seen, tops
      from (select distinct x.n from unnest(numbers) x(n)) y
     where n = any(near) or exists (select from unnest(linked, others) l(a, o) where l.a = n and l.o = any(near));
    if seen is null then return; end if;
    select array_agg(distinct l.a) into sheltered from unnest(linked, others) l(a, o) join vault.person q on q.person_number = l.o where vault.is_protected(q);
  end if;
  perform vault.require_of_named_case(seen, wanted);
  perform audit.write('look', 'person.look', seen, wanted, null);
  if not sees_protected then
    hidden := vault.hidden_households((select array_agg(p.household_number) from vault.person p where p.person_number = any(tops)));
  end if;
  return query
  select p.person_number, p.household_number, p.is_head, p.relationship, p.birth_date, p.birth_told, p.birth_reckoned, p.sex, p.nationality, p.office_code,
    case when x.masked then null else p.town_code end, case when x.masked then null else p.postal_code end,
    p.resident_from, p.from_reason, p.resident_to, p.to_reason, p.died_on, x.protected, x.masked, p.revision,
    case when 'name' = any(wanted) then p.sealed_name end,
    case when 'address' = any(wanted) and not x.masked then p.sealed_address end,
    k.wrapped_key,
    case when 'individual-number' = any(wanted) then i.sealed end,
    case when 'individual-number' = any(wanted) then i.wrapped_key end,
    p.outside, s.n, case when 'details' = any(wanted) and not x.masked then p.sealed_details end
  from unnest(seen, tops) s(n, top) join vault.person p on p.person_number = s.top
  join vault.holder_key k on k.holder = p.person_number
  -- Asked of those alone who ever were: a function of a row costs more than all else of it.
  cross join lateral (select y.protected, case when sees_protected then false else y.protected or p.household_number = any(hidden) end as masked
    from (select case when s.n = any(sheltered) then true when p.protected_from is null then false else vault.is_protected(p) end as protected) y) x
  left join vault.individual_number i on i.person_number = p.person_number and 'individual-number' = any(wanted);
end
$$;

-- Finds persons; every condition that is not null must hold. At most a hundred and one, so that more shows.
-- Born: a day, a year (`1928`), a month (`1950-04`), or a day that the calendar lacks, and all whose birth date may be that.
drop function if exists vault.find(bigint[], date, text, text, text, text, bigint, bigint, text);
drop function if exists vault.find(text[], date, text, text, text, text, bigint, bigint, text);
create or replace function vault.find(
  names text[], born text, of_sex text, in_office text, in_town text, number text, source bigint, individual bigint,
  household text)
returns table (person_number text) language plpgsql security definer set search_path = '' as $$
declare found_numbers text[]; candidates text[]; named text[]; hidden text[]; sees_protected boolean := vault.sees_protected(); offices text[];
  born_from date; born_before date; rougher text[];
begin
  perform vault.require_purpose(array['person.search']);
  offices := vault.limiting_offices('person.search');
  if individual is not null then perform vault.require_purpose(array['person.read-individual-number']); end if;
  if names is null and born is null and number is null and source is null and individual is null and household is null then
    raise exception 'nothing to search by' using errcode = '22023';
  end if;
  if born is not null then
    if born !~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' then raise exception 'no birth date' using errcode = '22023'; end if;
    rougher := array(select distinct x from unnest(array[substr(born, 1, 4), substr(born, 1, 7), born]) x);
    if length(born) < 10 then
      born_from := lower(vault.birth_range(born)); born_before := upper(vault.birth_range(born));
    elsif pg_input_is_valid(born, 'date') then
      born_from := born::date; born_before := born_from + 1;
    end if;
  end if;
  -- The first way to read what was typed counts for everybody, the others for people from abroad; where that finds nobody,
  -- for everybody: a given name alone.
  named := array(select distinct vault.with_name(a.tokens::bigint[], a.at > 1) from unnest(names) with ordinality a(tokens, at));
  if named = '{}' then
    named := array(select distinct vault.with_name(a.tokens::bigint[], false) from unnest(names[2:]) a(tokens));
  end if;
  if in_town is not null and not sees_protected then hidden := vault.hidden_households(null); end if;
  select array_agg(p.person_number) into candidates from vault.person p
   where (names is null or p.person_number = any(named))
     and (born is null or p.birth_date >= born_from and p.birth_date < born_before
          or p.birth_told = any(rougher) or length(born) < 10 and p.birth_told like born || '-%')
     and (of_sex is null or p.sex = of_sex)
     and (in_office is null or p.office_code = in_office)
     -- A town that is withheld cannot be guessed by asking for it.
     and case when in_town is null then true when p.town_code <> in_town then false
              when sees_protected then true when p.household_number = any(hidden) then false
              else p.protected_from is null or not vault.is_protected(p) end
     and (number is null or p.person_number = number)
     and (source is null or p.source_token = source)
     and (individual is null or p.person_number in (select i.person_number from vault.individual_number i where i.token = individual))
     and (household is null or p.household_number = household);
  if candidates is not null and offices is not null then candidates := vault.those_within(candidates, offices); end if;
  if candidates is not null then
    select array_agg(x.person_number) into found_numbers from (
      select p.person_number from vault.person p where p.person_number = any(candidates)
       -- Those who are not known in full come first where a birth date is asked: there are few, and the cut would hide them.
       order by p.resident_to is not null, born is not null and p.birth_told is null,
                coalesce(p.birth_date, p.birth_reckoned, lower(vault.birth_range(p.birth_told))) desc limit 101) x;
  end if;
  -- An old number, an old name: they lead to the person.
  if found_numbers is not null then
    found_numbers := array(select x.n from (select people.canonical(u.n) as n, min(u.at) as at from unnest(found_numbers) with ordinality u(n, at) group by 1) x order by x.at);
  end if;
  perform audit.write('search', 'person.search', null, null,
    jsonb_build_object('found', coalesce(cardinality(found_numbers), 0),
      'by', to_jsonb(array_remove(array[case when names is not null then 'name' end, case when born is not null then 'birth-date' end,
        case when number is not null then 'person-number' end, case when source is not null then 'source' end,
        case when individual is not null then 'individual-number' end, case when household is not null then 'household' end], null))));
  return query select unnest(found_numbers);
end
$$;

-- Persons of a household, by one of them.
create or replace function vault.household_of(number text) returns table (person_number text)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['person.read']);
  perform vault.require_of_named_case(array[number], array['household']);
  perform audit.write('look', 'person.household', array[number], array['household'], null);
  return query select case when q.person_number = p.person_number then number else q.person_number end from vault.person p join vault.person q using (household_number)
    where p.person_number = people.canonical(number) and vault.within(q, (select vault.limiting_offices('person.read'))) order by not q.is_head,
      coalesce(q.birth_date, q.birth_reckoned, lower(vault.birth_range(q.birth_told)));
end
$$;

-- Those who were born since a day into the household of one of some persons, and live there; with whose. For the jobs that
-- propose what the register tells: no direct identifier.
create or replace function vault.newborns_of(numbers text[], since date)
returns table (person_number text, birth_date date, of_person text)
language plpgsql security definer set search_path = '' as $$
declare selected bigint;
begin
  perform vault.require_purpose(array['system.run']);
  return query
  select q.person_number, q.birth_date, p.person_number
    from vault.person p join vault.person q on q.household_number = p.household_number
   where p.person_number = any(numbers) and p.resident_to is null
     and q.birth_date >= since and q.from_reason = 'birth' and q.resident_to is null and q.person_number <> p.person_number;
  get diagnostics selected = row_count;
  perform audit.write('select', 'person.newborns', null, array['birth-date', 'household'],
    jsonb_build_object('asked', cardinality(numbers), 'selected', selected));
end
$$;

-- Selects a set of persons by birth date and residence, without any direct identifier; for mailings. Nobody outside the register. Who is not known in full
-- counts by the day by which to reckon; without one, whoever may be of the set comes along, and the kind says so of them.
drop function if exists vault.select_people(date[], date[], date);
create function vault.select_people(born_from date[], born_to date[], resident_on date)
returns table (person_number text, birth_date date, birth_told text, birth_reckoned date, sex text, office_code text, town_code text, postal_code text,
  resident_from date, from_reason text, resident_to date, to_reason text, died_on date, is_protected boolean)
language plpgsql security definer set search_path = '' as $$
declare selected bigint; sees_protected boolean := vault.sees_protected(); hidden text[]; followed text[] := people.merged_numbers();
begin
  perform vault.require_purpose(array['mailing.prepare', 'system.run']);
  if not sees_protected then hidden := vault.hidden_households(null); end if;
  return query
  select (s.p).person_number, (s.p).birth_date, (s.p).birth_told, (s.p).birth_reckoned, (s.p).sex, (s.p).office_code,
         case when not x.masked then (s.p).town_code end, case when not x.masked then (s.p).postal_code end, (s.p).resident_from, (s.p).from_reason,
         (s.p).resident_to, (s.p).to_reason, (s.p).died_on, x.protected
    from (select q as p from vault.person q
           where q.birth_date in (select generate_series(f, t, interval '1 day')::date from unnest(born_from, born_to) y(f, t)) and not q.outside
          union all
          select q from vault.person q
           where q.birth_told is not null and not q.outside and exists (
             select from unnest(born_from, born_to) y(f, t)
              where case when q.birth_reckoned is null then vault.birth_range(q.birth_told) && daterange(y.f, y.t, '[]')
                         else q.birth_reckoned between y.f and y.t end)) s
   cross join lateral (select y.protected, case when sees_protected then false else y.protected or (s.p).household_number = any(hidden) end as masked
     from (select case when (s.p).protected_from is null then false else vault.is_protected(s.p) end as protected) y) x
   where (resident_on is null or ((s.p).resident_from <= resident_on and ((s.p).resident_to is null or (s.p).resident_to > resident_on)))
     and (s.p).person_number <> all(followed);
  get diagnostics selected = row_count;
  perform audit.write('select', 'person.select', null, array['birth-date', 'sex', 'residence'],
    jsonb_build_object('selected', selected, 'residentOn', resident_on));
end
$$;

-- Keys of holders, wrapped; without the program's master key they open nothing.
create or replace function vault.keys_of(holders text[]) returns table (holder text, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['birth-date.set', 'case.read', 'case.enter', 'case.examine', 'certificate.issue', 'document.print', 'mailing.prepare', 'mailing.read', 'feed.import', 'feed.commit', 'system.run']
    || vault.payment_rights(true));
  return query select k.holder, k.wrapped_key from vault.holder_key k where k.holder = any(holders);
end
$$;

-- Keeps keys of new holders that are no persons (`feed:…`, `receipts:…`, `mailing:…`): persons get theirs as they are written.
-- Of one that has a key already, that one stays. Returns what is valid.
create or replace function vault.put_keys(holders text[], new_keys bytea[]) returns table (holder text, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['feed.import', 'feed.commit', 'case.enter', 'system.run', 'mailing.prepare', 'payment.prepare', 'payment.approve', 'payment.download']);
  if exists (select from unnest(holders) h where h not like '%:%') then raise exception 'a person is not keyed so' using errcode = '42501'; end if;
  insert into vault.holder_key (holder, wrapped_key) select h, k from unnest(holders, new_keys) x(h, k) on conflict do nothing;
  return query select k.holder, k.wrapped_key from vault.holder_key k where k.holder = any(holders);
end
$$;

create or replace function vault.put_key(new_holder text, new_key bytea) returns bytea
language sql security definer set search_path = '' as $$
  select k.wrapped_key from vault.put_keys(array[new_holder], array[new_key]) k
$$;

-- Which rights open the sealed records of a 事務; rows of feed files belong to `feeds`, receipts to `receipts`.
create or replace function vault.rights_for(of_program text, writing boolean) returns text[]
language sql immutable set search_path = '' as $$
  select case
    when of_program in ('feeds', 'receipts') then array['feed.import', 'feed.commit', 'system.run']
    -- Opened by rules of their own (35-statements.sql, 38-reasons.sql).
    when of_program in ('oversight', 'audit') then array[]::text[]
    when writing then array['case.enter', 'case.examine', 'case.propose', 'case.approve', 'case.revoke', 'certificate.issue', 'mailing.prepare', 'mailing.approve', 'system.run']
    else array['case.read', 'document.print', 'mailing.read', 'system.run'] end
$$;

-- 支払: accounts, what is said of a payment or a repayment, the bank's file, notices. What whoever pays needs, beside those who
-- work on the cases of the 事務.
create or replace function vault.is_of_payments(of_kind text) returns boolean
language sql immutable set search_path = '' as $$
  select of_kind in ('payment-account', 'payment-comment', 'transfer-file', 'repayment-notice', 'repayment-paper', 'clinic-account')
$$;
create or replace function vault.payment_rights(writing boolean) returns text[]
language sql immutable set search_path = '' as $$
  select array['payment.prepare', 'payment.approve', 'payment-account.handle', 'repayment.prepare', 'repayment.approve']
      || case when writing then array['payment.download', 'payment.cash'] else array['payment.read'] end
$$;

-- Whether what is sealed has a place: a case of its 事務, of people in the register; without a case the records of a file
-- that is received, what is said of a run of a mailing or of a piece of one, and notes and scans on a person.
create or replace function vault.belongs_somewhere(holders text[], of_program text, of_kind text, of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select cardinality(holders) > 0 and case
    when of_case is not null then cases.program_of(of_case) = of_program
      and not exists (select from unnest(holders) h where not exists (select from vault.person p where p.person_number = h))
    when of_program = 'feeds' then of_kind in ('records', 'record-numbers') and not exists (select from unnest(holders) h where not feeds.takes_lines(h))
    when of_program = 'receipts' then of_kind in ('receipt-records', 'receipt-patients') and not exists (select from unnest(holders) h where not receipts.takes_records(h))
    when of_kind = 'claim-rows' then not exists (select from unnest(holders) h where not claims.takes_rows(h, of_program))
    when of_kind = 'punched-rows' then of_program = 'vaccination' and not exists (select from unnest(holders) h where not punched.takes_rows(h))
    when of_kind = 'punched-key' then of_program = 'vaccination' and punched.takes_keys(holders)
    when of_kind = 'mailing-comment' then not exists (select from unnest(holders) h where not mailings.is_run(h, of_program))
    when of_kind = 'transfer-file' or of_kind = 'payment-comment' and holders[1] like 'payment:%' then
      not exists (select from unnest(holders) h where not payments.is_run(h, of_program))
    when of_kind = 'high-cost-paper' then cardinality(holders) = 1 and exists (select from vault.person p where p.person_number = holders[1])
    when of_kind in ('clinic-doctor', 'clinic-account', 'clinic-file') then of_program = 'vaccination' and clinics.takes_sealed(holders, of_kind)
    when vault.is_of_payments(of_kind) then not exists (select from unnest(holders) h where not exists (select from vault.person p where p.person_number = h))
    when of_kind in ('note', 'attachment') then not exists (select from unnest(holders) h where not intake.may_add_to_person(h, of_program))
    when of_kind in ('shot-details', 'mistake-words', 'record-paper', 'special-words', 'special-address', 'exemption-words', 'exemption-paper', 'exchange-words', 'exchange-paper') then of_program = 'vaccination' and vaccination.takes_details(holders)
    when of_kind = 'registration-paper' then of_program = 'intractable-disease' and intractable_review.takes_paper(holders)
    when of_kind = 'clinic-claim-paper' then of_program = 'vaccination' and clinic_claims.takes_paper(holders)
    when of_kind in ('release-reason', 'settle-reason') then
      not exists (select from unnest(holders) h where not mailings.is_piece_of(h, of_program))
    else false end
$$;

create or replace function vault.put_sealed(ids uuid[], holders text[], of_program text, of_kind text, of_case uuid, sealed_data bytea[])
returns void language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if nullif(current_setting('app.purpose', true), '') is null then
    raise exception 'a purpose is missing' using errcode = '42501';
  end if;
  if not access.has_any_right(vault.rights_for(of_program, true) || case when vault.is_of_payments(of_kind) then vault.payment_rights(true) end,
      of_program, cases.office_of(of_case)) then
    raise exception 'no right to write % records', of_program using errcode = '42501';
  end if;
  if vault.belongs_somewhere(holders, of_program, of_kind, of_case) is not true then
    raise exception 'a record that belongs to nothing' using errcode = '42501';
  end if;
  insert into vault.sealed_record (id, holder, program, kind, case_id, sealed, entered_by)
  select i, h, of_program, of_kind, of_case, s, who from unnest(ids, holders, sealed_data) x(i, h, s);
  perform audit.write('change', 'sealed.' || of_kind, (select array_agg(distinct h) from unnest(holders) h), array[of_kind], null);
end
$$;

-- Of a copy of a feed record also says as what that was sealed.
drop function if exists vault.get_sealed(uuid[]);
create or replace function vault.get_sealed(ids uuid[])
returns table (id uuid, holder text, program text, kind text, case_id uuid, sealed bytea, wrapped_key bytea, entered_by integer, entered_at timestamptz,
  feed_kind text, subject bigint, told_on date)
language plpgsql security definer set search_path = '' as $$
declare sees_protected boolean := vault.sees_protected(); asked record;
begin
  perform vault.require_purpose(array['case.read', 'document.print', 'mailing.read', 'feed.import', 'feed.commit', 'system.run'] || vault.payment_rights(false));
  -- All that is asked of the records in one pass: each statement on them asks anew who is there.
  select min(s.program) filter (where not access.has_any_right(
           -- The clock opens the account that a notice it makes names (68-claim-decisions.sql).
           case when vault.is_of_payments(s.kind) then vault.payment_rights(false)
                  || case when s.kind = 'payment-account' and claims.awaits_notice(s.program, s.holder) then array['system.run'] else '{}' end
                else vault.rights_for(s.program, false) end, s.program,
           coalesce(cases.office_of(s.case_id),
             -- Of no case are notes and scans on a person, and what is paid to one: they go with the person.
             case when s.kind in ('note', 'attachment', 'high-cost-paper', 'shot-details', 'mistake-words', 'record-paper', 'special-words', 'special-address', 'exemption-words', 'exemption-paper', 'exchange-words', 'exchange-paper', 'registration-paper') or vault.is_of_payments(s.kind) then vault.office_of(s.holder) end))) as refused,
         bool_or(case s.kind when 'transfer-file' then not payments.may_open_file(s.holder) end) as bank,
         bool_or(case s.kind when 'claim-rows' then not claims.takes_rows(s.holder, s.program) end) as rows_of_file,
         bool_or(case when s.kind in ('punched-rows', 'punched-key') then not punched.opens(s.holder, s.kind) end) as contractor,
         bool_or(s.kind = 'clinic-claim-paper') as clinic,
         bool_or(case s.kind when 'high-cost-paper' then not high_cost.may_open_paper(s.id) end) as claim_paper,
         -- 個人番号 of a file on its way in; `lines` of an earlier release hold them among the other items.
         bool_or(s.program = 'feeds' and s.kind in ('record-numbers', 'lines')) as numbers,
         array_agg(s.holder) as each_holder, array_agg(distinct s.holder) as holders, array_agg(distinct s.kind) as kinds
    into asked from vault.sealed_record s where s.id = any(ids);
  if asked.bank then raise exception 'no right to open the file of a bank' using errcode = '42501'; end if;
  if asked.rows_of_file then raise exception 'no right to open the rows of a file' using errcode = '42501'; end if;
  if asked.contractor then raise exception 'no right to open what a contractor sent' using errcode = '42501'; end if;
  -- Papers of a claim of a clinic name people of every office.
  if asked.clinic and access.covers('document.print', 'vaccination', null) is not true then
    raise exception 'no right to open papers of a clinic' using errcode = '42501';
  end if;
  if asked.refused is not null then raise exception 'no right to read % records', asked.refused using errcode = '42501'; end if;
  if asked.claim_paper then raise exception 'no right to open the paper of a claim' using errcode = '42501'; end if;
  if asked.numbers then perform vault.require_purpose(array['person.read-individual-number', 'system.run']); end if;
  -- Issued papers and scans carry the address: of the holder, and of everybody in the case.
  if not sees_protected and exists (select from vault.sealed_record s
      join vault.person p on p.person_number = s.holder or p.person_number in (select cases.members_of(s.case_id))
     where s.id = any(ids) and s.kind in ('document', 'certificate', 'attachment', 'repayment-paper', 'record-paper', 'special-address', 'exemption-paper', 'exchange-paper', 'registration-paper') and vault.hides_address(p)) then
    raise exception 'papers of a protected person' using errcode = '42501';
  end if;
  perform vault.require_of_named_case(coalesce(asked.each_holder, '{}'), array['sealed']);
  perform audit.write('look', 'sealed.look', asked.holders, asked.kinds, null);
  return query select s.id, s.holder, s.program, s.kind, s.case_id, s.sealed, k.wrapped_key, s.entered_by, s.entered_at,
         r.kind, r.subject, r.told_on
    from vault.sealed_record s join vault.holder_key k using (holder) left join vault.feed_record r on r.id = s.feed_record_id
   where s.id = any(ids);
end
$$;

-- For checks of the owner's functions, without a trace: what a sealed record is, the office and the birth of a person;
-- no row and null for what is not there.
drop function if exists vault.sealed_of(uuid);
create or replace function vault.sealed_of(record_id uuid)
returns table (holder text, program text, kind text, case_id uuid, entered_by integer, feed_kind text)
language sql stable security definer set search_path = '' as $$
  select s.holder, s.program, s.kind, s.case_id, s.entered_by, r.kind
    from vault.sealed_record s left join vault.feed_record r on r.id = s.feed_record_id where s.id = record_id
$$;
create or replace function vault.office_of(number text) returns text
language sql stable security definer set search_path = '' as $$
  select p.office_code from vault.person p where p.person_number = number
$$;
-- The first day on which somebody can have been born.
drop function if exists vault.birth_of(text);
create or replace function vault.born_not_before(number text) returns date
language sql stable security definer set search_path = '' as $$
  select coalesce(p.birth_date, lower(vault.birth_range(p.birth_told))) from vault.person p where p.person_number = number
$$;
-- The birth date as the register tells it: a day, or what is known of it.
create or replace function vault.birth_as_told(number text) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce(p.birth_date::text, p.birth_told) from vault.person p where p.person_number = number
$$;
-- Of many, to be counted, the day of birth or that by which to reckon in its place; null where there is neither.
create or replace function vault.births_of(numbers text[]) returns table (person_number text, birth_date date)
language sql stable security definer set search_path = '' as $$
  select p.person_number, coalesce(p.birth_date, p.birth_reckoned) from vault.person p join unnest(numbers) n on n = p.person_number
$$;

-- For a feed: which sources are known, and whether what the feed says (its fingerprint, in the order of the tokens)
-- is what we have. Name and address come only of those of whom it says something else, and each of them is recorded.
drop function if exists vault.match_sources(bigint[]);
drop function if exists vault.match_sources(bigint[], bytea[]);
create function vault.match_sources(tokens bigint[], saying bytea[])
returns table (source_token bigint, person_number text, fingerprint bytea, revision integer, birth_date date, birth_told text, birth_reckoned date, sex text, resident_to date, died_on date,
  household_number text, is_protected boolean, wrapped_key bytea, sealed_name bytea, sealed_address bytea, sealed_details bytea)
language plpgsql security definer set search_path = '' as $$
declare differing text[];
begin
  perform vault.require_purpose(array['feed.import', 'feed.commit', 'system.run']);
  select array_agg(p.person_number) into differing
    from unnest(tokens, saying) x(t, says) join vault.person p on p.source_token = x.t where x.says <> p.fingerprint;
  perform audit.write('select', 'person.matched', null, array['facts'], jsonb_build_object('asked', cardinality(tokens)));
  if differing is not null then
    perform audit.write('look', 'person.compared', differing, array['name', 'address', 'details'], null);
  end if;
  return query select p.source_token, p.person_number, p.fingerprint, p.revision, p.birth_date, p.birth_told, p.birth_reckoned, p.sex, p.resident_to, p.died_on,
      p.household_number, case when p.protected_from is null then false else vault.is_protected(p) end, k.wrapped_key,
      case when p.person_number = any(differing) then p.sealed_name end,
      case when p.person_number = any(differing) then p.sealed_address end,
      case when p.person_number = any(differing) then p.sealed_details end
    from vault.person p join vault.holder_key k on k.holder = p.person_number where p.source_token = any(tokens);
end
$$;

-- Source tokens of people who live here today: a full file that lacks one has lost somebody.
create or replace function vault.present_sources(after_token bigint, at_most integer) returns table (source_token bigint, person_number text)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['feed.import', 'feed.commit', 'system.run']);
  perform audit.write('select', 'person.present', null, null, null);
  return query select p.source_token, p.person_number from vault.person p
    where p.resident_to is null and p.source_token > after_token order by p.source_token limit at_most;
end
$$;

-- Numbers for the people who are new in a lot that is being written, no more than there are.
drop function if exists vault.new_sequence_numbers(integer);
create or replace function vault.new_sequence_numbers(of_import uuid, of_lot integer, how_many integer) returns setof bigint
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['feed.commit', 'system.run']);
  if how_many > (select count(*) from feeds.rows_in_commit(of_import, of_lot, 'residents') r where r.person_number is null) then
    raise exception 'more numbers than new people' using errcode = '42501';
  end if;
  return query select nextval('vault.person_sequence') from generate_series(1, how_many);
end
$$;

-- Writes persons in one statement as a lot of a file tells of them that another person let be written: those whom the
-- review found in its rows, and no more new ones than it has. Of those changed the earlier state is kept.
drop function if exists vault.write_people(text[], bigint[], text[], boolean[], text[], date[], text[], text[], text[], text[], text[],
  date[], text[], date[], text[], date[], date[], date[], bytea[], bytea[], bytea[], text[], bytea[], bigint[], bytea[], bytea[]);
drop function if exists vault.write_people(uuid, integer, text[], bigint[], text[], boolean[], text[], date[], text[], text[], text[], text[], text[],
  date[], text[], date[], text[], date[], date[], date[], bytea[], bytea[], bytea[], text[], bytea[], bigint[], bytea[], bytea[]);
create or replace function vault.write_people(
  of_import uuid, of_lot integer, numbers text[], source_tokens bigint[], households text[], heads boolean[], relationships text[], births date[], births_told text[], sexes text[],
  nationalities text[], offices text[], towns text[], postal_codes text[], residents_from date[], from_reasons text[],
  residents_to date[], to_reasons text[], deaths date[], protections_from date[], protections_to date[],
  names bytea[], addresses bytea[], details bytea[], fingerprints bytea[], tokens text[], keys bytea[],
  individual_tokens bigint[], individual_sealed bytea[], individual_keys bytea[])
returns integer language plpgsql security definer set search_path = '' as $$
declare written integer; told text[]; new_ones bigint; fresh text[]; one record;
begin
  perform vault.require_purpose(array['feed.commit', 'system.run']);
  select array_agg(r.person_number) filter (where r.person_number is not null), count(*) filter (where r.person_number is null)
    into told, new_ones from feeds.rows_in_commit(of_import, of_lot, 'residents') r;
  if exists (select from unnest(numbers) n join vault.person p on p.person_number = n where (n = any(told)) is not true)
     or (select count(*) from unnest(numbers) n where not exists (select from vault.person p where p.person_number = n)) > new_ones then
    raise exception 'nobody of whom a file that is being committed tells' using errcode = '42501';
  end if;
  fresh := array(select n from unnest(numbers) n where not exists (select from vault.person p where p.person_number = n));
  insert into vault.holder_key (holder, wrapped_key)
  select n, k from unnest(numbers, keys) x(n, k) on conflict do nothing;
  insert into vault.person_history (person_number, revision, staff_id, sealed_name, sealed_address, sealed_details, facts)
  select p.person_number, p.revision, access.staff_id(), p.sealed_name, p.sealed_address, p.sealed_details,
         (to_jsonb(p) - 'sealed_name' - 'sealed_address' - 'sealed_details' - 'name_tokens' - 'fingerprint' - 'source_token')::text
    from vault.person p where p.person_number = any(numbers);
  -- What the register now tells ends the day by which was reckoned before, and what waits for a second person.
  update vault.reckoned_birth r set ended_at = now(), ended = 'register'
    from unnest(numbers, births_told) x(n, bt)
   where r.person_number = x.n and r.ended_at is null and r.decision is distinct from 'refused' and r.birth_told is distinct from x.bt;
  insert into vault.person (person_number, source_token, household_number, is_head, relationship, birth_date, birth_told, sex, nationality,
    office_code, town_code, postal_code, resident_from, from_reason, resident_to, to_reason, died_on, protected_from, protected_to,
    sealed_name, sealed_address, sealed_details, fingerprint, name_tokens)
  select n, st, hh, hd, rel, b, bt, sx, nat, o, t, pc, rf, fr, rt, tr, d, pf, pt, sn, sa, sd, fp, tk::bigint[]
    from unnest(numbers, source_tokens, households, heads, relationships, births, births_told, sexes, nationalities, offices, towns, postal_codes,
      residents_from, from_reasons, residents_to, to_reasons, deaths, protections_from, protections_to, names, addresses, details, fingerprints, tokens)
      x(n, st, hh, hd, rel, b, bt, sx, nat, o, t, pc, rf, fr, rt, tr, d, pf, pt, sn, sa, sd, fp, tk)
  on conflict (person_number) do update set household_number = excluded.household_number, is_head = excluded.is_head,
    relationship = excluded.relationship, birth_date = excluded.birth_date, birth_told = excluded.birth_told,
    birth_reckoned = case when vault.person.birth_told = excluded.birth_told then vault.person.birth_reckoned end, sex = excluded.sex, nationality = excluded.nationality,
    office_code = excluded.office_code, town_code = excluded.town_code, postal_code = excluded.postal_code,
    resident_from = excluded.resident_from, from_reason = excluded.from_reason, resident_to = excluded.resident_to,
    to_reason = excluded.to_reason, died_on = excluded.died_on, protected_from = excluded.protected_from,
    protected_to = excluded.protected_to, sealed_name = excluded.sealed_name, sealed_address = excluded.sealed_address,
    sealed_details = excluded.sealed_details, fingerprint = excluded.fingerprint, name_tokens = excluded.name_tokens,
    name_tokens_version = excluded.name_tokens_version, revision = vault.person.revision + 1, updated_at = now();
  get diagnostics written = row_count;
  -- Who was outside the register may be one of them: by the 個人番号 certainly, by name and birth a person has to say so.
  if exists (select from vault.person o where o.outside) then
    for one in select o.person_number as outsider, x.n as resident from unnest(numbers, individual_tokens) x(n, it)
        join vault.individual_number i on i.token = x.it join vault.person o on o.person_number = i.person_number and o.outside loop
      delete from vault.individual_number i where i.person_number = one.outsider;
      perform people.join_by_number(one.outsider, one.resident);
    end loop;
    for one in select o.person_number as outsider, p.person_number as resident from vault.person p join vault.person o
        on o.outside and o.died_on is null and people.canonical(o.person_number) = o.person_number
       and vault.birth_days(o.birth_date, o.birth_told) && vault.birth_days(p.birth_date, p.birth_told)
       and (o.sex = p.sex or 'unknown' in (o.sex, p.sex))
     where p.person_number = any(fresh) and p.resident_to is null
       and (select count(*) from unnest(o.name_tokens) t where t = any(p.name_tokens)) * 5 >= 3 * least(cardinality(o.name_tokens), cardinality(p.name_tokens)) loop
      perform people.note_match(one.outsider, one.resident);
    end loop;
  end if;
  insert into vault.individual_number (person_number, token, sealed, wrapped_key)
  select n, it, si, ik from unnest(numbers, individual_tokens, individual_sealed, individual_keys) x(n, it, si, ik) where it is not null
  on conflict (person_number) do update set token = excluded.token, sealed = excluded.sealed, wrapped_key = excluded.wrapped_key
    where vault.individual_number.token <> excluded.token;
  perform audit.write('change', 'person.written', numbers, array['register'], null);
  return written;
end
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'vault' loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to madoguchi_app', f);
  end loop;
end
$$;
revoke execute on function vault.withholds_address_of, vault.withheld_of, vault.under_protection, vault.sealed_of, vault.office_of, vault.born_not_before, vault.birth_as_told, vault.births_of, vault.birth_range,
  vault.belongs_somewhere, vault.within, vault.reaches, vault.require_of_named_case, vault.those_within, vault.hidden_households, vault.limiting_offices, vault.is_protected, vault.hides_address, vault.require_purpose, vault.rights_for, vault.is_of_payments, vault.payment_rights, vault.sees_protected from madoguchi_app;
grant usage on schema vault to madoguchi_owner;
grant execute on function vault.withholds_address_of, vault.withheld_of, vault.under_protection, vault.sealed_of, vault.office_of, vault.born_not_before, vault.birth_as_told, vault.births_of, vault.reaches to madoguchi_owner;
