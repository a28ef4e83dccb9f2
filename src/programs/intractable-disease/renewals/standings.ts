import type { Lines } from "#src/platform/lines.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** How somebody of a season stands; it follows from their applications and entitlements. */
export const standingTitles = {
  silent: "未申請",
  applied: "申請中",
  renewed: "認定",
  refused: "不認定・却下",
  gone: "期の前に喪失",
} as const;
export type Standing = keyof typeof standingTitles;
export const standings = Object.keys(standingTitles) as Standing[];

/** How a season stands: people by how they stand and office, letters, and applications by day; of the offices that may be seen. */
export interface Progress {
  people: { office: string; standing: Standing; people: number }[];
  letters: { kind: "invitation" | "reminder" | "certificate"; letters: number; lastOn: IsoDate }[];
  days: { on: IsoDate; received: number }[];
}

/** Counted by the database. */
export async function progressOf({ sql }: Work, season: string): Promise<Progress> {
  const people = await sql<Progress["people"]>`
    select office_code as office, standing, people from intractable_papers.progress(${season})`;
  const letters = await sql<Progress["letters"]>`
    select kind, count(*)::integer as letters, max(made_on)::text as "lastOn" from intractable_papers.letter
     where season_id = ${season} and withdrawn_on is null group by 1`;
  const days = await sql<Progress["days"]>`
    select on_day::text as on, received from intractable_papers.received_by_day(${season})`;
  return { people: [...people], letters: [...letters], days: [...days] };
}

/** Somebody of a season. */
export interface Invited {
  personNumber: string;
  recipientNumber: string;
  officeCode: string;
  /** The application that granted what ends. */
  grantingCase: string;
  /** The application for renewal, where there is one. */
  application: string | null;
  receivedOn: IsoDate | null;
  /** When the last letter was made. */
  invitedOn: IsoDate | null;
}

/** Those of a season who stand so, by office and number; and how many there are. */
export async function listInvited(
  { sql }: Work,
  season: string,
  standing: Standing,
  { from, size }: Lines,
): Promise<{ rows: Invited[]; total: number }> {
  const rows = await sql<(Invited & { total: number })[]>`
    select person_number as "personNumber", recipient_number as "recipientNumber", office_code as "officeCode", granting_case as "grantingCase",
           application, received_on::text as "receivedOn", invited_on::text as "invitedOn", total::integer as total
      from intractable_papers.listed(${season}, ${standing}, ${size}, ${from})`;
  return { rows: [...rows], total: rows[0]?.total ?? 0 };
}

/** Whose number of a recipient it is in an open season, and when that ends. */
export async function findInvited(
  { sql }: Work,
  recipientNumber: string,
): Promise<
  { personNumber: string; season: string; endsOn: IsoDate; opensOn: IsoDate } | undefined
> {
  const [row] = await sql<
    { personNumber: string; season: string; endsOn: IsoDate; opensOn: IsoDate }[]
  >`
    select i.person_number as "personNumber", n.id as season, n.ends_on::text as "endsOn", n.opens_on::text as "opensOn"
      from intractable_papers.invited i join intractable_papers.season n on n.id = i.season_id
     where i.recipient_number = ${recipientNumber} and n.state = 'open' order by n.ends_on desc limit 1`;
  return row;
}

/** Whether an application of somebody received on a day is one for renewal: they are of an open season, and it is within its days. */
export async function isRenewedOn(
  { sql }: Work,
  { personNumber, receivedOn }: { personNumber: string; receivedOn: IsoDate },
): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select from intractable_papers.invited i join intractable_papers.season n on n.id = i.season_id
      where i.person_number = ${personNumber} and n.state = 'open' and ${receivedOn} between n.opens_on and n.ends_on) as found`;
  return row?.found ?? false;
}

/** 受給者番号 in what a reader of codes, or a person, gives; `undefined` where it can't be one. */
export const recipientNumberOf = (code: string): string | undefined =>
  /^\d{7}$/.exec(code.normalize("NFKC").replace(/[\s-]/g, ""))?.[0];
