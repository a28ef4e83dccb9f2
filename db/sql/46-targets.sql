-- 対象者抽出 of 予防接種: who is found by birth, residence, history and what was sent, as groups of people of whom the rules say one
-- thing; written by these functions alone. The rule itself stands in workflows/vaccination and is asked once a group.

grant usage on schema targets to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['definition', 'person_list', 'listed', 'extraction', 'found', 'notice', 'notice_event', 'session', 'seat', 'piece_result'] loop
    execute format('alter table targets.%I enable row level security', t);
    execute format('alter table targets.%I force row level security', t);
    execute format('drop policy if exists owner_functions on targets.%I', t);
    execute format('create policy owner_functions on targets.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('revoke all on targets.%I from madoguchi_app', t);
    execute format('grant select on targets.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on targets.%I', t);
    execute format('create policy seen on targets.%I for select to madoguchi_app using ((select access.has_right(''mailing.read'', ''vaccination'')))', t);
  end loop;
end
$$;
-- What somebody was sent is seen with the person, too; and whoever prints at the counter sees what they print.
drop policy if exists seen on targets.notice;
create policy seen on targets.notice for select to madoguchi_app
  using ((select access.has_right('person.read', 'vaccination')) or (select access.has_right('mailing.read', 'vaccination')));

drop policy if exists seen on targets.notice_event;
create policy seen on targets.notice_event for select to madoguchi_app
  using ((select access.has_right('person.read', 'vaccination')) or (select access.has_right('mailing.read', 'vaccination')));

-- What stood on letters of runs that were made before it was kept with them: as it was found, from the day of the letter at the earliest.
update targets.notice n set label = f.label, usable_from = case when f.usable_from <= x.as_of then n.issued_on else greatest(f.usable_from, n.issued_on) end,
       usable_to = f.usable_to, template_version = r.template_version, form_setting_id = r.form_setting_id
  from mailings.batch_run r join targets.extraction x on x.id = (r.parameters ->> 'extraction')::uuid join targets.found f on f.extraction_id = x.id
 where n.label is null and r.id = n.run_id and r.kind = 'vaccination-target-' || n.output and r.template_version is not null and f.person_number = n.person_number
   and f.subject = n.subject and f.label is not null and f.usable_from is not null and f.usable_to >= n.issued_on;

create or replace function targets.require_preparer() returns void
language plpgsql stable set search_path = '' as $$
begin
  if not access.has_right('mailing.prepare', 'vaccination') then raise exception 'no right to select people' using errcode = '42501'; end if;
end
$$;

-- People by birth, or named one by one, with whether anything may be sent to them. Without direct identifiers; the towns of those whose address
-- is withheld from the session are not compared, so that a choice of towns tells nothing of them: they come along as protected. Those who left or
-- died longer ago than `gone_since` are not told of.
create or replace function vault.target_people(born_from date[], born_to date[], also text[], only_these text[], offices text[], towns text[], moved_since date, gone_since date)
returns table (person_number text, born date, sex text, standing text)
language plpgsql stable security definer set search_path = '' rows 50000 as $$
declare sees boolean := vault.sees_protected(); hidden text[] := vault.hidden_households(null); followed text[] := people.merged_numbers();
        days date[] := array(select access.days_of_protection());
begin
  return query
  select p.person_number, coalesce(p.birth_date, p.birth_reckoned), p.sex,
         case when p.died_on is not null or p.to_reason = 'death' then 'deceased'
              when p.resident_to is not null then 'moved-out'
              when x.withheld then 'protected'
              when coalesce(p.birth_date, p.birth_reckoned) is null then 'birth-unknown'
              when p.postal_code !~ '^[0-9]{7}$' or p.town_code = '' then 'no-address'
              else 'lives' end
    from (select q.* from vault.person q
           where q.birth_date in (select generate_series(f, t, interval '1 day')::date from unnest(born_from, born_to) y(f, t))
          union all
          select q.* from vault.person q
           where q.birth_told is not null and exists (select from unnest(born_from, born_to) y(f, t)
                   where case when q.birth_reckoned is null then vault.birth_range(q.birth_told) && daterange(y.f, y.t, '[]') else q.birth_reckoned between y.f and y.t end)
          union all
          select q.* from vault.person q
           where q.person_number = any(also) and not exists (select from unnest(born_from, born_to) y(f, t)
                   where case when q.birth_told is null then q.birth_date between y.f and y.t
                              when q.birth_reckoned is null then vault.birth_range(q.birth_told) && daterange(y.f, y.t, '[]') else q.birth_reckoned between y.f and y.t end)) p
   cross join lateral (select p.household_number = any(hidden) or (p.protected_from is not null
                          and exists (select from unnest(days) d where p.protected_from <= d and (p.protected_to is null or p.protected_to >= d))) as withheld) x
   where not p.outside
     and (only_these is null or p.person_number = any(only_these))
     and (offices is null or p.office_code = any(offices))
     and (towns is null or p.town_code = any(towns) or (x.withheld and not sees))
     and (moved_since is null or p.resident_from >= moved_since)
     and (coalesce(p.died_on, p.resident_to) is null or coalesce(p.died_on, p.resident_to) >= gone_since)
     and p.person_number <> all(followed);
end
$$;
alter function vault.target_people owner to madoguchi_vault;
revoke execute on function vault.target_people from public;
grant execute on function vault.target_people to madoguchi_owner;

-- Circumstances of people that open or prolong a target, as lines of the rule's own words (`disability-60-64`; `pregnant` and the expected
-- delivery; `long-illness`, its first and its last day; with tabs between): from the entries of special cases (47-special.sql).
drop function if exists targets.circumstances(text, date);
create or replace function targets.circumstances(of_vaccine text, on_day date, kinds text[]) returns table (person_number text, told text)
language plpgsql stable set search_path = '' as $$
begin
  if to_regclass('special.eligibility') is null then return; end if;
  return query execute $x$
    select people.canonical(c.n), string_agg(c.line, chr(10) order by c.line) from (
      select e.person_number as n, concat_ws(chr(9), e.kind, case when e.kind = 'pregnant' then e.due_on end) as line from special.eligibility e
       where e.kind = any($3) and case when e.kind = 'pregnant' then e.due_on between $2 - 30 and $2 + 280
                                       else $2 between e.valid_from and coalesce(e.valid_until, 'infinity') end
      union all
      select l.person_number, concat_ws(chr(9), 'long-illness', l.hindrance_from, l.hindrance_to) from special.long_illness l
       where 'long-illness' = any($3) and l.vaccine = $1 and l.valid_until >= $2) c group by 1 $x$ using of_vaccine, on_day, kinds;
