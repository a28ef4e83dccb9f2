import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { importFile } from "#src/platform/feeds/index.ts";
import { openLosses, openProposals } from "#src/programs/single-parent-medical/index.ts";
import { fileOf, residentsFeed, smallCity } from "#test/db/feeds/support.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  childOf,
  householdApplication,
  householdCounterOf,
  insuredSince,
} from "#test/support/household-counter.ts";
import { singleParentIn } from "#test/support/single-parent-in-register.ts";

let platform: TestPlatform;
let counter: ReturnType<typeof householdCounterOf>;
beforeAll(async () => {
  platform = await openTestPlatform();
  counter = householdCounterOf(platform);
});

/** A household whose certificates were issued on 2026-11-20; today is 2026-12-15. */
async function entitled(births: readonly string[] = ["2015-05-10", "2018-07-07"]) {
  platform.platform.clock.moveTo("2026-11-20");
  const family = await counter.household(
    births.map((birthDate) => ({ birthDate: birthDate as `${number}-${number}-${number}` })),
  );
  const at = await counter.toIssued(family.mother, householdApplication(family));
  platform.platform.clock.moveTo("2026-12-15");
  return { family, caseId: at.caseId };
}

const losses = async () => openLosses(platform.platform, await platform.system());
const proposals = async () => openProposals(platform.platform, await platform.system());
/** Reports that were opened on an application, by what they are about. */
const reportsOn = (caseId: string) => platform.admin<
  { id: string; revision: number; state: string; about: string; occurs_on: string }[]
>`select c.id, c.revision, c.state, h.subject || coalesce(' ' || h.reason, '') as about, h.occurs_on::text
    from entitlements.change h join cases.case c on c.id = h.case_id
   where h.granting_case_id = ${caseId} and h.origin = 'register' order by c.number`;
const aboutOf = async (caseId: string) =>
  (await reportsOn(caseId)).map(({ about, occurs_on }) => `${about} ${occurs_on}`);

const moveOut = (on: string) => ({
  residence: {
    from: "1990-04-01",
    fromReason: "birth",
    to: on as `${number}-${number}-${number}`,
    toReason: "move-out",
  } as const,
});

describe("住民記録の異動による喪失の提案", () => {
  test("親が転出すれば世帯の喪失をひとつだけ開き、職員の確認と決裁で全員が終わる", async () => {
    const { family, caseId } = await entitled();
    for (const one of [family.mother, ...family.children])
      await counter.registerAnew(one, moveOut("2026-12-01"));
    expect(await losses()).toBe(1);
    expect(await losses()).toBe(0);
    expect(await aboutOf(caseId)).toEqual(["household-loss moved-out 2026-12-01"]);
    const [report] = await reportsOn(caseId);
    let at = { caseId: report?.id ?? "", revision: report?.revision ?? 0 };
    expect(report?.state).toBe("examination");
    at = await counter.step("clerk1", "confirm", at);
    at = await counter.step("clerk1", "requestLoss", at);
    await counter.step("supervisor1", "approve", at);
    const { entitlements } = await counter.view(caseId);
    expect(entitlements.map(({ validTo }) => validTo)).toEqual(Array(3).fill("2026-11-30"));
  });

  test("児童のひとりが亡くなれば、その児童の喪失を開く", async () => {
    const { family, caseId } = await entitled();
    const [older = ""] = family.children;
    await counter.registerAnew(older, { diedOn: "2026-12-03" });
    expect(await losses()).toBe(1);
    expect(await aboutOf(caseId)).toEqual(["child-loss died 2026-12-04"]);
  });

  test("ただひとりの児童が転出すれば、世帯の喪失を開く", async () => {
    const { family, caseId } = await entitled(["2015-05-10"]);
    await counter.registerAnew(family.children[0] ?? "", moveOut("2026-12-05"));
    expect(await losses()).toBe(1);
    expect(await aboutOf(caseId)).toEqual(["household-loss no-child 2026-12-05"]);
  });

  test("終期の遅い児童が先に終わると、残った児童の終わりの翌日に、親の喪失を開く", async () => {
    const { family, caseId } = await entitled(["2008-05-10", "2018-07-07"]);
    const [, younger = ""] = family.children;
    const report = await counter.report(caseId, {
      subject: "child-loss",
      occursOn: "2026-12-10",
      reason: "facility",
      personNumber: younger,
    });
    let at = await counter.toConfirmed(report);
    at = await counter.step("clerk2", "requestLoss", at);
    await counter.step("supervisor1", "approve", at);
    expect(await losses()).toBe(0);
    platform.platform.clock.moveTo("2027-04-02");
    expect(await losses()).toBe(1);
    expect(await aboutOf(caseId)).toEqual(["household-loss no-child 2027-04-01"]);
  });

  test("取り下げた届のあとにも同じことが住民記録にあれば、黙って繰り返さない", async () => {
    const { family, caseId } = await entitled(["2015-05-10"]);
    await counter.registerAnew(family.mother, moveOut("2026-12-05"));
    expect(await losses()).toBe(1);
    const [report] = await reportsOn(caseId);
    await counter.step("clerk1", "withdraw", {
      caseId: report?.id ?? "",
      revision: report?.revision ?? 0,
    });
    expect(await losses()).toBe(0);
  });
});

