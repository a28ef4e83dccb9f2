import {
  type CredentialReset,
  countGrants,
  type GrantTask,
  holds,
  ownResets,
  type Right,
  resetsToDecide,
  waitingGrants,
} from "#src/platform/access/index.ts";
import type { WorkItem, WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { dutyTitle } from "./duty-words.tsx";

const grants = (
  list: "waiting" | "sent",
  of: { right: Right; task: GrantTask; path: `/${string}` },
): WorkSource =>
  itemsOfKind({
    list,
    kind: "権限の承認",
    for: ({ actor }) => holds(actor, of.right),
    figures: (work) => countGrants(work, of.task),
    read: async (work, { from, size }) =>
      (await waitingGrants(work, of.task).limit(size).offset(from)).map((grant) => ({
        title: `権限の申請 ${grant.staffName}（${dutyTitle(grant.duty)}）`,
        path: of.path,
        since: grant.requestedAt,
        state: "承認待ち",
      })),
  });

/** Applications for duties that this person may decide, and those that they made and another has yet to decide. */
export const grantItems = [
  grants("waiting", { right: "grant.approve", task: "decide", path: "/grants" }),
  grants("sent", { right: "grant.request", task: "sent", path: "/grants/new" }),
];

/** The same of applications to set somebody's sign-in anew; approved ones wait for whoever applied. */
export async function resetItems(work: Work): Promise<WorkItem[]> {
  const waiting = holds(work.actor, "credential.approve") ? await resetsToDecide(work) : [];
  const own = holds(work.actor, "staff.manage") ? await ownResets(work) : [];
  const approved = own.filter(({ decision }) => decision === "approved");
  const sent = own.filter(({ decision }) => decision === null);
  return [
    ...waiting.map((reset) => resetItem("waiting", "/credential-resets", reset)),
    ...approved.map((reset) => resetItem("waiting", `/staff/${reset.staffId}`, reset)),
    ...sent.map((reset) => resetItem("sent", `/staff/${reset.staffId}`, reset)),
  ];
}

const resetItem = (
  list: "waiting" | "sent",
  path: `/${string}`,
  { staffName, decision, requestedAt }: CredentialReset,
): WorkItem => ({
  list,
  kind: "サインインの再設定",
  title: `サインインの再設定 ${staffName}`,
  path,
  since: requestedAt,
  state: decision === "approved" ? "承認済" : "承認待ち",
});
