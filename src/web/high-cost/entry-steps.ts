import {
  askBack,
  askMandate,
  enterInsurance,
  insuranceEvidenceTitles,
  moveEntry,
  moveMandate,
  printMandate,
  readEntry,
  searchPerson,
} from "#src/platform/high-cost/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { type HighCostEntryEvent, highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { sentWith } from "../cases/sent.tsx";
import { readDate } from "../dates.ts";
import { idOf } from "../params.ts";
import { inlinePdf, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { type EntryRequest, entryPage, eventTitles } from "./entry-page.tsx";
import { isMonth } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

const decisions = [
  "accept",
  "again",
  "claimRest",
  "passOn",
  "tellPersonPaid",
  "proposeAnew",
  "undoAnswer",
  "askDrop",
  "drop",
  "keep",
] as const satisfies readonly HighCostEntryEvent[];

/** The page of an entry, and all that is done there. */
export const entryScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.entries}/entries/:entry` as const,
    audit: "high-cost-entry.opened",
    handle: (request) => entryPage(of, request),
  }),
  ...decisions.map((type) =>
    step(of, type, (unit, { id, seen, form }) =>
      moveEntry(unit, { id, seen, type, reason: form.text("reason") || undefined }),
    ),
  ),
  step(of, "askBack", async (unit, { id, seen, form }) => {
    const { entry } = await readEntry(unit, id);
    const dueOn = readDate(form.text("dueOn"));
    if (!dueOn) throw new EntryProblem("dueOn", "納期限を入力してください。例: R8.12.25");
    const everybody = [...new Set([...entry.persons, entry.household])];
    await askBack(unit, {
      id,
      seen,
      personNumber: chosenOf(everybody, form),
      amount: form.integer("amount") ?? 0,
      dueOn,
      comment: form.text("comment-askBack"),
    });
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "get",
    path: `${of.paths.entries}/entries/:entry/mandates/:mandate` as const,
    audit: "high-cost-mandate.print-asked",
    async handle({ params, work }) {
      const { pdf, name } = await work((unit) =>
        printMandate(unit, of.letters, {
          entryId: idOf(params.entry),
          mandateId: idOf(params.mandate),
        }),
      );
      return inlinePdf(name, pdf);
    },
  }),
  entering(of, "insurance", "入力しました。この月をもう一度計算しました。", insuranceEntered),
  entering(of, "mandate", "委任状の依頼を入力しました。", mandateAsked),
  entering(of, "mandate-step", "委任状の状態を入力しました。", mandateMoved),
];

/** `claimRest` as the log writes it: claim-rest. */
const words = (type: string): string => type.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`);

type Form = EntryRequest["form"];

/** Somebody of a list, by their place in it. */
function chosenOf(people: readonly string[], form: Form): string {
  const person = people[form.integer("person") ?? -1];
  if (!person) throw new EntryProblem("person", "だれのものかを選んでください。");
  return person;
}

async function insuranceEntered(of: HighCosts, unit: Work, id: string, form: Form) {
  const { entry } = await readEntry(unit, id);
  const personNumber = chosenOf(entry.persons, form);
  const [from, to] = [form.text("fromMonth"), form.text("toMonth")];
  if (!isMonth(from)) throw new EntryProblem("fromMonth", "始まりの診療月を選んでください。");
  const evidence = form.choice("evidence", codesOf(insuranceEvidenceTitles));
  if (!evidence) throw new EntryProblem("evidence", "根拠を選んでください。");
  const insured = figures(form.text("insured"));
  if (insured !== "" && !isPersonNumber(insured))
    throw new EntryProblem(
      "insured",
      "統合宛名番号が正しくありません。10桁の数字を確かめてください。",
    );
  await enterInsurance(unit, {
    program: of.program,
    personNumber,
    insurer: figures(form.text("insurer")),
    fromMonth: from,
    toMonth: isMonth(to) ? to : null,
    category: form.choice("category", codesOf(highCostCategories)) ?? null,
    multiple: form.has("multiple"),
    insuredPerson: insured === "" ? null : insured,
    evidence,
  });
  await searchPerson(unit, of.program, entry.treatmentMonth as IsoMonth, personNumber);
}

async function mandateAsked(of: HighCosts, unit: Work, id: string, form: Form) {
  const { entry } = await readEntry(unit, id);
  const askedOn = readDate(form.text("askedOn"));
  if (!askedOn) throw new EntryProblem("askedOn", "依頼した日を入力してください。例: R8.11.20");
  await askMandate(unit, {
    program: of.program,
    personNumber: chosenOf([...new Set([...entry.persons, entry.household])], form),
    insurer: entry.insurerNumber,
    fromMonth: entry.treatmentMonth as IsoMonth,
    standing: form.choice("scope", ["standing", "month"]) !== "month",
    askedOn,
  });
}

async function mandateMoved(_: HighCosts, unit: Work, __: string, form: Form) {
  const on = readDate(form.text("on"));
  if (!on) throw new EntryProblem("on", "日を入力してください。例: R8.11.20");
  const to = form.choice("to", ["received", "revoked", "cancelled"]);
  if (!to) throw new EntryProblem("on", "受領か撤回かを選んでください。");
  await moveMandate(unit, {
    id: idOf(form.text("mandate")),
    seen: form.integer("revision") ?? 0,
    to,
    on,
  });
}

function step(
  of: HighCosts,
  type: (typeof decisions)[number] | "askBack",
  run: (unit: Work, step: { id: string; seen: number; form: Form }) => Promise<void>,
): AnyRoute {
  const { right } = highCostEntryV1.events[type];
  return defineRoute({
    ...of.reading,
    right,
    purpose: right === "high-cost.approve" ? "approval" : "payment",
    method: "post",
    path: `${of.paths.entries}/entries/:entry/${type}` as const,
    audit: `high-cost-entry.${words(type)}-asked`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.entry);
      try {
        await work((unit) => run(unit, { id, seen: form.integer("revision") ?? 0, form }));
      } catch (error) {
        return entryPage(of, request, sentWith(type, form, error));
      }
      return redirect(of.paths.entry(id), `「${eventTitles[type]}」を行いました。`);
    },
  });
}

function entering(
  of: HighCosts,
  what: "insurance" | "mandate" | "mandate-step",
  said: string,
  run: (of: HighCosts, unit: Work, id: string, form: Form) => Promise<void>,
): AnyRoute {
  return defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: `${of.paths.entries}/entries/:entry/${what}` as const,
    audit: `high-cost-${what}.entry-sent`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.entry);
      try {
        await work((unit) => run(of, unit, id, form));
      } catch (error) {
        const event = what === "mandate-step" ? `mandate-${form.text("mandate")}` : what;
        return entryPage(of, request, sentWith(event, form, error));
      }
      return redirect(await pathAfter(of, request, id), said);
    },
  });
}

/** The entry itself; the list where the household is another one now, so that this entry is over. */
async function pathAfter(of: HighCosts, { work }: EntryRequest, id: string) {
  const { entry } = await work((unit) => readEntry(unit, id));
  return entry.state === "gone"
    ? (`${of.paths.entries}?month=${entry.treatmentMonth}` as const)
    : of.paths.entry(id);
}
