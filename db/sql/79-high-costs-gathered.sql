-- What a search of 高額療養費 looks at: the bills of a month, gathered once for a run, and what no rule calculates of it
-- (receipts with another public fund, 償還払い), which people look at by hand so that nothing is passed over in silence.

-- Everybody whose bills may be added up with somebody's: who lives with them or with whom they are insured, and whoever is
-- insured by one of these.
create or replace function high_cost.people_with(of_program text, person text) returns table (person_number text)
language sql stable set search_path = '' as $$
  with near as materialized (
    select person as person_number where person is not null
    union select y.person_number from high_cost.insurance y where y.program = of_program and y.insured_person = person
    union select y.insured_person from high_cost.insurance y where y.program = of_program and y.person_number = person and y.insured_person is not null),
  homes as materialized (select distinct l.person_number from vault.living_with(array(select n.person_number from near n)) l)
  select h.person_number from homes h
  union select n.person_number from near n
  union select y.person_number from high_cost.insurance y join homes h on h.person_number = y.insured_person where y.program = of_program
$$;

-- What the city paid by receipts for a month, net of all that changed it. For one person: of everybody who may belong to the
-- same insured person.
create or replace function high_cost.paid_bills(of_program text, of_month text, person text)
returns table (benefit_id bigint, person_number text, office_code text, insurer_number text, household text, insured_known boolean, category text, multiple boolean,
  portion text, institution text, care text, days integer, total_cost bigint, insured bigint, high_cost bigint, subsidy bigint, other_funds boolean,
  receipt_category text, receipt_multiple boolean)
language sql stable set search_path = '' as $$
  with among as materialized (
    select a.person_number from high_cost.people_with(of_program, person) a),
  nets as materialized (
    select coalesce(b.origin_id, b.id) as id, sum(b.total_cost)::bigint as total_cost, sum(b.insured)::bigint as insured, sum(b.high_cost)::bigint as high_cost,
           sum(b.subsidy)::bigint as subsidy, sum(b.other_public)::bigint as other_public
      from receipts.benefit b where b.program = of_program and b.treatment_month = of_month and person is null group by 1 having sum(b.total_cost) > 0
    union all
    select coalesce(b.origin_id, b.id) as id, sum(b.total_cost)::bigint as total_cost, sum(b.insured)::bigint as insured, sum(b.high_cost)::bigint as high_cost,
           sum(b.subsidy)::bigint as subsidy, sum(b.other_public)::bigint as other_public
      from among a join receipts.benefit b on b.person_number = a.person_number and b.program = of_program and b.treatment_month = of_month
     where person is not null group by 1 having sum(b.total_cost) > 0),
  paid as materialized (
    select n.*, o.person_number, o.office_code, o.institution, o.insurer_number as named, o.care, o.days,
           o.other_funds <> '{}' or n.other_public > 0 as funded, r.high_cost_category, r.high_cost_multiple
      from nets n join receipts.benefit o on o.id = n.id join receipts.receipt r on r.file_id = o.file_id and r.row = o.row),
  said as materialized (
    select y.* from high_cost.insurance y
     where y.program = of_program and y.from_month <= of_month and (y.to_month is null or y.to_month >= of_month)),
  -- Of a receipt that names no insurer, the one that was told of its person.
  one as materialized (
    select distinct on (y.person_number) y.person_number, y.insurer_number from said y order by y.person_number, y.id desc),
  told as materialized (
    select y.person_number, y.insurer_number,
           (array_agg(y.category order by y.id desc) filter (where y.category is not null))[1] as category,
           (array_agg(y.multiple order by y.id desc))[1] as multiple,
           (array_agg(y.insured_person order by y.id desc) filter (where y.insured_person is not null))[1] as insured_person
      from said y group by 1, 2),
  known as materialized (
    select p.*, coalesce(p.named, o.insurer_number, '') as insurer from paid p left join one o on o.person_number = p.person_number),
  whose as materialized (
    select k.*, t.category, coalesce(t.multiple, false) as multiple, t.insured_person
      from known k left join told t on t.person_number = k.person_number and t.insurer_number = k.insurer),
  homes as materialized (
    select h.* from vault.homes_of(array(select distinct coalesce(w.insured_person, w.person_number) from whose w)) h),
  keyed as (
    select w.*, md5(coalesce(h.household_number, w.person_number) || ' ' || w.insurer) as portion
      from whose w left join homes h on h.person_number = coalesce(w.insured_person, w.person_number))
  select k.id, k.person_number, k.office_code, k.insurer, coalesce(k.insured_person, k.person_number), k.insured_person is not null, k.category, k.multiple,
         k.portion, k.institution, k.care, k.days, k.total_cost, k.insured, k.high_cost, k.subsidy, k.funded, k.high_cost_category, k.high_cost_multiple
    from keyed k
   where person is null or k.portion in (select x.portion from keyed x where x.person_number = person or x.insured_person = person)
