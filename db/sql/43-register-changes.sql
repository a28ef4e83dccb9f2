-- What the register told of a person over time. In the vault, whose functions alone know earlier states.

-- Days on which something changed, without a direct identifier: `changed` of a record that was written again (with the
-- revision that it replaced), `from:…` and `to:…` for becoming and no longer being a resident, `died`, `outside:…` for the opening of
-- somebody outside the register and its confirmation.
create or replace function vault.register_days(number text)
returns table (what text, on_day date, at timestamptz, staff_id integer, revision integer)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform vault.require_purpose(array['person.read']);
  if exists (select from vault.person p where p.person_number = number and not vault.within(p, vault.limiting_offices('person.read'))) then
    raise exception 'a person of another office' using errcode = '42501';
  end if;
  return query
  select 'changed', (h.until at time zone 'Asia/Tokyo')::date, h.until, h.staff_id, h.revision
    from vault.person_history h where h.person_number = number
  union all
  select 'from:' || p.from_reason, p.resident_from, null, null, null from vault.person p where p.person_number = number and not p.outside
  union all
  select 'to:' || p.to_reason, p.resident_to, null, null, null from vault.person p
   where p.person_number = number and p.resident_to is not null and p.to_reason is distinct from 'death' and not p.outside
  union all
  select 'died', p.died_on, null, null, null from vault.person p where p.person_number = number and p.died_on is not null
  union all
  select 'outside:' || s.what, (s.at at time zone 'Asia/Tokyo')::date, s.at, s.staff_id, null from vault.outsider_step s
   where s.person_number = number and s.what <> 'correct';
end
$$;

-- What changed when records of some revisions were replaced: which facts, and name, address and details before and after, sealed.
-- Address and details come only to those who may see it; of others only that it is another town or postal code.
drop function if exists vault.look_at_register_changes(text, integer[]);
create function vault.look_at_register_changes(number text, revisions integer[])
returns table (revision integer, facts text[], name_before bytea, name_after bytea, address_before bytea, address_after bytea, wrapped_key bytea, details_before bytea, details_after bytea)
language plpgsql security definer set search_path = '' as $$
declare masked boolean;
begin
  perform vault.require_purpose(array['person.read']);
  if exists (select from vault.person p where p.person_number = number and not vault.within(p, vault.limiting_offices('person.read'))) then
    raise exception 'a person of another office' using errcode = '42501';
  end if;
  select not vault.sees_protected() and vault.hides_address(p) into masked from vault.person p where p.person_number = number;
  if not found or coalesce(cardinality(revisions), 0) = 0 then return; end if;
  perform audit.write('look', 'person.look', array[number],
    case when masked then array['register', 'name'] else array['register', 'name', 'address', 'details'] end, null);
  return query
  with states as (
    select h.revision, h.sealed_name, h.sealed_address, h.sealed_details, h.facts::jsonb as facts from vault.person_history h where h.person_number = number
    union all
    select p.revision, p.sealed_name, p.sealed_address, p.sealed_details, to_jsonb(p) from vault.person p where p.person_number = number),
  changes as (
    select s.*, lead(s.sealed_name) over w as next_name, lead(s.sealed_address) over w as next_address, lead(s.sealed_details) over w as next_details, lead(s.facts) over w as next_facts
      from states s window w as (order by s.revision))
  select c.revision,
         array(select x.what from (values
             ('household', array['household_number']), ('relationship', array['is_head', 'relationship']),
             ('basics', array['birth_date', 'birth_told', 'sex', 'nationality']), ('reckoned-birth', array['birth_reckoned']), ('office', array['office_code']),
             ('address', array['town_code', 'postal_code']),
             ('residence', array['resident_from', 'from_reason', 'resident_to', 'to_reason']), ('death', array['died_on']),
             ('protection', array['protected_from', 'protected_to'])) x(what, keys)
           where exists (select from unnest(x.keys) k where c.facts -> k is distinct from c.next_facts -> k)),
         c.sealed_name, c.next_name,
         case when masked then null else c.sealed_address end, case when masked then null else c.next_address end, k.wrapped_key,
         case when masked then null else c.sealed_details end, case when masked then null else c.next_details end
    from changes c join vault.holder_key k on k.holder = number
   where c.revision = any(revisions) and c.next_facts is not null;
end
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['vault.register_days(text)', 'vault.look_at_register_changes(text, integer[])']::regprocedure[] loop
    execute format('alter function %s owner to madoguchi_vault', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to madoguchi_app', f);
  end loop;
end
$$;
