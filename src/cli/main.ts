import { parseArgs } from "node:util";
import type { Command } from "./command.ts";

/** Loaded when asked for: a one-time code should not wait for the fonts of a certificate. */
const commands: Record<string, () => Promise<Command>> = {
  "staff bootstrap": async () => (await import("./staff-bootstrap.ts")).staffBootstrap,
  "office register": async () => (await import("./office-register.ts")).officeRegister,
  "city register": async () => (await import("./city-register.ts")).cityRegister,
  "city towns": async () => (await import("./city-towns.ts")).cityTowns,
  "database migrate": async () => (await import("./database-migrate.ts")).databaseMigrate,
  "keys renew": async () => (await import("./keys-renew.ts")).keysRenew,
  "backup make": async () => (await import("./backup-make.ts")).backupMake,
  "backup restore": async () => (await import("./backup-restore.ts")).backupRestore,
  "backup drill": async () => (await import("./backup-drill.ts")).backupDrill,
  "audit verify": async () => (await import("./audit-verify.ts")).auditVerify,
  "certificate verify": async () => (await import("./certificate-verify.ts")).certificateVerify,
  "city generate": async () => (await import("./city-generate.ts")).cityGenerate,
  "feed receive": async () => (await import("./feed-receive.ts")).feedReceive,
  evidence: async () => (await import("./evidence.ts")).evidence,
  items: async () => (await import("./items.ts")).items,
  "demonstration code": async () => (await import("./demonstration-code.ts")).demonstrationCode,
};

process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  const [first = ""] = words;
  const name = Object.hasOwn(commands, first) ? first : words.slice(0, 2).join(" ");
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    console.log(await help());
    return words.length === 0 || words[0] === "help" ? 0 : 2;
  }
  try {
    const command = await load();
    const { values, positionals } = parseArgs({
      args: words.slice(name.split(" ").length),
      options: Object.fromEntries(
        Object.entries(command.options ?? {}).map(([option, { type }]) => [option, { type }]),
      ),
      allowPositionals: true,
    });
    return await command.run({ values, words: positionals });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function help(): Promise<string> {
  const lines: string[] = [];
  for (const [name, load] of Object.entries(commands)) {
    const { summary, positionals, options } = await load();
    lines.push(`  ${name}${positionals ? ` ${positionals}` : ""}`, `      ${summary}`);
    for (const [option, { help }] of Object.entries(options ?? {})) {
      lines.push(`      --${option}  ${help}`);
    }
  }
  return ["usage: npm run cli -- COMMAND [options]", "", ...lines].join("\n");
}
