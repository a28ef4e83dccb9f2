import { randomUUID } from "node:crypto";
import { rename } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { bringNeeded, keepWholeFile } from "#src/demonstration/other-offices.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  cancelImport,
  getImport,
  importFile,
  receiveFile,
  reviewImport,
} from "#src/platform/feeds/index.ts";
import { announceNeed, incomesOf, matchSources, withdrawNeed } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import {
  fileOf,
  incoming,
  inFeeds,
  linesOf,
  residentsFeed,
  smallCity,
} from "#test/db/feeds/support.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const home = await openTestPlatform();
const app = openTestApp(home);
const program = "single-parent-medical";
let operator: Actor;
let supervisor: Actor;
let system: Actor;

const rowsOf = (html: string) => [...html.matchAll(/<tr[ >]/g)].length - 1;
const tableOf = (html: string, caption: string) =>
  new RegExp(`<table[^>]*><caption[^>]*>${caption}</caption>.*?</table>`, "s").exec(html)?.[0] ??
  "";

beforeAll(async () => {
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
  system = await home.system();
});

describe("500のファイルと、500を超える行", () => {
  let importId: string;
  beforeAll(async () => {
    const city = await smallCity(600);
    const file = incoming(
      "residents-20261120-full-0901.csv",
      fileOf(await linesOf(city.residents.path)),
    );
    importId = await receiveFile(home.platform, operator, residentsFeed, file);
    await reviewImport(home.platform, await home.system(), residentsFeed, importId);
    await home.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, state, prepared_by, prepared_at)
        select 'residents', 'residents-1', 'residents-' || n, '2026-01-01', 'diff', n, 'cancelled', ${operator.staffId},
               timestamptz '2026-01-01' + n * interval '1 hour' from generate_series(1, 499) n`;
    });
  });

  test("は、どのページにも50件ずつ並び、件数とページ数が出て、同じものが二度出ない", async () => {
    const visitor = await app.visitor("operator1");
    const seen = new Set<string>();
    for (let page = 1; page <= 10; page += 1) {
      const { text } = await visitor.get(`/feeds?page=${page}`);
      expect(text).toContain("取り込んだファイル 500件");
      expect(text).toContain(`${page} / 10 ページ`);
      const table = tableOf(text, "取り込んだファイル");
      expect(rowsOf(table)).toBe(50);
      for (const [, id = ""] of table.matchAll(/href="\/feeds\/([0-9a-f-]{36})"/g)) seen.add(id);
    }
    expect(seen.size).toBe(500);
    expect((await visitor.get("/feeds?page=11")).text).toContain(
      "まだファイルを取り込んでいません",
    );
  });

  test("行の一覧も、数えられてページに分かれる", async () => {
    const visitor = await app.visitor("operator1");
    const { text } = await visitor.get(`/feeds/${importId}/lists/new?page=12`);
    expect(text).toContain("12 / 12 ページ");
    expect(rowsOf(tableOf(text, "新規"))).toBe(50);
    expect((await visitor.get(`/feeds/${importId}/lists/nothing`)).status).toBe(404);
    expect((await visitor.get(`/feeds/${importId}/lists/unchanged`)).status).toBe(404);
  });

  test("反映を待つファイルは、承認できる人のホームに、メニューの数とともに出る", async () => {
    const visitor = await app.visitor("supervisor1");
    const { text } = await visitor.get("/");
    expect(text).toContain("住民記録 全件 第901号");
  });

  test("できない操作は、画面と断りの両方で、同じ理由を言う", async () => {
    const visitor = await app.visitor("operator1");
    const { text } = await visitor.get(`/feeds/${importId}`);
    const reason = "取り込んだ本人は反映を承認できません。別の職員が承認してください。";
    expect(text).toContain(reason);
    const { revision } = await inFeeds(home.platform, operator, (work) =>
      getImport(work, importId),
    );
    // Somebody who may approve, but took this file in.
    const asked = inFeeds(home.platform, operator, (work) =>
      approveImport(
        { ...work, actor: { ...operator, rights: supervisor.rights } },
        { importId, revision },
      ),
    );
    await expect(asked).rejects.toMatchObject({ status: 403, message: reason });
  });
});

describe("照会対象者リスト", () => {
  const open = invented();
  const hidden = invented({ protection: { from: "2026-06-01" } });
  let openNumber: string;
  let hiddenNumber: string;
  const need = (...personNumbers: string[]) => ({ program, kind: "tax" as const, personNumbers });
  const inProgram = { purpose: "case", program } as const;
  const taken = async (who: "operator1" | "supervisor1", extent: "full" | "diff") => {
    const { status, text, headers } = await (await app.visitor(who)).post("/feeds/requests/tax", {
      extent,
    });
    return {
      status,
      name: String(headers["content-disposition"]),
      lines: text.trimEnd().split("\n"),
      text,
    };
  };

  beforeAll(async () => {
    [openNumber = "", hiddenNumber = ""] = await runWork(
      home.platform,
      system,
      { purpose: "feed" },
      (work) => writePeople(work, [{ record: open }, { record: hidden }]),
    );
    await runWork(home.platform, system, inProgram, (work) =>
      announceNeed(work, need(openNumber, hiddenNumber)),
    );
  });

  test("は、必要になった方を住民番号で挙げ、取り出したことが一人ずつ記録される", async () => {
    const page = (await (await app.visitor("operator1")).get("/feeds")).text;
    expect(tableOf(page, "照会対象者リスト")).toContain("2人");
    const list = await taken("operator1", "diff");
    expect(list.name).toContain("tax-request-20261120-diff.csv");
    expect(list.lines).toEqual(["住民番号,区分,必要となった日", `${open.sourceId},1,20261120`]);
    const records = await home.admin`
      select person_number from audit.record where action = 'need.request-taken'`;
    expect(records.map((row) => row.person_number)).toEqual([openNumber]);
  });

  test("住所を見られない職員の差分からは支援措置の方が外れ、見られる職員の次の差分に出る", async () => {
    expect((await taken("operator1", "diff")).lines).toHaveLength(1);
    expect((await taken("supervisor1", "diff")).lines).toEqual([
      "住民番号,区分,必要となった日",
      `${hidden.sourceId},1,20261120`,
    ]);
    expect((await taken("supervisor1", "diff")).lines).toHaveLength(1);
  });

  test("全件は、住所を見られない職員には断られる。欠けた全件は、その方を落とすことになるため", async () => {
    const refused = await taken("operator1", "full");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("支援措置の対象者が1人います");
    expect((await taken("supervisor1", "full")).lines).toHaveLength(3);
  });

  test("必要でなくなった方は、次の差分で取消になる", async () => {
    await runWork(home.platform, system, inProgram, (work) => withdrawNeed(work, need(openNumber)));
    expect((await taken("operator1", "diff")).lines).toEqual([
      "住民番号,区分,必要となった日",
      `${open.sourceId},2,20261120`,
    ]);
    expect((await taken("operator1", "diff")).lines).toHaveLength(1);
  });

  test("は、連携取込の権限のない職員には取り出せず、知らない種類にはない", async () => {
    const clerk = await app.visitor("clerk1");
    expect((await clerk.post("/feeds/requests/tax", { extent: "diff" })).status).toBe(403);
    const visitor = await app.visitor("operator1");
    expect((await visitor.post(`/feeds/requests/${randomUUID()}`)).status).toBe(404);
  });
});

test("デモの市では、申請のあとに税の担当課へ照会し、答えの異動分でその方の税情報が届く", async () => {
  const people = { preparer: operator, committer: supervisor };
  const city = await smallCity(700, 5);
  // As the seed of the demonstration: residents first, and the office keeps the whole file.
  const path = city.residents.path.replace("0001.csv", "0902.csv");
  await rename(city.residents.path, path);
  const waiting = await home.admin`select id from feeds.import where state = 'reviewed'`;
  for (const { id } of waiting)
    await inFeeds(home.platform, operator, (work) => cancelImport(work, String(id)));
  await importFile(home.platform, people, residentsFeed, path);
  await keepWholeFile(home.platform, "tax", city.tax.path);
  const source = (await linesOf(city.tax.path))[9]?.split(",")[0] ?? "";
  const person = await inFeeds(home.platform, operator, async (work) =>
    (await matchSources(work, [source])).get(source),
  );
  const number = person?.personNumber ?? "";
  await runWork(home.platform, system, { purpose: "case", program }, (work) =>
    announceNeed(work, { program, kind: "tax", personNumbers: [number] }),
  );
  expect(await bringNeeded(home.platform, people, "tax")).toMatchObject({
    rows: 2,
    written: 2,
    notNeeded: 0,
  });
  expect(await bringNeeded(home.platform, people, "tax")).toBeUndefined();
  const known = await runWork(
    home.platform,
    await home.actor("clerk1"),
    { purpose: "case", program },
    (work) => incomesOf(work, [number], 2025),
  );
  expect(known.get(number)?.facts?.incomeYear).toBe(2025);
});
