import { readDemonstrationAccounts } from "#src/demonstration/accounts.ts";
import { codeAt } from "#src/platform/access/index.ts";
import { defaultDataFolder } from "#src/platform/data-folder.ts";
import type { Command } from "./command.ts";

/** The one-time code of the moment for an account of the demonstration, for those without an authenticator app. */
export const demonstrationCode: Command = {
  summary: "Prints the one-time code of the moment for an account of the demonstration.",
  positionals: "ACCOUNT",
  async run({ words }) {
    const accounts = await readDemonstrationAccounts(defaultDataFolder());
    const account = accounts?.find(({ loginName }) => loginName === words[0]);
    if (!account) {
      console.error(
        accounts
          ? `アカウント: ${accounts.map(({ loginName }) => loginName).join(" ")}`
          : "デモ用のアカウントはありません。npm start で用意されます。",
      );
      return 1;
    }
    console.log(codeAt(account.codeSecret));
    return 0;
  },
};
