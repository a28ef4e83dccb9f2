import { describe, expect, it } from "vitest";
import { openChange, viewChange } from "#src/platform/applications/index.ts";
import type { ChangeOpening } from "#src/platform/applications/open.ts";
import { documentsOf } from "#src/platform/documents/index.ts";
import { matchSources } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { childMedicalChanges, openLosses } from "#src/programs/child-medical/index.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const test = await openTestPlatform();
const { platform } = test;
const { as, family, step, toIssued, effects, view } = counterOf(test);

describe("変更と喪失", () => {
  const opening = (grantingCaseId: string, given: Partial<ChangeOpening>): ChangeOpening => ({
    grantingCaseId,
    subject: "mailing",
    occursOn: "2026-12-01",
    origin: "report",
    idempotencyKey: `change-${grantingCaseId}-${given.subject}`,
    ...given,
  });

  /** The papers of a report once its effects are done. */
  const lettersAfter = async (caseId: string) => {
    expect(await effects(caseId)).toMatchObject({ failed: 0 });
    const kept = await as("clerk2", (work) => documentsOf(work, caseId));
    return kept.map(({ kind }) => kind);
  };

  it("新しい送付先は、別の職員が確認してから有効になる", async () => {
    const { caseId } = await toIssued(await family());
    const { found } = await as("clerk1", (work) =>
      openChange(work, childMedicalChanges, opening(caseId, {})),
    );
    const mailing = {
      name: "試験　祖母",
      postalCode: "8620903",
      address: "熊本市東区若葉１丁目１番",
      building: "",
      reason: "hospital",
    };
    let at: { caseId: string; revision: number } = { caseId: found.id, revision: 1 };
    at = await step("clerk1", "recordIdentity", at, {
      input: {
        subject: "applicant",
        method: "number-card",
        documents: [],
        mandateSeen: false,
      },
    });
    at = await step("clerk1", "enter", at, { input: { mailing } });
    at = await step("clerk1", "submit", at);
    await expect(step("clerk1", "apply", at)).rejects.toMatchObject({
      reasons: ["入力内容が別の職員によって確認されていません。"],
    });
    at = await step("clerk2", "confirm", at);
    expect(await step("clerk2", "apply", at)).toMatchObject({ state: "applied" });
    const page = await as("clerk2", (work) => viewChange(work, childMedicalChanges, found.id));
    expect(page.before.mailing).toBeNull();
    expect(page.after?.mailing).toEqual(mailing);
    expect(page.after?.insurance).toEqual(inventedApplication.insurance);
    expect((await view(caseId)).current?.mailing).toBeNull();
    platform.clock.moveTo("2026-12-01");
    const application = await view(caseId);
    expect(application.current?.mailing).toEqual(mailing);
    expect(await lettersAfter(found.id)).toEqual(["change"]);
    expect(application.records.map((row) => row.effectiveFrom)).toEqual([
      "2026-12-01",
      "2026-11-20",
    ]);
  });

  it("住民記録の取込みで届いた転出は喪失の届を開き、職員が確認して決裁する", async () => {
    const personNumber = await family({ sourceId: "S-mover" });
    const { caseId } = await toIssued(personNumber);
    const system = await test.system();
    const gone = invented({
      sourceId: "S-mover",
      birthDate: "2026-05-10",
      residence: {
        from: "2026-05-10",
        fromReason: "birth",
        to: "2026-12-10",
        toReason: "move-out",
      },
    });
    await runWork(platform, system, { purpose: "feed" }, async (work) => {
      const known = (await matchSources(work, ["S-mover"])).get("S-mover");
      return writePeople(work, [{ personNumber, key: known?.key, record: gone }]);
    });
    platform.clock.moveTo("2026-12-11");
    expect(await openLosses(platform, system)).toBe(1);
    expect(await openLosses(platform, system)).toBe(0);
    const [row] = await as(
      "clerk1",
      (work) => work.sql<{ id: string; revision: number }[]>`
      select id, revision from cases.case where kind = 'child-medical/change' and person_number = ${personNumber}`,
    );
    let at: { caseId: string; revision: number } = {
      caseId: row?.id ?? "",
      revision: row?.revision ?? 0,
    };
    at = await step("clerk1", "confirm", at);
    at = await step("clerk1", "requestDecision", at);
    await step("supervisor1", "approve", at);
    const page = await view(caseId);
    expect(page.entitlements[0]).toMatchObject({
      status: "lost",
      lossReason: "moved-out",
      lostOn: "2026-12-10",
      validTo: "2026-12-09",
    });
    expect(page.certificates[0]?.ending).toBe("lost-entitlement");
    expect(await lettersAfter(at.caseId)).toEqual(["loss"]);
    platform.clock.moveTo("2026-11-20");
  });
});
