import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#src/platform/access/index.ts";
import { approveImport } from "#src/platform/feeds/approve.ts";
import {
  cancelImport,
  decideDoubtful,
  type Feed,
  getImport,
  importFile,
  listBadRows,
  listGone,
  listRows,
  receiveFile,
  reviewImport,
} from "#src/platform/feeds/index.ts";
import { writeImport } from "#src/platform/feeds/write.ts";
import { findPeople, lookAtPeople } from "#src/platform/people/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { formatWareki, parseBirth } from "#workflows/dates/wareki.ts";
import {
  fileOf,
  incoming,
  inFeeds,
  linesOf,
  residentsFeed,
  smallCity,
  summaryOf,
} from "./support.ts";

let home: TestPlatform;
let operator: Actor;
let supervisor: Actor;
let heading: string;
let people: string[][];
let sequence = 1;

const columns = { id: 1, name: 2, kana: 3, born: 7, individualNumber: 27 };

beforeAll(async () => {
  home = await openTestPlatform();
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
  const city = await smallCity(2_300, 4);
  const [first = "", ...lines] = await linesOf(city.residents.path);
  heading = first;
  people = lines.map((line) => line.split(","));
  await importFile(
    home.platform,
    { preparer: operator, committer: supervisor },
    residentsFeed,
    city.residents.path,
  );
});

async function receive(extent: "full" | "diff", rows: string[][], feed: Feed = residentsFeed) {
  sequence += 1;
  const name = `residents-20261120-${extent}-${String(sequence).padStart(4, "0")}.csv`;
  const bytes = fileOf([heading, ...rows.map((row) => row.join(","))]);
  const id = await receiveFile(home.platform, operator, feed, incoming(name, bytes));
  await reviewImport(home.platform, await home.system(), feed, id);
  return id;
}

async function commit(importId: string) {
  await inFeeds(home.platform, supervisor, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision, gapReason: "試験のため" });
  });
  await writeImport(home.platform, await home.system(), residentsFeed, importId);
}

const person = (at: number, changes: Partial<Record<keyof typeof columns, string>> = {}) => {
  const row = [...(people[at] ?? [])];
  for (const [name, value] of Object.entries(changes))
    row[columns[name as keyof typeof columns]] = value;
  return row;
};

describe("要確認の行は", () => {
  test("だれかが反映すると決めないかぎり反映されず、一覧に残る", async () => {
    const strange = { name: "別人　太郎", born: "19200505" };
    const importId = await receive("diff", [person(40, strange), person(41, strange)]);
    const { rows } = await inFeeds(home.platform, operator, (work) =>
      listRows(work, importId, "doubtful"),
    );
    expect(rows.map(({ doubt }) => doubt)).toEqual(["identity", "identity"]);
    await inFeeds(home.platform, supervisor, (work) =>
      decideDoubtful(work, { importId, row: 3, accepted: true }),
    );
    await commit(importId);
    const summary = await summaryOf(home.platform, operator, importId);
    expect(summary).toMatchObject({ written: 1, accepted: 1, byVerdict: { doubtful: 2 } });
    const [born] = await home.admin`
      select count(*)::int as n from vault.person where birth_date = '1920-05-05' and person_number = ${rows[1]?.personNumber ?? ""}`;
    expect(born?.n).toBe(1);
  });
});

describe("同じ人の行が二つあれば", () => {
  test("異動分では後の行が有効になる", async () => {
    const importId = await receive("diff", [
      person(50, { name: "一度　目" }),
      person(51, { name: "一人　者" }),
      person(50, { name: "二度　目" }),
    ]);
    await commit(importId);
    expect(await summaryOf(home.platform, operator, importId)).toMatchObject({
      rows: 3,
      superseded: 1,
      written: 2,
      bad: 0,
    });
  });

  test("全件では初めの行が有効で、後の行は、区切りをまたいでも取り込めない行になる", async () => {
    const all = [...people, person(60, { name: "重複　太郎" })];
    const importId = await receive("full", all);
    const { rows: bad } = await inFeeds(home.platform, operator, (work) =>
      listBadRows(work, importId),
    );
    expect(bad.map(({ row, code }) => [row, code])).toEqual([[all.length + 1, "duplicate"]]);
    await inFeeds(home.platform, operator, (work) => cancelImport(work, importId));
  });
});

