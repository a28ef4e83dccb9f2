-- 予防接種実施依頼書 and the refunds of what was paid on one. What belongs to a step is written in that step and in no other, and
-- the step does not stand without it (request_letters.step_is_whole). Whether a dose is in order by the law, and what a refund
-- comes to, the rules judge; the database holds both to what was proposed, to the letter that was in force, and to one payment a dose.

grant usage on schema request_letters to madoguchi_app;
call cases.belongs_to_case('request_letters.request', array['enter']);
call cases.belongs_to_case('request_letters.request_line', array['enter']);
call cases.belongs_to_case('request_letters.acceptance', array['any']);
call cases.belongs_to_case('request_letters.proposal', array['propose']);
call cases.belongs_to_case('request_letters.line');
call cases.belongs_to_case('request_letters.letter');
call cases.belongs_to_case('request_letters.result');
call cases.belongs_to_case('request_letters.refund', array['open']);
call cases.belongs_to_case('request_letters.refund_dose', array['enter']);
call cases.belongs_to_case('request_letters.refund_row', array['propose']);

-- By which ways a record was told, and what was paid for: seen by those who see the records; written by functions of the owner.
do $$
declare t text;
begin
  foreach t in array array['shot_channel', 'paid_dose'] loop
    call cases.secure(('vaccination.' || t)::regclass);
    execute format('revoke all on vaccination.%I from madoguchi_app', t);
    execute format('grant select on vaccination.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on vaccination.%I', t);
    execute format('create policy seen on vaccination.%I for select to madoguchi_app using ((select access.has_right(''person.read'', ''vaccination'')))', t);
  end loop;
end
$$;

-- Keeps by which ways a record was told, in the statement that tells it; of one that another way tells anew both.
create or replace function vaccination.keep_channels() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into vaccination.shot_channel (person_number, vaccine, dose, source, given_on, told_on, told_by)
  select n.person_number, n.vaccine, n.dose, n.source, n.given_on, (n.entered_at at time zone 'Asia/Tokyo')::date, n.entered_by from told n
  on conflict do nothing;
  return null;
end
$$;
drop trigger if exists keep_channels on vaccination.shot;
create trigger keep_channels after insert on vaccination.shot
  referencing new table as told for each statement execute function vaccination.keep_channels();
create or replace function vaccination.keep_changed_channels() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into vaccination.shot_channel (person_number, vaccine, dose, source, given_on, told_on, told_by)
  select s.person_number, s.vaccine, s.dose, s.source, s.given_on, (s.entered_at at time zone 'Asia/Tokyo')::date, s.entered_by
    from (select o.*, n.source as told_source from before o join told n using (id)
          union all select n.*, o.source from before o join told n using (id)) s
   where s.source <> s.told_source
  on conflict do nothing;
  return null;
end
$$;
drop trigger if exists keep_changed_channels on vaccination.shot;
create trigger keep_changed_channels after update on vaccination.shot
  referencing old table as before new table as told for each statement execute function vaccination.keep_changed_channels();
revoke execute on function vaccination.keep_channels, vaccination.keep_changed_channels from public;

drop function if exists request_letters.in_event(uuid, text[]);
create or replace function request_letters.is_of(of_case uuid, of_kind text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.case c where c.id = of_case and c.kind = 'vaccination/' || of_kind)
$$;

-- The last day of a period of months that begins on a day (民法143条2項), as workflows/vaccination/request-letters/terms.ts has it.
create or replace function request_letters.period_end(starts date, months integer) returns date
language sql immutable set search_path = '' as $$
  select e - case when extract(day from e) = extract(day from starts) then 1 else 0 end
    from (select (starts + make_interval(months => months))::date as e) x
$$;

-- What is entered is of the entry that this step makes.
create or replace function request_letters.stamp_request() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['enter']) and request_letters.is_of(new.case_id, 'request-letter')
      and new.reason ~ '^[a-z][a-z-]{1,39}$') is not true then
    raise exception 'not a request for a letter' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_request before insert on request_letters.request for each row execute function request_letters.stamp_request();