$$;

-- The bills of a run, of households whose shares could be above the lowest limit: gathered from the ledger once, so that each
-- portion reads its own alone and nothing moves while the search goes on.
create or replace function high_cost.gather_bills(r high_cost.search_run, of_lowest bigint) returns void
language plpgsql set search_path = '' as $$
begin
  if (of_lowest >= 0) is not true then raise exception 'no limit' using errcode = '22023'; end if;
  insert into high_cost.search_bill (run_id, portion, benefit_id, person_number, office_code, insurer_number, household, insured_known, category, multiple,
    institution, care, days, total_cost, insured, high_cost, subsidy, other_funds, receipt_category, receipt_multiple)
  select r.id, b.portion, b.benefit_id, b.person_number, b.office_code, b.insurer_number, b.household, b.insured_known, b.category, b.multiple,
         b.institution, b.care, b.days, b.total_cost, b.insured, b.high_cost, b.subsidy, b.other_funds, b.receipt_category, b.receipt_multiple
    from (select p.*, sum(p.total_cost - p.insured) over (partition by p.portion) as share
            from high_cost.paid_bills(r.program, r.treatment_month, r.only_person) p) b
   where b.share > of_lowest;
  update high_cost.search_run set lowest = of_lowest where id = r.id;
end
$$;

-- Bills of the next households, in the order of their key; with how many of the eleven months before had 高額療養費 (多数該当).
create or replace function high_cost.next_bills(of_run uuid, lowest bigint, many integer)
returns table (portion text, household text, person_number text, office_code text, insurer_number text, insured_known boolean, category text, multiple boolean,
  benefit_id bigint, institution text, care text, days integer, total_cost bigint, insured bigint, high_cost bigint, subsidy bigint, other_funds boolean,
  receipt_category text, receipt_multiple boolean, months_before integer, refunds integer)
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run := high_cost.searching(of_run); since text := to_char((r.treatment_month || '-01')::date - interval '11 months', 'YYYY-MM');
begin
  if r.lowest is null then perform high_cost.gather_bills(r, next_bills.lowest); end if;
  return query
    with chosen as materialized (
      select distinct b.portion from high_cost.search_bill b where b.run_id = r.id and b.portion > r.cursor order by b.portion limit many),
    bills as materialized (
      select b.* from chosen c join high_cost.search_bill b on b.run_id = r.id and b.portion = c.portion),
    houses as materialized (
      select b.household, b.insurer_number, array_agg(distinct b.person_number) as people from bills b group by 1, 2),
    counted as materialized (
      select h.household, h.insurer_number, (
        select count(distinct x.m)::integer from (
          select e.treatment_month from high_cost.entry e
           where e.program = r.program and e.insurer_number = h.insurer_number and e.household = h.household
             and e.treatment_month >= since and e.treatment_month < r.treatment_month and e.amount > 0 and e.state not in ('gone', 'dropped', 'refused')
          union all
          select p.treatment_month from receipts.benefit p
           where p.person_number = any(h.people) and p.treatment_month >= since and p.treatment_month < r.treatment_month and p.program = r.program
             and p.insurer_number = h.insurer_number
           group by p.treatment_month having sum(p.high_cost) > 0) x(m)) as months,
        -- 償還払い of the month: what was refunded is without 高額療養費 already, and is told beside it.
        (select count(*)::integer from claims.benefit f where f.person_number = any(h.people) and f.program = r.program and f.month = r.treatment_month
            and f.cancelled_at is null) as refunds
        from houses h)
    select b.portion, b.household, b.person_number, b.office_code, b.insurer_number, b.insured_known, b.category, b.multiple, b.benefit_id, b.institution, b.care,
           b.days, b.total_cost, b.insured, b.high_cost, b.subsidy, b.other_funds, b.receipt_category, b.receipt_multiple, n.months, n.refunds
      from bills b join counted n on n.household = b.household and n.insurer_number = b.insurer_number
     order by b.portion, b.benefit_id;
