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

-- An auditor verifies the seals in the browser; which records are seen is for the policies to say.
grant execute on function audit.fields_of(audit.record) to madoguchi_app;

-- An auditor sees the names of terminals.
drop policy if exists audited on access.terminal;
create policy audited on access.terminal for select to madoguchi_app using ((select access.has_right('audit.read')));
