-- 受給資格: granted by a decision of a second person, changed by reports that were confirmed or decided, each change kept
-- as a movement. The program's role changes no row itself.

grant usage on schema entitlements to madoguchi_app;

call cases.belongs_to_case('entitlements.entitlement');
call cases.belongs_to_case('entitlements.movement');
call cases.belongs_to_case('entitlements.change');
call cases.belongs_to_case('entitlements.change_entitlement');
call cases.belongs_to_case('entitlements.record', array['approve','apply']);

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
create policy of_the_program on entitlements.recipient for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s where s.program is null or s.program = recipient.program));

call cases.secure('entitlements.certificate');
revoke all on entitlements.certificate from madoguchi_app;
grant select on entitlements.certificate to madoguchi_app;
drop policy if exists with_its_entitlement on entitlements.certificate;
create policy with_its_entitlement on entitlements.certificate for select to madoguchi_app
  using (exists (select from entitlements.entitlement e where e.id = entitlement_id));

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
create or replace function entitlements.change_needs_decision(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((select h.needs_decision from entitlements.change h where h.case_id = of_case), false)
$$;

-- Gives a person a number in a 事務; the one before ends on the day before.
create or replace function entitlements.give_number(of_case uuid, of_person text, new_number text, from_day date) returns void
language plpgsql security definer set search_path = '' as $$
declare in_program text;
begin
  if not cases.decided_in_step(of_case) then raise exception 'a number without a decision' using errcode = '42501'; end if;
  if of_person not in (select cases.members_of(of_case)) then raise exception 'not a person of the case' using errcode = '42501'; end if;
  select c.program into in_program from cases.case c where c.id = of_case;
  update entitlements.recipient set valid_to = from_day - 1 where program = in_program and person_number = of_person and valid_to is null;
  insert into entitlements.recipient (program, recipient_number, person_number, valid_from) values (in_program, new_number, of_person, from_day);
end
$$;

-- Nobody is entitled without the decision of a second person, made in this transaction on a case to which that very
-- person belongs. A report of change by which somebody joins a household grants under the household's application.
create or replace function entitlements.grant_to(of_case uuid, of_person text, of_kind text, from_day date, to_day date, why text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare c cases.case; made uuid; number text;
begin
  if not cases.decided_in_step(of_case, array['grant'])
     and not (cases.decided_in_step(of_case) and exists (select from entitlements.change h where h.case_id = of_case and h.movement = 'granted')) then
    raise exception 'an entitlement without a decision' using errcode = '42501';
  end if;
  if of_person not in (select cases.members_of(of_case)) then raise exception 'not a person of the case' using errcode = '42501'; end if;
  select x.* into c from cases.case x where x.id = of_case;
  select r.recipient_number into number from entitlements.recipient r
   where r.program = c.program and r.person_number = of_person and r.valid_to is null;
  if number is null then raise exception 'a recipient without a number' using errcode = '42501'; end if;
  insert into entitlements.entitlement (program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on)
  values (c.program, of_kind, of_person, coalesce((select h.granting_case_id from entitlements.change h where h.case_id = of_case), of_case), number, c.office_code, from_day, to_day, to_day, access.business_date()) returning id into made;
  insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
  values (made, of_case, 'acquired', from_day, c.received_on, why, from_day, to_day, 'granted', access.staff_id());
  return made;
end
$$;

-- 喪失, 停止, 再開, 訂正, 職権取消 of an entitlement, in the step that decides on it (of a report of change that concerns it,
-- or of the application that granted it). `to_day`: the new last day where the movement sets one.
create or replace function entitlements.move(of_entitlement uuid, by_case uuid, movement_type text, occurs date, why text, from_day date, to_day date)
returns void language plpgsql security definer set search_path = '' as $$
declare e entitlements.entitlement; h entitlements.change; reported date; next text;
begin
  select x.* into e from entitlements.entitlement x where x.id = of_entitlement for update;
  if not found then raise exception 'no such entitlement' using errcode = '42501'; end if;
  if movement_type = 'revoked' then
    if e.case_id <> by_case or not cases.decided_in_step(by_case, array['revocation']) then
      raise exception 'a revocation without a decision' using errcode = '42501';
    end if;
    reported := access.business_date();
  else
    select x.* into h from entitlements.change x join entitlements.change_entitlement y on y.case_id = x.case_id
     where x.case_id = by_case and y.entitlement_id = e.id;
    if not found or not cases.decided_in_step(by_case) then raise exception 'a movement without a decision' using errcode = '42501'; end if;
    if occurs <> h.occurs_on or movement_type is distinct from h.movement then
      raise exception 'not what was decided on' using errcode = '42501';
    end if;
    reported := h.reported_on;
  end if;
  next := case
    when movement_type = 'lost' and e.status in ('granted', 'suspended') then 'lost'
    when movement_type = 'suspended' and e.status = 'granted' then 'suspended'
    when movement_type = 'resumed' and e.status = 'suspended' then 'granted'
    when movement_type = 'corrected' and e.status in ('granted', 'lost') then 'granted'
    when movement_type = 'revoked' and e.status in ('granted', 'suspended') then 'revoked' end;
  if next is null then raise exception 'no % of what is %', movement_type, e.status using errcode = 'MD018'; end if;
  update entitlements.entitlement set status = next,
         valid_from = case when movement_type = 'corrected' then from_day else e.valid_from end,
         valid_to = case when movement_type = 'lost' then occurs - 1 when movement_type = 'corrected' then to_day else e.valid_to end,
         granted_to = case when movement_type = 'corrected' then greatest(e.granted_to, to_day) else e.granted_to end,
         lost_on = case next when 'lost' then occurs when 'revoked' then e.valid_from end,
         loss_reason = case when next in ('lost', 'revoked') then why end
   where id = e.id;
  insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
  select e.id, by_case, movement_type, occurs, reported, why, x.valid_from, x.valid_to, x.status, access.staff_id()
    from entitlements.entitlement x where x.id = e.id;
  if next in ('lost', 'revoked') then
    update entitlements.certificate set ended_on = access.business_date(), ending = case next when 'lost' then 'lost-entitlement' else 'revoked' end
     where entitlement_id = e.id and ended_on is null;
  end if;
end
$$;

-- Issues a certificate of a kind (again), with the paper of this step; the one before becomes invalid.
create or replace function entitlements.issue_certificate(of_entitlement uuid, by_case uuid, of_kind text, why text, of_document uuid)
returns integer language plpgsql security definer set search_path = '' as $$
declare number integer;
begin
  if not cases.in_step(by_case, array['issue']) or not exists (select from entitlements.of_case(by_case) e where e.id = of_entitlement and e.status = 'granted')
     or not exists (select from documents.document d where d.id = of_document and d.case_id = by_case and d.issued_at = now()) then
    raise exception 'not in a step that issues it' using errcode = '42501';
  end if;
  perform from entitlements.entitlement e where e.id = of_entitlement for update;
  select coalesce(max(z.issue), 0) + 1 into number from entitlements.certificate z where z.entitlement_id = of_entitlement and z.kind = of_kind;
  update entitlements.certificate set ended_on = access.business_date(), ending = 'replaced'
   where entitlement_id = of_entitlement and kind = of_kind and ended_on is null;
  insert into entitlements.certificate (entitlement_id, kind, case_id, document_id, issue, reason, issued_on, issued_by)
  values (of_entitlement, of_kind, by_case, of_document, number, why, access.business_date(), access.staff_id());
  return number;
end
$$;

-- 返還 or 無効 of the certificates that are valid now, by the step that records it.
create or replace function entitlements.end_certificates(by_case uuid, of_entitlement uuid, of_kind text, how text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not cases.in_step(by_case, array['end-certificate']) or how not in ('returned', 'cancelled') then
    raise exception 'not in a step that ends it' using errcode = '42501';
  end if;
  update entitlements.certificate z set ended_on = access.business_date(), ending = how
    from entitlements.of_case(by_case) e
   where z.entitlement_id = e.id and z.ended_on is null
     and (of_entitlement is null or e.id = of_entitlement) and (of_kind is null or z.kind = of_kind);
end
$$;

-- What a report of change is about, said as it is opened: it concerns entitlements of the persons of the case.
create or replace function entitlements.report_change(
  by_case uuid, granting uuid, about text, why text, does text, decision_needed boolean, occurs date, found_in text, concerned uuid[])
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not cases.in_step(by_case, array['open']) then raise exception 'not as it is opened' using errcode = '42501'; end if;
  if found_in = 'register' and not access.has_right('system.run') then
    raise exception 'only the office itself finds it in the register' using errcode = '42501';
  end if;
  if concerned <> array(select e.id from entitlements.entitlement e join cases.case c on c.id = by_case
       where e.id = any(concerned) and e.case_id = granting and e.program = c.program and e.office_code = c.office_code
       order by array_position(concerned, e.id)) then
    raise exception 'not entitlements of that application' using errcode = '42501';
  end if;
  insert into entitlements.change (case_id, granting_case_id, subject, reason, movement, needs_decision, occurs_on, reported_on, origin)
  select by_case, granting, about, why, does, decision_needed or does is not null, occurs, c.received_on, found_in from cases.case c where c.id = by_case;
  insert into entitlements.change_entitlement (case_id, entitlement_id) select by_case, unnest(concerned);
end
$$;

revoke execute on all functions in schema entitlements from public;
grant execute on function entitlements.give_number, entitlements.grant_to, entitlements.move, entitlements.issue_certificate,
  entitlements.end_certificates, entitlements.report_change to madoguchi_app;
grant execute on all functions in schema entitlements to madoguchi_owner;
