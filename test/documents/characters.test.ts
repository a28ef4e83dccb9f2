import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import type { Face } from "#forms/fonts/fonts.ts";
import {
  approvalNotice,
  type CouponData,
  checkText,
  Fonts,
  type Form,
  findUnprintable,
  forms,
  inspectPiece,
  PiecesHeld,
  writeBulk,
  writeFiles,
  writeForm,
} from "#forms/index.ts";
import { flow, paragraph } from "#forms/language/flow.ts";
import { text } from "#forms/language/text.ts";
import { people, recipients } from "#forms/samples/samples.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { inkIn, renderPages, textOfPages } from "./render.ts";

/** A name with a variation that the built-in fonts do not have: held unless IPAmj明朝 is supplied. */
const couponWithVariation = {
  ...Object.values(vaccinationCoupon.samples)[0],
  to: { ...recipients.variation, name: people.variation.name, attention: "保護者　様" },
  person: people.variation,
} as CouponData;

const CELL = 6;
const COLUMNS = 33;
const ROWS = 48;
const DPI = 60;

/** A page with one character a cell. */
const glyphSheet: Form<{ face: Face; characters: readonly string[] }> = {
  id: "test/glyphs",
  version: 1,
  title: "文字一覧",
  size: { width: 210, height: 297 },
  blocks: ({ face, characters }) =>
    characters.map((character, index) =>
      text(
        { x: 5 + (index % COLUMNS) * CELL, y: 4 + Math.floor(index / COLUMNS) * CELL, width: CELL },
        character,
        { size: 14, face },
      ),
    ),
  samples: {},
};

/** Everything the samples print, and the characters of names: 常用・人名用 and the rest of both BIZ fonts' kanji. */
function charactersToProve(): string[] {
  const kana = Array.from({ length: 0x30ff - 0x3041 }, (_, index) =>
    String.fromCodePoint(0x3041 + index),
  );
  const kanji = Array.from({ length: 0x9fa0 - 0x4e00 }, (_, index) =>
    String.fromCodePoint(0x4e00 + index),
  );
  const more = Array.from(
    "髙﨑塚𠮷𡈽邉邊齋齊〒々〆ヶ①②③ⅠⅡ㈱℃％、。・（）「」ABCabc0123456789－—～−‐",
  );
  return [...kana, ...kanji, ...more].filter(
    (character) => findUnprintable(character).length === 0,
  );
}

describe("文字の印字", () => {
  test.each(["gothic", "bold", "mincho"] as const)(
    "%s: 印字できるとした文字はすべて紙にインクがのる",
    async (face) => {
      const characters = charactersToProve();
      expect(characters.length).toBeGreaterThan(12_000);
      const perPage = COLUMNS * ROWS;
      const pieces = Array.from({ length: Math.ceil(characters.length / perPage) }, (_, page) => ({
        face,
        characters: characters.slice(page * perPage, (page + 1) * perPage),
      }));
      const pages = await renderPages(await writeForm(glyphSheet, pieces), DPI);
      const blank = characters.filter((_, index) => {
        const page = pages[Math.floor(index / perPage)];
        const place = index % perPage;
        const cell = {
          x: 5 + (place % COLUMNS) * CELL - 0.5,
          y: 3.5 + Math.floor(place / COLUMNS) * CELL,
          width: CELL,
          height: CELL,
        };
        return !page || inkIn(page, cell, DPI) === 0;
      });
      expect(blank.filter((character) => !/[\u3099-\u309c]/.test(character))).toEqual([]);
    },
  );

  test("旧字体と第3・第4水準の文字は書いたとおりに写し取れる", async () => {
    const data = Object.values(vaccinationCoupon.samples).find(({ person }) =>
      person.name.includes("髙"),
    );
    if (!data) throw new Error("no sample");
    const [page = ""] = await textOfPages(await writeForm(vaccinationCoupon, data));
    expect(page).toContain("髙辻\u{e0100} 𠮷乃");
  });
});

