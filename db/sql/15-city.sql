-- The city that runs the program. Everybody who is signed in reads it; only the administrator's command line writes it.

grant usage on schema city to madoguchi_app;

do $$
declare t text;
begin
  foreach t in array array['profile', 'preset', 'town'] loop
    execute format('alter table city.%I enable row level security', t);
    execute format('alter table city.%I force row level security', t);
    execute format('drop policy if exists owner_functions on city.%I', t);
    execute format('create policy owner_functions on city.%I to madoguchi_owner using (true) with check (true)', t);
    execute format('grant select on city.%I to madoguchi_app', t);
    execute format('drop policy if exists signed_in on city.%I', t);
    execute format('create policy signed_in on city.%I for select to madoguchi_app using ((select access.staff_id()) is not null)', t);
  end loop;
end
$$;

-- What held on a day can be told afterwards: towns are replaced, the rest is only added to.
create or replace function city.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'what is registered of the city is never changed, only followed by another row' using errcode = '42501';
end
$$;
create or replace trigger profile_is_final before update or delete or truncate on city.profile
  for each statement execute function city.refuse_change();
create or replace trigger preset_is_final before update or delete or truncate on city.preset
  for each statement execute function city.refuse_change();
revoke execute on all functions in schema city from public;
