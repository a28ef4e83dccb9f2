import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { claimsOf } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const app = openTestApp(city);
const claims = claimsOf(city);

test("償還払いは、段階ごとの件数が一覧への行き先とともに出る", async () => {
  await claims.claimed(await claims.recipient());
  await claims.proposed(await claims.recipient());
  await claims.granted(await claims.recipient());
  const { text } = await (await app.visitor("clerk2")).get("/");
  const figure = (title: string) =>
    new RegExp(`>償還払い ${title}</a></dt><dd><strong>(\\d+)</strong>`).exec(text)?.[1];
  expect(figure("審査")).toBe("1");
  expect(figure("決裁")).toBe("1");
  expect(text).toContain("/child-medical/cases?kind=child-medical%2Fclaim&amp;state=approval");
});
