import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { publicHalf, recordAudit, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { quickly } from "#test/support/started.ts";

const { platform, admin, applicationUrl, actor } = await openTestPlatform();

const verify = async () => {
  await sealRecords(platform);
  return verifyAudit((read) => read(admin), {
    dataFolder: platform.dataFolder,
    publicKey: publicHalf(platform.keys.signingKey),
  });
};

test("8人が500件ずつ同時に書き、その間に封印しても、すべてが一本の鎖に入る（防止）", async () => {
  const clerk = await actor("clerk1");
  let writing = true;
  const sealing = (async () => {
    while (writing) {
      await sealRecords(platform);
      await wait(50);
    }
  })();
  const before = (await verify()).records;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let n = 0; n < 500; n++)
        await runWork(platform, clerk, { purpose: "case" }, (work) =>
          recordAudit(work, { kind: "event", action: "work.tried" }),
        );
    }),
  );
  writing = false;
  await sealing;
  const { records, faults, unsealed, gaps } = await verify();
  expect({ faults, unsealed, gaps: gaps.unexplained }).toEqual({
    faults: [],
    unsealed: 0,
    gaps: 0,
  });
  expect(records - before).toBe(4000);
}, 180_000);

test("封印の途中で何度 kill -9 されても、次の封印が続き、異常は残らない（防止）", async () => {
  const path = new URL("../faults/audit-worker.ts", import.meta.url).pathname;
  for (let kill = 0; kill < 4; kill++) {
    const [{ n: before } = { n: 0 }] = await admin<{ n: number }[]>`
      select coalesce(max(number), 0)::int as n from audit.seal`;
    const worker = spawn(
      process.execPath,
      [...quickly, path, applicationUrl, platform.dataFolder],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    for (const end = Date.now() + 60_000; Date.now() < end; await wait(20)) {
      const [row] = await admin<{ n: number }[]>`
        select coalesce(max(number), 0)::int as n from audit.seal`;
      if ((row?.n ?? 0) > before + 3) break;
    }
    await wait(kill * 7);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    const { faults } = await verify();
    expect(faults).toEqual([]);
  }
}, 240_000);

test("古い控え（バックアップ）に戻すと、離れた控えより短く検知", async () => {
  const records = Number((await admin`select count(*) as n from audit.record`)[0]?.n);
  expect(records).toBeGreaterThan(4000);
  // What a backup of before the last ten seals brings back.
  let faults: string[] = [];
  await admin
    .begin(async (sql) => {
      await sql`alter table audit.record disable trigger user`;
      await sql`alter table audit.seal disable trigger user`;
      await sql`delete from audit.record where id in
        (select unnest(record_ids) from audit.seal where number > (select max(number) - 10 from audit.seal))`;
      await sql`delete from audit.seal where number > (select max(number) - 10 from audit.seal)`;
      await sql`delete from audit.unsealed`;
      ({ faults } = await verifyAudit((read) => read(sql), {
        dataFolder: platform.dataFolder,
        publicKey: publicHalf(platform.keys.signingKey),
      }));
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  expect(faults.filter((fault) => fault.includes("データベースにありません"))).toHaveLength(10);
});
