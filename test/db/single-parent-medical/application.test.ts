import { beforeAll, describe, expect, test } from "vitest";
import { makeLetter } from "#src/platform/applications/index.ts";
import { fireDeadlines, getCase } from "#src/platform/cases/index.ts";
import { printDocument } from "#src/platform/documents/index.ts";
import { runWork } from "#src/platform/work.ts";
import { singleParent } from "#src/programs/single-parent-medical/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  childOf,
  householdApplication,
  householdCounterOf,
  keyed,
  supporterOf,
} from "#test/support/household-counter.ts";
import type { Household } from "#test/support/households.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { makePersonNumber } from "#workflows/numbers/person-number.ts";

let platform: TestPlatform;
let counter: ReturnType<typeof householdCounterOf>;
beforeAll(async () => {
  platform = await openTestPlatform();
  counter = householdCounterOf(platform);
});

const reasonsFor = async (caseId: string, type: string) =>
  (await counter.view(caseId)).actions.find((action) => action.type === type)?.reasons;

describe("世帯の認定", () => {
  test("親と児童二人に、それぞれの番号・期間・受給者証が、一通の認定通知書とともに出る", async () => {
    const family = await counter.household([
      { birthDate: "2015-05-10" },
      { birthDate: "2020-07-07" },
    ]);
    const at = await counter.toIssued(family.mother, householdApplication(family));
    await counter.effects(at.caseId);
    const view = await counter.view(at.caseId);
    expect(view.stateTitle).toBe("証交付");
    const periods = new Map(
      view.entitlements.map((one) => [one.personNumber, `${one.validFrom} ${one.validTo}`]),
    );
    const [older = "", younger = ""] = family.children;
    expect(periods.get(family.mother)).toBe("2026-11-20 2039-03-31");
    expect(periods.get(older)).toBe("2026-11-20 2034-03-31");
    expect(periods.get(younger)).toBe("2026-11-20 2039-03-31");
    expect(new Set(view.entitlements.map((one) => one.recipientNumber)).size).toBe(3);
    expect(view.certificates).toHaveLength(3);
    expect(view.documents.map(({ kind }) => kind).sort()).toEqual([
      "certificate",
      "certificate",
      "certificate",
      "grant",
    ]);
    expect(view.members.map(({ role }) => role).sort()).toEqual([
      "applicant",
      "beneficiary",
      "beneficiary",
      "subject",
    ]);
  });

  test("認定通知書は、ひとりずつ氏名・番号・期間・自己負担を一度だけ記し、発行前の見本には「見本」と入る", async () => {
    const family = await counter.household([
      { birthDate: "2015-05-10" },
      { birthDate: "2020-07-07" },
    ]);
    const at = await counter.toApproval(family.mother, householdApplication(family));
    const preview = await counter.as("clerk2", async (work) =>
      makeLetter(work, singleParent, await getCase(work, at.caseId), "grant"),
    );
    const looked = (await textOfPages(preview.pdf)).join("");
    expect(looked).toContain("（付番前）");
    await counter.step("supervisor1", "approve", at);
    await counter.effects(at.caseId);
    const { documents, entitlements } = await counter.view(at.caseId);
    const [grant] = documents;
    expect(grant?.templateVersion).toBe("letters/approval v2");
    const { pdf } = await counter.as("clerk1", (work) => printDocument(work, grant?.id ?? ""));
    const text = (await textOfPages(pdf)).join("").replaceAll(/\s/g, "");
    const times = (part: string) => text.split(part).length - 1;
    for (const { recipientNumber } of entitlements) expect(times(recipientNumber)).toBe(1);
    expect(times("試験母子")).toBe(2); // the envelope's window and the table
    expect(times("試験子1")).toBe(1);
    expect(times("令和16年3月31日まで")).toBe(1);
    expect(times("市の定める額を除いた額を助成")).toBe(3);
    const letters = (page: string) => page.replaceAll(/[^見本]/g, "").length;
    expect(letters(looked)).toBeGreaterThan(letters(text) + 10);
  });

  test.each([
    { birthDate: "2008-04-01", disabled: false, to: undefined },
    { birthDate: "2009-04-02", disabled: false, to: "2028-03-31" },
    { birthDate: "2007-03-03", disabled: true, to: "2027-03-02" },
  ] as const)("$birthDate 生まれ（障害 $disabled）の児童は $to まで", async (child) => {
    const { birthDate, disabled, to } = child;
    const family = await counter.household([{ birthDate }]);
    const people = family.children.map((one) => childOf(one, { disabled }));
    const at = await counter.toExamination(family.mother, householdApplication(family, { people }));
    const { granting } = await counter.view(at.caseId);
    if (to === undefined) expect(granting).toMatchObject({ granted: false });
    else
      expect(granting).toMatchObject({
        granted: true,
        periods: expect.arrayContaining([
          expect.objectContaining({ personNumber: family.children[0], to }),
        ]),
      });
  });

  test("市外に住む児童は、別居と入力したときだけ認定できる", async () => {
    const family = await counter.household([
      {
        birthDate: "2011-05-10",
        residence: {
          from: "2011-05-10",
          fromReason: "birth",
          to: "2026-04-01",
          toReason: "move-out",
        },
      },
    ]);
    const enter = (apart: boolean) =>
      householdApplication(family, {
        people: family.children.map((one) => childOf(one, { apart })),
      });
    const at = await counter.toExamination(family.mother, enter(false));
    expect((await counter.view(at.caseId)).granting.granted).toBe(false);
    const again = await counter.step("clerk1", "enter", at, { input: enter(true) });
    expect((await counter.view(again.caseId)).granting.granted).toBe(true);
  });

  test("登録のない番号、申請者自身、同じ方の重複は、入力できない", async () => {
    const family = await counter.household();
    const at = await counter.open("clerk1", family.mother);
    const identified = await counter.step(
      "clerk1",
      "recordIdentity",
      { caseId: at.id, revision: 1 },
      {
        input: {
          subject: "applicant",
          method: "number-card",
          documents: [],
          mandateSeen: false,
        },
      },
    );
    const enter = (numbers: string[]) =>
      counter.step("clerk1", "enter", identified, {
        input: householdApplication(family, { people: numbers.map((one) => childOf(one)) }),
      });
    await expect(enter([makePersonNumber(999_999_998)])).rejects.toThrow(
      "住民記録に見つかりません",
    );
    await expect(enter([family.mother])).rejects.toThrow("申請者が、世帯のほかの方にも");
    const [child = ""] = family.children;
    await expect(enter([child, child])).rejects.toMatchObject({
      details: ["同じ方が二度入力されています。"],
    });
    await expect(enter([])).rejects.toMatchObject({
      details: ["対象の児童を1人以上選んでください。"],
    });
  });
});

