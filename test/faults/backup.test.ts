import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { sealRecords } from "#src/platform/audit/index.ts";
import {
  compareRestored,
  drillBackup,
  makeBackup,
  restoreBackup,
} from "#src/platform/backup/index.ts";
import { install, openPlatform } from "#src/platform/open.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { renewKeys } from "#src/platform/vault/renew-keys.ts";
import { runWork } from "#src/platform/work.ts";
import { background } from "#src/programs/jobs.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";
import { knowAdministrator } from "#test/support/register.ts";
import { secretsOf } from "#test/support/restored.ts";
import { actingOn } from "#test/support/staff.ts";
import { quickly } from "#test/support/started.ts";

const city = await openTestPlatform();
const { platform, admin } = city;
const counter = counterOf(city);
const place = await mkdtemp(join(tmpdir(), "madoguchi-backups-"));
const identity = await generateX25519Identity();
const backup = {
  recipient: await identityToRecipient(identity),
  keysFolder: join(place, "keys-copy"),
};
platform.backup = backup;
const root = postgres(inject("serverAddress"), { max: 1, onnotice: () => {} });
const made: string[] = [];
const installing = (url: string) => install(url, background);

/** An empty database and an empty data folder. */
async function emptyPlace() {
  const name = `restored_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await root.unsafe(`create database ${name}`);
  made.push(name);
  const administratorUrl = Object.assign(new URL(inject("serverAddress")), {
    pathname: `/${name}`,
  }).href;
  return {
    administratorUrl,
    dataFolder: await mkdtemp(join(place, "data-")),
    install: installing,
  };
}

const from = (folder: string) => ({ folder, keysFolder: backup.keysFolder, identity });
let family = "";
let gone = "";
let caseId = "";
let folder = "";
let written = 0;

beforeAll(async () => {
  family = await counter.family();
  gone = await counter.family();
  ({ caseId } = await counter.toIssued(family));
  await sealRecords(platform);
  let over = false;
  const writers = [1, 2].map(async () => {
    while (!over) {
      await counter.family();
      written += 1;
    }
  });
  const sealing = (async () => {
    while (!over) {
      await sealRecords(platform);
      await pause(20);
    }
  })();
  ({ folder } = await makeBackup(platform, city.administratorUrl, place).finally(() => {
    over = true;
  }));
  await Promise.all([...writers, sealing]);
}, 60_000);

afterAll(async () => {
  for (const name of made) await root.unsafe(`drop database if exists ${name} with (force)`);
  await root.end();
  await rm(place, { recursive: true, force: true });
});

describe("バックアップは", () => {
  test("職員が書いている間に取られ、氏名も鍵も読めるところには置かない", async () => {
    expect(written).toBeGreaterThan(3);
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      expect([name, bytes.includes("試験"), bytes.includes("clerk1")]).toEqual([
        name,
        false,
        false,
      ]);
    }
    const [row] = await admin`select detail from audit.record where action = 'backup.made'`;
    expect(Object.keys(row?.detail)).toEqual(["at", "rows"]);
  });

  test("空のところへ戻すと、何も失われず、申請が開き、氏名が読め、受給者証をもう一度出せる", async () => {
    const into = await emptyPlace();
    const restored = await restoreBackup(from(folder), into);
    const there = postgres(into.administratorUrl, { max: 1, onnotice: () => {} });
    const found = await compareRestored(there, restored, into.dataFolder);
    expect(found).toMatchObject({ lost: [], faults: [], erased: 0 });
    expect(found.rows).toBeGreaterThan(100);
    const always = await there`select tgname from pg_trigger where tgenabled = 'A' order by 1`;
    expect(always).toHaveLength((await admin`select from pg_trigger where tgenabled = 'A'`).length);
    expect(
      await there`select tgname from pg_trigger where tgenabled = 'D' and not tgisinternal`,
    ).toEqual([]);
    // Codes of the moment are refused once they were used, also in the restored database.
    await there`update access.credential set last_totp_step = 0`;
    await writeFile(join(into.dataFolder, "keys", "program-password"), inject("programPassword"));
    const clock = playedClock("2026-11-20");
    const opened = await openPlatform({
      background,
      dataFolder: into.dataFolder,
      databaseUrl: into.administratorUrl,
      clock,
    });
    try {
      const again = { ...opened.platform, clock };
      knowAdministrator(again, there);
      const acting = actingOn(again, await secretsOf(there, again.keys));
      const old = counterOf({ ...city, ...acting, platform: again, admin: there });
      const officer = await acting.actor("clerk2");
      const [person] = await runWork(again, officer, { purpose: "counter" }, (work) =>
        lookAtPeople(work, [family], ["name"]),
      );
      expect(person?.name?.kanji).toBe("試験　花子");
      const page = await old.view(caseId);
      expect(page.certificates).toMatchObject([{ issue: 1, ending: null }]);
      const [at] = await there<{ revision: number }[]>`
        select revision from cases."case" where id = ${caseId}`;
      await old.step(
        "clerk1",
        "reissue",
        { caseId, revision: at?.revision ?? 0 },
        { input: { reason: "other" } },
      );
      expect((await old.view(caseId)).certificates[0]).toMatchObject({ issue: 2, ending: null });
    } finally {
      await opened.close();
      await there.end();
    }
  }, 60_000);

  test("訓練は、隣に戻して比べ、記録して、跡を残さない", async () => {
    const drill = await drillBackup(platform, from(folder), {
      administratorUrl: city.administratorUrl,
      install: installing,
    });
    expect(drill).toMatchObject({ lost: [], faults: [] });
    const rows = await admin`select what from meta.backup order by id`;
    expect(rows.map(({ what }) => what)).toEqual(["made", "drilled"]);
    expect(await root`select from pg_database where datname like 'madoguchi_drill_%'`).toEqual([]);
  }, 60_000);

  test("ファイルが変わっても、欠けても、鍵が違っても、版が違っても、空でないところにも、戻らない", async () => {
    const into = await emptyPlace();
    const refused = async (change: (copy: string) => Promise<unknown>) => {
      const copy = await mkdtemp(join(place, "copy-"));
      await cp(folder, copy, { recursive: true });
      await change(copy);
      const error = await restoreBackup(from(copy), into).catch((e: Error) => e);
      return error instanceof Error ? error.message : "restored";
    };
    const names = await readdir(folder);
    const table = names.find((name) => name.startsWith("table-020")) ?? "";
    expect(await refused((copy) => rm(join(copy, table)))).toContain(table);
    expect(
      await refused(async (copy) => {
        const bytes = await readFile(join(copy, table));
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        await writeFile(join(copy, table), bytes);
      }),
    ).toContain("書かれたままではありません");
    expect(await refused((copy) => rm(join(copy, "manifest.json")))).toContain("途中で止まった");
    expect(
      await refused(async (copy) => {
        const file = join(copy, "manifest.json");
        await writeFile(file, (await readFile(file, "utf8")).replace(/\d(?=\D*$)/, "x"));
      }),
    ).toContain("書かれたままのものではない");
    const other = await generateX25519Identity();
    await expect(restoreBackup({ ...from(folder), identity: other }, into)).rejects.toThrow(
      "開けません",
    );
    await expect(
      restoreBackup(from(folder), { ...into, administratorUrl: city.administratorUrl }),
    ).rejects.toThrow("業務の記録があります");
    await expect(
      restoreBackup(from(folder), { ...into, dataFolder: platform.dataFolder }),
    ).rejects.toThrow("空ではありません");
    const ofOtherVersion = async (url: string) => {
      await installing(url);
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      await sql`update meta.applied_sql set hash = 'other' where name like '10-%'`;
      await sql.end();
    };
    await expect(
      restoreBackup(from(folder), { ...(await emptyPlace()), install: ofOtherVersion }),
    ).rejects.toThrow("別の版");
  }, 60_000);

  test("戻している途中で行が断られたら、待ち続けず、何も残さない", async () => {
    const into = await emptyPlace();
    const refusing = async (url: string) => {
      await installing(url);
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      await sql`alter table cases.event add constraint none check (false)`;
      await sql.end();
    };
    await expect(restoreBackup(from(folder), { ...into, install: refusing })).rejects.toThrow();
    const there = postgres(into.administratorUrl, { max: 1, onnotice: () => {} });
    expect(await there`select from access.staff`).toEqual([]);
    const off = await there`
      select from pg_trigger where tgenabled = 'D' and not tgisinternal`;
    expect(off).toEqual([]);
    await there.end();
    expect((await readdir(into.dataFolder)).filter((name) => !name.startsWith("."))).toEqual([]);
  }, 60_000);

  test("途中で強制終了したら、戻せるものは残らない", async () => {
    const to = await mkdtemp(join(place, "killed-"));
    const worker = spawn(process.execPath, [
      ...quickly,
      new URL("backup-worker.ts", import.meta.url).pathname,
      city.applicationUrl,
      city.administratorUrl,
      platform.dataFolder,
      backup.recipient,
      to,
    ]);
    await once(worker.stdout, "data");
    let half = "";
    while (!half) {
      const [name] = (await readdir(to)).filter((entry) => entry.startsWith("backup-"));
      if (name && (await readdir(join(to, name))).length > 5) half = join(to, name);
      await pause(1);
    }
    worker.kill("SIGKILL");
    await once(worker, "close");
    expect(await readdir(half)).not.toContain("manifest.json");
    await expect(restoreBackup(from(half), await emptyPlace())).rejects.toThrow("途中で止まった");
  }, 60_000);

  test("その後に消去された方は、今の鍵でも読めず、ほかの方は読める", async () => {
    await erasePerson(city, gone);
    await renewKeys(platform, await city.system());
    const into = await emptyPlace();
    const restored = await restoreBackup(from(folder), into);
    const there = postgres(into.administratorUrl, { max: 1, onnotice: () => {} });
    const found = await compareRestored(there, restored, into.dataFolder);
    expect(found).toMatchObject({ lost: [], faults: [] });
    expect(found.erased).toBeGreaterThanOrEqual(3);
    const held = await there<{ number: string; key: Buffer }[]>`
      select p.person_number as number, k.wrapped_key as key
        from vault.person p left join vault.holder_key k on k.holder = p.person_number`;
    expect(held.map(({ number }) => number)).not.toContain(gone);
    const keys = await openKeyRing(join(into.dataFolder, "keys"));
    for (const { key } of held) expect(keys.unwrap(key)).toHaveLength(32);
    expect(await readdir(backup.keysFolder)).toEqual(["keys.age"]);
    await there.end();
  }, 60_000);
});
