-- 帳票の設定 of each 事務.

grant usage on schema printing to madoguchi_app;

alter table printing.form_setting enable row level security;
alter table printing.form_setting force row level security;
drop policy if exists owner_functions on printing.form_setting;
create policy owner_functions on printing.form_setting to madoguchi_owner using (true) with check (true);

-- Everybody who is signed in may print, so everybody reads them. What was proposed is never changed, only decided, once.
grant select, insert, update (decision, decided_by, decided_at, reason) on printing.form_setting to madoguchi_app;
drop policy if exists seen on printing.form_setting;
create policy seen on printing.form_setting for select to madoguchi_app using ((select access.staff_id()) is not null);
drop policy if exists prepared on printing.form_setting;
create policy prepared on printing.form_setting for insert to madoguchi_app
  with check (access.has_right('form-setting.prepare', program) and prepared_by = (select access.staff_id()) and decision is null);
-- Taken back by whoever prepared it, decided by another person who holds the right for that.
drop policy if exists decided on printing.form_setting;
create policy decided on printing.form_setting for update to madoguchi_app
  using (decision is null and (prepared_by = (select access.staff_id()) or access.has_right('form-setting.approve', program)))
  with check (decided_by = (select access.staff_id())
              and case when decision = 'retracted' then prepared_by = decided_by
                       else prepared_by <> decided_by and access.has_right('form-setting.approve', program) end);

-- A content has all its parts; an image is a PNG of 512 KiB at most, since it stands on every paper.
create or replace function printing.guard_setting() returns trigger language plpgsql set search_path = '' as $$
declare
  image bytea;
  decided constant text[] := array['decision', 'decided_by', 'decided_at', 'reason'];
begin
  if tg_op = 'UPDATE' then
    if old.decision is not null or new.decision is null or to_jsonb(new) - decided <> to_jsonb(old) - decided then
      raise exception 'a setting is decided once and never changed' using errcode = '42501';
    end if;
    -- That only a remanded one has a reason is a constraint of the table.
    if new.reason <> btrim(new.reason, E' \t\r\n\u3000') or char_length(new.reason) not between 1 and 400 then
      raise exception 'a reason has 1 to 400 characters' using errcode = '23514';
    end if;
    return new;
  end if;
  if jsonb_typeof(new.content #> '{issuer,title}') is distinct from 'string' or jsonb_typeof(new.content #> '{issuer,name}') is distinct from 'string'
     or exists (select from unnest(array['wording', 'reduceFor', 'reduceTo']) part
                 where jsonb_typeof(new.content -> part) is distinct from 'object') then
    raise exception 'not the content of a setting' using errcode = '23514';
  end if;
  foreach image in array array[new.seal, new.logo] loop
    if image is not null and (octet_length(image) > 524288 or substring(image from 1 for 8) <> '\x89504e470d0a1a0a') then
      raise exception 'not a PNG of at most 512 KiB' using errcode = '23514';
    end if;
  end loop;
  return new;
end
$$;
create or replace trigger guard_setting before insert or update on printing.form_setting
  for each row execute function printing.guard_setting();

-- The setting of a 事務 that holds on a day: of those approved whose day has come the latest; null before there is one.
create or replace function printing.in_force(of_program text, on_day date) returns integer
language sql stable set search_path = '' as $$
  select s.id from printing.form_setting s
   where s.program = of_program and s.decision = 'approved' and s.valid_from <= on_day
   order by s.valid_from desc, s.id desc limit 1
$$;

-- Whether a paper of a 事務 may name a setting: none, or one of its own that was approved.
create or replace function printing.was_approved(setting integer, of_program text) returns boolean
language sql stable set search_path = '' as $$
  select setting is null or exists (
    select from printing.form_setting s where s.id = setting and s.program = of_program and s.decision = 'approved')
$$;
revoke execute on all functions in schema printing from public;
grant execute on function printing.in_force, printing.was_approved to madoguchi_app;

-- A letter or certificate names the setting it was printed with.
drop policy if exists as_set on documents.document;
create policy as_set on documents.document as restrictive for insert to madoguchi_app
  with check (printing.was_approved(form_setting_id, program));