describe("住民記録の異動による届出の提案", () => {
  test("認定された世帯に子が生まれると児童の追加をひとつ開き、健康保険を入力して認定できる", async () => {
    const { family, caseId } = await entitled();
    const born = await counter.join(family.householdNumber, {
      birthDate: "2026-12-02",
      residence: { from: "2026-12-02", fromReason: "birth" },
      name: { kanji: "試験　新", kana: "シケン　アラタ" },
    });
    expect(await proposals()).toBe(1);
    expect(await proposals()).toBe(0);
    expect(await aboutOf(caseId)).toEqual(["child-addition 2026-12-02"]);
    const [report] = await reportsOn(caseId);
    let at = { caseId: report?.id ?? "", revision: report?.revision ?? 0 };
    at = await counter.step("clerk1", "enter", at, {
      input: { child: childOf(born, insuredSince("2026-12-02")) },
    });
    at = await counter.step("clerk1", "recordDocuments", at, {
      input: { "insurance-proof": "seen" },
    });
    at = await counter.step("clerk2", "confirm", at);
    at = await counter.step("clerk2", "requestAddition", at);
    await counter.step("supervisor1", "approve", at);
    const { entitlements } = await counter.view(caseId);
    expect(entitlements.map((one) => one.personNumber)).toContain(born);
  });

  test("氏名と住所の変わった方には、反映されたファイルごとに一度、証の作り直しを提案する", async () => {
    platform.platform.clock.moveTo("2026-11-20");
    const operator = await platform.actor("operator1");
    const people = { preparer: operator, committer: await platform.actor("supervisor1") };
    const city = await smallCity(600);
    await importFile(platform.platform, people, residentsFeed, city.residents.path);
    const family = await singleParentIn(platform.platform, operator, city);
    const { parent, children, heading, changed } = family;
    const application = householdApplication({
      children: children.map(({ personNumber }) => personNumber),
    });
    const issued = await counter.toIssued(parent.personNumber, application);

    const moved = { 番地: "９番９号", 異動事由: "03", 異動日: "20261121" };
    const file = join(await mkdtemp(join(tmpdir(), "diff-")), "residents-20261121-diff-0002.csv");
    await writeFile(
      file,
      fileOf([
        heading,
        changed(parent.cells, moved),
        ...children.map(({ cells }, at) =>
          changed(
            cells,
            at === 0 ? { ...moved, 氏名: "新姓　葵", 氏名カナ: "シンセイ　アオイ" } : moved,
          ),
        ),
      ]),
    );
    platform.platform.clock.moveTo("2026-11-21");
    await importFile(platform.platform, people, residentsFeed, file);
    expect(await proposals()).toBe(2);
    expect(await proposals()).toBe(0);
    expect((await aboutOf(issued.caseId)).map((about) => about.split(" ")[0]).sort()).toEqual([
      "address",
      "name",
    ]);
    const report = (await reportsOn(issued.caseId)).find(({ about }) => about === "address");
    let at = { caseId: report?.id ?? "", revision: report?.revision ?? 0 };
    const { after } = await counter.viewReport(at.caseId);
    expect(after?.applicant.address).toContain("９番９号");
    at = await counter.step("clerk1", "confirm", at);
    at = await counter.step("clerk1", "apply", at);
    await counter.step("clerk1", "issue", at);
    const { certificates } = await counter.view(issued.caseId);
    expect(certificates.filter(({ ending }) => ending === "replaced")).toHaveLength(family.size);
  });
});