create or replace function request_letters.stamp_request_line() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['enter']) and new.vaccine ~ '^[a-z0-9]{2,10}$') is not true then
    raise exception 'not a dose of a request' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_request_line before insert on request_letters.request_line for each row execute function request_letters.stamp_request_line();

-- Levels of findings as workflows/vaccination/request-letters/findings.ts has them; a test holds both against each other.
create or replace function request_letters.finding_level(of_code text) returns text
language sql immutable set search_path = '' as $$
  select case when of_code in ('contract-covers', 'not-in-order') then 'doubtful'
              when of_code in ('too-early', 'host-pays') then 'told' else 'blocked' end
$$;
-- Only what is doubtful is accepted.
create or replace function request_letters.stamp_acceptance() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_event(new.case_id, array['accept']) and new.reason ~ '^[a-z][a-z-]{1,39}$'
      and request_letters.finding_level(new.code) = 'doubtful') is not true then
    raise exception 'nothing to be accepted' using errcode = '42501';
  end if;
  select l.revision, access.staff_id() into new.entry_revision, new.accepted_by from approvals.latest_entry(new.case_id) l;
  return new;
end
$$;
create or replace trigger stamp_acceptance before insert on request_letters.acceptance for each row execute function request_letters.stamp_acceptance();

-- The proposal that this step made, of one of the subjects, with the entry that counts.
create or replace function request_letters.present_approval(of_case uuid, subjects text[], out id uuid, out entered integer)
language sql stable security definer set search_path = '' as $$
  select a.id, l.revision from approvals.approval a join cases.case c on c.id = a.case_id and c.revision = a.prepared_revision,
         approvals.latest_entry(a.case_id) l
   where a.case_id = of_case and a.decision is null and a.subject = any(subjects) and cases.in_step(of_case, array['propose'])
$$;
create or replace function request_letters.stamp_proposal() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select p.id, p.entered into new.approval_id, new.entry_revision from request_letters.present_approval(new.case_id, array['letter']) p;
  if new.entry_revision is null then raise exception 'nothing is proposed' using errcode = '42501'; end if;
  return new;
end
$$;
create or replace trigger stamp_proposal before insert on request_letters.proposal for each row execute function request_letters.stamp_proposal();

-- Who deals with the doses of a person, under whichever of their numbers, does so one after the other.
create or replace function request_letters.lock_person(of_person text) returns void
language plpgsql set search_path = '' as $$
begin
  -- Not while claims of clinics are decided (92-clinic-claims.sql).
  perform pg_advisory_xact_lock_shared(hashtextextended('vaccination doses paid', 0));
  perform pg_advisory_xact_lock(hashtextextended('vaccination doses ' || people.canonical(of_person), 0));
end
$$;

-- Doses of the request of a case for which another letter holds or is decided, of all offices; told to whoever sees the case.
create or replace function request_letters.open_elsewhere(of_case uuid) returns table (vaccine text, dose integer, other text)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case and x.kind = 'vaccination/request-letter';
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  return query select l.vaccine, l.dose, o.number from request_letters.line l join cases.case o on o.id = l.case_id
    where l.person_number = any(people.numbers_of(c.person_number)) and l.state = 'open' and l.case_id <> of_case;
end
$$;

