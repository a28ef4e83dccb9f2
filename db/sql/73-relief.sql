-- 健康被害救済: claims are cases of the kind `vaccination/relief`. What belongs to a step of one is written in that step and in no
-- other, and the step does not stand without it. Without the Minister's answer nothing is decided, what was answered binds, and the
-- committee decides nothing. Conditions are written `(…) is not true`: null refuses.

grant usage on schema relief to madoguchi_app;
call cases.belongs_to_case('relief.harm', array['open']);
call cases.belongs_to_case('relief.claim', array['open']);
call cases.belongs_to_case('relief.claim_facts', array['enter']);
call cases.belongs_to_case('relief.blackout');
call cases.belongs_to_case('relief.checked_page');
call cases.belongs_to_case('relief.package');
call cases.belongs_to_case('relief.forwarding', array['any']);
call cases.belongs_to_case('relief.answer', array['any']);
call cases.belongs_to_case('relief.answer_benefit', array['any']);
call cases.belongs_to_case('relief.appeal', array['any']);
create or replace function relief.is_claim(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from relief.claim k where k.case_id = of_case)
$$;
-- What the newest entry says.
create or replace function relief.facts_of(of_case uuid) returns relief.claim_facts
language sql stable security definer set search_path = '' as $$
  select f.* from relief.claim_facts f where f.case_id = of_case order by f.revision desc limit 1
$$;

-- Who may claim what of which class (workflows/vaccination/relief/claimants.ts; a test holds both against each other): one benefit,
-- or 医療費 and 医療手当 together, by somebody who is entitled by that kind; of the dead only who died.
create or replace function relief.may_claim(of_class text, benefits text[], relation text, died boolean) returns boolean
language sql immutable set search_path = '' as $$
  select cardinality(benefits) between 1 and 2
    and (cardinality(benefits) = 1 or benefits @> array['medical-cost', 'medical-allowance'])
    and not exists (select from unnest(benefits) b where (case
      when b in ('medical-cost', 'medical-allowance') then relation in ('self', 'guardian', 'representative')
      when b = 'child-care-pension' then relation = 'carer'
      when b = 'disability-pension' then relation in ('self', 'representative')
      when b = 'death-lump-sum' then of_class <> 'B' and died and relation in ('spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling')
      when b in ('survivor-pension', 'survivor-lump-sum') then of_class = 'B' and died and relation in ('spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling')
      when b = 'funeral' then died and relation = 'funeral' end) is not true)
    and not (relation = 'self' and died)
$$;

create or replace function relief.stamp_harm() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['open']) and exists (select from cases.case c
        where c.id = new.case_id and c.kind = 'vaccination/relief' and c.person_number = new.person_number)) is not true then
    raise exception 'not a damage of this case' using errcode = '42501';
  end if;
  new.opened_by := access.staff_id();
  new.opened_at := now();
  return new;
end
$$;
create or replace trigger stamp_harm before insert on relief.harm for each row execute function relief.stamp_harm();

-- A claim is of a damage of the same person; one that follows another is of the same damage.
create or replace function relief.stamp_claim() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (cases.in_step(new.case_id, array['open'])
      and exists (select from cases.case c join relief.harm h on h.id = new.harm_id
        where c.id = new.case_id and c.kind = 'vaccination/relief' and c.person_number = h.person_number)
      and (new.follows is null or exists (select from relief.claim k where k.case_id = new.follows and k.harm_id = new.harm_id))) is not true then
    raise exception 'not a claim of this damage' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_claim before insert on relief.claim for each row execute function relief.stamp_claim();

