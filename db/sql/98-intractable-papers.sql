-- 更新の期 of 指定難病医療給付 (ADR 85): whose 支給認定 ends on a day, the letters to them, and how they stand, which follows from their
-- applications. Seasons move along the ways of workflows/intractable-disease/renewal-season.ts (flows.way).

grant usage on schema intractable_papers to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['season', 'invited', 'letter', 'institution_told'] loop
    call cases.secure(('intractable_papers.' || quote_ident(t))::regclass);
    execute format('revoke all on intractable_papers.%I from madoguchi_app', t);
    execute format('grant select on intractable_papers.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on intractable_papers.%I', t);
  end loop;
end
$$;
-- A season holds days alone; who is invited is seen by whoever sees the cases of the office.
create policy seen on intractable_papers.season for select to madoguchi_app
  using ((select access.has_any_right(array['case.read', 'mailing.read', 'system.run'], 'intractable-disease')));
create policy seen on intractable_papers.invited for select to madoguchi_app
  using (office_code in (select o.code from access.scopes('case.read') s join access.office o on coalesce(s.office, o.code) = o.code
                          where coalesce(s.program, 'intractable-disease') = 'intractable-disease')
      or (select access.has_right('system.run')));
create policy seen on intractable_papers.letter for select to madoguchi_app
  using ((select access.has_any_right(array['mailing.read', 'system.run'], 'intractable-disease'))
      or entitlement_id in (select i.entitlement_id from intractable_papers.invited i));
create policy seen on intractable_papers.institution_told for select to madoguchi_app
  using (entitlement_id in (select e.id from entitlements.entitlement e));

