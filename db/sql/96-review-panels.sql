-- 審査会: panels of experts that advise on cases (review_panels.panel, declared in the SQL of their 事務). Members, meetings and
-- answers are kept by whoever examines the cases of the 事務, through these functions alone. Opinions are worked out here from the
-- votes. Conditions are written `(…) is not true`: null refuses.

grant usage on schema review_panels to madoguchi_app;
call cases.belongs_to_case('review_panels.session_case');
call cases.belongs_to_case('review_panels.answer');
do $$
declare t text;
begin
  foreach t in array array['panel', 'panel_group', 'member', 'member_group', 'session', 'session_member'] loop
    call cases.secure(('review_panels.' || quote_ident(t))::regclass);
    execute format('revoke all on review_panels.%I from madoguchi_app', t);
    execute format('grant select on review_panels.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on review_panels.%I', t);
  end loop;
end
$$;
-- Panels of the 事務 whose cases the session reads.
create or replace function review_panels.seen() returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(p.code), '{}') from review_panels.panel p where access.has_right('case.read', p.program)
$$;
create policy seen on review_panels.panel for select to madoguchi_app using (code = any((select review_panels.seen())::text[]));
create policy seen on review_panels.panel_group for select to madoguchi_app using (panel = any((select review_panels.seen())::text[]));
create policy seen on review_panels.member for select to madoguchi_app using (panel = any((select review_panels.seen())::text[]));
create policy seen on review_panels.session for select to madoguchi_app using (panel = any((select review_panels.seen())::text[]));
create policy seen on review_panels.member_group for select to madoguchi_app
  using (member_id in (select m.id from review_panels.member m));
create policy seen on review_panels.session_member for select to madoguchi_app
  using (session_id in (select s.id from review_panels.session s));

-- Whoever examines cases of the 事務 of a panel keeps it.
create or replace function review_panels.require_keeper(of_panel text) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['case.examine'], (select p.program from review_panels.panel p where p.code = of_panel)) is not true then
    raise exception 'no right to keep this panel' using errcode = '42501';
  end if;
  return access.staff_id();
end
$$;
create or replace function review_panels.keeper_of_session(of_session integer) returns integer
language sql stable security definer set search_path = '' as $$
  select review_panels.require_keeper((select s.panel from review_panels.session s where s.id = of_session))
$$;
-- Whether the session examines the case, and it waits for the panel.
create or replace function review_panels.waits(of_case uuid, of_panel text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from cases.case c join review_panels.panel p on p.code = of_panel and p.kind = c.kind and p.waits_in = c.state
    where c.id = of_case and cases.may(array['case.examine'], c.program, c.office_code))
