-- 開示・訂正・利用停止の請求と問合せ (AUD-2): received, decided by another person than prepared it, answered. Written by these
-- functions alone. What is held of a person is read through the request, and only while it is worked on.

do $$
declare t text;
begin
  foreach t in array array['subject_request', 'subject_request_step'] loop
    call cases.secure(('oversight.' || quote_ident(t))::regclass);
    execute format('revoke all on oversight.%I from madoguchi_app', t);
    execute format('grant select on oversight.%I to madoguchi_app', t);
    execute format('drop policy if exists handled on oversight.%I', t);
    execute format('create policy handled on oversight.%I for select to madoguchi_app using ((select access.has_right(''subject-request.handle'')))', t);
  end loop;
end
$$;

-- Why something is withheld or refused: codes of the program (`src/platform/oversight/subject-request-reasons.ts`).
create or replace function oversight.refusal_reasons() returns text[] language sql immutable set search_path = '' as $$
  select array['own-harm', 'third-person', 'corporate', 'crime', 'deliberation', 'duties', 'not-held', 'correct', 'beyond-purpose', 'lawful', 'hindrance', 'other']
$$;
create or replace function oversight.held_parts() returns text[] language sql immutable set search_path = '' as $$
  select array['register', 'address', 'cases', 'entries', 'entitlements', 'papers', 'mailings', 'programs', 'notes', 'looks']
$$;

-- Whoever asks about their own data is not erased while the request is open.
create or replace view keeping.use_of_subject_requests as
select r.person_number, coalesce(r.program, 'residents') as program, null::date as last_on, true as open
  from oversight.subject_request r where r.state not in ('closed', 'withdrawn');

-- Receives a request. Nothing where the birth date is not that of the number, as far as the register knows it: it is somebody else's, or mistyped.
drop function if exists oversight.open_subject_request(text, text, date, text, text, text[], boolean, date, text, date);
create or replace function oversight.open_subject_request(of_kind text, number text, born text, by_whom text, how text, shown text[], mandate boolean,
  received date, of_program text, due date) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('subject-request.handle');
  if (nullif(current_setting('app.purpose', true), '') is not null and received between access.business_date() - 366 and access.business_date()
      and due between received + 1 and received + 31
      and cardinality(shown) >= case how when 'two-documents' then 2 when 'notification-card' then 1 else 0 end
      and shown <@ array['licence', 'passport', 'residence-card', 'disability-handbook', 'health-insurance', 'pension', 'mother-child-handbook', 'family-register', 'tax-notice']
      and (by_whom = 'self' or mandate)) is not true then
    raise exception 'not to be received so' using errcode = '42501';
  end if;
  if vault.birth_as_told(number) is distinct from born or born is null then
    perform audit.write('search', 'subject-request.not-matched', null, null, null);
    return null;
  end if;
  insert into oversight.subject_request (kind, person_number, asker, method, documents, mandate_seen, received_on, program, due_on, opened_by)
  values (of_kind, number, by_whom, how, shown, mandate, received, of_program, due, access.staff_id()) returning id into made;
  perform audit.write('event', 'subject-request.received', array[number], null, jsonb_build_object('number', made::text));
  return made;
end
$$;

-- A step of a request, as `workflows/oversight/subject-request-machine.ts` has them. False where somebody else was faster.
create or replace function oversight.move_subject_request(of_request integer, seen_state text, how text, on_day date, said uuid,
  proposed text, why text, hidden jsonb, until date) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r oversight.subject_request; who integer := access.staff_id(); goes_to text;
begin
  perform access.require_right('subject-request.handle');
  select x.* into r from oversight.subject_request x where x.id = of_request for update;
  if r.state <> seen_state then return false; end if;
  goes_to := case
    when how = 'investigate' and r.state = 'received' then 'investigating'
    when how = 'extend' and r.state in ('received', 'investigating') and r.extended_on is null
         and until between r.due_on + 1 and r.due_on + 31 and on_day <= r.due_on then r.state
    when how = 'propose' and r.state = 'investigating' and proposed in ('whole', 'part', 'refused')
         and (proposed = 'whole') = (why is null) and (why is null or why = any(oversight.refusal_reasons()))
         and jsonb_typeof(hidden) = 'object'
         and not exists (select from jsonb_each_text(hidden) h
                          where h.key <> all(oversight.held_parts()) or h.value is null or h.value <> all(oversight.refusal_reasons()))
         and (hidden <> '{}') = (r.kind = 'disclosure' and proposed = 'part') then 'awaiting'
    when how = 'remand' and r.state = 'awaiting' then 'investigating'
    when how = 'decide' and r.state = 'awaiting' and r.prepared_by <> who then 'decided'
    when how = 'notify' and r.state = 'decided' then 'notified'
    when how = 'carry' and r.state = 'notified' and r.outcome <> 'refused' then 'carried'
    when how = 'close' and (r.state = 'carried' or (r.state = 'notified' and r.outcome = 'refused')) then 'closed'
    when how = 'withdraw' and r.state in ('received', 'investigating', 'awaiting') then 'withdrawn' end;
  if (goes_to is not null and on_day between r.received_on and access.business_date()
      and vault.stated_by(said, 'subject-request:' || of_request) = who) is not true then
    raise exception 'not to be done so' using errcode = '42501';
  end if;
  update oversight.subject_request set state = goes_to,
         state_since = case when goes_to = r.state then r.state_since else now() end,
         due_on = case when how = 'extend' then until else r.due_on end,
         extended_on = case when how = 'extend' then on_day else r.extended_on end,
         prepared_by = case how when 'propose' then who when 'remand' then null else r.prepared_by end,
         outcome = case how when 'propose' then proposed when 'remand' then null else r.outcome end,
         reason = case how when 'propose' then why when 'remand' then null else r.reason end,
         withheld = case how when 'propose' then hidden when 'remand' then '{}' else r.withheld end,
         decided_by = case how when 'decide' then who else r.decided_by end,
         decided_on = case how when 'decide' then on_day else r.decided_on end
   where id = of_request;
  insert into oversight.subject_request_step (request_id, event, done_on, staff_id, statement_id) values (of_request, how, on_day, who, said);
  perform audit.write('event', 'subject-request.' || how, array[r.person_number], null, jsonb_build_object('number', of_request::text));
  return true;
