import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startJobs } from "#src/platform/jobs/index.ts";
import { createRun, mailingJobs } from "#src/platform/mailings/index.ts";
import { couponMailing } from "#src/programs/vaccination/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let jobs: { stop(): Promise<void> };
beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  await mail.enter(oneYearOlds(5));
  jobs = await startJobs(home.platform, home.applicationUrl, mailingJobs);
});
afterAll(() => jobs.stop());

async function arrived(run: { id: string }, state: string) {
  for (let tries = 0; tries < 600; tries++) {
    const { run: now } = await mail.details(run);
    if (now.state === state) return now;
    await wait(100);
  }
  throw new Error(`never ${state}`);
}

describe("裏で行う処理", () => {
  test("頼んだ取引が取り消されれば、仕事も残らない", async () => {
    await expect(
      mail.as("operator1", async (work) => {
        await createRun(work, {
          kind: couponMailing.id,
          title: "取り消されるもの",
          parameters: { month: "2026-12", vaccines: ["mr1"], scope: "new" },
          contractorId: mail.contractorId,
        });
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    const [row] = await home.admin`
      select (select count(*)::int from jobs.task) as tasks, (select count(*)::int from pgboss.job) as jobs`;
    expect(row).toEqual({ tasks: 0, jobs: 0 });
  });

  test("待ち行列には番号しかなく、見た記録には頼んだ職員が残る", async () => {
    const run = await mail.create();
    await arrived(run, "extracted");
    const payloads = await home.admin<{ data: object }[]>`select data from pgboss.job`;
    for (const { data } of payloads) expect(Object.keys(data)).toEqual(["taskId"]);
    const [look] = await home.admin`
      select s.kind, r.reason, r.purpose, r.detail -> 'why' ->> 'of' as of from audit.record r join access.staff s on s.id = r.staff_id
       where r.action = 'person.look' limit 1`;
    expect(look).toMatchObject({ kind: "system", purpose: "mailing", reason: "task" });
    expect(look?.of).toMatch(/^一括発送 M\d{6} の抽出（依頼 職員\d+）$/);
  });

  test("書けないときは作成失敗となって理由が出て、直してから再開すると完成する", async () => {
    const run = await mail.extracted();
    const blocked = join(home.platform.dataFolder, "mailings");
    await rm(blocked, { recursive: true, force: true });
    await writeFile(blocked, "ここにはフォルダーを作れない");
    await mail.approved(run);
    const failed = await arrived(run, "failed");
    expect(failed.problem).toMatch(/内部エラー/);
    await rm(blocked);
    await mail.step("operator1", failed, "resume");
    const done = await arrived(run, "complete");
    expect(done).toMatchObject({ madeCount: 5, problem: null });
  }, 90_000);
});
