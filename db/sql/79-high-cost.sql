-- 高額療養費 that belongs to the city: found from what it paid, claimed from the insurer by the insured person's 委任状, received, or
-- asked back of the person. Written by these functions alone; entries and claims move along workflows/high-cost (flows.way).

grant usage on schema high_cost to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['insurance', 'mandate', 'search_run', 'search_line', 'search_bill', 'by_hand', 'entry', 'entry_event', 'claim', 'claim_line', 'claim_event', 'money'] loop
    call cases.secure(('high_cost.' || quote_ident(t))::regclass);
    execute format('revoke all on high_cost.%I from madoguchi_app', t);
    execute format('grant select on high_cost.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on high_cost.%I', t);
  end loop;
  foreach t in array array['insurance', 'mandate', 'by_hand', 'entry'] loop
    execute format('create policy seen on high_cost.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''high-cost.read'') s
              where (s.program is null or s.program = %1$I.program) and (s.office is null or s.office = %1$I.office_code)))', t);
  end loop;
  -- Searches and claims are of a whole 事務; their lines are seen as far as their people are.
  foreach t in array array['search_run', 'claim'] loop
    execute format('create policy seen on high_cost.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''high-cost.read'') s where s.program is null or s.program = %1$I.program))', t);
  end loop;
end
$$;
create policy seen on high_cost.search_line for select to madoguchi_app
  using (exists (select from high_cost.search_run r join access.scopes('high-cost.read') s
                   on (s.program is null or s.program = r.program) and (s.office is null or s.office = search_line.office_code) where r.id = run_id));
-- What a search works on is read by its own functions alone.
revoke all on high_cost.search_bill from madoguchi_app;
create policy seen on high_cost.search_bill for select to madoguchi_app using (false);
create policy seen on high_cost.entry_event for select to madoguchi_app using (exists (select from high_cost.entry e where e.id = entry_id));
create policy seen on high_cost.claim_line for select to madoguchi_app using (exists (select from high_cost.entry e where e.id = entry_id));
create policy seen on high_cost.claim_event for select to madoguchi_app using (exists (select from high_cost.claim c where c.id = claim_id));
create policy seen on high_cost.money for select to madoguchi_app using (exists (select from high_cost.claim c where c.id = claim_id));

-- In which households people live, for functions of the owner alone: whose receipts may belong to one insured person.
create or replace function vault.homes_of(numbers text[]) returns table (person_number text, household_number text)
language sql stable security definer set search_path = '' as $$
  select p.person_number, p.household_number from vault.person p join unnest(numbers) n on n = p.person_number
$$;
alter function vault.homes_of owner to madoguchi_vault;
revoke execute on function vault.homes_of from public;
grant execute on function vault.homes_of to madoguchi_owner;

-- Classes of workflows/medical/high-cost.ts; a test holds both together.
create or replace function high_cost.is_category(of_category text) returns boolean
language sql immutable set search_path = '' as $$
  select of_category in ('ア', 'イ', 'ウ', 'エ', 'オ', '70-現役並みⅢ', '70-現役並みⅡ', '70-現役並みⅠ', '70-一般', '70-一般外来', '70-低所得Ⅱ', '70-低所得Ⅰ', '70-低所得外来')
$$;
-- The last day on which an insurer may be asked: two years from the first of the month after (健康保険法第193条, 国民健康保険法
-- 第110条); workflows/high-cost/lapse.ts says the same.
create or replace function high_cost.lapses_on(of_month text) returns date
language sql immutable set search_path = '' as $$ select ((of_month || '-01')::date + interval '2 years 1 month - 1 day')::date $$;

