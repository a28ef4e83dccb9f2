import { holds } from "#src/platform/access/actor.ts";
import type { WorkSource } from "#src/platform/program.ts";
import {
  adjustmentsAsked,
  countAdjustmentsAsked,
  countMonthsToState,
  countReasonsAsked,
  countStatementsAsked,
  countWaitingFiles,
  filesWithWork,
  monthsToState,
  reasonsAsked,
  statementsAsked,
  waitingFiles,
} from "#src/platform/receipts/index.ts";
import { fewItems, itemsOfKind } from "#src/platform/work-sources.ts";
import { adjustmentTitles, channelTitles } from "#workflows/receipts/decisions.ts";
import { copyItems, copyScreens } from "../copies/index.ts";
import type { ScreenSet } from "../screens.ts";
import { adjustmentScreens } from "./adjustments.tsx";
import { fileActionScreens } from "./file-actions.ts";
import { fileScreens } from "./file-page.tsx";
import { listScreens } from "./list.tsx";
import { ledgerPanels, personLedger } from "./person-ledger.tsx";
import { reasonScreens } from "./reasons.tsx";
import { receiptPage } from "./receipt-page.tsx";
import { returnList } from "./return-list.tsx";
import { statementPath, statementScreens } from "./statements.tsx";
import { fileTitle, showMonth } from "./words.ts";

export { withBenefits } from "./benefit-list.tsx";
export { benefitSheet } from "./benefit-sheet.ts";

/** Files that wait for the word of this person, because another took them in or asks to take them back. */
const files = (state: "judged" | "withdrawing", kind: string) =>
  itemsOfKind({
    list: "waiting",
    kind,
    for: ({ actor }) => holds(actor, "feed.commit", { program: "receipts" }),
    figures: (work) => countWaitingFiles(work, state),
    read: async (work, lines) =>
      (await waitingFiles(work, state, lines)).map((file) => ({
        title: `レセプト ${fileTitle(file)}`,
        path: `/receipts/files/${file.id}` as const,
        since: file.preparedAt,
      })),
  });

/** Files with receipts to be decided or approved: a few each month, whatever they hold. */
const receipts = (what: "open" | "asked", right: "case.examine" | "case.approve", kind: string) =>
  fewItems(async (work) =>
    holds(work.actor, right)
      ? (await filesWithWork(work, what)).map(({ file, count }) => ({
          list: "waiting" as const,
          kind,
          title: `レセプト ${fileTitle(file)} ${count.toLocaleString("ja-JP")}件`,
          path: `/receipts/files/${file.id}?list=${what}` as const,
          since: file.preparedAt,
        }))
      : [],
  );

/** What becomes of the receipts of a month afterwards: 過誤・再審査 and their reasons, and the statement of its channel. */
const afterwards: WorkSource[] = [
  itemsOfKind({
    list: "waiting",
    kind: "過誤・再審査の承認",
    for: ({ actor }) => holds(actor, "case.approve"),
    figures: countAdjustmentsAsked,
    read: async (work, lines) =>
      (await adjustmentsAsked(work, lines)).map(({ adjustment, personNumber }) => ({
        title: `${adjustmentTitles[adjustment.kind]} ${showMonth(adjustment.settledIn)}精算`,
        path: `/receipts/benefits/${adjustment.benefitId}` as const,
        since: adjustment.askedAt,
        personNumber,
      })),
  }),
  itemsOfKind({
    list: "waiting",
    kind: "過誤・再審査の事由の承認",
    for: ({ actor }) => holds(actor, "feed.commit", { program: "receipts" }),
    figures: countReasonsAsked,
    read: async (work, lines) =>
      (await reasonsAsked(work, lines)).map(({ channel, code, askedAt }) => ({
        title: `${channelTitles[channel]} 事由 ${code}`,
        path: "/receipts/reasons" as const,
        since: askedAt,
      })),
  }),
  itemsOfKind({
    list: "waiting",
    kind: "請求の計算書の承認",
    for: ({ actor }) => holds(actor, "feed.commit", { program: "receipts" }),
    figures: countStatementsAsked,
    read: async (work, lines) =>
      (await statementsAsked(work, lines)).map(({ channel, claimMonth, askedAt }) => ({
        title: `${channelTitles[channel]} ${showMonth(claimMonth)}請求 計算書`,
        path: statementPath(channel, claimMonth),
        since: askedAt,
      })),
  }),
  itemsOfKind({
    list: "waiting",
    kind: "請求の計算書の入力",
    for: ({ actor }) => holds(actor, "feed.import", { program: "receipts" }),
    figures: countMonthsToState,
    read: async (work, lines) =>
      (await monthsToState(work, lines)).map(({ channel, claimMonth, since }) => ({
        title: `${channelTitles[channel]} ${showMonth(claimMonth)}請求 計算書`,
        path: statementPath(channel, claimMonth),
        since,
      })),
  }),
];

const copies = { program: "receipts", title: "レセプト", sources: [returnList] } as const;
const copied = copyScreens(copies);

/** レセプト: taken in, judged, decided and posted; what is paid a month, and what is corrected afterwards. */
export const receiptScreens: ScreenSet = {
  title: "レセプト",
  handbook: "16-receipts",
  menu: [
    { title: "レセプト", path: "/receipts", right: "receipt.read" },
    { title: "請求の計算書", path: "/receipts/statements", right: "feed.read" },
    { title: "過誤・再審査", path: "/receipts/adjustments", right: "case.read" },
    { title: "過誤・再審査の事由", path: "/receipts/reasons", right: "feed.read" },
    ...copied.menu,
  ],
  workItems: [
    ...copyItems(copies),
    files("judged", "レセプトの反映承認"),
    files("withdrawing", "レセプトの取戻し承認"),
    receipts("open", "case.examine", "レセプトの点検"),
    receipts("asked", "case.approve", "レセプトの支払承認"),
    ...afterwards,
  ],
  personPanels: ledgerPanels,
  routes: [
    ...listScreens,
    ...fileScreens,
    receiptPage,
    ...fileActionScreens,
    ...statementScreens,
    ...adjustmentScreens,
    ...reasonScreens,
    personLedger,
    ...copied.routes,
  ],
};
