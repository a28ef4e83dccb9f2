import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { letterTitles as letters } from "./letters.ts";

const letterTitles = { ...letters, certificate: "更新した受給者証" };
const whats = { granted: "認定", changed: "変更", ended: "終了" } as const;

/** What seasons and notices to institutions hold of the person of a request about their own data, a line each. */
export async function heldOfRenewals(work: Work, request: number): Promise<readonly string[]> {
  const [row] = await work.sql<
    {
      held: {
        seasons: { endsOn: IsoDate; letters: { kind: keyof typeof letterTitles; on: IsoDate }[] }[];
        told: { institution: string; what: keyof typeof whats; on: IsoDate }[];
      };
    }[]
  >`select intractable_papers.held_of(${request}) as held`;
  if (!row) return [];
  const { seasons, told } = row.held;
  return [
    ...seasons.flatMap(({ endsOn, letters }) => [
      `指定難病医療給付の更新の期（${formatWareki(endsOn)}満了）の対象`,
      ...letters.map(({ kind, on }) => `${letterTitles[kind]}（${formatWareki(on)}作成）`),
    ]),
    ...told.map(
      ({ institution, what, on }) =>
        `医療機関 ${institution} への通知（${whats[what]}、${formatWareki(on)}）`,
    ),
  ];
}
