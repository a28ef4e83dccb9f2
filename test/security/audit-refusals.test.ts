import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);

const refusals = () =>
  city.admin<{ staff_name: string; kind: string; detail: Record<string, unknown> }[]>`
    select staff_name, kind, detail from audit.record where action = 'access.refused' order by id`;

test("権限がなくて断られたことは、だれが、何を、どの権限なしに求めたかが残り、監査担当に文で出る", async () => {
  const clerk = await visitor("clerk1");
  expect((await clerk.get("/staff")).status).toBe(403);
  expect(await refusals()).toMatchObject([
    {
      staff_name: expect.stringMatching(/^clerk1 /),
      kind: "refusal",
      detail: { route: "GET /staff", right: "staff.manage" },
    },
  ]);
  const page = await (await visitor("auditor1")).get("/audit");
  expect(page.text).toContain("操作を断られた（必要な権限「職員と端末を登録する」）。");
});

test("続けて断られても、1分に20件までしか残らず、最後の1件がそれを示す", async () => {
  const clerk = await visitor("clerk2");
  for (let n = 0; n < 30; n++) await clerk.get("/terminals");
  const mine = (await refusals()).filter(({ staff_name }) => staff_name.startsWith("clerk2 "));
  expect(mine).toHaveLength(20);
  expect(mine.map(({ detail }) => detail.last ?? false)).toEqual([
    ...Array.from({ length: 19 }, () => false),
    true,
  ]);
});
