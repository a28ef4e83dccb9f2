-- Copies of lists (USE-9): asked for with a reason by one person, allowed by another, taken within three days by whoever
-- asked, every time of it entered, and erased by a day that was said before. The program's role writes none of it itself.

call cases.secure('documents.list_copy');
call cases.secure('documents.copy_taken');
revoke all on documents.list_copy, documents.copy_taken from madoguchi_app;
grant select on documents.list_copy, documents.copy_taken to madoguchi_app;

-- Copies of the log of who saw whom are asked for by those who read it and allowed by the privacy officer.
create or replace function documents.copy_right(of_program text, deciding boolean) returns text
language sql immutable set search_path = '' as $$
  select case when of_program = 'audit' then case when deciding then 'audit-copy.approve' else 'audit.read' end
              when deciding then 'copy.approve' else 'copy.request' end
$$;

-- Whether the session holds what allows a copy, for its 事務 and its office; a list of no office is the whole city's.
create or replace function documents.may_decide_copy(of_program text, of_office text) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from access.scopes(documents.copy_right(of_program, true)) s
    where (s.program is null or s.program = of_program) and (s.office is null or s.office = of_office))
$$;

drop policy if exists seen on documents.list_copy;
create policy seen on documents.list_copy for select to madoguchi_app
  using (requested_by = (select access.staff_id())
         or (program <> 'audit' and exists (select from access.scopes('copy.approve') s
              where (s.program is null or s.program = list_copy.program) and (s.office is null or s.office = list_copy.filter ->> 'office')))
         or (program = 'audit' and (select access.has_right('audit-copy.approve')))
         or exists (select from access.scopes('copy.read') s where s.program is null or s.program = list_copy.program));
drop policy if exists with_its_copy on documents.copy_taken;
create policy with_its_copy on documents.copy_taken for select to madoguchi_app
  using (exists (select from documents.list_copy c where c.id = copy_id));

drop function if exists documents.request_copy(text, text, jsonb, integer, text);
create or replace function documents.request_copy(
  of_program text, of_format text, wanted jsonb, line_count integer, why text, of_title text, in_words text, until date) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if (access.has_right(documents.copy_right(of_program, false), of_program) and length(btrim(why)) between 5 and 500 and line_count >= 0
      and jsonb_typeof(wanted) = 'object' and length(of_title) between 1 and 100 and length(in_words) between 1 and 1000
      and until between access.business_date() and access.business_date() + 366) is not true then
    raise exception 'not to be asked for so' using errcode = '42501';
  end if;
  insert into documents.list_copy (program, format, filter, lines, reason, title, words, erase_by, requested_by, requested_at)
  values (of_program, of_format, wanted, line_count, btrim(why), of_title, in_words, until, who, now()) returning id into made;
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
     and documents.may_decide_copy(c.program, c.filter ->> 'office');
  if not found then raise exception 'not to be decided' using errcode = '42501'; end if;
  perform audit.write('change', 'list-copy.' || how, null, null, jsonb_build_object('copy', of_copy));
end
$$;

-- Entered before the copy is handed out, for whoever asked, while it is allowed.
create or replace function documents.take_copy(of_copy integer, line_count integer, persons text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare of_program text;
begin
  select c.program into of_program from documents.list_copy c
   where c.id = of_copy and c.requested_by = access.staff_id() and c.decision = 'approved' and c.erased_at is null
     and c.take_by >= access.business_date() and access.has_right(documents.copy_right(c.program, false), c.program);
  if not found then raise exception 'not to be taken' using errcode = '42501'; end if;
  insert into documents.copy_taken (copy_id, lines, taken_at) values (of_copy, line_count, now());
  -- A copy of figures tells of nobody, and is recorded all the same.
  perform audit.write('export', 'list-copy.taken', nullif(persons, '{}'),
    case when persons <> '{}' then case when of_program = 'audit' then array['access-log'] else array['facts', 'name'] end end,
    jsonb_build_object('copy', of_copy, 'lines', line_count));
end
$$;

-- That nothing of it is left: by whoever took it; past its day also by whoever could have allowed it, since people leave.
create or replace function documents.enter_erased_copy(of_copy integer) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  update documents.list_copy c set erased_at = now(), erased_by = who
   where c.id = of_copy and c.decision = 'approved' and c.erased_at is null
     and exists (select from documents.copy_taken t where t.copy_id = c.id)
     and ((c.requested_by = who and access.has_right(documents.copy_right(c.program, false), c.program))
          or (c.requested_by <> who and c.erase_by < access.business_date()
              and documents.may_decide_copy(c.program, c.filter ->> 'office')));
  if not found then raise exception 'not to be entered as erased' using errcode = '42501'; end if;
  perform audit.write('change', 'list-copy.erased', null, null, jsonb_build_object('copy', of_copy));
end
$$;

revoke execute on all functions in schema documents from public;
grant execute on function documents.request_copy, documents.decide_copy, documents.take_copy, documents.enter_erased_copy,
  documents.copy_right, documents.may_decide_copy to madoguchi_app;
