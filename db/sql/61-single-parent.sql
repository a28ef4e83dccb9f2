-- ひとり親家庭等医療費助成: its 資格異動 and what its benefit contains.

grant usage on schema single_parent to madoguchi_app;

-- Seen with the entitlement, not with the report: an office that takes a household over sees what was before.
call cases.secure('single_parent.feature');
revoke all on single_parent.feature from madoguchi_app;
grant select on single_parent.feature to madoguchi_app;
drop policy if exists with_its_case on single_parent.feature;
drop policy if exists with_its_entitlement on single_parent.feature;
create policy with_its_entitlement on single_parent.feature for select to madoguchi_app
  using (exists (select from entitlements.entitlement e where e.id = feature.entitlement_id));
drop trigger if exists stamp_feature on single_parent.feature;
drop function if exists single_parent.stamp_feature();

call cases.secure('single_parent.remote_reminder');
revoke all on single_parent.remote_reminder from madoguchi_app;
grant select on single_parent.remote_reminder to madoguchi_app;
drop policy if exists with_its_feature on single_parent.remote_reminder;
create policy with_its_feature on single_parent.remote_reminder for select to madoguchi_app
  using (exists (select from single_parent.feature f where f.id = remote_reminder.feature_id));

-- What reports set, by the subject of the report.
create or replace function single_parent.kinds() returns text[] language sql immutable set search_path = '' as $$
  select array['benefit-class', 'severe-disability', 'remote-certificate', 'category', 'office', 'household', 'income', 'pension', 'allowance',
    'disaster', 'unregistered']
$$;

-- What a report says of a benefit, by the step that enters it, of the kind that the report is about.
call cases.belongs_to_case('single_parent.reported_feature', array['enter']);
create or replace function single_parent.stamp_reported_feature() returns trigger
language plpgsql security definer set search_path = '' as $$
declare c cases.case; h entitlements.change;
begin
  select x.* into c from cases.case x where x.id = new.case_id;
  select x.* into h from entitlements.change x where x.case_id = new.case_id;
  if (cases.in_step(new.case_id, array['enter']) and c.program = 'single-parent-medical' and h.subject = new.kind and h.movement is null
      and coalesce(new.until, h.occurs_on) >= h.occurs_on
      and case new.kind
        when 'office' then new.applies and exists (select from access.office o where o.code = new.value)
          and exists (select from entitlements.of_case(new.case_id) e where e.office_code <> new.value)
        when 'household' then new.value in ('spouse', 'supporter')
        when 'income' then new.applies and new.value in ('within', 'over')
        when 'category' then new.applies and new.value ~ '^[a-z-]{2,40}$'
        else true end) is not true then
    raise exception 'not what is reported' using errcode = '42501';
  end if;
  new.revision := c.revision;
  return new;
end
$$;
create or replace trigger stamp_reported_feature before insert on single_parent.reported_feature
  for each row execute function single_parent.stamp_reported_feature();

