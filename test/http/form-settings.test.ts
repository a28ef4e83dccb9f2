import { PNG } from "pngjs";
import { beforeAll, describe, expect, test } from "vitest";
import { vaccinationCoupon } from "#forms/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { previewRun } from "#src/platform/mailings/index.ts";
import { runWork } from "#src/platform/work.ts";
import { makeLetter } from "#src/programs/child-medical/index.ts";
import {
  createReprintRun,
  issueInOffice,
  reprintInOffice,
} from "#src/programs/vaccination/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const counter = counterOf(city);
const mail = await mailingsOf(city);

/** A seal of one colour, so that each one is another file. */
function seal(shade: number, side = 200): string {
  const image = new PNG({ width: side, height: side });
  image.data.fill(shade);
  return PNG.sync.write(image).toString("base64");
}

const issuer = { issuerTitle: "見本市長", issuerName: "見本　花子" };
const intro = "wording.letters/approval.intro";

/** Somebody proposes, and the page of the proposal answers. */
async function propose(program: string, fields: Record<string, string>) {
  const preparer = await visitor("scheme1");
  await preparer.get(`/form-settings/${program}/new`);
  const sent = await preparer.post(`/form-settings/${program}/new`, {
    ...issuer,
    validFrom: "R8.11.20",
    ...fields,
  });
  return { preparer, sent, path: String(sent.headers.location ?? "") };
}

async function approve(path: string, who: TestStaff = "supervisor1") {
  const approver = await visitor(who);
  await approver.get(path);
  return approver.post(`${path}/decision`, { decision: "approved" });
}

async function inForce(program: string, fields: Record<string, string>): Promise<void> {
  const { path } = await propose(program, fields);
  expect((await approve(path)).status).toBe(303);
}

