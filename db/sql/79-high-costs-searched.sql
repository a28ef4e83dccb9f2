-- The search of a month for 高額療養費 that belongs to the city. The database finds whose receipts could be above a limit, household
-- by household; the rule calculates (workflows/high-cost/found.ts); the database holds what it says to what the city paid.

-- A search of a 事務 and a month, or of one person in it after something became known of them.
create or replace function high_cost.begin_search(of_program text, of_month text, person text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if (case when person is null then access.covers('high-cost.prepare', of_program, null)
           else access.has_right('high-cost.prepare', of_program, vault.office_of(person)) end) is not true then
    raise exception 'no right to search' using errcode = '42501';
  end if;
  if (of_month < to_char(access.business_date(), 'YYYY-MM')) is not true then raise exception 'not a month that is over' using errcode = '22023'; end if;
  insert into high_cost.search_run (program, treatment_month, only_person, prepared_by) values (of_program, of_month, person, access.staff_id()) returning id into made;
  perform audit.write('event', 'high-cost-search.begun', case when person is not null then array[person] end, array['high-cost'], jsonb_build_object('month', of_month));
  return made;
end
$$;

-- A search that is under way, held; by whoever began it, or by the job.
create or replace function high_cost.searching(of_run uuid) returns high_cost.search_run
language plpgsql set search_path = '' as $$
declare r high_cost.search_run;
begin
  select x.* into r from high_cost.search_run x where x.id = of_run for update;
  if (r.state = 'searching' and (access.has_right('system.run') or r.prepared_by = access.staff_id() and access.has_right('high-cost.prepare', r.program))) is not true then
    raise exception 'no search of this person is under way' using errcode = '42501';
  end if;
  return r;
end
$$;

-- What the city paid by receipts for a month, net of all that changed it. For one person: of everybody who may belong to the
-- same insured person.
create or replace function high_cost.paid_bills(of_program text, of_month text, person text)
returns table (benefit_id bigint, person_number text, office_code text, insurer_number text, household text, insured_known boolean, category text, multiple boolean,
  portion text, institution text, care text, days integer, total_cost bigint, insured bigint, high_cost bigint, subsidy bigint, other_funds boolean,
  receipt_category text, receipt_multiple boolean)
language sql stable set search_path = '' as $$
  with nets as materialized (
    select coalesce(b.origin_id, b.id) as id, sum(b.total_cost)::bigint as total_cost, sum(b.insured)::bigint as insured, sum(b.high_cost)::bigint as high_cost,
           sum(b.subsidy)::bigint as subsidy, sum(b.other_public)::bigint as other_public
      from receipts.benefit b where b.program = of_program and b.treatment_month = of_month group by 1 having sum(b.total_cost) > 0),
  paid as materialized (
    select n.*, o.person_number, o.office_code, o.institution,
           -- Of a receipt that names no insurer, the one that was told of its person.
           coalesce(o.insurer_number, (select y.insurer_number from high_cost.insurance y where y.program = of_program and y.person_number = o.person_number
             and y.from_month <= of_month and (y.to_month is null or y.to_month >= of_month) order by y.id desc limit 1), '') as insurer_number, o.care, o.days,
           o.other_funds <> '{}' or n.other_public > 0 as funded, r.high_cost_category, r.high_cost_multiple
      from nets n join receipts.benefit o on o.id = n.id join receipts.receipt r on r.file_id = o.file_id and r.row = o.row),
  told as materialized (
    select p.person_number, p.insurer_number, i.category, i.multiple, i.insured_person
      from (select distinct x.person_number, x.insurer_number from paid x) p
      cross join lateral (
        select (select y.category from high_cost.insurance y where y.program = of_program and y.person_number = p.person_number and y.insurer_number = p.insurer_number
                   and y.from_month <= of_month and (y.to_month is null or y.to_month >= of_month) and y.category is not null order by y.id desc limit 1) as category,
               coalesce((select y.multiple from high_cost.insurance y where y.program = of_program and y.person_number = p.person_number and y.insurer_number = p.insurer_number
                   and y.from_month <= of_month and (y.to_month is null or y.to_month >= of_month) order by y.id desc limit 1), false) as multiple,
               (select y.insured_person from high_cost.insurance y where y.program = of_program and y.person_number = p.person_number and y.insurer_number = p.insurer_number
                   and y.from_month <= of_month and (y.to_month is null or y.to_month >= of_month) and y.insured_person is not null order by y.id desc limit 1) as insured_person) i),
  homes as materialized (
    select h.* from vault.homes_of(array(select t.person_number from told t union select t.insured_person from told t where t.insured_person is not null)) h),
  keyed as (
    select p.*, t.category, t.multiple, t.insured_person, md5(coalesce(h.household_number, p.person_number) || ' ' || p.insurer_number) as portion
      from paid p join told t using (person_number, insurer_number)
      left join homes h on h.person_number = coalesce(t.insured_person, p.person_number))
  select k.id, k.person_number, k.office_code, k.insurer_number, coalesce(k.insured_person, k.person_number), k.insured_person is not null, k.category, k.multiple,
         k.portion, k.institution, k.care, k.days, k.total_cost, k.insured, k.high_cost, k.subsidy, k.funded, k.high_cost_category, k.high_cost_multiple
    from keyed k
   where person is null or k.portion in (select x.portion from keyed x where x.person_number = person or x.insured_person = person)
$$;

-- Bills of the next households whose shares could be above the lowest limit, in the order of their key; with how many of the
-- eleven months before had 高額療養費 (多数該当).
create or replace function high_cost.next_bills(of_run uuid, lowest bigint, many integer)
returns table (portion text, household text, person_number text, office_code text, insurer_number text, insured_known boolean, category text, multiple boolean,
  benefit_id bigint, institution text, care text, days integer, total_cost bigint, insured bigint, high_cost bigint, subsidy bigint, other_funds boolean,
  receipt_category text, receipt_multiple boolean, months_before integer, refunds integer)
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run := high_cost.searching(of_run); since text := to_char((r.treatment_month || '-01')::date - interval '11 months', 'YYYY-MM');
begin
  return query
    with bills as materialized (select b.* from high_cost.paid_bills(r.program, r.treatment_month, r.only_person) b),
    chosen as (
      select b.portion from bills b where b.portion > r.cursor group by b.portion having sum(b.total_cost - b.insured) > lowest order by b.portion limit many),
    houses as materialized (
      select b.household, b.insurer_number, array_agg(distinct b.person_number) as people from bills b join chosen c on c.portion = b.portion group by 1, 2),
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
      from bills b join chosen c on c.portion = b.portion join counted n on n.household = b.household and n.insurer_number = b.insurer_number
     order by b.portion, b.benefit_id;
end
$$;

-- What the city paid in sum by some rows of the ledger, net.
create or replace function high_cost.paid_by(ids bigint[]) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(b.subsidy), 0)::bigint from receipts.benefit b where b.id = any(ids) or b.origin_id = any(ids)
$$;

