import { expect, test } from "vitest";
import { programs } from "#src/programs/registry.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sampleCounterOf } from "#test/support/sample-counter.ts";
import { sampleScreens } from "#test/support/sample-program.tsx";

const city = await openTestPlatform();
const counter = await sampleCounterOf(city);
const { visitor } = openTestApp(city, [...programs, sampleScreens]);
const pageOf = async (who: "clerk1" | "clerk2" | "supervisor1", path: string) =>
  (await (await visitor(who)).get(path)).text;

test("宣言するだけで、受付から証の交付まで、画面も決裁も文書も、ほかの事務と同じに動く", async () => {
  const { mother } = await counter.family();
  let at = await counter.toApproval({ mother, children: [] });
  const path = `/sample-allowance/cases/${at.caseId}`;
  const { found } = await counter.view(at.caseId);
  expect(await pageOf("supervisor1", "/")).toContain("決裁待ち");
  expect(await pageOf("clerk2", "/sample-allowance/cases")).toContain(found.number);
  const decision = await pageOf("supervisor1", `${path}/decision`);
  expect(decision).toContain("この内容で決裁する");
  expect(decision).toContain("見本手当");
  await expect(counter.step("clerk2", "approve", at)).rejects.toThrow();
  at = await counter.step("supervisor1", "approve", at);
  at = await counter.step("clerk1", "issue", at);
  await counter.effects(at.caseId);
  const issued = await pageOf("clerk1", path);
  expect(issued).toContain("証書");
  expect(issued).toContain("認定通知書");
  expect(issued).toContain("令和8年11月20日");
});

test("ほかの事務の一覧には出ず、ほかの事務の番地では開けない", async () => {
  const list = await pageOf("clerk1", "/sample-allowance/cases?state=all");
  const number = /R8-\d{6}/.exec(list)?.[0] ?? "none";
  expect(await pageOf("clerk1", "/child-medical/cases?state=all")).not.toContain(number);
  const id = /\/sample-allowance\/cases\/([\da-f-]{36})/.exec(list)?.[1] ?? "";
  const clerk = await visitor("clerk1");
  expect((await clerk.get(`/child-medical/cases/${id}`)).status).toBe(404);
});
