import { describe, expect, test } from "vitest";
import {
  lookAtHousehold,
  lookAtPerson,
  moveReckonedBirth,
  proposeReckonedBirth,
  reckonedBirthsOf,
} from "#src/platform/people/index.ts";
import { prefilledGuardian } from "#src/programs/child-medical/index.ts";
import { compareWithRegister } from "#src/programs/child-medical/screens/compare.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { parseBirthDate } from "#workflows/dates/birth-date.ts";

const { as, family, open, step, toExamination, toIssued, effects, view } = counterOf(
  await openTestPlatform(),
);

/** The items of the entry that the register tells otherwise. */
const differing = async (caseId: string) => {
  const { entered, register } = await view(caseId);
  if (!entered) throw new Error("nothing was entered");
  const rows = await as("clerk2", (work) => compareWithRegister(work, entered, register));
  return rows.filter(({ differs }) => differs).map(({ label }) => label);
};

describe("窓口での受給者証の交付申請", () => {
  test("申請受付から証交付まで進み、期間・番号・通知書・受給者証がそろう", async () => {
    const at = await toIssued(await family());
    expect(await effects(at.caseId)).toEqual({ done: 1, failed: 0 });
    const page = await view(at.caseId);
    expect(page.stateTitle).toBe("証交付");
    expect(page.entitlements[0]).toMatchObject({ validTo: "2045-03-31", status: "granted" });
    expect(page.entitlements[0]?.recipientNumber).toMatch(/^\d{7}$/);
    expect(page.documents.map((one) => one.kind).sort()).toEqual(["certificate", "grant"]);
    expect(page.documents.map((one) => one.number)).toContain("熊こ医第R8-000001号");
    expect(page.history.map((line) => line.title)).toEqual([
      "受け付ける",
      "本人確認を記録する",
      "申請内容を入力する",
      "書類を確認する",
      "審査に回す",
      "入力内容を確認する",
      "認定を起案する",
      "決裁に回す",
      "決裁する",
      "受給者証を交付する",
    ]);
    expect(
      page.picture.steps.filter((one) => one.position === "passed").map((one) => one.title),
    ).toEqual(["申請受付", "本人確認", "審査", "起案", "決裁", "認定"]);
  });

  test("住民記録で分かることは記入済みで、違うところに印が付く", async () => {
    const personNumber = await family();
    const register = await as("clerk1", (work) => lookAtHousehold(work, personNumber));
    expect(prefilledGuardian(register)).toMatchObject({
      name: "試験　太郎",
      kana: "シケン　タロウ",
      relation: "father",
      address: "熊本市中央区新町２丁目４番２７号",
    });
    let at = await toExamination(personNumber);
    expect(await differing(at.caseId)).toEqual([]);
    const moved = { ...inventedApplication.guardian, address: "熊本市東区健軍９丁目１番" };
    at = await step("clerk1", "enter", at, {
      input: {
        ...inventedApplication,
        guardian: moved,
      },
    });
    expect(await differing(at.caseId)).toEqual(["住所"]);
  });

  test("直した入力は、別の職員が確認するまで再び仮の入力になる", async () => {
    let at = await toExamination(await family());
    at = await step("clerk2", "confirm", at);
    at = await step("clerk2", "enter", at, { input: inventedApplication });
    expect((await view(at.caseId)).entry?.confirmedBy).toBeNull();
    const own = step("clerk2", "confirm", at);
    await expect(own).rejects.toMatchObject({
      reasons: ["入力した本人は確認できません。別の職員が確認してください。"],
    });
    await step("clerk1", "confirm", at);
  });

  test("手続き中の申請があるうちは、二つ目の申請を受け付けない", async () => {
    const personNumber = await family();
    await open("clerk1", personNumber);
    await expect(open("clerk2", personNumber)).rejects.toMatchObject({ status: 409 });
  });

  test("受け付けていない項目と正しくない番号は、どれかを示し、値は繰り返さずに断る", async () => {
    const at = await toExamination(await family());
    const wrong = {
      ...inventedApplication,
      insurance: { ...inventedApplication.insurance, insurerNumber: "01430017" },
      myNumber: "123456789018",
    };
    const refused = step("clerk1", "enter", at, { input: wrong as typeof inventedApplication });
    await expect(refused).rejects.toMatchObject({
      status: 422,
      details: [
        "保険者番号が正しくありません。桁数と検証番号を確かめてください。",
        "受け付けていない項目が含まれています。",
      ],
    });
  });

  test("本人確認は定めのとおりに求める: 顔写真付きは1点、なしは2点、代理人は委任状", async () => {
    const opened = await open("clerk1", await family());
    const at = { caseId: opened.id, revision: 1 };
    const check = (input: object) => step("clerk1", "recordIdentity", at, { input });
    const tries = [
      {
        subject: "applicant",
        method: "notification-card",
        documents: ["pension"],
        mandateSeen: false,
      },
      { subject: "applicant", method: "two-documents", documents: ["pension"], mandateSeen: false },
      { subject: "agent", method: "number-card", documents: [], mandateSeen: false },
    ];
    for (const input of tries) await expect(check(input)).rejects.toMatchObject({ status: 422 });
    const done = await check({
      subject: "agent",
      method: "notification-card",
      documents: ["licence"],
      mandateSeen: true,
    });
    expect(done.state).toBe("identity");
  });
});

describe("生まれた日の分からない子どもの申請は", () => {
  test("みなし生年月日が確認されるまで認定できず、確認されると、その日で期間を計算して証を交付できる", async () => {
    const child = await family({
      birthDate: parseBirthDate("2020-04"),
      residence: { from: "2026-05-10", fromReason: "move-in" },
    });
    let at = await step("clerk2", "confirm", await toExamination(child));
    const asked = (await view(at.caseId)).granting;
    expect(asked).toMatchObject({
      granted: false,
      reason: expect.stringContaining("みなし生年月日を設定し"),
      unknownBirths: [child],
      steps: [{ label: "生年月日", value: "令和2年4月（日不詳）" }],
    });
    const refused = () =>
      expect(step("clerk2", "propose", at)).rejects.toMatchObject({
        reasons: [expect.stringContaining("みなし生年月日の設定で直らないとき")],
      });
    await refused();

    await as("clerk1", async (work) => {
      const person = await lookAtPerson(work, child, ["facts"]);
      if (!person) throw new Error("nobody");
      await proposeReckonedBirth(work, person, {
        day: "2020-04-01",
        basis: "other",
        source: "出生証明書の写し",
        reason: "証明書に月までしか書かれていない",
      });
    });
    // Proposed alone, it counts for nothing, and whoever proposed it cannot confirm it.
    await refused();
    const decide = (who: "clerk1" | "supervisor1") =>
      as(who, async (work) => {
        const [one] = await reckonedBirthsOf(work, child);
        await moveReckonedBirth(work, child, { id: one?.id ?? 0, event: "approve" });
      });
    await expect(decide("clerk1")).rejects.toMatchObject({ status: 403 });
    await decide("supervisor1");

    // Born on 1 April by that day: reaches the age on 31 March, a year before children of the next day.
    const { granting } = await view(at.caseId);
    expect(granting).toMatchObject({ granted: true, periods: [{ to: "2038-03-31" }] });
    at = await step("clerk2", "propose", at);
    at = await step("clerk2", "requestDecision", at);
    at = await step("supervisor1", "approve", at);
    at = await step("clerk1", "issue", at);
    const page = await view(at.caseId);
    expect(page.entitlements[0]).toMatchObject({ validTo: "2038-03-31", status: "granted" });
  });
});
