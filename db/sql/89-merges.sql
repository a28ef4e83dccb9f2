-- 番号の統合と分離: two numbers of one person. A link says so and nothing is rewritten: sealed records keep the key of their number, papers
-- and the log keep what they say, and the end of the link brings back what was. Links form trees: whoever is merged has one number
-- above, never one that is merged into them.

set local role madoguchi_owner;
do $$
declare t text;
begin
  foreach t in array array['merge', 'outsider_match', 'unmerge_line'] loop
    execute format('alter table people.%I enable row level security', t);
    execute format('alter table people.%I force row level security', t);
    execute format('drop policy if exists owner_functions on people.%I', t);
    execute format('create policy owner_functions on people.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('revoke all on people.%I from madoguchi_app', t);
  end loop;
end
$$;

-- The number under which a person stands: that at the top of its tree, itself where it is merged into none.
create or replace function people.canonical(number text) returns text
language sql stable security definer set search_path = '' as $$
  with recursive up (n, depth) as (
    select number, 0 union all
    select m.canonical, u.depth + 1 from up u join people.merge m on m.merged = u.n and m.state in ('merged', 'unmerging') where u.depth < 20)
  select u.n from up u order by u.depth desc limit 1
$$;
-- All numbers of a person, the one under which they stand first.
create or replace function people.numbers_of(number text) returns text[]
language sql stable security definer set search_path = '' as $$
  with recursive down (n, depth) as (
    select people.canonical(number), 0 union all
    select m.merged, d.depth + 1 from down d join people.merge m on m.canonical = d.n and m.state in ('merged', 'unmerging') where d.depth < 20)
  select array_agg(d.n order by d.depth, d.n) from down d
$$;
-- The same of many at once, of those alone that are linked: asked for every look, and there are few.
create or replace function people.linked_numbers(numbers text[]) returns table (asked text, other text, top boolean)
language sql stable security definer set search_path = '' as $$
  select x.n, o.n, o.n = people.canonical(x.n)
    from (select distinct n from unnest(numbers) n
           where exists (select from people.merge m where m.merged = n and m.state in ('merged', 'unmerging'))
              or exists (select from people.merge m where m.canonical = n and m.state in ('merged', 'unmerging'))) x
   cross join lateral unnest(people.numbers_of(x.n)) o(n)
$$;
-- Numbers that are followed to another one, for sets in which nobody may stand twice.
create or replace function people.merged_numbers() returns text[]
language sql stable security definer set search_path = '' as $$
  select array(select m.merged from people.merge m where m.state in ('merged', 'unmerging'))
$$;
-- For the program: numbers of people to whom the session gets.
create or replace function people.numbers_for(numbers text[]) returns table (asked text, other text, top boolean)
language sql stable security definer set search_path = '' as $$
  select l.asked, l.other, l.top from people.linked_numbers(numbers) l
   where (select access.staff_id()) is not null and (vault.reaches(l.asked) or vault.reaches(people.canonical(l.asked)))
$$;

-- What there is of a person, in each 事務: (person_number, program, what, key, at, only_once, open). `only_once` names what may stand but
-- once of a person, where this stands. A 事務 with tables of its own adds a view named thing_of_….
create or replace view people.thing_of_cases as
select m.person_number, c.program, 'case'::text as what, c.id::text as key, (select min(e.recorded_at) from cases.event e where e.case_id = c.id) as at,
       case when coalesce(s.open, true) and m.role = 'subject' and c.kind not like '%/change' and c.kind not like '%/claim' then c.kind end as only_once,
       coalesce(s.open, true) as open
  from cases.member m join cases.case c on c.id = m.case_id
  left join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
 where m.to_revision is null;
create or replace view people.thing_of_entitlements as
select e.person_number, e.program, 'entitlement'::text as what, e.id::text as key,
       (e.granted_on::timestamp + interval '1 day' - interval '1 second') at time zone 'Asia/Tokyo' as at,
       case when e.status in ('granted', 'suspended') and e.valid_to >= access.business_date() then e.kind end as only_once,
       e.status in ('granted', 'suspended') and e.valid_to >= access.business_date() as open
  from entitlements.entitlement e;
create or replace view people.thing_of_payments as
select p.person_number, p.program, 'payable'::text as what, p.id::text as key, p.decided_at as at, null::text as only_once,
       p.state not in ('paid', 'set-off', 'withdrawn') as open from payments.payable p where p.person_number is not null
union all
select a.person_number, a.program, 'account', a.id::text, a.recorded_at, case when a.state = 'confirmed' then 'confirmed' end, a.state in ('confirmed', 'provisional')
  from payments.account a where a.person_number is not null
union all
select r.person_number, r.program, 'repayment', r.id::text, r.proposed_at, null, r.state not in ('closed', 'cancelled', 'refused') from repayments.repayment r;
create or replace view people.thing_of_notes as
select n.person_number, n.program, 'note'::text as what, n.id::text as key, n.written_at as at, null::text as only_once, false as open from intake.note n where n.person_number is not null
union all
select a.person_number, a.program, 'attachment', a.id::text, a.added_at, null, false from intake.attachment a where a.person_number is not null;
create or replace view people.thing_of_needs as
select n.person_number, n.program, 'need'::text as what, n.id::text as key, n.announced_at as at, null::text as only_once, n.ended_on is null as open from people.needed n;
create or replace view people.thing_of_vaccination as
select s.person_number, 'vaccination'::text as program, 'shot'::text as what, s.id::text as key, s.entered_at as at, s.vaccine || ' ' || s.dose as only_once, false as open
  from vaccination.shot s
union all
select c.person_number, 'vaccination', 'coupon', c.number, (select min(e.at) from vaccination.coupon_event e where e.number = c.number),
       case when c.state = 'issued' and c.usable_to >= access.business_date() then c.vaccine || ' ' || c.dose end, c.state = 'issued' and c.usable_to >= access.business_date()
  from vaccination.coupon c;

create or replace view people.thing_of_vaccination_records as
select s.person_number, 'vaccination'::text as program, 'slip'::text as what, s.id::text as key, s.entered_at as at, null::text as only_once,
       s.state in ('unmatched', 'doubtful') as open
  from vaccination.slip s where s.person_number is not null
union all
select p.person_number, 'vaccination', 'record-paper', p.id::text, p.issued_at, null, false from vaccination.record_paper p
union all
select i.person_number, 'vaccination', 'incident', i.id::text, i.opened_at, null, i.state not in ('closed', 'dismissed') from mistakes.incident i
union all
select r.person_number, 'vaccination', 'adverse-report', r.id::text, r.entered_at, null, false from mistakes.adverse_report r;
create or replace view people.thing_of_relief as
select h.person_number, 'vaccination'::text as program, 'harm'::text as what, h.id::text as key, h.opened_at as at, null::text as only_once, false as open
  from relief.harm h
union all
select p.person_number, 'vaccination', 'pension', p.id::text, a.decided_at, case when p.state <> 'ended' then p.benefit || ' ' || p.payee_number end,
       p.state <> 'ended'
  from relief_benefits.pension p join approvals.approval a on a.id = p.approval_id;

create or replace view people.thing_of_special as
select e.person_number, 'vaccination'::text as program, 'special'::text as what, e.id::text as key, e.entered_at as at,
       case when e.state = 'standing' and e.kind in ('mailing-address', 'stay') and coalesce(e.valid_until, 'infinity') >= access.business_date() then e.kind end as only_once,
       e.state in ('awaiting', 'returned') as open
  from special.entry e
union all
select a.person_number, 'vaccination', 'exemption', a.id::text, a.entered_at, null, a.state not in ('issued', 'told', 'lapsed', 'withdrawn') from exemptions.application a
union all
select c.person_number, 'vaccination', 'exemption-certificate', c.id::text, (c.issued_on::timestamp + interval '1 day' - interval '1 second') at time zone 'Asia/Tokyo', null,
       c.state = 'issued' and c.valid_until >= access.business_date()
  from exemptions.certificate c
union all
select p.person_number, 'vaccination', 'exemption-list', p.list_id::text || ' ' || p.person_number, l.entered_at, null, false from exemptions.list_person p join exemptions.list l on l.id = p.list_id;

create or replace function people.things(numbers text[])
returns table (person_number text, program text, what text, key text, at timestamptz, only_once text, open boolean)
language plpgsql stable security definer set search_path = '' as $$
declare all_views text;
begin
  select string_agg(format('select person_number, program, what, key, at, only_once, open from people.%I where person_number = any($1)', c.relname), ' union all ') into all_views
    from pg_catalog.pg_class c where c.relnamespace = 'people'::regnamespace and c.relkind = 'v' and c.relname like 'thing\_of\_%';
  return query execute all_views using numbers;
end
$$;

-- Under which numbers of a person there is something of which 事務, of those whose cases the session reads.
create or replace function people.programs_under(of_person text) returns table (person_number text, program text)
language sql stable security definer set search_path = '' as $$
  select distinct t.person_number, t.program from people.things(people.numbers_of(of_person)) t
   where vault.reaches(of_person) and access.has_right('case.read', t.program)
$$;

-- What a merge would bring together: how much of each 事務 and kind stands under either number, and how much of it is under way; and
-- what would stand twice.
create or replace function people.preview(one text, other text) returns jsonb
language sql stable security definer set search_path = '' as $$
  with t as (select x.*, people.canonical(x.person_number) = people.canonical(one) as first
               from people.things(people.numbers_of(one) || people.numbers_of(other)) x)
  select jsonb_build_object(
    'counts', (select coalesce(jsonb_agg(jsonb_build_object('program', c.program, 'what', c.what, 'merged', c.a, 'canonical', c.b, 'open', c.o) order by c.program, c.what), '[]')
                 from (select t.program, t.what, count(*) filter (where t.first) as a, count(*) filter (where not t.first) as b, count(*) filter (where t.open) as o
                         from t group by t.program, t.what) c),
    'clashes', (select coalesce(jsonb_agg(jsonb_build_object('program', d.program, 'what', d.what, 'once', d.only_once) order by d.program, d.what, d.only_once), '[]')
                 from (select t.program, t.what, t.only_once from t where t.only_once is not null
                        group by t.program, t.what, t.only_once having bool_or(t.first) and bool_or(not t.first)) d))
$$;
-- Of it what the session may see: of 事務 whose people it does not read, only that there is something.
create or replace function people.seen_of(preview jsonb) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'counts', (select coalesce(jsonb_agg(c order by n), '[]') from jsonb_array_elements(preview -> 'counts') with ordinality x(c, n) where access.has_right('case.read', c ->> 'program')),
    'clashes', (select coalesce(jsonb_agg(c order by n), '[]') from jsonb_array_elements(preview -> 'clashes') with ordinality x(c, n) where access.has_right('case.read', c ->> 'program')),
    'others', (select count(distinct c ->> 'program') from jsonb_array_elements(preview -> 'counts') c where not access.has_right('case.read', c ->> 'program')))
