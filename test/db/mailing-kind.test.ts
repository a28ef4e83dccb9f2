import { beforeAll, describe, expect, test } from "vitest";
import { templateName } from "#forms/index.ts";
import { statusReport } from "#forms/letters/status-report.ts";
import { listItems, previewRun, type RunRow, releaseItem } from "#src/platform/mailings/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf, manifestOf } from "#test/support/mailings.ts";
import { asked, parentWith, renewalMailing } from "#test/support/renewals.tsx";

const home = await openTestPlatform();
const mail = await mailingsOf(home, "renewal");
const order = { title: "現況届 令和8年度", parameters: { year: 8 } };
let run: RunRow;

const reasons = async () =>
  Object.fromEntries(
    (await mail.details(run)).counts.byReason.map(({ reason, count }) => [reason, count]),
  );

beforeAll(async () => {
  await mail.enter([
    ...parentWith("一", [{}]),
    ...parentWith("二", [{}, {}]),
    ...parentWith("長", [{}]),
    ...parentWith("四", [{}]),
    ...parentWith("守", [{ protection: { from: "2026-06-01" } }]),
    ...parentWith("字", [{ name: { kanji: "例示　葛\u{e0102}子", kana: "レイジ　カツコ" } }]),
    ...parentWith("子のない人", []),
  ]);
  run = await mail.extract(await mail.start(renewalMailing, order));
});

describe("接種券でない一括発送（一通二ページの現況届）", () => {
  test("抽出すると、子の支援措置で保留され、事務が決めた理由と子の名前の外字で除かれる", async () => {
    const { counts } = await mail.details(run);
    expect(counts).toMatchObject({ ready: 4, held: 1, leftOut: 2 });
    expect(counts.bySubject).toMatchObject([{ title: "令和8年度", ready: 4 }]);
    expect(await reasons()).toEqual({ protected: 1, "no-child": 1, "no-glyph": 1 });
    const found = await home.admin`select program, form, field from printing.unprintable`;
    expect(found).toEqual([{ program: "renewal", form: "letters/status-report", field: "氏名" }]);
  });

  test("見本は、番号の代わりに「見本」と書かれた実際のページである", async () => {
    const pages = await textOfPages(
      await mail.as("supervisor1", (work) => previewRun(work, run.id)),
    );
    // Of four pieces one does not fit.
    expect(pages).toHaveLength(6);
    expect(pages[1]).toContain("受給者番号　見本");
  });

  test("解除した一通も入り、収まらない一通は欠番となり、目録に最初のページとページ数が載る", async () => {
    const { items } = await mail.as("supervisor1", (work) =>
      listItems(work, run.id, { state: "held" }),
    );
    await mail.as("supervisor1", (work) =>
      releaseItem(work, {
        runId: run.id,
        expectedRevision: run.revision,
        place: items[0]?.place ?? 0,
        reason: "母に確かめた",
      }),
    );
    const approved = await mail.approved((await mail.details(run)).run);
    expect(approved.templateVersion).toBe(templateName(statusReport));
    asked.prepared = 0;
    const made = await mail.make(approved);
    expect(made.run).toMatchObject({ state: "complete", madeCount: 4 });
    expect(await reasons()).toMatchObject({ "no-room": 1 });

    const files = await mail.open(run);
    const index = indexOf(files);
    expect(index.map(({ page, pages }) => [page, pages])).toEqual([
      ["1", "2"],
      ["3", "2"],
      ["5", "2"],
      ["7", "2"],
    ]);
    const [head] = (files.get("M000001-index.csv")?.toString() ?? "").split("\r\n");
    expect(head).toContain('"整理番号"');
    const manifest = manifestOf(files);
    expect(manifest).toMatchObject({ pieces: 4, pages: 8, files: [{ pieces: 4, pages: 8 }] });
    expect(manifest.missingNumbers).toHaveLength(1);
    expect(made.files.find(({ kind }) => kind === "package")).toMatchObject({
      pieces: 4,
      pages: 8,
    });

    const pages = await textOfPages(files.get(index[0]?.file ?? "") ?? Buffer.alloc(0));
    expect(pages).toHaveLength(8);
    for (const { page, pieceNumber } of index)
      expect(pages[Number(page)]).toContain(`受給者番号　${pieceNumber}`);
  });

  test("作成では一つのファイルに一度だけ尋ね、印刷したものだけを発行の記録に載せる", async () => {
    expect(asked.prepared).toBe(1);
    const numbers = indexOf(await mail.open(run)).map(({ pieceNumber }) => pieceNumber);
    expect(asked.recorded.map(({ pieceNumber }) => pieceNumber)).toEqual(numbers);
    expect(asked.recorded.map(({ facts }) => facts.children.length).toSorted()).toEqual([
      1, 1, 1, 2,
    ]);
  });

  test("取り消すと、事務が発行の記録から外せる", async () => {
    const other = await mail.extract(await mail.start(renewalMailing, order));
    await mail.step("operator1", other, "cancel", "年度を誤った");
    expect(asked.withdrawn).toEqual([other.id]);
  });
});
