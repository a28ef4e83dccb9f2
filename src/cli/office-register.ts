import postgres from "postgres";
import { registerOffice } from "#src/platform/access/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { type Command, text } from "./command.ts";

const required = ["code", "name", "postal-code", "address", "telephone"] as const;

/** Offices are set up by whoever installs; staff and letters refer to them. Called again, it corrects. */
export const officeRegister: Command = {
  summary: "Registers an office (区役所, 課) as it stands on letters, or corrects it.",
  options: {
    code: { type: "string", help: "全国地方公共団体コード, six digits" },
    name: { type: "string", help: "such as 中央区役所" },
    "postal-code": { type: "string", help: "seven digits" },
    address: { type: "string", help: "as printed" },
    telephone: { type: "string", help: "as printed" },
  },
  async run(input) {
    const missing = required.filter((name) => !text(input, name)?.trim());
    if (missing.length > 0) {
      console.error(`指定が足りません: ${missing.map((name) => `--${name}`).join(" ")}`);
      return 1;
    }
    const [code = "", name = "", postalCode = "", address = "", telephone = ""] = required.map(
      (option) => text(input, option),
    );
    if (!checkNumber("local-government", code).valid || !/^\d{7}$/.test(postalCode)) {
      console.error("団体コードは検査数字を含む6桁、郵便番号は7桁の数字で指定してください。");
      return 1;
    }
    const opened = await openPlatform({ background });
    const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
    try {
      await registerOffice(admin, { code, name, postalCode, address, telephone });
      console.log(`${name}（${code}）を登録しました。`);
      return 0;
    } finally {
      await admin.end();
      await opened.close();
    }
  },
};
