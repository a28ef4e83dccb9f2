import {
  answerLine,
  answerTitles,
  issueClaimPaper,
  makeClaimPaper,
  moveClaim,
  printClaimPaper,
  receiveMoney,
  takeClaimFile,
  takeOutLine,
} from "#src/platform/high-cost/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type HighCostClaimEvent, highCostClaimV1 } from "#workflows/high-cost/claim-machine.ts";
import { sentWith } from "../cases/sent.tsx";
import { readDate } from "../dates.ts";
import { idOf } from "../params.ts";
import { download, inlinePdf, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { type ClaimRequest, claimEventTitles, claimPage } from "./claim-page.tsx";
import type { HighCosts } from "./set.ts";

const simple = [
  "submit",
  "cancel",
  "approve",
  "return",
  "send",
  "close",
] as const satisfies readonly HighCostClaimEvent[];
type Form = ClaimRequest["form"];

/** The page of a claim, and all that is done there. */
export const claimScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.claims}/:claim` as const,
    audit: "high-cost-claim.opened",
    handle: (request) => claimPage(of, request),
  }),
  ...simple.map((type) =>
    step(of, type, type, (unit, { id, seen, form }) =>
      moveClaim(unit, {
        id,
        seen,
        type,
        reason: form.text("reason") || undefined,
        sentOn: readDate(form.text("sentOn")),
      }),
    ),
  ),
  step(of, "takeOut", "take-out", (unit, { id, seen, form }) =>
    takeOutLine(unit, { id, seen, entryId: idOf(form.text("entry")) }),
  ),
  step(of, "answer", "answer", (unit, { id, seen, form }) => {
    const answer = form.choice("answer", codesOf(answerTitles));
    if (!answer) throw new EntryProblem("answer", "回答を選んでください。");
    const answeredOn = readDate(form.text("answeredOn"));
    if (!answeredOn)
      throw new EntryProblem("answeredOn", "回答の日を入力してください。例: R8.11.20");
    return answerLine(unit, {
      id,
      seen,
      entryId: idOf(form.text("entry")),
      answer,
      answeredOn,
      granted: form.integer("granted"),
      reason: form.text("reason") || undefined,
    });
  }),
  step(of, "receive", "receive", (unit, { id, seen, form }) => {
    const receivedOn = readDate(form.text("receivedOn"));
    if (!receivedOn)
      throw new EntryProblem("receivedOn", "入金の日を入力してください。例: R8.11.20");
    return receiveMoney(unit, {
      id,
      seen,
      amount: form.integer("amount") ?? 0,
      receivedOn,
      reference: form.text("reference"),
    });
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: `${of.paths.claims}/:claim/file` as const,
    audit: "high-cost-claim.file-asked",
    async handle({ params, work }) {
      const { name, bytes } = await work((unit) => takeClaimFile(unit, idOf(params.claim)));
      return download(name, "text/csv", bytes);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: `${of.paths.claims}/:claim/paper/preview` as const,
    audit: "high-cost-claim.paper-previewed",
    async handle(request) {
      const id = idOf(request.params.claim);
      try {
        const { pdf } = await request.work((unit) => makeClaimPaper(unit, of.letters, id));
        return inlinePdf("claim-preview.pdf", pdf);
      } catch (error) {
        return claimPage(of, request, sentWith("paper", request.form, error));
      }
    },
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: `${of.paths.claims}/:claim/paper` as const,
    audit: "high-cost-claim.paper-asked",
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.claim);
      try {
        await work((unit) =>
          issueClaimPaper(unit, of.letters, { id, seen: form.integer("revision") ?? 0 }),
        );
      } catch (error) {
        return claimPage(of, request, sentWith("paper", form, error));
      }
      return redirect(
        of.paths.claim(id),
        "請求書を発行しました。「保険者に送る請求書」から印刷してください。",
      );
    },
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "get",
    path: `${of.paths.claims}/:claim/papers/:paper` as const,
    audit: "high-cost-claim.paper-opened",
    async handle({ params, work }) {
      const { pdf, name } = await work((unit) =>
        printClaimPaper(unit, { id: idOf(params.claim), paperId: idOf(params.paper) }),
      );
      return inlinePdf(name, pdf);
    },
  }),
];

function step(
  of: HighCosts,
  type: HighCostClaimEvent,
  path: (typeof simple)[number] | "take-out" | "answer" | "receive",
  run: (unit: Work, step: { id: string; seen: number; form: Form }) => Promise<void>,
): AnyRoute {
  const { right } = highCostClaimV1.events[type];
  return defineRoute({
    ...of.reading,
    right,
    purpose: right === "high-cost.approve" ? "approval" : "payment",
    method: "post",
    path: `${of.paths.claims}/:claim/${path}` as const,
    audit: `high-cost-claim.${path}-asked`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.claim);
      try {
        await work((unit) => run(unit, { id, seen: form.integer("revision") ?? 0, form }));
      } catch (error) {
        return claimPage(of, request, sentWith(type, form, error));
      }
      return redirect(of.paths.claim(id), `「${claimEventTitles[type]}」を行いました。`);
    },
  });
}
