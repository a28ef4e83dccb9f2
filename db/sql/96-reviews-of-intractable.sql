-- 審査 of 指定難病: 書類審査, the 指定難病審査会 and 登録者証. 不認定 is proposed and decided only after the panel said that each disease fails
-- (難病法第7条第2項); formal defects go by 却下. Conditions are written `(…) is not true`: null refuses.

insert into review_panels.panel (code, program, kind, waits_in, roles, opinions, reasons, compared, quorum, quorum_key)
values ('intractable-disease', 'intractable-disease', 'intractable-disease/application', 'panel', '{designated-doctor,other}', '{meets,fails,deferred}',
  '{"fails": ["diagnosis", "severity"], "deferred": ["doctor", "papers"]}', true, 'over-half', 'intractable-disease.review-panel')
on conflict (code) do update set program = excluded.program, kind = excluded.kind, waits_in = excluded.waits_in, roles = excluded.roles,
  opinions = excluded.opinions, reasons = excluded.reasons, compared = excluded.compared, quorum = excluded.quorum, quorum_key = excluded.quorum_key;

grant usage on schema intractable_review to madoguchi_app;
call cases.belongs_to_case('intractable_review.record_check', array['any']);
call cases.belongs_to_case('intractable_review.referral', array['any']);
call cases.secure('intractable_review.registration');
revoke all on intractable_review.registration from madoguchi_app;
grant select on intractable_review.registration to madoguchi_app;
drop policy if exists seen on intractable_review.registration;
call cases.secure('intractable_review.registration_notice');
revoke all on intractable_review.registration_notice from madoguchi_app;
grant select on intractable_review.registration_notice to madoguchi_app;
drop policy if exists seen on intractable_review.registration_notice;
create policy seen on intractable_review.registration_notice for select to madoguchi_app
  using (registration_id in (select r.id from intractable_review.registration r));
create policy seen on intractable_review.registration for select to madoguchi_app
  using (office_code in (select o.code from access.scopes('case.read') s join access.office o on coalesce(s.office, o.code) = o.code
                          where coalesce(s.program, 'intractable-disease') = 'intractable-disease'));

create or replace function intractable_review.stamp() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_event(new.case_id, array[tg_argv[0]]) and exists (select from cases.case c
        where c.id = new.case_id and c.kind = 'intractable-disease/application')) is not true then
    raise exception 'not in a step that says so' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  if tg_argv[0] = 'refer' then
    new.again := exists (select from intractable_review.referral r where r.case_id = new.case_id);
    if (new.group_id is null or exists (select from review_panels.panel_group g
          where g.id = new.group_id and g.panel = 'intractable-disease' and g.closed_on is null)) is not true then
      raise exception 'no group of this panel' using errcode = '42501';
    end if;
  end if;
  return new;
end
$$;
create or replace trigger stamp before insert on intractable_review.record_check for each row execute function intractable_review.stamp('checkRecords');
create or replace trigger stamp before insert on intractable_review.referral for each row execute function intractable_review.stamp('refer');

-- What the panel said of each disease of the newest entry, as long as what was handed in of it stays what the panel saw.
create or replace function intractable_review.said_of(of_case uuid)
returns table (disease_number smallint, denied boolean, opinion text, reason text)
language sql stable security definer set search_path = '' as $$
  select r.disease_number, r.denied, a.opinion, a.reason
    from intractable_disease.clinical_record r join approvals.latest_entry(of_case) l on l.revision = r.revision
    left join review_panels.counted(of_case) a on a.matter = r.disease_number::text
      and not exists (select from intractable_disease.clinical_record x
        where x.case_id = of_case and x.disease_number = r.disease_number and x.revision > a.revision
          and (x.doctor_number, x.written_on, x.severe_on) is distinct from (select (y.doctor_number, y.written_on, y.severe_on)
             from intractable_disease.clinical_record y where y.case_id = of_case and y.disease_number = r.disease_number and y.revision <= a.revision
            order by y.revision desc limit 1))
   where r.case_id = of_case