create or replace function relief.stamp_facts() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- Whoever corrects the shot meanwhile is waited for, or waits and finds it held.
  perform from vaccination.shot s where s.id = new.shot_id for share;
  if (cases.in_step(new.case_id, array['enter']) and relief.is_claim(new.case_id)
      and relief.may_claim(new.class, new.benefits, new.relation, new.died_on is not null)
      and new.claimed_on <= access.business_date()
      and new.claimant_number in (select cases.members_of(new.case_id))
      and (new.shot_id is null or exists (select from vaccination.shot s join cases.case c on c.person_number = s.person_number
            where c.id = new.case_id and s.id = new.shot_id and s.given_on = new.shot_on))) is not true then
    raise exception 'not to be claimed so' using errcode = '42501';
  end if;
  if (new.relation = 'self') <> (new.claimant_number = (select c.person_number from cases.case c where c.id = new.case_id)) then
    raise exception 'the claimant is somebody else' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_facts before insert on relief.claim_facts for each row execute function relief.stamp_facts();

-- The recorded shot of a claim is corrected by two, as long as the claim goes on, and where something was paid of it; where it ended
-- with nothing, refused or withdrawn, no longer.
create or replace function relief.hold_shot_of(of_case uuid) returns void
language plpgsql set search_path = '' as $$
declare of_shot uuid := (relief.facts_of(of_case)).shot_id;
begin
  perform vaccination.release_shot(f.shot_id, 'relief', of_case::text) from relief.claim_facts f where f.case_id = of_case and f.shot_id is not null;
  if of_shot is not null and exists (select from cases.case c where c.id = of_case and c.state not in ('refused', 'withdrawn')) then
    perform vaccination.hold_shot(of_shot, 'relief', of_case::text);
  end if;
end
$$;
create or replace function relief.hold_shot_again() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform relief.hold_shot_of(case tg_argv[0] when 'claim' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'case_id')::uuid end);
  return null;
end
$$;
create or replace trigger hold_shot after insert on relief.claim_facts for each row execute function relief.hold_shot_again('facts');
create or replace trigger relief_holds_shot after update of state on cases.case for each row
  when (new.kind = 'vaccination/relief' and new.state is distinct from old.state) execute function relief.hold_shot_again('claim');
-- Those that were there before.
select relief.hold_shot_of(k.case_id) from relief.claim k;

