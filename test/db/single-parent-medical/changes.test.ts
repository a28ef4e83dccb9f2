import { beforeAll, describe, expect, test } from "vitest";
import { currentData } from "#src/platform/applications/index.ts";
import { openLosses, singleParent } from "#src/programs/single-parent-medical/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  childOf,
  householdApplication,
  householdCounterOf,
  insuredSince,
  keyed,
} from "#test/support/household-counter.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

let platform: TestPlatform;
let counter: ReturnType<typeof householdCounterOf>;
beforeAll(async () => {
  platform = await openTestPlatform("2026-10-20");
  counter = householdCounterOf(platform);
});

/** A household of a mother and two children with certificates since 2026-10-20; today is 2026-11-20. */
async function entitled() {
  platform.platform.clock.moveTo("2026-10-20");
  const family = await counter.household([
    { birthDate: "2015-05-10" },
    { birthDate: "2018-07-07" },
  ]);
  const at = await counter.toIssued(family.mother, householdApplication(family), [
    keyed(family.mother),
  ]);
  await counter.effects(at.caseId);
  platform.platform.clock.moveTo("2026-11-20");
  return { family, caseId: at.caseId };
}

const dataOn = (caseId: string, personNumber: string, on: IsoDate) =>
  counter.as("clerk2", (work) => currentData(work, singleParent, { caseId, personNumber }, { on }));
const statuses = async (caseId: string) =>
  (await counter.view(caseId)).entitlements.map((one) => `${one.personNumber} ${one.status}`);