-- The doses of a letter, as they were proposed, in the step that decides on it.
create or replace function request_letters.decide(of_case uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare c cases.case; p request_letters.proposal; made integer;
begin
  select x.* into c from cases.case x where x.id = of_case;
  select x.* into p from request_letters.proposal x join approvals.approval a on a.id = x.approval_id
   where x.case_id = of_case and a.decision = 'approved' and a.subject = 'letter' and a.seen_revision = c.revision - 1;
  if cases.decided_in_step(of_case, array['letter']) is not true or p.approval_id is null then
    raise exception 'a letter without a decision' using errcode = '42501';
  end if;
  perform request_letters.lock_person(c.person_number);
  if exists (select from request_letters.request_line r join request_letters.line l
       on l.person_number = any(people.numbers_of(c.person_number)) and l.vaccine = r.vaccine and l.dose = r.dose and l.state = 'open'
     where r.case_id = of_case and r.revision = p.entry_revision) then
    raise exception 'another letter is open' using errcode = 'MD018';
  end if;
  insert into request_letters.line (case_id, number, person_number, vaccine, dose, planned_on)
  select of_case, r.number, c.person_number, r.vaccine, r.dose, r.planned_on from request_letters.request_line r
   where r.case_id = of_case and r.revision = p.entry_revision;
  get diagnostics made = row_count;
  return made;
end
$$;

-- Issues the letter under a number that was given: for the months that were decided, or anew for the rest of them, which ends the
-- one before. Gives its last day.
create or replace function request_letters.issue(of_case uuid, of_number text, why text) returns date
language plpgsql security definer set search_path = '' as $$
declare c cases.case; p request_letters.proposal; r request_letters.request; old request_letters.letter; today date := access.business_date(); year integer; last_day date;
begin
  select x.* into c from cases.case x where x.id = of_case;
  year := cases.fiscal_year(today);
  if cases.in_event(of_case, array['issue', 'reissue']) is not true
     or cases.was_given('vaccination.document', year, substring(of_number from '第' || cases.year_label(year) || '-(\d{6,9})号$')) is not true then
    raise exception 'not in a step that issues' using errcode = '42501';
  end if;
  select x.* into p from request_letters.proposal x join approvals.approval a on a.id = x.approval_id
   where x.case_id = of_case and a.decision = 'approved' and a.subject = 'letter';
  select x.* into r from request_letters.request x where x.case_id = of_case and x.revision = p.entry_revision;
  select x.* into old from request_letters.letter x where x.case_id = of_case order by x.sequence desc limit 1;
  if cases.in_event(of_case, array['issue']) then
    if why is not null or old.case_id is not null then raise exception 'it was issued already' using errcode = '42501'; end if;
    last_day := request_letters.period_end(today, p.months);
  else
    if (why ~ '^[a-z][a-z-]{1,39}$' and old.ended_on is null and old.valid_to >= today) is not true then
      raise exception 'nothing to be issued anew' using errcode = 'MD018';
    end if;
    last_day := old.valid_to;
    update request_letters.letter l set ended_on = today, ended_why = 'replaced' where l.case_id = of_case and l.sequence = old.sequence;
  end if;
  insert into request_letters.letter (case_id, sequence, revision, number, issued_on, valid_to, payment, reissue_reason, issued_by)
  values (of_case, coalesce(old.sequence, 0) + 1, c.revision, of_number, today, last_day, r.payment, why, access.staff_id());
  perform audit.write('change', 'request-letter.issued', array(select cases.members_of(of_case)), null,
    jsonb_build_object('case', c.number, 'number', of_number, 'validTo', last_day));
  return last_day;
end
$$;

create or replace function request_letters.send(of_case uuid, how text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_event(of_case, array['send']) and how ~ '^[a-z][a-z-]{1,39}$') is not true then
    raise exception 'not in a step that sends' using errcode = '42501';
  end if;
  update request_letters.letter l set sent_on = access.business_date(), sent_how = how where l.case_id = of_case and l.ended_on is null;
end
$$;

-- The days on which letters for a dose of a person were in force, and who pays by them.
create or replace function request_letters.in_force(of_person text, of_vaccine text, of_dose integer)
returns table (case_id uuid, number text, valid_from date, valid_to date, payment text)
language sql stable security definer set search_path = '' as $$
  select t.case_id, t.number, t.issued_on, least(t.valid_to, coalesce(t.ended_on, t.valid_to)), t.payment
    from request_letters.line l join request_letters.letter t on t.case_id = l.case_id
   where l.person_number = any(people.numbers_of(of_person)) and l.vaccine = of_vaccine and l.dose = of_dose
$$;

-- What came back of a dose. A shot was told to the one door for records first (vaccination.take_slips, channel `letter`): the slip
-- named here is of this dose and is its record, or stands beside one that was there. MD018: it is the record of something else;
-- MD017: no letter was in force on the day.
drop function if exists request_letters.record(uuid, integer, text, date, text, text, integer, uuid);
create or replace function request_letters.record(of_case uuid, of_line integer, what text, day date, of_slip uuid, ml integer, sealed uuid)
returns text language plpgsql security definer set search_path = '' as $$
declare c cases.case; l request_letters.line; s vaccination.slip; known text; today date := access.business_date();
begin
  select x.* into c from cases.case x where x.id = of_case;
  select x.* into l from request_letters.line x where x.case_id = of_case and x.number = of_line for update;
  select x.* into s from vaccination.slip x where x.id = of_slip;
  if (cases.in_event(of_case, array[case what when 'screened' then 'recordScreening' else 'recordResult' end])
      and what in ('given', 'screened', 'not-given') and l.state in ('open', 'expired') and (what = 'not-given') = (day is null)
      and (what = 'not-given') = (s.id is null)
      and (s.id is null or s.channel = 'letter' and starts_with(s.reference, of_case::text || '.' || of_line || '.')
        and s.outcome = case what when 'given' then 'given' else 'interview-only' end)
      and (sealed is null or cases.sealed(sealed, of_case, 'vaccination-result', c.person_number))) is not true then
    raise exception 'not a result of a dose' using errcode = '42501';
  end if;
  if what <> 'not-given' and (day <= today and day >= vault.born_not_before(c.person_number) and exists (
       select from request_letters.in_force(c.person_number, l.vaccine, l.dose) f where f.case_id = of_case and day between f.valid_from and f.valid_to)) is not true then
    raise exception 'no letter was in force' using errcode = 'MD017';
  end if;
  perform request_letters.lock_person(c.person_number);
  if what = 'given' then
    select case s.state when 'second-channel' then o.source end into known from vaccination.shot o
     where o.id = s.shot_id and s.state in ('recorded', 'second-channel') and o.person_number = c.person_number
       and o.vaccine = l.vaccine and o.dose = l.dose and o.given_on = day;
    if not found then raise exception 'the record tells otherwise' using errcode = 'MD018'; end if;
  end if;
  if what <> 'screened' then
    update request_letters.line x set state = what, ended_on = today, given_on = day where x.case_id = of_case and x.number = of_line;
  end if;
  insert into request_letters.result (case_id, revision, number, outcome, happened_on, amount, already_known, sealed_id, recorded_by)
  values (of_case, c.revision, of_line, what, day, ml, known, sealed, access.staff_id());
  perform audit.write('change', 'request-letter.result', array[c.person_number], array['vaccination'], jsonb_build_object('case', c.number, 'outcome', what));
  return known;
end
$$;

-- The time of the letter has run out: what waits is over. In the step of the clock, or where a cancellation is sent back too late.
create or replace function request_letters.lapse(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_event(of_case, array['lapse', 'remand']) and request_letters.has_lapsed(of_case)) is not true then
    raise exception 'the letter holds yet' using errcode = '42501';
  end if;
  update request_letters.line l set state = 'expired', ended_on = access.business_date() where l.case_id = of_case and l.state = 'open';
end
$$;

-- In the step that decides on the 取消.
create or replace function request_letters.cancel(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if cases.decided_in_step(of_case, array['cancellation']) is not true then raise exception 'a cancellation without a decision' using errcode = '42501'; end if;
  update request_letters.line l set state = 'cancelled', ended_on = access.business_date() where l.case_id = of_case and l.state in ('open', 'expired');
  update request_letters.letter l set ended_on = access.business_date(), ended_why = 'cancelled' where l.case_id = of_case and l.ended_on is null;
end
$$;

-- Facts of a letter for the checks of its machine.
create or replace function request_letters.has_lapsed(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from request_letters.letter l where l.case_id = of_case and l.ended_on is null and l.valid_to < access.business_date())
$$;
create or replace function request_letters.lines_in(of_case uuid, of_state text) returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from request_letters.line l where l.case_id = of_case and l.state = of_state
$$;
-- A paper of a letter that was issued anew meanwhile, and the form for a claim where the host pays.
create or replace function request_letters.needs_no_more(of_case uuid, by_revision integer, of_kind text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from request_letters.letter l where l.case_id = of_case and l.revision = by_revision
    and (l.ended_on is not null or of_kind = 'request-claim-form' and l.payment = 'host'))
$$;
drop function if exists request_letters.is_replaced(uuid, integer), request_letters.host_pays(uuid);
create or replace function request_letters.is_issued(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from request_letters.letter l where l.case_id = of_case)
$$;
create or replace function request_letters.is_sent(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from request_letters.letter l where l.case_id = of_case and l.ended_on is null and l.sent_on is not null)
$$;

-- To whom a refund may be paid: the person, or whoever applied for a letter of that person.
create or replace function request_letters.may_be_payee(of_case uuid, payee text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.case c where c.id = of_case and (c.person_number = payee
    or exists (select from cases.case l join cases.member m on m.case_id = l.id and m.role = 'applicant' and m.to_revision is null
                where l.kind = 'vaccination/request-letter' and l.person_number = any(people.numbers_of(c.person_number)) and m.person_number = payee
                  and request_letters.is_issued(l.id))))
$$;
create or replace function request_letters.stamp_refund() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['open']) and request_letters.is_of(new.case_id, 'refund')
      and request_letters.may_be_payee(new.case_id, new.payee_number)) is not true then
    raise exception 'not a claim of this person' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_refund before insert on request_letters.refund for each row execute function request_letters.stamp_refund();
