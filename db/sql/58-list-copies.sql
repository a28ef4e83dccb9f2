-- Copies of lists (USE-9): asked for with a reason by one person, allowed by another, taken within three days by whoever
-- asked, and every time of it entered. The program's role writes none of it itself.

call cases.secure('documents.list_copy');
call cases.secure('documents.copy_taken');
revoke all on documents.list_copy, documents.copy_taken from madoguchi_app;
grant select on documents.list_copy, documents.copy_taken to madoguchi_app;
drop policy if exists seen on documents.list_copy;
create policy seen on documents.list_copy for select to madoguchi_app
  using (requested_by = (select access.staff_id())
         or exists (select from access.scopes('copy.approve') s where (s.program is null or s.program = list_copy.program)
                      and (s.office is null or s.office = list_copy.filter ->> 'office'))
         or exists (select from access.scopes('audit.read') s where s.program is null or s.program = list_copy.program));
drop policy if exists with_its_copy on documents.copy_taken;
create policy with_its_copy on documents.copy_taken for select to madoguchi_app
  using (exists (select from documents.list_copy c where c.id = copy_id));

create or replace function documents.request_copy(of_program text, of_format text, wanted jsonb, line_count integer, why text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if (access.has_right('copy.request', of_program) and length(btrim(why)) between 5 and 500 and line_count >= 0
      and jsonb_typeof(wanted) = 'object') is not true then
    raise exception 'not to be asked for so' using errcode = '42501';
  end if;
  insert into documents.list_copy (program, format, filter, lines, reason, requested_by, requested_at)
  values (of_program, of_format, wanted, line_count, btrim(why), who, now()) returning id into made;
  perform audit.write('event', 'list-copy.requested', null, null,
    jsonb_build_object('copy', made, 'program', of_program, 'format', of_format, 'lines', line_count));
  return made;
end
$$;

-- By another person than the one who asked. Once.
create or replace function documents.decide_copy(of_copy integer, how text) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  update documents.list_copy c
     set decision = how, decided_by = who, decided_at = now(),
         take_by = case when how = 'approved' then access.business_date() + 3 end
   where c.id = of_copy and c.decision is null and c.requested_by <> who
     and exists (select from access.scopes('copy.approve') s where (s.program is null or s.program = c.program)
                    and (s.office is null or s.office = c.filter ->> 'office'));
  if not found then raise exception 'not to be decided' using errcode = '42501'; end if;
  perform audit.write('change', 'list-copy.' || how, null, null, jsonb_build_object('copy', of_copy));
end
$$;

-- Entered before the copy is handed out, for whoever asked, while it is allowed.
create or replace function documents.take_copy(of_copy integer, line_count integer, persons text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from documents.list_copy c where c.id = of_copy and c.requested_by = access.staff_id()
                    and c.decision = 'approved' and c.take_by >= access.business_date()
                    and access.has_right('copy.request', c.program)) then
    raise exception 'not to be taken' using errcode = '42501';
  end if;
  insert into documents.copy_taken (copy_id, lines, taken_at) values (of_copy, line_count, now());
  -- A copy of figures tells of nobody, and is recorded all the same.
  perform audit.write('export', 'list-copy.taken', nullif(persons, '{}'), case when persons <> '{}' then array['facts', 'name'] end,
    jsonb_build_object('copy', of_copy, 'lines', line_count));
end
$$;

revoke execute on all functions in schema documents from public;
grant execute on function documents.request_copy, documents.decide_copy, documents.take_copy to madoguchi_app;
