import type { Sql } from "postgres";
import { verifySchema } from "#db/migrate.ts";
import { StartProblem } from "#db/server/start-problem.ts";

/**
 * Run at every start: the program's role is no superuser, bypasses nothing, owns nothing, cannot read the vault and has no
 * more of the queue than its jobs; and every table has its policy. Otherwise nothing is served.
 *
 * @throws {@link StartProblem}
 */
export async function selfCheck(sql: Sql): Promise<void> {
  await verifySchema(sql);
  const powers = await sql<{ power: string }[]>`select power from meta.powers_of_the_program`;
  const tables = await sql<{ name: string }[]>`select name from meta.tables_without_policy`;
  const faults = [
    ...powers.map(({ power }) => `プログラムのロールが、${power}`),
    ...tables.map(({ name }) => `表 ${name} に、行ごとの制限がない`),
  ];
  if (faults.length > 0)
    throw new StartProblem(
      [
        "データベースの権限が、決められたとおりではありません。だれかが変えた恐れがあるため、起動しません。サーバーの管理者が元に戻してください。",
        ...faults.map((fault) => `  ・${fault}`),
      ].join("\n"),
    );
}
