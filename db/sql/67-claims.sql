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
      and cardinality(new.documents) <= 4 and new.category ~ '^.{1,8}$' is not false and new.institution ~ '^[0-9]{10}$' is not false
      and new.prescriber ~ '^[0-9]{10}$' is not false and octet_length(new.prescriber_mark) between 8 and 64 is not false) is not true then
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
    when of_code in ('not-designated', 'on-cap-sheet', 'partly-entitled', 'maybe-claimed-twice', 'maybe-in-kind', 'amount-differs', 'high-cost-differs', 'deadline-unknown', 'receipt-lost', 'prescriber-missing', 'relief-claimed') then 'doubtful'
    else 'blocked' end
$$;
-- What is doubtful is accepted for a reason of one list, what is blocked makes the receipt refused for one of the other.
create or replace function claims.stamp_acceptance() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (new.reason ~ '^[a-z][a-z-]{1,39}$' and new.code ~ '^[a-z][a-z-]{1,39}$' and cases.in_event(new.case_id, array['accept'])) is not true then
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

-- The days on which somebody was entitled to medical care, under whichever of their numbers; of what is suspended, those before.
create or replace function claims.entitled_days(of_program text, of_person text) returns setof daterange
language sql stable set search_path = '' as $$
  select daterange(e.valid_from, case when e.status = 'suspended' then (select max(m.occurs_on) from entitlements.movement m
           where m.entitlement_id = e.id and m.type = 'suspended') else e.valid_to + 1 end, '[)')
    from entitlements.entitlement e
   where e.program = of_program and e.person_number = any(people.numbers_of(of_person)) and e.kind = 'medical' and e.status in ('granted', 'lost', 'suspended')
     and (e.status <> 'suspended' or exists (select from entitlements.movement m where m.entitlement_id = e.id and m.type = 'suspended' and m.occurs_on >= e.valid_from))
$$;

-- Receipts that the ledger of レセプト holds as paid in kind: of the same month, care and cost. `certain`: of the same institution.
create or replace function claims.paid_in_kind(r claims.bill, of_program text, of_person text) returns table (certain boolean)
language sql stable set search_path = '' as $$
  select b.institution = r.institution from receipts.benefit b
   where b.program = of_program and b.person_number = any(people.numbers_of(of_person)) and b.treatment_month = r.month and b.kind = 'original' and b.total_cost = r.cost
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
    when r.day is not null and exists (select from claims.benefit b where b.program = c.program and b.person_number = any(people.numbers_of(c.person_number)) and b.month = r.month
           and b.institution_mark = r.institution_mark and b.care = r.care and b.cost = r.cost and b.day = r.day and b.case_id <> r.case_id and b.cancelled_at is null) then 'claimed-twice'
    when r.day is not null and exists (select from claims.bill o where o.case_id = r.case_id and o.revision = r.revision and o.number < r.number and o.month = r.month
           and o.institution_mark = r.institution_mark and o.care = r.care and o.cost = r.cost and o.day = r.day) then 'claimed-twice'
    when least(r.paid, (select f.gave from relief_benefits.of_receipt(c.person_number, r) f)) > r.reimbursed then 'relief-paid'
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
    join payments.account a on a.program = c.program and a.person_number = any(people.numbers_of(k.payee_number)) and a.state = 'confirmed' where k.case_id = of_case)
$$;
create or replace function claims.is_unpaid(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from payments.payable p where p.case_id = of_case and (p.state not in ('owed', 'awaiting-correction', 'withdrawn') or p.set_off > 0))
$$;

-- What a step asked for (補正, 照会), in the step that asked; its words lie sealed with the case.
call cases.belongs_to_case('claims.request', array['any']);
create or replace function claims.stamp_request() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_event(new.case_id, array[case new.kind when 'supplement' then 'hold' else 'inquire' end])
      and exists (select from claims.claim k where k.case_id = new.case_id)
      and new.due_on > access.business_date() and cases.sealed(new.sealed_id, new.case_id, 'claim-request')
      and cardinality(new.items) between 0 and 20 and array_to_string(new.items, ',') ~ '^[a-z,-]*$' and cardinality(new.receipts) <= 200) is not true then
    raise exception 'nothing is asked for' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_request before insert on claims.request for each row execute function claims.stamp_request();

