import { assignCase } from "#src/platform/cases/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { Values } from "../values.ts";
import { caseReply } from "./case-page.tsx";
import { kindsOf } from "./case-table.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { findCase } from "./find-case.ts";
import { addressOf, readAddress } from "./list-address.ts";
import { casePath, listPath } from "./paths.ts";
import { problemOf } from "./sent.tsx";

/** Who has a case (担当): taken by oneself or given by whoever may, one by one or many at once. */
export function assignScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  return [
    defineRoute({
      method: "post",
      path: `${listPath(program)}/:caseId/assignment` as const,
      right: "case.read",
      program,
      audit: "case.assignment-requested",
      purpose: "case",
      async handle(request) {
        const { form, work, actor } = request;
        const { caseId } = request.params;
        const to = form.text("to") === "me" ? actor.staffId : (form.integer("to") ?? null);
        try {
          await work(
            async (unit) => {
              await findCase(unit, screens, caseId);
              await assignCase(unit, { caseId, had: form.integer("had") ?? null, to });
            },
            { caseId },
          );
        } catch (error) {
          const problem = problemOf(error);
          return caseReply(screens, request, caseId, {
            event: "assign",
            form,
            errors: {},
            problem,
          });
        }
        const path = casePath({ program, id: caseId });
        return redirect(path, to === null ? "担当を未定に戻しました。" : "担当を変えました。");
      },
    }),
    defineRoute({
      method: "post",
      path: `${listPath(program)}/assign` as const,
      right: "case.assign",
      program,
      audit: "case.assignment-requested",
      purpose: "case",
      async handle({ form, work }) {
        const back = addressOf(program, addressBehind(screens, form));
        const ticked = form.all("case").map((value) => value.split(" "));
        if (ticked.length === 0)
          return redirect(back, { tone: "warning", text: "申請が選ばれていません。" });
        const to = form.integer("to") ?? null;
        const kept: string[] = [];
        for (const [caseId = "", had] of ticked) {
          // Each for itself: one that somebody else gave away meanwhile holds up none of the others.
          const number = await work(
            async (unit) => {
              const { found } = await findCase(unit, screens, caseId);
              try {
                await assignCase(unit, { caseId, had: had ? Number(had) : null, to });
                return undefined;
              } catch (error) {
                if (error instanceof Problem) return `${found.number}（${error.message}）`;
                throw error;
              }
            },
            { caseId },
          );
          if (number) kept.push(number);
        }
        const done = `${ticked.length - kept.length}件の担当を変えました。`;
        if (kept.length === 0) return redirect(back, done);
        const first = kept.slice(0, 5).join("、");
        const more = kept.length > 5 ? `ほか${kept.length - 5}件` : "";
        return redirect(back, {
          tone: "warning",
          text: `${done}${kept.length}件は変えられませんでした: ${first}${more}`,
        });
      },
    }),
  ];
}

/** The list from which the ticks came, as the form carries it. */
function addressBehind(screens: AnyCaseScreens, form: Values) {
  const entries = form
    .names()
    .filter((name) => name.startsWith("list-"))
    .map((name) => [name.slice("list-".length), form.text(name)] as const);
  return readAddress(
    new Values(entries),
    kindsOf(screens).map(({ value }) => value),
  );
}
