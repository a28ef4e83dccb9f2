import type { ComponentChildren } from "preact";
import type { MailingKind } from "#src/platform/mailings/index.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Values } from "../values.ts";

/** What a run is started with, beside its kind and its contractor. */
export interface RunOrder {
  title: string;
  /** Dates, codes and numbers of things only. */
  parameters: unknown;
}

/** A page on which runs of one kind are ordered: the 事務 supplies the fields, the rest is common. */
export interface OrderPage {
  kind: Pick<MailingKind, "id">;
  /** Behind the id of the 事務, such as `mailings/new`. */
  path: string;
  /** 新しい一括発送 */
  title: string;
  /** 対象者を抽出する */
  button: string;
  audit: `${string}.${string}`;
  Fields(props: { today: IsoDate }): ComponentChildren;
  /** Reads what was entered; what is wrong goes into `errors`, by name of the field. */
  read(
    form: Values,
    errors: Record<string, string>,
    by: { today: IsoDate; work: Work },
  ): Promise<RunOrder | undefined> | RunOrder | undefined;
}

/** The mailings of a 事務 as its screens know them. */
export interface MailingSet {
  /** Of the 事務, before the titles of pages. */
  title: string;
  papers: ProgramPapers;
  /** The first stands out in the list of runs. */
  orders: readonly OrderPage[];
}

/** A set with what its screens share. */
export interface Mailings extends MailingSet {
  program: string;
  paths: MailingPaths;
  /** What guards a page on which runs are looked at. */
  reading: { right: "mailing.read"; program: string; purpose: "mailing" };
}

/** Addresses of the screens of the mailings of a 事務. */
export const mailingPaths = (program: string) =>
  ({
    runs: `/${program}/mailings`,
    run: (id: string) => `/${program}/mailings/${id}` as const,
    items: (id: string, query?: Record<string, string>) =>
      `/${program}/mailings/${id}/items${query ? `?${new URLSearchParams(query)}` : ""}` as const,
    order: ({ path }: Pick<OrderPage, "path">) => `/${program}/${path}` as const,
    returned: `/${program}/returned/entry`,
    openReturns: `/${program}/returned`,
    unsent: `/${program}/unsent`,
    handOvers: `/${program}/hand-overs`,
    contractors: `/${program}/contractors`,
  }) as const;
export type MailingPaths = ReturnType<typeof mailingPaths>;

export function mailingsOf(set: MailingSet): Mailings {
  const { program } = set.papers;
  return {
    ...set,
    program,
    paths: mailingPaths(program),
    reading: { right: "mailing.read", program, purpose: "mailing" },
  };
}