create or replace function intractable_papers.require_whole(wanted text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if access.staff_id() is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if access.covers(wanted, 'intractable-disease', null) is not true then raise exception 'no right for a season' using errcode = '42501'; end if;
end
$$;

create or replace function intractable_papers.plan_season(ends date, opens date, recommended date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform intractable_papers.require_whole('case.propose');
  if (ends >= access.business_date() and opens > ends - 366) is not true then raise exception 'not to be planned so' using errcode = '22023'; end if;
  insert into intractable_papers.season (ends_on, opens_on, recommended_until, planned_by, planned_at)
  values (ends, opens, recommended, access.staff_id(), cases.moment()) returning id into made;
  perform audit.write('change', 'intractable-season.planned', null, null, jsonb_build_object('season', made));
  return made;
end
$$;

-- Whoever's entitlement ends on the last day of the season and is not in it yet.
create or replace function intractable_papers.enter_invited(n intractable_papers.season) returns integer
language plpgsql set search_path = '' as $$
declare entered integer;
begin
  insert into intractable_papers.invited (season_id, entitlement_id, case_id, person_number, recipient_number, office_code, entered_on)
  select n.id, e.id, e.case_id, e.person_number, e.recipient_number, e.office_code, access.business_date()
    from entitlements.entitlement e
   where e.program = 'intractable-disease' and e.status in ('granted', 'suspended') and e.valid_to = n.ends_on
  on conflict do nothing;
  get diagnostics entered = row_count;
  return entered;
end
$$;

create or replace function intractable_papers.move_season(of_season uuid, seen integer, event_type text) returns integer
language plpgsql security definer set search_path = '' as $$
declare n intractable_papers.season; w flows.way; entered integer := 0;
begin
  select x.* into n from intractable_papers.season x where x.id = of_season for update;
  if not found then raise exception 'no such season' using errcode = '42501'; end if;
  if n.revision is distinct from seen then raise exception 'the season has moved on' using errcode = 'MD014'; end if;
  select x.* into w from flows.way x
   where x.kind = 'intractable-renewal-season' and x.version = 1 and x.from_state = n.state and x.event = event_type;
  if not found then raise exception 'no such step' using errcode = 'MD011'; end if;
  perform intractable_papers.require_whole(w.rights[1]);
  if (w.checks <@ array['notPlanner', 'over']) is not true or ('notPlanner' = any(w.checks) and n.planned_by = access.staff_id())
     or ('over' = any(w.checks) and access.business_date() <= n.ends_on) then
    raise exception 'no such step' using errcode = 'MD011';
  end if;
  update intractable_papers.season set revision = seen + 1, state = w.to_state,
         opened_by = case event_type when 'open' then access.staff_id() else opened_by end,
         opened_at = case event_type when 'open' then cases.moment() else opened_at end,
         closed_on = case event_type when 'close' then access.business_date() end
   where id = n.id returning * into n;
  if event_type in ('open', 'complete-list') then entered := intractable_papers.enter_invited(n); end if;
  perform audit.write('change', 'intractable-season.' || event_type, null, null, jsonb_build_object('season', n.id, 'entered', entered));
  return entered;
end
$$;

-- How everybody of a season stands: renewed (認定), refused (不認定, 却下), applied, gone (lost before its end), or silent. An application counts
-- that was received within its days and was not withdrawn; of several the last. For the functions of this file.
create or replace function intractable_papers.standings(of_season uuid, among text[] default null)
returns table (entitlement_id uuid, person_number text, recipient_number text, office_code text, granting_case uuid, application uuid, received_on date, standing text)
language sql stable set search_path = '' as $$
  select i.entitlement_id, i.person_number, i.recipient_number, i.office_code, i.case_id, a.id, a.received_on,
         case when exists (select from entitlements.entitlement x where x.program = e.program and x.person_number = e.person_number
                             and x.valid_from = n.ends_on + 1 and x.status <> 'revoked') then 'renewed'
              when a.refused then 'refused' when a.id is not null then 'applied'
              when e.status in ('lost', 'revoked') or e.valid_to < n.ends_on then 'gone' else 'silent' end
    from intractable_papers.season n join intractable_papers.invited i on i.season_id = n.id join entitlements.entitlement e on e.id = i.entitlement_id
    left join lateral (
      select c.id, c.received_on,
             exists (select from approvals.approval p where p.case_id = c.id and p.subject = 'rejection' and p.decision = 'approved') as refused
        from cases.case c
       where c.kind = 'intractable-disease/application' and c.person_number = i.person_number and c.id <> i.case_id
         and c.received_on between n.opens_on and n.ends_on
         and not exists (select from cases.machine_transition t where t.kind = c.kind and t.version = c.machine_version and t.event = 'withdraw' and t.to_state = c.state)
       order by c.received_on desc, c.number desc limit 1) a on true
   where n.id = of_season and (among is null or i.person_number = any(among))
$$;

-- How many stand how, by office, and of how many a letter was made; and what came in and was decided by day. Of the offices that may be seen.
create or replace function intractable_papers.progress(of_season uuid)
returns table (office_code text, standing text, people integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['case.read', 'mailing.read', 'system.run'], 'intractable-disease') is not true then
    raise exception 'no right to see this' using errcode = '42501';
  end if;
  return query
    select s.office_code, s.standing, count(*)::integer from intractable_papers.standings(of_season) s
     where exists (select from access.scopes('case.read') x where coalesce(x.program, 'intractable-disease') = 'intractable-disease' and coalesce(x.office, s.office_code) = s.office_code)
     group by 1, 2 order by 1, 2;
end
$$;
create or replace function intractable_papers.received_by_day(of_season uuid)
returns table (on_day date, received integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['case.read', 'system.run'], 'intractable-disease') is not true then
    raise exception 'no right to see this' using errcode = '42501';
  end if;
  return query
    select s.received_on, count(*)::integer from intractable_papers.standings(of_season) s
     where s.received_on is not null
       and exists (select from access.scopes('case.read') x where coalesce(x.program, 'intractable-disease') = 'intractable-disease' and coalesce(x.office, s.office_code) = s.office_code)
     group by 1 order by 1;
end
$$;

-- Those of a season who stand so: a page of the list, and how many there are.
create or replace function intractable_papers.listed(of_season uuid, of_standing text, lines integer, skipped integer)
returns table (person_number text, recipient_number text, office_code text, granting_case uuid, application uuid, received_on date, invited_on date, total bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['case.read', 'system.run'], 'intractable-disease') is not true then
    raise exception 'no right to see this' using errcode = '42501';
  end if;
  return query
    select s.person_number, s.recipient_number, s.office_code, s.granting_case, s.application, s.received_on,
           (select max(l.made_on) from intractable_papers.letter l where l.entitlement_id = s.entitlement_id and l.season_id = of_season and l.withdrawn_on is null),
           count(*) over ()
      from intractable_papers.standings(of_season) s
     where s.standing = of_standing
       and exists (select from access.scopes('case.read') x where coalesce(x.program, 'intractable-disease') = 'intractable-disease' and coalesce(x.office, s.office_code) = s.office_code)
     order by s.office_code, s.recipient_number limit least(lines, 200) offset skipped;
end
$$;

-- To whom a letter of a season is due: the invitation to whoever has not applied, the reminder to whoever was invited before and has not applied.
create or replace function intractable_papers.due_letters(of_season uuid, sort text, among text[])
returns table (entitlement_id uuid, person_number text, case_id uuid, office_code text, recipient_number text, sent boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], 'intractable-disease') is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select s.entitlement_id, s.person_number, s.granting_case, s.office_code, s.recipient_number,
           exists (select from intractable_papers.letter l where l.entitlement_id = s.entitlement_id and l.season_id = of_season and l.kind = sort and l.withdrawn_on is null)
      from intractable_papers.standings(of_season, among) s join intractable_papers.season n on n.id = of_season
     where n.state = 'open' and s.standing = 'silent'
       and (sort = 'invitation' or sort = 'reminder' and exists (select from intractable_papers.letter l where l.entitlement_id = s.entitlement_id
              and l.season_id = of_season and l.kind = 'invitation' and l.withdrawn_on is null))
     order by s.recipient_number;
end
$$;
-- Certificates of those of a season who were renewed: issued by steps of their applications, valid, and not sent by a run yet.
create or replace function intractable_papers.due_certificates(of_season uuid, among text[])
returns table (certificate_id uuid, entitlement_id uuid, person_number text, case_id uuid, case_person text, office_code text, recipient_number text,
  valid_from date, valid_to date, until date, issued_on date, template text, setting integer, sent boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], 'intractable-disease') is not true then
    raise exception 'no right to see who is due' using errcode = '42501';
  end if;
  return query
    select z.id, e.id, e.person_number, e.case_id, c.person_number, e.office_code, e.recipient_number, e.valid_from, e.valid_to, coalesce(z.valid_to, e.valid_to),
           z.issued_on, d.template_version, d.form_setting_id,
           exists (select from intractable_papers.letter l where l.entitlement_id = e.id and l.season_id = n.id and l.kind = 'certificate' and l.withdrawn_on is null)
      from intractable_papers.season n
      join entitlements.entitlement e on e.program = 'intractable-disease' and e.valid_from = n.ends_on + 1 and e.status = 'granted'
      join cases.case c on c.id = e.case_id
      join entitlements.certificate z on z.entitlement_id = e.id and z.kind = 'card' and z.ended_on is null
      join documents.document d on d.id = z.document_id
     where n.id = of_season and n.state in ('open', 'closed') and (among is null or e.person_number = any(among))
       and exists (select from intractable_papers.invited i where i.season_id = n.id and i.person_number = e.person_number)
     order by e.recipient_number;
