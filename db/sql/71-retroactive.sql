-- 遡及: what was issued and paid on a basis that does not hold any more, shown before the proposal and followed up after the
-- decision; the end of a period by the clock; certificates that come back. All of it for any 事務 with entitlements.

call cases.secure('entitlements.follow_up');
revoke all on entitlements.follow_up from madoguchi_app;
grant select on entitlements.follow_up to madoguchi_app;
drop policy if exists seen on entitlements.follow_up;
create policy seen on entitlements.follow_up for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = follow_up.program) and (s.office is null or s.office = follow_up.office_code)));

-- What hangs on the days that counted before and do not count after, and on those that count now: receipts that wait or were
-- sent back, the ledger, what was paid to the person since. `partly`: some days of the month count, so that the days of
-- treatment have to be looked at.
create or replace function entitlements.consequences(of_entitlement uuid, before datemultirange, after datemultirange)
returns table (kind text, treatment_month text, partly boolean, amount bigint, institution text, receipt_file uuid, receipt_row integer, benefit_id bigint, payable_id uuid)
language sql stable set search_path = '' as $$
  with e as materialized (select x.*, before - after as gone, after - before as come from entitlements.entitlement x where x.id = of_entitlement),
  taken as materialized (
    select r.*, f.state as file_state, daterange((r.treatment_month || '-01')::date, ((r.treatment_month || '-01')::date + interval '1 month')::date) as days_of_month
      from e join receipts.receipt r on r.person_number = e.person_number and r.program = e.program and r.entitlement_kind = e.kind
      join receipts.file f on f.id = r.file_id
     where r.treatment_month is not null and not r.posted and f.state in ('judging', 'judged', 'committing', 'committed'))
  select 'send-back', t.treatment_month, after && t.days_of_month, t.subsidy, t.institution::text, t.file_id, t.row, null::bigint, null::uuid
    from e join taken t on t.entitlement_id = e.id where t.decided is distinct from 'returned' and e.gone && t.days_of_month
  union all
  select 'recover', b.treatment_month, after && m.days_of_month, n.subsidy, b.institution::text, null, null, b.id, null
    from e join receipts.benefit b on b.person_number = e.person_number and b.entitlement_id = e.id and b.kind = 'original'
    cross join lateral (select daterange((b.treatment_month || '-01')::date, ((b.treatment_month || '-01')::date + interval '1 month')::date) as days_of_month) m
    cross join lateral receipts.net(b.id) n
   where e.gone && m.days_of_month and n.subsidy > 0
     and not exists (select from receipts.benefit w where w.origin_id = b.id and w.kind in ('taken-back', 'withdrawal'))
  union all
  select 'check-payment', null, false, p.amount - p.set_off, null, null, null, null, p.id
    from e join payments.payable p on p.person_number = e.person_number and p.program = e.program
   where not isempty(e.gone) and p.owed_on >= lower(e.gone) and p.state <> 'withdrawn'
  union all
  select case when t.decided = 'returned' then 'pay-more' else 'judge-again' end, t.treatment_month, not t.days_of_month <@ after, t.subsidy,
         t.institution::text, t.file_id, t.row, null, null
    from e join taken t on e.come && t.days_of_month
   where t.outcome = 'blocked' and exists (select from receipts.fault x where x.file_id = t.file_id and x.row = t.row
           and x.code in ('outside-period', 'no-entitlement', 'suspended', 'moved-on'))
$$;

