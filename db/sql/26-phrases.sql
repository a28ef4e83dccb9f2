-- Sentences of an office for comments and reasons: kept by whoever holds the right for the office, offered to everybody of it.

alter table access.phrase enable row level security;
alter table access.phrase force row level security;
drop policy if exists owner_functions on access.phrase;
create policy owner_functions on access.phrase to madoguchi_owner using (true) with check (true);

grant select on access.phrase to madoguchi_app;
grant insert (office_code, program, use, words, valid_from) on access.phrase to madoguchi_app;
grant update (valid_to) on access.phrase to madoguchi_app;

-- Somebody of the whole city has no office and is offered none.
drop policy if exists offered on access.phrase;
create policy offered on access.phrase for select to madoguchi_app
  using (office_code = (select p.office_code from access.staff p where p.id = (select access.staff_id()))
         or office_code in (select s.office from access.scopes('phrase.keep') s)
         or exists (select from access.scopes('phrase.keep') s where s.office is null));
drop policy if exists kept on access.phrase;
create policy kept on access.phrase for insert to madoguchi_app
  with check (access.covers('phrase.keep', program, office_code) and valid_to is null);
drop policy if exists ended on access.phrase;
create policy ended on access.phrase for update to madoguchi_app
  using (access.covers('phrase.keep', program, office_code) and (valid_to is null or valid_to >= access.business_date()))
  with check (access.covers('phrase.keep', program, office_code));

-- In one's own name, from today on at the earliest; an end is set once and not into the past, so that nothing is unsaid.
create or replace function access.guard_phrase() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.valid_from < access.business_date() then raise exception 'not from a day that is over' using errcode = '42501'; end if;
    new.written_by := access.staff_id();
    new.written_at := now();
  elsif old.valid_to is not null or new.valid_to is null or new.valid_to < access.business_date() then
    raise exception 'not to be ended so' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_phrase before insert or update on access.phrase for each row execute function access.guard_phrase();

revoke execute on function access.guard_phrase from public;
