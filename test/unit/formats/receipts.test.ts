import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeCp932 } from "#src/formats/cp932/encode.ts";
import { FormatError } from "#src/formats/fault.ts";
import { type ReceiptPart, readReceipts } from "#src/formats/receipts/read.ts";
import { writeReceipts } from "#src/formats/receipts/write.ts";

const sample = readFileSync("test/fixtures/receipts/outpatient-sample.uke");
const sampleText = new TextDecoder("shift_jis").decode(sample);

async function partsOf(file: Uint8Array | string, chunk = 4096): Promise<ReceiptPart[]> {
  const bytes = typeof file === "string" ? encodeCp932(file) : file;
  if (!bytes) throw new TypeError("not in CP932");
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
    bytes.subarray(at * chunk, (at + 1) * chunk),
  );
  return Array.fromAsync(readReceipts(chunks));
}

const receiptsOf = (parts: readonly ReceiptPart[]) =>
  parts.flatMap((part) => (part.kind === "receipt" ? [part.receipt] : []));
const faultsOf = (parts: readonly ReceiptPart[]) => parts.flatMap(({ faults }) => faults);
const reasonsOf = async (text: string) =>
  faultsOf(await partsOf(text)).map(({ record, field, reason }) => `${record} ${field}: ${reason}`);

const IR = "IR,1,13,1,1234569,,架空診療所,202111,00,0300000000";
const RE = (number = 1, kind = "1112") =>
  `RE,${number},${kind},202110,架空　花子,2,20000229,,,,,2841${",".repeat(25)}カクウ　ハナコ,`;
const HO = "HO,33120015,１,２,3,1000,,,,,,300,,,";
const KO = "KO,54016027,1234566,,3,1000,0,,,,,";
const file = (...lines: string[]) => `${lines.join("\r\n")}\r\n`;
const good = file(IR, RE(), HO, RE(2, "1122"), HO, KO, "SI,11,1,111000110,,288,1", "GO,3,2000,99");

