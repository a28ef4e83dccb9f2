-- 更新の期: what is asked of whoever is entitled, once a year (ADR 59). Seasons and answers are written by these functions alone;
-- both move along the ways of workflows/renewals (flows.way), answers many at once.

grant usage on schema renewals to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['season', 'answer', 'answer_event', 'letter', 'income', 'carried_out'] loop
    call cases.secure(('renewals.' || quote_ident(t))::regclass);
    execute format('revoke all on renewals.%I from madoguchi_app', t);
    execute format('grant select on renewals.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on renewals.%I', t);
    if t not in ('season', 'answer') then
      execute format('create policy seen on renewals.%I for select to madoguchi_app using (answer_id in (select a.id from renewals.answer a))', t);
    end if;
  end loop;
end
$$;
-- A season holds days alone; its answers are seen by whoever sees the cases of the office.
create policy seen on renewals.season for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s where s.program is null or s.program = season.program)
      or exists (select from access.scopes('mailing.read') s where s.program is null or s.program = season.program));
create policy seen on renewals.answer for select to madoguchi_app
  using ((program, office_code) in (select p.program, o.code from access.scopes('case.read') s cross join access.office o
             cross join lateral (select coalesce(s.program, n.program) as program from renewals.season n group by 1) p
            where coalesce(s.office, o.code) = o.code)
      or (select access.has_right('system.run')));

