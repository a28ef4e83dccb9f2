-- 制度の数値: what the city sets for itself, from a day on. Proposed by one person, tried on real cases, approved by another,
-- never changed afterwards. Written by these functions alone. Values concern nobody, so everybody who is signed in reads them.

-- The 事務 that a parameter belongs to; none for what several share (`medical.…`), which whoever holds the right for one of them sets.
create or replace function city.program_of(of_key text) returns text language sql immutable set search_path = '' as $$
  select nullif(split_part(of_key, '.', 1), 'medical')
$$;
-- Whether the session sets it: by right in its 事務.
create or replace function city.may_see_differences(of_key text) returns boolean language sql stable security definer set search_path = '' as $$
  select access.has_any_right(array['city-parameter.prepare', 'city-parameter.approve'], city.program_of(of_key))
$$;

do $$
declare t text;
begin
  foreach t in array array['parameter', 'parameter_difference'] loop
    call cases.secure(('city.' || quote_ident(t))::regclass);
    execute format('revoke all on city.%I from madoguchi_app', t);
    execute format('grant select on city.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on city.%I', t);
  end loop;
end
$$;
create policy seen on city.parameter for select to madoguchi_app using ((select access.staff_id()) is not null);
-- Of a parameter that belongs to a 事務, for whoever sets it; what several share concerns them all.
create policy seen on city.parameter_difference for select to madoguchi_app
  using ((select access.has_right('system.run')) or parameter_id in (select p.id from city.parameter p where city.may_see_differences(p.key)));

-- Why a row from that day on can't follow those that hold: it begins with or before the last (`overlap`), or leaves days
-- without one behind a row that ends (`gap`). Null where it can.
create or replace function city.parameter_obstacle(of_key text, starts date) returns text
language sql stable security definer set search_path = '' as $$
  select case when starts <= greatest(p.valid_from, p.valid_to) then 'overlap' when starts > p.valid_to + 1 then 'gap' end
    from city.parameter p where p.key = of_key and p.decision = 'approved' order by p.valid_from desc limit 1
$$;

create or replace function city.propose_parameter(of_key text, what jsonb, starts date, ends date, written_in text, sure text) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; obstacle text;
begin
  perform access.require_right('city-parameter.prepare', city.program_of(of_key));
  perform pg_advisory_xact_lock(hashtext('city.parameter'), hashtext(of_key));
  if (length(of_key) between 3 and 80 and pg_column_size(what) < 200000 and what <> 'null'::jsonb and length(btrim(written_in)) between 4 and 300
      and starts between '1990-01-01' and '2100-12-31') is not true then
    raise exception 'not to be proposed so' using errcode = '42501';
  end if;
  obstacle := city.parameter_obstacle(of_key, starts);
  if obstacle is not null then raise exception 'not to be proposed so: %', obstacle using errcode = '42501'; end if;
  insert into city.parameter (key, value, valid_from, valid_to, source, certainty, proposed_by)
  values (of_key, what, starts, ends, btrim(written_in), sure, access.staff_id()) returning id into made;
  perform audit.write('event', 'city-parameter.proposed', null, null, jsonb_build_object('number', made::text, 'area', of_key));
  return made;
end
$$;

-- What came of reckoning cases anew with a proposed row; a trial takes the place of the one before, as long as nobody decided.
create or replace function city.record_trial(of_id integer, tried integer, case_ids uuid[], differing text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare found_rows integer;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to try' using errcode = '42501'; end if;
  perform 1 from city.parameter p where p.id = of_id and p.decision is null for update;
  if not found then return 0; end if;
  delete from city.parameter_difference d where d.parameter_id = of_id;
  insert into city.parameter_difference (parameter_id, case_id, parts, decided)
  select of_id, c.id, string_to_array(max(x.parts), ','), not bool_or(coalesce(s.open, true))
    from unnest(case_ids, differing) x(case_id, parts) join cases.case c on c.id = x.case_id
    left join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
   group by c.id;
  get diagnostics found_rows = row_count;
  update city.parameter set tried_cases = greatest(tried, found_rows), tried_at = now() where id = of_id;
  return found_rows;
end
$$;

-- By another person than proposed it, once the cases were reckoned anew. Once; false where somebody else was faster.
create or replace function city.decide_parameter(of_id integer, how text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare p city.parameter; who integer := access.staff_id(); obstacle text;
begin
  select x.* into p from city.parameter x where x.id = of_id;
  perform access.require_right('city-parameter.approve', city.program_of(p.key));
  perform pg_advisory_xact_lock(hashtext('city.parameter'), hashtext(p.key));
  select x.* into p from city.parameter x where x.id = of_id for update;
  if p.decision is not null then return false; end if;
  if (how in ('approved', 'refused') and p.proposed_by <> who and (how = 'refused' or p.tried_at is not null)) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  obstacle := city.parameter_obstacle(p.key, p.valid_from);
  if how = 'approved' and obstacle is not null then raise exception 'not to be decided so: %', obstacle using errcode = '42501'; end if;
  update city.parameter set decision = how, decided_by = who, decided_at = now() where id = of_id;
  perform audit.write('change', 'city-parameter.' || how, null, null, jsonb_build_object('number', of_id::text, 'area', p.key));
  return true;
end
$$;

-- Held by the table too: what was proposed stays as it was proposed, and what was decided stays decided.
create or replace function city.guard_parameter() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and old.decision is null
     and (to_jsonb(new) - array['tried_cases', 'tried_at', 'decision', 'decided_by', 'decided_at'])
       = (to_jsonb(old) - array['tried_cases', 'tried_at', 'decision', 'decided_by', 'decided_at']) then
    return new;
  end if;
  raise exception 'what is set of the city is never changed, only followed by another row' using errcode = '42501';
end
$$;
create or replace trigger parameter_is_final before update or delete on city.parameter for each row execute function city.guard_parameter();
create or replace trigger parameter_stays before truncate on city.parameter for each statement execute function city.refuse_change();

-- The cases that a proposed row would change, by number: for whoever proposes or approves it. Nothing of the person.
create or replace function city.differences_of(of_id integer, only_decided boolean, first_row integer, most integer)
returns table (case_id uuid, number text, program text, kind text, state text, decided boolean, parts text[], total bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  if (select city.may_see_differences(p.key) from city.parameter p where p.id = of_id) is not true then
    raise exception 'no right to see' using errcode = '42501';
  end if;
  return query
    select c.id, c.number, c.program, c.kind, coalesce(s.title, c.state), d.decided, d.parts, count(*) over ()
      from city.parameter_difference d join cases.case c on c.id = d.case_id
      left join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where d.parameter_id = of_id and (only_decided is null or d.decided = only_decided)
     order by c.number offset greatest(first_row, 0) limit least(most, 200);
end
$$;

revoke execute on all functions in schema city from public;
grant execute on function city.parameter_obstacle, city.propose_parameter, city.record_trial, city.decide_parameter, city.differences_of, city.may_see_differences
  to madoguchi_app;
