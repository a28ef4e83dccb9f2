import { fireDeadlines } from "#src/platform/cases/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { inventedApplication } from "../counter.ts";
import type { TestPlatform } from "../database.ts";
import { type At, applicationsOf } from "./applications.ts";
import { mover, reportsOf } from "./reports.ts";

const { guardian, insurance, account } = inventedApplication;
const mailing = {
  name: "試験　祖母",
  postalCode: "8620903",
  address: "熊本市東区若葉１丁目１番",
  building: "見本荘１号",
};

/**
 * Cases of こども医療 in every state of both machines, made on three days. `names` tells by the id of a case what it is
 * there for; the test of the upgrade moves some of them on by that name.
 */
export function casesOf(test: TestPlatform) {
  const applications = applicationsOf(test);
  const { as, child, effects, step } = applications;
  const reports = reportsOf(test, applications);
  const names = new Map<string, string>();
  const name = async (what: string, made: Promise<At>): Promise<At> => {
    const at = await made;
    names.set(at.caseId, what);
    return at;
  };
  /** The same, with its letters made; elsewhere they wait in the outbox. */
  const withLetters = async (what: string, made: Promise<At>): Promise<At> => {
    const at = await name(what, made);
    await effects(at.caseId);
    return at;
  };

  /** Before the city has set anything for its papers. */
  async function firstDay() {
    const reported = await withLetters("証交付（変更届あり）", applications.issued(await child()));
    for (const { id } of await as("clerk1", (work) => documentsOf(work, reported.caseId)))
      await as("clerk1", (work) => printDocument(work, id));
    const reissued = await name("証交付（再交付）", applications.issued(await child()));
    const lost = await name("証交付（資格喪失）", applications.issued(await child()));
    await name("職権取消", revoked());
    await name("却下", rejected());
    const twice = await child();
    const given = await applications.proposed(twice);
    await name("取下げ", step("clerk1", "withdraw", given));
    await name("申請受付（取下げの後）", applications.received(twice));
    await name("審査（保留の期限切れ）", applications.held(await child(), "2026-11-06"));
    return { reported, reissued, lost };
  }

  async function revoked() {
    const at = await applications.certified(await child());
    const proposed = await step("supervisor1", "proposeRevocation", at, {
      input: { reason: "mistake" },
    });
    return step("supervisor2", "revoke", proposed);
  }

  const rejected = async () =>
    step("supervisor1", "approve", await applications.rejectionWaiting(await child()));

  /** A deadline has passed, certificates come and go, reports are applied. */
  async function secondDay({ reported, reissued, lost }: Awaited<ReturnType<typeof firstDay>>) {
    await fireDeadlines(test.platform, await test.system());
    let at = await step("clerk1", "reissue", reissued, { input: { reason: "lost" } });
    at = await step("clerk1", "returnCertificate", at);
    at = await step("clerk1", "reissue", at, { input: { reason: "damaged" } });
    await step("clerk1", "cancelCertificate", at);
    const changed = { ...insurance, insurerName: "見本健康保険組合" };
    const insured = { subject: "insurance", occursOn: "2026-11-10" } as const;
    await name("保険変更（反映済）", reports.applied(reported, insured, { insurance: changed }));
    const moved = { subject: "mailing", occursOn: "2026-12-01" } as const;
    await withLetters("送付先変更（反映済）", reports.applied(reported, moved, { mailing }));
    const loss = { reason: "welfare", occursOn: "2026-11-09" } as const;
    const waiting = await reports.lossWaiting(lost, loss);
    await name("喪失（反映済）", step("supervisor1", "approve", waiting));
  }

  /** What waits for somebody. */
  async function thirdDay() {
    await name("申請受付", applications.received(await child()));
    await name("本人確認（代理人）", applications.identified(await child()));
    await name("審査（確認前）", applications.unconfirmed(await child()));
    await name("審査（確認済）", applications.confirmed(await child()));
    await name("審査（差戻し）", remanded());
    await withLetters("保留", applications.held(await child(), "2026-12-04"));
    await name("起案", applications.proposed(await child()));
    await name("決裁（認定）", applications.waiting(await child()));
    await name("決裁（却下）", applications.rejectionWaiting(await child()));
    await name("認定", applications.certified(await child()));
    await name("取消の決裁", revocationWaiting());
    await hinderedPapers();
    await waitingReports();
  }

  const remanded = async () =>
    step("supervisor1", "remand", await applications.waiting(await child()));
  const revocationWaiting = async () =>
    step("supervisor1", "proposeRevocation", await applications.certified(await child()), {
      input: { reason: "fraud" },
    });

  /** Letters that were tried and could not be made. */
  async function hinderedPapers() {
    const hidden = await child({ protection: { from: "2026-06-01" } });
    await withLetters("認定（支援措置）", applications.certified(hidden));
    // 渡邉 with a variation that only IPAmj明朝 has.
    const rare = { kanji: "渡邉\u{e0102}　試子", kana: "ワタナベ　タメコ" };
    await withLetters("認定（外字）", applications.certified(await child({ name: rare })));
  }

  async function waitingReports() {
    const about = await name("認定（変更届あり）", applications.certified(await child()));
    const occursOn = "2026-11-20";
    const newGuardian = { guardian: { ...guardian, telephone: "096-111-1111" } };
    const newAccount = { account: account && { ...account, number: "7654321" } };
    await name("口座変更（届出受付）", reports.received(about, { subject: "account", occursOn }));
    await name(
      "保護者変更（確認前）",
      reports.unconfirmed(about, { subject: "guardian", occursOn }, newGuardian),
    );
    const other = await name("認定（喪失の決裁待ち）", applications.certified(await child()));
    await name(
      "口座変更（確認済）",
      reports.confirmed(other, { subject: "account", occursOn }, newAccount),
    );
    const refused = await reports.received(other, { subject: "guardian", occursOn });
    await name("保護者変更（取下げ）", step("clerk1", "withdraw", refused));
    const loss = { reason: "other", occursOn: "2026-12-31" } as const;
    await name("喪失（決裁）", reports.lossWaiting(other, loss));
    await name("認定（転出）", applications.certified(await child(mover)));
    const residence = { ...mover.residence, to: "2026-11-21", toReason: "move-out" } as const;
    await name("喪失（住民記録から）", reports.foundInTheRegister({ ...mover, residence }));
  }

  return { names, firstDay, secondDay, thirdDay };
}
