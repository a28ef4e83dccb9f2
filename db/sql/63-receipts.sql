-- Receipts taken in and judged. Names lie sealed until the file is closed; outside the vault stand numbers, months, amounts
-- and codes. Rows change through these functions alone: they know where a file stands, who prepared it, and whose number it is.

grant usage on schema receipts to madoguchi_app;

do $$
declare t text;
begin
  foreach t in array array['institution', 'file', 'lot', 'receipt', 'fault', 'decision', 'adjustment', 'adjustment_reason', 'benefit', 'statement'] loop
    execute format('alter table receipts.%I enable row level security', t);
    execute format('alter table receipts.%I force row level security', t);
    execute format('drop policy if exists owner_functions on receipts.%I', t);
    execute format('create policy owner_functions on receipts.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('revoke all on receipts.%I from madoguchi_app', t);
    execute format('grant select on receipts.%I to madoguchi_app', t);
  end loop;
end
$$;

drop policy if exists signed_in on receipts.institution;
create policy signed_in on receipts.institution for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists by_staff on receipts.file;
create policy by_staff on receipts.file for select to madoguchi_app
  using ((select access.has_right('receipt.read')));
drop policy if exists by_file_staff on receipts.lot;
create policy by_file_staff on receipts.lot for select to madoguchi_app
  using ((select access.has_right('feed.import', 'receipts')) or (select access.has_right('feed.commit', 'receipts')));

-- A receipt is seen by whoever may see receipts of its 事務 and office; what belongs to none by all of them.
drop policy if exists by_staff on receipts.receipt;
create policy by_staff on receipts.receipt for select to madoguchi_app
  using (exists (select from access.scopes('receipt.read') s
                  where (s.program is null or receipt.program is null or s.program = receipt.program)
                    and (s.office is null or receipt.office_code is null or s.office = receipt.office_code)));
do $$
declare t text;
begin
  foreach t in array array['fault', 'decision'] loop
    execute format('drop policy if exists with_its_receipt on receipts.%I', t);
    execute format('create policy with_its_receipt on receipts.%1$I for select to madoguchi_app
      using (%1$I.row = 0 or exists (select from receipts.receipt r where r.file_id = %1$I.file_id and r.row = %1$I.row))', t);
  end loop;
end
$$;

-- How much a fault weighs: 0 a remark, 1 doubtful, 2 blocked.
create or replace function receipts.fault_weight(of_code text) returns integer language sql immutable set search_path = '' as $$
  select case
    when of_code in ('format-remark', 'number-padded', 'old-number', 'other-fund-differs', 'copay-unknown', 'category-missing', 'claim-month-differs', 'period-part') then 0
    when of_code in ('format-doubtful', 'two-subsidies', 'birth-differs', 'insurer-differs', 'fund-order', 'suspended-part', 'duplicate', 'copay-differs', 'stated-differs', 'terms-missing', 'payer-differs',
      'category-differs', 'cap-exceeded', 'cap-not-reached', 'not-designated', 'refund-due', 'points-high') then 1
    else 2 end
$$;

-- Codes of faults as workflows/receipts/faults.ts has them; a test holds both against each other.
create or replace function receipts.fault_kind(of_code text, out level text, out second boolean)
language sql immutable set search_path = '' as $$
  select (array['remark', 'doubtful', 'blocked'])[receipts.fault_weight(of_code) + 1],
    of_code in ('format-doubtful', 'two-subsidies', 'birth-differs', 'suspended-part', 'duplicate', 'copay-differs', 'stated-differs', 'terms-missing',
      'payer-differs', 'category-differs', 'cap-exceeded', 'not-designated', 'refund-due', 'points-high')
$$;

-- The file, held until the transaction ends; refused without the right, or where it stands otherwise. Lots are worked on
-- side by side: nobody moves the file, others may hold it too.
drop function if exists receipts.held(uuid, text[], text);
create or replace function receipts.held(of_file uuid, any_of text[], side_by_side boolean) returns receipts.file
language plpgsql set search_path = '' as $$
declare f receipts.file;
begin
  if not access.has_right('feed.import', 'receipts') then raise exception 'no right to work on receipts' using errcode = '42501'; end if;
  if side_by_side then select x.* into f from receipts.file x where x.id = of_file for share;
  else select x.* into f from receipts.file x where x.id = of_file for update;
  end if;
  if (f.state = any(any_of)) is not true then raise exception 'not a file that stands so' using errcode = '42501'; end if;
  return f;
end
$$;

create or replace function receipts.open_file(of_format text, of_layout text, by_channel text, claimed text, paid text, of_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if not access.has_right('feed.import', 'receipts') then raise exception 'no right to take receipts in' using errcode = '42501'; end if;
  insert into receipts.file (format, layout, channel, claim_month, payment_month, file_name, prepared_by)
  values (of_format, of_layout, by_channel, claimed, paid, of_name, access.staff_id()) returning id into made;
  return made;
end
$$;

-- For the vault: whether receipts may be sealed for a file: while it is received, by whoever takes it in.
create or replace function receipts.takes_records(holder text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from receipts.file f where holder = 'receipts:' || f.id and f.state = 'receiving' and f.prepared_by = access.staff_id())
$$;

-- What is judged lies in one record, who the receipts say they are for in records of a few (`patients`), so that one receipt can be looked at
-- without opening all.
drop function if exists receipts.add_lot(uuid, integer, integer, integer, uuid);
create or replace function receipts.add_lot(of_file uuid, lot_number integer, first integer, rows integer, records uuid, patients uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare f receipts.file := receipts.held(of_file, array['receiving'], false);
begin
  if (f.prepared_by = access.staff_id() and lot_number = (select count(*) + 1 from receipts.lot l where l.file_id = f.id)
      and first = coalesce((select max(l.first_row + l.row_count) from receipts.lot l where l.file_id = f.id), 1) and rows > 0
      and exists (select from vault.sealed_of(records) s where s.holder = 'receipts:' || f.id and s.program = 'receipts'
                     and s.kind = 'receipt-records' and s.entered_by = access.staff_id())
      and cardinality(patients) > 0 and not exists (select from unnest(patients) p where not exists (
        select from vault.sealed_of(p) s where s.holder = 'receipts:' || f.id and s.program = 'receipts' and s.kind = 'receipt-patients'
           and s.entered_by = access.staff_id()))) is not true then
    raise exception 'not a lot of this file' using errcode = '42501';
  end if;
  insert into receipts.lot (file_id, number, first_row, row_count, sealed_id, patient_ids) values (f.id, lot_number, first, rows, records, patients);
end
$$;

-- What is against the file as a whole, as it comes.
create or replace function receipts.keep_file_faults(of_file uuid, codes text[], lines integer[], fields text[], reasons text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare f receipts.file := receipts.held(of_file, array['receiving'], false);
begin
  if f.prepared_by <> access.staff_id() then raise exception 'somebody else takes it in' using errcode = '42501'; end if;
  insert into receipts.fault (file_id, row, code, line, field, reason)
  select f.id, 0, c, l, d, r from unnest(codes, lines, fields, reasons) x(c, l, d, r) on conflict do nothing;
end
$$;

create or replace function receipts.close_receipt(of_file uuid, seen integer, file_digest text, size bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare f receipts.file := receipts.held(of_file, array['receiving'], false);
begin
  if (f.prepared_by = access.staff_id() and file_digest ~ '^[0-9a-f]{64}$') is not true then
    raise exception 'not to be closed so' using errcode = '42501';
  end if;
  update receipts.file x set digest = file_digest, bytes = size,
         lot_count = (select count(*) from receipts.lot l where l.file_id = f.id),
         receipt_count = (select coalesce(sum(l.row_count), 0) from receipts.lot l where l.file_id = f.id) where x.id = f.id;
  perform receipts.move(f.id, seen, 'received', 'judging', null);
end
$$;

-- Whether the sum of a channel for a month is approved as payable: nothing of it changes any more but by 過誤.
create or replace function receipts.is_paid(by_channel text, claimed text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from receipts.statement s where s.channel = by_channel and s.claim_month = claimed and s.decision = 'approved')
$$;

-- What stands between a file and its step: see workflows/receipts/machine.ts.
create or replace function receipts.unmet(f receipts.file, checks text[]) returns text
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean;
begin
  foreach one in array checks loop
    ok := case one
      when 'notPreparer' then f.prepared_by <> access.staff_id()
      when 'notAsker' then f.withdrawal_asked_by <> access.staff_id()
      when 'notPaid' then not receipts.is_paid(f.channel, f.claim_month)
      else false end;
    if ok is not true then return one; end if;
  end loop;
  return null;
end
$$;

create or replace function receipts.move(of_file uuid, seen integer, event_type text, target text, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare f receipts.file; w flows.way;
begin
  select x.* into f from receipts.file x where x.id = of_file for update;
  if not found or not (access.has_right('feed.import', 'receipts') or access.has_right('feed.commit', 'receipts')) then
    raise exception 'no such file' using errcode = '42501';
  end if;
  if f.revision is distinct from seen then raise exception 'the file has moved on' using errcode = 'MD014'; end if;
  w := flows.take('receipt-file', 1, f.state, event_type, target, 'receipts', why is not null);
  if receipts.unmet(f, w.checks) is not null
     or (event_type = 'received' and f.digest is null)
     or (event_type = 'judged' and exists (select from receipts.lot l where l.file_id = f.id and (l.judged_at is null or l.compared_at is null)))
     or (event_type = 'committed' and exists (select from receipts.lot l where l.file_id = f.id and l.posted_at is null)) then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  update receipts.file set state = target, revision = seen + 1,
         judged_at = case event_type when 'judged' then clock_timestamp() else judged_at end,
         programs = case event_type when 'judged' then array(select distinct r.program from receipts.receipt r where r.file_id = f.id and r.program is not null order by 1) else programs end,
         committed_by = case event_type when 'approve' then access.staff_id() else committed_by end,
         committed_at = case when event_type in ('approve', 'committed') then clock_timestamp() else committed_at end,
         withdrawal_asked_by = case event_type when 'askWithdrawal' then access.staff_id() when 'keep' then null else withdrawal_asked_by end,
         withdrawn_by = case event_type when 'withdraw' then access.staff_id() else withdrawn_by end,
         withdrawn_at = case event_type when 'withdraw' then clock_timestamp() else withdrawn_at end,
         problem = case when event_type = 'cancel' then why when event_type in ('approve', 'judged', 'committed') then null else problem end
   where id = f.id;
  if event_type = 'withdraw' then perform receipts.take_back(f.id); end if;
  perform audit.write('event', 'receipt-file.' || case event_type when 'approve' then 'approved' when 'cancel' then 'cancelled' when 'askWithdrawal' then 'withdrawal-asked'
      when 'withdraw' then 'withdrawn' when 'keep' then 'withdrawal-refused' else event_type end,
    null, null, jsonb_build_object('file', f.id, 'channel', f.channel, 'claimMonth', f.claim_month));
  return seen + 1;
end
$$;

create or replace function receipts.note_problem(of_file uuid, what text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (access.has_right('feed.import', 'receipts') or access.has_right('feed.commit', 'receipts')) then
    raise exception 'no right to work on receipts' using errcode = '42501';
  end if;
  update receipts.file set problem = what where id = of_file and state in ('receiving', 'judging', 'judged', 'committing');
end
$$;

-- A file, held until the transaction ends, for those who work on files; so that of two who finish it one comes second.
create or replace function receipts.hold(of_file uuid) returns void
language sql security definer set search_path = '' as $$
  select from receipts.file f
   where f.id = of_file and (access.has_right('feed.import', 'receipts') or access.has_right('feed.commit', 'receipts')) for update
$$;

-- The first lot that is not yet judged, compared or posted (`step`) and on which nobody works, held.
drop function if exists receipts.next_lot(uuid, boolean);
create or replace function receipts.next_lot(of_file uuid, step text) returns setof receipts.lot
language sql security definer set search_path = '' as $$
  select l.* from receipts.lot l join receipts.file f on f.id = l.file_id
   where l.file_id = of_file
     and case step
           when 'judge' then f.state = 'judging' and l.judged_at is null
           when 'compare' then f.state = 'judging' and l.compared_at is null
             and not exists (select from receipts.lot o where o.file_id = f.id and o.judged_at is null)
           when 'post' then f.state = 'committing' and l.posted_at is null
         end
     and access.has_right(case step when 'post' then 'feed.commit' else 'feed.import' end, 'receipts')
   order by l.number limit 1 for update of l skip locked
$$;

-- The ways in which a number may stand in the register: as it is, or with other zeros in front.
create or replace function receipts.written_ways(number text) returns text[]
language sql immutable set search_path = '' as $$
  select case when number ~ '^[0-9]{1,9}$' then
    array[number, ltrim(number, '0'), lpad(ltrim(number, '0'), 7, '0'), lpad(ltrim(number, '0'), 8, '0'), lpad(ltrim(number, '0'), 9, '0')]
    else array[number] end
$$;

-- Whose numbers they are in their 事務, and the entitlement in the month: by the number that was valid then, otherwise by an
-- earlier or later one, written as it is or with other zeros in front. Nobody where two people have such a number.
create or replace function receipts.match(programs text[], kinds text[], numbers text[], months text[])
returns table (n integer, person_number text, registered text, entitlement_id uuid, office_code text, codes text[])
language sql stable set search_path = '' as $$
  select a.n::integer, r.person_number, r.recipient_number, e.id, e.office_code,
    array_remove(array[
      case when a.program is not null and r.person_number is null then 'number-unknown' end,
      case when r.recipient_number <> a.number then 'number-padded' end,
      case when r.valid_from > d.last_day or r.valid_to < d.first_day then 'old-number' end,
      case when r.person_number is not null and e.id is not null and e.stopped && e.wanted then
        case when e.wanted <@ e.stopped then 'suspended' else 'suspended-part' end end,
      case when r.person_number is not null and a.month is not null and e.id is null then
        case when exists (select from entitlements.entitlement o where o.program = a.program and o.kind = a.kind
                             and o.person_number = r.person_number and o.status <> 'revoked') then 'outside-period' else 'no-entitlement' end end], null)
    from unnest(programs, kinds, numbers, months) with ordinality a(program, kind, number, month, n)
    cross join lateral (select (a.month || '-01')::date as first_day, ((a.month || '-01')::date + interval '1 month - 1 day')::date as last_day) d
    left join lateral (
      select x.* from entitlements.recipient x
       where x.program = a.program and x.recipient_number = any(receipts.written_ways(a.number))
         and (x.recipient_number = a.number or not exists (
               select from entitlements.recipient y where y.program = a.program and y.recipient_number = any(receipts.written_ways(a.number))
                  and (y.recipient_number = a.number or y.person_number <> x.person_number)))
       order by x.recipient_number <> a.number limit 1) r on true
    left join lateral (
      select x.id, x.office_code, s.stopped, w.wanted from entitlements.entitlement x
       cross join lateral (select daterange(greatest(x.valid_from, d.first_day), least(x.valid_to, d.last_day), '[]') as wanted) w
       cross join lateral (select coalesce(range_agg(daterange(y.from_on, y.to_on, '[]')), '{}'::datemultirange) as stopped
                             from entitlements.suspension y where y.entitlement_id = x.id) s
       where x.program = a.program and x.kind = a.kind and x.person_number = r.person_number and x.status <> 'revoked'
         and x.valid_from <= d.last_day and x.valid_to >= d.first_day
       order by w.wanted <@ s.stopped, x.valid_from limit 1) e on true
$$;

-- Keeps what a lot says, as it was read and calculated, and judges it against the register and what came before: whose
-- number it is, entitlement, birth date, duplicates, insurer and other funds. The birth dates are compared and not kept.
create or replace function receipts.keep_lot(of_file uuid, of_lot integer, rows jsonb, faults jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare f receipts.file := receipts.held(of_file, array['judging'], true); l receipts.lot;
begin
  -- What a file says comes from whoever took it in, or from the job: nobody else, so that no one both says and approves it.
  if (f.prepared_by = access.staff_id() or access.has_right('system.run')) is not true then
    raise exception 'somebody else takes it in' using errcode = '42501';
  end if;
  select x.* into l from receipts.lot x where x.file_id = f.id and x.number = of_lot and x.judged_at is null for update;
  if (select count(*) = l.row_count and count(distinct (r ->> 'row')::integer) = l.row_count
             and bool_and((r ->> 'row')::integer between l.first_row and l.first_row + l.row_count - 1)
             -- No more than a file can say (twelve digits of points): such a one is doubtful, and the others of its lot are judged.
             and bool_and((select bool_and(coalesce((r ->> y)::bigint, 0) between 0 and 9999999999999)
               from unnest(array['points', 'totalCost', 'insured', 'additionalBenefit', 'otherPublic', 'subsidy', 'patientPays', 'municipalSubsidy']) y))
        from jsonb_array_elements(rows) r) is not true
     or (select bool_and((x ->> 'row')::integer between l.first_row and l.first_row + l.row_count - 1) from jsonb_array_elements(faults) x) is false then
    raise exception 'not the receipts of a lot that is judged' using errcode = '42501';
  end if;
  insert into receipts.institution as i (code, name, named_in)
  select distinct on (r."institution") r."institution", r."institutionName", f.claim_month
    from jsonb_to_recordset(rows) r("institution" text, "institutionName" text) where r."institution" is not null
   order by r."institution", r."institutionName" desc
  on conflict (code) do update set name = excluded.name, named_in = excluded.named_in
    where excluded.name <> '' and excluded.name <> i.name and excluded.named_in >= i.named_in;
  with said as materialized (
    select x.*, row_number() over (order by x."row") as n from jsonb_to_recordset(rows) x(
      "row" integer, "line" integer, "number" integer, "searchNumber" text, "institution" text, "care" text, "type" text, "treatmentMonth" text,
      "program" text, "entitlementKind" text, "payer" text, "recipient" text, "birth" date, "insurer" text, "otherFunds" text[], "days" integer,
      "points" bigint, "totalCost" bigint, "insured" bigint, "highCost" bigint, "additionalBenefit" bigint, "otherPublic" bigint, "subsidy" bigint,
      "patientPays" bigint, "copayStated" bigint, "copayExpected" bigint, "highCostCategory" text, "highCostMultiple" boolean,
      "times" integer, "receiptClass" text, "receiptCount" integer, "serviceCode" text, "municipalSubsidy" bigint)),
  asked as materialized (select array_agg(s."program" order by s.n) as programs, array_agg(s."entitlementKind" order by s.n) as kinds,
      array_agg(s."recipient" order by s.n) as numbers, array_agg(s."treatmentMonth" order by s.n) as months from said s),
  found as materialized (select m.* from asked a cross join lateral receipts.match(a.programs, a.kinds, a.numbers, a.months) m),
  births as materialized (select b.* from vault.births_of(array(select distinct m.person_number from found m where m.person_number is not null)) b),
  kept as (
    insert into receipts.receipt (file_id, row, lot, line, number, search_number, institution, care, type, treatment_month, program, entitlement_kind,
      payer_number, recipient_number, registered_number, person_number, entitlement_id, office_code, insurer_number, other_funds, days, points,
      total_cost, insured, high_cost, additional_benefit, other_public, subsidy, patient_pays, copay_stated, copay_expected, high_cost_category, high_cost_multiple,
      times, receipt_class, receipt_count, service_code, municipal_subsidy)
    select f.id, s."row", l.number, s."line", s."number", s."searchNumber", s."institution", s."care", s."type", s."treatmentMonth", s."program", s."entitlementKind",
      s."payer", s."recipient", m.registered, m.person_number, m.entitlement_id, m.office_code, s."insurer", s."otherFunds", s."days", s."points",
      s."totalCost", s."insured", s."highCost", s."additionalBenefit", s."otherPublic", s."subsidy", s."patientPays", s."copayStated", s."copayExpected",
      s."highCostCategory", coalesce(s."highCostMultiple", false),
      s."times", s."receiptClass", coalesce(s."receiptCount", 1), s."serviceCode", coalesce(s."municipalSubsidy", 0)
      from said s join found m on m.n = s.n)
  insert into receipts.fault (file_id, row, code, line)
  select f.id, s."row", c.code, s."line" from said s join found m on m.n = s.n cross join lateral unnest(m.codes) c(code)
  union all
  select f.id, s."row", 'birth-differs', s."line" from said s join found m on m.n = s.n join births b on b.person_number = m.person_number
   where s."birth" is not null and s."birth" <> b.birth_date;
  insert into receipts.fault (file_id, row, code, line, field, reason)
  select f.id, x."row", x."code", x."line", coalesce(x."field", ''), coalesce(x."reason", '')
    from jsonb_to_recordset(faults) x("row" integer, "code" text, "line" integer, "field" text, "reason" text)
  on conflict do nothing;
  update receipts.lot set judged_at = clock_timestamp() where file_id = f.id and number = l.number;
  -- The receipts of a new file are in no statistics; without them every check of a key reads the whole file.
  if l.number in (1, 8, 64, 512) then analyze receipts.receipt, receipts.fault; end if;
end
$$;

-- Compares a lot with all other receipts, when all lots of its file are kept: so a receipt that stands twice is found,
-- whichever of its lots was kept first, and of two files that are judged at a time at least one finds the other.
create or replace function receipts.compare_lot(of_file uuid, of_lot integer) returns void
language plpgsql security definer set search_path = '' as $$
declare f receipts.file := receipts.held(of_file, array['judging'], true); l receipts.lot;
begin
  select x.* into l from receipts.lot x where x.file_id = f.id and x.number = of_lot and x.compared_at is null for update;
  if not found or exists (select from receipts.lot x where x.file_id = f.id and x.judged_at is null) then
    raise exception 'not a lot to compare' using errcode = '42501';
  end if;
  perform receipts.compare_with_earlier(f.id, l.first_row, l.first_row + l.row_count - 1);
  update receipts.lot set compared_at = clock_timestamp() where file_id = f.id and number = l.number;
end
$$;

-- Duplicates, another insurer and other funds than before, of some rows of a file; then what became of each.
create or replace function receipts.compare_with_earlier(of_file uuid, from_row integer, to_row integer) returns void
language plpgsql set search_path = '' as $$
begin
  insert into receipts.fault (file_id, row, code, line)
  select a.file_id, a.row, 'duplicate', a.line from receipts.receipt a
   where a.file_id = of_file and a.row between from_row and to_row and a.person_number is not null and exists (
     select from receipts.receipt b join receipts.file g on g.id = b.file_id
      where b.person_number = a.person_number and b.treatment_month = a.treatment_month and b.institution = a.institution and b.care = a.care
        and b.points = a.points and b.program = a.program and (b.file_id <> a.file_id or b.row < a.row)
        and g.state not in ('cancelled', 'withdrawn') and b.decided is distinct from 'returned'
        and not exists (select from receipts.benefit w join receipts.benefit o on o.id = w.origin_id
                         where o.file_id = b.file_id and o.row = b.row and o.kind = 'original' and w.kind = 'withdrawal'))
  union all
  select a.file_id, a.row, x.code, a.line from receipts.receipt a
    cross join lateral (
      select p.insurer_number, p.other_funds, p.institution from receipts.benefit p
       where p.person_number = a.person_number and p.program = a.program and p.kind = 'original' and p.treatment_month <= a.treatment_month
       order by p.treatment_month desc, p.id desc limit 1) p
    cross join lateral (values ('insurer-differs', a.insurer_number is distinct from p.insurer_number),
      ('other-fund-differs', a.institution = p.institution and a.other_funds <> p.other_funds)) x(code, differs)
   where a.file_id = of_file and a.row between from_row and to_row and a.person_number is not null and x.differs
  on conflict do nothing;
  -- What a 事務 alone knows of its people.
  perform intractable_money.check_receipts(of_file, from_row, to_row);
  -- What became of each is counted before the receipts are read, once: joined, the faults would be counted for every row.
  with worst as materialized (
    select t.row, max(receipts.fault_weight(t.code)) as weight from receipts.fault t
     where t.file_id = of_file and t.row between from_row and to_row group by t.row)
  update receipts.receipt r set outcome = case w.weight when 2 then 'blocked' else 'doubtful' end
    from worst w where r.file_id = of_file and r.row between from_row and to_row and r.row = w.row and w.weight > 0;
end
$$;

-- For the vault: a file is closed when it is committed or cancelled; then its key goes, and the receipts with it.
drop trigger if exists erase_receipt_records on receipts.file;
drop function if exists vault.erase_receipt_records();
create trigger erase_receipt_records after update of state on receipts.file for each row
  when (new.state in ('committed', 'cancelled') and old.state is distinct from new.state)
  execute function vault.erase_file_records('receipts', 'receipt.records-erased');

revoke execute on all functions in schema receipts from public;
grant usage on schema receipts to madoguchi_vault;
grant execute on function receipts.takes_records to madoguchi_vault;