describe("外字", () => {
  test("字形のない文字と、守れない異体字を見つける", () => {
    expect(findUnprintable("見本 花子")).toEqual([]);
    expect(findUnprintable("髙橋 𠮷乃 﨑")).toEqual([]);
    expect(findUnprintable("渡邉\u{e0102} \ue000\ue000")).toEqual([
      { codePoint: 0x9089, ivs: 0xe0102 },
      { codePoint: 0xe000 },
    ]);
  });
  test("濁点を分けて書いた仮名は合成して印字する", () => {
    expect(findUnprintable("か\u3099キ\u3099")).toEqual([]);
  });
  test("認定通知書の表では、守れない異体字の方がひとりいても、その欄の名で止まる", () => {
    const [data] = Object.values(approvalNotice.samples);
    const [person] = data?.persons ?? [];
    if (!data || !person) throw new Error("no sample");
    const persons = [person, { ...person, name: people.variation.name }];
    expect(inspectPiece(approvalNotice, { ...data, persons })).toMatchObject([
      { kind: "unprintable", field: "氏名・生年月日" },
    ]);
  });
  test("縮退を認めた用途だけ、異体字を標準の字で印字する", () => {
    const fonts = new Fonts({ reduceFor: { "test/glyphs": ["address"] } });
    expect(checkText("渡邉\u{e0102}", "address", fonts, "test/glyphs")).toEqual([]);
    expect(checkText("渡邉\u{e0102}", "name", fonts, "test/glyphs")).toHaveLength(1);
  });
  test("市の外字フォントと対応表があれば、外字を印字し、もとの符号で写し取れる", async () => {
    const font = createRequire(import.meta.url).resolve(
      "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
    );
    const fonts = new Fonts({ gaiji: { font, map: { "\ue001": "𠮷" } } });
    expect(findUnprintable("\ue001野", fonts)).toEqual([]);
    expect(findUnprintable("\ue002野", fonts)).toEqual([{ codePoint: 0xe002 }]);
    const piece = { face: "gothic" as const, characters: ["\ue001", "野"] };
    const pdf = await writeForm(glyphSheet, piece, { fonts });
    const [page] = await renderPages(pdf, DPI);
    expect(page && inkIn(page, { x: 4.5, y: 3.5, width: CELL, height: CELL }, DPI)).toBeGreaterThan(
      5,
    );
    expect((await textOfPages(pdf)).join()).toContain("\ue001");
  });
  test("印字できない文字のある1枚は止まり、どの欄かが分かり、氏名は伝えない", async () => {
    const problems = inspectPiece(vaccinationCoupon, couponWithVariation);
    expect(problems.map(({ kind, field }) => [kind, field])).toEqual([
      ["unprintable", "宛名"],
      ["unprintable", "氏名"],
    ]);
    const held = await writeForm(vaccinationCoupon, couponWithVariation).catch(
      (error: unknown) => error,
    );
    expect(held).toBeInstanceOf(PiecesHeld);
    expect(String(held)).toContain("U+9089 U+E0102");
    expect(String(held)).not.toContain("渡");
  });
  test("同じ名の欄が2つあっても、印字できない文字はどれも伝え、名のない文はその中身で呼ばない", () => {
    const sheet: Form<readonly string[]> = {
      id: "test/fields",
      version: 1,
      title: "欄",
      size: { width: 210, height: 297 },
      blocks: (texts) => [
        ...texts.map((one, row) =>
          text({ x: 5, y: 5 + 9 * row, width: 90 }, one, { size: 12, field: "変更後" }),
        ),
        flow(
          { x: 5, y: 99, width: 90, bottom: 200 },
          texts.map((one) => paragraph(one)),
        ),
        text({ x: 5, y: 250, width: 90 }, texts.join(""), { size: 12 }),
      ],
      samples: {},
    };
    const characters = [{ codePoint: 0xe001 }, { codePoint: 0xe002 }];
    expect(inspectPiece(sheet, ["見本\ue001", "見本\ue002"])).toEqual([
      { kind: "unprintable", field: "変更後", characters },
      { kind: "unprintable", field: "本文", characters },
    ]);
  });
  test("収まらない文字列も止まり、欄と最小の大きさが分かる", () => {
    const [data] = Object.values(vaccinationCoupon.samples);
    if (!data) throw new Error("no sample");
    const problems = inspectPiece(vaccinationCoupon, { ...data, address: "長い住所".repeat(40) });
    expect(problems).toEqual([{ kind: "does-not-fit", field: "住所", smallest: 7 }]);
  });
  test("注意書きが長すぎて枠からあふれる1枚も止まる", () => {
    const [data] = Object.values(vaccinationCoupon.samples);
    if (!data) throw new Error("no sample");
    const notes = Array.from(
      { length: 9 },
      () => "この予防接種は、小学校に入学する前の1年間に受けるものです。",
    );
    expect(inspectPiece(vaccinationCoupon, { ...data, notes })).toEqual([
      { kind: "does-not-fit", field: "本文", smallest: 12 },
    ]);
  });
  test("見本はすべて印字できる", () => {
    for (const form of forms)
      for (const data of Object.values(form.samples)) expect(inspectPiece(form, data)).toEqual([]);
  });
});

