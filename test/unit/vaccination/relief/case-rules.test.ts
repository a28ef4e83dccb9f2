import { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { blackOut, type Picture } from "#src/formats/blackout/picture.ts";
import { picturesAsPdf } from "#src/formats/blackout/pictures-pdf.ts";
import { countPages, drawPages } from "#src/formats/blackout/scan-pages.ts";
import { isDark, renderPages, textOfPages } from "#test/documents/render.ts";
import { scanWithNumber } from "#test/support/relief.ts";
import { maskNames } from "#workflows/names/mask.ts";
import { type ClaimantFacts, claimantFault } from "#workflows/vaccination/relief/claimants.ts";
import { documentsAsked } from "#workflows/vaccination/relief/documents.ts";

describe("請求できる方", () => {
  const facts: ClaimantFacts = {
    class: "A",
    benefits: ["medical-cost", "medical-allowance"],
    relation: "guardian",
    ofAge: false,
    died: false,
  };
  const field = (given: Partial<ClaimantFacts>) => claimantFault({ ...facts, ...given })?.field;

  test("給付の種類ごとに、請求できる方と年齢、死亡が決まっている", () => {
    expect(field({})).toBeUndefined();
    expect(field({ ofAge: true })).toBe("relation");
    expect(field({ relation: "self", ofAge: true })).toBeUndefined();
    expect(field({ relation: "spouse" })).toBe("relation");
    expect(field({ benefits: ["child-care-pension"], relation: "carer" })).toBeUndefined();
    expect(field({ benefits: ["child-care-pension"], relation: "carer", ofAge: true })).toBe(
      "benefits",
    );
    expect(field({ benefits: ["disability-pension"], relation: "self" })).toBe("benefits");
    expect(field({ benefits: ["funeral"], relation: "funeral" })).toBe("benefits");
    expect(field({ benefits: ["funeral"], relation: "funeral", died: true })).toBeUndefined();
    expect(field({ relation: "self", died: true })).toBe("relation");
  });

  test("区分にない給付と、一緒に請求できない給付は受け付けない", () => {
    expect(field({ benefits: ["survivor-pension"], relation: "spouse", died: true })).toBe(
      "benefits",
    );
    expect(
      field({ class: "B", benefits: ["survivor-pension"], relation: "spouse", died: true }),
    ).toBeUndefined();
    expect(
      field({ class: "B", benefits: ["death-lump-sum"], relation: "spouse", died: true }),
    ).toBe("benefits");
    expect(field({ benefits: ["medical-cost", "funeral"] })).toBe("benefits");
    expect(field({ benefits: [] })).toBe("benefits");
  });

  test("生年月日が分からない方は、年齢では断らない", () => {
    expect(field({ ofAge: undefined })).toBeUndefined();
  });
});

test("求める書類は、公開された請求書類一覧のとおりである", () => {
  expect(documentsAsked(["medical-cost", "medical-allowance"])).toEqual([
    "relief-claim",
    "relief-visits",
    "relief-receipts",
    "relief-shot",
    "relief-charts",
  ]);
  expect(documentsAsked(["child-care-pension"])).toEqual([
    "relief-claim",
    "relief-diagnosis",
    "relief-shot",
    "relief-charts",
    "relief-residence",
    "relief-family",
  ]);
  expect(documentsAsked(["disability-pension"])).toEqual([
    "relief-claim",
    "relief-diagnosis",
    "relief-shot",
    "relief-charts",
  ]);
  expect(documentsAsked(["survivor-pension"])).toEqual(documentsAsked(["death-lump-sum"]));
  expect(documentsAsked(["funeral"])).toEqual([
    "relief-claim",
    "relief-death",
    "relief-burial",
    "relief-shot",
    "relief-charts",
    "relief-family",
  ]);
});

test("資料では、氏名は空白や文字の幅が違っても伏せる", () => {
  const names = ["渡邉　髙太郎", "ワタナベ　ヨシタロウ"];
  expect(maskNames("渡邉髙太郎は渡邉 髙太郎、母は渡邉の姓。ﾜﾀﾅﾍﾞ", names)).toBe(
    "●●は●●、母は●●の姓。●●",
  );
});

/** A picture with one colour. */
const plain = (width: number, height: number): Picture => ({
  width,
  height,
  data: new Uint8Array(width * height * 4).fill(200),
});

describe("黒塗り", () => {
  test("触れた点は全部黒くなり、外の点は変わらない", () => {
    const page = blackOut(plain(10, 10), [{ left: 150, top: 150, width: 300, height: 300 }]);
    const at = (x: number, y: number) => page.data[(y * 10 + x) * 4];
    expect([at(0, 1), at(1, 1), at(4, 4), at(5, 4), at(1, 0)]).toEqual([200, 0, 0, 200, 200]);
  });

  test("PDFの文字は写しに残らず、画像の点も黒い", async () => {
    const scan = { mediaType: "application/pdf", bytes: await scanWithNumber("123456789018") };
    expect((await textOfPages(scan.bytes)).join("")).toContain("123456789018");
    expect(await countPages(scan)).toBe(1);
    const box = { left: 150, top: 130, width: 600, height: 60 };
    const { pdf, pages } = await picturesAsPdf(
      (async function* () {
        for await (const page of drawPages(scan)) yield blackOut(page, [box]);
      })(),
    );
    expect(pages).toBe(1);
    expect((await textOfPages(pdf)).join("").trim()).toBe("");
    expect(Buffer.from(pdf).toString("latin1")).not.toContain("123456789018");
    const [page] = await renderPages(pdf, 100);
    if (!page) throw new Error("a page");
    const part = (of: number, size: number) => Math.round((of * size) / 1000);
    for (let y = part(140, page.height); y < part(180, page.height); y += 3)
      for (let x = part(160, page.width); x < part(740, page.width); x += 5)
        expect(isDark(page, x, y), `${x},${y}`).toBe(true);
    expect(isDark(page, part(100, page.width), part(500, page.height))).toBe(false);
    const made = await PDFDocument.load(pdf, { updateMetadata: false });
    expect(made.getPage(0).node.Annots()?.size() ?? 0).toBe(0);
    expect(made.getCreationDate()).toBeUndefined();
  });

  test("画像の写しは、もとの画像を持たない", async () => {
    const bytes = await sharp({
      create: { width: 200, height: 100, channels: 3, background: "#ff0000" },
    })
      .png()
      .toBuffer();
    const scan = { mediaType: "image/png", bytes: new Uint8Array(bytes) };
    const { pdf } = await picturesAsPdf(
      (async function* () {
        for await (const page of drawPages(scan))
          yield blackOut(page, [{ left: 0, top: 0, width: 1000, height: 1000 }]);
      })(),
    );
    const [page] = await renderPages(pdf, 72);
    for (let at = 0; at < (page?.data.length ?? 0); at += 4)
      expect(page?.data[at]).toBeLessThan(30);
    expect(Buffer.from(pdf).includes(bytes.subarray(40))).toBe(false);
  });
});