-- Whether somebody holds a right for a whole 事務: a season is for all offices.
create or replace function renewals.require_whole(wanted text, of_program text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if access.covers(wanted, of_program, null) is not true then raise exception 'no right for a season' using errcode = '42501'; end if;
end
$$;

-- The season, held until the transaction ends, as the page showed it.
create or replace function renewals.held(of_season uuid, seen integer, event_type text) returns renewals.season
language plpgsql set search_path = '' as $$
declare n renewals.season; w flows.way;
begin
  select x.* into n from renewals.season x where x.id = of_season for update;
  if not found then raise exception 'no such season' using errcode = '42501'; end if;
  if n.revision is distinct from seen then raise exception 'the season has moved on' using errcode = 'MD014'; end if;
  select x.* into w from flows.way x where x.kind = 'renewal-season' and x.version = 1 and x.from_state = n.state and x.event = event_type;
  if not found then raise exception 'no such step' using errcode = 'MD011'; end if;
  perform renewals.require_whole(w.rights[1], n.program);
  if (w.checks <@ array['notPlanner', 'allDone']) is not true
     or ('notPlanner' = any(w.checks) and n.planned_by = access.staff_id())
     or ('allDone' = any(w.checks) and exists (select from renewals.answer a where a.season_id = n.id
           and a.state not in ('renewed', 'ended', 'lapsed', 'gone'))) then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  return n;
end
$$;

-- Whoever is entitled on the day and will still be when the new year begins, once for each application that granted it.
create or replace function renewals.enter_answers(n renewals.season) returns integer
language plpgsql set search_path = '' as $$
declare entered integer;
begin
  insert into renewals.answer (season_id, program, case_id, person_number, office_code)
  select n.id, n.program, c.id, c.person_number, c.office_code
    from cases.case c
   where c.program = n.program and exists (
     select from entitlements.entitlement e where e.case_id = c.id and e.status in ('granted', 'suspended')
        and n.entitled_on between e.valid_from and e.valid_to and e.valid_to >= n.starts_on)
     and not exists (select from renewals.answer a where a.season_id = n.id and a.case_id = c.id)
   order by c.office_code, c.number;
  get diagnostics entered = row_count;
  return entered;
end
$$;

create or replace function renewals.plan(of_program text, of_year integer, entitled date, starts date, due date, remind date, warn date, until date,
  incomes_of integer, over_limit text, no_answer text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare n renewals.season;
begin
  perform renewals.require_whole('case.propose', of_program);
  if (due >= access.business_date() and of_year between 2000 and 2200 and entitled > starts - 366 and entitled <= due and starts between due - 200 and due + 366
      and (incomes_of is null or incomes_of between of_year - 3 and of_year)) is not true then
    raise exception 'not to be planned so' using errcode = '22023';
  end if;
  insert into renewals.season (program, year, entitled_on, starts_on, due_on, remind_on, warn_on, warned_until, income_year, over_limit, no_answer, planned_by, planned_at)
  values (of_program, of_year, entitled, starts, due, remind, warn, until, incomes_of, over_limit, no_answer, access.staff_id(), cases.moment())
  returning * into n;
  perform audit.write('change', 'renewal-season.planned', null, null, jsonb_build_object('season', n.id));
  return n.id;
end
$$;

create or replace function renewals.move_season(of_season uuid, seen integer, event_type text) returns integer
language plpgsql security definer set search_path = '' as $$
declare n renewals.season := renewals.held(of_season, seen, event_type); entered integer := 0;
begin
  update renewals.season set revision = seen + 1,
         state = case event_type when 'open' then 'open' when 'refuse' then 'refused' when 'close' then 'closed' else state end,
         opened_by = case event_type when 'open' then access.staff_id() else opened_by end,
         opened_at = case event_type when 'open' then cases.moment() else opened_at end,
         closed_on = case event_type when 'close' then access.business_date() end
   where id = n.id returning * into n;
  if event_type in ('open', 'complete-list') then entered := renewals.enter_answers(n); end if;
  -- What was needed of people for whom nothing holds any more is needed no longer.
  if event_type = 'close' then
    update people.needed d set ended_on = access.business_date(), ended_by = access.staff_id()
      from renewals.answer a
     where a.season_id = n.id and a.state in ('ended', 'lapsed') and d.case_id = a.case_id and d.ended_on is null
       and not exists (select from entitlements.entitlement e where e.case_id = a.case_id and e.status in ('granted', 'suspended'));
  end if;
  perform audit.write('change', 'renewal-season.' || event_type, null, null, jsonb_build_object('season', n.id, 'entered', entered));
  return entered;
end
$$;

-- Whether a season looks at incomes and that of the applicant is not known (told by the tax office, or keyed and confirmed), or one that was keyed
-- of anybody who counts waits to be confirmed. Who else counts stands in what is sealed: whoever judges and whoever decides looks at it.
create or replace function renewals.income_missing(of_answer uuid, of_case uuid, of_year integer) returns boolean
language sql stable set search_path = '' as $$
  select of_year is not null and exists (
    select from cases.member m where m.case_id = of_case and m.to_revision is null and m.role in ('applicant', 'spouse', 'supporter')
       and not coalesce((select i.source = 'tax-feed' or i.confirmed_by is not null from renewals.income i
             where i.answer_id = of_answer and i.person_number = m.person_number and i.income_year = of_year order by i.id desc limit 1), m.role <> 'applicant'))
$$;

-- Whether the warning went out and its day has passed.
create or replace function renewals.warned(of_answer uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from renewals.letter l join mailings.batch_run r on r.id = l.run_id
    where l.answer_id = of_answer and l.kind = 'warning' and l.withdrawn_on is null and l.due_on < access.business_date()
      and r.state in ('handed-over', 'received', 'closed'))
$$;

-- In whose home somebody who lives there by the register is, for functions of the owner alone: who is no resident has no row of themself.
create or replace function vault.living_with(numbers text[]) returns table (of_person text, person_number text)
language sql stable security definer set search_path = '' as $$
  select p.person_number, q.person_number from vault.person p join vault.person q using (household_number)
   where p.person_number = any(numbers) and q.resident_to is null and q.died_on is null
$$;
alter function vault.living_with owner to madoguchi_vault;
revoke execute on function vault.living_with from public;
grant execute on function vault.living_with to madoguchi_owner;

-- What the database itself knows to stand against a renewal that nobody looked at, whatever the judgement says of it (ADR 65): reports of change, missing
-- papers, who has to answer lives here no more, and, where incomes count, a home with somebody of whom the application does not know.
-- src/platform/renewals/findings.ts finds the same and what is sealed besides.
create or replace function renewals.hindered(ids uuid[]) returns table (answer_id uuid, code text)
language sql stable set search_path = '' as $$
  with asked as materialized (
    select a.id, a.case_id, a.person_number, a.changes, a.missing, n.income_year
      from renewals.answer a join renewals.season n on n.id = a.season_id where a.id = any(ids)),
  homes as materialized (select h.* from vault.living_with(array(select distinct q.person_number from asked q)) h)
  select q.id, 'changes-reported' from asked q where q.changes = 'reported'
  union all select q.id, 'documents-missing' from asked q where q.missing <> '{}'
  union all select q.id, 'change-open' from asked q where exists (
    select from entitlements.change h join cases.case c on c.id = h.case_id
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state where s.open and h.granting_case_id = q.case_id)
  union all select q.id, 'not-resident' from asked q where not exists (
    select from homes h where h.of_person = q.person_number and h.person_number = q.person_number)
  union all select q.id, 'household-changed' from asked q where q.income_year is not null and exists (
    select from homes h where h.of_person = q.person_number and not exists (
      select from cases.member m where m.case_id = q.case_id and m.to_revision is null and m.person_number = h.person_number))
$$;

-- Moves answers by one event along the way of each: those that stand as they were seen, whose right is held at their office, and
-- for which every check holds. Returns them as they are now; the others stay as they are.
create or replace function renewals.advance(ids uuid[], seens integer[], event_type text, comment uuid) returns setof renewals.answer
language plpgsql set search_path = '' as $$
declare who integer := access.staff_id(); today date := access.business_date();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  return query
  with asked as (select x.i, x.s from unnest(ids, seens) x(i, s)),
  held as materialized (select a.* from renewals.answer a join asked on asked.i = a.id and asked.s = a.revision order by a.id for update of a),
  way as materialized (select w.* from flows.way w where w.kind = 'renewal-answer' and w.version = 1 and w.event = event_type),
  scope as materialized (select s.program, s.office from (select distinct unnest(w.rights) as r from way w) x cross join lateral access.scopes(x.r) s),
  -- What nobody looked at is not renewed over what the database knows. Whoever proposed one for reasons of their own did look.
  hindered as materialized (
    select distinct x.answer_id from renewals.hindered(case when event_type in ('clear', 'approve-renewal')
      then array(select h.id from held h where event_type = 'clear' or h.findings = '{}') else '{}' end) x),
  going as materialized (
    select h.id, h.state as from_state, w.to_state, case event_type when 'propose-lapse' then n.no_answer when 'propose-renewal' then 'renew' when 'clear' then 'renew'
             when 'propose-end' then h.outcome end as proposes, n.starts_on
      from held h join way w on w.from_state = h.state join renewals.season n on n.id = h.season_id and n.state = 'open'
     where w.checks <@ array['notProposer', 'notReceiver', 'warned', 'completionOver', 'whole', 'mayEnd']
       and exists (select from scope s where coalesce(s.program, h.program) = h.program and coalesce(s.office, h.office_code) = h.office_code)
       and (comment is not null or not w.comment_required)
       and ('notProposer' <> all(w.checks) or h.proposed_by is distinct from who)
       and ('notReceiver' <> all(w.checks) or h.received_by is distinct from who)
       and ('warned' <> all(w.checks) or renewals.warned(h.id))
       and ('completionOver' <> all(w.checks) or h.complete_by < today)
       and ('whole' <> all(w.checks) or h.changes <> 'reported' and h.missing = '{}')
       and ('mayEnd' <> all(w.checks) or h.outcome <> 'suspended' or n.starts_on <= today)
       and h.id not in (select x.answer_id from hindered x)
       and (event_type not in ('clear', 'propose-renewal') or not renewals.income_missing(h.id, h.case_id, n.income_year))),
  moved as (
    update renewals.answer a set state = g.to_state, revision = a.revision + 1,
           outcome = case when g.proposes is not null then g.proposes when event_type like 'approve-%' then a.outcome end,
           reason = case when event_type in ('propose-end') or event_type like 'approve-%' then a.reason when event_type = 'propose-lapse' then 'renewal-no-answer' end,
           proposed_by = case when g.proposes is not null then who when event_type like 'approve-%' then a.proposed_by end,
           decided_by = case when event_type like 'approve-%' then who end,
           decided_at = case when event_type like 'approve-%' then cases.moment() end,
           decided_on = case when event_type like 'approve-%' then today end,
           judged_on = case when event_type in ('clear', 'except') then today else a.judged_on end,
           lapsed_on = case when event_type = 'approve-lapse' then g.starts_on else a.lapsed_on end
      from going g where a.id = g.id returning a.*),
  kept as (
    insert into renewals.answer_event (answer_id, revision, event, from_state, to_state, staff_id, at, "on", comment_id)
    select m.id, m.revision, event_type, g.from_state, m.state, who, cases.moment(), today, comment from moved m join going g on g.id = m.id)
  select m.* from moved m;
end
$$;

-- What was moved, in the log, with the people whom it concerns.
create or replace function renewals.log(event_type text, persons text[]) returns void
language sql set search_path = '' as $$
  select audit.write(case when event_type like 'propose-%' then 'event' else 'change' end, 'renewal.' || event_type, persons, array['renewal'], null)
   where cardinality(persons) > 0
$$;

-- One answer by one step; refused in the words of the database where it does not move.
create or replace function renewals.one(of_answer uuid, seen integer, event_type text, comment uuid) returns renewals.answer
language plpgsql set search_path = '' as $$
declare a renewals.answer; m renewals.answer; w flows.way;
begin
  select x.* into a from renewals.answer x where x.id = of_answer for update;
  if not found or (access.has_right('case.read', a.program, a.office_code)) is not true then raise exception 'no such answer' using errcode = '42501'; end if;
  if a.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  select x.* into w from flows.way x where x.kind = 'renewal-answer' and x.version = 1 and x.from_state = a.state and x.event = event_type;
  if not found then raise exception 'no such step' using errcode = 'MD011'; end if;
  if not exists (select from unnest(w.rights) t where access.has_right(t, a.program, a.office_code)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  if w.comment_required and comment is null or comment is not null and not cases.sealed(comment, a.case_id, 'renewal-comment', a.person_number) then
    raise exception 'a comment is missing' using errcode = 'MD016';
  end if;
  select x.* into m from renewals.advance(array[of_answer], array[seen], event_type, comment) x;
  if m.id is null then raise exception 'no such step' using errcode = 'MD011'; end if;
  perform renewals.log(event_type, array[a.person_number]);
  return m;
end
$$;

-- 受付: when it came and how, whether it reports changes, and what is missing.
create or replace function renewals.receive(of_answer uuid, seen integer, on_day date, how text, reports_changes boolean, lacks text[], until date) returns integer
language plpgsql security definer set search_path = '' as $$
declare a renewals.answer; m renewals.answer;
begin
  select x.* into a from renewals.answer x where x.id = of_answer for update;
  if (on_day <= access.business_date() and on_day >= (select n.opened_at::date - 1 from renewals.season n where n.id = a.season_id)
      and how in ('window', 'post', 'electronic') and (lacks = '{}' or until > access.business_date())
      and not exists (select from unnest(lacks) l where l !~ '^[a-z][a-z-]{1,39}$')) is not true then
    raise exception 'not to be received so' using errcode = '22023';
  end if;
  m := renewals.one(of_answer, seen, 'receive', null);
  update renewals.answer set received_on = on_day, received_by = access.staff_id(), via = how,
         changes = case when reports_changes then 'reported' else 'none' end, missing = lacks, complete_by = null, findings = '{}'
   where id = m.id;
  if lacks <> '{}' then
    update renewals.answer set complete_by = until where id = m.id;
    m := renewals.one(of_answer, m.revision, 'supplement', null);
  end if;
  return m.revision;
end
$$;

-- The steps of one answer; the reason and the outcome where it is to end, the day and the papers where some are missing.
create or replace function renewals.move(of_answer uuid, seen integer, event_type text, why text, ends text, lacks text[], until date, comment uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare m renewals.answer;
begin
  if event_type not in ('complete', 'supplement', 'settle-changes', 'propose-renewal', 'propose-end', 'propose-lapse', 'retract', 'send-back') then
    raise exception 'not a step of its own' using errcode = '42501';
  end if;
  if event_type = 'supplement' and (cardinality(lacks) > 0 and until > access.business_date()
       and not exists (select from unnest(lacks) l where l !~ '^[a-z][a-z-]{1,39}$')) is not true
     or event_type = 'propose-end' and (ends in ('lost', 'suspended') and why ~ '^renewal-[a-z-]{2,30}$' and why <> 'renewal-no-answer') is not true then
    raise exception 'not to be said so' using errcode = '22023';
  end if;
  if event_type = 'retract' and not exists (select from renewals.answer a where a.id = of_answer and a.proposed_by = access.staff_id()) then
    raise exception 'of somebody else' using errcode = '42501';
  end if;
  -- What comes with the state stands before the step; it is undone with it.
  update renewals.answer a set outcome = case event_type when 'propose-end' then ends else outcome end, reason = case event_type when 'propose-end' then why else reason end,
         missing = case event_type when 'supplement' then lacks when 'complete' then '{}' else missing end,
         complete_by = case event_type when 'supplement' then until else complete_by end,
         changes = case when event_type = 'settle-changes' and changes = 'reported' then 'handled' else changes end
   where a.id = of_answer and a.revision = seen;
  m := renewals.one(of_answer, seen, event_type, comment);
  return m.revision;
end
$$;

-- 一括判定: what was found of each (`''`: nothing, it is proposed). What the tax office determined of whoever counts is copied beside it by the
-- database itself, for those that are proposed (`of`: their answers). Where the database itself knows of something against one of which nothing was
-- found, that one is for a person to look at, with the codes of the database. Returns those that were proposed.
create or replace function renewals.judge(ids uuid[], seens integer[], told text[], of_answers uuid[], persons text[], subjects bigint[]) returns setof uuid
language plpgsql security definer set search_path = '' as $$
declare clear uuid[]; clear_seens integer[]; others uuid[]; other_seens integer[]; moved renewals.answer[]; found text[];
begin
  if cardinality(ids) not between 1 and 2000 or cardinality(ids) is distinct from cardinality(seens) or cardinality(ids) is distinct from cardinality(told)
     or exists (select from unnest(told) f where (f = '' or f ~ '^[a-z][a-z,-]{1,200}$') is not true) then
    raise exception 'not to be judged so' using errcode = '22023';
  end if;
  -- What the database knows of those of which nothing was found.
  select array_agg(case when x.f <> '' then x.f else coalesce(k.codes, '') end order by x.n) into found
    from unnest(ids, told) with ordinality x(i, f, n)
    left join (select h.answer_id, string_agg(h.code, ',' order by h.code) as codes
                 from renewals.hindered(array(select y.i from unnest(ids, told) y(i, f) where y.f = '')) h group by 1) k on k.answer_id = x.i;
  select array_agg(x.i) filter (where x.f = ''), array_agg(x.s) filter (where x.f = '') into clear, clear_seens from unnest(ids, seens, found) x(i, s, f);
  with told_of as materialized (
    select a.id, a.case_id, a.program, n.income_year, y.person_number, y.subject
      from unnest(of_answers, persons, subjects) y(answer, person_number, subject)
      join renewals.answer a on a.id = y.answer and a.id = any(clear) and a.state in ('received', 'exception')
      join renewals.season n on n.id = a.season_id and n.income_year is not null
     where exists (select from access.scopes('case.propose') s where coalesce(s.program, a.program) = a.program and coalesce(s.office, a.office_code) = a.office_code)
       and y.person_number in (select cases.members_of(a.case_id)))
  insert into renewals.income (answer_id, person_number, income_year, source, sealed_id, recorded_by, recorded_at)
  select t.id, t.person_number, t.income_year, 'tax-feed', v.copied, access.staff_id(), cases.moment()
    from (select p.program, array_agg(p.person_number) as numbers, array_agg(p.subject) as tokens, array_agg(p.case_id) as cases from told_of p group by p.program) g
    cross join lateral vault.copy_feed_records('tax', g.numbers, g.tokens, g.program, g.cases, 'income') v
    join told_of t on t.person_number = v.of_person and t.case_id = v.of_case;
  select array_agg(x) into moved from (
    select * from renewals.advance(coalesce(clear, '{}'), coalesce(clear_seens, '{}'), 'clear', null)) x;
  perform renewals.log('clear', array(select m.person_number from unnest(moved) m));
  return query select m.id from unnest(moved) m;
  -- Of the rest, whose income is not known now that what was told is copied.
  select array_agg(case when x.f = '' and renewals.income_missing(a.id, a.case_id, n.income_year) then 'income-missing' else x.f end order by x.n) into found
    from unnest(ids, found) with ordinality x(i, f, n) left join renewals.answer a on a.id = x.i left join renewals.season n on n.id = a.season_id;
  select array_agg(x.i), array_agg(x.s) into others, other_seens from unnest(ids, seens, found) x(i, s, f) where x.f <> '';
  select array_agg(x) into moved from (
    select * from renewals.advance(coalesce(others, '{}'), coalesce(other_seens, '{}'), 'except', null)) x;
  perform renewals.log('except', array(select m.person_number from unnest(moved) m));
  update renewals.answer a set findings = case when x.f = '' then '{}' else string_to_array(x.f, ',') end
    from unnest(ids, found) x(i, f) where a.id = x.i and a.state in ('renewal-proposed', 'exception') and a.judged_on = access.business_date();
end
$$;

-- 未提出: proposed for all that were warned in vain, or those named.
create or replace function renewals.propose_lapses(of_season uuid, at_most integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare ids uuid[]; seens integer[]; persons text[];
begin
  if not exists (select from flows.way w cross join unnest(w.rights) t
                  where w.kind = 'renewal-answer' and w.event = 'propose-lapse' and access.has_right(t)) then
    raise exception 'no right for this step' using errcode = '42501';
  end if;
  select array_agg(x.id), array_agg(x.revision) into ids, seens from (
    select a.id, a.revision from renewals.answer a join renewals.season n on n.id = a.season_id
     where a.season_id = of_season and a.state = 'awaiting' and n.warned_until < access.business_date() and renewals.warned(a.id)
     order by a.id limit least(at_most, 2000)) x;
  select array_agg(m.person_number) into persons from renewals.advance(coalesce(ids, '{}'), coalesce(seens, '{}'), 'propose-lapse', null) m;
  perform renewals.log('propose-lapse', coalesce(persons, '{}'));
  return coalesce(cardinality(persons), 0);
end
$$;

-- 一括決裁: carries out what was proposed of each that stands as it was seen, by another person. Returns those that are decided.
create or replace function renewals.approve(ids uuid[], seens integer[]) returns setof uuid
language plpgsql security definer set search_path = '' as $$
declare ev text; moved renewals.answer[]; today date := access.business_date();
begin
  if cardinality(ids) not between 1 and 2000 or cardinality(ids) is distinct from cardinality(seens) then
    raise exception 'not to be decided so' using errcode = '22023';
  end if;
  foreach ev in array array['approve-renewal', 'approve-end', 'approve-lapse'] loop
    select array_agg(x) into moved from (select * from renewals.advance(ids, seens, ev, null)) x;
    if moved is null then continue; end if;
    if ev = 'approve-renewal' then perform renewals.restore(moved); else perform renewals.end_entitlements(moved); end if;
    perform renewals.log(ev, array(select m.person_number from unnest(moved) m));
    return query select m.id from unnest(moved) m;
  end loop;
end
$$;

-- What is entitled by the applications of some answers, with the days that count now, where the movement reaches back (71-retroactive.sql).
create or replace function renewals.reaching_back(moved renewals.answer[], out ids uuid[], out before datemultirange[]) returns record
language sql stable set search_path = '' as $$
  select coalesce(array_agg(e.id), '{}'), coalesce(array_agg(entitlements.coverage(e.id)), '{}')
    from unnest(moved) m join renewals.season n on n.id = m.season_id and n.starts_on <= access.business_date()
    join entitlements.entitlement e on e.case_id = m.case_id and (e.valid_to >= n.starts_on or e.lost_on = n.starts_on)
$$;
create or replace function renewals.follow_up(ids uuid[], before datemultirange[]) returns void
language plpgsql set search_path = '' as $$
begin
  perform entitlements.open_follow_ups(e.id, e.case_id, x.before, false)
     from unnest(ids, before) x(id, before) join entitlements.entitlement e on e.id = x.id;
end
$$;

-- 喪失 or 支給停止 of what the applications granted, from the first day of the new year. What begins on that day or later never held. Certificates
-- that say no longer than the old year stay until then.
create or replace function renewals.end_entitlements(moved renewals.answer[]) returns void
language plpgsql set search_path = '' as $$
declare today date := access.business_date(); back record; gone record;
begin
  select b.* into back from renewals.reaching_back(moved) b;
  with due as materialized (
    select m.id as answer_id, m.revision, m.outcome, m.reason, coalesce(m.received_on, today) as reported_on, n.starts_on, e.id, e.valid_from, e.valid_to, e.status
      from unnest(moved) m join renewals.season n on n.id = m.season_id
      join entitlements.entitlement e on e.case_id = m.case_id and e.status in ('granted', 'suspended') and e.valid_to >= n.starts_on
     where m.outcome = 'lost' or e.status = 'granted'
     order by e.id for update of e),
  kept as (insert into renewals.carried_out (answer_id, entitlement_id, revision, valid_to, was_suspended)
    select d.answer_id, d.id, d.revision, d.valid_to, d.status = 'suspended' from due d),
  ended as (
    update entitlements.entitlement e set
           status = case when d.outcome = 'suspended' then 'suspended' when d.valid_from >= d.starts_on then 'revoked' else 'lost' end,
           valid_to = case when d.outcome = 'suspended' or d.valid_from >= d.starts_on then e.valid_to else d.starts_on - 1 end,
           lost_on = case when d.outcome = 'lost' then d.starts_on end,
           loss_reason = case when d.outcome = 'lost' then d.reason end
      from due d where e.id = d.id returning e.id, e.case_id, e.valid_from, e.valid_to, e.status),
  stopped as (
    insert into entitlements.suspension (entitlement_id, from_on, reason, case_id)
    select e.id, greatest(d.starts_on, d.valid_from), d.reason, e.case_id from ended e join due d on d.id = e.id where e.status = 'suspended'),
  told as (
    insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
    select e.id, e.case_id, e.status, d.starts_on, d.reported_on, d.reason, e.valid_from, e.valid_to, e.status, access.staff_id()
      from ended e join due d on d.id = e.id),
  cards as (
    update entitlements.certificate z set ended_on = today, ending = case e.status when 'lost' then 'lost-entitlement' else e.status end
      from ended e join due d on d.id = e.id
     where z.entitlement_id = e.id and z.ended_on is null and (z.valid_to is null or z.valid_to >= d.starts_on) returning z.id, e.status)
  select array_agg(c.id) filter (where c.status = 'lost') as lost, array_agg(c.id) filter (where c.status = 'revoked') as revoked,
         array_agg(c.id) filter (where c.status = 'suspended') as suspended into gone from cards c;
  perform entitlements.ask_back(gone.lost, 'lost'), entitlements.ask_back(gone.revoked, 'revoked'), entitlements.ask_back(gone.suspended, 'suspended');
  perform renewals.follow_up(back.ids, back.before);
end
$$;

-- A late answer puts back what ended for want of it, as it stood before.
create or replace function renewals.restore(moved renewals.answer[]) returns void
language plpgsql set search_path = '' as $$
declare today date := access.business_date(); back record; restored uuid[];
begin
  if not exists (select from unnest(moved) m where m.lapsed_on is not null) then return; end if;
  select b.* into back from renewals.reaching_back(moved) b;
  with due as materialized (
    select distinct on (c.entitlement_id) c.*, m.received_on, n.starts_on, e.status as was
      from unnest(moved) m join renewals.season n on n.id = m.season_id join renewals.carried_out c on c.answer_id = m.id
      join entitlements.entitlement e on e.id = c.entitlement_id
       and (e.status in ('lost', 'revoked') and e.loss_reason = 'renewal-no-answer' or e.status = 'suspended' and not c.was_suspended
            and exists (select from entitlements.suspension s where s.entitlement_id = e.id and s.to_on is null and s.reason = 'renewal-no-answer'))
     where m.lapsed_on is not null
     order by c.entitlement_id, c.revision desc),
  put_back as (
    update entitlements.entitlement e set status = case when d.was_suspended then 'suspended' else 'granted' end, valid_to = d.valid_to, lost_on = null, loss_reason = null
      from due d where e.id = d.entitlement_id returning e.id, e.case_id, e.valid_from, e.valid_to, e.status),
  lifted as (
    delete from entitlements.suspension s using put_back b where s.entitlement_id = b.id and s.to_on is null and s.reason = 'renewal-no-answer'),
  told as (
    insert into entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by)
    select b.id, b.case_id, case when d.was = 'suspended' then 'resumed' else 'corrected' end, d.starts_on, d.received_on, 'renewal-late-answer', b.valid_from, b.valid_to, b.status, access.staff_id()
      from put_back b join due d on d.entitlement_id = b.id)
  select array_agg(b.id) into restored from put_back b;
  -- A certificate that did not come back is valid again with the days that it says.
  with held as (update entitlements.certificate_return r set state = 'kept', revision = r.revision + 1, settled_by = access.staff_id(), settled_on = today, settled_at = cases.moment()
                  from entitlements.certificate z
                 where z.id = r.certificate_id and z.entitlement_id = any(restored) and z.ending in ('lost-entitlement', 'suspended', 'revoked') and r.state = 'outstanding'
                   and not exists (select from entitlements.certificate y where y.entitlement_id = z.entitlement_id and y.kind = z.kind and y.issue > z.issue)
                returning z.id)
  update entitlements.certificate z set ended_on = null, ending = null from held where z.id = held.id;
  perform renewals.follow_up(back.ids, back.before);
end
$$;

-- An income that was keyed from a paper, and its confirmation by somebody else.
create or replace function renewals.key_income(of_answer uuid, seen integer, person text, sealed uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare a renewals.answer; n renewals.season;
begin
  select x.* into a from renewals.answer x where x.id = of_answer for update;
  select x.* into n from renewals.season x where x.id = a.season_id;
  if (a.state in ('awaiting', 'received', 'exception', 'incomplete') and n.state = 'open' and n.income_year is not null and a.revision = seen
      and access.has_right('case.examine', a.program, a.office_code) and cases.sealed(sealed, a.case_id, 'income', person)
      and (select s.feed_kind is null from vault.sealed_of(sealed) s)
      and exists (select from cases.member m where m.case_id = a.case_id and m.to_revision is null and m.person_number = person
                     and m.role in ('applicant', 'spouse', 'supporter'))) is not true then
    raise exception 'not an income to be keyed' using errcode = '42501';
  end if;
  insert into renewals.income (answer_id, person_number, income_year, source, sealed_id, recorded_by, recorded_at)
  values (a.id, person, n.income_year, 'keyed', sealed, access.staff_id(), cases.moment());
  perform audit.write('change', 'renewal.income-keyed', array[person], array['income'], null);
end
$$;
-- What is confirmed is what was looked at: `newest` is the last one that was keyed then.
drop function if exists renewals.confirm_incomes(uuid);
create or replace function renewals.confirm_incomes(of_answer uuid, newest bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare a renewals.answer;
begin
  select x.* into a from renewals.answer x where x.id = of_answer for update;
  if (a.state in ('awaiting', 'received', 'exception', 'incomplete') and access.has_right('case.examine', a.program, a.office_code)) is not true then
    raise exception 'no right to confirm' using errcode = '42501';
  end if;
  if (select max(i.id) from renewals.income i where i.answer_id = a.id) is distinct from newest then
    raise exception 'it has moved on' using errcode = 'MD014';
  end if;
  update renewals.income i set confirmed_by = access.staff_id(), confirmed_at = cases.moment()
   where i.answer_id = a.id and i.source = 'keyed' and i.confirmed_by is null and i.recorded_by <> access.staff_id()
     and not exists (select from renewals.income y where y.answer_id = i.answer_id and y.person_number = i.person_number and y.id > i.id);
  if not found then raise exception 'no income waits' using errcode = 'MD011'; end if;
  perform audit.write('change', 'renewal.income-confirmed', array[a.person_number], array['income'], null);
end
$$;

-- By the clock: whoever lost the entitlement otherwise is asked no more, and an answer lies with the office of its case.
create or replace function renewals.follow_register(of_program text) returns integer
language plpgsql security definer set search_path = '' as $$
declare ids uuid[]; seens integer[]; persons text[];
begin
  perform access.require_right('system.run', of_program);
  update renewals.answer a set office_code = c.office_code from cases.case c, renewals.season n
   where c.id = a.case_id and n.id = a.season_id and n.state = 'open' and a.program = of_program and a.office_code <> c.office_code;
  select array_agg(x.id), array_agg(x.revision) into ids, seens from (
    select a.id, a.revision from renewals.answer a join renewals.season n on n.id = a.season_id and n.state = 'open'
     where a.program = of_program and a.state in ('awaiting', 'received', 'exception', 'incomplete') and a.lapsed_on is null
       and not exists (select from entitlements.entitlement e where e.case_id = a.case_id and e.status in ('granted', 'suspended') and e.valid_to >= n.starts_on)
     order by a.id limit 2000) x;
  select array_agg(m.person_number) into persons from renewals.advance(coalesce(ids, '{}'), coalesce(seens, '{}'), 'drop', null) m;
  perform renewals.log('drop', coalesce(persons, '{}'));
  return coalesce(cardinality(persons), 0);
end
$$;

-- Who gets a letter of a sort: 現況届 whoever has not answered, 督促 and 差止予告 whoever was sent the one before, the notice whoever lost or was
-- suspended. For who prepares, approves or makes runs.
drop function if exists renewals.due_letters(uuid, text, text[]);
create or replace function renewals.due_letters(of_season uuid, sort text, among text[])
returns table (id uuid, serial bigint, person_number text, case_id uuid, office_code text, sent boolean, outcome text, reason text, recipient_number text)
language plpgsql stable security definer set search_path = '' as $$
declare n renewals.season;
begin
  select x.* into n from renewals.season x where x.id = of_season;
  if (access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], n.program)) is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select a.id, a.serial, a.person_number, a.case_id, a.office_code,
           exists (select from renewals.letter l where l.answer_id = a.id and l.kind = sort and l.withdrawn_on is null
              and (sort <> 'notice' or l.made_on >= a.decided_on)), a.outcome, a.reason,
           (select r.recipient_number from entitlements.recipient r where r.program = a.program and r.person_number = a.person_number order by r.valid_from desc limit 1)
      from renewals.answer a
     where a.season_id = n.id and n.state = 'open' and (among is null or a.person_number = any(among))
       and case sort when 'form' then a.state = 'awaiting'
            when 'reminder' then a.state = 'awaiting' and exists (select from renewals.letter l where l.answer_id = a.id and l.kind = 'form' and l.withdrawn_on is null)
            when 'warning' then a.state = 'awaiting' and exists (select from renewals.letter l where l.answer_id = a.id and l.kind = 'form' and l.withdrawn_on is null)
            when 'notice' then a.state in ('ended', 'lapsed') else false end
     order by a.serial;
end
$$;

-- Enters what a run printed, in the transaction that keeps the file: of answers of its season, each with a piece of the run.
create or replace function renewals.record_letters(of_run uuid, serials bigint[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']); n renewals.season; sort text := r.parameters->>'letter';
begin
  select x.* into n from renewals.season x where x.id = (r.parameters->>'season')::uuid and x.program = r.program;
  if (n.state = 'open' and r.kind = r.program || '-renewal-' || sort) is not true then raise exception 'not a run of a season' using errcode = '42501'; end if;
  insert into renewals.letter (answer_id, run_id, kind, made_on, due_on)
  select a.id, r.id, sort, r.dated_on, case sort when 'form' then n.due_on when 'reminder' then n.warn_on - 1 when 'warning' then n.warned_until end
    from renewals.answer a
   where a.season_id = n.id and a.serial = any(serials)
     and exists (select from mailings.batch_item i where i.run_id = r.id and i.person_number = a.person_number and i.state = 'ready');
  if (select count(*) from unnest(serials)) <> (select count(*) from renewals.letter l join renewals.answer a on a.id = l.answer_id
      where l.run_id = r.id and a.serial = any(serials)) then
    raise exception 'not what this run prints' using errcode = '42501';
  end if;
end
$$;
create or replace function renewals.withdraw_letters(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
begin
  update renewals.letter l set withdrawn_on = access.business_date() where l.run_id = r.id and l.withdrawn_on is null;
end
$$;

-- Applications of whose household a season asks, and that are not renewed: no certificate for the new year is made for them.
create or replace function renewals.unrenewed(of_program text, on_day date) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['certificate.issue', 'mailing.prepare', 'mailing.read', 'mailing.approve', 'system.run'], of_program) is not true then
    raise exception 'no right to see who is renewed' using errcode = '42501';
  end if;
  return query
    select a.case_id from renewals.answer a join renewals.season n on n.id = a.season_id
     where n.program = of_program and n.state in ('open', 'closed') and n.starts_on <= on_day and n.starts_on > on_day - 366
       and a.state not in ('renewed', 'gone');
end
$$;

-- Copies many feed records, each to the case of its person: see vault.copy_feed_record. One record in the log.
create or replace function vault.copy_feed_records(of_kind text, numbers text[], subjects bigint[], for_program text, for_cases uuid[], as_kind text)
returns table (of_person text, of_case uuid, copied uuid) language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_feed_kind(of_kind);
  if (nullif(current_setting('app.purpose', true), '') is not null and people.all_needed(numbers, of_kind, for_program)
      and not exists (select from (select distinct cases.office_of(c) as office from unnest(for_cases) c) o
                       where access.has_right('person.read-' || of_kind, for_program, o.office) is not true)) is not true then
    raise exception 'no right to take records of %', of_kind using errcode = '42501';
  end if;
  perform audit.write('change', 'feed-record.copied', numbers, array[of_kind], null);
  return query
    with made as (
      insert into vault.sealed_record (id, holder, program, kind, case_id, sealed, feed_record_id, entered_by)
      select gen_random_uuid(), r.person_number, for_program, as_kind, x.of_case, r.sealed, r.id, access.staff_id()
        from unnest(numbers, subjects, for_cases) x(number, subject, of_case)
        cross join lateral (select f.* from vault.feed_record f where f.kind = of_kind and f.person_number = x.number and f.subject = x.subject
                             order by f.told_on desc, f.id desc limit 1) r
      returning holder, case_id, id)
    select m.holder, m.case_id, m.id from made m;
end
$$;
alter function vault.copy_feed_records owner to madoguchi_vault;
revoke execute on function vault.copy_feed_records from public, madoguchi_app;
grant execute on function vault.copy_feed_records to madoguchi_owner;

-- Household members of the register who live with somebody now: for the judgement, without a direct identifier.
create or replace function vault.households_of(numbers text[]) returns table (of_person text, person_number text)
language plpgsql security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['case.propose', 'case.approve', 'system.run']);
  if exists (select from vault.person p where p.person_number = any(numbers) and not vault.within(p, vault.limiting_offices('case.read'))) then
    raise exception 'people of another office' using errcode = '42501';
  end if;
  if cardinality(numbers) > 0 then perform audit.write('look', 'person.household', numbers, array['household'], null); end if;
  return query select p.person_number, q.person_number from vault.person p join vault.person q using (household_number)
    where p.person_number = any(numbers) and q.resident_to is null and q.died_on is null;
end
$$;
alter function vault.households_of owner to madoguchi_vault;

-- Until when somebody had to do with a season (35-keeping.sql).
set local role madoguchi_owner;
create or replace view keeping.use_of_renewals as
select a.person_number, a.program, (select max(e."on") from renewals.answer_event e where e.answer_id = a.id) as last_on,
       a.state not in ('renewed', 'ended', 'lapsed', 'gone') as open from renewals.answer a;
reset role;

-- What is held of the person of a 開示請求 (83-subject-requests.sql). One look is recorded.
create or replace function renewals.held_of(of_request integer, of_program text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), of_program) <> of_program then return '[]'::jsonb; end if;
  perform audit.write('look', 'renewal.held', whose, null, jsonb_build_object('number', of_request::text));
  return (select coalesce(jsonb_agg(jsonb_build_object('year', n.year, 'state', a.state, 'receivedOn', a.received_on, 'via', a.via, 'decidedOn', a.decided_on, 'outcome', a.outcome)
                  order by n.year), '[]')
            from renewals.answer a join renewals.season n on n.id = a.season_id where a.person_number = any(whose) and a.program = of_program);
end
$$;

-- For statistics: households of each season by what came of them.
create or replace function renewals.by_season(of_program text, in_office text)
returns table (year integer, asked integer, received integer, renewed integer, ended integer, lapsed integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record := statistics.scope(of_program, in_office, 'case.read');
begin
  return query
    select n.year, statistics.shown(count(*), s.exact), statistics.shown(count(a.received_on), s.exact),
           statistics.shown(count(*) filter (where a.state = 'renewed'), s.exact), statistics.shown(count(*) filter (where a.state = 'ended'), s.exact),
           statistics.shown(count(*) filter (where a.state = 'lapsed'), s.exact)
      from renewals.season n join renewals.answer a on a.season_id = n.id
     where n.program = of_program and a.office_code = any(s.offices) group by n.id, n.year, n.starts_on order by n.starts_on;
end
$$;

revoke execute on all functions in schema renewals from public;
revoke execute on function vault.households_of from public;
grant execute on function renewals.plan, renewals.move_season, renewals.receive, renewals.move, renewals.judge, renewals.propose_lapses, renewals.approve, renewals.key_income,
  renewals.confirm_incomes, renewals.follow_register, renewals.due_letters, renewals.record_letters, renewals.withdraw_letters, renewals.unrenewed,
  renewals.held_of, renewals.by_season, vault.households_of to madoguchi_app;
