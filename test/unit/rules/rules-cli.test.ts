import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { quickly } from "#test/support/started.ts";

/** Runs the tool with the lines as input. */
async function run(args: string[], input = "") {
  const child = spawn(process.execPath, [...quickly, "src/cli/rules.ts", ...args]);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, err, lines: out.split("\n").slice(0, -1) };
}

describe("計算の道具", () => {
  test("計算を一行ずつ挙げる", async () => {
    const { code, lines } = await run(["list"]);
    expect(code).toBe(0);
    expect(lines.map((line) => line.split("\t")[0])).toContain("vaccination.check");
  });

  test("行の順に答え、悪い行は次を止めない", async () => {
    const { code, lines } = await run(
      ["age.reach"],
      '{"birth":"2008-04-01","years":18}\n{broken\n\n{"birth":"2008-02-29","years":18}\n{"birth":"2008-13-01","years":18}\n{"birth":"2013-04-01","months":1}',
    );
    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ok: true, result: { date: "2026-03-31" } },
      { ok: false },
      { ok: false },
      { ok: true, result: { date: "2026-02-28" } },
      { ok: false, error: { field: "birth" } },
      { ok: true, result: { date: "2013-04-30" } },
    ]);
  });

  test("知らない計算は、状態2でそう答える", async () => {
    const { code, err, lines } = await run(["no.such"], "{}\n");
    expect(code).toBe(2);
    expect(lines).toEqual([]);
    expect(err).toContain("no.such");
    expect((await run([])).code).toBe(2);
  });

  test("1万行を続けて答える", async () => {
    const line = JSON.stringify({
      birth: "2024-05-10",
      sex: "female",
      on: "2026-11-20",
      history: ["2024-07-10", "2024-08-10", "2024-09-10"].flatMap((date) =>
        ["pcv", "5mix", "hepb"].map((vaccine) => ({ vaccine, date })),
      ),
    });
    const { lines } = await run(["vaccination.due"], `${line}\n`.repeat(10_000));
    expect(lines).toHaveLength(10_000);
    expect(new Set(lines).size).toBe(1);
  }, 30_000);
});
