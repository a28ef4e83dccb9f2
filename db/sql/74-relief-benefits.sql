-- 健康被害救済の給付: what is claimed, proposed and decided of a relief case (73-relief.sql), and the pensions that come of it. What belongs
-- to a step of the case is written in it; awards, payments and pensions are written by these functions alone. Pensions and their
-- runs move along the ways of workflows/vaccination/relief (flows.way).

grant usage on schema relief_benefits to madoguchi_app;
call cases.belongs_to_case('relief_benefits.entry', array['any']);
call cases.belongs_to_case('relief_benefits.visit', array['any']);
call cases.belongs_to_case('relief_benefits.claimed', array['any']);
call cases.belongs_to_case('relief_benefits.proposed', array['propose']);
call cases.belongs_to_case('relief_benefits.proposed_step', array['propose']);
call cases.belongs_to_case('relief_benefits.award');
call cases.belongs_to_case('relief_benefits.payment');
do $$
declare t text;
begin
  foreach t in array array['pension', 'pension_term', 'pension_event', 'pension_report', 'pension_run', 'pension_rate', 'pension_line', 'pension_month', 'pension_paper'] loop
    call cases.secure(('relief_benefits.' || quote_ident(t))::regclass);
    execute format('revoke all on relief_benefits.%I from madoguchi_app', t);
    execute format('grant select on relief_benefits.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on relief_benefits.%I', t);
    if t in ('pension_term', 'pension_event', 'pension_report', 'pension_paper') then
      execute format('create policy seen on relief_benefits.%I for select to madoguchi_app using (exists (select from relief_benefits.pension p where p.id = pension_id))', t);
    end if;
  end loop;
end
$$;
-- A pension is seen with its case, and by whoever sees the payments of the office.
create policy seen on relief_benefits.pension for select to madoguchi_app
  using (exists (select from cases.case c where c.id = pension.case_id)
      or exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = 'vaccination') and (s.office is null or s.office = pension.office_code)));
create policy seen on relief_benefits.pension_run for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s where s.program is null or s.program = 'vaccination'));
create policy seen on relief_benefits.pension_rate for select to madoguchi_app
  using (run_id in (select r.id from relief_benefits.pension_run r));
create policy seen on relief_benefits.pension_line for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = 'vaccination') and (s.office is null or s.office = pension_line.office_code)));
create policy seen on relief_benefits.pension_month for select to madoguchi_app
  using (line_id in (select l.id from relief_benefits.pension_line l));

-- What is claimed ------------------------------------------------------------------------------------------------------------

