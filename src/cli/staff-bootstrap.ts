import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import postgres from "postgres";
import { bootstrap, codeEnrolmentUri } from "#src/platform/access/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { type Command, type CommandInput, text } from "./command.ts";

/**
 * The first two accounts of an installation: one who registers staff and applies for rights, and
 * another who approves them. Two, because nobody may approve what they applied for.
 */
export const staffBootstrap: Command = {
  summary: "Makes the first two accounts (administrator, and the one who approves rights).",
  options: {
    administrator: { type: "string", help: "login name of the administrator" },
    approver: { type: "string", help: "login name of the one who approves rights" },
    terminal: {
      type: "string",
      help: "address of the first terminal (127.0.0.1 unless told otherwise)",
    },
  },
  async run(input) {
    const names = [
      await ask(input, "administrator", "システム管理者の職員番号"),
      await ask(input, "approver", "権限承認者の職員番号"),
    ] as const;
    if (new Set(names).size !== 2 || names.some((name) => !/^[\w.-]{3,}$/.test(name))) {
      console.error("職員番号は3文字以上の英数字で、二人とも違うものにしてください。");
      return 1;
    }
    const opened = await openPlatform({ background });
    const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
    try {
      const existing = await admin`select from access.staff where kind <> 'system'`;
      if (existing.length > 0) {
        console.error("すでに職員が登録されています。以後は画面から登録してください。");
        return 1;
      }
      const passwords = names.map(() => `${randomBytes(9).toString("base64url")}-aA1`);
      const secrets = await bootstrap(admin, opened.platform.keys, opened.platform.clock.today(), {
        offices: [],
        terminals: [{ name: "最初の端末", address: text(input, "terminal") ?? "127.0.0.1" }],
        accounts: names.map((loginName, n) => ({
          loginName,
          displayName: n === 0 ? "システム管理者" : "権限承認者",
          officeCode: null,
          password: passwords[n] ?? "",
          mustChange: true,
          duties: [{ duty: n === 0 ? "administrator" : "access-approver", program: null }],
        })),
      });
      for (const [n, name] of names.entries()) {
        console.log(`${name}  最初のパスワード: ${passwords[n]}`);
        console.log(`  認証アプリに登録: ${codeEnrolmentUri(secrets[n] ?? "", name)}`);
      }
      return 0;
    } finally {
      await admin.end();
      await opened.close();
    }
  },
};

async function ask(input: CommandInput, option: string, question: string): Promise<string> {
  const given = text(input, option);
  if (given) return given;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`${question}: `)).trim();
  } finally {
    terminal.close();
  }
}
