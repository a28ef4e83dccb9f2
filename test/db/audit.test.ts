import { beforeAll, describe, expect, test } from "vitest";
import { publicHalf, recordAudit, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";

const { platform, admin, actor } = await openTestPlatform();

const verify = () =>
  verifyAudit(admin, {
    dataFolder: platform.dataFolder,
    publicKey: publicHalf(platform.keys.signingKey),
  });

/** Does something to the records that only the owner of the cluster could, and undoes it afterwards. */
async function tampered(statement: string): Promise<string[]> {
  let faults: string[] = [];
  await admin
    .begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql.unsafe(statement);
      faults = (
        await verifyAudit(sql as unknown as typeof admin, {
          dataFolder: platform.dataFolder,
          publicKey: publicHalf(platform.keys.signingKey),
        })
      ).faults;
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") throw error;
    });
  return faults;
}

beforeAll(async () => {
  const clerk = await actor("clerk1");
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      runWork(platform, clerk, { purpose: "case", reason: n % 2 ? "照会" : undefined }, (work) =>
        recordAudit(work, { kind: "event", action: "case.opened", detail: { n, 種別: "試験" } }),
      ),
    ),
  );
  await sealRecords(platform);
});

describe("アクセス記録", () => {
  test("すべて封印され、別の読み方で確かめられる", async () => {
    const result = await verify();
    expect(result.faults).toEqual([]);
    expect(result.records).toBeGreaterThanOrEqual(60);
    expect(result.unsealed).toBe(0);
  });

  test.each([
    [
      "変えられた記録",
      "update audit.record set reason = 'x' where id = (select min(id) from audit.record)",
      "内容が封印と一致しません",
    ],
    [
      "抜かれた記録",
      "delete from audit.record where id = (select min(id) from audit.record)",
      "件がありません",
    ],
    [
      "紛れ込んだ記録",
      "insert into audit.record (kind, action) values ('look', 'person.look')",
      "封印の外にある記録",
    ],
    [
      "切り落とされた最後の封印",
      "delete from audit.seal where number = (select max(number) from audit.seal)",
      "外部の控え",
    ],
    [
      "別の者が署名した封印",
      "update audit.seal set signature = sha512('x')",
      "署名が正しくありません",
    ],
  ])("%s が分かる", async (_, statement, message) => {
    expect((await tampered(statement)).join("\n")).toContain(message);
  });

  test("管理者でも、トリガーを壊さずには変えることも消すこともできない", async () => {
    await expect(admin`update audit.record set reason = 'x'`).rejects.toThrow("never changed");
    await expect(admin`delete from audit.seal`).rejects.toThrow("never changed");
    await expect(admin`truncate audit.record cascade`).rejects.toThrow("never changed");
  });

  test("同時に封印しても、一本の鎖のまま", async () => {
    const clerk = await actor("clerk2");
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        await runWork(platform, clerk, { purpose: "case" }, (work) =>
          recordAudit(work, { kind: "event", action: `step.${n}` }),
        );
        if (n % 5 === 0) await sealRecords(platform);
      }),
    );
    await sealRecords(platform);
    expect((await verify()).faults).toEqual([]);
  });

  test("監査担当だけが読める", async () => {
    const count = async (who: "auditor1" | "clerk1" | "admin1") =>
      runWork(platform, await actor(who), { purpose: "audit" }, async (work) => {
        const [row] = await work.sql<{ n: number }[]>`select count(*)::int as n from audit.record`;
        return row?.n;
      });
    expect(await count("auditor1")).toBeGreaterThan(60);
    expect(await count("clerk1")).toBe(0);
    expect(await count("admin1")).toBe(0);
  });
});
