import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type OutsiderEvent, outsiderV1 } from "#workflows/people/outsider-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, stateAfter } from "../flow.ts";
import {
  type CountedByOthers,
  type FiguresByOthers,
  figuresByOthers,
  type Lines,
} from "../lines.ts";
import type { Person } from "../people/index.ts";
import { EntryProblem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import type { OutsiderEvidence } from "./entry.ts";
import { detailsPlace, keyOfOutsider, type OutsiderDetails, sealDetails } from "./write.ts";

/** How somebody outside the register stands. */
export interface Outsider {
  personNumber: string;
  /** For the cases of which 事務, or for which of them, they were opened. */
  program: string;
  /** Where they were opened: those of this office confirm and correct them. */
  officeCode: string;
  caseId: string | null;
  state: "opened" | "confirmed" | "refused";
  openedBy: number;
  typedBy: number;
  /** False of one whom the register tells of since. */
  outside: boolean;
}

/** What was done to one. */
export interface OutsiderStep {
  what: "open" | "correct" | "confirm" | "refuse";
  staffId: number;
  at: Date;
  evidence: OutsiderEvidence | null;
  evidenceOn: IsoDate | null;
  /** Those said to be other people, as far as the office gets to them; `*` for some whom it does not. */
  differsFrom: string[];
  /** Nothing where the address is withheld (支援措置). */
  details: OutsiderDetails | undefined;
}

/** How one stands; `undefined` of whoever was never outside the register, or is out of reach. */
export async function outsiderOf(work: Work, personNumber: string): Promise<Outsider | undefined> {
  const [row] = await work.sql<Omit<Outsider, "personNumber">[]>`
    select program, office_code as "officeCode", case_id as "caseId", state, opened_by as "openedBy", typed_by as "typedBy", outside
      from vault.outsider_of(${personNumber})`;
  return row && { personNumber, ...row };
}

/** What was done to one, in order; one logged look. */
export async function outsiderSteps(work: Work, personNumber: string): Promise<OutsiderStep[]> {
  const rows = await work.sql<
    (Omit<OutsiderStep, "details" | "at"> & {
      at: string;
      sealed_details: Buffer | null;
      wrapped_key: Buffer;
    })[]
  >`select what, staff_id as "staffId", at::text as at, evidence, evidence_on::text as "evidenceOn", differs_from as "differsFrom",
           sealed_details, wrapped_key
      from vault.outsider_steps(${personNumber})`;
  return rows.map(({ sealed_details: sealed, wrapped_key: wrapped, at, ...row }) => ({
    ...row,
    at: new Date(at),
    details: sealed
      ? (JSON.parse(
          unseal(work.platform.keys.unwrap(wrapped), detailsPlace(personNumber), sealed).toString(),
        ) as OutsiderDetails)
      : undefined,
  }));
}

/** Who registered some of them, or set them right last. */
export async function typistsOf(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, number>> {
  const rows = await work.sql<{ number: string; typedBy: number }[]>`
    select number, o.typed_by as "typedBy"
      from unnest(${[...personNumbers]}::text[]) number, vault.outsider_of(number) o`;
  return new Map(rows.map(({ number, typedBy }) => [number, typedBy]));
}

/** 統合宛名番号 of those opened for a case, for whoever sees it: whom it may name as claimant, payee or addressee. */
export async function outsidersOfCase(work: Work, caseId: string): Promise<string[]> {
  const rows = await work.sql<{ number: string }[]>`
    select number from vault.outsiders_of_case(${caseId}) number`;
  return rows.map(({ number }) => number);
}

/** Those of some people who are outside the register and whom no second person has confirmed: nothing is decided or paid for them. */
export async function unconfirmedAmong(
  work: Work,
  personNumbers: readonly string[],
): Promise<Set<string>> {
  const [row] = await work.sql<{ numbers: string[] }[]>`
    select people.unconfirmed(${[...personNumbers]}::text[]) as numbers`;
  return new Set(row?.numbers);
}

const standing = (work: Work, { state, openedBy, typedBy }: Outsider) => ({
  definition: outsiderV1,
  state,
  context: { actingStaffId: work.actor.staffId, openedBy, typedBy },
});

/** What this person could do with one; nothing once the register tells of them. */
export const outsiderActions = (work: Work, outsider: Outsider): FlowAction[] =>
  outsider.outside
    ? actionsAt(work.actor, standing(work, outsider), {
        program: outsider.program,
        reach: { office: outsider.officeCode },
      })
    : [];

/**
 * Confirms or refuses what another person typed.
 *
 * @param person as the page showed them
 * @throws EntryProblem of `comment`; Problem 403 for who typed it, 409
 */
export async function decideOutsider(
  work: Work,
  person: Person,
  outsider: Outsider,
  { event, comment }: { event: Exclude<OutsiderEvent, "correct">; comment: string },
): Promise<void> {
  const state = stateAfter(standing(work, outsider), event);
  const text = comment.trim();
  const fault =
    event === "refuse" || text !== "" ? reasonFault(text, "却下の理由・コメント") : undefined;
  if (fault) throw new EntryProblem("comment", fault);
  const { personNumber: number, revision } = person;
  const details = sealDetails(await keyOfOutsider(work, number), number, { reason: text });
  await refuseInWords(
    work.sql`select vault.decide_outsider(${number}, ${revision}, ${state}, ${details})`,
    "ほかの職員が先に処理したか、内容が訂正されました。画面を開き直してください。",
  );
}

/** How many wait to be confirmed, since when, and how many of them this person did not type. */
export async function countOutsiders(work: Work): Promise<FiguresByOthers> {
  const [row] = await work.sql<CountedByOthers[]>`
    select people::integer as count, since::text as since, by_others::integer as by_others, by_others_since::text as by_others_since
      from vault.count_outsiders()`;
  return figuresByOthers(row);
}

/** Some of them, the oldest first. */
export async function listOutsiders(
  work: Work,
  { from, size, byOthersAlone = false }: Lines & { byOthersAlone?: boolean },
): Promise<{ personNumber: string; since: Date }[]> {
  const rows = await work.sql<{ personNumber: string; since: string }[]>`
    select person_number as "personNumber", since::text as since
      from vault.list_outsiders(${byOthersAlone}, ${from}, ${size})`;
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}