end
$$;

-- The people of an order with what the rule looks at: `asked` says which vaccine (`vaccine`), the ids of its series and of those that stand for it
-- (`series`, of which `own` are doses of its own and `most` the longest course), from when on (`from`), which live vaccines count and since when
-- (`live`, `liveFrom`), births, offices, towns, list, since when moved in, and what was sent counts as what (`output`, `noticesFrom`). Of
-- people without circumstances who were born up to `bornAlike` the rule says one thing: they stand under that day.
drop function if exists targets.gather(jsonb);
create function targets.gather(asked jsonb) returns table (person_number text, born date, sex text, standing text, conditions text, history text, sent text)
language plpgsql stable set search_path = '' rows 50000 as $$
declare
  of_vaccine text := asked ->> 'vaccine'; on_day date := (asked ->> 'on')::date;
  series text[] := array(select jsonb_array_elements_text(asked -> 'series')); own text[] := array(select jsonb_array_elements_text(asked -> 'own'));
  live text[] := array(select jsonb_array_elements_text(asked -> 'live')); looked text[] := series || live;
  since date := coalesce((asked ->> 'from')::date, '-infinity'); live_since date := coalesce((asked ->> 'liveFrom')::date, 'infinity');
  most integer := (asked ->> 'most')::integer; made_as text := asked ->> 'output'; notices_from date := (asked ->> 'noticesFrom')::date;
  list integer := (asked ->> 'list')::integer; named text[]; offices text[]; towns text[]; alike date := coalesce((asked ->> 'bornAlike')::date, '-infinity');