-- What an insurer told of somebody, entered with its evidence; a later one stands in the place of an earlier one.
create or replace function high_cost.enter_insurance(of_program text, number text, insurer text, first_month text, last_month text, of_category text,
  is_multiple boolean, insured text, proof text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; office text := vault.office_of(number);
begin
  if (office is not null and access.has_right('high-cost.prepare', of_program, office)) is not true then
    raise exception 'no right to enter this' using errcode = '42501';
  end if;
  if (insurer ~ '^([0-9]{6}|[0-9]{8})$' and (of_category is null or high_cost.is_category(of_category))
      and (insured is null or vault.office_of(insured) is not null)) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  insert into high_cost.insurance (program, person_number, office_code, insurer_number, from_month, to_month, category, multiple, insured_person, evidence, entered_by)
  values (of_program, number, office, insurer, first_month, last_month, of_category, coalesce(is_multiple, false), insured, proof, access.staff_id()) returning id into made;
  perform audit.write('change', 'high-cost.insurance-entered', array[number], array['insurance'], jsonb_build_object('evidence', proof));
  return made;
end
$$;

-- Whether a 委任状 in one of some states covers what is claimed: of a recipient or of the insured person, for the month.
create or replace function high_cost.has_mandate(e high_cost.entry, any_of text[]) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from high_cost.mandate m
    where m.program = e.program and m.person_number = any(e.persons || e.household) and m.insurer_number = e.insurer_number and m.state = any(any_of)
      and m.from_month <= e.treatment_month and (m.to_month is null or m.to_month >= e.treatment_month))
$$;

