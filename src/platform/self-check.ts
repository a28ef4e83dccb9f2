import type { Sql } from "postgres";
import { verifySchema } from "#db/migrate.ts";
import { reviewedGrants } from "#db/reviewed-grants.ts";
import { StartProblem } from "#db/server/start-problem.ts";

/**
 * Run at every start: the program's role is no superuser, bypasses nothing, owns nothing, cannot read the vault and has no
 * more of the queue than its jobs, nor any grant that is not in db/reviewed-grants.ts; and every table has its policy.
 * Otherwise nothing is served.
 *
 * @throws {@link StartProblem}
 */
export async function selfCheck(sql: Sql): Promise<void> {
  await verifySchema(sql);
  const powers = await sql<{ power: string }[]>`select power from meta.powers_of_the_program`;
  const tables = await sql<{ name: string }[]>`select name from meta.tables_without_policy`;
  const grants = await sql<{ granted: string }[]>`select granted from meta.grants_of_the_program`;
  const faults = [
    ...powers.map(({ power }) => `プログラムのロールが、${power}`),
    ...tables.map(({ name }) => `表 ${name} に、行ごとの制限がない`),
    ...grants
      .filter(({ granted }) => !reviewedGrants.has(granted))
      .map(({ granted }) => `プログラムのロールに、一覧にない権限がある（${granted}）`),
  ];
  if (faults.length > 0)
    throw new StartProblem(
      [
        "データベースの権限が、決められたとおりではありません。だれかが変えた恐れがあるため、起動しません。サーバーの管理者が元に戻してください。",
        ...faults.map((fault) => `  ・${fault}`),
      ].join("\n"),
    );
}
