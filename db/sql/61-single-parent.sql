-- ひとり親家庭等医療費助成: what its benefit contains.

grant usage on schema single_parent to madoguchi_app;

call cases.belongs_to_case('single_parent.feature', array['approve','apply']);

-- What a report sets of an entitlement that it is about, from its own day.
create or replace function single_parent.stamp_feature() returns trigger
language plpgsql security definer set search_path = '' as $$
declare h entitlements.change;
begin
  select x.* into h from entitlements.change x join entitlements.change_entitlement y on y.case_id = x.case_id
   where x.case_id = new.case_id and y.entitlement_id = new.entitlement_id and x.subject = new.kind;
  if not found or (h.needs_decision and not cases.decided_in_step(new.case_id, array['change'])) then
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
grant execute on all routines in schema single_parent to madoguchi_owner;
