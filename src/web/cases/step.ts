import { holds } from "#src/platform/access/index.ts";
import { applyEvent, type CaseRow, definitionOf, retryEffects } from "#src/platform/cases/index.ts";
import { entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { type FlowEvent, stateMeta } from "#workflows/flows/answer.ts";
import { readDate } from "../dates.ts";
import type { Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { afterStep } from "./after-step.ts";
import { nextOnList } from "./came-from.ts";
import { caseReply } from "./case-page.tsx";
import { decisionReply } from "./decision.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { dropFormDraft } from "./form-drafts.ts";
import { issueReply } from "./issue.tsx";
import { withNext } from "./next-work.tsx";
import { casePath, issuedPath } from "./paths.ts";
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
        let to: `/${string}` = casePath({ program, id: caseId });
        let said: string;
        try {
          said = await work(
            async (unit) => {
              const { found } = await findCase(unit, screens, caseId);
              const definition = definitionOf(found);
              const rule = definition.events[type];
              page = rule?.page;
              const event = eventOf({ type, rule, form });
              const input = await inputOf(unit, screens, { found, type, rule, form });
              // Asked while the case still has its place on the list.
              const next = await nextOnList(unit, { program, caseId });
              const now = await applyEvent(unit, { ...readStep(caseId, form), event, input });
              await dropFormDraft(unit, caseId, type);
              // What was issued is shown at once, to be printed.
              const { officeCode: office } = found;
              const isShown =
                rule?.act === "issue" && holds(actor, "document.print", { program, office });
              to = isShown ? issuedPath(found, now.revision) : withNext(to, next);
              const { title } = stateMeta(definition, now.state);
              return `「${rule?.title}」を行いました。${now.number} は「${title}」です。`;
            },
            { caseId },
          );
        } catch (error) {
          return refusedReply(screens, request, {
            caseId,
            page,
            sent: sentWith(type, form, asOwnPage(error, { page, caseId, program })),
          });
        }
        return afterStep({ platform, actor }, { caseId, to, said });
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
        const to = casePath({ program, id: caseId });
        return afterStep({ platform, actor }, { caseId, to, said: "文書を作成しました。" });
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

/** What the step asks for: the letter that was seen, the reason, the certificate. */
async function inputOf(
  work: Work,
  { application, others = [] }: AnyCaseScreens,
  { found, type, rule, form }: Asked & { found: CaseRow },
): Promise<unknown> {
  if (rule?.act === "approve") return { seenPaper: form.text("paper") };
  const [person, sort] = form.text(`person-${type}`).split(":");
  const chosen = person
    ? (await entitlementsOfCase(work, found.id)).find(({ id }) => id === person)
    : undefined;
  if (form.has(`person-${type}`) && !chosen)
    throw new EntryProblem("person", "対象の証を選んでください。");
  const who = chosen ? { personNumber: chosen.personNumber, ...(sort ? { sort } : {}) } : {};
  if (rule?.reasons) {
    const reasons = Object.keys(
      reasonsOf(
        application,
        rule.reasons,
        others.find(({ kind }) => kind === found.kind),
      ),
    );
    const reason = form.choice(`reason-${type}`, reasons);
    if (!reason) throw new EntryProblem("reason", "理由を選んでください。");
    return { reason, ...who };
  }
  return rule?.act === "end-certificate" ? who : undefined;
}

/**
 * What the step of a page of its own lacks is entered there: the refusal names that page, whether the rules missed it or the
 * database, which finds at the end that nothing of it was written.
 */
function asOwnPage(
  error: unknown,
  at: { page: CaseEventRule["page"]; caseId: string; program: string },
): unknown {
  const { page } = at;
  if (page === undefined || page === "decision" || page === "issue") return error;
  const isUnfinished = error instanceof Error && "code" in error && error.code === "MD019";
  if (!isUnfinished && !(error instanceof EntryProblem)) return error;
  return new Problem({
    status: 422,
    message: "この手続きに要る入力がありません。手続きの画面で入力してください。",
    details: isUnfinished ? [] : [error.message],
    see: {
      title: "手続きの画面を開く",
      path: `${casePath({ program: at.program, id: at.caseId })}/${page}`,
    },
  });
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
