import { beforeAll, describe, expect, test } from "vitest";
import type { ClinicalRecord } from "#src/programs/intractable-disease/entered.ts";
import { termsOf } from "#src/programs/intractable-disease/terms.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  memberOf,
  patientApplication,
  patientCounterOf,
  recordOf,
  taxedOf,
  taxOf,
} from "#test/support/patient-counter.ts";

let city: TestPlatform;
let counter: ReturnType<typeof patientCounterOf>;
beforeAll(async () => {
  city = await openTestPlatform();
  counter = patientCounterOf(city);
  await counter.listDoctors();
});

const patient = async () => (await counter.household()).mother;
const reasonsFor = async (caseId: string, type: string) =>
  (await counter.view(caseId)).actions.find((action) => action.type === type)?.reasons;
/** What is wrong with an entry, at which field. */
const refused = async (application: ReturnType<typeof patientApplication>) =>
  counter.toExamination(await patient(), application).then(
    () => undefined,
    (error: { field?: string; message: string }) => [error.field, error.message],
  );
const termsOfCase = async (caseId: string) => {
  const { entitlements } = await counter.view(caseId);
  return counter.as("clerk2", (work) =>
    termsOf(
      work,
      entitlements.map(({ id }) => id),
    ),
  );
};

describe("新規の支給認定", () => {
  test("診断日から市の一斉の終わりまで認定され、階層・上限月額とともに受給者証が出る", async () => {
    const at = await counter.toCertified(await patient());
    const issued = await counter.step("clerk1", "issue", at);
    await counter.effects(at.caseId);
    const view = await counter.view(issued.caseId);
    expect(view.stateTitle).toBe("証交付");
    expect(view.entitlements).toMatchObject([
      { validFrom: "2026-11-05", validTo: "2027-09-30", status: "granted" },
    ]);
    expect(await termsOfCase(at.caseId)).toMatchObject([
      {
        validFrom: "2026-11-05",
        tier: "一般所得Ⅰ",
        cap: 10_000,
        limitCategory: "エ",
        diseases: [6],
        taxYear: 2026,
      },
    ]);
  });
});

describe("入力の誤り", () => {
  test.each([
    ["ない番号", { disease: 400 }, "records.0.disease", "告示番号400の指定難病はありません"],
    ["一覧にない指定医", { doctor: "X9999" }, "records.0.doctor", "指定医の一覧にありません"],
    [
      "指定の前の記載",
      { writtenOn: "2022-12-31", severeOn: "2022-12-01" },
      "records.0.doctor",
      "指定医の一覧にありません",
    ],
    ["新規の協力難病指定医", { doctor: "T0002" }, "records.0.doctor", "更新の申請に限ります"],
    ["申請日より後の記載", { writtenOn: "2026-11-21" }, "records.0.writtenOn", "申請日以前"],
    ["記載日より後の診断", { severeOn: "2026-11-11" }, "records.0.severeOn", "記載日以前"],
  ])("%sは、その欄で断る", async (_, given, field, words) => {
    const [at, message] =
      (await refused(
        patientApplication({ records: [recordOf(given as Partial<ClinicalRecord>)] }),
      )) ?? [];
    expect(at).toBe(field);
    expect(message).toContain(words);
  });

  test("ほかの都道府県の有効な受給者証を持つ方の新規と、切れた受給者証の転入を断る", async () => {
    const former = { authority: "福岡市", payerNumber: "", recipientNumber: "1234566" };
    const still = { ...former, validTo: "2026-12-31" as const };
    expect((await refused(patientApplication({ former: still })))?.[0]).toBe("sort");
    const over = { ...former, validTo: "2026-11-19" as const };
    expect((await refused(patientApplication({ sort: "transfer", former: over })))?.[0]).toBe(
      "former.validTo",
    );
  });

  test("二つ目の申請は、一つ目が手続き中のあいだ受け付けられない", async () => {
    const person = await patient();
    await counter.open("clerk1", person);
    await expect(counter.open("clerk1", person)).rejects.toMatchObject({ status: 409 });
  });

  test("世帯員が二度、主たる疾病が二つ、同じ疾病が二度は断る", async () => {
    const { mother, grandfather } = await counter.household();
    const twice = patientApplication({ people: [memberOf(grandfather), memberOf(grandfather)] });
    await expect(counter.toExamination(mother, twice)).rejects.toMatchObject({
      status: 422,
      details: ["同じ方が二度入力されています。"],
    });
    for (const [records, why] of [
      [[recordOf(), recordOf({ disease: 7 })], "主たる疾病を1つだけ選んでください。"],
      [[recordOf(), recordOf({ main: false })], "同じ疾病の個人票が二度入力されています。"],
    ] as const)
      await expect(
        counter.toExamination(await patient(), patientApplication({ records: [...records] })),
      ).rejects.toMatchObject({ details: [why] });
  });
});

