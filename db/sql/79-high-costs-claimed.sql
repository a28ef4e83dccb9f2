-- 高額療養費の請求 to insurers: gathered, approved by another person, sent, answered line by line, matched with what came in.

create or replace function high_cost.claim_held(of_id uuid, seen integer) returns high_cost.claim
language plpgsql set search_path = '' as $$
declare c high_cost.claim;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into c from high_cost.claim x where x.id = of_id for update;
  -- It holds people of every office: whoever holds the right for one of them alone moves nothing.
  if not found or not access.covers('high-cost.read', c.program, null) then raise exception 'no such claim' using errcode = '42501'; end if;
  if c.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return c;
end
$$;

-- Everybody by whom a claim came to be what it is: gathered, submitted, found, a class or a 委任状 entered.
create or replace function high_cost.preparers(of_claim uuid) returns integer[]
language sql stable set search_path = '' as $$
  select nullif(array(
    select c.prepared_by from high_cost.claim c where c.id = of_claim
    union select c.submitted_by from high_cost.claim c where c.id = of_claim and c.submitted_by is not null
    union select f from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id cross join lateral unnest(e.found_by) f where l.claim_id = of_claim and not l.released
    union select i.entered_by from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id
            join high_cost.insurance i on i.program = e.program and i.person_number = any(e.persons) and i.insurer_number = e.insurer_number
           where l.claim_id = of_claim and not l.released
    union select m.received_by from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id
            join high_cost.mandate m on m.program = e.program and m.person_number = any(e.persons || e.household) and m.insurer_number = e.insurer_number
           where l.claim_id = of_claim and not l.released and m.received_by is not null), '{}')
$$;

