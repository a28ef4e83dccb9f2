-- Roles of the database cluster; run by an administrator before the migrations, as often as wanted.
-- Nobody signs in as owner or vault. The program signs in as madoguchi_app, which owns nothing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'madoguchi_owner') then
    create role madoguchi_owner nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'madoguchi_vault') then
    create role madoguchi_vault nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'madoguchi_app') then
    create role madoguchi_app login nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  execute format('grant madoguchi_owner, madoguchi_vault to %I with inherit true, set true', current_user);
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

grant madoguchi_vault to madoguchi_owner;

create extension if not exists btree_gist;
