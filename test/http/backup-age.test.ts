import { expect, test } from "vitest";
import { renewKeys } from "#src/platform/vault/renew-keys.ts";
import { staffSql } from "#test/security/role-with-session/support.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const app = openTestApp(city);
city.platform.backup = { recipient: "age1test", keysFolder: "unused" };
const { admin } = city;

const home = async (who: "admin1" | "clerk1") => (await (await app.visitor(who)).get("/")).text;
const note = (what: "made" | "drilled", day: string) =>
  admin`insert into meta.backup (what, at, detail) values (${what}, ${day}, '{}')`;

test("始めたばかりの市では、バックアップのことを急かさない", async () => {
  expect(await home("admin1")).not.toContain("バックアップ");
});

test("バックアップも訓練もないまま日が過ぎると、システム管理者のホームに出る。ほかの職員には出ない", async () => {
  await admin.begin(async (sql) => {
    await sql`alter table audit.record disable trigger user`;
    await sql`insert into audit.record (id, at, kind, action, business_date)
      overriding system value values (-1, now() - interval '400 days', 'event', 'work.undone', current_date - 400)`;
    await sql`alter table audit.record enable trigger user`;
  });
  const page = await home("admin1");
  expect(page).toContain("バックアップがまだありません");
  expect(page).toContain("バックアップを戻す訓練をまだ行っていません");
  expect(await home("clerk1")).not.toContain("バックアップ");
});

test("新しいバックアップと訓練があれば消え、古くなればまた出る", async () => {
  await note("made", "2026-11-19");
  await note("drilled", "2026-01-20");
  expect(await home("admin1")).not.toContain("バックアップ");
  await admin`update meta.backup set at = '2026-11-17' where what = 'made'`;
  const page = await home("admin1");
  expect(page).toContain("バックアップが古くなっています");
  expect(page).not.toContain("訓練");
});

test("バックアップがあるのに鍵の控えの場所が指定されていなければ、ホームに出て、鍵は更新されない", async () => {
  await note("made", "2026-11-19");
  city.platform.backup = undefined;
  expect(await home("admin1")).toContain("MADOGUCHI_KEYS_COPY");
  const before = city.platform.keys.epoch.present();
  const system = await city.system();
  await expect(renewKeys(city.platform, system)).rejects.toThrow("MADOGUCHI_KEYS_COPY");
  expect(city.platform.keys.epoch.present()).toBe(before);
});

test("権限のない職員は、いつのバックアップかをSQLでも聞けない", async () => {
  const asSql = staffSql(city);
  expect(await asSql("clerk1", (sql) => sql`select * from keeping.backup_age()`)).toEqual([]);
  expect(await asSql("admin1", (sql) => sql`select * from keeping.backup_age()`)).toHaveLength(1);
});
