-- Cases, entries, approvals, documents. A case moves by cases.move alone, which knows the ways of its machine, the
-- right of the step, the two people and the day; the program's role changes no row of these tables itself. What belongs
-- to a step (an entry, an identity check, an entitlement) is written in the transaction of that step and in no other,
-- and the step does not stand without it. Conditions are written `(…) is not true`: null refuses.

grant usage on schema cases, approvals, documents to madoguchi_app;

-- Row security of a table of ours: closed to the program's role until a policy opens it; functions of the owner work on it.
create or replace procedure cases.secure(t regclass)
language plpgsql set search_path = '' as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('drop policy if exists owner_functions on %s', t);
  execute format('create policy owner_functions on %s to madoguchi_owner using (true) with check (true)', t);
end
$$;

-- A table whose rows belong to a case (column case_id): seen by whoever sees the case; with acts, rows are inserted in
-- the transaction of a step of that case that does one of them ('any' for every step), and are never changed.
create or replace procedure cases.belongs_to_case(t regclass, acts text[] default null)
language plpgsql set search_path = '' as $$
begin
  call cases.secure(t);
  execute format('revoke all on %s from madoguchi_app', t);
  execute format('grant select on %s to madoguchi_app', t);
  execute format('drop policy if exists with_its_case on %s', t);
  execute format('create policy with_its_case on %1$s for select to madoguchi_app
    using (exists (select from cases.case c where c.id = %1$s.case_id))', t);
  execute format('drop policy if exists in_its_step on %s', t);
  if acts is not null then
    execute format('grant insert on %s to madoguchi_app', t);
    execute format('create policy in_its_step on %1$s for insert to madoguchi_app
      with check (cases.in_step(case_id, %2$L::text[]))', t, acts);
  end if;
end
$$;

do $$
declare t regclass;
begin
  foreach t in array array['cases.machine_state','cases.machine_transition','cases.limit_days','cases.case','cases.counter','documents.print']::regclass[] loop
    call cases.secure(t);
  end loop;
end
$$;
-- Earlier versions let the program's role write these itself.
revoke all on cases.case, cases.event, cases.effect, cases.deadline, approvals.entry, approvals.approval from madoguchi_app;
drop trigger if exists one_step on cases.case;
drop trigger if exists moved_by_event on cases.case;
drop trigger if exists opened_by_session on cases.case;
drop policy if exists opened on cases.case;
drop policy if exists moved on cases.case;
drop trigger if exists stamp_staff on cases.event;
drop trigger if exists stamp_approval on approvals.approval;
drop function if exists cases.one_step(), cases.moved_by_event(), cases.opened_by_session(), approvals.stamp_approval();

-- Whether one of the rights is held for the 事務 and the office of a row; for none of a row without them.
create or replace function cases.may(any_of text[], in_program text, in_office text) returns boolean
language sql stable set search_path = '' as $$
  select in_program is not null and in_office is not null and access.has_any_right(any_of, in_program, in_office)
$$;

-- The rights that move cases: whoever holds one may lock a case, take its letters up, leave a note.
create or replace function cases.rights() returns text[] language sql immutable set search_path = '' as $$
  select array['case.enter','case.examine','case.propose','case.approve','case.revoke','certificate.issue','document.print','system.run']
$$;

-- The moment of the business: now; on a day that is played, that day at this time of the day.
create or replace function cases.moment() returns timestamptz
language sql stable set search_path = '' as $$
  select case when access.business_date() = (now() at time zone 'Asia/Tokyo')::date then now()
              else (access.business_date() + (now() at time zone 'Asia/Tokyo')::time) at time zone 'Asia/Tokyo' end
$$;

grant select on cases.machine_state, cases.machine_transition to madoguchi_app;
drop policy if exists signed_in on cases.machine_state;
create policy signed_in on cases.machine_state for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists signed_in on cases.machine_transition;
create policy signed_in on cases.machine_transition for select to madoguchi_app using ((select access.staff_id()) is not null);

grant select on cases.case to madoguchi_app;
drop policy if exists seen on cases.case;
create policy seen on cases.case for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = "case".program) and (s.office is null or s.office = "case".office_code)));

-- Whether this transaction made the present step of the case, in this session, and the step does one of the acts.
create or replace function cases.in_step(of_case uuid, acts text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from cases.event e join cases.case c on c.id = e.case_id and c.revision = e.revision
     where e.case_id = of_case and e.recorded_at = now() and e.staff_id = access.staff_id()
       and (e.act = any(acts) or 'any' = any(acts)))
$$;

-- Whether this transaction made the present step of the case, and it is one of these events.
create or replace function cases.in_event(of_case uuid, types text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.event e join cases.case c on c.id = e.case_id and c.revision = e.revision
    where e.case_id = of_case and e.type = any(types) and e.recorded_at = now() and e.staff_id = access.staff_id())
$$;

-- Whether this transaction decided with approval on what was proposed: of one of the subjects, or of any.
create or replace function cases.decided_in_step(of_case uuid, subjects text[] default null) returns boolean
language sql stable security definer set search_path = '' as $$
  select cases.in_step(of_case, array['approve']) and exists (
    select from approvals.approval a join cases.case c on c.id = a.case_id
     where a.case_id = of_case and a.decision = 'approved'
       and a.seen_revision = c.revision - 1 and (subjects is null or a.subject = any(subjects)))
