-- 報告 of 予防接種: what was given, counted along any two of its properties, now or as of the closings (締め) of months; coverage; the
-- rows behind a figure. Closings are written by these functions alone and move along workflows/vaccination/reports (flows.way).

grant usage on schema vaccination_reports to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['closing', 'figure', 'entry'] loop
    call cases.secure(('vaccination_reports.' || quote_ident(t))::regclass);
    execute format('revoke all on vaccination_reports.%I from madoguchi_app', t);
  end loop;
end
$$;
grant select on vaccination_reports.closing to madoguchi_app;
drop policy if exists seen on vaccination_reports.closing;
create policy seen on vaccination_reports.closing for select to madoguchi_app using ((select access.has_right('statistics.read', 'vaccination')));

-- Of many people, to be counted: the day of birth by which to reckon, sex, and the office of their address.
create or replace function vault.counted_among(numbers text[]) returns table (person_number text, birth_date date, sex text, office_code text)
language sql stable security definer rows 100000 set search_path = '' as $$
  select p.person_number, coalesce(p.birth_date, p.birth_reckoned), p.sex, p.office_code
    from vault.person p join unnest(numbers) n on n = p.person_number
$$;
-- Residents on a day who were born between two others; nobody twice, and nobody from outside the register.
create or replace function vault.cohort_of(born_from date, born_to date, on_day date, of_sex text)
returns table (person_number text, birth_date date, office_code text)
language sql stable security definer rows 20000 set search_path = '' as $$
  select p.person_number, coalesce(p.birth_date, p.birth_reckoned), p.office_code
    from vault.person p
   where (p.birth_date between born_from and born_to or p.birth_date is null and p.birth_reckoned between born_from and born_to)
     and not p.outside and (of_sex is null or p.sex = of_sex)
     and p.resident_from <= on_day and (p.resident_to is null or p.resident_to > on_day) and (p.died_on is null or p.died_on > on_day)
     and p.person_number <> all(people.merged_numbers())
$$;
do $$
declare f text;
begin
  foreach f in array array['counted_among(text[])', 'cohort_of(date, date, date, text)'] loop
    execute format('alter function vault.%s owner to madoguchi_vault', f);
    execute format('revoke execute on function vault.%s from public, madoguchi_app', f);
  end loop;
end
$$;
grant execute on function vault.counted_among, vault.cohort_of to madoguchi_owner;
grant execute on function people.merged_numbers to madoguchi_vault;

-- To which values of other axes counts are narrowed; read once for a statement.
do $$
begin
  if to_regtype('vaccination_reports.fixed') is null then
    create type vaccination_reports.fixed as (vaccine text, dose_from integer, dose_to integer, age_from integer, age_to integer, sex text, route text, contract text, source text,
      outcome text, office text, month date, entry_month date);
  end if;
end
$$;
create or replace function vaccination_reports.fixed_of(fixed jsonb) returns vaccination_reports.fixed
language sql immutable set search_path = '' as $$
  select (fixed ->> 'vaccine', coalesce(fixed ->> 'dose', fixed ->> 'doseFrom')::integer, coalesce(fixed ->> 'dose', fixed ->> 'doseTo')::integer, (fixed ->> 'ageFrom')::integer,
    (fixed ->> 'ageTo')::integer, fixed ->> 'sex', fixed ->> 'route', fixed ->> 'contract', fixed ->> 'source', fixed ->> 'outcome', fixed ->> 'office', (fixed ->> 'month')::date,
    (fixed ->> 'entryMonth')::date)::vaccination_reports.fixed
$$;

-- What can be counted: each record of a shot, and each slip that tells of a screening without one (予診のみ, 不可診); by the day of the
-- shot or by that on which it was told, of one vaccine or all, or by their ids. Age in completed months, by the day before the day of
-- birth (workflows/dates/ages.ts says the same): who turns a month older tomorrow is so old already.
create or replace function vaccination_reports.facts(from_day date, to_day date, by_entry boolean, of_vaccine text, ids uuid[])
returns table (source_id uuid, person_number text, given_on date, given_month date, entered_on date, entered_month date, vaccine text, dose integer, age smallint, sex text,
  route text, contract text, source text, outcome text, office_code text)
