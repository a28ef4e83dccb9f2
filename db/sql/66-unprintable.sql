-- 外字一覧: characters that stopped a paper, and how they were settled.

grant usage on schema printing to madoguchi_app;

alter table printing.unprintable enable row level security;
alter table printing.unprintable force row level security;
drop policy if exists owner_functions on printing.unprintable;
create policy owner_functions on printing.unprintable to madoguchi_owner using (true) with check (true);

grant select, insert, update (settlement, settled_by, settled_at) on printing.unprintable to madoguchi_app;
-- 支援措置: entries that tell of an address that is withheld, asked once a statement. Whoever found one knows the character
-- already, and is not told by what becomes of an entry of their own for whom an address is withheld.
create or replace function printing.withheld_entries() returns setof integer
language sql stable security definer rows 10 set search_path = '' as $$
  with told as materialized (
    select u.id, u.person_number from printing.unprintable u
     where u.found_by <> (select access.staff_id()) and u.field not in ('氏名', 'フリガナ', '宛名', '宛名の添え書き', '保護者', '対象のお子さま'))
  select t.id from told t where t.person_number in (select vault.withheld_of((select array_agg(distinct o.person_number) from told o)))
$$;
revoke execute on function printing.withheld_entries from public;
grant execute on function printing.withheld_entries to madoguchi_app;

-- One rare character may tell a town.
drop policy if exists seen on printing.unprintable;
create policy seen on printing.unprintable for select to madoguchi_app
  using (exists (select from access.held_rights() h
                  where h."right" in ('person.read', 'mailing.read')
                    and (h.program is null or h.program = unprintable.program)
                    and (h.office is null or h.office = unprintable.office_code))
         and (exists (select from access.scopes('person.read-protected') s
                       where s.program is null or s.program = unprintable.program)
              or id not in (select printing.withheld_entries())));

-- Entered, open, in one's own name by whoever makes papers of the 事務, be it for a look before the decision (case.read);
-- the person may belong to another office.
drop policy if exists found on printing.unprintable;
create policy found on printing.unprintable for insert to madoguchi_app
  with check (found_by = (select access.staff_id()) and settlement is null
              and exists (select from access.held_rights() h
                           where h."right" in ('case.read', 'certificate.issue', 'document.print', 'mailing.prepare')
                             and (h.program is null or h.program = unprintable.program)));

-- Settled once, in one's own name; what is not seen is not settled either, so that the number of rows tells nothing.
drop policy if exists settled on printing.unprintable;
create policy settled on printing.unprintable for update to madoguchi_app
  using (settlement is null and exists (select from access.scopes('unprintable.settle') s
                  where (s.program is null or s.program = unprintable.program)
                    and (s.office is null or s.office = unprintable.office_code))
         and (exists (select from access.scopes('person.read-protected') s
                       where s.program is null or s.program = unprintable.program)
              or id not in (select printing.withheld_entries())))
  with check (settlement is not null and settled_by = (select access.staff_id()));
drop function if exists printing.tells_withheld(integer);
