import { parseArgs } from "node:util";
import { auditVerify } from "./audit-verify.ts";
import { certificateVerify } from "./certificate-verify.ts";
import { cityGenerate } from "./city-generate.ts";
import type { Command } from "./command.ts";
import { databaseMigrate } from "./database-migrate.ts";
import { demonstrationCode } from "./demonstration-code.ts";
import { feedReceive } from "./feed-receive.ts";
import { staffBootstrap } from "./staff-bootstrap.ts";

const commands: readonly Command[] = [
  staffBootstrap,
  databaseMigrate,
  auditVerify,
  certificateVerify,
  cityGenerate,
  feedReceive,
  demonstrationCode,
];

process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  const command = commands.find(
    ({ name }) => words.slice(0, name.split(" ").length).join(" ") === name,
  );
  if (!command) {
    console.log(help());
    return words.length === 0 || words[0] === "help" ? 0 : 2;
  }
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(command.name.split(" ").length),
      options: Object.fromEntries(
        Object.entries(command.options ?? {}).map(([name, { type }]) => [name, { type }]),
      ),
      allowPositionals: true,
    });
    return await command.run({ values, words: positionals });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function help(): string {
  const lines = commands.flatMap(({ name, summary, positionals, options }) => [
    `  ${name}${positionals ? ` ${positionals}` : ""}`,
    `      ${summary}`,
    ...Object.entries(options ?? {}).map(([option, { help }]) => `      --${option}  ${help}`),
  ]);
  return ["usage: npm run cli -- COMMAND [options]", "", ...lines].join("\n");
}
