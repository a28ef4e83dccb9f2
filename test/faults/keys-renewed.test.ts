import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { epochOf } from "#src/platform/vault/epochs.ts";
import { getSealedOne, openKeyRing, putSealed } from "#src/platform/vault/index.ts";
import { renewKeys } from "#src/platform/vault/renew-keys.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { quickly } from "#test/support/started.ts";

const city = await openTestPlatform();
const { platform, admin } = city;
const system = await city.system();
const officer = await city.actor("number1");
const asSystem = <T>(run: (work: Work) => Promise<T>, on = platform) =>
  runWork(on, system, { purpose: "feed", program: "feeds" }, run);

const enter = (count: number, on = platform) =>
  asSystem(
    (work) =>
      writePeople(
        work,
        Array.from({ length: count }, () => ({ record: invented() })),
      ),
    on,
  );
const look = (numbers: string[], on = platform) =>
  runWork(on, officer, { purpose: "counter" }, (work) =>
    lookAtPeople(work, numbers, ["name", "individual-number"]),
  );
const epochsThere = async () =>
  (await readdir(join(platform.dataFolder, "keys"))).filter((name) => name.startsWith("epoch-"));
const epochsUsed = async () => {
  const rows = await admin<{ wrapped_key: Buffer }[]>`
    select wrapped_key from vault.holder_key union all select wrapped_key from vault.individual_number`;
  return new Set(rows.map(({ wrapped_key }) => epochOf(wrapped_key)));
};

describe("鍵の更新は", () => {
  test("職員が見て、書いて、預けている間に進み、その間も後も、何一つ開けなくならない", async () => {
    const first = await enter(3_000);
    // A second process, which learns of the new epoch by itself.
    const other = { ...platform, keys: await openKeyRing(join(platform.dataFolder, "keys")) };
    const written: string[] = [];
    const kept: string[] = [];
    let looked = 0;
    let over = false;
    const readers = [platform, other].map(async (on) => {
      while (!over) {
        const some = first.slice(looked % 2_900, (looked % 2_900) + 50);
        const people = await look(some, on);
        expect(people.map(({ name }) => name?.kanji)).toEqual(some.map(() => "試験　花子"));
        expect(people.every(({ individualNumber }) => individualNumber?.length === 12)).toBe(true);
        looked += 50;
      }
    });
    const writers = [platform, other].map(async (on) => {
      while (!over) {
        written.push(...(await enter(20, on)));
        kept.push(
          await asSystem(async (work) => {
            const [file] = await work.sql<{ id: string }[]>`
              select feeds.open_import('residents', 'standard', 'x', '2026-11-20', 'diff', 1) as id`;
            const holder = `feed:${file?.id}`;
            return putSealed(work, { holder, program: "feeds", kind: "records", data: "行" });
          }, on),
        );
      }
    });
    const renewal = await renewKeys(platform, system);
    over = true;
    await Promise.all([...readers, ...writers]);
    expect(looked).toBeGreaterThan(0);
    expect(written.length).toBeGreaterThan(0);
    expect(renewal).toMatchObject({ epoch: 1, done: true });
    expect(renewal.renewed).toBeGreaterThanOrEqual(6_000);
    expect([...(await epochsUsed())]).toEqual([1]);
    expect(await epochsThere()).toEqual(["epoch-1.key"]);
    for (const keys of [
      platform.keys,
      other.keys,
      await openKeyRing(join(platform.dataFolder, "keys")),
    ]) {
      const people = await look([...first.slice(0, 100), ...written], { ...platform, keys });
      expect(people).toHaveLength(100 + written.length);
    }
    for (const id of kept) expect(await asSystem((work) => getSealedOne(work, id))).toBe("行");
  });

  test("途中で kill -9 されても、続きから終え、何も失わない", async () => {
    const before = await admin<{ person_number: string }[]>`select person_number from vault.person`;
    const path = new URL("./renewal-worker.ts", import.meta.url).pathname;
    const worker = spawn(
      process.execPath,
      [...quickly, path, city.applicationUrl, platform.dataFolder],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(worker.stdout, "data");
    for (;;) {
      const [state] = await admin<{ renewed: string }[]>`
        select renewed from vault.key_epoch where id = 2`;
      if (Number(state?.renewed ?? 0) > 0) break;
      await pause(5);
    }
    worker.kill("SIGKILL");
    await once(worker, "exit");
    expect([...(await epochsUsed())].sort()).toEqual([1, 2]);
    expect((await look(before.slice(0, 50).map((row) => row.person_number))).length).toBe(50);
    const renewal = await renewKeys(platform, system);
    expect(renewal).toMatchObject({ epoch: 2, done: true });
    expect([...(await epochsUsed())]).toEqual([2]);
    expect(await epochsThere()).toEqual(["epoch-2.key"]);
    const people = await look(before.map((row) => row.person_number));
    expect(people.every(({ individualNumber }) => individualNumber?.length === 12)).toBe(true);
  });

  test("サインインのコードも包み直され、後で使える", async () => {
    expect((await city.actor("clerk1")).sessionToken).toBeTruthy();
    const [left] = await admin`
      select count(*)::int as n from access.credential where octet_length(totp_sealed) = 100`;
    expect(left?.n).toBe(0);
  });
});
