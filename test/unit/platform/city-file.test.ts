import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { presetAreas, readCityFile, readTownsFile } from "#src/platform/city/index.ts";

const guide = readFileSync("docs/city.md", "utf8");
const example = /```json\n([^`]+)```/.exec(guide)?.[1] ?? "";
const read = (change: object = {}) =>
  readCityFile(JSON.stringify({ ...JSON.parse(example), ...change }), presetAreas);

describe("市の設定のファイル", () => {
  test("手引きの例は、そのまま登録できる", () => {
    expect(read()).toMatchObject({ content: { name: "見本市", code: "479993" } });
  });

  test("手引きの表は、選べる定めをすべて示す", () => {
    for (const { id, title, presets } of presetAreas) {
      const names = Object.keys(presets).map((name) => `\`${name}\``);
      expect(guide).toContain(`| \`${id}\` | ${title} | ${names.join(", ")} |`);
    }
  });

  test("誤りは、場所を示してすべて一度に伝える", () => {
    const { name: _, ...unnamed } = JSON.parse(example);
    const wrong = {
      ...unnamed,
      from: "2026-02-30",
      code: "479990",
      prefecture: "見本",
      mayor: { title: "", name: 5, seal: "x" },
      appeal: "見本市長",
      hours: "平日\u200b",
      numberPrefix: "見".repeat(11),
      presets: [{ area: "child-medical.period", preset: "first-of-month" }],
      logo: "x",
    };
    const found = readCityFile(JSON.stringify(wrong), presetAreas);
    expect("faults" in found && found.faults.toSorted()).toEqual(
      [
        "from: 2026-04-01 の形の日付で書いてください。",
        "name: ありません。",
        "code: 検査数字を含む6桁の全国地方公共団体コードではありません。",
        "prefecture: 都・道・府・県で終わる名前にしてください。",
        "mayor.title: 空にできません。",
        "mayor.name: 文字列で書いてください。",
        "mayor.seal: この項目はありません。",
        "appeal: { } で囲んだ項目の組で書いてください。",
        "hours: 目に見えない文字が入っています。",
        "numberPrefix: 10文字以内で書いてください。",
        "presets[0].from: 2026-04-01 の形の日付で書いてください。",
        "logo: この項目はありません。",
      ].toSorted(),
    );
  });

  test("選べない定めは、選べるものを示して断る", () => {
    const presets = [
      { area: "child-medical.end", preset: "x", from: "2026-04-01" },
      { area: "child-medical.period", preset: "toString", from: "2026-04-01" },
      { area: "long-term-care.stages", preset: "standard", from: "2026-04-01", to: "2026-03-31" },
    ];
    const found = read({ presets });
    expect("faults" in found && found.faults).toEqual([
      expect.stringMatching(
        /^presets\[0\]: area child-medical\.end はありません。あるのは child-medical\.period、/,
      ),
      "presets[1]: preset toString はこども医療費助成の対象期間にありません。あるのは kumamoto、first-of-month です。",
      "presets[2]: to が from より前です。",
    ]);
  });

  test.each(["", "[]", "null", "5", '"見本市"', "{"])("%s は市の設定ではない", (json) => {
    expect(readCityFile(json, presetAreas)).toHaveProperty("faults");
  });
});

describe("町の一覧のファイル", () => {
  const head = "postal_code\toffice_code\toffice\ttown\ttown_code";
  const line = "9990001\t479993\t見本市\t本町\t0001000";
  const faultsOf = (...lines: string[]) => {
    const found = readTownsFile([head, ...lines].join("\r\n"));
    return "faults" in found ? found.faults : [];
  };

  test("列の並びは自由で、ほかの列は読みとばし、末尾の改行や BOM もかまわない", () => {
    const other =
      "﻿town\tkana\ttown_code\toffice\toffice_code\tpostal_code\n本町\tホンマチ\t0001000\t見本市\t479993\t9990001\n";
    const town = { name: "本町", townCode: "0001000", locality: "見本市" };
    expect(readTownsFile(other)).toEqual({
      content: [{ ...town, officeCode: "479993", postalCode: "9990001" }],
    });
  });

  test("一つの郵便番号に町がいくつあっても、一つの町に郵便番号がいくつあってもよい", () => {
    expect(
      faultsOf(line, line.replace("本町\t0001", "新町\t0002"), line.replace("9990001", "9990002")),
    ).toEqual([]);
  });

  test("誤りは、行を示してすべて一度に伝える", () => {
    expect(
      faultsOf(
        line,
        "999-0001\t479990\t\t本町（一丁目）\t12",
        "9990002\t479993\t見本市\t以下に掲載がない場合\t0003000",
        line,
      ),
    ).toEqual([
      expect.stringMatching(/^3行目: postal_code 郵便番号は7桁/),
      expect.stringMatching(/^3行目: office_code 検査数字/),
      expect.stringMatching(/^3行目: office 市区の名前/),
      expect.stringMatching(/^3行目: town 町の名前/),
      expect.stringMatching(/^3行目: town_code 町字コード/),
      expect.stringMatching(/^4行目: town 町の名前/),
      expect.stringMatching(/^5行目: 同じ郵便番号/),
    ]);
  });

  test("見出しが足りないもの、町のないものは断る", () => {
    expect(readTownsFile("postal_code\ttown\n9990001\t本町")).toEqual({
      faults: ["office_code", "office", "town_code"].map(
        (name) => `1行目: 見出し ${name} がありません。`,
      ),
    });
    expect(readTownsFile(`${head}\n`)).toEqual({ faults: ["町が1行もありません。"] });
  });

  test("デモの市の一覧は、そのまま読める", () => {
    expect(readTownsFile(readFileSync("db/city/data/towns.tsv", "utf8"))).toHaveProperty("content");
  });
});