$$;

-- Whether a payment run holds one of some people: what it pays is on its way to the bank.
create or replace function people.held_by_run(numbers text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from payments.run_line l join payments.payable p on p.id = l.payable_id where l.state = 'ready' and p.person_number = any(numbers))
$$;

-- What stands against a merge, in codes; empty where nothing does.
create or replace function people.merge_obstacles(merged_number text, canonical_number text, but_for integer default null) returns text[]
language sql stable security definer set search_path = '' as $$
  select array_remove(array[
    case when merged_number = canonical_number then 'self' end,
    case when vault.office_of(merged_number) is null or vault.office_of(canonical_number) is null then 'nobody' end,
    case when exists (select from people.merge m where m.state in ('merged', 'unmerging') and m.merged in (merged_number, canonical_number)) then 'merged' end,
    case when exists (select from people.merge m where m.state in ('waiting', 'unmerging') and m.id is distinct from but_for
                        and (m.merged in (merged_number, canonical_number) or m.canonical in (merged_number, canonical_number))) then 'waiting' end,
    case when vault.contradict(merged_number, canonical_number) then 'individual-numbers' end,
    case when vault.only_one_protected(merged_number, canonical_number) then 'protection' end,
    case when vault.is_outside(canonical_number) and not vault.is_outside(merged_number) then 'outsider-stays' end,
    case when people.held_by_run(people.numbers_of(merged_number) || people.numbers_of(canonical_number)) then 'payment-run' end], null)
