-- 返還金: what people owe back. Written by these functions alone; repayments move along the ways of workflows/payments (flows.way).

grant usage on schema repayments to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['repayment', 'repayment_event', 'instalment', 'receipt', 'notice'] loop
    call cases.secure(('repayments.' || quote_ident(t))::regclass);
    execute format('revoke all on repayments.%I from madoguchi_app', t);
    execute format('grant select on repayments.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on repayments.%I', t);
    if t <> 'repayment' then
      execute format('create policy seen on repayments.%I for select to madoguchi_app using (exists (select from repayments.repayment r where r.id = repayment_id))', t);
    end if;
  end loop;
end
$$;
create policy seen on repayments.repayment for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = repayment.program) and (s.office is null or s.office = repayment.office_code)));

create or replace function repayments.keep_event(of_repayment uuid, after integer, what text, from_state text, to_state text, yen bigint, comment uuid)
returns void language sql set search_path = '' as $$
  insert into repayments.repayment_event (repayment_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", amount, comment_id)
  select of_repayment, after, what, from_state, to_state, s.id, s.display_name, cases.moment(), access.business_date(), yen, comment
    from access.staff s where s.id = (select access.staff_id())
$$;

-- Whether work that follows a movement, or 高額療養費 that the insurer paid the person, is this person's and this much: by the repayment they
-- count as done. Of other sources their own 事務 knows.
create or replace function repayments.rests_on(of_program text, of_kind text, of_source uuid, of_case uuid, number text, yen bigint) returns boolean
language sql stable set search_path = '' as $$
  select case of_kind
    when 'follow-up' then exists (select from entitlements.follow_up f where f.id = of_source and f.program = of_program and f.person_number = number
      and f.case_id = of_case and f.settled_on is null and (f.amount is null or yen <= f.amount))
    when 'high-cost' then exists (select from high_cost.entry e where e.id = of_source and e.program = of_program and number = any(e.persons || e.household)
      and e.state = 'asked-back' and yen <= e.of_city - e.granted)
    when 'relief-overpaid' then relief_benefits.is_overpaid(of_source, number, yen)
    else true end
$$;

-- Proposes that somebody pays back: decided by another person.
create or replace function repayments.propose(of_program text, of_kind text, of_source uuid, of_case uuid, number text, why text, yen bigint, due date, comment uuid)
returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid; office text := vault.office_of(number);
begin
  if (office is not null and access.has_right('repayment.prepare', of_program, office)) is not true then
    raise exception 'no right to propose' using errcode = '42501';
  end if;
  if (of_kind ~ '^[a-z][a-z0-9-]{1,39}$' and due > access.business_date()
      and (of_case is null or cases.program_of(of_case) = of_program and number in (select cases.members_of(of_case)))
      and repayments.rests_on(of_program, of_kind, of_source, of_case, number, yen)
      and payments.sealed(comment, of_program, 'payment-comment', number)) is not true then
    raise exception 'not to be proposed so' using errcode = '22023';
  end if;
  insert into repayments.repayment (program, person_number, office_code, source_kind, source_id, case_id, cause, amount, due_on, proposed_by, proposed_at)
  values (of_program, number, office, of_kind, of_source, of_case, why, yen, due, access.staff_id(), cases.moment()) returning id into made;
  perform repayments.keep_event(made, 1, 'propose', '', 'waiting', yen, comment);
  perform audit.write('event', 'repayment.proposed', array[number], array['payment'], null);
  return made;
end
$$;

-- A repayment held until the transaction ends, as the page showed it.
create or replace function repayments.held(of_id uuid, seen integer) returns repayments.repayment
language plpgsql set search_path = '' as $$
declare r repayments.repayment;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into r from repayments.repayment x where x.id = of_id for update;
  if not found or not access.has_right('payment.read', r.program, r.office_code) then raise exception 'no such repayment' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return r;
end
$$;

-- What is to be paid by when: parts of the plan in force that what came in does not cover, the earliest first; without a plan
-- all of it by the day of the whole.
create or replace function repayments.unpaid(r repayments.repayment) returns table (number integer, due_on date, amount bigint)
language sql stable set search_path = '' as $$
  with plan as (
    select i.number, i.due_on, i.amount, sum(i.amount) over (order by i.number) as upto, sum(i.amount) over () as planned
      from repayments.instalment i
     where i.repayment_id = r.id and i.plan = (select max(x.plan) from repayments.instalment x where x.repayment_id = r.id)
  ), left_over as (select r.amount - r.reduced_by - r.received as yen)
  select p.number, p.due_on, least(p.amount, p.upto - greatest(0, p.planned - l.yen))::bigint from plan p, left_over l
   where l.yen > 0 and p.upto > greatest(0, p.planned - l.yen)
  union all
  select 1, r.due_on, l.yen from left_over l where l.yen > 0 and not exists (select from plan)
  order by 1
$$;

-- Whether a 督促 was made of the earliest day that is past.
create or replace function repayments.is_dunned(r repayments.repayment) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from repayments.notice n where n.repayment_id = r.id and n.kind = 'dunning'
                    and n.due_on = (select min(u.due_on) from repayments.unpaid(r) u))
