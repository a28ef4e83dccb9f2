import { describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { formSettingsOf, intro, seal, settingIssuer } from "#test/support/form-settings.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const { propose, approve, remand, inForce } = formSettingsOf({ visitor });

describe("帳票の設定の起案", () => {
  test("ない差し込みは、その文の欄で断り、入力したものは残る", async () => {
    const { sent } = await propose("child-medical", {
      [intro]: "　{program}を、{sum}円で認めます。",
      "wording.letters/rejection.closing": "　窓口でご相談ください。",
      sealKept: seal(10),
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain(
      "この文に差し込み {sum} はありません。使えるのは {事務の名前} です。",
    );
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
      ...settingIssuer,
      [intro]: "　{program}を認めたので、お知らせするものです。",
      preview: "letters/approval",
    });
    expect(paper.headers["content-type"]).toBe("application/pdf");
    const wrong = await preparer.post("/form-settings/child-medical/preview", {
      ...settingIssuer,
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
    expect(own.text).toContain("起案した本人は承認も差戻しもできません。");
    expect((await preparer.post(`${path}/decision`, { event: "approve" })).status).toBe(403);

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

  test("差し戻した理由が、起案した職員のホームと、その設定と、履歴に出る", async () => {
    const { preparer, path } = await propose("child-medical", { issuerName: "差戻　太郎" });
    const reason = "公印の位置が、\n宛名に重なっています。";
    expect((await remand(path, reason)).headers.location).toBe(path);
    for (const page of ["/", path, "/form-settings/child-medical"])
      expect((await preparer.get(page)).text).toContain(reason);
    expect((await preparer.get("/form-settings/child-medical")).text).toContain("実証　太郎");
    const next = await propose("child-medical", { issuerName: "再案　太郎" });
    expect((await preparer.get("/")).text).not.toContain(reason);
    await next.preparer.post(`${next.path}/retraction`);
  });

  test("理由のない差戻しは、その欄で断り、書いたものは残る", async () => {
    const { preparer, path } = await propose("child-medical", { issuerName: "差戻　次郎" });
    const none = await remand(path, " \n ");
    expect(none.status).toBe(422);
    expect(none.text).toContain('<a href="#field-reason">差し戻す理由を入力してください。</a>');
    const long = await remand(path, `${"長".repeat(400)}い`);
    expect(long.status).toBe(422);
    expect(long.text).toContain("理由は400文字以内で入力してください（いま401文字）。");
    expect(long.text).toContain(`${"長".repeat(400)}い</textarea>`);
    expect(long.text).toContain('<details class="disclosure" open');
    expect((await preparer.post(`${path}/retraction`)).status).toBe(303);
  });

  test("データベースも、差戻しの理由は差戻しのときにだけ、一度だけ受け付ける", async () => {
    const { preparer, path } = await propose("child-medical", { issuerName: "差戻　三郎" });
    const id = Number(path.split("/").at(-1));
    const actor = await city.actor("supervisor1");
    const set = (columns: string) =>
      runWork(city.platform, actor, { purpose: "administration" }, ({ sql }) =>
        sql.unsafe(`update printing.form_setting set ${columns} where id = ${id}`),
      );
    const decided = (decision: string, reason: string) =>
      set(
        `decision = '${decision}', decided_by = ${actor.staffId}, decided_at = now(), reason = ${reason}`,
      );
    const broken = { code: "23514" };
    await expect(decided("remanded", "null")).rejects.toMatchObject(broken);
    await expect(decided("remanded", "''")).rejects.toMatchObject(broken);
    await expect(decided("remanded", "'　直す'")).rejects.toMatchObject(broken);
    await expect(decided("remanded", "repeat('長', 401)")).rejects.toMatchObject(broken);
    await expect(decided("approved", "'よい'")).rejects.toMatchObject(broken);
    await expect(set("reason = '直す'")).rejects.toMatchObject({ code: "42501" });
    await decided("remanded", "'直す'");
    expect(await set("reason = 'ほかの理由'")).toMatchObject({ count: 0 });
    expect((await preparer.get(path)).text).toContain("直す");
  });

  test("適用開始日までは、それまでの設定が使われる", async () => {
    await inForce("child-medical", { issuerName: "年末　太郎", validFrom: "R8.12.1" });
    const clerk = await visitor("clerk1");
    const before = await clerk.get("/form-settings/child-medical");
    expect(before.text).toContain("実証　太郎");
    expect(before.text).toContain("令和8年12月1日");
  });
});