end
$$;
-- The terms of entitlements as they hold on a day, or on their first where that is later: for who prepares, approves or makes a run.
create or replace function intractable_papers.terms_for_runs(of_entitlements uuid[], on_day date)
returns table (entitlement_id uuid, tier text, tier_before text, cap bigint, apportioned boolean, long_high_cost boolean, ventilator boolean, mild_high_cost boolean,
  limit_category text, payer_number text, diseases smallint[])
language plpgsql stable security definer set search_path = '' as $$
begin
  if access.has_any_right(array['mailing.prepare', 'mailing.read', 'system.run'], 'intractable-disease') is not true then
    raise exception 'no right to see these' using errcode = '42501';
  end if;
  return query
    select e.id, t.tier, t.tier_before, t.cap::bigint, t.apportioned, t.long_high_cost, t.ventilator, t.mild_high_cost, t.limit_category, t.payer_number, t.diseases
      from entitlements.entitlement e
      cross join lateral (select x.* from intractable_disease.terms x where x.entitlement_id = e.id and x.valid_from <= greatest(on_day, e.valid_from)
                           order by x.valid_from desc, x.id desc limit 1) t
     where e.id = any(of_entitlements) and e.program = 'intractable-disease';
end
$$;
create or replace function intractable_papers.record_certificates(of_run uuid, of_entitlements uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']);
begin
  if (r.kind = 'intractable-disease-renewed-certificates') is not true then raise exception 'not a run of certificates' using errcode = '42501'; end if;
  insert into intractable_papers.letter (entitlement_id, run_id, season_id, kind, made_on)
  select d.entitlement_id, r.id, (r.parameters->>'season')::uuid, 'certificate', r.dated_on
    from intractable_papers.due_certificates((r.parameters->>'season')::uuid, null) d
   where d.entitlement_id = any(of_entitlements) and not d.sent
     and exists (select from mailings.batch_item b where b.run_id = r.id and b.person_number = d.person_number and b.state = 'ready');
  if (select count(*) from intractable_papers.letter l where l.run_id = r.id and l.entitlement_id = any(of_entitlements)) <> cardinality(of_entitlements) then
    raise exception 'not what this run prints' using errcode = '42501';
  end if;
end
$$;

create or replace function intractable_papers.record_letters(of_run uuid, of_entitlements uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'system.run'], array['making']); n intractable_papers.season; sort text := r.parameters->>'letter';
begin
  select x.* into n from intractable_papers.season x where x.id = (r.parameters->>'season')::uuid;
  if (n.state = 'open' and r.kind = 'intractable-disease-renewal-' || sort) is not true then raise exception 'not a run of a season' using errcode = '42501'; end if;
  insert into intractable_papers.letter (entitlement_id, run_id, season_id, kind, made_on)
  select i.entitlement_id, r.id, n.id, sort, r.dated_on from intractable_papers.invited i
   where i.season_id = n.id and i.entitlement_id = any(of_entitlements)
     and exists (select from mailings.batch_item b where b.run_id = r.id and b.person_number = i.person_number and b.state = 'ready');
  if (select count(*) from intractable_papers.letter l where l.run_id = r.id and l.entitlement_id = any(of_entitlements)) <> cardinality(of_entitlements) then
    raise exception 'not what this run prints' using errcode = '42501';
  end if;
