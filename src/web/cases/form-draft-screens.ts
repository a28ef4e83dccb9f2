import { formPlace, keepDraft } from "#src/platform/intake/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { showMoment } from "../dates.ts";
import { fragment, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { formPages } from "./drafted-form.tsx";
import { findCase } from "./find-case.ts";
import { dropFormDraft, typedFields } from "./form-drafts.ts";
import { casePath } from "./paths.ts";

/** Keeps and gives up the drafts of the forms that stand among others; the database refuses who can't send any of them. */
export function formDraftScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const shared = { method: "post", program, right: "case.read", purpose: "case" } as const;
  return [
    defineRoute({
      ...shared,
      path: `/${program}/cases/:caseId/drafts/:event` as const,
      audit: "nothing-personal",
      because: "the database records that a draft is begun, opened and dropped",
      async handle({ params: { caseId, event }, form, work, platform }) {
        const place = { caseId, page: formPlace(known(event)) };
        const revision = form.integer("revision") ?? 0;
        await work(
          async (unit) => {
            await findCase(unit, screens, caseId);
            await keepDraft(unit, place, { revision, fields: typedFields(form) });
          },
          { caseId },
        );
        return fragment(`${showMoment(platform.clock.now())} 下書きを保存しました。`);
      },
    }),
    defineRoute({
      ...shared,
      path: `/${program}/cases/:caseId/drafts/:event/discard` as const,
      audit: "draft.discarded",
      async handle({ params: { caseId, event }, form, work }) {
        await work(
          async (unit) => {
            await findCase(unit, screens, caseId);
            await dropFormDraft(unit, caseId, known(event));
          },
          { caseId },
        );
        const page = form.choice("page", formPages);
        const path = casePath({ program, id: caseId });
        return redirect(page ? `${path}/${page}` : path, "下書きを破棄しました。");
      },
    }),
  ];
}

/** Names of events and panels, and numbers of inquiries. @throws Problem 404 */
function known(event: string): string {
  if (!/^[A-Za-z0-9-]{1,40}$/.test(event)) throw notFound("その欄はありません。");
  return event;
}
