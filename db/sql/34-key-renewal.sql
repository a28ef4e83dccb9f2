-- Renewal of the keys that wrap all others (ADR 35): read and written in lots by the account of the program while people
-- work. The database holds wrapped keys alone; the secrets of the epochs lie outside.

drop policy if exists in_a_session on vault.key_epoch;
drop policy if exists of_the_vault on vault.key_epoch;
create policy of_the_vault on vault.key_epoch to madoguchi_vault using (true) with check (true);

insert into vault.key_epoch (id, closed_at, destroyed_at) select 0, now(), now() where not exists (select from vault.key_epoch);

-- Under which epoch a key is wrapped; keys of the first bear no mark.
create or replace function vault.epoch_of(wrapped bytea) returns integer
language sql immutable set search_path = '' as $$
  select case when octet_length(wrapped) = 44 then ('x' || encode(substring(wrapped from 1 for 4), 'hex'))::bit(32)::integer else 0 end
$$;

-- After an epoch was closed no key is taken that is wrapped under an earlier one: nobody could open it. Whoever writes one
-- just before holds the row, and the closing waits.
create or replace function vault.refuse_earlier_epochs() returns trigger
language plpgsql security definer set search_path = '' as $$
declare closed integer; old_keys boolean;
begin
  perform from vault.key_epoch e where e.id = (select max(n.id) from vault.key_epoch n) for share;
  select max(e.id) into closed from vault.key_epoch e where e.closed_at is not null;
  if closed is null then return null; end if;
  -- Columns of the table that a key stands in, named by the trigger.
  if tg_argv[0] = 'totp_sealed' then
    select exists (select from added a where vault.epoch_of(substring(a.totp_sealed from 1 for greatest(octet_length(a.totp_sealed) - 60, 0))) < closed) into old_keys;
  elsif tg_argv[0] = 'working_key' then
    select exists (select from added a where a.working_key is not null and vault.epoch_of(a.working_key) < closed) into old_keys;
  else
    select exists (select from added a where vault.epoch_of(a.wrapped_key) < closed) into old_keys;
  end if;
  if old_keys then raise exception 'a key of an epoch that is over' using errcode = '55000'; end if;
  return null;
end
$$;
alter function vault.refuse_earlier_epochs owner to madoguchi_vault;
revoke execute on function vault.refuse_earlier_epochs from public;