describe("変更届", () => {
  test("住所が変わると、確認のあと台帳に反映され、全員の受給者証を交付し直す", async () => {
    const { family, caseId } = await entitled();
    const report = await counter.report(caseId, { subject: "address", occursOn: "2026-11-10" });
    const { applicant } = householdApplication(family);
    const moved = { ...applicant, address: "熊本市東区健軍１丁目１番１号", postalCode: "8620911" };
    let at = await counter.toConfirmed(report, { applicant: moved });
    at = await counter.step("clerk2", "apply", at);
    expect(at.state).toBe("issuing");
    await counter.effects(at.caseId);
    at = await counter.step("clerk1", "issue", at);
    expect(at.state).toBe("applied");
    const view = await counter.view(caseId);
    expect(view.certificates.filter(({ endedOn }) => !endedOn)).toHaveLength(3);
    expect(view.certificates.filter(({ ending }) => ending === "replaced")).toHaveLength(3);
    const reported = await counter.viewReport(at.caseId);
    expect(reported.documents.map(({ kind }) => kind).sort()).toEqual([
      "certificate",
      "certificate",
      "certificate",
      "change",
    ]);
    expect((await dataOn(caseId, family.mother, "2026-11-09")).applicant.address).toContain("新町");
    expect((await dataOn(caseId, family.mother, "2026-11-10")).applicant.address).toContain("健軍");
  });

  test("健康保険は一人ずつ変わり、ほかの方のものは変わらない", async () => {
    const { family, caseId } = await entitled();
    const [older = "", younger = ""] = family.children;
    const report = await counter.report(caseId, {
      subject: "insurance",
      occursOn: "2026-11-01",
      personNumber: younger,
    });
    const insurance = { ...childOf(younger).insurance, number: "777", insurerName: "別の組合" };
    let at = await counter.toConfirmed(report, { insurance });
    at = await counter.step("clerk2", "apply", at);
    expect(at.state).toBe("applied");
    const { people } = await dataOn(caseId, family.mother, "2026-11-20");
    const numberOf = (personNumber: string) =>
      people.flatMap((one) =>
        one.role === "child" && one.personNumber === personNumber ? one.insurance?.number : [],
      );
    expect(numberOf(younger)).toEqual(["777"]);
    expect(numberOf(older)).toEqual(["123"]);
    const sealed = await platform.admin`
      select person_number from entitlements.record where case_id = ${at.caseId}`;
    expect(sealed.map((row) => row.person_number)).toEqual([younger]);
  });

  test("児童の氏名が変わると、その児童の受給者証だけを交付し直す", async () => {
    const { family, caseId } = await entitled();
    const [older = ""] = family.children;
    const report = await counter.report(caseId, {
      subject: "name",
      occursOn: "2026-11-15",
      personNumber: older,
    });
    let at = await counter.toConfirmed(report, { name: "新姓　子1" });
    at = await counter.step("clerk2", "apply", at);
    await counter.effects(at.caseId);
    await counter.step("clerk1", "issue", at);
    const { certificates, entitlements } = await counter.view(caseId);
    const replaced = certificates.filter(({ ending }) => ending === "replaced");
    expect(
      replaced.map((one) => entitlements.find(({ id }) => id === one.entitlementId)?.personNumber),
    ).toEqual([older]);
  });

  test.each([
    {
      subject: "account",
      input: {
        account: {
          bankCode: "0001",
          branchCode: "001",
          kind: "ordinary",
          number: "7654321",
          holderKana: "シケン　ハハコ",
        },
      },
    },
    {
      subject: "mailing",
      input: {
        mailing: {
          name: "試験　母子",
          postalCode: "8600004",
          address: "熊本市中央区新町１丁目１番１号",
          building: "",
          reason: "hospital",
        },
      },
    },
  ])("$subject は、確認だけで反映され、証は交付し直さない", async ({ subject, input }) => {
    const { caseId } = await entitled();
    const report = await counter.report(caseId, { subject, occursOn: "2026-11-20" });
    const at = await counter.step("clerk2", "apply", await counter.toConfirmed(report, input));
    expect(at.state).toBe("applied");
    const { done } = await counter.effects(at.caseId);
    expect(done).toBe(1);
  });

  test("さかのぼった変更は、前に信じていたことを残し、その後の変更をそのままにする", async () => {
    const { family, caseId } = await entitled();
    const change = async (occursOn: IsoDate, address: string) => {
      const { applicant } = householdApplication(family);
      const report = await counter.report(caseId, { subject: "address", occursOn });
      const at = await counter.toConfirmed(report, { applicant: { ...applicant, address } });
      await counter.step("clerk2", "apply", at);
    };
    await change("2026-11-10", "熊本市東区健軍１丁目１番１号");
    await change("2026-11-01", "熊本市西区春日１丁目１番１号");
    const addressOn = async (on: IsoDate) =>
      (await dataOn(caseId, family.mother, on)).applicant.address;
    expect(await addressOn("2026-10-31")).toContain("新町");
    expect(await addressOn("2026-11-05")).toContain("春日");
    expect(await addressOn("2026-11-12")).toContain("健軍");
    const rows = await platform.admin`
      select count(*)::int as n from entitlements.record where granting_case_id = ${caseId} and person_number = ${family.mother}`;
    expect(rows[0]?.n).toBe(3);
  });
});

