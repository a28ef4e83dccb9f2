-- 自己負担減免 of 予防接種 and its 無料(減免)対象者確認証. Written by these functions alone; applications move along
-- workflows/vaccination/exemptions/machine-v2.ts (flows.way), what is sent to those on a list by a run of mailings.

grant usage on schema exemptions to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['application', 'application_event', 'list', 'list_person', 'certificate', 'notice', 'counter'] loop
    execute format('alter table exemptions.%I enable row level security', t);
    execute format('alter table exemptions.%I force row level security', t);
    execute format('drop policy if exists owner_functions on exemptions.%I', t);
    execute format('create policy owner_functions on exemptions.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('revoke all on exemptions.%I from madoguchi_app', t);
    execute format('drop policy if exists seen on exemptions.%I', t);
    if t <> 'counter' then execute format('grant select on exemptions.%I to madoguchi_app', t); end if;
  end loop;
  foreach t in array array['application', 'certificate'] loop
    execute format('create policy seen on exemptions.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''case.read'') s
              where (s.program is null or s.program = ''vaccination'') and (s.office is null or s.office = %1$I.office_code))
             or (select access.has_right(''mailing.prepare'', ''vaccination'')))', t);
  end loop;
  foreach t in array array['application_event', 'notice'] loop
    execute format('create policy seen on exemptions.%1$I for select to madoguchi_app using (exists (select from exemptions.application a where a.id = %1$I.application_id))', t);
  end loop;
  -- A list names people of the whole city.
  foreach t in array array['list', 'list_person'] loop
    execute format('create policy seen on exemptions.%I for select to madoguchi_app using ((select access.has_right(''mailing.prepare'', ''vaccination''))
      or (select access.has_right(''mailing.approve'', ''vaccination'')))', t);
  end loop;
end
$$;

-- Of these, who died or moved out, with the first day on which nothing is theirs here any more: as [{person_number, gone_from}].
create or replace function vault.gone_since(numbers text[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('person_number', p.person_number, 'gone_from', case when p.died_on is not null then p.died_on + 1 else p.resident_to end)), '[]')
    from vault.person p where p.person_number = any(numbers) and (p.died_on is not null or p.resident_to is not null and not p.outside)
$$;
alter function vault.gone_since owner to madoguchi_vault;
revoke execute on function vault.gone_since from public;
grant execute on function vault.gone_since to madoguchi_owner;

insert into exemptions.counter (id, next) values (1, 1) on conflict do nothing;

create or replace function exemptions.keep_event(a exemptions.application, what text, from_state text, of_why text) returns void
language plpgsql set search_path = '' as $$
begin
  insert into exemptions.application_event (application_id, revision, event, from_state, to_state, why, staff_id, staff_name, at, "on")
  select a.id, a.revision, what, from_state, a.state, of_why, s.id, s.display_name, cases.moment(), access.business_date() from access.staff s where s.id = (select access.staff_id());
end
$$;

