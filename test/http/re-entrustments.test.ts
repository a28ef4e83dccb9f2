import { generateIdentity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { registerContractor } from "#src/platform/mailings/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const contractor = await runWork(
  city.platform,
  await city.actor("scheme1"),
  { purpose: "administration" },
  async (work) =>
    registerContractor(work, {
      name: "見本印刷",
      contractFrom: "2026-04-01",
      contractTo: "2027-03-31",
      publicKey: await identityToRecipient(await generateIdentity()),
    }),
);
const entry = {
  contractor: String(contractor),
  name: "例示封入",
  work: "封入封緘の一部。繁忙期に人手が足りないため。",
  from: "R8.12.1",
  to: "R9.3.31",
};

test("再委託の申出は、契約の期間の中で記入し、個人情報保護担当が許諾すると、だれが許諾したかとともに記録に残る", async () => {
  const officer = await visitor("scheme1");
  await officer.get("/re-entrustments");
  for (const [wrong, words] of [
    [{ to: "R9.4.1" }, "委託の契約期間の中にしてください"],
    [{ name: "" }, "再委託先の名称を入力してください"],
    [{ work: "…" }, "内容と必要な理由"],
    [{ contractor: "" }, "委託先を選んでください"],
    [{ from: "いつか" }, "始まりを入力してください"],
  ] as const) {
    const answer = await officer.post("/re-entrustments", { ...entry, ...wrong });
    expect(answer.status, words).toBe(422);
    expect(answer.text).toContain(words);
  }
  await officer.post("/re-entrustments", entry);
  expect((await officer.get("/re-entrustments")).text).toContain("許諾待ち");

  const privacy = await visitor("privacy1");
  expect((await privacy.get("/")).text).toContain("再委託の申出 第1号");
  await privacy.get("/re-entrustments/decisions");
  expect((await officer.post("/re-entrustments/1/decision", { event: "approve" })).status).toBe(
    403,
  );
  await privacy.post("/re-entrustments/1/decision", { event: "approve" });
  const { text } = await officer.get("/re-entrustments");
  for (const words of ["許諾済", "保護 一子", "例示封入"]) expect(text).toContain(words);
  expect((await privacy.post("/re-entrustments/1/decision", { event: "refuse" })).status).toBe(409);
});
