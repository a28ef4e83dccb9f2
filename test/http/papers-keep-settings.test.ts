import { beforeAll, describe, expect, test } from "vitest";
import { approvalNotice } from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { makeLetter } from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { createRun, previewRun } from "#src/platform/mailings/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { issueInOffice, reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { reprintMailing, reprintOrder } from "#src/programs/vaccination/reprint-mailing.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { formSettingsOf, intro, seal } from "#test/support/form-settings.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const { propose, inForce } = formSettingsOf({ visitor });
const counter = counterOf(city);
const mail = await mailingsOf(city);
const changed = "帳票の設定が変わりました。見本をもう一度確かめてください。";

describe("設定と発行した帳票", () => {
  test("承認した後の通知は新しい文言と公印で出て、先に発行した通知は発行したときのまま", async () => {
    const first = await counter.toIssued(await counter.family());
    await counter.effects(first.caseId);
    const letter = (caseId: string) =>
      counter.as("clerk1", async (work) => {
        const found = (await documentsOf(work, caseId)).find(({ kind }) => kind === "grant");
        return printDocument(work, found?.id ?? "");
      });
    const read = async (caseId: string) => (await letter(caseId)).pdf;
    const shown = async (caseId: string) => {
      const { document } = await letter(caseId);
      return (await (await visitor("clerk1")).get(`/child-medical/documents/${document.id}`)).text;
    };
    const before = await read(first.caseId);
    const setting = await inForce("child-medical", {
      [intro]: "　{program}の申請を認めましたので、ご案内します。",
      sealKept: seal(40),
    });
    const second = await counter.toIssued(await counter.family());
    await counter.effects(second.caseId);
    const [old = ""] = await textOfPages(before);
    expect(old).toContain("公印省略");
    expect(old).toContain("次のとおり認定しました");
    expect(Buffer.from(await read(first.caseId)).equals(Buffer.from(before))).toBe(true);
    const [now = ""] = await textOfPages(await read(second.caseId));
    expect(now).toContain("こども医療費助成の申請を認めましたので、ご案内します。");
    expect(now).toContain("見本市長");
    expect(now).not.toContain("公印省略");
    const version = `第${approvalNotice.version}版`;
    expect(await shown(first.caseId)).toContain(`${version}・付属の文言`);
    expect(await shown(second.caseId)).toContain(
      `${version}・<a href="/form-settings/proposals/${setting}">帳票の設定 第${setting}号</a>`,
    );
  });

  test("文書は、承認されていない設定や、ほかの事務の設定を名乗れない", async () => {
    const { path, preparer } = await propose("child-medical", { issuerName: "未承認　太郎" });
    const others = await inForce("vaccination", { issuerName: "ほか　太郎" });
    const { caseId } = await counter.toIssued(await counter.family());
    const named = (setting: number | string) =>
      counter.as("clerk1", ({ sql }) =>
        sql.unsafe(
          `insert into documents.document (number, program, kind, template_version, form_setting_id, case_id, person_number,
             office_code, sealed_id, sha256, issued_on)
           select '第R8-' || lpad(cases.next_number('child-medical.document', 2026)::text, 6, '0') || '号', program, 'grant', template_version, ${setting}, case_id, person_number,
             office_code, sealed_id, sha256, issued_on from documents.document where case_id = '${caseId}' limit 1`,
        ),
      );
    for (const setting of [Number(path.split("/").at(-1)), others])
      await expect(named(setting)).rejects.toMatchObject({ code: "42501" });
    expect(await named("null")).toMatchObject({ count: 1 });
    await preparer.post(`${path}/retraction`);
  });

  test("見本を見た後に設定が変わったら、決裁を止めて見本をもう一度確かめてもらう", async () => {
    const at = await counter.toApproval(await counter.family());
    const url = `/child-medical/cases/${at.caseId}`;
    const supervisor = await visitor("supervisor1");
    const decide = async () => {
      const { text } = await supervisor.get(`${url}/decision`);
      const paper = /name="paper" value="([^"]+)"/.exec(text)?.[1] ?? "";
      return (key: string) =>
        supervisor.post(`${url}/step`, {
          event: "approve",
          revision: String(at.revision),
          key,
          paper,
        });
    };
    const before = await decide();
    await inForce("child-medical", { [intro]: "　{program}を認めましたので、お送りします。" });
    const stopped = await before("before");
    expect(stopped.status).toBe(409);
    expect(stopped.text).toContain(changed);
    expect(stopped.text).toContain("この内容で決裁する");
    expect((await (await decide())("after")).status).toBe(303);
  });

  test("縮退を認めた帳票だけは、印字できない異体字を置き換えて発行する", async () => {
    const number = await counter.family({ name: { kanji: "試験　葛󠄂子", kana: "シケン　カツコ" } });
    const at = await counter.toApproval(number);
    const letter = () =>
      counter.as("clerk1", async (work) => {
        return makeLetter(work, childMedical, await getCase(work, at.caseId), "grant");
      });
    await expect(letter()).rejects.toThrow("印字できない文字");
    await inForce("child-medical", { "reduce.letters/approval": "name" });
    const [page = ""] = await textOfPages((await letter()).pdf);
    expect(page).toContain("葛");
  });
});

