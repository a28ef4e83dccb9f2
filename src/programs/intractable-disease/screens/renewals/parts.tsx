import { Badge } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type RenewalSeasonState,
  renewalSeasonV1,
} from "#workflows/intractable-disease/renewal-season.ts";
import type { Season } from "../../renewals/seasons.ts";
import type { Standing } from "../../renewals/standings.ts";

export const program = "intractable-disease";
export const rowsAPage = 50;

/** Addresses of the screens of 更新. */
export const paths = {
  seasons: `/${program}/renewals`,
  season: (id: string) => `/${program}/renewals/seasons/${id}` as const,
  list: (id: string, standing: Standing, page = 1) =>
    `/${program}/renewals/seasons/${id}/list?standing=${standing}${page > 1 ? `&page=${page}` : ""}` as const,
  entry: `/${program}/renewals/entry`,
} as const;

/** What guards a page on which a season is looked at. */
export const reading = { right: "case.read", program, purpose: "case" } as const;

export const count = (n: number): string => n.toLocaleString("ja-JP");
export const day = (date: string | null | undefined): string =>
  showDateShort(date as IsoDate | null);

/** 令和9年9月30日に終わる更新の期 */
export const seasonTitle = ({ endsOn }: Pick<Season, "endsOn">): string =>
  `${formatWareki(endsOn as IsoDate)}満了の更新`;

export const SeasonBadge = ({ state }: { state: RenewalSeasonState }) => {
  const { title, tone } = stateMeta(renewalSeasonV1, state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

const tones = {
  silent: "neutral",
  applied: "info",
  renewed: "success",
  refused: "error",
  gone: "neutral",
} as const;
/** The tone of how somebody stands. */
export const toneOf = (standing: Standing) => tones[standing];
