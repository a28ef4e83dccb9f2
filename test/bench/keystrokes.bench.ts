import { spawnSync } from "node:child_process";

/** What one application costs at the counter, in keys and pages: counted by the browser test, which also holds the limits. */
export const run = (): number =>
  spawnSync("npx", ["vitest", "run", "test/browser/keystrokes.test.ts"], { stdio: "inherit" })
    .status ?? 1;
