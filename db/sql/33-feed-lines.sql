-- What a file said is kept until the file is closed: written or cancelled. Then its keys go, and the lines with them.

create or replace function vault.erase_feed_lines() returns trigger
language plpgsql security definer set search_path = '' as $$
declare holders text[] := array['feed:' || new.id, 'feed-number:' || new.id];
begin
  delete from vault.sealed_record s where s.holder = any(holders);
  delete from vault.holder_key k where k.holder = any(holders);
  perform audit.write('erase', 'feed.lines-erased', null, null, jsonb_build_object('importId', new.id));
  return null;
end
$$;
alter function vault.erase_feed_lines owner to madoguchi_vault;
revoke execute on function vault.erase_feed_lines from public;

drop trigger if exists erase_feed_lines on feeds.import;
create trigger erase_feed_lines after update of state on feeds.import for each row
  when (new.state in ('committed', 'cancelled') and old.state is distinct from new.state)
  execute function vault.erase_feed_lines();

-- The same for files that have one key and are kept by their own folders: of which holder (`receipts:` and the id of the file), and
-- what the log calls it.
create or replace function vault.erase_file_records() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from vault.sealed_record s where s.holder = tg_argv[0] || ':' || new.id;
  delete from vault.holder_key k where k.holder = tg_argv[0] || ':' || new.id;
  perform audit.write('erase', tg_argv[1], null, null, jsonb_build_object('file', new.id));
  return null;
end
$$;
alter function vault.erase_file_records owner to madoguchi_vault;
revoke execute on function vault.erase_file_records from public, madoguchi_app;

-- Lines that an earlier release left behind in files already closed. The owner of the vault has no session here.
set local role madoguchi_vault;
alter table vault.sealed_record no force row level security;
alter table vault.holder_key no force row level security;
delete from vault.sealed_record s where s.program = 'feeds' and s.kind = 'lines';
delete from vault.holder_key k where k.holder like 'feed:%' and not exists (select from vault.sealed_record s where s.holder = k.holder);
alter table vault.sealed_record force row level security;
alter table vault.holder_key force row level security;
reset role;
