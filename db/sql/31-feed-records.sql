-- What other offices tell of people (税情報, 福祉情報). Kinds are those of the feeds; the right to look is
-- `person.read-` and the kind. Only people whom a 事務 needs: the database itself asks `people.needed`.

create or replace function vault.require_feed_kind(of_kind text) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if of_kind not in ('tax', 'welfare') then raise exception 'no such kind of record' using errcode = '22023'; end if;
end
$$;

-- For a feed: what stands last under each subject, as fingerprints.
create or replace function vault.match_feed_records(of_kind text, subjects bigint[])
returns table (subject bigint, person_number text, told_on date, fingerprint bytea)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_feed_kind(of_kind);
  perform vault.require_purpose(array['feed.import', 'feed.commit', 'system.run']);
  perform audit.write('select', 'feed-record.matched', null, array[of_kind], jsonb_build_object('asked', cardinality(subjects)));
  return query select distinct on (r.subject) r.subject, r.person_number, r.told_on, r.fingerprint
    from vault.feed_record r where r.kind = of_kind and r.subject = any(subjects)
   order by r.subject, r.told_on desc, r.id desc;
end
$$;

-- Writes the rows of a file that another person approved, and of nobody who is not needed.
create or replace function vault.write_feed_records(
  of_import uuid, numbers text[], subjects bigint[], told date[], sealed_data bytea[], fingerprints bytea[])
returns void language plpgsql security definer set search_path = '' as $$
declare of_kind text := feeds.kind_in_commit(of_import);
begin
  perform vault.require_purpose(array['feed.commit', 'system.run']);
  if of_kind is null then raise exception 'no file is being committed' using errcode = '42501'; end if;
  perform vault.require_feed_kind(of_kind);
  if not people.all_needed(numbers, of_kind, null) then
    raise exception 'records of people whom nobody needs' using errcode = '42501';
  end if;
  insert into vault.feed_record (kind, person_number, subject, told_on, known_from, sealed, fingerprint, import_id, recorded_by)
  select of_kind, n, s, t, access.business_date(), d, f, of_import, access.staff_id()
    from unnest(numbers, subjects, told, sealed_data, fingerprints) x(n, s, t, d, f);
  perform audit.write('change', 'feed-record.written', (select array_agg(distinct n) from unnest(numbers) n), array[of_kind],
    jsonb_build_object('importId', of_import));
end
$$;

-- Looks at records of people whom the 事務 of this transaction needs: all of them, or those of some subjects, as they
-- were known on a day. Of each person asked for a row comes back and a look is written, whether anything is known or
-- not; `covered_on` is the date of the last full file that would have told of them.
create or replace function vault.look_at_feed_records(of_kind text, numbers text[], subjects bigint[], known_on date)
returns table (person_number text, subject bigint, told_on date, known_from date, sealed bytea, wrapped_key bytea, covered_on date)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_feed_kind(of_kind);
  perform vault.require_purpose(array['person.read-' || of_kind]);
  if not people.all_needed(numbers, of_kind, coalesce(current_setting('app.program', true), '')) then
    raise exception 'the program does not need records of these people' using errcode = '42501';
  end if;
  if exists (select from vault.person p where p.person_number = any(numbers) and not vault.within(p, vault.limiting_offices('person.read-' || of_kind))) then
    raise exception 'people of another office' using errcode = '42501';
  end if;
  perform vault.require_of_named_case(numbers, array[of_kind]);
  if cardinality(numbers) > 0 then
    perform audit.write('look', 'person.look', (select array_agg(distinct n) from unnest(numbers) n), array[of_kind], null);
  end if;
  return query
  select n.number, r.subject, r.told_on, r.known_from, r.sealed, k.wrapped_key, feeds.covered_on(n.number, of_kind)
    from (select distinct unnest(numbers) as number) n
    left join lateral (
      select distinct on (f.subject) f.* from vault.feed_record f
       where f.kind = of_kind and f.person_number = n.number
         and (subjects is null or f.subject = any(subjects))
         and (known_on is null or f.known_from <= known_on)
       order by f.subject, f.told_on desc, f.id desc) r on true
    left join vault.holder_key k on k.holder = n.number;
end
$$;

-- Copies, for functions of the owner, what stands last under a subject of somebody whom a 事務 needs, to a case of that
-- 事務: as it is, so that nobody between the feed and the case says what it says. Null where nothing is known.
create or replace function vault.copy_feed_record(of_kind text, number text, of_subject bigint, for_program text, for_case uuid, as_kind text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare copied uuid;
begin
  perform vault.require_feed_kind(of_kind);
  if (nullif(current_setting('app.purpose', true), '') is not null
      and access.has_right('person.read-' || of_kind, for_program, cases.office_of(for_case))
      and people.all_needed(array[number], of_kind, for_program)) is not true then
    raise exception 'no right to take records of %', of_kind using errcode = '42501';
  end if;
  insert into vault.sealed_record (id, holder, program, kind, case_id, sealed, feed_record_id, entered_by)
  select gen_random_uuid(), r.person_number, for_program, as_kind, for_case, r.sealed, r.id, access.staff_id() from vault.feed_record r
   where r.kind = of_kind and r.person_number = number and r.subject = of_subject
   order by r.told_on desc, r.id desc limit 1
  returning id into copied;
  perform audit.write('change', 'feed-record.copied', array[number], array[of_kind], null);
  return copied;
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['vault.require_feed_kind(text)', 'vault.match_feed_records(text, bigint[])',
      'vault.write_feed_records(uuid, text[], bigint[], date[], bytea[], bytea[])',
      'vault.look_at_feed_records(text, text[], bigint[], date)']::regprocedure[] loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to madoguchi_app', f);
  end loop;
end
$$;
alter function vault.copy_feed_record owner to madoguchi_vault;
revoke execute on function vault.copy_feed_record from public, madoguchi_app;
grant execute on function vault.copy_feed_record to madoguchi_owner;
