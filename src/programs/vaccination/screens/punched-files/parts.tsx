import { Badge } from "#src/web/components/index.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { punchedFileV1 } from "#workflows/vaccination/punched-files/machine.ts";
import type { FileRow } from "../../punched-files/move.ts";

/** Under which rights and purpose the screens of punched files stand. */
export const guard = { program: "vaccination", purpose: "case" } as const;

/** `1,234件` */
export const rowsInWords = (count: number): string => `${count.toLocaleString("ja-JP")}件`;
export const slipsInWords = (count: number): string => `${count.toLocaleString("ja-JP")}枚`;

export const fileStateTitle = (state: FileRow["state"]): string =>
  stateMeta(punchedFileV1, state).title;

export function FileBadge({ state }: { state: FileRow["state"] }) {
  const { title, tone = "info" } = stateMeta(punchedFileV1, state);
  return <Badge tone={tone}>{title}</Badge>;
}

/** Whether a file goes on by itself in the background. */
export const isMoving = ({ state, problem }: FileRow): boolean =>
  (state === "judging" || state === "taking") && problem === null;
