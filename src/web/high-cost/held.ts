import {
  type ByHand,
  byHandOutcomeTitles,
  byHandStateTitles,
  insuranceEvidenceTitles,
} from "#src/platform/high-cost/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { yen } from "#workflows/text/yen.ts";
import { byHandReasons } from "./by-hand.tsx";
import { categoryTitle, insurerTitle, treated } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

interface Held {
  entries: {
    month: string;
    insurer: string;
    category: string | null;
    multiple: boolean;
    ofCity: number;
    granted: number;
    state: string;
  }[];
  mandates: {
    insurer: string;
    from: string;
    askedOn: IsoDate;
    receivedOn: IsoDate | null;
    endedOn: IsoDate | null;
  }[];
  insurance: {
    insurer: string;
    from: string;
    to: string | null;
    category: string | null;
    evidence: keyof typeof insuranceEvidenceTitles;
  }[];
  byHand: (Pick<ByHand, "reasons" | "state" | "outcome"> & { month: string })[];
}

/** What is held of the 高額療養費 of the person of a 開示請求, a line each. */
export async function heldOfHighCost(
  work: Work,
  request: number,
  { program }: HighCosts,
): Promise<string[]> {
  const [row] = await work.sql<{ held: Held }[]>`
    select high_cost.held_of(${program}, ${request}) as held`;
  if (!row) return [];
  const { entries, mandates, insurance, byHand } = row.held;
  return [
    ...entries.map(
      (one) =>
        `高額療養費 ${treated(one.month)}　保険者 ${insurerTitle(one.insurer, null)}　適用区分 ${categoryTitle(one)}　市が請求できる額 ${yen(one.ofCity)}　支給された額 ${yen(one.granted)}　${stateMeta(highCostEntryV1, one.state).title}`,
    ),
    ...mandates.map((one) =>
      [
        `高額療養費の委任状　保険者 ${one.insurer}　${treated(one.from)}から`,
        `依頼 ${formatWareki(one.askedOn)}`,
        ...(one.receivedOn ? [`受領 ${formatWareki(one.receivedOn)}`] : []),
        ...(one.endedOn ? [`撤回・取消 ${formatWareki(one.endedOn)}`] : []),
      ].join("　"),
    ),
    ...insurance.map(
      (one) =>
        `保険の確認　保険者 ${one.insurer}　${treated(one.from)}から${one.to ? treated(one.to) : ""}　適用区分 ${one.category ?? "―"}　根拠 ${insuranceEvidenceTitles[one.evidence]}`,
    ),
    ...byHand.map(
      (one) =>
        `高額療養費を手で確かめる月　${treated(one.month)}　${byHandReasons(one.reasons)}　${byHandStateTitles[one.state]}${one.outcome ? `　${byHandOutcomeTitles[one.outcome]}` : ""}`,
    ),
  ];
}
