-- ひとり親家庭等医療費助成: what its benefit contains.

grant usage on schema single_parent to madoguchi_app;

call cases.belongs_to_case('single_parent.feature');
drop trigger if exists stamp_feature on single_parent.feature;
drop function if exists single_parent.stamp_feature();

-- What a report says of a benefit, by the step that enters it, of the kind that the report is about.
call cases.belongs_to_case('single_parent.reported_feature', array['enter']);
create or replace function single_parent.stamp_reported_feature() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c cases.case; h entitlements.change;
begin
  select x.* into c from cases.case x where x.id = new.case_id;
  select x.* into h from entitlements.change x where x.case_id = new.case_id;
  if (cases.in_step(new.case_id, array['enter']) and c.program = 'single-parent-medical' and h.subject = new.kind and h.movement is null
      and coalesce(new.until, h.occurs_on) >= h.occurs_on) is not true then
    raise exception 'not what is reported' using errcode = '42501';
  end if;
  new.revision := c.revision;
  return new;
end
$$;
create or replace trigger stamp_reported_feature before insert on single_parent.reported_feature
  for each row execute function single_parent.stamp_reported_feature();

-- Puts into force what was entered by one person and confirmed by another, of the entitlements that the report is about and
-- from its own day; after a decision where it needs one.
create or replace function single_parent.set_feature(by_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare h entitlements.change;
begin
  select x.* into h from entitlements.change x where x.case_id = by_case;
  if (cases.decided_in_step(by_case, array['change']) or cases.in_step(by_case, array['apply']) and not h.needs_decision) is not true then
    raise exception 'not in a step that sets it' using errcode = '42501';
  end if;
  insert into single_parent.feature (case_id, entitlement_id, kind, applies, benefit_class, until, reason, occurs_on, reported_on, recorded_by)
  select by_case, y.entitlement_id, r.kind, r.applies, r.benefit_class, r.until, r.reason, h.occurs_on, h.reported_on, access.staff_id()
    from single_parent.reported_feature r join approvals.latest_entry(by_case) l on l.revision = r.revision and l.confirmed
    join entitlements.change_entitlement y on y.case_id = by_case
   where r.case_id = by_case and not exists (select from single_parent.feature f where f.case_id = by_case and f.entitlement_id = y.entitlement_id);
  if not found then raise exception 'nothing confirmed is to be set' using errcode = '42501'; end if;
end
$$;

-- What is reported of a benefit is said as it is entered, and set as it is put into force.
create or replace function single_parent.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from entitlements.change h join cases.case c on c.id = h.case_id
        where h.case_id = new.case_id and c.program = 'single-parent-medical' and h.subject in ('benefit-class', 'severe-disability', 'remote-certificate'))
     and (case when new.act = 'enter' then exists (select from single_parent.reported_feature r where r.case_id = new.case_id and r.revision = new.revision)
               when new.act = 'apply' or exists (select from approvals.approval a
                      where a.case_id = new.case_id and a.decision = 'approved' and a.subject = 'change' and a.seen_revision = new.revision - 1)
                 then exists (select from single_parent.feature f where f.case_id = new.case_id and f.recorded_at = now())
               else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists benefit_is_set on cases.event;
create constraint trigger benefit_is_set after insert on cases.event deferrable initially deferred
  for each row execute function single_parent.step_is_whole();

revoke execute on all routines in schema single_parent from public;
grant execute on function single_parent.set_feature to madoguchi_app;
grant execute on all routines in schema single_parent to madoguchi_owner;
