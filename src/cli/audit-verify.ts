import postgres from "postgres";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import type { Command } from "./command.ts";

/** Re-reads every audit record and every seal. Exit status 1 where anything is not as it was written. */
export const auditVerify: Command = {
  summary: "Re-reads every audit record and seal and computes all hashes anew.",
  async run() {
    const opened = await openPlatform({ background });
    const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
    try {
      const waiting = await sealRecords(opened.platform);
      const result = await verifyAudit(admin, {
        dataFolder: opened.platform.dataFolder,
        publicKey: publicHalf(opened.platform.keys.signingKey),
      });
      console.log(
        `記録 ${result.records} 件、封印 ${result.seals} 個（うち今回 ${waiting} 個）、未封印 ${result.unsealed} 件`,
      );
      for (const fault of result.faults) console.log(`異常: ${fault}`);
      if (result.faults.length === 0) console.log("すべての記録が書かれたとおりです。");
      return result.faults.length === 0 ? 0 : 1;
    } finally {
      await admin.end();
      await opened.close();
    }
  },
};