language plpgsql stable rows 100000 set search_path = '' set jit = off set enable_mergejoin = off as $$
begin
  return query
    with told as materialized (
      select s.id, s.person_number, s.given_on, (s.entered_at at time zone 'Asia/Tokyo')::date as entered_on, s.vaccine, s.dose, s.route, s.clinic_code, s.source, 'given' as outcome
        from vaccination.shot s
       where ids is null and not by_entry and s.given_on between from_day and to_day and (of_vaccine is null or s.vaccine = of_vaccine)
      union all
      select s.id, s.person_number, s.given_on, (s.entered_at at time zone 'Asia/Tokyo')::date, s.vaccine, s.dose, s.route, s.clinic_code, s.source, 'given'
        from vaccination.shot s
       where ids is null and by_entry and s.entered_at >= from_day::timestamp at time zone 'Asia/Tokyo' and s.entered_at < (to_day + 1)::timestamp at time zone 'Asia/Tokyo'
         and (of_vaccine is null or s.vaccine = of_vaccine)
      union all
      select s.id, s.person_number, s.given_on, (s.entered_at at time zone 'Asia/Tokyo')::date, s.vaccine, s.dose, s.route, s.clinic_code, s.source, 'given'
        from vaccination.shot s where s.id = any(ids)
      union all
      select s.id, s.person_number, s.given_on, s.entered_on, s.vaccine, coalesce(s.dose, 0), s.route, s.clinic_code, s.channel, s.outcome
        from vaccination.slip s
       where s.state = 'noted' and s.outcome <> 'given' and s.person_number is not null
         and case when ids is not null then s.id = any(ids) when by_entry then s.entered_on between from_day and to_day else s.given_on between from_day and to_day end
         and (of_vaccine is null or s.vaccine = of_vaccine)),
    -- Which contracts a clinic had on a day: `rank` is the first of those that are not for group sessions.
    kinds as materialized (
      select d.clinic_code, d.given_on, bool_or(x.kind = 'mass') as mass, min(array_position(array['individual', 'mutual', 'regional'], x.kind)) as rank
        from (select t.clinic_code, t.given_on from told t where t.clinic_code is not null group by 1, 2) d
        join clinics.contract x on x.clinic_code = d.clinic_code and x.state = 'confirmed' and x.what <> 'cancel' and d.given_on >= x.valid_from and (x.valid_to is null or d.given_on <= x.valid_to)
       group by 1, 2),
    whose as materialized (select * from vault.counted_among((select array_agg(n.person_number) from (select t.person_number from told t group by 1) n)))
    select t.id, t.person_number, t.given_on, date_trunc('month', t.given_on::timestamp)::date, t.entered_on, date_trunc('month', t.entered_on::timestamp)::date, t.vaccine, t.dose,
           case when w.birth_date is null or t.given_on < w.birth_date then -1
                else (date_part('year', d.on_day) - date_part('year', w.birth_date)) * 12 + date_part('month', d.on_day) - date_part('month', w.birth_date)
                     - case when date_part('day', d.on_day) < date_part('day', w.birth_date) then 1 else 0 end end::smallint,
           coalesce(w.sex, 'unknown'), coalesce(t.route, 'unknown'),
           case when t.source in ('letter', 'request-letter') then 'letter' when t.route = 'group' and (k.mass or t.clinic_code is null) then 'mass' when t.clinic_code is null then 'unknown'
                when k.rank is not null then (array['individual', 'mutual', 'regional'])[k.rank] when k.mass then 'mass' else 'none' end,
           t.source, t.outcome, coalesce(w.office_code, 'unknown')
      from told t left join whose w on w.person_number = t.person_number left join kinds k on k.clinic_code = t.clinic_code and k.given_on = t.given_on, lateral (select t.given_on + 1 as on_day) d;
end
$$;