describe("審査", () => {
  test("古い個人票と、年度の違う税は、理由とともに認定の起案を止める", async () => {
    const at = await counter.step(
      "clerk2",
      "confirm",
      await counter.toExamination(
        await patient(),
        patientApplication({
          records: [recordOf({ writtenOn: "2026-08-19", severeOn: "2026-08-10" })],
          tax: taxOf({ fiscalYear: 2025 }),
        }),
      ),
    );
    expect(await reasonsFor(at.caseId, "propose")).toEqual([
      "臨床調査個人票に、確かめる点があります（指定医、記載日、疾病）。",
      "自己負担上限月額が決まりません。「計算の過程」の理由を確かめてください。",
    ]);
    await expect(counter.step("clerk2", "propose", at)).rejects.toMatchObject({ status: 409 });
  });

  test("不認定は審査会の答申の前には起案できず、形式の不備の却下はできる", async () => {
    let at = await counter.step("clerk2", "confirm", await counter.toExamination(await patient()));
    await expect(
      counter.step("clerk2", "proposeRejection", at, { input: { reason: "severity" } }),
    ).rejects.toMatchObject({ status: 409 });
    at = await counter.step("clerk2", "proposeDismissal", at, { input: { reason: "documents" } });
    at = await counter.step("clerk2", "requestDecision", at);
    at = await counter.step("supervisor1", "approve", at);
    await counter.effects(at.caseId);
    expect((await counter.view(at.caseId)).stateTitle).toBe("却下");
  });

  test("支所で受け付けた申請は、進達と本庁受領を記録するまで起案できない", async () => {
    let at = await counter.toExamination(
      await patient(),
      patientApplication({ reception: "branch" }),
    );
    at = await counter.step("clerk2", "confirm", at);
    expect(await reasonsFor(at.caseId, "propose")).toEqual([
      "支所で受け付けた申請です。進達と本庁受領を記録してください。",
    ]);
    await expect(
      counter.step("clerk2", "recordArrival", at, {
        input: { forwardedOn: "2026-11-20", arrivedOn: "2026-11-19" },
      }),
    ).rejects.toMatchObject({ field: "arrivedOn" });
    at = await counter.step("clerk2", "recordArrival", at, {
      input: { forwardedOn: "2026-11-20", arrivedOn: "2026-11-20" },
    });
    await counter.step("clerk2", "propose", at);
  });

  test("起案の後に市の定めが変わると、決裁できず差し戻す", async () => {
    const at = await counter.toApproval(await patient());
    await city.admin`update intractable_disease.proposed_terms set cap = 5000, full_cap = 5000 where case_id = ${at.caseId}`;
    await expect(counter.step("supervisor1", "approve", at)).rejects.toMatchObject({
      status: 409,
      message: "起案の後に、階層または自己負担上限月額が変わりました。差し戻してください。",
    });
  });
});

