import type { Actor, Right } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { Reason } from "#src/platform/reasons.ts";
import type { Purpose, Work } from "#src/platform/work.ts";
import type { Reply } from "./reply.ts";
import type { Values } from "./values.ts";

type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** What a request may say about a unit of work beyond what its route declares. */
export interface WorkDetails {
  /** Why this person looks now; written to the access log. */
  reason?: Reason;
  caseId?: string;
  purpose?: Purpose;
  /** Only for pages of the shell that ask several 事務; others work in the one of their route. */
  program?: string;
}

/** A request of somebody who is signed in and holds the right of the route. */
export interface ScreenRequest<Path extends string = string> {
  actor: Actor;
  params: Record<ParamName<Path>, string>;
  query: Values;
  form: Values;
  /** One transaction in the name of the person; the audit event of the route is written in the first one. */
  work: <T>(run: (work: Work) => Promise<T>, details?: WorkDetails) => Promise<T>;
  csrfToken: string;
  platform: Platform;
  /** Whether htmx asks (for a part of a page) rather than the browser. */
  partial: boolean;
  /** Address of the terminal. */
  address: string;
}

/** A request of somebody unknown: sign-in, health, files of the shell. */
export interface PublicRequest<Path extends string = string> {
  params: Record<ParamName<Path>, string>;
  query: Values;
  form: Values;
  csrfToken: string;
  platform: Platform;
  /** Address of the terminal. */
  address: string;
  /** Whether a script asks (for a part of a page) rather than the browser. */
  partial: boolean;
  /** Set when a session is held, open, locked or ended. */
  sessionToken: string | undefined;
  /** What the browser holds of a sign-in over the directory that it began. */
  begun: string | undefined;
}

/**
 * What stands in the audit log, as `object.verb` in the past: `case.opened`, `certificate.issued`. The few routes that
 * leave nothing there say why nobody's data are touched, or what records it instead.
 */
type Recorded = { audit: `${string}.${string}` } | { audit: "nothing-personal"; because: string };

type Declaration<Path extends string> = Recorded & {
  method: "get" | "post";
  /** Such as `/child-medical/cases/:caseId`; holds numbers of things, never of people. */
  path: Path & `/${string}`;
  /** The page itself asks (progress, an echo of what is typed): no act of the person, so the session is not prolonged. */
  askedByPage?: true;
  /** The page of the handbook that belongs to it (`docs/handbook`), where it is another than that of its screens. */
  handbook?: string;
};

/** A page or an action of the screens, with all that guards it. */
export type Route<Path extends string = string> = Declaration<Path> & {
  /** The right without which the route answers 403 and its menu entry is not shown. */
  right: Right;
  purpose: Purpose;
  /** The 事務; the right must be held for it. */
  program?: string;
  /** Its form holds files, all of it no larger than this; others take none. */
  takesFiles?: `${number}mb`;
  handle(request: ScreenRequest<Path>): Promise<Reply>;
};

/** Any person who is signed in may use it: home, help, their own password. */
export type OwnRoute<Path extends string = string> = Declaration<Path> & {
  right: "signed-in";
  purpose: Purpose;
  handle(request: ScreenRequest<Path>): Promise<ShellReply>;
};

/** Served to anybody at a registered terminal. */
export type PublicRoute<Path extends string = string> = Declaration<Path> & {
  right: "public";
  handle(request: PublicRequest<Path>): Promise<ShellReply>;
};

/** Sign-in and sign-out set and clear the session; programs do neither. */
export type ShellReply = Reply & {
  session?: { token: string } | "ended";
  /** Kept in the browser until the directory sends it back. */
  begun?: string;
};

export type AnyRoute = Route | OwnRoute | PublicRoute;

/** Declares a route; the only way to be served. */
export function defineRoute<const Path extends string>(route: Route<Path>): AnyRoute;
export function defineRoute<const Path extends string>(route: OwnRoute<Path>): AnyRoute;
export function defineRoute<const Path extends string>(route: PublicRoute<Path>): AnyRoute;
export function defineRoute(route: AnyRoute): AnyRoute {
  return route;
}
