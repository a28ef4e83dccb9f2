import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { CityFiles } from "#db/city/city.ts";
import type { Actor } from "#src/platform/access/index.ts";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  decideDoubtful,
  type Feed,
  getImport,
  importFile,
  listBadRows,
  listGone,
  listRows,
  receiveFile,
  reviewImport,
  standardFeed,
  stoppedFeeds,
  tax,
  welfare,
} from "#src/platform/feeds/index.ts";
import { reviewAgain } from "#src/platform/feeds/review.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import {
  announceNeed,
  incomesOf,
  matchSources,
  type NeededKind,
  welfareOf,
  withdrawNeed,
} from "#src/platform/people/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";
import {
  fileOf,
  incoming,
  inFeeds,
  linesOf,
  residentsFeed,
  smallCity,
  summaryOf,
} from "./support.ts";

const program = "single-parent-medical";
const taxFeed = standardFeed(tax);
const welfareFeed = standardFeed(welfare);
let home: TestPlatform;
let operator: Actor;
let supervisor: Actor;
let clerk: Actor;
let system: Actor;
let city: CityFiles;
let taxLines: string[];
/** 統合宛名番号 by 住民番号, of the first people of the tax file. */
let numbers: Map<string, string>;
const sequence = { tax: 1, welfare: 1 };

const sourceOf = (line = "") => line.split(",")[0] ?? "";

beforeAll(async () => {
  home = await openTestPlatform();
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
  clerk = await home.actor("clerk1");
  system = await home.system();
  city = await smallCity(2_000);
  const people = { preparer: operator, committer: supervisor };
  await importFile(home.platform, people, residentsFeed, city.residents.path);
  taxLines = await linesOf(city.tax.path);
  const sources = [...new Set(taxLines.slice(1).map(sourceOf))];
  const known = await inFeeds(home.platform, operator, (work) => matchSources(work, sources));
  numbers = new Map(sources.map((source) => [source, known.get(source)?.personNumber ?? ""]));
});

const need = (kind: NeededKind, ...sources: string[]) => ({
  program,
  kind,
  personNumbers: sources.map((source) => numbers.get(source) ?? ""),
});
const inProgram = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
  runWork(home.platform, actor, { purpose: "case", program }, run);
const announce = (kind: NeededKind, ...sources: string[]) =>
  inProgram(system, (work) => announceNeed(work, need(kind, ...sources)));

async function receive(feed: Feed, extent: "full" | "diff", lines: string[], date = "20261120") {
  const kind = feed.kind.id as NeededKind;
  const name = `${kind}-${date}-${extent}-${String(sequence[kind]).padStart(4, "0")}.csv`;
  sequence[kind] += 1;
  const importId = await receiveFile(home.platform, operator, feed, incoming(name, fileOf(lines)));
  await reviewImport(home.platform, await home.system(), feed, importId);
  return importId;
}
async function commit(feed: Feed, importId: string) {
  await inFeeds(home.platform, supervisor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision });
  });
  await writeImport(home.platform, await home.system(), feed, importId);
  return summaryOf(home.platform, operator, importId);
}

/** A line with some columns set by their headings. */
const changed = (line: string, changes: Record<string, string>) => {
  const headings = taxLines[0]?.split(",") ?? [];
  const fields = line.split(",");
  for (const [heading, value] of Object.entries(changes)) fields[headings.indexOf(heading)] = value;
  return fields.join(",");
};
const lineOf = (source: string, year = "2025") =>
  taxLines.find((line) => line.startsWith(`${source},${year},`)) ?? "";

describe("だれも必要としていないとき", () => {
  test("市の全員の税情報が届いても、一行も保存されず、数だけが残る", async () => {
    const name = `tax-20261120-full-${String(sequence.tax++).padStart(4, "0")}.csv`;
    const file = incoming(name, await readFile(city.tax.path));
    const importId = await receiveFile(home.platform, operator, taxFeed, file);
    await reviewImport(home.platform, await home.system(), taxFeed, importId);
    const summary = await commit(taxFeed, importId);
    expect(summary).toMatchObject({
      rows: city.tax.rows,
      notNeeded: city.tax.rows,
      bad: 0,
      written: 0,
    });
    const [kept] = await home.admin`
      select (select count(*) from feeds.lot where import_id = ${importId})::int as lots,
             (select count(*) from vault.sealed_record where holder = ${`feed:${importId}`})::int as sealed,
             (select count(*) from vault.feed_record)::int as records`;
    expect(kept).toEqual({ lots: 0, sealed: 0, records: 0 });
  });
});

