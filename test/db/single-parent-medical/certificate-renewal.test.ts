import { beforeAll, expect, test } from "vitest";
import { certificateMailingId } from "#src/platform/applications/index.ts";
import { singleParent } from "#src/programs/single-parent-medical/index.ts";
import { readCodes, renderPages, textOfPages } from "#test/documents/render.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import { mailingsOf } from "#test/support/mailings.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";

// ひとり親の医療証の年次更新（SPM-3）: 世帯の全員に、次の年度の末日までの証を作る。

const city = await openTestPlatform();
const { admin } = city;
const counter = householdCounterOf(city);
const mailings = await mailingsOf(city, singleParent.program);
const kind = { id: certificateMailingId(singleParent.program, "card") };
const order = (from: string) => ({
  title: "医療証 一括交付（更新）",
  parameters: { sort: "card", reason: "renewal", from },
});

let firstUntil = "";
beforeAll(async () => {
  const family = await counter.household([
    { birthDate: "2015-05-10" },
    { birthDate: "2020-07-07" },
  ]);
  await counter.toIssued(family.mother, householdApplication(family));
  const [row] = await admin<{ until: string }[]>`
    select max(valid_to)::text as until from entitlements.certificate`;
  firstUntil = row?.until ?? "";
}, 120_000);

test("今の証の期限を越える日からの更新では、親と児童のそれぞれに次の証ができる", async () => {
  const within = await mailings.extract(await mailings.start(kind, order("2026-12-01")));
  const reasons = (run: { id: string }) =>
    admin<
      { reason: string | null }[]
    >`select reason from mailings.batch_item where run_id = ${run.id}`;
  expect((await reasons(within)).map(({ reason }) => reason)).toEqual(Array(3).fill("says-longer"));

  const from = addDays(firstUntil as IsoDate, 1);
  const run = await mailings.extract(await mailings.start(kind, order(from)));
  expect((await reasons(run)).map(({ reason }) => reason)).toEqual([null, null, null]);
  await mailings.make(await mailings.approved(run));
  const issued = await admin<{ until: string; issue: number }[]>`
    select valid_to::text as until, issue from entitlements.certificate where ended_on is null order by 1`;
  expect(issued).toHaveLength(3);
  expect(issued.every(({ issue, until }) => issue === 2 && until > firstUntil)).toBe(true);

  const files = await mailings.open(run);
  const [pdf = Buffer.alloc(0)] = [...files].flatMap(([name, bytes]) =>
    name.endsWith(".pdf") ? [bytes] : [],
  );
  const pages = await renderPages(pdf, 200);
  const codes = await Promise.all(pages.map((page) => readCodes(page, "QRCode")));
  expect(codes.flat()).toHaveLength(3);
  expect((await textOfPages(pdf)).join("\n")).toContain("有効期間");
});
