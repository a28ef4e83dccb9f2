-- Drafts of what is being typed into the form of a case (下書き): sealed, of one person, read by nobody else.

-- Whoever keeps a draft sees and changes that one alone, whatever a function asks for.
drop policy if exists in_a_session on vault.draft;
drop policy if exists own on vault.draft;
create policy own on vault.draft to madoguchi_vault
  using (staff_id = (select access.staff_id())) with check (staff_id = (select access.staff_id()));
-- The owner's functions (56-drafts.sql) erase those of a case that ended, and what is too old, whoever's they are.
drop policy if exists erased on vault.draft;
drop policy if exists found_to_erase on vault.draft;
create policy found_to_erase on vault.draft for select to madoguchi_owner using ((select access.staff_id()) is not null);
create policy erased on vault.draft for delete to madoguchi_owner using ((select access.staff_id()) is not null);

-- Whether somebody of the case may not be located by this person.
create or replace function vault.withholds_address_in(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not vault.sees_protected() and exists (
    select from vault.person p where p.person_number in (select cases.members_of(of_case)) and vault.hides_address(p))
$$;

-- Raises unless the person works on the case, and the form can still be sent.
drop function if exists vault.require_draft(uuid);
create or replace function vault.require_draft(of_case uuid, of_page text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if nullif(current_setting('app.purpose', true), '') is null then
    raise exception 'a purpose is missing' using errcode = '42501';
  end if;
  if intake.takes_drafts(of_case, of_page) is not true then
    raise exception 'no right to keep a draft of this case' using errcode = '42501';
  end if;
end
$$;

-- Keeps the draft of a page, in place of the one before; sealed with a key of its own. That one was begun is recorded.
create or replace function vault.keep_draft(of_case uuid, of_page text, seen integer, sealed_data bytea, new_key bytea, days integer)
returns void language plpgsql security definer set search_path = '' as $$
declare begun boolean;
begin
  perform vault.require_draft(of_case, of_page);
  if (days between 1 and 31 and length(of_page) <= 60 and octet_length(sealed_data) <= 300000) is not true then
    raise exception 'no such draft' using errcode = '22023';
  end if;
  insert into vault.draft (case_id, page, staff_id, revision, sealed, wrapped_key, address_withheld, kept_at, erase_after)
  values (of_case, of_page, access.staff_id(), seen, sealed_data, new_key, vault.withholds_address_in(of_case), cases.moment(),
    access.business_date() + days)
  on conflict (case_id, page, staff_id) do update set revision = excluded.revision, sealed = excluded.sealed,
    wrapped_key = excluded.wrapped_key, address_withheld = excluded.address_withheld, erase_after = excluded.erase_after, kept_at = excluded.kept_at
  returning xmax = 0 into begun;
  if begun then
    perform audit.write('change', 'draft.kept', (select array_agg(distinct m) from cases.members_of(of_case) m), array[of_page], null);
  end if;
end
$$;

-- The person's own draft of a page that may be gone on with: not one with an address that is withheld since.
create or replace function vault.own_draft(of_case uuid, of_page text) returns setof vault.draft
language sql stable security definer set search_path = '' as $$
  select d.* from vault.draft d
   where d.case_id = of_case and d.page = of_page and d.staff_id = access.staff_id()
     and d.erase_after >= access.business_date() and (d.address_withheld or not vault.withholds_address_in(of_case))
$$;

-- Whether there is one, since when, and at which revision of the case; nothing of what was typed.
create or replace function vault.draft_mark(of_case uuid, of_page text) returns table (revision integer, kept_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select d.revision, d.kept_at from vault.own_draft(of_case, of_page) d where intake.takes_drafts(of_case, of_page)
$$;

-- The same of every page and form of the case.
create or replace function vault.draft_marks(of_case uuid) returns table (page text, revision integer, kept_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select d.page, m.revision, m.kept_at
    from vault.draft d cross join lateral vault.draft_mark(of_case, d.page) m
   where d.case_id = of_case and d.staff_id = access.staff_id()
$$;

create or replace function vault.look_at_draft(of_case uuid, of_page text)
returns table (revision integer, kept_at timestamptz, sealed bytea, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_draft(of_case, of_page);
  perform audit.write('look', 'draft.look', (select array_agg(distinct m) from cases.members_of(of_case) m), array[of_page], null)
    where exists (select from vault.own_draft(of_case, of_page));
  return query select d.revision, d.kept_at, d.sealed, d.wrapped_key from vault.own_draft(of_case, of_page) d;
end
$$;

-- Given up, or saved as an entry.
create or replace function vault.drop_draft(of_case uuid, of_page text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from vault.draft d where d.case_id = of_case and d.page = of_page and d.staff_id = access.staff_id();
  if not found then return false; end if;
  perform audit.write('change', 'draft.dropped', (select array_agg(distinct m) from cases.members_of(of_case) m), array[of_page], null);
  return true;
end
$$;

-- The same before there is a case: of a page about a person in a 事務 (領収書の入力). Whoever may receive something from that person
-- keeps one; it goes as the case is opened.
create or replace function vault.hides_address_of(of_person text) returns boolean
language sql stable security definer set search_path = '' as $$
  select not vault.sees_protected() and exists (select from vault.person p where p.person_number = of_person and vault.hides_address(p))
$$;
create or replace function vault.require_person_draft(of_program text, of_person text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if nullif(current_setting('app.purpose', true), '') is null then raise exception 'a purpose is missing' using errcode = '42501'; end if;
  if intake.may_add_to_person(of_person, of_program) is not true then raise exception 'no right to keep a draft about this person' using errcode = '42501'; end if;
end
$$;
create or replace function vault.keep_person_draft(of_program text, of_person text, of_page text, sealed_data bytea, new_key bytea, days integer)
returns void language plpgsql security definer set search_path = '' as $$
declare begun boolean;
begin
  perform vault.require_person_draft(of_program, of_person);
  if (days between 1 and 31 and length(of_page) <= 60 and octet_length(sealed_data) <= 300000) is not true then raise exception 'no such draft' using errcode = '22023'; end if;
  insert into vault.draft (program, person_number, page, staff_id, revision, sealed, wrapped_key, address_withheld, kept_at, erase_after)
  values (of_program, of_person, of_page, access.staff_id(), 0, sealed_data, new_key, vault.hides_address_of(of_person), cases.moment(), access.business_date() + days)
  on conflict (program, person_number, page, staff_id) where case_id is null do update set sealed = excluded.sealed, wrapped_key = excluded.wrapped_key,
    address_withheld = excluded.address_withheld, erase_after = excluded.erase_after, kept_at = excluded.kept_at
  returning xmax = 0 into begun;
  if begun then perform audit.write('change', 'draft.kept', array[of_person], array[of_page], null); end if;
end
$$;
create or replace function vault.own_person_draft(of_program text, of_person text, of_page text) returns setof vault.draft
language sql stable security definer set search_path = '' as $$
  select d.* from vault.draft d
   where d.case_id is null and d.program = of_program and d.person_number = of_person and d.page = of_page and d.staff_id = access.staff_id()
     and d.erase_after >= access.business_date() and (d.address_withheld or not vault.hides_address_of(of_person))
$$;
create or replace function vault.person_draft_mark(of_program text, of_person text, of_page text) returns table (kept_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select d.kept_at from vault.own_person_draft(of_program, of_person, of_page) d where intake.may_add_to_person(of_person, of_program)
$$;
create or replace function vault.look_at_person_draft(of_program text, of_person text, of_page text)
returns table (kept_at timestamptz, sealed bytea, wrapped_key bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_person_draft(of_program, of_person);
  perform audit.write('look', 'draft.look', array[of_person], array[of_page], null) where exists (select from vault.own_person_draft(of_program, of_person, of_page));
  return query select d.kept_at, d.sealed, d.wrapped_key from vault.own_person_draft(of_program, of_person, of_page) d;
end
$$;
create or replace function vault.drop_person_draft(of_program text, of_person text, of_page text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from vault.draft d where d.case_id is null and d.program = of_program and d.person_number = of_person and d.page = of_page and d.staff_id = access.staff_id();
  if not found then return false; end if;
  perform audit.write('change', 'draft.dropped', array[of_person], array[of_page], null);
  return true;
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['vault.withholds_address_in(uuid)', 'vault.require_draft(uuid, text)', 'vault.own_draft(uuid, text)',
      'vault.keep_draft(uuid, text, integer, bytea, bytea, integer)', 'vault.draft_mark(uuid, text)', 'vault.draft_marks(uuid)', 'vault.look_at_draft(uuid, text)',
      'vault.drop_draft(uuid, text)', 'vault.hides_address_of(text)', 'vault.require_person_draft(text, text)',
      'vault.keep_person_draft(text, text, text, bytea, bytea, integer)', 'vault.own_person_draft(text, text, text)', 'vault.person_draft_mark(text, text, text)',
      'vault.look_at_person_draft(text, text, text)', 'vault.drop_person_draft(text, text, text)']::regprocedure[] loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public, madoguchi_app', f);
  end loop;
end
$$;
grant execute on function vault.keep_draft, vault.draft_mark, vault.draft_marks, vault.look_at_draft, vault.drop_draft, vault.keep_person_draft, vault.person_draft_mark,
  vault.look_at_person_draft, vault.drop_person_draft to madoguchi_app;
grant usage on schema intake to madoguchi_vault;
