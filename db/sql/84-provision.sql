-- 提供・移転 (PRV-1, PRV-2): to a listed recipient, on a listed basis, the listed items; who is flagged waits for a second
-- person. Every request is entered, refusals too. Written by these functions alone.

grant usage on schema provision to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['rule', 'flag', 'request', 'file', 'file_person'] loop
    call cases.secure(('provision.' || quote_ident(t))::regclass);
    execute format('revoke all on provision.%I from madoguchi_app', t);
    execute format('grant select on provision.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on provision.%I', t);
  end loop;
end
$$;
create policy seen on provision.rule for select to madoguchi_app
  using ((select access.has_right('provision-rule.prepare')) or (select access.has_right('provision-rule.approve'))
         or (select access.has_right('provision.request')) or (select access.has_right('provision.read')) or (select access.has_right('system.run')));
create policy seen on provision.flag for select to madoguchi_app
  using ((select access.has_right('provision.release')) or (select access.has_right('provision.read')));
create policy seen on provision.request for select to madoguchi_app
  using ((select access.has_right('provision.release')) or (select access.has_right('provision.read')) or asked_by = (select access.staff_id()));

create policy seen on provision.file for select to madoguchi_app
  using ((select access.has_right('provision.release')) or (select access.has_right('provision.read')) or asked_by = (select access.staff_id()));
create policy seen on provision.file_person for select to madoguchi_app
  using (exists (select from provision.file f where f.id = file_person.file_id));

-- Items of the resident register, and of the 資格情報 of a 事務.
create or replace function provision.register_items() returns text[] language sql immutable set search_path = '' as $$
  select array['name', 'birth-date', 'sex', 'address', 'residence']
$$;
-- Of one person, by the part that holds them: 接種記録 (95-vaccination-exchange.sql).
create or replace function provision.record_items() returns text[] language sql immutable set search_path = '' as $$
  select array['vaccination-records']
$$;
create or replace function provision.entitlement_items() returns text[] language sql immutable set search_path = '' as $$
  select array['recipient-number', 'qualification', 'entitled-from', 'entitled-to', 'entitlement-status']
$$;

drop function if exists provision.propose_rule(text, text, text, text[], text, text, date, date, text);
create or replace function provision.propose_rule(to_whom text, basis text, for_work text, of_items text[], by_way text, key text,
  starts date, ends date, written_in text, of_program text default null, of_applicants text default null, how_often text default 'as-needed') returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('provision-rule.prepare');
  if (length(btrim(to_whom)) between 2 and 100 and length(btrim(basis)) between 4 and 200 and length(btrim(for_work)) between 2 and 200
      and length(btrim(written_in)) between 2 and 200 and (key is null or key ~ '^age1[0-9a-z]+$' and length(key) between 24 and 3000)
      and of_items <@ (provision.register_items() || provision.record_items() || case when of_program is null then '{}' else provision.entitlement_items() end)
      and coalesce(of_program, of_applicants, 'none') ~ '^[a-z-]{2,40}$' and coalesce(of_applicants, 'none') ~ '^[a-z-]{2,40}$'
      and (of_program is null or of_items && provision.entitlement_items())) is not true then
    raise exception 'not to be proposed so' using errcode = '42501';
  end if;
  insert into provision.rule (recipient, legal_basis, work, items, way, public_key, valid_from, valid_to, source, program, applicants_of, timing, proposed_by)
  values (btrim(to_whom), btrim(basis), btrim(for_work), array(select distinct i from unnest(of_items) i order by i), by_way, key, starts, ends,
    btrim(written_in), of_program, of_applicants, how_often, access.staff_id()) returning id into made;
  perform audit.write('event', 'provision-rule.proposed', null, null, jsonb_build_object('number', made::text));
  return made;
end
$$;

