import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { clinicClaimsOf, pcvLine, setClaimTerms } from "#test/support/clinic-claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import "#src/programs/registry.ts";

const city = await openTestPlatform();
await setClaimTerms(city);
const claims = clinicClaimsOf(city);
const app = openTestApp(city);

test("請求をまとめて決裁すると、1件ごとに結果が出て、起案した本人の分と変わった分だけが残る", async () => {
  const made: { id: string; shot: string | undefined }[] = [];
  for (const proposer of ["clerk2", "supervisor1", "clerk2"] as const) {
    const clinic = await claims.contracted();
    const [slip] = await claims.slips(clinic, 1);
    const id = await claims.open(clinic, [pcvLine(1)]);
    await claims.move("clerk2", id, "reckon");
    await claims.move(proposer, id, "propose");
    made.push({ id, shot: slip?.shotId });
  }
  await city.admin`
    update vaccination.shot set given_on = '2026-11-04', revision = revision + 1 where id = ${made[2]?.shot ?? ""}`;
  const supervisor = await app.visitor("supervisor1");
  const path = "/vaccination/clinic-claims/decide";
  const chosen = await Promise.all(
    made.map(async ({ id }) => `${id} ${(await claims.read(id)).revision}`),
  );
  // Nothing ticked: the list comes back and says so; not seen: at the box, with what was ticked.
  const nothing = await supervisor.post(path, { seen: "on" });
  expect(nothing.status).toBe(422);
  expect(nothing.text).toContain("決裁する請求を選んでください。");
  expect(nothing.text).toContain("まとめて決裁する");
  const unseen = await supervisor.post(path, { claim: chosen });
  expect(unseen.status).toBe(422);
  expect(unseen.text).toContain("確かめた印を付けてください。");
  expect(unseen.text.match(/<input[^>]*name="claim"[^>]*checked/g)).toHaveLength(2);
  const { status, text } = await supervisor.post(path, { claim: chosen, seen: "on" });
  expect(status).toBe(200);
  expect(text).toContain("決裁 1件");
  expect(text).toContain("決裁できなかったもの 2件");
  expect(text).toContain("別の決裁者が決裁してください");
  expect(text).toContain("起案の後に、接種記録、単価、減免などが変わりました");
  const states = await Promise.all(made.map(async ({ id }) => (await claims.read(id)).state));
  expect(states).toEqual(["approved", "proposed", "proposed"]);
});
