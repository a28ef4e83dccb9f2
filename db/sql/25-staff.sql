-- A transfer to another office, or a disabled id, ends all rights and sessions of that person at once (USE-4).

create or replace function access.end_with_office() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update access.duty_grant set decision = 'withdrawn' where staff_id = new.id and decision = 'approved';
  update access.session set ended_at = now(), end_reason = case new.status when 'active' then 'transferred' else 'disabled' end
   where staff_id = new.id and ended_at is null;
  perform audit.append('change', 'duties.ended', null, null, jsonb_build_object('staff', new.id), access.staff_id(), null);
  return null;
end
$$;
create or replace trigger rights_end_with_office after update on access.staff
  for each row when (new.office_code is distinct from old.office_code or new.status is distinct from old.status)
  execute function access.end_with_office();

-- An auditor sees the names of terminals.
drop policy if exists audited on access.terminal;
create policy audited on access.terminal for select to madoguchi_app using ((select access.has_right('audit.read')));

-- A new password and code for somebody who lost theirs. Whoever gives it out could sign in with it, so another person
-- approves it first, and for some days the id looks at and approves nothing (access.limited_until).

drop function if exists access.reset_credential(integer, text, bytea);

-- Whether an application for it can still lead to one.
create or replace function access.is_open_reset(r access.credential_reset) returns boolean
language sql stable set search_path = '' as $$
  select r.decision is null or (r.decision = 'approved' and coalesce(r.decided_at > now() - access.period('reset-approval'), false))
$$;

-- Applies for it. Raises MD006 where one is under way.
create or replace function access.apply_for_reset(who integer, reason text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('staff.manage');
  perform from access.staff p where p.id = who and p.kind <> 'system' and p.id <> access.staff_id() for no key update;
  if not found then
    raise exception 'not for oneself, nor for the account of scheduled jobs' using errcode = '42501';
  end if;
  if exists (select from access.credential_reset r where r.staff_id = who and access.is_open_reset(r)) then
    raise exception 'applied for already' using errcode = 'MD006';
  end if;
  insert into access.credential_reset (staff_id, why, requested_by) values (who, reason, access.staff_id()) returning id into made;
  perform audit.append('change', 'credential-reset.requested', null, null, jsonb_build_object('staff', who), access.staff_id(), null);
  return made;
end
$$;

-- Approves or refuses one that waits; never one's own, never for oneself. False where it was decided meanwhile.
create or replace function access.decide_reset(wanted integer, new_decision text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r access.credential_reset;
begin
  perform access.require_right('credential.approve');
  if new_decision is null or new_decision not in ('approved', 'refused') then
    raise exception 'not a decision' using errcode = '22023';
  end if;
  select * into r from access.credential_reset where id = wanted for update;
  if r.requested_by = access.staff_id() or r.staff_id = access.staff_id() then
    raise exception 'not one''s own' using errcode = '42501';
  end if;
  if r.id is null or r.decision is not null then return false; end if;
  update access.credential_reset set decision = new_decision, decided_by = access.staff_id(), decided_at = now() where id = wanted;
  perform audit.append('change', 'credential-reset.' || new_decision, null, null, jsonb_build_object('staff', r.staff_id), access.staff_id(), null);
  return true;
end
$$;

-- Sets what was approved, for whoever applied for it, once and within some days. False where that is over.
create or replace function access.reset_credential(wanted integer, new_hash text, new_totp bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r access.credential_reset;
begin
  perform access.require_right('staff.manage');
  select * into r from access.credential_reset where id = wanted for update;
  if r.id is null or r.requested_by <> access.staff_id() then
    raise exception 'not one''s own' using errcode = '42501';
  end if;
  if r.decision is distinct from 'approved' or not access.is_open_reset(r) then return false; end if;
  update access.credential_reset set decision = 'issued' where id = wanted;
  update access.credential set password_hash = new_hash, totp_sealed = new_totp, must_change = true, password_set_at = now(),
         previous_hashes = (array_prepend(password_hash, previous_hashes))[1:12], reset_at = now() where staff_id = r.staff_id;
  update access.session set ended_at = now(), end_reason = 'credential reset' where staff_id = r.staff_id and ended_at is null;
  delete from access.sign_in_ticket where staff_id = r.staff_id;
  update access.security_key set removed_at = now(), removed_by = access.staff_id() where staff_id = r.staff_id and removed_at is null;
  perform audit.append('change', 'credential.reset', null, null, jsonb_build_object('staff', r.staff_id), access.staff_id(), null);
  return true;
end
$$;

-- Whom a reset limits at present, and until when: administrators see it of everybody.
create or replace function access.limited_staff() returns table (staff_id integer, until timestamptz)
language sql stable security definer set search_path = '' as $$
  select l.staff_id, l.until from (select c.staff_id, access.limited_until(c.staff_id) as until from access.credential c) l
   where l.until is not null and (access.has_right('staff.manage') or access.has_right('credential.approve'))
$$;

grant select on access.credential_reset to madoguchi_app;
drop policy if exists seen on access.credential_reset;
create policy seen on access.credential_reset for select to madoguchi_app
  using ((select access.has_right('staff.manage')) or (select access.has_right('credential.approve')) or (select access.has_right('audit.read')));

revoke execute on function access.is_open_reset, access.apply_for_reset, access.decide_reset, access.reset_credential,
  access.limited_staff, access.end_with_office from public, madoguchi_app, madoguchi_vault;
grant execute on function access.apply_for_reset, access.decide_reset, access.reset_credential, access.limited_staff to madoguchi_app;
