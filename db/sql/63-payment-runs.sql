-- 支払の回: gathered, approved by another person, written as the bank's file, handed over, answered. A run moves along the ways of
-- workflows/payments/run.ts (flows.way), and each payable with it. A payable stands in one line alone that is on its way or paid
-- (run_line_once), so that nothing is paid twice, whoever gathers at the same time.

-- Those of many who have died, and the end of what was sealed for a bank; for the owner's functions alone.
create or replace function vault.deceased(numbers text[]) returns setof text
language sql stable security definer set search_path = '' as $$
  select p.person_number from vault.person p where p.person_number = any(numbers) and p.died_on is not null
$$;
create or replace function vault.drop_transfer_file(of_run uuid) returns void
language sql security definer set search_path = '' as $$
  delete from vault.sealed_record s where s.kind = 'transfer-file' and s.holder = 'payment:' || of_run
$$;
alter function vault.deceased owner to madoguchi_vault;
alter function vault.drop_transfer_file owner to madoguchi_vault;
revoke execute on function vault.deceased, vault.drop_transfer_file from public, madoguchi_app;
grant execute on function vault.deceased, vault.drop_transfer_file to madoguchi_owner;

-- For the vault: whether the file of a run is opened to the session: for whoever may take it out, of all that it pays, while it
-- may be handed to the bank.
create or replace function payments.may_open_file(holder text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from payments.run r where 'payment:' || r.id = holder and r.id = substring(holder from '^payment:([0-9a-f-]{36})$')::uuid
                   and r.state in ('written', 'handed-over') and access.covers('payment.download', r.program, r.office_code))
$$;

create or replace function payments.keep_run_event(of_run uuid, after integer, what text, from_state text, to_state text, comment uuid) returns void
language sql set search_path = '' as $$
  insert into payments.run_event (run_id, revision, event, from_state, to_state, staff_id, staff_name, at, comment_id)
  select of_run, after, what, from_state, to_state, s.id, s.display_name, cases.moment(), comment from access.staff s where s.id = (select access.staff_id())
$$;

