-- 償還払い: what a decision on a claim carries out, and what is paid already for a person's month.

-- Whoever refunds for a person, under whichever of their numbers, does so one after the other, so that each sees what the others paid.
create or replace function claims.lock_person(of_program text, of_person text) returns void
language sql set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended('claims ' || of_program || ' ' || people.canonical(of_person), 0))
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
      coalesce((w.r).day, 0), 1 + (select count(*) from claims.benefit b where b.program = c.program and b.person_number = any(people.numbers_of(c.person_number)) and b.month = (w.r).month
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
  additional_benefit bigint, other_public bigint, meals bigint, meal_days integer, in_kind boolean, prescriber text, prescriber_mark bytea)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if (cases.may(array['case.read'], c.program, c.office_code) and c.kind like '%/claim') is not true then raise exception 'no such claim' using errcode = '42501'; end if;
  return query
  select b.treatment_month, b.institution::text, null::bytea, case when b.care = 'outpatient' and substr(b.institution, 3, 1) = '3' then 'dental' else b.care end,
         b.total_cost, case when b.total_cost > 0 then round(b.insured * 10.0 / b.total_cost)::integer else 7 end, greatest(1, coalesce(b.days, 1)),
         b.subsidy + coalesce((select sum(o.subsidy) from receipts.benefit o where o.origin_id = b.id), 0)::bigint, 0::bigint, 0::bigint, b.high_cost, b.additional_benefit, b.other_public,
         0::bigint, 0, true, null::text, null::bytea
    from receipts.benefit b
   where b.program = c.program and b.person_number = any(people.numbers_of(c.person_number)) and b.treatment_month = any(months) and b.kind = 'original'
     and not exists (select from receipts.benefit o where o.origin_id = b.id and o.kind in ('taken-back', 'withdrawal'))
  union all
  select b.month, r.institution::text, b.institution_mark, b.care, b.cost, r.insurance_tenths, r.times, b.amount, r.paid, r.reimbursed, r.high_cost, r.additional_benefit, r.other_public,
         r.meals, r.meal_days, false, r.prescriber::text, r.prescriber_mark
    from claims.benefit b join claims.bill r on r.case_id = b.case_id and r.revision = b.entry_revision and r.number = b.number
   where b.program = c.program and b.person_number = any(people.numbers_of(c.person_number)) and b.month = any(months) and b.cancelled_at is null and b.case_id <> of_case;
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
     where x.kind = c.kind and x.person_number = any(people.numbers_of(c.person_number))
       and (s.open and (length(x.number), x.number) <= (length(c.number), c.number) or exists (select from claims.benefit b where b.case_id = x.id and b.entry_revision = o.revision and b.number = o.number and b.cancelled_at is null)))
  select (own.r).number, claims.hindrance(own.r), null::text from own where claims.hindrance(own.r) is not null
  union all
  select (own.r).number, 'maybe-in-kind', null from own where exists (select from claims.paid_in_kind(own.r, c.program, c.person_number) k where k.certain is not true)
  union all
  -- What a 事務 alone knows.
  select x.number, x.code, null from intractable_money.found_against(of_case) x
  union all
  select (own.r).number, 'relief-claimed', null from own where (select f.waits from relief_benefits.of_receipt(c.person_number, own.r) f)
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

-- What the notice of a decision said, kept with the letter that was issued in this transaction.
call cases.belongs_to_case('claims.notice');
grant insert on claims.notice to madoguchi_app;
drop policy if exists with_its_letter on claims.notice;
create policy with_its_letter on claims.notice for insert to madoguchi_app with check (
  exists (select from documents.document d where d.id = document_id and d.case_id = notice.case_id and d.kind = 'claim-decision' and d.issued_at = now())
  and exists (select from approvals.approval a where a.id = approval_id and a.case_id = notice.case_id and a.decision = 'approved' and a.subject in ('payment', 'refusal'))
  and cases.sealed(sealed_id, case_id, 'claim-notice'));

-- Whether the notice of a decided claim waits to be made that names the account of somebody. The clock makes what was left over.
create or replace function claims.awaits_notice(of_program text, payee text) returns boolean
language sql stable security definer set search_path = '' as $$
  select access.has_right('system.run') and exists (
    select from cases.effect e join claims.claim k on k.case_id = e.case_id join cases."case" c on c.id = k.case_id
     where e.done_at is null and e.params->>'kind' = 'claim-decision' and c.program = of_program
       and k.payee_number = any(people.numbers_of(payee)))
$$;
-- The clock reads for it by which days is paid, to which account, and whether it was; of nobody else.
drop policy if exists told_by_the_clock on payments.setting;
create policy told_by_the_clock on payments.setting for select to madoguchi_app using ((select access.has_right('system.run')));
drop policy if exists told_by_the_clock on payments.account;
create policy told_by_the_clock on payments.account for select to madoguchi_app
  using ((select access.has_right('system.run')) and claims.awaits_notice(program, person_number));
drop policy if exists told_by_the_clock on payments.payable;
create policy told_by_the_clock on payments.payable for select to madoguchi_app
  using (source_kind = 'refund' and (select access.has_right('system.run')) and claims.awaits_notice(program, person_number));