begin
  if list is not null then named := array(select l.person_number from targets.listed l where l.list_id = list); end if;
  if asked ? 'offices' then offices := array(select jsonb_array_elements_text(asked -> 'offices')); end if;
  if asked ? 'towns' then towns := array(select jsonb_array_elements_text(asked -> 'towns')); end if;
  return query
  with circumstance as materialized (select c.person_number, c.told from targets.circumstances(of_vaccine, on_day, array(select jsonb_array_elements_text(asked -> 'conditions'))) c),
  someone as materialized (
    select t.* from vault.target_people(array(select (b ->> 'from')::date from jsonb_array_elements(asked -> 'births') b),
      array(select (b ->> 'to')::date from jsonb_array_elements(asked -> 'births') b), array(select c.person_number from circumstance c), named, offices, towns,
      (asked ->> 'movedSince')::date, (asked ->> 'goneSince')::date) t),
  link as materialized (select m.merged, people.canonical(m.merged) as top from people.merge m where m.state in ('merged', 'unmerging')),
  given as (
    select p.person_number, s.vaccine, s.given_on, s.dose, s.product from someone p join vaccination.shot s on s.person_number = p.person_number
     where s.vaccine = any(looked) and ((s.vaccine = any(series) and s.given_on >= since) or (s.vaccine = any(live) and s.given_on >= live_since)) and s.given_on >= coalesce(p.born, s.given_on)
    union all
    select p.person_number, s.vaccine, s.given_on, s.dose, s.product from link l join someone p on p.person_number = l.top join vaccination.shot s on s.person_number = l.merged
     where s.vaccine = any(looked) and ((s.vaccine = any(series) and s.given_on >= since) or (s.vaccine = any(live) and s.given_on >= live_since)) and s.given_on >= coalesce(p.born, s.given_on)),
  told as (
    select g.person_number,
           case when max((g.given_on - date '1900-01-01') * 100 + least(g.dose, 99)) filter (where g.vaccine = any(own)) % 100 >= most then 'done'
                else string_agg(concat_ws(chr(9), g.vaccine, g.given_on, g.dose, translate(g.product, chr(9) || chr(10), '  ')), chr(10) order by g.given_on, g.vaccine, g.dose, g.product) end as lines
      from given g group by 1),
  -- A person's own number, and those that are followed to it.
  number_of as (
    select p.person_number, p.person_number as other from someone p union all select l.top, l.merged from link l join someone p on p.person_number = l.top),
  posted as (
    select o.person_number, string_agg(distinct c.dose || ':' || c.occasion, ' ' order by c.dose || ':' || c.occasion) as lines
      from number_of o join vaccination.coupon c on c.person_number = o.other
     where made_as in ('coupon', 'booklet', 'interview') and c.vaccine = of_vaccine and c.state = 'issued' group by 1
    union all
    select o.person_number, string_agg(distinct n.rest, ' ' order by n.rest)
      from number_of o join (select x.person_number, split_part(x.subject, ':', 2) || ':' || split_part(x.subject, ':', 3) as rest from targets.notice x
            where x.output = made_as and x.state = 'sent' and x.issued_on >= notices_from and split_part(x.subject, ':', 1) = of_vaccine) n on n.person_number = o.other
     where made_as in ('letter', 'postcard') group by 1)
  select p.person_number, case when p.born <= alike and c.told is null then alike else p.born end, p.sex, p.standing, coalesce(c.told, ''), coalesce(t.lines, ''), coalesce(s.lines, '')
    from someone p left join told t on t.person_number = p.person_number left join posted s on s.person_number = p.person_number
    left join circumstance c on c.person_number = p.person_number;
end
$$;

-- The same as groups: how many people there are of whom the rule says one thing.
drop function if exists targets.groups(jsonb);
create function targets.groups(asked jsonb) returns table (born date, sex text, standing text, conditions text, history text, sent text, people integer)
language plpgsql security definer set search_path = '' as $$
declare list integer := (asked ->> 'list')::integer; named text[];
begin
  perform vault.require_purpose(array['mailing.prepare']);
  perform targets.require_preparer();
  -- What is asked of a few is asked of each of them; whom a longer list names stays with the list.
  if list is not null then named := array(select l.person_number from targets.listed l where l.list_id = list limit 1001); end if;
  perform audit.write('select', 'targets.asked', case when cardinality(named) between 1 and 1000 then named end, array['birth-date', 'sex', 'residence', 'vaccination'],
    jsonb_strip_nulls(jsonb_build_object('vaccine', asked ->> 'vaccine', 'on', asked ->> 'on', 'list', list)));
  return query select g.born, g.sex, g.standing, g.conditions, g.history, g.sent, count(*)::integer from targets.gather(asked) g group by 1, 2, 3, 4, 5, 6;
end
$$;

