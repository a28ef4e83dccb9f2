import { describe, expect, test } from "vitest";
import { termsFromDay } from "#workflows/intractable-disease/change-subjects.ts";
import { recordFaults } from "#workflows/intractable-disease/clinical-records.ts";
import { diseaseOn, diseasesOn, nameRemark } from "#workflows/intractable-disease/diseases.ts";
import {
  type CapMember,
  type HouseholdCapFacts,
  householdCap,
  type MemberTax,
  taxYearOn,
} from "#workflows/intractable-disease/household-cap.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";

const { september } = planArea.presets;
if (!september) throw new Error("the plan of the demonstration");

const tax = (given: Partial<MemberTax> = {}): MemberTax => ({
  fiscalYear: 2026,
  assessment: "exempt",
  incomeLevy: 0,
  perCapitaLevy: 0,
  totalIncome: 0,
  pensionReceipts: 0,
  otherBenefits: 0,
  ...given,
});
const taxed = (incomeLevy: number) => tax({ assessment: "taxed", incomeLevy });
const person = (given: Partial<CapMember> = {}): CapMember => ({
  name: "本人",
  insuredOrPatient: true,
  tax: tax(),
  patient: null,
  ...given,
});
const capOf = (given: Partial<HouseholdCapFacts> = {}) =>
  householdCap(
    {
      on: "2026-11-20",
      insurance: "national",
      welfare: false,
      longHighCost: false,
      ventilator: false,
      incomeUnconfirmed: false,
      welfarePrevention: null,
      ownPediatric: null,
      members: [person()],
      incomeOf: 0,
      ...given,
    },
    september,
  );
const other = (given: Partial<CapMember>) =>
  person({ name: "父", insuredOrPatient: false, ...given });

describe("階層と自己負担上限月額", () => {
  test.each([
    [70_999, "一般所得Ⅰ", 10_000],
    [71_000, "一般所得Ⅱ", 20_000],
    [250_999, "一般所得Ⅱ", 20_000],
    [251_000, "上位所得", 30_000],
  ])("国保では、世帯の所得割を合わせて%i円なら%s", (levy, tier, cap) => {
    const members = [person({ tax: taxed(1_000) }), other({ tax: taxed(levy - 1_000) })];
    expect(capOf({ members })).toMatchObject({ known: true, tier, cap });
  });

  test("均等割だけの世帯も課税である", () => {
    const members = [person({ tax: tax({ assessment: "per-capita", perCapitaLevy: 5_000 }) })];
    expect(capOf({ members })).toMatchObject({ tier: "一般所得Ⅰ" });
  });

  test("被用者保険では、被保険者と本人の税だけを見る", () => {
    const members = [person(), other({ tax: taxed(300_000) })];
    expect(capOf({ insurance: "kyokai", members })).toMatchObject({ tier: "低所得Ⅰ" });
    const insured = [person(), other({ tax: taxed(300_000), insuredOrPatient: true })];
    expect(capOf({ insurance: "kyokai", members: insured })).toMatchObject({ tier: "上位所得" });
  });

  test.each([
    [809_000, "低所得Ⅰ", 2_500],
    [809_001, "低所得Ⅱ", 5_000],
  ])("非課税の世帯で、本人の収入が%i円なら%s", (income, tier, cap) => {
    const members = [
      person({
        tax: tax({
          totalIncome: 100_000,
          pensionReceipts: income - 150_000,
          otherBenefits: 50_000,
        }),
      }),
    ];
    expect(capOf({ members })).toMatchObject({ tier, cap });
  });

  test("18歳未満では、保護者の収入で低所得を分ける", () => {
    const members = [person(), other({ tax: tax({ totalIncome: 900_000 }) })];
    expect(capOf({ members, incomeOf: 1 })).toMatchObject({ tier: "低所得Ⅱ" });
  });

  test("高額かつ長期、人工呼吸器の上限になる。呼吸器が先に立つ", () => {
    const members = [person({ tax: taxed(300_000) })];
    expect(capOf({ members, longHighCost: true })).toMatchObject({ cap: 20_000 });
    expect(capOf({ members, longHighCost: true, ventilator: true })).toMatchObject({ cap: 1_000 });
  });

  test("生活保護は0円。移行防止では、前の階層を残して下げる", () => {
    expect(capOf({ welfare: true, members: [person({ tax: null })] })).toMatchObject({
      tier: "生活保護",
      cap: 0,
    });
    const lowered = capOf({
      members: [person({ tax: taxed(80_000) })],
      welfarePrevention: { tier: "低所得Ⅰ", mealExempt: true },
    });
    expect(lowered).toMatchObject({ tier: "低所得Ⅰ", tierBefore: "一般所得Ⅱ", cap: 2_500 });
  });

  test("所得を確認できないときは、市の定める階層になる", () => {
    expect(capOf({ incomeUnconfirmed: true, members: [person({ tax: null })] })).toMatchObject({
      tier: "上位所得",
      cap: 30_000,
    });
  });

  test.each([
    ["入力がない", null, "入力されていません"],
    ["年度が違う", tax({ fiscalYear: 2025 }), "令和7年度のものです"],
    ["未申告", tax({ assessment: "undeclared" }), "未申告です"],
  ])("世帯員の税に%sときは、決まらない", (_, its, why) => {
    const result = capOf({ members: [person(), other({ tax: its })] });
    expect(result.known).toBe(false);
    expect(result).toMatchObject({ reason: expect.stringContaining(`父`) });
    expect(result).toMatchObject({ reason: expect.stringContaining(why) });
  });

  test.each([
    ["2026-06-30", 2025],
    ["2026-07-01", 2026],
    ["2027-03-31", 2026],
  ] as const)("%sに見る税は%i年度", (on, year) => {
    expect(taxYearOn(on, 7)).toBe(year);
  });
});

