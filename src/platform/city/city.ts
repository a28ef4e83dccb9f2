import { desc, lte } from "drizzle-orm";
import { profile } from "#db/schema/city.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/** The city that runs the program, as it is on a day. */
export interface City {
  /** 市. */
  readonly name: string;
  /** 全国地方公共団体コード, six digits. */
  readonly code: string;
  /** 都道府県, as addresses may begin with it. */
  readonly prefecture: string;
  /** Who issues papers for which no 帳票の設定 says otherwise: 市長, and the name. */
  readonly mayor: { readonly title: string; readonly name: string };
  /** 教示 (行政不服審査法第82条, 行政事件訴訟法第46条). */
  readonly appeal: {
    readonly reviewAuthority: string;
    readonly defendant: string;
    readonly representative: string;
  };
  /** Stands before the sign of the 事務 in numbers of documents. */
  readonly numberPrefix: string;
  /** When the offices answer: 平日 8時30分から17時15分まで. */
  readonly hours: string;
}

/** The city on a day, today unless told otherwise; nothing where none is registered for it. */
export async function findCity(
  work: Work,
  on: IsoDate = work.platform.clock.today(),
): Promise<City | undefined> {
  const [row] = await work.tx
    .select()
    .from(profile)
    .where(lte(profile.validFrom, on))
    .orderBy(desc(profile.validFrom), desc(profile.id))
    .limit(1);
  if (!row) return undefined;
  const { name, code, prefecture, numberPrefix, hours } = row;
  const { reviewAuthority, defendant, representative } = row;
  return {
    ...{ name, code, prefecture, numberPrefix, hours },
    mayor: { title: row.mayorTitle, name: row.mayorName },
    appeal: { reviewAuthority, defendant, representative },
  };
}

/**
 * The city on a day, today unless told otherwise.
 *
 * @throws Problem 503 where none is registered for the day
 */
export async function cityOf(work: Work, on: IsoDate = work.platform.clock.today()): Promise<City> {
  const found = await findCity(work, on);
  if (found) return found;
  throw notRegistered(
    `${formatWareki(on)}の市の設定（市の名前、市長の氏名など）が登録されていません。`,
    ["サーバーの管理者に、コマンド city register での登録を依頼してください。"],
  );
}

/** The city has not registered what is needed. */
export const notRegistered = (message: string, details: readonly string[]): Problem =>
  new Problem({ status: 503, message, details });
