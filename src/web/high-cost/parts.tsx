import { claimStateMeta, entryStateMeta } from "#src/platform/high-cost/index.ts";
import type { StateMeta } from "#workflows/flows/definition.ts";
import type { HighCostClaimState } from "#workflows/high-cost/claim-machine.ts";
import type { HighCostEntryState } from "#workflows/high-cost/entry-machine.ts";
import { type Missing, missingTitles } from "#workflows/high-cost/found.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { type HighCostCategory, highCostCategories } from "#workflows/medical/high-cost.ts";
import { yen } from "#workflows/text/yen.ts";
import { Badge, DefinitionList } from "../components/index.ts";
import { showMonth } from "../receipts/words.ts";

const StateBadge = ({ title, tone }: StateMeta) => <Badge tone={tone ?? "info"}>{title}</Badge>;
export const EntryBadge = ({ state }: { state: HighCostEntryState }) => (
  <StateBadge {...entryStateMeta(state)} />
);
export const ClaimBadge = ({ state }: { state: HighCostClaimState }) => (
  <StateBadge {...claimStateMeta(state)} />
);

export const isMonth = (text: string): text is `${number}-${number}` =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** Number and kind of an insurer. */
export const insurerTitle = (number: string, group: string | null): string =>
  number === ""
    ? "不明"
    : `${number}${group && group in insurerGroups ? `（${insurerGroups[group as keyof typeof insurerGroups]}）` : ""}`;

/** 適用区分 in words, with 多数回. */
export const categoryTitle = ({
  category,
  multiple,
}: {
  category: string | null;
  multiple: boolean;
}): string =>
  category
    ? `${highCostCategories[category as HighCostCategory] ?? category}${multiple ? "・多数回該当" : ""}`
    : "不明";

export const missingWords = (missing: readonly string[]): string =>
  missing.map((one) => missingTitles[one as Missing] ?? one).join("、");

/** Said to whoever holds the right for some offices only: a search and a claim are of the whole 事務. */
export const forAllOffices = "抽出と請求は、すべての窓口の権限を持つ職員が行います。";

/** 「2026年9月診療分」. */
export const treated = (month: string): string => `${showMonth(month)}診療分`;

const counts = /件数$/;
/** How an amount came about, line by line; what counts things is no money. */
export const ExplainedLines = ({
  steps,
}: {
  steps: readonly { label: string; amount: number }[];
}) => (
  <DefinitionList
    items={steps.map(({ label, amount }) => [
      label,
      counts.test(label) ? `${amount.toLocaleString("ja-JP")}件` : yen(amount),
    ])}
  />
);
