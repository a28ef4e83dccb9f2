import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { publicHalf, verifyAudit } from "#src/platform/audit/index.ts";
import { runWork } from "#src/platform/work.ts";
import { reprintInOffice } from "#src/programs/vaccination/office-coupons.ts";
import { renderPages, textOfPages } from "#test/documents/render.ts";
import { words } from "#test/support/dump/mailings.ts";
import { dumpFolder, expectedOf, openUpgraded } from "#test/support/load-dump.ts";
import { foundIn } from "#test/support/upgrade-expectations.ts";

const release = "2026-11";
const { expected } = await expectedOf(release);

const old = await openUpgraded(release, "2026-11-20");
const found = await foundIn(old, release);

describe("前の版のデータベース", () => {
  test("の監査記録は、書かれたとおりで、封印とつながる", async () => {
    const { seals, faults } = await verifyAudit((read) => read(old.admin), {
      dataFolder: old.platform.dataFolder,
      publicKey: publicHalf(old.platform.keys.signingKey),
    });
    expect(faults).toEqual([]);
    expect(seals).toBeGreaterThan(2);
  });

  test("の申請と届は、一つも欠けず、増えず、職員の一覧にも載る", () => {
    const numbers = Object.keys(expected.cases);
    expect(Object.values(expected.names).sort()).toEqual(numbers);
    expect(Object.keys(found.cases)).toEqual(numbers);
    expect(found.listed).toEqual(numbers);
  });

  test.each(Object.entries(expected.names))(
    "の「%s」（%s）は、状態・履歴・意見・内容・文書まで同じに見つかる",
    (_, number) => {
      expect(knownThen(found.cases[number], expected.cases[number])).toEqual(
        expected.cases[number],
      );
    },
  );

  test("の住民、通し番号と受給者番号は同じに見つかる", () => {
    const people = (found.people as object[]).map((person, n) =>
      knownThen(person, (expected.people as object[])[n]),
    );
    expect(people).toEqual(expected.people);
    expect(found.numbers).toEqual(expected.numbers);
  });

  test("の一括発送、授受簿、接種券、帳票の設定、外字一覧は同じに見つかる", () => {
    expect(found.papers).toEqual(expected.papers);
  });

  test("の文書は、発行したときと1バイトも違わずに再び印刷される", () => {
    expect(Object.keys(expected.printed).length).toBeGreaterThan(5);
    expect(found.printed).toEqual(expected.printed);
    for (const { documents } of Object.values(expected.cases))
      for (const { document, sha256 } of documents as { document: string; sha256: string }[])
        expect(expected.printed[document]).toBe(sha256);
  });

  test("の接種券は、委託先に渡したものと1点も違わずに再び印刷され、取り消した券は印刷されない", async () => {
    const sent = await renderPages(await readFile(join(dumpFolder(release), "coupons.pdf")));
    expect(sent).toHaveLength(expected.coupons.length);
    for (const { number, state } of expected.papers.coupons) {
      const again = runWork(
        old.platform,
        await old.actor("clerk1"),
        { purpose: "counter", program: "vaccination" },
        (work) => reprintInOffice(work, number, "lost"),
      );
      if (state === "cancelled") {
        await expect(again).rejects.toMatchObject({ status: 422 });
        continue;
      }
      const pdf = await again;
      expect((await textOfPages(pdf)).join()).toContain(words.first.trim());
      const page = sent[expected.coupons.indexOf(number)];
      if (page) expect((await renderPages(pdf))[0]?.data.equals(page.data), number).toBe(true);
    }
  });
});

/** What is found of a case or a person, of all that the release knew; what came later has tests of its own. */
const knownThen = (now: object = {}, then: object = {}) =>
  Object.fromEntries(Object.entries(now).filter(([part]) => Object.hasOwn(then, part)));