create or replace function request_letters.stamp_refund_dose() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['enter']) and new.vaccine ~ '^[a-z0-9]{2,10}$' and coalesce(length(new.product), 0) <= 60
      and new.given_on <= access.business_date() and new.paid_on <= access.business_date() and octet_length(new.receipt_mark) between 8 and 64
      and new.documents <@ array['receipt', 'record', 'slip', 'letter'] and cardinality(new.documents) <= 4) is not true then
    raise exception 'not a receipt of a claim' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_refund_dose before insert on request_letters.refund_dose for each row execute function request_letters.stamp_refund_dose();

-- What the database itself knows against refunding a dose; null where nothing is. Prices and deadlines are judged by the rules.
create or replace function request_letters.hindrance(d request_letters.refund_dose) returns text
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = d.case_id;
  return case
    when not exists (select from request_letters.in_force(c.person_number, d.vaccine, d.dose) f where d.given_on between f.valid_from and f.valid_to) then 'no-letter'
    when not exists (select from request_letters.in_force(c.person_number, d.vaccine, d.dose) f where d.given_on between f.valid_from and f.valid_to and f.payment = 'self') then 'host-paid'
    when exists (select from vaccination.paid_dose p where p.person_number = any(people.numbers_of(c.person_number)) and p.vaccine = d.vaccine and p.dose = d.dose and p.outcome = d.outcome
           and (d.outcome = 'given' or p.given_on = d.given_on) and p.cancelled_at is null and p.source_id <> d.case_id) then 'paid-already'
    when exists (select from request_letters.refund_dose o where o.case_id = d.case_id and o.revision = d.revision and o.number < d.number
           and (o.vaccine = d.vaccine and o.dose = d.dose and o.outcome = d.outcome and (d.outcome = 'given' or o.given_on = d.given_on) or o.receipt_mark = d.receipt_mark)) then 'paid-already'
    when exists (select from request_letters.refund_dose o join cases.case x on x.id = o.case_id
           join vaccination.paid_dose p on p.source_id = o.case_id and p.vaccine = o.vaccine and p.dose = o.dose and p.outcome = o.outcome and p.cancelled_at is null
           where x.person_number = any(people.numbers_of(c.person_number)) and o.case_id <> d.case_id and o.receipt_mark = d.receipt_mark) then 'paid-already'
    end;