end
$$;

-- Whom the request is about, of one that is open (`at_work`: whose data may be gone through). Raises for everybody who does
-- not handle requests; for functions of the owner and of the vault alone.
create or replace function oversight.subject_of(of_request integer, at_work boolean) returns text
language plpgsql stable security definer set search_path = '' as $$
declare found_number text;
begin
  perform access.require_right('subject-request.handle');
  select r.person_number into found_number from oversight.subject_request r
   where r.id = of_request and nullif(current_setting('app.purpose', true), '') is not null
     and case when at_work then r.state in ('investigating', 'awaiting', 'decided', 'notified') else r.state not in ('closed', 'withdrawn') end;
  if found_number is null then raise exception 'nothing is asked of anybody so' using errcode = '42501'; end if;
  return found_number;
end
$$;
-- All numbers of the person (89-merges.sql): what is held under any of them is held of them.
create or replace function oversight.subjects_of(of_request integer, at_work boolean) returns text[]
language sql stable security definer set search_path = '' as $$
  select people.numbers_of(oversight.subject_of(of_request, at_work))
$$;
create or replace function oversight.program_of_request(of_request integer) returns text
language sql stable security definer set search_path = '' as $$
  select r.program from oversight.subject_request r where r.id = of_request
$$;

-- Sealed records with the newest entry of the person in each case, with the case.
create or replace function oversight.entries_of_request(of_request integer) returns table (case_id uuid, subject text, sealed_id uuid)
language sql stable security definer set search_path = '' as $$
  select distinct on (e.case_id) e.case_id, c.person_number, e.sealed_id
    from approvals.entry e join cases."case" c on c.id = e.case_id
   where e.person_number = any(oversight.subjects_of(of_request, true)) and e.case_id in (
           select m.case_id from cases.member m where m.person_number = any(oversight.subjects_of(of_request, true)))
     and c.program = coalesce(oversight.program_of_request(of_request), c.program)
   order by e.case_id, e.revision desc
$$;

-- What is held of the person beside what is sealed and what a 事務 keeps of its own. One look is recorded.
create or replace function oversight.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true); within text := oversight.program_of_request(of_request);
begin
  perform audit.write('look', 'subject-request.held', whose, array['facts', 'application', 'certificate', 'document'], jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'cases', (select coalesce(jsonb_agg(x order by x.received_on, x.number), '[]') from (
      select c.id, c.number, c.program, c.kind, c.machine_version as version, c.state, c.received_on from cases."case" c
       where c.id in (select m.case_id from cases.member m where m.person_number = any(whose) union select o.id from cases."case" o where o.person_number = any(whose))
         and c.program = coalesce(within, c.program)) x),
    'entitlements', (select coalesce(jsonb_agg(x order by x.valid_from, x.recipient_number), '[]') from (
      select e.program, e.recipient_number, e.valid_from, e.valid_to, e.status, e.lost_on,
             (select count(*) from entitlements.movement m where m.entitlement_id = e.id) as movements
        from entitlements.entitlement e where e.person_number = any(whose) and e.program = coalesce(within, e.program)) x),
    'certificates', (select coalesce(jsonb_agg(x order by x.issued_on, x.issue), '[]') from (
      select e.program, c.issue, c.reason, c.issued_on, c.ended_on, c.ending
        from entitlements.certificate c join entitlements.entitlement e on e.id = c.entitlement_id
       where e.person_number = any(whose) and e.program = coalesce(within, e.program)) x),
    'papers', (select coalesce(jsonb_agg(x order by x.issued_on, x.number), '[]') from (
      select d.program, d.number, d.template_version as template, d.issued_on from documents.document d
       where d.person_number = any(whose) and d.program = coalesce(within, d.program)) x),
    'mailings', (select coalesce(jsonb_agg(x order by x.dated_on, x.number), '[]') from (
      select b.program, b.title, b.dated_on, i.piece_number as number from mailings.batch_item i join mailings.batch_run b on b.id = i.run_id
       where i.person_number = any(whose) and i.state = 'made' and b.program = coalesce(within, b.program)) x),
    'notes', (select count(*) from intake.note n left join cases."case" c on c.id = n.case_id
       where (n.person_number = any(whose) or c.person_number = any(whose)) and coalesce(n.program, c.program) = coalesce(within, n.program, c.program)),
    'attachments', (select count(*) from intake.attachment n left join cases."case" c on c.id = n.case_id
       where (n.person_number = any(whose) or c.person_number = any(whose)) and n.withdrawn_at is null
         and coalesce(n.program, c.program) = coalesce(within, n.program, c.program)),
    'looks', (select coalesce(jsonb_agg(x order by x.day, x.office, x.purpose), '[]') from (
      select (r.at at time zone 'Asia/Tokyo')::date as day, o.name as office, r.purpose, count(*) as records
        from audit.record r left join access.office o on o.code = r.office_code
       where r.person_number = any(whose) and r.kind in ('look', 'print', 'export')
         and (within is null or r.program = within)
       group by 1, 2, 3) x));