$$;

call cases.belongs_to_case('cases.member');
call cases.belongs_to_case('cases.event');
call cases.belongs_to_case('cases.effect');
call cases.belongs_to_case('cases.deadline');
call cases.belongs_to_case('cases.assignment');
call cases.belongs_to_case('approvals.entry', array['enter']);
call cases.belongs_to_case('approvals.approval');

-- Running numbers: taken one by one under a row lock, so that none is missing.
create or replace function cases.fiscal_year(on_day date) returns integer language sql immutable set search_path = '' as $$
  select extract(year from on_day - interval '3 months')::integer
$$;
-- A 年度 as numbers name it, such as R8; a test holds it against workflows/dates/wareki.ts.
create or replace function cases.year_label(of_year integer) returns text language sql immutable set search_path = '' as $$
  select case when of_year >= 2020 then 'R' || of_year - 2018 when of_year >= 1989 then 'H' || of_year - 1988 else 'S' || of_year - 1925 end
$$;
create or replace function cases.take_number(of_series text, of_year integer) returns integer
language sql set search_path = '' as $$
  insert into cases.counter as c (series, fiscal_year, last) values (of_series, of_year, 1)
  on conflict (series, fiscal_year) do update set last = c.last + 1 returning last
$$;
-- The next number of a series of a 事務, such as `child-medical.document`, in the present 年度 or where years don't
-- count (0), for somebody who works on its cases. What is numbered must have a number that was given.
create or replace function cases.next_number(of_series text, of_year integer) returns integer
language plpgsql security definer set search_path = '' as $$
begin
  if (of_year in (0, cases.fiscal_year(access.business_date())) and of_series ~ '^[a-z-]+\.(document|certificate|recipient)$'
      and access.has_any_right(cases.rights(), split_part(of_series, '.', 1))) is not true then
    raise exception 'no right to take a number' using errcode = '42501';
  end if;
  return cases.take_number(of_series, of_year);
end
$$;
create or replace function cases.was_given(of_series text, of_year integer, number text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.counter n where n.series = of_series and n.fiscal_year = of_year and n.last >= number::integer)
$$;

-- Whether a sealed record is what it is said to be: of this case and kind, of one of its persons (of this one), sealed by
-- whoever names it. Otherwise a record of another office could be shown in a case, and a comment be none.
create or replace function cases.sealed(record_id uuid, of_case uuid, of_kind text, of_person text default null) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from vault.sealed_of(record_id) s join cases.case c on c.id = s.case_id
     where c.id = of_case and s.program = c.program and s.kind = of_kind and s.entered_by = access.staff_id()
       and s.holder = coalesce(of_person, s.holder) and s.holder in (select cases.members_of(of_case)))
$$;

-- Refuses a step in the words of the database: MD011 no such step, MD014 the case has moved on, MD016 a comment is
-- missing, MD017 the day has not come, MD019 what belongs to the step is missing, MD020 one is under way,
-- MD021 somebody outside the register is not confirmed, MD025 a number that is followed to another.

-- Whether a limit date that is set today lies ahead, and not beyond the parameter of the kind of case.
create or replace function cases.limit_lies_right(of_kind text, limit_day date) returns boolean
language sql stable security definer set search_path = '' as $$
  select (limit_day > access.business_date() and limit_day <= access.business_date() + coalesce(
    (select l.longest_days from cases.limit_days l where l.kind = of_kind and l.valid_from <= access.business_date()
      order by l.valid_from desc limit 1), 0)) is true
$$;

-- Opens a case with the newest machine, in its first state, at the office where the person is registered; a report of
-- change (`…/change`) at that of the entitlements that it is about.
create or replace function cases.open(of_kind text, of_person text, in_office text, received date, key text, new_detail jsonb)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  who integer := access.staff_id(); today date := access.business_date(); in_program text := split_part(of_kind, '/', 1);
  year integer := cases.fiscal_year(received); first cases.machine_state; serial text; made cases.case;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if not cases.may(array['case.enter','system.run'], in_program, in_office) then
    raise exception 'no right to open a case' using errcode = '42501';
  end if;
  if (received between vault.born_not_before(of_person) and today and (vault.office_of(of_person) = in_office or of_kind like '%/change' and vault.office_of(of_person) is not null)
      and jsonb_typeof(coalesce(new_detail, '{}')) = 'object') is not true then
    raise exception 'not to be opened so' using errcode = '42501';
  end if;
  -- Whoever was merged into another number is entered under that one.
  if people.canonical(of_person) <> of_person then raise exception 'a number that is followed to another' using errcode = 'MD025'; end if;
  select s.* into first from cases.machine_state s where s.kind = of_kind and s.position = 0 order by s.version desc limit 1;
  if not found then raise exception 'no machine %', of_kind using errcode = 'MD011'; end if;
  -- An application is examined alone: no second one of the kind is opened for a person beside one that is under way. Claims
  -- (`…/claim`) may wait beside each other, and so may letters for other doses, their refunds, and claims for relief.
  perform pg_advisory_xact_lock(hashtext(of_kind || ' ' || of_person));
  if of_kind not like '%/change' and of_kind not like '%/claim' and of_kind not in ('vaccination/request-letter', 'vaccination/refund', 'vaccination/relief') and exists (
      select from cases.case c join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
       where c.kind = of_kind and c.person_number = any(people.numbers_of(of_person)) and s.open) then
    raise exception 'one is under way' using errcode = 'MD020';
  end if;
  serial := cases.take_number('case', year);
  insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, state_since, received_on, opened_by, opening_key)
  values (cases.year_label(year) || '-' || lpad(serial, greatest(6, length(serial)), '0'), in_program, of_kind, first.version, of_person, in_office,
          first.state, cases.moment(), received, who, key) returning * into made;
  insert into cases.event (case_id, revision, type, act, from_state, to_state, staff_id, at, recorded_at, business_date, idempotency_key, detail)
  values (made.id, 1, 'open', 'open', made.state, made.state, who, cases.moment(), now(), today, key, coalesce(new_detail, '{}'));
  insert into cases.member (case_id, person_number, role, from_revision) values (made.id, of_person, 'subject', 1);
  perform audit.write('event', 'case.opened', array[of_person], null, jsonb_build_object('case', made.number, 'kind', of_kind));
  return made.id;