$$;

create or replace function people.require_link_right(wanted text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if (nullif(current_setting('app.purpose', true), '') is not null and access.has_right(wanted)) is not true then
    raise exception 'right % is missing', wanted using errcode = '42501';
  end if;
end
$$;

-- What a merge would do, before it is proposed; a look at both is recorded.
create or replace function people.preview_merge(merged_number text, canonical_number text) returns table (preview jsonb, obstacles text[])
language plpgsql security definer set search_path = '' as $$
begin
  perform people.require_link_right('person.link');
  if not (vault.reaches(merged_number) and vault.reaches(canonical_number)) then raise exception 'nobody of that number' using errcode = '42501'; end if;
  perform audit.write('look', 'person.merge-previewed', array[merged_number, canonical_number], array['register'], null);
  return query select people.seen_of(people.preview(merged_number, canonical_number)), people.merge_obstacles(merged_number, canonical_number);
end
$$;

-- Proposes that one number is followed to another. MD024: something stands against it.
create or replace function people.propose_merge(merged_number text, canonical_number text, why text, reason bytea) returns integer
language plpgsql security definer set search_path = '' as $$
declare made integer; obstacles text[];
begin
  perform people.require_link_right('person.link');
  if not (vault.reaches(merged_number) and vault.reaches(canonical_number)) then raise exception 'nobody of that number' using errcode = '42501'; end if;
  if (why in ('same-person', 'registered') and octet_length(reason) between 30 and 4000) is not true then raise exception 'not to be proposed so' using errcode = '22023'; end if;
  perform pg_advisory_xact_lock(hashtextextended('people.merge', 0));
  obstacles := people.merge_obstacles(merged_number, canonical_number);
  if obstacles <> '{}' then raise exception 'stands against it: %', array_to_string(obstacles, ' ') using errcode = 'MD024'; end if;
  insert into people.merge (merged, canonical, ground, preview, sealed_reason, proposed_by)
  values (merged_number, canonical_number, why, people.preview(merged_number, canonical_number), reason, access.staff_id()) returning id into made;
  perform audit.write('change', 'person.merge-proposed', array[merged_number, canonical_number], null, jsonb_build_object('number', made));
  return made;
end
$$;

-- One merge, held, as the page saw it, of people to whom the session gets: before it stands, to both.
create or replace function people.hold_merge(of_id integer, seen integer) returns people.merge
language plpgsql set search_path = '' as $$
declare m people.merge;
begin
  perform pg_advisory_xact_lock(hashtextextended('people.merge', 0));
  select x.* into m from people.merge x where x.id = of_id for update;
  if not found or not (vault.reaches(m.merged) and vault.reaches(m.canonical)) then raise exception 'no such merge' using errcode = '42501'; end if;
  if m.revision is distinct from seen then raise exception 'moved on' using errcode = 'MD014'; end if;
  return m;
end
$$;

create or replace function people.decide_merge(of_id integer, seen integer, how text) returns void
language plpgsql security definer set search_path = '' as $$
declare m people.merge; who integer := access.staff_id(); obstacles text[];
begin
  perform people.require_link_right(case when how = 'withdrawn' then 'person.link' else 'person.link-approve' end);
  m := people.hold_merge(of_id, seen);
  if m.state <> 'waiting' then raise exception 'decided already' using errcode = 'MD014'; end if;
  if (case how when 'merged' then m.proposed_by <> who when 'refused' then m.proposed_by <> who when 'withdrawn' then m.proposed_by = who else false end) is not true then
    raise exception 'not to be decided so' using errcode = '42501';
  end if;
  if how = 'merged' then
    obstacles := people.merge_obstacles(m.merged, m.canonical, m.id);
    if obstacles <> '{}' then raise exception 'stands against it: %', array_to_string(obstacles, ' ') using errcode = 'MD024'; end if;
  end if;
  update people.merge x set state = how, revision = seen + 1, decided_by = who, decided_at = clock_timestamp(), preview = case when how = 'merged' then people.preview(m.merged, m.canonical) else x.preview end
   where x.id = of_id;
  perform audit.write('change', 'person.merge-' || how, array[m.merged, m.canonical], null, jsonb_build_object('number', of_id));
end
$$;

-- What came after a merge, under whichever number of the two: who it is of, nobody but a person can say.
create or replace function people.came_after(m people.merge) returns table (person_number text, program text, what text, key text, at timestamptz)
language sql stable security definer set search_path = '' as $$
  select t.person_number, t.program, t.what, t.key, t.at from people.things(array[m.merged, m.canonical]) t where t.at > m.decided_at
$$;
create or replace function people.lines_of_unmerge(of_id integer) returns table (person_number text, program text, what text, key text, at timestamptz)
language plpgsql security definer set search_path = '' as $$
declare m people.merge;
begin
  perform people.require_link_right('person.link');
  select x.* into m from people.merge x where x.id = of_id;
  if not found or not (vault.reaches(m.merged) or vault.reaches(m.canonical)) then raise exception 'no such merge' using errcode = '42501'; end if;
  -- All of them have to be assigned, so whoever does reads the cases of each 事務.
  if exists (select from people.came_after(m) c where not access.has_right('case.read', c.program)) then raise exception 'lines of another program' using errcode = '42501'; end if;
  perform audit.write('look', 'person.merge-previewed', array[m.merged, m.canonical], array['register'], null);
  return query select * from people.came_after(m) c order by c.at, c.what, c.key;
end
$$;

-- Proposes the end of a merge that was a mistake, with whose each line is that came since: all of them, and nothing else.
create or replace function people.propose_unmerge(of_id integer, seen integer, reason bytea, whats text[], keys text[], owners text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare m people.merge;
begin
  perform people.require_link_right('person.link');
  m := people.hold_merge(of_id, seen);
  if m.state <> 'merged' then raise exception 'not merged' using errcode = 'MD014'; end if;
  if (octet_length(reason) between 30 and 4000 and cardinality(whats) = cardinality(keys) and cardinality(keys) = cardinality(owners)
      and owners <@ array[m.merged, m.canonical]) is not true then
    raise exception 'not to be proposed so' using errcode = '22023';
  end if;
  delete from people.unmerge_line l where l.merge_id = of_id;
  insert into people.unmerge_line (merge_id, program, what, key, stands_under, belongs_to)
  select of_id, c.program, c.what, c.key, c.person_number, x.o from people.came_after(m) c join unnest(whats, keys, owners) x(w, k, o) on x.w = c.what and x.k = c.key;
  if (select count(*) from people.came_after(m)) <> (select count(*) from people.unmerge_line l where l.merge_id = of_id) or cardinality(keys) <> (select count(*) from people.came_after(m)) then
    raise exception 'not all lines are assigned' using errcode = 'MD019';
  end if;
  update people.merge x set state = 'unmerging', revision = seen + 1, sealed_unmerge_reason = reason, unmerge_proposed_by = access.staff_id(), unmerge_proposed_at = now(),
         unmerge_decided_by = null, unmerge_decided_at = null where x.id = of_id;
  perform audit.write('change', 'person.unmerge-proposed', array[m.merged, m.canonical], null, jsonb_build_object('number', of_id, 'lines', cardinality(keys)));
end
$$;

create or replace function people.decide_unmerge(of_id integer, seen integer, how text) returns void
language plpgsql security definer set search_path = '' as $$
declare m people.merge; who integer := access.staff_id();
begin
  perform people.require_link_right('person.link-approve');
  m := people.hold_merge(of_id, seen);
  if m.state <> 'unmerging' then raise exception 'decided already' using errcode = 'MD014'; end if;
  if (how in ('unmerged', 'merged') and m.unmerge_proposed_by <> who) is not true then raise exception 'not to be decided so' using errcode = '42501'; end if;
  if how = 'unmerged' then
    if people.held_by_run(people.numbers_of(m.merged)) then raise exception 'stands against it: payment-run' using errcode = 'MD024'; end if;
    if exists (select from people.came_after(m) c where not exists (select from people.unmerge_line l where l.merge_id = of_id and l.what = c.what and l.key = c.key)) then
      raise exception 'more has come since' using errcode = 'MD019';
    end if;
    update people.unmerge_line l set settled = l.stands_under = l.belongs_to where l.merge_id = of_id;
  end if;
  update people.merge x set state = how, revision = seen + 1, unmerge_decided_by = who, unmerge_decided_at = clock_timestamp() where x.id = of_id;
  perform audit.write('change', 'person.unmerge-' || case how when 'unmerged' then 'approved' else 'refused' end, array[m.merged, m.canonical], null, jsonb_build_object('number', of_id));
end
$$;

-- That a line was set right in its 事務, by whoever may.
create or replace function people.settle_line(of_id integer, of_what text, of_key text) returns void
language plpgsql security definer set search_path = '' as $$
declare m people.merge;
begin
  perform people.require_link_right('person.link');
  select x.* into m from people.merge x where x.id = of_id and x.state = 'unmerged' for update;
  if not found or not (vault.reaches(m.merged) or vault.reaches(m.canonical)) then raise exception 'no such merge' using errcode = '42501'; end if;
  update people.unmerge_line l set settled = true, settled_by = access.staff_id(), settled_at = now() where l.merge_id = of_id and l.what = of_what and l.key = of_key and not l.settled;
  if not found then raise exception 'settled already' using errcode = 'MD014'; end if;
  perform audit.write('change', 'person.unmerge-settled', array[m.merged, m.canonical], null, jsonb_build_object('number', of_id));
end
$$;

-- Merges that concern a person, the newest first, with what the session may see of them.
create or replace function people.merges_of(number text)
returns table (id integer, merged text, canonical text, ground text, state text, revision integer, preview jsonb, sealed_reason bytea, proposed_by integer, proposed_at timestamptz,
  decided_by integer, decided_at timestamptz, sealed_unmerge_reason bytea, unmerge_proposed_by integer, unmerge_proposed_at timestamptz, unmerge_decided_by integer,
  unmerge_decided_at timestamptz, lines jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare all_numbers text[];
begin
  perform people.require_link_right('person.read');
  if not (vault.reaches(number) or vault.reaches(people.canonical(number))) then return; end if;
  all_numbers := people.numbers_of(number) || number;
  return query select m.id, m.merged, m.canonical, m.ground, m.state, m.revision, people.seen_of(m.preview), m.sealed_reason, m.proposed_by, m.proposed_at,
      m.decided_by, m.decided_at, m.sealed_unmerge_reason, m.unmerge_proposed_by, m.unmerge_proposed_at, m.unmerge_decided_by, m.unmerge_decided_at,
      (select coalesce(jsonb_agg(jsonb_build_object('program', l.program, 'what', l.what, 'key', l.key, 'standsUnder', l.stands_under, 'belongsTo', l.belongs_to, 'settled', l.settled)
                order by l.program, l.what, l.key), '[]') from people.unmerge_line l where l.merge_id = m.id and access.has_right('case.read', l.program))
    from people.merge m where m.merged = any(all_numbers) or m.canonical = any(all_numbers) order by m.id desc;
end
$$;

-- What waits: `merge` for a decision, `match` of who may have become a resident, `line` to be set right after a merge that was undone.
create or replace function people.links_waiting() returns table (kind text, number text, other text, id integer, since timestamptz, proposed_by integer)
language sql stable security definer set search_path = '' as $$
  select 'merge', m.canonical, m.merged, m.id, coalesce(m.unmerge_proposed_at, m.proposed_at), coalesce(m.unmerge_proposed_by, m.proposed_by)
    from people.merge m where m.state in ('waiting', 'unmerging') and (vault.reaches(m.merged) or vault.reaches(m.canonical))
  union all
  select 'match', x.outsider, x.resident, null, x.found_at, null from people.outsider_match x
   where x.dismissed_at is null and vault.is_outside(x.outsider) and vault.reaches(x.outsider)
     and not exists (select from people.merge m where m.merged = x.outsider and m.state in ('waiting', 'merged', 'unmerging'))
  union all
  select 'line', m.canonical, m.merged, m.id, m.unmerge_decided_at, null from people.merge m
   where m.state = 'unmerged' and exists (select from people.unmerge_line l where l.merge_id = m.id and not l.settled) and (vault.reaches(m.merged) or vault.reaches(m.canonical))
$$;
create or replace function people.count_links() returns table (kind text, count bigint, since timestamptz, by_others bigint, by_others_since timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  perform people.require_link_right('person.link');
  return query select w.kind, count(*), min(w.since), count(*) filter (where w.proposed_by is distinct from who), min(w.since) filter (where w.proposed_by is distinct from who)
    from people.links_waiting() w group by w.kind;
end
$$;
create or replace function people.list_links(of_kind text, by_others_alone boolean, first integer, at_most integer)
returns table (kind text, number text, other text, id integer, since timestamptz)
language plpgsql security definer set search_path = '' as $$
declare who integer := access.staff_id();
begin
  perform people.require_link_right('person.link');
  perform audit.write('select', 'person.links', null, array['register'], null);
  return query select w.kind, w.number, w.other, w.id, w.since from people.links_waiting() w
    where w.kind = of_kind and (not by_others_alone or w.proposed_by is distinct from who) order by w.since, w.number, w.other offset first limit least(at_most, 200);
end
$$;

-- For the vault, as a file of the register brings somebody: who may be the outsider; and who is, where the 個人番号 are equal.
create or replace function people.note_match(outside_number text, new_resident text) returns void
language sql security definer set search_path = '' as $$
  insert into people.outsider_match (outsider, resident) values (outside_number, new_resident) on conflict do nothing
$$;
create or replace function people.join_by_number(outside_number text, new_resident text) returns void
language plpgsql security definer set search_path = '' as $$
declare top text := people.canonical(new_resident);
begin
  perform pg_advisory_xact_lock(hashtextextended('people.merge', 0));
  -- What a person has begun, or what a person has to look at, is not decided by a number.
  if people.merge_obstacles(outside_number, top) <> '{}' then
    perform people.note_match(outside_number, new_resident);
    return;
  end if;
  insert into people.merge (merged, canonical, ground, state, preview, decided_by, decided_at)
  values (outside_number, top, 'individual-number', 'merged', people.preview(outside_number, top), access.staff_id(), clock_timestamp());
  perform audit.write('change', 'person.merge-merged', array[outside_number, top], array['individual-number'], null);
end
$$;

-- That a match is another person, with the reason.
create or replace function people.dismiss_match(outside_number text, of_resident text, reason bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform people.require_link_right('person.link');
  if not (vault.reaches(outside_number) and vault.reaches(of_resident)) then raise exception 'nobody of that number' using errcode = '42501'; end if;
  if (octet_length(reason) between 30 and 4000) is not true then raise exception 'a reason is missing' using errcode = '22023'; end if;
  update people.outsider_match x set dismissed_by = access.staff_id(), dismissed_at = now(), sealed_reason = reason
   where x.outsider = outside_number and x.resident = of_resident and x.dismissed_at is null;
  if not found then raise exception 'dismissed already' using errcode = 'MD014'; end if;
  perform audit.write('change', 'person.match-dismissed', array[outside_number, of_resident], null, null);
end
$$;

-- Of an erased person nothing is left to link; for an approved erasure alone (35-keeping.sql).
create or replace function people.forget_links(numbers text[]) returns void
language sql security definer set search_path = '' as $$
  delete from people.unmerge_line l using people.merge m where m.id = l.merge_id and (m.merged = any(numbers) or m.canonical = any(numbers));
  delete from people.merge m where m.merged = any(numbers) or m.canonical = any(numbers);
  delete from people.outsider_match x where x.outsider = any(numbers) or x.resident = any(numbers);
$$;

revoke execute on all functions in schema people from public;
grant execute on function people.canonical, people.numbers_of, people.linked_numbers, people.merged_numbers, people.note_match, people.join_by_number to madoguchi_vault;
grant execute on function people.numbers_for, people.programs_under, people.preview_merge, people.propose_merge, people.decide_merge, people.lines_of_unmerge, people.propose_unmerge, people.decide_unmerge,
  people.settle_line, people.merges_of, people.count_links, people.list_links, people.dismiss_match to madoguchi_app;
reset role;

-- For functions of the owner, without a trace: whether two people bear different 個人番号 while both live; whether one alone is under
-- 支援措置; whether somebody is outside the register.
create or replace function vault.contradict(one text, other text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.individual_number i join vault.individual_number j on j.token <> i.token
    join vault.person p on p.person_number = i.person_number join vault.person q on q.person_number = j.person_number
   where i.person_number = one and j.person_number = other and p.died_on is null and q.died_on is null)
$$;
create or replace function vault.only_one_protected(one text, other text) returns boolean
language sql stable security definer set search_path = '' as $$
  select count(*) = 1 from vault.person p where p.person_number in (one, other) and vault.is_protected(p)
$$;
create or replace function vault.is_outside(number text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from vault.person p where p.person_number = number and p.outside)
$$;
do $$
declare f regprocedure;
begin
  foreach f in array array['vault.contradict(text, text)', 'vault.only_one_protected(text, text)', 'vault.is_outside(text)']::regprocedure[] loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public, madoguchi_app', f);
    execute format('grant execute on function %s to madoguchi_owner', f);
  end loop;
end
$$;