-- The same, of the basis that is asked for: the records as they stand now, or what the closings of the months of a period counted,
-- of these months (`own`) or as corrections of those before (`earlier`); with the values of `fixed` alone.
drop function if exists vaccination_reports.cells(text, date, date, boolean, text);
create or replace function vaccination_reports.cells(basis text, from_day date, to_day date, by_entry boolean, fixed jsonb)
returns table (given_month date, entered_month date, vaccine text, dose integer, age smallint, sex text, route text, contract text, source text, outcome text, office_code text, n integer)
language plpgsql stable rows 100000 set search_path = '' set jit = off as $$
declare wanted vaccination_reports.fixed := vaccination_reports.fixed_of(fixed);
begin
  if basis = 'now' then
    return query select f.given_month, f.entered_month, f.vaccine, f.dose, f.age, f.sex, f.route, f.contract, f.source, f.outcome, f.office_code, 1
      from vaccination_reports.facts(from_day, to_day, by_entry, wanted.vaccine, null) f
     where (wanted.dose_from is null or f.dose >= wanted.dose_from) and (wanted.dose_to is null or f.dose <= wanted.dose_to) and (wanted.age_from is null or f.age >= wanted.age_from)
       and (wanted.age_to is null or f.age <= wanted.age_to) and (wanted.sex is null or f.sex = wanted.sex) and (wanted.route is null or f.route = wanted.route)
       and (wanted.contract is null or f.contract = wanted.contract) and (wanted.source is null or f.source = wanted.source) and (wanted.outcome is null or f.outcome = wanted.outcome)
       and (wanted.office is null or f.office_code = wanted.office) and (wanted.month is null or f.given_month = wanted.month) and (wanted.entry_month is null or f.entered_month = wanted.entry_month);
  elsif basis in ('own', 'earlier') then
    return query select f.given_month, f.entered_month, f.vaccine, f.dose, f.age, f.sex, f.route, f.contract, f.source, f.outcome, f.office_code, f.added - f.taken
      from vaccination_reports.figure f join vaccination_reports.closing c on c.id = f.closing_id
     where c.state = 'closed' and c.month between from_day and to_day and (f.given_month >= from_day) = (basis = 'own') and (wanted.vaccine is null or f.vaccine = wanted.vaccine)
       and (wanted.dose_from is null or f.dose >= wanted.dose_from) and (wanted.dose_to is null or f.dose <= wanted.dose_to) and (wanted.age_from is null or f.age >= wanted.age_from)
       and (wanted.age_to is null or f.age <= wanted.age_to) and (wanted.sex is null or f.sex = wanted.sex) and (wanted.route is null or f.route = wanted.route)
       and (wanted.contract is null or f.contract = wanted.contract) and (wanted.source is null or f.source = wanted.source) and (wanted.outcome is null or f.outcome = wanted.outcome)
       and (wanted.office is null or f.office_code = wanted.office) and (wanted.month is null or f.given_month = wanted.month) and (wanted.entry_month is null or f.entered_month = wanted.entry_month);
  else
    raise exception 'not to be counted so' using errcode = '22023';
  end if;
end
$$;

-- A period that can be asked for: whole months, not more than five years of them.
create or replace function vaccination_reports.require_period(from_day date, to_day date) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if (from_day <= to_day and extract(day from from_day) = 1 and extract(day from to_day + 1) = 1 and to_day - from_day < 1830) is not true then
    raise exception 'not to be counted so' using errcode = '22023';
  end if;
end
$$;