drop function if exists relief_benefits.in_event(uuid, text);
create or replace function relief_benefits.newest(of_case uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select max(e.revision) from relief_benefits.entry e where e.case_id = of_case
$$;

create or replace function relief_benefits.stamp_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = new.case_id;
  if (relief.in_event(c.id, array['enterBenefits']) and cases.sealed(new.sealed_id, c.id, 'relief-benefits', c.person_number)) is not true then
    raise exception 'nothing is entered' using errcode = '42501';
  end if;
  new.revision := c.revision;
  new.entered_by := access.staff_id();
  return new;
end
$$;
create or replace trigger stamp_entry before insert on relief_benefits.entry for each row execute function relief_benefits.stamp_entry();

create or replace function relief_benefits.stamp_visit() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  if (relief.in_event(new.case_id, array['enterBenefits']) and octet_length(new.institution_mark) between 8 and 64
      and new.days = (select array_agg(distinct d order by d) from unnest(new.days) d)
      and new.days[1] >= 1 and new.days[cardinality(new.days)] <= extract(day from ((new.month || '-01')::date + interval '1 month - 1 day'))) is not true then
    raise exception 'not a visit' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_visit before insert on relief_benefits.visit for each row execute function relief_benefits.stamp_visit();

create or replace function relief_benefits.stamp_claimed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  -- Whoever is paid is somebody of the register, or was entered beside it: of the case, or a survivor with a rank.
  if (relief.in_event(new.case_id, array['enterBenefits']) and vault.office_of(new.payee_number) is not null
      and (new.payee_number in (select cases.members_of(new.case_id))
        or new.rank is not null and new.benefit in ('death-lump-sum', 'survivor-pension', 'survivor-lump-sum'))) is not true then
    raise exception 'nothing is claimed so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_claimed before insert on relief_benefits.claimed for each row execute function relief_benefits.stamp_claimed();

-- Whether a visit counts: not set aside, and of B類 one for which somebody stayed or would have.
create or replace function relief_benefits.counts(v relief_benefits.visit, of_class text) returns boolean
language sql immutable set search_path = '' as $$
  select v.refusal is null and (of_class <> 'B' or v.way = 'inpatient' or v.hospital_equivalent)
$$;

-- What the database knows against a visit that is to be paid for: codes of workflows/vaccination/relief/faults.ts. A 償還払い of the same
-- person, month, institution and kind of care is the same receipt: what it gave has to be taken off.
create or replace function relief_benefits.visit_hindrance(v relief_benefits.visit) returns text
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; refunded bigint;
begin
  if v.refusal is not null then return null; end if;
  select x.* into c from cases.case x where x.id = v.case_id;
  if v.month > to_char(access.business_date(), 'YYYY-MM') then return 'future-month'; end if;
  if exists (select from relief_benefits.visit o where o.case_id = v.case_id and o.revision = v.revision and o.number < v.number and o.refusal is null
       and o.month = v.month and o.institution_mark = v.institution_mark and o.way = v.way and o.days && v.days) then return 'claimed-twice'; end if;
  if exists (select from cases.case x join relief_benefits.visit o on o.case_id = x.id and o.revision = relief_benefits.newest(x.id)
               join cases.machine_state s on s.kind = x.kind and s.version = x.machine_version and s.state = x.state
      where x.person_number = any(people.numbers_of(c.person_number)) and x.kind = c.kind and x.id <> c.id and o.refusal is null
        and o.month = v.month and o.institution_mark = v.institution_mark and o.way = v.way and o.days && v.days
        and (exists (select from relief_benefits.award a where a.case_id = x.id)
             or s.open and (length(x.number), x.number) < (length(c.number), c.number))) then return 'claimed-elsewhere'; end if;
  select coalesce(sum(b.amount), 0) into refunded from claims.benefit b
   where b.person_number = any(people.numbers_of(c.person_number)) and b.month = v.month and b.institution_mark = v.institution_mark and b.cancelled_at is null
     and (case b.care when 'pharmacy' then 'pharmacy' when 'inpatient' then 'inpatient' else 'outpatient' end) = v.way
     and (b.day = 0 or b.day = any(v.days));
  if refunded > v.reimbursed then return 'refunded'; end if;
  -- One that waits for its decision may still give something.
  if exists (select from cases.case x join cases.machine_state s on s.kind = x.kind and s.version = x.machine_version and s.state = x.state and s.open
               join lateral (select l.revision from approvals.latest_entry(x.id) l) l on true
               join claims.bill b on b.case_id = x.id and b.revision = l.revision
      where x.kind like '%/claim' and x.person_number = any(people.numbers_of(c.person_number)) and relief_benefits.is_receipt(v, b) and not claims.is_set_aside(b)
        and not exists (select from claims.benefit k where k.case_id = x.id)) then return 'refund-waiting'; end if;
  return null;
end
$$;

-- Whether a visit and a receipt of a refund are of one treatment: month, institution, kind of care, and the day where the receipt has one.
create or replace function relief_benefits.is_receipt(v relief_benefits.visit, b claims.bill) returns boolean
language sql immutable set search_path = '' as $$
  select b.month = v.month and b.institution_mark = v.institution_mark and (b.day is null or b.day = any(v.days))
     and (case b.care when 'pharmacy' then 'pharmacy' when 'inpatient' then 'inpatient' else 'outpatient' end) = v.way
$$;
-- The other way round, for the 償還払い (67-claims.sql): what relief gave for the treatment of a receipt, and whether a claim for relief
-- that waits has it.
create or replace function relief_benefits.of_receipt(of_person text, b claims.bill) returns table (gave bigint, waits boolean)
language sql stable set search_path = '' as $$
  with found as (
    select v.paid + v.meals - v.reimbursed as borne, s.open,
           exists (select from relief_benefits.award a where a.case_id = x.id) as decided,
           exists (select from relief_benefits.award a where a.case_id = x.id and a.benefit = 'medical-cost' and a.month = v.month) as paid
      from cases.case x join cases.machine_state s on s.kind = x.kind and s.version = x.machine_version and s.state = x.state
      join relief_benefits.visit v on v.case_id = x.id and v.revision = relief_benefits.newest(x.id)
     where x.kind = 'vaccination/relief' and x.person_number = any(people.numbers_of(of_person)) and v.refusal is null and relief_benefits.is_receipt(v, b))
  select coalesce(sum(f.borne) filter (where f.paid), 0)::bigint, coalesce(bool_or(f.open and not f.decided), false) from found f
$$;

-- The same of a benefit that is to be paid.
create or replace function relief_benefits.claimed_hindrance(k relief_benefits.claimed) returns text
language plpgsql stable security definer set search_path = '' as $$
declare b record; c cases.case; relation text;
begin
  if k.refusal is not null then return null; end if;
  select x.* into c from cases.case x where x.id = k.case_id;
  select * into b from relief.basis_of(k.case_id);
  if (case when b.class = 'B' then k.benefit <> 'death-lump-sum' else k.benefit not in ('survivor-pension', 'survivor-lump-sum') end) is not true then return 'not-of-class'; end if;
  if (k.benefit = any(b.benefits)) is not true then return 'not-claimed'; end if;
  if b.recognised is not null and not k.benefit = any(b.recognised) then return 'not-recognised'; end if;
  if k.benefit in ('death-lump-sum', 'survivor-pension', 'survivor-lump-sum', 'funeral') and b.died_on is null then return 'not-dead'; end if;
  if k.month > to_char(access.business_date(), 'YYYY-MM') then return 'future-month'; end if;
  if k.benefit = 'medical-cost' and not exists (select from relief_benefits.visit v where v.case_id = k.case_id and v.revision = k.revision and v.month = k.month
       and relief_benefits.counts(v, b.class)) then return 'no-visit'; end if;
  if k.benefit = 'medical-allowance' and not exists (select from relief_benefits.visit v where v.case_id = k.case_id and v.revision = k.revision and v.month = k.month
       and relief_benefits.counts(v, b.class) and v.way <> 'pharmacy') then return 'no-visit'; end if;
  if k.rank is not null then
    if exists (select from relief_benefits.claimed o where o.case_id = k.case_id and o.revision = k.revision and o.benefit = k.benefit and o.refusal is null
         and relief_benefits.rank_of(o.rank) < relief_benefits.rank_of(k.rank)) then return 'not-due-rank'; end if;
    -- Whoever claims is what the claim says they are.
    select f.relation into relation from relief.claim_facts f where f.case_id = k.case_id order by f.revision desc limit 1;
    if k.payee_number = b.claimant and relief_benefits.rank_of(relation) is not null and relation <> k.rank then return 'not-due-rank'; end if;
  end if;
  if k.benefit in ('death-lump-sum', 'survivor-lump-sum', 'funeral') and exists (select from relief_benefits.award a
       where a.person_number = any(people.numbers_of(c.person_number)) and a.benefit = k.benefit and a.case_id <> k.case_id) then return 'paid-before'; end if;
  if k.benefit like '%-pension' and exists (select from relief_benefits.pension p
       where p.person_number = any(people.numbers_of(c.person_number)) and p.benefit = k.benefit and p.payee_number = any(people.numbers_of(k.payee_number)) and p.state <> 'ended' and p.case_id <> k.case_id) then return 'paid-before'; end if;
  return null;
end
$$;
create or replace function relief_benefits.rank_of(of_rank text) returns integer
language sql immutable set search_path = '' as $$
  select array_position(array['spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling'], of_rank)
$$;

create or replace function relief_benefits.has_account(payee text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from payments.account a where a.program = 'vaccination' and a.person_number = any(people.numbers_of(payee)) and a.state = 'confirmed')
$$;

-- What the database finds, told to whoever sees the case.
create or replace function relief_benefits.found_against(of_case uuid) returns table (part text, number integer, code text)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; entered integer := relief_benefits.newest(of_case);
begin
  select x.* into c from cases.case x where x.id = of_case;
  if (cases.may(array['case.read'], c.program, c.office_code) and c.kind = 'vaccination/relief') is not true then raise exception 'no such case' using errcode = '42501'; end if;
  return query
  select 'visit', v.number, relief_benefits.visit_hindrance(v) from relief_benefits.visit v
   where v.case_id = of_case and v.revision = entered and relief_benefits.visit_hindrance(v) is not null
  union all
  select 'benefit', k.number, relief_benefits.claimed_hindrance(k) from relief_benefits.claimed k
   where k.case_id = of_case and k.revision = entered and relief_benefits.claimed_hindrance(k) is not null
  union all
  select 'benefit', k.number, 'no-account' from relief_benefits.claimed k
   where k.case_id = of_case and k.revision = entered and k.refusal is null and not relief_benefits.has_account(k.payee_number);
end
$$;

-- What was decided before for the person of a case in some months: visits of other cases that count for 医療手当, and what was paid of it.
create or replace function relief_benefits.earlier(of_case uuid, months text[]) returns table (month text, way text, days integer[], paid bigint)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; of_class text;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if (cases.may(array['case.read'], c.program, c.office_code) and c.kind = 'vaccination/relief') is not true then raise exception 'no such case' using errcode = '42501'; end if;
  select b.class into of_class from relief.basis_of(of_case) b;
  return query
  select v.month, v.way, v.days, 0::bigint from cases.case x join relief_benefits.visit v on v.case_id = x.id and v.revision = relief_benefits.newest(x.id)
   where x.kind = c.kind and x.person_number = any(people.numbers_of(c.person_number)) and x.id <> c.id and v.month = any(months) and relief_benefits.counts(v, of_class)
     and exists (select from relief_benefits.award a where a.case_id = x.id and a.benefit = 'medical-allowance' and a.month = v.month)
  union all
  select a.month, null, null, a.amount from relief_benefits.award a
   where a.person_number = any(people.numbers_of(c.person_number)) and a.case_id <> c.id and a.benefit = 'medical-allowance' and a.month = any(months);
end
$$;

-- The decision -----------------------------------------------------------------------------------------------------------------

create or replace function relief_benefits.stamp_proposed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select a.id into new.approval_id from approvals.approval a join cases.case c on c.id = a.case_id and c.revision = a.prepared_revision
   where a.case_id = new.case_id and a.decision is null and a.subject = 'payment' and c.kind = 'vaccination/relief';
  new.entry_revision := relief_benefits.newest(new.case_id);
  if (cases.in_step(new.case_id, array['propose']) and new.approval_id is not null and cardinality(new.basis) <= 20) is not true then
    raise exception 'nothing is proposed' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_proposed before insert on relief_benefits.proposed for each row execute function relief_benefits.stamp_proposed();
create or replace function relief_benefits.stamp_proposed_step() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select a.id into new.approval_id from approvals.approval a join cases.case c on c.id = a.case_id and c.revision = a.prepared_revision
   where a.case_id = new.case_id and a.decision is null and a.subject = 'payment';
  if (cases.in_step(new.case_id, array['propose']) and new.approval_id is not null) is not true then
    raise exception 'nothing is proposed' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_proposed_step before insert on relief_benefits.proposed_step for each row execute function relief_benefits.stamp_proposed_step();

-- What 医療費 of a month comes to by its visits.
create or replace function relief_benefits.cost_of(of_case uuid, of_revision integer, of_month text, of_class text) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(sum(v.paid + v.meals - v.reimbursed), 0)::bigint from relief_benefits.visit v
   where v.case_id = of_case and v.revision = of_revision and v.month = of_month and relief_benefits.counts(v, of_class)
$$;

-- Whether a proposal says of every benefit what becomes of it: nothing is granted that the database knows something against, the steps
-- come to the amount, 医療費 is what was borne, and what was paid of a month before is taken off.
create or replace function relief_benefits.proposal_stated(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case when a.subject <> 'payment' then true else
      exists (select from relief_benefits.proposed w where w.approval_id = a.id and w.outcome = 'granted')
      and not exists (select from relief_benefits.claimed k left join relief_benefits.proposed w on w.approval_id = a.id and w.number = k.number
        where k.case_id = of_case and k.revision = relief_benefits.newest(of_case)
          and (w.number is null or (w.outcome = 'refused') <> (k.refusal is not null) or w.reason is distinct from k.refusal
            or w.outcome = 'granted' and (relief_benefits.claimed_hindrance(k) is not null or not relief_benefits.has_account(k.payee_number)
              or w.amount <> (select coalesce(sum(s.amount), 0) from relief_benefits.proposed_step s where s.approval_id = a.id and s.number = w.number)
              or k.benefit = 'medical-cost' and w.amount <> relief_benefits.cost_of(of_case, k.revision, k.month, (select b.class from relief.basis_of(of_case) b))
              or k.benefit = 'medical-allowance' and
                 (select coalesce(sum(e.amount), 0) from relief_benefits.award e join cases.case c on c.id = of_case
                   where e.person_number = any(people.numbers_of(c.person_number)) and e.case_id <> of_case and e.benefit = k.benefit and e.month = k.month)
                 <> (select coalesce(-sum(least(0, s.amount)), 0) from relief_benefits.proposed_step s where s.approval_id = a.id and s.number = w.number))))
      and not exists (select from relief_benefits.visit v where v.case_id = of_case and v.revision = relief_benefits.newest(of_case)
        and relief_benefits.visit_hindrance(v) is not null) end
    from approvals.approval a where a.case_id = of_case and a.prepared_revision = by_revision
$$;

-- Whoever decides for a person does so one after the other.
create or replace function relief_benefits.hold_person(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('relief ' || people.canonical(c.person_number), 0));
end
$$;

-- Carries out what was proposed, in the step that decides so: each benefit counted, one payable a payee, and the pensions begin.
create or replace function relief_benefits.carry_out(of_case uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare c cases.case; a approvals.approval; w record; made uuid; b record; total bigint := 0; entry relief_benefits.entry; who integer := access.staff_id();
begin
  select x.* into c from cases.case x where x.id = of_case;
  select x.* into a from approvals.approval x where x.case_id = of_case and x.decision = 'approved' and x.subject = 'payment' and x.seen_revision = c.revision - 1;
  select e.* into entry from relief_benefits.entry e where e.case_id = of_case and e.revision = relief_benefits.newest(of_case);
  if (c.kind = 'vaccination/relief' and cases.decided_in_step(of_case, array['payment']) and a.id is not null
      and entry.entered_by <> who and a.prepared_by <> who and relief_benefits.proposal_stated(of_case, a.prepared_revision)) is not true then
    raise exception 'a benefit without a decision' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('relief ' || people.canonical(c.person_number), 0));
  select * into b from relief.basis_of(of_case);
  insert into relief_benefits.award (approval_id, number, case_id, person_number, payee_number, benefit, month, amount, decided_on)
  select a.id, p.number, of_case, c.person_number, k.payee_number, k.benefit, k.month, p.amount, access.business_date()
    from relief_benefits.proposed p join relief_benefits.claimed k on k.case_id = p.case_id and k.revision = p.entry_revision and k.number = p.number
   where p.approval_id = a.id and p.outcome = 'granted' and k.benefit not like '%-pension';
  for w in select x.payee_number, sum(x.amount)::bigint as yen from relief_benefits.award x where x.approval_id = a.id group by 1 order by 1 loop
    insert into relief_benefits.payment (approval_id, case_id, payee_number, amount) values (a.id, of_case, w.payee_number, w.yen) returning id into made;
    perform payments.enter_payable('vaccination', 'relief', made, of_case, w.payee_number, w.yen, 'transfer');
    total := total + w.yen;
  end loop;
  for w in select k.* from relief_benefits.proposed p join relief_benefits.claimed k on k.case_id = p.case_id and k.revision = p.entry_revision and k.number = p.number
            where p.approval_id = a.id and p.outcome = 'granted' and k.benefit like '%-pension' order by k.number loop
    insert into relief_benefits.pension (case_id, approval_id, number, class, benefit, person_number, payee_number, office_code, from_month, last_month, granted_on)
    values (of_case, a.id, w.number, b.class, w.benefit, c.person_number, w.payee_number, vault.office_of(w.payee_number), w.from_month,
      -- Ten years, less the time of a 障害年金, of which at most seven years count.
      case when w.benefit = 'survivor-pension' then (w.from_month + make_interval(months => 119 - least(84, entry.disability_months)))::date end, access.business_date())
    returning id into made;
    insert into relief_benefits.pension_term (pension_id, from_month, grade, home_care, other_benefits, proposed_by, decided_by, decided_on, decision)
    values (made, w.from_month, w.grade, w.home_care, w.other_benefits, a.prepared_by, who, access.business_date(), 'approved');
    insert into relief_benefits.pension_event (pension_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on")
    select made, 1, 'grant', '', 'paying', s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = who;
  end loop;
  perform audit.write('change', 'relief.granted', array(select cases.members_of(of_case)), array['payment'], jsonb_build_object('case', c.number));
  return total;
end
$$;

-- Whether what was decided in a step was carried out in it, and nothing beside it.
create or replace function relief_benefits.carried_out(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case when a.subject <> 'payment' then not exists (select from relief_benefits.award w where w.approval_id = a.id) else
      not exists (select from relief_benefits.proposed p join relief_benefits.claimed k on k.case_id = p.case_id and k.revision = p.entry_revision and k.number = p.number
        where p.approval_id = a.id and p.outcome = 'granted'
          and not exists (select from relief_benefits.award w where w.approval_id = a.id and w.number = p.number and w.amount = p.amount)
          and not exists (select from relief_benefits.pension n where n.approval_id = a.id and n.number = p.number))
      and (select coalesce(sum(y.amount), 0) from relief_benefits.payment y where y.approval_id = a.id)
        = (select coalesce(sum(w.amount), 0) from relief_benefits.award w where w.approval_id = a.id)
      and (select count(*) from payments.payable p where p.case_id = of_case and p.source_kind = 'relief')
        = (select count(*) from relief_benefits.payment y join payments.payable p on p.source_kind = 'relief' and p.source_id = y.id
            and p.amount = y.amount and p.person_number = y.payee_number where y.case_id = of_case) end
    from approvals.approval a where a.case_id = of_case and a.decision = 'approved' and a.seen_revision = by_revision - 1
$$;

-- Facts of a relief case for the checks of its machine (cases.unmet).
create or replace function relief_benefits.holds(of_case uuid, one text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case one
    when 'benefitsClaimed' then exists (select from relief_benefits.claimed k where k.case_id = of_case and k.revision = relief_benefits.newest(of_case))
    when 'benefitsSettled' then not exists (select from relief_benefits.visit v where v.case_id = of_case and v.revision = relief_benefits.newest(of_case) and relief_benefits.visit_hindrance(v) is not null)
      and not exists (select from relief_benefits.claimed k where k.case_id = of_case and k.revision = relief_benefits.newest(of_case) and relief_benefits.claimed_hindrance(k) is not null)
    when 'benefitsPayable' then exists (select from relief_benefits.claimed k where k.case_id = of_case and k.revision = relief_benefits.newest(of_case) and k.refusal is null)
    when 'payeesHaveAccounts' then not exists (select from relief_benefits.claimed k where k.case_id = of_case and k.revision = relief_benefits.newest(of_case)
      and k.refusal is null and not relief_benefits.has_account(k.payee_number))
    when 'notBenefitsEnterer' then (select e.entered_by from relief_benefits.entry e where e.case_id = of_case and e.revision = relief_benefits.newest(of_case)) is distinct from access.staff_id()
    when 'paidOut' then not exists (select from payments.payable p where p.case_id = of_case and p.source_kind = 'relief' and p.state not in ('paid', 'set-off'))
    when 'pensionEnded' then exists (select from relief_benefits.pension p where p.case_id = of_case)
      and not exists (select from relief_benefits.pension p where p.case_id = of_case and p.state <> 'ended')
    else true end
$$;

-- Pensions -----------------------------------------------------------------------------------------------------------------------

create or replace function relief_benefits.is_silent(of_pension uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from relief_benefits.pension_report r where r.pension_id = of_pension and r.answered_on is null and r.warned_until < access.business_date())
$$;
create or replace function relief_benefits.reports_in(of_pension uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select access.has_any_right(array['case.read', 'case.enter', 'case.approve'], 'vaccination')
     and not exists (select from relief_benefits.pension_report r where r.pension_id = of_pension and r.answered_on is null)
$$;

-- One step of a pension. `starts`, `new_grade`, `at_home`, `others`: of a change of grade, from a month on. `why`, `on_day`: of an end.
-- `payee`: who gets what was not paid.
create or replace function relief_benefits.move_pension(of_id uuid, seen integer, event_type text, target text, comment uuid,
  starts date, new_grade integer, at_home boolean, others bigint, why text, on_day date, payee text) returns integer
language plpgsql security definer set search_path = '' as $$
declare p relief_benefits.pension; w flows.way; who integer := access.staff_id(); one text; ok boolean; today date := access.business_date(); case_office text;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into p from relief_benefits.pension x where x.id = of_id for update;
  select c.office_code into case_office from cases.case c where c.id = p.case_id;
  if not found or cases.may(array['case.read'], 'vaccination', case_office) is not true then raise exception 'no such pension' using errcode = '42501'; end if;
  if p.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  w := flows.take('relief-pension', 1, p.state, event_type, target, 'vaccination', comment is not null);
  if cases.may(w.rights, 'vaccination', case_office) is not true then raise exception 'no right for this step' using errcode = '42501'; end if;
  if comment is not null and not cases.sealed(comment, p.case_id, 'comment') then raise exception 'not a comment on it' using errcode = 'MD016'; end if;
  foreach one in array w.checks loop
    ok := case one
      when 'notAsker' then p.asked_by <> who
      when 'silentAfterWarning' then relief_benefits.is_silent(p.id)
      when 'reportsIn' then relief_benefits.reports_in(p.id)
      when 'arrearsUnclaimed' then p.end_reason = 'death' and p.arrears_payee is null
      else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  case event_type
    when 'ask-change' then
      if (starts = date_trunc('month', starts) and starts >= p.from_month and (p.last_month is null or starts <= p.last_month)
          and new_grade between 1 and case when p.benefit = 'survivor-pension' then 1 when p.benefit = 'child-care-pension' or p.class = 'B' then 2 else 3 end
          and at_home is not null and others between 0 and 100000000) is not true then
        raise exception 'not to be changed so' using errcode = '22023';
      end if;
      insert into relief_benefits.pension_term (pension_id, from_month, grade, home_care, other_benefits, proposed_by) values (p.id, starts, new_grade, at_home, others, who);
    when 'approve-change', 'refuse-change' then
      update relief_benefits.pension_term t set decision = case event_type when 'approve-change' then 'approved' else 'refused' end, decided_by = who, decided_on = today
       where t.pension_id = p.id and t.decision is null;
    when 'ask-end' then
      if (why in ('death', 'recovery', 'age', 'care-ended', 'family', 'term', 'other') and on_day <= today and on_day >= p.from_month - 31) is not true then
        raise exception 'not to be ended so' using errcode = '22023';
      end if;
    when 'ask-arrears' then
      if (vault.office_of(payee) is not null and payee <> p.payee_number) is not true then raise exception 'not somebody who is left' using errcode = '22023'; end if;
    else null;
  end case;
  update relief_benefits.pension x set state = target, revision = p.revision + 1,
      asked_by = case when event_type like 'ask-%' then who end,
      asked_end_reason = case event_type when 'ask-end' then why end,
      asked_ended_on = case event_type when 'ask-end' then on_day end,
      asked_payee = case event_type when 'ask-arrears' then payee end,
      end_reason = case event_type when 'approve-end' then p.asked_end_reason else p.end_reason end,
      ended_on = case event_type when 'approve-end' then p.asked_ended_on else p.ended_on end,
      -- It is paid to the month in which it ends.
      last_month = case event_type when 'approve-end' then least(p.last_month, date_trunc('month', p.asked_ended_on)::date) else p.last_month end,
      arrears_payee = case event_type when 'approve-arrears' then p.asked_payee else p.arrears_payee end
   where x.id = p.id;
  insert into relief_benefits.pension_event (pension_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", comment_id)
  select p.id, p.revision + 1, event_type, p.state, target, s.id, s.display_name, cases.moment(), today, comment from access.staff s where s.id = who;
  perform audit.write(case when event_type like 'ask-%' then 'event' else 'change' end, 'relief-pension.' || event_type, array[p.person_number, p.payee_number], array['payment'], null);
  return p.revision + 1;
end
$$;

-- 現況届 ---------------------------------------------------------------------------------------------------------------------------

-- Asks all whose pension runs, once a year, of the offices of whoever asks.
create or replace function relief_benefits.ask_reports(of_year integer, due date) returns integer
language plpgsql security definer set search_path = '' as $$
declare asked text[];
begin
  perform access.require_right('case.propose', 'vaccination');
  if (due > access.business_date() and of_year between extract(year from due) - 1 and extract(year from due)) is not true then raise exception 'not to be asked so' using errcode = '22023'; end if;
  with put as (
    insert into relief_benefits.pension_report (pension_id, year, due_on, asked_by, asked_on)
    select p.id, of_year, due, access.staff_id(), access.business_date() from relief_benefits.pension p join cases.case c on c.id = p.case_id
     where p.state not in ('ended', 'arrears-asked') and cases.may(array['case.propose'], c.program, c.office_code)
    on conflict do nothing returning pension_id)
  select array_agg(p.payee_number) into asked from put join relief_benefits.pension p on p.id = put.pension_id;
  perform audit.write('change', 'relief-report.asked', asked, null, jsonb_build_object('number', of_year::text));
  return coalesce(cardinality(asked), 0);
end
$$;
-- Warns all who have not answered though the day is past.
create or replace function relief_benefits.warn_reports(until date) returns integer
language plpgsql security definer set search_path = '' as $$
declare warned text[];
begin
  perform access.require_right('case.propose', 'vaccination');
  if (until > access.business_date()) is not true then raise exception 'not to be warned so' using errcode = '22023'; end if;
  with put as (
    update relief_benefits.pension_report r set warned_on = access.business_date(), warned_until = until
     where r.answered_on is null and r.warned_on is null and r.due_on < access.business_date()
       and exists (select from relief_benefits.pension p join cases.case c on c.id = p.case_id where p.id = r.pension_id and cases.may(array['case.propose'], c.program, c.office_code))
    returning r.pension_id)
  select array_agg(p.payee_number) into warned from put join relief_benefits.pension p on p.id = put.pension_id;
  perform audit.write('change', 'relief-report.warned', warned, null, null);
  return coalesce(cardinality(warned), 0);
end
$$;
-- What came back.
create or replace function relief_benefits.answer_report(of_pension uuid, of_year integer, on_day date, has_changed boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare p relief_benefits.pension;
begin
  select x.* into p from relief_benefits.pension x where x.id = of_pension;
  if (cases.may(array['case.enter'], 'vaccination', (select c.office_code from cases.case c where c.id = p.case_id))) is not true then raise exception 'no right to enter this' using errcode = '42501'; end if;
  update relief_benefits.pension_report r set answered_on = on_day, changed = has_changed, answered_by = access.staff_id()
   where r.pension_id = of_pension and r.year = of_year and r.answered_on is null and on_day between r.asked_on and access.business_date() and has_changed is not null;
  if not found then raise exception 'not to be answered so' using errcode = 'MD011'; end if;
  perform audit.write('change', 'relief-report.answered', array[p.payee_number], null, null);
end
$$;

-- Runs -----------------------------------------------------------------------------------------------------------------------------

-- What was paid of a month: by approved runs, and what of an overpayment is asked back.
create or replace function relief_benefits.paid_of(of_pension uuid, of_month date) returns bigint
language sql stable security definer set search_path = '' as $$
  select coalesce(sum(m.amount), 0)::bigint from relief_benefits.pension_month m join relief_benefits.pension_line l on l.id = m.line_id
    join relief_benefits.pension_run r on r.id = l.run_id
   where m.pension_id = of_pension and m.month = of_month and r.state = 'approved'
     and (l.held is null or l.held = 'overpaid' and exists (select from repayments.repayment x
            where x.program = 'vaccination' and x.source_kind = 'relief-overpaid' and x.source_id = l.id and x.state <> 'refused'))
$$;

-- What is due of each pension and month by the rates of a run: a twelfth of the year in whole yen, shared among those of a case that run in
-- the month; null where the run has no rate for it. A property test holds it against the rule (test/support/relief-pensions.ts).
create or replace function relief_benefits.due(of_run uuid, through date) returns table (pension_id uuid, month date, yen bigint)
language sql stable security definer set search_path = '' as $$
  with running as (
    select p.id, p.case_id, p.benefit, p.class, p.number, m::date as month
      from relief_benefits.pension p, generate_series(p.from_month::timestamp, least(p.last_month, through)::timestamp, interval '1 month') m),
  monthly as (
    -- Not known is not nothing: a yearly amount, or a 介護加算 of a grade that has one, that is not registered leaves the month unknown.
    select x.*, case when r.yearly is not null and (r.care > 0 or not (t.home_care and t.grade <= 2 and x.class <> 'B' and x.benefit <> 'survivor-pension'))
             then greatest(0, r.yearly + case when t.home_care and t.grade <= 2 and x.class <> 'B' and x.benefit <> 'survivor-pension' then r.care else 0 end - t.other_benefits) / 12 end as yen,
           count(*) over (partition by x.case_id, x.benefit, x.month) as people,
           row_number() over (partition by x.case_id, x.benefit, x.month order by x.number) as place
      from running x
      join lateral (select t.* from relief_benefits.pension_term t where t.pension_id = x.id and t.decision = 'approved' and t.from_month <= x.month
                     order by t.from_month desc, t.id desc limit 1) t on true
      left join relief_benefits.pension_rate r on r.run_id = of_run and r.class = case x.class when 'temporary' then 'A' else x.class end
        and r.benefit = x.benefit and r.grade = t.grade and x.month between r.from_month and r.to_month)
  select d.id, d.month, (d.yen / d.people + case when d.place <= d.yen % d.people then 1 else 0 end)::bigint from monthly d
$$;

-- The yearly amounts of pensions that the law established, by the names of workflows/vaccination/relief/amounts.ts; a test holds both
-- against each other.
create or replace function relief_benefits.law_figure(of_class text, of_name text, on_month date) returns bigint
language sql immutable set search_path = '' as $$
  select x.yen from (values
      ('A', 'childCare1', 1617600::bigint, '2023-04-01'::date, '2024-03-31'::date), ('A', 'childCare2', 1293600, '2023-04-01', '2024-03-31'),
      ('A', 'disability1', 5175600, '2023-04-01', '2024-03-31'), ('A', 'disability2', 4138800, '2023-04-01', '2024-03-31'),
      ('A', 'disability3', 3104400, '2023-04-01', '2024-03-31'), ('A', 'careAddition1', 846200, '2023-04-01', '2024-03-31'),
      ('A', 'careAddition2', 564200, '2023-04-01', '2024-03-31'), ('B', 'survivorPension', 2594400, '2024-04-01', '2025-03-31'))
      x(class, name, yen, from_day, to_day)
   where x.class = of_class and x.name = of_name and on_month between x.from_day and x.to_day
$$;
-- What is established of a month, else what two people of the city set for it; null where neither is known.
create or replace function relief_benefits.figure_of(of_class text, of_name text, on_month date) returns bigint
language sql stable security definer set search_path = '' as $$
  select coalesce(relief_benefits.law_figure(of_class, of_name, on_month),
    (select case when p.valid_to is null or p.valid_to >= on_month then (p.value ->> of_name)::bigint end
       from city.parameter p where p.key = 'vaccination.relief-amounts-' || lower(of_class) and p.decision = 'approved' and p.valid_from <= on_month
      order by p.valid_from desc limit 1))
$$;
-- Whether the rates of a run are those figures: of each month one, of whole months that the run pays, and no 介護加算 but that of the month.
create or replace function relief_benefits.rates_hold(of_run uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  with rate as (select x.* from relief_benefits.pension_rate x where x.run_id = of_run)
  select not exists (select from rate x join relief_benefits.pension_run r on r.id = of_run
           where (x.from_month = date_trunc('month', x.from_month) and x.to_month = date_trunc('month', x.to_month) and x.from_month <= x.to_month
                  and x.from_month >= '1948-01-01' and x.to_month <= r.up_to) is not true)
     and not exists (select from rate x join rate y on (y.class, y.benefit, y.grade) = (x.class, x.benefit, x.grade) and y.from_month > x.from_month
           where y.from_month <= x.to_month)
     and not exists (select from rate x cross join lateral generate_series(x.from_month::timestamp, x.to_month::timestamp, interval '1 month') m
           where (x.yearly = relief_benefits.figure_of(x.class, case x.benefit when 'survivor-pension' then case x.grade when 1 then 'survivorPension' end
                      when 'child-care-pension' then 'childCare' || x.grade when 'disability-pension' then 'disability' || x.grade end, m::date)
                  and x.care = case when x.class <> 'B' and x.benefit <> 'survivor-pension' and x.grade <= 2
                      then coalesce(relief_benefits.figure_of(x.class, 'careAddition' || x.grade, m::date), 0) else 0 end) is not true)
$$;

-- Prepares a run for a payment month: with the yearly amounts that are to be used, which whoever approves sees. They are those of the law
-- and of the city; the words of what they rest on come with them.
create or replace function relief_benefits.prepare_run(pay_month date, rates jsonb) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; who integer := access.staff_id(); r record; line uuid;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if access.covers('payment.prepare', 'vaccination', null) is not true then raise exception 'no right to prepare' using errcode = '42501'; end if;
  if (pay_month = date_trunc('month', pay_month) and pay_month <= access.business_date() + 62) is not true then raise exception 'not a month' using errcode = '22023'; end if;
  perform pg_advisory_xact_lock(hashtextextended('relief pensions', 0));
  insert into relief_benefits.pension_run (pay_month, up_to, prepared_by, prepared_on)
  values (pay_month, (pay_month - interval '1 month')::date, who, access.business_date()) returning id into made;
  insert into relief_benefits.pension_rate (run_id, class, benefit, grade, from_month, to_month, yearly, care, basis)
  select made, x.class, x.benefit, x.grade, x.from_month, x.to_month, x.yearly, x.care, x.basis
    from jsonb_to_recordset(rates) x(class text, benefit text, grade integer, from_month date, to_month date, yearly bigint, care bigint, basis text);
  if relief_benefits.rates_hold(made) is not true then raise exception 'not the figures of the law and of the city' using errcode = '42501'; end if;
  for r in
    with owed as materialized (
      select d.pension_id, d.month, d.yen, d.yen - relief_benefits.paid_of(d.pension_id, d.month) as open from relief_benefits.due(made, (prepare_run.pay_month - interval '1 month')::date) d
      union all
      -- Months that were paid and do not run any more.
      select m.pension_id, m.month, 0, -relief_benefits.paid_of(m.pension_id, m.month) from (select distinct x.pension_id, x.month from relief_benefits.pension_month x) m
        join relief_benefits.pension p on p.id = m.pension_id where m.month > p.last_month)
    select p.id, p.revision, p.state, p.end_reason, p.payee_number, p.arrears_payee, sum(o.open)::bigint as yen, bool_or(o.yen is null) as missing,
           array_agg(o.month order by o.month) filter (where o.open <> 0) as months, array_agg(o.open order by o.month) filter (where o.open <> 0) as amounts
      from relief_benefits.pension p join owed o on o.pension_id = p.id group by p.id having bool_or(o.open <> 0 or o.yen is null)
  loop
    insert into relief_benefits.pension_line (run_id, pension_id, payee_number, office_code, pension_revision, amount, held)
    select made, r.id, q.payee, vault.office_of(q.payee), r.revision, coalesce(r.yen, 0),
      case when r.missing then 'amount-missing' when r.yen <= 0 then 'overpaid'
           when r.state in ('stopped', 'resumption-asked', 'stopped-end-asked') then 'stopped'
           when r.end_reason = 'death' and r.arrears_payee is null then 'payee-died'
           when not relief_benefits.has_account(q.payee) then 'no-account' end
      from (select case when r.end_reason = 'death' then coalesce(r.arrears_payee, r.payee_number) else r.payee_number end as payee) q
    returning id into line;
    insert into relief_benefits.pension_month (line_id, pension_id, month, amount) select line, r.id, m, a from unnest(r.months, r.amounts) x(m, a) where a is not null;
  end loop;
  perform audit.write('event', 'relief-run.prepared', null, null, jsonb_build_object('number', to_char(pay_month, 'YYYY-MM')));
  return made;
end
$$;

-- Whether a run stands as it was reckoned: no pension has moved, nobody lost the account.
create or replace function relief_benefits.is_unmoved(of_run uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select access.has_any_right(array['case.read', 'case.approve'], 'vaccination')
     and not exists (select from relief_benefits.pension_line l join relief_benefits.pension p on p.id = l.pension_id
    where l.run_id = of_run and (l.pension_revision <> p.revision or l.held is null and not relief_benefits.has_account(l.payee_number)))
$$;

-- Approves or cancels a run; approved, each line becomes payable, once.
create or replace function relief_benefits.move_run(of_id uuid, seen integer, event_type text, target text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare r relief_benefits.pension_run; w flows.way; who integer := access.staff_id(); one text; ok boolean; l record; total bigint := 0;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  perform pg_advisory_xact_lock(hashtextextended('relief pensions', 0));
  select x.* into r from relief_benefits.pension_run x where x.id = of_id for update;
  if not found then raise exception 'no such run' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  w := flows.take('relief-pension-run', 1, r.state, event_type, target, 'vaccination', false);
  if not exists (select from unnest(w.rights) t where access.covers(t, 'vaccination', null)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  foreach one in array w.checks loop
    ok := case one
      when 'notPreparer' then r.prepared_by <> who
      when 'hasLines' then exists (select from relief_benefits.pension_line x where x.run_id = r.id and x.held is null)
      when 'unmoved' then relief_benefits.is_unmoved(r.id)
      else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  update relief_benefits.pension_run set state = target, revision = seen + 1, decided_by = who, decided_on = access.business_date() where id = r.id;
  if event_type = 'approve' then
    for l in select x.*, p.case_id from relief_benefits.pension_line x join relief_benefits.pension p on p.id = x.pension_id where x.run_id = r.id and x.held is null order by x.id loop
      if l.amount <> (select sum(m.amount) from relief_benefits.pension_month m where m.line_id = l.id) then raise exception 'months and amount differ' using errcode = 'MD018'; end if;
      perform payments.enter_payable('vaccination', 'relief-pension', l.id, l.case_id, l.payee_number, l.amount, 'transfer');
      total := total + l.amount;
    end loop;
  end if;
  perform audit.write('change', 'relief-run.' || case event_type when 'approve' then 'approved' else 'cancelled' end,
    array(select distinct x.payee_number from relief_benefits.pension_line x where x.run_id = r.id and x.held is null), array['payment'],
    jsonb_build_object('number', to_char(r.pay_month, 'YYYY-MM')));
  return total;
end
$$;

-- Whether a repayment is of a line that was paid too much, of its payee, and no more than that.
create or replace function relief_benefits.is_overpaid(of_line uuid, number text, yen bigint) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from relief_benefits.pension_line l join relief_benefits.pension_run r on r.id = l.run_id
    where l.id = of_line and l.payee_number = number and l.held = 'overpaid' and l.amount < 0 and yen = -l.amount and r.state = 'approved'
      and not exists (select from relief_benefits.pension_line n join relief_benefits.pension_run s on s.id = n.run_id
                       where n.pension_id = l.pension_id and s.serial > r.serial and s.state = 'approved'))
$$;

-- Papers ---------------------------------------------------------------------------------------------------------------------------
create or replace function relief_benefits.keep_paper(of_pension uuid, of_kind text, document text, template text, setting integer, digest text, sealed uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare p relief_benefits.pension; c cases.case; made uuid;
begin
  select x.* into p from relief_benefits.pension x where x.id = of_pension;
  select x.* into c from cases.case x where x.id = p.case_id;
  if (cases.may(array['document.print'], c.program, c.office_code) and digest ~ '^[0-9a-f]{64}$' and cases.sealed(sealed, c.id, 'document')
      and cases.was_given('vaccination.document', cases.fiscal_year(access.business_date()),
            substring(document from '第' || cases.year_label(cases.fiscal_year(access.business_date())) || '-(\d{6,9})号$'))
      and template ~ '^vaccination/relief-[a-z-]+ v[0-9]+$') is not true then
    raise exception 'not a paper of it' using errcode = '42501';
  end if;
  insert into relief_benefits.pension_paper (pension_id, kind, revision, document_number, template_version, form_setting_id, sha256, sealed_id, made_by, made_on)
  values (p.id, of_kind, p.revision, document, template, setting, digest, sealed, access.staff_id(), access.business_date()) returning id into made;
  perform audit.write('print', 'relief-paper.issued', array[p.payee_number], array['document'], jsonb_build_object('document', document));
  return made;
end
$$;

revoke execute on all functions in schema relief_benefits from public;
grant execute on function relief_benefits.found_against, relief_benefits.earlier, relief_benefits.hold_person, relief_benefits.carry_out,
  relief_benefits.is_silent, relief_benefits.reports_in, relief_benefits.move_pension, relief_benefits.ask_reports, relief_benefits.warn_reports,
  relief_benefits.answer_report, relief_benefits.prepare_run, relief_benefits.is_unmoved, relief_benefits.move_run, relief_benefits.keep_paper to madoguchi_app;
grant execute on all routines in schema relief_benefits to madoguchi_owner;

-- A step of a relief case is whole, as far as its amounts go.
create or replace function relief_benefits.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from cases.case c where c.id = new.case_id and c.kind = 'vaccination/relief') then return null; end if;
  if (case
      when new.type = 'enterBenefits' then exists (select from relief_benefits.claimed k where k.case_id = new.case_id and k.revision = new.revision)
        or exists (select from relief_benefits.visit v where v.case_id = new.case_id and v.revision = new.revision)
      when new.act = 'propose' then relief_benefits.proposal_stated(new.case_id, new.revision)
      when new.act = 'approve' then relief_benefits.carried_out(new.case_id, new.revision)
      when new.type = 'confirmPaid' then relief_benefits.holds(new.case_id, 'paidOut')
      when new.type = 'endPension' then relief_benefits.holds(new.case_id, 'pensionEnded')
      else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists relief_benefits_step_is_whole on cases.event;
create constraint trigger relief_benefits_step_is_whole after insert on cases.event deferrable initially deferred
  for each row execute function relief_benefits.step_is_whole();
revoke execute on function relief_benefits.step_is_whole from public;
