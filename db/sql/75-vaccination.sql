-- 予防接種: coupons, and records of vaccination as a file tells them (72-vaccination-records.sql has those that are entered).

grant usage on schema vaccination to madoguchi_app;

do $$
declare t regclass;
begin
  foreach t in array array['vaccination.coupon', 'vaccination.coupon_event', 'vaccination.coupon_counter', 'vaccination.shot']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('drop policy if exists owner_functions on %s', t);
    execute format('create policy owner_functions on %s to madoguchi_owner using (true) with check (true)', t);
  end loop;
end
$$;

-- Coupons are seen by those who see the person or the mailing; made by a run or printed in the office.
grant select, insert, update (state, print_count) on vaccination.coupon to madoguchi_app;
drop policy if exists seen on vaccination.coupon;
create policy seen on vaccination.coupon for select to madoguchi_app
  using ((select access.has_right('person.read', 'vaccination')) or (select access.has_right('mailing.read', 'vaccination')));
drop policy if exists issued on vaccination.coupon;
create policy issued on vaccination.coupon for insert to madoguchi_app
  with check (((select access.has_right('mailing.prepare', 'vaccination')) or (select access.has_right('document.print', 'vaccination')))
              and printing.was_approved(form_setting_id, 'vaccination'));
drop policy if exists changed on vaccination.coupon;
create policy changed on vaccination.coupon for update to madoguchi_app
  using ((select access.has_right('mailing.prepare', 'vaccination')) or (select access.has_right('document.print', 'vaccination'))
         or (select access.has_right('mailing.approve', 'vaccination')));

grant select, insert on vaccination.coupon_event to madoguchi_app;
drop policy if exists of_a_coupon on vaccination.coupon_event;
create policy of_a_coupon on vaccination.coupon_event for select to madoguchi_app
  using ((select access.has_right('person.read', 'vaccination')) or (select access.has_right('mailing.read', 'vaccination')));
drop policy if exists by_oneself on vaccination.coupon_event;
create policy by_oneself on vaccination.coupon_event for insert to madoguchi_app
  with check (staff_id = (select access.staff_id()));

