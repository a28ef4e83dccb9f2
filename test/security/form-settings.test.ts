import { PNG } from "pngjs";
import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { csrfTokenOf } from "#src/web/server/cookies.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { chunk, withMore } from "#test/support/png.ts";
import { staffSql } from "./role-with-session/support.ts";

const city = await openTestPlatform();
const { app } = openTestApp(city);
const as = staffSql(city);

/** What a browser sends, whatever its form allows. */
async function send(path: string, fields: Record<string, string>, seal?: Buffer) {
  const { sessionToken } = await city.actor("scheme1");
  const asked = supertest(app)
    .post(`/form-settings/child-medical/${path}`)
    .set("Cookie", `madoguchi_session=${sessionToken}`)
    .field({
      _csrf: csrfTokenOf(sessionToken),
      issuerTitle: "見本市長",
      issuerName: "見本　花子",
      validFrom: "R8.11.20",
      preview: "letters/approval",
      ...fields,
    });
  return seal ? asked.attach("seal", seal, "seal.png") : asked;
}

const seal = PNG.sync.write(new PNG({ width: 200, height: 200 }));

describe("起案する職員が送るもの", () => {
  test("文字情報に終わりのない画像も、別のファイルの続く画像も、画像だけにして印字する", async () => {
    for (const sent of [
      withMore(seal, [chunk("iTXt", Buffer.from("abc"))]),
      withMore(seal, [chunk("tEXt", Buffer.from("Author\0Hanako"))], "PK\u0003\u0004<script>"),
    ]) {
      const paper = await send("preview", {}, sent);
      expect(paper.headers["content-type"]).toBe("application/pdf");
    }
  });

  test("長すぎる文は、字を調べる前に断る", async () => {
    const rare = Array.from({ length: 60_000 }, (_, at) => String.fromCodePoint(0x20000 + at));
    const started = Date.now();
    const refused = await send("preview", {
      issuerName: rare.join(""),
      "wording.letters/approval.intro": "{a}".repeat(500_000),
      reduceTo: rare.map((one) => `${one} 高`).join("\n"),
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("30文字以内で");
    expect(refused.text).toContain("600文字以内で");
    expect(refused.text).toContain("縮退は500字までです。");
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test("画像二つに見合わない大きさのものは受け取らない", async () => {
    expect((await send("preview", {}, Buffer.alloc(9_000_000))).status).toBe(413);
  });

  test.each([
    ["目に見えない字", "髙 \u00ad"],
    ["文字でない符号", "髙 \u0000"],
    ["印の並び", `髙 か${"\u3099".repeat(1000)}`],
    ["オブジェクトの性質の名", "__proto__ constructor"],
  ])("縮退で置き換える字に %s は使えない", async (_, reduceTo) => {
    const refused = await send("new", { reduceTo });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("1行に、もとの1字と置き換える1字を");
  });

  test("別の事務や、道筋をたどる帳票の名前では、見本は出ない", async () => {
    for (const preview of ["vaccination/coupon", "../letters/approval", "__proto__", ""])
      expect((await send("preview", { preview })).status, preview).toBe(404);
  });
});

describe("プログラムのロールで", () => {
  test("確かめていない画像を入れても、見本は作られず、サーバーも止まらない", async () => {
    const cutOff = `\\x${seal.subarray(0, 60).toString("hex")}`;
    const issuer = { title: "見本市長", name: "見本　花子" };
    const content = JSON.stringify({ issuer, wording: {}, reduceFor: {}, reduceTo: {} });
    await as(
      "scheme1",
      (sql) => sql`
        insert into printing.form_setting (program, valid_from, content, seal, prepared_by)
        values ('vaccination', '2026-11-20',
          ${content}::text::jsonb, ${cutOff}::text::bytea, access.staff_id())`,
    );
    const [row] = await city.admin<{ id: number }[]>`
      select id from printing.form_setting where program = 'vaccination' and decision is null`;
    const { sessionToken } = await city.actor("supervisor1");
    const path = `/form-settings/proposals/${row?.id}/preview/vaccination/coupon`;
    const sample = await supertest(app)
      .get(path)
      .set("Cookie", `madoguchi_session=${sessionToken}`);
    expect(sample.status).toBe(422);
    expect(sample.text).toContain("画像が壊れています");
  });

  test.each(["wording", "reduceFor", "reduceTo"])(
    "%s の形の崩れた設定は起案できない",
    async (part) => {
      const { staffId } = await city.actor("scheme1");
      const content = {
        issuer: { title: "見本市長", name: "見本　花子" },
        wording: {},
        reduceFor: {},
        reduceTo: {},
      };
      for (const broken of [null, "x", []])
        await expect(
          as(
            "scheme1",
            (sql) => sql`
              insert into printing.form_setting (program, valid_from, content, prepared_by)
              values ('child-medical', '2026-11-20', ${JSON.stringify({ ...content, [part]: broken })}::text::jsonb, ${staffId})`,
          ),
        ).rejects.toMatchObject({ code: "23514" });
    },
  );
});