describe("公表されている75件のレセプトの見本", () => {
  test("最後まで読め、合計は閉じる記録と一致する", async () => {
    const parts = await partsOf(sample);
    const receipts = receiptsOf(parts);
    expect(receipts).toHaveLength(75);
    expect(receipts.filter(({ insurance }) => insurance)).toHaveLength(69);
    expect(receipts.flatMap(({ funds }) => funds)).toHaveLength(71);
    expect(parts.at(-1)).toEqual({
      kind: "totals",
      stated: { count: 140, points: 86_392 },
      counted: { count: 140, points: 86_392 },
      faults: [],
    });
  });

  test("レセプトから負担者・点数・自己負担が分かる", async () => {
    const [first] = receiptsOf(await partsOf(sample));
    expect(first).toMatchObject({
      number: 1,
      kind: "1122",
      treatmentMonth: "2021-10",
      sex: "1",
      birth: "1991-11-21",
      notes: ["28"],
      points: 13_642,
      insurance: { insurer: "01010016", days: 1, points: 13_642 },
      funds: [{ payer: "83136019", recipient: "1111111", days: 1, points: 677, copay: 1354 }],
    });
  });

  test("誤りは行ごとに挙がり、番号そのものは出ない", async () => {
    const faults = faultsOf(await partsOf(sample));
    const lines = sampleText.split("\r\n");
    const short = lines.findIndex((line) => line.startsWith("KO,83122077,000000,")) + 1;
    expect(faults).toContainEqual({
      record: 3 + 1,
      field: "公費負担者番号",
      reason: "検証番号が合いません。",
    });
    expect(faults).toContainEqual({
      record: short,
      field: "公費受給者番号",
      reason: "数字7桁ではありません。",
    });
    expect(faults.map(({ reason }) => reason).join()).not.toMatch(/\d{4}/);
    const fields = Map.groupBy(faults, ({ field }) => field);
    expect([...fields].map(([field, found]) => [field, found.length])).toEqual([
      ["医療機関コード", 1],
      ["公費負担者番号", 1],
      ["公費受給者番号", 2],
      ["生年月日", 1],
    ]);
  });

  test("書き直しても1バイトも違わない", async () => {
    const parts = await partsOf(sample);
    const [head] = parts;
    if (head?.kind !== "institution") throw new TypeError("医療機関の記録がない");
    const written = Buffer.concat([...writeReceipts(head.record, receiptsOf(parts))]);
    expect(written.equals(sample)).toBe(true);
  });

  test.each([1, 7, 1021])("%i バイトずつ渡しても同じに読める", async (chunk) => {
    expect(await partsOf(sample, chunk)).toEqual(await partsOf(sample));
  });

  test("どこで切れても変わっても、最後まで読む", async () => {
    const bytes = fc.record({
      at: fc.nat(sample.length - 1),
      byte: fc.nat(255),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(bytes, async ({ at, byte, cut }) => {
        const changed = Buffer.from(sample);
        changed[at] = byte;
        const parts = await partsOf(cut ? changed.subarray(0, at) : changed);
        expect(receiptsOf(parts).length).toBeLessThanOrEqual(76);
        if (cut) expect(faultsOf(parts).at(-1)?.reason).toMatch(/GO|行末/);
      }),
      { numRuns: 60 },
    );
  });
});

describe("レセプトの誤り", () => {
  test("正しいファイルには何も挙がらない", async () => {
    expect(await reasonsOf(good)).toEqual([]);
  });

  test("ファイルの終わりの印は行ではない", async () => {
    expect(await reasonsOf(`${good}\x1a`)).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ["審査支払機関", "IR,1,", "IR,3,", "1 審査支払機関: 1か2ではありません。"],
    ["都道府県", "IR,1,13,", "IR,1,48,", "1 都道府県: 01から47ではありません。"],
    ["都道府県 00", "IR,1,13,", "IR,1,00,", "1 都道府県: 01から47ではありません。"],
    ["点数表", "13,1,1234569", "13,,1234569", "1 点数表: 数字1桁ではありません。"],
    ["医療機関コード", "1234569", "1234567", "1 医療機関コード: 検証番号が合いません。"],
    ["医療機関コードの桁", "1234569", "123456", "1 医療機関コード: 数字7桁ではありません。"],
    ["請求年月", "202111", "202113", "1 請求年月: 実在する年月(YYYYMM)ではありません。"],
    ["レセプト番号", "RE,2", "RE,3", "4 レセプト番号: 1からの連番になっていません。"],
    ["種別", "1112", "1162", "2 レセプト種別: 4桁の種別の値ではありません。"],
    [
      "併用の数",
      "1122",
      "1132",
      "4 レセプト種別: 併用の数が、保険者(HO)と公費(KO)のレコードの数と合いません。",
    ],
    [
      "主保険",
      "1112",
      "1212",
      "2 レセプト種別: 主保険の区分が、保険者(HO)のレコードの有無と合いません。",
    ],
    ["診療年月", "1112,202110", "1112,202100", "2 診療年月: 実在する年月(YYYYMM)ではありません。"],
    [
      "氏名",
      "202110,架空　花子,2,20000229,,,,,2841",
      "202110,,2,20000229,,,,,2841",
      "2 氏名: 空欄です。",
    ],
    ["性別", "花子,2,", "花子,3,", "2 男女区分: 1か2ではありません。"],
    ["生年月日", "20000229", "20010229", "2 生年月日: 実在する日付(YYYYMMDD)ではありません。"],
    ["生年月日が後", "20000229", "20211101", "2 生年月日: 診療年月より後の日付です。"],
    ["特記事項", ",2841,", ",284,", "2 特記事項: 2桁の数字5つまでではありません。"],
    ["保険者番号の桁", "33120015", "3312001", "3 保険者番号: 数字6桁または8桁ではありません。"],
    ["保険者番号", "33120015", "33120016", "3 保険者番号: 検証番号が合いません。"],
    ["被保険者番号", "HO,33120015,１,２", "HO,33120015,１,", "3 被保険者証等の番号: 空欄です。"],
    ["実日数", "２,3,1000", "２,,1000", "3 診療実日数: 数字ではありません。"],
    ["点数", "２,3,1000", "２,3,１０", "3 合計点数: 数字ではありません。"],
    ["公費負担者番号", "KO,54016027", "KO,54016028", "6 公費負担者番号: 検証番号が合いません。"],
    ["受給者番号の桁", "1234566", "123456", "6 公費受給者番号: 数字7桁ではありません。"],
    ["受給者番号", "1234566", "1234567", "6 公費受給者番号: 検証番号が合いません。"],
    ["識別情報", "SI,11", "si,11", "7 レコード識別情報: 英大文字2桁ではありません。"],
    ["総件数", "GO,3", "GO,2", "8 総件数: 保険者(HO)と公費(KO)のレコードの数の計と合いません。"],
    ["総合計点数", "3,2000", "3,3000", "8 総合計点数: レセプトごとの合計点数の計と合いません。"],
    ["改行", `${RE()}\r\n`, `${RE()}\n`, "2 改行: 行末がCRとLFではありません。"],
  ])("%s", async (_, right, wrong, fault) => {
    expect(good).toContain(right);
    expect(await reasonsOf(good.replace(right, wrong))).toContain(fault);
  });

  test("6桁の保険者番号の前に空白が二つあってもよい", async () => {
    expect(await reasonsOf(good.replace("HO,33120015", "HO,  141002"))).toEqual([]);
  });

  test("何巻かに分かれた請求の合計は、一つのファイルの合計ではない", async () => {
    expect(await reasonsOf(good.replace("202111,00", "202111,01").replace("GO,3", "GO,9"))).toEqual(
      [],
    );
  });

  test.each([
    ["何もない", "", ["1 レコードの順序: 請求書(GO)のレコードがありません。"]],
    [
      "医療機関の記録がない",
      file(RE(), HO, "GO,1,1000,99"),
      ["1 レコードの順序: 医療機関情報(IR)のレコードが前にありません。"],
    ],
    ["終わりがない", file(IR, RE(), HO), ["4 レコードの順序: 請求書(GO)のレコードがありません。"]],
    [
      "最初のレセプトの前の行",
      file(IR, KO, "GO,0,0,99"),
      ["2 レコードの順序: ここに置けないレコードです。"],
    ],
    [
      "二つ目の医療機関",
      file(IR, IR, "GO,0,0,99"),
      ["2 レコードの順序: ここに置けないレコードです。"],
    ],
    [
      "終わりの後の行",
      file(IR, "GO,0,0,99", RE()),
      ["3 レコードの順序: ここに置けないレコードです。"],
    ],
    [
      "保険者の前の公費",
      file(IR, RE(1, "1122"), KO, HO, "GO,2,1000,99"),
      ["4 レコードの順序: HOレコードが、後に来るべきレコードの後ろにあります。"],
    ],
    [
      "保険者が二つ",
      file(IR, RE(1, "1122"), HO, HO, KO, "GO,2,1000,99"),
      ["4 レコードの数: 保険者(HO)のレコードが2つ以上あります。"],
    ],
    [
      "公費が五つ",
      file(IR, RE(1, "1252"), KO, KO, KO, KO, KO, "GO,5,1000,99"),
      ["7 レコードの数: 公費(KO)のレコードが5つ以上あります。"],
    ],
  ])("%s", async (_, text, faults) => {
    expect(await reasonsOf(text)).toEqual(faults);
  });
});

describe("書いたレセプト", () => {
  const institution = { fields: IR.split(",") };
  const written = (...records: string[][]) =>
    new TextDecoder("shift_jis").decode(
      Buffer.concat([
        ...writeReceipts(institution, [{ records: records.map((fields) => ({ fields })) }]),
      ]),
    );

  test("閉じる記録が件数と点数を数える", () => {
    expect(written(RE().split(","), HO.split(","), KO.split(","))).toBe(
      file(IR, RE(), HO, KO, "GO,2,1000,99"),
    );
  });

  test.each([
    [
      "コンマ",
      ["RE", "1", "架空,花子"],
      "2件目のREレコードの3番目の項目: コンマや改行は書けません。",
    ],
    ["改行", ["RE", "1\r\n"], "2件目のREレコードの2番目の項目: コンマや改行は書けません。"],
    [
      "シフトJISにない文字",
      ["RE", "𠮷田"],
      "2件目のREレコードの2番目の項目: シフトJISにない文字があります。",
    ],
    [
      "前に RE がないもの",
      ["HO"],
      "2件目のレコードの順序: レセプト共通(RE)のレコードから始まっていません。",
    ],
  ])("%s は、内容ではなく場所を示して断る", (_, fields, message) => {
    expect(() => written(fields)).toThrow(FormatError);
    expect(() => written(fields)).toThrow(message);
  });
});

describe("CP932 の文字", () => {
  const decoder = new TextDecoder("shift_jis");

  test("読める文字はすべて、外字も、読めば同じ文字になるバイトで書ける", () => {
    const leads = Array.from({ length: 0x7c }, (_, at) => 0x81 + at).filter(
      (lead) => lead < 0xa0 || lead > 0xdf,
    );
    const trails = Array.from({ length: 0xbd }, (_, at) => 0x40 + at).filter((one) => one !== 0x7f);
    const readable = leads
      .flatMap((lead) => trails.map((trail) => decoder.decode(Uint8Array.of(lead, trail))))
      .filter((text) => !text.includes("\ufffd"));
    // JIS X 0208, row 13 of NEC, the IBM extensions twice, 外字.
    expect(readable).toHaveLength(6_879 + 83 + 374 + 388 + 1_880);
    for (const char of readable) expect(decoder.decode(encodeCp932(char)), char).toBe(char);
  });

  test("一バイトの文字、二か所にある文字、外字は、決まったバイトになる", () => {
    const single = Uint8Array.from({ length: 0x5f }, (_, at) => 0x20 + at);
    expect(encodeCp932(decoder.decode(single))).toEqual(single);
    expect(encodeCp932("①髙﨑纊ｱ")).toEqual(
      Uint8Array.from([0x87, 0x40, 0xfb, 0xfc, 0xfa, 0xb1, 0xfa, 0x5c, 0xb1]),
    );
    expect(encodeCp932("\ue000\ue757")).toEqual(Uint8Array.from([0xf0, 0x40, 0xf9, 0xfc]));
    expect(encodeCp932("−〜")).toEqual(encodeCp932("－～"));
    expect(encodeCp932("吉𠮷")).toBeUndefined();
  });
});
