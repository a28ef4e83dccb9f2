import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { stateNames } from "#workflows/flows/answer.ts";
import { type CopyRunState, copyRunV1 } from "#workflows/vaccination/exchange/copy-run.ts";
import {
  copyRunMeta,
  copyRunNumber,
  copyRunsIn,
  countCopyRuns,
  countRefusedCopies,
  refusedCopies,
} from "../../exchange/copies.ts";
import {
  handOnMeta,
  handOnNumber,
  handOnStates,
  handOnsWaiting,
  waitingHandOns,
} from "../../exchange/hand-ons.ts";
import {
  inquiriesWaiting,
  inquiryMeta,
  inquiryNumber,
  inquiryStates,
  listInquiries,
} from "../../exchange/inquiries.ts";
import { exchangePaths } from "./exchange-paths.ts";

const held = (right: Right) => (work: Work) => holds(work.actor, right, { program: "vaccination" });

// A run of 副本 is of the whole city.
const heldForAll = (right: Right) => (work: Work) => holdsForAll(work.actor, right, "vaccination");

const runs = (stateNames(copyRunV1) as CopyRunState[]).flatMap((state) => {
  const { waits, title } = copyRunMeta(state);
  if (!waits) return [];
  // An answer is waited for; it is work once it is overdue.
  const overdue = state === "awaiting-answer";
  return itemsOfKind({
    list: "waiting",
    kind: overdue ? "回答の期限を過ぎた副本登録" : waits.title,
    for: heldForAll(waits.right as Right),
    figures: (work) => countCopyRuns(work, state, overdue),
    read: async (work, lines) =>
      (await copyRunsIn(work, state, lines, overdue)).map((run) => ({
        title: `副本登録の回 ${copyRunNumber(run)}`,
        path: exchangePaths.copyRun(run.id),
        since: run.preparedAt,
        state: title,
      })),
  });
});

const refused = itemsOfKind({
  list: "waiting",
  kind: "副本の拒否された行",
  for: heldForAll("pmh.prepare"),
  figures: countRefusedCopies,
  read: async (work, lines) =>
    (await refusedCopies(work, lines)).rows.map(({ line, serial }) => ({
      title: `副本登録の回 ${copyRunNumber({ serial })} ${line.number}行`,
      path: exchangePaths.refused,
      since: line.answeredAt ?? new Date(0),
    })),
});

const inquiries = ([...inquiryStates, "overdue"] as const).flatMap((state) => {
  const late = state === "overdue";
  const waits = late ? undefined : inquiryMeta(state).waits;
  if (!waits && !late) return [];
  return itemsOfKind({
    list: "waiting",
    kind: waits?.title ?? "期限を過ぎた照会",
    for: held((waits?.right ?? "case.enter") as Right),
    figures: (work) => inquiriesWaiting(work, state),
    read: async (work, lines) =>
      (await listInquiries(work, { state }, lines)).rows.map((row) => ({
        title: `照会 ${inquiryNumber(row)}`,
        path: exchangePaths.inquiry(row.id),
        since: row.openedAt,
        state: inquiryMeta(row.state).title,
      })),
  });
});

const handOns = handOnStates.flatMap((state) => {
  const { waits, title } = handOnMeta(state);
  if (!waits) return [];
  return itemsOfKind({
    list: "waiting",
    kind: waits.title,
    for: held(waits.right as Right),
    figures: (work) => handOnsWaiting(work, state),
    read: async (work, lines) =>
      (await waitingHandOns(work, state, lines)).map((row) => ({
        title: `他市町村からの照会 ${handOnNumber(row)}`,
        path: exchangePaths.handOn(row.id),
        since: row.enteredAt,
        state: title,
      })),
  });
});

/** What waits of 副本, inquiries and answers to others. */
export const exchangeItems: readonly WorkSource[] = [...runs, refused, ...inquiries, ...handOns];