-- 支給決定通知はがき. Due is the notice of a decision that grants all of a claim, as long as neither its letter was printed nor a
-- postcard was made. For who prepares, looks at or makes such a run; of the decisions of some days, or of some claims.
create or replace function claims.postcards_due(of_program text, from_day date, to_day date, among text[])
returns table (approval_id uuid, case_number text, person_number text, granting_case_id uuid, case_person text, office_code text, sealed_id uuid, account_changed boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], of_program) is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select n.approval_id, c.number, c.person_number, e.case_id, g.person_number, c.office_code, n.sealed_id,
           (select a.id from payments.account a where a.program = c.program and a.person_number = k.payee_number and a.state = 'confirmed') is distinct from n.account_id
      from claims.notice n join cases.case c on c.id = n.case_id join claims.claim k on k.case_id = c.id
      join lateral (select max(b.decided_on) as decided_on from claims.benefit b where b.approval_id = n.approval_id and b.cancelled_at is null) d on d.decided_on is not null
      join lateral (select x.case_id from entitlements.entitlement x where x.program = c.program and x.person_number = c.person_number order by x.valid_from desc limit 1) e on true
      join cases.case g on g.id = e.case_id
     where c.program = of_program and c.state = 'granted' and (from_day is null or d.decided_on >= from_day) and (to_day is null or d.decided_on <= to_day)
       and (among is null or c.number = any(among))
       and not exists (select from documents.print p where p.document_id = n.document_id)
       and not exists (select from claims.postcard q where q.approval_id = n.approval_id and q.withdrawn_at is null)
     order by length(c.number), c.number;
end
$$;
call cases.belongs_to_case('claims.postcard');
-- Enters the postcards of a printed file, in the transaction that keeps it: each of a claim with a piece of the run, once.
create or replace function claims.record_postcards(of_run uuid, of_claims text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']);
begin
  if (r.kind = r.program || '-claim-postcard') is not true or exists (
      select from unnest(of_claims) x(number) where not exists (select from mailings.batch_item i
        join claims.postcards_due(r.program, null, null, of_claims) d on d.case_number = i.piece_number and d.person_number = i.person_number
       where i.run_id = r.id and i.piece_number = x.number and i.state = 'ready')) then
    raise exception 'not what this run sends' using errcode = '42501';
  end if;
  insert into claims.postcard (run_id, approval_id, case_id, issued_on)
  select r.id, d.approval_id, n.case_id, r.dated_on from claims.postcards_due(r.program, null, null, of_claims) d join claims.notice n on n.approval_id = d.approval_id;
end
$$;
-- The run was cancelled, or its package withdrawn: its postcards never went out.
create or replace function claims.withdraw_postcards(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
begin
  update claims.postcard p set withdrawn_at = cases.moment() where p.run_id = r.id and p.withdrawn_at is null;
end
$$;

-- What is held of the person of a 開示請求 (83-subject-requests.sql), where it is about this 事務: claims for them, and those that are
-- paid to them. One look is recorded.
create or replace function claims.held_of(of_program text, of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), of_program) <> of_program then return '[]'::jsonb; end if;
  perform audit.write('look', 'claims.held', whose, array['claims'], jsonb_build_object('number', of_request::text));
  return (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'receivedOn', c.received_on, 'state', s.title, 'channel', k.channel, 'own', c.person_number = any(whose),
      'receipts', case when c.person_number = any(whose) then (select coalesce(jsonb_agg(jsonb_build_object('month', r.month, 'day', r.day, 'care', r.care, 'cost', r.cost, 'paid', r.paid,
          'meals', r.meals, 'returned', r.reimbursed + r.high_cost + r.additional_benefit + r.other_public, 'category', r.category,
          'amount', w.amount, 'reason', w.reason) order by r.number), '[]')
        from claims.bill r left join claims.proposed_row w on w.approval_id = p.approval_id and w.number = r.number
       where r.case_id = c.id and r.revision = (select max(y.revision) from claims.bill y where y.case_id = c.id)) else '[]'::jsonb end,
      'total', p.total) order by length(c.number), c.number), '[]')
    from claims.claim k join cases.case c on c.id = k.case_id
    join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
    left join lateral (select x.approval_id, x.total from claims.proposal x join approvals.approval a on a.id = x.approval_id
                        where x.case_id = c.id and a.decision = 'approved' order by a.prepared_revision desc limit 1) p on true
   where c.program = of_program and (c.person_number = any(whose) or k.payee_number = any(whose)));
end
$$;

revoke execute on all functions in schema claims from public;
grant execute on function claims.hold_person, claims.carry_out, claims.take_back, claims.settled, claims.found_against, claims.postcards_due, claims.record_postcards,
  claims.withdraw_postcards, claims.held_of to madoguchi_app;
grant execute on function claims.takes_rows, claims.awaits_notice to madoguchi_vault;
grant execute on function claims.awaits_notice to madoguchi_app;
grant execute on function claims.open_file, claims.add_rows, claims.next_row, claims.settle_row, claims.correct_row, claims.moved_on, claims.take_file_back,
  claims.next_to_withdraw, claims.row_withdrawn to madoguchi_app;
grant execute on all routines in schema claims to madoguchi_owner;