-- Begins an extraction; the people follow vaccine by vaccine in the same transaction.
create or replace function targets.begin_extraction(new_id uuid, of_definition integer, of_title text, of_criteria jsonb, of_output text, on_day date) returns integer
language plpgsql security definer set search_path = '' as $$
declare number integer;
begin
  perform targets.require_preparer();
  insert into targets.extraction (id, definition_id, title, criteria, output, as_of, counts, state, made_by, made_at, made_on)
  values (new_id, of_definition, of_title, of_criteria, of_output, on_day, '{}', 'made', access.staff_id(), cases.moment(), access.business_date()) returning serial into number;
  perform audit.write('change', 'targets.extracted', null, null, jsonb_build_object('number', number::text, 'output', of_output));
  return number;
end
$$;

-- Keeps whom a group's verdict finds. A group that was not judged means that the world moved in between: nothing is kept then.
create or replace function targets.keep(of_extraction uuid, asked jsonb, borns date[], sexes text[], standings text[], conditionses text[], histories text[], sents text[],
  outcomes text[], subjects text[], labels text[], froms date[], untils date[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare kept integer; strange integer; wrong integer;
begin
  perform targets.require_preparer();
  if not exists (select from targets.extraction e where e.id = of_extraction and e.made_by = access.staff_id() and e.state = 'made' and e.counts = '{}') then
    raise exception 'no such extraction' using errcode = '42501';
  end if;
  with verdict as materialized (
    select * from unnest(borns, sexes, standings, conditionses, histories, sents, outcomes, subjects, labels, froms, untils) v(born, sex, standing, conditions, history, sent, outcome, subject, label, f, u)),
  judged as materialized (
    select g.person_number, g.standing, g.history, string_to_array(g.sent, ' ') as sent, v.outcome, v.subject, v.label, v.f, v.u, v.sex is null as missing
      from targets.gather(asked) g left join verdict v on v.born is not distinct from g.born and v.sex = g.sex and v.standing = g.standing
       and v.conditions = g.conditions and v.history = g.history and v.sent = g.sent),
  entered as (
    insert into targets.found (extraction_id, person_number, subject, outcome, label, usable_from, usable_to)
    select of_extraction, j.person_number, j.subject, j.outcome, j.label, j.f, j.u from judged j where j.outcome is not null
    on conflict (extraction_id, person_number, subject) do nothing returning 1)
  select (select count(*) from entered), (select count(*) from judged j where j.missing),
         (select count(*) from judged j where j.outcome in ('included', 'protected') and (
             j.standing <> case j.outcome when 'included' then 'lives' else 'protected' end
             or j.history = 'done' or split_part(j.subject, ':', 1) is distinct from asked ->> 'vaccine'
             or split_part(j.subject, ':', 2) || ':' || split_part(j.subject, ':', 3) = any(coalesce(j.sent, '{}'))
             or (j.f <= j.u and j.u >= (asked ->> 'on')::date) is not true)) into kept, strange, wrong;
  -- Whom the rules find is theirs to say; who can be sent something, who waits for a release, whose course is complete, and to whom the
  -- same was sent already, is not: nor that something is sent of another vaccine, or for days that are over.
  if wrong > 0 then raise exception 'not to be sent to' using errcode = '22023'; end if;
  if strange > 0 then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  return kept;
end
$$;

-- More doses of people who are included already: what a booklet holds beside the next one. By the same groups.
create or replace function targets.keep_more(of_extraction uuid, asked jsonb, borns date[], sexes text[], standings text[], conditionses text[], histories text[], sents text[],
  subjects text[], labels text[], froms date[], untils date[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform targets.require_preparer();
  if not exists (select from targets.extraction e where e.id = of_extraction and e.made_by = access.staff_id() and e.state = 'made' and e.counts = '{}' and e.output = 'booklet') then
    raise exception 'no such extraction' using errcode = '42501';
  end if;
  insert into targets.found (extraction_id, person_number, subject, outcome, label, usable_from, usable_to)
  select of_extraction, g.person_number, v.subject, f.outcome, v.label, v.f, v.u
    from targets.gather(asked) g
    join unnest(borns, sexes, standings, conditionses, histories, sents, subjects, labels, froms, untils) v(born, sex, standing, conditions, history, sent, subject, label, f, u)
      on (v.born, v.sex, v.standing, v.conditions, v.history, v.sent) = (g.born, g.sex, g.standing, g.conditions, g.history, g.sent)
    join lateral (select x.outcome from targets.found x where x.extraction_id = of_extraction and x.person_number = g.person_number
                     and split_part(x.subject, ':', 1) = asked ->> 'vaccine' and x.outcome in ('included', 'protected') limit 1) f on true
  on conflict (extraction_id, person_number, subject) do nothing;
end
$$;

-- Closes what was kept: from now on it is not added to.
create or replace function targets.end_extraction(of_extraction uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare told jsonb;
begin
  perform targets.require_preparer();
  select coalesce(jsonb_object_agg(x.outcome, x.n), '{}') || jsonb_build_object('rows', coalesce(sum(x.n), 0)) into told
    from (select f.outcome, count(*) as n from targets.found f where f.extraction_id = of_extraction group by 1) x;
  update targets.extraction e set counts = told where e.id = of_extraction and e.made_by = access.staff_id() and e.counts = '{}';
  if not found then raise exception 'no such extraction' using errcode = '42501'; end if;
  return told;
end
$$;

-- Used for a mailing or a session, or discarded by whoever prepares: the rows of one that was discarded go.
create or replace function targets.settle_extraction(of_extraction uuid, target text) returns void
language plpgsql security definer set search_path = '' as $$
declare e targets.extraction;
begin
  perform targets.require_preparer();
  select x.* into e from targets.extraction x where x.id = of_extraction for update;
  if not found then raise exception 'no such extraction' using errcode = '42501'; end if;
  if target not in ('used', 'discarded') or e.state = 'discarded' or (target = 'discarded' and e.state <> 'made') then raise exception 'no such step' using errcode = 'MD011'; end if;
  update targets.extraction x set state = target where x.id = of_extraction;
  if target = 'discarded' then delete from targets.found f where f.extraction_id = of_extraction; end if;
  perform audit.write('change', 'targets.' || target, null, null, jsonb_build_object('number', e.serial::text));
end
$$;

-- A definition that is kept, changed (by the revision that was seen) or ended.
create or replace function targets.keep_definition(of_id integer, seen integer, of_title text, of_criteria jsonb, of_output text, each_month boolean) returns integer
language plpgsql security definer set search_path = '' as $$
declare kept integer;
begin
  perform targets.require_preparer();
  if of_id is null then
    insert into targets.definition (title, criteria, output, monthly, changed_by, changed_at) values (of_title, of_criteria, of_output, each_month, access.staff_id(), cases.moment()) returning id into kept;
  else
    update targets.definition d set title = of_title, criteria = of_criteria, output = of_output, monthly = each_month, revision = d.revision + 1, changed_by = access.staff_id(), changed_at = cases.moment()
     where d.id = of_id and d.revision = seen and d.ended_at is null returning d.id into kept;
    if kept is null then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  end if;
  perform audit.write('change', 'targets.defined', null, null, jsonb_build_object('definition', kept));
  return kept;
end
$$;
create or replace function targets.end_definition(of_id integer, seen integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform targets.require_preparer();
  update targets.definition d set ended_at = cases.moment(), revision = d.revision + 1, changed_by = access.staff_id(), changed_at = cases.moment()
   where d.id = of_id and d.revision = seen and d.ended_at is null;
  if not found then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  perform audit.write('change', 'targets.definition-ended', null, null, jsonb_build_object('definition', of_id));
end
$$;

-- A list of people by their numbers. Gives the numbers that are nobody's, and keeps nothing where there are such.
create or replace function targets.keep_list(of_title text, numbers text[]) returns table (list_id integer, unknown text[])
language plpgsql security definer set search_path = '' as $$
declare strange text[]; kept integer; known text[];
begin
  perform targets.require_preparer();
  if (cardinality(numbers) between 1 and 100000) is not true then raise exception 'too many' using errcode = '22023'; end if;
  select array_agg(l.person_number) into known from vault.lives_of(numbers) l;
  strange := array(select distinct n from unnest(numbers) n where n <> all(coalesce(known, '{}')) limit 50);
  if cardinality(strange) > 0 then list_id := null; unknown := strange; return next; return; end if;
  insert into targets.person_list (title, people, made_by, made_at) values (of_title, cardinality(known), access.staff_id(), cases.moment()) returning id into kept;
  insert into targets.listed (list_id, person_number) select distinct kept, people.canonical(n) from unnest(numbers) n;
  perform audit.write('change', 'targets.listed', null, null, jsonb_build_object('list', kept, 'people', cardinality(known)));
  list_id := kept; unknown := '{}'; return next;
end
$$;

-- Letters and reminders that were printed, with what stands on them: by a run that is being made, or by whoever prints at the counter.
drop function if exists targets.note_sent(text[], text[], text[], text, date, uuid);
create or replace function targets.note_sent(numbers text[], persons text[], subjects text[], labels text[], froms date[], untils date[],
  of_output text, of_template text, of_setting integer, on_day date, of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if of_run is null then
    if (access.has_right('document.print', 'vaccination') and cardinality(numbers) between 1 and 100
        and not exists (select from unnest(persons) p where vault.reaches(p) is not true)) is not true then raise exception 'no right to print' using errcode = '42501'; end if;
  elsif not (access.has_right('mailing.prepare', 'vaccination')
      and exists (select from mailings.batch_run r where r.id = of_run and r.program = 'vaccination' and r.state = 'making' and r.kind = 'vaccination-target-' || of_output)
      and not exists (select from unnest(numbers, persons, subjects) x(n, p, s) where not exists (
            select from mailings.batch_item i where i.run_id = of_run and i.piece_number = x.n and i.person_number = x.p and i.subject = x.s and i.state = 'ready'))) then
    raise exception 'no such run' using errcode = '42501';
  end if;
  if exists (select from unnest(labels, froms, untils) x(l, f, u) where (length(x.l) between 1 and 60 and x.f <= x.u) is not true) or of_template is null then
    raise exception 'not to be sent so' using errcode = '22023';
  end if;
  insert into targets.notice (number, person_number, subject, output, state, issued_on, label, usable_from, usable_to, template_version, form_setting_id, run_id, staff_id, at)
  select x.n, x.p, x.s, of_output, 'sent', on_day, x.l, x.f, x.u, of_template, of_setting, of_run, access.staff_id(), cases.moment()
    from unnest(numbers, persons, subjects, labels, froms, untils) x(n, p, s, l, f, u);
end
$$;
-- Letters and reminders that were printed once more with their numbers (再印刷): by a run that is being made, for the reason it was ordered for, or
-- one of them at the counter. What was withdrawn is not printed again.
create or replace function targets.note_reprinted(numbers text[], of_reason text, of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare whose text[]; outputs text[];
begin
  -- Two who print the same piece at the same moment count one after the other.
  perform from targets.notice n where n.number = any(numbers) order by n.number for update;
  select array_agg(n.person_number), array_agg(distinct n.output) into whose, outputs from targets.notice n where n.number = any(numbers) and n.state = 'sent' and n.label is not null;
  if of_run is null then
    if (access.has_right('document.print', 'vaccination') and cardinality(numbers) = 1
        and not exists (select from targets.notice n where n.number = any(numbers) and vault.reaches(n.person_number) is not true)) is not true then
      raise exception 'no right to print' using errcode = '42501';
    end if;
  elsif (access.has_right('mailing.prepare', 'vaccination')
      and exists (select from mailings.batch_run r where r.id = of_run and r.program = 'vaccination' and r.state = 'making' and r.parameters ->> 'reason' = of_reason
                    and array[r.kind] = array(select 'vaccination-' || o || '-reprint' from unnest(outputs) o))
      and not exists (select from unnest(numbers) x(n) where not exists (
            select from mailings.batch_item i join targets.notice t on t.number = i.piece_number and t.person_number = i.person_number
             where i.run_id = of_run and i.piece_number = x.n and i.state = 'ready'))) is not true then
    raise exception 'no such run' using errcode = '42501';
  end if;
  if (cardinality(whose) = cardinality(numbers)) is not true then raise exception 'nothing to be printed again' using errcode = 'MD019'; end if;
  insert into targets.notice_event (number, sequence, event, reason, staff_id, "on", at, run_id)
  select x.n, (select count(*) + 1 from targets.notice_event e where e.number = x.n), 'reprinted', of_reason, access.staff_id(), access.business_date(), cases.moment(), of_run
    from unnest(numbers) x(n);
  perform audit.write('print', 'targets.reprinted', whose, null, jsonb_build_object('reason', of_reason, 'pieces', cardinality(numbers)));
end
$$;
create or replace function targets.withdraw_sent(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (access.has_right('mailing.prepare', 'vaccination') or access.has_right('mailing.approve', 'vaccination')) then raise exception 'no right to withdraw' using errcode = '42501'; end if;
  if not exists (select from mailings.batch_run r where r.id = of_run and r.program = 'vaccination' and r.state in ('cancelled', 'withdrawn')) then raise exception 'no such run' using errcode = '42501'; end if;
  update targets.notice n set state = 'withdrawn' where n.run_id = of_run and n.state = 'sent';
end
$$;

-- A run that was to print once more was given up before anybody got anything: what was counted stays counted, and its end with it.
create or replace function targets.withdraw_reprinted(of_run uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not (access.has_right('mailing.prepare', 'vaccination') or access.has_right('mailing.approve', 'vaccination')) then raise exception 'no right to withdraw' using errcode = '42501'; end if;
  if not exists (select from mailings.batch_run r where r.id = of_run and r.program = 'vaccination' and r.state in ('cancelled', 'withdrawn')) then raise exception 'no such run' using errcode = '42501'; end if;
  insert into targets.notice_event (number, sequence, event, staff_id, "on", at, run_id)
  select e.number, (select count(*) + 1 from targets.notice_event x where x.number = e.number), 'reprint-withdrawn', access.staff_id(), access.business_date(), cases.moment(), of_run
    from targets.notice_event e where e.run_id = of_run and e.event = 'reprinted';
end
$$;

-- 集団接種: the people of an extraction take their seats in the order given.
create or replace function targets.seat_session(of_extraction uuid, of_place text, on_day date, opens time, at_once integer, every integer, numbers text[], subjects text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  perform targets.require_preparer();
  if (cardinality(numbers) between 1 and 2000 and cardinality(numbers) = cardinality(subjects) and on_day >= access.business_date()) is not true
     or exists (select from unnest(numbers, subjects) x(n, s) where not exists (
          select from targets.found f where f.extraction_id = of_extraction and f.person_number = x.n and f.subject = x.s and f.outcome = 'included')) then
    raise exception 'not to be seated so' using errcode = '22023';
  end if;
  -- Who came under 支援措置 since is not put on a list of names.
  select array_agg(x.n order by x.at), array_agg(x.s order by x.at) into numbers, subjects
    from unnest(numbers, subjects) with ordinality x(n, s, at) where x.n not in (select vault.all_withheld());
  if numbers is null then raise exception 'nobody to be seated' using errcode = '22023'; end if;
  insert into targets.session (extraction_id, place, held_on, opens_at, together, minutes, made_by, made_at)
  values (of_extraction, of_place, on_day, opens, at_once, every, access.staff_id(), cases.moment()) returning id into made;
  insert into targets.seat (session_id, seat, person_number, subject) select made, x.at, x.n, x.s from unnest(numbers, subjects) with ordinality x(n, s, at);
  perform audit.write('change', 'targets.seated', null, null, jsonb_build_object('session', made, 'people', cardinality(numbers)));
  return made;
end
$$;

-- What the contractor told of pieces of a run that was handed over. Gives the numbers that are none of its pieces, and keeps nothing where there are.
create or replace function targets.note_results(of_run uuid, numbers text[], results text[], on_day date) returns text[]
language plpgsql security definer set search_path = '' as $$
declare strange text[];
begin
  perform targets.require_preparer();
  if not exists (select from mailings.batch_run r join mailings.hand_over h on h.run_id = r.id where r.id = of_run and r.program = 'vaccination' and h.handed_on <= on_day)
     or on_day > access.business_date() then
    raise exception 'not to be told so' using errcode = '22023';
  end if;
  strange := array(select n from unnest(numbers) n where not exists (
    select from mailings.batch_item i where i.run_id = of_run and i.piece_number = n and i.state = 'made') limit 50);
  if cardinality(strange) > 0 then return strange; end if;
  insert into targets.piece_result (run_id, piece_number, result, told_on, staff_id, at)
  select of_run, x.n, x.r, on_day, access.staff_id(), cases.moment() from unnest(numbers, results) x(n, r)
  on conflict (run_id, piece_number) do update set result = excluded.result, told_on = excluded.told_on, staff_id = excluded.staff_id, at = excluded.at, settled = null, settled_by = null
    where targets.piece_result.result <> excluded.result;
  perform audit.write('change', 'targets.results-told', null, null, jsonb_build_object('run', of_run, 'pieces', cardinality(numbers)));
  return '{}';
end
$$;
-- The coupons of a piece of a run: its own number, also where the run printed it once more, and of a booklet those that follow it.
create or replace function targets.coupons_of_piece(of_run uuid, number text) returns setof text
language sql stable set search_path = '' as $$
  select c.number from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id join vaccination.coupon c on c.person_number = i.person_number
   where i.run_id = of_run and i.piece_number = coupons_of_piece.number
     and (c.number = i.piece_number or (r.kind = 'vaccination-target-booklet' and c.run_id = i.run_id
          and left(c.number, 9)::integer between left(i.piece_number, 9)::integer and left(i.piece_number, 9)::integer + 31))
$$;
-- Whether a piece was printed once more since it was told to be spoilt, in the office or by another run that was not given up.
create or replace function targets.was_reprinted(p targets.piece_result) returns boolean
language sql stable set search_path = '' as $$
  with event as (
    select e.number, e.event, e."on", e.run_id from vaccination.coupon_event e where e.number in (select targets.coupons_of_piece(p.run_id, p.piece_number))
    union all
    select e.number, e.event, e."on", e.run_id from targets.notice_event e where e.number = p.piece_number)
  select exists (select from event e where e.event = 'reprinted' and e."on" >= p.told_on and e.run_id is distinct from p.run_id
                   and not exists (select from event w where w.event = 'reprint-withdrawn' and w.number = e.number and w.run_id = e.run_id))
$$;
-- Whether what a spoilt piece held was printed again since: itself, or a later letter of the same subject.
create or replace function targets.was_printed_again(p targets.piece_result) returns boolean
language sql stable set search_path = '' as $$
  select targets.was_reprinted(p)
      or exists (select from mailings.batch_item i join targets.notice n on n.person_number = i.person_number and n.number <> i.piece_number and n.state = 'sent' and n.issued_on >= p.told_on
                   join targets.notice o on o.number = i.piece_number and o.subject = n.subject and o.output = n.output
                  where i.run_id = p.run_id and i.piece_number = p.piece_number)
$$;
create or replace function targets.settle_result(of_run uuid, number text, how text) returns void
language plpgsql security definer set search_path = '' as $$
declare p targets.piece_result;
begin
  perform targets.require_preparer();
  if (how in ('printed-again', 'withdrawn')) is not true then raise exception 'not to be settled so' using errcode = '22023'; end if;
  select x.* into p from targets.piece_result x where x.run_id = of_run and x.piece_number = number and x.result = 'spoilt' and x.settled is null for update;
  if not found then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  -- What goes out printed once more is no piece that is not sent.
  if (case how when 'printed-again' then targets.was_printed_again(p) else not exists (
        select from vaccination.coupon c where c.number in (select targets.coupons_of_piece(of_run, settle_result.number)) and c.state = 'issued')
        and not (targets.was_reprinted(p) and exists (select from targets.notice n where n.number = settle_result.number and n.state = 'sent')) end) is not true then
    raise exception 'nothing was done about it' using errcode = 'MD019';
  end if;
  -- What is not sent does not count as sent: it is found again by the next search.
  if how = 'withdrawn' then
    update targets.notice n set state = 'withdrawn' where n.number = settle_result.number and n.state = 'sent';
  end if;
  update targets.piece_result x set settled = how, settled_by = access.staff_id() where x.run_id = of_run and x.piece_number = p.piece_number;
  perform audit.write('change', 'targets.result-settled', null, null, jsonb_build_object('run', of_run, 'how', how));
end
$$;

-- For how long what is here is kept (35-keeping.sql), and what there is of a person (89-merges.sql).
create or replace view keeping.use_of_targets as
select n.person_number, 'vaccination'::text as program, n.issued_on as last_on, false as open from targets.notice n
union all
select s.person_number, 'vaccination', x.held_on, false from targets.seat s join targets.session x on x.id = s.session_id;
create or replace view people.thing_of_targets as
select n.person_number, 'vaccination'::text as program, 'notice'::text as what, n.number as key, n.at as at, null::text as only_once, false as open from targets.notice n;

revoke execute on all functions in schema targets from public;
grant execute on function targets.groups, targets.begin_extraction, targets.keep, targets.keep_more, targets.end_extraction, targets.settle_extraction, targets.keep_definition, targets.end_definition,
  targets.keep_list, targets.note_sent, targets.withdraw_sent, targets.note_reprinted, targets.withdraw_reprinted, targets.seat_session, targets.note_results, targets.settle_result to madoguchi_app;
