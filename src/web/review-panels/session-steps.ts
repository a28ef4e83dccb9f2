import { EntryProblem } from "#src/platform/problem.ts";
import {
  addToAgenda,
  cancelSession,
  holdSession,
  inviteMembers,
  makePanelPapers,
  readInvitation,
  sessionOf,
} from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { numberOf } from "#src/web/params.ts";
import { inlinePdf, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { sessionPage } from "./session-page.tsx";
import type { PanelSet } from "./set.ts";

const actions = ["agenda", "invite", "hold", "cancel"] as const;

/** A meeting, what is done of it on its page, and its papers. */
export const sessionScreens = (of: PanelSet): readonly AnyRoute[] => [
  defineRoute({
    ...of.guard,
    method: "get",
    path: `${of.sessions}/:session` as const,
    audit: "panel.session-opened",
    handle: (request) => sessionPage(of, request, numberOf(request.params.session)),
  }),
  defineRoute({
    ...of.guard,
    method: "post",
    path: `${of.sessions}/:session` as const,
    audit: "panel.session-changed",
    async handle(request) {
      const { form, work, params } = request;
      const id = numberOf(params.session);
      const action = form.pressed(actions, "do");
      try {
        const said = await work((unit) => act(unit, of, id, action, form));
        return redirect(of.session(id), said);
      } catch (error) {
        return sessionPage(of, request, id, sentWith(action, form, error));
      }
    },
  }),
  defineRoute({
    ...of.guard,
    method: "get",
    path: `${of.sessions}/:session/papers` as const,
    audit: "panel.papers-printed",
    async handle({ params: { session }, work }) {
      return inlinePdf(
        "panel-papers.pdf",
        await work((unit) => makePanelPapers(unit, of.panel, numberOf(session))),
      );
    },
  }),
  defineRoute({
    ...of.guard,
    method: "get",
    path: `${of.sessions}/:session/invitations/:member` as const,
    audit: "nothing-personal",
    because: "a letter to an appointed expert names no citizen",
    async handle({ params: { session, member }, work }) {
      return inlinePdf(
        "invitation.pdf",
        await work(async (unit) => {
          const { id } = await sessionOf(unit, of.panel, numberOf(session));
          return readInvitation(unit, id, numberOf(member));
        }),
      );
    },
  }),
];

/** What a form of the page of a meeting does; gives what to say of it. */
async function act(
  work: Work,
  { panel }: PanelSet,
  id: number,
  action: (typeof actions)[number],
  form: Values,
): Promise<string> {
  const chosen = form.all("member").map(Number);
  await sessionOf(work, panel, id);
  switch (action) {
    case "agenda": {
      const caseId = form.text("case");
      if (!caseId)
        throw new EntryProblem("case", `議題とする${panel.words.case}を選んでください。`);
      await addToAgenda(work, id, caseId);
      return "議題に加えました。";
    }
    case "invite": {
      const count = await inviteMembers(work, panel, id, chosen);
      return `${count}人の招集通知を作成しました。印刷して送ってください。`;
    }
    case "hold":
      await holdSession(work, panel, id, { came: chosen, chair: form.integer("chair") });
      return `会議の開催を記録しました。議題ごとに${panel.words.answer}を入力してください。`;
    case "cancel":
      await cancelSession(work, id);
      return `会議を中止にしました。議題の${panel.words.case}は、別の会議の議題にできます。`;
  }
}