end
$$;

-- What the database finds against each dose of the entry that counts; `other`: a claim that waits and names the same dose or receipt,
-- found against the later one. Of all offices; told to whoever sees the claim.
create or replace function request_letters.refund_findings(of_case uuid) returns table (number integer, hindrance text, other text)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; entered integer;
begin
  select x.* into c from cases.case x where x.id = of_case and x.kind = 'vaccination/refund';
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  select l.revision into entered from approvals.latest_entry(of_case) l;
  return query
  select d.number, request_letters.hindrance(d), (
      select x.number from cases.case x join cases.machine_state s on s.kind = x.kind and s.version = x.machine_version and s.state = x.state
        join lateral (select l.revision from approvals.latest_entry(x.id) l) l on true
        join request_letters.refund_dose o on o.case_id = x.id and o.revision = l.revision
       where x.kind = c.kind and x.person_number = any(people.numbers_of(c.person_number)) and x.id <> of_case and s.open and (length(x.number), x.number) < (length(c.number), c.number)
         and (o.vaccine = d.vaccine and o.dose = d.dose and o.outcome = d.outcome and (d.outcome = 'given' or o.given_on = d.given_on) or o.receipt_mark = d.receipt_mark)
       order by x.number limit 1)
    from request_letters.refund_dose d where d.case_id = of_case and d.revision = entered order by d.number;
