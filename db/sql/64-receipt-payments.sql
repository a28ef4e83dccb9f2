-- What becomes of receipts: decisions, the ledger (給付情報), 過誤・再審査, the statement of a channel for a month.

drop policy if exists by_staff on receipts.benefit;
create policy by_staff on receipts.benefit for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = benefit.program) and (s.office is null or s.office = benefit.office_code)));
drop policy if exists with_its_benefit on receipts.adjustment;
create policy with_its_benefit on receipts.adjustment for select to madoguchi_app
  using (exists (select from receipts.benefit b where b.id = benefit_id));
drop policy if exists by_staff on receipts.adjustment_reason;
create policy by_staff on receipts.adjustment_reason for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists by_staff on receipts.statement;
create policy by_staff on receipts.statement for select to madoguchi_app using ((select access.has_right('feed.read', 'receipts')));

-- Whether somebody holds a right for the 事務 and the office of a receipt; where it has none, for some.
create or replace function receipts.may(wanted text, r receipts.receipt) returns boolean
language sql stable set search_path = '' as $$
  select access.has_right(wanted, r.program, r.office_code)
$$;

-- Posts receipts of a file into the ledger: those that are clear or were accepted, each once, while their person is still
-- entitled; the others of them are blocked until they are judged again. Called by the functions below alone.
create or replace function receipts.post(of_file uuid, wanted integer[]) returns integer
language plpgsql set search_path = '' as $$
declare f receipts.file; who integer := access.staff_id(); first integer; last integer; due integer[]; gone integer[];
begin
  select x.* into f from receipts.file x where x.id = of_file;
  if receipts.is_paid(f.channel, f.claim_month) then raise exception 'the month is paid' using errcode = 'MD011'; end if;
  -- Rows are named by their range too: of the receipts of a new file nothing is known yet by which a plan would find the index.
  select min(n), max(n) into first, last from unnest(wanted) n;
  select array_agg(r.row) filter (where r.entitled), array_agg(r.row) filter (where not r.entitled) into due, gone from (
    select r.row, r.person_number is not null and exists (
        select from entitlements.entitlement e where e.id = r.entitlement_id and e.person_number = r.person_number and e.status <> 'revoked'
           and entitlements.coverage(e.id) && daterange((r.treatment_month || '-01')::date, ((r.treatment_month || '-01')::date + interval '1 month')::date)) as entitled
      from receipts.receipt r
     where r.file_id = f.id and r.row between first and last and r.row = any(wanted) and not r.posted and r.program is not null
       and (r.outcome = 'clear' and r.decided is null or r.outcome = 'doubtful' and r.decided = 'accepted') for update of r) r;
  if gone is not null then
    insert into receipts.fault (file_id, row, code, line)
    select r.file_id, r.row, 'moved-on', r.line from receipts.receipt r where r.file_id = f.id and r.row = any(gone) on conflict do nothing;
    update receipts.receipt r set outcome = 'blocked', decided = null where r.file_id = f.id and r.row = any(gone);
  end if;
  insert into receipts.benefit (kind, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, claim_month,
    treatment_month, payment_month, institution, care, payer_number, insurer_number, other_funds, days, points, total_cost, insured, high_cost,
    additional_benefit, other_public, subsidy, patient_pays, times, receipt_class, receipt_count, service_code, municipal_subsidy, remarks, recorded_by)
  select 'original', d.program, d.person_number, d.registered_number, d.entitlement_id, d.office_code, f.id, d.row, f.channel, f.claim_month,
    d.treatment_month, f.payment_month, d.institution, d.care, d.payer_number, d.insurer_number, d.other_funds, d.days, d.points, d.total_cost, d.insured,
    d.high_cost, d.additional_benefit, d.other_public, d.subsidy, d.patient_pays, d.times, d.receipt_class, d.receipt_count, d.service_code, d.municipal_subsidy,
    array(select distinct t.code from receipts.fault t where t.file_id = f.id and t.row = d.row order by 1), who
    from receipts.receipt d where d.file_id = f.id and d.row between first and last and d.row = any(due);
  update receipts.receipt r set posted = true where r.file_id = f.id and r.row between first and last and r.row = any(due);
  return coalesce(cardinality(due), 0);
