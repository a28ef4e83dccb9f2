-- What the program verifies at start: rows that come back are reasons not to serve.
create schema if not exists meta;
alter schema meta owner to madoguchi_owner;
grant usage on schema meta to madoguchi_app;

create or replace view meta.tables_without_policy as
select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'drizzle', 'meta', 'pgboss')
   and n.nspname not like 'pg_temp%'
   and (not c.relrowsecurity or not c.relforcerowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid));

create or replace view meta.powers_of_the_program as
select 'is a superuser' as power from pg_roles where rolname = current_user and rolsuper
union all select 'bypasses row security' from pg_roles where rolname = current_user and rolbypassrls
union all select 'creates roles' from pg_roles where rolname = current_user and rolcreaterole
union all select 'creates databases' from pg_roles where rolname = current_user and rolcreatedb
union all select 'owns ' || c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner
  where r.rolname = current_user and c.relnamespace::regnamespace::text not in ('pg_toast', 'pgboss') and c.relnamespace::regnamespace::text not like 'pg_temp%'
union all select 'makes objects in database ' || current_database() where has_database_privilege(current_user, current_database(), 'create,temporary')
union all select 'makes objects in schema ' || n.nspname from pg_namespace n where has_schema_privilege(current_user, n.oid, 'create')
union all select 'may become ' || r.rolname from pg_roles r
  where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
union all select 'reads ' || c.oid::regclass::text from pg_class c
  where c.relnamespace = 'vault'::regnamespace and c.relkind = 'r' and has_table_privilege(current_user, c.oid, 'select,insert,update,delete');

grant select on meta.tables_without_policy, meta.powers_of_the_program to madoguchi_app;