describe("喪失届", () => {
  const decideLoss = async (report: { caseId: string; revision: number }) => {
    let at = await counter.toConfirmed(report);
    at = await counter.step("clerk2", "requestLoss", at);
    at = await counter.step("supervisor1", "approve", at);
    await counter.effects(at.caseId);
    return at;
  };

  test("婚姻による世帯の喪失で、全員の資格と受給者証が終わり、前に信じていたことは残る", async () => {
    const { family, caseId } = await entitled();
    const before = new Date();
    const report = await counter.report(caseId, {
      subject: "household-loss",
      occursOn: "2026-11-15",
      reason: "marriage",
    });
    const at = await decideLoss(report);
    expect(at.state).toBe("lost");
    const view = await counter.view(caseId);
    expect(view.entitlements.map(({ status, validTo }) => `${status} ${validTo}`)).toEqual(
      Array(3).fill("lost 2026-11-14"),
    );
    expect(view.certificates.every(({ ending }) => ending === "lost-entitlement")).toBe(true);
    const mothers = view.entitlements.find((one) => one.personNumber === family.mother);
    const believed = view.movements.findLast(
      (one) => one.entitlementId === mothers?.id && one.recordedAt <= before,
    );
    expect(believed).toMatchObject({
      status: "granted",
      validTo: "2037-03-31",
    });
    expect((await counter.viewReport(at.caseId)).documents.map(({ kind }) => kind)).toEqual([
      "loss",
    ]);
    const needed = await platform.admin`
      select from people.needed where case_id = ${caseId} and ended_on is null`;
    expect(needed).toHaveLength(0);
  });

  test("児童の喪失は、その児童だけを終わらせる。申請者と最後の児童は、世帯の喪失で届け出る", async () => {
    const { family, caseId } = await entitled();
    const [older = "", younger = ""] = family.children;
    const lose = (personNumber: string) =>
      counter.report(caseId, {
        subject: "child-loss",
        occursOn: "2026-11-15",
        reason: "facility",
        personNumber,
      });
    await expect(lose(family.mother)).rejects.toThrow("世帯の喪失で届け出てください。");
    await decideLoss(await lose(older));
    expect((await statuses(caseId)).sort()).toEqual(
      [`${family.mother} granted`, `${older} lost`, `${younger} granted`].sort(),
    );
    await expect(lose(younger)).rejects.toThrow("最後の児童です。");
  });

  test("児童の喪失と世帯の喪失が並んでいても、あとの決裁は残りの方だけを終わらせる", async () => {
    const { family, caseId } = await entitled();
    const [older = ""] = family.children;
    const child = await counter.report(caseId, {
      subject: "child-loss",
      occursOn: "2026-11-10",
      reason: "moved-out",
      personNumber: older,
    });
    const household = await counter.report(caseId, {
      subject: "household-loss",
      occursOn: "2026-11-15",
      reason: "moved-out",
    });
    await decideLoss(child);
    await decideLoss(household);
    const { entitlements } = await counter.view(caseId);
    expect(new Map(entitlements.map((one) => [one.personNumber, one.validTo])).get(older)).toBe(
      "2026-11-09",
    );
    expect(entitlements.filter(({ validTo }) => validTo === "2026-11-14")).toHaveLength(2);
  });
});