end
$$;

-- The person as the register has them; an address under 支援措置 stays withheld, and so do the details.
drop function if exists vault.look_for_request(integer, text[]);
create function vault.look_for_request(of_request integer, wanted text[])
returns table (person_number text, household_number text, is_head boolean, relationship text, birth_date date, birth_told text, birth_reckoned date, sex text,
  nationality text, office_code text, town_code text, postal_code text, resident_from date, from_reason text,
  resident_to date, to_reason text, died_on date, is_protected boolean, address_masked boolean, revision integer,
  sealed_name bytea, sealed_address bytea, wrapped_key bytea, sealed_individual_number bytea, individual_number_key bytea, outside boolean, sealed_details bytea)
language plpgsql security definer set search_path = '' as $$
declare whose text := oversight.subject_of(of_request, false);
begin
  perform audit.write('look', 'person.look', array[whose], wanted, null);
  return query
  select p.person_number, p.household_number, p.is_head, p.relationship, p.birth_date, p.birth_told, p.birth_reckoned, p.sex, p.nationality, p.office_code,
    case when x.masked then null else p.town_code end, case when x.masked then null else p.postal_code end,
    p.resident_from, p.from_reason, p.resident_to, p.to_reason, p.died_on, vault.is_protected(p), x.masked, p.revision,
    case when 'name' = any(wanted) then p.sealed_name end,
    case when 'address' = any(wanted) and not x.masked then p.sealed_address end,
    k.wrapped_key, null::bytea, null::bytea, p.outside,
    case when 'details' = any(wanted) and not x.masked then p.sealed_details end
  from vault.person p join vault.holder_key k on k.holder = p.person_number
  -- 支援措置 stands with one number of a person, and holds for all of them.
  cross join lateral (select bool_or(vault.hides_address(q)) as masked from vault.person q where q.person_number = any(people.numbers_of(whose))) x
  where p.person_number = whose;
end
$$;

-- What was entered of the person, sealed, for each case.
create or replace function vault.entries_for_request(of_request integer)
returns table (id uuid, holder text, program text, kind text, case_id uuid, sealed bytea, wrapped_key bytea, entered_by integer, entered_at timestamptz,
  feed_kind text, subject bigint, told_on date, case_person text)
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  perform audit.write('look', 'sealed.look', whose, array['application'], null);
  return query select s.id, s.holder, s.program, s.kind, s.case_id, s.sealed, k.wrapped_key, s.entered_by, s.entered_at,
         null::text, null::bigint, null::date, e.subject
    from oversight.entries_of_request(of_request) e join vault.sealed_record s on s.id = e.sealed_id and s.holder = any(whose)
    join vault.holder_key k on k.holder = s.holder;
end
$$;

do $$
declare f text;
begin
  foreach f in array array['look_for_request(integer, text[])', 'entries_for_request(integer)'] loop
    execute format('alter function vault.%s owner to madoguchi_vault', f);
    execute format('revoke execute on function vault.%s from public', f);
    execute format('grant execute on function vault.%s to madoguchi_app', f);
  end loop;
end
$$;
revoke execute on function oversight.open_subject_request, oversight.move_subject_request, oversight.subject_of, oversight.subjects_of, oversight.program_of_request,
  oversight.entries_of_request, oversight.held_of, oversight.refusal_reasons, oversight.held_parts from public, madoguchi_app;
grant execute on function oversight.open_subject_request, oversight.move_subject_request, oversight.held_of to madoguchi_app;
grant execute on function oversight.subject_of, oversight.subjects_of, oversight.entries_of_request to madoguchi_vault;
