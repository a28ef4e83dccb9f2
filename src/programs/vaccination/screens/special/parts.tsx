import { Badge } from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { needsTwo } from "#workflows/vaccination/special/kinds.ts";
import type { SpecialState } from "#workflows/vaccination/special/machine.ts";
import { type Special, specialMeta } from "../../special/entries.ts";
import { vaccineTitle } from "../../special/titles.ts";

/** In force, waiting, over: as it stands on a day. */
export function SpecialBadge({
  row,
  today,
}: {
  row: Pick<Special, "kind" | "state" | "validFrom" | "validUntil">;
  today: IsoDate;
}) {
  if (row.state === "standing" && row.validUntil !== null && row.validUntil < today)
    return <Badge tone="neutral">期間終了</Badge>;
  if (row.state === "standing" && row.validFrom > today)
    return <Badge tone="info">{needsTwo(row.kind) ? "決裁済み" : "開始前"}</Badge>;
  const { title, tone } = specialMeta(row.state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
}

export const stateTitle = (state: SpecialState): string => specialMeta(state).title;

/** R8.11.1 ～ R8.12.31 */
export const period = ({ validFrom, validUntil }: Pick<Special, "validFrom" | "validUntil">) =>
  `${showDateShort(validFrom as IsoDate)} ～ ${validUntil ? showDateShort(validUntil as IsoDate) : ""}`;

/** Each vaccine of 長期療養特例 with its last day, a line each. */
export const untilLines = ({ vaccines, untils }: Pick<Special, "vaccines" | "untils">): string[] =>
  vaccines.map((vaccine, at) => `${vaccineTitle(vaccine)}　${showDate(untils[at] as IsoDate)}まで`);
