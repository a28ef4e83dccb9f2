-- Backups (ADR 48): what was made and drilled, and the wrapped keys for their copy.

-- Backups made and restored in drill; nothing of a person. Written by keeping.note_backup alone.
create table if not exists meta.backup (
  id integer primary key generated always as identity,
  what text not null check (what in ('made', 'drilled')),
  at timestamptz not null default now(),
  detail jsonb not null
);
grant select on meta.backup to madoguchi_app;

create or replace function keeping.note_backup(what text, detail jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['system.run']);
  insert into meta.backup (what, detail) values (note_backup.what, note_backup.detail);
  perform audit.write('event', 'backup.' || note_backup.what, null, null, note_backup.detail);
end
$$;
revoke execute on function keeping.note_backup from public;
grant execute on function keeping.note_backup to madoguchi_app;

-- When the last backup was made and the last drilled, and since when there is something to lose; for who manages the
-- installation, and for the renewal of keys.
create or replace function keeping.backup_age() returns table (made timestamptz, drilled timestamptz, begun timestamptz)
language sql stable security definer set search_path = '' as $$
  select (select max(b.at) from meta.backup b where b.what = 'made'), (select max(b.at) from meta.backup b where b.what = 'drilled'),
         (select r.at from audit.record r order by r.id limit 1)
   where access.has_right('staff.manage') or access.has_right('system.run')
$$;
revoke execute on function keeping.backup_age from public;
grant execute on function keeping.backup_age to madoguchi_app;

-- Wrapped keys of a place after an id, whatever their epoch: for the one copy of them. The secrets that open them lie outside.
create or replace function vault.wrapped_keys(of_place text, after text, at_most integer)
returns table (id text, wrapped bytea) language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['system.run']);
  return query execute case of_place
      when 'holder' then 'select holder, wrapped_key from vault.holder_key where holder > $1 order by holder limit $2'
      when 'individual-number' then 'select person_number, wrapped_key from vault.individual_number where person_number > $1 order by person_number limit $2'
      when 'draft' then 'select id::text, wrapped_key from vault.draft where id::text > $1 order by id::text limit $2'
      when 'mailing' then 'select id::text, working_key from mailings.batch_run where id::text > $1 and working_key is not null order by id::text limit $2'
      when 'one-time-code' then 'select staff_id::text, totp_sealed from access.credential where staff_id::text > $1 order by staff_id::text limit $2'
    end using after, at_most;
end
$$;
alter function vault.wrapped_keys owner to madoguchi_owner;
revoke execute on function vault.wrapped_keys from public;
grant execute on function vault.wrapped_keys to madoguchi_app;
