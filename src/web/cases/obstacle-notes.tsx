import type { Obstacle } from "#src/platform/applications/index.ts";
import { Notification } from "../components/index.ts";
import { showBasis } from "../dates.ts";

/** Why an application is not received, on what ground, and how one goes on. */
export const ObstacleNotes = ({ obstacles }: { obstacles: readonly Obstacle[] }) =>
  obstacles.map(({ code, reason, advice, basis, see }) => (
    <Notification key={code} tone={code === "under-way" ? "info" : "warning"} title={reason}>
      <p>{advice}</p>
      {see && (
        <p>
          <a href={see.path}>{see.title}</a>
        </p>
      )}
      <p class="field-hint">根拠: {basis.map(showBasis).join("／")}</p>
    </Notification>
  ));
