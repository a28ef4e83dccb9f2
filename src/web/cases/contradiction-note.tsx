import { contradictionsOf, knownForReason } from "#src/platform/applications/index.ts";
import { Notification } from "../components/index.ts";
import type { ApplicationShown } from "./shown.ts";

/** A proposal that the calculation or the records speak against, marked for who prepared it and who decides. */
export function ContradictionNote({ screens, view }: ApplicationShown) {
  const open = view.approvals.at(-1);
  if (!open || open.decision) return null;
  const { reason } = view.passage.proposal;
  const against = contradictionsOf(
    open.subject,
    typeof reason === "string" ? reason : undefined,
    knownForReason(screens.application, view),
  );
  if (against.length === 0) return null;
  return (
    <Notification tone="warning" title="起案の内容が、計算や記録と合いません。">
      <ul>
        {against.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Notification>
  );
}