describe("更新と変更", () => {
  test("更新は、前の有効期間の翌日から。同じ受給者番号のまま、協力難病指定医の個人票でよい", async () => {
    const person = await patient();
    const first = await counter.toCertified(person);
    await counter.step("clerk1", "issue", first);
    const again = await counter.toCertified(
      person,
      patientApplication({ sort: "renewal", records: [recordOf({ doctor: "T0002" })] }),
    );
    const [before, after] = [await counter.view(first.caseId), await counter.view(again.caseId)];
    expect(after.entitlements).toMatchObject([
      {
        validFrom: "2027-10-01",
        validTo: "2028-09-30",
        recipientNumber: before.entitlements[0]?.recipientNumber,
      },
    ]);
    expect(await termsOfCase(again.caseId)).toMatchObject([{ validFrom: "2027-10-01" }]);
  });

  test("受給資格のない方の更新は、新規にするよう理由が出て起案できない", async () => {
    const at = await counter.step(
      "clerk2",
      "confirm",
      await counter.toExamination(await patient(), patientApplication({ sort: "renewal" })),
    );
    expect((await reasonsFor(at.caseId, "propose"))?.[0]).toContain("有効期間がありません");
  });

  test("世帯員に受給者が加わると、翌月から按分した上限月額の新しい受給者証になる", async () => {
    const { mother, grandfather } = await counter.household();
    const first = await counter.toCertified(
      mother,
      patientApplication({ tax: taxedOf(300_000), people: [memberOf(grandfather)] }),
    );
    await counter.step("clerk1", "issue", first);
    const opened = await counter.report(first.caseId, {
      subject: "member",
      occursOn: "2026-11-18",
    });
    let at = await counter.toConfirmed(opened, {
      member: memberOf(grandfather, { patient: "intractable", patientCap: 10_000 }),
    });
    at = await counter.step("clerk2", "requestChange", at);
    at = await counter.step("supervisor1", "approve", at);
    await counter.step("clerk1", "issue", at);
    await counter.effects(at.caseId);
    expect(await termsOfCase(first.caseId)).toMatchObject([
      { validFrom: "2026-11-05", cap: 30_000 },
      { validFrom: "2026-12-01", cap: 22_500, fullCap: 30_000, apportioned: true },
    ]);
    const { certificates } = await counter.view(first.caseId);
    expect(certificates.filter(({ endedOn }) => endedOn === null)).toHaveLength(1);
    expect(certificates).toHaveLength(2);
  });

  test("生活保護になると、被用者保険のない方の公費負担者番号が変わる", async () => {
    const first = await counter.toCertified(await patient());
    await counter.step("clerk1", "issue", first);
    const opened = await counter.report(first.caseId, { subject: "tier", occursOn: "2026-11-18" });
    let at = await counter.toConfirmed(opened, {
      tax: null,
      welfare: true,
      welfarePrevention: null,
      incomeUnconfirmed: false,
      pediatric: null,
    });
    at = await counter.step("clerk2", "requestChange", at);
    await counter.step("supervisor1", "approve", at);
    expect(await termsOfCase(first.caseId)).toMatchObject([
      { tier: "一般所得Ⅰ", payerNumber: "54439997" },
      { tier: "生活保護", cap: 0, payerNumber: "54439989", validFrom: "2026-12-01" },
    ]);
  });

  test("医療機関の変更は決裁なしに反映され、上限月額は変わらない", async () => {
    const first = await counter.toCertified(await patient());
    const issued = await counter.step("clerk1", "issue", first);
    const opened = await counter.report(issued.caseId, {
      subject: "institution",
      occursOn: "2026-11-18",
    });
    const at = await counter.toConfirmed(opened, {
      anyInstitution: false,
      institutions: [{ code: "4310113718", name: "見本大学病院", main: true, since: "2026-11-18" }],
    });
    await counter.step("clerk2", "apply", at);
    expect((await counter.viewReport(at.caseId)).stateTitle).toBe("証の交付");
    expect(await termsOfCase(first.caseId)).toHaveLength(1);
  });

  test("喪失は二人で決め、受給者証が失効する", async () => {
    const first = await counter.toCertified(await patient());
    await counter.step("clerk1", "issue", first);
    const opened = await counter.report(first.caseId, {
      subject: "loss",
      occursOn: "2026-11-19",
      reason: "declined",
    });
    let at = await counter.toConfirmed(opened);
    at = await counter.step("clerk2", "requestDecision", at);
    await counter.step("supervisor1", "approve", at);
    const view = await counter.view(first.caseId);
    expect(view.entitlements).toMatchObject([{ status: "lost", validTo: "2026-11-18" }]);
    expect(view.certificates.every(({ endedOn }) => endedOn !== null)).toBe(true);
  });
});