do $$
declare t text; c text; e text;
begin
  foreach t in array array['vault.holder_key', 'vault.individual_number', 'vault.draft', 'mailings.batch_run', 'access.credential'] loop
    c := case t when 'mailings.batch_run' then 'working_key' when 'access.credential' then 'totp_sealed' else 'wrapped_key' end;
    foreach e in array array['insert', 'update'] loop
      execute format('drop trigger if exists %I on %s', 'keys_of_this_epoch_' || e, t);
      execute format('create trigger %I after %s on %s referencing new table as added for each statement
        execute function vault.refuse_earlier_epochs(%L)', 'keys_of_this_epoch_' || e, e, t, c);
    end loop;
  end loop;
end
$$;

-- Begins an epoch, unless the last renewal is still under way: then that one.
create or replace function vault.begin_epoch(at_least integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare last vault.key_epoch; made integer;
begin
  perform vault.require_purpose(array['system.run']);
  lock table vault.key_epoch in share row exclusive mode;
  select * into last from vault.key_epoch order by id desc limit 1;
  if last.id is not null and last.destroyed_at is null then return last.id; end if;
  made := greatest(coalesce(last.id, 0) + 1, at_least);
  insert into vault.key_epoch (id, begun_by) values (made, access.staff_id());
  perform audit.write('event', 'keys.renewal-begun', null, null, jsonb_build_object('epoch', made));
  return made;
end
$$;

-- Keys of the vault after an id, wrapped under an earlier epoch than the last one begun.
create or replace function vault.keys_to_renew(of_place text, after text, at_most integer)
returns table (id text, wrapped bytea) language plpgsql security definer set search_path = '' as $$
declare epoch integer := (select max(e.id) from vault.key_epoch e);
begin
  perform vault.require_purpose(array['system.run']);
  return query execute case of_place
      when 'holder' then 'select holder, wrapped_key from vault.holder_key where holder > $1 and vault.epoch_of(wrapped_key) < $3 order by holder limit $2'
      when 'individual-number' then 'select person_number, wrapped_key from vault.individual_number where person_number > $1 and vault.epoch_of(wrapped_key) < $3 order by person_number limit $2'
    end using after, at_most, epoch;
end
$$;

-- Writes keys wrapped anew, where the row still holds the key that was wrapped; a row that somebody else holds is left for
-- another time. Remembers how far it came.
create or replace function vault.renew_keys(of_place text, ids text[], old_keys bytea[], new_keys bytea[])
returns integer language plpgsql security definer set search_path = '' as $$
declare done integer;
begin
  perform vault.require_purpose(array['system.run']);
  execute case of_place
      when 'holder' then 'with held as (select k.holder from vault.holder_key k where k.holder = any($1) for update skip locked)
        update vault.holder_key k set wrapped_key = x.new from unnest($1, $2, $3) x(id, old, new) join held h on h.holder = x.id
         where k.holder = x.id and k.wrapped_key = x.old'
      when 'individual-number' then 'with held as (select k.person_number from vault.individual_number k where k.person_number = any($1) for update skip locked)
        update vault.individual_number k set wrapped_key = x.new from unnest($1, $2, $3) x(id, old, new) join held h on h.person_number = x.id
         where k.person_number = x.id and k.wrapped_key = x.old'
    end using ids, old_keys, new_keys;
  get diagnostics done = row_count;
  perform vault.note_renewal(of_place, ids[cardinality(ids)], done);
  return done;
end
$$;

create or replace function vault.note_renewal(of_place text, after text, done integer) returns void
language sql security definer set search_path = '' as $$
  update vault.key_epoch e set place = of_place, after_id = after, renewed = e.renewed + done where e.id = (select max(n.id) from vault.key_epoch n)
$$;

-- The same of keys that stand in tables of the owner: drafts, working files of mailings, secrets of one-time codes.
drop policy if exists renewed on vault.draft;
create policy renewed on vault.draft for update to madoguchi_owner using ((select access.has_right('system.run')));
grant select, update (wrapped_key) on vault.draft to madoguchi_owner;

create or replace function vault.other_keys_to_renew(of_place text, after text, at_most integer)
returns table (id text, wrapped bytea) language plpgsql security definer set search_path = '' as $$
declare epoch integer := vault.last_epoch();
begin
  perform vault.require_purpose(array['system.run']);
  return query execute case of_place
      when 'draft' then 'select id::text, wrapped_key from vault.draft where id::text > $1 and vault.epoch_of(wrapped_key) < $3 order by id::text limit $2'
      when 'mailing' then 'select id::text, working_key from mailings.batch_run where id::text > $1 and vault.epoch_of(working_key) < $3 order by id::text limit $2'
      when 'one-time-code' then 'select staff_id::text, totp_sealed from access.credential where staff_id::text > $1 and octet_length(totp_sealed) > 60
        and vault.epoch_of(substring(totp_sealed from 1 for greatest(octet_length(totp_sealed) - 60, 0))) < $3 order by staff_id::text limit $2'
    end using after, at_most, epoch;
end
$$;

create or replace function vault.renew_other_keys(of_place text, ids text[], old_keys bytea[], new_keys bytea[])
returns integer language plpgsql security definer set search_path = '' as $$
declare done integer;
begin
  perform vault.require_purpose(array['system.run']);
  execute case of_place
      when 'draft' then 'update vault.draft d set wrapped_key = x.new from unnest($1, $2, $3) x(id, old, new) where d.id = x.id::uuid and d.wrapped_key = x.old'
      when 'mailing' then 'update mailings.batch_run r set working_key = x.new from unnest($1, $2, $3) x(id, old, new) where r.id = x.id::uuid and r.working_key = x.old'
      when 'one-time-code' then 'update access.credential c set totp_sealed = x.new from unnest($1, $2, $3) x(id, old, new)
        where c.staff_id = x.id::integer and c.totp_sealed = x.old'
    end using ids, old_keys, new_keys;
  get diagnostics done = row_count;
  perform vault.note_renewal(of_place, ids[cardinality(ids)], done);
  return done;
end
$$;

create or replace function vault.last_epoch() returns integer
language sql stable security definer set search_path = '' as $$ select max(e.id) from vault.key_epoch e $$;

-- From now on no key of an earlier epoch is taken; waits for those who are writing one.
create or replace function vault.close_epoch() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['system.run']);
  update vault.key_epoch e set closed_at = clock_timestamp(), place = null, after_id = null
   where e.id = (select max(n.id) from vault.key_epoch n) and e.closed_at is null;
end
$$;

-- The secrets of the earlier epochs are destroyed. Refused while the vault holds a key under one of them.
create or replace function vault.end_renewal() returns void
language plpgsql security definer set search_path = '' as $$
declare epoch vault.key_epoch;
begin
  perform vault.require_purpose(array['system.run']);
  select * into epoch from vault.key_epoch order by id desc limit 1;
  if epoch.closed_at is null
     or exists (select from vault.holder_key k where vault.epoch_of(k.wrapped_key) < epoch.id)
     or exists (select from vault.individual_number i where vault.epoch_of(i.wrapped_key) < epoch.id) then
    raise exception 'keys of an earlier epoch are left' using errcode = '55000';
  end if;
  update vault.key_epoch e set destroyed_at = clock_timestamp() where e.id = epoch.id and e.destroyed_at is null;
  if found then
    perform audit.write('event', 'keys.renewed', null, null, jsonb_build_object('epoch', epoch.id, 'keys', epoch.renewed));
  end if;
end
$$;

-- How the last renewal stands. No row before the first.
create or replace function vault.renewal_state()
returns table (epoch integer, begun_at timestamptz, place text, after_id text, renewed bigint, closed_at timestamptz, destroyed_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['system.run']);
  return query select e.id, e.begun_at, e.place, e.after_id, e.renewed, e.closed_at, e.destroyed_at from vault.key_epoch e order by e.id desc limit 1;
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['vault.begin_epoch(integer)', 'vault.keys_to_renew(text, text, integer)', 'vault.renew_keys(text, text[], bytea[], bytea[])',
      'vault.close_epoch()', 'vault.end_renewal()', 'vault.renewal_state()', 'vault.note_renewal(text, text, integer)', 'vault.last_epoch()',
      'vault.epoch_of(bytea)']::regprocedure[] loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to madoguchi_app', f);
  end loop;
  foreach f in array array['vault.other_keys_to_renew(text, text, integer)', 'vault.renew_other_keys(text, text[], bytea[], bytea[])']::regprocedure[] loop
    execute format('alter function %s owner to madoguchi_owner', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to madoguchi_app', f);
  end loop;
end
$$;
revoke execute on function vault.note_renewal, vault.last_epoch, vault.epoch_of from madoguchi_app;
grant execute on function vault.note_renewal, vault.last_epoch, vault.epoch_of, vault.require_purpose to madoguchi_owner;