describe("事由と書類", () => {
  test("障害の事由は、戸籍謄本のほかに障害者手帳か診断書が確認されるまで起案できない", async () => {
    const family = await counter.household();
    const category = { code: "disability", since: "2026-10-05" } as const;
    let at = await counter.toExamination(family.mother, householdApplication(family, { category }));
    at = await counter.step("clerk2", "confirm", at);
    at = await counter.step("clerk2", "confirmIncome", at);
    expect(await reasonsFor(at.caseId, "propose")).toEqual([
      "ひとり親の事由の証明書類が確認されていません。",
    ]);
    at = await counter.step("clerk2", "recordDocuments", at, {
      input: { "medical-certificate": "seen" },
    });
    expect(await reasonsFor(at.caseId, "propose")).toEqual([]);
  });
});

describe("所得の判定", () => {
  /** Two dependants: 2,840,000 yen for the parent, 3,120,000 for a supporter. */
  const examined = async (
    incomes: (family: Household) => readonly object[],
    withGrandfather = false,
  ) => {
    const family = await counter.household();
    const people = [
      ...family.children.map((one) => childOf(one)),
      ...(withGrandfather ? [supporterOf(family.grandfather)] : []),
    ];
    const application = householdApplication(family, { people });
    let at = await counter.toExamination(family.mother, application, incomes(family));
    at = await counter.step("clerk2", "confirm", at);
    return { family, at };
  };

  test("限度額に1円足りなければ認定でき、限度額ちょうどなら却下だけを起案できる", async () => {
    const below = await examined(({ mother }) => [keyed(mother, 2_839_999, 2)]);
    const confirmed = await counter.step("clerk2", "confirmIncome", below.at);
    expect(await reasonsFor(confirmed.caseId, "propose")).toEqual([]);

    const over = await examined(({ mother }) => [keyed(mother, 2_840_000, 2)]);
    let at = await counter.step("clerk2", "confirmIncome", over.at);
    expect(await reasonsFor(at.caseId, "propose")).toEqual([
      "所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。",
    ]);
    at = await counter.step("clerk2", "proposeRejection", at, { input: { reason: "income" } });
    at = await counter.step("clerk2", "requestDecision", at);
    at = await counter.step("supervisor1", "approve", at);
    await counter.effects(at.caseId);
    const view = await counter.view(at.caseId);
    expect(view.stateTitle).toBe("却下");
    expect(view.entitlements).toEqual([]);
    expect(view.documents.map(({ kind }) => kind)).toEqual(["rejection"]);
  });

  test("扶養義務者の所得も、その限度額に照らす", async () => {
    const { at } = await examined(
      ({ mother, grandfather }) => [keyed(mother), keyed(grandfather, 3_120_000, 2)],
      true,
    );
    const confirmed = await counter.step("clerk2", "confirmIncome", at);
    expect(await reasonsFor(confirmed.caseId, "propose")).toEqual([
      "所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。",
    ]);
  });

  test("所得の分からない方がいる間は、起案できない", async () => {
    const { family, at } = await examined(({ mother }) => [keyed(mother)], true);
    const confirmed = await counter.step("clerk2", "confirmIncome", at);
    expect(await reasonsFor(confirmed.caseId, "propose")).toEqual([
      "所得が確認できない世帯員がいます。",
    ]);
    const recorded = await counter.step("clerk2", "recordIncome", confirmed, {
      input: { people: [keyed(family.grandfather)] },
    });
    expect(await reasonsFor(recorded.caseId, "propose")).toEqual([
      "入力した所得が、別の職員によって確認されていません。",
    ]);
  });

  test("入力した所得は、入力した本人には確認できず、データベースも認めない", async () => {
    const { family, at } = await examined(({ mother }) => [keyed(mother)]);
    const again = await counter.step("clerk2", "recordIncome", at, {
      input: { people: [keyed(family.mother, 2_000_000)] },
    });
    await expect(counter.step("clerk2", "confirmIncome", again)).rejects.toThrow(
      "所得を入力した本人は確認できません。",
    );
    const rows = await platform.admin`
      select source, recorded_by, confirmed_by from intake.income where case_id = ${at.caseId} order by id`;
    expect(rows).toHaveLength(2);
    await expect(
      platform.admin`update intake.income set confirmed_by = recorded_by, confirmed_at = now() where case_id = ${at.caseId}`,
    ).rejects.toMatchObject({ constraint_name: "income_two_people" });
    const confirmed = await counter.step("clerk1", "confirmIncome", again);
    expect(await reasonsFor(confirmed.caseId, "propose")).toEqual([]);
  });

  test("養育費は、申告した額の8割を親の所得に加える", async () => {
    const family = await counter.household();
    const application = householdApplication(family, { childSupport: 1_000_000 });
    let at = await counter.toExamination(family.mother, application, [
      keyed(family.mother, 1_659_999, 1),
    ]);
    at = await counter.step("clerk2", "confirm", at);
    at = await counter.step("clerk2", "confirmIncome", at);
    expect(await reasonsFor(at.caseId, "propose")).toEqual([]);
    at = await counter.step("clerk2", "recordIncome", at, {
      input: { people: [keyed(family.mother, 1_660_000, 1)] },
    });
    at = await counter.step("clerk1", "confirmIncome", at);
    expect(await reasonsFor(at.caseId, "propose")).toEqual([
      "所得が限度額以上の方がいるため、認定できません。却下の起案をしてください。",
    ]);
  });

  test("所得を見ない方の所得は記録できず、税情報にない所得は税情報として記録できない", async () => {
    const { family, at } = await examined(({ mother }) => [keyed(mother)]);
    const record = (people: object[]) =>
      counter.step("clerk2", "recordIncome", at, { input: { people } });
    await expect(record([keyed(family.children[0] ?? "")])).rejects.toThrow("所得を見る方ではない");
    await expect(record([{ source: "tax-feed", personNumber: family.mother }])).rejects.toThrow(
      "税情報に所得のない方",
    );
  });
});

