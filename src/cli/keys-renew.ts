import { openSystemSession } from "#src/platform/access/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { renewKeys } from "#src/platform/vault/renew-keys.ts";
import { background } from "#src/programs/jobs.ts";
import type { Command } from "./command.ts";

/** Renews the keys at once; people go on working meanwhile. */
export const keysRenew: Command = {
  summary:
    "Wraps every key anew and destroys the earlier secrets; goes on with a renewal that was stopped.",
  async run() {
    const opened = await openPlatform({ background });
    try {
      const renewal = await renewKeys(opened.platform, await openSystemSession(opened.platform));
      console.log(
        `鍵を更新しました（第${renewal.epoch}期、${renewal.renewed.toLocaleString("ja-JP")}本）。前の期の鍵は破棄しました。`,
      );
      return 0;
    } finally {
      await opened.close();
    }
  },
};