describe("申請で必要になった方", () => {
  let first: string;
  let second: string;
  let other: string;

  beforeAll(async () => {
    [first = "", second = "", other = ""] = numbers.keys();
    await announce("tax", first, second);
  });

  test("次のファイルから、その方の行だけが保存され、ほかの行は対象外として数えられる", async () => {
    const lines = taxLines.filter((line) =>
      [first, second, other, "住民番号"].includes(sourceOf(line)),
    );
    const importId = await receive(taxFeed, "diff", lines);
    const summary = await commit(taxFeed, importId);
    expect(summary).toMatchObject({ rows: 6, notNeeded: 2, written: 4, byVerdict: { new: 4 } });
    const people = await home.admin`select distinct person_number from vault.feed_record`;
    expect(people.map((row) => row.person_number).toSorted()).toEqual(
      need("tax", first, second).personNumbers.toSorted(),
    );
  });

  test("所得年を指して見られ、見たことは一人ずつ税情報として記録される", async () => {
    const count = async () =>
      Number(
        (
          await home.admin`select count(*) from audit.record where items = '{tax}' and kind = 'look'`
        )[0]?.count,
      );
    const before = await count();
    const { personNumbers } = need("tax", first, second);
    const known = await inProgram(clerk, (work) => incomesOf(work, personNumbers, 2025));
    expect(await count()).toBe(before + 2);
    const facts = known.get(personNumbers[0] ?? "")?.facts;
    const total = Number(lineOf(first).split(",")[4]);
    expect(facts).toMatchObject({ incomeYear: 2025, determinedOn: "2026-06-01", total });
    const none = await inProgram(clerk, (work) => incomesOf(work, personNumbers, 2019));
    expect(none.get(personNumbers[0] ?? "")).toMatchObject({ facts: undefined, coveredOn: null });
  });

  test("更正は新しい記録になり、前の記録は残り、ある日に知られていたことを聞ける", async () => {
    home.platform.clock.moveTo("2026-11-25");
    const redetermined = changed(lineOf(first), {
      更正日: "20261124",
      合計所得金額: "1234000",
      給与所得: "1234000",
    });
    const importId = await receive(taxFeed, "diff", [taxLines[0] ?? "", redetermined], "20261125");
    const rows = await inFeeds(home.platform, operator, (work) =>
      listRows(work, importId, "changed"),
    );
    expect(rows.rows[0]?.changes).toEqual(["determination", "content"]);
    await commit(taxFeed, importId);
    const { personNumbers } = need("tax", first);
    const [person = ""] = personNumbers;
    const totalOn = async (day?: "2026-11-24" | "2026-11-25") =>
      (await inProgram(clerk, (work) => incomesOf(work, personNumbers, 2025, day))).get(person)
        ?.facts?.total;
    expect(await totalOn()).toBe(1_234_000);
    expect(await totalOn("2026-11-25")).toBe(1_234_000);
    expect(await totalOn("2026-11-24")).toBe(Number(lineOf(first).split(",")[4]));
  });

  test("前の更正日の行は要確認で、承認しようとしても反映できない。同じ行は変更なし", async () => {
    const older = changed(lineOf(first), { 更正日: "20260610" });
    const importId = await receive(
      taxFeed,
      "diff",
      [taxLines[0] ?? "", older, lineOf(second)],
      "20261125",
    );
    const { byVerdict } = await summaryOf(home.platform, operator, importId);
    expect(byVerdict).toMatchObject({ doubtful: 1, unchanged: 1 });
    const accept = inFeeds(home.platform, supervisor, (work) =>
      decideDoubtful(work, { importId, row: 2, accepted: true }),
    );
    await expect(accept).rejects.toMatchObject({ status: 422 });
    expect(await commit(taxFeed, importId)).toMatchObject({ written: 0 });
  });

  test("誤りのある行は理由とともに残り、だれの行か分からない行は中身を残さない", async () => {
    const heading = taxLines[0] ?? "";
    const lines = [
      heading,
      changed(lineOf(first), { 更正日: "2026-11-25" }),
      changed(lineOf(second), { 住民番号: "" }),
      `"${lineOf(second)}`,
      changed(lineOf(other), { 更正日: "なし" }),
      changed(lineOf(second), { 更正日: "20261101", 医療費控除: "98765" }),
    ];
    const importId = await receive(taxFeed, "diff", lines, "20261125");
    const { rows: bad } = await inFeeds(home.platform, operator, (work) =>
      listBadRows(work, importId),
    );
    expect(bad.map(({ row, field, code, unread }) => [row, field, code, unread])).toEqual([
      [2, "determinedOn", "not-a-date", false],
      [3, "row", "nobody", true],
      [4, "row", "quotes", true],
    ]);
    expect(bad[0]?.personNumber).toBe(numbers.get(first));
    expect(await summaryOf(home.platform, operator, importId)).toMatchObject({
      rows: 5,
      bad: 3,
      notNeeded: 1,
      byVerdict: { changed: 1 },
    });
    // Reviewed again, what was judged as the file came stays.
    await inFeeds(home.platform, supervisor, (work) => reviewAgain(work, importId));
    await reviewImport(home.platform, await home.system(), taxFeed, importId);
    expect(await commit(taxFeed, importId)).toMatchObject({ bad: 3, notNeeded: 1, written: 1 });
    const [lot] = await home.admin`select kept_rows from feeds.lot where import_id = ${importId}`;
    expect(lot?.kept_rows).toEqual([2, 6]);
  });

  test("全件にない必要な方は一覧に出る", async () => {
    const full = taxLines.filter((line) => sourceOf(line) !== second);
    const importId = await receive(taxFeed, "full", full, "20261125");
    const { rows: gone } = await inFeeds(home.platform, operator, (work) =>
      listGone(work, importId),
    );
    expect(gone).toEqual(need("tax", second).personNumbers);
    await commit(taxFeed, importId);
    const known = await inProgram(clerk, (work) =>
      incomesOf(work, need("tax", second).personNumbers, 2025),
    );
    expect([...known.values()][0]?.coveredOn).toBe("2026-11-25");
  });

  test("確認のあとに必要でなくなった方の行は、反映されずに確認し直され、対象外になる", async () => {
    const line = (source: string, at: string) =>
      changed(lineOf(source), { 更正日: at, 医療費控除: "55555" });
    const rows = [line(first, "20261125"), line(second, "20261125")];
    const importId = await receive(taxFeed, "diff", [taxLines[0] ?? "", ...rows], "20261125");
    await inFeeds(home.platform, supervisor, async (work) => {
      const { revision } = await getImport(work, importId);
      await approveImport(work, { importId, revision });
    });
    await inProgram(system, (work) => withdrawNeed(work, need("tax", second)));
    const written = writeImport(home.platform, await home.system(), taxFeed, importId);
    await expect(written).rejects.toMatchObject({ status: 409 });
    await reviewImport(home.platform, await home.system(), taxFeed, importId);
    expect(await commit(taxFeed, importId)).toMatchObject({ rows: 2, notNeeded: 1, written: 1 });
    const look = inProgram(clerk, (work) =>
      incomesOf(work, need("tax", second).personNumbers, 2025),
    );
    await expect(look).rejects.toMatchObject({ code: "42501" });
  });
});

