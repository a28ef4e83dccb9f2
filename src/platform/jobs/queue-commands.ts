import { getMigrationPlans } from "pg-boss";
import postgres from "postgres";
import { StartProblem } from "#db/server/start-problem.ts";

/**
 * pg-boss keeps commands in its table `bam` that the next installation runs. Whatever stands there has to be word for word
 * what a migration of the library puts there; our queues have no partitions.
 *
 * @throws {@link StartProblem} where something else stands there
 */
export async function requireOwnCommands(ownerUrl: string, schema: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [table] = await client<{ there: boolean }[]>`
      select to_regclass(${`${schema}.bam`}) is not null as there`;
    if (!table?.there) return;
    const kept = await client<{ command: string }[]>`select command from ${client(schema)}.bam`;
    const known = commandsOfLibrary(schema);
    const strange = kept.filter(({ command }) => !known.has(spelled(command))).length;
    if (strange > 0)
      throw new StartProblem(
        `待ち行列の表 ${schema}.bam に、まどぐち が置いていない命令が${strange}件あります。データベースに侵入された恐れがあるため、起動しません。サーバーの管理者が表の内容とアクセス記録を調べ、原因を除いてから、その行を消してください。`,
      );
  } finally {
    await client.end();
  }
}

/** Commands of all migrations of the library, which writes them out below its plans, each after a line of its own. */
function commandsOfLibrary(schema: string): ReadonlySet<string> {
  const written = getMigrationPlans(schema, 0).matchAll(/^-- inlined from .*\n([\s\S]*?);$/gm);
  return new Set(Array.from(written, ([, command = ""]) => spelled(command)));
}

/** The plans add to each index that it may stand already; the table has some of both kinds. */
const spelled = (command: string) =>
  command.replace(" IF NOT EXISTS", "").replaceAll(/\s+/g, " ").trim();
