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
      const { platform } = opened;
      const sealed = await sealRecords(platform);
      const [there] = await admin<{ n: string }[]>`select count(*) as n from audit.record`;
      let told = Date.now();
      const result = await verifyAudit((read) => read(admin), {
        dataFolder: platform.dataFolder,
        headsCopy: platform.headsCopy,
        publicKey: publicHalf(platform.keys.signingKey),
        async progress({ records }) {
          if (Date.now() - told < 5_000) return;
          told = Date.now();
          console.error(`${records} / ${there?.n} 件`);
        },
      });
      const { records, seals, unsealed, faults, faultCount, gaps } = result;
      console.log(
        `記録 ${records} 件、封印 ${seals} 個（うち今回 ${sealed} 個）、未封印 ${unsealed} 件`,
      );
      for (const fault of faults) console.log(`異常: ${fault}`);
      if (faultCount > faults.length) console.log(`異常は全部で ${faultCount} 件`);
      console.log(
        `番号の抜け: 取り消された処理 ${gaps.undone} 件、説明のないもの ${gaps.unexplained} 件`,
      );
      for (const { from, to, after, staff } of gaps.first)
        console.log(`  ${from}〜${to}（${after ?? "最初"} の後、${staff.join("、")}）`);
      if (faultCount === 0) console.log("すべての記録が書かれたとおりです。");
      return faultCount === 0 ? 0 : 1;
    } finally {
      await admin.end();
      await opened.close();
    }
  },
};
