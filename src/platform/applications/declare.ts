import type { ChangeFacts } from "#workflows/cases/change.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import { declareWorkflow, type Handler } from "../cases/index.ts";
import { applicationHandlers } from "./carry-out.ts";
import { certificateMailing } from "./certificate-mailing.ts";
import { changeHandlers } from "./change-handlers.ts";
import type { ChangeKind } from "./change-kind.ts";
import { makeChangeLetter } from "./change-letters.ts";
import { applicationFacts, changeFacts } from "./facts.ts";
import { isInquiryLetter, issueInquiryLetters } from "./inquiry-letters.ts";
import {
  type AnyApplicationKind,
  type ApplicationKind,
  caseKindOf,
  certificatesOfKind,
} from "./kind.ts";
import { issueLetter, type LetterKind } from "./letter-parts.ts";
import { makeLetter } from "./letters.ts";

const declared: AnyApplicationKind[] = [];

/** The applications of every 事務 that was declared. */
export const declaredApplications = (): readonly AnyApplicationKind[] => declared;

/** Declares the applications of a 事務; gives them back for its screens. */
export function application<
  Entered,
  Facts extends ApplicationFacts = ApplicationFacts,
  EventType extends string = string,
>(kind: ApplicationKind<Entered, Facts, EventType>): ApplicationKind<Entered, Facts, EventType> {
  const plain = kind as unknown as ApplicationKind<Entered>;
  declared.push(kind as AnyApplicationKind);
  for (const [sort, certificate] of Object.entries(certificatesOfKind(kind)))
    certificateMailing(kind as AnyApplicationKind, sort, certificate);
  declareWorkflow<Facts>({
    program: kind.program,
    kind: caseKindOf(kind as AnyApplicationKind),
    versions: kind.versions,
    deadlines: kind.deadlines,
    context: (work, found) =>
      applicationFacts(work, kind as unknown as ApplicationKind<Entered, Facts>, found),
    carryOut: handlersFor(kind.versions, applicationHandlers(plain), kind.carryOut),
    effect: async (work, found, effect) => {
      const letter = effect.params.kind as LetterKind;
      if (isInquiryLetter(letter)) return issueInquiryLetters(work, plain, found, letter, effect);
      await issueLetter(work, plain, found, letter, (number) =>
        makeLetter(work, plain, found, letter, number),
      );
    },
  });
  return kind;
}

/** Declares the reports of change and loss of a 事務. */
export function changes<
  Entered,
  Facts extends ChangeFacts = ChangeFacts,
  EventType extends string = string,
>(kind: ChangeKind<Entered, Facts, EventType>): ChangeKind<Entered, Facts, EventType> {
  const plain = kind as unknown as ChangeKind<Entered>;
  declareWorkflow<Facts>({
    program: kind.application.program,
    kind: caseKindOf(kind as unknown as AnyApplicationKind),
    versions: kind.versions,
    deadlines: kind.application.deadlines,
    context: (work, found) =>
      changeFacts(work, plain as unknown as ChangeKind<Entered, Facts>, found),
    carryOut: handlersFor(kind.versions, changeHandlers(plain), kind.carryOut),
    effect: (work, found, { params }) => {
      const letter = params.kind as LetterKind;
      return issueLetter(work, plain.application, found, letter, (number) =>
        makeChangeLetter(work, plain, found, letter, number),
      );
    },
  });
  return kind;
}

/** The common handlers of the events that a machine has; those of the 事務 are called after the common one of the same event. */
function handlersFor(
  versions: readonly { events: Readonly<Record<string, unknown>> }[],
  common: Readonly<Record<string, Handler>>,
  own: Readonly<Partial<Record<string, Handler>>> = {},
): Record<string, Handler> {
  const known = new Set(versions.flatMap(({ events }) => Object.keys(events)));
  const handlers: Record<string, Handler> = {};
  for (const [type, handler] of Object.entries(common))
    if (known.has(type)) handlers[type] = handler;
  for (const [type, handler] of Object.entries(own)) {
    if (!handler) continue;
    const before = handlers[type];
    handlers[type] = before
      ? async (work, step) => ({ ...(await before(work, step)), ...(await handler(work, step)) })
      : handler;
  }
  return handlers;
}
