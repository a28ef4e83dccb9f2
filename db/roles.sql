-- Roles of the database cluster; run by an administrator before the migrations, as often as wanted.
-- Nobody signs in as owner or vault; an installation does under a login of its own (db/installer.ts). The program signs in as madoguchi_app, which owns nothing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'madoguchi_owner') then
    create role madoguchi_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'madoguchi_vault') then
    create role madoguchi_vault nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'madoguchi_search') then
    create role madoguchi_search nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'madoguchi_app') then
    create role madoguchi_app login nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  execute format('grant madoguchi_owner, madoguchi_vault, madoguchi_search to %I with inherit true, set true', current_user);
exception when invalid_grant_operation then
  null; -- a superuser that may set any role already
end
$$;

do $$
begin
  execute format('grant create, connect on database %I to madoguchi_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to madoguchi_app', current_database());
end
$$;

grant madoguchi_vault, madoguchi_search to madoguchi_owner;

create extension if not exists btree_gist;

-- What was made in the administrator's name belongs to the owner of all the rest.
do $$
declare one record;
begin
  for one in
    with ours as (
      select oid from pg_namespace
       where nspname in ('meta', 'drizzle', 'pgboss') or nspowner in ('madoguchi_owner'::regrole, 'madoguchi_vault'::regrole)
    )
    select 'schema' as kind, quote_ident(nspname) as name from pg_namespace join ours using (oid) where nspowner = current_user::regrole
    union all
    select case relkind when 'v' then 'view' else 'table' end, c.oid::regclass::text
      from pg_class c join ours on ours.oid = c.relnamespace where relkind in ('r', 'p', 'v') and relowner = current_user::regrole
    union all
    select 'routine', p.oid::regprocedure::text
      from pg_proc p join ours on ours.oid = p.pronamespace where proowner = current_user::regrole
  loop
    execute format('alter %s %s owner to madoguchi_owner', one.kind, one.name);
  end loop;
end
$$;
