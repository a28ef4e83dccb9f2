import { beforeAll, describe, expect, test } from "vitest";
import { publicHalf, recordAudit, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";

const { platform, admin, actor } = await openTestPlatform();

const verify = () =>
  verifyAudit((read) => read(admin), {
    dataFolder: platform.dataFolder,
    publicKey: publicHalf(platform.keys.signingKey),
  });

beforeAll(async () => {
  const clerk = await actor("clerk1");
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      runWork(
        platform,
        clerk,
        { purpose: "case", reason: n % 2 ? "telephone" : undefined },
        (work) =>
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
