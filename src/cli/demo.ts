import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { playedChildMedical } from "#src/demonstration/child-medical.ts";
import { playCounter } from "#src/demonstration/counter-journey.ts";
import { findSingleParents, findSomeChildren } from "#src/demonstration/find-people.ts";
import { playMailing } from "#src/demonstration/mailing.ts";
import { bringNeeded } from "#src/demonstration/other-offices.ts";
import { enterAs, seedDemonstration } from "#src/demonstration/seed.ts";
import { playedSingleParent } from "#src/demonstration/single-parent.ts";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";

/** `npm run demo`: the journeys on a city of its own, without a browser; the papers stay in `out/`. */
const say = (line: string) => console.log(line);
const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-demo-"));
const out = "out";
await mkdir(out, { recursive: true });
const opened = await openPlatform({ background, dataFolder });
try {
  const { platform } = opened;
  const { accounts } = await seedDemonstration(opened, { say, workInHand: false });
  const enter = (loginName: string) => enterAs(platform, accounts, loginName);
  const staff = {
    enters: await enter("mado1"),
    examines: await enter("mado2"),
    decides: await enter("kessai2"),
  };
  const prepares = await enter("ikkatsu1");
  const [child = ""] = await findSomeChildren(platform, { prepares, ...staff }, { count: 1 });
  const [parent = ""] = await findSingleParents(platform, { prepares, ...staff }, { count: 1 });
  const feed = { preparer: prepares, committer: await enter("kessai1") };
  const bring = () => bringNeeded(platform, feed, "tax");
  const summary = [
    ...(await playCounter(platform, staff, playedChildMedical, { personNumber: child, out })),
    "",
    ...(await playCounter(platform, staff, playedSingleParent, {
      personNumber: parent,
      out,
      bring,
    })),
    "",
    ...(await playMailing(platform, { prepares, approves: feed.committer }, out)),
    "",
    await auditLine(),
  ];
  say(`\n${summary.join("\n")}\n\nファイルは ${out}/ にあります。`);
} finally {
  await opened.close();
  await rm(dataFolder, { recursive: true, force: true });
}

async function auditLine(): Promise<string> {
  const { platform, administratorUrl } = opened;
  await sealRecords(platform);
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    const { records, seals, faults } = await verifyAudit((read) => read(admin), {
      dataFolder,
      publicKey: publicHalf(platform.keys.signingKey),
    });
    return `監査記録 ${records} 件、封印 ${seals} 個、異常 ${faults.length} 件`;
  } finally {
    await admin.end();
  }
}
