import { notFound } from "#src/platform/problem.ts";
import { readDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { ContractKind } from "#workflows/vaccination/contract-prices.ts";
import {
  cancelClosure,
  cancelContract,
  closureOf,
  contractOf,
  entrySteps,
  moveEntry,
  proposeClosure,
  proposeContract,
} from "../../clinics/entries.ts";
import { step } from "./page.tsx";
import { contractChoices, guard, optionalDay } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const at = `${clinicPaths.list}/:code` as const;
const waitsNote = "別の決裁者が確認するまで、有効になりません。";

const kindsOf = (form: Values) =>
  form.choice("kind", contractChoices.map(({ value }) => value) as ContractKind[]);

const typedContract = (form: Values) => ({
  kind: kindsOf(form),
  number: form.text("number"),
  from: readDate(form.text("from")),
  to: optionalDay(form, "to"),
  bodyCode: form.text("bodyCode") || undefined,
  memberNumber: form.text("memberNumber"),
  paidTo: form.choice("paidTo", ["clinic", "body"] as const),
});

/** What proposes and decides contracts, 休止 and 廃止 of a clinic. */
export const clinicEntryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/contracts` as const,
    right: "case.examine",
    audit: "clinic.contract-asked",
    handle: (request) =>
      step(
        request,
        { tab: "overview", event: "contract", done: `契約を登録しました。${waitsNote}` },
        (unit, code) => proposeContract(unit, code, typedContract(request.form)),
      ),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/contracts/:id/change` as const,
    right: "case.examine",
    audit: "clinic.contract-change-asked",
    handle: (request) => {
      const id = idOf(request.params.id);
      return step(
        request,
        { tab: "overview", event: `change-${id}`, done: `契約の変更を登録しました。${waitsNote}` },
        async (unit, code) => {
          const of = await ofClinic(contractOf(unit, id), code);
          const why = request.form.choice("reason", [
            "renewed",
            "ended",
            "corrected",
            "mistake",
          ] as const);
          if (why === "mistake") return cancelContract(unit, of);
          return proposeContract(unit, code, typedContract(request.form), { of, why });
        },
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/closures` as const,
    right: "case.examine",
    audit: "clinic.closure-asked",
    handle: (request) => {
      const { form } = request;
      return step(
        request,
        { tab: "overview", event: "closure", done: `休止・廃止を登録しました。${waitsNote}` },
        (unit, code) =>
          proposeClosure(unit, code, {
            kind: form.choice("kind", ["suspended", "closed"] as const),
            from: readDate(form.text("from")),
            to: optionalDay(form, "to"),
            reason: form.text("reason"),
          }),
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${at}/closures/:id/change` as const,
    right: "case.examine",
    audit: "clinic.closure-change-asked",
    handle: (request) => {
      const { form } = request;
      const id = idOf(request.params.id);
      return step(
        request,
        { tab: "overview", event: `change-${id}`, done: `変更を登録しました。${waitsNote}` },
        async (unit, code) => {
          const of = await ofClinic(closureOf(unit, id), code);
          if (form.text("reason") === "mistake") return cancelClosure(unit, of);
          return proposeClosure(
            unit,
            code,
            {
              kind: of.kind,
              from: readDate(form.text("from")),
              to: optionalDay(form, "to"),
              reason: form.text("reason"),
            },
            of,
          );
        },
      );
    },
  }),
  ...(["contracts", "closures"] as const).flatMap((which) =>
    entrySteps.map((type) =>
      defineRoute({
        ...guard,
        method: "post",
        path: `${at}/${which}/:id/${type}` as const,
        right: type === "withdraw" ? "case.examine" : "case.approve",
        audit: `clinic.entry-${type}-asked`,
        handle: (request) => {
          const id = idOf(request.params.id);
          return step(
            request,
            {
              tab: "overview",
              event: `${type}-${id}`,
              done: {
                confirm: "確認しました。",
                refuse: "差し戻しました。",
                withdraw: "取り下げました。",
              }[type],
            },
            async (unit, code) => {
              if (which === "contracts") {
                const row = await ofClinic(contractOf(unit, id), code);
                return moveEntry(unit, "contract", row, type, request.form.text("refusal"));
              }
              const row = await ofClinic(closureOf(unit, id), code);
              return moveEntry(unit, "closure", row, type, request.form.text("refusal"));
            },
          );
        },
      }),
    ),
  ),
];

async function ofClinic<Row extends { clinicCode: string }>(
  found: Promise<Row>,
  code: string,
): Promise<Row> {
  const row = await found;
  if (row.clinicCode !== code) throw notFound();
  return row;
}
