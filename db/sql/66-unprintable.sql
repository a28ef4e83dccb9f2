-- 外字一覧: characters that stopped a paper, and how they were settled.

grant usage on schema printing to madoguchi_app;

alter table printing.unprintable enable row level security;
alter table printing.unprintable force row level security;
drop policy if exists owner_functions on printing.unprintable;
create policy owner_functions on printing.unprintable to madoguchi_owner using (true) with check (true);

grant select, insert, update (settlement, settled_by, settled_at) on printing.unprintable to madoguchi_app;
-- 支援措置: one rare character may tell a town. Where the address is withheld, only characters of names are seen.
drop policy if exists seen on printing.unprintable;
create policy seen on printing.unprintable for select to madoguchi_app
  using (exists (select from access.held_rights() h
                  where h."right" in ('person.read', 'mailing.read')
                    and (h.program is null or h.program = unprintable.program)
                    and (h.office is null or h.office = unprintable.office_code))
         and (field in ('氏名', 'フリガナ', '宛名', '宛名の添え書き', '保護者', '対象のお子さま')
              or exists (select from access.scopes('person.read-protected') s
                          where s.program is null or s.program = unprintable.program)
              or vault.withholds_address_of(person_number) is null));

-- Entered, open, in one's own name by whoever makes papers of the 事務, be it for a look before the decision (case.read);
-- the person may belong to another office.
drop policy if exists found on printing.unprintable;
create policy found on printing.unprintable for insert to madoguchi_app
  with check (found_by = (select access.staff_id()) and settlement is null
              and exists (select from access.held_rights() h
                           where h."right" in ('case.read', 'certificate.issue', 'document.print', 'mailing.prepare')
                             and (h.program is null or h.program = unprintable.program)));

-- Settled once, in one's own name.
drop policy if exists settled on printing.unprintable;
create policy settled on printing.unprintable for update to madoguchi_app
  using (settlement is null and exists (select from access.scopes('unprintable.settle') s
                  where (s.program is null or s.program = unprintable.program)
                    and (s.office is null or s.office = unprintable.office_code)))
  with check (settlement is not null and settled_by = (select access.staff_id()));
