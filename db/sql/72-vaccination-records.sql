-- 接種記録: what channels tell (slips), the record that comes of it, corrections by one or by two, lots, papers. The feed alone
-- writes records by itself (75-vaccination.sql); everything else by these functions.

do $$
declare t text;
begin
  foreach t in array array['slip', 'shot_change', 'shot_revision', 'shot_hold', 'lot', 'mother_child_number', 'record_paper'] loop
    call cases.secure(('vaccination.' || quote_ident(t))::regclass);
    execute format('revoke all on vaccination.%I from madoguchi_app', t);
    execute format('drop policy if exists seen on vaccination.%I', t);
  end loop;
  foreach t in array array['slip', 'shot_change', 'shot_revision', 'shot_hold', 'lot', 'record_paper'] loop
    execute format('grant select on vaccination.%I to madoguchi_app', t);
  end loop;
  -- Of the person's office; what is nobody's yet, of whoever holds the right at all.
  foreach t in array array['slip', 'shot_revision', 'record_paper'] loop
    execute format('create policy seen on vaccination.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''case.read'') s
              where (s.program is null or s.program = ''vaccination'') and (s.office is null or %1$I.office_code is null or s.office = %1$I.office_code))
             or (select access.has_right(''system.run'')))', t);
  end loop;
end
$$;
create policy seen on vaccination.shot_change for select to madoguchi_app using ((select access.has_right('person.read', 'vaccination')));
create policy seen on vaccination.shot_hold for select to madoguchi_app using ((select access.has_right('person.read', 'vaccination')));
create policy seen on vaccination.lot for select to madoguchi_app
  using ((select access.has_right('person.read', 'vaccination')) or (select access.has_right('system.run')));

-- What the functions of the owner have to know of many people at once: their office, since when they can have been born, until
-- when they lived.
create or replace function vault.lives_of(numbers text[]) returns table (person_number text, office_code text, born_from date, died_on date)
language sql stable security definer set search_path = '' as $$
  select p.person_number, p.office_code, coalesce(p.birth_date, lower(vault.birth_range(p.birth_told))), p.died_on
    from vault.person p where p.person_number = any(numbers)
$$;

-- Whom names and birth dates may mean, many at once: the name by its tokens, and of the birth date two of its three parts. Recorded
-- as one search; whoever is compared by name and address is looked at besides.
-- `born_so`: only whoever was born on that very day, which is found without reading everybody of the name.
drop function if exists vault.match_identities(text[], date[]);
create or replace function vault.match_identities(names text[], births date[], born_so boolean) returns table (at integer, person_number text)
language plpgsql security definer set search_path = '' as $$
declare offices text[];
begin
  perform vault.require_purpose(array['person.search', 'system.run']);
  if (cardinality(names) = cardinality(births) and cardinality(names) between 1 and 2000) is not true then
    raise exception 'not to be matched so' using errcode = '22023';
  end if;
  if not access.has_right('system.run') then offices := vault.limiting_offices('person.search'); end if;
  perform audit.write('search', 'person.identities-matched', null, null, jsonb_build_object('asked', cardinality(names)));
  if born_so then
    return query
      select x.place::integer, p.person_number
        from (select u.t::bigint[] as tokens, u.b as born, u.o as place from unnest(names, births) with ordinality u(t, b, o)) x
        join vault.person p on p.birth_date = x.born and p.name_tokens @> x.tokens
       where offices is null or p.office_code = any(offices);
    return;
  end if;
  return query
    select x.place::integer, p.person_number
      from unnest(names, births) with ordinality x(tokens, born, place)
      cross join lateral vault.with_name(x.tokens::bigint[], false) n(number)
      join vault.person p on p.person_number = n.number
     where (offices is null or p.office_code = any(offices))
       and (p.birth_date is null or (extract(year from p.birth_date) = extract(year from x.born))::integer
            + (extract(month from p.birth_date) = extract(month from x.born))::integer
            + (extract(day from p.birth_date) = extract(day from x.born))::integer >= 2);
end
$$;

-- What sealed records are, many at once and without a trace, for checks of the owner's functions.
create or replace function vault.sealed_among(ids uuid[]) returns table (id uuid, holder text, program text, kind text, entered_by integer)
language sql stable security definer set search_path = '' as $$
  select s.id, s.holder, s.program, s.kind, s.entered_by from vault.sealed_record s where s.id = any(ids)
$$;

