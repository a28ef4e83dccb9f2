import postgres from "postgres";
import { expect, test } from "vitest";
import { asInstaller } from "#db/installer.ts";
import { migrateQueue } from "#src/platform/jobs/index.ts";
import { selfCheck } from "#src/platform/self-check.ts";
import { background } from "#src/programs/jobs.ts";
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

test("待ち行列の権限が増えていれば、起動の点検が見つけて始めない", async () => {
  await selfCheck(sql);
  const grants: [string, string][] = [
    ["insert on pgboss.bam", "待ち行列の表 bam を変えられる（insert）"],
    ["update (version) on pgboss.version", "待ち行列の表 version の version を書き換えられる"],
    ["delete on pgboss.queue", "待ち行列の表 queue を変えられる（delete）"],
    ["update (cron) on pgboss.schedule", "待ち行列の表 schedule の cron を書き換えられる"],
    [
      "execute on function pgboss.job_table_run(text,text,text)",
      "待ち行列の関数 pgboss.job_table_run(text,text,text) を実行できる",
    ],
    ["create on schema pgboss", "スキーマ pgboss に物を作れる"],
  ];
  for (const [grant, power] of grants) {
    await city.admin.unsafe(`grant ${grant} to madoguchi_app`);
    await expect(selfCheck(sql), grant).rejects.toThrow(power);
    await city.admin.unsafe(`revoke ${grant} from madoguchi_app`);
  }
  await selfCheck(sql);
});

test("ライブラリが置いていない命令が待ち行列に残っていれば、流さずに断る", async () => {
  const migrateAgain = () =>
    asInstaller(city.administratorUrl, (owner) => migrateQueue(owner, background));
  await city.admin`
    insert into pgboss.bam (name, version, table_name, command)
    values ('own', 43, 'job_common', 'DROP INDEX CONCURRENTLY IF EXISTS pgboss.job_common_i5'),
           ('own', 43, 'job_common', 'CREATE INDEX CONCURRENTLY job_common_i7 ON pgboss.job_common (name, group_id) WHERE state = ''active'' AND group_id IS NOT NULL')`;
  await migrateAgain();
  await city.admin`
    insert into pgboss.bam (name, version, table_name, command, status)
    values ('x', 43, 'job_common', 'set role none; create role mine superuser', 'failed')`;
  await expect(migrateAgain()).rejects.toThrow("まどぐち が置いていない命令が1件あります");
  await city.admin`delete from pgboss.bam`;
});

test("移行する者は表の所有者にすぎず、終われば消える", async () => {
  const attacks = [
    "set role none; create role mine superuser",
    "create role mine",
    "alter role madoguchi_app superuser",
    "copy (select 1) to program 'true'",
    "create table public.mine (a int)",
    "set role postgres",
    "set session authorization postgres",
  ];
  const name = await asInstaller(city.administratorUrl, async (ownerUrl) => {
    const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    const [who] = await owner<{ name: string; owner: string }[]>`
      select session_user as name, current_user as owner`;
    expect(who?.owner).toBe("madoguchi_owner");
    for (const attack of attacks)
      await expect(owner.unsafe(attack), attack).rejects.toMatchObject({
        code: "42501",
      });
    await owner.end();
    return who?.name ?? "";
  });
  expect(name).toMatch(/^madoguchi_installer_/);
  expect(await city.admin`select from pg_roles where rolname = ${name}`).toEqual([]);
});
