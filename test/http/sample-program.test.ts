import { expect, test } from "vitest";
import { demonstrationCity } from "#src/demonstration/city.ts";
import { declaredMachines, syncMachines } from "#src/platform/cases/index.ts";
import { registerCity } from "#src/platform/city/index.ts";
import { programs } from "#src/programs/registry.ts";
import { openTestApp } from "#test/support/app.ts";
import { type At, caseworkOf } from "#test/support/casework.ts";
import { counterOf, inventedApplication, numberCard } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sampleAllowance, sampleArea, sampleScreens } from "#test/support/sample-program.tsx";

const city = await openTestPlatform();
await syncMachines(city.admin, declaredMachines());
await registerCity(city.admin, {
  ...demonstrationCity,
  presets: [{ area: sampleArea.id, preset: "sample", from: "2019-04-01" }],
});
const { visitor } = openTestApp(city, [...programs, sampleScreens]);
const { family } = counterOf(city);
const work = caseworkOf(city, sampleAllowance);
const pageOf = async (who: "clerk1" | "clerk2" | "supervisor1", path: string) =>
  (await (await visitor(who)).get(path)).text;

test("宣言するだけで、受付から証の交付まで、画面も決裁も文書も、ほかの事務と同じに動く", async () => {
  const personNumber = await family();
  const opened = await work.open("clerk1", personNumber);
  const path = `/sample-allowance/cases/${opened.id}`;
  let at: At = { caseId: opened.id, revision: 1 };
  at = await work.step("clerk1", "recordIdentity", at, { input: numberCard });
  expect(await pageOf("clerk1", `${path}/entry`)).toContain("申請者");
  at = await work.step("clerk1", "enter", at, {
    input: { applicant: { ...inventedApplication.guardian, relation: "self" } },
  });
  at = await work.step("clerk1", "submit", at);
  expect(await pageOf("clerk2", "/")).toContain("審査待ち");
  expect(await pageOf("clerk2", "/sample-allowance/cases")).toContain(opened.number);
  at = await work.step("clerk2", "confirm", at);
  at = await work.step("clerk2", "propose", at);
  at = await work.step("clerk2", "requestDecision", at);
  const decision = await pageOf("supervisor1", `${path}/decision`);
  expect(decision).toContain("この内容で決裁する");
  expect(decision).toContain("見本手当");
  await expect(work.step("clerk2", "approve", at)).rejects.toThrow();
  at = await work.step("supervisor1", "approve", at);
  at = await work.step("clerk1", "issue", at);
  await work.effects(at.caseId);
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