end
$$;
drop function if exists receipts.still_entitled(receipts.receipt);

-- Posts a lot of a file that another person let be committed.
create or replace function receipts.post_lot(of_file uuid, of_lot integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare l receipts.lot; written integer;
begin
  if not access.has_right('feed.commit', 'receipts') or not exists (
       select from receipts.file f where f.id = of_file and f.state = 'committing' and f.committed_by <> f.prepared_by) then
    raise exception 'no file is being committed' using errcode = '42501';
  end if;
  select x.* into l from receipts.lot x where x.file_id = of_file and x.number = of_lot and x.judged_at is not null and x.posted_at is null for update;
  if not found then raise exception 'not a lot to post' using errcode = '42501'; end if;
  written := receipts.post(of_file, array(select generate_series(l.first_row, l.first_row + l.row_count - 1)));
  update receipts.lot set posted_at = clock_timestamp() where file_id = of_file and number = of_lot;
  if of_lot in (1, 8, 64, 512) then analyze receipts.benefit; end if;
  return written;
end
$$;

-- Decides about receipts of a file that is judged, in one's own name. What differs in money or person waits for another
-- person; what is blocked cannot be accepted.
create or replace function receipts.decide(of_file uuid, wanted integer[], what text, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare f receipts.file; who integer := access.staff_id(); accepted integer[]; many integer;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into f from receipts.file x where x.id = of_file for share;
  if (f.state in ('judged', 'committed') and what in ('accept', 'query', 'return') and why ~ '^[a-z-]{1,40}$' and cardinality(wanted) > 0) is not true then
    raise exception 'not a file of which is decided' using errcode = '42501';
  end if;
  perform from receipts.receipt r where r.file_id = f.id and r.row = any(wanted) order by r.row for update;
  if (select count(*) = cardinality(wanted) and bool_and(receipts.may('case.examine', r) and not r.posted
             and r.decided is distinct from 'asked' and (what <> 'accept' or r.outcome = 'doubtful' and r.person_number is not null))
        from receipts.receipt r where r.file_id = f.id and r.row = any(wanted)) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  with made as (
    insert into receipts.decision (file_id, row, action, reason, needs_second, asked_by, decision, decided_by, decided_at)
    select f.id, r.row, what, why, x.second, who, case when not x.second then 'approved' end, case when not x.second then who end, case when not x.second then now() end
      from receipts.receipt r cross join lateral (
        select what = 'accept' and exists (select from receipts.fault t cross join lateral receipts.fault_kind(t.code) k
                                            where t.file_id = r.file_id and t.row = r.row and k.second) as second) x
     where r.file_id = f.id and r.row = any(wanted)
    returning row, needs_second),
  told as (
    update receipts.receipt r set decided = case when what = 'query' then 'queried' when what = 'return' then 'returned' when m.needs_second then 'asked' else 'accepted' end
      from made m where r.file_id = f.id and r.row = m.row)
  select array_agg(m.row) filter (where what = 'accept' and not m.needs_second), count(*) into accepted, many from made m;
  if f.state = 'committed' and accepted is not null then perform receipts.post(f.id, accepted); end if;
  perform audit.write('event', 'receipt.decided', null, null, jsonb_build_object('file', f.id, 'count', many, 'decision', what, 'reason', why));
  return many;
end
$$;

-- The word of another person about acceptances that want one.
create or replace function receipts.settle(wanted integer[], approve boolean) returns integer
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); d record; many integer := 0;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  perform from receipts.decision x where x.id = any(wanted) order by x.id for update;
  if (select count(*) = cardinality(wanted) and cardinality(wanted) > 0
             and bool_and(x.decision is null and x.needs_second and x.asked_by <> who and receipts.may('case.approve', r) and f.state in ('judged', 'committed'))
        from receipts.decision x join receipts.receipt r on r.file_id = x.file_id and r.row = x.row join receipts.file f on f.id = x.file_id
       where x.id = any(wanted)) is not true then
    raise exception 'not to be settled so' using errcode = '42501';
  end if;
  update receipts.decision set decision = case when approve then 'approved' else 'refused' end, decided_by = who, decided_at = now() where id = any(wanted);
  update receipts.receipt r set decided = case when approve then 'accepted' end
    from receipts.decision x where x.id = any(wanted) and r.file_id = x.file_id and r.row = x.row;
  for d in select x.file_id, array_agg(x.row) as rows, f.state from receipts.decision x join receipts.file f on f.id = x.file_id
            where x.id = any(wanted) group by x.file_id, f.state loop
    if approve and d.state = 'committed' then perform receipts.post(d.file_id, d.rows); end if;
    many := many + cardinality(d.rows);
  end loop;
  perform audit.write('event', case when approve then 'receipt.acceptance-approved' else 'receipt.acceptance-refused' end, null, null, jsonb_build_object('count', many));
  return many;
end
$$;

-- Judges receipts again that are not paid, asked for or sent back: whose number it is and what came before. What was read
-- and calculated stays; clear ones of a committed file are posted.
create or replace function receipts.judge_again(of_file uuid, wanted integer[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare f receipts.file; one integer; again integer[];
begin
  select x.* into f from receipts.file x where x.id = of_file for share;
  if (f.state in ('judged', 'committed')) is not true then raise exception 'not a file that is judged' using errcode = '42501'; end if;
  select array_agg(r.row order by r.row) into again from receipts.receipt r
   where r.file_id = f.id and r.row = any(wanted) and not r.posted and r.outcome <> 'clear' and (r.decided is null or r.decided = 'queried')
     and receipts.may('case.examine', r);
  if coalesce(cardinality(again), 0) <> cardinality(wanted) then raise exception 'not to be judged again' using errcode = '42501'; end if;
  delete from receipts.fault t where t.file_id = f.id and t.row = any(again) and t.code in (
    'number-unknown', 'number-padded', 'old-number', 'no-entitlement', 'outside-period', 'suspended', 'suspended-part', 'insurer-differs', 'other-fund-differs', 'duplicate', 'moved-on',
    'terms-missing', 'payer-differs', 'category-differs', 'cap-exceeded', 'cap-not-reached', 'not-designated', 'period-part');
  with stated as (select r.*, row_number() over (order by r.row) as n from receipts.receipt r where r.file_id = f.id and r.row = any(again)),
  asked as (select array_agg(s.program order by s.n) as programs, array_agg(s.entitlement_kind order by s.n) as kinds,
      array_agg(s.recipient_number order by s.n) as numbers, array_agg(s.treatment_month order by s.n) as months from stated s),
  found as materialized (select s.row, s.line, m.* from asked a cross join lateral receipts.match(a.programs, a.kinds, a.numbers, a.months) m join stated s on s.n = m.n),
  told as (
    update receipts.receipt r set person_number = m.person_number, registered_number = m.registered, entitlement_id = m.entitlement_id,
           office_code = m.office_code, outcome = 'clear', decided = null
      from found m where r.file_id = f.id and r.row = m.row)
  insert into receipts.fault (file_id, row, code, line)
  select f.id, m.row, c.code, m.line from found m cross join lateral unnest(m.codes) c(code) on conflict do nothing;
  foreach one in array again loop perform receipts.compare_with_earlier(f.id, one, one); end loop;
  if f.state = 'committed' then perform receipts.post(f.id, again); end if;
  perform audit.write('event', 'receipt.judged-again', null, null, jsonb_build_object('file', f.id, 'count', cardinality(again)));
  return cardinality(again);
end
$$;

-- What a row of the ledger and all that changed it come to.
create or replace function receipts.net(of_benefit bigint, out points bigint, out total_cost bigint, out insured bigint, out high_cost bigint,
  out additional_benefit bigint, out other_public bigint, out subsidy bigint, out patient_pays bigint)
language sql stable set search_path = '' as $$
  select sum(b.points), sum(b.total_cost), sum(b.insured), sum(b.high_cost), sum(b.additional_benefit), sum(b.other_public), sum(b.subsidy), sum(b.patient_pays)
    from receipts.benefit b where b.id = of_benefit or b.origin_id = of_benefit
$$;

-- Another row that takes a row of the ledger away altogether.
create or replace function receipts.reverse(of_benefit bigint, as_kind text, settled text, by_adjustment integer) returns void
language sql set search_path = '' as $$
  insert into receipts.benefit (kind, origin_id, adjustment_id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel,
    claim_month, treatment_month, payment_month, institution, care, payer_number, insurer_number, other_funds, days, points, total_cost, insured, high_cost,
    additional_benefit, other_public, subsidy, patient_pays, times, receipt_class, receipt_count, service_code, municipal_subsidy, remarks, recorded_by)
  select as_kind, o.id, by_adjustment, o.program, o.person_number, o.recipient_number, o.entitlement_id, o.office_code, o.file_id, o.row, o.channel,
    settled, o.treatment_month, settled, o.institution, o.care, o.payer_number, o.insurer_number, o.other_funds, o.days, -n.points, -n.total_cost, -n.insured,
    -n.high_cost, -n.additional_benefit, -n.other_public, -n.subsidy, -n.patient_pays, o.times, o.receipt_class, o.receipt_count, o.service_code, -o.municipal_subsidy,
    '{}', access.staff_id()
    from receipts.benefit o cross join lateral receipts.net(o.id) n where o.id = of_benefit and o.kind = 'original'
$$;

-- Takes all that a file wrote back, as two people decided (`receipts.move`).
create or replace function receipts.take_back(of_file uuid) returns void
language plpgsql set search_path = '' as $$
declare f receipts.file;
begin
  select x.* into f from receipts.file x where x.id = of_file and x.state = 'withdrawn' and x.withdrawn_by = access.staff_id() and x.withdrawn_by <> x.withdrawal_asked_by;
  if not found then raise exception 'not to be taken back' using errcode = '42501'; end if;
  perform receipts.reverse(o.id, 'taken-back', f.claim_month, null) from receipts.benefit o
    where o.file_id = f.id and o.kind = 'original' and not exists (select from receipts.benefit w where w.origin_id = o.id and w.kind in ('taken-back', 'withdrawal'));
end
$$;

-- What points of a row of the ledger come to: ten yen each; units of 介護保険 as they stood on the receipt.
create or replace function receipts.cost_of(b receipts.benefit, of_points bigint) returns bigint
language sql immutable set search_path = '' as $$
  select case when b.care <> 'long-term-care' then of_points * 10 when b.points > 0 then round(b.total_cost::numeric * of_points / b.points)::bigint else b.total_cost end
$$;

-- 過誤 (the whole claim), 再審査 or 調整 (other amounts) of what was paid: asked for by one person with a reason that holds on the day.
create or replace function receipts.ask_adjustment(of_benefit bigint, as_kind text, settled text, code text, new_points bigint, new_subsidy bigint, new_pays bigint)
returns integer language plpgsql security definer set search_path = '' as $$
declare b receipts.benefit; made integer;
begin
  select x.* into b from receipts.benefit x where x.id = of_benefit and x.kind = 'original';
  if (access.has_right('case.examine', b.program, b.office_code) and settled >= b.claim_month
      and not exists (select from receipts.benefit w where w.origin_id = b.id and w.kind in ('taken-back', 'withdrawal'))
      and exists (select from receipts.adjustment_reason r where r.channel = b.channel and r.code = ask_adjustment.code and r.decision = 'approved'
                     and r.valid_from <= access.business_date() and (r.valid_to is null or r.valid_to >= access.business_date()))
      and (as_kind = 'withdrawal' or new_points >= 0 and new_subsidy >= 0 and new_pays >= 0 and new_subsidy + new_pays <= receipts.cost_of(b, new_points))) is not true then
    raise exception 'not to be adjusted so' using errcode = '42501';
  end if;
  insert into receipts.adjustment (benefit_id, kind, channel, settled_in, reason_code, points, subsidy, patient_pays, asked_by)
  values (b.id, as_kind, b.channel, settled, code, new_points, new_subsidy, new_pays, access.staff_id()) returning id into made;
  perform audit.write('event', 'receipt-adjustment.asked', null, null, jsonb_build_object('benefit', b.id, 'kind', as_kind));
  return made;
end
$$;
create or replace function receipts.decide_adjustment(of_adjustment integer, approve boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare a receipts.adjustment; b receipts.benefit;
begin
  select x.* into a from receipts.adjustment x where x.id = of_adjustment for update;
  select x.* into b from receipts.benefit x where x.id = a.benefit_id;
  if (access.has_right('case.approve', b.program, b.office_code) and a.decision is null and a.asked_by <> access.staff_id()
      -- What was taken back meanwhile stays so: other amounts would pay it again.
      and (not approve or not receipts.is_paid(a.channel, a.settled_in)
           and not exists (select from receipts.benefit w where w.origin_id = b.id and w.kind in ('taken-back', 'withdrawal')))) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update receipts.adjustment set decision = case when approve then 'approved' else 'refused' end, decided_by = access.staff_id(), decided_at = now() where id = a.id;
  perform audit.write('event', case when approve then 'receipt-adjustment.approved' else 'receipt-adjustment.refused' end, null, null, jsonb_build_object('adjustment', a.id));
  if approve is not true then return; end if;
  if a.kind = 'withdrawal' then perform receipts.reverse(b.id, 'withdrawal', a.settled_in, a.id); return; end if;
  -- The share of the insurance stays as it was in relation to the points; what remains is the other funds'.
  insert into receipts.benefit (kind, origin_id, adjustment_id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel,
    claim_month, treatment_month, payment_month, institution, care, payer_number, insurer_number, other_funds, days, points, total_cost, insured, high_cost,
    additional_benefit, other_public, subsidy, patient_pays, times, receipt_class, receipt_count, service_code, remarks, recorded_by)
  select a.kind, b.id, a.id, b.program, b.person_number, b.recipient_number, b.entitlement_id, b.office_code, b.file_id, b.row, b.channel,
    a.settled_in, b.treatment_month, a.settled_in, b.institution, b.care, b.payer_number, b.insurer_number, b.other_funds, b.days, a.points - n.points,
    x.cost - n.total_cost, (x.cost - n.total_cost) - (a.subsidy - n.subsidy) - (a.patient_pays - n.patient_pays), 0, 0, 0,
    a.subsidy - n.subsidy, a.patient_pays - n.patient_pays, b.times, b.receipt_class, b.receipt_count, b.service_code, '{}', access.staff_id()
    from receipts.net(b.id) n cross join receipts.cost_of(b, a.points) x(cost);
end
$$;

-- Codes of reasons of a channel: entered by one person, approved by another.
create or replace function receipts.ask_adjustment_reason(of_channel text, of_code text, of_title text, from_day date, to_day date) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  if (access.has_right('feed.import', 'receipts') and length(btrim(of_title)) between 1 and 100) is not true then
    raise exception 'no right to enter reasons' using errcode = '42501';
  end if;
  insert into receipts.adjustment_reason (channel, code, title, valid_from, valid_to, asked_by)
  values (of_channel, of_code, btrim(of_title), from_day, to_day, access.staff_id()) returning id into made;
  perform audit.write('event', 'receipt-reason.entered', null, null, jsonb_build_object('number', made));
  return made;
end
$$;
create or replace function receipts.decide_adjustment_reason(of_reason integer, approve boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update receipts.adjustment_reason r set decision = case when approve then 'approved' else 'refused' end, decided_by = access.staff_id(), decided_at = now()
   where r.id = of_reason and r.decision is null and r.asked_by <> access.staff_id() and access.has_right('feed.commit', 'receipts');
  if not found then raise exception 'not to be decided so' using errcode = '42501'; end if;
  perform audit.write('event', case when approve then 'receipt-reason.approved' else 'receipt-reason.refused' end, null, null, jsonb_build_object('number', of_reason));
  -- A later row of the same code ends the one before it.
  update receipts.adjustment_reason o set valid_to = n.valid_from - 1 from receipts.adjustment_reason n
   where approve and n.id = of_reason and o.id <> n.id and o.channel = n.channel and o.code = n.code and o.decision = 'approved'
     and o.valid_from < n.valid_from and (o.valid_to is null or o.valid_to >= n.valid_from);
end
$$;

-- What the ledger holds of a channel and a month: how many receipts, points, subsidy. Sums of all 事務, no person.
create or replace function receipts.ledger_of(by_channel text, claimed text, out receipts integer, out points bigint, out subsidy bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not access.has_right('feed.read', 'receipts') then raise exception 'no right to see sums' using errcode = '42501'; end if;
  select coalesce(sum(case b.kind when 'original' then 1 when 're-examination' then 0 when 'balancing' then 0 else -1 end), 0), coalesce(sum(b.points), 0), coalesce(sum(b.subsidy), 0)
    into ledger_of.receipts, ledger_of.points, ledger_of.subsidy from receipts.benefit b where b.channel = by_channel and b.claim_month = claimed;
end
$$;

create or replace function receipts.ask_statement(by_channel text, claimed text, how_many integer, amount bigint, advance bigint, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; l record;
begin
  if not access.has_right('feed.import', 'receipts') or exists (
       select from receipts.file f where f.channel = by_channel and f.claim_month = claimed and f.state in ('receiving', 'judging', 'judged', 'committing', 'withdrawing')) then
    raise exception 'not to be stated yet' using errcode = '42501';
  end if;
  l := receipts.ledger_of(by_channel, claimed);
  insert into receipts.statement (channel, claim_month, claimed_count, claimed_amount, advance_amount, ledger_count, ledger_amount, difference_reason, asked_by)
  values (by_channel, claimed, how_many, amount, advance, l.receipts, l.subsidy, why, access.staff_id()) returning id into made;
  perform audit.write('event', 'receipt-statement.entered', null, null, jsonb_build_object('channel', by_channel, 'claimMonth', claimed, 'amount', amount));
  return made;
end
$$;
-- Approved by another person while the ledger still holds what was looked at.
create or replace function receipts.decide_statement(of_statement integer, approve boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare s receipts.statement; l record;
begin
  select x.* into s from receipts.statement x where x.id = of_statement for update;
  l := receipts.ledger_of(s.channel, s.claim_month);
  if (s.decision is null and s.asked_by <> access.staff_id() and access.has_right('feed.commit', 'receipts')
      and (not approve or (l.receipts, l.subsidy) = (s.ledger_count, s.ledger_amount) and not exists (
        select from receipts.file f where f.channel = s.channel and f.claim_month = s.claim_month and f.state in ('receiving', 'judging', 'judged', 'committing', 'withdrawing')))) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update receipts.statement set decision = case when approve then 'approved' else 'refused' end, decided_by = access.staff_id(), decided_at = now() where id = s.id;
  perform audit.write('event', case when approve then 'receipt-statement.approved' else 'receipt-statement.refused' end, null, null, jsonb_build_object('statement', s.id));
end
$$;

-- Until when somebody had to do with what was paid (35-keeping.sql).
create or replace view keeping.use_of_receipts as
select b.person_number, b.program, max(b.recorded_at)::date as last_on, false as open from receipts.benefit b group by b.person_number, b.program;

revoke execute on all functions in schema receipts from public;
grant execute on function receipts.open_file, receipts.add_lot, receipts.keep_file_faults, receipts.close_receipt, receipts.move, receipts.note_problem,
  receipts.hold, receipts.next_lot, receipts.keep_lot, receipts.compare_lot, receipts.post_lot, receipts.decide, receipts.settle, receipts.judge_again, receipts.ask_adjustment,
  receipts.decide_adjustment, receipts.ask_adjustment_reason, receipts.decide_adjustment_reason, receipts.ledger_of, receipts.ask_statement,
  receipts.decide_statement to madoguchi_app;
