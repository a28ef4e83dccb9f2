import { PDFDocument, StandardFonts } from "pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonRecord } from "#src/platform/people/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { mailingsOf, manifestOf, oneYearOlds } from "#test/support/mailings.ts";
import { searchNumbers, streamsOf } from "#test/support/search-numbers.ts";
import { withIndividualCheckDigit } from "#workflows/numbers/check-digits.ts";

let home: TestPlatform;
let city: PersonRecord[];
let numbers: string[];
let files: Map<string, Buffer>;

beforeAll(async () => {
  home = await openTestPlatform();
  const mail = await mailingsOf(home);
  // Numbers without a pattern, so that none arises by chance from other figures on a page.
  city = oneYearOlds(600).map((record, index) => ({
    ...record,
    individualNumber: withIndividualCheckDigit(
      String(20_000_000_000 + (((index + 1) * 48_611_978_147) % 70_000_000_000)),
    ),
  }));
  numbers = city.map(({ individualNumber = "" }) => individualNumber);
  await mail.enter(city);
  const run = await mail.approved(await mail.extracted({ vaccines: ["mr1", "vzv"] }));
  await mail.make(run);
  files = await mail.open(run);
});

describe("委託先に渡す発送データ", () => {
  it("市の個人番号はどれ一つ、どのファイルのどこにもない", async () => {
    expect(new Set(numbers).size).toBe(600);
    expect(manifestOf(files).pieces).toBe(1200);
    expect(await searchNumbers(files, numbers)).toEqual([]);
  }, 120_000);

  it("目録と送付書には氏名も住所も生年月日もない", () => {
    for (const [name, bytes] of files)
      if (!name.endsWith(".pdf"))
        expect(bytes.toString("utf8"), name).not.toMatch(/試験　|試験町|2025-12-|R7\.12/);
  });

  it("中身は目録・送付書・PDF だけである", () => {
    expect([...files.keys()].map((name) => name.replace(/^M\d{6}/, "M"))).toEqual([
      "M-0001.pdf",
      "M-0002.pdf",
      "M-index.csv",
      "M-manifest.json",
    ]);
  });
});

describe("探し方そのもの（個人番号を仕込めば見つかる）", () => {
  const [seeded = ""] = [withIndividualCheckDigit("31415926535")];
  const find = (name: string, bytes: Uint8Array) =>
    searchNumbers(new Map([[name, Buffer.from(bytes)]]), [seeded]);
  const grouped = seeded.replace(/(\d{4})(?=\d)/g, "$1 ");

  it.each([
    ["そのまま", seeded],
    ["4桁ずつ", grouped],
    ["全角", seeded.replace(/\d/g, (d) => String.fromCodePoint(d.charCodeAt(0) + 0xfee0))],
  ])("文字のファイル（%s）", async (_, written) => {
    expect(await find("index.csv", Buffer.from(`"1","${written}"`))).not.toEqual([]);
  });

  it("PDF の文字とストリーム", async () => {
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.Helvetica);
    pdf.addPage().drawText(grouped, { x: 50, y: 500, font });
    const bytes = await pdf.save();
    expect(await find("0001.pdf", bytes)).toContainEqual({ file: "0001.pdf", where: "text" });
    const packed = await PDFDocument.create();
    packed.addPage();
    packed.context.register(packed.context.flateStream(`% ${seeded}`));
    const hidden = Buffer.from(await packed.save());
    expect(hidden.includes(seeded)).toBe(false);
    expect(await find("0001.pdf", hidden)).toContainEqual({ file: "0001.pdf", where: "stream" });
  });

  it("方書に個人番号が書かれた子の接種券を発送データに混ぜると見つかる", async () => {
    const mail = await mailingsOf(home);
    const [slip] = oneYearOlds(1, { birthDate: "2026-02-10" }).map((record) => ({
      ...record,
      address: { ...record.address, building: `見本荘${grouped}` },
    }));
    if (!slip) throw new Error("no child");
    await mail.enter([slip]);
    const run = await mail.approved(
      await mail.extracted({ month: "2026-11", vaccines: ["pcv"], scope: "all" }),
    );
    await mail.make(run);
    expect(await searchNumbers(await mail.open(run), [seeded])).toContainEqual({
      file: expect.stringMatching(/pdf$/),
      where: "text",
    });
  });

  it("発送データの PDF のストリームは開けている", () => {
    const [pdf = Buffer.alloc(0)] = [...files.values()];
    const drawn = streamsOf(pdf).filter((stream) =>
      /\bT[fj]\b|\bTJ\b/.test(stream.toString("latin1")),
    );
    expect(drawn.length).toBeGreaterThan(500);
  });
});
