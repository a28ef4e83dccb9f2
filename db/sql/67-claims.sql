-- 償還払い: the receipts (領収書) of a claim, what was accepted of them, and what is proposed of each. A claim is a case of the
-- kind `<事務>/claim`; what belongs to a step of it is written in that step and in no other, and the step does not stand without it.

grant usage on schema claims to madoguchi_app;
call cases.belongs_to_case('claims.claim', array['open']);
call cases.belongs_to_case('claims.bill', array['enter']);
call cases.belongs_to_case('claims.acceptance', array['any']);
call cases.belongs_to_case('claims.proposal', array['propose']);
call cases.belongs_to_case('claims.proposed_row', array['propose']);
call cases.belongs_to_case('claims.proposed_line', array['propose']);
call cases.belongs_to_case('claims.benefit');

-- To whom it may be paid: the person of the claim, or whoever applied for that person's entitlement.
create or replace function claims.may_be_payee(of_case uuid, payee text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.case c where c.id = of_case and c.kind like '%/claim' and (
    c.person_number = payee
    or exists (select from entitlements.entitlement e join cases.case g on g.id = e.case_id
                where e.program = c.program and e.person_number = c.person_number and g.person_number = payee)))
$$;
create or replace function claims.stamp_claim() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['open']) and claims.may_be_payee(new.case_id, new.payee_number)) is not true then
    raise exception 'not a claim of this person' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_claim before insert on claims.claim for each row execute function claims.stamp_claim();

-- Receipts are of the entry that this step makes, of a claim that was opened as one.
create or replace function claims.stamp_bill() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['enter']) and exists (select from claims.claim k where k.case_id = new.case_id)
      and octet_length(new.institution_mark) between 8 and 64 and new.documents <@ array['receipt', 'certificate', 'insurer-decision', 'doctor']
      and cardinality(new.documents) <= 4 and new.category ~ '^.{1,8}$' is not false and new.institution ~ '^[0-9]{10}$' is not false) is not true then
    raise exception 'not a receipt of a claim' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_bill before insert on claims.bill for each row execute function claims.stamp_bill();

-- Codes of faults as workflows/claims/faults.ts has them; a test holds both against each other.
create or replace function claims.fault_level(of_code text) returns text
language sql immutable set search_path = '' as $$
  select case
    when of_code in ('partly-entitled', 'maybe-claimed-twice', 'maybe-in-kind', 'amount-differs', 'high-cost-differs', 'deadline-unknown', 'receipt-lost') then 'doubtful'
    else 'blocked' end
$$;
-- What is doubtful is accepted for a reason of one list, what is blocked makes the receipt refused for one of the other.
create or replace function claims.stamp_acceptance() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (new.reason ~ '^[a-z][a-z-]{1,39}$' and new.code ~ '^[a-z][a-z-]{1,39}$' and exists (
        select from cases.event e join cases.case c on c.id = e.case_id and c.revision = e.revision
         where e.case_id = new.case_id and e.type = 'accept' and e.recorded_at = now() and e.staff_id = access.staff_id())) is not true then
    raise exception 'nothing to be accepted' using errcode = '42501';
  end if;
  select c.revision, l.revision, access.staff_id() into new.revision, new.entry_revision, new.accepted_by
    from cases.case c, approvals.latest_entry(c.id) l where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_acceptance before insert on claims.acceptance for each row execute function claims.stamp_acceptance();

-- What is proposed belongs to the proposal that this step made, and to the entry that counts.
create or replace function claims.stamp_proposal() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select a.id, l.revision into new.approval_id, new.entry_revision
    from approvals.approval a join cases.case c on c.id = a.case_id and c.revision = a.prepared_revision, approvals.latest_entry(a.case_id) l
   where a.case_id = new.case_id and a.decision is null and a.subject in ('payment', 'refusal');
  if (cases.in_step(new.case_id, array['propose']) and new.entry_revision is not null) is not true then
    raise exception 'nothing is proposed' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_proposal before insert on claims.proposal for each row execute function claims.stamp_proposal();

create or replace function claims.present_proposal(of_case uuid) returns claims.proposal
language sql stable security definer set search_path = '' as $$
  select p.* from claims.proposal p join approvals.approval a on a.id = p.approval_id join cases.case c on c.id = a.case_id
   where p.case_id = of_case and a.decision is null and a.prepared_revision = c.revision
$$;
-- Nobody gets more than they bore themselves: what they paid without what insurer and other funds gave back.
create or replace function claims.borne(r claims.bill) returns bigint
language sql immutable set search_path = '' as $$
  select greatest(0, r.paid + r.meals - r.reimbursed - r.high_cost - r.additional_benefit - r.other_public)
$$;
create or replace function claims.stamp_proposed_row() returns trigger
language plpgsql security definer set search_path = '' as $$
declare p claims.proposal := claims.present_proposal(new.case_id); r claims.bill;
begin
  new.approval_id := p.approval_id;
  new.entry_revision := p.entry_revision;
  select x.* into r from claims.bill x where x.case_id = new.case_id and x.revision = p.entry_revision and x.number = new.number;
  if (cases.in_step(new.case_id, array['propose']) and new.amount between 0 and claims.borne(r) and new.reason ~ '^[a-z][a-z-]{1,39}$' is not false) is not true then
    raise exception 'not to be proposed so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_proposed_row before insert on claims.proposed_row for each row execute function claims.stamp_proposed_row();