-- Competent is where the person lived on the day of the shot: this city under one of the codes that it had.
create or replace function relief.is_competent(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from city.profile p where p.code = (relief.facts_of(of_case)).residence_code)
$$;
create or replace function relief.is_by_state(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((relief.facts_of(of_case)).class, 'A') <> 'city'
$$;
create or replace function relief.is_of_pension(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((relief.facts_of(of_case)).benefits && array['child-care-pension', 'disability-pension', 'survivor-pension'], false)
$$;

-- The revision by which one of the steps was made last; 0 where none was.
create or replace function relief.last_step(of_case uuid, types text[]) returns integer
language sql stable security definer set search_path = '' as $$
  select coalesce(max(e.revision), 0) from cases.event e where e.case_id = of_case and e.type = any(types)
$$;

-- The answer that counts: the newest, of what was forwarded last.
create or replace function relief.answer_of(of_case uuid) returns relief.answer
language sql stable security definer set search_path = '' as $$
  select a.* from relief.answer a where a.case_id = of_case and a.revision > relief.last_step(of_case, array['forward'])
    and relief.last_step(of_case, array['forward']) > 0
   order by a.revision desc limit 1
$$;
-- Who recorded it: somebody else decides what comes of it.
create or replace function relief.answered_by(of_case uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select e.staff_id from cases.event e where e.case_id = of_case and e.revision = (relief.answer_of(of_case)).revision
$$;
-- What was recognised of it, benefit by benefit; no row where nothing was.
create or replace function relief.recognised_of(of_case uuid) returns setof relief.answer_benefit
language sql stable security definer set search_path = '' as $$
  select b.* from relief.answer a join relief.answer_benefit b using (case_id, revision)
   where a.case_id = of_case and a.revision = (relief.answer_of(of_case)).revision and a.outcome = 'recognised' and b.recognised
$$;
create or replace function relief.was_answered(of_case uuid, outcomes text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((relief.answer_of(of_case)).outcome = any(outcomes), false)
$$;

-- What the amounts rest on.
create or replace function relief.basis_of(of_case uuid)
returns table (class text, claimant text, shot_on date, died_on date, benefits text[], recognised text[], received_on date)
language sql stable security definer set search_path = '' as $$
  select f.class, f.claimant_number, f.shot_on, f.died_on, f.benefits,
         case when f.class = 'city' then f.benefits
              when relief.was_answered(of_case, array['recognised']) then array(select r.benefit from relief.recognised_of(of_case) r order by 1)
              when relief.was_answered(of_case, array['denied']) then array[]::text[] end,
         f.claimed_on
    from relief.facts_of(of_case) f where f.case_id is not null
$$;

-- 調査委員会: a panel (96-review-panels.sql). It advises on a claim as a whole; a quorum is half of its members.
drop function if exists relief.appoint, relief.end_term, relief.plan_session, relief.cancel_session, relief.add_to_agenda, relief.invite,
  relief.hold_session, relief.report, relief.opinion_of, relief.require_examiner;
insert into review_panels.panel (code, program, kind, waits_in, roles, opinions, reasons, compared, quorum, quorum_key)
values ('relief-committee', 'vaccination', 'vaccination/relief', 'committee',
  '{medical-association,health-centre,prefecture-doctor,specialist,deputy-mayor,other}', '{related,unrelated,undetermined}', '{}', false, 'half', null)
on conflict (code) do update set program = excluded.program, kind = excluded.kind, waits_in = excluded.waits_in, roles = excluded.roles,
  opinions = excluded.opinions, reasons = excluded.reasons, compared = excluded.compared, quorum = excluded.quorum, quorum_key = excluded.quorum_key;
-- Whether somebody who examines the case sees to it while it waits in a state.
create or replace function relief.examines_in(of_case uuid, states text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.case c where c.id = of_case and c.kind = 'vaccination/relief' and c.state = any(states)
    and cases.may(array['case.examine'], c.program, c.office_code))
$$;
create or replace function relief.has_reported(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from review_panels.answer r
      where r.case_id = of_case and r.sent_back_by is null and r.revision >= relief.last_step(of_case, array['toCommittee']))
    and relief.last_step(of_case, array['toCommittee']) > 0
$$;

-- 進達: what is blacked out, page by page, until the copy is made. A page that is marked anew is to be looked through again.
create or replace function relief.scan_of(of_case uuid, of_scan uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from intake.attachment a where a.id = of_scan and a.case_id = of_case and a.withdrawn_at is null)
$$;
create or replace function relief.black_out(of_case uuid, of_scan uuid, of_page integer, from_left integer, from_top integer, wide integer, high integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  if (relief.examines_in(of_case, array['forwarding']) and relief.scan_of(of_case, of_scan)) is not true then
    raise exception 'not to be blacked out' using errcode = '42501';
  end if;
  insert into relief.blackout (case_id, attachment_id, page, left_at, top_at, width, height, marked_by, marked_at)
  values (of_case, of_scan, of_page, from_left, from_top, wide, high, access.staff_id(), now()) returning id into made;
  delete from relief.checked_page p where p.case_id = of_case and p.attachment_id = of_scan and p.page = of_page;
  return made;
end
$$;
create or replace function relief.take_back_blackout(of_blackout integer) returns void
language plpgsql security definer set search_path = '' as $$
declare b relief.blackout;
begin
  update relief.blackout x set taken_back_by = access.staff_id(), taken_back_at = now()
   where x.id = of_blackout and x.taken_back_at is null and relief.examines_in(x.case_id, array['forwarding']) returning x.* into b;
  if not found then raise exception 'no such mark' using errcode = '42501'; end if;
  delete from relief.checked_page p where p.case_id = b.case_id and p.attachment_id = b.attachment_id and p.page = b.page;
end
$$;
create or replace function relief.check_page(of_case uuid, of_scan uuid, of_page integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if (relief.examines_in(of_case, array['forwarding']) and relief.scan_of(of_case, of_scan) and of_page between 1 and 500) is not true then
    raise exception 'not to be looked through' using errcode = '42501';
  end if;
  insert into relief.checked_page (case_id, attachment_id, page, checked_by, checked_at) values (of_case, of_scan, of_page, access.staff_id(), now())
  on conflict (case_id, attachment_id, page) do update set checked_by = excluded.checked_by, checked_at = excluded.checked_at;
end
$$;
-- The copy: of every scan of the case, each page of which was looked through. `counts`: pages of each scan.
create or replace function relief.keep_package(of_case uuid, scans uuid[], counts integer[], sealed uuid, digest text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if (relief.examines_in(of_case, array['forwarding']) and cardinality(scans) = cardinality(counts) and cardinality(scans) > 0
      and cases.sealed(sealed, of_case, 'relief-package') and digest ~ '^[0-9a-f]{64}$'
      and (select array_agg(a.id order by a.id) from intake.attachment a where a.case_id = of_case and a.withdrawn_at is null)
        = (select array_agg(x order by x) from unnest(scans) x)
      and not exists (select from unnest(scans, counts) x(scan, n) where n not between 1 and 500)
      and not exists (select from unnest(scans, counts) x(scan, n), generate_series(1, n) at
            where not exists (select from relief.checked_page p where p.case_id = of_case and p.attachment_id = scan and p.page = at))) is not true then
    raise exception 'not every page was looked through' using errcode = '42501';
  end if;
  insert into relief.package (case_id, sealed_id, sha256, pages, blackouts, scans, counts, revision, made_by, made_at)
  select of_case, sealed, digest, (select sum(n) from unnest(counts) n),
         (select count(*) from relief.blackout b where b.case_id = of_case and b.taken_back_at is null), keep_package.scans, keep_package.counts, c.revision, access.staff_id(), now()
    from cases.case c where c.id = of_case returning id into made;
  perform audit.write('change', 'relief.package-made', array(select cases.members_of(of_case)), null, jsonb_build_object('number', made::text));
  return made;
end
$$;
-- The newest copy that still holds: nothing was added, taken back or marked since, and it was made since the case came to be forwarded.
create or replace function relief.package_of(of_case uuid) returns relief.package
language sql stable security definer set search_path = '' as $$
  select p.* from relief.package p
   where p.case_id = of_case and p.revision >= relief.last_step(of_case, array['takeReport', 'supplement', 'upholdAppeal'])
     and not exists (select from intake.attachment a where a.case_id = of_case and greatest(a.added_at, a.withdrawn_at) >= p.made_at)
     and not exists (select from relief.blackout b where b.case_id = of_case and greatest(b.marked_at, b.taken_back_at) >= p.made_at)
   order by p.made_at desc limit 1
$$;

-- What a step says beside its event: only in that step.
create or replace function relief.in_event(of_case uuid, types text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select cases.in_event(of_case, types) and exists (select from cases.case c where c.id = of_case and c.kind = 'vaccination/relief')
$$;
create or replace function relief.stamp_forwarding() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (relief.in_event(new.case_id, array['forward']) and new.forwarded_on <= access.business_date()
      and new.package_id = (relief.package_of(new.case_id)).id) is not true then
    raise exception 'not to be forwarded so' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_forwarding before insert on relief.forwarding for each row execute function relief.stamp_forwarding();
create or replace function relief.stamp_answer() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (relief.in_event(new.case_id, array[case new.outcome when 'recognised' then 'recognise' when 'denied' then 'deny' else 'defer' end])
      and new.arrived_on <= access.business_date()
      and new.answered_on >= (select max(f.forwarded_on) from relief.forwarding f where f.case_id = new.case_id)) is not true then
    raise exception 'not answered so' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_answer before insert on relief.answer for each row execute function relief.stamp_answer();
create or replace function relief.stamp_answer_benefit() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (relief.in_event(new.case_id, array['recognise', 'deny', 'defer']) and new.benefit = any((relief.facts_of(new.case_id)).benefits)) is not true then
    raise exception 'not a benefit that was claimed' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_answer_benefit before insert on relief.answer_benefit for each row execute function relief.stamp_answer_benefit();
create or replace function relief.stamp_appeal() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (relief.in_event(new.case_id, array[case new.outcome when 'filed' then 'recordAppeal' when 'upheld' then 'upholdAppeal' else 'dismissAppeal' end])
      and new.on_day <= access.business_date()) is not true then
    raise exception 'not to be recorded so' using errcode = '42501';
  end if;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  return new;
end
$$;
create or replace trigger stamp_appeal before insert on relief.appeal for each row execute function relief.stamp_appeal();

-- Where the case stood when an appeal was made last.
create or replace function relief.appealed_from(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select e.from_state from cases.event e where e.case_id = of_case and e.type = 'recordAppeal' order by e.revision desc limit 1
$$;
create or replace function relief.is_paid_out(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from payments.payable p where p.case_id = of_case)
     and not exists (select from payments.payable p where p.case_id = of_case and p.state not in ('paid', 'set-off', 'withdrawn'))
$$;

-- Whether a decision may be proposed, and made: of the state's schemes only as the Minister answered.
create or replace function relief.may_grant(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not relief.is_by_state(of_case) or exists (select from relief.recognised_of(of_case))
$$;
create or replace function relief.may_refuse(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not relief.is_by_state(of_case) or relief.was_answered(of_case, array['denied', 'recognised'])
$$;
create or replace function relief.proposal_stated(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from approvals.approval a where a.case_id = of_case and a.prepared_revision = by_revision
    and case a.subject when 'payment' then relief.may_grant(of_case) when 'refusal' then relief.may_refuse(of_case) else false end)
$$;
create or replace function relief.carried_out(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from approvals.approval a where a.case_id = of_case and a.decision = 'approved' and a.seen_revision = by_revision - 1
    and case a.subject when 'payment' then relief.may_grant(of_case) when 'refusal' then relief.may_refuse(of_case) else false end)
    -- What is paid comes of the benefits that were decided (74-relief-benefits.sql), and of nothing beside them.
    and not exists (select from payments.payable p where p.case_id = of_case and p.source_kind not in ('relief', 'relief-pension'))
$$;

-- The checks of the machine; null for one that is none of its own.
create or replace function relief.holds(of_case uuid, one text) returns boolean
language sql stable security definer set search_path = '' as $$
  select case one
    when 'competent' then relief.is_competent(of_case)
    when 'committeeReported' then relief.has_reported(of_case)
    when 'packaged' then (relief.package_of(of_case)).id is not null
    when 'byState' then relief.is_by_state(of_case)
    when 'byCity' then not relief.is_by_state(of_case)
    when 'mayGrant' then relief.may_grant(of_case)
    when 'mayRefuse' then relief.may_refuse(of_case)
    when 'answerRecognised' then relief.is_by_state(of_case) and relief.was_answered(of_case, array['recognised'])
    when 'answerDenied' then relief.is_by_state(of_case) and relief.was_answered(of_case, array['denied'])
    when 'notAnswerRecorder' then relief.answered_by(of_case) is distinct from access.staff_id()
    when 'ofPension' then relief.is_of_pension(of_case)
    when 'lumpSum' then not relief.is_of_pension(of_case)
    when 'paidOut' then relief.is_paid_out(of_case)
    when 'appealedRefusal' then relief.appealed_from(of_case) is not distinct from 'refused'
    when 'appealedGrant' then relief.appealed_from(of_case) is not distinct from 'granted'
    when 'appealedPaid' then relief.appealed_from(of_case) is not distinct from 'paid'
    when 'appealedPension' then relief.appealed_from(of_case) is not distinct from 'pension'
    end
$$;

-- A step of a claim is whole: what it says of the prefecture, the Minister and the governor stands there when its transaction ends.
create or replace function relief.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not relief.is_claim(new.case_id) then return null; end if;
  if (case
      when new.type = 'forward' then exists (select from relief.forwarding f where f.case_id = new.case_id and f.revision = new.revision)
      when new.type in ('recognise', 'deny', 'defer') then exists (select from relief.answer a
          where a.case_id = new.case_id and a.revision = new.revision
            and (a.outcome = 'recognised') = exists (select from relief.answer_benefit b where b.case_id = a.case_id and b.revision = a.revision and b.recognised)
            and (a.outcome <> 'recognised' or (select array_agg(b.benefit order by b.benefit) from relief.answer_benefit b where b.case_id = a.case_id and b.revision = a.revision)
              = (select array_agg(x order by x) from unnest((relief.facts_of(new.case_id)).benefits) x)))
      when new.type in ('recordAppeal', 'upholdAppeal', 'dismissAppeal') then
        exists (select from relief.appeal a where a.case_id = new.case_id and a.revision = new.revision)
      else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists relief_step_is_whole on cases.event;
create constraint trigger relief_step_is_whole after insert on cases.event deferrable initially deferred
  for each row execute function relief.step_is_whole();

-- For 開示請求: what is held of claims about the person of a request; what was entered beside codes and days is sealed and opened there.
create or replace function relief.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'vaccination') <> 'vaccination' then return '[]'; end if;
  perform audit.write('look', 'relief.held', whose, null, jsonb_build_object('number', of_request::text));
  return (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'class', f.class, 'vaccine', f.vaccine, 'shotOn', f.shot_on, 'diedOn', f.died_on,
      'claimedOn', f.claimed_on, 'benefits', f.benefits,
      'opinions', (select coalesce(jsonb_agg(jsonb_build_object('on', s.held_on, 'opinion', r.opinion) order by r.revision), '[]')
         from review_panels.answer r join review_panels.session s on s.id = r.session_id where r.case_id = c.id),
      'answers', (select coalesce(jsonb_agg(jsonb_build_object('on', a.answered_on, 'reference', a.reference, 'outcome', a.outcome) order by a.revision), '[]')
         from relief.answer a where a.case_id = c.id),
      'visits', (select coalesce(jsonb_agg(jsonb_build_object('month', v.month, 'way', v.way, 'days', cardinality(v.days), 'paid', v.paid) order by v.number), '[]')
         from relief_benefits.visit v where v.case_id = c.id and v.revision = (select max(e.revision) from relief_benefits.entry e where e.case_id = c.id)),
      'claimed', (select coalesce(jsonb_agg(jsonb_build_object('benefit', b.benefit, 'month', b.month, 'refusal', b.refusal) order by b.number), '[]')
         from relief_benefits.claimed b where b.case_id = c.id and b.revision = (select max(e.revision) from relief_benefits.entry e where e.case_id = c.id)),
      'awards', (select coalesce(jsonb_agg(jsonb_build_object('benefit', w.benefit, 'month', w.month, 'amount', w.amount, 'on', w.decided_on) order by w.decided_on, w.number), '[]')
         from relief_benefits.award w where w.case_id = c.id),
      'pensions', (select coalesce(jsonb_agg(jsonb_build_object('serial', n.serial, 'benefit', n.benefit, 'from', n.from_month, 'last', n.last_month) order by n.serial), '[]')
         from relief_benefits.pension n where n.case_id = c.id)) order by c.received_on, c.number), '[]')
    from cases.case c cross join lateral relief.facts_of(c.id) f
   where c.person_number = any(whose) and c.kind = 'vaccination/relief' and f.case_id is not null);
end
$$;

revoke execute on all functions in schema relief from public;
grant execute on function relief.black_out, relief.take_back_blackout, relief.check_page, relief.keep_package,
  relief.held_of to madoguchi_app;
grant execute on all routines in schema relief to madoguchi_owner;