create or replace function high_cost.keep_event(e high_cost.entry, what text, from_state text, why text, of_claim uuid) returns void
language sql set search_path = '' as $$
  insert into high_cost.entry_event (entry_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", amount, reason, claim_id)
  select e.id, e.revision, what, from_state, e.state, s.id, s.display_name, cases.moment(), access.business_date(), e.of_city, why, of_claim
    from access.staff s where s.id = (select access.staff_id())
$$;

-- Whether each of the checks of a way of an entry holds: see workflows/high-cost/entry-machine.ts.
create or replace function high_cost.holds(e high_cost.entry, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; who integer := access.staff_id(); mandated boolean := not e.needs_mandate or high_cost.has_mandate(e, array['received']);
begin
  foreach one in array checks loop
    ok := case one
      when 'known' then e.missing = '{}'
      when 'unknown' then e.missing <> '{}'
      when 'mandated' then mandated
      when 'notMandated' then not mandated
      when 'dropAsked' then e.drop_asked_by is not null
      when 'dropNotAsked' then e.drop_asked_by is null
      when 'notAsker' then e.drop_asked_by <> who
      when 'notAnswerer' then e.answered_by is distinct from who
      -- Whoever found it, or told whose insurance it is, said to whom the money goes.
      when 'notFinder' then who <> all(e.found_by) and not exists (select from high_cost.insurance i
        where i.program = e.program and i.person_number = any(e.persons) and i.insurer_number = e.insurer_number and i.entered_by = who)
      when 'moreFound' then e.late_of_city > e.granted
      when 'restUnpaid' then e.payable_id is null and least(e.of_person, e.granted - e.of_city) > 0
      when 'answerFresh' then exists (
        select from high_cost.claim_line l join high_cost.claim c on c.id = l.claim_id
         where l.entry_id = e.id and l.result is not null and not l.released and c.state = 'sent'
           and c.id = (select v.claim_id from high_cost.entry_event v where v.entry_id = e.id and v.revision = e.revision
                          and v.event in ('payFull', 'payDiffering', 'refuse', 'payPerson', 'sendBack')))
      when 'repaymentRefused' then exists (select from repayments.repayment r where r.id = e.repayment_id and r.state = 'refused')
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

-- One way of an entry: right in its 事務 and office, what has to hold, the record of it. Returns it as it stands then.
create or replace function high_cost.step(e high_cost.entry, event_type text, target text, why text, of_claim uuid) returns high_cost.entry
language plpgsql set search_path = '' as $$
declare w flows.way; before text := e.state;
begin
  w := flows.take('high-cost-entry', 1, e.state, event_type, target, e.program, why is not null);
  if not exists (select from unnest(w.rights) t where access.has_right(t, e.program, e.office_code)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if not high_cost.holds(e, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  update high_cost.entry x set state = target, revision = e.revision + 1, state_since = case when target = before then x.state_since else cases.moment() end,
         -- What was asked of it, in the state before, is over with that state.
         drop_asked_by = case when target = before or event_type = 'drop' then x.drop_asked_by end,
         drop_reason = case when target = before or event_type = 'drop' then x.drop_reason end
   where x.id = e.id returning * into e;
  perform high_cost.keep_event(e, event_type, before, why, of_claim);
  return e;
end
$$;

-- Where something that is not claimed yet belongs, now that more or less is known.
create or replace function high_cost.sort(e high_cost.entry) returns high_cost.entry
language plpgsql set search_path = '' as $$
declare next text; known boolean := e.missing = '{}'; mandated boolean := not e.needs_mandate or high_cost.has_mandate(e, array['received']);
  asked boolean := high_cost.has_mandate(e, array['asked']);
begin
  loop
    next := case
      when e.state in ('mandate-wanted', 'mandate-asked', 'claimable', 'gone') and not known then 'query'
      when e.state in ('query', 'gone', 'mandate-wanted', 'mandate-asked') and known and mandated then 'ready'
      when e.state in ('query', 'gone', 'claimable') and known and not mandated then 'wantMandate'
      when e.state = 'mandate-wanted' and asked then 'awaitMandate'
      when e.state = 'mandate-asked' and not asked then 'wantMandate' end;
    exit when next is null;
    e := high_cost.step(e, next, case next when 'query' then 'query' when 'ready' then 'claimable' when 'wantMandate' then 'mandate-wanted' else 'mandate-asked' end, null, null);
  end loop;
  return e;
end
$$;

-- The entries that a 委任状 of somebody covers, sorted anew.
create or replace function high_cost.sort_of(m high_cost.mandate) returns void
language plpgsql set search_path = '' as $$
declare e high_cost.entry;
begin
  for e in select x.* from high_cost.entry x
            where x.program = m.program and x.insurer_number = m.insurer_number and m.person_number = any(x.persons || x.household)
              and x.treatment_month >= m.from_month and (m.to_month is null or x.treatment_month <= m.to_month)
              and x.state in ('query', 'mandate-wanted', 'mandate-asked', 'claimable') order by x.id for update loop
    perform high_cost.sort(e);
  end loop;
end
$$;

-- 委任状 of somebody for an insurer, from a month on: asked for on a day.
create or replace function high_cost.ask_mandate(of_program text, number text, insurer text, first_month text, last_month text, on_day date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare m high_cost.mandate; office text := vault.office_of(number);
begin
  if (office is not null and access.has_right('high-cost.prepare', of_program, office)) is not true then
    raise exception 'no right to ask' using errcode = '42501';
  end if;
  if (insurer ~ '^([0-9]{6}|[0-9]{8})$' and on_day <= access.business_date()) is not true then
    raise exception 'not to be asked so' using errcode = '22023';
  end if;
  insert into high_cost.mandate (program, person_number, office_code, insurer_number, from_month, to_month, asked_on, asked_by)
  values (of_program, number, office, insurer, first_month, last_month, on_day, access.staff_id()) returning * into m;
  perform high_cost.sort_of(m);
  perform audit.write('change', 'high-cost.mandate-asked', array[number], array['insurance'], jsonb_build_object('number', m.serial));
  return m.id;
end
$$;
-- Received on a day, revoked on one, or not asked for any more.
create or replace function high_cost.move_mandate(of_id uuid, seen integer, target text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare m high_cost.mandate; who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into m from high_cost.mandate x where x.id = of_id for update;
  if not found or not access.has_right('high-cost.prepare', m.program, m.office_code) then raise exception 'no such mandate' using errcode = '42501'; end if;
  if m.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if ((m.state, target) in (('asked', 'received'), ('asked', 'cancelled'), ('received', 'revoked'))) is not true then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  if (on_day between coalesce(m.received_on, m.asked_on) and access.business_date()) is not true then
    raise exception 'not on that day' using errcode = '22023';
  end if;
  if target = 'received' then
    update high_cost.mandate x set state = target, revision = seen + 1, received_on = on_day, received_by = who where x.id = m.id returning * into m;
  else
    update high_cost.mandate x set state = target, revision = seen + 1, ended_on = on_day, ended_by = who where x.id = m.id returning * into m;
  end if;
  perform high_cost.sort_of(m);
  perform audit.write('change', 'high-cost.mandate-' || target, array[m.person_number], array['insurance'], jsonb_build_object('number', m.serial));
end
$$;

-- An entry held until the transaction ends, as the page showed it.
create or replace function high_cost.held(of_id uuid, seen integer) returns high_cost.entry
language plpgsql set search_path = '' as $$
declare e high_cost.entry;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into e from high_cost.entry x where x.id = of_id for update;
  if not found or not access.has_right('high-cost.read', e.program, e.office_code) then raise exception 'no such entry' using errcode = '42501'; end if;
  if e.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return e;
end
$$;

-- What people decide of an entry, outside of a claim.
create or replace function high_cost.move_entry(of_id uuid, seen integer, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare e high_cost.entry := high_cost.held(of_id, seen); l high_cost.claim_line; had text := e.drop_reason;
begin
  if event_type not in ('accept', 'again', 'claimRest', 'passOn', 'tellPersonPaid', 'proposeAnew', 'undoAnswer', 'askDrop', 'drop', 'keep')
     or (why is not null) <> (event_type = 'askDrop') then
    raise exception 'not a step of its own' using errcode = '42501';
  end if;
  if event_type = 'undoAnswer' then
    select x.* into l from high_cost.claim_line x join high_cost.entry_event v on v.claim_id = x.claim_id
     where x.entry_id = e.id and v.entry_id = e.id and v.revision = e.revision for update of x;
  end if;
  e := high_cost.step(e, event_type, target, coalesce(why, case when event_type = 'drop' then had end), l.claim_id);
  if event_type = 'askDrop' then
    update high_cost.entry x set drop_asked_by = access.staff_id(), drop_reason = why where x.id = e.id;
  elsif event_type = 'keep' then
    update high_cost.entry x set drop_asked_by = null, drop_reason = null where x.id = e.id;
  elsif event_type = 'undoAnswer' then
    update high_cost.claim_line x set result = null, granted = null, reason = null, answered_on = null, answered_by = null
     where x.claim_id = l.claim_id and x.entry_id = e.id;
    update high_cost.entry x set granted = x.granted - coalesce(l.granted, 0) where x.id = e.id;
  elsif event_type = 'claimRest' then
    perform high_cost.take_over_late(e);
  elsif event_type = 'again' then
    perform high_cost.sort(e);
  elsif event_type = 'passOn' then
    -- What came in for what the person paid themself, to the insured person where they are known.
    update high_cost.entry x set payable_id = payments.enter_payable(e.program, 'high-cost', e.id, null, e.household, least(e.of_person, e.granted - e.of_city), 'transfer')
     where x.id = e.id;
  end if;
  perform audit.write(case when event_type = 'askDrop' then 'event' else 'change' end, 'high-cost.' || event_type, e.persons, array['high-cost'], jsonb_build_object('entry', e.serial));
end
$$;

-- What the insurer paid the person is owed back: a repayment of the recipient or of the insured person, decided as any other.
create or replace function high_cost.ask_back(of_id uuid, seen integer, number text, yen bigint, due date, comment uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare e high_cost.entry := high_cost.held(of_id, seen); made uuid;
begin
  if (number = any(e.persons || e.household) and yen between 1 and e.of_city - e.granted) is not true then
    raise exception 'not to be asked back so' using errcode = '22023';
  end if;
  e := high_cost.step(e, 'askBack', 'asked-back', 'repayment', null);
  made := repayments.propose(e.program, 'high-cost', e.id, null, number, 'high-cost', yen, due, comment);
  update high_cost.entry x set repayment_id = made where x.id = e.id;
  perform audit.write('event', 'high-cost.askBack', e.persons, array['high-cost'], jsonb_build_object('entry', e.serial));
  return made;
end
$$;

revoke execute on all functions in schema high_cost from public;
grant execute on function high_cost.enter_insurance, high_cost.ask_mandate, high_cost.move_mandate, high_cost.move_entry, high_cost.ask_back to madoguchi_app;

-- Until when somebody had to do with it (35-keeping.sql).
set local role madoguchi_owner;
create or replace view keeping.use_of_high_cost as
select p.person_number, e.program, (e.state_since at time zone 'Asia/Tokyo')::date as last_on,
       e.state not in ('paid', 'asked-back', 'dropped', 'gone') as open
  from high_cost.entry e cross join lateral (select distinct unnest(e.persons || e.household) as person_number) p
union all
select h.person_number, h.program, (h.state_since at time zone 'Asia/Tokyo')::date, h.state = 'open' from high_cost.by_hand h
union all
select m.person_number, m.program, coalesce(m.ended_on, m.received_on, m.asked_on), m.state = 'asked' from high_cost.mandate m
union all
select i.person_number, i.program, (i.entered_at at time zone 'Asia/Tokyo')::date, false from high_cost.insurance i;
reset role;
