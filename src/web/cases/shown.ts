import type { Actor } from "#src/platform/access/index.ts";
import { holds } from "#src/platform/access/index.ts";
import type { ApplicationView, ChangeView, SharedView } from "#src/platform/applications/index.ts";
import type { NextWork } from "#src/platform/cases/index.ts";
import type { Entitlement } from "#src/platform/entitlements/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Difference } from "../components/index.ts";
import type { ScreenRequest } from "../route.ts";
import type { AnyCaseScreens, AnyOtherCases, OtherView } from "./declaration.ts";

/** What the panels of a case show, to whom and when. */
export interface Shown<View extends SharedView = SharedView> {
  screens: AnyCaseScreens;
  view: View;
  /** Of a case of another kind. */
  other?: AnyOtherCases | undefined;
  today: IsoDate;
  actor: Actor;
  /** After a step that sent the case on: what waits for this person next. */
  next?: NextWork | undefined;
  /** Address of the page of a person; holds no number. */
  personHref(personNumber: string): string;
}

/** An application, with what was entered beside what the register says. */
// biome-ignore lint/suspicious/noExplicitAny: the entry goes only to the functions of the declaration
export interface ApplicationShown extends Shown<ApplicationView<any>> {
  differences: readonly Difference[];
  /** What the own panels of the 事務 show. */
  own: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: the entry goes only to the functions of the declaration
export type ChangeShown = Shown<ChangeView<any>>;

/** A case of another kind. */
export interface OtherShown extends Shown<OtherView<unknown>> {
  other: AnyOtherCases;
}

/** What a page needs of a request, so that an action that was refused can answer with it. */
export type PageRequest = Pick<ScreenRequest, "work" | "platform" | "actor"> & {
  /** The case that stood next on the list, after a step. */
  next?: string | undefined;
  /** Which page of the history is shown, from 1 for the newest steps. */
  historyPage?: number;
  /** The form of which a draft is gone on with. */
  draft?: string | undefined;
};

/** Whether this person may enter, add and open things of the case. */
export const mayEnter = ({ actor, view: { found } }: Shown): boolean =>
  holds(actor, "case.enter", { program: found.program, office: found.officeCode });

/** The name of a person of the case. */
export const nameIn = (
  { register }: Pick<SharedView, "register">,
  personNumber: string,
): string => {
  const person = register.people.get(personNumber);
  return person ? shownName(person) : "―";
};

/** Whether the case is about several persons, so that each line has to say whose it is. */
export const isHousehold = ({ members }: Pick<SharedView, "members">): boolean =>
  new Set(members.map(({ personNumber }) => personNumber)).size > 1;

/** Entitlements that hold, or are only suspended: what a report, a loss or a revocation is about. */
export const liveEntitlements = ({
  entitlements,
}: Pick<SharedView, "entitlements">): Entitlement[] =>
  entitlements.filter(({ status }) => status === "granted" || status === "suspended");