end
$$;

-- The case, held until the transaction ends; no row where it is not there or not to be seen.
create or replace function cases.lock(of_case uuid) returns setof cases.case
language sql security definer set search_path = '' as $$
  select c.* from cases.case c
   where c.id = of_case and cases.may(array['case.read'], c.program, c.office_code) for update
$$;

-- The revision of the entry that counts: the newest.
create or replace function approvals.latest_entry(of_case uuid)
returns table (revision integer, entered_by integer, confirmed boolean)
language sql stable security definer set search_path = '' as $$
  select e.revision, min(e.entered_by), bool_and(e.confirmed_by is not null)
    from approvals.entry e where e.case_id = of_case group by e.revision order by e.revision desc limit 1
$$;

-- The first of the checks that does not hold, as far as the database can judge it; null when none fails. What only a 事務
-- knows (a period, an income) its own machine judges.
create or replace function cases.unmet(c cases.case, checks text[]) returns text
language plpgsql stable security definer set search_path = '' as $$
declare who integer := access.staff_id(); one text; entry record; proposal approvals.approval; ok boolean;
begin
  select * into entry from approvals.latest_entry(c.id);
  select a.* into proposal from approvals.approval a where a.case_id = c.id and a.decision is null;
  foreach one in array checks loop
    ok := case one
      when 'identified' then exists (select from intake.identity_check i where i.case_id = c.id) or entitlements.found_by_office(c.id)
      when 'exOfficio' then entitlements.found_by_office(c.id)
      when 'entered' then entry.revision is not null
      when 'unconfirmed' then not coalesce(entry.confirmed, false)
      when 'confirmed' then coalesce(entry.confirmed, false)
      when 'notEnterer' then entry.entered_by is distinct from who
      when 'notEntererOfDecision' then entry.entered_by is distinct from who
      when 'notPreparer' then proposal.prepared_by is distinct from who
      when 'preparer' then proposal.prepared_by is not distinct from who
      when 'documentsMissing' then exists (select from intake.document_check d where d.case_id = c.id and d.status = 'missing')
      when 'documentsComplete' then not exists (select from intake.document_check d where d.case_id = c.id and d.status = 'missing')
      when 'grant' then proposal.subject is not distinct from 'grant'
      when 'rejection' then proposal.subject is not distinct from 'rejection'
      when 'entitled' then entitlements.entitled(c.id)
      when 'certificateValid' then entitlements.has_valid_certificate(c.id)
      when 'certificateIssued' then entitlements.has_certificate(c.id)
      when 'noCertificateYet' then not entitlements.has_certificate(c.id)
      when 'change' then proposal.subject is not distinct from 'change'
      when 'payment' then proposal.subject is not distinct from 'payment'
      when 'refusal' then proposal.subject is not distinct from 'refusal'
      when 'partly' then claims.rests_on_refusal(c.id)
      when 'wholly' then not claims.rests_on_refusal(c.id)
      when 'accountConfirmed' then claims.has_account(c.id)
      when 'unpaid' then claims.is_unpaid(c.id)
      when 'letter' then proposal.subject is not distinct from 'letter'
      when 'linesOpen' then request_letters.lines_in(c.id, 'open') > 0
      when 'moreLinesOpen' then request_letters.lines_in(c.id, 'open') > 1
      when 'lastLineOpen' then request_letters.lines_in(c.id, 'open') = 1
      when 'linesExpired' then request_letters.lines_in(c.id, 'expired') > 0
      when 'lapsed' then request_letters.has_lapsed(c.id)
      when 'inForce' then not request_letters.has_lapsed(c.id)
      when 'sent' then request_letters.is_sent(c.id)
      when 'issuedOnly' then request_letters.is_issued(c.id) and not request_letters.is_sent(c.id)
      when 'notIssued' then not request_letters.is_issued(c.id)
      when 'refundAccount' then request_letters.has_account(c.id)
      when 'refundUnpaid' then request_letters.is_unpaid(c.id)
      when 'dosesGranted' then not request_letters.some_refused(c.id)
      when 'someRefused' then request_letters.some_refused(c.id)
      when 'incomeConfirmed' then not intake.income_waits(c.id)
      when 'incomeUnconfirmed' then intake.income_waits(c.id)
      when 'notIncomeEnterer' then not intake.income_waits(c.id, who)
      when 'moreAnswersDue' then intake.open_inquiries(c.id) > 1
      when 'lastAnswerDue' then intake.open_inquiries(c.id) <= 1
      when 'loss' then case when proposal.id is null then entitlements.change_needs_decision(c.id) else proposal.subject = 'loss' end
      when 'noLoss' then not entitlements.change_needs_decision(c.id)
      when 'ofLoss' then entitlements.change_outcome(c.id) = 'lost'
      when 'ofSuspension' then entitlements.change_outcome(c.id) = 'suspended'
      when 'ofResumption' then entitlements.change_outcome(c.id) = 'resumed'
      when 'ofCorrection' then entitlements.change_outcome(c.id) = 'corrected'
      when 'correctable' then exists (select from entitlements.of_case(c.id) e where e.status <> 'revoked')
      when 'standing' then case entitlements.change_outcome(c.id) when 'corrected' then exists (select from entitlements.of_case(c.id) e where e.status <> 'revoked')
        else entitlements.entitled(c.id) end
      when 'ofAddition' then entitlements.change_outcome(c.id) = 'granted'
      when 'ofBenefit' then entitlements.change_outcome(c.id) = 'none' and entitlements.change_needs_decision(c.id)
      when 'refusable' then entitlements.change_outcome(c.id) in ('none', 'granted') and entitlements.change_needs_decision(c.id)
      when 'noDecisionNeeded' then not entitlements.change_needs_decision(c.id)
      else relief.holds(c.id, one) is distinct from false and intractable_disease.holds(c.id, one) is distinct from false end;
    if ok is not true then return one; end if;
  end loop;
  return null;
