import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { promises } from "#src/platform/evidence/promises.ts";
import { evidenceOf } from "#src/platform/evidence/report.ts";
import { programs } from "#src/programs/registry.ts";

const [child] = programs;

const found = (over: Partial<Parameters<typeof evidenceOf>[0]> = {}) =>
  evidenceOf({
    city: "見本市",
    program: "こども医療費助成",
    today: "2026-11-20",
    recordItems: child?.recordItems ?? [],
    live: { columns: new Set(), objects: new Set(), unguarded: [] },
    isFile: () => false,
    tests: undefined,
    figures: [],
    wordsOf: (action) => action,
    ...over,
  });

describe("約束した措置", () => {
  test("評価書の約束が一つずつ、一度だけ挙がる", () => {
    const ids = promises.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(28);
  });

  test("行うものとして名指したプログラムも、試験も、実際にある", () => {
    const files = promises.flatMap(({ enforcement, tests }) => [
      ...enforcement.flatMap((one) => (one.startsWith("module ") ? [one.slice(7)] : [])),
      ...tests.map((file) => `test/${file}`),
    ]);
    const root = new URL("../../../", import.meta.url);
    expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
  });

  test("何も見当たらないデータベースでは、どの約束も実施と書かない", () => {
    expect(found().promises.filter(({ state }) => state === "実施")).toEqual([]);
  });

  test("試験が一つでも不合格か未実施なら、実施と書かず、そのことを書く", () => {
    const [promise] = promises.filter(({ tests, missing }) => tests.length > 0 && !missing);
    if (!promise) throw new Error("no promise has tests");
    const states = (
      [
        { passed: 3, failed: 0, skipped: 0 },
        { passed: 3, failed: 1, skipped: 0 },
        { passed: 3, failed: 0, skipped: 1 },
        { passed: 0, failed: 0, skipped: 0 },
      ] as const
    ).map((result) => {
      const files = new Map(promise.tests.map((file) => [file, result]));
      const report = found({
        live: { columns: new Set(), objects: new Set(promise.enforcement), unguarded: [] },
        isFile: () => true,
        tests: { at: new Date("2026-11-19T03:00:00Z"), files },
      });
      return report.promises.find(({ id }) => id === promise.id)?.state;
    });
    expect(states).toEqual(["実施", "要確認", "要確認", "要確認"]);
  });
});

describe("記録項目", () => {
  test("どの事務も、公表した評価書の項目を番号どおりに挙げる", () => {
    const counts = programs.map(({ id, recordItems = [] }) => [id, recordItems.length]);
    expect(Object.fromEntries(counts)).toEqual({
      "child-medical": 118,
      "intractable-disease": 187,
      "single-parent-medical": 56,
      vaccination: 100,
    });
    for (const { recordItems = [] } of programs)
      for (const file of new Set(recordItems.map((item) => item.file)))
        expect(recordItems.filter((item) => item.file === file).map(({ no }) => no)).toEqual(
          recordItems.filter((item) => item.file === file).map((_, index) => index + 1),
        );
  });

  test("データベースにない列は、保持と書かず、所在不明と書く", () => {
    const items = found().files.flatMap((file) => file.items);
    expect(items.filter(({ state, place }) => state === "保持" && !place.includes("封印"))).toEqual(
      [],
    );
    expect(items.some(({ state }) => state === "所在不明")).toBe(true);
  });
});