$$;

-- One way of its machine: the way, its right in 事務 and office, the second person.
create or replace function repayments.step(r repayments.repayment, event_type text, target text, yen bigint, comment uuid) returns void
language plpgsql set search_path = '' as $$
declare w flows.way; who integer := access.staff_id(); one text; ok boolean;
begin
  w := flows.take('repayment', 1, r.state, event_type, target, r.program, comment is not null);
  if not exists (select from unnest(w.rights) t where access.has_right(t, r.program, r.office_code)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if comment is not null and not payments.sealed(comment, r.program, 'payment-comment', r.person_number) then
    raise exception 'not a comment on this repayment' using errcode = 'MD016';
  end if;
  foreach one in array w.checks loop
    ok := case one
      when 'notProposer' then who <> coalesce(r.change_asked_by, r.proposed_by)
      when 'paid' then r.reduced_by + r.received = r.amount
      when 'notDemanded' then r.demanded_on is null
      when 'demanded' then r.demanded_on is not null
      when 'changed' then (select coalesce(max(e.revision) filter (where e.event in ('plan', 'reduce')), 0)
                                > coalesce(max(e.revision) filter (where e.event in ('demand', 'tell-change')), 0)
                             from repayments.repayment_event e where e.repayment_id = r.id)
      when 'late' then exists (select from repayments.unpaid(r) u where u.due_on < access.business_date())
      when 'notDunned' then not repayments.is_dunned(r)
      when 'dunned' then repayments.is_dunned(r)
      else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  update repayments.repayment set state = target, revision = r.revision + 1 where id = r.id;
  perform repayments.keep_event(r.id, r.revision + 1, event_type, r.state, target, yen, comment);
  perform audit.write(case when event_type like 'ask-%' then 'event' else 'change' end, 'repayment.' || event_type, array[r.person_number], array['payment'], null);
end
$$;

-- Closes it once everything is in.
create or replace function repayments.settle(of_id uuid) returns void
language plpgsql set search_path = '' as $$
declare r repayments.repayment;
begin
  select x.* into r from repayments.repayment x where x.id = of_id;
  if r.state = 'open' and r.reduced_by + r.received = r.amount then
    -- Both in one: a repayment is closed on a day (repayment_closed).
    update repayments.repayment set closed_on = access.business_date(), state = 'closed', revision = r.revision + 1 where id = r.id;
    perform flows.take('repayment', 1, 'open', 'settle', 'closed', r.program, false);
    perform repayments.keep_event(r.id, r.revision + 1, 'settle', 'open', 'closed', null, null);
  end if;
end
$$;

-- The decision, and what is decided of a change. A reduction that is asked for says how much less.
create or replace function repayments.move(of_id uuid, seen integer, event_type text, target text, yen bigint, comment uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r repayments.repayment := repayments.held(of_id, seen); who integer := access.staff_id(); less bigint;
begin
  if event_type not in ('approve', 'refuse', 'retract', 'ask-reduction', 'reduce', 'refuse-reduction', 'ask-cancellation', 'cancel', 'refuse-cancellation') then
    raise exception 'not a step of its own' using errcode = '42501';
  end if;
  less := case event_type when 'ask-reduction' then yen when 'reduce' then r.change_asked
                          when 'ask-cancellation' then r.amount - r.reduced_by - r.received when 'cancel' then r.amount - r.reduced_by - r.received end;
  if event_type = 'ask-reduction' and (yen between 1 and r.amount - r.reduced_by - r.received) is not true then
    raise exception 'not to be reduced so' using errcode = '22023';
  end if;
  if event_type = 'retract' and r.proposed_by <> who then raise exception 'of somebody else' using errcode = '42501'; end if;
  -- What comes with the state stands before the step, in one statement: the row is whole at each moment.
  if event_type = 'cancel' then
    perform repayments.check_step(r, event_type, target);
    update repayments.repayment set reduced_by = reduced_by + less, change_asked = null, change_asked_by = null, closed_on = access.business_date(), state = 'cancelled'
     where id = r.id;
  elsif event_type = 'approve' then
    perform repayments.check_step(r, event_type, target);
    update repayments.repayment set decided_by = who, decided_at = cases.moment(), decided_on = access.business_date() where id = r.id;
  elsif event_type = 'reduce' then
    perform repayments.check_step(r, event_type, target);
    update repayments.repayment set reduced_by = reduced_by + less where id = r.id;
  end if;
  perform repayments.step(r, event_type, target, less, comment);
  if event_type in ('ask-reduction', 'ask-cancellation') then
    update repayments.repayment set change_asked = less, change_asked_by = who where id = r.id;
  elsif event_type in ('reduce', 'refuse-reduction', 'refuse-cancellation') then
    update repayments.repayment set change_asked = null, change_asked_by = null where id = r.id;
  end if;
  perform repayments.settle(r.id);
end
$$;
-- Whether it may be done at all, before anything of it is written.
create or replace function repayments.check_step(r repayments.repayment, event_type text, target text) returns void
language plpgsql stable set search_path = '' as $$
declare w flows.way := flows.take('repayment', 1, r.state, event_type, target, r.program, true);
begin
  if 'notProposer' = any(w.checks) and coalesce(r.change_asked_by, r.proposed_by) = access.staff_id() then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
end
$$;

-- 分納: parts that add up to what is left, in order of their days.
create or replace function repayments.plan(of_id uuid, seen integer, days date[], parts bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r repayments.repayment := repayments.held(of_id, seen);
begin
  if (cardinality(days) between 1 and 120 and cardinality(parts) = cardinality(days) and (select sum(p) from unnest(parts) p) = r.amount - r.reduced_by - r.received
      and days[1] >= access.business_date() and days = array(select distinct d from unnest(days) d order by d)) is not true then
    raise exception 'a plan that does not pay it back' using errcode = '22023';
  end if;
  perform repayments.step(r, 'plan', 'open', null, null);
  insert into repayments.instalment (repayment_id, plan, number, due_on, amount)
  select r.id, seen + 1, n, d, p from unnest(days, parts) with ordinality x(d, p, n);
end
$$;

-- Money that came in; the same reference once.
create or replace function repayments.receive(of_id uuid, seen integer, how text, yen bigint, on_day date, reference_number text) returns void
language plpgsql security definer set search_path = '' as $$
declare r repayments.repayment := repayments.held(of_id, seen);
begin
  if (how in ('slip', 'cash') and yen between 1 and r.amount - r.reduced_by - r.received and on_day <= access.business_date() and on_day >= r.decided_on
      and length(btrim(reference_number)) between 1 and 30) is not true then
    raise exception 'not to be received so' using errcode = '22023';
  end if;
  perform repayments.step(r, 'receive', 'open', yen, null);
  insert into repayments.receipt (repayment_id, manner, amount, received_on, reference, entered_by, entered_at)
  values (r.id, how, yen, on_day, btrim(reference_number), access.staff_id(), cases.moment());
  update repayments.repayment set received = received + yen where id = r.id;
  perform repayments.settle(r.id);
end
$$;

-- 充当: takes some of what is owed to somebody for what the same person owes back to the same 事務, by another person than
-- decided that it is owed.
create or replace function repayments.set_off(of_payable uuid, payable_seen integer, of_id uuid, seen integer, yen bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare p payments.payable := payments.held(of_payable, payable_seen); r repayments.repayment := repayments.held(of_id, seen); w flows.way; whole boolean; target text;
begin
  if (p.program = r.program and p.person_number = r.person_number and access.has_right('payment.approve', p.program, p.office_code)) is not true then
    raise exception 'not to be set off' using errcode = '42501';
  end if;
  if (yen between 1 and least(p.amount - p.set_off, r.amount - r.reduced_by - r.received)) is not true then
    raise exception 'more than there is' using errcode = '22023';
  end if;
  whole := p.set_off + yen = p.amount;
  target := case when whole then 'set-off' else 'owed' end;
  w := flows.take('payment-payable', 1, p.state, case when whole then 'set-off' else 'set-off-part' end, target, p.program, false);
  p.set_off := p.set_off + yen;
  if not payments.holds(p, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  update payments.payable set set_off = p.set_off, state = target, revision = payable_seen + 1, paid_on = case when whole then access.business_date() end where id = p.id;
  perform payments.keep_event(p.id, payable_seen + 1, w.event, 'owed', target, null, null, null);
  perform repayments.step(r, 'set-off', 'open', yen, null);
  insert into repayments.receipt (repayment_id, manner, amount, received_on, payable_id, entered_by, entered_at)
  values (r.id, 'set-off', yen, access.business_date(), p.id, access.staff_id(), cases.moment());
  update repayments.repayment set received = received + yen where id = r.id;
  perform repayments.settle(r.id);
end
$$;

-- Papers: issued by a step of the machine, kept as they were printed. The amount and the day that a paper names are those of
-- the database; the time for payment of the whole begins with the 返還決定通知書.
create or replace function repayments.issue(of_id uuid, seen integer, event_type text, due date, until date, yen bigint, printed_number text, template text,
  setting integer, digest text, sealed uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  r repayments.repayment := repayments.held(of_id, seen);
  today date := access.business_date();
  sort text := case event_type when 'demand' then 'demand' when 'tell-change' then 'change' when 'slip' then 'slip' when 'dun' then 'dunning'
                               when 'remind' then 'reminder' end;
  form text := case sort when 'demand' then 'repayment-decision' when 'change' then 'repayment-decision' when 'slip' then 'payment-slip'
                         when 'dunning' then 'repayment-dunning' when 'reminder' then 'repayment-reminder' end;
  planned boolean := exists (select from repayments.instalment i where i.repayment_id = of_id);
  first_due date; late bigint; rest bigint := r.amount - r.reduced_by - r.received; made uuid;
begin
  if sort is null then raise exception 'no paper of such a step' using errcode = '42501'; end if;
  if (payments.sealed(sealed, r.program, 'repayment-paper', r.person_number) and template ~ ('^payments/' || form || ' v[0-9]+$') and digest ~ '^[0-9a-f]{64}$'
      and length(printed_number) between 1 and 60
      and (setting is null or exists (select from printing.form_setting f where f.id = setting and f.program = r.program))) is not true then
    raise exception 'no paper of this repayment' using errcode = '42501';
  end if;
  select min(u.due_on), coalesce(sum(u.amount) filter (where u.due_on < today), 0) into first_due, late from repayments.unpaid(r) u;
  if (case sort
        when 'demand' then due > today and yen = rest and (not planned or due = first_due)
        when 'change' then due = first_due and yen = rest
        when 'slip' then due = first_due and yen between 1 and rest and until > today
        else due = first_due and yen = late and until > today end) is not true then
    raise exception 'a paper that names another day or amount' using errcode = '22023';
  end if;
  perform repayments.step(r, event_type, 'open', yen, null);
  if sort = 'demand' then
    update repayments.repayment set demanded_on = today, due_on = case when planned then due_on else due end where id = r.id;
  end if;
  insert into repayments.notice (repayment_id, kind, due_on, pay_by, amount, number, template_version, form_setting_id, sha256, sealed_id, made_by, made_on, made_at)
  values (r.id, sort, due, until, yen, printed_number, template, setting, digest, sealed, access.staff_id(), today, cases.moment()) returning id into made;
  perform audit.write('print', 'repayment-paper.issued', array[r.person_number], array['repayment-paper'],
    jsonb_build_object('number', printed_number, 'kind', sort));
  return made;
end
$$;

-- 領収書 of money that was taken at the counter, once.
create or replace function repayments.issue_receipt(of_receipt uuid, printed_number text, template text, setting integer, digest text, sealed uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare r repayments.repayment; m repayments.receipt; made uuid;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into m from repayments.receipt x where x.id = of_receipt;
  select x.* into r from repayments.repayment x where x.id = m.repayment_id for update;
  if (m.manner = 'cash' and access.has_right('repayment.receive', r.program, r.office_code) and payments.sealed(sealed, r.program, 'repayment-paper', r.person_number)
      and template ~ '^payments/money-receipt v[0-9]+$' and digest ~ '^[0-9a-f]{64}$' and length(printed_number) between 1 and 60
      and (setting is null or exists (select from printing.form_setting f where f.id = setting and f.program = r.program))) is not true then
    raise exception 'no receipt is due' using errcode = '42501';
  end if;
  insert into repayments.notice (repayment_id, kind, due_on, amount, number, template_version, form_setting_id, sha256, receipt_id, sealed_id, made_by, made_on, made_at)
  values (r.id, 'receipt', m.received_on, m.amount, printed_number, template, setting, digest, m.id, sealed, access.staff_id(), access.business_date(), cases.moment())
  returning id into made;
  perform audit.write('print', 'repayment-paper.issued', array[r.person_number], array['repayment-paper'],
    jsonb_build_object('number', printed_number, 'kind', 'receipt'));
  return made;
end
$$;

-- Papers as they were printed, to be printed again: where they lie. Each time is recorded.
create or replace function repayments.print_papers(of_ids uuid[]) returns table (id uuid, sealed_id uuid, sha256 text)
language plpgsql security definer set search_path = '' as $$
declare found text[]; numbers text;
begin
  if (cardinality(of_ids) between 1 and 500) is not true then raise exception 'no papers' using errcode = '22023'; end if;
  select array_agg(distinct r.person_number), string_agg(distinct n.number, ' ') into found, numbers
    from repayments.notice n join repayments.repayment r on r.id = n.repayment_id
   where n.id = any(of_ids) and n.template_version is not null
     and (access.has_right('repayment.prepare', r.program, r.office_code) or access.has_right('repayment.receive', r.program, r.office_code));
  if (select count(*) from repayments.notice n join repayments.repayment r on r.id = n.repayment_id
       where n.id = any(of_ids) and n.template_version is not null
         and (access.has_right('repayment.prepare', r.program, r.office_code) or access.has_right('repayment.receive', r.program, r.office_code)))
     <> (select count(distinct x) from unnest(of_ids) x) then
    raise exception 'no such paper' using errcode = '42501';
  end if;
  perform audit.write('print', 'repayment-paper.printed', found, array['repayment-paper'], jsonb_build_object('number', left(numbers, 500), 'count', cardinality(of_ids)));
  return query select n.id, n.sealed_id, n.sha256 from repayments.notice n where n.id = any(of_ids);
end
$$;

-- 督促 that was told otherwise than by letter, in words; of a day once.
create or replace function repayments.keep_notice(of_id uuid, sort text, due date, yen bigint, printed_number text, sealed uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare r repayments.repayment; made uuid; first_due date; late bigint;
begin
  select x.* into r from repayments.repayment x where x.id = of_id for update;
  select min(u.due_on), sum(u.amount) filter (where u.due_on < access.business_date()) into first_due, late from repayments.unpaid(r) u;
  if (r.state = 'open' and r.demanded_on is not null and access.has_right('repayment.prepare', r.program, r.office_code)
      and payments.sealed(sealed, r.program, 'repayment-notice', r.person_number)
      and sort = 'dunning' and due = first_due and due < access.business_date() and yen = late) is not true then
    raise exception 'no letter is due' using errcode = '42501';
  end if;
  insert into repayments.notice (repayment_id, kind, due_on, amount, number, sealed_id, made_by, made_on, made_at)
  values (r.id, sort, due, yen, printed_number, sealed, access.staff_id(), access.business_date(), cases.moment()) returning id into made;
  perform audit.write('print', 'repayment.' || sort, array[r.person_number], array['repayment-notice'], jsonb_build_object('number', printed_number));
  return made;
end
$$;

revoke execute on all functions in schema repayments from public;
grant execute on function repayments.propose, repayments.move, repayments.plan, repayments.receive, repayments.set_off, repayments.keep_notice,
  repayments.issue, repayments.issue_receipt, repayments.print_papers to madoguchi_app;