describe("市の文言", () => {
  const [data] = Object.values(approvalNotice.samples);
  if (!data) throw new Error("no sample");
  test("決まった文は、市が決めた言い方で印字できる", async () => {
    const wording = { closing: "　見本市だけの文です。" };
    const [page = ""] = await textOfPages(await writeForm(approvalNotice, data, { wording }));
    expect(page).toContain("見本市だけの文です");
    expect(page).not.toContain("14日以内に届け出てください");
  });
  test("帳票にない文を決めようとすると断る", async () => {
    await expect(writeForm(approvalNotice, data, { wording: { greeting: "" } })).rejects.toThrow(
      RangeError,
    );
  });
});

describe("まとめて書く", () => {
  test("止まった1枚を飛ばして続け、何枚目がなぜ止まったかを返す", async () => {
    const [first, second, third] = Object.values(vaccinationCoupon.samples);
    if (!first || !second || !third) throw new Error("no samples");
    const progress: number[] = [];
    const { pdf, pages, held } = await writeBulk(
      vaccinationCoupon,
      [first, couponWithVariation, second, third],
      {
        onProgress: (done) => progress.push(done),
      },
    );
    expect(pages).toEqual([1, 0, 1, 1]);
    expect(held.map(({ index }) => index)).toEqual([1]);
    expect(progress).toEqual([1, 2, 3, 4]);
    const together = await renderPages(pdf);
    for (const [index, data] of [first, second, third].entries()) {
      const [alone] = await renderPages(await writeForm(vaccinationCoupon, data));
      expect(together[index]?.data.equals(alone?.data ?? Buffer.alloc(0))).toBe(true);
    }
  });
  test("全コアで書いても、順番も中身も1つずつ書いたときと同じである", async () => {
    const samples = Object.values(vaccinationCoupon.samples);
    const batches = Array.from({ length: 5 }, (_, file) =>
      samples.slice(file % 3).concat(couponWithVariation),
    );
    const alone = await Promise.all(batches.map((pieces) => writeBulk(vaccinationCoupon, pieces)));
    const together = await Array.fromAsync(writeFiles(vaccinationCoupon, batches, { workers: 2 }));
    expect(together.map(({ held }) => held)).toEqual(alone.map(({ held }) => held));
    together.forEach(({ pdf }, file) => {
      expect(Buffer.from(pdf).equals(alone[file]?.pdf ?? Buffer.alloc(0))).toBe(true);
    });
  });
  test("やり直しても同じファイルになる", async () => {
    const samples = Object.values(vaccinationCoupon.samples);
    async function* stream() {
      for (let copy = 0; copy < 20; copy++) yield* samples;
    }
    const once = await writeBulk(vaccinationCoupon, stream());
    const again = await writeBulk(vaccinationCoupon, stream());
    expect(Buffer.from(once.pdf).equals(again.pdf)).toBe(true);
  });
});
