-- こども医療費助成.

grant usage on schema child_medical to madoguchi_app;

do $$
declare t regclass;
begin
  foreach t in array array['child_medical.identity_check','child_medical.document_check','child_medical.recipient',
                           'child_medical.entitlement','child_medical.entitlement_record','child_medical.certificate',
                           'child_medical.change']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('drop policy if exists owner_functions on %s', t);
    execute format('create policy owner_functions on %s to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

-- Periods of one child's entitlements never overlap. One that was revoked never held.
alter table child_medical.entitlement drop constraint if exists entitlement_no_overlap;
alter table child_medical.entitlement add constraint entitlement_no_overlap
  exclude using gist (person_number with =, daterange(valid_from, valid_to, '[]') with &&) where (status <> 'revoked');

do $$
declare t regclass; grants text;
begin
  for t, grants in select * from (values
      ('child_medical.identity_check'::regclass, 'select, insert'),
      ('child_medical.document_check'::regclass, 'select, insert, update (status, checked_by, checked_at)'),
      ('child_medical.entitlement'::regclass, 'select, insert, update (valid_to, status, lost_on, loss_reason)'),
      ('child_medical.certificate'::regclass, 'select, insert, update (ended_on, ending)'),
      ('child_medical.change'::regclass, 'select, insert')) x loop
    execute format('grant %s on %s to madoguchi_app', grants, t);
    execute format('drop policy if exists with_its_case on %s', t);
    execute format('create policy with_its_case on %1$s to madoguchi_app
      using (exists (select from cases.case c where c.id = %1$s.case_id))
      with check (exists (select from cases.case c where c.id = %1$s.case_id))', t);
  end loop;
end
$$;
-- Nobody is entitled without the decision of a second person on the case of that very child.
create or replace function child_medical.granted_by_decision() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from approvals.approval a join cases.case c on c.id = a.case_id
      where c.id = new.case_id and c.person_number = new.person_number and a.subject = 'grant' and a.decision = 'approved') then
    raise exception 'an entitlement without a decision' using errcode = '42501';
  end if;
  return null;
end
$$;
create or replace trigger granted_by_decision after insert on child_medical.entitlement
  for each row execute function child_medical.granted_by_decision();
revoke execute on function child_medical.granted_by_decision from public;

create or replace trigger stamp_staff before insert on child_medical.identity_check
  for each row execute function cases.stamp_staff('checked_by');
create or replace trigger stamp_staff before insert or update on child_medical.document_check
  for each row execute function cases.stamp_staff('checked_by');
create or replace trigger stamp_staff before insert on child_medical.certificate
  for each row execute function cases.stamp_staff('issued_by');

grant select, insert on child_medical.recipient to madoguchi_app;
drop policy if exists of_the_program on child_medical.recipient;
create policy of_the_program on child_medical.recipient to madoguchi_app
  using ((select access.has_right('case.read', 'child-medical')));

grant select, insert on child_medical.entitlement_record to madoguchi_app;
drop policy if exists with_its_entitlement on child_medical.entitlement_record;
create policy with_its_entitlement on child_medical.entitlement_record to madoguchi_app
  using (exists (select from child_medical.entitlement e where e.id = entitlement_id));
