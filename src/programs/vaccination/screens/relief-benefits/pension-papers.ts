import { EntryProblem } from "#src/platform/problem.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { readDate } from "#src/web/dates.ts";
import { inlinePdf, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import {
  issuePensionPaper,
  keptPaper,
  type PensionPaperKind,
  paperTitles,
} from "../../relief-benefits/papers.ts";
import { answerReport } from "../../relief-benefits/reports.ts";
import { pensionPage } from "./pension-page.tsx";
import { pensionPaths, program } from "./words.ts";

const common = { program, purpose: "case" } as const;

/** The papers of a pension, and its 現況届 that came back. */
export const pensionPaperScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    right: "case.enter",
    method: "post",
    path: "/vaccination/pensions/:pension/report" as const,
    audit: "relief-report.answer-sent",
    async handle(request) {
      const { form, params, work } = request;
      try {
        const on = readDate(form.text("answeredOn"));
        if (!on) throw new EntryProblem("answeredOn", "受付日を入力してください。");
        await work((unit) =>
          answerReport(unit, {
            pensionId: params.pension,
            year: form.integer("year") ?? 0,
            on,
            changed: form.has("changed"),
          }),
        );
      } catch (error) {
        return pensionPage(request, sentWith("report", form, error));
      }
      return redirect(pensionPaths.one(params.pension), "現況届を受け付けました。");
    },
  }),
  defineRoute({
    ...common,
    right: "document.print",
    method: "post",
    path: "/vaccination/pensions/:pension/papers" as const,
    audit: "relief-paper.asked",
    async handle(request) {
      const { form, params, work } = request;
      const kind = form.choice("kind", Object.keys(paperTitles) as PensionPaperKind[]);
      if (!kind) return pensionPage(request);
      try {
        const paper = await work((unit) => issuePensionPaper(unit, params.pension, kind));
        return redirect(
          `/vaccination/pensions/${params.pension}/papers/${paper}`,
          `${paperTitles[kind]}を発行しました。`,
        );
      } catch (error) {
        return pensionPage(request, sentWith("papers", form, error));
      }
    },
  }),
  defineRoute({
    ...common,
    right: "document.print",
    method: "get",
    path: "/vaccination/pensions/:pension/papers/:paper" as const,
    audit: "relief-paper.read",
    async handle({ params, work }) {
      const pdf = await work((unit) => keptPaper(unit, params.pension, params.paper));
      return inlinePdf("年金の文書.pdf", pdf);
    },
  }),
];