end
$$;
create or replace function intractable_papers.withdraw_letters(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare r mailings.batch_run := mailings.held(of_run, array['mailing.prepare', 'mailing.approve', 'system.run'], array['cancelled', 'withdrawn']);
begin
  update intractable_papers.letter l set withdrawn_on = access.business_date() where l.run_id = r.id and l.withdrawn_on is null;
end
$$;

-- Enters what institutions were told, once each; by whoever issues papers of the office.
create or replace function intractable_papers.tell_institutions(of_entitlements uuid[], codes text[], whats text[], days date[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare told integer;
begin
  if exists (select from unnest(of_entitlements) x(id) left join entitlements.entitlement e on e.id = x.id
              where (e.program = 'intractable-disease' and access.covers('certificate.issue', e.program, e.office_code)) is not true) then
    raise exception 'not to be told' using errcode = '42501';
  end if;
  insert into intractable_papers.institution_told (entitlement_id, institution_code, what, about_on, told_on, told_by)
  select x.id, x.code, x.what, x.on_day, access.business_date(), access.staff_id() from unnest(of_entitlements, codes, whats, days) x(id, code, what, on_day)
  on conflict do nothing;
  get diagnostics told = row_count;
  if told > 0 then
    perform audit.write('export', 'intractable-institutions.told', (select array_agg(distinct e.person_number) from entitlements.entitlement e where e.id = any(of_entitlements)),
      null, jsonb_build_object('lines', told));
  end if;
  return told;
end
$$;

-- What is held of the person of a 開示請求 (83-subject-requests.sql). One look is recorded.
create or replace function intractable_papers.held_of(of_request integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare whose text[] := oversight.subjects_of(of_request, true);
begin
  if coalesce(oversight.program_of_request(of_request), 'intractable-disease') <> 'intractable-disease' then
    return jsonb_build_object('seasons', '[]'::jsonb, 'told', '[]'::jsonb);
  end if;
  perform audit.write('look', 'intractable-renewal.held', whose, null, jsonb_build_object('number', of_request::text));
  return jsonb_build_object(
    'seasons', (select coalesce(jsonb_agg(jsonb_build_object('endsOn', n.ends_on, 'letters', (
        select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'on', l.made_on) order by l.made_on), '[]') from intractable_papers.letter l
         where l.season_id = n.id and l.entitlement_id = i.entitlement_id and l.withdrawn_on is null)) order by n.ends_on), '[]')
      from intractable_papers.invited i join intractable_papers.season n on n.id = i.season_id where i.person_number = any(whose)),
    'told', (select coalesce(jsonb_agg(jsonb_build_object('institution', x.institution_code, 'what', x.what, 'on', x.told_on) order by x.told_on), '[]')
      from intractable_papers.institution_told x join entitlements.entitlement e on e.id = x.entitlement_id where e.person_number = any(whose)));
end
$$;

-- For statistics: seasons by how those stand whose 支給認定 ended with them.
create or replace function intractable_papers.by_season(in_office text)
returns table (ends_on date, invited integer, letters integer, applied integer, renewed integer, refused integer, gone integer, silent integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record := statistics.scope('intractable-disease', in_office, 'case.read');
begin
  return query
    select n.ends_on, statistics.shown(count(*), s.exact),
           statistics.shown(count(*) filter (where exists (select from intractable_papers.letter l where l.entitlement_id = t.entitlement_id and l.season_id = n.id and l.withdrawn_on is null)), s.exact),
           statistics.shown(count(t.application), s.exact), statistics.shown(count(*) filter (where t.standing = 'renewed'), s.exact),
           statistics.shown(count(*) filter (where t.standing = 'refused'), s.exact), statistics.shown(count(*) filter (where t.standing = 'gone'), s.exact),
           statistics.shown(count(*) filter (where t.standing = 'silent'), s.exact)
      from intractable_papers.season n cross join lateral intractable_papers.standings(n.id) t
     where t.office_code = any(s.offices) group by n.ends_on order by n.ends_on;
end
$$;

-- Who holds a 支給認定 on a day, by disease (each of several counts), tier and what else raises or lowers the cap. A row without a value is all.
create or replace function intractable_papers.holders_on(in_office text, on_day date)
returns table (dimension text, value text, people integer)
language plpgsql stable security definer set search_path = '' as $$
declare s record := statistics.scope('intractable-disease', in_office, 'case.read');
begin
  return query
    with held as materialized (
      select e.person_number, t.*
        from entitlements.entitlement e
        left join lateral (select x.tier, x.cap, x.diseases, x.long_high_cost, x.ventilator, x.mild_high_cost, x.apportioned, x.tier_before is not null as prevented
                             from intractable_disease.terms x
                            where x.entitlement_id = e.id and x.valid_from <= on_day order by x.valid_from desc, x.id desc limit 1) t on true
       where e.program = 'intractable-disease' and e.status <> 'revoked' and on_day between e.valid_from and e.valid_to and e.office_code = any(s.offices))
    select g.dimension, g.value, statistics.shown(count(distinct g.person_number), s.exact) from (
      select h.person_number, 'all' as dimension, null::text as value from held h
      union all select h.person_number, 'tier', h.tier from held h where h.tier is not null
      union all select h.person_number, 'cap', h.cap::text from held h where h.cap is not null
      union all select h.person_number, 'disease', d::text from held h cross join lateral unnest(h.diseases) d
      union all select h.person_number, 'mark', m.mark from held h cross join lateral
        unnest(array[case when h.long_high_cost then 'long-high-cost' end, case when h.ventilator then 'ventilator' end, case when h.mild_high_cost then 'mild-high-cost' end,
                     case when h.apportioned then 'apportioned' end, case when h.prevented then 'welfare-prevention' end]) m(mark) where m.mark is not null) g
     group by 1, 2;
end
$$;

revoke execute on all functions in schema intractable_papers from public;
grant execute on function intractable_papers.plan_season, intractable_papers.move_season, intractable_papers.progress, intractable_papers.received_by_day, intractable_papers.listed,
  intractable_papers.due_letters, intractable_papers.due_certificates, intractable_papers.terms_for_runs, intractable_papers.record_certificates, intractable_papers.record_letters, intractable_papers.withdraw_letters, intractable_papers.tell_institutions,
  intractable_papers.held_of, intractable_papers.by_season, intractable_papers.holders_on to madoguchi_app;

-- Until when somebody had to do with a season (35-keeping.sql).
set local role madoguchi_owner;
create or replace view keeping.use_of_intractable_papers as
select i.person_number, 'intractable-disease'::text as program, n.ends_on as last_on, n.state = 'open' as open
  from intractable_papers.invited i join intractable_papers.season n on n.id = i.season_id;
reset role;
