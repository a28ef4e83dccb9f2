-- 償還払い: what a decision on a claim carries out, and what is paid already for a person's month.

-- Whoever refunds for a person does so one after the other, so that each sees what the others paid.
create or replace function claims.lock_person(of_program text, of_person text) returns void
language sql set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended('claims ' || of_program || ' ' || of_person, 0))
$$;
create or replace function claims.hold_person(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  perform claims.lock_person(c.program, c.person_number);
end
$$;

-- Counts the receipts that were granted as paid in their months, in the step that decides so: as they were proposed. What agrees in
-- all with one that is paid already (23505, where two decide at once) is no other receipt, unless that was accepted.
create or replace function claims.carry_out(of_case uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare c cases.case; p claims.proposal; w record; payee text;
begin
  select x.* into c from cases.case x where x.id = of_case;
  select k.payee_number into payee from claims.claim k where k.case_id = of_case;
  select x.* into p from claims.proposal x join approvals.approval a on a.id = x.approval_id
   where x.case_id = of_case and a.decision = 'approved' and a.subject = 'payment' and a.seen_revision = c.revision - 1;
  if (cases.decided_in_step(of_case, array['payment']) and claims.has_account(of_case)) is not true or p.approval_id is null then
    raise exception 'a refund without a decision' using errcode = '42501';
  end if;
  perform claims.lock_person(c.program, c.person_number);
  for w in select r, x.amount from claims.proposed_row x join claims.bill r on r.case_id = x.case_id and r.revision = x.entry_revision and r.number = x.number
            where x.approval_id = p.approval_id and x.outcome = 'granted' order by x.number loop
    if claims.hindrance(w.r) is not null then raise exception 'not to be refunded any more' using errcode = 'MD018'; end if;
    insert into claims.benefit (approval_id, number, case_id, entry_revision, program, person_number, month, institution_mark, care, cost, day, ordinal, amount, decided_on)
    values (p.approval_id, (w.r).number, of_case, p.entry_revision, c.program, c.person_number, (w.r).month, (w.r).institution_mark, (w.r).care, (w.r).cost,
      coalesce((w.r).day, 0), 1 + (select count(*) from claims.benefit b where b.program = c.program and b.person_number = c.person_number and b.month = (w.r).month
        and b.institution_mark = (w.r).institution_mark and b.care = (w.r).care and b.cost = (w.r).cost and b.day = coalesce((w.r).day, 0) and b.cancelled_at is null),
      w.amount, access.business_date());
  end loop;
  perform audit.write('change', 'claim.granted', array(select cases.members_of(of_case)), null, jsonb_build_object('case', c.number, 'payee', payee = c.person_number));
  return p.total;
end
$$;

-- Takes back what was counted as paid, in the step that decides on the 取消.
create or replace function claims.take_back(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if cases.decided_in_step(of_case, array['cancellation']) is not true then raise exception 'a cancellation without a decision' using errcode = '42501'; end if;
  update claims.benefit b set cancelled_at = cases.moment() where b.case_id = of_case and b.cancelled_at is null;
  perform audit.write('change', 'claim.cancelled', array(select cases.members_of(of_case)), null,
    jsonb_build_object('case', (select c.number from cases.case c where c.id = of_case)));
end
$$;

-- Whether what was decided in a step was carried out in it: one payable of the sum proposed, to the payee, and each receipt counted;
-- nothing owed by a refusal; nothing owed any more by a cancellation.
create or replace function claims.carried_out(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case a.subject
    when 'payment' then
      (select count(*) from payments.payable p where p.case_id = of_case) = 1
      and exists (select from payments.payable p join claims.claim k on k.case_id = of_case join claims.proposal x on x.approval_id = a.id
        where p.case_id = of_case and p.source_kind = 'refund' and p.source_id = of_case and p.amount = x.total and p.person_number = k.payee_number
          and p.kind = 'transfer' and p.state = 'owed')
      and not exists (select from claims.proposed_row w where w.approval_id = a.id and w.outcome = 'granted'
        and not exists (select from claims.benefit b where b.approval_id = w.approval_id and b.number = w.number and b.amount = w.amount and b.cancelled_at is null))
    when 'refusal' then not exists (select from payments.payable p where p.case_id = of_case)
    when 'cancellation' then not exists (select from payments.payable p where p.case_id = of_case and p.state <> 'withdrawn')
      and not exists (select from claims.benefit b where b.case_id = of_case and b.cancelled_at is null)
    end
    from approvals.approval a where a.case_id = of_case and a.decision = 'approved' and a.seen_revision = by_revision - 1
$$;

-- What was paid for the person of a claim in some months, by レセプト and by other claims: told to whoever sees the claim, of all offices.
drop function if exists claims.settled(uuid, text[]);
create or replace function claims.settled(of_case uuid, months text[])
returns table (month text, institution text, mark bytea, care text, cost bigint, tenths integer, times integer, subsidy bigint, paid bigint, reimbursed bigint, high_cost bigint,
  additional_benefit bigint, other_public bigint, meals bigint, meal_days integer, in_kind boolean)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if (cases.may(array['case.read'], c.program, c.office_code) and c.kind like '%/claim') is not true then raise exception 'no such claim' using errcode = '42501'; end if;
  return query
  select b.treatment_month, b.institution::text, null::bytea, case when b.care = 'outpatient' and substr(b.institution, 3, 1) = '3' then 'dental' else b.care end,
         b.total_cost, case when b.total_cost > 0 then round(b.insured * 10.0 / b.total_cost)::integer else 7 end, greatest(1, coalesce(b.days, 1)),
         b.subsidy + coalesce((select sum(o.subsidy) from receipts.benefit o where o.origin_id = b.id), 0)::bigint, 0::bigint, 0::bigint, b.high_cost, b.additional_benefit, b.other_public,
         0::bigint, 0, true
    from receipts.benefit b
   where b.program = c.program and b.person_number = c.person_number and b.treatment_month = any(months) and b.kind = 'original'
     and not exists (select from receipts.benefit o where o.origin_id = b.id and o.kind in ('taken-back', 'withdrawal'))
  union all
  select b.month, r.institution::text, b.institution_mark, b.care, b.cost, r.insurance_tenths, r.times, b.amount, r.paid, r.reimbursed, r.high_cost, r.additional_benefit, r.other_public,
         r.meals, r.meal_days, false
    from claims.benefit b join claims.bill r on r.case_id = b.case_id and r.revision = b.entry_revision and r.number = b.number
   where b.program = c.program and b.person_number = c.person_number and b.month = any(months) and b.cancelled_at is null and b.case_id <> of_case;
end
$$;

-- What the database finds against each receipt of the entry that counts, with the number of the other claim where there is one. Of two
-- claims that wait it is the later one that is found against; what is decided counts for both.
create or replace function claims.found_against(of_case uuid) returns table (number integer, code text, other text)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; entered integer;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if (cases.may(array['case.read'], c.program, c.office_code) and c.kind like '%/claim') is not true then raise exception 'no such claim' using errcode = '42501'; end if;
  select l.revision into entered from approvals.latest_entry(of_case) l;
  return query
  with own as materialized (select r from claims.bill r where r.case_id = of_case and r.revision = entered),
  others as materialized (
    select o, x.number as other from cases.case x
      join cases.machine_state s on s.kind = x.kind and s.version = x.machine_version and s.state = x.state
      join lateral (select l.revision from approvals.latest_entry(x.id) l) l on true
      join claims.bill o on o.case_id = x.id and o.revision = l.revision
     where x.kind = c.kind and x.person_number = c.person_number
       and (s.open and (length(x.number), x.number) <= (length(c.number), c.number) or exists (select from claims.benefit b where b.case_id = x.id and b.entry_revision = o.revision and b.number = o.number and b.cancelled_at is null)))
  select (own.r).number, claims.hindrance(own.r), null::text from own where claims.hindrance(own.r) is not null
  union all
  select (own.r).number, 'maybe-in-kind', null from own where exists (select from claims.paid_in_kind(own.r, c.program, c.person_number) k where k.certain is not true)
  union all
  select distinct (own.r).number, case when (own.r).day = (others.o).day then 'claimed-twice' else 'maybe-claimed-twice' end, others.other
    from own join others on (others.o).month = (own.r).month and (others.o).institution_mark = (own.r).institution_mark and (others.o).care = (own.r).care
      and (others.o).cost = (own.r).cost and ((others.o).case_id <> of_case or (others.o).number < (own.r).number)
      and ((own.r).day is null or (others.o).day is null or (own.r).day = (others.o).day)
   where claims.hindrance(own.r) is distinct from 'claimed-twice'
  union all
  select (own.r).number, 'partly-entitled', null from own
   where claims.hindrance(own.r) is distinct from 'not-entitled' and claims.hindrance(own.r) is distinct from 'excluded'
     and not exists (select from claims.entitled_days(c.program, c.person_number) d
           where case when (own.r).day between 1 and extract(day from upper(claims.days_of((own.r).month)) - 1)
                   then d @> ((own.r).month || '-01')::date + ((own.r).day - 1) else d @> claims.days_of((own.r).month) end);
end
$$;

revoke execute on all functions in schema claims from public;
grant execute on function claims.hold_person, claims.carry_out, claims.take_back, claims.settled, claims.found_against to madoguchi_app;
grant execute on all routines in schema claims to madoguchi_owner;