describe("あとから加わった児童のいる世帯の喪失", () => {
  /** A child who joined on 2026-11-20, after the household's entitlement had begun. */
  async function withLaterChild() {
    const { family, caseId } = await entitled();
    const born = await counter.join(family.householdNumber, {
      birthDate: "2026-11-01",
      residence: { from: "2026-11-01", fromReason: "birth" },
    });
    const report = await counter.report(caseId, {
      subject: "child-addition",
      occursOn: "2026-11-01",
    });
    let at = await counter.toConfirmed(
      report,
      { child: childOf(born, insuredSince("2026-11-01")) },
      { "insurance-proof": "seen" },
    );
    at = await counter.step("clerk2", "requestAddition", at);
    at = await counter.step("supervisor1", "approve", at);
    await counter.step("clerk1", "issue", at);
    return { family, caseId, born };
  }

  test("児童の始期より前の日の喪失は受け付けられ、その児童の資格は、はじめからなかったものになる", async () => {
    const { family, caseId, born } = await withLaterChild();
    const report = await counter.report(caseId, {
      subject: "household-loss",
      occursOn: "2026-11-10",
      reason: "marriage",
    });
    let at = await counter.toConfirmed(report);
    at = await counter.step("clerk2", "requestLoss", at);
    at = await counter.step("supervisor1", "approve", at);
    const { failed } = await counter.effects(at.caseId);
    expect(failed).toBe(0);
    const { entitlements, movements, certificates } = await counter.view(caseId);
    const standing = new Map(entitlements.map((one) => [one.personNumber, one]));
    expect(standing.get(born)).toMatchObject({
      status: "revoked",
      validFrom: "2026-11-20",
      lossReason: "marriage",
    });
    for (const number of [family.mother, ...family.children])
      expect(standing.get(number)).toMatchObject({ status: "lost", validTo: "2026-11-09" });
    const last = movements.findLast((one) => one.entitlementId === standing.get(born)?.id);
    expect(last).toMatchObject({ type: "revoked", reason: "marriage", occursOn: "2026-11-10" });
    expect(certificates.filter(({ endedOn }) => endedOn === null)).toHaveLength(0);
  });

  test("転出が住民記録から分かったときも、世帯の喪失がひとつ開く", async () => {
    const { family, caseId } = await withLaterChild();
    await counter.registerAnew(family.mother, {
      residence: {
        from: "1990-04-01",
        fromReason: "birth",
        to: "2026-11-05",
        toReason: "move-out",
      },
    });
    expect(await openLosses(platform.platform, await platform.system())).toBe(1);
    const rows = await platform.admin`
      select h.occurs_on::text from entitlements.change h where h.granting_case_id = ${caseId} and h.origin = 'register'`;
    expect(rows.map((row) => row.occurs_on)).toEqual(["2026-11-05"]);
  });

  test("だれの始期よりも前の日や、一人の児童のその始期より前の日の喪失は、受け付けられない", async () => {
    const { caseId, born } = await withLaterChild();
    const early = counter.report(caseId, {
      subject: "household-loss",
      occursOn: "2026-10-20",
      reason: "marriage",
    });
    await expect(early).rejects.toThrow("資格の開始日より後の日付");
    const own = counter.report(caseId, {
      subject: "child-loss",
      occursOn: "2026-11-10",
      reason: "custody",
      personNumber: born,
    });
    await expect(own).rejects.toThrow("資格の開始日より後の日付");
  });
});

describe("児童の追加", () => {
  const adding = async () => {
    const { family, caseId } = await entitled();
    const other = await counter.household([{ birthDate: "2026-11-01" }]);
    const [born = ""] = other.children;
    const report = await counter.report(caseId, {
      subject: "child-addition",
      occursOn: "2026-11-01",
    });
    return { family, caseId, born, report };
  };

  test("健康保険が入力され書類がそろうまで起案できず、決裁で児童に資格が出て、親の終期が延びる", async () => {
    const { family, caseId, born, report } = await adding();
    let at = await counter.toConfirmed(report, { child: childOf(born, { insurance: null }) });
    const reasons = async () =>
      (await counter.viewReport(at.caseId)).actions.find(({ type }) => type === "requestAddition")
        ?.reasons;
    expect(await reasons()).toEqual([
      "不足している書類があります。",
      "有効期間がありません。「有効期間の計算」の理由を確かめ、入力やみなし生年月日の設定で直らないときに、却下を起案してください。",
    ]);
    at = await counter.step("clerk1", "enter", at, {
      input: { child: childOf(born, insuredSince("2026-11-01")) },
    });
    at = await counter.step("clerk1", "recordDocuments", at, {
      input: { "insurance-proof": "seen" },
    });
    at = await counter.step("clerk2", "confirm", at);
    expect(await reasons()).toEqual([]);
    at = await counter.step("clerk2", "requestAddition", at);
    at = await counter.step("supervisor1", "approve", at);
    expect(at.state).toBe("certified");
    await counter.effects(at.caseId);
    at = await counter.step("clerk1", "issue", at);
    const view = await counter.view(caseId);
    const periodOf = (personNumber: string) => {
      const one = view.entitlements.find((row) => row.personNumber === personNumber);
      return `${one?.validFrom} ${one?.validTo}`;
    };
    expect(periodOf(born)).toBe("2026-11-20 2045-03-31");
    expect(periodOf(family.mother)).toBe("2026-10-20 2045-03-31");
    expect(view.movements.map(({ type }) => type).sort()).toEqual([
      "acquired",
      "acquired",
      "acquired",
      "acquired",
      "corrected",
    ]);
    const { documents } = await counter.viewReport(at.caseId);
    expect(documents.map(({ kind, personNumber }) => `${kind} ${personNumber}`).sort()).toEqual(
      [`certificate ${born}`, `grant ${family.mother}`].sort(),
    );
    const data = await dataOn(caseId, family.mother, "2026-11-20");
    expect(data.people.map((one) => one.personNumber)).toContain(born);
  });

  test("却下すれば、何も認定されず、理由のある却下通知書が出る", async () => {
    const { caseId, born, report } = await adding();
    let at = await counter.toConfirmed(report, {
      child: childOf(born, insuredSince("2026-11-01")),
    });
    at = await counter.step("clerk2", "requestRejection", at, { input: { reason: "facility" } });
    at = await counter.step("supervisor1", "approve", at);
    expect(at.state).toBe("rejected");
    await counter.effects(at.caseId);
    expect((await counter.viewReport(at.caseId)).documents.map(({ kind }) => kind)).toEqual([
      "rejection",
    ]);
    expect(await statuses(caseId)).toHaveLength(3);
  });
});

