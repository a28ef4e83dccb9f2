-- When drafts (32-drafts.sql) may be kept, and when they go: the case ended, their day came, a person is erased.

-- Notes are written and changes reported after the end of a case too.
create or replace function intake.outlasts_case(of_page text) returns boolean
language sql immutable set search_path = '' as $$ select of_page in ('form-note', 'form-change') $$;

drop function if exists intake.takes_drafts(uuid);
create or replace function intake.takes_drafts(of_case uuid, of_page text) returns boolean
language sql stable security definer set search_path = '' as $$
  select intake.may_add(of_case) and (intake.outlasts_case(of_page) or exists (
    select from cases.case c join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where c.id = of_case and s.open))
$$;

create or replace function intake.drop_drafts_of_ended() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from cases.machine_state s
      where s.kind = new.kind and s.version = new.machine_version and s.state = new.state and not s.open) then
    delete from vault.draft d where d.case_id = new.id and not intake.outlasts_case(d.page);
  end if;
  return null;
end
$$;
create or replace trigger drop_drafts after update of state on cases.case
  for each row when (old.state <> new.state) execute function intake.drop_drafts_of_ended();

-- Drafts whose day is past; by the clock.
create or replace function intake.erase_drafts() returns integer
language plpgsql security definer set search_path = '' as $$
declare erased integer;
begin
  perform access.require_right('system.run');
  delete from vault.draft d where d.erase_after < access.business_date();
  get diagnostics erased = row_count;
  if erased > 0 then perform audit.write('change', 'drafts.erased', null, null, jsonb_build_object('drafts', erased)); end if;
  return erased;
end
$$;

-- For the vault, as it erases a person: drafts of their cases.
create or replace function intake.drop_drafts_about(number text) returns void
language sql security definer set search_path = '' as $$
  delete from vault.draft d where d.person_number = number or d.case_id in (select m.case_id from cases.member m where m.person_number = number)
$$;

revoke execute on function intake.outlasts_case, intake.takes_drafts, intake.drop_drafts_of_ended, intake.erase_drafts, intake.drop_drafts_about from public;
grant execute on function cases.moment to madoguchi_vault;
grant execute on function intake.takes_drafts, intake.drop_drafts_about to madoguchi_vault;
grant execute on function intake.erase_drafts to madoguchi_app;
