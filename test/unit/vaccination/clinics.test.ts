import { expect, test } from "vitest";
import { parseLayout } from "#src/platform/feeds/layout.ts";
import { clinicFileKind } from "#src/programs/vaccination/clinics/file/items.ts";
import standard from "#src/programs/vaccination/clinics/file/layout.json" with { type: "json" };
import { readClinicFile } from "#src/programs/vaccination/clinics/file/read.ts";
import { clinicCode } from "#test/support/clinics.ts";
import { clinicCodeFault } from "#workflows/vaccination/clinics/code.ts";
import { clinicHint } from "#workflows/vaccination/clinics/hint.ts";
import { dosesOf, priceLines, taxWithin } from "#workflows/vaccination/clinics/price-lines.ts";
import { clinicKeys, soughtClinic } from "#workflows/vaccination/clinics/search.ts";

test.each([
  ["4310000015", undefined],
  ["4310000016", "検査数字"],
  ["431000001", "10桁"],
  ["431000001x", "10桁"],
  // 01から47で始まらない番号は市の番号で、形だけを確かめる。
  ["0010000011", undefined],
  ["4810000011", undefined],
  ["9900000012", undefined],
  ["0110000010", "検査数字"],
])("医療機関コード %s", (code, fault) => {
  const found = clinicCodeFault(code);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});

test("名称は、旧字・カナの幅・ひらがなの違いを越えて見つかる", () => {
  const keys = clinicKeys({
    name: "渡邉󠄂・髙橋𠮷田クリニック",
    kana: "ワタナベ・タカハシヨシダクリニック",
  });
  const finds = (typed: string) => {
    const sought = soughtClinic(typed);
    return (
      sought !== undefined &&
      ((sought.name !== "" && keys.nameFolded.includes(sought.name)) ||
        (sought.kana !== "" && keys.kanaFolded.includes(sought.kana)))
    );
  };
  for (const typed of ["渡辺", "高橋吉田", "ﾀｶﾊｼ", "たかはし", "クリニック"])
    expect([typed, finds(typed)]).toEqual([typed, true]);
  expect(finds("佐藤")).toBe(false);
  expect(soughtClinic(" 　")).toBeUndefined();
});

test("単価の表は、予防接種の順に、回と製品と内税を言葉にする", () => {
  expect(taxWithin(10_187, 10)).toBe(926);
  expect(taxWithin(1, 10)).toBe(0);
  expect(taxWithin(5000, 0)).toBe(0);
  expect([
    dosesOf({}),
    dosesOf({ doseFrom: 2 }),
    dosesOf({ doseTo: 3 }),
    dosesOf({ doseFrom: 1, doseTo: 1 }),
  ]).toEqual(["全回", "2回目から", "1～3回目", "1回目"]);
  const lines = priceLines({
    taxPercent: 10,
    prices: [
      { vaccine: "mr1", given: 12_074, screened: 5346 },
      { vaccine: "hepb", product: "ヘプタバックス", given: 6600 },
      { vaccine: "hepb", product: "ビームゲン", given: 6500 },
    ],
  });
  expect(lines.map(({ product, screened }) => [product, screened])).toEqual([
    ["ビームゲン", undefined],
    ["ヘプタバックス", undefined],
    ["", 5346],
  ]);
});

test.each([
  [undefined, "台帳にない"],
  [{ state: "closed", contractKinds: ["individual"], vaccines: ["pcv"] }, "廃止"],
  [{ state: "suspended", contractKinds: ["individual"], vaccines: ["pcv"] }, "休止"],
  [{ state: "active", contractKinds: [], vaccines: ["pcv"] }, "契約"],
  [{ state: "active", contractKinds: ["mass"], vaccines: ["mr1"] }, "扱う登録"],
] as const)("予診票の医療機関が台帳と違えば、何が違うかを一つ言う: %o", (clinic, words) => {
  expect(clinicHint(clinic, "pcv")).toContain(words);
});
test("台帳のとおりなら何も言わない", () => {
  const clinic = { state: "active", contractKinds: ["individual"], vaccines: ["pcv"] } as const;
  expect(clinicHint(clinic, "pcv")).toBeUndefined();
});

const layout = parseLayout(standard, clinicFileKind);
const headings = layout.columns.map(({ heading }) => heading);
const row = (given: Readonly<Record<string, string>>): string =>
  headings.map((heading) => given[heading] ?? usual[heading] ?? "").join(",");
const usual: Readonly<Record<string, string>> = {
  名称: "例示医院",
  名称カナ: "ﾚｲｼﾞｲｲﾝ",
  区分: "診療所",
  所在: "市内",
  郵便番号: "860-0001",
  住所: "熊本市中央区1-1",
  電話番号: "０９６（０００）０００１",
};
const read = (lines: readonly string[], encoding: BufferEncoding = "utf8") =>
  readClinicFile(Buffer.from([headings.join(","), ...lines].join("\r\n"), encoding), layout, {
    bodies: ["D0001"],
    today: "2026-11-20",
  });

test("良い行はそのまま読み、誤りのある行は行・列・理由だけを残す", async () => {
  const { rows, faults, total } = await read([
    row({
      医療機関コード: clinicCode(1),
      扱う接種: "pcv；B型肝炎",
      契約の種類: "市内個別",
      契約開始日: "2026-04-01",
    }),
    row({ 医療機関コード: clinicCode(1) }),
    row({ 医療機関コード: clinicCode(2).replace(/.$/, "x"), 名称カナ: "漢字" }),
    row({ 医療機関コード: clinicCode(3), 契約の種類: "市内個別", 契約開始日: "2026-02-30" }),
    row({
      医療機関コード: clinicCode(4),
      契約の種類: "個人",
      支払先: "団体",
      取りまとめ団体: "D0002",
    }),
    "一つだけの列",
    row({
      医療機関コード: clinicCode(5),
      取りまとめ団体: "d0001",
      支払先: "団体",
      市民向け一覧: "載せない",
    }),
  ]);
  expect(total).toBe(7);
  expect(rows).toMatchObject([
    {
      line: 2,
      facts: { kana: "レイジイイン", postalCode: "8600001", phone: "096-000-0001", listed: true },
      handled: { vaccines: ["pcv", "hepb"], from: "2026-11-20" },
      contracts: ["individual"],
    },
    {
      line: 8,
      contract: { bodyCode: "D0001", paidTo: "body" },
      handled: undefined,
      facts: { listed: false },
    },
  ]);
  expect(faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
    "3 医療機関コード",
    "4 医療機関コード",
    "4 名称カナ",
    "5 契約開始日",
    "6 契約の種類",
    "6 契約開始日",
    "6 取りまとめ団体",
    "7 行全体",
  ]);
  expect(JSON.stringify(faults)).not.toContain("漢字");
});

test("列の違うファイル、空のファイル、文字コードの違うファイルは、理由を言って読まない", async () => {
  const none = { bodies: [], today: "2026-11-20" } as const;
  await expect(readClinicFile(Buffer.from("番号,名称\n1,2\n"), layout, none)).rejects.toMatchObject(
    {
      status: 422,
      message: expect.stringContaining("1列目"),
    },
  );
  await expect(read([])).rejects.toMatchObject({ status: 422 });
  const { rows, faults } = await readClinicFile(
    Buffer.concat([Buffer.from(`${headings.join(",")}\n`), Buffer.from([0x88, 0xe3, 0x0a])]),
    layout,
    none,
  );
  expect([rows, faults.map(({ reason }) => reason)]).toEqual([
    [],
    [expect.stringContaining("文字コード")],
  ]);
});