describe("所得の確認", () => {
  test("申請から外れた方の所得を入力していても、ほかの職員が入力した所得は確認できる", async () => {
    const family = await counter.household();
    const people = householdApplication(family).people;
    const whole = householdApplication(family, {
      people: [...people, supporterOf(family.grandfather)],
    });
    let at = await counter.toExamination(family.mother, whole, []);
    at = await counter.step("clerk2", "recordIncome", at, {
      input: { people: [keyed(family.grandfather)] },
    });
    at = await counter.step("clerk1", "recordIncome", at, {
      input: { people: [keyed(family.mother)] },
    });
    at = await counter.step("clerk1", "enter", at, { input: householdApplication(family) });
    await counter.step("clerk2", "confirmIncome", at);
    const rows = await platform.admin<{ person_number: string; confirmed: boolean }[]>`
      select person_number, confirmed_by is not null as confirmed from intake.income
       where case_id = ${at.caseId} order by id`;
    expect(rows.map((row) => [row.person_number, row.confirmed])).toEqual([
      [family.grandfather, false],
      [family.mother, true],
    ]);
  });
});

describe("照会", () => {
  const city = {
    subject: "tax",
    addressee: "例示市 市民税課",
    postalCode: "8100000",
    address: "見本県例示市中央1丁目99番9号",
  };
  const inquiring = async () => {
    const family = await counter.household();
    let at = await counter.toExamination(family.mother, householdApplication(family), []);
    at = await counter.step("clerk2", "confirm", at);
    at = await counter.step("clerk2", "inquire", at, { until: "2026-12-04", input: city });
    await counter.effects(at.caseId);
    return { family, at };
  };

  test("前住所地に照会書を送り、最後の回答で審査に戻る", async () => {
    const { at } = await inquiring();
    const asked = await counter.view(at.caseId);
    expect(asked.stateTitle).toBe("照会中");
    expect(asked.documents.map(({ kind }) => kind)).toEqual(["inquiry"]);
    expect(asked.deadline).toBe("2026-12-04");
    const [inquiry] = asked.inquiries;
    const answered = await counter.step("clerk2", "recordAnswer", at, {
      input: { inquiryId: inquiry?.id, answer: "給与所得 1,200,000円" },
    });
    const view = await counter.view(answered.caseId);
    expect(view.stateTitle).toBe("審査");
    expect(view.deadline).toBeUndefined();
    expect(view.inquiries[0]?.answer).toBe("給与所得 1,200,000円");
  });

  test("督促を作る前に回答があれば、督促は要らなくなり、そのことが経過に残る", async () => {
    const { at } = await inquiring();
    const today = platform.platform.clock.today();
    platform.platform.clock.moveTo("2026-12-05");
    expect(await fireDeadlines(platform.platform, await platform.system())).toBe(1);
    platform.platform.clock.moveTo(today);
    expect((await counter.view(at.caseId)).pending).toMatchObject([
      { params: { kind: "inquiry-reminder" } },
    ]);
    const { inquiries, found } = await counter.view(at.caseId);
    const [inquiry] = inquiries;
    const now = { caseId: at.caseId, revision: found.revision };
    await counter.step("clerk2", "recordAnswer", now, {
      input: { inquiryId: inquiry?.id, answer: "該当なし" },
    });
    expect(await counter.effects(at.caseId)).toEqual({ done: 0, failed: 0 });
    const view = await counter.view(at.caseId);
    expect(view.pending).toEqual([]);
    expect(view.lapsed).toMatchObject([{ kind: "inquiry-reminder" }]);
    expect(view.documents.map(({ kind }) => kind)).toEqual(["inquiry"]);
  });

  test("打ち切れば、次の照会の最後の回答で審査に戻る", async () => {
    const { at } = await inquiring();
    let now = await counter.step("clerk2", "closeInquiry", at);
    now = await counter.step("clerk2", "inquire", now, { until: "2026-12-11", input: city });
    const open = (await counter.view(at.caseId)).inquiries.find(({ closedOn }) => !closedOn);
    now = await counter.step("clerk2", "recordAnswer", now, {
      input: { inquiryId: open?.id, answer: "該当なし" },
    });
    expect((await counter.view(now.caseId)).stateTitle).toBe("審査");
  });
});