-- By another person than proposed it. Once; false where somebody else was faster.
create or replace function provision.decide_rule(of_id integer, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r provision.rule; who integer := access.staff_id();
begin
  perform access.require_right('provision-rule.approve');
  select x.* into r from provision.rule x where x.id = of_id for update;
  if r.decision is not null then return false; end if;
  if (how in ('approved', 'refused') and r.proposed_by <> who) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update provision.rule set decision = how, decided_by = who, decided_at = now() where id = of_id;
  perform audit.write('change', 'provision-rule.' || how, null, null, jsonb_build_object('number', of_id::text));
  return true;
end
$$;

-- Ends an approved one earlier, from tomorrow on at the latest: it only takes away, so one person is enough.
create or replace function provision.end_rule(of_id integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform access.require_right('provision-rule.approve');
  update provision.rule r set valid_to = greatest(r.valid_from, access.business_date())
   where r.id = of_id and r.decision = 'approved' and (r.valid_to is null or r.valid_to > greatest(r.valid_from, access.business_date()));
  if not found then raise exception 'not to be ended' using errcode = '42501'; end if;
  perform audit.write('change', 'provision-rule.ended', null, null, jsonb_build_object('number', of_id::text));
end
$$;

-- Which rule allows a request today, and else what is not listed.
create or replace function provision.judge(to_whom text, basis text, wanted text[]) returns table (rule_id integer, refusal text)
language plpgsql stable security definer set search_path = '' as $$
declare today date := access.business_date(); found_rule integer;
begin
  select r.id into found_rule from provision.rule r
   where r.recipient = to_whom and r.legal_basis = basis and wanted <@ r.items and cardinality(wanted) > 0
     and wanted <@ (provision.register_items() || provision.record_items() || case when r.way = 'network' then provision.entitlement_items() else '{}' end)
     and r.decision = 'approved' and r.valid_from <= today and (r.valid_to is null or r.valid_to >= today)
   order by r.valid_from desc, r.id desc limit 1;
  return query select found_rule, case
    when found_rule is not null then null
    when not exists (select from provision.rule r where r.recipient = to_whom
                        and r.decision = 'approved' and r.valid_from <= today and (r.valid_to is null or r.valid_to >= today)) then 'recipient'
    when not exists (select from provision.rule r where r.recipient = to_whom and r.legal_basis = basis
                        and r.decision = 'approved' and r.valid_from <= today and (r.valid_to is null or r.valid_to >= today)) then 'basis'
    else 'items' end;
end
$$;

-- Whether nothing is answered of somebody without a release: flagged, or under 支援措置 or living with somebody who is; under any of the
-- numbers of a person (89-merges.sql).
create or replace function provision.is_flagged(number text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from unnest(people.numbers_of(number)) n
    where exists (select from provision.flag f where f.person_number = n and f.lifted_at is null)
       or n in (select vault.under_protection(array[n])) or coalesce(vault.withholds_address_of(n), false))
$$;

-- Judges a request and enters it, whatever comes of it: provided at once, refused, or waiting for a release.
create or replace function provision.ask(to_whom text, basis text, number text, wanted text[])
returns table (request_id integer, outcome text, why_not text, by_rule integer)
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); j record; made integer; became text; what text[] := array(select distinct i from unnest(wanted) i order by i);
begin
  if (access.has_right('provision.request') or access.has_right('system.run')) is not true then
    raise exception 'no right to ask' using errcode = '42501';
  end if;
  if (length(to_whom) between 1 and 100 and length(basis) between 1 and 200 and number ~ '^[0-9]{10}$' and cardinality(what) between 0 and 20
      and not exists (select from unnest(what) i where i !~ '^[a-z-]{1,30}$')) is not true then
    raise exception 'not to be asked so' using errcode = '22023';
  end if;
  select * into j from provision.judge(to_whom, basis, what);
  if j.refusal is null and cardinality(vault.registered(array[number])) = 0 then j.refusal := 'person'; end if;
  became := case when j.refusal is not null then 'refused' when provision.is_flagged(number) then 'waiting' else 'provided' end;
  insert into provision.request (recipient, legal_basis, items, person_number, rule_id, asked_by, asked_on, state, refusal, taken_by, taken_at)
  values (to_whom, basis, what, number, j.rule_id, who, access.business_date(), became, j.refusal,
    case when became = 'provided' then who end, case when became = 'provided' then now() end)
  returning id into made;
  perform audit.write(case when became = 'provided' then 'export' else 'event' end, 'provision.' || became, array[number], nullif(what, '{}'),
    jsonb_build_object('number', made::text));
  return query select made, became, j.refusal, j.rule_id;
end
$$;

-- The 資格情報 of a request that is provided in this transaction, by a row for 情報提供ネットワークシステム: what holds on the day or later.
create or replace function provision.entitlements_of(of_request integer)
returns table (recipient_number text, qualification text, valid_from date, valid_to date, status text)
language plpgsql stable security definer set search_path = '' as $$
declare q provision.request; of_program text;
begin
  select x.* into q from provision.request x where x.id = of_request;
  select r.program into of_program from provision.rule r where r.id = q.rule_id and r.way = 'network';
  if (q.state = 'provided' and q.taken_by = access.staff_id() and q.taken_at = now() and q.items && provision.entitlement_items() and of_program is not null) is not true then
    raise exception 'not to be provided' using errcode = '42501';
  end if;
  return query
    select e.recipient_number, (select m.role from cases.member m where m.case_id = e.case_id and m.person_number = e.person_number and m.to_revision is null order by m.role limit 1),
           e.valid_from, e.valid_to, e.status
      from entitlements.entitlement e
     where e.person_number = any(people.numbers_of(q.person_number)) and e.program = of_program and e.status <> 'revoked' and e.valid_to >= q.asked_on
     order by e.valid_from;
end
$$;

-- Releases or refuses what waits: another person than asked. False where somebody else was faster.
create or replace function provision.decide(of_id integer, how text, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r provision.request; who integer := access.staff_id();
begin
  perform access.require_right('provision.release');
  select x.* into r from provision.request x where x.id = of_id for update;
  if r.state <> 'waiting' then return false; end if;
  if (how in ('released', 'refused') and r.asked_by <> who and length(btrim(why)) between 5 and 200) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update provision.request set state = how, refusal = case when how = 'refused' then 'decided' end,
    decided_by = who, decided_at = now(), decision_reason = btrim(why) where id = of_id;
  perform audit.write('change', case when how = 'released' then 'provision.released' else 'provision.not-released' end, array[r.person_number], r.items,
    jsonb_build_object('number', of_id::text));
  return true;
end
$$;

-- Takes what was released, once, while its rule is still in force: whoever asked or somebody who may release.
create or replace function provision.take(of_id integer) returns void
language plpgsql security definer set search_path = '' as $$
declare r provision.request;
begin
  if (access.has_right('provision.request') or access.has_right('system.run')) is not true then
    raise exception 'no right to take' using errcode = '42501';
  end if;
  update provision.request x set state = 'provided', taken_by = access.staff_id(), taken_at = now()
   where x.id = of_id and x.state = 'released' and (x.asked_by = access.staff_id() or access.has_right('provision.release'))
     and exists (select from provision.rule u where u.id = x.rule_id and u.valid_from <= access.business_date() and (u.valid_to is null or u.valid_to >= access.business_date()))
  returning x.* into r;
  if not found then raise exception 'not to be taken' using errcode = '42501'; end if;
  perform audit.write('export', 'provision.provided', array[r.person_number], r.items, jsonb_build_object('number', of_id::text));
end
$$;

-- What was provided is told once more, by the same row of the table while it holds, to the same body and with the same items: entered anew
-- in the name of whoever does it. Null where the row holds no longer. For functions of the 事務 that judge whether it may be.
create or replace function provision.repeat(of_id integer) returns integer
language plpgsql set search_path = '' as $$
declare made integer; r provision.request;
begin
  insert into provision.request (recipient, legal_basis, items, person_number, rule_id, asked_by, asked_on, state, taken_by, taken_at)
  select q.recipient, q.legal_basis, q.items, q.person_number, q.rule_id, access.staff_id(), access.business_date(), 'provided', access.staff_id(), now()
    from provision.request q join provision.rule u on u.id = q.rule_id
   where q.id = of_id and q.state = 'provided' and u.valid_from <= access.business_date() and (u.valid_to is null or u.valid_to >= access.business_date())
  returning * into r;
  if r.id is null then return null; end if;
  perform audit.write('export', 'provision.provided', array[r.person_number], nullif(r.items, '{}'), jsonb_build_object('number', r.id::text));
  return r.id;
end
$$;
revoke execute on function provision.repeat from public;

create or replace function provision.set_flag(number text, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('provision.release');
  if cardinality(vault.registered(array[number])) = 0 then raise exception 'nobody of that number' using errcode = '22023'; end if;
  insert into provision.flag (person_number, reason, set_by) values (number, why, access.staff_id()) on conflict do nothing returning id into made;
  if made is null then return false; end if;
  perform audit.write('change', 'answer-flag.set', array[number], null, null);
  return true;
end
$$;

-- `ask` by one person; then `lift`, or `keep` the flag, by another. False where somebody else was faster.
create or replace function provision.move_flag(of_id integer, how text, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare f provision.flag; who integer := access.staff_id();
begin
  perform access.require_right('provision.release');
  select x.* into f from provision.flag x where x.id = of_id for update;
  if f.lifted_at is not null or (how = 'ask') <> (f.lift_asked_by is null) then return false; end if;
  if how = 'ask' and why in ('own-request', 'ended', 'mistake') then
    update provision.flag set lift_reason = why, lift_asked_by = who, lift_asked_at = now() where id = of_id;
  elsif how = 'lift' and f.lift_asked_by <> who then
    update provision.flag set lifted_by = who, lifted_at = now() where id = of_id;
  elsif how = 'keep' then
    update provision.flag set lift_reason = null, lift_asked_by = null, lift_asked_at = null where id = of_id;
  else
    raise exception 'not to be done so' using errcode = '42501';
  end if;
  perform audit.write('change', 'answer-flag.' || case how when 'ask' then 'lift-asked' when 'lift' then 'lifted' else 'kept' end, array[f.person_number], null, null);
  return true;
end
$$;

-- The people of the households of some persons, as the register has them now; for the functions of this file.
set local role madoguchi_vault;
create or replace function vault.people_of_homes(numbers text[]) returns setof text
language sql stable security definer set search_path = '' as $$
  select distinct q.person_number from vault.person p join vault.person q on q.household_number = p.household_number
   where p.person_number = any(numbers) and (q.resident_to is null or q.person_number = p.person_number)
$$;
revoke execute on function vault.people_of_homes from public;
grant execute on function vault.people_of_homes to madoguchi_owner;
reset role;

-- Whether a rule may be used for a file today.
create or replace function provision.allows_files(of_rule integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from provision.rule r where r.id = of_rule and r.program is not null and r.way <> 'network' and r.decision = 'approved'
    and r.valid_from <= access.business_date() and (r.valid_to is null or r.valid_to >= access.business_date()))
$$;

-- Whom a file by a rule tells of: who is or was entitled in its 事務 within the period, among the households of whom the recipient
-- asked, or of those whose application in another 事務 was received within the period.
create or replace function provision.people_for(of_rule integer, from_day date, to_day date, numbers text[]) returns setof text
language sql stable security definer set search_path = '' as $$
  with r as (select x.program, x.applicants_of from provision.rule x where x.id = of_rule),
  -- Whom the recipient names by one number has whatever stands under the others (89-merges.sql).
  asked as (
    select n from unnest(numbers) n union select l.other from people.linked_numbers(numbers) l),
  named as (
    select n from asked where (select applicants_of is null from r)
    union select m.person_number from cases.case c join cases.member m on m.case_id = c.id and m.to_revision is null
     where c.kind = (select applicants_of || '/application' from r) and c.received_on between from_day and to_day),
  at_home as materialized (select vault.people_of_homes(array(select n from named)) as person_number),
  homes as (
    select person_number from at_home union select l.other from people.linked_numbers(array(select person_number from at_home)) l)
  select distinct e.person_number from entitlements.entitlement e join homes h on h.person_number = e.person_number
   where e.program = (select program from r) and e.status <> 'revoked' and e.valid_from <= to_day and e.valid_to >= from_day
$$;

-- Prepares a file, or enters that it was refused: by a rule in force, with listed items alone, for a period that has begun. Who is
-- flagged is withheld until somebody releases them.
create or replace function provision.prepare_file(of_rule integer, from_day date, to_day date, wanted text[], numbers text[])
returns table (file_id integer, outcome text, why_not text)
language plpgsql security definer set search_path = '' as $$
declare r provision.rule; who integer := access.staff_id(); made integer; why text; chosen text[]; what text[] := array(select distinct i from unnest(wanted) i order by i);
begin
  select x.* into r from provision.rule x where x.id = of_rule;
  if (r.id is not null and access.covers('provision.request', r.program, null) and from_day <= to_day and from_day <= access.business_date()
      and to_day - from_day <= 400 and cardinality(what) between 0 and 20 and not exists (select from unnest(what) i where i !~ '^[a-z-]{1,30}$')
      and cardinality(numbers) between 0 and 2000 and not exists (select from unnest(numbers) n where n !~ '^[0-9]{10}$')
      and (r.applicants_of is null or numbers = '{}')) is not true then
    raise exception 'not to be asked so' using errcode = '42501';
  end if;
  why := case when not provision.allows_files(of_rule) then 'rule' when (cardinality(what) > 0 and what <@ r.items and not what && provision.record_items()) is not true then 'items' end;
  if why is null then
    chosen := array(select provision.people_for(of_rule, from_day, to_day, numbers));
    if cardinality(chosen) = 0 then why := 'nobody'; end if;
  end if;
  insert into provision.file (rule_id, recipient, legal_basis, items, period_from, period_to, asked, asked_by, asked_on, state, refusal)
  values (r.id, r.recipient, r.legal_basis, what, from_day, to_day, case when r.applicants_of is null then cardinality(numbers) end, who,
    access.business_date(), case when why is null then 'waiting' else 'refused' end, why) returning id into made;
  if why is null then
    insert into provision.file_person (file_id, person_number, outcome)
    select made, n, case when provision.is_flagged(n) then 'withheld' else 'given' end from unnest(chosen) n;
  end if;
  perform audit.write('event', 'provision-file.' || case when why is null then 'prepared' else 'refused' end, null, nullif(what, '{}'),
    jsonb_build_object('number', made::text, 'count', coalesce(cardinality(chosen), 0)));
  return query select made, case when why is null then 'waiting' else 'refused' end, why;
end
$$;

-- One who is flagged goes along all the same, with a reason: by another person than asked, before the file is decided.
create or replace function provision.release_in_file(of_id integer, number text, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare f provision.file; who integer := access.staff_id();
begin
  perform access.require_right('provision.release');
  select x.* into f from provision.file x where x.id = of_id for update;
  if f.state <> 'waiting' then return false; end if;
  if (f.asked_by <> who and length(btrim(why)) between 5 and 200) is not true then raise exception 'not to be released so' using errcode = '42501'; end if;
  update provision.file_person p set outcome = 'given', released_by = who, released_at = now(), release_reason = btrim(why)
   where p.file_id = of_id and p.person_number = number and p.outcome = 'withheld';
  if not found then return false; end if;
  perform audit.write('change', 'provision-file.released', array[number], f.items, jsonb_build_object('number', of_id::text));
  return true;
end
$$;

-- Approves or refuses a file: another person than asked. False where somebody else was faster.
create or replace function provision.decide_file(of_id integer, how text, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare f provision.file; who integer := access.staff_id();
begin
  perform access.require_right('provision.release');
  select x.* into f from provision.file x where x.id = of_id for update;
  if f.state <> 'waiting' then return false; end if;
  if (how in ('approved', 'refused') and f.asked_by <> who and (how = 'approved' or length(btrim(why)) between 5 and 200)
      and (how = 'refused' or provision.allows_files(f.rule_id))) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update provision.file set state = how, refusal = case when how = 'refused' then 'decided' end, decided_by = who, decided_at = now(),
    decision_reason = nullif(btrim(why), '') where id = of_id;
  perform audit.write('change', 'provision-file.' || case how when 'approved' then 'approved' else 'not-approved' end, null, f.items,
    jsonb_build_object('number', of_id::text));
  return true;
end
$$;

-- The lines of a file, in order: each entitlement of whom it tells within its period. Who was flagged since, and not released, is no
-- longer among them.
create or replace function provision.lines_of_file(of_id integer)
returns table (person_number text, recipient_number text, qualification text, valid_from date, valid_to date, status text)
language sql stable set search_path = '' as $$
  select e.person_number, e.recipient_number, (select m.role from cases.member m where m.case_id = e.case_id and m.person_number = e.person_number and m.to_revision is null order by m.role limit 1),
         e.valid_from, e.valid_to, e.status
    from provision.file f join provision.rule r on r.id = f.rule_id join provision.file_person p on p.file_id = f.id
    join entitlements.entitlement e on e.person_number = p.person_number
   where f.id = of_id and p.outcome = 'given' and (p.released_by is not null or not provision.is_flagged(p.person_number))
     and e.program = r.program and e.status <> 'revoked' and e.valid_from <= f.period_to and e.valid_to >= f.period_from
   order by e.recipient_number, e.valid_from
$$;
-- The lines of a file that waits or is approved, for who asked and who decides. Each of whom it tells is entered in the log as looked at.
create or replace function provision.rows_of_file(of_id integer)
returns table (person_number text, recipient_number text, qualification text, valid_from date, valid_to date, status text)
language plpgsql volatile security definer set search_path = '' as $$
declare f provision.file; numbers text[];
begin
  select x.* into f from provision.file x where x.id = of_id;
  if (f.state in ('waiting', 'approved') and (f.asked_by = access.staff_id() and access.has_right('provision.request') or access.has_right('provision.release'))) is not true then
    raise exception 'not to be seen' using errcode = '42501';
  end if;
  numbers := array(select distinct l.person_number from provision.lines_of_file(of_id) l order by 1);
  if cardinality(numbers) > 0 then
    perform audit.write('look', 'provision-file.looked', numbers, f.items, jsonb_build_object('number', of_id::text));
  end if;
  return query select l.* from provision.lines_of_file(of_id) l;
end
$$;

-- Takes an approved file, once, while its rule is in force: how many lines it has and the SHA-256 of its bytes are kept. Each person of
-- whom it tells is entered in the log.
create or replace function provision.take_file(of_id integer, of_lines integer, digest text) returns void
language plpgsql security definer set search_path = '' as $$
declare f provision.file; numbers text[];
begin
  if access.has_right('provision.request') is not true then raise exception 'no right to take' using errcode = '42501'; end if;
  select x.* into f from provision.file x where x.id = of_id for update;
  if (f.state = 'approved' and (f.asked_by = access.staff_id() or access.has_right('provision.release')) and provision.allows_files(f.rule_id)
      and digest ~ '^[0-9a-f]{64}$' and of_lines = (select count(*) from provision.lines_of_file(of_id))) is not true then
    raise exception 'not to be taken' using errcode = '42501';
  end if;
  update provision.file_person p set outcome = 'withheld'
   where p.file_id = of_id and p.outcome = 'given' and p.released_by is null and provision.is_flagged(p.person_number);
  update provision.file set state = 'provided', taken_by = access.staff_id(), taken_at = now(), lines = of_lines, sha256 = digest where id = of_id;
  numbers := array(select p.person_number from provision.file_person p where p.file_id = of_id and p.outcome = 'given' order by 1);
  perform audit.write('export', 'provision-file.provided', numbers, f.items, jsonb_build_object('number', of_id::text, 'lines', of_lines, 'sha256', digest));
end
$$;

-- Records past their years (`workflows/provision/keeping.ts`). Returns how many went.
create or replace function provision.erase_old() returns integer
language plpgsql security definer set search_path = '' as $$
declare gone integer; files integer; last_day date;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to erase' using errcode = '42501'; end if;
  select access.business_date() - make_interval(years => y.years) into last_day from keeping.keep_years y
   where y.program = 'provision' and y.valid_from <= access.business_date() order by y.valid_from desc limit 1;
  delete from provision.request r where r.state in ('provided', 'refused') and r.asked_on <= last_day;
  get diagnostics gone = row_count;
  delete from provision.file_person p using provision.file f where f.id = p.file_id and f.state in ('provided', 'refused') and f.asked_on <= last_day;
  delete from provision.file f where f.state in ('provided', 'refused') and f.asked_on <= last_day;
  get diagnostics files = row_count;
  gone := gone + files;
  if gone > 0 then perform audit.write('erase', 'provision.records-erased', null, null, jsonb_build_object('records', gone)); end if;
  return gone;
end
$$;

revoke execute on all functions in schema provision from public;
grant execute on function provision.propose_rule, provision.decide_rule, provision.end_rule, provision.ask, provision.entitlements_of, provision.decide, provision.take,
  provision.set_flag, provision.move_flag, provision.erase_old,
  provision.prepare_file, provision.release_in_file, provision.decide_file, provision.rows_of_file, provision.take_file to madoguchi_app;
