-- ひとり親家庭等医療費助成: incomes of a household, and what its benefit contains.

grant usage on schema single_parent to madoguchi_app;

call cases.belongs_to_case('single_parent.income', array['any']);
call cases.belongs_to_case('single_parent.feature', array['approve','apply']);

-- Whether this transaction made the present step of the case, and it is an event of this type.
create or replace function single_parent.in_event(of_case uuid, event_type text) returns boolean
language sql stable security definer set search_path = '' as $$
  select cases.in_step(of_case, array['any']) and exists (
    select from cases.case c join cases.event e on e.case_id = c.id and e.revision = c.revision
     where c.id = of_case and c.program = 'single-parent-medical' and e.type = event_type)
$$;

-- An income is recorded by the step that does so, of somebody of the case whose income counts.
create or replace function single_parent.stamp_income() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not single_parent.in_event(new.case_id, 'recordIncome') or not exists (
      select from cases.member m where m.case_id = new.case_id and m.to_revision is null
         and m.person_number = new.person_number and m.role in ('applicant', 'spouse', 'supporter'))
     or not cases.sealed(new.sealed_id, new.case_id, 'income', new.person_number) then
    raise exception 'not an income of this step' using errcode = '42501';
  end if;
  new.recorded_by := access.staff_id();
  new.recorded_at := now();
  new.confirmed_by := null;
  new.confirmed_at := null;
  return new;
end
$$;
create or replace trigger stamp_income before insert on single_parent.income
  for each row execute function single_parent.stamp_income();

-- Confirms the keyed incomes that wait, in the step that does so; never those of the same person.
create or replace function single_parent.confirm_incomes(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not single_parent.in_event(of_case, 'confirmIncome') then
    raise exception 'not in a step that confirms incomes' using errcode = '42501';
  end if;
  update single_parent.income i set confirmed_by = access.staff_id(), confirmed_at = now()
   where i.case_id = of_case and i.source = 'keyed' and i.confirmed_by is null
     and not exists (select from single_parent.income n
       where n.case_id = i.case_id and n.person_number = i.person_number and n.income_year = i.income_year and n.id > i.id);
end
$$;

-- What a report sets of an entitlement that it is about, from its own day.
create or replace function single_parent.stamp_feature() returns trigger
language plpgsql security definer set search_path = '' as $$
declare h entitlements.change;
begin
  select x.* into h from entitlements.change x join entitlements.change_entitlement y on y.case_id = x.case_id
   where x.case_id = new.case_id and y.entitlement_id = new.entitlement_id and x.subject = new.kind;
  if not found or (h.needs_decision and not cases.decided_in_step(new.case_id)) then
    raise exception 'not what is reported' using errcode = '42501';
  end if;
  new.occurs_on := h.occurs_on;
  new.reported_on := h.reported_on;
  new.recorded_by := access.staff_id();
  new.recorded_at := now();
  return new;
end
$$;
create or replace trigger stamp_feature before insert on single_parent.feature
  for each row execute function single_parent.stamp_feature();

revoke execute on all routines in schema single_parent from public;
grant execute on function single_parent.confirm_incomes to madoguchi_app;
grant execute on all routines in schema single_parent to madoguchi_owner;
