import { expect, test } from "vitest";
import { groundsOf } from "#src/platform/applications/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { parameterTrials } from "#src/platform/parameters/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { singleParent } from "#src/programs/single-parent-medical/index.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { benefitArea } from "#workflows/single-parent-medical/presets.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const around = { from: "R8.12.1", to: "", source: "見本市条例第9条", certainty: "established" };
const asClock = async <T>(run: (work: Work) => Promise<T>) =>
  runWork(city.platform, await city.system(), { purpose: "scheduled" }, run);
const basis = async () => (await asClock((work) => groundsOf(work, singleParent))).basis;
const planOn = (on: IsoDate) =>
  asClock(async (work) => valueOn(await presetOf(work, benefitArea, on), on));

/** Proposed by one, tried, and approved by another; what the page said to the first. */
async function set(key: string, number: number, value: Record<string, string | string[]>) {
  const officer = await visitor("scheme1");
  await officer.get(`/city-parameters/${key}`);
  const sent = await officer.post(`/city-parameters/${key}/new`, { ...value, ...around });
  expect(sent.status).toBeLessThan(400);
  expect((await officer.get(`/city-parameter-proposals/${number}`)).status).toBe(403);
  await parameterTrials([]).run(city.platform, await city.system());
  const supervisor = await visitor("supervisor1");
  await supervisor.get(`/city-parameter-proposals/${number}`);
  await supervisor.post(`/city-parameter-proposals/${number}/decision`, { event: "approve" });
}

test("決定の根拠は、二人で定めた日から文書に載り、前の日までは前のままである", async () => {
  const officer = await visitor("scheme1");
  const path = "/city-parameters/single-parent-medical.basis";
  await officer.get(path);
  const empty = await officer.post(`${path}/new`, { ...around, "value.value": " " });
  expect(empty.status).toBe(422);
  await set("single-parent-medical.basis", 1, { "value.value": "見本市ひとり親条例第9条第1項" });
  city.platform.clock.moveTo("2026-11-30");
  expect(await basis()).toBe("熊本市のひとり親家庭等医療費助成に関する定め");
  city.platform.clock.moveTo("2026-12-01");
  expect(await basis()).toBe("見本市ひとり親条例第9条第1項");
});

test("給付区分と決裁の要る届出は、二人で定めた日から変わり、届出を一つも決裁しないとも定められる", async () => {
  city.platform.clock.moveTo("2026-11-20");
  await set("single-parent-medical.benefits", 2, { "value.classes": ["ordinary"] });
  expect((await planOn("2026-11-30")).classes).toHaveProperty("other-first");
  expect(await planOn("2026-12-01")).toEqual({ classes: { ordinary: "通常" }, decided: [] });
});
