-- 受給資格: granted by a decision of a second person, changed by reports that were confirmed or decided, each change kept
-- as a movement. The program's role changes no row itself.

grant usage on schema entitlements to madoguchi_app;

call cases.belongs_to_case('entitlements.entitlement');
call cases.belongs_to_case('entitlements.movement');
call cases.belongs_to_case('entitlements.change');
call cases.belongs_to_case('entitlements.change_entitlement');
call cases.belongs_to_case('entitlements.record');

-- What a proposal would grant, prolong or correct: said by the step that proposes it, of persons of the case. A report of
-- change prolongs and corrects what it concerns.
call cases.belongs_to_case('entitlements.proposed_period', array['propose']);
create or replace function entitlements.stamp_proposed_period() returns trigger
language plpgsql security definer set search_path = '' as $$
declare about text; h entitlements.change;
begin
  select a.id, a.subject into new.approval_id, about from approvals.approval a join cases.case c on c.id = a.case_id and c.revision = a.prepared_revision
   where a.case_id = new.case_id and a.decision is null;
  select x.* into h from entitlements.change x where x.case_id = new.case_id;
  if (cases.in_step(new.case_id, array['propose']) and new.person_number in (select cases.members_of(new.case_id))
      and case when new.entitlement_id is null then about = 'grant' and coalesce(h.movement, case when h.case_id is null then 'granted' end) = 'granted'
          else (about, h.movement) in (('grant', 'granted'), ('change', 'corrected')) and exists (
            select from entitlements.change_entitlement y join entitlements.entitlement e on e.id = y.entitlement_id
             where y.case_id = new.case_id and e.id = new.entitlement_id and e.person_number = new.person_number and e.kind = new.kind) end) is not true then
    raise exception 'not a period of this proposal' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger stamp_proposed_period before insert on entitlements.proposed_period
  for each row execute function entitlements.stamp_proposed_period();

-- Whether a proposal, made by the step with this revision, says the periods that it is about.
create or replace function entitlements.periods_stated(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case
      when a.subject = 'grant' then exists (select from entitlements.proposed_period p where p.approval_id = a.id and p.entitlement_id is null)
      when a.subject = 'change' and h.movement = 'corrected' then not exists (
        select from entitlements.change_entitlement y where y.case_id = of_case and not exists (
          select from entitlements.proposed_period p where p.approval_id = a.id and p.entitlement_id = y.entitlement_id))
      else true end
    from approvals.approval a left join entitlements.change h on h.case_id = a.case_id
   where a.case_id = of_case and a.prepared_revision = by_revision
$$;

-- Whether a period is one that was proposed and that this step approved: of a new entitlement where none is named.
create or replace function entitlements.is_proposed(
  of_case uuid, of_entitlement uuid, of_person text, of_kind text, from_day date, to_day date, why text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from approvals.approval a join cases.case c on c.id = a.case_id
     where a.case_id = of_case and a.decision = 'approved' and a.seen_revision = c.revision - 1
       and (not a.states_periods or exists (select from entitlements.proposed_period p
             where p.approval_id = a.id and p.entitlement_id is not distinct from of_entitlement and p.person_number = of_person
               and p.kind = of_kind and p.valid_from = from_day and p.valid_to = to_day and p.reason = coalesce(why, p.reason))))
$$;

-- Periods of one person's entitlements of a kind never overlap. One that was revoked never held.
alter table entitlements.entitlement drop constraint if exists entitlement_no_overlap;
alter table entitlements.entitlement add constraint entitlement_no_overlap
  exclude using gist (program with =, kind with =, person_number with =, daterange(valid_from, valid_to, '[]') with &&) where (status <> 'revoked');

-- A person's numbers in a 事務 never hold at once.
alter table entitlements.recipient drop constraint if exists recipient_no_overlap;
alter table entitlements.recipient add constraint recipient_no_overlap
  exclude using gist (program with =, person_number with =, daterange(valid_from, valid_to, '[]') with &&);

call cases.secure('entitlements.recipient');
revoke all on entitlements.recipient from madoguchi_app;
grant select on entitlements.recipient to madoguchi_app;
drop policy if exists of_the_program on entitlements.recipient;
-- A number is the person's own in all offices (ADR 18); it is seen with a case of the 事務 to which the person belongs.
drop policy if exists with_a_case on entitlements.recipient;
create policy with_a_case on entitlements.recipient for select to madoguchi_app
  using (exists (select from cases.member m join cases.case c on c.id = m.case_id
                  where m.person_number = recipient.person_number and c.program = recipient.program));

call cases.secure('entitlements.certificate');
revoke all on entitlements.certificate from madoguchi_app;
grant select on entitlements.certificate to madoguchi_app;
drop policy if exists with_its_entitlement on entitlements.certificate;
create policy with_its_entitlement on entitlements.certificate for select to madoguchi_app
  using (exists (select from entitlements.entitlement e where e.id = entitlement_id));

-- The days of 停止 of one entitlement never overlap.
alter table entitlements.suspension drop constraint if exists suspension_no_overlap;
alter table entitlements.suspension add constraint suspension_no_overlap
  exclude using gist (entitlement_id with =, daterange(from_on, to_on, '[]') with &&);
call cases.secure('entitlements.suspension');
revoke all on entitlements.suspension from madoguchi_app;
grant select on entitlements.suspension to madoguchi_app;
drop policy if exists with_its_entitlement on entitlements.suspension;
create policy with_its_entitlement on entitlements.suspension for select to madoguchi_app
  using (exists (select from entitlements.entitlement e where e.id = entitlement_id));

call cases.secure('entitlements.certificate_return');
revoke all on entitlements.certificate_return from madoguchi_app;
grant select on entitlements.certificate_return to madoguchi_app;
drop policy if exists seen on entitlements.certificate_return;
create policy seen on entitlements.certificate_return for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = certificate_return.program) and (s.office is null or s.office = certificate_return.office_code)));