-- Whether an entry may still be changed by what is found: nothing of it is on its way, answered or decided.
create or replace function high_cost.unclaimed(of_state text) returns boolean
language sql immutable set search_path = '' as $$ select of_state in ('query', 'mandate-wanted', 'mandate-asked', 'claimable', 'gone') $$;

-- Keeps what the rule found for some households, and goes on behind them. Never more for the city than it paid by the receipts
-- that are named, of those people, in that month.
create or replace function high_cost.keep_found(of_run uuid, after_portion text, how_many integer, lines jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run := high_cost.searching(of_run); so_far integer;
begin
  if (after_portion > r.cursor and how_many > 0) is not true then raise exception 'not onwards' using errcode = '22023'; end if;
  select coalesce(max(x.number), 0) into so_far from high_cost.search_line x where x.run_id = r.id;
  with said as materialized (
    select x.*, row_number() over (order by x."household", x."insurerNumber") as n from jsonb_to_recordset(lines) x(
      "household" text, "insurerNumber" text, "insurerGroup" text, "personNumber" text, "persons" text[], "category" text, "multiple" boolean, "amount" bigint,
      "inKind" bigint, "ofCity" bigint, "ofPerson" bigint, "needsMandate" boolean, "missing" text[], "steps" jsonb, "basis" text[], "benefitIds" bigint[]))
  insert into high_cost.search_line (run_id, number, household, insurer_number, insurer_group, person_number, persons, office_code, category, multiple, amount, in_kind,
    of_city, of_person, needs_mandate, missing, steps, basis, benefit_ids, change, entry_id, of_city_before)
  select r.id, so_far + s.n, s."household", s."insurerNumber", s."insurerGroup", s."personNumber", s."persons", vault.office_of(s."personNumber"), s."category",
    s."multiple", s."amount", s."inKind", s."ofCity", s."ofPerson", s."needsMandate", s."missing", s."steps", s."basis", s."benefitIds",
    high_cost.change_of(e, s."amount", s."inKind", s."ofCity", s."ofPerson", s."category", s."multiple", s."needsMandate", s."missing", s."benefitIds"), e.id, e.of_city
    from said s left join high_cost.entry e
      on e.program = r.program and e.treatment_month = r.treatment_month and e.household = s."household" and e.insurer_number = s."insurerNumber";
  if exists (select from high_cost.search_line x where x.run_id = r.id and x.number > so_far and high_cost.is_sound(x, r) is not true) then
    raise exception 'more than the city paid' using errcode = '42501';
  end if;
  update high_cost.search_run set cursor = after_portion, households = households + how_many, problem = null where id = r.id;
end
$$;

-- What people bore themselves by some rows of the ledger, receipt by receipt: nobody can be owed more of it.
create or replace function high_cost.borne_by(ids bigint[]) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(greatest(0, n.borne)), 0)::bigint from (
    select sum(b.total_cost - b.insured - b.subsidy) as borne from receipts.benefit b where b.id = any(ids) or b.origin_id = any(ids)
     group by coalesce(b.origin_id, b.id)) n
