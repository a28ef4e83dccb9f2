import { holds } from "#src/platform/access/index.ts";
import {
  type CopyTask,
  copiesOfTask,
  copyRights,
  countCopyTask,
} from "#src/platform/documents/index.ts";
import type { MenuItem, WorkSource } from "#src/platform/program.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { AnyRoute } from "../route.ts";
import { copiesPath } from "./paths.ts";
import { registerScreens } from "./register.tsx";
import { requestScreens } from "./request.tsx";
import type { Copies } from "./source.ts";
import { takeScreen } from "./take.tsx";

/** Copies of lists (USE-9): asked for with a reason, allowed by another, entered in a register, and erased by a day. */
export const copyScreens = (
  copies: Copies,
): { menu: readonly MenuItem[]; routes: readonly AnyRoute[] } => ({
  menu: [
    {
      title: "写しの記録",
      path: copiesPath(copies.program),
      right: copyRights(copies.program).sees,
    },
  ],
  routes: [...registerScreens(copies), ...requestScreens(copies), takeScreen(copies)],
});

const kinds: Record<CopyTask, { kind: string; who: "asks" | "allows" }> = {
  decide: { kind: "一覧の写しの承認", who: "allows" },
  take: { kind: "一覧の写しの受け取り", who: "asks" },
  erase: { kind: "写しの廃棄", who: "asks" },
  confirm: { kind: "写しの廃棄の確認", who: "allows" },
};

/** Copies that wait for this person: to be allowed, taken, or entered as erased by their day. */
export const copyItems = ({ program, title }: Pick<Copies, "program" | "title">): WorkSource[] =>
  (Object.keys(kinds) as CopyTask[]).map((task) =>
    itemsOfKind({
      list: "waiting",
      kind: kinds[task].kind,
      for: ({ actor }) => holds(actor, copyRights(program)[kinds[task].who], { program }),
      figures: (work) => countCopyTask(work, program, task),
      read: async (work, lines) =>
        (await copiesOfTask(work, program, task, lines)).map((copy) => ({
          title: `${title} 写し 第${copy.id}号`,
          path: copiesPath(program),
          since: copy.requestedAt,
          ...((task === "erase" || task === "confirm") &&
            copy.eraseBy && { deadline: copy.eraseBy }),
        })),
    }),
  );
