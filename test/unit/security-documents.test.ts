import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const documents = globSync("docs/security/*.md");
const required: Record<string, string[]> = JSON.parse(
  readFileSync("test/fixtures/asvs-5.0-ids.json", "utf8"),
);
const states = ["met", "not met", "not applicable"];

const withoutCode = (text: string) =>
  text.replaceAll(/^```.*?^```/gms, "").replaceAll(/^ {4}.*$/gm, "");

/** Anchors of the headings of a document, as GitHub and GitLab make them. */
const anchorsOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );

/** What a link leads to and is not there; links to other sites are not followed. */
function deadLinks(path: string, text: string): string[] {
  const bare = withoutCode(text);
  const inline = [...bare.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => to);
  const named = [...bare.matchAll(/^\[[^\]]+\]: (\S+)$/gm)].map(([, to = ""]) => to);
  return [...inline, ...named].filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : join(dirname(path), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
  });
}

/** Names in brackets without a place of their own, that stand in no list at the end. */
function unknownNames(text: string): string[] {
  const bare = withoutCode(text).replaceAll(/`[^`\n]*`/g, "");
  const known = new Set([...bare.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name));
  return [...bare.matchAll(/\[([^\]\n]+)\](?![([:])/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !known.has(name));
}

interface Line {
  id: string;
  level: string;
  short: string;
  state: string;
  proof: string;
}

const asvs = readFileSync("docs/security/asvs.md", "utf8");
const lines = [...asvs.matchAll(/^\| (V\d+\.\d+\.\d+) \| (\d) \| (.+) \| (.+) \| (.+) \|$/gm)].map(
  ([, id = "", level = "", short = "", state = "", proof = ""]): Line => ({
    id,
    level,
    short,
    state,
    proof,
  }),
);

test("安全についての文書のリンクは、どれも届く", () => {
  expect(documents.length).toBeGreaterThan(2);
  for (const path of documents) {
    const text = readFileSync(path, "utf8");
    expect(deadLinks(path, text), path).toEqual([]);
    expect(unknownNames(text), path).toEqual([]);
  }
});

test("この検査は、届かないリンクを見つける", () => {
  const text = "# One\n[a](b.md) [c](asvs.md#nothing) [d](#one) [e](asvs.md) [f]\n[f]: g.ts\n[h]";
  expect(deadLinks("docs/security/x.md", text)).toEqual([
    "b.md",
    "asvs.md#nothing",
    "#one",
    "g.ts",
  ]);
  expect(unknownNames(text)).toEqual(["h"]);
});

test("ASVS の求められる項目が、正しい水準で、一度ずつある", () => {
  const wanted = Object.entries(required).flatMap(([level, ids]) =>
    ids.map((id) => `${id} ${level}`),
  );
  expect(wanted).toHaveLength(260);
  expect(lines.map(({ id, level }) => `${id} ${level}`).toSorted()).toEqual(wanted.toSorted());
});

test("どの項目にも、状態と、試験・プログラム・文書へのリンクか理由がある", () => {
  for (const { id, state, proof } of lines) {
    expect(states, id).toContain(state);
    expect(proof.length, id).toBeGreaterThan(3);
  }
});

test("満たしていない項目は、初めの表に理由とともに、ほかにはない", () => {
  const [, listed = ""] = /^## Not met\n(.*?)^## /ms.exec(asvs) ?? [];
  const named = [...listed.matchAll(/V\d+\.\d+\.\d+/g)].map(([id]) => id);
  const notMet = lines.filter(({ state }) => state === "not met").map(({ id }) => id);
  expect(named.toSorted()).toEqual(notMet.toSorted());
});