$$;
drop function if exists intractable_disease.panel_answer;
create or replace function intractable_review.answer_of(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select case when bool_and(coalesce(s.opinion = 'fails', false)) then 'fails' when bool_or(s.opinion = 'fails') then 'mixed'
              when bool_or(s.opinion = 'deferred') then 'deferred' when bool_or(s.opinion = 'meets') then 'meets' end
    from intractable_review.said_of(of_case) s where not s.denied
$$;
-- Whether the panel answered since it was asked last, and nothing waits to be compared.
create or replace function intractable_review.is_answered(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  with asked as (select coalesce(max(r.revision), 0) as revision from intractable_review.referral r where r.case_id = of_case)
  select asked.revision > 0 and exists (select from review_panels.counted(of_case, asked.revision))
     and not exists (select from review_panels.answer a where a.case_id = of_case and a.revision >= asked.revision and a.sent_back_by is null and a.compared_by is null)
    from asked
$$;
-- Diseases that are left out of a 支給認定 are so by an answer too.
create or replace function intractable_review.denials_answered(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from intractable_review.said_of(of_case) s where s.denied and s.opinion is distinct from 'fails')
$$;
-- What its answer waits for where it put a disease off since it was asked last: papers of the applicant before the answer of a doctor.
create or replace function intractable_review.deferral_of(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select case when bool_or(a.reason = 'papers') then 'papers' when bool_or(a.reason = 'doctor') then 'doctor' end
    from review_panels.counted(of_case, (select max(r.revision) from intractable_review.referral r where r.case_id = of_case)) a
   where a.opinion = 'deferred'
$$;
-- The same for whoever works on the case.
drop function if exists intractable_review.facts_of(uuid);
create or replace function intractable_review.facts_of(of_case uuid) returns table (answer text, answered boolean, denials_answered boolean, deferral text)
language sql stable security definer set search_path = '' as $$
  select intractable_review.answer_of(c.id), intractable_review.is_answered(c.id), intractable_review.denials_answered(c.id), intractable_review.deferral_of(c.id) from cases.case c
   where c.id = of_case and cases.may(cases.rights() || array['case.read'], c.program, c.office_code)
$$;
create or replace function intractable_disease.holds(of_case uuid, what text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case what
    when 'awaitsHeadOffice' then intractable_disease.awaits_head_office(of_case)
    when 'atHeadOffice' then not intractable_disease.awaits_head_office(of_case)
    when 'panelAgainst' then coalesce(intractable_review.answer_of(of_case) = 'fails', false)
    when 'panelNotAgainst' then coalesce(intractable_review.answer_of(of_case), '') not in ('fails', 'mixed')
    when 'panelAnswered' then intractable_review.is_answered(of_case)
    when 'panelNotDeferred' then intractable_review.deferral_of(of_case) is null
    when 'panelAwaitsPapers' then coalesce(intractable_review.deferral_of(of_case) = 'papers', false)
    when 'panelAwaitsDoctor' then coalesce(intractable_review.deferral_of(of_case) = 'doctor', false)
    when 'denialsAnswered' then intractable_review.denials_answered(of_case)
    when 'clinicalRecordsSound' then exists (
      select from intractable_disease.clinical_record r join approvals.latest_entry(of_case) l on l.revision = r.revision
       where r.case_id = of_case and not r.denied)
    else null end
$$;

-- What belongs to a step stands there when its transaction ends; 不認定 rests on the answer as it is decided too, and 却下 on a formal defect.
create or replace function intractable_review.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from cases.case c where c.id = new.case_id and c.kind = 'intractable-disease/application') then return null; end if;
  if (case
      when new.type = 'refer' then exists (select from intractable_review.referral r where r.case_id = new.case_id and r.revision = new.revision)
      when new.type = 'checkRecords' then exists (select from intractable_review.record_check r where r.case_id = new.case_id and r.revision = new.revision)
      when new.type = 'proposeDismissal' then exists (select from cases.event e where e.case_id = new.case_id and e.revision = new.revision
          and e.detail ->> 'reason' in ('documents', 'residence', 'insurance', 'duplicate', 'record'))
      when new.act = 'approve' then not exists (select from approvals.approval a
            join cases.event e on e.case_id = a.case_id and e.revision = a.prepared_revision and e.type = 'proposeRejection'
           where a.case_id = new.case_id and a.decision = 'approved' and a.seen_revision = new.revision - 1)
        or intractable_review.answer_of(new.case_id) = 'fails'
      else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists intractable_review_is_whole on cases.event;
create constraint trigger intractable_review_is_whole after insert on cases.event deferrable initially deferred
  for each row execute function intractable_review.step_is_whole();

-- 登録者証: on what one rests. Of a recipient the 支給認定 that was granted; of somebody who was refused that the panel found the diagnosis met
-- and the severity alone not; of both only once the application is decided. It is refused where the panel found no diagnosis met.
create or replace function intractable_review.may_register(of_case uuid, in_kind text, with_outcome text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case in_kind
    when 'recipient' then with_outcome = 'granted' and exists (select from entitlements.of_case(of_case) e where e.status = 'granted')
    when 'criteria' then exists (select from approvals.approval a where a.case_id = of_case and a.subject = 'rejection' and a.decision = 'approved')
      and intractable_review.answer_of(of_case) = 'fails'
      and (with_outcome = 'granted') = exists (select from intractable_review.said_of(of_case) s where s.opinion = 'fails' and s.reason = 'severity')
    when 'mild' then of_case is null end
$$;
-- What an application gives, for whoever works on it.
create or replace function intractable_review.registration_basis(of_case uuid) returns table (recipient boolean, criteria boolean, refused boolean)
language sql stable security definer set search_path = '' as $$
  select intractable_review.may_register(c.id, 'recipient', 'granted'), intractable_review.may_register(c.id, 'criteria', 'granted'),
         intractable_review.may_register(c.id, 'criteria', 'refused')
    from cases.case c where c.id = of_case and cases.may(cases.rights() || array['case.read'], c.program, c.office_code)
$$;
-- It is refused for a reason; after an application for what the panel said.
drop function if exists intractable_review.propose_registration(uuid, text, text, text, boolean, date, integer, text, date);
create or replace function intractable_review.propose_registration(of_case uuid, of_person text, in_kind text, with_outcome text, for_refusal text, on_paper boolean, starts date,
  of_disease integer, by_doctor text, diagnosed date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare who text; office text; made uuid;
begin
  if of_case is null then
    who := of_person;
    office := vault.office_of(of_person);
  else
    select c.person_number, c.office_code into who, office from cases.case c where c.id = of_case and c.kind = 'intractable-disease/application';
  end if;
  if (cases.may(array['case.propose'], 'intractable-disease', office) and intractable_review.may_register(of_case, in_kind, with_outcome)
      and (with_outcome = 'refused') = (for_refusal is not null) and (for_refusal is null or in_kind = 'mild' or for_refusal = 'diagnosis')
      and coalesce(starts, access.business_date()) <= access.business_date() and coalesce(diagnosed, access.business_date()) <= access.business_date()
      and (by_doctor is null or exists (select from intractable_disease.designated_doctor d where d.number = by_doctor and diagnosed between d.valid_from and d.valid_to))) is not true then
    raise exception 'not to be proposed so' using errcode = '42501';
  end if;
  insert into intractable_review.registration (person_number, office_code, kind, case_id, disease_number, doctor_number, diagnosed_on, outcome, refusal, paper, valid_from, proposed_by, proposed_on)
  values (who, office, in_kind, of_case, of_disease, by_doctor, diagnosed, with_outcome, for_refusal, on_paper, starts, access.staff_id(), access.business_date()) returning id into made;
  perform audit.write('change', 'registration.proposed', array[who], null, jsonb_build_object('number', made::text));
  return made;
end
$$;
create or replace function intractable_review.decide_registration(of_registration uuid, stands boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare r intractable_review.registration;
begin
  select x.* into r from intractable_review.registration x where x.id = of_registration for update;
  if (cases.may(array['case.approve'], 'intractable-disease', r.office_code) and r.state = 'proposed' and r.proposed_by <> access.staff_id() and stands is not null
      and (not stands or intractable_review.may_register(r.case_id, r.kind, r.outcome))) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update intractable_review.registration set state = case when stands then 'decided' else 'sent-back' end, decided_by = access.staff_id(), decided_on = access.business_date()
   where id = r.id;
  perform audit.write('change', case when stands then 'registration.decided' else 'registration.sent-back' end, array[r.person_number], null, jsonb_build_object('number', r.id::text));
end
$$;
-- What was decided is told by a letter: once, under a number that was given, kept as it was printed.
create or replace function intractable_review.takes_paper(holders text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select cardinality(holders) = 1 and exists (select from intractable_review.registration r
    where r.person_number = holders[1] and r.state = 'decided' and cases.may(array['case.approve', 'certificate.issue'], 'intractable-disease', r.office_code))
$$;
create or replace function intractable_review.tell_registration(of_registration uuid, number text, of_template text, setting integer, said uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r intractable_review.registration; year integer := cases.fiscal_year(access.business_date());
begin
  select x.* into r from intractable_review.registration x where x.id = of_registration for update;
  if (cases.may(array['case.approve', 'certificate.issue'], 'intractable-disease', r.office_code) and r.state = 'decided'
      and not exists (select from intractable_review.registration_notice n where n.registration_id = r.id)
      and cases.was_given('intractable-disease.document', year, substring(number from '第' || cases.year_label(year) || '-(\d{6,9})号$'))
      and printing.was_approved(setting, 'intractable-disease')
      and exists (select from vault.sealed_of(said) d where d.holder = r.person_number and d.program = 'intractable-disease' and d.kind = 'registration-paper'
                     and d.entered_by = access.staff_id())) is not true then
    raise exception 'not to be told so' using errcode = '42501';
  end if;
  insert into intractable_review.registration_notice (registration_id, document_number, template_version, form_setting_id, sealed_id, issued_on, issued_by)
  values (r.id, number, of_template, setting, said, access.business_date(), access.staff_id());
  perform audit.write('print', 'registration.told', array[r.person_number], null, jsonb_build_object('number', r.id::text, 'document', number));
end
$$;

-- What is held of the person of a request about their own data: 書類審査, 審査依頼, answers of the panel that stand, and 登録者証.
create or replace function intractable_review.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true); ours boolean;
begin
  ours := coalesce(oversight.program_of_request(of_request), 'intractable-disease') = 'intractable-disease';
  if ours then
    perform audit.write('look', 'intractable.review-held', whose, null, jsonb_build_object('number', of_request::text));
  end if;
  return jsonb_build_object(
    'checks', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'result', r.result) order by c.number, r.revision), '[]')
        from intractable_review.record_check r join cases.case c on c.id = r.case_id where ours and c.person_number = any(whose)),
    'referrals', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'group', g.title, 'again', r.again) order by c.number, r.revision), '[]')
        from intractable_review.referral r join cases.case c on c.id = r.case_id left join review_panels.panel_group g on g.id = r.group_id
       where ours and c.person_number = any(whose)),
    'answers', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'heldOn', s.held_on, 'receivedOn', c.received_on, 'disease', a.matter::integer,
        'opinion', a.opinion, 'reason', a.reason) order by s.held_on, c.number, a.matter::integer, a.id), '[]')
        from review_panels.answer a join review_panels.session s on s.id = a.session_id join cases.case c on c.id = a.case_id
       where ours and s.panel = 'intractable-disease' and a.sent_back_by is null and c.person_number = any(whose)),
    'registrations', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'outcome', r.outcome, 'refusal', r.refusal, 'state', r.state, 'validFrom', r.valid_from,
        'paper', r.paper, 'disease', r.disease_number, 'doctor', r.doctor_number, 'diagnosedOn', r.diagnosed_on, 'proposedOn', r.proposed_on, 'decidedOn', r.decided_on,
        'notice', n.document_number, 'toldOn', n.issued_on) order by r.proposed_on, r.id), '[]')
        from intractable_review.registration r left join intractable_review.registration_notice n on n.registration_id = r.id
       where ours and r.person_number = any(whose)));
end
$$;

revoke execute on all functions in schema intractable_review from public;
grant usage on schema intractable_review to madoguchi_vault;
grant execute on function intractable_review.takes_paper to madoguchi_vault;
grant execute on function intractable_review.held_of, intractable_review.tell_registration, intractable_review.facts_of, intractable_review.registration_basis, intractable_review.propose_registration, intractable_review.decide_registration to madoguchi_app;
revoke execute on function intractable_disease.holds from public;
grant execute on function intractable_disease.holds to madoguchi_owner;
grant execute on all routines in schema intractable_review to madoguchi_owner;
