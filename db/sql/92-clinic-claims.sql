-- 委託料の請求: monthly claims of clinics, reckoned against slips and records, decided by two, paid as everything is; 過誤. Written by
-- these functions alone; claims and corrections move along workflows/vaccination/clinic-claims (flows.way). They concern people of
-- every office: who works on them holds the right for the whole city.

grant usage on schema clinic_claims to madoguchi_app, madoguchi_vault;
do $$
declare t text;
begin
  foreach t in array array['claim', 'claim_line', 'claim_row', 'correction', 'claim_event', 'claim_paper'] loop
    call cases.secure(('clinic_claims.' || quote_ident(t))::regclass);
    execute format('revoke all on clinic_claims.%I from madoguchi_app', t);
    execute format('grant select on clinic_claims.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on clinic_claims.%I', t);
    execute format('create policy seen on clinic_claims.%I for select to madoguchi_app using ((select access.covers(''case.read'', ''vaccination'', null)))', t);
  end loop;
end
$$;

-- Of many people on many days: when they were born, where that is known, and whether they were of this city on the day.
create or replace function vault.stays_of(numbers text[], days date[])
returns table (person_number text, on_day date, born_on date, resident boolean)
language sql stable security definer set search_path = '' as $$
  select p.person_number, x.d, p.birth_date,
         not p.outside and p.resident_from <= x.d and (p.resident_to is null or x.d < p.resident_to)
    from (select distinct n, d from unnest(numbers, days) y(n, d)) x join vault.person p on p.person_number = x.n
$$;
alter function vault.stays_of(text[], date[]) owner to madoguchi_vault;
revoke execute on function vault.stays_of(text[], date[]) from public, madoguchi_app;
grant execute on function vault.stays_of(text[], date[]) to madoguchi_owner;

create or replace function clinic_claims.require(wanted text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if access.covers(wanted, 'vaccination', null) is not true then raise exception 'no right over claims of clinics' using errcode = '42501'; end if;
end
$$;

-- Who may claim: a clinic or an association of the register.
create or replace function clinic_claims.is_claimant(given text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from clinics.clinic c where c.code = given) or exists (select from clinics.body b where b.code = given);
end
$$;

create or replace function clinic_claims.keep_event(c clinic_claims.claim, what text, from_state text, why text) returns void
language sql set search_path = '' as $$
  insert into clinic_claims.claim_event (claim_id, revision, event, from_state, to_state, reason, staff_id, staff_name, at, "on")
  select c.id, c.revision, what, from_state, c.state, why, s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id())
$$;

-- The claim, locked, for whoever holds the right, as the page showed it.
create or replace function clinic_claims.held(of_claim uuid, seen integer, wanted text) returns clinic_claims.claim
language plpgsql set search_path = '' as $$
declare c clinic_claims.claim;
begin
  perform clinic_claims.require(wanted);
  select x.* into c from clinic_claims.claim x where x.id = of_claim for update;
  if not found then raise exception 'no such claim' using errcode = '42501'; end if;
  if c.revision is distinct from seen then raise exception 'the claim has moved on' using errcode = 'MD014'; end if;
  return c;
end
$$;

create or replace function clinic_claims.write_lines(of_claim uuid, lines jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  if (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) between 1 and 500) is not true then raise exception 'no lines' using errcode = '22023'; end if;
  delete from clinic_claims.claim_line l where l.claim_id = of_claim;
  insert into clinic_claims.claim_line (claim_id, place, vaccine, dose, product, outcome, count, amount)
  select of_claim, x.at, x.line ->> 'vaccine', (x.line ->> 'dose')::integer, coalesce(x.line ->> 'product', ''), x.line ->> 'outcome', (x.line ->> 'count')::integer, (x.line ->> 'amount')::bigint
    from jsonb_array_elements(lines) with ordinality x(line, at);
  if exists (select from clinic_claims.claim_line l where l.claim_id = of_claim and l.vaccine !~ '^[a-z0-9-]{2,20}$') then raise exception 'no such vaccine' using errcode = '22023'; end if;
end
$$;

-- Until when a claim of a month has to be here, and from which day on slips are taken into it, by the terms of its last day that two
-- people set; no row without them. As claimDueOn and slipsSince of workflows/vaccination/clinic-claims/terms.ts.
create or replace function clinic_claims.terms_of(of_month text) returns table (due date, since date)
language sql stable set search_path = '' as $$
  select least(m.after + (x.value ->> 'deadlineDay')::integer - 1, (m.after + interval '1 month')::date - 1),
         (m.first - make_interval(months => (x.value ->> 'lateMonths')::integer))::date
    from (select (of_month || '-01')::date as first, ((of_month || '-01')::date + interval '1 month')::date as after) m
    join city.parameter x on x.key = 'vaccination.clinic-claims' and x.decision = 'approved' and x.valid_from <= m.after - 1 and (x.valid_to is null or m.after - 1 <= x.valid_to)
   order by x.valid_from desc limit 1
$$;