end
$$;

-- Moves a case by one step of its machine. Checks the revision that was seen, the way, its checks, the right, the
-- comment and the day; confirms, proposes or decides where the step does that; writes state, event, audit record, and
-- what the machine says is left to do. `until`: the limit date, where the step sets one.
create or replace function cases.move(of_case uuid, seen integer, event_type text, target text, key text, comment uuid, until date)
returns integer language plpgsql security definer set search_path = '' as $$
declare
  who integer := access.staff_id(); today date := access.business_date(); c cases.case; w cases.machine_transition;
  after integer; entry record; effect jsonb; persons text[];
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into c from cases.case x where x.id = of_case for update;
  if not found or not cases.may(array['case.read'], c.program, c.office_code) then
    raise exception 'no such case' using errcode = '42501';
  end if;
  if c.revision is distinct from seen then raise exception 'the case has moved on' using errcode = 'MD014'; end if;
  select t.* into w from cases.machine_transition t
   where t.kind = c.kind and t.version = c.machine_version and t.from_state = c.state and t.event = event_type
     and t.to_state = target and cases.unmet(c, t.checks) is null order by t.way limit 1;
  if not found then raise exception 'no such step' using errcode = 'MD011'; end if;
  if not cases.may(w.rights, c.program, c.office_code) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if (w.comment_required or comment is not null) and not cases.sealed(comment, c.id, 'comment') then
    raise exception 'a comment is missing' using errcode = 'MD016';
  end if;
  if w.scheduled then
    update cases.deadline set closed_at = now() where case_id = c.id and event = event_type and closed_at is null and due_on < today;
    -- What no deadline of the machine fires, such as a finding in the register, has no day.
    if not found and exists (select from cases.machine_transition t, jsonb_array_elements(t.effects) x
         where t.kind = c.kind and t.version = c.machine_version and x ->> 'type' = 'deadline' and x -> 'params' ->> 'event' = event_type) then
      raise exception 'the day has not come' using errcode = 'MD017';
    end if;
  end if;

  after := c.revision + 1;
  select * into entry from approvals.latest_entry(c.id);
  case w.act
    when 'confirm' then
      update approvals.entry e set confirmed_by = who, confirmed_at = now()
       where e.case_id = c.id and e.revision = entry.revision and e.confirmed_by is null;
      if not found then raise exception 'nothing is entered' using errcode = 'MD012'; end if;
    when 'propose' then
      insert into approvals.approval (case_id, subject, prepared_revision, prepared_by, prepared_at, entered_by)
      values (c.id, w.subject, after, who, now(), entry.entered_by);
    when 'approve', 'remand', 'retract' then
      -- Nothing is decided for people outside the register whom no second person has confirmed.
      if w.act = 'approve' then perform people.require_confirmed(array(select cases.members_of(c.id))); end if;
      update approvals.approval a
         set decision = case w.act when 'approve' then 'approved' when 'remand' then 'remanded' else 'retracted' end,
             seen_revision = seen, decided_by = who, decided_at = now()
       where a.case_id = c.id and a.decision is null;
      if not found and w.act <> 'retract' then raise exception 'nothing is proposed' using errcode = 'MD012'; end if;
    else null;
  end case;

  update cases.case set state = target, revision = after,
         state_since = case when target = c.state then c.state_since else cases.moment() end
   where id = c.id;
  insert into cases.event (case_id, revision, type, act, from_state, to_state, staff_id, at, recorded_at, business_date, idempotency_key, comment_id)
  values (c.id, after, event_type, w.act, c.state, target, who, cases.moment(), now(), today, key, comment);
  for effect in select * from jsonb_array_elements(w.effects) loop
    case effect ->> 'type'
      when 'deadline' then
        if not cases.limit_lies_right(c.kind, until) then
          raise exception 'a limit date lies ahead, and not too far' using errcode = 'MD017';
        end if;
        insert into cases.deadline (case_id, kind, due_on, event)
        values (c.id, effect -> 'params' ->> 'kind', until, effect -> 'params' ->> 'event');
      when 'clearDeadline' then
        update cases.deadline set closed_at = now() where case_id = c.id and kind = effect -> 'params' ->> 'kind' and closed_at is null;
      else
        insert into cases.effect (case_id, revision, type, params) values (c.id, after, effect ->> 'type', effect -> 'params');
    end case;
  end loop;
  select array_agg(distinct m.person_number) into persons from cases.member m where m.case_id = c.id and m.to_revision is null;
  perform audit.write('event', 'case.' || event_type, persons, null,
    jsonb_build_object('case', c.number, 'revision', after, 'from', c.state, 'to', target));
  return after;