-- One way of a claim: right, what has to hold (workflows/high-cost/claim-machine.ts), the record of it.
create or replace function high_cost.step_claim(c high_cost.claim, event_type text, target text, why text) returns void
language plpgsql set search_path = '' as $$
declare w flows.way; one text; ok boolean;
begin
  w := flows.take('high-cost-claim', 1, c.state, event_type, target, c.program, why is not null);
  if not exists (select from unnest(w.rights) t where access.covers(t, c.program, null)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  foreach one in array w.checks loop
    ok := case one
      when 'hasLines' then exists (select from high_cost.claim_line l where l.claim_id = c.id and not l.released)
      when 'notPreparer' then access.staff_id() <> all(high_cost.preparers(c.id))
      when 'allAnswered' then not exists (select from high_cost.claim_line l where l.claim_id = c.id and not l.released and l.result is null)
      when 'moneyMatches' then (select coalesce(sum(m.amount), 0) from high_cost.money m where m.claim_id = c.id)
        = (select coalesce(sum(l.granted), 0) from high_cost.claim_line l where l.claim_id = c.id and not l.released)
      else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  update high_cost.claim x set state = target, revision = c.revision + 1 where x.id = c.id;
  insert into high_cost.claim_event (claim_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", reason)
  select c.id, c.revision + 1, event_type, c.state, target, s.id, s.display_name, cases.moment(), access.business_date(), why
    from access.staff s where s.id = (select access.staff_id());
end
$$;

-- Gathers what can be claimed from an insurer up to a month of treatment, while it has not lapsed.
create or replace function high_cost.gather(of_program text, insurer text, through text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim; e high_cost.entry; many integer := 0;
begin
  if access.covers('high-cost.prepare', of_program, null) is not true then raise exception 'no right to gather' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('high_cost ' || of_program, 0));
  insert into high_cost.claim (program, insurer_number, through_month, prepared_by, prepared_at)
  values (of_program, insurer, through, access.staff_id(), cases.moment()) returning * into c;
  insert into high_cost.claim_event (claim_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on")
  select c.id, 1, 'gather', '', 'prepared', s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id());
  for e in select x.* from high_cost.entry x
            where x.program = of_program and x.insurer_number = insurer and insurer <> '' and x.state = 'claimable' and x.treatment_month <= through
              and x.lapses_on >= access.business_date() and x.drop_asked_by is null and x.of_city > x.granted
            order by x.treatment_month, x.serial for update loop
    -- Also of two that could be claimed at once.
    continue when high_cost.is_elsewhere(e.program, e.treatment_month, e.id, e.benefit_ids);
    insert into high_cost.claim_line (claim_id, entry_id, amount) values (c.id, e.id, e.of_city - e.granted);
    perform high_cost.step(e, 'gather', 'claimed', null, c.id);
    many := many + 1;
  end loop;
  if many = 0 then raise exception 'nothing to claim' using errcode = 'MD019'; end if;
  perform audit.write('change', 'high-cost-claim.gathered', null, array['high-cost'], jsonb_build_object('number', c.serial, 'count', many));
  return c.id;
end
$$;

-- Gives lines of a claim back: they can be claimed again.
create or replace function high_cost.release(c high_cost.claim, of_entry uuid) returns void
language plpgsql set search_path = '' as $$
declare e high_cost.entry;
begin
  for e in select x.* from high_cost.claim_line l join high_cost.entry x on x.id = l.entry_id
            where l.claim_id = c.id and not l.released and (of_entry is null or l.entry_id = of_entry) order by x.id for update of x loop
    update high_cost.claim_line l set released = true where l.claim_id = c.id and l.entry_id = e.id;
    perform high_cost.sort(high_cost.step(e, 'release', 'claimable', null, c.id));
  end loop;
end
$$;
create or replace function high_cost.take_out(of_claim uuid, seen integer, of_entry uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim := high_cost.claim_held(of_claim, seen);
begin
  if not exists (select from high_cost.claim_line l where l.claim_id = c.id and l.entry_id = of_entry and not l.released) then
    raise exception 'not in it' using errcode = 'MD011';
  end if;
  perform high_cost.step_claim(c, 'takeOut', 'prepared', null);
  perform high_cost.release(c, of_entry);
  perform audit.write('change', 'high-cost-claim.takeOut', null, array['high-cost'], jsonb_build_object('number', c.serial));
end
$$;

-- Submitted, approved, returned, cancelled, sent on a day, closed. It is approved as long as no line is above what the city paid.
create or replace function high_cost.move_claim(of_claim uuid, seen integer, event_type text, target text, why text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim := high_cost.claim_held(of_claim, seen); many integer; total bigint; who integer := access.staff_id();
begin
  if event_type not in ('submit', 'cancel', 'approve', 'return', 'send', 'close')
     or (why is null or event_type = 'return' and why in ('amounts', 'papers', 'later', 'other')) is not true then
    raise exception 'not a step of its own' using errcode = '42501';
  end if;
  if event_type = 'send' and (on_day between c.approved_on and access.business_date()) is not true then
    raise exception 'not on that day' using errcode = '22023';
  end if;
  if event_type = 'approve' then
    select count(*), sum(l.amount) into many, total from high_cost.claim_line l where l.claim_id = c.id and not l.released;
    if exists (select from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id
                where l.claim_id = c.id and not l.released
                  and (e.state = 'claimed' and e.missing = '{}' and l.amount = e.of_city - e.granted and e.of_city <= high_cost.paid_by(e.benefit_ids)
                       and not high_cost.is_elsewhere(e.program, e.treatment_month, e.id, e.benefit_ids)
                       and (not e.needs_mandate or high_cost.has_mandate(e, array['received']))) is not true) then
      raise exception 'what is in it has changed' using errcode = 'MD014';
    end if;
    if access.staff_id() = any(high_cost.preparers(c.id)) then raise exception 'no such step' using errcode = 'MD011'; end if;
    update high_cost.claim x set approved_by = who, approved_on = access.business_date(), approved_count = many, approved_sum = total where x.id = c.id;
  end if;
  perform high_cost.step_claim(c, event_type, target, why);
  update high_cost.claim x set submitted_by = case event_type when 'submit' then who when 'return' then null else x.submitted_by end,
         sent_on = case when event_type = 'send' then on_day else x.sent_on end,
         closed_on = case when event_type = 'close' then access.business_date() else x.closed_on end where x.id = c.id;
  if event_type = 'cancel' then perform high_cost.release(c, null); end if;
  perform audit.write('change', 'high-cost-claim.' || event_type, null, array['high-cost'], jsonb_build_object('number', c.serial));
end
$$;

-- What the insurer answered to a line, on a day.
create or replace function high_cost.answer(of_claim uuid, seen integer, of_entry uuid, outcome text, yen bigint, why text, on_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim := high_cost.claim_held(of_claim, seen); l high_cost.claim_line; e high_cost.entry; way text; target text;
begin
  select x.* into l from high_cost.claim_line x where x.claim_id = c.id and x.entry_id = of_entry and not x.released and x.result is null for update;
  if not found then raise exception 'not to be answered' using errcode = 'MD011'; end if;
  if (on_day between c.sent_on and access.business_date() and yen between 0 and 99999999) is false
     or (why is not null) <> (outcome in ('refused', 'sent-back', 'differs')) or (yen is not null) <> (outcome in ('paid', 'differs')) then
    raise exception 'not an answer' using errcode = '22023';
  end if;
  perform high_cost.step_claim(c, 'answer', 'sent', null);
  select x.* into e from high_cost.entry x where x.id = of_entry for update;
  select a, b into way, target from (values ('paid', 'payFull', 'paid'), ('differs', 'payDiffering', 'differs'), ('refused', 'refuse', 'refused'),
    ('paid-to-person', 'payPerson', 'person-paid'), ('sent-back', 'sendBack', 'sent-back')) x(o, a, b) where x.o = outcome;
  if way is null then raise exception 'not an answer' using errcode = '22023'; end if;
  update high_cost.claim_line x set result = outcome, granted = yen, reason = why, answered_on = on_day, answered_by = access.staff_id()
   where x.claim_id = c.id and x.entry_id = e.id;
  update high_cost.entry x set granted = x.granted + coalesce(yen, 0), answered_by = access.staff_id() where x.id = e.id returning * into e;
  perform high_cost.step(e, way, target, why, c.id);
  perform audit.write('change', 'high-cost-claim.answer', e.persons, array['high-cost'], jsonb_build_object('number', c.serial, 'answer', outcome));
end
$$;

-- 入金; a mistake is taken back by another one below zero. The same reference once.
create or replace function high_cost.receive(of_claim uuid, seen integer, yen bigint, on_day date, reference_number text) returns void
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim := high_cost.claim_held(of_claim, seen); so_far bigint;
begin
  select coalesce(sum(m.amount), 0) into so_far from high_cost.money m where m.claim_id = c.id;
  if (yen <> 0 and abs(yen) <= 9999999999 and so_far + yen >= 0 and on_day between c.sent_on and access.business_date() and length(btrim(reference_number)) between 1 and 30) is not true then
    raise exception 'not to be received so' using errcode = '22023';
  end if;
  perform high_cost.step_claim(c, 'receive', 'sent', null);
  insert into high_cost.money (claim_id, amount, received_on, reference, entered_by, entered_at)
  values (c.id, yen, on_day, btrim(reference_number), access.staff_id(), cases.moment());
  perform audit.write('change', 'high-cost-claim.receive', null, array['high-cost'], jsonb_build_object('number', c.serial));
end
$$;

-- That the file of an approved claim is taken out; it is made of what stands then.
create or replace function high_cost.take_file(of_claim uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim;
begin
  select x.* into c from high_cost.claim x where x.id = of_claim;
  if (c.state in ('approved', 'sent', 'closed') and access.covers('high-cost.prepare', c.program, null)) is not true then
    raise exception 'no file to take' using errcode = '42501';
  end if;
  perform audit.write('event', 'high-cost-claim.file-taken', (select array_agg(distinct p) from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id
      cross join lateral unnest(e.persons) p where l.claim_id = c.id and not l.released), array['high-cost'],
    jsonb_build_object('number', c.serial));
end
$$;

-- What is held of the person of a 開示請求 (83-subject-requests.sql), where it is about this 事務. One look is recorded.
create or replace function high_cost.held_of(of_program text, of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), of_program) <> of_program then
    return jsonb_build_object('entries', '[]'::jsonb, 'mandates', '[]'::jsonb, 'insurance', '[]'::jsonb, 'byHand', '[]'::jsonb);
  end if;
  perform audit.write('look', 'high-cost.held', whose, array['high-cost'], jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'entries', (select coalesce(jsonb_agg(jsonb_build_object('month', e.treatment_month, 'insurer', e.insurer_number, 'category', e.category, 'multiple', e.multiple,
                  'ofCity', e.of_city, 'granted', e.granted, 'state', e.state) order by e.treatment_month, e.serial), '[]')
                  from high_cost.entry e where e.program = of_program and e.persons && whose),
    'mandates', (select coalesce(jsonb_agg(jsonb_build_object('insurer', m.insurer_number, 'from', m.from_month, 'askedOn', m.asked_on, 'receivedOn', m.received_on,
                  'endedOn', m.ended_on) order by m.serial), '[]') from high_cost.mandate m where m.program = of_program and m.person_number = any(whose)),
    'insurance', (select coalesce(jsonb_agg(jsonb_build_object('insurer', i.insurer_number, 'from', i.from_month, 'to', i.to_month, 'category', i.category,
                  'evidence', i.evidence) order by i.id), '[]') from high_cost.insurance i where i.program = of_program and i.person_number = any(whose)),
    'byHand', (select coalesce(jsonb_agg(jsonb_build_object('month', h.treatment_month, 'reasons', h.reasons, 'state', h.state, 'outcome', h.outcome)
                  order by h.serial), '[]') from high_cost.by_hand h where h.program = of_program and h.person_number = any(whose)));
end
$$;

revoke execute on all functions in schema high_cost from public;
grant execute on function high_cost.held_of, high_cost.gather, high_cost.preparers, high_cost.take_out, high_cost.move_claim, high_cost.answer, high_cost.receive, high_cost.take_file to madoguchi_app;