end
$$;

-- The letters that name the doses of a claim, as they were in force; of all offices, told to whoever sees the claim.
create or replace function request_letters.letters_of_refund(of_case uuid)
returns table (dose_number integer, letter text, valid_from date, valid_to date, payment text)
language plpgsql stable security definer set search_path = '' as $$
declare c cases.case; entered integer;
begin
  select x.* into c from cases.case x where x.id = of_case and x.kind = 'vaccination/refund';
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  select l.revision into entered from approvals.latest_entry(of_case) l;
  return query select d.number, f.number, f.valid_from, f.valid_to, f.payment from request_letters.refund_dose d
    cross join lateral request_letters.in_force(c.person_number, d.vaccine, d.dose) f
   where d.case_id = of_case and d.revision = entered order by d.number, f.valid_from;
end
$$;

create or replace function request_letters.stamp_refund_row() returns trigger
language plpgsql security definer set search_path = '' as $$
declare d request_letters.refund_dose;
begin
  select p.id, p.entered into new.approval_id, new.entry_revision from request_letters.present_approval(new.case_id, array['payment', 'refusal']) p;
  select x.* into d from request_letters.refund_dose x where x.case_id = new.case_id and x.revision = new.entry_revision and x.number = new.number;
  if (new.amount <= d.paid and new.reason ~ '^[a-z][a-z-]{1,39}$' is not false) is not true then
    raise exception 'not to be proposed so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_refund_row before insert on request_letters.refund_row for each row execute function request_letters.stamp_refund_row();

-- Facts of a claim for the checks of its machine.
create or replace function request_letters.has_account(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from request_letters.refund k join cases.case c on c.id = k.case_id
    join payments.account a on a.program = c.program and a.person_number = any(people.numbers_of(k.payee_number)) and a.state = 'confirmed' where k.case_id = of_case)
$$;
create or replace function request_letters.some_refused(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from approvals.approval a join request_letters.refund_row w on w.approval_id = a.id
    where a.case_id = of_case and a.subject = 'payment' and coalesce(a.decision, 'open') not in ('remanded', 'retracted') and w.amount = 0)
$$;
create or replace function request_letters.is_unpaid(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from payments.payable p where p.case_id = of_case and (p.state not in ('owed', 'awaiting-correction', 'withdrawn') or p.set_off > 0))
$$;

