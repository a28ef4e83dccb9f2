import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/index.ts";
import {
  byHandNumber,
  claimNumber,
  claimsInState,
  countByHand,
  countClaimsInState,
  countEntriesInState,
  countEntriesLapsing,
  countEntriesToDrop,
  countMandatesLate,
  entriesInState,
  entriesLapsing,
  entriesToDrop,
  entryNumber,
  type HighCostEntry,
  listByHand,
  mandatesLate,
} from "#src/platform/high-cost/index.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import { type HighCostClaimState, highCostClaimV1 } from "#workflows/high-cost/claim-machine.ts";
import { type HighCostEntryState, highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import type { HighCosts } from "./set.ts";

/** What waits of 高額療養費: entries and claims by what is to be done, what nobody sent back, and what lapses. */
export function highCostItems(of: HighCosts): WorkSource[] {
  const may = (right: Right) => (work: Work) => holds(work.actor, right, { program: of.program });
  const line = (row: HighCostEntry) => ({
    title: `${of.title} 高額療養費 ${entryNumber(row)}`,
    path: of.paths.entry(row.id),
    since: row.stateSince,
    deadline: row.lapsesOn as IsoDate,
    personNumber: row.personNumber,
  });
  const entries = (stateNames(highCostEntryV1) as HighCostEntryState[]).flatMap((state) => {
    const { waits } = stateMeta(highCostEntryV1, state);
    return waits ? [{ state, ...waits }] : [];
  });
  const claims = (stateNames(highCostClaimV1) as HighCostClaimState[]).flatMap((state) => {
    const { waits } = stateMeta(highCostClaimV1, state);
    return waits ? [{ state, ...waits }] : [];
  });
  return [
    ...entries.map(({ state, title, right }) =>
      itemsOfKind({
        list: "waiting",
        kind: title,
        for: may(right as Right),
        figures: (work) => countEntriesInState(work, of.program, state),
        read: async (work, lines) =>
          (await entriesInState(work, of.program, state, lines)).map(line),
      }),
    ),
    itemsOfKind({
      list: "waiting",
      kind: "高額療養費を請求しないことの承認",
      for: may("high-cost.approve"),
      figures: (work) => countEntriesToDrop(work, of.program),
      read: async (work, lines) => (await entriesToDrop(work, of.program, lines)).map(line),
    }),
    itemsOfKind({
      list: "waiting",
      kind: "時効の近い高額療養費",
      for: may("high-cost.prepare"),
      figures: (work) => countEntriesLapsing(work, of.program),
      read: async (work, lines) => (await entriesLapsing(work, of.program, lines)).map(line),
    }),
    itemsOfKind({
      list: "waiting",
      kind: "高額療養費を手で確かめる月",
      for: may("high-cost.prepare"),
      figures: (work) => countByHand(work, of.program),
      read: async (work, lines) =>
        (await listByHand(work, of.program, { state: "open" }, lines)).rows.map((row) => ({
          title: `${of.title} 高額療養費 ${byHandNumber(row)}`,
          path: of.paths.byHandRow(row.id),
          since: row.stateSince,
          deadline: row.lapsesOn as IsoDate,
          personNumber: row.personNumber,
        })),
    }),
    itemsOfKind({
      list: "waiting",
      kind: "返送のない委任状",
      for: may("high-cost.prepare"),
      figures: (work) => countMandatesLate(work, of.program),
      read: async (work, lines) =>
        (await mandatesLate(work, of.program, lines)).map((row) => ({
          title: `${of.title} 高額療養費の委任状`,
          path: `${of.paths.entries}?state=mandate-asked&insurer=${row.insurerNumber}` as const,
          since: new Date(`${row.askedOn}T00:00:00+09:00`),
          personNumber: row.personNumber,
        })),
    }),
    ...claims.map(({ state, title, right }) =>
      itemsOfKind({
        list: "waiting",
        kind: title,
        for: may(right as Right),
        figures: (work) => countClaimsInState(work, of.program, state),
        read: async (work, lines) =>
          (await claimsInState(work, of.program, state, lines)).map((row) => ({
            title: `${of.title} 高額療養費の請求 ${claimNumber(row)}`,
            path: of.paths.claim(row.id),
            since: row.preparedAt,
          })),
      }),
    ),
  ];
}
