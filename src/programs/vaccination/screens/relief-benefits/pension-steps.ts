import { EntryFaults } from "#src/platform/problem.ts";
import { sentWith } from "#src/web/cases/sent.tsx";
import { readMonth } from "#src/web/claims/receipt-fields.tsx";
import { readDate } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type PensionEventType,
  reliefPensionV1,
} from "#workflows/vaccination/relief/pension-machine.ts";
import {
  type EndReason,
  endReasons,
  movePension,
  type PensionStep,
} from "../../relief-benefits/pensions.ts";
import { pensionPage } from "./pension-page.tsx";
import { pensionPaths, program } from "./words.ts";

const eventTypes = Object.keys(reliefPensionV1.events) as PensionEventType[];

/** What is asked for of a pension by one person and decided by another. */
export const pensionStepScreens: readonly AnyRoute[] = eventTypes.map((type) =>
  defineRoute({
    program,
    right: reliefPensionV1.events[type].right,
    purpose: type.startsWith("ask-") ? "case" : "approval",
    method: "post",
    path: `/vaccination/pensions/:pension/${type}` as const,
    audit: `relief-pension.${type}-asked`,
    async handle(request) {
      const { form, params, work } = request;
      try {
        const step = stepOf(params.pension, type, form);
        await work((unit) => movePension(unit, step));
      } catch (error) {
        return pensionPage(request, sentWith(type, form, error));
      }
      return redirect(
        pensionPaths.one(params.pension),
        `「${reliefPensionV1.events[type].title}」を行いました。`,
      );
    },
  }),
);

/** A step as it was typed. @throws EntryProblem with all fields that are wrong */
function stepOf(id: string, type: PensionEventType, form: Values): PensionStep {
  const faults = new EntryFaults();
  const step: PensionStep = {
    id,
    seen: form.integer("revision") ?? 0,
    type,
    comment: form.text(`comment-${type}`),
  };
  if (type === "ask-change") {
    const month = readMonth(form.text("from"));
    step.change = {
      from: faults.need(
        "from",
        month && (`${month}-01` as IsoDate),
        "改定する月を入力してください。例: R6.10",
      ),
      grade: form.integer("grade") ?? 1,
      homeCare: form.has("homeCare"),
      otherBenefits: form.integer("otherBenefits") ?? 0,
    };
  }
  if (type === "ask-end") {
    const reason = form.choice("reason", Object.keys(endReasons) as EndReason[]);
    step.end = {
      reason: faults.need("reason", reason, "失権の事由を選んでください。"),
      on: faults.need("on", readDate(form.text("on")), "失権の日を入力してください。"),
    };
  }
  if (type === "ask-arrears") step.payee = form.text("payee");
  faults.end();
  return step;
}
