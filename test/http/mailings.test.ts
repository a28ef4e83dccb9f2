import { beforeAll, describe, expect, test } from "vitest";
import { countWaitingRuns, handOverPackage, type RunRow } from "#src/platform/mailings/index.ts";
import { programs } from "#src/programs/registry.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { parentWith, renewalMailing, renewalScreens } from "#test/support/renewals.tsx";

const city = await openTestPlatform();
const { visitor } = openTestApp(city, [...programs, renewalScreens]);
const coupons = await mailingsOf(city);
const renewals = await mailingsOf(city, "renewal");
const numberOf = (run: RunRow) => `M${String(run.serial).padStart(6, "0")}`;
let couponRun: RunRow;
let renewalRun: RunRow;

/** Extracted, approved, made and handed over. */
async function handedOver(mail: typeof coupons, extracted: RunRow): Promise<RunRow> {
  const { run } = await mail.make(await mail.approved(extracted));
  await mail.as("operator1", (work) =>
    handOverPackage(work, { runId: run.id, expectedRevision: run.revision, manner: "transfer" }),
  );
  return (await mail.details(run)).run;
}

beforeAll(async () => {
  await coupons.enter([...oneYearOlds(520), ...parentWith("一", [{}]), ...parentWith("二", [{}])]);
  couponRun = await handedOver(coupons, await coupons.extracted());
  renewalRun = await handedOver(
    renewals,
    await renewals.extract(
      await renewals.start(renewalMailing, {
        title: "現況届 令和8年度",
        parameters: { year: 8 },
      }),
    ),
  );
});