create or replace function claims.stamp_proposed_line() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.approval_id := (claims.present_proposal(new.case_id)).approval_id;
  if (cases.in_step(new.case_id, array['propose']) and length(new.label) between 1 and 40 and new.position between 1 and 30) is not true then
    raise exception 'not to be proposed so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_proposed_line before insert on claims.proposed_line for each row execute function claims.stamp_proposed_line();

-- The days of a month of treatment.
create or replace function claims.days_of(of_month text) returns daterange
language sql immutable set search_path = '' as $$
  select daterange((of_month || '-01')::date, ((of_month || '-01')::date + interval '1 month')::date)
$$;

-- The days on which somebody was entitled to medical care; of what is suspended, those before.
create or replace function claims.entitled_days(of_program text, of_person text) returns setof daterange
language sql stable set search_path = '' as $$
  select daterange(e.valid_from, case when e.status = 'suspended' then (select max(m.occurs_on) from entitlements.movement m
           where m.entitlement_id = e.id and m.type = 'suspended') else e.valid_to + 1 end, '[)')
    from entitlements.entitlement e
   where e.program = of_program and e.person_number = of_person and e.kind = 'medical' and e.status in ('granted', 'lost', 'suspended')
     and (e.status <> 'suspended' or exists (select from entitlements.movement m where m.entitlement_id = e.id and m.type = 'suspended' and m.occurs_on >= e.valid_from))
$$;

-- Receipts that the ledger of レセプト holds as paid in kind: of the same month, care and cost. `certain`: of the same institution.
create or replace function claims.paid_in_kind(r claims.bill, of_program text, of_person text) returns table (certain boolean)
language sql stable set search_path = '' as $$
  select b.institution = r.institution from receipts.benefit b
   where b.program = of_program and b.person_number = of_person and b.treatment_month = r.month and b.kind = 'original' and b.total_cost = r.cost
     and b.care = case r.care when 'dental' then 'outpatient' else r.care end
     and (r.institution is null or b.institution = r.institution)
     and not exists (select from receipts.benefit o where o.origin_id = b.id and o.kind in ('taken-back', 'withdrawal'))
$$;

-- What the database itself knows against refunding a receipt; null where nothing is. Deadlines and amounts are judged by the rules.
create or replace function claims.hindrance(r claims.bill) returns text
language plpgsql stable set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = r.case_id;
  return case
    when r.exclusion is not null then 'excluded'
    when r.month > to_char(access.business_date(), 'YYYY-MM') then 'future-month'
    when not exists (select from claims.entitled_days(c.program, c.person_number) d where d && claims.days_of(r.month)) then 'not-entitled'
    when exists (select from claims.paid_in_kind(r, c.program, c.person_number) k where k.certain) then 'paid-in-kind'
    when r.day is not null and exists (select from claims.benefit b where b.program = c.program and b.person_number = c.person_number and b.month = r.month
           and b.institution_mark = r.institution_mark and b.care = r.care and b.cost = r.cost and b.day = r.day and b.case_id <> r.case_id and b.cancelled_at is null) then 'claimed-twice'
    when r.day is not null and exists (select from claims.bill o where o.case_id = r.case_id and o.revision = r.revision and o.number < r.number and o.month = r.month
           and o.institution_mark = r.institution_mark and o.care = r.care and o.cost = r.cost and o.day = r.day) then 'claimed-twice'
    end;
end
$$;

-- Whether somebody said of a receipt that it is to be refused.
create or replace function claims.is_set_aside(r claims.bill) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from claims.acceptance x where x.case_id = r.case_id and x.entry_revision = r.revision and x.number = r.number
                    and claims.fault_level(x.code) = 'blocked')
$$;

-- Whether a proposal, made by the step with this revision, says of every receipt what becomes of it: the sum is that of its rows,
-- the lines of a row come to its amount, and nothing is proposed that the database knows something against.
create or replace function claims.proposal_stated(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case when a.subject = 'cancellation' then exists (select from claims.benefit b where b.case_id = of_case and b.cancelled_at is null)
    else exists (select from claims.proposal p where p.approval_id = a.id
      and (a.subject = 'payment') = (p.total > 0)
      and p.total = (select coalesce(sum(w.amount), 0) from claims.proposed_row w where w.approval_id = p.approval_id)
      and not exists (select from claims.bill r left join claims.proposed_row w on w.approval_id = p.approval_id and w.number = r.number
        where r.case_id = of_case and r.revision = p.entry_revision
          and (w.number is null or w.outcome = 'granted' and (claims.hindrance(r) is not null or claims.is_set_aside(r)
            or w.amount <> (select coalesce(sum(l.amount), 0) from claims.proposed_line l where l.approval_id = w.approval_id and l.number = w.number))))) end
    from approvals.approval a where a.case_id = of_case and a.prepared_revision = by_revision
$$;

-- Facts of a claim for the checks of its machine.
create or replace function claims.rests_on_refusal(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from approvals.approval a join claims.proposed_row w on w.approval_id = a.id
    where a.case_id = of_case and a.subject = 'payment' and a.decision is distinct from 'remanded' and a.decision is distinct from 'retracted' and w.outcome = 'refused')
$$;
create or replace function claims.has_account(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from claims.claim k join cases.case c on c.id = k.case_id
    join payments.account a on a.program = c.program and a.person_number = k.payee_number and a.state = 'confirmed' where k.case_id = of_case)
$$;
create or replace function claims.is_unpaid(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from payments.payable p where p.case_id = of_case and (p.state not in ('owed', 'awaiting-correction', 'withdrawn') or p.set_off > 0))
$$;

revoke execute on all functions in schema claims from public;
grant execute on all routines in schema claims to madoguchi_owner;
