import { eq } from "drizzle-orm";
import { office } from "#db/schema/access.ts";
import { type Hindrance, type OpeningFacts, usualHindrances } from "#workflows/cases/opening.ts";
import { birthRange } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Person } from "../people/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type AnyApplicationKind, caseKindOf } from "./kind.ts";

/** What stands against receiving an application, and the page on which one goes on. */
export interface Obstacle extends Hindrance {
  see?: { title: string; path: `/${string}` };
}

/** An application was not received: the reasons, and whether it is received where the applicant insists. */
export class OpeningRefused extends Problem {
  readonly obstacles: readonly Obstacle[];

  constructor(obstacles: readonly Obstacle[]) {
    const [first] = obstacles;
    super({
      status: obstacles.some(({ code }) => code === "under-way") ? 409 : 422,
      message: first?.reason ?? "この申請は受け付けられません。",
      details: obstacles.flatMap(({ reason, advice }, at) => [...(at > 0 ? [reason] : []), advice]),
      ...(first?.see ? { see: first.see } : {}),
    });
    this.obstacles = obstacles;
  }
}

/** The dates by which a 事務 judges, of a person who was looked at. */
export const openingFacts = (
  { birthDate, bornOn, residence, diedOn }: Person,
  receivedOn: IsoDate,
): OpeningFacts => ({
  receivedOn,
  birth: bornOn ?? birthRange(birthDate).from,
  bornNotAfter: bornOn ?? birthRange(birthDate).to,
  residentFrom: residence.from,
  residentTo: residence.to,
  diedOn,
});

/** What the rule of the 事務 says of these dates, without a look at anybody. */
export async function hindrancesBy(
  work: Work,
  kind: AnyApplicationKind,
  facts: OpeningFacts,
): Promise<readonly Hindrance[]> {
  return kind.hindrances ? kind.hindrances(work, facts) : usualHindrances(facts);
}

/**
 * All that stands against an application for a person received on a day: an application of the kind under way, an
 * entitlement that goes on, and what the rule of the 事務 says. Of a case of another office it tells that there is one.
 *
 * @param ownKey the key of the form, so that a form that is sent twice is not in its own way
 */
export async function obstaclesTo(
  work: Work,
  kind: AnyApplicationKind,
  { person, receivedOn, ownKey = "" }: { person: Person; receivedOn: IsoDate; ownKey?: string },
): Promise<readonly Obstacle[]> {
  const known = await work.sql<InTheWay[]>`
    select what, case_id, number, office_code
      from entitlements.in_the_way(${caseKindOf(kind)}, ${person.personNumber}, ${receivedOn}, ${ownKey})`;
  const found: Obstacle[] = [];
  for (const row of known)
    if (row.what !== "entitled" || !kind.renewedByApplication)
      found.push(await obstacleOf(work, kind, row));
  return [...found, ...(await hindrancesBy(work, kind, openingFacts(person, receivedOn)))];
}

interface InTheWay {
  what: "under-way" | "entitled";
  /** Null where the case is not to be seen. */
  case_id: string | null;
  number: string | null;
  office_code: string;
}

async function obstacleOf(
  work: Work,
  { program }: AnyApplicationKind,
  { what, case_id, number, office_code }: InTheWay,
): Promise<Obstacle> {
  const see = case_id
    ? { see: { title: `申請 ${number} を開く`, path: `/${program}/cases/${case_id}` as const } }
    : {};
  const elsewhere = case_id ? undefined : await officeName(work, office_code);
  if (what === "under-way")
    return {
      code: what,
      reason: elsewhere
        ? `この方の申請が、${elsewhere}で手続き中です。`
        : `この方の申請 ${number} が手続き中です。`,
      advice: elsewhere
        ? `${elsewhere}に確かめてください。`
        : "そちらを進めてください。誤って受け付けたものは、取り下げてから受け付け直してください。",
      basis: ["同じ方の同じ申請は、1件ずつ審査します。"],
      final: true,
      ...see,
    };
  return {
    code: what,
    reason: elsewhere
      ? `${elsewhere}で、すでに受給資格の認定を受けています。`
      : "すでに受給資格の認定を受けています。",
    advice: elsewhere
      ? `内容の変更は、${elsewhere}での届出を案内してください。`
      : "住所・保険・口座などの変更は、その申請の画面で変更の届出を、証をなくしたときは再交付を受け付けてください。",
    basis: ["同じ方の資格の期間は重なりません。"],
    ...see,
  };
}

async function officeName({ tx }: Work, code: string): Promise<string> {
  const [row] = await tx.select({ name: office.name }).from(office).where(eq(office.code, code));
  return row?.name ?? "ほかの区役所";
}