$$;
-- The group to which a case was referred last; null where the whole panel hears it.
create or replace function review_panels.group_of(of_case uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select case when c.kind = 'intractable-disease/application' then
      (select r.group_id from intractable_review.referral r where r.case_id = c.id order by r.revision desc limit 1) end
    from cases.case c where c.id = of_case
$$;
-- Whether a meeting may hear a case now: it waits for its panel, and a meeting of a group hears what was referred to that group.
create or replace function review_panels.is_for(of_session integer, of_case uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from review_panels.session s join review_panels.panel p on p.code = s.panel
    join cases.case c on c.id = of_case and c.kind = p.kind and c.state = p.waits_in
   where s.id = of_session and (s.group_id is null or s.group_id = review_panels.group_of(c.id)))
$$;
-- 議題 that stand: what the meeting may hear, and what it answered. What was withdrawn, or referred elsewhere, falls away; its number is not given again.
create or replace function review_panels.agenda(of_session integer) returns table (case_id uuid, stands boolean)
language sql stable security definer set search_path = '' as $$
  select o.case_id, review_panels.is_for(o.session_id, o.case_id) or exists (select from review_panels.answer a
      where a.session_id = o.session_id and a.case_id = o.case_id and a.sent_back_by is null)
    from review_panels.session_case o join cases.case c on c.id = o.case_id
   where o.session_id = of_session and cases.may(cases.rights() || array['case.read'], c.program, c.office_code)
$$;
-- Cases that wait for a panel and stand on the agenda of no meeting to come; of a meeting only those that it may hear. Where answers are
-- compared, a case that was heard since it was referred last waits for that, and for no other meeting.
create or replace function review_panels.waiting(of_panel text, of_session integer) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select c.id from review_panels.panel p join cases.case c on c.kind = p.kind and c.state = p.waits_in
   where p.code = of_panel and cases.may(cases.rights() || array['case.read'], c.program, c.office_code)
     and (of_session is null or review_panels.is_for(of_session, c.id))
     and not exists (select from review_panels.session_case o join review_panels.session s on s.id = o.session_id
                      where o.case_id = c.id and s.state in ('planned', 'invited') and review_panels.is_for(s.id, c.id))
     and not (p.compared and exists (select from review_panels.answer a where a.case_id = c.id and a.sent_back_by is null
       and a.revision >= (select max(e.revision) from cases.event e where e.case_id = c.id and e.to_state = c.state and e.from_state <> c.state)))
$$;
-- Of what a panel answers: the diseases of a case, or the case as a whole ('').
create or replace function review_panels.matters_of(of_case uuid) returns text[]
language sql stable security definer set search_path = '' as $$
  select case when c.kind = 'intractable-disease/application' then array(select r.disease_number::text
       from intractable_disease.clinical_record r join approvals.latest_entry(of_case) l on l.revision = r.revision where r.case_id = of_case)
     else array[''] end
    from cases.case c where c.id = of_case
$$;

create or replace function review_panels.add_group(of_panel text, its_title text) returns integer
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.require_keeper(of_panel); made integer;
begin
  insert into review_panels.panel_group (panel, title, entered_by) values (of_panel, btrim(its_title), who)
  on conflict (panel, title) do nothing returning id into made;
  if made is null then raise exception 'a group of that name is there' using errcode = '23505'; end if;
  perform audit.write('change', 'panel.group-added', null, null, jsonb_build_object('number', made::text));
  return made;
end
$$;
create or replace function review_panels.close_group(of_group integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform review_panels.require_keeper((select g.panel from review_panels.panel_group g where g.id = of_group));
  update review_panels.panel_group g set closed_on = access.business_date() where g.id = of_group and g.closed_on is null;
  if not found then raise exception 'not to be closed' using errcode = '42501'; end if;
  perform audit.write('change', 'panel.group-closed', null, null, jsonb_build_object('number', of_group::text));
end
$$;
create or replace function review_panels.set_groups(of_member integer, groups integer[]) returns void
language plpgsql security definer set search_path = '' as $$
declare of_panel text := (select m.panel from review_panels.member m where m.id = of_member);
begin
  perform review_panels.require_keeper(of_panel);
  if exists (select from unnest(groups) x where not exists (
       select from review_panels.panel_group g where g.id = x and g.panel = of_panel and g.closed_on is null)) then
    raise exception 'no group of this panel' using errcode = '42501';
  end if;
  delete from review_panels.member_group x where x.member_id = of_member;
  insert into review_panels.member_group (member_id, group_id) select distinct of_member, x from unnest(groups) x;
  perform audit.write('change', 'panel.member-grouped', null, null, jsonb_build_object('number', of_member::text));
end
$$;
create or replace function review_panels.appoint(of_panel text, their_name text, in_role text, of_organisation text, code text, at_address text, from_day date, to_day date, groups integer[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.require_keeper(of_panel); made integer;
begin
  if (in_role = any((select p.roles from review_panels.panel p where p.code = of_panel)::text[])) is not true then
    raise exception 'no role of this panel' using errcode = '42501';
  end if;
  insert into review_panels.member (panel, name, role, organisation, postal_code, address, from_day, to_day, entered_by)
  values (of_panel, their_name, in_role, of_organisation, code, at_address, from_day, to_day, who) returning id into made;
  perform review_panels.set_groups(made, groups);
  perform audit.write('change', 'panel.member-appointed', null, null, jsonb_build_object('number', made::text));
  return made;
end
$$;
-- 解任 or 辞任: the term ends earlier, not before today.
create or replace function review_panels.end_term(of_member integer, last_day date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform review_panels.require_keeper((select m.panel from review_panels.member m where m.id = of_member));
  update review_panels.member m set to_day = last_day
   where m.id = of_member and last_day between greatest(m.from_day, access.business_date()) and m.to_day;
  if not found then raise exception 'not to be ended so' using errcode = '42501'; end if;
  perform audit.write('change', 'panel.member-released', null, null, jsonb_build_object('number', of_member::text));
end
$$;
-- Who sits in a meeting: members whose term holds on its day, of its group where it is of one.
create or replace function review_panels.sits_in(of_member integer, of_session integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from review_panels.member m join review_panels.session s on s.id = of_session and s.panel = m.panel
    where m.id = of_member and s.held_on between m.from_day and m.to_day
      and (s.group_id is null or exists (select from review_panels.member_group g where g.member_id = m.id and g.group_id = s.group_id)))
$$;

create or replace function review_panels.plan_session(of_panel text, of_group integer, on_day date, at_time text, at_place text) returns integer
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.require_keeper(of_panel); made integer;
begin
  if (on_day >= access.business_date() and on_day <= access.business_date() + 366
      and (of_group is null or exists (select from review_panels.panel_group g where g.id = of_group and g.panel = of_panel and g.closed_on is null))) is not true then
    raise exception 'not a day to meet' using errcode = '42501';
  end if;
  insert into review_panels.session (panel, group_id, held_on, held_at, place, planned_by)
  values (of_panel, of_group, on_day, at_time, at_place, who) returning id into made;
  perform audit.write('change', 'panel.session-planned', null, null, jsonb_build_object('number', made::text));
  return made;
end
$$;
create or replace function review_panels.cancel_session(of_session integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform review_panels.keeper_of_session(of_session);
  update review_panels.session s set state = 'cancelled' where s.id = of_session and s.state in ('planned', 'invited');
  if not found then raise exception 'not to be cancelled' using errcode = '42501'; end if;
  perform audit.write('change', 'panel.session-cancelled', null, null, jsonb_build_object('number', of_session::text));
end
$$;
-- 議題: a case that waits for the panel, at one coming meeting at a time; one that fell away and waits again stands under the number it had.
create or replace function review_panels.add_to_agenda(of_session integer, of_case uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.keeper_of_session(of_session); s review_panels.session; at integer;
begin
  perform pg_advisory_xact_lock(hashtext('review_panels.agenda'), hashtext(of_case::text));
  select x.* into s from review_panels.session x where x.id = of_session for update;
  if (s.state in ('planned', 'invited') and review_panels.waits(of_case, s.panel) and review_panels.is_for(of_session, of_case)
      and not exists (select from review_panels.session_case o join review_panels.session x on x.id = o.session_id
                       where o.case_id = of_case and x.state in ('planned', 'invited') and review_panels.is_for(x.id, of_case))) is not true then
    raise exception 'not to be put on the agenda' using errcode = '42501';
  end if;
  select coalesce(max(o.position), 0) + 1 into at from review_panels.session_case o where o.session_id = of_session;
  insert into review_panels.session_case (session_id, case_id, position, added_by) values (of_session, of_case, at, who);
  perform audit.write('change', 'panel.agenda-added', array(select cases.members_of(of_case)), null, jsonb_build_object('number', of_session::text));
  return at;
end
$$;
-- 招集: a letter to somebody who sits in the meeting, under a number that was given; kept as it was printed.
create or replace function review_panels.invite(of_session integer, of_member integer, number text, printed bytea, template text, setting integer) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.keeper_of_session(of_session); s review_panels.session; year integer := cases.fiscal_year(access.business_date());
begin
  select x.* into s from review_panels.session x where x.id = of_session for update;
  if (s.state in ('planned', 'invited') and s.held_on >= access.business_date()
      and exists (select from review_panels.session_case o where o.session_id = of_session and review_panels.is_for(of_session, o.case_id))
      and review_panels.sits_in(of_member, of_session)
      and cases.was_given((select p.program || '.document' from review_panels.panel p where p.code = s.panel), year, substring(number from '第' || cases.year_label(year) || '-(\d{6,9})号$'))
      and octet_length(printed) between 100 and 2000000) is not true then
    raise exception 'not to be invited so' using errcode = '42501';
  end if;
  insert into review_panels.session_member (session_id, member_id, document_number, letter, template_version, form_setting_id, invited_on, invited_by)
  values (of_session, of_member, number, printed, template, setting, access.business_date(), who);
  update review_panels.session set state = 'invited' where id = of_session;
  perform audit.write('change', 'panel.member-invited', null, null, jsonb_build_object('number', of_session::text, 'document', number));
end
$$;
-- That it met: who came of those invited, and who was in the chair.
create or replace function review_panels.hold_session(of_session integer, came integer[], chair integer) returns void
language plpgsql security definer set search_path = '' as $$
declare s review_panels.session;
begin
  perform review_panels.keeper_of_session(of_session);
  select x.* into s from review_panels.session x where x.id = of_session for update;
  if (s.state = 'invited' and s.held_on <= access.business_date() and chair = any(came)
      and not exists (select from unnest(came) x where not exists (
            select from review_panels.session_member m where m.session_id = of_session and m.member_id = x))) is not true then
    raise exception 'not held so' using errcode = '42501';
  end if;
  update review_panels.session_member m set attended = m.member_id = any(came) where m.session_id = of_session;
  update review_panels.session set state = 'held', chair_id = chair,
    appointed = (select count(*) from review_panels.member m where m.panel = s.panel and review_panels.sits_in(m.id, of_session)) where id = of_session;
  perform audit.write('change', 'panel.session-held', null, null, jsonb_build_object('number', of_session::text));
end
$$;

-- How many have to be there, on a day: as the city settled it (a dated figure), or as the panel is declared.
create or replace function review_panels.quorum_on(of_panel text, on_day date) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce((select x.value ->> 'quorum' from city.parameter x
      where x.key = p.quorum_key and x.decision = 'approved' and on_day between x.valid_from and coalesce(x.valid_to, 'infinity')
      order by x.valid_from desc limit 1), p.quorum)
    from review_panels.panel p where p.code = of_panel and access.has_any_right(array['case.read', 'case.examine'], p.program)
$$;
-- The opinion of those who voted (workflows/review-panels/votes.ts; a test holds both against each other): the most votes, on a tie
-- that for which the chair speaks; null where there is no quorum, nobody voted or more than could.
create or replace function review_panels.opinion_of(opinions text[], votes jsonb, appointed bigint, attended bigint, casting text, quorum text) returns text
language sql immutable set search_path = '' as $$
  with counts as (select o as opinion, coalesce((votes ->> o)::integer, 0) as votes from unnest(opinions) o),
  first as (select array_agg(c.opinion) as of from counts c where c.votes = (select max(x.votes) from counts x))
  select case
    when (appointed > 0 and case quorum when 'half' then attended * 2 >= appointed when 'over-half' then attended * 2 > appointed end
      and (select min(c.votes) >= 0 and sum(c.votes) between 1 and attended - 1 from counts c)
      and not exists (select from jsonb_object_keys(votes) k where k <> all(opinions))) is not true then null
    when cardinality(f.of) = 1 then f.of[1]
    when casting = any(f.of) then casting end
    from first f
$$;
-- What a meeting says of a case: `said` has for each matter its votes, what the chair says on a tie, and a reason where the opinion
-- is given with one.
create or replace function review_panels.answer(of_session integer, of_case uuid, said jsonb, sealed uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.keeper_of_session(of_session); s review_panels.session; p review_panels.panel; one record; opinion text; came bigint;
begin
  select x.* into s from review_panels.session x where x.id = of_session;
  select x.* into p from review_panels.panel x where x.code = s.panel;
  select count(*) into came from review_panels.session_member m where m.session_id = of_session and m.attended;
  perform from cases.case c where c.id = of_case for update;
  if (s.state = 'held' and review_panels.waits(of_case, s.panel) and cases.sealed(sealed, of_case, 'panel-answer')
      and exists (select from review_panels.session_case o where o.session_id = of_session and o.case_id = of_case)
      and review_panels.is_for(of_session, of_case)
      and jsonb_array_length(said) > 0) is not true then
    raise exception 'not to be answered so' using errcode = '42501';
  end if;
  for one in select * from jsonb_to_recordset(said) as x(matter text, votes jsonb, casting text, reason text) loop
    opinion := review_panels.opinion_of(p.opinions, one.votes, s.appointed, came, one.casting, review_panels.quorum_on(s.panel, s.held_on));
    if (opinion is not null and one.matter = any(review_panels.matters_of(of_case))
        and case when p.reasons ? opinion then p.reasons -> opinion ? one.reason else one.reason is null end) is not true then
      raise exception 'not to be answered so' using errcode = '42501';
    end if;
    insert into review_panels.answer (session_id, case_id, matter, votes, casting, opinion, reason, sealed_id, revision, recorded_by, recorded_on)
    select of_session, of_case, one.matter, one.votes, one.casting, opinion, one.reason, sealed, c.revision, who, access.business_date()
      from cases.case c where c.id = of_case;
  end loop;
  perform audit.write('change', 'panel.answered', array(select cases.members_of(of_case)), null, jsonb_build_object('number', of_session::text));
end
$$;
-- Compared with the minutes by somebody else, who lets it stand or sends it back, while the case waits for the panel.
create or replace function review_panels.compare_answer(of_session integer, of_case uuid, stands boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare who integer := review_panels.keeper_of_session(of_session);
begin
  perform from cases.case c where c.id = of_case for update;
  update review_panels.answer a set
      compared_by = case when stands then who end, compared_on = case when stands then access.business_date() end,
      sent_back_by = case when not stands then who end, sent_back_on = case when not stands then access.business_date() end
   where a.session_id = of_session and a.case_id = of_case and a.compared_by is null and a.sent_back_by is null and a.recorded_by <> who
     and stands is not null and review_panels.waits(of_case, (select s.panel from review_panels.session s where s.id = of_session));
  if not found then raise exception 'not to be compared' using errcode = '42501'; end if;
  perform audit.write('change', case when stands then 'panel.answer-compared' else 'panel.answer-sent-back' end,
    array(select cases.members_of(of_case)), null, jsonb_build_object('number', of_session::text));
end
$$;
-- What counts of a case: the newest answer to each matter that stands, compared where the panel asks for it.
create or replace function review_panels.counted(of_case uuid, since integer default 0) returns setof review_panels.answer
language sql stable security definer set search_path = '' as $$
  select distinct on (a.matter) a.* from review_panels.answer a
    join review_panels.session s on s.id = a.session_id join review_panels.panel p on p.code = s.panel
   where a.case_id = of_case and a.revision >= since and a.sent_back_by is null and (a.compared_by is not null or not p.compared)
   order by a.matter, a.revision desc, a.id desc
$$;

revoke execute on all functions in schema review_panels from public;
grant execute on function review_panels.seen, review_panels.agenda, review_panels.waiting, review_panels.add_group, review_panels.close_group, review_panels.set_groups, review_panels.appoint,
  review_panels.end_term, review_panels.plan_session, review_panels.cancel_session, review_panels.add_to_agenda, review_panels.invite,
  review_panels.hold_session, review_panels.quorum_on, review_panels.answer, review_panels.compare_answer to madoguchi_app;
grant execute on all routines in schema review_panels to madoguchi_owner;
