import { copiesWaiting } from "#src/platform/documents/index.ts";
import type { MenuItem, WorkSource } from "#src/platform/program.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import type { AnyRoute } from "../route.ts";
import { copiesPath } from "./paths.ts";
import { registerScreens } from "./register.tsx";
import { requestScreens } from "./request.tsx";
import type { Copies } from "./source.ts";
import { takeScreen } from "./take.tsx";

/** Copies of lists (USE-9): asked for with a reason, allowed by another, entered in a register. */
export const copyScreens = (
  copies: Copies,
): { menu: readonly MenuItem[]; routes: readonly AnyRoute[] } => ({
  menu: [{ title: "写しの記録", path: copiesPath(copies.program), right: "copy.request" }],
  routes: [...registerScreens(copies), ...requestScreens(copies), takeScreen(copies)],
});

/** Copies that wait for this person: to be allowed, or to be taken. */
export const copyItems = ({ program, title }: Pick<Copies, "program" | "title">): WorkSource =>
  fewItems(async (work) =>
    (await copiesWaiting(work, program)).map((copy) => ({
      list: "waiting",
      kind: copy.decision === null ? "一覧の写しの承認" : "一覧の写しの受け取り",
      title: `${title} 写し 第${copy.id}号`,
      path: copiesPath(program),
      since: copy.requestedAt,
    })),
  );