describe("福祉情報", () => {
  const heading = "住民番号,種別,等級,開始日,終了日";
  let person: string;
  const factsOn = async (on: "2026-11-25" | "2025-01-01", knownOn?: "2026-11-25") => {
    const { personNumbers } = need("welfare", person);
    const known = await inProgram(clerk, (work) => welfareOf(work, personNumbers, on, knownOn));
    return known.get(personNumbers[0] ?? "");
  };

  beforeAll(() => {
    person = [...numbers.keys()][5] ?? "";
  });

  test("必要な方のその日の手当と手帳が分かり、まだ届いていないことも分かる", async () => {
    await announce("welfare", person);
    expect(await factsOn("2026-11-25")).toEqual({ facts: [], coveredOn: null });
    const lines = [heading, `${person},22,,20250401,`, `${person},11,3,20200401,20241231`];
    await commit(welfareFeed, await receive(welfareFeed, "full", lines, "20261125"));
    expect(await factsOn("2026-11-25")).toEqual({
      facts: [{ benefit: "child-rearing-allowance", from: "2025-04-01" }],
      coveredOn: "2026-11-25",
    });
    expect((await factsOn("2025-01-01"))?.facts).toEqual([]);
  });

  test("終了日が届けば終わり、前に知られていたことは残る", async () => {
    home.platform.clock.moveTo("2026-12-01");
    const lines = [heading, `${person},22,,20250401,20261031`];
    const importId = await receive(welfareFeed, "diff", lines, "20261201");
    const summary = await commit(welfareFeed, importId);
    expect(summary.byVerdict).toMatchObject({ changed: 1 });
    expect((await factsOn("2026-11-25"))?.facts).toEqual([]);
    expect((await factsOn("2026-11-25", "2026-11-25"))?.facts).toHaveLength(1);
  });

  test("届かなくなったことは、税情報も福祉情報も知らされる", async () => {
    home.platform.clock.moveTo("2027-02-01");
    const kinds = [taxFeed.kind, welfareFeed.kind];
    const stopped = await inFeeds(home.platform, operator, (work) => stoppedFeeds(work, kinds));
    expect(stopped.map(({ kind }) => kind.id)).toEqual(["tax", "welfare"]);
  });
});

test("人を消すと、届いた税情報と福祉情報も消える", async () => {
  const [first = ""] = numbers.keys();
  const [number = ""] = need("tax", first).personNumbers;
  await erasePerson(home, number);
  const [left] = await home.admin`
    select count(*)::int as n from vault.feed_record where person_number = ${number}`;
  expect(left?.n).toBe(0);
});