describe("支援措置", () => {
  test("児童のひとりが対象なら、住所を見られない職員には通知も証も作れず、画面の住所は伏せられる", async () => {
    const family = await counter.household([
      { birthDate: "2015-05-10" },
      { birthDate: "2020-07-07", protection: { from: "2026-04-01" } },
    ]);
    let at = await counter.toApproval(family.mother, householdApplication(family));
    const view = await counter.view(at.caseId);
    expect(view.isProtected).toBe(true);
    expect(view.entered?.applicant.address).toBe("非表示（支援措置）");
    at = await counter.step("supervisor1", "approve", at);
    await expect(counter.step("clerk1", "issue", at)).rejects.toMatchObject({ status: 403 });
    const issued = await counter.step("supervisor1", "issue", at);
    expect(issued.state).toBe("issued");
  });

  test("世帯の外の扶養義務者が対象でも、同じ申請の紙はすべて守られる", async () => {
    const family = await counter.household();
    const system = await platform.system();
    const elsewhere = await runWork(platform.platform, system, { purpose: "feed" }, (work) =>
      writePeople(work, [
        { record: invented({ birthDate: "1960-01-01", protection: { from: "2026-04-01" } }) },
      ]),
    );
    const people = [...family.children.map((one) => childOf(one)), supporterOf(elsewhere[0] ?? "")];
    const at = await counter.toApproval(family.mother, householdApplication(family, { people }), [
      keyed(family.mother),
      keyed(elsewhere[0] ?? ""),
    ]);
    expect((await counter.view(at.caseId)).isProtected).toBe(true);
    const approved = await counter.step("supervisor1", "approve", at);
    const { failed } = await counter.effects(approved.caseId);
    expect(failed).toBe(1);
  });
});

describe("他の課の情報", () => {
  const needed = (caseId: string) =>
    platform.admin<
      { kind: string; person_number: string }[]
    >`select kind, person_number from people.needed where case_id = ${caseId} and ended_on is null order by kind, person_number`;

  test("所得を見る方の税情報と、受給する方の福祉情報だけを求め、外れた方・終わった申請では求めない", async () => {
    const family = await counter.household();
    const withGrandfather = householdApplication(family, {
      people: [...family.children.map((one) => childOf(one)), supporterOf(family.grandfather)],
    });
    const at = await counter.toExamination(family.mother, withGrandfather, []);
    const numbers = async (kind: string) =>
      (await needed(at.caseId)).flatMap((row) => (row.kind === kind ? [row.person_number] : []));
    expect(await numbers("tax")).toEqual([family.mother, family.grandfather].sort());
    expect(await numbers("welfare")).toEqual([family.mother, ...family.children].sort());
    const without = await counter.step("clerk1", "enter", at, {
      input: householdApplication(family),
    });
    expect(await numbers("tax")).toEqual([family.mother]);
    await counter.step("clerk1", "withdraw", without);
    expect(await needed(at.caseId)).toEqual([]);
  });
});
