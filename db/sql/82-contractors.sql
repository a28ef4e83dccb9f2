-- Contractors (OUT-2): their staff hold few duties, until a day; what they give on to others is allowed by a second person.

-- An id of a contractor's person has an end, and stays what it is.
create or replace function access.guard_contractor() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.kind = 'contractor' and new.valid_to is null or tg_op = 'UPDATE' and new.kind <> old.kind then
    raise exception 'not an id of a contractor' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_contractor before insert or update on access.staff for each row execute function access.guard_contractor();

-- Such an id enters and runs what it is told to; it decides nothing, sees no 個人番号, and holds a duty no longer than itself.
create or replace function access.guard_contractor_duty() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from access.staff p where p.id = new.staff_id and p.kind = 'contractor'
                and (new.duty not in ('clerk', 'batch-operator') or new.program is null or new.valid_to > p.valid_to)) then
    raise exception 'not a duty of a contractor' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_contractor_duty before insert on access.duty_grant for each row execute function access.guard_contractor_duty();
revoke execute on function access.guard_contractor, access.guard_contractor_duty from public;

call cases.secure('oversight.re_entrustment');
revoke all on oversight.re_entrustment from madoguchi_app;
grant select on oversight.re_entrustment to madoguchi_app;
drop policy if exists known on oversight.re_entrustment;
create policy known on oversight.re_entrustment for select to madoguchi_app
  using ((select access.has_right('contractor.manage')) or (select access.has_right('re-entrustment.approve')));
drop policy if exists known_to_approver on mailings.contractor;
create policy known_to_approver on mailings.contractor for select to madoguchi_app using ((select access.has_right('re-entrustment.approve')));

-- Within the contract that it belongs to.
create or replace function oversight.request_re_entrustment(of_contractor integer, to_whom text, of_work text, starts date, ends date) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform access.require_right('contractor.manage');
  if (length(btrim(to_whom)) between 2 and 200 and length(btrim(of_work)) between 5 and 400
      and exists (select from mailings.contractor c where c.id = of_contractor and c.ended_at is null and starts >= c.contract_from and ends <= c.contract_to)) is not true then
    raise exception 'not to be asked for so' using errcode = '42501';
  end if;
  insert into oversight.re_entrustment (contractor_id, name, work, valid_from, valid_to, requested_by)
  values (of_contractor, btrim(to_whom), btrim(of_work), starts, ends, access.staff_id()) returning id into made;
  perform audit.write('event', 're-entrustment.requested', null, null, jsonb_build_object('number', made::text, 'contractor', of_contractor));
  return made;
end
$$;

-- By another person than entered it. Once; false where somebody else was faster.
create or replace function oversight.decide_re_entrustment(of_id integer, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare r oversight.re_entrustment; who integer := access.staff_id();
begin
  perform access.require_right('re-entrustment.approve');
  select x.* into r from oversight.re_entrustment x where x.id = of_id for update;
  if r.decision is not null then return false; end if;
  if (how in ('approved', 'refused') and r.requested_by <> who) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  update oversight.re_entrustment set decision = how, decided_by = who, decided_at = now() where id = of_id;
  perform audit.write('change', 're-entrustment.' || how, null, null, jsonb_build_object('number', of_id::text));
  return true;
end
$$;
revoke execute on function oversight.request_re_entrustment, oversight.decide_re_entrustment from public;
grant execute on function oversight.request_re_entrustment, oversight.decide_re_entrustment to madoguchi_app;