describe("設定と接種券", () => {
  let numbers: string[];
  beforeAll(async () => {
    numbers = await mail.enter(oneYearOlds(6));
  });
  const coupon = (words: string) => ({ "wording.vaccination/coupon.intro": `　${words}` });
  const firstPage = async (files: ReadonlyMap<string, Buffer>) => {
    const [line] = indexOf(files);
    const [page = ""] = await textOfPages(files.get(line?.file ?? "") ?? Buffer.alloc(0));
    return page;
  };

  test("承認した一括発送は、設定と様式が変わった後も、承認したときのもので作る", async () => {
    await inForce("vaccination", coupon("はじめの案内です。"));
    const run = await mail.approved(await mail.extracted());
    expect(run.templateVersion).toBe(`vaccination/coupon v${vaccinationCoupon.version}`);
    // As an earlier program would have pinned it.
    await city.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update mailings.batch_run set template_version = 'vaccination/coupon v1' where id = ${run.id}`;
    });
    await inForce("vaccination", coupon("つぎの案内です。"));
    const [preview = ""] = await textOfPages(
      await mail.as("supervisor1", (work) => previewRun(work, run.id, 1)),
    );
    expect(preview).toContain("はじめの案内です。");
    await mail.make(run);
    const page = await firstPage(await mail.open(run));
    expect(page).toContain("はじめの案内です。");
    expect(page).toContain("vaccination/coupon v1");
    const [row] = await city.admin<{ template_version: string; form_setting_id: number }[]>`
      select distinct template_version, form_setting_id from vaccination.coupon where run_id = ${run.id}`;
    expect(row).toEqual({
      template_version: "vaccination/coupon v1",
      form_setting_id: run.formSettingId,
    });
  });

  test("承認の後は、様式の版も設定も書き換えられず、承認の前には決められない", async () => {
    const change = (id: string) =>
      mail.as("operator1", (work) =>
        work.sql.unsafe(
          `update mailings.batch_run set template_version = 'x', form_setting_id = null where id = '${id}'`,
        ),
      );
    const run = await mail.extracted({ vaccines: ["vzv"] });
    await expect(change(run.id)).rejects.toMatchObject({ code: "42501" });
    await expect(change((await mail.approved(run)).id)).rejects.toMatchObject({ code: "42501" });
  });

  test("再印刷した接種券は、設定が変わった後も発行したときと一バイトも違わない", async () => {
    const person = numbers[0] ?? "";
    const { number, pdf } = await mail.as("clerk1", (work) =>
      issueInOffice(work, person, "hepb:1").catch(() => issueInOffice(work, person, "vzv:1")),
    );
    expect((await textOfPages(pdf))[0]).toContain("つぎの案内です。");
    await inForce("vaccination", coupon("三つめの案内です。"));
    const again = await mail.as("clerk1", (work) => reprintInOffice(work, number, "spoilt"));
    expect(Buffer.from(again).equals(Buffer.from(pdf))).toBe(true);
  });

  test("一つの再印刷の便に、設定の違う接種券が、それぞれ発行したときの姿で入る", async () => {
    const issued = await city.admin<{ number: string }[]>`
      select distinct on (template_version, form_setting_id) number from vaccination.coupon where state = 'issued'`;
    expect(issued.length).toBeGreaterThan(1);
    const run = await mail.as("operator1", (work) =>
      createRun(work, {
        kind: reprintMailing.id,
        contractorId: mail.contractorId,
        ...reprintOrder(
          issued.map(({ number }) => number),
          "lost",
        ),
      }),
    );
    const done = await mail.make(await mail.approved(await mail.extract(run)));
    expect(done.run.templateVersion).toBeNull();
    const files = await mail.open(run);
    const [line] = indexOf(files);
    const pages = await textOfPages(files.get(line?.file ?? "") ?? Buffer.alloc(0));
    expect(pages).toHaveLength(issued.length);
    expect(pages.filter((page) => page.includes("はじめの案内です。"))).toHaveLength(1);
    expect(pages.filter((page) => page.includes("つぎの案内です。"))).toHaveLength(1);
    expect(pages.some((page) => page.includes("三つめ"))).toBe(false);
  });

  test("見本を見た後に設定が変わったら、承認を止めて見本をもう一度確かめてもらう", async () => {
    const run = await mail.step("operator1", await mail.extracted({ vaccines: ["vzv"] }), "submit");
    const url = `/vaccination/mailings/${run.id}`;
    const supervisor = await visitor("supervisor1");
    const paperOf = (text: string) => /name="paper" value="([^"]+)"/.exec(text)?.[1] ?? "";
    const approveWith = (paper: string) =>
      supervisor.post(`${url}/steps/approve`, { revision: String(run.revision), paper });
    const seen = paperOf((await supervisor.get(url)).text);
    const setting = await inForce("vaccination", coupon("承認の直前に変わった案内です。"));
    const stopped = await approveWith(seen);
    expect(stopped.status).toBe(409);
    expect(stopped.text).toContain(changed);
    expect(stopped.text).toContain(`帳票の設定 第${setting}号`);
    expect(stopped.text).toContain("承認したときに決まります");
    for (const other of ["", seen.replace(/v\d+/, "v0")])
      expect((await approveWith(other)).status).toBe(409);
    expect((await approveWith(paperOf(stopped.text))).status).toBe(303);
    const [row] =
      await city.admin`select form_setting_id from mailings.batch_run where id = ${run.id}`;
    expect(row).toEqual({ form_setting_id: setting });
  });
});