describe("給付の内容", () => {
  test("遠隔地証は、該当の届で児童に期限つきで交付され、履歴に日付と事由が残る", async () => {
    const { family, caseId } = await entitled();
    const [older = ""] = family.children;
    const about = { subject: "remote-certificate", occursOn: "2026-11-10" } as const;
    await expect(counter.report(caseId, { ...about, personNumber: family.mother })).rejects.toThrow(
      "児童について届け出てください。",
    );
    const report = await counter.report(caseId, { ...about, personNumber: older });
    const set = { applies: true, reason: "school", benefitClass: null, until: "2026-12-20" };
    let at = await counter.toConfirmed(report, { "remote-certificate": set });
    at = await counter.step("clerk2", "apply", at);
    expect(at.state).toBe("issuing");
    at = await counter.step("clerk1", "issue", at);
    const view = await counter.view(caseId);
    const remote = view.certificates.filter(({ kind }) => kind === "remote-certificate");
    expect(remote).toHaveLength(1);
    expect(view.certificates.filter(({ endedOn }) => endedOn === null)).toHaveLength(4);
    const [row] = await platform.admin`
      select kind, applies, until::text, reason, occurs_on::text, reported_on::text from single_parent.feature where case_id = ${at.caseId}`;
    expect(row).toEqual({
      kind: "remote-certificate",
      applies: true,
      until: "2026-12-20",
      reason: "school",
      occurs_on: "2026-11-10",
      reported_on: "2026-11-20",
    });
  });

  test("市が決裁を定めた給付区分は、決裁ののちに変わる。市にない区分は入力できない", async () => {
    const { family, caseId } = await entitled();
    const report = await counter.report(caseId, {
      subject: "benefit-class",
      occursOn: "2026-11-10",
      personNumber: family.mother,
    });
    const set = (benefitClass: string) => ({
      "benefit-class": { applies: true, reason: "other-scheme", benefitClass, until: null },
    });
    await expect(counter.toConfirmed(report, set("unknown"))).rejects.toThrow("給付区分を選んで");
    let at = { caseId: report.caseId, revision: 2 };
    at = await counter.step("clerk1", "enter", at, { input: set("other-first") });
    at = await counter.step("clerk1", "submit", at);
    at = await counter.step("clerk2", "confirm", at);
    at = await counter.step("clerk2", "requestChange", at);
    const rows = () =>
      platform.admin`select benefit_class from single_parent.feature where case_id = ${at.caseId}`;
    expect(await rows()).toHaveLength(0);
    const decided = await counter.step("supervisor1", "approve", at);
    expect(decided.state).toBe("applied");
    expect(await rows()).toEqual([{ benefit_class: "other-first" }]);
    await counter.effects(at.caseId);
    expect((await counter.viewReport(at.caseId)).documents.map(({ kind }) => kind)).toEqual([
      "change",
    ]);
  });
});
