import { office } from "#db/schema/access.ts";
import type { Office } from "#forms/index.ts";
import { cityOf } from "../city/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/**
 * Offices by code as papers name them today under お問い合わせ先; of a person without one the first.
 *
 * @throws Problem 503 where the city, or no office, is registered
 */
export async function officeFinder(work: Work): Promise<(code: string) => Office> {
  const { name: city, hours } = await cityOf(work);
  const rows = await work.tx.select().from(office).orderBy(office.code);
  const offices = new Map(
    rows.map(({ code, name, postalCode, address, telephone }) => [
      code,
      { name: `${city} ${name}`, postalCode, address, telephone, hours },
    ]),
  );
  return (code) => {
    const found = offices.get(code) ?? offices.values().next().value;
    if (found) return found;
    throw new Problem({
      status: 503,
      message: "区役所・課が登録されていません。",
      details: ["サーバーの管理者に、コマンド office register での登録を依頼してください。"],
    });
  };
}