-- Counts the doses as paid, as they were proposed, in the step that decides so; gives the sum.
create or replace function request_letters.hold_person(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case;
  if cases.may(array['case.read'], c.program, c.office_code) is not true then raise exception 'no such case' using errcode = '42501'; end if;
  perform request_letters.lock_person(c.person_number);
end
$$;
create or replace function request_letters.carry_out(of_case uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare c cases.case; a approvals.approval; w record; total bigint := 0;
begin
  select x.* into c from cases.case x where x.id = of_case;
  select x.* into a from approvals.approval x where x.case_id = of_case and x.decision = 'approved' and x.subject = 'payment' and x.seen_revision = c.revision - 1;
  if (cases.decided_in_step(of_case, array['payment']) and request_letters.has_account(of_case)) is not true or a.id is null then
    raise exception 'a refund without a decision' using errcode = '42501';
  end if;
  perform request_letters.lock_person(c.person_number);
  for w in select d, r.amount from request_letters.refund_row r join request_letters.refund_dose d on d.case_id = r.case_id and d.revision = r.entry_revision and d.number = r.number
            where r.approval_id = a.id and r.amount > 0 order by r.number loop
    if request_letters.hindrance(w.d) is not null then raise exception 'not to be refunded any more' using errcode = 'MD018'; end if;
    insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on)
    values (c.person_number, (w.d).vaccine, (w.d).dose, (w.d).outcome, (w.d).given_on, 'refund', of_case, w.amount, access.business_date());
    total := total + w.amount;
  end loop;
  perform audit.write('change', 'request-refund.granted', array(select cases.members_of(of_case)), null, jsonb_build_object('case', c.number));
  return total;
end
$$;
create or replace function request_letters.take_back(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if cases.decided_in_step(of_case, array['cancellation']) is not true then raise exception 'a cancellation without a decision' using errcode = '42501'; end if;
  update vaccination.paid_dose p set cancelled_at = cases.moment() where p.source_id = of_case and p.route = 'refund' and p.cancelled_at is null;
  perform audit.write('change', 'request-refund.cancelled', array(select cases.members_of(of_case)), null,
    jsonb_build_object('case', (select c.number from cases.case c where c.id = of_case)));
end
$$;

-- Whether a proposal, made by the step with this revision, says all that it has to say: a letter its doses, none of them open
-- elsewhere; a refund of every dose what is paid, and nothing that the database knows something against.
create or replace function request_letters.stated(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case
      when a.subject = 'letter' then exists (select from request_letters.proposal p join request_letters.request_line l
          on l.case_id = p.case_id and l.revision = p.entry_revision where p.approval_id = a.id)
        and not exists (select from request_letters.proposal p join request_letters.request_line r on r.case_id = p.case_id and r.revision = p.entry_revision
          join cases.case c on c.id = p.case_id join request_letters.line l
            on l.person_number = any(people.numbers_of(c.person_number)) and l.vaccine = r.vaccine and l.dose = r.dose and l.state = 'open' where p.approval_id = a.id)
      when a.subject in ('payment', 'refusal') then
        (a.subject = 'payment') = exists (select from request_letters.refund_row w where w.approval_id = a.id and w.amount > 0)
        and not exists (select from request_letters.refund_dose d join approvals.latest_entry(of_case) e on e.revision = d.revision
          left join request_letters.refund_row w on w.approval_id = a.id and w.number = d.number
         where d.case_id = of_case and (w.number is null or w.amount > 0 and request_letters.hindrance(d) is not null))
      when a.subject = 'cancellation' and request_letters.is_of(of_case, 'refund') then
        exists (select from vaccination.paid_dose p where p.source_id = of_case and p.route = 'refund' and p.cancelled_at is null)
      else true end
    from approvals.approval a where a.case_id = of_case and a.prepared_revision = by_revision
$$;

-- Whether what was decided in a step was carried out in it.
create or replace function request_letters.carried_out(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case
      when request_letters.is_of(of_case, 'request-letter') then case a.subject
        when 'letter' then exists (select from request_letters.line l where l.case_id = of_case)
          and not exists (select from request_letters.proposal p join request_letters.request_line r on r.case_id = p.case_id and r.revision = p.entry_revision
            where p.approval_id = a.id and not exists (select from request_letters.line l where l.case_id = of_case and l.number = r.number))
        when 'rejection' then not exists (select from request_letters.line l where l.case_id = of_case)
        when 'cancellation' then not exists (select from request_letters.line l where l.case_id = of_case and l.state = 'open')
          and not exists (select from request_letters.letter l where l.case_id = of_case and l.ended_on is null) end
      else case a.subject
        when 'payment' then (select count(*) from payments.payable p where p.case_id = of_case) = 1
          and exists (select from payments.payable p join request_letters.refund k on k.case_id = of_case
            where p.case_id = of_case and p.source_kind = 'request-refund' and p.source_id = of_case and p.person_number = k.payee_number and p.kind = 'transfer' and p.state = 'owed'
              and p.amount = (select sum(w.amount) from request_letters.refund_row w where w.approval_id = a.id))
          and not exists (select from request_letters.refund_row w join request_letters.refund_dose d on d.case_id = w.case_id and d.revision = w.entry_revision and d.number = w.number
            where w.approval_id = a.id and w.amount > 0 and not exists (select from vaccination.paid_dose p where p.source_id = of_case and p.vaccine = d.vaccine
              and p.dose = d.dose and p.outcome = d.outcome and p.given_on = d.given_on and p.amount = w.amount and p.cancelled_at is null))
        when 'refusal' then not exists (select from payments.payable p where p.case_id = of_case)
        when 'cancellation' then not exists (select from payments.payable p where p.case_id = of_case and p.state <> 'withdrawn')
          and not exists (select from vaccination.paid_dose p where p.source_id = of_case and p.cancelled_at is null) end end
    from approvals.approval a where a.case_id = of_case and a.decision = 'approved' and a.seen_revision = by_revision - 1
$$;

-- A step is whole: when its transaction ends, what belongs to it stands there.
create or replace function request_letters.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = new.case_id;
  if c.kind not in ('vaccination/request-letter', 'vaccination/refund') then return null; end if;
  if (case
      when new.act = 'open' then c.kind <> 'vaccination/refund' or exists (select from request_letters.refund k where k.case_id = c.id)
      when new.act = 'enter' and c.kind = 'vaccination/refund' then
        exists (select from request_letters.refund_dose d where d.case_id = c.id and d.revision = new.revision)
      when new.act = 'enter' then exists (select from request_letters.request_line l where l.case_id = c.id and l.revision = new.revision)
      when new.act = 'propose' then request_letters.stated(c.id, new.revision)
      when new.act = 'approve' then request_letters.carried_out(c.id, new.revision)
      when new.type in ('issue', 'reissue') then exists (select from request_letters.letter l where l.case_id = c.id and l.revision = new.revision)
        and exists (select from cases.deadline d join request_letters.letter l on l.case_id = d.case_id and l.ended_on is null
          where d.case_id = c.id and d.kind = 'validity' and d.closed_at is null and d.due_on = l.valid_to)
      when new.type = 'send' then request_letters.is_sent(c.id)
      when new.type in ('recordResult', 'recordScreening') then exists (select from request_letters.result r where r.case_id = c.id and r.revision = new.revision)
      when new.type = 'lapse' or new.to_state = 'expired' then request_letters.lines_in(c.id, 'open') = 0
      when new.type = 'accept' then exists (select from request_letters.acceptance a where a.case_id = c.id and a.accepted_by = new.staff_id)
      else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists request_letter_is_whole on cases.event;
create constraint trigger request_letter_is_whole after insert on cases.event deferrable initially deferred
  for each row execute function request_letters.step_is_whole();

revoke execute on all functions in schema request_letters from public;
grant execute on function request_letters.open_elsewhere, request_letters.decide, request_letters.issue, request_letters.send, request_letters.record,
  request_letters.lapse, request_letters.cancel, request_letters.refund_findings, request_letters.letters_of_refund, request_letters.hold_person,
  request_letters.carry_out, request_letters.take_back to madoguchi_app;
grant execute on all routines in schema request_letters to madoguchi_owner;