-- Puts into force what was entered by one person and confirmed by another, of the entitlements that the report is about and
-- from its own day; after a decision where it needs one.
create or replace function single_parent.set_feature(by_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare h entitlements.change;
begin
  select x.* into h from entitlements.change x where x.case_id = by_case;
  if (cases.decided_in_step(by_case, array['change']) or cases.in_step(by_case, array['apply']) and not h.needs_decision) is not true then
    raise exception 'not in a step that sets it' using errcode = '42501';
  end if;
  insert into single_parent.feature (case_id, entitlement_id, kind, applies, benefit_class, value, until, reason, occurs_on, reported_on, recorded_by)
  select by_case, y.entitlement_id, r.kind, r.applies, r.benefit_class, r.value, r.until, r.reason, h.occurs_on, h.reported_on, access.staff_id()
    from single_parent.reported_feature r join approvals.latest_entry(by_case) l on l.revision = r.revision and l.confirmed
    join entitlements.change_entitlement y on y.case_id = by_case
   where r.case_id = by_case and not exists (select from single_parent.feature f where f.case_id = by_case and f.entitlement_id = y.entitlement_id);
  if not found then raise exception 'nothing confirmed is to be set' using errcode = '42501'; end if;
  -- 世帯の異動: whoever joined is of the household's application from now on, for its rights and its later reports.
  insert into cases.member (case_id, person_number, role, from_revision)
  select h.granting_case_id, m.person_number, m.role, g.revision from cases.member m join cases.case g on g.id = h.granting_case_id
   where h.subject = 'household' and m.case_id = by_case and m.to_revision is null and m.role in ('spouse', 'supporter')
     and m.person_number not in (select cases.people_of(h.granting_case_id));
end
$$;

-- 区間異動: once its day has come and no letter waits, the household's application, its entitlements, its reports and their papers
-- go over to the office that the newest report names. By the account of scheduled jobs; returns how many households went.
create or replace function single_parent.hand_over_reports() returns integer
language plpgsql security definer set search_path = '' as $$
declare r record; own uuid[]; moved integer := 0;
begin
  if access.has_right('system.run') is not true then raise exception 'no right to hand over' using errcode = '42501'; end if;
  for r in select g.id, g.person_number, n.value as office from (
             select distinct on (e.case_id) e.case_id, f.value from single_parent.feature f join entitlements.entitlement e on e.id = f.entitlement_id
              where f.kind = 'office' and f.occurs_on <= access.business_date() order by e.case_id, f.id desc) n
             join cases.case g on g.id = n.case_id where g.office_code <> n.value loop
    own := array(select r.id union select x.case_id from entitlements.change x where x.granting_case_id = r.id);
    continue when exists (select from cases.effect e where e.case_id = any(own) and e.done_at is null);
    update cases.case c set office_code = r.office where c.id = any(own);
    update entitlements.entitlement e set office_code = r.office where e.case_id = r.id;
    update documents.document d set office_code = r.office where d.case_id = any(own);
    perform audit.write('change', 'household.handed-over', array[r.person_number], null, jsonb_build_object('office', r.office, 'cases', cardinality(own)));
    moved := moved + 1;
  end loop;
  return moved;
end
$$;

-- 遠隔地証 and 被災者 whose last day has passed are 非該当 from the day after; the certificate for afar ends with it. By the account
-- of scheduled jobs; returns how many ran out.
create or replace function single_parent.expire() returns integer
language plpgsql security definer set search_path = '' as $$
declare f record; out uuid[]; ended integer := 0; today date := access.business_date();
begin
  if access.has_right('system.run') is not true then raise exception 'no right to end' using errcode = '42501'; end if;
  for f in select n.* from (select distinct on (x.entitlement_id, x.kind) x.*, e.person_number from single_parent.feature x
              join entitlements.entitlement e on e.id = x.entitlement_id where x.kind in ('remote-certificate', 'disaster')
             order by x.entitlement_id, x.kind, x.id desc) n
            where n.applies and n.until < today loop
    insert into single_parent.feature (case_id, entitlement_id, kind, applies, reason, occurs_on, reported_on, recorded_by)
    values (f.case_id, f.entitlement_id, f.kind, false, 'expired', f.until + 1, today, access.staff_id());
    if f.kind = 'remote-certificate' then
      with gone as (update entitlements.certificate z set ended_on = today, ending = 'expired'
         where z.entitlement_id = f.entitlement_id and z.kind = f.kind and z.ended_on is null and coalesce(z.valid_to, f.until) < today returning z.id)
      select array_agg(g.id) into out from gone g;
      perform entitlements.ask_back(out, 'expired');
    end if;
    perform audit.write('change', 'benefit.expired', array[f.person_number], null, jsonb_build_object('kind', f.kind));
    ended := ended + 1;
  end loop;
  return ended;
end
$$;

-- That households were written to before their 遠隔地証 runs out: of one that holds, once, by whoever prints at their office.
create or replace function single_parent.note_reminded(of_features bigint[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare noted integer;
begin
  if (cardinality(of_features) between 1 and 500 and not exists (
      select from unnest(of_features) x(id) left join single_parent.feature f on f.id = x.id left join entitlements.entitlement e on e.id = f.entitlement_id
       where (f.kind = 'remote-certificate' and f.applies and f.until >= access.business_date()
              and access.has_right('document.print', e.program, e.office_code)
              and not exists (select from single_parent.feature l where l.entitlement_id = f.entitlement_id and l.kind = f.kind and l.id > f.id)) is not true)) is not true then
    raise exception 'not to be reminded of' using errcode = '42501';
  end if;
  insert into single_parent.remote_reminder (feature_id, reminded_on, reminded_by)
  select distinct x.id, access.business_date(), access.staff_id() from unnest(of_features) x(id) on conflict do nothing;
  get diagnostics noted = row_count;
  perform audit.write('event', 'remote-certificate.reminded', array(select e.person_number from single_parent.feature f
    join entitlements.entitlement e on e.id = f.entitlement_id where f.id = any(of_features)), null, jsonb_build_object('count', noted));
  return noted;
end
$$;

-- What is reported of a benefit is said as it is entered, and set as it is put into force.
create or replace function single_parent.step_is_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from entitlements.change h join cases.case c on c.id = h.case_id
        where h.case_id = new.case_id and c.program = 'single-parent-medical' and h.subject = any(single_parent.kinds()))
     and (case when new.act = 'enter' then exists (select from single_parent.reported_feature r where r.case_id = new.case_id and r.revision = new.revision)
               when new.act = 'apply' or exists (select from approvals.approval a
                      where a.case_id = new.case_id and a.decision = 'approved' and a.subject = 'change' and a.seen_revision = new.revision - 1)
                 then exists (select from single_parent.feature f where f.case_id = new.case_id and f.recorded_at = now())
               else true end) is not true then
    raise exception 'what belongs to % is missing', new.type using errcode = 'MD019';
  end if;
  return null;
end
$$;
drop trigger if exists benefit_is_set on cases.event;
create constraint trigger benefit_is_set after insert on cases.event deferrable initially deferred
  for each row execute function single_parent.step_is_whole();

revoke execute on all routines in schema single_parent from public;
grant execute on function single_parent.set_feature, single_parent.hand_over_reports, single_parent.expire, single_parent.note_reminded to madoguchi_app;
grant execute on all routines in schema single_parent to madoguchi_owner;