end
$$;

-- Whose month has something that no rule calculates, where the shares of those who live together, all of them added up whoever
-- their insurer is, could be above the lowest limit. Of one person: of those whose bills may be added up with theirs.
create or replace function high_cost.unreckoned(of_program text, of_month text, lowest bigint, person text)
returns table (person_number text, office_code text, reasons text[], benefit_ids bigint[], refund_cases uuid[], refunds integer,
  funded_share bigint, refunded_share bigint, home_share bigint)
language sql stable set search_path = '' as $$
  with among as materialized (select a.person_number from high_cost.people_with(of_program, person) a),
  bills as materialized (
    select b.person_number, b.benefit_id, null::uuid as case_id, b.total_cost - b.insured as share, b.other_funds, b.household
      from high_cost.paid_bills(of_program, of_month, null) b where person is null
    union all
    select o.person_number, n.id, null, n.share, o.other_funds <> '{}' or n.other_public > 0, o.person_number
      from (select coalesce(b.origin_id, b.id) as id, sum(b.total_cost - b.insured)::bigint as share, sum(b.other_public) as other_public
              from among a join receipts.benefit b on b.person_number = a.person_number and b.program = of_program and b.treatment_month = of_month
             where person is not null group by 1 having sum(b.total_cost) > 0) n join receipts.benefit o on o.id = n.id
    union all
    select f.person_number, null, f.case_id, ((b.cost * (10 - b.insurance_tenths) + 5) / 10)::bigint, false, f.person_number
      from claims.benefit f join claims.bill b on b.case_id = f.case_id and b.revision = f.entry_revision and b.number = f.number
     where f.program = of_program and f.month = of_month and f.cancelled_at is null
       and (person is null or f.person_number in (select a.person_number from among a))),
  insured as materialized (
    select distinct on (y.person_number) y.person_number, y.insured_person from high_cost.insurance y
     where y.program = of_program and y.from_month <= of_month and (y.to_month is null or y.to_month >= of_month) and y.insured_person is not null
     order by y.person_number, y.id desc),
  whose as materialized (select p.person_number, coalesce(i.insured_person, p.person_number) as household
                           from (select distinct b.person_number from bills b) p left join insured i using (person_number)),
  homes as materialized (select h.* from vault.homes_of(array(select distinct w.household from whose w)) h),
  people as (
    select b.person_number, coalesce(h.household_number, w.household) as home, sum(b.share)::bigint as share,
           array_agg(b.benefit_id order by b.benefit_id) filter (where b.other_funds) as funded,
           coalesce(sum(b.share) filter (where b.other_funds), 0)::bigint as funded_share,
           array_agg(distinct b.case_id) filter (where b.case_id is not null) as cases,
           count(b.case_id)::integer as refunds, coalesce(sum(b.share) filter (where b.case_id is not null), 0)::bigint as refunded_share
      from bills b join whose w using (person_number) left join homes h on h.person_number = w.household group by 1, 2)
  select x.person_number, vault.office_of(x.person_number),
         array_remove(array[case when x.funded is not null then 'other-funds' end, case when x.cases is not null then 'refund' end], null),
         coalesce(x.funded, '{}'), coalesce(x.cases, '{}'), x.refunds, x.funded_share, x.refunded_share, x.at_home
    from (select p.*, sum(p.share) over (partition by p.home)::bigint as at_home from people p) x
   where (x.funded is not null or x.cases is not null) and x.at_home > lowest
$$;

