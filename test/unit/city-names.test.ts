import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

/** Cities that once stood in the code, or have presets: names, also in Roman letters, and codes with those of their 区. */
const names = /熊本|神戸|横浜|さいたま|山口|kumamoto|kobe|yokohama|saitama|yamaguchi/giu;
const codes =
  /(?<![\d_])(?:4310[01]\d|43102\d|43103\d|43104\d|43105\d|1410\d\d|1411\d\d|2810\d\d|2811\d\d|1110\d\d|1111\d\d|35203\d)(?!\d)/g;

/** Presets name the city whose ordinance they follow; the demonstration is a city. */
const mayName = [
  /^workflows\/[^/]+\/(presets(-[a-z]+)?|limits|city-parameters)\.ts$/,
  /^src\/demonstration\//,
  /^db\/(city|bank|migrations\/meta)\//,
  /^forms\/samples\//,
  // All prefectures, two of which bear the name of their capital.
  /^workflows\/vaccination\/request-letters\/prefectures\.ts$/,
];

const isSamples = (name: string) => /samples?$|^examples$/i.test(name);

/** A source without the samples of its form and the examples of its rules, line by line as before. */
function withoutSamples(path: string, source: string): string {
  if (!/\.tsx?$/.test(path)) return source;
  const found: [from: number, to: number][] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isPropertyAssignment(node) || ts.isFunctionDeclaration(node) ? node.name : undefined;
    if (named && ts.isIdentifier(named) && isSamples(named.text))
      found.push([node.getStart(), node.end]);
    else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
  return found.reduceRight(
    (rest, [from, to]) =>
      rest.slice(0, from) + rest.slice(from, to).replaceAll(/[^\n]/gu, "") + rest.slice(to),
    source,
  );
}

const found = (path: string, source: string) =>
  withoutSamples(path, source)
    .split("\n")
    .flatMap((line, index) =>
      [...line.matchAll(names), ...line.matchAll(codes)].map(
        ([hit]) => `${path}:${index + 1} ${hit}`,
      ),
    );

test("市の名前とコードは、市ごとの定めとデモと見本のほか、どこにもない", () => {
  const paths = globSync("{src,forms,workflows,db}/**/*.{ts,tsx,sql,json,js,css}").filter(
    (path) => !mayName.some((one) => one.test(path)),
  );
  expect(paths.length).toBeGreaterThan(300);
  expect(paths.flatMap((path) => found(path, readFileSync(path, "utf8")))).toEqual([]);
});

test("この検査は、コードと注釈の中の市を見つけ、見本の中の市は見のがす", () => {
  const source = `
    /** 横浜市 */
    export const plans = periodPlans.kumamoto;
    export const form = { samples: { a: "熊本市" }, draw: () => "431001" };
    function cardSample() { return "さいたま市"; }`;
  expect(found("x.ts", source)).toEqual(["x.ts:2 横浜", "x.ts:3 kumamoto", "x.ts:4 431001"]);
});
