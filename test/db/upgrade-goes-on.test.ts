import { describe, expect, test } from "vitest";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { fireDeadlines, runEffects } from "#src/platform/cases/index.ts";
import { makeRun } from "#src/platform/mailings/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openLosses } from "#src/programs/child-medical/index.ts";
import { reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { textOfPages } from "#test/documents/render.ts";
import { counterOf } from "#test/support/counter.ts";
import { words } from "#test/support/dump/mailings.ts";
import { expectedOf, openUpgraded } from "#test/support/load-dump.ts";

const release = "2026-11";
const { expected, at } = await expectedOf(release);
const old = await openUpgraded(release, "2026-11-20");
const { step, effects, toIssued, view } = counterOf(old);

describe("前の版で始めた手続きは、そのまま先へ進む", () => {
  test("審査中の申請は、別の職員が確認して起案できる", async () => {
    const confirmed = await step("clerk2", "confirm", at("審査（確認前）"));
    expect(await step("clerk2", "propose", confirmed)).toMatchObject({
      state: "proposed",
    });
    const again = at("審査（差戻し）");
    expect(await step("clerk2", "propose", again)).toMatchObject({ state: "proposed" });
  });

  test("入力した本人や起案した本人は、前の版のときと同じく断られる", async () => {
    const own = step("supervisor1", "revoke", at("取消の決裁"));
    await expect(own).rejects.toMatchObject({ reasons: ["起案した本人は決裁できません。"] });
    await step("supervisor2", "revoke", at("取消の決裁"));
  });

  test("決裁待ちの申請は決裁でき、通知書が続きの番号で出て、資格と受給者番号が付く", async () => {
    const granted = await step("supervisor1", "approve", at("決裁（認定）"));
    expect(await effects(granted.caseId)).toEqual({ done: 1, failed: 0 });
    const page = await view(granted.caseId);
    expect(page).toMatchObject({ stateTitle: "認定", entitlements: [{ status: "granted" }] });
    const last = expected.numbers.recipients.at(-1)?.recipient_number ?? "";
    expect(Number(page.entitlements[0]?.recipientNumber.slice(0, 6))).toBe(
      Number(last.slice(0, 6)) + 1,
    );
    expect(page.documents.map(({ number }) => number)).toEqual([
      nextAfter("熊こ医第", "child-medical.document"),
    ]);
    const refused = await step("supervisor1", "approve", at("決裁（却下）"));
    expect(refused).toMatchObject({ state: "rejected" });
  });

  test("認定済みの申請は、受給者証を続きの番号で交付できる", async () => {
    const issued = await step("clerk1", "issue", at("認定"));
    const page = await view(issued.caseId);
    expect(page.certificates).toMatchObject([{ issue: 1, reason: "first", ending: null }]);
    expect(page.documents.map(({ number }) => number)).toEqual([
      nextAfter("熊こ医証第", "child-medical.certificate"),
    ]);
    const again = at("証交付（再交付）");
    await step("clerk1", "reissue", again, { input: { reason: "other" } });
    expect((await view(again.caseId)).certificates[0]).toMatchObject({ issue: 4, ending: null });
  });

  test("支援措置の子の証は、住所を見てよい職員だけが作れる", async () => {
    const hidden = at("認定（支援措置）");
    const refused = step("clerk1", "issue", hidden);
    await expect(refused).rejects.toMatchObject({ status: 403 });
    expect(await step("supervisor1", "issue", hidden)).toMatchObject({
      state: "issued",
    });
  });

  test("変更届は反映でき、喪失届は決裁でき、転出は二度開かれない", async () => {
    await step("clerk2", "apply", at("口座変更（確認済）"));
    const { caseId } = at("認定（喪失の決裁待ち）");
    expect((await view(caseId)).current?.account).toMatchObject({ number: "7654321" });
    await step("supervisor1", "approve", at("喪失（決裁）"));
    expect((await view(caseId)).entitlements).toMatchObject([
      { status: "lost", lossReason: "other", validTo: "2026-12-30" },
    ]);
    expect(await openLosses(old.platform, await old.system())).toBe(0);
    const moved = await step("clerk1", "confirm", at("喪失（住民記録から）"));
    const asked = await step("clerk1", "requestDecision", moved);
    await step("supervisor1", "approve", asked);
  });

  test("職権取消の後の子も、もう一度申請でき、受給者番号は変わらない", async () => {
    const { caseId } = at("職権取消");
    const before = await view(caseId);
    const again = await toIssued(before.found.personNumber);
    expect(Number(again.number.slice(3))).toBe(Object.keys(expected.cases).length + 1);
    expect((await view(again.caseId)).entitlements[0]?.recipientNumber).toBe(
      before.entitlements[0]?.recipientNumber,
    );
  });

  test("待っていた通知書は、印字や住所を見られないものを除き、どの種類も作られる", async () => {
    expect(await runEffects(old.platform, await old.system())).toMatchObject({ failed: 2 });
    const kinds = await old.admin<{ kind: string }[]>`
      select distinct kind from documents.document order by kind`;
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "certificate",
      "change",
      "grant",
      "hold",
      "loss",
      "rejection",
      "revocation",
    ]);
  });

  test("承認だけされていた一括発送は、承認したときの帳票の設定で作られる", async () => {
    const [run] = await old.admin<{ id: string; serial: number }[]>`
      select id, serial from mailings.batch_run where state = 'approved'`;
    await makeRun({
      platform: old.platform,
      actor: await old.system(),
      options: { purpose: "mailing", program: "vaccination", reason: "task" },
      runId: run?.id ?? "",
    });
    const made = await old.admin<{ number: string }[]>`
      select number from vaccination.coupon where run_id = ${run?.id ?? ""}`;
    expect(made).toHaveLength(3);
    const pdf = await runWork(
      old.platform,
      await old.actor("clerk1"),
      { purpose: "counter", program: "vaccination" },
      (work) => reprintInOffice(work, made[0]?.number ?? "", "lost"),
    );
    expect((await textOfPages(pdf)).join()).toContain(words.second.trim());
  });

  test("補正期限の過ぎた保留は、審査に戻る", async () => {
    old.platform.clock.moveTo("2026-12-05");
    expect(await fireDeadlines(old.platform, await old.system())).toBe(1);
    expect((await view(at("保留").caseId)).stateTitle).toBe("審査");
  });

  test("監査記録は、続けて封印され、書かれたとおりである", async () => {
    await sealRecords(old.platform);
    const publicKey = publicHalf(old.platform.keys.signingKey);
    const { dataFolder } = old.platform;
    expect(await verifyAudit((read) => read(old.admin), { dataFolder, publicKey })).toMatchObject({
      faults: [],
      unsealed: 0,
    });
  });
});

/** The number that a paper gets that is the next of its series. */
function nextAfter(prefix: string, series: string): string {
  const counted = expected.numbers.counters.find((row) => row.series === series);
  return `${prefix}R8-${String(Number(counted?.last) + 1).padStart(6, "0")}号`;
}
