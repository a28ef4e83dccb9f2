import {
  applyEvent,
  type CaseRow,
  definitionOf,
  nextAfter,
  retryEffects,
  runEffects,
} from "#src/platform/cases/index.ts";
import { entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import type { FlowEvent } from "#workflows/flows/answer.ts";
import { readDate } from "../dates.ts";
import { type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { caseReply } from "./case-page.tsx";
import { decisionReply } from "./decision.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { issueReply } from "./issue.tsx";
import { withNext } from "./next-work.tsx";
import { casePath } from "./paths.ts";
import { readStep } from "./read-step.ts";
import { reasonsOf } from "./reasons.ts";
import { type Sent, sentWith } from "./sent.tsx";
import type { PageRequest } from "./shown.ts";

/** Every step of a case that a button makes; the right of the event is asked for where the case moves. */
export function stepScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  return [
    defineRoute({
      method: "post",
      path: `/${program}/cases/:caseId/step` as const,
      right: "case.read",
      program,
      audit: "case.step-requested",
      purpose: "case",
      async handle(request) {
        const { params, form, work, platform, actor } = request;
        const { caseId } = params;
        const type = form.text("event");
        let page: CaseEventRule["page"];
        let next: string | undefined;
        try {
          await work(
            async (unit) => {
              const { found } = await findCase(unit, screens, caseId);
              const rule = definitionOf(found).events[type];
              page = rule?.page;
              const event = eventOf({ type, rule, form });
              const input = await inputOf(unit, screens, { found, type, rule, form });
              // Asked while the case still has its place on the list.
              next = await nextAfter(unit, caseId);
              await applyEvent(unit, { ...readStep(caseId, form), event, input });
            },
            { caseId },
          );
        } catch (error) {
          return refusedReply(screens, request, {
            caseId,
            page,
            sent: sentWith(type, form, error),
          });
        }
        const to = withNext(casePath({ program, id: caseId }), next);
        const { failed } = await runEffects(platform, actor, caseId);
        // The page itself shows what was done: flow, state and history.
        if (failed === 0) return redirect(to);
        const text = "手続きを進めましたが、通知書を作成できませんでした。理由を確かめてください。";
        return redirect(to, { tone: "warning", text });
      },
    }),
    defineRoute({
      method: "post",
      path: `/${program}/cases/:caseId/papers` as const,
      right: "document.print",
      program,
      audit: "papers.retried",
      purpose: "case",
      async handle({ params: { caseId }, work, platform, actor }) {
        await work(
          async (unit) => {
            await findCase(unit, screens, caseId);
            await retryEffects(unit, caseId);
          },
          { caseId },
        );
        const { failed } = await runEffects(platform, actor, caseId);
        return redirect(
          casePath({ program, id: caseId }),
          failed > 0
            ? { tone: "warning", text: "文書を作成できませんでした。理由を確かめてください。" }
            : "文書を作成しました。",
        );
      },
    }),
  ];
}

/** A step as it was sent. */
interface Asked {
  type: string;
  rule: CaseEventRule | undefined;
  form: Values;
}

/** The event with its limit date, where it asks for one. */
function eventOf({ type, rule, form }: Asked): FlowEvent {
  if (!rule?.until) return { type };
  const until = readDate(form.text(`until-${type}`));
  if (!until) throw new EntryProblem("until", `${rule.until}を入力してください。例: R8.12.4`);
  return { type, until };
}

/** What the step asks for: the letter that was seen, the reason, the person. */
async function inputOf(
  work: Work,
  { application }: AnyCaseScreens,
  { found, type, rule, form }: Asked & { found: CaseRow },
): Promise<unknown> {
  if (rule?.act === "approve") return { seenPaper: form.text("paper") };
  const person = form.text(`person-${type}`);
  const chosen = person
    ? (await entitlementsOfCase(work, found.id)).find(({ id }) => id === person)
    : undefined;
  if (form.has(`person-${type}`) && !chosen)
    throw new EntryProblem("person", "対象の方を選んでください。");
  const who = chosen ? { personNumber: chosen.personNumber } : {};
  if (rule?.reasons) {
    const reasons = Object.keys(reasonsOf(application, rule.reasons));
    const reason = form.choice(`reason-${type}`, reasons);
    if (!reason) throw new EntryProblem("reason", "理由を選んでください。");
    return { reason, ...who };
  }
  return rule?.act === "end-certificate" ? who : undefined;
}

/** The page from which the step was sent, with what was typed; where that has nothing to show any more, the case. */
async function refusedReply(
  screens: AnyCaseScreens,
  request: PageRequest,
  { caseId, page, sent }: { caseId: string; page: CaseEventRule["page"]; sent: Sent },
): Promise<Reply> {
  const from = page === "decision" ? decisionReply : page === "issue" ? issueReply : undefined;
  return (
    (await from?.(screens, request, caseId, sent)) ??
    (await caseReply(screens, request, caseId, sent))
  );
}
