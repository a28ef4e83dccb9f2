import {
  type CredentialReset,
  grantsToDecide,
  holds,
  ownResets,
  resetsToDecide,
  waitingGrants,
} from "#src/platform/access/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { dutyTitle } from "./duty-words.tsx";

type Waiting = Awaited<ReturnType<typeof waitingGrants>>[number];

/** Applications for duties that this person may decide, and those that they made and another has yet to decide. */
export async function grantItems(work: Work): Promise<WorkItem[]> {
  const approves = holds(work.actor, "grant.approve");
  const requests = holds(work.actor, "grant.request");
  const waiting = approves ? await grantsToDecide(work) : [];
  const sent = requests
    ? (await waitingGrants(work)).filter(({ requestedBy }) => requestedBy === work.actor.staffId)
    : [];
  return [
    ...waiting.map((grant) => itemOf("waiting", grant)),
    ...sent.map((grant) => itemOf("sent", grant)),
  ];
}

const itemOf = (list: "waiting" | "sent", grant: Waiting): WorkItem => ({
  list,
  kind: "権限の承認",
  title: `権限の申請 ${grant.staffName}（${dutyTitle(grant.duty)}）`,
  path: list === "waiting" ? "/grants" : "/grants/new",
  since: grant.requestedAt,
  state: "承認待ち",
});

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