end
$$;

-- Corrects 受付日 or the 補正期限 beside the machine, while nothing of the case is proposed or decided: with a reason, as a
-- revision of its own. What was confirmed by the old 受付日 is provisional again; the letter goes out again with the new limit.
create or replace function cases.correct(of_case uuid, seen integer, what text, new_day date, key text, comment uuid)
returns integer language plpgsql security definer set search_path = '' as $$
declare
  who integer := access.staff_id(); today date := access.business_date(); c cases.case; after integer; old_day date; persons text[];
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into c from cases.case x where x.id = of_case for update;
  if not found or not cases.may(array['case.read'], c.program, c.office_code)
     or not cases.may(array['case.enter', 'case.examine'], c.program, c.office_code) then
    raise exception 'no such case' using errcode = '42501';
  end if;
  if c.revision is distinct from seen then raise exception 'the case has moved on' using errcode = 'MD014'; end if;
  if not cases.sealed(comment, c.id, 'comment') then raise exception 'a comment is missing' using errcode = 'MD016'; end if;
  if (exists (select from cases.machine_state s where s.kind = c.kind and s.version = c.machine_version and s.state = c.state and s.open)
      and not exists (select from approvals.approval a where a.case_id = c.id and coalesce(a.decision, 'open') not in ('remanded', 'retracted'))) is not true then
    raise exception 'too late to be corrected' using errcode = 'MD011';
  end if;
  after := c.revision + 1;
  case what
    when 'correct-received' then
      if (new_day between vault.born_not_before(c.person_number) and today and new_day <> c.received_on) is not true then
        raise exception 'not a day on which it was received' using errcode = 'MD017';
      end if;
      old_day := c.received_on;
      update cases.case set received_on = new_day, revision = after where id = c.id;
      update entitlements.change set reported_on = new_day where case_id = c.id;
      update approvals.entry e set confirmed_by = null, confirmed_at = null
       where e.case_id = c.id and e.revision = (select n.revision from approvals.latest_entry(c.id) n);
    when 'correct-limit' then
      if not cases.limit_lies_right(c.kind, new_day) then
        raise exception 'a limit date lies ahead, and not too far' using errcode = 'MD017';
      end if;
      select max(d.due_on) into old_day from cases.deadline d where d.case_id = c.id and d.kind = 'hold' and d.closed_at is null;
      if (old_day <> new_day) is not true then raise exception 'no such limit date' using errcode = 'MD011'; end if;
      update cases.deadline set due_on = new_day where case_id = c.id and kind = 'hold' and closed_at is null;
      update cases.case set revision = after where id = c.id;
      insert into cases.effect (case_id, revision, type, params) values (c.id, after, 'letter', '{"kind": "hold"}');
    else raise exception 'nothing to correct' using errcode = 'MD011';
  end case;
  insert into cases.event (case_id, revision, type, act, from_state, to_state, staff_id, at, recorded_at, business_date, idempotency_key, comment_id, detail)
  values (c.id, after, what, 'correct', c.state, c.state, who, cases.moment(), now(), today, key, comment,
          jsonb_build_object('from', old_day, 'to', new_day));
  select array_agg(distinct m.person_number) into persons from cases.member m where m.case_id = c.id and m.to_revision is null;
  perform audit.write('event', 'case.' || what, persons, null, jsonb_build_object('case', c.number, 'revision', after, 'from', old_day, 'to', new_day));
  return after;
end
$$;

-- The rights with which somebody can see to a case.
create or replace function cases.working_rights() returns text[] language sql immutable set search_path = '' as $$
  select array['case.enter','case.examine','case.propose','case.approve','case.revoke','certificate.issue']
$$;