describe("按分", () => {
  const upper = [person({ tax: taxed(300_000) })];
  test("同じ世帯の受給者の上限を合わせて、最も高い額になる", () => {
    const members = [...upper, other({ patient: { of: "pediatric", cap: 10_000 } })];
    const result = capOf({ members });
    expect(result).toMatchObject({ fullCap: 30_000, cap: 22_500, apportioned: true });
    expect(result.steps.find(({ label }) => label === "按分")?.value).toBe(
      "30,000円 × 30,000円 ÷ 40,000円（父 10,000円）",
    );
  });

  test("本人の小慢が同じ疾病なら小慢が先で、按分しない。違う疾病なら按分する", () => {
    const same = capOf({ members: upper, ownPediatric: { sameDisease: true, cap: 15_000 } });
    expect(same).toMatchObject({ cap: 30_000, apportioned: false });
    const another = capOf({ members: upper, ownPediatric: { sameDisease: false, cap: 15_000 } });
    expect(another).toMatchObject({ cap: 20_000, apportioned: true });
  });

  test("端数は市の定める単位で切り捨てる", () => {
    const members = [
      person({ tax: taxed(80_000) }),
      other({ patient: { of: "intractable", cap: 10_000 } }),
      other({ name: "母", patient: { of: "intractable", cap: 5_000 } }),
    ];
    expect(capOf({ members })).toMatchObject({ cap: 11_420 });
  });
});

describe("指定難病の一覧", () => {
  test("348の疾病があり、番号に抜けがない", () => {
    const all = diseasesOn("2026-11-20");
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 348 }, (_, n) => n + 1));
    expect(
      all.every(({ name, group }) => name === name.trim() && name !== "" && group !== ""),
    ).toBe(true);
    expect(diseaseOn(349, "2026-11-20")).toBeUndefined();
  });

  test("個人票の病名が、改称の前の名前や別の番号のものなら、そう告げる", () => {
    expect(nameRemark(63, "特発性血小板減少性紫斑病", "2026-11-20")).toContain(
      "名称が変わっています",
    );
    expect(nameRemark(6, "重症筋無力症", "2026-11-20")).toContain("告示番号は11です");
    expect(nameRemark(6, "パーキンソン", "2026-11-20")).toContain("確かめてください");
  });

  test("全角と半角の違いは、違う病名としない", () => {
    expect(nameRemark(66, "IgA腎症", "2026-11-20")).toBeUndefined();
    expect(nameRemark(6, "", "2026-11-20")).toBeUndefined();
  });
});

describe("臨床調査個人票", () => {
  const judged = (writtenOn: `${number}-${number}-${number}`, given = {}) =>
    recordFaults([{ disease: 6, writtenOn, denied: false, ...given }], {
      appliedOn: "2026-05-31",
      months: 3,
    }).map(({ reason }) => reason);
  test("申請日の3か月前の日まではよく、その前は古い。月末は詰める", () => {
    expect(judged("2026-02-28")).toEqual([]);
    expect(judged("2026-02-27")[0]).toContain("3か月前（令和8年2月28日）より前");
    expect(judged("2026-05-31")).toEqual([]);
    expect(judged("2026-06-01")).toEqual(["個人票の記載日が、申請日より後です。"]);
  });
  test("ない番号、すべて非認定", () => {
    expect(judged("2026-05-01", { disease: 400 })).toEqual(["告示番号400の指定難病はありません。"]);
    expect(judged("2026-05-01", { denied: true })).toEqual(["認定する疾病がありません。"]);
  });
});

describe("変更が効く日", () => {
  const day = (reportedOn: `${number}-${number}-${number}`, subject: "tier" | "disease" = "tier") =>
    termsFromDay(subject, { reportedOn, occursOn: "2026-11-10", entitledFrom: "2026-10-05" });
  test("階層は申請の翌月から。1日の申請はその月から", () => {
    expect(day("2026-11-20")).toBe("2026-12-01");
    expect(day("2026-11-01")).toBe("2026-11-01");
    expect(day("2026-11-30")).toBe("2026-12-01");
    expect(day("2026-12-31")).toBe("2027-01-01");
  });
  test("疾病は起きた日から。認定の始まりより前にはならない", () => {
    expect(day("2026-11-20", "disease")).toBe("2026-11-10");
    expect(
      termsFromDay("disease", {
        reportedOn: "2026-11-20",
        occursOn: "2026-09-01",
        entitledFrom: "2026-10-05",
      }),
    ).toBe("2026-10-05");
  });
});
