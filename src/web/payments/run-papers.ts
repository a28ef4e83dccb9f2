import { holds } from "#src/platform/access/actor.ts";
import { printRunStatement, printTransferBook } from "#src/platform/payments/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { idOf } from "../params.ts";
import { inlinePdf } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Payments } from "./set.ts";

/** 支払明細書 of a run, a thousand payments a file, and the 授受簿 of a 年度. */
export const runPaperScreens = (of: Payments): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.runs}/runs/:run/statement` as const,
    audit: "payment-run.statement-asked",
    async handle({ params, query, work, actor }) {
      // Names and accounts of a whole run: for whoever prepares it, decides on it or hands it over.
      const rights = ["payment.prepare", "payment.approve", "payment.download"] as const;
      if (!rights.some((right) => holds(actor, right, { program: of.program })))
        throw new Problem({
          status: 403,
          message: "支払明細書は、支払を準備・承認する人と出納担当だけが印刷できます。",
        });
      const from = Math.max(1, query.integer("from") ?? 1);
      const { pdf, name } = await work((unit) =>
        printRunStatement(unit, of.letters, { id: idOf(params.run), from }),
      );
      return inlinePdf(name, pdf);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "payment.download",
    method: "get",
    path: `${of.paths.runs}/transfer-book` as const,
    audit: "payment-files.book-asked",
    async handle({ query, work, platform }) {
      const year = query.integer("year") ?? fiscalYear(platform.clock.today());
      const pdf = await work((unit) =>
        printTransferBook(unit, of.letters, { program: of.program, fiscalYear: year }),
      );
      return inlinePdf(`transfer-book-${year}.pdf`, pdf);
    },
  }),
];