-- A claim as it came, with its lines. Once a claimant, month and contract (23505).
create or replace function clinic_claims.open_claim(new_id uuid, claimant text, of_month text, of_kind text, came_by text, digest text, came date, due date, lines jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim; today date := access.business_date();
begin
  perform clinic_claims.require('case.enter');
  if (clinic_claims.is_claimant(claimant) and came between (of_month || '-01')::date and today and (of_month || '-01')::date >= today - 1900
      and due = (select t.due from clinic_claims.terms_of(of_month) t) and (digest ~ '^[0-9a-f]{64}$') is not false) is not true then
    raise exception 'not to be claimed so' using errcode = '22023';
  end if;
  insert into clinic_claims.claim (id, claimant_code, month, kind, channel, file_digest, received_on, due_on, state, entered_by, entered_at)
  values (new_id, claimant, of_month, of_kind, came_by, digest, came, due, 'received', access.staff_id(), cases.moment()) returning * into c;
  perform clinic_claims.write_lines(c.id, lines);
  perform clinic_claims.keep_event(c, 'open', '', null);
  perform audit.write('change', 'clinic-claim.opened', null, null, jsonb_build_object('number', c.serial::text));
end
$$;

-- Its lines anew, until it is proposed; it has to be reckoned again.
create or replace function clinic_claims.change_lines(of_claim uuid, seen integer, lines jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim := clinic_claims.held(of_claim, seen, 'case.enter');
begin
  if c.state not in ('received', 'examining') then raise exception 'it is proposed' using errcode = 'MD011'; end if;
  perform clinic_claims.write_lines(c.id, lines);
  update clinic_claims.claim x set revision = x.revision + 1, entered_by = access.staff_id(), reckoned_at = null where x.id = c.id returning * into c;
  perform clinic_claims.keep_event(c, 'change-lines', c.state, null);
  perform audit.write('change', 'clinic-claim.lines-changed', null, null, jsonb_build_object('number', c.serial::text));
end
$$;

drop function if exists clinic_claims.exempt(text, text, date);

-- The price of a dose and the percent of tax in it, by the table of its 年度 that two people set; no row where it has none. As
-- contractPrice of workflows/vaccination/contract-prices.ts.
create or replace function clinic_claims.price_of(of_kind text, of_vaccine text, of_dose integer, of_product text, of_outcome text, on_day date)
returns table (price bigint, percent integer)
language sql stable set search_path = '' as $$
  select (r.row ->> of_outcome)::bigint, (p.value ->> 'taxPercent')::integer
    from (select x.value from city.parameter x
           where x.key = 'vaccination.prices-' || of_kind and x.decision = 'approved' and x.valid_from <= on_day and (x.valid_to is null or on_day <= x.valid_to)
             and cases.fiscal_year(x.valid_from) = cases.fiscal_year(on_day)
           order by x.valid_from desc limit 1) p
    cross join lateral jsonb_array_elements(p.value -> 'prices') r(row)
   where r.row ->> 'vaccine' = of_vaccine and of_dose between coalesce((r.row ->> 'doseFrom')::integer, 1) and coalesce((r.row ->> 'doseTo')::integer, 9)
     and (r.row ->> 'product' is null or r.row ->> 'product' = of_product)
   order by r.row ->> 'product' is null limit 1
$$;
-- What the person pays at the clinic, by the table of the day; 0 where it names none. As copayOf of workflows/vaccination/copays.ts.
create or replace function clinic_claims.copay_of(of_vaccine text, of_product text, of_outcome text, on_day date, born date) returns bigint
language sql stable set search_path = '' as $$
  select coalesce((select (r.row ->> 'amount')::bigint
    from (select x.value from city.parameter x
           where x.key = 'vaccination.copays' and x.decision = 'approved' and x.valid_from <= on_day and (x.valid_to is null or on_day <= x.valid_to)
           order by x.valid_from desc limit 1) p
    cross join lateral jsonb_array_elements(p.value -> 'copays') r(row)
   where r.row ->> 'vaccine' = of_vaccine and coalesce(r.row ->> 'outcome', 'given') = of_outcome
     and (r.row ->> 'product' is null or r.row ->> 'product' = of_product)
     and case when born is null then r.row ->> 'ageFrom' is null and r.row ->> 'ageTo' is null
              else extract(year from age(on_day + 1, born)) between coalesce((r.row ->> 'ageFrom')::integer, 0) and coalesce((r.row ->> 'ageTo')::integer, 150) end
   order by r.row ->> 'product' is null limit 1), 0)
$$;

-- The clinics for which somebody claims on a day of the month: the clinic itself, or those that an association is paid for.
create or replace function clinic_claims.clinics_of(claimant text, of_kind text, of_month text) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  if claimant ~ '^[0-9]{10}$' then return array[claimant]; end if;
  return array(select distinct k.clinic_code from clinics.contract k
    where k.body_code = claimant and k.paid_to = 'body' and k.kind = of_kind and k.state = 'confirmed' and k.what <> 'cancel'
      and daterange(k.valid_from, k.valid_to, '[]') && daterange((of_month || '-01')::date - 366, ((of_month || '-01')::date + interval '1 month')::date));
end
$$;

-- What a claim is for: slips and records of its clinics since a day, that no other claim has. What the record says goes before the slip.
create or replace function clinic_claims.items(of_claim uuid, since date)
returns table (slip_id uuid, shot_id uuid, person_number text, clinic_code text, vaccine text, dose integer, product text, outcome text, given_on date, recorded boolean, doubts text[],
  slip_state text, serial integer)
language plpgsql stable set search_path = '' as $$
declare c clinic_claims.claim; codes text[]; last_day date;
begin
  select x.* into c from clinic_claims.claim x where x.id = of_claim;
  codes := clinic_claims.clinics_of(c.claimant_code, c.kind, c.month);
  last_day := ((c.month || '-01')::date + interval '1 month')::date - 1;
  return query
    select s.id, s.shot_id, s.person_number, s.clinic_code, coalesce(o.vaccine, s.vaccine), coalesce(o.dose, s.dose, 1), coalesce(o.product, s.product, ''),
           case s.outcome when 'given' then 'given' else 'screened' end, coalesce(o.given_on, s.given_on),
           s.state = 'noted' or s.state in ('recorded', 'second-channel') and o.id is not null, s.doubts, s.state, s.serial
      from vaccination.slip s left join vaccination.shot o on o.id = s.shot_id
     where s.clinic_code = any(codes) and s.channel in ('slip', 'punched', 'national', 'session') and s.state <> 'discarded'
       and s.given_on between since and last_day and (c.kind = 'mass') = (coalesce(s.route, 'individual') = 'group')
       and not exists (select from clinic_claims.claim_row r where r.slip_id = s.id and r.standing and r.claim_id <> c.id)
    union all
    select null, o.id, o.person_number, o.clinic_code, o.vaccine, o.dose, coalesce(o.product, ''), 'given', o.given_on, true, '{}', 'recorded', 0
      from vaccination.shot o
     where o.clinic_code = any(codes) and o.source = 'feed' and o.given_on between since and last_day and (c.kind = 'mass') = (coalesce(o.route, 'individual') = 'group')
       and not exists (select from vaccination.slip s where s.shot_id = o.id and s.channel in ('slip', 'punched', 'national', 'session'))
       and not exists (select from clinic_claims.claim_row r where r.shot_id = o.id and r.standing and r.claim_id <> c.id);
end
$$;

-- Everything that the rules have to know of what a claim is for, of all offices; for whoever sees claims.
create or replace function clinic_claims.facts(of_claim uuid, since date)
returns table (slip_id uuid, shot_id uuid, person_number text, clinic_code text, vaccine text, dose integer, product text, outcome text, given_on text, recorded boolean, doubts text[],
  born_on text, resident boolean, exempt boolean, paid_by text, same_as boolean, other_clinic boolean, incident text,
  clinic_state text, contracted boolean, payee text, handled boolean, origin_id uuid, origin_month text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare c clinic_claims.claim;
begin
  perform clinic_claims.require('case.read');
  select x.* into c from clinic_claims.claim x where x.id = of_claim;
  if not found then raise exception 'no such claim' using errcode = '42501'; end if;
  return query
    with i as materialized (select * from clinic_claims.items(of_claim, since)),
    stays as materialized (select * from vault.stays_of(array(select i.person_number from i), array(select i.given_on from i))),
    e as materialized (select * from exemptions.exempt_among(array(select i.person_number from i), array(select i.vaccine from i), array(select i.given_on from i)))
    select i.slip_id, i.shot_id, i.person_number, i.clinic_code, i.vaccine, i.dose, i.product, i.outcome, i.given_on::text, i.recorded, i.doubts,
      s.born_on::text, coalesce(s.resident, false), (i.person_number, i.vaccine, i.given_on) in (select e.person_number, e.vaccine, e.day from e),
      -- Paid already, under whichever of their numbers.
      (select case p.route when 'refund' then 'refund' else 'clinic' end from vaccination.paid_dose p
        where p.person_number = any(people.numbers_of(i.person_number)) and p.vaccine = i.vaccine and p.dose = i.dose and p.outcome = i.outcome
          and (p.outcome = 'given' or p.given_on = i.given_on) and p.cancelled_at is null and p.source_id <> of_claim limit 1),
      -- Another slip tells the same: the first that was recorded stands for it.
      i.slip_id is not null and exists (select from vaccination.slip o
        where o.id <> i.slip_id and o.channel in ('slip', 'punched', 'national', 'session') and o.state <> 'discarded' and o.clinic_code = i.clinic_code
          and (i.shot_id is not null and o.shot_id = i.shot_id
               or i.shot_id is null and i.slip_state = 'noted' and o.state = 'noted' and o.person_number = i.person_number and o.vaccine = i.vaccine
                  and coalesce(o.dose, 1) = i.dose and o.given_on = i.given_on)
          and (o.state <> 'recorded', o.serial) < (i.slip_state <> 'recorded', i.serial)),
      exists (select from vaccination.slip o where o.shot_id = i.shot_id and o.id is distinct from i.slip_id and o.state <> 'discarded' and o.clinic_code <> i.clinic_code)
        or exists (select from vaccination.shot o where o.id = i.shot_id and o.clinic_code <> i.clinic_code),
      (select m.payable from mistakes.incident m where (m.shot_id = i.shot_id or m.slip_id = i.slip_id) and m.state <> 'dismissed' order by m.serial desc limit 1),
      clinics.state_on(i.clinic_code, i.given_on), exists (select from clinics.contracts_on(i.clinic_code, i.given_on) k where k.kind = c.kind),
      clinics.payee_on(i.clinic_code, c.kind, i.given_on), clinics.handles_on(i.clinic_code, i.vaccine, i.given_on),
      o.id, o.month
      from i left join stays s on s.person_number = i.person_number and s.on_day = i.given_on
      left join lateral (select r.id, x.month from clinic_claims.claim_row r join clinic_claims.claim x on x.id = r.claim_id
        where r.disposition = 'return' and r.claim_id <> of_claim and x.state <> 'withdrawn'
          and (r.slip_id = i.slip_id or r.person_number = i.person_number and r.vaccine = i.vaccine and r.dose = i.dose and r.outcome = i.outcome)
        order by x.month desc, x.serial desc limit 1) o on true;
end
$$;

-- What is found today of what a claim is for, in the order of findingsOf of workflows/vaccination/clinic-claims/reckon.ts; for functions of the owner.
create or replace function clinic_claims.found(c clinic_claims.claim)
returns table (slip_id uuid, shot_id uuid, findings text[], disposition text, origin_id uuid)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
declare first_day date := (c.month || '-01')::date; since date := (select t.since from clinic_claims.terms_of(c.month) t);
begin
  return query
    -- Many are of the same kind: each price and each copay is looked up once.
    with f as materialized (select *, z.given_on::date as day, z.born_on::date as born from clinic_claims.facts(c.id, since) z),
    priced as materialized (select y.*, p.price from (select distinct f.vaccine, f.dose, f.product, f.outcome, f.day from f) y
      left join lateral clinic_claims.price_of(c.kind, y.vaccine, y.dose, y.product, y.outcome, y.day) p on true),
    copaid as materialized (select y.*, clinic_claims.copay_of(y.vaccine, y.product, y.outcome, y.day, y.born) as copay
      from (select distinct f.vaccine, f.product, f.outcome, f.day, f.born from f) y)
    select f.slip_id, f.shot_id, x.findings,
           case when f.same_as then 'same' when x.findings <@ array['mistake-paid', 'exempt', 'late', 'back-again'] then 'pay' else 'open' end, f.origin_id
      from f
      join priced p on (p.vaccine, p.dose, p.product, p.outcome, p.day) = (f.vaccine, f.dose, f.product, f.outcome, f.day)
      join copaid k on (k.vaccine, k.product, k.outcome, k.day) = (f.vaccine, f.product, f.outcome, f.day) and coalesce(k.born, 'infinity') = coalesce(f.born, 'infinity')
      cross join lateral (select case when f.same_as then array['second-channel'] else array_remove(array[
        case when not f.recorded then 'no-record' end,
        case when p.price is null then 'no-price' end,
        case when p.price <= case when f.exempt then 0 else k.copay end then 'nothing-left' end,
        'paid-' || f.paid_by,
        case when f.other_clinic then 'other-clinic' end,
        case when f.recorded and not f.resident then 'not-resident' end,
        case when f.clinic_state is null then 'not-in-register' end,
        case when f.clinic_state in ('suspended', 'closed') then 'suspended' end,
        case when f.clinic_state is not null and not f.contracted then 'no-contract' end,
        case when f.payee <> c.claimant_code then 'other-payee' end,
        case when f.clinic_state is not null and not f.handled then 'not-handled' end,
        case when cardinality(f.doubts) > 0 and f.incident is distinct from 'paid' and f.recorded then 'doubtful' end,
        case f.incident when 'undecided' then 'mistake-open' when 'not-paid' then 'mistake-refused' when 'paid' then 'mistake-paid' end,
        case when not exists (select from clinic_claims.claim_line l where l.claim_id = c.id and l.vaccine = f.vaccine and l.dose = f.dose and l.outcome = f.outcome
               and l.product in ('', f.product)) then 'not-claimed' end,
        case when f.recorded and f.born is null and exists (select from city.parameter y cross join lateral jsonb_array_elements(y.value -> 'copays') r(row)
               where y.key = 'vaccination.copays' and y.decision = 'approved' and y.valid_from <= f.day and (y.valid_to is null or f.day <= y.valid_to)
                 and r.row ->> 'vaccine' = f.vaccine and coalesce(r.row ->> 'ageFrom', r.row ->> 'ageTo') is not null) then 'not-born-known' end,
        case when f.exempt and k.copay > 0 then 'exempt' end,
        case when f.day < first_day then 'late' end,
        case when f.origin_id is not null then 'back-again' end], null) end as findings) x;
end
$$;

-- Of all that a proposal rests on: what stands in its rows, and what slips, records, prices, exemptions and payments say today.
create or replace function clinic_claims.mark_of(of_claim uuid) returns text
language sql stable set search_path = '' as $$
  select md5(concat_ws('|',
    (select string_agg(concat_ws(',', l.place, l.vaccine, l.dose, l.product, l.outcome, l.count, l.amount, l.accepted), ';' order by l.place) from clinic_claims.claim_line l where l.claim_id = of_claim),
    (select string_agg(concat_ws(',', r.id, r.disposition, r.reason, r.amount, r.copay, r.exempt, r.person_number, s.revision, s.state, o.revision, o.person_number, o.vaccine, o.dose, o.given_on, o.product), ';' order by r.id)
       from clinic_claims.claim_row r left join vaccination.slip s on s.id = r.slip_id left join vaccination.shot o on o.id = coalesce(r.shot_id, s.shot_id)
      where r.claim_id = of_claim),
    (select string_agg(concat_ws(',', k.id, k.before, k.after), ';' order by k.id) from clinic_claims.correction k join clinic_claims.claim c on c.id = of_claim
      where k.claimant_code = c.claimant_code and k.state = 'approved' and (k.applied_to is null or k.applied_to = of_claim))))
$$;

-- Whether what is to be paid may still be paid: a record that stands for it, the price and what the person pays as they are set, and
-- nobody paid for the dose before.
create or replace function clinic_claims.may_pay(r clinic_claims.claim_row, of_kind text) returns boolean
language plpgsql stable set search_path = '' as $$
declare p record; born date;
begin
  select x.* into p from clinic_claims.price_of(of_kind, r.vaccine, r.dose, r.product, r.outcome, r.given_on) x;
  select s.born_on into born from vault.stays_of(array[r.person_number], array[r.given_on]) s;
  return p.price is not distinct from r.price and r.price is not null
    and r.copay = clinic_claims.copay_of(r.vaccine, r.product, r.outcome, r.given_on, born)
    and r.exempt = exemptions.exempt_on(r.person_number, r.vaccine, r.given_on)
    and r.amount = greatest(r.price - case when r.exempt then 0 else r.copay end, 0) and r.amount > 0
    and r.tax = r.amount * p.percent / (100 + p.percent)
    and (r.outcome = 'screened' and exists (select from vaccination.slip s where s.id = r.slip_id and s.state = 'noted' and s.person_number = r.person_number)
         or r.outcome = 'given' and exists (select from vaccination.shot o where o.id = r.shot_id and o.person_number = r.person_number and o.vaccine = r.vaccine and o.dose = r.dose
              and o.given_on = r.given_on))
    and not exists (select from vaccination.paid_dose d where d.person_number = any(people.numbers_of(r.person_number)) and d.vaccine = r.vaccine and d.dose = r.dose
      and d.outcome = r.outcome and (d.outcome = 'given' or d.given_on = r.given_on) and d.cancelled_at is null and d.source_id <> r.claim_id);
end
$$;

-- What a claim comes to now.
create or replace function clinic_claims.sums(c clinic_claims.claim)
returns table (slips integer, amount bigint, tax bigint, set_off bigint, pay bigint, carry bigint)
language sql stable set search_path = '' as $$
  select x.slips, x.amount, x.tax, y.set_off, greatest(x.amount + y.set_off, 0), least(x.amount + y.set_off, 0)
    from (select count(*)::integer as slips, coalesce(sum(r.amount), 0)::bigint as amount, coalesce(sum(r.tax), 0)::bigint as tax
            from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'pay') x,
         (select coalesce((select sum(k.after - k.before) from clinic_claims.correction k
                    where k.claimant_code = c.claimant_code and k.state = 'approved' and (k.applied_to is null or k.applied_to = c.id)), 0)::bigint
               + coalesce((select sum(o.carry) from clinic_claims.claim o
                    where o.claimant_code = c.claimant_code and o.state = 'paid' and o.carry < 0 and o.id <> c.id and (o.carried_to is null or o.carried_to = c.id)), 0)::bigint as set_off) y
$$;

-- How the lines of a claim compare with what its rows come to.
create or replace function clinic_claims.lines_of(of_claim uuid)
returns table (place integer, vaccine text, dose integer, product text, outcome text, claimed integer, claimed_yen bigint, paid integer, paid_yen bigint, accepted text)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform clinic_claims.require('case.read');
  return query
    with r as materialized (
      select x.vaccine, x.dose, x.outcome, x.amount,
             -- A row belongs to the line of its product, else to the line for all products, else to one that nobody claimed.
             coalesce((select l.product from clinic_claims.claim_line l where l.claim_id = of_claim and l.vaccine = x.vaccine and l.dose = x.dose and l.outcome = x.outcome
                         and l.product in (x.product, '') order by l.product = '' limit 1), x.product) as product
        from clinic_claims.claim_row x where x.claim_id = of_claim and x.disposition = 'pay'),
    sums as (select r.vaccine, r.dose, r.product, r.outcome, count(*)::integer as paid, sum(r.amount)::bigint as paid_yen from r group by 1, 2, 3, 4)
    select l.place, coalesce(l.vaccine, s.vaccine), coalesce(l.dose, s.dose), coalesce(l.product, s.product), coalesce(l.outcome, s.outcome),
           coalesce(l.count, 0), coalesce(l.amount, 0), coalesce(s.paid, 0), coalesce(s.paid_yen, 0), l.accepted
      from (select * from clinic_claims.claim_line x where x.claim_id = of_claim) l
      full join sums s on s.vaccine = l.vaccine and s.dose = l.dose and s.product = l.product and s.outcome = l.outcome
     order by l.place nulls last, 2, 3, 4, 5;
end
$$;

create or replace function clinic_claims.reckoned(rows jsonb)
returns table (slip_id uuid, shot_id uuid, price bigint, tax bigint, copay bigint, exempt boolean, amount bigint, findings text[], disposition text, origin_id uuid)
language sql immutable set search_path = '' as $$
  select * from jsonb_to_recordset(rows) as x(slip_id uuid, shot_id uuid, price bigint, tax bigint, copay bigint, exempt boolean, amount bigint, findings text[], disposition text, origin_id uuid)
$$;

-- Reckons a claim: its rows as the rules judged them, each held to what the database itself knows of it. What somebody judged stays where
-- the row says the same as before. `rows`: of every item that `facts` told.
create or replace function clinic_claims.reckon(of_claim uuid, seen integer, target text, since date, rows jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim := clinic_claims.held(of_claim, seen, 'case.examine'); came text; wrong bigint; many bigint; judged jsonb;
begin
  perform flows.take('vaccination-clinic-claim', 1, c.state, 'reckon', target, 'vaccination', false);
  if (jsonb_typeof(rows) = 'array' and jsonb_array_length(rows) <= 20000 and since = (select t.since from clinic_claims.terms_of(c.month) t)) is not true then
    raise exception 'not to be reckoned so' using errcode = '22023';
  end if;
  -- Every item once, and nothing else: somebody entered a slip meanwhile where they differ.
  select count(*), count(*) filter (where i.clinic_code is null or r.disposition is null) into many, wrong
    from clinic_claims.items(c.id, since) i full join clinic_claims.reckoned(rows) r
      on coalesce(r.slip_id, r.shot_id) = coalesce(i.slip_id, i.shot_id) and (r.slip_id is null) = (i.slip_id is null);
  if wrong > 0 or many <> jsonb_array_length(rows) then raise exception 'slips have come meanwhile' using errcode = 'MD014'; end if;
  -- Nothing is left out of what is found of it: whether it may be paid at all is decided by whoever judges, never by whoever reckons.
  if exists (select from clinic_claims.found(c) f join clinic_claims.reckoned(rows) r
      on coalesce(r.slip_id, r.shot_id) = coalesce(f.slip_id, f.shot_id) and (r.slip_id is null) = (f.slip_id is null)
     where (r.findings, r.disposition, r.origin_id) is distinct from (f.findings, f.disposition, f.origin_id)) then
    raise exception 'something else is found of it' using errcode = 'MD014';
  end if;
  -- Judged by hand, and the same as before: it stays so.
  select coalesce(jsonb_agg(to_jsonb(r)), '[]') into judged from clinic_claims.claim_row r where r.claim_id = c.id;
  delete from clinic_claims.claim_row r where r.claim_id = c.id;
  insert into clinic_claims.claim_row (id, claim_id, slip_id, shot_id, person_number, clinic_code, given_on, vaccine, dose, product, outcome, price, tax, copay, exempt, amount, findings,
    disposition, reason, judged_by, query_due_on, answer, answered_on, origin_id, standing)
  select coalesce(o.id, gen_random_uuid()), c.id, i.slip_id, i.shot_id, i.person_number, i.clinic_code, i.given_on, i.vaccine, i.dose, i.product, i.outcome, r.price, r.tax, coalesce(r.copay, 0),
         coalesce(r.exempt, false), r.amount, coalesce(r.findings, '{}'), x.disposition, case when x.kept then o.reason end, case when x.kept then o.judged_by end,
         case when x.kept then o.query_due_on end, case when x.kept then o.answer end, case when x.kept then o.answered_on end, r.origin_id, x.disposition not in ('return', 'later')
    from clinic_claims.items(c.id, since) i
    join clinic_claims.reckoned(rows) r on coalesce(r.slip_id, r.shot_id) = coalesce(i.slip_id, i.shot_id) and (r.slip_id is null) = (i.slip_id is null)
    left join jsonb_populate_recordset(null::clinic_claims.claim_row, judged) o
      on coalesce(o.slip_id, o.shot_id) = coalesce(i.slip_id, i.shot_id) and (o.slip_id is null) = (i.slip_id is null)
    cross join lateral (select coalesce(o.judged_by is not null and o.findings = coalesce(r.findings, '{}') and o.amount is not distinct from r.amount
                          and o.person_number is not distinct from i.person_number and o.vaccine = i.vaccine and o.dose = i.dose and o.given_on = i.given_on and r.disposition <> 'same', false) as kept) k
    cross join lateral (select case when k.kept then o.disposition else r.disposition end as disposition, k.kept) x;
  if exists (select from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'pay' and clinic_claims.may_pay(r, c.kind) is not true) then
    raise exception 'not what is to be paid' using errcode = '22023';
  end if;
  came := c.state;
  update clinic_claims.claim x set state = target, revision = x.revision + 1, reckoned_at = cases.moment(), examined_by = access.staff_id() where x.id = c.id returning * into c;
  perform clinic_claims.keep_event(c, 'reckon', came, null);
  perform audit.write('change', 'clinic-claim.reckoned', (select array_agg(distinct r.person_number) from clinic_claims.claim_row r where r.claim_id = c.id and r.person_number is not null),
    array['vaccination'], jsonb_build_object('number', c.serial::text, 'rows', jsonb_array_length(rows)));
end
$$;

-- Judges rows of a claim that is examined: paid with a reason, returned, asked about, refused, or left for later.
create or replace function clinic_claims.judge_rows(of_claim uuid, seen integer, of_rows uuid[], how text, why text, due date) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim := clinic_claims.held(of_claim, seen, 'case.examine'); many integer;
begin
  if c.state <> 'examining' then raise exception 'it is not examined' using errcode = 'MD011'; end if;
  if (how in ('pay', 'return', 'query', 'refuse', 'later') and why ~ '^[a-z][a-z-]{1,39}$' and cardinality(of_rows) between 1 and 2000
      and (how = 'query') = (due is not null) and (due between access.business_date() and access.business_date() + 180) is not false) is not true then
    raise exception 'not to be judged so' using errcode = '22023';
  end if;
  if exists (select from clinic_claims.claim_row r where r.claim_id = c.id and r.id = any(of_rows) and r.disposition = 'same') then
    raise exception 'another slip stands for it' using errcode = '22023';
  end if;
  -- Nobody decides that what no record or no price stands for, or what was paid, is paid.
  if how = 'pay' and exists (select from clinic_claims.claim_row r where r.claim_id = c.id and r.id = any(of_rows) and clinic_claims.may_pay(r, c.kind) is not true) then
    raise exception 'not to be paid' using errcode = 'MD018';
  end if;
  update clinic_claims.claim_row r set disposition = how, reason = why, judged_by = access.staff_id(), query_due_on = due, standing = how not in ('return', 'later'),
         answer = case when how = 'query' then null else r.answer end, answered_on = case when how = 'query' then null else r.answered_on end
   where r.claim_id = c.id and r.id = any(of_rows);
  get diagnostics many = row_count;
  if many <> cardinality(of_rows) then raise exception 'not rows of this claim' using errcode = '42501'; end if;
  update clinic_claims.claim x set revision = x.revision + 1, examined_by = access.staff_id() where x.id = c.id returning * into c;
  perform clinic_claims.keep_event(c, 'judge-' || how, c.state, why);
  perform audit.write('change', 'clinic-claim.judged', (select array_agg(distinct r.person_number) from clinic_claims.claim_row r where r.id = any(of_rows) and r.person_number is not null),
    array['vaccination'], jsonb_build_object('number', c.serial::text, 'rows', many));
end
$$;

-- What the clinic answered; the row is to be judged again.
create or replace function clinic_claims.answer_row(of_claim uuid, seen integer, of_row uuid, what text, came date) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim := clinic_claims.held(of_claim, seen, 'case.examine'); r clinic_claims.claim_row;
begin
  select x.* into r from clinic_claims.claim_row x where x.id = of_row and x.claim_id = c.id;
  if c.state <> 'examining' or r.disposition is distinct from 'query' then raise exception 'nothing is asked' using errcode = 'MD011'; end if;
  if (came between c.received_on and access.business_date()) is not true then raise exception 'not on that day' using errcode = '22023'; end if;
  update clinic_claims.claim_row x set disposition = 'open', answer = what, answered_on = came where x.id = r.id;
  update clinic_claims.claim x set revision = x.revision + 1, examined_by = access.staff_id() where x.id = c.id returning * into c;
  perform clinic_claims.keep_event(c, 'answer', c.state, what);
  perform audit.write('change', 'clinic-claim.answered', case when r.person_number is not null then array[r.person_number] end, array['vaccination'], jsonb_build_object('number', c.serial::text));
end
$$;

-- Why a line that differs is paid as reckoned; why a claim that came late is paid (place 0).
create or replace function clinic_claims.accept_line(of_claim uuid, seen integer, of_place integer, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim := clinic_claims.held(of_claim, seen, 'case.examine');
begin
  if c.state <> 'examining' then raise exception 'it is not examined' using errcode = 'MD011'; end if;
  if of_place > 0 then
    update clinic_claims.claim_line l set accepted = why, accepted_by = access.staff_id() where l.claim_id = c.id and l.place = of_place;
    if not found then raise exception 'no such line' using errcode = '42501'; end if;
  end if;
  update clinic_claims.claim x set revision = x.revision + 1, examined_by = access.staff_id(), late_reason = case when of_place = 0 then why else x.late_reason end,
         late_by = case when of_place = 0 then access.staff_id() else x.late_by end where x.id = c.id returning * into c;
  perform clinic_claims.keep_event(c, case when of_place = 0 then 'accept-late' else 'accept-line' end, c.state, why);
  perform audit.write('change', 'clinic-claim.line-accepted', null, null, jsonb_build_object('number', c.serial::text));
end
$$;

-- Whether somebody had a hand in what is decided by what they did to a claim.
create or replace function clinic_claims.makes(event text) returns boolean
language sql immutable set search_path = '' as $$
  select event in ('open', 'change-lines', 'reckon', 'answer', 'accept-line', 'accept-late', 'propose') or event like 'judge-%'
$$;

-- Whether each check of a way holds: see workflows/vaccination/clinic-claims/machine.ts.
create or replace function clinic_claims.holds(c clinic_claims.claim, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; who integer := access.staff_id();
begin
  foreach one in array checks loop
    ok := case one
      when 'reckoned' then c.reckoned_at is not null
      when 'rowsDecided' then not exists (select from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'open')
      when 'queriesAnswered' then not exists (select from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'query')
      when 'linesDecided' then not exists (select from clinic_claims.lines_of(c.id) l where l.place is not null and l.accepted is null and (l.claimed <> l.paid or l.claimed_yen <> l.paid_yen))
      when 'lateDecided' then c.received_on <= c.due_on or c.late_reason is not null
      -- Nor who entered, judged or accepted anything of it before the last one did.
      when 'notMaker' then c.entered_by <> who and c.examined_by is distinct from who and c.proposed_by is distinct from who
        and not exists (select from clinic_claims.claim_event e where e.claim_id = c.id and e.staff_id = who and clinic_claims.makes(e.event))
      when 'isProposer' then c.proposed_by = who
      when 'asProposed' then clinic_claims.stands(c)
      when 'leavesSome' then c.pay > 0
      when 'leavesNone' then c.pay = 0
      -- Nor is anything of it corrected: what is set off rests on its payment.
      when 'unpaid' then not exists (select from payments.payable p where p.id = c.payable_id and p.state not in ('owed', 'awaiting-correction'))
        and not exists (select from clinic_claims.correction k where k.claim_id = c.id and k.state in ('proposed', 'approved'))
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;
-- Whether everything that is to be paid may be paid still, and nothing else is found of it than when it was reckoned; of a proposal,
-- whether it is as it was proposed.
create or replace function clinic_claims.stands(c clinic_claims.claim) returns boolean
language sql stable set search_path = '' as $$
  select not exists (select from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'pay' and clinic_claims.may_pay(r, c.kind) is not true)
     and (c.state not in ('examining', 'proposed') or not exists (select from clinic_claims.claim_row r left join clinic_claims.found(c) f
            on coalesce(r.slip_id, r.shot_id) = coalesce(f.slip_id, f.shot_id) and (r.slip_id is null) = (f.slip_id is null)
           where r.claim_id = c.id and r.disposition = 'pay' and r.findings is distinct from f.findings))
     and (c.state <> 'proposed' or c.mark = clinic_claims.mark_of(c.id)
          and exists (select from clinic_claims.sums(c) s where (c.slips, c.amount, c.tax, c.set_off, c.pay, c.carry) = (s.slips, s.amount, s.tax, s.set_off, s.pay, s.carry)))
$$;
-- The same, asked by whoever sees claims.
create or replace function clinic_claims.standing(of_claim uuid) returns table (stands boolean, slips integer, amount bigint, tax bigint, set_off bigint, pay bigint, carry bigint)
language plpgsql stable security definer set search_path = '' as $$
declare c clinic_claims.claim;
begin
  perform clinic_claims.require('case.read');
  select x.* into c from clinic_claims.claim x where x.id = of_claim;
  return query select clinic_claims.stands(c), s.* from clinic_claims.sums(c) s;
end
$$;

-- Steps of a claim. Decided, every dose is paid for once and one payable is owed, in the same transaction.
create or replace function clinic_claims.move(of_claim uuid, seen integer, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim := clinic_claims.held(of_claim, seen, 'case.read'); w flows.way; came text; s record; made uuid; decision uuid;
begin
  w := flows.take('vaccination-clinic-claim', 1, c.state, event_type, target, 'vaccination', why is not null);
  if not exists (select from unnest(w.rights) t where access.covers(t, 'vaccination', null)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if event_type in ('reckon', 'pay', 'unpay') or (why ~ '^[a-z][a-z-]{1,39}$') is false then raise exception 'no such step' using errcode = 'MD011'; end if;
  -- Everything for a claimant comes one after the other: what is set off is set off once.
  perform pg_advisory_xact_lock(hashtextextended('clinic_claims ' || c.claimant_code, 0));
  -- Somebody's dose may stand under two of their numbers, with two clinics or as a refund: decided one after the other.
  if event_type in ('approve', 'approveNothing') then perform pg_advisory_xact_lock(hashtextextended('vaccination doses paid', 0)); end if;
  if clinic_claims.holds(c, w.checks) is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  came := c.state;
  if event_type = 'propose' then
    select * into s from clinic_claims.sums(c);
    update clinic_claims.claim x set state = target, revision = x.revision + 1, proposed_by = access.staff_id(), proposed_at = cases.moment(), slips = s.slips, amount = s.amount, tax = s.tax,
           set_off = s.set_off, pay = s.pay, carry = s.carry, mark = clinic_claims.mark_of(c.id) where x.id = c.id returning * into c;
  elsif event_type in ('approve', 'approveNothing') then
    decision := gen_random_uuid();
    insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on)
    select r.person_number, r.vaccine, r.dose, r.outcome, r.given_on, 'clinic', c.id, r.amount, access.business_date()
      from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'pay' order by r.person_number, r.vaccine, r.dose;
    perform vaccination.hold_shot(r.shot_id, 'clinic-claim', c.id::text) from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'pay' and r.shot_id is not null;
    update clinic_claims.correction k set applied_to = c.id where k.claimant_code = c.claimant_code and k.state = 'approved' and k.applied_to is null;
    update clinic_claims.claim o set carried_to = c.id where o.claimant_code = c.claimant_code and o.state = 'paid' and o.carry < 0 and o.carried_to is null and o.id <> c.id;
    if c.pay > 0 then made := payments.enter_payable_to_party('vaccination', 'clinic-claim', decision, c.claimant_code, c.pay); end if;
    update clinic_claims.claim x set state = target, revision = x.revision + 1, approved_by = access.staff_id(), approved_at = cases.moment(), decision_id = decision, payable_id = made
     where x.id = c.id returning * into c;
  elsif event_type = 'takeBack' then
    if c.payable_id is not null then perform payments.drop_payable('vaccination', 'clinic-claim', c.decision_id); end if;
    perform clinic_claims.undo(c);
    update clinic_claims.claim x set state = target, revision = x.revision + 1, approved_by = null, approved_at = null, decision_id = null, payable_id = null, proposed_by = null, proposed_at = null,
           slips = null, amount = null, tax = null, set_off = null, pay = null, carry = null, mark = null where x.id = c.id returning * into c;
  else
    if event_type = 'withdraw' then update clinic_claims.claim_row r set standing = false where r.claim_id = c.id; end if;
    update clinic_claims.claim x set state = target, revision = x.revision + 1, proposed_by = null, proposed_at = null,
           slips = null, amount = null, tax = null, set_off = null, pay = null, carry = null, mark = null where x.id = c.id returning * into c;
  end if;
  perform clinic_claims.keep_event(c, event_type, came, why);
  perform audit.write('change', 'clinic-claim.' || lower(regexp_replace(event_type, '([A-Z])', '-\1', 'g')),
    case when event_type in ('approve', 'approveNothing', 'takeBack')
      then (select array_agg(distinct r.person_number) from clinic_claims.claim_row r where r.claim_id = c.id and r.disposition = 'pay') end,
    case when event_type in ('approve', 'approveNothing', 'takeBack') then array['payment'] end, jsonb_build_object('number', c.serial::text));
end
$$;

-- What a decision did is undone: no dose counts as paid by it, nothing as set off.
create or replace function clinic_claims.undo(c clinic_claims.claim) returns void
language plpgsql set search_path = '' as $$
begin
  update vaccination.paid_dose d set cancelled_at = cases.moment() where d.source_id = c.id and d.route = 'clinic' and d.cancelled_at is null;
  perform vaccination.release_shot(r.shot_id, 'clinic-claim', c.id::text) from clinic_claims.claim_row r where r.claim_id = c.id and r.shot_id is not null;
  update clinic_claims.correction k set applied_to = null where k.applied_to = c.id;
  update clinic_claims.claim o set carried_to = null where o.carried_to = c.id;
end
$$;

-- As its payment goes, so goes the claim: paid, or back where the money came back.
create or replace function clinic_claims.follow_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim; came text;
begin
  select x.* into c from clinic_claims.claim x where x.payable_id = new.id for update;
  if not found then return null; end if;
  came := c.state;
  if new.state = 'paid' and c.state = 'approved' then
    update clinic_claims.claim x set state = 'paid', revision = x.revision + 1 where x.id = c.id returning * into c;
    perform clinic_claims.keep_event(c, 'pay', came, null);
  elsif new.state = 'awaiting-correction' and c.state = 'paid' then
    update clinic_claims.claim x set state = 'approved', revision = x.revision + 1 where x.id = c.id returning * into c;
    perform clinic_claims.keep_event(c, 'unpay', came, null);
  end if;
  return null;
end
$$;
drop trigger if exists clinic_claim_follows on payments.payable;
create trigger clinic_claim_follows after update of state on payments.payable for each row
  when (new.source_kind = 'clinic-claim' and new.state is distinct from old.state) execute function clinic_claims.follow_payment();

-- 過誤 of a row that an earlier claim paid: what it should have been.
create or replace function clinic_claims.paid_for(of_row uuid) returns bigint
language sql stable set search_path = '' as $$
  select coalesce((select k.after from clinic_claims.correction k where k.row_id = of_row and k.state = 'approved' order by k.serial desc limit 1),
                  (select r.amount from clinic_claims.claim_row r where r.id = of_row))
$$;
create or replace function clinic_claims.propose_correction(new_id uuid, of_row uuid, should_be bigint, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare r clinic_claims.claim_row; c clinic_claims.claim; k clinic_claims.correction;
begin
  perform clinic_claims.require('case.propose');
  select x.* into r from clinic_claims.claim_row x where x.id = of_row for update;
  if not found then raise exception 'no such row' using errcode = '42501'; end if;
  select x.* into c from clinic_claims.claim x where x.id = r.claim_id;
  -- Before it is paid the decision is taken back instead.
  if c.state <> 'paid' or r.disposition <> 'pay' then raise exception 'not paid' using errcode = 'MD011'; end if;
  -- Never more than the price.
  if (should_be between 0 and r.price) is not true then raise exception 'not to be corrected so' using errcode = '22023'; end if;
  insert into clinic_claims.correction (id, claim_id, row_id, claimant_code, before, after, reason, state, proposed_by, proposed_at)
  values (new_id, c.id, r.id, c.claimant_code, clinic_claims.paid_for(r.id), should_be, why, 'proposed', access.staff_id(), cases.moment()) returning * into k;
  perform audit.write('change', 'clinic-correction.proposed', array[r.person_number], array['payment'], jsonb_build_object('number', k.serial::text));
end
$$;
create or replace function clinic_claims.decide_correction(of_correction uuid, seen integer, event_type text, target text) returns void
language plpgsql security definer set search_path = '' as $$
declare k clinic_claims.correction; r clinic_claims.claim_row; c clinic_claims.claim; w flows.way; one text; who integer := access.staff_id();
begin
  perform clinic_claims.require('case.read');
  select x.* into k from clinic_claims.correction x where x.id = of_correction for update;
  if not found then raise exception 'no such correction' using errcode = '42501'; end if;
  w := flows.take('vaccination-clinic-correction', 1, k.state, event_type, target, 'vaccination', false);
  if not exists (select from unnest(w.rights) t where access.covers(t, 'vaccination', null)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if k.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  foreach one in array w.checks loop
    if (case one when 'notProposer' then k.proposed_by <> who when 'isProposer' then k.proposed_by = who else false end) is not true then
      raise exception 'no such step' using errcode = 'MD011';
    end if;
  end loop;
  perform pg_advisory_xact_lock(hashtextextended('clinic_claims ' || k.claimant_code, 0));
  if event_type = 'approve' then
    perform pg_advisory_xact_lock(hashtextextended('vaccination doses paid', 0));
    select x.* into c from clinic_claims.claim x where x.id = k.claim_id for update;
    -- The payment that it corrects did not come back, and nobody else was paid for the dose meanwhile.
    if c.state <> 'paid' or clinic_claims.paid_for(k.row_id) <> k.before then raise exception 'it has moved on' using errcode = 'MD014'; end if;
    select x.* into r from clinic_claims.claim_row x where x.id = k.row_id for update;
    if k.after > 0 and (exists (select from vaccination.paid_dose d where d.person_number = any(people.numbers_of(r.person_number)) and d.vaccine = r.vaccine and d.dose = r.dose
          and d.outcome = r.outcome and (d.outcome = 'given' or d.given_on = r.given_on) and d.cancelled_at is null and d.source_id <> k.claim_id)
        or not r.standing and exists (select from clinic_claims.claim_row o where o.standing and o.id <> r.id and coalesce(o.slip_id, o.shot_id) = coalesce(r.slip_id, r.shot_id))) then
      raise exception 'it is paid for elsewhere' using errcode = 'MD014';
    end if;
  end if;
  update clinic_claims.correction x set state = target, decided_by = who, decided_at = cases.moment(), revision = x.revision + 1 where x.id = k.id returning * into k;
  select x.* into r from clinic_claims.claim_row x where x.id = k.row_id;
  if event_type = 'approve' then
    update vaccination.paid_dose d set cancelled_at = cases.moment()
     where d.source_id = k.claim_id and d.route = 'clinic' and d.person_number = r.person_number and d.vaccine = r.vaccine and d.dose = r.dose and d.outcome = r.outcome
       and d.given_on = r.given_on and d.cancelled_at is null;
    if k.after > 0 then
      insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on)
      values (r.person_number, r.vaccine, r.dose, r.outcome, r.given_on, 'clinic', k.claim_id, k.after, access.business_date());
      -- Paid again after it was taken back wholly: it is claimed here, and nowhere else.
      update clinic_claims.claim_row x set standing = true where x.id = r.id;
      if r.shot_id is not null then perform vaccination.hold_shot(r.shot_id, 'clinic-claim', k.claim_id::text); end if;
    else
      if r.shot_id is not null then perform vaccination.release_shot(r.shot_id, 'clinic-claim', k.claim_id::text); end if;
      -- What was taken back wholly may be claimed again.
      update clinic_claims.claim_row x set standing = false where x.id = r.id;
    end if;
  end if;
  perform audit.write('change', 'clinic-correction.' || case event_type when 'approve' then 'approved' when 'refuse' then 'refused' else 'withdrawn' end, array[r.person_number], array['payment'],
    jsonb_build_object('number', k.serial::text));
end
$$;

-- Whether a paper may be sealed for a claim: by whoever prints, while there is such a claim.
create or replace function clinic_claims.takes_paper(holders text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select access.covers('document.print', 'vaccination', null)
     and not exists (select from unnest(holders) h where not exists (select from clinic_claims.claim c where h = 'clinic-claim:' || c.id))
$$;
create or replace function clinic_claims.issue_paper(new_id uuid, of_claim uuid, of_kind text, of_template text, said uuid, document text) returns void
language plpgsql security definer set search_path = '' as $$
declare c clinic_claims.claim; year integer := cases.fiscal_year(access.business_date());
begin
  perform clinic_claims.require('document.print');
  select x.* into c from clinic_claims.claim x where x.id = of_claim;
  if (c.state in ('approved', 'paid')
      and exists (select from vault.sealed_of(said) d where d.holder = 'clinic-claim:' || of_claim and d.program = 'vaccination' and d.kind = 'clinic-claim-paper' and d.entered_by = access.staff_id())
      and cases.was_given('vaccination.document', year, substring(document from '第' || cases.year_label(year) || '-(\d{6,9})号$'))
      and not exists (select from clinic_claims.claim_paper p where p.document_number = document or p.sealed_id = said)
      and length(document) <= 60 and length(of_template) between 1 and 60) is not true then
    raise exception 'not to be issued so' using errcode = '22023';
  end if;
  insert into clinic_claims.claim_paper (id, claim_id, kind, document_number, template, sealed_id, claim_revision, issued_by, issued_on, issued_at)
  values (new_id, c.id, of_kind, document, of_template, said, c.revision, access.staff_id(), access.business_date(), cases.moment());
  perform audit.write('print', 'clinic-claim.paper-issued', (select array_agg(distinct r.person_number) from clinic_claims.claim_row r
      where r.claim_id = c.id and r.disposition = 'return' and r.person_number is not null and of_kind = 'returned'),
    array['clinic-claim-paper'], jsonb_build_object('number', c.serial::text, 'kind', of_kind));
end
$$;

-- What is held of the person of a 開示請求 (83-subject-requests.sql): for which doses a clinic claimed, and what came of it. One look is recorded.
create or replace function clinic_claims.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'vaccination') <> 'vaccination' then return '[]'::jsonb; end if;
  perform audit.write('look', 'clinic-claim.held', whose, null, jsonb_build_object('number', of_request::text));
  return (select coalesce(jsonb_agg(jsonb_build_object('claim', c.serial, 'month', c.month, 'clinic', r.clinic_code, 'vaccine', r.vaccine, 'dose', r.dose, 'outcome', r.outcome,
            'givenOn', r.given_on, 'price', r.price, 'copay', r.copay, 'exempt', r.exempt, 'amount', r.amount, 'disposition', r.disposition, 'reason', r.reason, 'state', c.state)
            order by r.given_on, c.serial), '[]')
            from clinic_claims.claim_row r join clinic_claims.claim c on c.id = r.claim_id where r.person_number = any(whose));
end
$$;

-- Who has slips or records of a month and has not claimed them: by clinic and by who is paid for it.
create or replace function clinic_claims.unclaimed(of_month text, first_row integer, most integer)
returns table (claimant text, clinics integer, slips integer, total bigint)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare first_day date := (of_month || '-01')::date; last_day date := (first_day + interval '1 month')::date - 1;
begin
  perform clinic_claims.require('case.read');
  return query
    with told as (
      select s.clinic_code, s.given_on, case when coalesce(s.route, 'individual') = 'group' then 'mass' end as kind
        from vaccination.slip s where s.given_on between first_day and last_day and s.clinic_code is not null
         and s.channel in ('slip', 'punched', 'national', 'session') and s.state in ('recorded', 'noted', 'unmatched', 'doubtful')
         and not exists (select from clinic_claims.claim_row r where r.slip_id = s.id and r.standing)
      union all
      select o.clinic_code, o.given_on, case when coalesce(o.route, 'individual') = 'group' then 'mass' end
        from vaccination.shot o where o.given_on between first_day and last_day and o.clinic_code is not null and o.source = 'feed'
         and not exists (select from vaccination.slip s where s.shot_id = o.id) and not exists (select from clinic_claims.claim_row r where r.shot_id = o.id and r.standing)),
    paid as (
      select t.clinic_code, coalesce((select case k.paid_to when 'body' then k.body_code else k.clinic_code end from clinics.contracts_on(t.clinic_code, last_day) k
               where (k.kind = 'mass') = (t.kind is not null) order by k.kind limit 1), t.clinic_code) as payee
        from told t where exists (select from clinics.clinic q where q.code = t.clinic_code)),
    grouped as (
      select p.payee, count(distinct p.clinic_code)::integer as n, count(*)::integer as m from paid p
       where not exists (select from clinic_claims.claim c where c.claimant_code = p.payee and c.month = of_month and c.state <> 'withdrawn') group by p.payee)
    select g.payee, g.n, g.m, count(*) over () from grouped g order by g.m desc, g.payee offset greatest(first_row, 0) limit least(most, 500);
end
$$;

-- The register's account of a clinic or an association is the one that payments use; one to which a transfer failed ends there too.
create or replace function clinic_claims.tell_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state = 'confirmed' then
    perform payments.tell_account_of_party(new.id, 'vaccination', new.payee, new.sealed_id, new.fingerprint, new.valid_from, new.entered_by, new.decided_by, new.decided_at);
  elsif new.state in ('closed', 'replaced') then
    perform payments.end_account_of_party(new.id, new.closed_by, new.closed_at, coalesce(new.valid_to, access.business_date()));
  end if;
  return null;
end
$$;
create or replace function clinic_claims.end_failed_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update clinics.account a set state = 'closed', closed_for = 'failed', closed_by = new.closed_by, closed_at = new.closed_at, valid_to = new.valid_to
   where a.id = new.id and a.state = 'confirmed';
  return null;
end
$$;
drop trigger if exists tell_account on clinics.account;
create trigger tell_account after insert or update of state on clinics.account for each row execute function clinic_claims.tell_account();
drop trigger if exists end_failed_account on payments.account;
create trigger end_failed_account after update of state on payments.account for each row
  when (new.source = 'register' and new.program = 'vaccination' and new.state = 'closed' and old.state = 'confirmed' and new.closed_for = 'failed')
  execute function clinic_claims.end_failed_account();
-- Those that were confirmed before.
select payments.tell_account_of_party(a.id, 'vaccination', a.payee, a.sealed_id, a.fingerprint, a.valid_from, a.entered_by, a.decided_by, a.decided_at)
  from clinics.account a where a.state = 'confirmed';

revoke execute on all functions in schema clinic_claims from public;
grant execute on function clinic_claims.open_claim, clinic_claims.change_lines, clinic_claims.facts, clinic_claims.lines_of, clinic_claims.reckon, clinic_claims.judge_rows,
  clinic_claims.answer_row, clinic_claims.accept_line, clinic_claims.standing, clinic_claims.move, clinic_claims.propose_correction, clinic_claims.decide_correction,
  clinic_claims.issue_paper, clinic_claims.unclaimed, clinic_claims.held_of to madoguchi_app;
grant execute on function clinic_claims.takes_paper to madoguchi_vault;

set local role madoguchi_owner;
-- Until when somebody had to do with a claim (35-keeping.sql), and what a merge of numbers brings together (89-merges.sql).
create or replace view keeping.use_of_clinic_claims as
select r.person_number, 'vaccination'::text as program, greatest(r.given_on, (c.approved_at at time zone 'Asia/Tokyo')::date) as last_on,
       c.state not in ('paid', 'withdrawn') as open
  from clinic_claims.claim_row r join clinic_claims.claim c on c.id = r.claim_id where r.person_number is not null;
create or replace view people.thing_of_clinic_claims as
select r.person_number, 'vaccination'::text as program, 'clinic-claim-row'::text as what, r.id::text as key, c.entered_at as at, null::text as only_once,
       c.state not in ('paid', 'withdrawn') as open
  from clinic_claims.claim_row r join clinic_claims.claim c on c.id = r.claim_id where r.person_number is not null;
reset role;
