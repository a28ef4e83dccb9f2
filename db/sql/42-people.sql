-- Whose data of other offices a 事務 needs (ACQ-5). Rows change through these functions alone, in the name of the session.

grant usage on schema people to madoguchi_app, madoguchi_vault;

do $$
declare t regclass;
begin
  foreach t in array array['people.needed', 'people.requested']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('drop policy if exists owner_functions on %s', t);
    execute format('create policy owner_functions on %s to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

grant select on people.needed to madoguchi_app;
drop policy if exists seen on people.needed;
create policy seen on people.needed for select to madoguchi_app
  using ((select access.has_right('feed.import')) or (select access.has_right('feed.commit'))
         or exists (select from access.scopes('case.read') s where s.program is null or s.program = needed.program));

grant select, insert, delete on people.requested to madoguchi_app;
drop policy if exists by_feed_staff on people.requested;
create policy by_feed_staff on people.requested to madoguchi_app
  using ((select access.has_right('feed.import')) or (select access.has_right('feed.commit')))
  with check ((select access.has_right('feed.import')) or (select access.has_right('feed.commit')));

-- Whether the session may say whom a 事務 needs: for a case of that 事務 by those who work on it, without one by the system.
create or replace function people.require_need(any_of text[], of_program text, of_case uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not (access.has_right('system.run', of_program)
          or exists (select from cases.case c where c.id = of_case and c.program = of_program and cases.may(any_of, c.program, c.office_code))) then
    raise exception 'no right to say whom % needs', of_program using errcode = '42501';
  end if;
end
$$;

-- Says that a case needs what another office knows of some of its people; who is needed already stays so.
create or replace function people.announce_need(of_program text, of_kind text, of_case uuid, numbers text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare added text[];
begin
  perform people.require_need(array['case.enter', 'case.examine'], of_program, of_case);
  if of_kind not in ('tax', 'welfare') then raise exception 'no such kind of record' using errcode = '22023'; end if;
  if of_case is not null and (numbers <@ array(select cases.members_of(of_case))) is not true then
    raise exception 'not people of the case' using errcode = '42501';
  end if;
  with made as (
    insert into people.needed (person_number, program, kind, case_id, since, announced_by)
    select distinct n, of_program, of_kind, of_case, access.business_date(), access.staff_id() from unnest(numbers) n
    on conflict do nothing returning person_number)
  select array_agg(person_number) into added from made;
  if added is not null then perform audit.write('change', 'need.announced', added, array[of_kind], null); end if;
end
$$;

-- Ends the need of a case; what came in stays, and can be looked at only where another need stands.
create or replace function people.end_need(of_program text, of_kind text, of_case uuid, numbers text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare ended text[];
begin
  perform people.require_need(array['case.enter', 'case.examine', 'case.propose', 'case.approve', 'case.revoke'], of_program, of_case);
  with changed as (
    update people.needed set ended_on = access.business_date(), ended_by = access.staff_id()
     where program = of_program and kind = of_kind and case_id is not distinct from of_case
       and person_number = any(numbers) and ended_on is null
    returning person_number)
  select array_agg(person_number) into ended from changed;
  if ended is not null then perform audit.write('change', 'need.ended', ended, array[of_kind], null); end if;
end
$$;

-- For the vault: whether each of some people is needed, by a 事務 or by any (null).
create or replace function people.all_needed(numbers text[], of_kind text, by_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select from unnest(numbers) number
     where not exists (select from people.needed n where n.person_number = number and n.kind = of_kind and n.ended_on is null
                          and (by_program is null or n.program = by_program))
       and not exists (select from people.linked_numbers(array[number]) l join people.needed n on n.person_number = l.other
                        where n.kind = of_kind and n.ended_on is null and (by_program is null or n.program = by_program)))
$$;

revoke execute on all functions in schema people from public;
grant execute on function people.announce_need, people.end_need to madoguchi_app;
grant execute on function people.all_needed to madoguchi_vault;
