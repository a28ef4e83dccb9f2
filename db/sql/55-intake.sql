-- What is taken in with an application: identity checks, documents, notes, scans, inquiries to others.

grant usage on schema intake to madoguchi_app;

call cases.belongs_to_case('intake.identity_check', array['identify']);
call cases.belongs_to_case('intake.document_check');
call cases.belongs_to_case('intake.note');
call cases.belongs_to_case('intake.attachment');
call cases.belongs_to_case('intake.inquiry');

-- Two documents are two different ones.
create or replace function intake.stamp_identity_check() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.documents := array(select distinct d from unnest(new.documents) d where d is not null order by d);
  new.checked_by := access.staff_id();
  new.checked_on := access.business_date();
  new.checked_at := now();
  return new;
end
$$;
create or replace trigger stamp_identity_check before insert on intake.identity_check
  for each row execute function intake.stamp_identity_check();

-- What was found of the documents asked for, by the step that records them, each with the day that stands on it where it bears one; none is of a
-- day that is yet to come. Of a claim for relief the entry says what is asked for.
drop function if exists intake.record_documents(uuid, text[], text[]);
create or replace function intake.record_documents(of_case uuid, codes text[], statuses text[], dates date[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (cases.in_step(of_case, array['open','documents']) or relief.is_claim(of_case) and cases.in_step(of_case, array['enter'])) then raise exception 'not in a step that records documents' using errcode = '42501'; end if;
  if (cardinality(dates) = cardinality(codes) and not exists (select from unnest(dates) d where d > access.business_date())) is not true then
    raise exception 'not a day of a document' using errcode = '42501';
  end if;
  insert into intake.document_check (case_id, code, status, dated_on, checked_by, checked_at)
  select of_case, x.code, x.status, x.dated_on, access.staff_id(), now() from unnest(codes, statuses, dates) x(code, status, dated_on)
  on conflict (case_id, code) do update set status = excluded.status, dated_on = excluded.dated_on, checked_by = excluded.checked_by, checked_at = excluded.checked_at;
end
$$;

-- Insurers are learnt from what another person confirmed; names of organisations, known to all staff.
call cases.secure('intake.insurer');
grant select on intake.insurer to madoguchi_app;
drop policy if exists known on intake.insurer;
create policy known on intake.insurer for select to madoguchi_app using ((select access.staff_id()) is not null);

create or replace function intake.learn_insurers(of_case uuid, numbers text[], names text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not cases.in_step(of_case, array['confirm']) then raise exception 'not in a step that confirms an entry' using errcode = '42501'; end if;
  insert into intake.insurer (number, name, named_on)
  select distinct on (x.number) x.number, x.name, access.business_date() from unnest(numbers, names) x(number, name)
   where x.number ~ '^(\d{6}|\d{8})$' and length(x.name) between 1 and 100
  on conflict (number) do update set name = excluded.name, named_on = excluded.named_on;
end
$$;

-- Notes, scans and inquiries stand beside the steps: whoever works on the cases of the office adds them in their own name.
create or replace function intake.may_add(of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.case c where c.id = of_case
    and cases.may(array['case.enter','case.examine','case.propose','case.approve'], c.program, c.office_code))
$$;

grant insert on intake.note to madoguchi_app;
drop policy if exists added on intake.note;
create policy added on intake.note for insert to madoguchi_app with check (intake.may_add(case_id) and cases.sealed(sealed_id, case_id, 'note'));
create or replace trigger stamp_staff before insert on intake.note
  for each row execute function cases.stamp_staff('written_by', 'written_at');

grant insert on intake.attachment to madoguchi_app;
drop policy if exists added on intake.attachment;
create policy added on intake.attachment for insert to madoguchi_app
  with check (intake.may_add(case_id) and cases.sealed(sealed_id, case_id, 'attachment') and withdrawn_by is null);
create or replace trigger stamp_staff before insert on intake.attachment
  for each row execute function cases.stamp_staff('added_by', 'added_at');

-- Notes and scans on a person, of one 事務: added by whoever works on its cases at the office where the person is registered
-- now, seen by whoever sees its cases there. No row of them is open to the program's role otherwise.
create or replace function intake.may_add_to_person(of_person text, of_program text) returns boolean
language sql stable security definer set search_path = '' as $$
  select cases.may(array['case.enter','case.examine','case.propose','case.approve'], of_program, vault.office_of(of_person)) is true
$$;

-- Whether a sealed record is of this person, 事務 and kind, of no case, and sealed by whoever names it.
create or replace function intake.sealed_of_person(record_id uuid, of_person text, of_program text, of_kind text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.sealed_of(record_id) s
    where s.holder = of_person and s.program = of_program and s.kind = of_kind and s.case_id is null and s.entered_by = access.staff_id())
$$;

create or replace function intake.add_note_to_person(of_person text, of_program text, sealed uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (intake.may_add_to_person(of_person, of_program) and intake.sealed_of_person(sealed, of_person, of_program, 'note')) then
    raise exception 'not to be noted so' using errcode = '42501';
  end if;
  insert into intake.note (person_number, program, sealed_id) values (of_person, of_program, sealed);
end
$$;

create or replace function intake.add_attachment_to_person(
  of_person text, of_program text, of_document text, of_type text, size integer, digest text, sealed uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (intake.may_add_to_person(of_person, of_program) and intake.sealed_of_person(sealed, of_person, of_program, 'attachment')) then
    raise exception 'not to be attached so' using errcode = '42501';
  end if;
  insert into intake.attachment (person_number, program, document_code, media_type, bytes, sha256, sealed_id)
  values (of_person, of_program, of_document, of_type, size, digest, sealed);
end
$$;

-- 事務 whose notes and scans of a person the session may see.
create or replace function intake.programs_seen_of(of_person text) returns setof text
language sql stable security definer set search_path = '' as $$
  select n.program from (select program from intake.note where person_number = of_person
                   union select program from intake.attachment where person_number = of_person) n
   where cases.may(array['case.read'], n.program, vault.office_of(of_person))
$$;
create or replace function intake.notes_of_person(of_person text) returns setof intake.note
language sql stable security definer rows 10 set search_path = '' as $$
  select n.* from intake.note n where n.person_number = of_person and n.program in (select intake.programs_seen_of(of_person))
$$;
create or replace function intake.attachments_of_person(of_person text) returns setof intake.attachment
language sql stable security definer rows 10 set search_path = '' as $$
  select a.* from intake.attachment a where a.person_number = of_person and a.program in (select intake.programs_seen_of(of_person))
$$;

create or replace function intake.withdraw_attachment(attachment_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update intake.attachment a set withdrawn_by = access.staff_id(), withdrawn_at = now()
   where a.id = attachment_id and a.withdrawn_at is null
     and (intake.may_add(a.case_id) or intake.may_add_to_person(a.person_number, a.program));
  if not found then raise exception 'no such attachment' using errcode = '42501'; end if;
end
$$;

create or replace function intake.stamp_inquiry() returns trigger
language plpgsql set search_path = '' as $$
begin
  select into new.reminded_on, new.answered_on, new.answered_by, new.answer_id, new.closed_on, new.closed_by null, null, null, null, null, null;
  select c.revision into new.revision from cases.case c where c.id = new.case_id;
  new.asked_by := access.staff_id();
  new.asked_on := access.business_date();
  return new;
end
$$;
grant insert on intake.inquiry to madoguchi_app;
drop policy if exists added on intake.inquiry;
create policy added on intake.inquiry for insert to madoguchi_app with check (intake.may_add(case_id));
create or replace trigger stamp_inquiry before insert on intake.inquiry
  for each row execute function intake.stamp_inquiry();

-- By whoever works on the case, or by the clock once the day has passed.
create or replace function intake.remind(inquiry_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update intake.inquiry i set reminded_on = access.business_date()
   where i.id = inquiry_id and i.answered_on is null and i.closed_on is null
     and (intake.may_add(i.case_id) or i.due_on < access.business_date() and cases.in_step(i.case_id, array['any']));
  if not found then raise exception 'no open inquiry' using errcode = '42501'; end if;
end
$$;

-- The deadline of a day on which nothing is due any more falls away; a 督促 that was not yet written lapses as it is taken up
-- (cases.lapse_effect).
create or replace function intake.drop_reminders(of_case uuid) returns void
language sql security definer set search_path = '' as $$
  update cases.deadline d set closed_at = now()
   where d.case_id = of_case and d.event = 'remind' and d.closed_at is null
     and not exists (select from intake.inquiry i where i.case_id = of_case and i.due_on = d.due_on
                        and i.answered_on is null and i.closed_on is null);
$$;

-- An inquiry is answered once; what was answered lies sealed.
create or replace function intake.answer(inquiry_id uuid, sealed uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare of_case uuid;
begin
  update intake.inquiry i set answered_on = access.business_date(), answered_by = access.staff_id(), answer_id = sealed
   where i.id = inquiry_id and i.answered_on is null and i.closed_on is null and intake.may_add(i.case_id)
     and cases.sealed(sealed, i.case_id, 'inquiry-answer')
  returning i.case_id into of_case;
  if not found then raise exception 'no open inquiry' using errcode = '42501'; end if;
  perform intake.drop_reminders(of_case);
end
$$;

create or replace function intake.open_inquiries(of_case uuid) returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from intake.inquiry i where i.case_id = of_case and i.answered_on is null and i.closed_on is null
$$;

-- 打切り of the inquiries of a case that were not answered, by a step of it.
create or replace function intake.close_inquiries(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not cases.in_step(of_case, array['any']) then raise exception 'not in a step of this case' using errcode = '42501'; end if;
  update intake.inquiry set closed_on = access.business_date(), closed_by = access.staff_id()
   where case_id = of_case and answered_on is null and closed_on is null;
  perform intake.drop_reminders(of_case);
end
$$;

-- Incomes that a decision rests on: recorded by a step that does so, confirmed by another that does so.
call cases.belongs_to_case('intake.income', array['incomes']);

-- An income is recorded by the step that does so, of somebody of the case whose income counts; as told by the tax office
-- where it is a copy of what the tax office told, and as keyed where it is not.
create or replace function intake.stamp_income() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not cases.in_step(new.case_id, array['incomes']) or not exists (
      select from cases.member m where m.case_id = new.case_id and m.to_revision is null
         and m.person_number = new.person_number and m.role in ('applicant', 'spouse', 'supporter'))
     or not cases.sealed(new.sealed_id, new.case_id, 'income', new.person_number)
     or (select s.feed_kind is not distinct from 'tax' from vault.sealed_of(new.sealed_id) s) is distinct from (new.source = 'tax-feed') then
    raise exception 'not an income of this step' using errcode = '42501';
  end if;
  new.recorded_by := access.staff_id();
  new.recorded_at := now();
  new.confirmed_by := null;
  new.confirmed_at := null;
  return new;
end
$$;
create or replace trigger stamp_income before insert on intake.income
  for each row execute function intake.stamp_income();

-- Records the income that the tax office determined last, copied by the database from what the feed brought; false where
-- nothing stands under the subject. The year stands in what is sealed: whoever opens it holds it against that of the row.
create or replace function intake.record_determined(of_case uuid, of_person text, of_year integer, of_subject bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare copied uuid;
begin
  if (cases.in_step(of_case, array['incomes']) and of_person in (select cases.members_of(of_case))) is not true then
    raise exception 'not an income of this step' using errcode = '42501';
  end if;
  select vault.copy_feed_record('tax', of_person, of_subject, c.program, c.id, 'income') into copied from cases.case c where c.id = of_case;
  if copied is null then return false; end if;
  insert into intake.income (case_id, person_number, income_year, source, sealed_id) values (of_case, of_person, of_year, 'tax-feed', copied);
  return true;
end
$$;

-- Whether an income that was keyed (by one person) waits to be confirmed: the newest of a year of somebody of the case.
create or replace function intake.income_waits(of_case uuid, keyed_by integer default null) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from (select distinct on (i.person_number, i.income_year) i.* from intake.income i
                  where i.case_id = of_case order by i.person_number, i.income_year, i.id desc) i
     where i.source = 'keyed' and i.confirmed_by is null and i.recorded_by = coalesce(keyed_by, i.recorded_by)
       and i.person_number in (select cases.members_of(of_case)))
$$;

-- Confirms the keyed incomes that wait, in the step that does so; never those of the same person, and none of somebody who
-- has left the case since.
create or replace function intake.confirm_incomes(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not cases.in_step(of_case, array['confirm-incomes']) then
    raise exception 'not in a step that confirms incomes' using errcode = '42501';
  end if;
  update intake.income i set confirmed_by = access.staff_id(), confirmed_at = now()
   where i.case_id = of_case and i.source = 'keyed' and i.confirmed_by is null
     and i.person_number in (select cases.members_of(of_case))
     and not exists (select from intake.income n
       where n.case_id = i.case_id and n.person_number = i.person_number and n.income_year = i.income_year and n.id > i.id);
  if not found then raise exception 'no income waits' using errcode = '42501'; end if;
end
$$;

revoke execute on all routines in schema intake from public;
grant execute on function intake.record_documents, intake.learn_insurers, intake.may_add, intake.add_note_to_person,
  intake.add_attachment_to_person, intake.notes_of_person, intake.attachments_of_person, intake.withdraw_attachment, intake.remind, intake.answer, intake.close_inquiries, intake.record_determined,
  intake.confirm_incomes to madoguchi_app;
grant usage on schema intake to madoguchi_vault;
grant execute on function intake.may_add_to_person to madoguchi_vault;
grant execute on all routines in schema intake to madoguchi_owner;