-- Gathers what is payable on a closing date. Held, with the reason, is what has no account to pay to: it stays owed. Raises MD019
-- where nothing is payable, or nothing is set of how the 事務 pays.
create or replace function payments.gather(of_program text, closing date, pay_day date, of_office text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; who integer := access.staff_id(); setting integer; found_lines bigint; held_lines bigint;
begin
  if access.covers('payment.prepare', of_program, of_office) is not true then raise exception 'no right to gather' using errcode = '42501'; end if;
  setting := payments.setting_in_force(of_program, access.business_date());
  if setting is null then raise exception 'nothing is set' using errcode = 'MD019'; end if;
  if (closing <= access.business_date() and pay_day >= access.business_date() and pay_day <= access.business_date() + 400) is not true then
    raise exception 'not to be dated so' using errcode = '22023';
  end if;
  -- One after the other: whoever comes second finds what the first one left.
  perform pg_advisory_xact_lock(hashtextextended('payments.gather ' || of_program, 0));
  perform flows.take('payment-payable', 1, s, 'gather', 'gathered', of_program, false) from unnest(array['owed', 'awaiting-correction']) s;
  insert into payments.run (program, office_code, closing_on, pay_on, machine_version, state, setting_id, prepared_by, prepared_at)
  select of_program, of_office, closing, pay_day, (select max(w.version) from flows.way w where w.kind = 'payment-run'), 'prepared', setting, who, cases.moment()
  returning id into made;

  perform from payments.payable p
   where p.program = of_program and p.kind = 'transfer' and p.state in ('owed', 'awaiting-correction') and p.owed_on <= closing
     and (of_office is null or p.office_code = of_office) order by p.id for update;
  insert into payments.run_line (run_id, payable_id, state, reason, amount, account_id, new_code)
  with due as materialized (
    select p.id, p.person_number, p.party_code, coalesce(p.person_number, 'party ' || p.party_code) as holder, p.state, p.account_id, p.amount - p.set_off as left_over from payments.payable p
     where p.program = of_program and p.kind = 'transfer' and p.state in ('owed', 'awaiting-correction') and p.owed_on <= closing
       and (of_office is null or p.office_code = of_office)),
  -- The account to which each was paid last; who has another one that is not in force; who has died.
  earlier as materialized (
    select distinct on (1) coalesce(o.person_number, 'party ' || o.party_code) as holder, e.fingerprint
      from payments.run_line l join payments.payable o on o.id = l.payable_id join payments.account e on e.id = l.account_id
     where o.program = of_program and l.state in ('paid', 'returned') order by 1, l.answered_on desc, o.serial desc),
  others as materialized (
    select coalesce(u.person_number, 'party ' || u.party_code) as holder, bool_or(u.state = 'provisional') as waits from payments.account u
     where u.program = of_program and u.state in ('provisional', 'closed') group by 1),
  dead as materialized (select d as person_number from vault.deceased(array(select distinct x.person_number from due x)) d),
  judged as (
    select due.id, due.left_over, a.id as account, a.fingerprint, earlier.fingerprint as before,
      case when dead.person_number is not null then 'deceased'
           when a.id is null then case when others.waits then 'unconfirmed' when others.waits is not null then 'closed-account' else 'no-account' end
           when due.state = 'awaiting-correction' and a.id is not distinct from due.account_id then 'not-corrected'
           when a.valid_from > pay_day then 'not-yet-valid' end as why
      from due
      -- Of a person with two numbers, the account under the one they stand by before the other.
      left join lateral (select x.* from payments.account_of(of_program, due.person_number) x where due.person_number is not null
                         union all select x.* from payments.account_of_party(of_program, due.party_code) x where due.party_code is not null) a on true
      left join earlier on earlier.holder = due.holder
      left join others on others.holder = due.holder
      left join dead on dead.person_number = due.person_number)
  select made, x.id, case when x.why is null then 'ready' else 'held' end, x.why, x.left_over, x.account,
         case when x.why is not null then null when x.before is null then '1' when x.before <> x.fingerprint then '2' else '0' end
    from judged x;
  get diagnostics found_lines = row_count;
  if found_lines = 0 then raise exception 'nothing is payable' using errcode = 'MD019'; end if;
  insert into payments.payable_event (payable_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", run_id)
  select p.id, p.revision + 1, 'gather', p.state, 'gathered', s.id, s.display_name, cases.moment(), access.business_date(), made
    from payments.run_line l join payments.payable p on p.id = l.payable_id, access.staff s where l.run_id = made and l.state = 'ready' and s.id = who;
  update payments.payable p set state = 'gathered', revision = p.revision + 1, account_id = l.account_id
    from payments.run_line l where l.run_id = made and l.payable_id = p.id and l.state = 'ready';
  select count(*) into held_lines from payments.run_line l where l.run_id = made and l.state = 'held';
  perform payments.keep_run_event(made, 1, 'gather', '', 'prepared', null);
  perform audit.write('select', 'payment-run.gathered', null, array['payment'], jsonb_build_object('selected', found_lines - held_lines, 'held', held_lines));
  return made;
end
$$;

-- The run, held until the transaction ends, as the page showed it.
create or replace function payments.held_run(of_run uuid, seen integer) returns payments.run
language plpgsql set search_path = '' as $$
declare r payments.run;
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into r from payments.run x where x.id = of_run for update;
  if not found or access.covers('payment.read', r.program, r.office_code) is not true then raise exception 'no such run' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'the run has moved on' using errcode = 'MD014'; end if;
  return r;
end
$$;

-- What it would pay is owed again.
create or replace function payments.release_lines(r payments.run, only_payable uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform flows.take('payment-payable', 1, 'gathered', 'release', 'owed', r.program, false);
  insert into payments.payable_event (payable_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", run_id)
  select p.id, p.revision + 1, 'release', p.state, 'owed', s.id, s.display_name, cases.moment(), access.business_date(), r.id
    from payments.run_line l join payments.payable p on p.id = l.payable_id, access.staff s
   where l.run_id = r.id and l.state = 'ready' and l.payable_id = coalesce(only_payable, l.payable_id) and s.id = (select access.staff_id());
  update payments.payable p set state = 'owed', revision = p.revision + 1, account_id = null
    from payments.run_line l where l.run_id = r.id and l.payable_id = p.id and l.state = 'ready' and l.payable_id = coalesce(only_payable, l.payable_id);
  update payments.run_line l set state = case when only_payable is null then 'released' else 'held' end,
         reason = case when only_payable is not null then 'by-hand' end
   where l.run_id = r.id and l.state = 'ready' and l.payable_id = coalesce(only_payable, l.payable_id);
end
$$;

-- Whether each of the checks of a way of a run holds.
create or replace function payments.run_holds(r payments.run, checks text[]) returns boolean
language plpgsql stable set search_path = '' as $$
declare one text; ok boolean; who integer := access.staff_id();
begin
  foreach one in array checks loop
    ok := case one
      when 'hasLines' then exists (select from payments.run_line l where l.run_id = r.id and l.state = 'ready')
      when 'notPreparer' then not exists (select from payments.run_event e where e.run_id = r.id and e.staff_id = who
                                            and e.event in ('gather', 'submit', 'hold'))
      when 'accountsHold' then not exists (select from payments.run_line l join payments.account a on a.id = l.account_id
                                            where l.run_id = r.id and l.state = 'ready' and a.state <> 'confirmed')
      when 'allAnswered' then not exists (select from payments.run_line l where l.run_id = r.id and l.state = 'ready')
      when 'notAsker' then r.withdrawal_asked_by is distinct from who
      else false end;
    if ok is not true then return false; end if;
  end loop;
  return true;
end
$$;

-- One step of a run with all that belongs to it.
create or replace function payments.step_run(r payments.run, event_type text, target text, comment uuid) returns integer
language plpgsql set search_path = '' as $$
declare w flows.way; who integer := access.staff_id(); lines bigint; yen bigint;
begin
  w := flows.take('payment-run', r.machine_version, r.state, event_type, target, r.program, comment is not null);
  if not exists (select from unnest(w.rights) t where access.covers(t, r.program, r.office_code)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if comment is not null and not payments.sealed(comment, r.program, 'payment-comment', 'payment:' || r.id) then
    raise exception 'not a comment of this run' using errcode = 'MD016';
  end if;
  if not payments.run_holds(r, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  if event_type = 'approve' then
    update payments.run_line l set place = x.place
      from (select y.payable_id, row_number() over (order by p.serial) as place from payments.run_line y join payments.payable p on p.id = y.payable_id
             where y.run_id = r.id and y.state = 'ready') x
     where l.run_id = r.id and l.payable_id = x.payable_id;
    select count(*), sum(l.amount) into lines, yen from payments.run_line l where l.run_id = r.id and l.state = 'ready';
  end if;
  update payments.run set state = target, revision = r.revision + 1,
         submitted_by = case event_type when 'submit' then who else submitted_by end,
         approved_by = case event_type when 'approve' then who else approved_by end,
         approved_at = case event_type when 'approve' then cases.moment() else approved_at end,
         approved_revision = case event_type when 'approve' then r.revision else approved_revision end,
         approved_count = case event_type when 'approve' then lines else approved_count end,
         approved_sum = case event_type when 'approve' then yen else approved_sum end,
         withdrawal_asked_by = case event_type when 'ask-withdrawal' then who else withdrawal_asked_by end,
         withdrawn_by = case event_type when 'withdraw' then who else withdrawn_by end
   where id = r.id;
  if event_type in ('cancel', 'withdraw') then perform payments.release_lines(r, null); end if;
  if event_type in ('withdraw', 'close') then
    perform vault.drop_transfer_file(r.id);
    update payments.run_file f set sealed_id = null, erased_at = cases.moment() where f.run_id = r.id and f.erased_at is null;
  end if;
  perform payments.keep_run_event(r.id, r.revision + 1, event_type, r.state, target, comment);
  perform audit.write('event', 'payment-run.' || event_type, null, null, jsonb_build_object('run', r.serial));
  return r.revision + 1;
end
$$;

-- The steps that are nothing but a step. Writing and handing over have functions of their own.
create or replace function payments.move_run(of_run uuid, seen integer, event_type text, target text, comment uuid) returns integer
language plpgsql security definer set search_path = '' as $$
begin
  if event_type in ('write', 'hand-over') then raise exception 'what belongs to it is missing' using errcode = 'MD019'; end if;
  return payments.step_run(payments.held_run(of_run, seen), event_type, target, comment);
end
$$;

-- Takes one line out before the approval; the payable is owed again. A revision of its own, so that an approval sees it.
create or replace function payments.hold_line(of_run uuid, seen integer, of_payable uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare r payments.run := payments.held_run(of_run, seen);
begin
  if (r.state = 'prepared' and access.covers('payment.prepare', r.program, r.office_code)
      and exists (select from payments.run_line l where l.run_id = r.id and l.payable_id = of_payable and l.state = 'ready')) is not true then
    raise exception 'not to be held' using errcode = 'MD011';
  end if;
  perform payments.release_lines(r, of_payable);
  update payments.run set revision = seen + 1 where id = r.id;
  perform payments.keep_run_event(r.id, seen + 1, 'hold', r.state, r.state, null);
  perform audit.write('event', 'payment-run.line-held', null, null, jsonb_build_object('run', r.serial));
  return seen + 1;
end
$$;

-- The bank's file of an approved run, sealed: of as many lines and as much money as was approved.
create or replace function payments.write_file(of_run uuid, seen integer, sealed uuid, digest text, size integer, lines integer, yen bigint) returns integer
language plpgsql security definer set search_path = '' as $$
declare r payments.run := payments.held_run(of_run, seen);
begin
  if (payments.sealed(sealed, r.program, 'transfer-file', 'payment:' || r.id) and lines = r.approved_count and yen = r.approved_sum
      and (select (count(*), sum(l.amount)) = (r.approved_count::bigint, r.approved_sum::numeric) from payments.run_line l where l.run_id = r.id and l.state = 'ready')) is not true then
    raise exception 'not what was approved' using errcode = '42501';
  end if;
  insert into payments.run_file (run_id, sealed_id, sha256, bytes, count, sum, written_by, written_at)
  values (r.id, sealed, digest, size, lines, yen, access.staff_id(), cases.moment());
  return payments.step_run(r, 'write', 'written', null);
end
$$;

-- Where the file is sealed, for whoever may take it out; each time is recorded.
create or replace function payments.take_file(of_run uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare r payments.run; f payments.run_file;
begin
  select x.* into r from payments.run x where x.id = of_run;
  if access.covers('payment.download', r.program, r.office_code) is not true then raise exception 'no right to take it out' using errcode = '42501'; end if;
  select x.* into f from payments.run_file x where x.run_id = of_run;
  if (r.state in ('written', 'handed-over') and f.sealed_id is not null) is not true then raise exception 'no file' using errcode = 'MD011'; end if;
  perform audit.write('export', 'payment-file.taken', null, array['transfer-file'],
    jsonb_build_object('run', r.serial, 'sha256', f.sha256, 'count', f.count, 'sum', f.sum));
  return f.sealed_id;
end
$$;

-- 授受簿.
create or replace function payments.hand_over(of_run uuid, seen integer, to_whom text, who_took text, how text) returns integer
language plpgsql security definer set search_path = '' as $$
declare r payments.run := payments.held_run(of_run, seen);
begin
  if (length(btrim(to_whom)) between 1 and 60 and length(btrim(who_took)) between 1 and 40 and how in ('transfer', 'medium')) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  insert into payments.hand_over (run_id, receiver, received_by, manner, handed_on, handed_by)
  values (r.id, btrim(to_whom), btrim(who_took), how, access.business_date(), access.staff_id());
  return payments.step_run(r, 'hand-over', 'handed-over', null);
end
$$;

-- Lines that are answered: paid, or failed for a reason; then the account is not used any more, and the payable waits for another.
create or replace function payments.settle_lines(r payments.run, of_answer integer, payables uuid[], outcomes text[], reasons text[]) returns void
language plpgsql set search_path = '' as $$
declare who integer := access.staff_id(); today date := access.business_date();
begin
  perform flows.take('payment-payable', 1, 'gathered', 'pay', 'paid', r.program, false), flows.take('payment-payable', 1, 'gathered', 'fail', 'awaiting-correction', r.program, false);
  update payments.run_line l set state = x.o, reason = x.w, answer_id = of_answer, answered_on = today
    from unnest(payables, outcomes, reasons) x(p, o, w) where l.run_id = r.id and l.payable_id = x.p and l.state = 'ready';
  insert into payments.payable_event (payable_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on", run_id, reason)
  select p.id, p.revision + 1, case x.o when 'paid' then 'pay' else 'fail' end, p.state, case x.o when 'paid' then 'paid' else 'awaiting-correction' end,
         s.id, s.display_name, cases.moment(), today, r.id, x.w
    from unnest(payables, outcomes, reasons) x(p, o, w) join payments.payable p on p.id = x.p, access.staff s where s.id = who;
  update payments.payable p set revision = p.revision + 1, state = case x.o when 'paid' then 'paid' else 'awaiting-correction' end,
         paid_on = case x.o when 'paid' then r.pay_on end
    from unnest(payables, outcomes, reasons) x(p, o, w) where p.id = x.p;
  update payments.account a set state = 'closed', closed_for = 'failed', closed_by = who, closed_at = cases.moment(), valid_to = greatest(a.valid_from, today)
    from unnest(payables, outcomes) x(p, o) join payments.run_line l on l.payable_id = x.p and l.run_id = r.id
   where x.o = 'failed' and a.id = l.account_id and a.state = 'confirmed';
end
$$;

-- Reads a list of answers of the bank: each line names a payable of this run with its sum. What does not fit goes to the list of
-- errors, and changes nothing. With `rest` everything that the list does not name was paid: only where it has no errors.
drop function if exists payments.read_answers(uuid, integer, text, boolean, integer[], integer[], bigint[], text[], text[], integer[], text[]);
create or replace function payments.read_answers(of_run uuid, seen integer, digest text, rest boolean, numbers integer[], serials integer[], yen bigint[],
  outcomes text[], reasons text[], bad_lines integer[], bad_reasons text[])
returns table (answer_id integer, paid integer, failed integer, faults integer)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare r payments.run := payments.held_run(of_run, seen); made integer; good uuid[]; good_outcomes text[]; good_reasons text[]; wrong integer;
begin
  if access.covers('payment.prepare', r.program, r.office_code) is not true then raise exception 'no right to read answers' using errcode = '42501'; end if;
  if r.state <> 'handed-over' then raise exception 'the run does not wait for answers' using errcode = 'MD011'; end if;
  if access.business_date() < r.pay_on then raise exception 'the day has not come' using errcode = 'MD017'; end if;
  -- Every line of the list is whole: what is not there cannot be compared.
  if (digest ~ '^[0-9a-f]{64}$' and rest is not null
      and cardinality(numbers) = all(array[cardinality(serials), cardinality(yen), cardinality(outcomes), cardinality(reasons)])
      and array_position(numbers, null) is null and array_position(serials, null) is null and array_position(yen, null) is null
      and (select count(distinct n) = count(*) from unnest(numbers) n)
      and cardinality(bad_lines) = cardinality(bad_reasons) and array_position(bad_lines, null) is null
      and not exists (select from unnest(bad_reasons) b(w) where (w = 'unreadable') is not true)
      and not exists (select from unnest(outcomes, reasons) x(o, w)
        where (o = 'paid' and w is null or o = 'failed' and w in ('no-account', 'closed-account', 'name-mismatch', 'refused', 'other')) is not true)) is not true then
    raise exception 'not answers' using errcode = '22023';
  end if;
  insert into payments.answer (run_id, kind, sha256, rest_paid, read_by, read_on, read_at)
  values (r.id, 'list', digest, false, access.staff_id(), access.business_date(), cases.moment()) returning id into made;
  insert into payments.answer_fault (answer_id, line, reason) select made, b.l, b.w from unnest(bad_lines, bad_reasons) b(l, w);
  insert into payments.answer_fault (answer_id, line, reason)
  select made, g.n, x.why from unnest(numbers, serials, yen) g(n, s, y)
    left join payments.payable p on p.serial = g.s and p.program = r.program
    left join payments.run_line l on l.run_id = r.id and l.payable_id = p.id
    cross join lateral (select case
      when (select count(*) from unnest(serials) o where o = g.s) > 1 then 'twice'
      when p.id is null then 'unknown' when l.payable_id is null or l.place is null then 'other-run'
      when l.amount is distinct from g.y then 'wrong-sum' when l.state <> 'ready' then 'answered' end as why) x
   where x.why is not null;
  select count(*) into wrong from payments.answer_fault f where f.answer_id = made;
  select array_agg(p.id order by p.id), array_agg(g.o order by p.id), array_agg(g.w order by p.id) into good, good_outcomes, good_reasons
    from unnest(numbers, serials, outcomes, reasons) g(n, s, o, w) join payments.payable p on p.serial = g.s and p.program = r.program
   where not exists (select from payments.answer_fault f where f.answer_id = made and f.line = g.n);
  if rest and wrong = 0 then
    select coalesce(good, '{}') || coalesce(array_agg(l.payable_id), '{}'), coalesce(good_outcomes, '{}') || coalesce(array_agg('paid'::text), '{}'),
           coalesce(good_reasons, '{}') || coalesce(array_agg(null::text), '{}')
      into good, good_outcomes, good_reasons
      from payments.run_line l where l.run_id = r.id and l.state = 'ready' and l.payable_id <> all(coalesce(good, '{}'));
  end if;
  if good is not null then perform payments.settle_lines(r, made, good, good_outcomes, good_reasons); end if;
  update payments.answer a set rest_paid = rest and wrong = 0, faults = wrong,
         paid = (select count(*) from unnest(good_outcomes) o where o = 'paid'), failed = (select count(*) from unnest(good_outcomes) o where o = 'failed')
   where a.id = made;
  update payments.run set revision = seen + 1 where id = r.id;
  perform payments.keep_run_event(r.id, seen + 1, 'answers', r.state, r.state, null);
  perform audit.write('change', 'payment-run.answered', null, array['payment'], jsonb_build_object('run', r.serial, 'faults', wrong));
  return query select a.id, a.paid, a.failed, a.faults from payments.answer a where a.id = made;
end
$$;

-- 組戻し: what was paid came back; asked by one person with the reason, approved by another. The account is not used any more.
create or replace function payments.move_return(of_id uuid, seen integer, event_type text, target text, comment uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare p payments.payable := payments.held(of_id, seen); w flows.way; line payments.run_line; made integer;
begin
  if event_type not in ('ask-return', 'return', 'refuse-return') then raise exception 'not a step of a return' using errcode = '42501'; end if;
  w := flows.take('payment-payable', 1, p.state, event_type, target, p.program, comment is not null);
  if not exists (select from unnest(w.rights) t where payments.may(t, p)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  -- Of an organisation it is sealed with the run that paid it.
  if comment is not null and not payments.sealed(comment, p.program, 'payment-comment', coalesce(p.person_number,
       (select 'payment:' || l.run_id from payments.run_line l where l.payable_id = p.id and l.state = 'paid'))) then
    raise exception 'not a comment on this payment' using errcode = 'MD016';
  end if;
  if not payments.holds(p, w.checks) then raise exception 'no such step' using errcode = 'MD011'; end if;
  if event_type = 'return' then
    select l.* into line from payments.run_line l where l.payable_id = p.id and l.state = 'paid' for update;
    insert into payments.answer (run_id, kind, read_by, read_on, read_at)
    values (line.run_id, 'returned', access.staff_id(), access.business_date(), cases.moment()) returning id into made;
    update payments.run_line l set state = 'returned', reason = 'returned', answer_id = made, answered_on = access.business_date()
     where l.run_id = line.run_id and l.payable_id = p.id;
    update payments.account a set state = 'closed', closed_for = 'failed', closed_by = access.staff_id(), closed_at = cases.moment(),
           valid_to = greatest(a.valid_from, access.business_date()) where a.id = line.account_id and a.state = 'confirmed';
  end if;
  update payments.payable set state = target, revision = seen + 1, paid_on = case when event_type = 'return' then null else paid_on end where id = p.id;
  perform payments.keep_event(p.id, seen + 1, event_type, p.state, target, line.run_id, case event_type when 'return' then 'returned' end, comment);
  perform audit.write('change', 'payment.' || event_type, payments.persons(p), array['payment'], null);
end
$$;

revoke execute on all functions in schema payments from public;
grant execute on function payments.gather, payments.move_run, payments.hold_line, payments.write_file, payments.take_file, payments.hand_over,
  payments.read_answers, payments.move_return to madoguchi_app;
grant execute on function payments.may_open_file to madoguchi_vault;
