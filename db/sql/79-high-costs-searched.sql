-- The search of a month for 高額療養費 that belongs to the city. The database finds whose receipts could be above a limit, household
-- by household (79-high-costs-gathered.sql); the rule calculates (workflows/high-cost/found.ts); the database holds what it says to what the city paid.

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
declare r high_cost.search_run := high_cost.searching(of_run); so_far integer; taken integer;
begin
  if (after_portion > r.cursor and how_many > 0 and r.lowest is not null) is not true then raise exception 'not onwards' using errcode = '22023'; end if;
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
  -- One receipt is of one household alone, and of those that were looked at just now.
  update high_cost.search_bill b set line = x.number
    from (select l.number, unnest(l.benefit_ids) as id from high_cost.search_line l where l.run_id = r.id and l.number > so_far) x
   where b.run_id = r.id and b.portion > r.cursor and b.portion <= after_portion and b.benefit_id = x.id and b.line is null;
  get diagnostics taken = row_count;
  if taken is distinct from (select coalesce(sum(cardinality(l.benefit_ids)), 0)::integer from high_cost.search_line l where l.run_id = r.id and l.number > so_far)
     or exists (
       with counted as materialized (
         select b.line, sum(b.subsidy) as paid, sum(greatest(0, b.total_cost - b.insured - b.subsidy)) as borne, array_agg(distinct b.person_number) as people,
                array_agg(distinct b.household) as households, array_agg(distinct b.insurer_number) as insurers
           from high_cost.search_bill b where b.run_id = r.id and b.portion > r.cursor and b.portion <= after_portion and b.line > so_far group by b.line)
       select from counted b
         right join high_cost.search_line l on l.number = b.line
        where l.run_id = r.id and l.number > so_far
          -- Of these people, this household and this insurer; no more for the city than it paid by them, nor for the people than they bore.
          and (l.of_city <= b.paid and l.of_person <= b.borne and b.people @> l.persons and b.people <@ l.persons and l.person_number = any(l.persons)
               and b.households = array[l.household] and b.insurers = array[l.insurer_number]
               and l.missing <@ array['insurer', 'category', 'household', 'limit'] and (l.category is null or high_cost.is_category(l.category))
               and (l.insurer_number <> '' or 'insurer' = any(l.missing)) and jsonb_typeof(l.steps) = 'array' and pg_column_size(l.steps) < 8000) is not true) then
    raise exception 'more than the city paid' using errcode = '42501';
  end if;
  update high_cost.search_run set cursor = after_portion, households = households + how_many, problem = null where id = r.id;
end
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
  delete from high_cost.search_bill b where b.run_id = r.id;
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

-- Whether a receipt of these is with an insurer already, or was paid, under another household or insurer: it is claimed once.
create or replace function high_cost.is_elsewhere(of_program text, of_month text, of_entry uuid, ids bigint[]) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from high_cost.entry x
    where x.program = of_program and x.treatment_month = of_month and x.id is distinct from of_entry and x.benefit_ids && ids
      and not high_cost.unclaimed(x.state) and x.state not in ('refused', 'dropped'))
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

-- Takes over what a search found, once, while the ledger still holds it. What is claimed already is only marked. Its plans, those of its
-- foreign keys too, are kept for all its lines: made while there are no entries yet they would read every entry for each of them.
create or replace function high_cost.apply_search(of_run uuid, seen integer) returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
declare r high_cost.search_run; l high_cost.search_line; e high_cost.entry; who integer := access.staff_id(); finders integer[]; many integer := 0; elsewhere integer[];
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
  -- The ledger holds less by now than it did: asked of all lines at once, as the next is.
  if exists (
    select from (select x.number, x.of_city, unnest(x.benefit_ids) as id from high_cost.search_line x where x.run_id = r.id and x.change not in ('same', 'gone')) x
      left join lateral (select sum(b.subsidy) as paid from receipts.benefit b where b.id = x.id or b.origin_id = x.id) b on true
     group by x.number, x.of_city having x.of_city > coalesce(sum(b.paid), 0)) then
    raise exception 'search again' using errcode = 'MD014';
  end if;
  -- A receipt that is with an insurer already, or was paid, under another household or insurer: it is claimed once. Nothing below moves these.
  elsewhere := array(
    select distinct x.number from (select y.number, y.entry_id, unnest(y.benefit_ids) as id from high_cost.search_line y where y.run_id = r.id and y.change in ('new', 'changed')) x
      join (select y.id as entry_id, unnest(y.benefit_ids) as id from high_cost.entry y where y.program = r.program and y.treatment_month = r.treatment_month
              and not high_cost.unclaimed(y.state) and y.state not in ('refused', 'dropped')) c on c.id = x.id and c.entry_id is distinct from x.entry_id);
  -- What is gone gives its receipts back before another household takes them.
  for l in select x.* from high_cost.search_line x where x.run_id = r.id and x.change <> 'same' order by x.change <> 'gone', x.number loop
    select x.* into e from high_cost.entry x where x.program = r.program and x.treatment_month = r.treatment_month
       and x.household = l.household and x.insurer_number = l.insurer_number for update;
    -- What it was compared with has moved: the preview does not hold any more.
    if e.id is distinct from l.entry_id
       or l.change in ('changed', 'gone') and not high_cost.unclaimed(e.state) or l.change = 'late' and high_cost.unclaimed(e.state) then
      raise exception 'search again' using errcode = 'MD014';
    end if;
    -- It is for people to look at, and claimed by nobody, as long as the other one stands.
    if l.number = any(elsewhere) then
      l.missing := array_append(l.missing, 'elsewhere');
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
  many := many + high_cost.take_over_left(r);
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
  delete from high_cost.search_bill b where b.run_id = r.id;
  update high_cost.search_run set state = 'cancelled', revision = seen + 1 where id = r.id;
  perform audit.write('event', 'high-cost-search.cancelled', null, null, jsonb_build_object('month', r.treatment_month, 'number', r.serial));
end
$$;

revoke execute on all functions in schema high_cost from public;
grant execute on function high_cost.begin_search, high_cost.keep_found, high_cost.finish_search, high_cost.note_problem, high_cost.apply_search,
  high_cost.cancel_search to madoguchi_app;
