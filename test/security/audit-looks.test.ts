import { expect, test } from "vitest";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { runWork } from "#src/platform/work.ts";
import { cityWithPeople } from "./role-with-session/support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { platform, admin } = city;

const gaps = async () => {
  await sealRecords(platform);
  const { gaps, faults } = await verifyAudit((read) => read(admin), {
    dataFolder: platform.dataFolder,
    publicKey: publicHalf(platform.keys.signingKey),
  });
  expect(faults).toEqual([]);
  return gaps;
};

test("見たあとに取り消された閲覧は、説明のない番号の抜けとして、前後の職員と時刻とともに検知", async () => {
  const before = await gaps();
  expect(before.unexplained).toBe(0);
  let seen: unknown[] = [];
  await as("clerk1", async (sql) => {
    seen = [...(await sql`select * from vault.look(${[openNumber]}, '{name}')`)];
    throw new Error("rolled back");
  }).catch(() => {});
  expect(seen).toHaveLength(1);
  const tail = await gaps();
  expect(tail.unexplained).toBe(1);
  await as("clerk1", (sql) => sql`select * from vault.look(${[openNumber]}, '{name}')`);
  const after = await gaps();
  expect(after.unexplained).toBe(1);
  expect(after.first[0]?.staff.some((name) => name.startsWith("clerk1 "))).toBe(true);
  expect(after.first[0]?.after).not.toBeNull();
});

test("プログラムが自分で取り消した処理は、だれの処理だったかが残り、説明のある番号の抜けになる", async () => {
  const before = await gaps();
  const clerk = await city.actor("clerk2");
  const refused = runWork(platform, clerk, { purpose: "counter" }, async ({ sql }) => {
    await sql`select * from vault.look(${[openNumber]}, '{name}')`;
    throw new Problem({ status: 409, message: "先に進んでいます。" });
  });
  await expect(refused).rejects.toMatchObject({ status: 409 });
  const [record] = await admin<{ staff_name: string; kind: string }[]>`
    select staff_name, kind from audit.record where action = 'work.undone' order by id desc limit 1`;
  expect(record).toMatchObject({ kind: "log", staff_name: expect.stringMatching(/^clerk2 /) });
  const after = await gaps();
  expect(after.undone).toBeGreaterThan(before.undone);
  expect(after.unexplained).toBe(before.unexplained);
});

test("番号の抜けをまとめて説明することはできない", async () => {
  await admin`select setval('audit.record_id_seq', (select last_value + 30000 from audit.record_id_seq))`;
  await expect(as("clerk1", (sql) => sql`select audit.note_undone(1)`)).rejects.toMatchObject({
    code: "42501",
  });
});
