import { expect, test } from "vitest";
import { rowOn, valueOn } from "#workflows/parameters/dated.ts";
import {
  type CategoryCode,
  categories,
  type EvidenceCode,
  evidence,
  missingEvidence,
} from "#workflows/single-parent-medical/categories.ts";

const on = "2026-11-20";

test("どの事由にも名前と、証明する書類がある", () => {
  for (const [code, { title, evidence: asked }] of Object.entries(valueOn(categories, on))) {
    expect(title, code).toMatch(/\p{Script=Han}|その他/u);
    expect(asked.length, code).toBeGreaterThan(0);
    for (const choices of asked) {
      expect(choices.length, code).toBeGreaterThan(0);
      for (const one of choices) expect(evidence[one].title).toBeTruthy();
    }
  }
});

test("使われない書類はない", () => {
  const used = new Set(
    Object.values(valueOn(categories, on)).flatMap((category) => category.evidence.flat()),
  );
  expect([...used].sort()).toEqual(Object.keys(evidence).sort());
});

test("書類の一覧は仮設定で、市が確かめる", () => {
  expect(rowOn(categories, on).certainty).toBe("assumed");
});

test("どれか一つでよい書類は、一つあれば足りる", () => {
  const missingOf = (code: CategoryCode, ...seen: EvidenceCode[]) =>
    missingEvidence(valueOn(categories, on)[code], new Set(seen));
  const missing = (...seen: EvidenceCode[]) => missingOf("disability", ...seen);
  expect(missingOf("divorce", "family-register")).toEqual([]);
  expect(missing()).toEqual([["family-register"], ["disability-handbook", "medical-certificate"]]);
  expect(missing("medical-certificate")).toEqual([["family-register"]]);
  expect(missing("family-register", "disability-handbook")).toEqual([]);
  expect(missing("protection-order")).toHaveLength(2);
});