-- Puts a case that is under way into somebody's hands (担当), or into nobody's. Oneself may take it who works on the case;
-- to give it to another, or take it from another without wanting it, needs the right to assign. `had`: who had it on the
-- page; MD014 where that is somebody else by now. Moves nothing: the machine and the revision stay.
create or replace function cases.assign(of_case uuid, had integer, wanted integer) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); c cases.case; persons text[];
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into c from cases.case x where x.id = of_case for update;
  if not found or not cases.may(array['case.read'], c.program, c.office_code) then
    raise exception 'no such case' using errcode = '42501';
  end if;
  if c.assigned_to is distinct from had then raise exception 'somebody else has it' using errcode = 'MD014'; end if;
  if (cases.may(array['case.assign'], c.program, c.office_code)
      or wanted = who and cases.may(cases.working_rights(), c.program, c.office_code)) is not true then
    raise exception 'no right to assign' using errcode = '42501';
  end if;
  if wanted is not null and not exists (
       select from access.holders(cases.working_rights(), c.program, c.office_code) h where h.staff_id = wanted) then
    raise exception 'nobody who could see to it' using errcode = '42501';
  end if;
  if not exists (select from cases.machine_state s
                  where s.kind = c.kind and s.version = c.machine_version and s.state = c.state and s.open) then
    raise exception 'the case is not under way' using errcode = 'MD011';
  end if;
  if wanted is not distinct from had then return; end if;
  update cases.case set assigned_to = wanted where id = c.id;
  insert into cases.assignment (case_id, from_staff, to_staff, assigned_by, at) values (c.id, had, wanted, who, cases.moment());
  select array_agg(distinct m.person_number) into persons from cases.member m where m.case_id = c.id and m.to_revision is null;
  perform audit.write('event', 'case.assigned', persons, null,
    jsonb_build_object('case', c.number, 'from_staff', had, 'to_staff', wanted));
end
$$;

-- What the step did, in codes, ids and dates; said once, in its own transaction.
create or replace function cases.describe(of_case uuid, what jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(of_case, array['any']) and jsonb_typeof(what) = 'object') is not true then
    raise exception 'not in a step of this case' using errcode = '42501';
  end if;
  update cases.event e set detail = what from cases.case c
   where c.id = of_case and e.case_id = c.id and e.revision = c.revision and e.detail = '{}';
end
$$;

