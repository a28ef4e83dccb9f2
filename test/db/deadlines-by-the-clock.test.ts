import { beforeEach, describe, expect, test } from "vitest";
import { background } from "#src/programs/jobs.ts";
import type { At } from "#test/support/casework.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const { step } = counter;

/** What the clock runs under this name, for all programs at once. */
async function runScheduled(name: string): Promise<unknown> {
  const job = background.scheduled.find((one) => one.name === name);
  if (!job) throw new Error(`nothing is scheduled as ${name}`);
  return job.run(city.platform, await city.system());
}
const deadlines = () => runScheduled("cases.deadlines");
const effects = () => runScheduled("cases.effects");

beforeEach(() => city.platform.clock.moveTo("2026-11-20"));

async function examined(): Promise<At> {
  const family = await counter.household();
  return counter.toExamination(family.mother, householdApplication(family), []);
}
const inquire = (at: At, until: IsoDate, addressee = "見本市役所") =>
  step("clerk2", "inquire", at, {
    until,
    input: { subject: "tax", addressee, postalCode: "8600004", address: "見本市本町1-1" },
  });
const answer = async (at: At, addressee: string) => {
  const { inquiries } = await counter.view(at.caseId);
  const inquiryId = inquiries.find((one) => one.addressee === addressee)?.id;
  return step("clerk2", "recordAnswer", at, { input: { inquiryId, answer: "該当なし" } });
};
/** What the history has of an event, and which letters were made. */
async function outcome(caseId: string, event: string) {
  const { history, documents, inquiries, pending, found, stateTitle } = await counter.view(caseId);
  return {
    at: { caseId, revision: found.revision },
    stateTitle,
    pending,
    times: history.filter(({ type }) => type === event).length,
    letters: documents.map(({ kind }) => kind).toSorted(),
    reminded: Object.fromEntries(inquiries.map((one) => [one.addressee, one.remindedOn])),
  };
}

describe("照会の回答期限", () => {
  test("期限の日のうちは待ち、翌日に督促が一度だけ記録されて、督促の照会書が一通作られる", async () => {
    const { caseId } = await inquire(await examined(), "2026-12-04");
    await effects();
    city.platform.clock.moveTo("2026-12-04");
    await deadlines();
    expect(await outcome(caseId, "remind")).toMatchObject({ times: 0, letters: ["inquiry"] });

    city.platform.clock.moveTo("2026-12-05");
    await Promise.all([deadlines(), deadlines()]);
    await Promise.all([effects(), effects()]);
    const first = await outcome(caseId, "remind");
    expect(first).toMatchObject({
      stateTitle: "照会中",
      times: 1,
      letters: ["inquiry", "inquiry-reminder"],
      pending: [],
      reminded: { 見本市役所: "2026-12-05" },
    });
    city.platform.clock.moveTo("2026-12-06");
    await deadlines();
    await effects();
    expect(await outcome(caseId, "remind")).toEqual(first);
  });

  test("期限の前に答えた照会先は督促されず、前に督促した照会先も重ねては督促されない", async () => {
    let at = await inquire(await examined(), "2026-12-04", "甲市");
    at = await inquire(at, "2026-12-11", "乙市");
    at = await inquire(at, "2026-12-18", "丙市");
    await effects();
    at = await answer(at, "甲市");
    const letters = ["inquiry", "inquiry", "inquiry"];
    city.platform.clock.moveTo("2026-12-05");
    await deadlines();
    expect(await outcome(at.caseId, "remind")).toMatchObject({ times: 0, letters });

    city.platform.clock.moveTo("2026-12-12");
    await deadlines();
    await effects();
    const second = { 甲市: null, 乙市: "2026-12-12", 丙市: null };
    expect(await outcome(at.caseId, "remind")).toMatchObject({
      times: 1,
      letters: [...letters, "inquiry-reminder"],
      reminded: second,
    });
    city.platform.clock.moveTo("2026-12-19");
    await deadlines();
    await effects();
    expect(await outcome(at.caseId, "remind")).toMatchObject({
      times: 2,
      letters: [...letters, "inquiry-reminder", "inquiry-reminder"],
      reminded: { ...second, 丙市: "2026-12-19" },
      pending: [],
    });
  });

  test("督促の照会書を作る前に回答が届けば、督促は送られず、作成の残りにもならない", async () => {
    const { caseId } = await inquire(await examined(), "2026-12-04");
    await effects();
    city.platform.clock.moveTo("2026-12-05");
    await deadlines();
    const { at } = await outcome(caseId, "remind");
    await answer(at, "見本市役所");
    await effects();
    expect(await outcome(caseId, "remind")).toMatchObject({
      stateTitle: "審査",
      times: 1,
      letters: ["inquiry"],
      pending: [],
    });
  });

  test("打ち切った照会は、期限が過ぎても督促されない", async () => {
    const asked = await inquire(await examined(), "2026-12-04");
    const { caseId } = await step("clerk2", "closeInquiry", asked);
    city.platform.clock.moveTo("2026-12-05");
    await deadlines();
    expect(await outcome(caseId, "remind")).toMatchObject({ stateTitle: "審査", times: 0 });
  });
});

test("補正期限の翌日に、保留の申請は一度だけ審査に戻る", async () => {
  const missing = { "account-proof": "missing" };
  const at = await step("clerk1", "recordDocuments", await examined(), { input: missing });
  const { caseId } = await step("clerk2", "hold", at, { until: "2026-12-04" });
  city.platform.clock.moveTo("2026-12-04");
  await deadlines();
  expect(await outcome(caseId, "expire")).toMatchObject({ stateTitle: "保留", times: 0 });
  city.platform.clock.moveTo("2026-12-05");
  await Promise.all([deadlines(), deadlines()]);
  await deadlines();
  expect(await outcome(caseId, "expire")).toMatchObject({ stateTitle: "審査", times: 1 });
});
