-- 支払: how a 事務 pays, accounts of people, and what is owed to them. Written by these functions alone; payables move along
-- the ways of workflows/payments (flows.way).

grant usage on schema payments to madoguchi_app, madoguchi_vault;
do $$
declare t text;
begin
  foreach t in array array['setting', 'account', 'payable', 'payable_event', 'run', 'run_event', 'run_line', 'run_file', 'hand_over', 'answer',
                           'answer_fault', 'cash_payment'] loop
    call cases.secure(('payments.' || quote_ident(t))::regclass);
    execute format('revoke all on payments.%I from madoguchi_app', t);
    execute format('grant select on payments.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on payments.%I', t);
  end loop;
end
$$;
create policy seen on payments.setting for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s where s.program is null or s.program = setting.program));
create policy seen on payments.account for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = account.program) and (s.office is null or s.office = account.office_code)));
create policy seen on payments.payable for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = payable.program) and (s.office is null or s.office = payable.office_code)));
create policy seen on payments.payable_event for select to madoguchi_app
  using (exists (select from payments.payable p where p.id = payable_id));
create policy seen on payments.run for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = run.program) and (s.office is null or s.office = run.office_code)));
create policy seen on payments.run_line for select to madoguchi_app
  using (run_id in (select r.id from payments.run r));
create policy seen on payments.run_event for select to madoguchi_app
  using (run_id in (select r.id from payments.run r));
create policy seen on payments.run_file for select to madoguchi_app
  using (run_id in (select r.id from payments.run r));
create policy seen on payments.hand_over for select to madoguchi_app
  using (run_id in (select r.id from payments.run r));
create policy seen on payments.answer for select to madoguchi_app
  using (run_id in (select r.id from payments.run r));
create policy seen on payments.answer_fault for select to madoguchi_app
  using (answer_id in (select a.id from payments.answer a));
create policy seen on payments.cash_payment for select to madoguchi_app
  using (exists (select from payments.payable p where p.id = payable_id));

-- The person whom a payable concerns, as the log wants it: nobody where it is owed to an organisation.
create or replace function payments.persons(p payments.payable) returns text[] language sql immutable set search_path = '' as $$
  select case when p.person_number is not null then array[p.person_number] end
$$;
-- Whether the session holds a right for a payable: in the office of its person; what is owed to an organisation is of the whole city.
create or replace function payments.may(wanted text, p payments.payable) returns boolean language sql stable set search_path = '' as $$
  select case when p.party_code is null then access.has_right(wanted, p.program, p.office_code) else access.covers(wanted, p.program, null) end
$$;

-- Whether a sealed record is what it is said to be: of this kind, 事務 and holder, of no case, sealed by whoever names it.
create or replace function payments.sealed(record_id uuid, of_program text, of_kind text, of_holder text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.sealed_of(record_id) s where s.program = of_program and s.kind = of_kind and s.holder = of_holder
                    and s.case_id is null and s.entered_by = access.staff_id())
$$;

-- Whether a holder of sealed records is a run of payments of a 事務.
create or replace function payments.is_run(holder text, of_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from payments.run r where 'payment:' || r.id = holder and r.program = of_program
                   and r.id = substring(holder from '^payment:([0-9a-f-]{36})$')::uuid)
$$;