describe("帳票の設定の起案", () => {
  test("ない差し込みは、その文の欄で断り、入力したものは残る", async () => {
    const { sent } = await propose("child-medical", {
      [intro]: "　{program}を、{sum}円で認めます。",
      "wording.letters/rejection.closing": "　窓口でご相談ください。",
      sealKept: seal(10),
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain("この文に差し込み {sum} はありません。使えるのは {program} です。");
    expect(sent.text).toContain(`href="#field-${intro}"`);
    expect(sent.text).toContain("　窓口でご相談ください。");
    expect(sent.text).toContain(`name="sealKept" value="${seal(10)}"`);
  });

  test.each([
    [{ issuerName: "" }, "発行者の氏名を入力してください。"],
    [{ [intro]: "　{プログラム}を認めます。" }, "差し込みだけに使えます"],
    [{ [intro]: "　認めます😀" }, "印字できない文字があります（U+1F600）"],
    [{ [intro]: "長".repeat(601) }, "600文字以内で入力してください（いま601文字）"],
    [{ "wording.child-medical/certificate.use": "長い文です。".repeat(99) }, "枠に収まりません"],
    [{ "wording.child-medical/certificate.band": "blue" }, "色は #dbedf7 のように"],
    [{ validFrom: "R8.11.19" }, "適用開始日は、今日か後の日に"],
    [{ validFrom: "あした" }, "適用開始日を入力してください。"],
    [{ sealKept: Buffer.from("GIF89a").toString("base64") }, "PNG形式の画像を選んでください。"],
    [{ sealKept: seal(10, 20) }, "150から2000画素にしてください（いま 20 × 20）"],
    [
      { sealKept: Buffer.from(seal(1), "base64").subarray(0, 60).toString("base64") },
      "画像を読み取れません",
    ],
    [{ reduceTo: "髙 高 高" }, "「髙 高 高」を確かめてください"],
  ] satisfies [Record<string, string>, string][])("%o は断る", async (fields, message) => {
    const { sent } = await propose("child-medical", fields);
    expect(sent.status).toBe(422);
    expect(sent.text).toContain(message);
  });

  test("何も変えない起案、承認待ちがあるときの起案は断る", async () => {
    const same = await propose("vaccination", {
      issuerTitle: "熊本市長",
      issuerName: "実証　太郎",
    });
    expect(same.sent.text).toContain("いまの設定から変わったところがありません。");
    const first = await propose("vaccination", {});
    expect((await first.preparer.get("/form-settings/vaccination/new")).status).toBe(409);
    const second = await propose("vaccination", { issuerName: "見本　次郎" });
    expect(second.sent.text).toContain("この事務には、承認を待っている設定があります。");
    const taken = await first.preparer.post(`${first.path}/retraction`);
    expect(taken.headers.location).toBe("/form-settings/vaccination");
  });

  test("入力した文言の見本を、起案の前に見られる", async () => {
    const preparer = await visitor("scheme1");
    await preparer.get("/form-settings/child-medical/new");
    const paper = await preparer.post("/form-settings/child-medical/preview", {
      ...issuer,
      [intro]: "　{program}を認めたので、お知らせするものです。",
      preview: "letters/approval",
    });
    expect(paper.headers["content-type"]).toBe("application/pdf");
    const wrong = await preparer.post("/form-settings/child-medical/preview", {
      ...issuer,
      [intro]: "{unknown}",
      preview: "letters/approval",
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("見本を作れません。");
  });
});

describe("帳票の設定の承認", () => {
  test("承認する人は新旧の違いと見本を見る。起案した本人は承認できない", async () => {
    await city.admin`insert into access.duty_right (duty, "right") values ('scheme-officer', 'form-setting.approve')`;
    const { preparer, path } = await propose("vaccination", {
      "wording.vaccination/coupon.intro": "　次の予防接種を、無料で受けられます。",
    });
    const own = await preparer.get(path);
    expect(own.text).toContain("起案した本人は承認できません。");
    expect((await preparer.post(`${path}/decision`, { decision: "approved" })).status).toBe(403);

    const id = Number(path.split("/").at(-1));
    const asPreparer = <T>(statement: string) => {
      const run = city
        .actor("scheme1")
        .then((actor) =>
          runWork(city.platform, actor, { purpose: "administration" }, (work) =>
            work.sql.unsafe(statement),
          ),
        );
      return run as Promise<T>;
    };
    const denied = { code: "42501" };
    const [{ staff_id: me } = { staff_id: 0 }] = await city.admin<{ staff_id: number }[]>`
      select prepared_by as staff_id from printing.form_setting where id = ${id}`;
    for (const decider of [me, me + 1])
      await expect(
        asPreparer(
          `update printing.form_setting set decision = 'approved', decided_by = ${decider}, decided_at = now() where id = ${id}`,
        ),
      ).rejects.toThrow(/violates|policy/);
    await expect(
      asPreparer(`update printing.form_setting set content = '{}' where id = ${id}`),
    ).rejects.toMatchObject(denied);
    await expect(
      asPreparer(
        `insert into printing.form_setting (program, valid_from, content, prepared_by)
           select 'child-medical', '2026-11-20', content, ${me + 1} from printing.form_setting where id = ${id}`,
      ),
    ).rejects.toMatchObject(denied);
    await city.admin`delete from access.duty_right where duty = 'scheme-officer' and "right" = 'form-setting.approve'`;

    const home = await (await visitor("supervisor1")).get("/");
    expect(home.text).toContain(`href="${path}"`);
    const seen = await (await visitor("supervisor1")).get(path);
    expect(seen.text).toContain("予防接種券 はじめの文");
    expect(seen.text).toContain("<ins>無料で受けられます</ins>");
    expect((await approve(path)).status).toBe(303);
    expect((await approve(path, "supervisor2")).status).toBe(409);
    await expect(
      asPreparer(`update printing.form_setting set decision = null where id = ${id}`),
    ).resolves.toMatchObject({ count: 0 });
    const history = await preparer.get("/form-settings/vaccination");
    expect(history.text).toContain("いまの設定");
    expect(history.text).toContain("決裁 一郎");
  });

  test("差し戻された設定は使われず、起案した職員のホームに戻る", async () => {
    const { preparer, path } = await propose("child-medical", { issuerName: "差戻　太郎" });
    const approver = await visitor("supervisor1");
    await approver.get(path);
    await approver.post(`${path}/decision`, { decision: "remanded" });
    expect((await preparer.get("/")).text).toContain("差し戻されました。");
    expect((await preparer.get("/form-settings/child-medical")).text).toContain("実証　太郎");
  });

  test("適用開始日までは、それまでの設定が使われる", async () => {
    await inForce("child-medical", { issuerName: "年末　太郎", validFrom: "R8.12.1" });
    const clerk = await visitor("clerk1");
    const before = await clerk.get("/form-settings/child-medical");
    expect(before.text).toContain("実証　太郎");
    expect(before.text).toContain("令和8年12月1日");
  });
});

describe("設定と発行した帳票", () => {
  test("承認した後の通知は新しい文言と公印で出て、先に発行した通知は発行したときのまま", async () => {
    const first = await counter.toIssued(await counter.family());
    await counter.effects(first.caseId);
    const read = (caseId: string) =>
      counter.as("clerk1", async (work) => {
        const letter = (await documentsOf(work, caseId)).find(({ kind }) => kind === "grant");
        return (await printDocument(work, letter?.id ?? "")).pdf;
      });
    const before = await read(first.caseId);
    await inForce("child-medical", {
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
  });

  test("縮退を認めた帳票だけは、印字できない異体字を置き換えて発行する", async () => {
    const number = await counter.family({ name: { kanji: "試験　葛󠄂子", kana: "シケン　カツコ" } });
    const at = await counter.toApproval(number);
    const letter = () =>
      counter.as("clerk1", async (work) => {
        const { getCase } = await import("#src/platform/cases/index.ts");
        return makeLetter(work, await getCase(work, at.caseId), "grant");
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
      createReprintRun(work, {
        numbers: issued.map(({ number }) => number),
        reason: "lost",
        contractorId: mail.contractorId,
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
});