-- An application is received, or corrected before it is examined. What was seen is in the name of whoever enters it.
create or replace function exemptions.enter(new_id uuid, seen integer, number text, received date, who text, of_ground text, of_vaccines text[], of_evidence text, seen_on date, said uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare l record; a exemptions.application; was exemptions.application;
begin
  select * into l from vault.lives_of(array[number]);
  if l.office_code is null or not access.has_any_right(array['case.enter'], 'vaccination', l.office_code) then raise exception 'no right to enter this' using errcode = '42501'; end if;
  if seen is not null then
    select x.* into was from exemptions.application x where x.id = new_id and x.person_number = number for update;
    if not found then raise exception 'no such application' using errcode = '42501'; end if;
    if was.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
    perform flows.take('vaccination-exemption', 2, was.state, 'correct', was.state, 'vaccination', false);
  end if;
  if (received between l.born_from and access.business_date() and cardinality(of_vaccines) between 1 and 30
      and cardinality(of_vaccines) = (select count(distinct v) from unnest(of_vaccines) v where length(v) between 1 and 20)
      and length(of_evidence) between 1 and 30 and (of_evidence = 'none') = (seen_on is null) and (seen_on is null or seen_on <= access.business_date())
      and (who <> 'agent' or said is not null)
      and (said is null or said = was.words_id
           or exists (select from vault.sealed_of(said) d where d.holder = number and d.program = 'vaccination' and d.kind = 'exemption-words' and d.entered_by = access.staff_id()))) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  if seen is null then
    insert into exemptions.application (id, person_number, office_code, received_on, applicant, ground, vaccines, evidence, evidence_on, evidence_by, words_id, entered_by, entered_at)
    values (new_id, number, l.office_code, received, who, of_ground, of_vaccines, of_evidence, seen_on, case when seen_on is not null then access.staff_id() end, said,
      access.staff_id(), cases.moment()) returning * into a;
  else
    update exemptions.application x set received_on = received, applicant = who, ground = of_ground, vaccines = of_vaccines, evidence = of_evidence, evidence_on = seen_on,
           evidence_by = case when seen_on is null then null when (x.evidence, x.evidence_on) is not distinct from (of_evidence, seen_on) then x.evidence_by else access.staff_id() end,
           words_id = said, entered_by = access.staff_id(), revision = x.revision + 1
     where x.id = new_id returning * into a;
  end if;
  perform exemptions.keep_event(a, case when seen is null then 'enter' else 'correct' end, coalesce(was.state, ''), null);
  perform audit.write('change', case when seen is null then 'exemption.entered' else 'exemption.corrected' end, array[number], array['vaccination'], jsonb_build_object('number', a.serial::text));
end
$$;

create or replace function exemptions.held(of_id uuid, seen integer) returns exemptions.application
language plpgsql set search_path = '' as $$
declare a exemptions.application;
begin
  select x.* into a from exemptions.application x where x.id = of_id for update;
  if not found then raise exception 'no such application' using errcode = '42501'; end if;
  return a;
end
$$;

-- Whether each check of a way holds: see workflows/vaccination/exemptions/machine-v2.ts.
create or replace function exemptions.way_of(a exemptions.application, seen integer, event_type text, target text, has_why boolean) returns void
language plpgsql set search_path = '' as $$
declare w flows.way; one text;
begin
  w := flows.take('vaccination-exemption', 2, a.state, event_type, target, 'vaccination', has_why);
  if not exists (select from unnest(w.rights) t where access.has_right(t, 'vaccination', a.office_code)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if a.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  foreach one in array w.checks loop
    if (case one when 'evidenceSeen' then a.evidence <> 'none' and a.evidence_on is not null
                 when 'grants' then a.outcome = 'grant' when 'refuses' then a.outcome = 'refuse'
                 when 'notProposer' then a.proposed_by <> access.staff_id()
                 when 'notExaminer' then a.examined_by is distinct from access.staff_id()
                 when 'gone' then vault.gone_since(array[a.person_number]) <> '[]' else false end) is not true then
      raise exception 'no such step' using errcode = 'MD011';
    end if;
  end loop;
end
$$;

-- Until when an application holds that is granted from a day on, by the terms of the day of receipt that two people set; null where they
-- do not exempt for its ground, one of its vaccines or what was seen. As exemptionFaultsOf and exemptionPeriod of
-- workflows/vaccination/exemptions/terms.ts.
create or replace function exemptions.until_of(a exemptions.application, from_day date) returns date
language sql stable set search_path = '' as $$
  select (make_date(cases.fiscal_year(from_day), 4, 1) + make_interval(months => ((t.row ->> 'lastMonth')::integer + 8) % 12 + 1))::date - 1
    from (select x.value from city.parameter x
           where x.key = 'vaccination.exemption' and x.decision = 'approved' and x.valid_from <= a.received_on and (x.valid_to is null or a.received_on <= x.valid_to)
           order by x.valid_from desc limit 1) p
    cross join lateral jsonb_array_elements(p.value -> 'grounds') t(row)
   where t.row ->> 'ground' = a.ground and (t.row -> 'vaccines') @> to_jsonb(a.vaccines) and (t.row -> 'evidence') @> to_jsonb(a.evidence)
$$;

-- A step of an application that makes no paper. What is proposed and decided: from when until when it holds, why it is refused, from when and why it ends.
create or replace function exemptions.move(of_id uuid, seen integer, event_type text, target text, of_why text, from_day date, to_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare a exemptions.application := exemptions.held(of_id, seen); came text;
begin
  perform exemptions.way_of(a, seen, event_type, target, of_why is not null);
  if event_type in ('correct', 'expire', 'issue', 'reissue', 'tell') then raise exception 'no such step' using errcode = 'MD011'; end if;
  if of_why is not null and length(of_why) > 30
     or event_type = 'proposeGrant' and (from_day >= a.received_on and to_day >= from_day and exemptions.until_of(a, from_day) = to_day) is not true
     or event_type in ('lapse', 'proposeRevocation') and (from_day is not null and from_day >= a.valid_from and from_day <= access.business_date() + 1) is not true then
    raise exception 'not so' using errcode = '22023';
  end if;
  came := a.state;
  update exemptions.application x set state = target, revision = x.revision + 1,
         examined_by = case event_type when 'examine' then access.staff_id() when 'giveBack' then null else x.examined_by end,
         outcome = case event_type when 'proposeGrant' then 'grant' when 'proposeRefusal' then 'refuse' when 'return' then null else x.outcome end,
         valid_from = case event_type when 'proposeGrant' then from_day when 'proposeRefusal' then null when 'return' then null else x.valid_from end,
         valid_until = case event_type when 'proposeGrant' then to_day when 'proposeRefusal' then null when 'return' then null else x.valid_until end,
         refusal = case event_type when 'proposeRefusal' then of_why when 'return' then null else x.refusal end,
         proposed_by = case when event_type in ('proposeGrant', 'proposeRefusal', 'proposeRevocation') then access.staff_id() when event_type = 'return' then null
                            when event_type = 'keep' then null else x.proposed_by end,
         decided_by = case when event_type in ('grant', 'refuse', 'revoke') then access.staff_id() when event_type in ('proposeRevocation', 'keep') then null else x.decided_by end,
         decided_on = case when event_type in ('grant', 'refuse', 'revoke') then access.business_date() else x.decided_on end,
         ended_from = case when event_type in ('lapse', 'proposeRevocation') then from_day when event_type = 'keep' then null else x.ended_from end,
         end_reason = case when event_type in ('lapse', 'proposeRevocation') then of_why when event_type = 'keep' then null else x.end_reason end
   where x.id = of_id returning * into a;
  if event_type in ('lapse', 'revoke') then
    update exemptions.certificate c set state = 'ended', ended_from = a.ended_from, end_reason = a.end_reason where c.application_id = a.id and c.state = 'issued';
  end if;
  perform exemptions.keep_event(a, event_type, came, of_why);
  perform audit.write('change', 'exemption.' || event_type, array[a.person_number], array['vaccination'], jsonb_build_object('number', a.serial::text));
end
$$;

-- The next numbers of certificates: one for the counter, otherwise as many as there are pieces of runs that wait for theirs.
create or replace function exemptions.take_numbers(how_many integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare first integer; waiting bigint := 0;
begin
  if not access.has_any_right(array['certificate.issue', 'mailing.prepare'], 'vaccination') then raise exception 'no right to number certificates' using errcode = '42501'; end if;
  if how_many <> 1 and access.has_right('mailing.prepare', 'vaccination') then
    select count(*) into waiting from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id
     where r.program = 'vaccination' and r.kind = 'vaccination-exemption' and r.state in ('approved', 'making') and r.file_count = 0 and i.state = 'ready' and i.piece_number is null;
  end if;
  if (how_many between 1 and greatest(waiting, 1)) is not true then raise exception 'not to be numbered so' using errcode = '42501'; end if;
  update exemptions.counter set next = next + how_many returning next - how_many into first;
  return first;
end
$$;
create or replace function exemptions.was_numbered(of_number text) returns boolean
language sql stable set search_path = '' as $$
  select of_number ~ '^[0-9]{10}$' and substr(of_number, 1, 9)::integer < (select next from exemptions.counter)
     and not exists (select from exemptions.certificate c where c.number = of_number)
$$;

-- The certificate of an application that was granted, or a new one in its place, as it was printed.
create or replace function exemptions.issue(of_id uuid, seen integer, event_type text, new_id uuid, of_number text, of_template text, setting integer, said uuid, of_why text) returns void
language plpgsql security definer set search_path = '' as $$
declare a exemptions.application := exemptions.held(of_id, seen); came text;
begin
  perform exemptions.way_of(a, seen, event_type, 'issued', of_why is not null);
  if event_type not in ('issue', 'reissue') then raise exception 'no such step' using errcode = 'MD011'; end if;
  if (exemptions.was_numbered(of_number) and printing.was_approved(setting, 'vaccination') and of_template like 'vaccination/exemption-certificate v%' and length(of_template) <= 60
      and (event_type = 'issue' or of_why in ('lost', 'spoilt', 'undelivered', 'changed'))
      and exists (select from vault.sealed_of(said) d where d.holder = a.person_number and d.program = 'vaccination' and d.kind = 'exemption-paper' and d.entered_by = access.staff_id())) is not true then
    raise exception 'not to be issued so' using errcode = '22023';
  end if;
  came := a.state;
  update exemptions.certificate c set state = 'replaced' where c.application_id = a.id and c.state = 'issued';
  insert into exemptions.certificate (id, number, person_number, office_code, application_id, ground, vaccines, valid_from, valid_until, issued_on, issued_by, template_version, form_setting_id, sealed_id)
  values (new_id, of_number, a.person_number, a.office_code, a.id, a.ground, a.vaccines, a.valid_from, a.valid_until, access.business_date(), access.staff_id(), of_template, setting, said);
  update exemptions.application x set state = 'issued', revision = x.revision + 1 where x.id = a.id returning * into a;
  perform exemptions.keep_event(a, event_type, came, of_why);
  perform audit.write('print', 'exemption.' || event_type, array[a.person_number], array['vaccination'], jsonb_build_object('number', of_number));
end
$$;

-- 却下・取消通知書, as it was issued.
create or replace function exemptions.tell(of_id uuid, seen integer, new_id uuid, document text, of_template text, said uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare a exemptions.application := exemptions.held(of_id, seen); came text; year integer := cases.fiscal_year(access.business_date());
begin
  perform exemptions.way_of(a, seen, 'tell', 'told', false);
  if (cases.was_given('vaccination.document', year, substring(document from '第' || cases.year_label(year) || '-(\d{6,9})号$')) and length(document) <= 60 and length(of_template) between 1 and 60
      and exists (select from vault.sealed_of(said) d where d.holder = a.person_number and d.program = 'vaccination' and d.kind = 'exemption-paper' and d.entered_by = access.staff_id())) is not true then
    raise exception 'not to be issued so' using errcode = '22023';
  end if;
  came := a.state;
  insert into exemptions.notice (id, application_id, person_number, kind, document_number, template, sealed_id, issued_on, issued_by)
  values (new_id, a.id, a.person_number, case a.state when 'refused' then 'refusal' else 'revocation' end, document, of_template, said, access.business_date(), access.staff_id());
  update exemptions.application x set state = 'told', revision = x.revision + 1 where x.id = a.id returning * into a;
  perform exemptions.keep_event(a, 'tell', came, null);
  perform audit.write('print', 'exemption.tell', array[a.person_number], array['vaccination'], jsonb_build_object('number', a.serial::text));
end
$$;

-- Counts that a certificate is printed once more, as it was.
create or replace function exemptions.count_print(of_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare c exemptions.certificate;
begin
  select x.* into c from exemptions.certificate x where x.id = of_id for update;
  if not found or not access.has_any_right(array['certificate.issue', 'document.print'], 'vaccination', c.office_code) then raise exception 'no such certificate' using errcode = '42501'; end if;
  update exemptions.certificate x set print_count = x.print_count + 1 where x.id = of_id;
  perform audit.write('print', 'exemption.printed-again', array[c.person_number], array['vaccination'], jsonb_build_object('number', c.number));
end
$$;

-- A list as of a day, as the office of the ground handed it over. Numbers that are nobody's are counted and left out.
create or replace function exemptions.take_list(new_id uuid, of_ground text, as_of_day date, numbers text[], file_digest text) returns integer
language plpgsql security definer set search_path = '' as $$
declare taken integer; asked integer; made integer;
begin
  if not access.covers('mailing.prepare', 'vaccination', null) then raise exception 'no right to take a list' using errcode = '42501'; end if;
  select count(distinct n) into asked from unnest(numbers) n;
  if (asked between 1 and 200000 and as_of_day between access.business_date() - 400 and access.business_date() and file_digest ~ '^[0-9a-f]{64}$') is not true then
    raise exception 'not to be taken so' using errcode = '22023';
  end if;
  select count(*) into taken from vault.lives_of(array(select distinct n from unnest(numbers) n));
  if taken = 0 then raise exception 'nobody on it' using errcode = '22023'; end if;
  insert into exemptions.list (id, ground, as_of, people, "unknown", digest, entered_by, entered_at)
  values (new_id, of_ground, as_of_day, taken, asked - taken, file_digest, access.staff_id(), cases.moment()) returning serial into made;
  insert into exemptions.list_person (list_id, person_number)
  select new_id, l.person_number from vault.lives_of(array(select distinct n from unnest(numbers) n)) l;
  perform audit.write('change', 'exemption-list.taken', null, array['vaccination'], jsonb_build_object('number', made::text, 'people', taken, 'unknown', asked - taken));
  return taken;
end
$$;
create or replace function exemptions.withdraw_list(of_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare l exemptions.list;
begin
  if not access.covers('mailing.prepare', 'vaccination', null) then raise exception 'no right to take off a list' using errcode = '42501'; end if;
  update exemptions.list x set state = 'withdrawn' where x.id = of_id and x.state = 'open' and not exists (select from exemptions.certificate c where c.list_id = x.id and c.state = 'issued')
  returning * into l;
  if not found then raise exception 'certificates come from it' using errcode = 'MD011'; end if;
  perform audit.write('change', 'exemption-list.withdrawn', null, array['vaccination'], jsonb_build_object('number', l.serial::text));
end
$$;

-- Certificates of a run: for people on its list whose piece is being printed under that number. The approval of the run is the decision of the second person.
create or replace function exemptions.issue_of_run(of_run uuid, of_list uuid, ids uuid[], numbers text[], people text[], of_vaccines text[], from_days date[], to_days date[], on_days date[], templates text[], settings integer[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare'], array['approved', 'making']); l exemptions.list; made integer;
begin
  select x.* into l from exemptions.list x where x.id = of_list and x.state = 'open' for share;
  if not found or r.kind is distinct from 'vaccination-exemption' or r.parameters ->> 'list' is distinct from of_list::text
     or (select array_agg(v order by v) from jsonb_array_elements_text(r.parameters -> 'vaccines') v) is distinct from (select array_agg(v order by v) from unnest(of_vaccines) v) then
    raise exception 'not the list of this run' using errcode = '22023';
  end if;
  insert into exemptions.certificate (id, number, person_number, office_code, list_id, run_id, ground, vaccines, valid_from, valid_until, issued_on, issued_by, template_version, form_setting_id)
  select x.id, x.number, x.person, v.office_code, l.id, r.id, l.ground, of_vaccines, x.f, x.t, x.o, access.staff_id(), x.te, x.se
    from unnest(ids, numbers, people, from_days, to_days, on_days, templates, settings) x(id, number, person, f, t, o, te, se)
    join vault.lives_of(people) v on v.person_number = x.person
    join mailings.batch_item i on i.run_id = r.id and i.person_number = x.person and i.piece_number = x.number
    join exemptions.list_person p on p.list_id = l.id and p.person_number = x.person
   where exemptions.was_numbered(x.number) and x.t >= x.f and x.t < x.f + interval '1 year' and x.te like 'vaccination/exemption-certificate v%'
     -- As it was approved: nothing of what is issued is said by whoever makes the files.
     and i.state = 'ready' and (x.f, x.t) = ((r.parameters ->> 'from')::date, (r.parameters ->> 'until')::date) and x.o = r.dated_on
     and (x.te, x.se) is not distinct from (r.template_version, r.form_setting_id) and l.ground = r.parameters ->> 'ground';
  get diagnostics made = row_count;
  if made <> cardinality(ids) then raise exception 'not to be issued so' using errcode = '22023'; end if;
end
$$;
-- A run that was cancelled or withdrawn before it was handed over: its certificates never reached anybody.
create or replace function exemptions.withdraw_run(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
begin
  update exemptions.certificate c set state = 'ended', ended_from = c.valid_from, end_reason = 'mistaken' where c.run_id = r.id and c.state = 'issued';
end
$$;
-- A certificate of a run ends before its time, or never held.
create or replace function exemptions.end_certificate(of_id uuid, of_why text, from_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare c exemptions.certificate;
begin
  select x.* into c from exemptions.certificate x where x.id = of_id for update;
  if not found or not access.has_any_right(array['case.approve'], 'vaccination', c.office_code) then raise exception 'no such certificate' using errcode = '42501'; end if;
  if c.state <> 'issued' or c.application_id is not null then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if (of_why in ('ground-gone', 'wrong-facts', 'mistaken', 'moved', 'declined', 'other') and from_day >= c.valid_from and from_day <= access.business_date() + 1) is not true then
    raise exception 'not so' using errcode = '22023';
  end if;
  update exemptions.certificate x set state = 'ended', ended_from = from_day, end_reason = of_why where x.id = of_id;
  perform audit.write('change', 'exemption.certificate-ended', array[c.person_number], array['vaccination'], jsonb_build_object('number', c.number));
end
$$;

-- What was granted to people who died or moved out ends by itself: from the day after the death, from the day on which they live here no
-- longer. Applications by their machine, certificates of a run with no application as they stand. Returns how many were looked at.
create or replace function exemptions.expire(most integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare c record; a exemptions.application; came text; many integer := 0;
begin
  perform access.require_right('system.run');
  for c in
    select x.id, x.number, x.application_id, x.person_number, greatest(g.gone_from, x.valid_from) as gone_from
      from exemptions.certificate x
      join jsonb_to_recordset(vault.gone_since(array(select distinct y.person_number from exemptions.certificate y
             where y.state = 'issued' and y.valid_until >= access.business_date()))) g(person_number text, gone_from date) on g.person_number = x.person_number
     where x.state = 'issued' and x.valid_until >= access.business_date() and g.gone_from <= x.valid_until
     order by x.id limit most for update of x skip locked loop
    if c.application_id is not null then
      a := exemptions.held(c.application_id, null);
      came := a.state;
      continue when a.state not in ('issued', 'revoking');
      perform exemptions.way_of(a, a.revision, 'expire', 'lapsed', false);
      update exemptions.application x set state = 'lapsed', revision = x.revision + 1, ended_from = c.gone_from, end_reason = 'moved' where x.id = a.id returning * into a;
      perform exemptions.keep_event(a, 'expire', came, null);
    end if;
    update exemptions.certificate x set state = 'ended', ended_from = c.gone_from, end_reason = 'moved' where x.id = c.id;
    perform audit.write('change', 'exemption.expired', array[c.person_number], array['vaccination'], jsonb_build_object('number', c.number));
    many := many + 1;
  end loop;
  return many;
end
$$;

-- Whether somebody is exempt for a vaccine on a day: what a certificate says that holds, under whichever of their numbers. For functions
-- of the database; the program asks the certificates that it sees.
create or replace function exemptions.exempt_on(person_number text, vaccine text, day date) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from exemptions.certificate c
    where c.person_number = any(people.numbers_of(exempt_on.person_number)) and exempt_on.vaccine = any(c.vaccines) and c.state in ('issued', 'ended')
      and exempt_on.day between c.valid_from and c.valid_until and (c.ended_from is null or exempt_on.day < c.ended_from));
end
$$;

-- The same of many at once: those of them who are exempt on the day named with them.
create or replace function exemptions.exempt_among(numbers text[], vaccines text[], days date[]) returns table (person_number text, vaccine text, day date)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  return query with asked as materialized (select distinct n, v, d from unnest(numbers, vaccines, days) y(n, v, d) where n is not null),
  whose as materialized (select distinct n, n as other from asked union select f.asked, f.other from people.linked_numbers(array(select distinct n from asked)) f)
  select distinct a.n, a.v, a.d from asked a join whose w on w.n = a.n
    join exemptions.certificate c on c.person_number = w.other and a.v = any(c.vaccines) and c.state in ('issued', 'ended')
     and a.d between c.valid_from and c.valid_until and (c.ended_from is null or a.d < c.ended_from);
end
$$;

-- For how long what is here is kept (35-keeping.sql).
create or replace view keeping.use_of_exemptions as
select a.person_number, 'vaccination'::text as program, greatest(a.received_on, a.decided_on, least(a.valid_until, access.business_date())) as last_on,
       a.state not in ('issued', 'told', 'lapsed', 'withdrawn') as open from exemptions.application a
union all
select c.person_number, 'vaccination', c.valid_until, c.state = 'issued' and c.valid_until >= access.business_date() from exemptions.certificate c
union all
select p.person_number, 'vaccination', l.as_of, false from exemptions.list_person p join exemptions.list l on l.id = p.list_id;

-- What is held of the person of a 開示請求 (83-subject-requests.sql). One look is recorded.
create or replace function exemptions.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'vaccination') <> 'vaccination' then
    return jsonb_build_object('applications', '[]'::jsonb, 'certificates', '[]'::jsonb, 'lists', '[]'::jsonb);
  end if;
  perform audit.write('look', 'exemption.held', whose, null, jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'applications', (select coalesce(jsonb_agg(jsonb_build_object('number', a.serial, 'receivedOn', a.received_on, 'ground', a.ground, 'vaccines', to_jsonb(a.vaccines),
        'evidence', a.evidence, 'evidenceOn', a.evidence_on, 'state', a.state) order by a.serial), '[]') from exemptions.application a where a.person_number = any(whose)),
    'certificates', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'ground', c.ground, 'vaccines', to_jsonb(c.vaccines), 'from', c.valid_from,
        'until', c.valid_until, 'issuedOn', c.issued_on, 'state', c.state) order by c.issued_on, c.number), '[]') from exemptions.certificate c where c.person_number = any(whose)),
    'lists', (select coalesce(jsonb_agg(jsonb_build_object('ground', l.ground, 'asOf', l.as_of) order by l.as_of), '[]')
        from exemptions.list_person p join exemptions.list l on l.id = p.list_id where p.person_number = any(whose)));
end
$$;

revoke execute on function exemptions.keep_event, exemptions.enter, exemptions.held, exemptions.way_of, exemptions.until_of, exemptions.move, exemptions.take_numbers, exemptions.was_numbered, exemptions.issue,
  exemptions.tell, exemptions.count_print, exemptions.take_list, exemptions.withdraw_list, exemptions.issue_of_run, exemptions.withdraw_run, exemptions.end_certificate,
  exemptions.exempt_on, exemptions.exempt_among, exemptions.expire, exemptions.held_of from public;
grant execute on function exemptions.enter, exemptions.move, exemptions.take_numbers, exemptions.issue, exemptions.tell, exemptions.count_print, exemptions.take_list,
  exemptions.withdraw_list, exemptions.issue_of_run, exemptions.withdraw_run, exemptions.end_certificate, exemptions.expire, exemptions.held_of to madoguchi_app;
revoke execute on function exemptions.exempt_on, exemptions.exempt_among from madoguchi_app;