$$;

-- Of rows of the ledger of this 事務 and month, this insurer and exactly these people; no more for the city than it paid by them, nor for
-- the people than they bore. It is of one of them, or of the insured person that was told of one of them: to whom money may go.
create or replace function high_cost.is_sound(l high_cost.search_line, r high_cost.search_run) returns boolean
language sql stable set search_path = '' as $$
  select l.person_number = any(l.persons) and l.of_city <= high_cost.paid_by(l.benefit_ids) and l.of_person <= high_cost.borne_by(l.benefit_ids)
     and (l.household = any(l.persons) or exists (select from high_cost.insurance y where y.program = r.program and y.person_number = any(l.persons)
            and y.insurer_number = l.insurer_number and y.insured_person = l.household))
     and l.missing <@ array['insurer', 'category', 'household', 'limit'] and (l.category is null or high_cost.is_category(l.category))
     and (l.insurer_number <> '' or 'insurer' = any(l.missing)) and jsonb_typeof(l.steps) = 'array' and pg_column_size(l.steps) < 8000
     and (select count(*) = cardinality(l.benefit_ids) and count(*) > 0 and array_agg(b.person_number::text) @> l.persons
                 and bool_and(b.kind = 'original' and b.program = r.program and b.treatment_month = r.treatment_month
                              and b.person_number = any(l.persons)
                              and (b.insurer_number = l.insurer_number or b.insurer_number is null and (l.insurer_number = '' or exists (
                                select from high_cost.insurance y where y.program = r.program and y.person_number = b.person_number and y.insurer_number = l.insurer_number))))
            from receipts.benefit b where b.id = any(l.benefit_ids))
$$;

create or replace function high_cost.change_of(e high_cost.entry, amount bigint, in_kind bigint, of_city bigint, of_person bigint, category text, multiple boolean,
  needs_mandate boolean, missing text[], ids bigint[]) returns text
language sql immutable set search_path = '' as $$
  select case
    when e.id is null then 'new'
    when not high_cost.unclaimed(e.state) then case when e.of_city = change_of.of_city then 'same' else 'late' end
    when e.state = 'gone' or (e.amount, e.in_kind, e.of_city, e.of_person, e.multiple, e.needs_mandate)
           is distinct from (change_of.amount, change_of.in_kind, change_of.of_city, change_of.of_person, change_of.multiple, change_of.needs_mandate)
      or e.category is distinct from change_of.category or e.missing is distinct from change_of.missing or e.benefit_ids is distinct from ids then 'changed'
    else 'same' end