-- Files of claims that came electronically. They name people of every office: whoever receives claims of the 事務 for all of them
-- takes them in, row by row: a row becomes a claim in
-- the transaction that opens the case, and is settled by these functions alone.
do $$
declare t regclass;
begin
  foreach t in array array['claims.file', 'claims.file_row']::regclass[] loop
    call cases.secure(t);
    execute format('revoke all on %s from madoguchi_app', t);
    execute format('grant select on %s to madoguchi_app', t);
    execute format('drop policy if exists received on %s', t);
    execute format('create policy received on %1$s for select to madoguchi_app using (exists (select from access.scopes(''case.enter'') s where (s.program is null or s.program = %1$s.program) and s.office is null))', t);
  end loop;
end
$$;
-- The row of a claim is seen with it: whoever completes it needs what the row told.
drop policy if exists with_its_claim on claims.file_row;
create policy with_its_claim on claims.file_row for select to madoguchi_app using (case_id is not null and exists (select from cases.case c where c.id = case_id));
create or replace function claims.takes_files(of_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select of_program is not null and access.covers('case.enter', of_program, null)
    and exists (select from cases.machine_state s where s.kind = of_program || '/claim')
$$;
-- Whether what is sealed for `claims:<file>` has a place: the file is open, and the person may take it in.
create or replace function claims.takes_rows(of_holder text, of_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from claims.file f where 'claims:' || f.id = of_holder and f.program = of_program and f.state = 'taking') and claims.takes_files(of_program)
$$;
create or replace function claims.hold_file(of_file uuid, any_of text[]) returns claims.file
language plpgsql security definer set search_path = '' as $$
declare f claims.file;
begin
  select x.* into f from claims.file x where x.id = of_file for update;
  if (claims.takes_files(f.program) and f.state = any(any_of)) is not true then raise exception 'not a file that stands so' using errcode = '42501'; end if;
  return f;
end
$$;
create or replace function claims.open_file(of_program text, of_name text, of_layout text, of_digest text, of_bytes integer, of_rows integer, day date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if (claims.takes_files(of_program) and length(of_name) between 1 and 200 and of_layout ~ '^[a-z0-9-]{1,60}$' and of_digest ~ '^[0-9a-f]{64}$'
      and of_bytes between 1 and 20000000 and day <= access.business_date()) is not true then
    raise exception 'not a file of claims' using errcode = '42501';
  end if;
  insert into claims.file (program, name, layout, digest, bytes, rows, received_on, state, received_by, received_at)
  values (of_program, of_name, of_layout, of_digest, of_bytes, of_rows, day, 'taking', access.staff_id(), cases.moment()) returning id into made;
  perform audit.write('event', 'claims-file.received', null, null, jsonb_build_object('file', made, 'rows', of_rows));
  return made;
end
$$;
-- The rows of a file that was opened in this transaction, each in a sealed lot.
create or replace function claims.add_rows(of_file uuid, of_lines integer[], of_sealed uuid, marks text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare f claims.file := claims.hold_file(of_file, array['taking']);
begin
  if (f.received_by = access.staff_id() and cardinality(of_lines) = cardinality(marks) and (select s.holder from vault.sealed_of(of_sealed) s) = 'claims:' || f.id
      and (select count(*) from claims.file_row r where r.file_id = f.id) + cardinality(of_lines) <= f.rows) is not true then
    raise exception 'not rows of this file' using errcode = '42501';
  end if;
  insert into claims.file_row (file_id, line, program, state, sealed_id, place, mark)
  select f.id, l, f.program, 'waiting', of_sealed, n - 1, decode(m, 'hex') from unnest(of_lines, marks) with ordinality x(l, m, n);
end
$$;
-- The next rows that wait, held until the end of the transaction; what another process holds is passed over.
create or replace function claims.next_row(of_file uuid) returns setof claims.file_row
language plpgsql security definer set search_path = '' as $$
begin
  if claims.takes_files((select f.program from claims.file f where f.id = of_file)) is not true then raise exception 'no right to take it in' using errcode = '42501'; end if;
  return query select r.* from claims.file_row r join claims.file f on f.id = r.file_id
    where r.file_id = of_file and f.state = 'taking' and r.state = 'waiting' order by r.line limit 1 for update of r skip locked;
end
$$;
-- Says what became of a row: at fault, given up, or a claim that this very transaction opened for it.
create or replace function claims.settle_row(of_file uuid, of_line integer, target text, of_faults text[], of_reason text, of_case uuid, of_sealed uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare f claims.file; r claims.file_row;
begin
  -- One after the other, so that whoever settles the last row sees it.
  select x.* into f from claims.file x where x.id = of_file for update;
  select x.* into r from claims.file_row x where x.file_id = of_file and x.line = of_line for update;
  if (claims.takes_files(f.program) and f.state = 'taking' and r.state in ('waiting', 'faulty') and case target
        when 'faulty' then of_case is null and cardinality(of_faults) between 1 and 40 and array_to_string(of_faults, ' ') ~ '^[a-zA-Z:. -]+$'
        when 'dropped' then of_case is null and of_reason ~ '^[a-z-]{1,40}$'
        when 'claimed' then r.state = 'waiting' and cases.in_step(of_case, array['enter'])
        when 'incomplete' then r.state = 'waiting' and cases.in_step(of_case, array['open']) and cases.sealed(of_sealed, of_case, 'claim-row')
        else false end
      and (of_case is null or exists (select from cases.case c join claims.claim k on k.case_id = c.id
             where c.id = of_case and c.kind = f.program || '/claim' and c.opened_by = access.staff_id() and k.channel = 'electronic')
             and not exists (select from claims.file_row o where o.case_id = of_case))) is not true then
    raise exception 'not what becomes of this row' using errcode = '42501';
  end if;
  update claims.file_row x set state = target, faults = case target when 'faulty' then of_faults else '{}' end, reason = case target when 'dropped' then of_reason end,
      case_id = of_case, sealed_id = coalesce(of_sealed, x.sealed_id), place = case when of_sealed is null then x.place else 0 end,
      settled_by = access.staff_id(), settled_at = cases.moment()
   where x.file_id = of_file and x.line = of_line;
  if not exists (select from claims.file_row x where x.file_id = of_file and x.state in ('waiting', 'faulty')) then
    update claims.file x set state = 'taken' where x.id = of_file;
    perform audit.write('event', 'claims-file.taken', null, null, jsonb_build_object('file', of_file));
  end if;
end
$$;
-- A row at fault as somebody corrected it: it waits to be taken again.
create or replace function claims.correct_row(of_file uuid, of_line integer, of_sealed uuid, of_mark text) returns void
language plpgsql security definer set search_path = '' as $$
declare f claims.file := claims.hold_file(of_file, array['taking']);
begin
  update claims.file_row x set state = 'waiting', faults = '{}', sealed_id = of_sealed, place = 0, mark = decode(of_mark, 'hex'), settled_by = access.staff_id(), settled_at = cases.moment()
   where x.file_id = f.id and x.line = of_line and x.state = 'faulty' and (select s.holder from vault.sealed_of(of_sealed) s) = 'claims:' || f.id;
  if not found then raise exception 'not a row to be corrected' using errcode = '42501'; end if;
  perform audit.write('change', 'claims-file.row-corrected', null, null, jsonb_build_object('file', f.id, 'line', of_line));
end
$$;
-- Whether a claim stands as its row left it: nobody did anything to it since.
create or replace function claims.stands_as_received(of_case uuid, row_state text) returns boolean
language sql stable security definer set search_path = '' as $$
  select c.revision = case row_state when 'claimed' then 2 else 1 end from cases.case c where c.id = of_case
$$;
-- How many claims of a file moved on already.
create or replace function claims.moved_on(of_file uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select case when claims.takes_files((select f.program from claims.file f where f.id = of_file)) then
    (select count(*)::integer from claims.file_row r where r.file_id = of_file and r.state in ('claimed', 'incomplete') and claims.stands_as_received(r.case_id, r.state) is not true) end
$$;
-- Takes a file back, as long as none of its claims moved on; they are withdrawn one by one, what was no claim yet is given up.
create or replace function claims.take_file_back(of_file uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare f claims.file := claims.hold_file(of_file, array['taking', 'taken']);
begin
  if claims.moved_on(f.id) > 0 then raise exception 'claims of it moved on' using errcode = 'MD014'; end if;
  update claims.file_row r set state = 'dropped', reason = 'taken-back', faults = '{}', settled_by = access.staff_id(), settled_at = cases.moment()
   where r.file_id = f.id and r.state in ('waiting', 'faulty');
  update claims.file x set state = 'taking-back', taken_back_by = access.staff_id(), taken_back_at = cases.moment() where x.id = f.id;
  perform audit.write('change', 'claims-file.taken-back', null, null, jsonb_build_object('file', f.id));
  perform claims.end_taking_back(f.id);
end
$$;
create or replace function claims.end_taking_back(of_file uuid) returns void
language sql security definer set search_path = '' as $$
  update claims.file x set state = 'taken-back' where x.id = of_file and x.state = 'taking-back'
    and not exists (select from claims.file_row r where r.file_id = x.id and r.state in ('claimed', 'incomplete') and claims.stands_as_received(r.case_id, r.state))
$$;
-- The next claim of it that is to be withdrawn.
create or replace function claims.next_to_withdraw(of_file uuid) returns table (line integer, case_id uuid, revision integer)
language plpgsql security definer set search_path = '' as $$
begin
  perform claims.hold_file(of_file, array['taking-back', 'taken-back']);
  return query select r.line, r.case_id, c.revision from claims.file_row r join cases.case c on c.id = r.case_id
    where r.file_id = of_file and r.state in ('claimed', 'incomplete') and claims.stands_as_received(r.case_id, r.state) order by r.line limit 1;
end
$$;
-- Its claim was withdrawn in this step.
create or replace function claims.row_withdrawn(of_file uuid, of_line integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform claims.hold_file(of_file, array['taking-back']);
  update claims.file_row r set state = 'taken-back', settled_by = access.staff_id(), settled_at = cases.moment()
   where r.file_id = of_file and r.line = of_line and r.state in ('claimed', 'incomplete')
     and cases.in_event(r.case_id, array['withdraw']);
  if not found then raise exception 'nothing was withdrawn' using errcode = '42501'; end if;
  perform claims.end_taking_back(of_file);
end
$$;

-- For the vault: nothing of a file waits any more; its key goes, and what its rows said with it. What a claim needs lies with the claim.
drop trigger if exists erase_claim_rows on claims.file;
drop function if exists vault.erase_claim_rows();
create trigger erase_claim_rows after update of state on claims.file for each row
  when (new.state in ('taken', 'taking-back', 'taken-back') and old.state = 'taking')
  execute function vault.erase_file_records('claims', 'claims-file.rows-erased');

revoke execute on all functions in schema claims from public;
grant usage on schema claims to madoguchi_vault;
grant execute on function claims.takes_rows to madoguchi_vault;
grant execute on function claims.open_file, claims.add_rows, claims.next_row, claims.settle_row, claims.correct_row, claims.moved_on, claims.take_file_back,
  claims.next_to_withdraw, claims.row_withdrawn to madoguchi_app;
grant execute on all routines in schema claims to madoguchi_owner;
