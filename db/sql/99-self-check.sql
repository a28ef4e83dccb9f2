-- What the program verifies at start: rows that come back are reasons not to serve.
grant usage on schema meta to madoguchi_app;

-- Values by which the keys of this database are known; they open nothing. Of the installation only.
create table if not exists meta.key_check (name text primary key, value text not null, kept_at timestamptz not null default now());

-- How far the demonstration city is: being filled, or filled; no row in the database of a city.
create table if not exists meta.demonstration (state text primary key check (state in ('filling', 'filled')), since timestamptz not null default now());

create or replace view meta.tables_without_policy as
select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'drizzle', 'meta', 'pgboss')
   and n.nspname not like 'pg_temp%'
   and (not c.relrowsecurity or not c.relforcerowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid));

-- What the program's role may do in the queue's schema beyond putting in, taking and ending jobs (queue-rights.ts).
create or replace view meta.powers_over_the_queue as
with queue_table as (
  select c.oid, c.relname, c.relname = 'job' or exists (select from pg_inherits i where i.inhrelid = c.oid) as holds_jobs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'pgboss' and c.relkind in ('r', 'p', 'v', 'm')
)
select format('待ち行列の表 %s を変えられる（%s）', t.relname, p) as power
  from queue_table t, unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p
 where has_table_privilege(current_user, t.oid, p)
   and not (t.holds_jobs and p in ('insert', 'update', 'delete'))
   and (t.relname, p) not in (('job_dependency', 'delete'), ('queue', 'insert'))
union all
select format('待ち行列の表 %s の %s を書き換えられる', t.relname, a.attname)
  from queue_table t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
 where not t.holds_jobs and has_column_privilege(current_user, t.oid, a.attnum, 'update')
   and (t.relname, a.attname) not in (('schedule', 'last_job_id'), ('schedule', 'kind'), ('version', 'cron_on'), ('version', 'flow_on'),
     ('version', 'monitor_backoff_on'))
   and not (t.relname = 'queue' and a.attname in ('deferred_count', 'queued_count', 'ready_count', 'active_count', 'failed_count',
     'total_count', 'created_delta', 'completed_delta', 'failed_delta', 'delta_on', 'delta_seconds', 'ready_history',
     'singletons_active', 'monitor_claim_on', 'monitor_on', 'maintain_on'))
union all
select format('待ち行列の関数 %s を実行できる', p.oid::regprocedure)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname = 'pgboss' and has_function_privilege(current_user, p.oid, 'execute') and p.proname not in ('job_now', 'create_queue');

create or replace view meta.powers_of_the_program as
select 'すべての権限を持つ（superuser）' as power from pg_roles where rolname = current_user and rolsuper
union all select '行の制限を受けない（bypassrls）' from pg_roles where rolname = current_user and rolbypassrls
union all select 'ロールを作れる' from pg_roles where rolname = current_user and rolcreaterole
union all select 'データベースを作れる' from pg_roles where rolname = current_user and rolcreatedb
union all select c.oid::regclass::text || ' を所有している' from pg_class c join pg_roles r on r.oid = c.relowner
  where r.rolname = current_user and c.relnamespace::regnamespace::text <> 'pg_toast' and c.relnamespace::regnamespace::text not like 'pg_temp%'
union all select 'データベース ' || current_database() || ' に物を作れる' where has_database_privilege(current_user, current_database(), 'create,temporary')
union all select 'スキーマ ' || n.nspname || ' に物を作れる' from pg_namespace n where has_schema_privilege(current_user, n.oid, 'create')
union all select r.rolname || ' になれる' from pg_roles r
  where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
union all select c.oid::regclass::text || ' を直接読み書きできる' from pg_class c
  where c.relnamespace = 'vault'::regnamespace and c.relkind = 'r' and has_table_privilege(current_user, c.oid, 'select,insert,update,delete')
union all select power from meta.powers_over_the_queue
-- A function that runs with its owner's rights, and the owners themselves, have no more than the tables.
union all select format('関数 %s を、%s の権限で動かせる', p.oid::regprocedure, r.rolname)
  from pg_proc p join pg_roles r on r.oid = p.proowner join pg_namespace n on n.oid = p.pronamespace
 where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and r.rolname not in ('madoguchi_owner', 'madoguchi_vault', 'madoguchi_search')
union all select format('表の所有者 %s が、表のほかの権限も持つ', rolname)
  from pg_roles where rolname in ('madoguchi_owner', 'madoguchi_vault', 'madoguchi_search')
   and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication or rolcanlogin);

grant select on meta.tables_without_policy, meta.powers_over_the_queue, meta.powers_of_the_program to madoguchi_app;


-- What the program's role may do beyond reading, one line each; held against db/reviewed-grants. Functions of extensions
-- are open to everybody and touch nothing.
create or replace view meta.grants_of_the_program as
with ours as (select n.oid from pg_namespace n where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pgboss') and n.nspname not like 'pg_temp%'),
relation as (select c.oid, c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace in (select oid from ours))
select r."right" || ' ' || t.name as granted
  from relation t, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) r("right")
 where (r."right" <> 'MAINTAIN' or current_setting('server_version_num')::integer >= 170000) and has_table_privilege('madoguchi_app', t.oid, r."right")
union all
select r."right" || ' ' || a.attname || ' ' || t.name
  from relation t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped, unnest(array['INSERT', 'UPDATE', 'REFERENCES']) r("right")
 where has_column_privilege('madoguchi_app', t.oid, a.attnum, r."right") and not has_table_privilege('madoguchi_app', t.oid, r."right")
union
select 'EXECUTE ' || n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.oid in (select oid from ours) and has_function_privilege('madoguchi_app', p.oid, 'execute')
   and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
union all
select 'USAGE ' || c.oid::regclass::text from pg_class c
 where case when c.relkind = 'S' and c.relnamespace in (select oid from ours) then has_sequence_privilege('madoguchi_app', c.oid, 'usage,update') end;
grant select on meta.grants_of_the_program to madoguchi_app;

-- What the files of this version grant, kept as they are applied: the start refuses whatever was granted since.
create table if not exists meta.granted_by_version (granted text primary key);
delete from meta.granted_by_version;
insert into meta.granted_by_version select distinct granted from meta.grants_of_the_program;
grant select on meta.granted_by_version to madoguchi_app;