-- Whether figures are exact: for whoever could see all the rows behind them, of every office or of the one that is asked for.
create or replace function vaccination_reports.is_exact(in_office text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  perform access.require_right('statistics.read', 'vaccination');
  return access.covers('person.read', 'vaccination', in_office);
end
$$;

-- The offices whose people a list shows to a session that is limited to some (USE-10); null where it is not.
create or replace function vaccination_reports.limiting_offices() returns text[]
language plpgsql stable set search_path = '' as $$
begin
  perform access.require_right('statistics.read', 'vaccination');
  perform access.require_right('person.read', 'vaccination');
  if access.covers('statistics.read', 'vaccination', null) and access.covers('person.read', 'vaccination', null) then return null; end if;
  return array(select o.code from access.office o where access.covers('statistics.read', 'vaccination', o.code) and access.covers('person.read', 'vaccination', o.code));
end
$$;

-- The cube along two axes, with the sums of rows, of columns and of all; `fixed` narrows it to values of other axes. Rounded for whoever
-- could not see the rows (59-statistics.sql). Ages in bands are named by the first month of the band.
create or replace function vaccination_reports.cube(basis text, from_day date, to_day date, by_entry boolean, row_axis text, column_axis text, bands integer[], fixed jsonb)
returns table (row_value text, column_value text, row_sum boolean, column_sum boolean, n integer)
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare exact boolean := vaccination_reports.is_exact(fixed ->> 'office');
  axes text[] := array['vaccine', 'dose', 'age-years', 'age-months', 'age-band', 'sex', 'route', 'contract', 'source', 'outcome', 'office', 'month', 'entry-month', 'none'];
begin
  perform vaccination_reports.require_period(from_day, to_day);
  if (row_axis = any(axes) and column_axis = any(axes) and by_entry is not null and cardinality(bands) between 1 and 40 and bands[1] = 0) is not true then
    raise exception 'not to be counted so' using errcode = '22023';
  end if;
  return query
    with k as (
      select case row_axis when 'vaccine' then f.vaccine when 'dose' then f.vaccine || ':' || f.dose when 'age-months' then f.age::text
                  when 'age-years' then case when f.age < 0 then '-1' else (f.age / 12)::text end
                  when 'age-band' then case when f.age < 0 then '-1' else bands[width_bucket(f.age::integer, bands)]::text end
                  when 'sex' then f.sex when 'route' then f.route when 'contract' then f.contract when 'source' then f.source when 'outcome' then f.outcome
                  when 'office' then f.office_code when 'month' then f.given_month::text when 'entry-month' then f.entered_month::text else '' end as r,
             case column_axis when 'vaccine' then f.vaccine when 'dose' then f.vaccine || ':' || f.dose when 'age-months' then f.age::text
                  when 'age-years' then case when f.age < 0 then '-1' else (f.age / 12)::text end
                  when 'age-band' then case when f.age < 0 then '-1' else bands[width_bucket(f.age::integer, bands)]::text end
                  when 'sex' then f.sex when 'route' then f.route when 'contract' then f.contract when 'source' then f.source when 'outcome' then f.outcome
                  when 'office' then f.office_code when 'month' then f.given_month::text when 'entry-month' then f.entered_month::text else '' end as c,
             f.n
        from vaccination_reports.cells(basis, from_day, to_day, by_entry, fixed) f)
    select k.r, k.c, grouping(k.r) = 1, grouping(k.c) = 1, statistics.shown(sum(k.n)::bigint, exact)
      from k group by grouping sets ((k.r, k.c), (k.r), (k.c), ())
    -- Where counts are rounded, that there is a row would tell of a few persons.
    having statistics.shown(sum(k.n)::bigint, exact) <> 0 or grouping(k.r) = 1 and grouping(k.c) = 1;
end
$$;

drop function if exists vaccination_reports.fits(jsonb, integer, integer, text, text, text, text, text, text, date, date);

-- What the national table is mapped from, exactly: by vaccine, dose, age in months, sex, route, contract and outcome. For whoever could
-- see the rows of every office, since what leaves the city is made of it.
create or replace function vaccination_reports.cells_to_map(basis text, from_day date, to_day date)
returns table (vaccine text, dose integer, age integer, sex text, route text, contract text, outcome text, n integer)
language plpgsql stable security definer set search_path = '' set jit = off as $$
begin
  if (access.covers('statistics.read', 'vaccination', null) and access.covers('person.read', 'vaccination', null)) is not true then
    raise exception 'no right to count exactly' using errcode = '42501';
  end if;
  perform vaccination_reports.require_period(from_day, to_day);
  -- A year of records is counted where it is found: each function that hands the rows on costs as much as reading them.
  if basis = 'now' then
    return query select f.vaccine, f.dose, f.age::integer, f.sex, f.route, f.contract, f.outcome, count(*)::integer
      from vaccination_reports.facts(from_day, to_day, false, null, null) f group by 1, 2, 3, 4, 5, 6, 7;
    return;
  end if;
  return query select f.vaccine, f.dose, f.age::integer, f.sex, f.route, f.contract, f.outcome, sum(f.n)::integer
    from vaccination_reports.cells(basis, from_day, to_day, false, null) f group by 1, 2, 3, 4, 5, 6, 7 having sum(f.n) <> 0;
end
$$;

-- The rows behind a figure, a page of them, with how many there are. `taken`: a closing took this one back. Each page is recorded
-- with whose rows it has.
create or replace function vaccination_reports.rows(basis text, from_day date, to_day date, by_entry boolean, fixed jsonb, skip integer, at_most integer)
returns table (total integer, source_id uuid, taken boolean, person_number text, given_on date, entered_on date, vaccine text, dose integer, age integer, route text, source text, outcome text,
  office_code text)
language plpgsql security definer set search_path = '' set jit = off as $$
declare found jsonb; wanted vaccination_reports.fixed := vaccination_reports.fixed_of(fixed); offices text[] := vaccination_reports.limiting_offices();
begin
  perform vaccination_reports.require_period(from_day, to_day);
  if (skip >= 0 and at_most between 1 and 200 and basis in ('now', 'own', 'earlier') and by_entry is not null) is not true then raise exception 'not to be listed so' using errcode = '22023'; end if;
  with behind as materialized (
    select f.source_id, false as taken, f.person_number, f.given_on, f.entered_on, f.vaccine, f.dose, f.age::integer as age, f.route, f.source, f.outcome, f.office_code
      from vaccination_reports.facts(from_day, to_day, by_entry, wanted.vaccine, null) f
     where basis = 'now' and (offices is null or f.office_code = any(offices)) and (wanted.dose_from is null or f.dose >= wanted.dose_from) and (wanted.dose_to is null or f.dose <= wanted.dose_to) and (wanted.age_from is null or f.age >= wanted.age_from)
       and (wanted.age_to is null or f.age <= wanted.age_to) and (wanted.sex is null or f.sex = wanted.sex) and (wanted.route is null or f.route = wanted.route)
       and (wanted.contract is null or f.contract = wanted.contract) and (wanted.source is null or f.source = wanted.source) and (wanted.outcome is null or f.outcome = wanted.outcome)
       and (wanted.office is null or f.office_code = wanted.office) and (wanted.month is null or f.given_month = wanted.month) and (wanted.entry_month is null or f.entered_month = wanted.entry_month)
    union all
    -- Of what was closed the cell stands as it was counted; the record says whose it is, if it is there still.
    select e.source_id, e.takes is not null, coalesce(s.person_number, l.person_number, h.person_number), coalesce(s.given_on, l.given_on, f.given_month),
           coalesce((s.entered_at at time zone 'Asia/Tokyo')::date, l.entered_on, f.entered_month), f.vaccine, f.dose, f.age::integer, f.route, f.source, f.outcome, f.office_code
      from vaccination_reports.figure f join vaccination_reports.closing c on c.id = f.closing_id join vaccination_reports.entry e on e.figure_id = f.id
      left join vaccination.shot s on s.id = e.source_id left join vaccination.slip l on l.id = e.source_id
      left join lateral (select x.person_number from vaccination.shot_change x where x.shot_id = e.source_id and s.id is null limit 1) h on true
     where basis <> 'now' and c.state = 'closed' and c.month between from_day and to_day and (f.given_month >= from_day) = (basis = 'own') and (offices is null or f.office_code = any(offices))
       and (wanted.vaccine is null or f.vaccine = wanted.vaccine) and (wanted.dose_from is null or f.dose >= wanted.dose_from) and (wanted.dose_to is null or f.dose <= wanted.dose_to) and (wanted.age_from is null or f.age >= wanted.age_from)
       and (wanted.age_to is null or f.age <= wanted.age_to) and (wanted.sex is null or f.sex = wanted.sex) and (wanted.route is null or f.route = wanted.route)
       and (wanted.contract is null or f.contract = wanted.contract) and (wanted.source is null or f.source = wanted.source) and (wanted.outcome is null or f.outcome = wanted.outcome)
       and (wanted.office is null or f.office_code = wanted.office) and (wanted.month is null or f.given_month = wanted.month) and (wanted.entry_month is null or f.entered_month = wanted.entry_month)),
  paged as (
    select b.*, row_number() over (order by b.given_on, b.source_id, b.taken) as place from behind b order by b.given_on, b.source_id, b.taken offset skip limit at_most)
  select jsonb_build_object('total', (select count(*) from behind), 'rows', coalesce((select jsonb_agg(to_jsonb(p) order by p.place) from paged p), '[]')) into found;
  perform audit.write('look', 'vaccination-report.rows-read', (select array_agg(distinct x ->> 'person_number') from jsonb_array_elements(found -> 'rows') x where x ->> 'person_number' is not null),
    array['vaccination'], jsonb_build_object('count', found -> 'total'));
  return query select (found ->> 'total')::integer, x.source_id, x.taken, x.person_number, x.given_on, x.entered_on, x.vaccine, x.dose, x.age, x.route, x.source, x.outcome, x.office_code
    from jsonb_to_recordset(found -> 'rows') x(source_id uuid, taken boolean, person_number text, given_on date, entered_on date, vaccine text, dose integer, age integer, route text,
      source text, outcome text, office_code text, place bigint) order by x.place;
end
$$;

-- Who of a cohort is looked for (対象者) and since when they have the dose, if they have it: by whichever of their numbers it is recorded.
create or replace function vaccination_reports.cohort(of_vaccine text, of_dose integer, born_from date, born_to date, on_day date, of_sex text)
returns table (person_number text, birth_date date, office_code text, done_on date)
language plpgsql stable rows 20000 set search_path = '' set jit = off as $$
begin
  if (born_from <= born_to and of_dose between 1 and 20 and length(of_vaccine) between 1 and 20 and (of_sex is null or of_sex in ('female', 'male'))) is not true then
    raise exception 'not to be counted so' using errcode = '22023';
  end if;
  return query
    with c as materialized (select * from vault.cohort_of(born_from, born_to, on_day, of_sex)),
    linked as materialized (select l.asked, l.other from people.linked_numbers((select array_agg(c.person_number) from c)) l where l.other <> l.asked)
    select c.person_number, c.birth_date, c.office_code,
           least(s.given_on, (select min(x.given_on) from linked l join vaccination.shot x on x.person_number = l.other and x.vaccine = of_vaccine and x.dose = of_dose and x.given_on <= on_day
                               where l.asked = c.person_number))
      from c left join vaccination.shot s on s.person_number = c.person_number and s.vaccine = of_vaccine and s.dose = of_dose and s.given_on <= on_day;
end
$$;

-- Whether a cohort and its day are such as figures may be rounded of: births of whole months, of a 年度 (2 April to 1 April), or of an age
-- in months on the day; the day the last of a month, or that of today in some year (28 February too, for the year before a leap year's). Otherwise two questions a day apart, of which one is
-- rounded up and the other down, would tell of one person.
create or replace function vaccination_reports.is_rough(born_from date, born_to date, on_day date) returns boolean
language sql stable set search_path = '' as $$
  select (extract(day from on_day + 1) = 1 or to_char(on_day, 'MMDD') in ('0228', to_char(access.business_date(), 'MMDD')))
     and born_to - born_from >= 27
     and (extract(day from born_from) = 1 and (extract(day from born_to + 1) = 1 or to_char(born_to, 'MMDD') = '0228')
          or to_char(born_from, 'MMDD') = '0402' and to_char(born_to, 'MMDD') = '0401'
          or not exists (select from (values (born_from - 1), (born_to)) x(d)
               where x.d <> (on_day + 1 - make_interval(months => ((extract(year from on_day + 1) - extract(year from x.d)) * 12
                 + extract(month from on_day + 1) - extract(month from x.d))::integer))::date))
$$;

-- Coverage (接種率) of a dose on a day: how many are looked for and how many have it, in all, by office, by month or year of birth (`cohort`);
-- and by the month in which it was given, of the twelve up to the day (there `people` is all of the cohort).
create or replace function vaccination_reports.coverage(of_vaccine text, of_dose integer, born_from date, born_to date, on_day date, of_sex text)
returns table (dimension text, value text, people integer, done integer)
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare exact boolean := vaccination_reports.is_exact(null); yearly boolean := born_to - born_from > 750;
begin
  if not exact and vaccination_reports.is_rough(born_from, born_to, on_day) is not true then raise exception 'not of such days' using errcode = 'MD020'; end if;
  return query
    with c as materialized (select x.*, case when yearly then statistics.bucket(x.birth_date, true) else date_trunc('month', x.birth_date::timestamp)::date end as born_in
                              from vaccination_reports.cohort(of_vaccine, of_dose, born_from, born_to, on_day, of_sex) x)
    select case when grouping(c.office_code) = 0 then 'office' when grouping(c.born_in) = 0 then 'cohort' else 'all' end, coalesce(c.office_code, c.born_in::text),
           statistics.shown(count(*), exact), statistics.shown(count(c.done_on), exact)
      from c group by grouping sets ((c.office_code), (c.born_in), ()) having statistics.shown(count(*), exact) > 0 or grouping(c.office_code) = 1 and grouping(c.born_in) = 1
    union all
    select 'month', date_trunc('month', c.done_on::timestamp)::date::text, statistics.shown((select count(*) from c), exact), statistics.shown(count(*), exact)
      from c where c.done_on > date_trunc('month', on_day::timestamp)::date - interval '11 months' - interval '1 day' group by 2
    having statistics.shown(count(*), exact) > 0;
end
$$;

-- Those of the cohort who have the dose, who do not, or all of them (`having_it` null), a page of them; recorded with whose they are.
drop function if exists vaccination_reports.uncovered(text, integer, date, date, date, text, text, integer, integer);
create or replace function vaccination_reports.people(of_vaccine text, of_dose integer, born_from date, born_to date, on_day date, of_sex text, having_it boolean, in_office text, skip integer, at_most integer)
returns table (total integer, person_number text, birth_date date, office_code text, done_on date)
language plpgsql security definer set search_path = '' set jit = off as $$
declare found jsonb; offices text[] := vaccination_reports.limiting_offices();
begin
  if (skip >= 0 and at_most between 1 and 200) is not true then raise exception 'not to be listed so' using errcode = '22023'; end if;
  with c as materialized (select x.* from vaccination_reports.cohort(of_vaccine, of_dose, born_from, born_to, on_day, of_sex) x
                             where (having_it is null or having_it = (x.done_on is not null)) and (in_office is null or x.office_code = in_office)
                                and (offices is null or x.office_code = any(offices))),
  paged as (select c.* from c order by c.birth_date, c.person_number offset skip limit at_most)
  select jsonb_build_object('total', (select count(*) from c), 'rows', coalesce((select jsonb_agg(to_jsonb(p) order by p.birth_date, p.person_number) from paged p), '[]')) into found;
  perform audit.write('look', 'vaccination-report.rows-read', (select array_agg(x ->> 'person_number') from jsonb_array_elements(found -> 'rows') x),
    array['vaccination'], jsonb_build_object('count', found -> 'total'));
  return query select (found ->> 'total')::integer, x.person_number, x.birth_date, x.office_code, x.done_on
    from jsonb_to_recordset(found -> 'rows') x(person_number text, birth_date date, office_code text, done_on date) order by x.birth_date, x.person_number;
end
$$;

-- What closings have counted and none has taken back.
create or replace function vaccination_reports.standing() returns table (entry_id bigint, source_id uuid, given_month date, entered_month date, vaccine text, dose integer, age smallint, sex text,
  route text, contract text, source text, outcome text, office_code text)
language sql stable rows 100000 set search_path = '' as $$
  select e.id, e.source_id, f.given_month, f.entered_month, f.vaccine, f.dose, f.age, f.sex, f.route, f.contract, f.source, f.outcome, f.office_code
    from vaccination_reports.entry e join vaccination_reports.figure f on f.id = e.figure_id
   where e.takes is null and not exists (select from vaccination_reports.entry t where t.takes = e.id)
$$;

-- Counts for a closing: what was given in its month; of the months closed before, what was told since, what is told otherwise and what
-- was cancelled. A record that is erased after its time is no correction: only one of which the history says so is. That somebody
-- moved to another office since corrects nothing by itself, nor that a file told the same again.
create or replace function vaccination_reports.fill(c vaccination_reports.closing) returns void
language plpgsql set search_path = '' set jit = off as $$
declare since date; last date := (c.month + interval '1 month' - interval '1 day')::date; last_counted timestamptz; changed uuid[]; fresh uuid[];
begin
  delete from vaccination_reports.entry e using vaccination_reports.figure f where f.id = e.figure_id and f.closing_id = c.id;
  delete from vaccination_reports.figure f where f.closing_id = c.id;
  select min(x.month), max(x.prepared_at) filter (where x.state = 'closed') into since, last_counted from vaccination_reports.closing x where x.state <> 'discarded';
  select array_agg(t.source_id) into changed from vaccination_reports.standing() t
   where exists (select from vaccination.shot_change h where h.shot_id = t.source_id and h.at >= last_counted)
      or t.outcome <> 'given' and not exists (select from vaccination.slip s where s.id = t.source_id and s.state = 'noted' and s.outcome = t.outcome);
  with stands as materialized (select t.source_id from vaccination_reports.standing() t)
  select array_agg(n.id) into fresh from (
    select s.id from vaccination.shot s where s.given_on between since and last and not exists (select from stands t where t.source_id = s.id)
    union all
    select s.id from vaccination.slip s where s.state = 'noted' and s.outcome <> 'given' and s.person_number is not null and s.given_on between since and last
       and not exists (select from stands t where t.source_id = s.id)) n;
  with told as materialized (
    select f.* from vaccination_reports.facts(null, null, false, null, coalesce(fresh, '{}') || coalesce(changed, '{}')) f),
  stood as materialized (select t.* from vaccination_reports.standing() t where t.source_id = any(changed)),
  unlike as materialized (
    select t.*, f.source_id is not null and f.given_on between since and last as stays
      from stood t left join told f on f.source_id = t.source_id
     where f.source_id is null or (f.given_month, f.vaccine, f.dose, f.age, f.sex, f.route, f.contract, f.source, f.outcome)
           is distinct from (t.given_month, t.vaccine, t.dose, t.age, t.sex, t.route, t.contract, t.source, t.outcome)),
  wanted as materialized (
    select f.source_id, null::bigint as takes, f.given_month, f.entered_month, f.vaccine, f.dose, f.age, f.sex, f.route, f.contract, f.source, f.outcome, f.office_code
      from told f left join unlike u on u.source_id = f.source_id
     where f.source_id = any(fresh) or u.stays
    union all
    select u.source_id, u.entry_id, u.given_month, u.entered_month, u.vaccine, u.dose, u.age, u.sex, u.route, u.contract, u.source, u.outcome, u.office_code from unlike u),
  made as (
    insert into vaccination_reports.figure (closing_id, given_month, entered_month, vaccine, dose, age, sex, route, contract, source, outcome, office_code, added, taken)
    select c.id, w.given_month, w.entered_month, w.vaccine, w.dose, w.age, w.sex, w.route, w.contract, w.source, w.outcome, w.office_code,
           count(*) filter (where w.takes is null), count(w.takes)
      from wanted w group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 returning *)
  insert into vaccination_reports.entry (figure_id, source_id, takes)
  select m.id, w.source_id, w.takes from wanted w
    join made m using (given_month, entered_month, vaccine, dose, age, sex, route, contract, source, outcome, office_code);
  update vaccination_reports.closing x set counted = coalesce(s.counted, 0), late = coalesce(s.late, 0), taken = coalesce(s.taken, 0), prepared_at = cases.moment(), prepared_by = access.staff_id()
    from (select sum(f.added) filter (where f.given_month = c.month) as counted, sum(f.added) filter (where f.given_month < c.month) as late, sum(f.taken) as taken
            from vaccination_reports.figure f where f.closing_id = c.id) s
   where x.id = c.id;
end
$$;

-- Prepares the closing of the month after the last one; the first may be any month that is over.
create or replace function vaccination_reports.prepare(of_month date) returns integer
language plpgsql security definer set search_path = '' as $$
declare c vaccination_reports.closing; last date;
begin
  if not access.covers('case.enter', 'vaccination', null) then raise exception 'no right to prepare it' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('vaccination report closing', 0));
  select max(x.month) into last from vaccination_reports.closing x where x.state <> 'discarded';
  if (extract(day from of_month) = 1 and (of_month + interval '1 month')::date <= access.business_date() and (last is null or of_month = (last + interval '1 month')::date)) is not true then
    raise exception 'not the month to be closed' using errcode = '22023';
  end if;
  if exists (select from vaccination_reports.closing x where x.state = 'prepared') then raise exception 'one is prepared already' using errcode = 'MD011'; end if;
  insert into vaccination_reports.closing (month, state, prepared_by, prepared_at) values (of_month, 'prepared', access.staff_id(), cases.moment()) returning * into c;
  perform vaccination_reports.fill(c);
  perform audit.write('change', 'vaccination-closing.prepared', null, null, jsonb_build_object('month', of_month));
  return c.id;
end
$$;

-- A step of a closing: counted anew, closed by another person, discarded.
create or replace function vaccination_reports.move(of_id integer, seen integer, event_type text, target text) returns void
language plpgsql security definer set search_path = '' as $$
declare c vaccination_reports.closing; w flows.way; one text;
begin
  select x.* into c from vaccination_reports.closing x where x.id = of_id for update;
  if not found then raise exception 'no such closing' using errcode = '42501'; end if;
  w := flows.take('vaccination-report-closing', 1, c.state, event_type, target, 'vaccination', false);
  if not exists (select from unnest(w.rights) t where access.covers(t, 'vaccination', null)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if c.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  foreach one in array w.checks loop
    if (case one when 'notPreparer' then c.prepared_by <> access.staff_id() else false end) is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  if event_type = 'refresh' then perform vaccination_reports.fill(c); end if;
  if event_type = 'discard' then
    delete from vaccination_reports.entry e using vaccination_reports.figure f where f.id = e.figure_id and f.closing_id = c.id;
    delete from vaccination_reports.figure f where f.closing_id = c.id;
  end if;
  update vaccination_reports.closing x set state = target, revision = x.revision + 1,
         decided_by = case when target <> 'prepared' then access.staff_id() end, decided_at = case when target <> 'prepared' then cases.moment() end where x.id = c.id;
  perform audit.write('change', 'vaccination-closing.' || event_type, null, null, jsonb_build_object('month', c.month));
end
$$;

revoke execute on all routines in schema vaccination_reports from public;
grant execute on function vaccination_reports.cube, vaccination_reports.cells_to_map, vaccination_reports.rows, vaccination_reports.coverage, vaccination_reports.people,
  vaccination_reports.prepare, vaccination_reports.move to madoguchi_app;