-- How a 事務 pays, from a day on: proposed by one, approved by another.
drop function if exists payments.propose_setting(text, date, text, text, text, text, text, text, text, text, boolean, integer, integer, integer, text, integer);
create or replace function payments.propose_setting(of_program text, starts date, originator text, originator_kana text, bank text, branch text, kind text,
  number text, house text, sort text, ends boolean, closing integer, months integer, day integer, closed text, lead integer, rests_on text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  -- It pays for every office: whoever holds the right for one of them alone sets nothing.
  if access.covers('payment.prepare', of_program, null) is not true then raise exception 'no right to set this' using errcode = '42501'; end if;
  if (length(btrim(originator_kana)) between 1 and 40 and length(btrim(rests_on)) between 2 and 200) is not true then raise exception 'not to be proposed so' using errcode = '22023'; end if;
  insert into payments.setting (program, valid_from, originator_code, originator_name, bank_code, branch_code, account_type, account_number,
    clearing_house, category, line_ends, closing_day, pay_months, pay_day, when_closed, lead_days, source, proposed_by)
  values (of_program, starts, originator, btrim(originator_kana), bank, branch, kind, number, house, sort, ends, closing, months, day, closed, lead,
    btrim(rests_on), access.staff_id())
  returning id into made;
  perform audit.write('event', 'payment-setting.proposed', null, null, jsonb_build_object('number', made));
  return made;
end
$$;
-- Once, by another person; false where somebody else was faster.
create or replace function payments.decide_setting(of_id integer, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare s payments.setting; who integer := access.staff_id();
begin
  select x.* into s from payments.setting x where x.id = of_id for update;
  if not found then raise exception 'no such setting' using errcode = '42501'; end if;
  if access.covers('payment.approve', s.program, null) is not true then raise exception 'no right to decide this' using errcode = '42501'; end if;
  if s.decision is not null then return false; end if;
  if (how in ('approved', 'refused') and s.proposed_by <> who) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update payments.setting set decision = how, decided_by = who, decided_at = now() where id = of_id;
  perform audit.write('change', 'payment-setting.' || how, null, null, jsonb_build_object('number', of_id));
  return true;
end
$$;
create or replace function payments.setting_in_force(of_program text, on_day date) returns integer
language sql stable security definer set search_path = '' as $$
  select s.id from payments.setting s where s.program = of_program and s.decision = 'approved' and s.valid_from <= on_day
   order by s.valid_from desc, s.id desc limit 1
$$;

-- Makes an account of what is sealed. With a case: in a step of that case, of one of its persons, typed by whoever typed its
-- last entry. Without one: typed here. A provisional one of the same person is replaced; one that is in force already is
-- returned, and nothing is made.
create or replace function payments.enter_account(of_program text, number text, new_source text, is_public boolean, starts date, of_case uuid, sealed uuid, print bytea)
returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid; who integer := access.staff_id(); office text := vault.office_of(number); typist integer := who;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if of_case is null then
    if (new_source in ('counter', 'public') and access.has_right('payment-account.handle', of_program, office)) is not true then
      raise exception 'no right to enter an account' using errcode = '42501';
    end if;
  else
    if (new_source in ('application', 'change') and cases.in_step(of_case, array['any']) and cases.program_of(of_case) = of_program
        and number in (select cases.members_of(of_case))) is not true then
      raise exception 'not in a step of a case of this person' using errcode = '42501';
    end if;
    select coalesce(l.entered_by, who) into typist from approvals.latest_entry(of_case) l;
    typist := coalesce(typist, who);
  end if;
  if (office is not null and octet_length(print) between 8 and 64 and payments.sealed(sealed, of_program, 'payment-account', number)) is not true then
    raise exception 'not an account of this person' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('payments.account ' || of_program || ' ' || number, 0));
  select a.id into made from payments.account a
   where a.program = of_program and a.person_number = number and a.state = 'confirmed' and a.fingerprint = print;
  if found then return made; end if;
  update payments.account a set state = 'replaced' where a.program = of_program and a.person_number = number and a.state = 'provisional';
  insert into payments.account (program, person_number, office_code, source, public_account, case_id, sealed_id, fingerprint, valid_from, entered_by, recorded_by)
  values (of_program, number, office, new_source, is_public, of_case, sealed, print, starts, typist, who) returning id into made;
  perform audit.write('change', 'payment-account.entered', array[number], array['payment-account'], jsonb_build_object('source', new_source));
  return made;
end
$$;

-- Moves an account along its machine. Confirmed by another person than who typed and who recorded it, with the evidence it
-- was compared with; the one before ends the day before it.
create or replace function payments.move_account(of_id uuid, event_type text, target text, proof text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare a payments.account; w flows.way; who integer := access.staff_id(); one text; ok boolean; today date := access.business_date();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into a from payments.account x where x.id = of_id for update;
  -- The account of an organisation is moved where its register stands.
  if not found or a.party_code is not null or not access.has_right('payment-account.handle', a.program, a.office_code) or event_type = 'replace' then
    raise exception 'no such account' using errcode = '42501';
  end if;
  w := flows.take('payment-account', 1, a.state, event_type, target, a.program, false);
  foreach one in array w.checks loop
    ok := case one
      when 'notEnterer' then who not in (a.entered_by, a.recorded_by)
        and not exists (select from approvals.entry e where e.case_id = a.case_id and e.entered_by = who)
      when 'noneUnderWay' then not exists (select from payments.run_line l where l.account_id = a.id and l.state = 'ready')
      else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  perform pg_advisory_xact_lock(hashtextextended('payments.account ' || a.program || ' ' || a.person_number, 0));
  if event_type = 'confirm' then
    if proof is null then raise exception 'an evidence is missing' using errcode = 'MD019'; end if;
    perform people.require_confirmed(array[a.person_number]);
    update payments.account o set state = 'closed', closed_for = 'changed', closed_by = who, closed_at = now(),
           valid_to = greatest(o.valid_from, a.valid_from - 1)
     where o.program = a.program and o.person_number = a.person_number and o.state = 'confirmed';
    update payments.account set state = 'confirmed', evidence = proof, decided_by = who, decided_at = now() where id = a.id;
  elsif event_type = 'refuse' then
    -- Whoever typed it may take it back too: nothing is paid by that.
    update payments.account set state = 'refused' where id = a.id;
  else
    update payments.account set state = 'closed', closed_for = why, closed_by = who, closed_at = now(), valid_to = greatest(valid_from, today) where id = a.id;
  end if;
  perform audit.write('change', 'payment-account.' || case event_type when 'confirm' then 'confirmed' when 'refuse' then 'refused' else 'closed' end,
    array[a.person_number], array['payment-account'], null);
end
$$;

-- The account to which somebody is paid today, held so that it does not end meanwhile.
create or replace function payments.account_of(of_program text, number text) returns payments.account
language sql stable security definer set search_path = '' as $$
  select a.* from payments.account a where a.program = of_program and a.person_number = any(people.numbers_of(number)) and a.state = 'confirmed'
   order by a.person_number <> people.canonical(number), a.recorded_at desc limit 1
$$;

create or replace function payments.account_of_party(of_program text, party text) returns payments.account
language sql stable security definer set search_path = '' as $$
  select a.* from payments.account a where a.program = of_program and a.party_code = party and a.state = 'confirmed'
$$;

-- The account of an organisation, as the register of a 事務 has confirmed it by two people: it takes the place of the one before. For
-- functions of the owner that keep such a register; nothing else makes accounts of organisations.
create or replace function payments.tell_account_of_party(of_id uuid, of_program text, party text, sealed uuid, print bytea, starts date, entered integer,
  confirmed integer, at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (party ~ '^[0-9A-Za-z-]{1,20}$' and octet_length(print) between 8 and 64 and entered <> confirmed) is not true then
    raise exception 'not an account of an organisation' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('payments.account ' || of_program || ' ' || party, 0));
  if exists (select from payments.account a where a.id = of_id) then return; end if;
  update payments.account o set state = 'closed', closed_for = 'changed', closed_by = confirmed, closed_at = at, valid_to = greatest(o.valid_from, starts - 1)
   where o.program = of_program and o.party_code = party and o.state = 'confirmed';
  insert into payments.account (id, program, party_code, source, sealed_id, fingerprint, valid_from, state, entered_by, recorded_by, recorded_at, decided_by, decided_at)
  values (of_id, of_program, party, 'register', sealed, print, starts, 'confirmed', entered, entered, at, confirmed, at);
end
$$;
create or replace function payments.end_account_of_party(of_id uuid, who integer, at timestamptz, last_day date) returns void
language sql set search_path = '' as $$
  update payments.account a set state = 'closed', closed_for = 'changed', closed_by = who, closed_at = at, valid_to = greatest(a.valid_from, last_day)
   where a.id = of_id and a.party_code is not null and a.state = 'confirmed'
$$;

-- What happened to a payable, in the name of the person of the session.
create or replace function payments.keep_event(of_payable uuid, after integer, what text, from_state text, to_state text, of_run uuid, why text, comment uuid)
returns void language sql set search_path = '' as $$
  insert into payments.payable_event (payable_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", run_id, reason, comment_id)
  select of_payable, after, what, from_state, to_state, s.id, s.display_name, cases.moment(), access.business_date(), of_run, why, comment
    from access.staff s where s.id = (select access.staff_id())
$$;

-- Enters what is owed. For functions of the owner that have judged the decision themselves (two people, the amount decided);
-- the program's role calls payments.owe. Raises 23505 where it is owed already.
create or replace function payments.enter_payable(of_program text, of_kind text, of_source uuid, of_case uuid, number text, yen bigint, manner text) returns uuid
language plpgsql set search_path = '' as $$
declare made uuid; office text := vault.office_of(number);
begin
  if office is null then raise exception 'nobody of that number' using errcode = '22023'; end if;
  if (of_kind ~ '^[a-z][a-z0-9-]{1,39}$') is not true then raise exception 'not a kind' using errcode = '22023'; end if;
  perform people.require_confirmed(array[number]);
  insert into payments.payable (program, person_number, office_code, source_kind, source_id, case_id, amount, kind, owed_on, decided_by, decided_at)
  values (of_program, number, office, of_kind, of_source, of_case, yen, manner, access.business_date(), access.staff_id(), cases.moment())
  returning id into made;
  perform payments.keep_event(made, 1, 'owe', '', 'owed', null, null, null);
  perform audit.write('change', 'payment.owed', array[number], array['payment'], jsonb_build_object('kind', of_kind));
  return made;
end
$$;

-- What is owed to an organisation (医療機関) by its code in the register of the 事務: by transfer, for functions of the owner that have
-- judged the decision and know the organisation.
create or replace function payments.enter_payable_to_party(of_program text, of_kind text, of_source uuid, party text, yen bigint) returns uuid
language plpgsql set search_path = '' as $$
declare made uuid;
begin
  if (of_kind ~ '^[a-z][a-z0-9-]{1,39}$') is not true then raise exception 'not a kind' using errcode = '22023'; end if;
  insert into payments.payable (program, party_code, source_kind, source_id, amount, kind, owed_on, decided_by, decided_at)
  values (of_program, party, of_kind, of_source, yen, 'transfer', access.business_date(), access.staff_id(), cases.moment())
  returning id into made;
  perform payments.keep_event(made, 1, 'owe', '', 'owed', null, null, null);
  perform audit.write('change', 'payment.owed', null, array['payment'], jsonb_build_object('kind', of_kind));
  return made;
end
$$;

-- What is owed from a decision of this transaction, to a person of its case. Where a 事務 has decisions on payments, of those alone.
create or replace function payments.owe(of_program text, of_kind text, of_source uuid, of_case uuid, number text, yen bigint, manner text) returns uuid
language plpgsql security definer set search_path = '' as $$
begin
  if ((cases.decided_in_step(of_case, array['payment'])
       or cases.decided_in_step(of_case) and not exists (select from cases.machine_transition w where w.kind like of_program || '/%' and w.subject = 'payment'))
      and cases.program_of(of_case) = of_program and number in (select cases.members_of(of_case))) is not true then
    raise exception 'not in a decision on a case of this person' using errcode = '42501';
  end if;
  return payments.enter_payable(of_program, of_kind, of_source, of_case, number, yen, manner);
end
$$;

-- Takes back what is owed and not gathered yet. For functions of the owner.
create or replace function payments.drop_payable(of_program text, of_kind text, of_source uuid) returns void
language plpgsql set search_path = '' as $$
declare p payments.payable; w flows.way;
begin
  select x.* into p from payments.payable x where x.program = of_program and x.source_kind = of_kind and x.source_id = of_source for update;
  if not found then raise exception 'nothing is owed' using errcode = 'MD011'; end if;
  w := flows.take('payment-payable', 1, p.state, 'withdraw', 'withdrawn', p.program, false);
  if p.set_off > 0 then raise exception 'some of it is set off' using errcode = 'MD011'; end if;
  update payments.payable set state = 'withdrawn', revision = p.revision + 1 where id = p.id;
  perform payments.keep_event(p.id, p.revision + 1, 'withdraw', p.state, 'withdrawn', null, null, null);
  perform audit.write('change', 'payment.withdrawn', payments.persons(p), array['payment'], jsonb_build_object('kind', of_kind));
end
$$;
-- In a step of the case from which it is owed.
create or replace function payments.withdraw_owed(of_program text, of_kind text, of_source uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from payments.payable p where p.program = of_program and p.source_kind = of_kind and p.source_id = of_source
                    and cases.decided_in_step(p.case_id)) then
    raise exception 'not in a decision on its case' using errcode = '42501';
  end if;
  perform payments.drop_payable(of_program, of_kind, of_source);
end
$$;

-- Whether each of the checks of a way of a payable holds.
create or replace function payments.holds(p payments.payable, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; who integer := access.staff_id();
begin
  foreach one in array checks loop
    ok := case one
      when 'transfer' then p.kind = 'transfer'
      when 'cash' then p.kind = 'cash'
      when 'notDecider' then p.decided_by <> who
      when 'leavesSome' then p.set_off < p.amount
      when 'leavesNone' then p.set_off = p.amount
      when 'accountCorrected' then exists (select from payments.account a where a.program = p.program and (a.person_number = p.person_number or a.party_code = p.party_code)
                                             and a.state = 'confirmed' and a.id is distinct from p.account_id)
      when 'notPreparer' then who is distinct from coalesce(
        (select c.prepared_by from payments.cash_payment c where c.payable_id = p.id and p.state = 'cash-prepared'),
        (select e.staff_id from payments.payable_event e where e.payable_id = p.id and e.event = 'ask-return' and p.state = 'return-asked'
          order by e.revision desc limit 1))
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

-- A payable held until the transaction ends, by whoever sees it, as the page showed it.
create or replace function payments.held(of_id uuid, seen integer) returns payments.payable
language plpgsql set search_path = '' as $$
declare p payments.payable;
begin
  select x.* into p from payments.payable x where x.id = of_id for update;
  if not found or payments.may('payment.read', p) is not true then raise exception 'no such payable' using errcode = '42501'; end if;
  if p.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return p;
end
$$;

-- 窓口払い: one person identifies whoever came, another hands over the money against a receipt; or it is not done after all.
create or replace function payments.move_cash(of_id uuid, seen integer, event_type text, target text, how text, agent boolean, receipt text) returns void
language plpgsql security definer set search_path = '' as $$
declare p payments.payable := payments.held(of_id, seen); w flows.way; who integer := access.staff_id(); today date := access.business_date();
begin
  if event_type not in ('prepare-cash', 'pay-cash', 'undo-cash') or not access.has_right('payment.cash', p.program, p.office_code) then
    raise exception 'not a step of a payment in cash' using errcode = '42501';
  end if;
  w := flows.take('payment-payable', 1, p.state, event_type, target, p.program, false);
  if not payments.holds(p, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  if event_type = 'prepare-cash' then
    if (how ~ '^[a-z][a-z-]{1,39}$') is not true then raise exception 'an identity check is missing' using errcode = 'MD019'; end if;
    insert into payments.cash_payment (payable_id, identity, by_agent, prepared_by, prepared_on) values (p.id, how, coalesce(agent, false), who, today);
  elsif event_type = 'undo-cash' then
    delete from payments.cash_payment c where c.payable_id = p.id and c.paid_by is null;
  else
    if (length(btrim(receipt)) between 1 and 30) is not true then raise exception 'a receipt is missing' using errcode = 'MD019'; end if;
    update payments.cash_payment c set receipt_number = btrim(receipt), paid_by = who, paid_on = today where c.payable_id = p.id and c.paid_by is null;
    if not found then raise exception 'nobody was identified' using errcode = 'MD011'; end if;
  end if;
  update payments.payable set state = target, revision = seen + 1, paid_on = case when event_type = 'pay-cash' then today else paid_on end where id = p.id;
  perform payments.keep_event(p.id, seen + 1, event_type, p.state, target, null, null, null);
  perform audit.write('change', 'payment.' || event_type, payments.persons(p), array['payment'], null);
end
$$;

revoke execute on all functions in schema payments from public;
grant execute on function payments.is_run to madoguchi_vault;
grant execute on function payments.propose_setting, payments.decide_setting, payments.enter_account, payments.move_account, payments.owe, payments.withdraw_owed,
  payments.move_cash to madoguchi_app;

-- Until when somebody had to do with a payment or a repayment (35-keeping.sql).
set local role madoguchi_owner;
create or replace view keeping.use_of_payments as
select p.person_number, p.program, (select max(e."on") from payments.payable_event e where e.payable_id = p.id) as last_on,
       p.state not in ('paid', 'set-off', 'withdrawn') as open from payments.payable p where p.person_number is not null
union all
select a.person_number, a.program, coalesce(a.valid_to, (a.recorded_at at time zone 'Asia/Tokyo')::date), a.state = 'provisional' from payments.account a where a.person_number is not null
union all
select r.person_number, r.program, coalesce(r.closed_on, r.due_on), r.state not in ('closed', 'cancelled', 'refused') from repayments.repayment r;
reset role;
