-- 返還金: what people owe back. Written by these functions alone; repayments move along the ways of workflows/payments (flows.way).

grant usage on schema repayments to madoguchi_app;
do $$
declare t text;
begin
  foreach t in array array['repayment', 'repayment_event', 'instalment', 'receipt', 'notice'] loop
    call cases.secure(('repayments.' || quote_ident(t))::regclass);
    execute format('revoke all on repayments.%I from madoguchi_app', t);
    execute format('grant select on repayments.%I to madoguchi_app', t);
    execute format('drop policy if exists seen on repayments.%I', t);
    if t <> 'repayment' then
      execute format('create policy seen on repayments.%I for select to madoguchi_app using (exists (select from repayments.repayment r where r.id = repayment_id))', t);
    end if;
  end loop;
end
$$;
create policy seen on repayments.repayment for select to madoguchi_app
  using (exists (select from access.scopes('payment.read') s
                  where (s.program is null or s.program = repayment.program) and (s.office is null or s.office = repayment.office_code)));
