-- 高額療養費 that belongs to the city: found from what it paid, claimed from the insurer by the insured person's 委任状, received, or
-- asked back of the person. Written by these functions alone; entries and claims move along workflows/high-cost (flows.way).

grant usage on schema high_cost to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['insurance', 'mandate', 'search_run', 'search_line', 'entry', 'entry_event', 'claim', 'claim_line', 'claim_event', 'money'] loop
    call cases.secure(('high_cost.' || quote_ident(t))::regclass);
    execute format('revoke all on high_cost.%I from madoguchi_app', t);
    execute format('grant select on high_cost.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on high_cost.%I', t);
  end loop;
  foreach t in array array['insurance', 'mandate', 'entry'] loop
    execute format('create policy seen on high_cost.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''high-cost.read'') s
              where (s.program is null or s.program = %1$I.program) and (s.office is null or s.office = %1$I.office_code)))', t);
  end loop;
  -- Searches and claims are of a whole 事務; their lines are seen as far as their people are.
  foreach t in array array['search_run', 'claim'] loop
    execute format('create policy seen on high_cost.%1$I for select to madoguchi_app
      using (exists (select from access.scopes(''high-cost.read'') s where s.program is null or s.program = %1$I.program))', t);
  end loop;
end
$$;
create policy seen on high_cost.search_line for select to madoguchi_app
  using (exists (select from high_cost.search_run r join access.scopes('high-cost.read') s
                   on (s.program is null or s.program = r.program) and (s.office is null or s.office = search_line.office_code) where r.id = run_id));
create policy seen on high_cost.entry_event for select to madoguchi_app using (exists (select from high_cost.entry e where e.id = entry_id));
create policy seen on high_cost.claim_line for select to madoguchi_app using (exists (select from high_cost.entry e where e.id = entry_id));
create policy seen on high_cost.claim_event for select to madoguchi_app using (exists (select from high_cost.claim c where c.id = claim_id));
create policy seen on high_cost.money for select to madoguchi_app using (exists (select from high_cost.claim c where c.id = claim_id));
