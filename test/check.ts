import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

/** What is looked for without running anything, the longest first. */
const checks = ["typecheck", "arrows", "unused", "lint"];

/** Runs one of the scripts of the package; what it says is shown as a whole, where it fails. */
function run(script: string): Promise<boolean> {
  const child = spawn("npm", ["run", "-s", script]);
  const said: Buffer[] = [];
  child.stdout.on("data", (bytes) => said.push(bytes));
  child.stderr.on("data", (bytes) => said.push(bytes));
  return new Promise((resolve) => {
    child.once("close", (status) => {
      console.log(`${status === 0 ? "✓" : "×"} ${script}`);
      if (status !== 0) process.stdout.write(Buffer.concat(said));
      resolve(status === 0);
    });
  });
}

const waiting = [...checks];
const passed: boolean[] = [];
const work = async () => {
  for (let script = waiting.shift(); script; script = waiting.shift())
    passed.push(await run(script));
};
await Promise.all(Array.from({ length: Math.min(availableParallelism(), checks.length) }, work));
process.exitCode = passed.every(Boolean) ? 0 : 1;