-- Takes the next numbers: one for a coupon of the office, 32 for a booklet, otherwise as many as there are pieces of runs that wait for
-- theirs. A cancelled coupon can never come back into use.
insert into vaccination.coupon_counter (id, next) values (1, 1) on conflict do nothing;
create or replace function vaccination.take_numbers(how_many integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare first integer; waiting bigint;
begin
  if not (access.has_right('mailing.prepare', 'vaccination') or access.has_right('mailing.approve', 'vaccination')
          or access.has_right('document.print', 'vaccination')) then
    raise exception 'no right to number coupons' using errcode = '42501';
  end if;
  if how_many <> 1 and access.has_right('mailing.prepare', 'vaccination') then
    select sum(case r.kind when 'vaccination-target-booklet' then 32 else 1 end) into waiting from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id
     where r.program = 'vaccination' and r.state in ('approved', 'making') and r.file_count = 0 and i.state = 'ready' and i.piece_number is null;
  end if;
  if (how_many between 1 and greatest(waiting, 1) or how_many = 32 and access.has_right('document.print', 'vaccination')) is not true then raise exception 'not to be numbered so' using errcode = '42501'; end if;
  update vaccination.coupon_counter set next = next + how_many returning next - how_many into first;
  return first;
end
$$;
create or replace function vaccination.guard_coupon() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state = 'cancelled' or new.print_count < old.print_count then
    raise exception 'a cancelled coupon stays cancelled' using errcode = '42501';
  end if;
  return new;
end
$$;
create or replace trigger guard_coupon before update on vaccination.coupon for each row execute function vaccination.guard_coupon();
revoke execute on function vaccination.take_numbers from public;
grant execute on function vaccination.take_numbers to madoguchi_app;

grant select, insert, update (given_on, product, lot, source, entered_at, entered_by) on vaccination.shot to madoguchi_app;
drop policy if exists seen on vaccination.shot;
create policy seen on vaccination.shot for select to madoguchi_app
  using ((select access.has_right('person.read', 'vaccination')) or (select access.has_right('mailing.prepare', 'vaccination')));
drop policy if exists entered on vaccination.shot;
create policy entered on vaccination.shot for insert to madoguchi_app
  with check ((select access.has_right('feed.commit', 'vaccination')) and entered_by = (select access.staff_id()) and source = 'feed' and revision = 1);
drop policy if exists corrected on vaccination.shot;
create policy corrected on vaccination.shot for update to madoguchi_app
  using ((select access.has_right('feed.commit', 'vaccination'))) with check (entered_by = (select access.staff_id()) and source = 'feed');

-- 接種券 by the month of their issue; a row with no bucket is the whole period. Counts as in 59-statistics.sql.
create or replace function vaccination.coupons_by_month(from_day date, to_day date, by_year boolean)
returns table (bucket date, issued integer, reprinted integer, cancelled integer)
language plpgsql stable security definer set search_path = '' as $$
declare exact boolean := statistics.scope_of_program('vaccination', 'person.read');
begin
  return query
    select b.at, statistics.shown(count(*) filter (where e.event = 'issued'), exact),
           statistics.shown(greatest(0, count(*) filter (where e.event = 'reprinted') - count(*) filter (where e.event = 'reprint-withdrawn')), exact),
           statistics.shown(count(*) filter (where e.event = 'cancelled'), exact)
      from vaccination.coupon_event e, lateral (select statistics.bucket(e."on", by_year) as at) b
     where e."on" between from_day and to_day group by grouping sets ((b.at), ());
end
$$;

-- Vaccinations given, by vaccine and dose: by where the record came from, or by the age on the day (the first years of bands), which is
-- a year more from the day before the birthday on (workflows/dates/ages.ts).
create or replace function vaccination.shots_given(from_day date, to_day date, age_from integer[])
returns table (vaccine text, dose integer, dimension text, value text, shots integer)
language plpgsql stable security definer set search_path = '' as $$
declare exact boolean := statistics.scope_of_program('vaccination', 'person.read');
begin
  return query
    with given as materialized (
      select s.person_number, s.vaccine, s.dose, s.source, s.given_on from vaccination.shot s where s.given_on between from_day and to_day),
    aged as (
      select g.*, age_from[width_bucket(extract(year from age(g.given_on + 1, b.birth_date))::integer, age_from)] as band
        from given g join vault.births_of((select array_agg(distinct g.person_number) from given g)) b using (person_number))
    select a.vaccine, a.dose, case when grouping(a.source) = 0 then 'source' when grouping(a.band) = 0 then 'age' else 'all' end,
           case when grouping(a.band) = 0 then coalesce(a.band::text, 'unknown') else a.source end, statistics.shown(count(*), exact)
      from aged a group by grouping sets ((a.vaccine, a.dose, a.source), (a.vaccine, a.dose, a.band), (a.vaccine, a.dose));
end
$$;
revoke execute on function vaccination.coupons_by_month, vaccination.shots_given from public;
grant execute on function vaccination.coupons_by_month, vaccination.shots_given to madoguchi_app;

-- For how long records are kept (35-keeping.sql): a shot counts from its day, a coupon to its last.
create or replace view keeping.use_of_vaccination as
select s.person_number, 'vaccination'::text as program, s.given_on as last_on, false as open from vaccination.shot s
union all
select c.person_number, 'vaccination', c.usable_to, false from vaccination.coupon c;

-- What is held of the person of a 開示請求 (83-subject-requests.sql), where it is about this 事務. One look is recorded.
create or replace function vaccination.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'vaccination') <> 'vaccination' then
    return jsonb_build_object('shots', '[]'::jsonb, 'coupons', '[]'::jsonb, 'notices', '[]'::jsonb, 'seats', '[]'::jsonb);
  end if;
  perform audit.write('look', 'vaccination.held', whose, null, jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'shots', (select coalesce(jsonb_agg(jsonb_build_object('vaccine', s.vaccine, 'dose', s.dose, 'givenOn', s.given_on, 'product', s.product, 'lot', s.lot)
                order by s.given_on, s.vaccine, s.dose), '[]') from vaccination.shot s where s.person_number = any(whose)),
    'coupons', (select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'vaccine', c.vaccine, 'label', c.label, 'from', c.usable_from,
                'to', c.usable_to, 'issuedOn', c.issued_on, 'cancelled', c.state = 'cancelled')
                order by c.issued_on, c.number), '[]') from vaccination.coupon c where c.person_number = any(whose)),
    'notices', (select coalesce(jsonb_agg(jsonb_build_object('number', n.number, 'subject', n.subject, 'output', n.output, 'issuedOn', n.issued_on, 'withdrawn', n.state = 'withdrawn')
                order by n.issued_on, n.number), '[]') from targets.notice n where n.person_number = any(whose)),
    'seats', (select coalesce(jsonb_agg(jsonb_build_object('subject', t.subject, 'heldOn', x.held_on) order by x.held_on, t.subject), '[]')
                from targets.seat t join targets.session x on x.id = t.session_id where t.person_number = any(whose)));
end
$$;
revoke execute on function vaccination.held_of from public;
grant execute on function vaccination.held_of to madoguchi_app;