-- The same for a case as it is proposed, or would be with these days (訂正): for whoever sees the case.
create or replace function entitlements.preview_of(of_case uuid, from_day date, to_day date)
returns table (entitlement_id uuid, kind text, treatment_month text, partly boolean, amount bigint, institution text, receipt_file uuid, receipt_row integer,
  benefit_id bigint, payable_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; h entitlements.change;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  select x.* into h from entitlements.change x where x.case_id = of_case;
  return query
    select e.id, q.* from entitlements.of_case(of_case) e
     cross join lateral (select entitlements.coverage(e.id) as before) b
     cross join lateral entitlements.consequences(e.id, b.before, case
       when h.case_id is null then '{}'
       when h.movement = 'lost' then b.before * datemultirange(daterange(null, h.occurs_on))
       when h.movement = 'suspended' then b.before - datemultirange(daterange(h.occurs_on, null))
       when h.movement = 'resumed' then b.before + datemultirange(daterange(h.occurs_on, greatest(h.occurs_on, e.valid_to), '[]'))
       when h.movement = 'corrected' and from_day <= to_day then datemultirange(daterange(from_day, to_day, '[]'))
         - coalesce((select range_agg(daterange(s.from_on, s.to_on, '[]')) from entitlements.suspension s where s.entitlement_id = e.id), '{}')
       else b.before end) q
     order by q.kind, q.treatment_month desc nulls last, q.institution;
end
$$;

-- Opens what follows a movement that was just carried out; what waited of another one falls away where its month counts again.
create or replace function entitlements.open_follow_ups(of_entitlement uuid, by_case uuid, before datemultirange, other_days boolean) returns void
language plpgsql set search_path = '' as $$
declare e entitlements.entitlement; after datemultirange := entitlements.coverage(of_entitlement);
begin
  select x.* into e from entitlements.entitlement x where x.id = of_entitlement;
  update entitlements.follow_up f set state = 'dropped', revision = f.revision + 1, reason = 'counts-again', asked_by = null,
         settled_by = access.staff_id(), settled_on = access.business_date(), settled_at = cases.moment()
   where f.entitlement_id = e.id and f.settled_on is null and f.kind in ('send-back', 'recover')
     -- What another insurer is the reason of stays: the days counted before as they do now.
     and not exists (select from entitlements.change h where h.case_id = f.case_id and h.movement is null)
     and daterange((f.treatment_month || '-01')::date, ((f.treatment_month || '-01')::date + interval '1 month')::date) <@ after;
  insert into entitlements.follow_up (program, office_code, person_number, entitlement_id, case_id, kind, treatment_month, partly, amount, receipt_file,
    receipt_row, benefit_id, payable_id, opened_on, opened_at)
  select e.program, e.office_code, e.person_number, e.id, by_case, q.kind, q.treatment_month, q.partly, q.amount, q.receipt_file, q.receipt_row, q.benefit_id,
         q.payable_id, access.business_date(), cases.moment()
    from entitlements.consequences(e.id, before, after) q
   where not exists (select from entitlements.follow_up o where o.entitlement_id = e.id and o.kind = q.kind and o.settled_on is null
           and (o.receipt_file, o.receipt_row, o.benefit_id, o.payable_id) is not distinct from (q.receipt_file, q.receipt_row, q.benefit_id, q.payable_id))
  on conflict do nothing;
  if other_days then
    insert into entitlements.follow_up (program, office_code, person_number, entitlement_id, case_id, kind, certificate_id, opened_on, opened_at)
    select e.program, e.office_code, e.person_number, e.id, by_case, 'reissue', z.id, access.business_date(), cases.moment()
      from entitlements.certificate z where z.entitlement_id = e.id and z.ended_on is null and e.status = 'granted'
        and not exists (select from entitlements.follow_up o where o.certificate_id = z.id and o.kind = 'reissue' and o.settled_on is null)
    on conflict do nothing;
  end if;
end
$$;

-- 健康保険の変更 back in time. The insurer lies sealed, so that the program says its number; which receipts name another one the
-- database finds: of months from the one of the change on, until the next change of the insurance of the same person. `partly`: the
-- old insurer may be right for some days of the month.
create or replace function entitlements.of_other_insurer(of_entitlement uuid, by_case uuid, insurer text)
returns table (kind text, treatment_month text, partly boolean, amount bigint, institution text, receipt_file uuid, receipt_row integer, benefit_id bigint, payable_id uuid)
language sql stable set search_path = '' as $$
  with h as materialized (
    select x.occurs_on, to_char(x.occurs_on, 'YYYY-MM') as first_month, (
             select to_char(min(o.occurs_on) - 1, 'YYYY-MM') from entitlements.change o join cases.case c on c.id = o.case_id
               join entitlements.change_entitlement y on y.case_id = o.case_id and y.entitlement_id = of_entitlement
              where o.granting_case_id = x.granting_case_id and o.subject = x.subject and o.occurs_on > x.occurs_on and c.state = 'applied') as last_month
      from entitlements.change x where x.case_id = by_case),
  e as materialized (select y.*, h.* from entitlements.entitlement y cross join h where y.id = of_entitlement)
  select 'send-back', r.treatment_month, r.treatment_month = e.first_month and extract(day from e.occurs_on) > 1, r.subsidy, r.institution::text, r.file_id, r.row,
         null::bigint, null::uuid
    from e join receipts.receipt r on r.entitlement_id = e.id and r.person_number = e.person_number and r.program = e.program and not r.posted
    join receipts.file f on f.id = r.file_id
   where f.state in ('judging', 'judged', 'committing', 'committed') and r.decided is distinct from 'returned'
     and r.treatment_month between e.first_month and coalesce(e.last_month, '9999-12') and r.insurer_number <> insurer
  union all
  select 'recover', b.treatment_month, b.treatment_month = e.first_month and extract(day from e.occurs_on) > 1, n.subsidy, b.institution::text, null, null, b.id, null
    from e join receipts.benefit b on b.person_number = e.person_number and b.entitlement_id = e.id and b.kind = 'original'
    cross join lateral receipts.net(b.id) n
   where b.treatment_month between e.first_month and coalesce(e.last_month, '9999-12') and b.insurer_number <> insurer and n.subsidy > 0
     and not exists (select from receipts.benefit w where w.origin_id = b.id and w.kind in ('taken-back', 'withdrawal'))
$$;

-- The same for a report as it is entered: for whoever sees the case.
create or replace function entitlements.preview_insurer(of_case uuid, insurer text)
returns table (entitlement_id uuid, kind text, treatment_month text, partly boolean, amount bigint, institution text, receipt_file uuid, receipt_row integer,
  benefit_id bigint, payable_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  return query
    select y.entitlement_id, q.* from entitlements.change_entitlement y cross join lateral entitlements.of_other_insurer(y.entitlement_id, of_case, insurer) q
     where y.case_id = of_case order by q.kind, q.treatment_month desc, q.institution;
end
$$;

-- Opens what follows a change of the insurance that is put into force in this step; of an earlier one, what names this insurer
-- after all falls away. Gives how many were opened.
create or replace function entitlements.follow_insurer(by_case uuid, insurer text) returns integer
language plpgsql security definer set search_path = '' as $$
declare h entitlements.change; opened integer;
begin
  select x.* into h from entitlements.change x where x.case_id = by_case;
  if (h.movement is null and insurer ~ '^([0-9]{6}|[0-9]{8})$'
      and (cases.in_step(by_case, array['apply']) or cases.decided_in_step(by_case, array['change']))) is not true then
    raise exception 'not in a step that puts an insurance into force' using errcode = '42501';
  end if;
  update entitlements.follow_up f set state = 'dropped', revision = f.revision + 1, reason = 'insurer-agrees', asked_by = null,
         settled_by = access.staff_id(), settled_on = access.business_date(), settled_at = cases.moment()
    from entitlements.change o, entitlements.change_entitlement y
   where y.case_id = by_case and f.entitlement_id = y.entitlement_id and f.settled_on is null and f.kind in ('send-back', 'recover')
     and o.case_id = f.case_id and o.movement is null and o.subject = h.subject and f.treatment_month >= to_char(h.occurs_on, 'YYYY-MM')
     and coalesce((select b.insurer_number from receipts.benefit b where b.id = f.benefit_id),
                  (select r.insurer_number from receipts.receipt r where r.file_id = f.receipt_file and r.row = f.receipt_row)) = insurer;
  insert into entitlements.follow_up (program, office_code, person_number, entitlement_id, case_id, kind, treatment_month, partly, amount, receipt_file,
    receipt_row, benefit_id, payable_id, opened_on, opened_at)
  select e.program, e.office_code, e.person_number, e.id, by_case, q.kind, q.treatment_month, q.partly, q.amount, q.receipt_file, q.receipt_row, q.benefit_id,
         q.payable_id, access.business_date(), cases.moment()
    from entitlements.change_entitlement y join entitlements.entitlement e on e.id = y.entitlement_id
    cross join lateral entitlements.of_other_insurer(e.id, by_case, insurer) q
   where y.case_id = by_case and not exists (select from entitlements.follow_up o where o.entitlement_id = e.id and o.kind = q.kind and o.settled_on is null
           and (o.receipt_file, o.receipt_row, o.benefit_id) is not distinct from (q.receipt_file, q.receipt_row, q.benefit_id))
  on conflict do nothing;
  get diagnostics opened = row_count;
  return opened;
end
$$;

-- Whether what a follow-up asks for was done: a 過誤 or a 返還 that another person approved, a receipt sent back or judged,
-- a certificate in place of the one before.
create or replace function entitlements.is_met(f entitlements.follow_up) returns boolean
language sql stable set search_path = '' as $$
  select case f.kind
    when 'send-back' then exists (select from receipts.receipt r join receipts.file x on x.id = r.file_id
      where r.file_id = f.receipt_file and r.row = f.receipt_row and (r.decided = 'returned' or x.state in ('cancelled', 'withdrawn')))
    when 'recover' then exists (select from receipts.adjustment a where a.benefit_id = f.benefit_id and a.decision = 'approved')
      or exists (select from receipts.benefit w where w.origin_id = f.benefit_id and w.kind in ('taken-back', 'withdrawal'))
      or exists (select from repayments.repayment r where r.source_kind = 'follow-up' and r.source_id = f.id and r.decided_by is not null and r.state <> 'refused')
    when 'check-payment' then exists (select from payments.payable p where p.id = f.payable_id and p.state = 'withdrawn')
      or exists (select from repayments.repayment r where r.source_kind = 'follow-up' and r.source_id = f.id and r.decided_by is not null and r.state <> 'refused')
    when 'reissue' then exists (select from entitlements.certificate z where z.id = f.certificate_id and z.ended_on is not null)
    when 'judge-again' then exists (select from receipts.receipt r where r.file_id = f.receipt_file and r.row = f.receipt_row
      and (r.posted or r.outcome = 'clear' or r.decided in ('accepted', 'returned')))
    else true end
$$;
create or replace function entitlements.met(ids uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_right('case.read') is not true then raise exception 'no right to look' using errcode = '42501'; end if;
  return array(select f.id from entitlements.follow_up f
    where f.id = any(ids) and access.has_right('case.read', f.program, f.office_code) and entitlements.is_met(f));
end
$$;

-- One step of a follow-up along its machine (workflows/cases/follow-up.ts).
create or replace function entitlements.move_follow_up(of_id uuid, seen integer, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare f entitlements.follow_up; w flows.way; who integer := access.staff_id(); one text; ok boolean;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into f from entitlements.follow_up x where x.id = of_id for update;
  if not found or not access.has_right('case.read', f.program, f.office_code) then raise exception 'no such work' using errcode = '42501'; end if;
  if f.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  w := flows.take('follow-up', 1, f.state, event_type, target, f.program, false);
  if not exists (select from unnest(w.rights) t where access.has_right(t, f.program, f.office_code)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  foreach one in array w.checks loop
    ok := case one when 'met' then entitlements.is_met(f) when 'notAsker' then f.asked_by <> who else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  if (event_type = 'ask-drop') is distinct from (why is not null) or why !~ '^[a-z][a-z-]{1,39}$' then
    raise exception 'a reason belongs to it' using errcode = '22023';
  end if;
  update entitlements.follow_up set state = target, revision = seen + 1,
         reason = case event_type when 'ask-drop' then why when 'keep' then null else reason end,
         asked_by = case event_type when 'ask-drop' then who when 'keep' then null else asked_by end,
         settled_by = case when target in ('done', 'dropped') then who end,
         settled_on = case when target in ('done', 'dropped') then access.business_date() end,
         settled_at = case when target in ('done', 'dropped') then cases.moment() end
   where id = f.id;
  perform audit.write('event', 'follow-up.' || event_type, array[f.person_number], null, jsonb_build_object('kind', f.kind, 'state', target));
end
$$;

-- A certificate that was to come back: in hand, lost, destroyed, or entered by mistake (workflows/cases/certificate-return.ts).
-- What 停止 took back is given again once the entitlement goes on.
create or replace function entitlements.move_return(of_certificate uuid, seen integer, event_type text, target text) returns void
language plpgsql security definer set search_path = '' as $$
declare r entitlements.certificate_return; w flows.way; z entitlements.certificate;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into r from entitlements.certificate_return x where x.certificate_id = of_certificate for update;
  if not found or not access.has_right('case.read', r.program, r.office_code) then raise exception 'no such certificate' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  w := flows.take('certificate-return', 1, r.state, event_type, target, r.program, false);
  if not exists (select from unnest(w.rights) t where access.has_right(t, r.program, r.office_code)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  select x.* into z from entitlements.certificate x where x.id = of_certificate for update;
  if event_type = 'give-again' then
    if (z.ending = 'suspended' and exists (select from entitlements.entitlement e where e.id = z.entitlement_id and e.status = 'granted')
        and not exists (select from entitlements.certificate y where y.entitlement_id = z.entitlement_id and y.kind = z.kind and y.issue > z.issue)) is not true then
      raise exception 'not to be given again' using errcode = 'MD011';
    end if;
    update entitlements.certificate set ended_on = null, ending = null where id = z.id;
  end if;
  -- Of what is valid again nothing is to come back by mistake.
  if event_type = 'reopen' and z.ended_on is null then raise exception 'it is valid' using errcode = 'MD011'; end if;
  update entitlements.certificate_return set state = target, revision = seen + 1,
         settled_by = case when target <> 'outstanding' then access.staff_id() end,
         settled_on = case when target <> 'outstanding' then access.business_date() end,
         settled_at = case when target <> 'outstanding' then cases.moment() end
   where certificate_id = r.certificate_id;
  if target in ('returned', 'lost', 'destroyed') then
    insert into entitlements.collection (certificate_id, event, on_day, recorded_by)
    values (z.id, case target when 'returned' then 'collected' else target end, access.business_date(), access.staff_id());
  elsif event_type = 'reopen' then
    delete from entitlements.collection c where c.certificate_id = z.id and c.event <> 'reminded';
  end if;
  perform audit.write('event', 'certificate-return.' || event_type, array[r.person_number], null, jsonb_build_object('state', target));
end
$$;

-- 有効期間満了: what has run out by the day of the business ends, by the clock, without a decision: the decision that granted
-- it said the day. On the end of a 年度 it is the age; certificates are asked back where the city wants them. At most so many
-- at once; gives how many there were.
create or replace function entitlements.expire(of_program text, collect boolean, at_most integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare ends uuid[]; gone uuid[];
begin
  perform access.require_right('system.run');
  select array_agg(x.id) into ends from (
    select e.id from entitlements.entitlement e
     where e.program = of_program and e.status in ('granted', 'suspended') and e.valid_to < access.business_date()
     order by e.valid_to, e.id limit at_most for update skip locked) x;
  if ends is null then return 0; end if;
  update entitlements.entitlement e set status = 'lost', lost_on = e.valid_to + 1,
         loss_reason = case when to_char(e.valid_to, 'MM-DD') = '03-31' then 'age' else 'expired' end
   where e.id = any(ends);
  insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
  select e.id, e.case_id, 'lost', e.lost_on, access.business_date(), e.loss_reason, e.valid_from, e.valid_to, 'lost', access.staff_id()
    from entitlements.entitlement e where e.id = any(ends);
  with over as (update entitlements.certificate z set ended_on = access.business_date(), ending = 'expired'
                 where z.entitlement_id = any(ends) and z.ended_on is null returning z.id)
  select array_agg(o.id) into gone from over o;
  if collect then perform entitlements.ask_back(gone, 'expired'); end if;
  perform audit.write('event', 'entitlement.expired', null, null, jsonb_build_object('program', of_program, 'count', cardinality(ends)));
  return cardinality(ends);
end
$$;

-- Entitlements of a 事務 whose last day is this one by their grant, for whoever prepares, approves or makes the run of their notices; how the
-- certificate of a sort stands. Of all, or of some persons.
create or replace function entitlements.ending_on(of_program text, of_sort text, on_day date, among text[])
returns table (id uuid, person_number text, case_id uuid, case_person text, recipient_number text, office_code text, valid_from date, valid_to date, has_certificate boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], of_program) is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select e.id, e.person_number, e.case_id, c.person_number, e.recipient_number, e.office_code, e.valid_from, e.valid_to,
           exists (select from entitlements.certificate z where z.entitlement_id = e.id and z.kind = of_sort and (z.ended_on is null or z.ending = 'expired'))
      from entitlements.entitlement e join cases.case c on c.id = e.case_id
     where e.program = of_program and e.valid_to = on_day and (among is null or e.person_number = any(among))
       and (e.status in ('granted', 'suspended') or e.status = 'lost' and e.loss_reason in ('age', 'expired') and e.lost_on = e.valid_to + 1);
end
$$;

-- Certificates that have been out since a day or longer although they were asked back; for the same, to be reminded of.
create or replace function entitlements.still_out(of_program text, since date, among text[])
returns table (certificate_id uuid, sort text, id uuid, person_number text, case_id uuid, case_person text, recipient_number text, office_code text, since_on date, cause text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], of_program) is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select r.certificate_id, z.kind, e.id, e.person_number, e.case_id, c.person_number, e.recipient_number, e.office_code, r.since_on, r.cause
      from entitlements.certificate_return r join entitlements.certificate z on z.id = r.certificate_id
      join entitlements.entitlement e on e.id = z.entitlement_id join cases.case c on c.id = e.case_id
     where r.program = of_program and r.state = 'outstanding' and coalesce(r.reminded_on, r.since_on) <= since
       and (among is null or r.person_number = any(among));
end
$$;

-- Notes the reminders of a printed file, in the transaction that keeps it; and takes them back with the run.
create or replace function entitlements.remind_by_run(of_run uuid, of_certificates uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']);
begin
  if r.kind is distinct from r.program || '-certificate-reminder' or exists (
       select from unnest(of_certificates) x(id) left join entitlements.certificate_return c on c.certificate_id = x.id
        where (c.program = r.program and c.state = 'outstanding'
               and exists (select from mailings.batch_item i where i.run_id = r.id and i.person_number = c.person_number and i.state = 'ready')) is not true) then
    raise exception 'not what this run reminds of' using errcode = '42501';
  end if;
  insert into entitlements.collection (certificate_id, event, on_day, recorded_by)
  select x.id, 'reminded', r.dated_on, access.staff_id() from unnest(of_certificates) x(id);
  update entitlements.certificate_return c set reminded_by = r.id where c.certificate_id = any(of_certificates);
end
$$;
create or replace function entitlements.withdraw_reminders(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
begin
  delete from entitlements.collection y using entitlements.certificate_return c
   where c.certificate_id = y.certificate_id and c.reminded_by = r.id and y.event = 'reminded' and y.on_day = r.dated_on;
  update entitlements.certificate_return c set reminded_on = null, reminded_by = null, reminders = c.reminders - 1 where c.reminded_by = r.id;
end
$$;

revoke execute on function entitlements.of_other_insurer, entitlements.preview_insurer, entitlements.follow_insurer, entitlements.consequences, entitlements.preview_of, entitlements.open_follow_ups, entitlements.is_met, entitlements.met,
  entitlements.move_follow_up, entitlements.move_return, entitlements.expire, entitlements.ending_on, entitlements.still_out, entitlements.remind_by_run,
  entitlements.withdraw_reminders from public;
grant execute on function entitlements.preview_insurer, entitlements.follow_insurer, entitlements.preview_of, entitlements.met, entitlements.move_follow_up, entitlements.move_return, entitlements.expire,
  entitlements.ending_on, entitlements.still_out, entitlements.remind_by_run, entitlements.withdraw_reminders to madoguchi_app;

-- The history of 回収 (entitlements.collection) and where each certificate stands agree, by whichever of the two doors it is entered.
create or replace function entitlements.follow_collection() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update entitlements.certificate_return r set
         reminded_on = case new.event when 'reminded' then new.on_day else r.reminded_on end,
         reminders = r.reminders + case new.event when 'reminded' then 1 else 0 end,
         revision = r.revision + case new.event when 'reminded' then 0 else 1 end,
         state = case new.event when 'collected' then 'returned' when 'reminded' then r.state else new.event end,
         settled_by = case new.event when 'reminded' then r.settled_by else new.recorded_by end,
         settled_on = case new.event when 'reminded' then r.settled_on else new.on_day end,
         settled_at = case new.event when 'reminded' then r.settled_at else cases.moment() end
   where r.certificate_id = new.certificate_id and r.state = 'outstanding';
  return null;
end
$$;
revoke execute on function entitlements.follow_collection from public;
create or replace trigger follow_collection after insert on entitlements.collection for each row execute function entitlements.follow_collection();
