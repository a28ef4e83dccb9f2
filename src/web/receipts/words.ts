import type { FaultRow, FileRow } from "#src/platform/receipts/index.ts";
import { channelTitles } from "#workflows/receipts/decisions.ts";
import { faultTitle } from "#workflows/receipts/faults.ts";
import type { Choice, Tone } from "../components/index.ts";

export const stateTones: Record<FileRow["state"], Tone | "neutral"> = {
  receiving: "info",
  judging: "info",
  judged: "warning",
  committing: "info",
  committed: "success",
  withdrawing: "warning",
  withdrawn: "neutral",
  cancelled: "neutral",
};

/** `2026年10月`; `―` for none. */
export const showMonth = (month: string | null | undefined): string =>
  month ? month.replace(/^(\d+)-0?(\d+)$/, "$1年$2月") : "―";

/** 「支払基金 2026年10月請求分」. */
export const fileTitle = ({
  channel,
  claimMonth,
}: Pick<FileRow, "channel" | "claimMonth">): string =>
  `${channelTitles[channel]} ${showMonth(claimMonth)}請求分`;

/** A fault in words: what is wrong, and where the record itself is at fault. */
export const faultWords = ({ code, field, reason, line }: FaultRow): string =>
  field ? `${faultTitle(code)} ${field}（${line}行目）: ${reason}` : faultTitle(code);

/** Months around one, the newest first, to be chosen of. */
export function monthChoices(
  around: string,
  { before, after }: { before: number; after: number },
): Choice[] {
  const [year = 0, month = 1] = around.split("-").map(Number);
  return Array.from({ length: before + after + 1 }, (_, at) => {
    const n = year * 12 + month - 1 + after - at;
    const value = `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`;
    return { value, label: showMonth(value) };
  });
}
