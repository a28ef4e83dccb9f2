-- Money of 指定難病医療給付 (ADR 84): 指定医療機関, 管理票, what receipts and claims are compared with, and what a claim is in codes.

grant usage on schema intractable_money to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['institution', 'cap_sheet', 'cap_sheet_row'] loop
    call cases.secure(('intractable_money.' || quote_ident(t))::regclass);
    execute format('revoke all on intractable_money.%I from madoguchi_app', t);
    execute format('grant select on intractable_money.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on intractable_money.%I', t);
  end loop;
end
$$;
call cases.belongs_to_case('intractable_money.refund_detail');
-- Institutions are published. A 管理票 is seen by whoever sees the cases of the office that keyed it.
create policy seen on intractable_money.institution for select to madoguchi_app
  using ((select access.has_any_right(array['case.read', 'receipt.read'], 'intractable-disease')));
create policy seen on intractable_money.cap_sheet for select to madoguchi_app
  using (exists (select from access.scopes('case.read') s
                  where (s.program is null or s.program = 'intractable-disease') and (s.office is null or s.office = cap_sheet.office_code)));
create policy seen on intractable_money.cap_sheet_row for select to madoguchi_app
  using (exists (select from intractable_money.cap_sheet k where k.id = sheet_id));

-- The list of 指定医療機関, taken over row by row; a row of the same code and first day is corrected.
create or replace function intractable_money.keep_institutions(codes text[], froms date[], tos date[], names text[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare kept integer;
begin
  if access.covers('case.propose', 'intractable-disease', null) is not true then
    raise exception 'no right to keep the list of institutions' using errcode = '42501';
  end if;
  if exists (select from unnest(codes) c where clinics.is_code(c) is not true) then raise exception 'no code of an institution' using errcode = '22023'; end if;
  insert into intractable_money.institution as i (code, valid_from, valid_to, name, entered_by)
  select x.*, access.staff_id() from unnest(codes, froms, tos, names) x
  on conflict (code, valid_from) do update set valid_to = excluded.valid_to, name = excluded.name, entered_by = excluded.entered_by, entered_at = now()
   where (i.valid_to, i.name) is distinct from (excluded.valid_to, excluded.name);
  get diagnostics kept = row_count;
  perform audit.write('change', 'institutions.kept', null, null, jsonb_build_object('rows', cardinality(codes), 'changed', kept));
  return kept;
end
$$;

-- Whether an institution is designated on a day of a month; null where nothing of its prefecture is on the list, so that nothing can be said.
create or replace function intractable_money.is_designated(of_code text, of_month text) returns boolean
language sql stable set search_path = '' as $$
  select case when exists (select from intractable_money.institution i where i.code >= left(of_code, 2) and i.code < left(of_code, 2) || ':') then
    exists (select from intractable_money.institution i where i.code = of_code
               and daterange(i.valid_from, i.valid_to, '[]') && daterange((of_month || '-01')::date, ((of_month || '-01')::date + interval '1 month')::date)) end
$$;

-- The office of somebody who is entitled or has applied; null for who has neither.
create or replace function intractable_money.office_of(of_person text) returns text
language sql stable set search_path = '' as $$
  select coalesce(
    (select e.office_code from entitlements.entitlement e
      where e.program = 'intractable-disease' and e.person_number = any(people.numbers_of(of_person)) order by e.valid_from desc, e.id limit 1),
    (select c.office_code from cases.case c where c.kind = 'intractable-disease/application' and c.person_number = any(people.numbers_of(of_person))
      order by c.received_on desc, c.id limit 1))
$$;

-- Keys a 管理票 of a month: another of the same month takes its place.
create or replace function intractable_money.enter_sheet(of_person text, of_month text, of_source text, days date[], codes text[], totals bigint[], shares bigint[], runnings bigint[])
returns bigint language plpgsql security definer set search_path = '' as $$
declare made bigint; office text := intractable_money.office_of(of_person);
begin
  if (office is not null and access.has_right('case.enter', 'intractable-disease', office)) is not true then
    raise exception 'no right to key it' using errcode = '42501';
  end if;
  if (cardinality(days) between 1 and 100 and cardinality(codes) = cardinality(days) and cardinality(totals) = cardinality(days)
      and cardinality(shares) = cardinality(days) and cardinality(runnings) = cardinality(days)
      and of_month <= to_char(access.business_date(), 'YYYY-MM')
      and not exists (select from unnest(days, codes) x(d, c) where to_char(x.d, 'YYYY-MM') <> of_month or clinics.is_code(x.c) is not true)) is not true then
    raise exception 'not rows of a month' using errcode = '22023';
  end if;
  insert into intractable_money.cap_sheet (person_number, office_code, month, source, entered_by)
  values (of_person, office, of_month, of_source, access.staff_id()) returning id into made;
  insert into intractable_money.cap_sheet_row (sheet_id, number, used_on, institution, total, share, running)
  select made, x.n, x.d, x.c, x.t, x.s, x.r from unnest(days, codes, totals, shares, runnings) with ordinality x(d, c, t, s, r, n);
  perform audit.write('change', 'cap-sheet.entered', array[of_person], null, jsonb_build_object('sheet', made));
  return made;
end
$$;
create or replace function intractable_money.withdraw_sheet(of_sheet bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare k intractable_money.cap_sheet;
begin
  select x.* into k from intractable_money.cap_sheet x where x.id = of_sheet and x.withdrawn_at is null for update;
  if (access.has_right('case.enter', 'intractable-disease', k.office_code) and k.id is not null) is not true then
    raise exception 'no sheet to take back' using errcode = '42501';
  end if;
  update intractable_money.cap_sheet x set withdrawn_by = access.staff_id(), withdrawn_at = now() where x.id = k.id;
  perform audit.write('change', 'cap-sheet.withdrawn', array[k.person_number], null, jsonb_build_object('sheet', k.id));
end
$$;

-- The sheet of a month that counts.
create or replace function intractable_money.sheet_of(of_person text, of_month text) returns intractable_money.cap_sheet
language sql stable set search_path = '' as $$
  select k.* from intractable_money.cap_sheet k
   where k.person_number = any(people.numbers_of(of_person)) and k.month = of_month and k.withdrawn_at is null order by k.id desc limit 1
$$;

-- What the slip of a month says that the person paid; null where none was keyed.
create or replace function intractable_money.paid_by_sheet(of_person text, of_month text) returns bigint
language sql stable set search_path = '' as $$
  select sum(w.share)::bigint from intractable_money.cap_sheet_row w where w.sheet_id = (intractable_money.sheet_of(of_person, of_month)).id
$$;

-- What is known of the people of some receipts of a file and speaks against them: the terms of the month, the cap beside all
-- receipts of the month and the 管理票, the designation, days of the month before or after the period. Called by receipts.compare_with_earlier.
create or replace function intractable_money.check_receipts(of_file uuid, from_row integer, to_row integer) returns void
language plpgsql set search_path = '' as $$
begin
  if not exists (select from receipts.receipt r where r.file_id = of_file and r.row between from_row and to_row and r.program = 'intractable-disease') then return; end if;
  insert into receipts.fault (file_id, row, code, line)
  with own as materialized (
    select r.row, r.line, r.person_number, r.treatment_month as month, r.institution, r.payer_number, r.high_cost_category, r.copay_stated, r.copay_expected,
           e.valid_from, e.valid_to, t.id as terms, t.cap, t.limit_category, t.payer_number as own_payer, d.days
      from receipts.receipt r join entitlements.entitlement e on e.id = r.entitlement_id
      cross join lateral (select daterange((r.treatment_month || '-01')::date, ((r.treatment_month || '-01')::date + interval '1 month')::date) as days) d
      left join lateral (select x.* from intractable_disease.terms x where x.entitlement_id = e.id and x.valid_from < upper(d.days)
                          order by x.valid_from desc, x.id desc limit 1) t on true
     where r.file_id = of_file and r.row between from_row and to_row and r.program = 'intractable-disease'),
  -- What receipts that stand say was paid in the months, with what was corrected since.
  months as materialized (
    select m.person_number, m.month, sum(r.copay_stated + coalesce(c.changed, 0)) filter (where c.gone is not true) as paid
      from (select distinct o.person_number, o.month from own o) m
      join receipts.receipt r on r.person_number = m.person_number and r.treatment_month = m.month and r.program = 'intractable-disease' and r.decided is distinct from 'returned'
      join receipts.file g on g.id = r.file_id and g.state not in ('cancelled', 'withdrawn')
      left join lateral (
        select sum(x.patient_pays) filter (where x.kind in ('re-examination', 'balancing')) as changed, bool_or(x.kind in ('taken-back', 'withdrawal')) as gone
          from receipts.benefit p join receipts.benefit x on x.origin_id = p.id
         where r.posted and p.file_id = r.file_id and p.row = r.row and p.kind = 'original') c on true
     group by m.person_number, m.month),
  places as materialized (
    select p.institution, p.month, intractable_money.is_designated(p.institution, p.month) as designated
      from (select distinct o.institution, o.month from own o where o.institution is not null) p)
  select of_file, o.row, c.code, o.line
    from own o join months m on m.person_number = o.person_number and m.month = o.month
    left join places p on p.institution = o.institution and p.month = o.month
    cross join lateral (values
      ('terms-missing', o.terms is null),
      ('payer-differs', o.own_payer <> o.payer_number),
      ('category-differs', o.limit_category <> o.high_cost_category),
      ('cap-exceeded', m.paid > o.cap),
      -- The slip is looked for only where it can make a difference.
      ('cap-not-reached', case when o.copay_stated + 5 < o.copay_expected and m.paid < o.cap
        then coalesce(intractable_money.paid_by_sheet(o.person_number, o.month), 0) < o.cap end),
      ('not-designated', not p.designated),
      ('period-part', o.valid_from > lower(o.days) or o.valid_to < upper(o.days) - 1)) c(code, found)
   where c.found
  on conflict do nothing;
end
$$;

-- What an application for 償還払い is, keyed while it is examined or has not been decided.
create or replace function intractable_money.record_refund(of_case uuid, why text, at_counter text, of_recognition text, branch text, forwarded date, arrived date) returns void
language plpgsql security definer set search_path = '' as $$
declare c cases.case;
begin
  select x.* into c from cases.case x where x.id = of_case for update;
  if (c.kind = 'intractable-disease/claim' and access.has_right('case.enter', c.program, c.office_code)
      and exists (select from cases.machine_state s where s.kind = c.kind and s.version = c.machine_version and s.state = c.state and s.open)
      and coalesce(forwarded, c.received_on) >= c.received_on and coalesce(arrived, access.business_date()) <= access.business_date()
      and (branch is null or exists (select from access.office o where o.code = branch))) is not true then
    raise exception 'not a claim to be described' using errcode = '42501';
  end if;
  insert into intractable_money.refund_detail (case_id, number, reason, reception, recognition, branch_office, forwarded_on, arrived_on, recorded_by)
  values (of_case, 1 + (select count(*) from intractable_money.refund_detail d where d.case_id = of_case), why, at_counter, of_recognition,
    coalesce(branch, case when at_counter = 'branch' then c.office_code end), forwarded, arrived, access.staff_id());
  perform audit.write('change', 'claim.described', array[c.person_number], null, jsonb_build_object('case', c.number));
end
$$;

-- What of a claim for 償還払い is known here and looked at by somebody: bills of who is not designated, and care that stands on the 管理票,
-- on which what is refunded is not written. Called by claims.found_against.
create or replace function intractable_money.found_against(of_case uuid) returns table (number integer, code text)
language sql stable set search_path = '' as $$
  select b.number, x.code
    from cases.case c join lateral (select l.revision from approvals.latest_entry(c.id) l) l on true
    join claims.bill b on b.case_id = c.id and b.revision = l.revision
    cross join lateral (values
      ('not-designated', not intractable_money.is_designated(b.institution::text, b.month)),
      ('on-cap-sheet', exists (
        select from intractable_money.cap_sheet_row w where w.sheet_id = (intractable_money.sheet_of(c.person_number, b.month)).id
           and w.institution = b.institution and w.total = b.cost and (b.day is null or extract(day from w.used_on) = b.day)))) x(code, found)
   where c.id = of_case and c.kind = 'intractable-disease/claim' and x.found
$$;

-- Until when somebody had to do with it (35-keeping.sql).
create or replace view keeping.use_of_cap_sheets as
select k.person_number, 'intractable-disease'::text as program, max(k.entered_at)::date as last_on, false as open from intractable_money.cap_sheet k group by k.person_number;

revoke execute on all routines in schema intractable_money from public;
grant execute on function intractable_money.keep_institutions, intractable_money.enter_sheet, intractable_money.withdraw_sheet, intractable_money.record_refund to madoguchi_app;
grant execute on all routines in schema intractable_money to madoguchi_owner;