describe("ある事務の一括発送", () => {
  test("は、ほかの事務の一覧にも授受簿にも、紙の授受簿にも出ない", async () => {
    const operator = await visitor("operator1");
    for (const page of ["mailings", "hand-overs"]) {
      const own = (await operator.get(`/vaccination/${page}`)).text;
      const other = (await operator.get(`/renewal/${page}`)).text;
      expect(own, page).toContain(numberOf(couponRun));
      expect(own, page).not.toContain(numberOf(renewalRun));
      expect(other, page).toContain(numberOf(renewalRun));
      expect(other, page).not.toContain(numberOf(couponRun));
    }
    const paper = await operator.get("/renewal/hand-overs/print");
    const text = (await textOfPages(paper.body)).join("");
    expect(text).toContain("見本手当 発送データ");
    expect(text).toContain("現況届 令和8年度");
    expect(text).not.toContain("予防接種券");
  });

  test("は、ほかの事務の番地では、どの画面も操作も見つからない", async () => {
    const operator = await visitor("operator1");
    const supervisor = await visitor("supervisor1");
    const there = `/vaccination/mailings/${renewalRun.id}`;
    for (const page of ["", "/items", "/preview", "/package"])
      expect((await operator.get(there + page)).status, page).toBe(404);
    expect((await supervisor.get(`${there}/items/1`)).status).toBe(404);
    const { revision } = renewalRun;
    const sent = { revision: String(revision), receivedOn: "R8.11.21", receiptNumber: "受-1" };
    expect((await operator.post(`${there}/steps/receive`, sent)).status).toBe(404);
    expect((await supervisor.post(`${there}/items/1/release`, sent)).status).toBe(404);
    expect((await renewals.details(renewalRun)).run).toMatchObject({
      state: "handed-over",
      revision,
    });
    expect((await operator.get(`/renewal/mailings/${renewalRun.id}`)).status).toBe(200);
  });

  test("は、事務の言葉で出る", async () => {
    const operator = await visitor("operator1");
    const page = (await operator.get(`/renewal/mailings/${renewalRun.id}`)).text;
    const text = /<main.*<\/main>/s.exec(page)?.[0] ?? "";
    for (const word of ["現況届", "年度ごとの件数", "整理番号", "2 通（4 ページ）"])
      expect(text).toContain(word);
    expect(text).not.toMatch(/券番号|接種/);
    const form = (await operator.get("/renewal/mailings/new")).text;
    expect(form).toContain("現況届を送る");
    const wrong = await operator.post("/renewal/mailings/new", { year: "" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("年度を入力してください。");
    expect(wrong.text).toContain("委託先を選んでください。");
    expect(wrong.text).toContain("印刷期限を入力してください。");
    const right = {
      year: "9",
      contractor: String(renewals.contractorId),
      printBy: "R8.11.25",
      sendOn: "R8.11.28",
    };
    const started = await operator.post("/renewal/mailings/new", right);
    expect(started.headers.location).toMatch(/^\/renewal\/mailings\/[0-9a-f-]{36}$/);
  });

  test("の二つ目は、始める前に知らされ、理由を書けば始められる", async () => {
    const operator = await visitor("operator1");
    const order = {
      year: "8",
      contractor: String(renewals.contractorId),
      printBy: "R8.11.25",
      sendOn: "R8.11.28",
    };
    const told = await operator.post("/renewal/mailings/new", order);
    expect(told.status).toBe(422);
    for (const word of [numberOf(renewalRun), "引渡済", "それでも始める理由"])
      expect(told.text).toContain(word);
    const without = await operator.post("/renewal/mailings/new", { ...order, repeatReason: " " });
    expect(without.text).toContain("理由を書いてください。");
    const begun = await operator.post("/renewal/mailings/new", {
      ...order,
      repeatReason: "宛先を直したため",
    });
    const page = await operator.get(begun.headers.location ?? "");
    expect(page.text).toContain("同じ対象の一括発送があることを承知で始める");
    expect(page.text).toContain("宛先を直したため");
  });

  test("の期限は、理由を書けば変えられ、過ぎるとホームで期限切れになる", async () => {
    const operator = await visitor("operator2");
    const run = await coupons.extracted({ vaccines: ["hepb"], month: "2027-02" });
    const change = (given: Record<string, string>) =>
      operator.post(`/vaccination/mailings/${run.id}/dates`, {
        revision: String(run.revision),
        printBy: "R8.11.21",
        sendOn: "R8.11.25",
        ...given,
      });
    expect((await change({ reason: "" })).status).toBe(422);
    expect((await change({ reason: "遅れ", sendOn: "R8.11.1" })).status).toBe(422);
    expect((await change({ reason: "印刷会社の都合" })).status).toBe(303);
    expect((await change({ reason: "もう一度" })).status).toBe(409);
    const clerk = await visitor("clerk1");
    expect(
      (await clerk.post(`/vaccination/mailings/${run.id}/dates`, { revision: "3" })).status,
    ).toBe(403);
    const page = (await operator.get(`/vaccination/mailings/${run.id}`)).text;
    expect(page).toContain("印刷会社の都合");
    city.platform.clock.moveTo("2026-11-24");
    const home = (await operator.get("/")).text;
    expect(home).toMatch(/R8\.11\.21|令和8年11月21日/);
    expect((await operator.get(`/vaccination/mailings/${run.id}`)).text).toContain("期限切れ");
    city.platform.clock.moveTo("2026-11-20");
  });

  test("を待つ数は、その事務の、自分が進められるものだけを数える", async () => {
    const waiting = (mail: typeof coupons, who: "operator1" | "operator2" | "supervisor1") =>
      mail.as(who, countWaitingRuns);
    expect(await waiting(renewals, "operator1")).toBe(1);
    const before = await waiting(coupons, "operator1");
    const run = await coupons.extracted({ vaccines: ["vzv"] });
    expect(await waiting(coupons, "operator1")).toBe(before + 1);
    const submitted = await coupons.step("operator1", run, "submit");
    expect(await waiting(coupons, "operator1")).toBe(before);
    expect(await waiting(coupons, "supervisor1")).toBe(1);
    expect(await waiting(renewals, "supervisor1")).toBe(0);
    await coupons.step("supervisor1", submitted, "return", "対象月を確かめてください");
    expect(await waiting(coupons, "supervisor1")).toBe(0);
  });

  test("が差し戻されると、準備した人のホームに理由とともに出る", async () => {
    const { text } = await (await visitor("operator1")).get("/");
    expect(text).toContain("差戻し 1件");
    expect(text).toContain("対象月を確かめてください");
  });
});

describe("五百件を超えても", () => {
  beforeAll(async () => {
    const { preparedBy, contractorId, approvedBy } = couponRun;
    await city.admin.begin(async (sql) => {
      const runs = await sql<{ id: string }[]>`
        insert into mailings.batch_run (program, kind, title, parameters, state, revision, contractor_id, prepared_by,
          approved_by, approved_revision, dated_on)
        select 'vaccination', 'vaccination-coupon', '過去の回 ' || n, '{"month":"2026-01","vaccines":["mr1"],"scope":"new"}',
          'closed', 9, ${contractorId}, ${preparedBy}, ${approvedBy}, 3, '2026-01-20'
          from generate_series(1, 500) n returning id`;
      const ids = runs.map(({ id }) => id);
      await sql`
        insert into mailings.package_file (run_id, name, kind, pieces, pages, bytes, sha256)
        select r, 'past.tar.age', 'package', 3, 3, 1, repeat('0', 64) from unnest(${ids}::uuid[]) r`;
      await sql`
        insert into mailings.hand_over (run_id, contractor_id, package_name, pieces, sha256, handed_on, handed_by, manner)
        select r, ${contractorId}, 'past.tar.age', 3, repeat('0', 64), '2026-01-21', ${preparedBy}, 'transfer'
          from unnest(${ids}::uuid[]) r`;
    });
  });

  const rowsOf = (text: string) => [...text.matchAll(/<tr[ >]/g)].length - 1;

  test("一覧と授受簿は、数と最後のページまで見られる", async () => {
    const operator = await visitor("operator1");
    const list = (await operator.get("/vaccination/mailings")).text;
    expect(list).toContain("一覧 503件");
    expect(rowsOf(list)).toBe(50);
    expect(list).toContain('href="/vaccination/mailings?page=2"');
    const last = (await operator.get("/vaccination/mailings?page=11")).text;
    expect(rowsOf(last)).toBe(3);
    expect(last).toContain(numberOf(couponRun));
    const book = (await operator.get("/vaccination/hand-overs?page=11")).text;
    expect(book).toContain("委託先への引渡し 501件");
    expect(book).toContain(numberOf(couponRun));
    expect((await operator.get("/renewal/hand-overs")).text).toContain("委託先への引渡し 1件");
  });

  test("古い回を待つ仕事は、ホームから消えない", async () => {
    const { text } = await (await visitor("operator2")).get("/");
    expect(text).toContain(`href="/vaccination/mailings/${couponRun.id}"`);
    expect(text).toContain("受領の記録");
  });

  test("見合わせた郵便物と返戻も、数えられ、ページごとに見られる", async () => {
    await city.admin.begin(async (sql) => {
      await sql`
        update mailings.batch_item set state = 'left-out', reason = 'no-address' where run_id = ${couponRun.id}`;
    });
    const operator = await visitor("operator1");
    const unsent = (await operator.get("/vaccination/unsent?page=11")).text;
    expect(unsent).toContain("520件");
    expect(rowsOf(unsent)).toBe(20);
    expect((await operator.get("/renewal/unsent")).text).toContain("0件");
    await city.admin`
      update mailings.batch_item set state = 'made', reason = null where run_id = ${couponRun.id}`;
    await city.admin`
      insert into mailings.returned_piece (program, kind, run_id, person_number, subject, piece_number, reason, entered_on, entered_by)
      select 'vaccination', 'vaccination-coupon', run_id, person_number, subject, piece_number, 'moved', '2026-11-20', 1
        from mailings.batch_item where run_id = ${couponRun.id}`;
    const returned = (await operator.get("/vaccination/returned?page=11")).text;
    expect(returned).toContain("住所を確かめていない返戻 520通");
    expect(rowsOf(returned)).toBe(20);
    expect((await operator.get("/renewal/returned")).text).toContain("返戻 0通");
  });

  test("一回の対象者も、ページごとに見られる", async () => {
    const operator = await visitor("operator1");
    const { text } = await operator.get(`/vaccination/mailings/${couponRun.id}/items?page=11`);
    expect(text).toContain("520件");
    expect(rowsOf(text)).toBe(20);
  });
});