describe("ほかの人の個人番号は", () => {
  test("反映のときに取り込めない行になり、隣の行は反映される", async () => {
    const importId = await receive("diff", [
      person(70, { id: "799999991" }),
      person(71, { id: "799999992", individualNumber: "" }),
      person(72, { name: "改名　花子" }),
    ]);
    await commit(importId);
    const { rows: bad } = await inFeeds(home.platform, operator, (work) =>
      listBadRows(work, importId),
    );
    expect(bad.map(({ row, code }) => [row, code])).toEqual([[2, "refused"]]);
    expect(await summaryOf(home.platform, operator, importId)).toMatchObject({
      written: 2,
      bad: 1,
    });
  });
});

describe("全件のファイルにない人は", () => {
  test("一覧に出て、そのまま残る。行に誤りのあった人は含まれない", async () => {
    const rows = people.filter((_, at) => at !== 80 && at !== 81);
    rows[90] = [...(rows[90] ?? [])].with(columns.born, "20010232");
    const importId = await receive("full", rows);
    const { gone, bad } = await summaryOf(home.platform, operator, importId);
    const { rows: listed } = await inFeeds(home.platform, operator, (work) =>
      listGone(work, importId),
    );
    expect(bad).toBe(1);
    // Two who were left out, and one more who came with the file above and is in none since.
    expect(gone).toBe(listed.length);
    expect(gone).toBeLessThanOrEqual(4);
    expect(gone).toBeGreaterThanOrEqual(2);
    const [known] = await home.admin`
      select count(*)::int as n from feeds.bad_row where import_id = ${importId} and person_number is not null`;
    expect(known?.n).toBe(1);
    await inFeeds(home.platform, operator, (work) => cancelImport(work, importId));
  });
});

describe("途中で止まっても", () => {
  /** The feed with a step that fails from a call on, as in a killed program. */
  const failing = (step: "compare" | "write", atCall: number): Feed => {
    let calls = 0;
    const { kind } = residentsFeed;
    const fail = <T>(run: () => Promise<T>) => {
      calls += 1;
      return calls >= atCall ? Promise.reject(new Error("killed")) : run();
    };
    return {
      ...residentsFeed,
      kind: {
        ...kind,
        compare: (work, rows) =>
          step === "compare" ? fail(() => kind.compare(work, rows)) : kind.compare(work, rows),
        write: (...given) =>
          step === "write" ? fail(() => kind.write(...given)) : kind.write(...given),
      },
    };
  };

  test("確認も反映も、一行も漏れず、一行も重ならない", async () => {
    const renamed = people.map((_, at) => person(at, { name: `改名　第${at}` }));
    await expect(receive("diff", renamed, failing("compare", 2))).rejects.toThrow("killed");
    const [entry] = await home.admin`select id from feeds.import where sequence = ${sequence}`;
    const importId = String(entry?.id);
    expect(await summaryOf(home.platform, operator, importId)).toMatchObject({
      lots: { all: 3, reviewed: 1 },
    });
    await reviewImport(home.platform, await home.system(), residentsFeed, importId);
    await inFeeds(home.platform, supervisor, async (work) => {
      const { revision } = await getImport(work, importId);
      await approveImport(work, { importId, revision, gapReason: "試験のため" });
    });
    const stopped = writeImport(home.platform, await home.system(), failing("write", 3), importId);
    await expect(stopped).rejects.toThrow("killed");
    const half = await summaryOf(home.platform, operator, importId);
    expect(half.lots).toMatchObject({ committed: 2 });
    const [before] = await home.admin`select sum(revision)::int as n from vault.person`;
    await writeImport(home.platform, await home.system(), residentsFeed, importId);
    const done = await summaryOf(home.platform, operator, importId);
    expect(done.written).toBe(people.length - done.byVerdict.doubtful);
    const [after] = await home.admin`select sum(revision)::int as n from vault.person`;
    expect(Number(after?.n) - Number(before?.n)).toBe(done.written - half.written);
  });
});