-- What of a run is left to be looked at by hand, a page of it, and how many people it is; for the preview.
create or replace function high_cost.left_out(of_run uuid, skip integer, many integer)
returns table (person_number text, reasons text[], funded_share bigint, refunded_share bigint, home_share bigint, state text, outcome text, total integer)
language plpgsql stable security definer set search_path = '' as $$
declare r high_cost.search_run;
begin
  select x.* into r from high_cost.search_run x where x.id = of_run;
  if (r.id is not null and access.has_right('high-cost.read', r.program)) is not true then
    raise exception 'no right to read this' using errcode = '42501';
  end if;
  if r.lowest is null then return; end if;
  return query
    select u.person_number, u.reasons, u.funded_share, u.refunded_share, u.home_share,
           case when h.id is not null and high_cost.is_same(h, u.benefit_ids, u.refund_cases, u.refunds, u.home_share) then h.state else 'new' end, h.outcome, (count(*) over ())::integer
      from high_cost.unreckoned(r.program, r.treatment_month, r.lowest, r.only_person) u
      left join high_cost.by_hand h on h.program = r.program and h.treatment_month = r.treatment_month and h.person_number = u.person_number
     where exists (select from access.scopes('high-cost.read') s
                    where (s.program is null or s.program = r.program) and (s.office is null or s.office = u.office_code))
     order by u.person_number offset skip limit many;
end
$$;

-- Whether what stands to be looked at is what is left out now.
create or replace function high_cost.is_same(h high_cost.by_hand, ids bigint[], cases uuid[], how_many integer, of_home bigint) returns boolean
language sql immutable set search_path = '' as $$
  select h.state <> 'gone' and h.benefit_ids = ids and h.refund_cases = cases and h.refunds = how_many and h.home_share = of_home
$$;

-- Brings what is to be looked at by hand to what a run leaves out, as it is taken over: what is new or different is open again, and what is
-- left out no more is gone.
create or replace function high_cost.take_over_left(r high_cost.search_run) returns integer
language plpgsql set search_path = '' as $$
declare many integer; now timestamptz := cases.moment(); among text[];
begin
  if r.lowest is null then return 0; end if;
  if r.only_person is not null then among := array(select a.person_number from high_cost.people_with(r.program, r.only_person) a); end if;
  with found as materialized (select u.* from high_cost.unreckoned(r.program, r.treatment_month, r.lowest, r.only_person) u),
  lost as (
    update high_cost.by_hand h set state = 'gone', state_since = now, revision = h.revision + 1
     where h.program = r.program and h.treatment_month = r.treatment_month and h.state <> 'gone' and (among is null or h.person_number = any(among))
       and not exists (select from found f where f.person_number = h.person_number)),
  kept as (
    insert into high_cost.by_hand as h (program, treatment_month, person_number, office_code, reasons, benefit_ids, refund_cases, refunds, funded_share, refunded_share,
      home_share, state, state_since, lapses_on)
    select r.program, r.treatment_month, f.person_number, f.office_code, f.reasons, f.benefit_ids, f.refund_cases, f.refunds, f.funded_share, f.refunded_share,
           f.home_share, 'open', now, high_cost.lapses_on(r.treatment_month) from found f
    on conflict (program, treatment_month, person_number) do update set office_code = excluded.office_code, reasons = excluded.reasons,
      benefit_ids = excluded.benefit_ids, refund_cases = excluded.refund_cases, refunds = excluded.refunds, funded_share = excluded.funded_share,
      refunded_share = excluded.refunded_share, home_share = excluded.home_share, state = 'open', state_since = now, revision = h.revision + 1
     where not high_cost.is_same(h, excluded.benefit_ids, excluded.refund_cases, excluded.refunds, excluded.home_share)
    returning 1)
  select count(*)::integer into many from kept;
  return many;
end
$$;

-- Somebody looked at it by hand and says how it came out; or opens it again.
create or replace function high_cost.settle_by_hand(of_id uuid, seen integer, how text) returns void
language plpgsql security definer set search_path = '' as $$
declare h high_cost.by_hand; who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into h from high_cost.by_hand x where x.id = of_id for update;
  if not found or not access.has_right('high-cost.prepare', h.program, h.office_code) then raise exception 'no such row' using errcode = '42501'; end if;
  if h.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if (case when how is null then h.state = 'settled' else h.state = 'open' end) is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  update high_cost.by_hand x set state = case when how is null then 'open' else 'settled' end, outcome = how, settled_by = case when how is not null then who end,
         state_since = cases.moment(), revision = seen + 1 where x.id = h.id;
  perform audit.write('change', 'high-cost.by-hand-' || case when how is null then 'reopened' else 'settled' end, array[h.person_number], array['high-cost'],
    jsonb_build_object('month', h.treatment_month, 'outcome', how));
end
$$;

revoke execute on all functions in schema high_cost from public;
grant execute on function high_cost.next_bills, high_cost.left_out, high_cost.settle_by_hand to madoguchi_app;
