import { holdsForAll } from "#src/platform/access/actor.ts";
import type { WorkSource } from "#src/platform/program.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { waitingAccountFigures, waitingAccounts } from "../../clinics/accounts.ts";
import { waitingEntries, waitingEntryFigures } from "../../clinics/entries.ts";
import { clinicPaths } from "./paths.ts";
import { entryTitle } from "./waiting.tsx";

/** What of the register waits for a second person. */
export const clinicItemsOfWork: readonly WorkSource[] = [
  itemsOfKind({
    list: "waiting",
    kind: "医療機関台帳の確認",
    for: ({ actor }) => holdsForAll(actor, "case.approve", "vaccination"),
    figures: waitingEntryFigures,
    read: async (work, lines) =>
      (await waitingEntries(work, lines)).map((row) => ({
        title: `医療機関 ${row.clinicCode} ${entryTitle(row)}`,
        path: clinicPaths.clinic(row.clinicCode),
        since: row.proposedAt,
      })),
  }),
  itemsOfKind({
    list: "waiting",
    kind: "医療機関の口座の確認",
    for: ({ actor }) => holdsForAll(actor, "payment-account.handle", "vaccination"),
    figures: waitingAccountFigures,
    read: async (work, lines) =>
      (await waitingAccounts(work, lines)).map((row) => ({
        title: `医療機関の口座 ${row.payee}`,
        path: clinicPaths.account(row.id),
        since: row.enteredAt,
      })),
  }),
];
