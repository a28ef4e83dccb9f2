import { randomUUID } from "node:crypto";
import { asc, count, desc, eq, inArray, notInArray, type SQL, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { exemptionApplication, exemptionEvent } from "#db/schema/exemptions.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { numbersUnder } from "#src/platform/people/index.ts";
import { EntryFaults, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import {
  type ExemptionApplicant,
  type ExemptionEndReason,
  type ExemptionEvidence,
  type ExemptionGround,
  type ExemptionRefusal,
  type ExemptionStepReason,
  exemptionEndReasons,
  exemptionRefusals,
  exemptionStepReasons,
} from "#workflows/vaccination/exemptions/grounds.ts";
import type { ExemptionState } from "#workflows/vaccination/exemptions/machine.ts";
import {
  type ExemptionContext2,
  type ExemptionEvent,
  exemptionV2,
} from "#workflows/vaccination/exemptions/machine-v2.ts";
import {
  exemptionFaults,
  exemptionFaultsOf,
  exemptionPeriod,
  exemptionTerms,
  termOf,
} from "#workflows/vaccination/exemptions/terms.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { certificatesOfApplication, noticesOfApplication } from "./certificates.ts";
import { exemptionOn } from "./index.ts";

export type Exemption = typeof exemptionApplication.$inferSelect;

/** What is sealed of an application. */
export interface ExemptionWords {
  agentName?: string | undefined;
  agentRelation?: string | undefined;
  agentAddress?: string | undefined;
  remarks?: string | undefined;
}

/** Number as it is shown: `G000012`. */
export const exemptionNumber = ({ serial }: { serial: number }): string =>
  `G${String(serial).padStart(6, "0")}`;
export const exemptionStates = stateNames(exemptionV2) as ExemptionState[];
export const exemptionMeta = (state: ExemptionState) => stateMeta(exemptionV2, state);
export const exemptionEventTitle = (event: string): string =>
  event === "enter"
    ? "受付"
    : ((exemptionV2.events as Readonly<Record<string, { title: string }>>)[event]?.title ?? event);
const reasonTitles: Readonly<Record<string, string>> = {
  ...exemptionStepReasons,
  ...exemptionRefusals,
  ...exemptionEndReasons,
};
export const exemptionReasonTitle = (code: string | null): string =>
  code === null ? "―" : (reasonTitles[code] ?? code);

const over: ExemptionState[] = ["issued", "told", "lapsed", "withdrawn"];
const narrowed = (state: ExemptionState | undefined): SQL | undefined =>
  state ? eq(exemptionApplication.state, state) : notInArray(exemptionApplication.state, over);

/** Applications of a state, or all under way, the oldest first. */
export async function listExemptions(
  work: Work,
  state: ExemptionState | undefined,
  { from, size }: Lines,
) {
  const where = narrowed(state);
  const rows = await work.tx
    .select()
    .from(exemptionApplication)
    .where(where)
    .orderBy(asc(exemptionApplication.receivedOn), asc(exemptionApplication.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(exemptionApplication, where) };
}

/** How many stand in each state. */
export const exemptionFigures = (work: Work) =>
  work.tx
    .select({ state: exemptionApplication.state, applications: count() })
    .from(exemptionApplication)
    .groupBy(exemptionApplication.state);

/** What waits in a state: how many, and the oldest. */
export async function exemptionsWaiting(work: Work, state: ExemptionState): Promise<Figures> {
  const { enteredAt } = exemptionApplication;
  const [row] = await work.tx
    .select({ count: count(), since: sql<Date | null>`min(${enteredAt})`.mapWith(enteredAt) })
    .from(exemptionApplication)
    .where(eq(exemptionApplication.state, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
export const waitingExemptions = (work: Work, state: ExemptionState, { from, size }: Lines) =>
  work.tx
    .select()
    .from(exemptionApplication)
    .where(eq(exemptionApplication.state, state))
    .orderBy(asc(exemptionApplication.enteredAt), asc(exemptionApplication.serial))
    .limit(size)
    .offset(from);

/** Applications of a person under all their numbers, the newest first. */
export const exemptionsOfPerson = (work: Work, personNumber: string): Promise<Exemption[]> =>
  work.tx
    .select()
    .from(exemptionApplication)
    .where(inArray(exemptionApplication.personNumber, numbersUnder(personNumber)))
    .orderBy(desc(exemptionApplication.serial));

/** An application with its papers, history, and what is sealed. @throws Problem 404 */
export async function readExemption(work: Work, id: string) {
  const [row] = await work.tx
    .select()
    .from(exemptionApplication)
    .where(eq(exemptionApplication.id, id));
  if (!row) throw notFound("この申請は見つかりません。");
  const [sealed] = row.wordsId ? await getSealed(work, [row.wordsId]) : [];
  const [seenBy] = row.evidenceBy
    ? await work.tx
        .select({ name: staff.displayName })
        .from(staff)
        .where(eq(staff.id, row.evidenceBy))
    : [];
  return {
    row,
    words: (sealed?.data ?? {}) as ExemptionWords,
    seenBy: seenBy?.name,
    certificates: await certificatesOfApplication(work, id),
    notices: await noticesOfApplication(work, id),
    events: await work.tx
      .select()
      .from(exemptionEvent)
      .where(eq(exemptionEvent.applicationId, id))
      .orderBy(asc(exemptionEvent.revision)),
  };
}

/** What is entered of an application. */
export interface ExemptionSaid {
  personNumber: string;
  receivedOn: IsoDate | undefined;
  applicant: ExemptionApplicant | undefined;
  ground: ExemptionGround | undefined;
  vaccines: readonly VaccineId[];
  /** `none` before anything was seen. */
  evidence: ExemptionEvidence | "none" | undefined;
  evidenceOn: IsoDate | undefined;
  words: ExemptionWords;
}

const example = "例: R8.11.20";

/**
 * Receives an application, or corrects one that is not yet examined (`at`).
 *
 * @returns its id
 * @throws EntryProblem of a field; Problem 403, 404, 409; MissingParameterError where the terms of the day are not set
 */
export async function enterExemption(
  work: Work,
  said: ExemptionSaid,
  at?: { id: string; seen: number },
): Promise<string> {
  const before = at && (await readExemption(work, at.id));
  const today = work.platform.clock.today();
  const { words } = said;
  const faults = new EntryFaults();
  const receivedOn = faults.need(
    "receivedOn",
    said.receivedOn && said.receivedOn <= today ? said.receivedOn : undefined,
    `受付日を、今日までの日で入力してください。${example}`,
  );
  const applicant = faults.need("applicant", said.applicant, "申請した人を選んでください。");
  const ground = faults.need("ground", said.ground, "減免の要件を選んでください。");
  const evidence = faults.need("evidence", said.evidence, "確認資料を選んでください。");
  if (said.vaccines.length === 0) faults.need("vaccines", "", "予防接種を一つ以上選んでください。");
  if (evidence && evidence !== "none" && !(said.evidenceOn && said.evidenceOn <= today))
    faults.need("evidenceOn", "", `確認した日を、今日までの日で入力してください。${example}`);
  if (applicant === "agent") {
    faults.need("agentName", words.agentName, "代理人の氏名を入力してください。");
    faults.need("agentRelation", words.agentRelation, "代理人と本人の関係を入力してください。");
  }
  faults.end();
  // Terms that nobody has set are told at once, not when the application is examined.
  await cityParameterOn(work, exemptionTerms, receivedOn);
  const id = at?.id ?? randomUUID();
  const wordsId = await sealWords(work, said, before);
  const evidenceOn = evidence === "none" ? null : (said.evidenceOn ?? null);
  await refuseInWords(
    work.sql`select exemptions.enter(${id}, ${at?.seen ?? null}, ${said.personNumber}, ${receivedOn}, ${applicant}, ${ground},
      ${[...said.vaccines]}::text[], ${evidence}, ${evidenceOn}, ${wordsId})`,
    moved,
  );
  return id;
}

async function sealWords(
  work: Work,
  { personNumber, applicant, words }: ExemptionSaid,
  before: Awaited<ReturnType<typeof readExemption>> | undefined,
): Promise<string | null> {
  const { remarks, ...agent } = words;
  const said = applicant === "agent" ? { ...agent, remarks } : { remarks };
  const data = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
  if (before && JSON.stringify(data) === JSON.stringify(before.words)) return before.row.wordsId;
  if (Object.keys(data).length === 0) return null;
  return putSealed(work, {
    holder: personNumber,
    program: "vaccination",
    kind: "exemption-words",
    data,
  });
}

const moved = "この申請は、ほかの職員が先に進めました。";

export const exemptionStanding = (work: Work, row: Exemption) => ({
  definition: exemptionV2,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    examinedBy: row.examinedBy,
    proposedBy: row.proposedBy,
    outcome: row.outcome,
    evidenceSeen: row.evidence !== "none",
    // Only the clock asks the register (exemptions.expire).
    gone: false,
  } satisfies ExemptionContext2,
});

/** Buttons of an application. */
export const exemptionActions = (work: Work, row: Exemption) =>
  actionsAt(work.actor, exemptionStanding(work, row), {
    program: "vaccination",
    reach: { office: row.officeCode },
  });

/**
 * What the city's terms say of an application: what speaks against a grant, from when until when it would hold, by which text; and
 * for which of its vaccines a certificate holds already.
 */
export async function judgeExemption(work: Work, row: Exemption) {
  const receivedOn = row.receivedOn as IsoDate;
  const terms = await cityParameterOn(work, exemptionTerms, receivedOn);
  const term = termOf(terms.value, row.ground);
  return {
    faults: exemptionFaultsOf(terms.value, { ...row, receivedOn }),
    period: term && exemptionPeriod(term, receivedOn),
    basis: terms.source,
    already: await exemptAlready(work, row),
  };
}

async function exemptAlready(work: Work, row: Exemption): Promise<string[]> {
  const found: string[] = [];
  for (const vaccine of row.vaccines)
    if (await exemptionOn(work, row.personNumber, vaccine, row.receivedOn as IsoDate))
      found.push(vaccine);
  return found;
}

/** Steps that make no paper: for those see certificates.ts. */
export type PlainExemptionEvent = Exclude<
  ExemptionEvent,
  "correct" | "expire" | "issue" | "reissue" | "tell"
>;

const refusalReasons = Object.keys(exemptionRefusals) as ExemptionRefusal[];
const endReasons = Object.keys(exemptionEndReasons) as ExemptionEndReason[];
const stepReasons = Object.keys(exemptionStepReasons) as ExemptionStepReason[];
/** Reasons that a step may be given. */
export function reasonsOfStep(type: string): Readonly<Record<string, string>> {
  if (type === "proposeRefusal") return exemptionRefusals;
  if (type === "lapse" || type === "proposeRevocation") return exemptionEndReasons;
  return exemptionStepReasons;
}

/**
 * One step of an application that makes no paper.
 *
 * @throws EntryProblem of `reason` or `endsFrom`; Problem 403, 404, 409; 422 where the terms speak against a grant
 */
export async function moveExemption(
  work: Work,
  step: {
    id: string;
    seen: number;
    type: PlainExemptionEvent;
    reason?: string | undefined;
    /** Of a lapse or a revocation: from when it holds no longer. */
    endsFrom?: IsoDate | undefined;
  },
): Promise<void> {
  const { id, seen, type } = step;
  const { row } = await readExemption(work, id);
  const target = stateAfter(exemptionStanding(work, row), type);
  const asks = exemptionV2.events[type].comment === "required";
  const known: readonly string[] =
    type === "proposeRefusal"
      ? refusalReasons
      : type === "lapse" || type === "proposeRevocation"
        ? endReasons
        : stepReasons;
  if (asks && !(step.reason && known.includes(step.reason)))
    throw new EntryProblem("reason", "理由を選んでください。");
  const [from, until] = await daysOfStep(work, row, step);
  await refuseInWords(
    work.sql`select exemptions.move(${id}, ${seen}, ${type}, ${target}, ${asks ? (step.reason ?? null) : null}, ${from}, ${until})`,
    moved,
  );
}

async function daysOfStep(
  work: Work,
  row: Exemption,
  { type, endsFrom }: { type: PlainExemptionEvent; endsFrom?: IsoDate | undefined },
): Promise<[IsoDate | null, IsoDate | null]> {
  if (type === "proposeGrant") {
    const { faults, period } = await judgeExemption(work, row);
    const [first, ...more] = faults.map((one) => exemptionFaults[one]);
    if (first || !period)
      throw new EntryProblem("proposeGrant", [first ?? exemptionFaults.over, ...more].join(" "));
    return [period.from, period.until];
  }
  if (type !== "lapse" && type !== "proposeRevocation") return [null, null];
  if (!endsFrom || endsFrom < (row.validFrom ?? "") || endsFrom > work.platform.clock.today())
    throw new EntryProblem(
      "endsFrom",
      `使えなくなる日を、有効期間の始まりから今日までの日で入力してください。${example}`,
    );
  return [endsFrom, null];
}
