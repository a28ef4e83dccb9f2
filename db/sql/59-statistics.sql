-- Statistics: counts of the work, never rows of it, for who holds `statistics.read` for the 事務 and the office. Who may also
-- see every row behind a count has it exactly; for everybody else all counts are rounded to tens, each by itself, so that no
-- subtraction of one from another tells of a few persons.

create schema if not exists statistics;
grant usage on schema statistics to madoguchi_app;

-- The offices that this person may count, of one or of all, and whether they could see every row there by the row right.
create or replace function statistics.scope(of_program text, in_office text, row_right text, out offices text[], out exact boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  select array_agg(o.code) into offices from access.office o
   where (in_office is null or o.code = in_office) and exists (
     select from access.scopes('statistics.read') s
      where coalesce(s.program, of_program) = of_program and coalesce(s.office, o.code) = o.code);
  if offices is null then raise exception 'no right to count' using errcode = '42501'; end if;
  exact := not exists (
    select from unnest(offices) o(code) where not exists (
      select from access.scopes(row_right) s
       where coalesce(s.program, of_program) = of_program and coalesce(s.office, o.code) = o.code));
end
$$;

-- The same for what belongs to no office: mailings, vaccinations.
create or replace function statistics.scope_of_program(of_program text, row_right text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  perform access.require_right('statistics.read', of_program);
  return access.has_right(row_right, of_program);
end
$$;

create or replace function statistics.shown(n bigint, exact boolean) returns integer
language sql immutable set search_path = '' as $$
  select (case when exact then n else round(n / 10.0) * 10 end)::integer
$$;

-- The first day of the month, or of the 年度, in which a day lies.
create or replace function statistics.bucket(on_day date, by_year boolean) returns date
language sql immutable set search_path = '' as $$
  select case when by_year then make_date(extract(year from on_day - interval '3 months')::integer, 4, 1)
              else date_trunc('month', on_day)::date end
$$;

-- What became of the cases of a kind: received by 受付日; granted, refused and revoked by the day of the decision, with the
-- days from receipt to a grant or refusal, their median and how many took longer than the 標準処理期間 of the day of receipt;
-- withdrawn. A row with no bucket is the whole period.
create or replace function statistics.cases_by_month(of_kind text, in_office text, from_day date, to_day date, by_year boolean,
  standard_from date[], standard_days integer[])
returns table (bucket date, received integer, granted integer, refused integer, revoked integer, withdrawn integer, median_days numeric, late integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record; of_program text := split_part(of_kind, '/', 1);
begin
  s := statistics.scope(of_program, in_office, 'case.read');
  return query
    with happened as (
      select statistics.bucket(c.received_on, by_year) as at, 'received' as what, null::integer as days, null::integer as allowed
        from cases.case c where c.kind = of_kind and c.office_code = any (s.offices) and c.received_on between from_day and to_day
      union all
      select statistics.bucket(e.business_date, by_year), case a.subject when 'rejection' then 'refused' when 'revocation' then 'revoked' else 'granted' end,
             case when a.subject <> 'revocation' then e.business_date - c.received_on end,
             (select d.days from unnest(standard_from, standard_days) d(since, days) where d.since <= c.received_on order by d.since desc limit 1)
        from cases.event e join cases.case c on c.id = e.case_id
        join approvals.approval a on a.case_id = e.case_id and a.decision = 'approved' and a.seen_revision = e.revision - 1
       where e.act = 'approve' and e.business_date between from_day and to_day and c.kind = of_kind and c.office_code = any (s.offices)
      union all
      select statistics.bucket((c.state_since at time zone 'Asia/Tokyo')::date, by_year), 'withdrawn', null, null
        from cases.case c
       where c.kind = of_kind and c.office_code = any (s.offices) and (c.state_since at time zone 'Asia/Tokyo')::date between from_day and to_day
         and (c.machine_version, c.state) in (select t.version, t.to_state from cases.machine_transition t where t.kind = of_kind and t.event = 'withdraw'))
    select h.at, statistics.shown(count(*) filter (where what = 'received'), s.exact), statistics.shown(count(*) filter (where what = 'granted'), s.exact),
           statistics.shown(count(*) filter (where what = 'refused'), s.exact), statistics.shown(count(*) filter (where what = 'revoked'), s.exact),
           statistics.shown(count(*) filter (where what = 'withdrawn'), s.exact),
           case when s.exact or count(h.days) >= 10 then (percentile_cont(0.5) within group (order by h.days))::numeric(8, 1) end,
           statistics.shown(count(*) filter (where h.days > h.allowed), s.exact)
      from happened h group by grouping sets ((h.at), ());
end
$$;

-- Certificates by their sort: issued for the first time, again, anew with other contents, and ended. A row with no bucket is
-- the whole period of the sort.
create or replace function statistics.certificates_by_month(of_program text, in_office text, from_day date, to_day date, by_year boolean)
returns table (sort text, bucket date, first integer, again integer, renewed integer, ended integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record;
begin
  s := statistics.scope(of_program, in_office, 'case.read');
  return query
    with happened as (
      select z.kind, statistics.bucket(x.on_day, by_year) as at, x.what
        from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id,
             lateral (values (z.issued_on, case when z.reason = 'first' then 'first' when z.reason in ('changed', 'renewal') then 'renewed' else 'again' end),
                             (z.ended_on, 'ended')) x(on_day, what)
       where e.program = of_program and e.office_code = any (s.offices) and x.on_day between from_day and to_day)
    select h.kind, h.at, statistics.shown(count(*) filter (where what = 'first'), s.exact), statistics.shown(count(*) filter (where what = 'again'), s.exact),
           statistics.shown(count(*) filter (where what = 'renewed'), s.exact), statistics.shown(count(*) filter (where what = 'ended'), s.exact)
      from happened h group by grouping sets ((h.kind, h.at), (h.kind));
end
$$;

-- Who was entitled on each of some days (the last of each month), as it is believed now: persons in all, by age (the first years of the bands), office
-- and kind of entitlement. One who holds two kinds counts once in all; `unknown` is the age of whom no day is known by which to reckon.
create or replace function statistics.entitled_on_days(of_program text, in_office text, days date[], age_from integer[])
returns table (on_day date, dimension text, value text, people integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record;
begin
  if cardinality(days) not between 1 and 24 then raise exception 'not to be counted so' using errcode = '22023'; end if;
  s := statistics.scope(of_program, in_office, 'case.read');
  return query
    with held as materialized (
      select distinct d.day, e.person_number, e.kind, e.office_code
        from unnest(days) d(day) join entitlements.entitlement e on d.day between e.valid_from and e.valid_to
       where e.program = of_program and e.office_code = any (s.offices) and e.status <> 'revoked'
         and not exists (select from entitlements.suspension x where x.entitlement_id = e.id and d.day between x.from_on and coalesce(x.to_on, 'infinity'))),
    born as materialized (
      select * from vault.births_of((select array_agg(distinct h.person_number) from held h))),
    -- As ageOn of workflows/dates/ages.ts: one more from the day before the birthday on.
    aged as (
      select h.*, coalesce(age_from[width_bucket(extract(year from age(h.day + 1, b.birth_date))::integer, age_from)]::text, 'unknown') as band
        from held h join born b using (person_number))
    select x.day, case when grouping(x.band) = 0 then 'age' when grouping(x.office_code) = 0 then 'office' when grouping(x.kind) = 0 then 'kind' else 'all' end,
           coalesce(x.band, x.office_code, x.kind), statistics.shown(count(distinct x.person_number), s.exact)
      from aged x
     group by grouping sets ((x.day, x.band), (x.day, x.office_code), (x.day, x.kind), (x.day));
end
$$;
create or replace function statistics.entitled_on(of_program text, in_office text, on_day date, age_from integer[])
returns table (dimension text, value text, people integer)
language sql stable security definer set search_path = '' as $$
  select d.dimension, d.value, d.people from statistics.entitled_on_days(of_program, in_office, array[on_day], age_from) d
$$;

-- What is under way today: by kind and state, and for who could see the rows by whose hands it is in. `overdue`: a day that is
-- watched has passed.
create or replace function statistics.open_cases(of_program text, in_office text)
returns table (dimension text, kind text, state text, title text, assigned_to integer, name text, cases integer, overdue integer, oldest date)
language plpgsql stable security definer set search_path = '' as $$
declare s record; today date := access.business_date();
begin
  s := statistics.scope(of_program, in_office, 'case.read');
  return query
    with open as materialized (
      select c.kind, c.state, m.title, m.position, c.assigned_to, c.received_on,
             exists (select from cases.deadline d where d.case_id = c.id and d.closed_at is null and d.due_on < today) as late
        from cases.machine_state m cross join lateral (
          select * from cases.case x where x.kind = m.kind and x.state = m.state and x.machine_version = m.version offset 0) c
       where m.open and m.kind like of_program || '/%' and c.office_code = any (s.offices))
    select 'state', o.kind, o.state, o.title, null::integer, null, statistics.shown(count(*), s.exact),
           statistics.shown(count(*) filter (where o.late), s.exact), case when s.exact then min(o.received_on) end
      from open o group by o.kind, o.state, o.title
    union all
    select 'holder', null, null, null, o.assigned_to, (select p.display_name from access.staff p where p.id = o.assigned_to),
           count(*)::integer, count(*) filter (where o.late)::integer, min(o.received_on)
      from open o where s.exact group by o.assigned_to;
end
$$;

-- 照会 by the month in which they were asked: sent, answered, reminded, given up, and the days until the answer.
create or replace function statistics.inquiries_by_month(of_program text, in_office text, from_day date, to_day date, by_year boolean)
returns table (bucket date, sent integer, answered integer, reminded integer, closed integer, median_days numeric)
language plpgsql stable security definer set search_path = '' as $$
declare s record;
begin
  s := statistics.scope(of_program, in_office, 'case.read');
  return query
    select b.at, statistics.shown(count(*), s.exact), statistics.shown(count(i.answered_on), s.exact), statistics.shown(count(i.reminded_on), s.exact),
           statistics.shown(count(i.closed_on), s.exact),
           case when s.exact or count(i.answered_on) >= 10 then (percentile_cont(0.5) within group (order by i.answered_on - i.asked_on))::numeric(8, 1) end
      from intake.inquiry i join cases.case c on c.id = i.case_id, lateral (select statistics.bucket(i.asked_on, by_year) as at) b
     where c.program = of_program and c.office_code = any (s.offices) and i.asked_on between from_day and to_day
     group by grouping sets ((b.at), ());
end
$$;

-- 一括発送 by the month of the approval: pieces made, handed over, brought back by the post, looked into since.
create or replace function statistics.mailings_by_month(of_program text, from_day date, to_day date, by_year boolean)
returns table (bucket date, runs integer, made integer, sent integer, returned integer, settled integer)
language plpgsql stable security definer set search_path = '' as $$
declare exact boolean := statistics.scope_of_program(of_program, 'mailing.read');
begin
  return query
    select b.at, count(*)::integer, statistics.shown(coalesce(sum(r.made_count), 0), exact),
           statistics.shown(coalesce(sum(h.pieces), 0)::bigint, exact), statistics.shown(coalesce(sum(p.returned), 0)::bigint, exact),
           statistics.shown(coalesce(sum(p.settled), 0)::bigint, exact)
      from mailings.batch_run r
      left join mailings.hand_over h on h.run_id = r.id and h.handed_on is not null
      left join lateral (select count(*) as returned, count(x.outcome) as settled from mailings.returned_piece x
                          where x.run_id = r.id and not x.taken_back) p on true,
           lateral (select statistics.bucket(r.dated_on, by_year) as at) b
     where r.program = of_program and r.dated_on between from_day and to_day and r.withdrawn_at is null
     group by grouping sets ((b.at), ());
end
$$;

-- 支払 by month: what was decided, paid (by transfer and in cash), failed or came back, and set off; counts and whole yen.
create or replace function statistics.payments_by_month(of_program text, in_office text, from_day date, to_day date, by_year boolean)
returns table (bucket date, decided integer, decided_yen bigint, transferred integer, transferred_yen bigint, in_cash integer, in_cash_yen bigint,
  failed integer, set_off integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record;
begin
  s := statistics.scope(of_program, in_office, 'payment.read');
  return query
    select b.at, statistics.shown(count(*) filter (where e.event = 'owe'), s.exact), coalesce(statistics.shown_yen(sum(p.amount) filter (where e.event = 'owe'), count(*) filter (where e.event = 'owe'), s.exact), 0),
           statistics.shown(count(*) filter (where e.event = 'pay'), s.exact), coalesce(statistics.shown_yen(sum(p.amount - p.set_off) filter (where e.event = 'pay'), count(*) filter (where e.event = 'pay'), s.exact), 0),
           statistics.shown(count(*) filter (where e.event = 'pay-cash'), s.exact),
           coalesce(statistics.shown_yen(sum(p.amount - p.set_off) filter (where e.event = 'pay-cash'), count(*) filter (where e.event = 'pay-cash'), s.exact), 0),
           statistics.shown(count(*) filter (where e.event in ('fail', 'return')), s.exact),
           statistics.shown(count(*) filter (where e.event in ('set-off', 'set-off-part')), s.exact)
      from payments.payable_event e join payments.payable p on p.id = e.payable_id, lateral (select statistics.bucket(e."on", by_year) as at) b
     where p.program = of_program and (p.office_code = any (s.offices) or p.office_code is null and in_office is null and access.covers('payment.read', of_program, null))
       and e."on" between from_day and to_day
       and e.event in ('owe', 'pay', 'pay-cash', 'fail', 'return', 'set-off', 'set-off-part')
     group by grouping sets ((b.at), ());
end
$$;
-- Sums of money: exact, or in tens of thousands; nothing of so few people that their count is not shown either.
drop function if exists statistics.shown_yen(numeric, boolean);
create or replace function statistics.shown_yen(n numeric, of_many bigint, exact boolean) returns bigint
language sql immutable set search_path = '' as $$
  select (case when exact then n when statistics.shown(of_many, false) = 0 then 0 else round(n / 10000) * 10000 end)::bigint
$$;

-- 給付 by receipts, of the months of treatment in a period: how many, for how many people, points, 助成額 and 患者負担; by month, kind of
-- care, age on the first day of the month, office and institution, and in all. What was taken back or corrected counts where it
-- was treated. Of institutions the twenty with the highest 助成額; none where so few are that they are not shown.
create or replace function statistics.benefits(of_program text, in_office text, from_day date, to_day date, by_year boolean, age_from integer[])
returns table (dimension text, value text, title text, receipts integer, people integer, points bigint, subsidy bigint, patient_pays bigint)
language plpgsql stable security definer set search_path = '' as $$
declare s record;
begin
  s := statistics.scope(of_program, in_office, 'receipt.read');
  return query
    with rows as materialized (
      select to_date(b.treatment_month, 'YYYY-MM') as treated, b.care, b.office_code, b.institution, b.person_number,
             case b.kind when 'original' then 1 when 're-examination' then 0 when 'balancing' then 0 else -1 end as n, b.points, b.subsidy, b.patient_pays
        from receipts.benefit b
       where b.program = of_program and b.office_code = any (s.offices)
         and b.treatment_month between to_char(from_day, 'YYYY-MM') and to_char(to_day, 'YYYY-MM')),
    born as materialized (select * from vault.births_of((select array_agg(distinct r.person_number) from rows r))),
    known as materialized (
      select r.*, statistics.bucket(r.treated, by_year) as at,
             coalesce(age_from[width_bucket(extract(year from age(r.treated + 1, b.birth_date))::integer, age_from)]::text, 'unknown') as band
        from rows r left join born b using (person_number)),
    summed as (
      select case when grouping(k.at) = 0 then 'part' when grouping(k.care) = 0 then 'care' when grouping(k.band) = 0 then 'age'
                  when grouping(k.office_code) = 0 then 'office' when grouping(k.institution) = 0 then 'institution' else 'all' end as what,
             coalesce(k.at::text, k.care, k.band, k.office_code, k.institution::text) as which,
             sum(k.n)::bigint as many, count(distinct k.person_number) as persons, sum(k.points) as points, sum(k.subsidy) as subsidy,
             sum(k.patient_pays) as pays
        from known k group by grouping sets ((k.at), (k.care), (k.band), (k.office_code), (k.institution), ())),
    placed as (
      select m.*, row_number() over (partition by m.what order by m.subsidy desc, m.which) as place
        from summed m where m.what <> 'institution' or s.exact or statistics.shown(m.many, false) > 0)
    select p.what, p.which, i.name, statistics.shown(p.many, s.exact), statistics.shown(p.persons, s.exact),
           statistics.shown_yen(p.points * 10, p.many, s.exact) / 10, statistics.shown_yen(p.subsidy, p.many, s.exact),
           statistics.shown_yen(p.pays, p.many, s.exact)
      from placed p left join receipts.institution i on p.what = 'institution' and i.code = p.which
     where (p.what <> 'institution' or p.place <= 20) and p.many is not null
     order by p.what, p.place;
end
$$;

-- 給付 by 償還払い, of the months of treatment in a period: how many 領収書 were refunded to how many people, and what was paid; by month, kind of care, age on the
-- first day of the month and office of the claim, and in all. What was cancelled does not count.
create or replace function statistics.refunds(of_program text, in_office text, from_day date, to_day date, by_year boolean, age_from integer[])
returns table (dimension text, value text, receipts integer, people integer, cost bigint, paid bigint)
language plpgsql stable security definer set search_path = '' as $$
declare s record;
begin
  s := statistics.scope(of_program, in_office, 'case.read');
  return query
    with rows as materialized (
      select to_date(b.month, 'YYYY-MM') as treated, b.care, c.office_code, b.person_number, b.cost, b.amount
        from claims.benefit b join cases.case c on c.id = b.case_id
       where b.program = of_program and c.office_code = any (s.offices) and b.cancelled_at is null
         and b.month between to_char(from_day, 'YYYY-MM') and to_char(to_day, 'YYYY-MM')),
    born as materialized (select * from vault.births_of((select array_agg(distinct r.person_number) from rows r))),
    known as materialized (
      select r.*, statistics.bucket(r.treated, by_year) as at,
             coalesce(age_from[width_bucket(extract(year from age(r.treated + 1, b.birth_date))::integer, age_from)]::text, 'unknown') as band
        from rows r left join born b using (person_number)),
    summed as (
      select case when grouping(k.at) = 0 then 'part' when grouping(k.care) = 0 then 'care' when grouping(k.band) = 0 then 'age'
                  when grouping(k.office_code) = 0 then 'office' else 'all' end as what,
             coalesce(k.at::text, k.care, k.band, k.office_code) as which, count(*) as many, count(distinct k.person_number) as persons,
             sum(k.cost) as cost, sum(k.amount) as paid
        from known k group by grouping sets ((k.at), (k.care), (k.band), (k.office_code), ()))
    select m.what, m.which, statistics.shown(m.many, s.exact), statistics.shown(m.persons, s.exact), statistics.shown_yen(m.cost, m.many, s.exact),
           statistics.shown_yen(m.paid, m.many, s.exact)
      from summed m where m.many > 0 order by m.what, m.which;
end
$$;

revoke execute on all routines in schema statistics from public;
grant execute on all routines in schema statistics to madoguchi_app, madoguchi_owner;
