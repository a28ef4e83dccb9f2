import type { Sql } from "postgres";
import { verifySchema } from "#db/migrate.ts";
import { reviewedGrants } from "#db/reviewed-grants/index.ts";
import { StartProblem } from "#db/server/start-problem.ts";
import { driverIsPatched } from "./database.ts";

/**
 * Run at every start: the program's role is no superuser, bypasses nothing, owns nothing, cannot read the vault and has no
 * more of the queue than its jobs, writes no table that is not in db/reviewed-grants, and holds nothing that was granted
 * since this version's SQL was applied; and every table has its policy. Otherwise nothing is served.
 *
 * @throws {@link StartProblem}
 */
export async function selfCheck(sql: Sql): Promise<void> {
  if (!driverIsPatched())
    throw new StartProblem(
      "データベースの部品（postgres）が、修正前のものです。npm ci をやり直してください。",
    );
  await verifySchema(sql);
  const powers = await sql<{ power: string }[]>`select power from meta.powers_of_the_program`;
  const tables = await sql<{ name: string }[]>`select name from meta.tables_without_policy`;
  const grants = await sql<{ granted: string; since: boolean }[]>`
    select g.granted, v.granted is null as since from meta.grants_of_the_program g left join meta.granted_by_version v using (granted)`;
  const faults = [
    ...powers.map(({ power }) => `プログラムのロールが、${power}`),
    ...tables.map(({ name }) => `表 ${name} に、行ごとの制限がない`),
    ...grants
      .filter(({ granted, since }) => since || !(isCall(granted) || reviewedGrants.has(granted)))
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

/** Functions that this version's own SQL opens are held against the list by a test. */
const isCall = (granted: string): boolean => granted.startsWith("EXECUTE ");
