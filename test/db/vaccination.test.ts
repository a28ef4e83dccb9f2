import { beforeAll, describe, expect, test } from "vitest";
import { type Feed, importFile, residents } from "#src/platform/feeds/index.ts";
import { parseLayout } from "#src/platform/feeds/layout.ts";
import { createRun, listItems } from "#src/platform/mailings/index.ts";
import { cancelCoupon, couponsOf, getCoupon } from "#src/programs/vaccination/coupons.ts";
import { couponVaccines, shotFeed } from "#src/programs/vaccination/index.ts";
import { issueInOffice, reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { reprintMailing, reprintOrder } from "#src/programs/vaccination/reprint-mailing.ts";
import { historiesOf } from "#src/programs/vaccination/shots.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf } from "#test/support/mailings.ts";
import { smallCity } from "./feeds/support.ts";

let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let shots: { path: string; lines: number };
let run: Awaited<ReturnType<typeof mail.extracted>>;

const feedOf = (kind: typeof residents | typeof shotFeed): Feed =>
  ({ kind, layout: parseLayout(kind.standardLayout, kind) }) as unknown as Feed;

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  const city = await smallCity(3000);
  const people = {
    preparer: await home.actor("operator1"),
    committer: await home.actor("supervisor1"),
  };
  await importFile(home.platform, people, feedOf(residents), city.residents.path);
  const summary = await importFile(home.platform, people, feedOf(shotFeed), city.vaccinations.path);
  shots = { path: city.vaccinations.path, lines: summary.rows };
  run = await mail.approved(
    await mail.extracted({ vaccines: [...couponVaccines], scope: "all", month: "2026-12" }),
  );
  await mail.make(run);
});

describe("接種記録の連携", () => {
  test("ファイルのすべての行が、住民の接種記録になる", async () => {
    const [row] = await home.admin`select count(*)::int as n from vaccination.shot`;
    expect(row?.n).toBe(shots.lines);
    expect(shots.lines).toBeGreaterThan(1000);
  });

  test("職員は権限のある人の記録だけを読み、権限のない人には一件も見えない", async () => {
    const [one] = await home.admin<{ person_number: string }[]>`
      select person_number from vaccination.shot limit 1`;
    const number = one?.person_number ?? "";
    const read = (who: "clerk1" | "auditor1") =>
      mail.as(who, async (work) => (await historiesOf(work, [number])).get(number)?.length ?? 0);
    expect(await read("clerk1")).toBeGreaterThan(0);
    expect(await read("auditor1")).toBe(0);
  });
});

describe("接種券", () => {
  test("市の子ども全員の月次が、二度送られる券なしに作られる", async () => {
    const { counts } = await mail.details(run);
    expect(counts.made).toBeGreaterThan(100);
    const index = indexOf(await mail.open(run));
    expect(index).toHaveLength(counts.made);
    const next = await mail.details(
      await mail.extracted({ vaccines: [...couponVaccines], scope: "all", month: "2026-12" }),
    );
    expect(next.counts.ready).toBe(0);
  });

  test("番号は、窓口の一枚か、番号を待つ券の数までしか取れない", async () => {
    const waiting = await mail.approved(
      await mail.extracted({ vaccines: ["mr1"], scope: "all", month: "2027-03" }),
    );
    const { counts } = await mail.details(waiting);
    expect(counts.ready).toBeGreaterThan(1);
    const take = (who: "operator1" | "clerk1", many: number) =>
      mail.as(who, async (work) => {
        await work.sql`select vaccination.take_numbers(${many})`;
        throw new Error("taken, and given back");
      });
    await expect(take("operator1", counts.ready)).rejects.toThrow("taken");
    for (const many of [counts.ready + 1, 1_000_000])
      await expect(take("operator1", many)).rejects.toMatchObject({ code: "42501" });
    await expect(take("clerk1", 1)).rejects.toThrow("taken");
    await expect(take("clerk1", 2)).rejects.toMatchObject({ code: "42501" });
    await mail.make(waiting);
    await expect(take("operator1", 2)).rejects.toMatchObject({ code: "42501" });
  });

  test("同じ人・予防接種・回の券は、データベースが二枚目を拒む", async () => {
    const [one] = await home.admin`select * from vaccination.coupon limit 1`;
    await expect(
      home.admin`insert into vaccination.coupon ${home.admin({ ...one, number: "9999999999" })}`,
    ).rejects.toThrow(/coupon_once/);
  });

  test("汚損した券は同じ番号で再印刷され、理由と回数が残る", async () => {
    const [number = ""] = indexOf(await mail.open(run)).map(({ pieceNumber }) => pieceNumber);
    const pdf = await mail.as("clerk1", (work) => reprintInOffice(work, number, "spoilt"));
    expect((await textOfPages(pdf)).join("")).toContain(number);
    const { coupon, events } = await mail.as("clerk1", (work) => getCoupon(work, number));
    expect(coupon).toMatchObject({ printCount: 2, state: "issued" });
    expect(events.map(({ event, reason }) => [event, reason])).toEqual([
      ["issued", null],
      ["reprinted", "spoilt"],
    ]);
  });

  test("委託先でも同じ番号の小さな発送データとして再印刷できる", async () => {
    const numbers = indexOf(await mail.open(run))
      .slice(3, 6)
      .map(({ pieceNumber = "" }) => pieceNumber);
    const created = await mail.as("operator1", (work) =>
      createRun(work, {
        kind: reprintMailing.id,
        contractorId: mail.contractorId,
        ...reprintOrder(numbers, "undelivered"),
      }),
    );
    const approved = await mail.approved(await mail.extract(created));
    await mail.make(approved);
    const again = indexOf(await mail.open(approved)).map(({ pieceNumber }) => pieceNumber);
    expect(again.toSorted()).toEqual(numbers.toSorted());
  });

  test("取り消した券の代わりに新しい番号の券を出せ、取り消した券は印刷できない", async () => {
    const { items } = await mail.as("supervisor1", (work) =>
      listItems(work, run.id, { state: "made", size: 10 }),
    );
    const item = items[7];
    if (!item?.pieceNumber) throw new Error("no piece");
    const { pieceNumber, personNumber, subject } = item;
    const issue = () => mail.as("clerk1", (work) => issueInOffice(work, personNumber, subject));
    await expect(issue()).rejects.toMatchObject({ status: 409 });
    await mail.as("clerk1", (work) => cancelCoupon(work, pieceNumber, "wrong-issue"));
    await expect(
      mail.as("clerk1", (work) => reprintInOffice(work, pieceNumber, "lost")),
    ).rejects.toMatchObject({ status: 422 });
    const { number } = await issue();
    expect(number).not.toBe(pieceNumber);
    const coupons = await mail.as("clerk1", (work) => couponsOf(work, personNumber));
    expect(coupons.find((one) => one.number === number)?.state).toBe("issued");
    await expect(
      mail.as(
        "clerk1",
        (work) =>
          work.sql`update vaccination.coupon set state = 'issued' where number = ${pieceNumber}`,
      ),
    ).rejects.toThrow();
  });
});
