import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { evidencePage } from "#src/cli/evidence-page.tsx";
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
