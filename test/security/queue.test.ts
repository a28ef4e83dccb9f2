import { expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";

// Somebody who can send any SQL as the program's role, at the queue that the installation migrates as the owner.

const city = await openTestPlatform();
const { sql } = city.platform.database;
const denied = { code: "42501" };

test("待ち行列について、プログラムの役割に許されているのはこれだけ", async () => {
  const held = await city.admin<{ t: string; rights: string }[]>`
    select c.relname as t, string_agg(p, ',' order by n) as rights
      from pg_class c, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger'])
           with ordinality as r(p, n)
     where c.relnamespace = 'pgboss'::regnamespace and c.relkind in ('r', 'p')
       and has_table_privilege('madoguchi_app', c.oid, p)
     group by c.relname order by c.relname`;
  expect(Object.fromEntries(held.map(({ t, rights }) => [t, rights]))).toEqual({
    job: "select,insert,update,delete",
    job_common: "select,insert,update,delete",
    job_dependency: "select,delete",
    queue: "select,insert",
    schedule: "select",
    version: "select",
  });
  const columns = await city.admin<{ c: string }[]>`
    select format('%s.%s', table_name, column_name) as c from information_schema.column_privileges
     where table_schema = 'pgboss' and grantee = 'madoguchi_app' and privilege_type = 'UPDATE'
       and table_name not in ('job', 'job_common', 'queue') order by c`;
  expect(columns.map(({ c }) => c)).toEqual([
    "schedule.kind",
    "schedule.last_job_id",
    "version.cron_on",
    "version.flow_on",
    "version.monitor_backoff_on",
  ]);
});

test("所有者の次の移行が読むもの（版、後で流す命令、待ち行列の作り）を、プログラムの役割は書き換えられない", async () => {
  const attacks = [
    "update pgboss.version set version = 1",
    "delete from pgboss.version",
    `insert into pgboss.bam (name, version, table_name, command)
       values ('x', 1, 'job_common', 'alter role madoguchi_app superuser')`,
    "select command from pgboss.bam",
    "update pgboss.queue set table_name = 'version'",
    "update pgboss.queue set partition = true",
    "select pgboss.delete_queue('mailing.make')",
    "delete from pgboss.queue",
    `insert into pgboss.schedule (name, cron) values ('mailing.make', '* * * * *')`,
    "update pgboss.schedule set cron = '* * * * *'",
    "delete from pgboss.schedule",
    "create table pgboss.mine (a int)",
    "alter table pgboss.job_common add column a int",
    `select pgboss.job_table_run('select 1')`,
  ];
  for (const attack of attacks)
    await expect(sql.unsafe(attack), attack).rejects.toMatchObject(denied);
});

test("プログラムの役割が加えられるのは、時刻の取り次ぎの待ち行列だけ", async () => {
  const make = (name: string, options: object) =>
    sql`select pgboss.create_queue(${name}, ${JSON.stringify({ policy: "standard", ...options })}::text::jsonb)`;
  await expect(make("mine", {})).rejects.toMatchObject(denied);
  await expect(make("__pgboss__send-it", { partition: true })).rejects.toMatchObject(denied);
  await make("__pgboss__send-it", {});
});