-- The persons of a case as the entry of this step names them; its subject stays.
create or replace function cases.set_members(of_case uuid, persons text[], roles text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare present integer;
begin
  if (cases.in_step(of_case, array['open','enter']) and cardinality(persons) = cardinality(roles)
      and not exists (select from unnest(persons) p where vault.office_of(p) is null)) is not true then
    raise exception 'not in a step that names persons' using errcode = '42501';
  end if;
  select c.revision into present from cases.case c where c.id = of_case;
  update cases.member m set to_revision = present
   where m.case_id = of_case and m.to_revision is null and m.role <> 'subject'
     and not exists (select from unnest(persons, roles) x(p, r) where x.p = m.person_number and x.r = m.role);
  insert into cases.member (case_id, person_number, role, from_revision)
  select distinct of_case, x.p, x.r, present from unnest(persons, roles) x(p, r)
   where x.r is distinct from 'subject' and not exists (select from cases.member m
     where m.case_id = of_case and m.to_revision is null and m.person_number = x.p and m.role = x.r);
end
$$;

-- What a step left to do: taken up by one, tried at most five times, and done only when its own paper is there.
create or replace function cases.take_effect(effect_id bigint) returns setof cases.effect
language sql security definer set search_path = '' as $$
  select e.* from cases.effect e join cases.case c on c.id = e.case_id
   where e.id = effect_id and e.done_at is null and cases.may(cases.rights(), c.program, c.office_code)
     for update of e skip locked
$$;

create or replace function cases.finish_effect(effect_id bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update cases.effect e set done_at = now(), failure = null from cases.case c
   where e.id = effect_id and c.id = e.case_id and e.done_at is null and cases.may(cases.rights(), c.program, c.office_code)
     and (e.type <> 'letter'
       or (select count(*) from documents.document d where d.case_id = e.case_id and d.kind = e.params ->> 'kind' and d.issued_at = now())
        > (select count(*) from cases.effect o where o.case_id = e.case_id and o.params ->> 'kind' = e.params ->> 'kind' and o.done_at = now()));
  if not found then raise exception 'not done' using errcode = '42501'; end if;
end
$$;

-- Whether a letter has lost its cause before it was made: its inquiry was answered or given up meanwhile, no document is missing
-- any more, what the panel put off was taken up again, or the 依頼書 that it goes with was issued anew.
create or replace function cases.has_lapsed(e cases.effect) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce(case when e.type = 'letter' then case e.params ->> 'kind'
    when 'inquiry' then not exists (select from intake.inquiry i
      where i.case_id = e.case_id and i.revision = e.revision and i.answered_on is null and i.closed_on is null)
    when 'inquiry-reminder' then not exists (select from intake.inquiry i
      where i.case_id = e.case_id and i.reminded_on is not null and i.answered_on is null and i.closed_on is null)
    when 'hold' then not exists (select from intake.document_check d where d.case_id = e.case_id and d.status = 'missing')
    when 'pending' then exists (select from cases.event x where x.case_id = e.case_id and x.revision > e.revision
                                  and (x.type in ('refer', 'withdraw') or x.act = 'propose'))
      or (select x.type = 'holdForPapers' from cases.event x where x.case_id = e.case_id and x.revision = e.revision)
         and not exists (select from intake.document_check d where d.case_id = e.case_id and d.status = 'missing')
    else e.params ->> 'kind' like 'request-%' and request_letters.needs_no_more(e.case_id, e.revision, e.params ->> 'kind') end end, false);
end
$$;

-- Lets a letter fall away that has lost its cause; who found so, and when, stays. Gives whether it did.
create or replace function cases.lapse_effect(effect_id bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare of_number text; of_kind text; persons text[];
begin
  update cases.effect e set done_at = now(), failure = null, lapsed_by = access.staff_id() from cases.case c
   where e.id = effect_id and c.id = e.case_id and e.done_at is null and cases.may(cases.rights(), c.program, c.office_code)
     and cases.has_lapsed(e)
  returning c.number, e.params ->> 'kind', array(select cases.members_of(c.id)) into of_number, of_kind, persons;
  if not found then return false; end if;
  perform audit.write('event', 'paper.lapsed', persons, null, jsonb_build_object('case', of_number, 'kind', of_kind));
  return true;
end
$$;

create or replace function cases.fail_effect(effect_id bigint, why text) returns void
language sql security definer set search_path = '' as $$
  update cases.effect e set attempts = e.attempts + 1, failure = left(why, 300) from cases.case c
   where e.id = effect_id and c.id = e.case_id and e.done_at is null and cases.may(cases.rights(), c.program, c.office_code)
$$;

create or replace function cases.retry_effects(of_case uuid) returns void
language sql security definer set search_path = '' as $$
  update cases.effect e set attempts = 0 from cases.case c
   where e.case_id = of_case and c.id = e.case_id and e.done_at is null and cases.may(cases.rights(), c.program, c.office_code)
$$;

-- A deadline whose event is no longer possible, because the case went another way in time.
create or replace function cases.drop_deadline(deadline_id bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('system.run');
  update cases.deadline set closed_at = now() where id = deadline_id and closed_at is null and due_on < access.business_date();
end
$$;

-- Sets who and when of a new row, from the session; the two columns are named by the trigger.
create or replace function cases.stamp_staff() returns trigger
language plpgsql set search_path = '' as $$
declare who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  return jsonb_populate_record(new, jsonb_build_object(tg_argv[0], who, tg_argv[1], now()));
end
$$;

-- A step is whole: when its transaction ends, what belongs to it stands there. 予防接種 has no entitlements: what its proposals
-- state and its decisions carry out, triggers of its own judge (87-request-letters.sql).
create or replace function cases.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (case new.act
      when 'open' then case
        when exists (select from cases.case c where c.id = new.case_id and c.kind like '%/change') then exists (select from entitlements.change h where h.case_id = new.case_id)
        when exists (select from cases.case c where c.id = new.case_id and c.kind like '%/claim') then exists (select from claims.claim k where k.case_id = new.case_id)
        when exists (select from cases.case c where c.id = new.case_id and c.kind like '%/relief') then relief.is_claim(new.case_id)
        else true end
      when 'identify' then exists (select from intake.identity_check i where i.case_id = new.case_id and i.checked_at = now())
      when 'enter' then exists (select from approvals.entry e where e.case_id = new.case_id and e.revision = new.revision)
        and (not exists (select from claims.claim k where k.case_id = new.case_id)
          or exists (select from claims.bill r where r.case_id = new.case_id and r.revision = new.revision))
        and (not relief.is_claim(new.case_id)
          or exists (select from relief.claim_facts f where f.case_id = new.case_id and f.revision = new.revision))
      when 'propose' then case when relief.is_claim(new.case_id) then relief.proposal_stated(new.case_id, new.revision)
        when exists (select from cases.case c where c.id = new.case_id and c.program = 'vaccination') then true
        when exists (select from claims.claim k where k.case_id = new.case_id)
        then claims.proposal_stated(new.case_id, new.revision) else entitlements.periods_stated(new.case_id, new.revision) end
      when 'approve' then case when relief.is_claim(new.case_id) then relief.carried_out(new.case_id, new.revision)
        when exists (select from cases.case c where c.id = new.case_id and c.program = 'vaccination') then true
        when exists (select from claims.claim k where k.case_id = new.case_id)
        then claims.carried_out(new.case_id, new.revision) else entitlements.carried_out(new.case_id, new.revision) end
      when 'incomes' then exists (select from intake.income i where i.case_id = new.case_id and i.recorded_at = now())
      when 'confirm-incomes' then exists (select from intake.income i where i.case_id = new.case_id and i.confirmed_at = now())
      when 'apply' then exists (select from entitlements.record r where r.case_id = new.case_id and r.recorded_at = now())
      when 'issue' then exists (select from entitlements.certificate z join documents.document d on d.id = z.document_id
                                 where z.case_id = new.case_id and d.issued_at = now())
      else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists step_is_whole on cases.event;
create constraint trigger step_is_whole after insert on cases.event deferrable initially deferred
  for each row execute function cases.step_is_whole();

-- Entries: provisional, by whoever is signed in, of the revision of their step, about a person of the case.
create or replace function approvals.stamp_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  if not cases.sealed(new.sealed_id, new.case_id, 'application', new.person_number) then
    raise exception 'not an entry of a person of the case' using errcode = '42501';
  end if;
  new.entered_by := access.staff_id();
  new.entered_at := now();
  new.confirmed_by := null;
  new.confirmed_at := null;
  return new;
end
$$;
create or replace trigger stamp_entry before insert on approvals.entry
  for each row execute function approvals.stamp_entry();

-- Papers: issued today by whoever is signed in, of a person of a case that they see; a letter that its steps asked for, or
-- what a step issues.
call cases.secure('documents.document');
revoke all on documents.document from madoguchi_app;
grant select, insert on documents.document to madoguchi_app;
drop policy if exists with_its_case on documents.document;
drop policy if exists seen on documents.document;
create policy seen on documents.document for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = document.program) and (s.office is null or s.office = document.office_code)));
drop policy if exists issued on documents.document;
create policy issued on documents.document for insert to madoguchi_app
  with check (exists (select from cases.case c where c.id = document.case_id and c.program = document.program and c.office_code = document.office_code)
              and cases.may(cases.rights(), program, office_code) and cases.sealed(sealed_id, case_id, 'document', person_number)
              and (cases.in_step(case_id, array['issue'])
                   or exists (select from cases.effect e where e.case_id = document.case_id and e.done_at is null
                                and e.type = 'letter' and e.params ->> 'kind' = document.kind)));
-- Its number is one that was given: of the certificates (…証第R8-000001号) or of the letters (…第R8-000001号) of its 事務.
create or replace function documents.stamp_document() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  year integer := cases.fiscal_year(access.business_date()); series text := case when new.number like '%証第%' then '.certificate' else '.document' end;
begin
  if not cases.was_given(new.program || series, year, substring(new.number from '第' || cases.year_label(year) || '-(\d{6,9})号$')) then
    raise exception 'not a number that was given' using errcode = '42501';
  end if;
  new.issued_by := access.staff_id();
  new.issued_on := access.business_date();
  new.issued_at := now();
  return new;
end
$$;
drop trigger if exists stamp_staff on documents.document;
create or replace trigger stamp_document before insert on documents.document
  for each row execute function documents.stamp_document();

grant select, insert on documents.print to madoguchi_app;
drop policy if exists with_its_document on documents.print;
create policy with_its_document on documents.print to madoguchi_app
  using (exists (select from documents.document d where d.id = document_id))
  with check (exists (select from documents.document d where d.id = document_id));
create or replace trigger stamp_staff before insert on documents.print
  for each row execute function cases.stamp_staff('printed_by', 'printed_at');

-- For the vault: what is sealed for a case is for those who work on the cases of its office; and the persons whose
-- 支援措置 counts for its papers.
create or replace function cases.office_of(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select c.office_code from cases.case c where c.id = of_case
$$;
-- Whose case it is: who applies, and everybody who is or was a member.
create or replace function cases.people_of(of_case uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select c.person_number from cases.case c where c.id = of_case
  union select m.person_number from cases.member m where m.case_id = of_case
$$;
-- For the vault: whether somebody is of a case of some offices that the session may read.
create or replace function cases.concerns(of_person text, offices text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.member m join cases.case c on c.id = m.case_id
    where m.person_number = of_person and m.to_revision is null and c.office_code = any(offices)
      and cases.may(array['case.read'], c.program, c.office_code))
$$;
-- Those of many whom such a case concerns; the rights are asked once a 事務 and office.
create or replace function cases.concerned(numbers text[], offices text[]) returns setof text
language sql stable security definer set search_path = '' as $$
  with found as materialized (
    select distinct m.person_number, c.program, c.office_code from cases.member m join cases.case c on c.id = m.case_id
     where m.person_number = any(numbers) and m.to_revision is null and c.office_code = any(offices)),
  seen as materialized (
    select f.program, f.office_code from (select distinct f.program, f.office_code from found f) f
     where cases.may(array['case.read'], f.program, f.office_code))
  select distinct f.person_number from found f join seen using (program, office_code)
$$;
create or replace function cases.program_of(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select c.program from cases.case c where c.id = of_case
$$;
create or replace function cases.members_of(of_case uuid) returns setof text
language sql stable security definer set search_path = '' as $$
  select m.person_number from cases.member m where m.case_id = of_case and m.to_revision is null
$$;

revoke execute on all routines in schema cases, approvals, documents from public;
grant usage on schema cases to madoguchi_vault;
grant execute on function cases.office_of, cases.concerns, cases.concerned, cases.program_of, cases.members_of, cases.people_of, cases.in_step to madoguchi_vault;
grant execute on function cases.may, cases.rights, cases.in_step, cases.sealed, cases.open, cases.lock, cases.move, cases.correct, cases.assign, cases.working_rights, cases.describe, cases.set_members,
  cases.take_effect, cases.finish_effect, cases.lapse_effect, cases.fail_effect, cases.retry_effects, cases.drop_deadline, cases.next_number to madoguchi_app;
grant execute on all routines in schema cases, approvals, documents to madoguchi_owner;