-- A slip that is sealed for nobody yet has a key of its own, until it is somebody's.
create or replace function vault.erase_slip_key(of_slip uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from vault.sealed_record s where s.holder = 'slip:' || of_slip and s.program = 'vaccination';
  delete from vault.holder_key k where k.holder = 'slip:' || of_slip;
end
$$;

do $$
declare f text;
begin
  foreach f in array array['lives_of(text[])', 'sealed_among(uuid[])', 'match_identities(text[], date[], boolean)', 'erase_slip_key(uuid)'] loop
    execute format('alter function vault.%s owner to madoguchi_vault', f);
    execute format('revoke execute on function vault.%s from public, madoguchi_app', f);
  end loop;
end
$$;
grant execute on function vault.lives_of, vault.sealed_among, vault.erase_slip_key to madoguchi_owner;
grant execute on function vault.match_identities to madoguchi_app;

-- Whether something may be sealed under this holder as details of a slip, words of a mistake or a paper: a person within the
-- office of whoever enters, or a slip that is nobody's yet.
create or replace function vaccination.takes_details(holders text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select access.has_right('system.run')
      or (not exists (select from unnest(holders) h where h like 'slip:%') or access.has_any_right(array['case.enter'], 'vaccination'))
         and (select count(*) from unnest(holders) h where h not like 'slip:%')
             = (select count(*) from unnest(holders) h join vault.lives_of(holders) l on l.person_number = h
                 where l.office_code in (select o.code from access.office o where access.has_any_right(array['case.enter', 'case.examine', 'certificate.issue'], 'vaccination', o.code)))
$$;

-- Takes turns where the same people are told of at the same time, so that one dose stays one record.
create or replace function vaccination.lock_people(numbers text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not access.has_any_right(array['case.enter', 'system.run'], 'vaccination') then raise exception 'no right to enter records' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('vaccination records', l))
     from (select distinct mod(abs(hashtextextended(n, 0)), 512) as l from unnest(numbers) n order by 1) x;
end
$$;

-- Whose a 母子健康手帳番号 is, as slips before told.
create or replace function vaccination.people_of_handbooks(tokens bigint[]) returns table (token bigint, person_number text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not access.has_any_right(array['case.enter', 'system.run'], 'vaccination') then raise exception 'no right to enter records' using errcode = '42501'; end if;
  return query select m.token, m.person_number from vaccination.mother_child_number m where m.token = any(tokens);
end
$$;

-- What a record says, without whose it is and who entered it.
create or replace function vaccination.said(s vaccination.shot) returns jsonb
language sql immutable set search_path = '' as $$
  select to_jsonb(s) - array['id', 'person_number', 'entered_at', 'entered_by', 'details_id', 'revision']
$$;
create or replace function vaccination.keep_change(old_shot vaccination.shot, new_shot vaccination.shot, what text, of_revision uuid) returns void
language sql set search_path = '' as $$
  insert into vaccination.shot_change (shot_id, person_number, what, before, revision_id, staff_id, at, "on")
  select old_shot.id, old_shot.person_number, what,
         (select coalesce(jsonb_object_agg(o.key, o.value), '{}') from jsonb_each(vaccination.said(old_shot)) o
           where new_shot is null or o.value is distinct from vaccination.said(new_shot) -> o.key),
         of_revision, access.staff_id(), cases.moment(), access.business_date()
$$;
-- What a file tells otherwise is kept as it stood before.
create or replace function vaccination.keep_told_by_feed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if vaccination.said(old) is distinct from vaccination.said(new) then
    perform vaccination.keep_change(old, new, 'told-by-feed', null);
  end if;
  return null;
end
$$;
drop trigger if exists keep_told_by_feed on vaccination.shot;
create trigger keep_told_by_feed after update on vaccination.shot for each row when (current_user = 'madoguchi_app')
  execute function vaccination.keep_told_by_feed();

-- A slip as the program tells it. Read once a call: reading some hundred of them anew for each question was a third of the whole.
do $$
begin
  if to_regtype('vaccination.told_slip') is null then
    create type vaccination.told_slip as (id uuid, seen integer, channel text, reference text, outcome text, state text, person_number text, coupon_number text, vaccine text,
      dose integer, given_on date, product text, lot text, volume text, route text, clinic_code text, clinic_name text, interview_on date, details_id uuid, matched_by text,
      score integer, doubts text[], accepted text, shot_id uuid, handbook bigint, mistake integer, report text);
  end if;
end
$$;
drop function if exists vaccination.told_slips(jsonb);

-- Takes slips, or settles some that wait (`seen`: the revision that was looked at): each as the checks of
-- workflows/vaccination/records judged it. The database holds to what can be told without the rules: who may, whose office,
-- no shot before birth, after death or to come, one record of a dose, a second channel of the same day.
create or replace function vaccination.take_slips(told jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id(); today date := access.business_date(); many integer; done integer; runs boolean := access.has_right('system.run');
        now_is timestamptz := cases.moment(); slips vaccination.told_slip[]; whose text[]; sealed uuid[];
begin
  if not access.has_any_right(array['case.enter', 'system.run'], 'vaccination') then raise exception 'no right to enter records' using errcode = '42501'; end if;
  if (jsonb_typeof(told) = 'array' and jsonb_array_length(told) between 1 and 2000) is not true then raise exception 'no slips' using errcode = '22023'; end if;
  slips := array(select x from jsonb_populate_recordset(null::vaccination.told_slip, told) x);
  whose := array(select distinct s.person_number from unnest(slips) s where s.person_number is not null);
  sealed := array(select s.details_id from unnest(slips) s where s.details_id is not null);
  if not runs and exists (select from (select distinct l.office_code from vault.lives_of(whose) l) o
              where not access.has_any_right(array['case.enter'], 'vaccination', o.office_code)) then
    raise exception 'no right to enter records of that office' using errcode = '42501';
  end if;
  -- Counted, not asked whether there is one: for the first of many the planner would compare each slip with each person.
  select count(*) into many from unnest(slips) s
       left join vault.lives_of(whose) l on l.person_number = s.person_number
       left join vault.sealed_among(sealed) d on d.id = s.details_id
     where s.person_number is not null and l.person_number is null
       or s.state not in ('recorded', 'second-channel', 'noted', 'unmatched', 'doubtful')
       or (s.state in ('unmatched')) <> (s.person_number is null and s.state <> 'doubtful')
       or (s.state in ('recorded', 'second-channel')) and s.outcome <> 'given' or s.state = 'noted' and s.outcome = 'given'
       or s.state in ('recorded', 'second-channel', 'noted') and (s.given_on between l.born_from and least(today, coalesce(l.died_on, today))) is not true
       or s.state = 'recorded' and (s.dose between 1 and 99 and s.shot_id is not null) is not true
       or s.state not in ('recorded', 'second-channel') and s.shot_id is not null
       or s.mistake is not null and (s.accepted is null or s.state not in ('recorded', 'noted'))
       or s.details_id is not null and (d.program = 'vaccination' and d.kind = 'shot-details' and d.entered_by = who
              and d.holder = coalesce(s.person_number, 'slip:' || s.id)) is not true;
  -- What stands under the name of a row of a punched file is what became of that row, so nothing else is told under it.
  if many > 0 or punched.takes_slips(array(select s.reference from unnest(slips) s where s.channel = 'punched' and s.seen is null)) is not true then
    raise exception 'not to be entered so' using errcode = '22023';
  end if;
  -- New records; somebody was faster where one is there.
  insert into vaccination.shot (id, person_number, vaccine, dose, given_on, product, lot, volume, route, clinic_code, clinic_name, interview_on, details_id, source, entered_at, entered_by)
  select s.shot_id, s.person_number, s.vaccine, s.dose, s.given_on, s.product, s.lot, s.volume, s.route, s.clinic_code, s.clinic_name, s.interview_on, s.details_id, s.channel, now_is, who
    from unnest(slips) s where s.state = 'recorded'
  on conflict do nothing;
  get diagnostics done = row_count;
  select count(*) into many from unnest(slips) s where s.state = 'recorded';
  if done <> many then raise exception 'the dose is recorded already' using errcode = 'MD014'; end if;
  -- A second channel: what was missing is filled in, what is there stays.
  if exists (select from unnest(slips) s where s.state = 'second-channel' and not exists (
       select from vaccination.shot o where o.id = s.shot_id and o.person_number = s.person_number and o.vaccine = s.vaccine and o.given_on = s.given_on)) then
    raise exception 'the record has moved on' using errcode = 'MD014';
  end if;
  with filled as (
    select o.*::vaccination.shot as was, s.* from unnest(slips) s join vaccination.shot o on o.id = s.shot_id
     where s.state = 'second-channel'
       and (o.product is null and s.product is not null or o.lot is null and s.lot is not null or o.volume is null and s.volume is not null
            or o.route is null and s.route is not null or o.clinic_name is null and s.clinic_name is not null or o.clinic_code is null and s.clinic_code is not null
            or o.interview_on is null and s.interview_on is not null or o.details_id is null and s.details_id is not null)),
  now_so as (
    update vaccination.shot o set product = coalesce(o.product, f.product), lot = coalesce(o.lot, f.lot), volume = coalesce(o.volume, f.volume),
           route = coalesce(o.route, f.route), clinic_code = coalesce(o.clinic_code, f.clinic_code), clinic_name = coalesce(o.clinic_name, f.clinic_name),
           interview_on = coalesce(o.interview_on, f.interview_on), details_id = coalesce(o.details_id, f.details_id), revision = o.revision + 1
      from filled f where o.id = f.shot_id returning o.*::vaccination.shot as became, f.was)
  select count(vaccination.keep_change(n.was, n.became, 'completed', null)) into many from now_so n;
  insert into vaccination.shot_channel (person_number, vaccine, dose, source, given_on, told_on, told_by)
  select o.person_number, o.vaccine, o.dose, s.channel, o.given_on, today, who from unnest(slips) s join vaccination.shot o on o.id = s.shot_id
   where s.state = 'second-channel' on conflict do nothing;
  -- The slips themselves: new ones, and those that waited.
  insert into vaccination.slip (id, channel, reference, outcome, state, person_number, office_code, coupon_number, vaccine, dose, given_on, product, lot, volume, route,
    clinic_code, clinic_name, interview_on, details_id, matched_by, score, doubts, accepted, shot_id, entered_by, entered_at, entered_on)
  select s.id, s.channel, s.reference, s.outcome, s.state, s.person_number, l.office_code, s.coupon_number, s.vaccine, s.dose, s.given_on, s.product, s.lot, s.volume, s.route,
         s.clinic_code, s.clinic_name, s.interview_on, s.details_id, s.matched_by, s.score, coalesce(s.doubts, '{}'), s.accepted, s.shot_id, who, now_is, today
    from unnest(slips) s
    left join vault.lives_of(whose) l on l.person_number = s.person_number
   where s.seen is null;
  select count(*) into many from unnest(slips) s where s.seen is not null;
  -- Of a slip that waits for somebody of another office, that office says whose it is.
  if not runs and exists (select from unnest(slips) s join vaccination.slip o on o.id = s.id
              where s.seen is not null and not access.has_any_right(array['case.enter'], 'vaccination', o.office_code)) then
    raise exception 'no right to settle slips of that office' using errcode = '42501';
  end if;
  update vaccination.slip o set outcome = s.outcome, state = s.state, person_number = s.person_number, office_code = vault.office_of(s.person_number), coupon_number = s.coupon_number, vaccine = s.vaccine,
         dose = s.dose, given_on = s.given_on, product = s.product, lot = s.lot, volume = s.volume, route = s.route, clinic_code = s.clinic_code, clinic_name = s.clinic_name,
         interview_on = s.interview_on, details_id = s.details_id, matched_by = s.matched_by, score = s.score, doubts = coalesce(s.doubts, '{}'), accepted = s.accepted,
         shot_id = s.shot_id, discard_reason = null, settled_by = who, settled_at = now_is, revision = o.revision + 1
    from unnest(slips) s
   where s.seen is not null and o.id = s.id and o.revision = s.seen and o.state in ('unmatched', 'doubtful', 'discarded') and o.channel = s.channel;
  get diagnostics done = row_count;
  if done <> many then raise exception 'the slip has moved on' using errcode = 'MD014'; end if;
  perform vault.erase_slip_key(s.id) from unnest(slips) s where s.seen is not null and s.person_number is not null;
  insert into vaccination.mother_child_number (token, person_number, slip_id, noted_at)
  select distinct on (s.handbook, s.person_number) s.handbook, s.person_number, s.id, now_is from unnest(slips) s
   where s.handbook is not null and s.state in ('recorded', 'second-channel', 'noted')
  on conflict do nothing;
  perform mistakes.open_from_slips(array(select s.id from unnest(slips) s where s.mistake is not null),
    array(select s.mistake from unnest(slips) s where s.mistake is not null), array(select s.report from unnest(slips) s where s.mistake is not null));
  perform audit.write('change', 'vaccination.slips-taken', nullif(whose, '{}'),
    array['vaccination'], jsonb_build_object('slips', jsonb_array_length(told)));
end
$$;

-- A slip that is no record after all; it stays, with its reason, and may be settled later.
create or replace function vaccination.discard_slip(of_slip uuid, seen integer, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare s vaccination.slip;
begin
  select x.* into s from vaccination.slip x where x.id = of_slip for update;
  if not found or not access.has_any_right(array['case.enter'], 'vaccination', s.office_code) then raise exception 'no such slip' using errcode = '42501'; end if;
  if s.revision is distinct from seen or s.state not in ('unmatched', 'doubtful') then raise exception 'the slip has moved on' using errcode = 'MD014'; end if;
  if (why in ('returned', 'entered-twice', 'not-ours', 'illegible')) is not true then raise exception 'no such reason' using errcode = '22023'; end if;
  update vaccination.slip x set state = 'discarded', discard_reason = why, settled_by = access.staff_id(), settled_at = cases.moment(), revision = x.revision + 1 where x.id = of_slip;
  perform audit.write('change', 'vaccination.slip-discarded', case when s.person_number is not null then array[s.person_number] end, array['vaccination'],
    jsonb_build_object('number', s.serial::text, 'reason', why));
end
$$;

-- What hangs on a record, told by the functions of the part whose it is.
create or replace function vaccination.hold_shot(of_shot uuid, of_kind text, of_reference text) returns void
language sql set search_path = '' as $$
  insert into vaccination.shot_hold (shot_id, kind, reference, held_at) values (of_shot, of_kind, of_reference, cases.moment()) on conflict do nothing
$$;
create or replace function vaccination.release_shot(of_shot uuid, of_kind text, of_reference text) returns void
language sql set search_path = '' as $$
  delete from vaccination.shot_hold h where h.shot_id = of_shot and h.kind = of_kind and h.reference = of_reference
$$;

create or replace function vaccination.apply_revision(r vaccination.shot_revision) returns void
language plpgsql set search_path = '' as $$
declare was vaccination.shot; became vaccination.shot; v jsonb := r.values; born date; died date;
begin
  select x.* into was from vaccination.shot x where x.id = r.shot_id for update;
  if not found or was.revision <> r.shot_seen then raise exception 'the record has moved on' using errcode = 'MD014'; end if;
  if r.kind = 'cancel' then
    delete from vaccination.shot x where x.id = was.id;
    delete from vaccination.shot_channel x where x.person_number = was.person_number and x.vaccine = was.vaccine and x.dose = was.dose;
    perform vaccination.keep_change(was, null, 'cancelled', r.id);
    -- A slip of somebody else waits to be matched anew; the others stay as what was told in vain.
    if r.reason = 'other-person' then
      update vaccination.slip s set state = 'doubtful', shot_id = null, doubts = array['other-person'], accepted = null, revision = s.revision + 1 where s.shot_id = was.id;
    else
      update vaccination.slip s set state = 'discarded', shot_id = null, discard_reason = case when r.reason = 'told-twice' then 'entered-twice' else 'returned' end,
             settled_by = access.staff_id(), settled_at = cases.moment(), revision = s.revision + 1 where s.shot_id = was.id;
    end if;
    return;
  end if;
  select l.born_from, l.died_on into born, died from vault.lives_of(array[was.person_number]) l;
  if ((v ->> 'given_on')::date between born and least(access.business_date(), coalesce(died, access.business_date()))) is not true then
    raise exception 'not on that day' using errcode = '22023';
  end if;
  update vaccination.shot x set vaccine = v ->> 'vaccine', dose = (v ->> 'dose')::integer, given_on = (v ->> 'given_on')::date, product = v ->> 'product', lot = v ->> 'lot',
         volume = v ->> 'volume', route = v ->> 'route', clinic_code = v ->> 'clinic_code', clinic_name = v ->> 'clinic_name', interview_on = (v ->> 'interview_on')::date,
         revision = x.revision + 1
   where x.id = was.id returning x.* into became;
  update vaccination.shot_channel x set vaccine = became.vaccine, dose = became.dose, given_on = became.given_on
   where x.person_number = was.person_number and x.vaccine = was.vaccine and x.dose = was.dose;
  perform vaccination.keep_change(was, became, 'corrected', r.id);
end
$$;

-- Corrects or cancels a record: at once, or by a second person where money or a paper hangs on it. Says how it stands then.
create or replace function vaccination.propose_revision(of_shot uuid, seen integer, of_kind text, new_values jsonb, why text) returns table (id uuid, state text)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare s vaccination.shot; office text; hangs text[]; r vaccination.shot_revision; who integer := access.staff_id();
begin
  select x.* into s from vaccination.shot x where x.id = of_shot for update;
  if found then select l.office_code into office from vault.lives_of(array[s.person_number]) l; end if;
  if office is null or not access.has_any_right(array['case.enter'], 'vaccination', office) then raise exception 'no such record' using errcode = '42501'; end if;
  if s.revision is distinct from seen then raise exception 'the record has moved on' using errcode = 'MD014'; end if;
  if (of_kind = 'cancel' and new_values is null
      or of_kind = 'correct' and jsonb_typeof(new_values) = 'object'
         and (new_values - array['vaccine', 'dose', 'given_on', 'product', 'lot', 'volume', 'route', 'clinic_code', 'clinic_name', 'interview_on']) = '{}'
         and new_values ? 'vaccine' and (new_values ->> 'dose')::integer between 1 and 99 and pg_input_is_valid(new_values ->> 'given_on', 'date')
         and not exists (select from jsonb_each_text(new_values) e where length(e.value) > 100)) is not true then
    raise exception 'not to be corrected so' using errcode = '22023';
  end if;
  select coalesce(array_agg(distinct h.kind order by h.kind), '{}') into hangs from (
    select x.kind from vaccination.shot_hold x where x.shot_id = of_shot
    union all select case d.route when 'refund' then 'refund' else 'clinic-claim' end from vaccination.paid_dose d
     where d.person_number = any(people.numbers_of(s.person_number)) and d.vaccine = s.vaccine and d.dose = s.dose and d.outcome = 'given' and d.cancelled_at is null) h;
  insert into vaccination.shot_revision (shot_id, shot_seen, person_number, office_code, kind, state, values, reason, holds, proposed_by, proposed_at, decided_by, decided_at)
  values (of_shot, seen, s.person_number, office, of_kind, case when hangs = '{}' then 'applied' else 'waiting' end, new_values, why, hangs, who, cases.moment(),
    case when hangs = '{}' then who end, case when hangs = '{}' then cases.moment() end) returning * into r;
  if hangs = '{}' then perform vaccination.apply_revision(r); end if;
  perform audit.write('change', case when hangs = '{}' then 'vaccination.record-' || of_kind else 'vaccination.record-' || of_kind || '-asked' end, array[s.person_number],
    array['vaccination'], jsonb_build_object('number', r.serial::text, 'reason', why));
  return query select r.id, r.state;
end
$$;

-- Approved, refused or withdrawn along workflows/vaccination/records/revision-machine.ts.
create or replace function vaccination.decide_revision(of_revision uuid, seen integer, event_type text, target text, why text) returns void
language plpgsql security definer set search_path = '' as $$
declare r vaccination.shot_revision; w flows.way; who integer := access.staff_id(); one text; ok boolean;
begin
  select x.* into r from vaccination.shot_revision x where x.id = of_revision for update;
  if not found then raise exception 'no such correction' using errcode = '42501'; end if;
  w := flows.take('vaccination-record-revision', 1, r.state, event_type, target, 'vaccination', why is not null);
  if not exists (select from unnest(w.rights) t where access.has_right(t, 'vaccination', r.office_code)) then raise exception 'no right for this step' using errcode = '42501'; end if;
  if r.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  foreach one in array w.checks loop
    ok := case one when 'notProposer' then r.proposed_by <> who when 'isProposer' then r.proposed_by = who else false end;
    if ok is not true then raise exception 'no such step' using errcode = 'MD011'; end if;
  end loop;
  if (event_type = 'refuse') <> (why is not null) or why is not null and why not in ('evidence', 'values', 'other') then raise exception 'no such reason' using errcode = '22023'; end if;
  update vaccination.shot_revision x set state = target, refusal = why, decided_by = who, decided_at = cases.moment(), revision = x.revision + 1 where x.id = r.id returning * into r;
  if event_type = 'approve' then perform vaccination.apply_revision(r); end if;
  perform audit.write('change', 'vaccination.revision-' || event_type, array[r.person_number], array['vaccination'], jsonb_build_object('number', r.serial::text));
end
$$;

-- 製造番号 as a notice of the maker names it; entered again it is corrected.
create or replace function vaccination.enter_lot(of_vaccine text, of_lot text, of_product text, last_day date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not access.covers('case.enter', 'vaccination', null) then raise exception 'no right to enter lots' using errcode = '42501'; end if;
  if (last_day between '2000-01-01' and access.business_date() + 3660) is not true then raise exception 'no such day' using errcode = '22023'; end if;
  insert into vaccination.lot (vaccine, lot, product, expires_on, entered_by, entered_at)
  values (of_vaccine, of_lot, of_product, last_day, access.staff_id(), cases.moment())
  on conflict (vaccine, lot) do update set product = excluded.product, expires_on = excluded.expires_on, entered_by = excluded.entered_by, entered_at = excluded.entered_at, withdrawn = false;
  perform audit.write('change', 'vaccination.lot-entered', null, null, jsonb_build_object('vaccine', of_vaccine, 'lot', of_lot));
end
$$;
create or replace function vaccination.withdraw_lot(of_vaccine text, of_lot text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not access.covers('case.enter', 'vaccination', null) then raise exception 'no right to enter lots' using errcode = '42501'; end if;
  update vaccination.lot l set withdrawn = true, entered_by = access.staff_id(), entered_at = cases.moment() where l.vaccine = of_vaccine and l.lot = of_lot and not l.withdrawn;
  if not found then raise exception 'no such lot' using errcode = 'MD014'; end if;
  perform audit.write('change', 'vaccination.lot-withdrawn', null, null, jsonb_build_object('vaccine', of_vaccine, 'lot', of_lot));
end
$$;

-- 接種済証, certificate in English or history sheet, as it is issued: sealed before, the number given here. What it certifies is
-- corrected by two from now on.
drop function if exists vaccination.next_paper();
create or replace function vaccination.issue_paper(new_id uuid, of_kind text, number text, shots uuid[], of_template text, said uuid, document text) returns void
language plpgsql security definer set search_path = '' as $$
declare office text; year integer := cases.fiscal_year(access.business_date());
begin
  select l.office_code into office from vault.lives_of(array[number]) l;
  if office is null or not access.has_right('document.print', 'vaccination', office) then raise exception 'no right to issue' using errcode = '42501'; end if;
  if (cardinality(shots) = (select count(*) from vaccination.shot s where s.id = any(shots) and s.person_number = number)
      and exists (select from vault.sealed_of(said) d where d.holder = number and d.program = 'vaccination' and d.kind = 'record-paper' and d.entered_by = access.staff_id())
      and cases.was_given('vaccination.document', year, substring(document from '第' || cases.year_label(year) || '-(\d{6,9})号$'))
      and not exists (select from vaccination.record_paper p where p.document_number = document)
      and length(document) <= 60 and length(of_template) between 1 and 60) is not true then
    raise exception 'not to be issued so' using errcode = '22023';
  end if;
  insert into vaccination.record_paper (id, kind, person_number, office_code, document_number, shot_ids, template, sealed_id, issued_by, issued_on, issued_at)
  values (new_id, of_kind, number, office, document, shots, of_template, said, access.staff_id(), access.business_date(), cases.moment());
  if of_kind <> 'history' then perform vaccination.hold_shot(s, 'paper', new_id::text) from unnest(shots) s; end if;
  perform audit.write('print', 'vaccination.paper-issued', array[number], array['vaccination'], jsonb_build_object('kind', of_kind));
end
$$;

revoke execute on function vaccination.takes_details, vaccination.lock_people, vaccination.people_of_handbooks, vaccination.said, vaccination.keep_change,
  vaccination.keep_told_by_feed, vaccination.take_slips, vaccination.discard_slip, vaccination.hold_shot, vaccination.release_shot, vaccination.apply_revision,
  vaccination.propose_revision, vaccination.decide_revision, vaccination.enter_lot, vaccination.withdraw_lot, vaccination.issue_paper from public;
grant execute on function vaccination.lock_people, vaccination.people_of_handbooks, vaccination.take_slips, vaccination.discard_slip,
  vaccination.propose_revision, vaccination.decide_revision, vaccination.enter_lot, vaccination.withdraw_lot, vaccination.issue_paper to madoguchi_app;
grant execute on function vaccination.takes_details to madoguchi_vault;
grant usage on schema vaccination to madoguchi_vault;
