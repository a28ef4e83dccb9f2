import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("drizzle の読み込みは、記憶域をほとんど使わない（patches/ が当たっている）", () => {
  const script = `
    const before = process.memoryUsage.rss();
    await import("drizzle-orm/postgres-js");
    console.log((process.memoryUsage.rss() - before) / 1e6);`;
  const options = { encoding: "utf8", cwd: process.cwd() } as const;
  const told = execFileSync(process.execPath, ["--input-type=module", "-e", script], options);
  expect(Number(told)).toBeLessThan(80);
});
