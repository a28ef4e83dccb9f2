import type { z } from "zod";
import type { EvidenceData } from "#forms/index.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { dayOf } from "../clock.ts";
import type { Figure } from "./figures.ts";
import { type LiveSchema, stands } from "./live-schema.ts";
import { isThere } from "./places.ts";
import { type Enforcement, groupTitles, type Promised, promises } from "./promises.ts";
import type { Place, RecordItem } from "./record-item.ts";
import type { TestResults } from "./test-results.ts";

/** All that a report is put together from. */
export interface Findings {
  city: string;
  program: string;
  today: IsoDate;
  recordItems: readonly RecordItem[];
  /** What is entered for a case of the 事務; none where it has no cases. */
  entered?: z.ZodType | undefined;
  live: LiveSchema;
  /** Whether a module of the program exists; the path counts from its root. */
  isFile(path: string): boolean;
  tests: TestResults | undefined;
  figures: readonly Figure[];
  /** A kind of audit record in words. */
  wordsOf(action: string): string;
}

/** 点検報告: what the document says beside what is found, nothing better than it was found. */
export function evidenceOf(findings: Findings): EvidenceData {
  const { city, program, today, recordItems, tests, figures, live } = findings;
  const files = [...new Set(recordItems.map(({ file }) => file))].map((title) => ({
    title,
    items: recordItems.filter(({ file }) => file === title).map((item) => itemOf(item, findings)),
  }));
  return {
    city,
    program,
    madeOn: today,
    testedOn: tests && dayOf(tests.at),
    year: formatFiscalYear(fiscalYear(today)),
    files,
    promises: promises.map((promised) => promiseOf(promised, findings)),
    figures: figures.map(({ action, ...counts }) => ({
      title: findings.wordsOf(action),
      ...counts,
    })),
    unguarded: [...live.unguarded],
  };
}

function itemOf({ no, name, place }: RecordItem, { live, entered }: Findings) {
  const state = isThere(place, live, entered) ? stateOf(place) : ("所在不明" as const);
  return { no, name, state, place: wordsOfPlace(place) };
}

function stateOf(place: Place) {
  if ("derived" in place) return "算出" as const;
  return "notHeld" in place ? ("未保持" as const) : ("保持" as const);
}

function wordsOfPlace(place: Place): string {
  if ("column" in place) return place.column;
  if ("register" in place) return `住民の記録（封印） ${place.register}`;
  if ("entered" in place) return `申請の入力（封印） ${place.entered}`;
  return "derived" in place ? place.derived : place.notHeld;
}

const objectTitles = {
  function: "データベースの関数",
  policy: "行の保護",
  trigger: "データベースのトリガー",
  constraint: "データベースの制約",
  module: "プログラム",
} as const;

function nameOf(enforcement: Enforcement): string {
  const [kind = "", ...rest] = enforcement.split(" ");
  return `${objectTitles[kind as keyof typeof objectTitles]} ${rest.join(" ")}`;
}

function promiseOf({ id, text, enforcement, tests, missing }: Promised, findings: Findings) {
  const { live, isFile } = findings;
  const found = enforcement.map((one) => ({
    name: nameOf(one),
    stands: stands(live, one, isFile),
  }));
  const proofs = tests.map((file) => ({ file, ...resultOf(file, findings.tests) }));
  const whole =
    missing === undefined &&
    found.every((one) => one.stands) &&
    proofs.length > 0 &&
    proofs.every((proof) => proof.passed);
  return {
    id,
    group: groupTitles[(id.split("-")[0] ?? id) as keyof typeof groupTitles],
    text,
    state:
      found.length === 0 ? ("未対応" as const) : whole ? ("実施" as const) : ("要確認" as const),
    enforcement: found,
    tests: proofs.map(({ file, result }) => ({ file, result })),
    missing: missing ?? (found.length > 0 && proofs.length === 0 ? "試験がありません" : undefined),
  };
}

/** A file counts as passed when something in it passed and nothing failed or was left out. */
function resultOf(
  file: string,
  tests: TestResults | undefined,
): { result: string; passed: boolean } {
  const found = tests?.files.get(file);
  if (!found) return { result: "結果がありません", passed: false };
  const { passed, failed, skipped } = found;
  if (failed > 0) return { result: `不合格 ${failed}件`, passed: false };
  if (skipped > 0) return { result: `未実施 ${skipped}件`, passed: false };
  return { result: `合格 ${passed}件`, passed: passed > 0 };
}
