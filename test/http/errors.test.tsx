import { describe, expect, test, vi } from "vitest";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const guard = {
  right: "case.read",
  purpose: "case",
  audit: "sample.opened",
  program: "sample",
} as const;
const screens: ProgramScreens = {
  id: "sample",
  title: "見本の事務",
  menu: [],
  routes: [
    defineRoute({
      ...guard,
      method: "get",
      path: "/sample/broken",
      handle: async () => {
        throw new Error("熊本花子 0901234567");
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/sample/escaped",
      handle: async ({ query }) =>
        page({ title: "見本", breadcrumb: [], content: <p>{query.text("q")}</p> }),
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: "/sample/rolled-back",
      audit: "sample.failed",
      handle: async ({ work }) =>
        work(async () => {
          throw new Error("after some work");
        }),
    }),
  ],
};
const city = await openTestPlatform();
const { visitor } = openTestApp(city, [screens]);

describe("エラー", () => {
  test("内部の誤りは番号だけを見せ、内容は画面にも記録にも出さない", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { status, text } = await (await visitor("clerk1")).get("/sample/broken");
    const logged = log.mock.calls.flat().join("\n");
    log.mockRestore();
    expect(status).toBe(500);
    const number = /エラー番号: (E[\w-]+)/.exec(text)?.[1] ?? "";
    expect(logged).toContain(number);
    expect(text + logged).not.toMatch(/熊本花子|0901234567/);
  });

  test("書かれた文字はそのまま文字として出る", async () => {
    const { text } = await (await visitor("clerk1")).get(
      "/sample/escaped?q=<script>alert(1)</script>",
    );
    expect(text).toContain("&lt;script>alert(1)");
  });

  test("成し遂げられなかったことは、行われたと記録されない", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await (await visitor("clerk1")).get("/sample/rolled-back");
    log.mockRestore();
    const rows = await city.admin`select from audit.record where action = 'sample.failed'`;
    expect(rows).toHaveLength(0);
  });

  test("大きすぎる送信は断り、理由を言う", async () => {
    const clerk = await visitor("clerk1");
    const { status, text } = await clerk.post("/people", { q: "あ".repeat(400_000) });
    expect(status).toBe(413);
    expect(text).toContain("大きすぎます");
  });
});
