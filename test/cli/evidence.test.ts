import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { evidencePage } from "#src/cli/evidence-page.tsx";
import { items } from "#src/cli/items.ts";
import { declaredApplications } from "#src/platform/applications/index.ts";
import { figuresOf, readLiveSchema } from "#src/platform/evidence/index.ts";
import { promises } from "#src/platform/evidence/promises.ts";
import { evidenceOf } from "#src/platform/evidence/report.ts";
import { programs } from "#src/programs/registry.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const root = fileURLToPath(new URL("../../", import.meta.url));

const report = async (id: string) => {
  const program = programs.find((one) => one.id === id);
  return evidenceOf({
    city: "見本市",
    program: program?.title ?? "",
    today: "2026-11-20",
    recordItems: program?.recordItems ?? [],
    entered: declaredApplications().find((one) => one.program === id)?.schema,
    live: await readLiveSchema(city.admin),
    isFile: (path) => existsSync(`${root}${path}`),
    tests: undefined,
    figures: await figuresOf(city.admin, id, 2026),
    wordsOf: (action) => action,
  });
};

/** 記録項目 of the published assessments: program, file, number, item. */
const published = readFileSync(`${root}test/fixtures/record-items.tsv`, "utf8")
  .trimEnd()
  .split("\n")
  .slice(1);

/** Runs `items` and returns what it printed and its exit status. */
async function printItems(...words: string[]) {
  const out = vi.spyOn(console, "log").mockReturnValue();
  const err = vi.spyOn(console, "error").mockReturnValue();
  try {
    const status = await items.run({ values: {}, words });
    const said = (spy: typeof out) => spy.mock.calls.map(([text]) => `${text}`).join("\n");
    return { status, lines: said(out).split("\n"), error: said(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

test.each(programs.map(({ id }) => id))(
  "%s の記録項目の一覧は、公表した番号と名前のとおりで、所在のない項目があれば終了コードで知らせる",
  async (id) => {
    const { status, lines } = await printItems(id);
    const [heading, ...rows] = lines.map((line) => line.split("\t"));
    expect(heading).toEqual(["特定個人情報ファイル", "番号", "記録項目", "所在"]);
    expect(rows.map(([file, no, name]) => [id, file, no, name].join("\t"))).toEqual(
      published.filter((line) => line.startsWith(`${id}\t`)),
    );
    // A place is a kind and where; a derivation says from what.
    for (const [, , , place] of rows)
      expect(place).toMatch(
        /^(列 [a-z_]+\.[a-z_]+\.[a-z_]+|封印 (住民の記録|申請の入力) [\w.]+|(算出|なし) .{3,})$/,
      );
    expect(status).toBe(rows.some(([, , , place]) => place?.startsWith("なし")) ? 1 : 0);
  },
);

test("知らない事務の記録項目は、文で断る", async () => {
  const { status, lines, error } = await printItems("no-such");
  expect({ status, lines }).toEqual({ status: 2, lines: [""] });
  expect(error).toContain("「no-such」という事務の記録項目はありません");
});

test.each(programs.map(({ id }) => id))("%s の記録項目は、挙げた所に実際にある", async (id) => {
  const { files } = await report(id);
  const items = files.flatMap((file) => file.items.map((item) => ({ file: file.title, ...item })));
  expect(items.length).toBeGreaterThan(0);
  expect(items.filter(({ state }) => state === "所在不明")).toEqual([]);
});

test("約束を行うものは、実際のデータベースとプログラムにある", async () => {
  const { promises: found } = await report("child-medical");
  const lost = found.flatMap(({ id, enforcement }) =>
    enforcement.filter(({ stands }) => !stands).map(({ name }) => `${id} ${name}`),
  );
  expect(lost).toEqual([]);
  expect(found).toHaveLength(promises.length);
});

test("切られたトリガーや、行の保護を外された表は、報告に出る", async () => {
  await city.admin.unsafe("alter table audit.record disable trigger record_is_final");
  await city.admin.unsafe("alter table cases.case no force row level security");
  try {
    const { promises: found, unguarded } = await report("child-medical");
    const look = found.find(({ id }) => id === "USE-6");
    expect(look?.state).not.toBe("実施");
    expect(look?.enforcement.filter(({ stands }) => !stands).map(({ name }) => name)).toEqual([
      "データベースのトリガー audit.record record_is_final",
    ]);
    expect(unguarded).toEqual(["cases.case"]);
  } finally {
    await city.admin.unsafe("alter table audit.record enable trigger record_is_final");
    await city.admin.unsafe("alter table cases.case force row level security");
  }
});

test("年度の記録を数え、氏名も番号も載せない", async () => {
  const { family, open } = counterOf(city);
  const one = await family();
  await open("clerk1", one);
  const data = await report("child-medical");
  expect(data.unguarded).toEqual([]);
  expect(data.figures.length).toBeGreaterThan(0);
  expect(data.figures.every(({ records, staff }) => records > 0 && staff > 0)).toBe(true);
  const page = evidencePage(data);
  expect(page).toContain("USE-6");
  expect(page).not.toMatch(/(?<![\da-f-])\d{10}(?!\d)|試験 太郎/);
});