$$;

-- The search has looked at all: what stands and was not found is told, too.
create or replace function high_cost.finish_search(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run := high_cost.searching(of_run); so_far integer; among text[];
begin
  select coalesce(max(x.number), 0) into so_far from high_cost.search_line x where x.run_id = r.id;
  if r.only_person is not null then
    among := r.only_person || array(select distinct b.person_number from high_cost.paid_bills(r.program, r.treatment_month, r.only_person) b);
  end if;
  insert into high_cost.search_line (run_id, number, household, insurer_number, insurer_group, person_number, persons, office_code, category, multiple, amount, in_kind,
    of_city, of_person, needs_mandate, missing, steps, basis, benefit_ids, change, entry_id, of_city_before)
  select r.id, so_far + row_number() over (order by e.serial), e.household, e.insurer_number, e.insurer_group, e.person_number, e.persons, e.office_code, e.category,
    e.multiple, 0, 0, 0, 0, e.needs_mandate, '{}', '[]', '{}', e.benefit_ids, case when high_cost.unclaimed(e.state) then 'gone' else 'late' end, e.id, e.of_city
    from high_cost.entry e
   where e.program = r.program and e.treatment_month = r.treatment_month and e.state <> 'gone'
     and (r.only_person is null or e.persons && among)
     and not exists (select from high_cost.search_line x where x.run_id = r.id and x.household = e.household and x.insurer_number = e.insurer_number);
  update high_cost.search_run set state = 'found', revision = r.revision + 1, found_at = cases.moment(), problem = null where id = r.id;
  perform audit.write('select', 'high-cost-search.found', null, array['high-cost'], jsonb_build_object('month', r.treatment_month, 'number', r.serial));
end
$$;

create or replace function high_cost.note_problem(of_run uuid, what text) returns void
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run := high_cost.searching(of_run);
begin
  update high_cost.search_run set problem = left(what, 500) where id = r.id;
end
$$;

-- Takes over into an entry what a line of a search says.
create or replace function high_cost.take_over(e high_cost.entry, l high_cost.search_line, finders integer[]) returns high_cost.entry
language plpgsql set search_path = '' as $$
begin
  update high_cost.entry x set insurer_group = l.insurer_group, person_number = l.person_number, persons = l.persons, office_code = l.office_code, category = l.category,
         multiple = l.multiple, amount = l.amount, in_kind = l.in_kind, of_city = l.of_city, of_person = l.of_person, needs_mandate = l.needs_mandate, missing = l.missing,
         steps = l.steps, basis = l.basis, benefit_ids = l.benefit_ids, found_by = finders, late_of_city = null, revision = x.revision + 1
   where x.id = e.id returning * into e;
  perform high_cost.keep_event(e, 'change', e.state, null, null);
  return e;
end
$$;
-- What was found after it was claimed and answered, so that the rest can be claimed.
create or replace function high_cost.take_over_late(e high_cost.entry) returns void
language plpgsql set search_path = '' as $$
declare l high_cost.search_line; r high_cost.search_run;
begin
  select x.* into l from high_cost.search_line x join high_cost.search_run y on y.id = x.run_id
   where x.entry_id = e.id and x.change = 'late' and y.state = 'applied' order by y.applied_at desc limit 1;
  select y.* into r from high_cost.search_run y where y.id = l.run_id;
  if l.of_city is distinct from e.late_of_city or l.of_city > high_cost.paid_by(l.benefit_ids) then raise exception 'search again' using errcode = 'MD014'; end if;
  perform high_cost.sort(high_cost.take_over(e, l, array[r.prepared_by, r.applied_by]));
end
$$;

-- Takes over what a search found, once, while the ledger still holds it. What is claimed already is only marked.
create or replace function high_cost.apply_search(of_run uuid, seen integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run; l high_cost.search_line; e high_cost.entry; who integer := access.staff_id(); finders integer[]; many integer := 0;
begin
  select x.* into r from high_cost.search_run x where x.id = of_run for update;
  if (r.only_person is not null and access.has_right('high-cost.prepare', r.program, vault.office_of(r.only_person))
      or access.covers('high-cost.prepare', r.program, null)) is not true then
    raise exception 'no right to take over' using errcode = '42501';
  end if;
  if r.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if r.state <> 'found' then raise exception 'no such step' using errcode = 'MD011'; end if;
  perform pg_advisory_xact_lock(hashtextextended('high_cost ' || r.program, 0));
  finders := array[r.prepared_by, who];
  for l in select x.* from high_cost.search_line x where x.run_id = r.id and x.change <> 'same' order by x.number loop
    select x.* into e from high_cost.entry x where x.program = r.program and x.treatment_month = r.treatment_month
       and x.household = l.household and x.insurer_number = l.insurer_number for update;
    -- What it was compared with has moved: the preview does not hold any more.
    if e.id is distinct from l.entry_id or l.change <> 'gone' and l.of_city > high_cost.paid_by(l.benefit_ids)
       or l.change in ('changed', 'gone') and not high_cost.unclaimed(e.state) or l.change = 'late' and high_cost.unclaimed(e.state) then
      raise exception 'search again' using errcode = 'MD014';
    end if;
    if l.change = 'new' then
      insert into high_cost.entry (program, treatment_month, household, insurer_number, insurer_group, person_number, persons, office_code, category, multiple, amount,
        in_kind, of_city, of_person, needs_mandate, missing, steps, basis, benefit_ids, state, state_since, lapses_on, found_by)
      values (r.program, r.treatment_month, l.household, l.insurer_number, l.insurer_group, l.person_number, l.persons, l.office_code, l.category, l.multiple, l.amount,
        l.in_kind, l.of_city, l.of_person, l.needs_mandate, l.missing, l.steps, l.basis, l.benefit_ids, 'query', cases.moment(),
        high_cost.lapses_on(r.treatment_month), finders) returning * into e;
      perform high_cost.keep_event(e, 'find', '', null, null);
      perform high_cost.sort(e);
    elsif l.change = 'changed' then
      perform high_cost.sort(high_cost.take_over(e, l, finders));
    elsif l.change = 'gone' then
      if e.state <> 'gone' then perform high_cost.step(e, 'lose', 'gone', null, null); end if;
    else
      update high_cost.entry x set late_of_city = l.of_city, revision = x.revision + 1 where x.id = e.id returning * into e;
      perform high_cost.keep_event(e, 'late', e.state, null, null);
    end if;
    many := many + 1;
  end loop;
  -- What had been found to be different, and is the same again.
  update high_cost.entry x set late_of_city = null from high_cost.search_line y
   where y.run_id = r.id and y.change = 'same' and x.id = y.entry_id and x.late_of_city is not null;
  update high_cost.search_run set state = 'applied', revision = seen + 1, applied_by = who, applied_at = cases.moment() where id = r.id;
  perform audit.write('change', 'high-cost-search.applied', null, array['high-cost'], jsonb_build_object('month', r.treatment_month, 'number', r.serial, 'count', many));
  return many;
end
$$;
create or replace function high_cost.cancel_search(of_run uuid, seen integer) returns void
language plpgsql security definer set search_path = '' as $$
declare r high_cost.search_run;
begin
  select x.* into r from high_cost.search_run x where x.id = of_run for update;
  if not found or not access.has_right('high-cost.prepare', r.program) then raise exception 'no such search' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if r.state not in ('searching', 'found') then raise exception 'no such step' using errcode = 'MD011'; end if;
  update high_cost.search_run set state = 'cancelled', revision = seen + 1 where id = r.id;
  perform audit.write('event', 'high-cost-search.cancelled', null, null, jsonb_build_object('month', r.treatment_month, 'number', r.serial));
end
$$;

revoke execute on all functions in schema high_cost from public;
grant execute on function high_cost.begin_search, high_cost.next_bills, high_cost.keep_found, high_cost.finish_search, high_cost.note_problem, high_cost.apply_search,
  high_cost.cancel_search to madoguchi_app;
