import { grantsToDecide, holds, waitingGrants } from "#src/platform/access/index.ts";
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
