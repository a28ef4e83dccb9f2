import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { resume } from "#src/platform/access/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import { gatherRun, readAnswers, writeRunFile } from "#src/platform/payments/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";

// One step of a payment run, as a process of its own that a test may kill.
const [address = "", dataFolder = "", token = "", step = "", run = "", seen = "0"] =
  process.argv.slice(2);
const program = "sample-allowance";
const platform = {
  database: openDatabase(address, 2),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock(step === "answers" ? "2026-11-30" : "2026-11-20"),
  dataFolder,
  fonts: {},
};
const actor = await resume(platform, token);
const steps: Readonly<Record<string, (work: Work) => Promise<unknown>>> = {
  gather: (work) => gatherRun(work, { program, closingOn: "2026-10-31", payOn: "2026-11-30" }),
  write: (work) => writeRunFile(work, run, Number(seen)),
  answers: (work) =>
    readAnswers(work, run, Number(seen), Buffer.from("支払番号,支払額,結果,理由\r\n"), {
      restPaid: true,
    }),
};
console.log("ready");
await runWork(platform, actor, { purpose: "payment", program }, (work) => {
  const one = steps[step];
  if (!one) throw new Error(`no step ${step}`);
  return one(work);
});
console.log("done");
process.exit(0);