-- Data of a household are seen with the application that granted, not only with the case that brought them.
drop policy if exists with_its_case on entitlements.record;
create policy with_its_case on entitlements.record for select to madoguchi_app
  using (exists (select from cases.case c where c.id = record.granting_case_id));

-- Facts of a case for its checks.
create or replace function entitlements.of_case(of_case uuid) returns setof entitlements.entitlement
language sql stable security definer set search_path = '' as $$
  select e.* from entitlements.entitlement e where e.case_id = of_case
  union
  select e.* from entitlements.change_entitlement x join entitlements.entitlement e on e.id = x.entitlement_id where x.case_id = of_case
$$;
create or replace function entitlements.entitled(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from entitlements.of_case(of_case) e where e.status in ('granted', 'suspended'))
$$;
create or replace function entitlements.has_certificate(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from entitlements.of_case(of_case) e join entitlements.certificate z on z.entitlement_id = e.id)
$$;
create or replace function entitlements.has_valid_certificate(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from entitlements.of_case(of_case) e join entitlements.certificate z on z.entitlement_id = e.id where z.ended_on is null)
$$;
create or replace function entitlements.found_by_office(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from entitlements.change h where h.case_id = of_case and h.origin = 'register')
$$;
-- What a report does to the entitlements that it is about; `none` where it changes data alone, null of what is no report.
create or replace function entitlements.change_outcome(of_case uuid) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce(h.movement, 'none') from entitlements.change h where h.case_id = of_case
$$;
create or replace function entitlements.change_needs_decision(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((select h.needs_decision from entitlements.change h where h.case_id = of_case), false)
$$;

-- What is in the way of a new application for a person: one of the kind under way, and an entitlement that still holds on the
-- day. That there is one is told to whoever receives applications of the 事務; which one, only to those who see its case.
create or replace function entitlements.in_the_way(of_kind text, of_person text, received date, own_key text)
returns table (what text, case_id uuid, number text, office_code text)
language sql stable security definer set search_path = '' as $$
  select x.what, case when cases.may(array['case.read'], x.program, x.office_code) then x.id end,
         case when cases.may(array['case.read'], x.program, x.office_code) then x.number end, x.office_code
    from (select 'under-way' as what, c.id, c.number, c.program, c.office_code
            from cases.case c
            join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
           where c.kind = of_kind and s.open and (c.opened_by, c.opening_key) is distinct from (access.staff_id(), own_key)
             and exists (select from cases.member m where m.case_id = c.id and m.person_number = any(people.numbers_of(of_person)) and m.to_revision is null
                            and m.role in ('subject', 'applicant', 'beneficiary'))
          union all
          select distinct on (c.id) 'entitled', c.id, c.number, c.program, c.office_code
            from entitlements.entitlement e join cases.case c on c.id = e.case_id
            join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
           where e.program = split_part(of_kind, '/', 1) and e.person_number = any(people.numbers_of(of_person)) and e.status in ('granted', 'suspended')
             and e.valid_to >= received and not s.open) x
   where access.has_right('case.enter', split_part(of_kind, '/', 1)) or access.has_right('system.run')
   order by x.what desc
$$;

-- Gives a person a number in a 事務; the one before ends on the day before.
create or replace function entitlements.give_number(of_case uuid, of_person text, new_number text, from_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare in_program text;
begin
  select c.program into in_program from cases.case c where c.id = of_case;
  if (cases.decided_in_step(of_case, array['grant']) and of_person in (select cases.members_of(of_case))
      and new_number ~ '^\d{7,9}$' and cases.was_given(in_program || '.recipient', 0, left(new_number, -1))
      and exists (select from approvals.approval a where a.case_id = of_case and a.decided_at = now() and (not a.states_periods or exists (
            select from entitlements.proposed_period p where p.approval_id = a.id and p.entitlement_id is null
               and p.person_number = of_person and p.valid_from = from_day)))) is not true then
    raise exception 'a number without a decision' using errcode = '42501';
  end if;
  update entitlements.recipient set valid_to = from_day - 1 where program = in_program and person_number = of_person and valid_to is null;
  insert into entitlements.recipient (program, recipient_number, person_number, valid_from) values (in_program, new_number, of_person, from_day);
end
$$;

-- Nobody is entitled without the decision of a second person, made in this transaction on a case to which that very
-- person belongs, for the period that the first person proposed. A report of change by which somebody joins a household grants under the household's application.
create or replace function entitlements.grant_to(of_case uuid, of_person text, of_kind text, from_day date, to_day date, why text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare c cases.case; h entitlements.change; made uuid; number text;
begin
  select x.* into h from entitlements.change x where x.case_id = of_case;
  if (cases.decided_in_step(of_case, array['grant']) and of_person in (select cases.members_of(of_case))
      and coalesce(h.movement, case when h.case_id is null then 'granted' end) = 'granted'
      and entitlements.is_proposed(of_case, null, of_person, of_kind, from_day, to_day, why)) is not true then
    raise exception 'an entitlement without a decision' using errcode = '42501';
  end if;
  select x.* into c from cases.case x where x.id = of_case;
  select r.recipient_number into number from entitlements.recipient r
   where r.program = c.program and r.person_number = of_person and r.valid_to is null;
  if number is null then raise exception 'a recipient without a number' using errcode = '42501'; end if;
  insert into entitlements.entitlement (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
  values (c.program, of_kind, of_person, coalesce(h.granting_case_id, of_case), number, c.office_code, from_day, to_day, to_day, access.business_date())
  returning id into made;
  insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
  values (made, of_case, 'acquired', from_day, c.received_on, why, from_day, to_day, 'granted', access.staff_id());
  if h.case_id is not null then
    insert into entitlements.change_entitlement (case_id, entitlement_id) values (of_case, made);
  end if;
  return made;
end
$$;

-- The days that count: the period without the days of 停止; none of what was 取消.
create or replace function entitlements.coverage(of_entitlement uuid) returns datemultirange
language sql stable security definer set search_path = '' as $$
  select case when e.status = 'revoked' then '{}'::datemultirange
              else datemultirange(daterange(e.valid_from, e.valid_to, '[]'))
                 - coalesce((select range_agg(daterange(s.from_on, s.to_on, '[]')) from entitlements.suspension s where s.entitlement_id = e.id), '{}') end
    from entitlements.entitlement e where e.id = of_entitlement
$$;

-- Certificates that are to come back (回収), each once.
create or replace function entitlements.ask_back(of_certificates uuid[], why text) returns void
language sql set search_path = '' as $$
  insert into entitlements.certificate_return (certificate_id, program, office_code, person_number, cause, since_on)
  select z.id, e.program, e.office_code, e.person_number, why, access.business_date()
    from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id where z.id = any(of_certificates)
  on conflict (certificate_id) do nothing
$$;

-- What came of them, where the step that makes them invalid says so by itself: in hand, or lost by who held them.
create or replace function entitlements.note_return(of_certificates uuid[], why text, how text) returns void
language sql set search_path = '' as $$
  insert into entitlements.certificate_return (certificate_id, program, office_code, person_number, cause, since_on, state, settled_by, settled_on, settled_at)
  select z.id, e.program, e.office_code, e.person_number, why, access.business_date(), how, access.staff_id(), access.business_date(), cases.moment()
    from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id where z.id = any(of_certificates)
  on conflict (certificate_id) do nothing
$$;

-- 喪失, 停止, 再開, 訂正 of an entitlement as a report of change that concerns it says, or 職権取消 of what the case granted,
-- in the step that decides on it. The period is for a 訂正, as it was proposed; by a report that somebody joins, the others'
-- may only last longer. What began on or after the day of a 喪失 of the whole household never held: it is 取消, for the
-- reason of the 喪失. A 訂正 of what is lost leaves it lost until its new last day, unless that is the one that was granted
-- or later: then the 喪失 never was. What was issued and paid on the old basis is followed up (71-retroactive.sql).
create or replace function entitlements.move(of_entitlement uuid, by_case uuid, from_day date, to_day date)
returns void language plpgsql security definer set search_path = '' as $$
declare e entitlements.entitlement; h entitlements.change; does text; why text; next text; occurs date; before datemultirange; ended uuid[];
begin
  select x.* into e from entitlements.entitlement x where x.id = of_entitlement for update;
  select x.* into h from entitlements.change x where x.case_id = by_case;
  before := entitlements.coverage(e.id);
  does := case when h.case_id is null then 'revoked' when h.movement = 'granted' then 'corrected' else h.movement end;
  if (case when h.case_id is null then e.case_id = by_case and cases.decided_in_step(by_case, array['revocation'])
          else cases.decided_in_step(by_case, array[case h.movement when 'lost' then 'loss' when 'granted' then 'grant' else 'change' end])
               and (h.movement <> 'granted' or from_day = e.valid_from and to_day > e.valid_to and e.status = 'granted')
               and exists (select from entitlements.change_entitlement y where y.case_id = by_case and y.entitlement_id = e.id)
               and (does <> 'corrected' or entitlements.is_proposed(by_case, e.id, e.person_number, e.kind, from_day, to_day, null)) end) is not true then
    raise exception 'a movement without a decision' using errcode = '42501';
  end if;
  if does = 'lost' and h.occurs_on <= e.valid_from and exists (
       select from entitlements.change_entitlement y join entitlements.entitlement o on o.id = y.entitlement_id
        where y.case_id = by_case and o.valid_from < h.occurs_on) then
    does := 'revoked';
  end if;
  next := case
    when does = 'lost' and h.occurs_on > e.valid_from and e.status in ('granted', 'suspended') then 'lost'
    when does = 'suspended' and e.status = 'granted' and h.occurs_on between e.valid_from and e.valid_to
     and not exists (select from entitlements.suspension s where s.entitlement_id = e.id and s.to_on >= h.occurs_on) then 'suspended'
    when does = 'resumed' and e.status = 'suspended' and h.occurs_on <= e.valid_to
     and not exists (select from entitlements.suspension s where s.entitlement_id = e.id and s.to_on is null and s.from_on > h.occurs_on) then 'granted'
    when does = 'corrected' and e.status in ('granted', 'suspended') then e.status
    when does = 'corrected' and e.status = 'lost' then case when to_day = e.valid_to or to_day < e.granted_to then 'lost'
      when exists (select from entitlements.suspension s where s.entitlement_id = e.id and s.to_on is null) then 'suspended' else 'granted' end
    when does = 'revoked' and e.status in ('granted', 'suspended') then 'revoked' end;
  if next is null then raise exception 'no % of what is %', does, e.status using errcode = 'MD018'; end if;
  occurs := coalesce(h.occurs_on, e.valid_from);
  why := coalesce(h.reason, h.subject, does);
  update entitlements.entitlement set status = next,
         valid_from = case when does = 'corrected' then from_day else e.valid_from end,
         valid_to = case does when 'lost' then least(e.valid_to, occurs - 1) when 'corrected' then to_day else e.valid_to end,
         granted_to = case when does = 'corrected' then greatest(e.granted_to, to_day) else e.granted_to end,
         lost_on = case when does = 'corrected' and next = 'lost' then to_day + 1 when next in ('lost', 'revoked') then occurs end,
         loss_reason = case when does = 'corrected' and next = 'lost' then e.loss_reason when next in ('lost', 'revoked') then why end
   where id = e.id;
  if does = 'suspended' then
    insert into entitlements.suspension (entitlement_id, from_on, reason, case_id) values (e.id, occurs, why, by_case);
  elsif does = 'resumed' then
    delete from entitlements.suspension s where s.entitlement_id = e.id and s.to_on is null and s.from_on = occurs;
    update entitlements.suspension s set to_on = occurs - 1, resumed_by = by_case where s.entitlement_id = e.id and s.to_on is null;
  elsif does = 'corrected' and from_day < e.valid_from then
    -- The number holds as long as what it was given for.
    update entitlements.recipient r set valid_from = from_day
     where r.program = e.program and r.recipient_number = e.recipient_number and r.person_number = e.person_number and r.valid_from > from_day
       and not exists (select from entitlements.recipient o where o.program = r.program and o.person_number = r.person_number
                          and o.recipient_number <> r.recipient_number and coalesce(o.valid_to, 'infinity') >= from_day and o.valid_from < r.valid_from);
  end if;
  insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
  select e.id, by_case, does, occurs, coalesce(h.reported_on, access.business_date()), why, x.valid_from, x.valid_to, x.status, access.staff_id()
    from entitlements.entitlement x where x.id = e.id;
  if next in ('lost', 'revoked', 'suspended') and does <> 'corrected' then
    with gone as (update entitlements.certificate set ended_on = access.business_date(),
                         ending = case next when 'lost' then 'lost-entitlement' else next end
                   where entitlement_id = e.id and ended_on is null returning id)
    select array_agg(g.id) into ended from gone g;
    perform entitlements.ask_back(ended, next);
  elsif does = 'resumed' then
    -- A certificate that did not come back is valid again with the days that it says.
    with held as (update entitlements.certificate_return r set state = 'kept', revision = r.revision + 1, settled_by = access.staff_id(),
                         settled_on = access.business_date(), settled_at = cases.moment()
                    from entitlements.certificate z
                   where z.id = r.certificate_id and z.entitlement_id = e.id and z.ending = 'suspended' and r.state = 'outstanding'
                     and not exists (select from entitlements.certificate y where y.entitlement_id = e.id and y.kind = z.kind and y.issue > z.issue)
                  returning z.id)
    update entitlements.certificate z set ended_on = null, ending = null from held where z.id = held.id;
  end if;
  perform entitlements.open_follow_ups(e.id, by_case, before, does = 'corrected' and (from_day, to_day) is distinct from (e.valid_from, e.valid_to));
end
$$;

-- The data of a confirmed entry hold from a day on: those of an application from the first day that it granted, those of
-- a report of change from its 異動日.
create or replace function entitlements.keep_records(by_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare h entitlements.change;
begin
  select x.* into h from entitlements.change x where x.case_id = by_case;
  if not cases.in_step(by_case, array['apply'])
     and not cases.decided_in_step(by_case, array[case when h.case_id is null or h.movement = 'granted' then 'grant' else 'change' end]) then
    raise exception 'not in a step that puts data into force' using errcode = '42501';
  end if;
  insert into entitlements.record (granting_case_id, person_number, case_id, sealed_id, effective_from)
  select coalesce(h.granting_case_id, by_case), n.person_number, by_case, n.sealed_id,
         coalesce(h.occurs_on, (select min(m.valid_from) from entitlements.movement m where m.case_id = by_case and m.type = 'acquired'))
    from approvals.entry n join approvals.latest_entry(by_case) l on l.revision = n.revision and l.confirmed
   where n.case_id = by_case and not exists (select from entitlements.record r where r.case_id = by_case and r.sealed_id = n.sealed_id);
  if not found then raise exception 'nothing confirmed is to be kept' using errcode = '42501'; end if;
end
$$;

-- Whether what was decided in a step of a case was carried out in it, in whatever order.
create or replace function entitlements.carried_out(of_case uuid, by_revision integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select case
      when a.subject = 'grant' then exists (select from entitlements.movement m where m.case_id = of_case and m.type = 'acquired' and m.recorded_at = now())
        and not exists (select from entitlements.proposed_period p where p.approval_id = a.id and not exists (
          select from entitlements.movement m join entitlements.entitlement e on e.id = m.entitlement_id
           where m.case_id = of_case and m.recorded_at = now() and case when p.entitlement_id is null
             then m.type = 'acquired' and e.person_number = p.person_number and e.kind = p.kind else m.type = 'corrected' and e.id = p.entitlement_id end))
      when a.subject = 'revocation' then not exists (select from entitlements.entitlement e where e.case_id = of_case and e.status in ('granted', 'suspended'))
      when a.subject = 'rejection' then true
      when h.movement is null then exists (select from entitlements.record r where r.case_id = of_case and r.recorded_at = now())
      -- What an earlier report has ended meanwhile stays as it is.
      when h.movement = 'lost' then not exists (select from entitlements.of_case(of_case) e where e.status in ('granted', 'suspended'))
      else not exists (select from entitlements.change_entitlement y where y.case_id = of_case and not exists (
             select from entitlements.movement m where m.entitlement_id = y.entitlement_id and m.case_id = of_case and m.type = h.movement)) end
    from approvals.approval a left join entitlements.change h on h.case_id = a.case_id
   where a.case_id = of_case and a.decision = 'approved' and a.seen_revision = by_revision - 1
$$;

-- Issues a certificate of a kind (again), with the person's own paper of this step; the one before becomes invalid.
drop function if exists entitlements.issue_certificate(uuid, uuid, text, text, uuid);
create or replace function entitlements.issue_certificate(of_entitlement uuid, by_case uuid, of_kind text, why text, of_document uuid, until date)
returns integer language plpgsql security definer set search_path = '' as $$
declare e entitlements.entitlement; number integer; ended uuid[];
begin
  select x.* into e from entitlements.entitlement x where x.id = of_entitlement for update;
  if not cases.in_step(by_case, array['issue']) or not exists (select from entitlements.of_case(by_case) x where x.id = e.id and x.status = 'granted')
     or not exists (select from documents.document d where d.id = of_document and d.case_id = by_case and d.issued_at = now()
                      and d.number like '%証第%' and d.person_number = e.person_number)
     or (until between e.valid_from and e.valid_to) is not true then
    raise exception 'not in a step that issues it' using errcode = '42501';
  end if;
  select coalesce(max(z.issue), 0) + 1 into number from entitlements.certificate z where z.entitlement_id = of_entitlement and z.kind = of_kind;
  with gone as (update entitlements.certificate set ended_on = access.business_date(), ending = 'replaced'
                 where entitlement_id = of_entitlement and kind = of_kind and ended_on is null returning id)
  select array_agg(g.id) into ended from gone g;
  -- 紛失: the one before is not there to come back. Otherwise it is asked back, and where it said days that were corrected that is done.
  if why = 'lost' then perform entitlements.note_return(ended, 'replaced', 'lost');
  else perform entitlements.ask_back(ended, 'replaced'); end if;
  update entitlements.follow_up f set state = 'done', revision = f.revision + 1, settled_by = access.staff_id(), settled_on = access.business_date(),
         settled_at = cases.moment(), asked_by = null
   where f.kind = 'reissue' and f.certificate_id = any(ended) and f.settled_on is null;
  insert into entitlements.certificate (entitlement_id, kind, case_id, document_id, issue, reason, issued_on, issued_by, valid_to)
  values (of_entitlement, of_kind, by_case, of_document, number, why, access.business_date(), access.staff_id(), until);
  return number;
end
$$;

-- 返還 or 無効 of the certificates that are valid now, by the step that records it: of all entitlements and kinds where none is named.
create or replace function entitlements.end_certificates(by_case uuid, of_entitlement uuid, of_kind text, how text) returns void
language plpgsql security definer set search_path = '' as $$
declare ended uuid[];
begin
  if (cases.in_step(by_case, array['end-certificate']) and how in ('returned', 'cancelled')) is not true then
    raise exception 'not in a step that ends it' using errcode = '42501';
  end if;
  with gone as (update entitlements.certificate z set ended_on = access.business_date(), ending = how
                  from entitlements.of_case(by_case) e
                 where z.entitlement_id = e.id and z.ended_on is null
                   and (of_entitlement is null or e.id = of_entitlement) and (of_kind is null or z.kind = of_kind) returning z.id)
  select array_agg(g.id) into ended from gone g;
  if ended is null then raise exception 'no valid certificate' using errcode = '42501'; end if;
  if how = 'returned' then perform entitlements.note_return(ended, 'cancelled', 'returned');
  else perform entitlements.ask_back(ended, 'cancelled'); end if;
end
$$;

-- What a report of change is about, said as it is opened: entitlements of the application of the same person, 事務 and office.
create or replace function entitlements.report_change(
  by_case uuid, granting uuid, about text, why text, does text, decision_needed boolean, occurs date, found_in text, concerned uuid[])
returns void language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = by_case;
  if (cases.in_step(by_case, array['open']) and c.kind like '%/change' and (found_in = 'report' or access.has_right('system.run'))
      and cardinality(concerned) > 0
      and concerned = array(select e.id from entitlements.entitlement e join cases.case g on g.id = e.case_id
        where e.id = any(concerned) and g.id = granting and g.person_number = c.person_number and e.program = c.program and e.office_code = c.office_code
          and (e.status in ('granted', 'suspended') or e.status = 'lost' and does = 'corrected')
          and (does is distinct from 'suspended' or e.status = 'granted') and (does is distinct from 'resumed' or e.status = 'suspended')
        order by array_position(concerned, e.id))) is not true then
    raise exception 'not to be reported so' using errcode = '42501';
  end if;
  insert into entitlements.change (case_id, granting_case_id, subject, reason, movement, needs_decision, occurs_on, reported_on, origin)
  values (by_case, granting, about, why, does, decision_needed or does is not null, occurs, c.received_on, found_in);
  insert into entitlements.change_entitlement (case_id, entitlement_id) select by_case, unnest(concerned);
end
$$;

revoke execute on all routines in schema entitlements from public;
grant execute on function entitlements.give_number, entitlements.grant_to, entitlements.move, entitlements.keep_records, entitlements.issue_certificate,
  entitlements.end_certificates, entitlements.report_change, entitlements.in_the_way to madoguchi_app;
grant execute on all routines in schema entitlements to madoguchi_owner;
