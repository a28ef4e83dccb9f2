-- 一括決裁: who decides on many proposals at once. The decisions themselves are steps of cases.move, each with all its
-- checks; what stands here says which were chosen, what was found when they were looked through, and what became of each.

call cases.secure('approvals.bulk');
revoke all on approvals.bulk from madoguchi_app;
grant select on approvals.bulk to madoguchi_app;
drop policy if exists own on approvals.bulk;
create policy own on approvals.bulk for select to madoguchi_app using (started_by = (select access.staff_id()));
call cases.belongs_to_case('approvals.bulk_item');

-- Begins one with the cases that were ticked, 500 at most; each waits for a decision of that subject, and this person holds
-- the right to decide there.
create or replace function approvals.begin_bulk(of_kind text, of_subject text, chosen uuid[]) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid; who integer := access.staff_id();
begin
  if who is null then raise exception 'no open session' using errcode = 'MD001'; end if;
  if (cardinality(chosen) between 1 and 500 and of_subject in ('grant', 'change', 'loss', 'payment')
      and not exists (select from unnest(chosen) x(id)
                       where not exists (select from cases.case c where c.id = x.id and c.kind = of_kind
                                           and cases.may(array['case.read'], c.program, c.office_code)
                                           and cases.may(array['case.approve','case.revoke'], c.program, c.office_code)))) is not true then
    raise exception 'not to be decided together' using errcode = '42501';
  end if;
  insert into approvals.bulk (program, kind, subject, started_by, started_at)
  values (split_part(of_kind, '/', 1), of_kind, of_subject, who, now()) returning id into made;
  insert into approvals.bulk_item (bulk_id, case_id, position)
  select made, x.id, min(x.position) from unnest(chosen) with ordinality x(id, position) group by x.id;
  perform audit.write('event', 'bulk-approval.begun', null, null,
    jsonb_build_object('bulk', made, 'kind', of_kind, 'subject', of_subject, 'cases', cardinality(chosen)));
  return made;
end
$$;

-- What a look at one of the cases found: of the revision that it has now, before anything is confirmed.
create or replace function approvals.check_bulk(of_bulk uuid, of_case uuid, seen integer, what text, why_alone text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from approvals.bulk b where b.id = of_bulk and b.started_by = access.staff_id()) then
    raise exception 'none of this person' using errcode = '42501';
  end if;
  update approvals.bulk_item i set revision = seen, summary = left(what, 200), exception = left(why_alone, 300)
    from approvals.bulk b, cases.case c
   where i.bulk_id = of_bulk and i.case_id = of_case and b.id = i.bulk_id and b.started_by = access.staff_id()
     and b.confirmed_at is null and c.id = i.case_id and c.revision = seen;
  if not found then raise exception 'not to be looked through now' using errcode = 'MD014'; end if;
end
$$;

-- Confirms: all were looked through, and the letter in this form and setting. From now on they may be decided.
create or replace function approvals.confirm_bulk(of_bulk uuid, seen_paper text) returns void
language plpgsql security definer set search_path = '' as $$
declare done approvals.bulk;
begin
  if not exists (select from approvals.bulk b where b.id = of_bulk and b.started_by = access.staff_id()) then
    raise exception 'none of this person' using errcode = '42501';
  end if;
  if (select bool_and(i.revision is not null) from approvals.bulk_item i where i.bulk_id = of_bulk) is not true or seen_paper is null then
    raise exception 'not all were looked through' using errcode = 'MD019';
  end if;
  update approvals.bulk b set confirmed_at = now(), paper = seen_paper
   where b.id = of_bulk and b.started_by = access.staff_id() and b.confirmed_at is null returning * into done;
  if not found then raise exception 'not to be confirmed' using errcode = 'MD014'; end if;
  perform audit.write('event', 'bulk-approval.confirmed', null, null, jsonb_build_object('bulk', of_bulk, 'paper', seen_paper,
    'cases', (select count(*) from approvals.bulk_item i where i.bulk_id = of_bulk and i.exception is null)));
end
$$;

-- What became of one of the cases, said once. `done` in the transaction of its decision by this person, and in no other.
create or replace function approvals.settle_bulk(of_bulk uuid, of_case uuid, how text, why text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if (how <> 'done' or exists (select from approvals.approval a where a.case_id = of_case and a.decision = 'approved'
                                  and a.decided_by = access.staff_id() and a.decided_at = now())) is not true then
    raise exception 'not decided' using errcode = '42501';
  end if;
  update approvals.bulk_item i set outcome = how, reason = left(why, 500), settled_at = now()
    from approvals.bulk b
   where i.bulk_id = of_bulk and i.case_id = of_case and b.id = i.bulk_id and b.started_by = access.staff_id()
     and b.confirmed_at is not null and i.exception is null and i.outcome is null;
end
$$;

revoke execute on all functions in schema approvals from public;
grant execute on function approvals.begin_bulk, approvals.check_bulk, approvals.confirm_bulk, approvals.settle_bulk to madoguchi_app;
