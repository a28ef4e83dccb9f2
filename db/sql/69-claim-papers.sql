-- 支給申請書兼請求書 of 高額療養費 to insurers: issued of an approved claim, kept as they were printed, printed again. The account and
-- the address that a paper names are those that two people set (制度の数値); count and sum those that another person approved.

grant usage on schema high_cost to madoguchi_app, madoguchi_vault;
call cases.secure('high_cost.claim_paper');
revoke all on high_cost.claim_paper from madoguchi_app;
grant select on high_cost.claim_paper to madoguchi_app;
drop policy if exists seen on high_cost.claim_paper;
-- A paper names people of every office: whoever holds the right for one of them alone sees none.
create policy seen on high_cost.claim_paper for select to madoguchi_app
  using (exists (select from high_cost.claim c where c.id = claim_id and access.covers('high-cost.read', c.program, null)));

-- Whether a sealed paper may be opened: by whoever prints claims of its 事務 for all offices. For the vault.
create or replace function high_cost.may_open_paper(record_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from high_cost.claim_paper p join high_cost.claim c on c.id = p.claim_id
                  where p.sealed_id = record_id and access.covers('high-cost.prepare', c.program, null))
$$;

-- Issues the paper of an approved claim that is not sent yet; issued anew, the newest counts.
create or replace function high_cost.issue_paper(of_claim uuid, seen integer, printed_number text, template text, setting integer, account_row integer,
  insurers_row integer, named integer, total bigint, digest text, sealed uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare c high_cost.claim; made uuid; today date := access.business_date(); who integer := access.staff_id(); people text[]; first_person text; last_issue integer;
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  select x.* into c from high_cost.claim x where x.id = of_claim for update;
  if (access.covers('high-cost.prepare', c.program, null)) is not true then raise exception 'no such claim' using errcode = '42501'; end if;
  if c.revision is distinct from seen then raise exception 'it has moved on' using errcode = 'MD014'; end if;
  if c.state <> 'approved' then raise exception 'no such step' using errcode = 'MD011'; end if;
  select array_agg(distinct p), (array_agg(e.person_number order by e.treatment_month, e.serial))[1] into people, first_person
    from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id cross join lateral unnest(e.persons || e.household) p
   where l.claim_id = c.id and not l.released;
  if (named = c.approved_count and total = c.approved_sum and template ~ '^high-cost/claim v[0-9]+$' and digest ~ '^[0-9a-f]{64}$'
      and payments.sealed(sealed, c.program, 'high-cost-paper', first_person)
      and cases.was_given(c.program || '.document', cases.fiscal_year(today),
            substring(printed_number from '第' || cases.year_label(cases.fiscal_year(today)) || '-(\d{6,9})号$'))
      and (setting is null or exists (select from printing.form_setting f where f.id = setting and f.program = c.program))
      and not exists (select from (values (account_row, 'medical.high-cost-account'), (insurers_row, 'medical.high-cost-insurers')) x(id, key)
           where not exists (select from city.parameter p where p.id = x.id and p.key = x.key and p.decision = 'approved'
                                and today between p.valid_from and coalesce(p.valid_to, 'infinity')
                                and not exists (select from city.parameter q where q.key = p.key and q.decision = 'approved'
                                                   and q.valid_from > p.valid_from and q.valid_from <= today)))
      and exists (select from city.parameter p cross join lateral jsonb_array_elements(p.value -> 'value') i
                   where p.id = insurers_row and i ->> 'number' = c.insurer_number)) is not true then
    raise exception 'no paper of this claim' using errcode = '42501';
  end if;
  select coalesce(max(p.issue), 0) into last_issue from high_cost.claim_paper p where p.claim_id = c.id;
  insert into high_cost.claim_paper (claim_id, issue, number, template_version, form_setting_id, account_parameter, insurers_parameter, sha256, sealed_id,
    issued_by, issued_on, issued_at)
  values (c.id, last_issue + 1, printed_number, template, setting, account_row, insurers_row, digest, sealed, who, today, cases.moment()) returning id into made;
  update high_cost.claim x set revision = c.revision + 1 where x.id = c.id;
  insert into high_cost.claim_event (claim_id, revision, event, from_state, to_state, staff_id, staff_name, at, "on")
  select c.id, c.revision + 1, 'issuePaper', c.state, c.state, s.id, s.display_name, cases.moment(), today from access.staff s where s.id = who;
  perform audit.write('print', 'high-cost-claim.paper-issued', people, array['high-cost-paper'], jsonb_build_object('number', printed_number));
  return made;
end
$$;

-- A paper as it was printed, to be printed again: where it lies. Each time is recorded.
create or replace function high_cost.print_paper(of_paper uuid) returns table (sealed_id uuid, sha256 text)
language plpgsql security definer set search_path = '' as $$
declare p high_cost.claim_paper; c high_cost.claim;
begin
  select x.* into p from high_cost.claim_paper x where x.id = of_paper;
  select x.* into c from high_cost.claim x where x.id = p.claim_id;
  if (access.covers('high-cost.prepare', c.program, null)) is not true then raise exception 'no such paper' using errcode = '42501'; end if;
  perform audit.write('print', 'high-cost-claim.paper-printed', (select array_agg(distinct n) from high_cost.claim_line l join high_cost.entry e on e.id = l.entry_id
      cross join lateral unnest(e.persons || e.household) n where l.claim_id = c.id and not l.released), array['high-cost-paper'],
    jsonb_build_object('number', p.number));
  return query select p.sealed_id, p.sha256;
end
$$;

revoke execute on function high_cost.may_open_paper, high_cost.issue_paper, high_cost.print_paper from public;
grant execute on function high_cost.issue_paper, high_cost.print_paper to madoguchi_app;
grant execute on function high_cost.may_open_paper to madoguchi_vault;