test("制御文字や見えない文字の行は項目と理由つきで残り、途中の空の行は一つの誤り、終わりの空の行は行にならない", async () => {
  const mark = (at: number, character: string) => person(at, { name: `熊本${character}太郎` });
  const blank = heading.replace(/[^,]/g, "").split("");
  const importId = await receive("diff", [
    mark(50, "\u0000"),
    [...blank, ""],
    mark(51, "\ufffd"),
    mark(52, "\u200b"),
    person(53),
    [...blank, ""],
    [...blank, ""],
    ["\u001a"],
  ]);
  const bad = await home.admin`
    select row, field, code from feeds.bad_row where import_id = ${importId} order by row`;
  expect(bad).toEqual([
    { row: 2, field: "kanji", code: "control" },
    { row: 3, field: "row", code: "empty-row" },
    { row: 4, field: "kanji", code: "replacement" },
    { row: 5, field: "kanji", code: "invisible" },
  ]);
  const summary = await summaryOf(home.platform, operator, importId);
  expect(summary).toMatchObject({ rows: 5, bad: 4 });
  await inFeeds(home.platform, operator, (work) => cancelImport(work, importId));
});

describe("権限", () => {
  test("窓口の職員にはファイルが見えず、取り込むことも反映することもできない", async () => {
    const clerk = await home.actor("clerk1");
    const name = "residents-20261120-diff-0900.csv";
    await expect(
      receiveFile(home.platform, clerk, residentsFeed, incoming(name, fileOf([heading]))),
    ).rejects.toThrow();
    const seen = await inFeeds(
      home.platform,
      clerk,
      (work) => work.sql`select count(*)::int as n from feeds.import`,
    );
    expect(seen[0]?.n).toBe(0);
  });

  test("取り決めと違う並びのファイルは、何も保存せずに断られる", async () => {
    const surplus = fileOf([`${heading},生活保護`, `${people[0]?.join(",")},1`]);
    const name = "residents-20261120-diff-0901.csv";
    await expect(
      receiveFile(home.platform, operator, residentsFeed, incoming(name, surplus)),
    ).rejects.toMatchObject({ status: 422, message: expect.stringContaining("38列目") });
    const [kept] = await home.admin`
      select count(l.*)::int as n from feeds.import i left join feeds.lot l on l.import_id = i.id where i.sequence = 901`;
    expect(kept?.n).toBe(0);
  });
});

describe("生まれた日の分からない人は", () => {
  test("届いたとおりに取り込まれ、不詳と表示され、年で探せる", async () => {
    const told = ["19280000", "19500400", "19300230"];
    const rows = told.map((born, at) => {
      const row = person(100 + at, { id: `79999998${at}`, name: "不詳　太郎", born });
      return row.with(columns.individualNumber, "").with(columns.kana, "フショウ　タロウ");
    });
    const importId = await receive("diff", [
      ...rows,
      person(104, { id: "799999984", born: "00000000", individualNumber: "" }),
    ]);
    const { rows: bad } = await inFeeds(home.platform, operator, (work) =>
      listBadRows(work, importId),
    );
    expect(bad.map(({ row, field, code }) => [row, field, code])).toEqual([
      [5, "birthDate", "birth-unknown"],
    ]);
    await commit(importId);
    const clerk = await home.actor("clerk1");
    const counter = <T>(run: (work: Work) => Promise<T>) =>
      runWork(home.platform, clerk, { purpose: "counter" }, run);
    const found = (typed: string) =>
      counter(async (work) => {
        const birthDate = parseBirth(typed);
        const numbers = await findPeople(work, {
          name: "フショウ",
          ...(birthDate && { birthDate }),
        });
        const people = await lookAtPeople(work, numbers, ["facts"]);
        return people.map(({ birthDate: born }) => formatWareki(born)).toSorted();
      });
    expect(await found("S3")).toEqual(["昭和3年（月日不詳）"]);
    expect(await found("1950年")).toEqual(["昭和25年4月（日不詳）"]);
    expect(await found("S5")).toEqual(["昭和5年2月30日（暦にない日）"]);
    // The same file again tells nothing new; a day that became known does.
    const again = await receive("diff", [
      ...rows.slice(1),
      (rows[0] ?? []).with(columns.born, "19281002"),
    ]);
    const { byVerdict } = await summaryOf(home.platform, operator, again);
    expect(byVerdict).toMatchObject({ unchanged: 2 });
    await commit(again);
    expect(await found("S3")).toEqual(["昭和3年10月2日"]);
  });
});
