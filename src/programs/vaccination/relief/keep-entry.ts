import { claimFacts } from "#db/schema/relief.ts";
import {
  type EventDetail,
  type Handler,
  type Step,
  setMembers,
} from "#src/platform/cases/index.ts";
import {
  documentChecksOf,
  latestEntry,
  openEntry,
  parse,
  recordDocuments,
  sealEntry,
} from "#src/platform/intake/index.ts";
import { hasReached, lookAtPerson, type Person } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import { claimantFault } from "#workflows/vaccination/relief/claimants.ts";
import { documentsAsked, reliefDocuments } from "#workflows/vaccination/relief/documents.ts";
import { factsOf } from "./basis.ts";
import { type ReliefEntry, reliefEntrySchema, type SealedRelief, sealedPart } from "./entry.ts";

/** The papers of a claim as the common screens know them: which are asked for is settled by the entry. */
export const reliefRequired = Object.fromEntries(
  Object.entries(reliefDocuments).map(([code, { title, hint }]) => [
    code,
    { title, hint, standard: false },
  ]),
);

const adult = 18;

/**
 * Keeps what was entered of a claim, names the claimant, and asks for the papers of the benefits.
 *
 * @throws EntryProblem at the field that is wrong: days that cannot be, somebody who is not entitled to that kind of benefit
 */
export const keepEntry: Handler = async (work, step) => {
  const { found } = step;
  const entry = parse(reliefEntrySchema, step.input) as ReliefEntry;
  const person = await lookAtPerson(work, found.personNumber, ["facts"]);
  if (!person) throw new Error("the subject of a case is in the register");
  judge(entry, person, work.platform.clock.today());
  const isSelf = entry.claimantNumber === found.personNumber;
  if (isSelf !== (entry.relation === "self"))
    throw new EntryProblem("claimantNumber", "請求する方と続柄が合いません。");
  if (!isSelf && !(await lookAtPerson(work, entry.claimantNumber, ["facts"])))
    throw new EntryProblem("claimantNumber", "この統合宛名番号の方はいません。");
  await setMembers(
    work,
    found.id,
    isSelf ? [] : [{ personNumber: entry.claimantNumber, role: "applicant" }],
  );
  await sealEntry(work, step, [{ personNumber: found.personNumber, data: sealedPart(entry) }]);
  const { class: of, vaccine, shotOn, shotId, residenceCode, diedOn, benefits } = entry;
  await work.tx.insert(claimFacts).values({
    caseId: found.id,
    class: of,
    vaccine,
    shotOn,
    residenceCode,
    benefits,
    relation: entry.relation,
    claimantNumber: entry.claimantNumber,
    claimedOn: entry.claimedOn,
    ...(shotId ? { shotId } : {}),
    ...(diedOn ? { diedOn } : {}),
  });
  await askForPapers(work, found.id, benefits);
  return { benefits, class: of };
};

function judge(entry: ReliefEntry, person: Person, today: IsoDate): void {
  const { shotOn, claimedOn } = entry;

  if (claimedOn > today)
    throw new EntryProblem("claimedOn", "請求日に、今日より後の日付は入力できません。");
  if (shotOn > claimedOn)
    throw new EntryProblem("shotOn", "接種日は、請求日より後にはなりません。");
  if (entry.diedOn && (entry.diedOn < shotOn || entry.diedOn > today))
    throw new EntryProblem("diedOn", "死亡日は、接種日から今日までの日付です。");
  if (entry.onsetOn && (entry.onsetOn < shotOn || entry.onsetOn > today))
    throw new EntryProblem("onsetOn", "発症日は、接種日から今日までの日付です。");
  const fault = claimantFault({
    class: entry.class,
    benefits: entry.benefits,
    relation: entry.relation,
    ofAge: hasReached(person, adult, claimedOn),
    died: entry.diedOn !== undefined,
  });
  if (fault) throw new EntryProblem(fault.field, fault.message);
}

/** Asks for what the benefits need; what was seen already stays seen, and what is no longer needed falls away. */
async function askForPapers(
  work: Work,
  caseId: string,
  benefits: readonly ReliefBenefit[],
): Promise<void> {
  const asked = documentsAsked(benefits);
  const known = new Map(
    (await documentChecksOf(work, caseId)).map(({ code, status }) => [code, status]),
  );
  const codes = [...new Set<string>([...asked, ...known.keys()])];
  const statuses = codes.map((code) => {
    const before = known.get(code);
    if (!(asked as string[]).includes(code)) return "not-needed";
    return before === undefined || before === "not-needed" ? "missing" : before;
  });
  await work.sql`select intake.record_documents(${caseId}, ${codes}::text[], ${statuses}::text[],
    ${codes.map(() => null)}::date[])`;
}

/**
 * What was found of the papers of a claim.
 *
 * @throws EntryProblem for a paper that no benefit of the claim asks for
 */
export async function keepPapers(work: Work, step: Step): Promise<EventDetail> {
  const facts = await factsOf(work, step.found.id);
  const asked: readonly string[] = documentsAsked((facts?.benefits ?? []) as ReliefBenefit[]);
  for (const [code, status] of Object.entries((step.input ?? {}) as Record<string, unknown>))
    if (status !== "not-needed" && !asked.includes(code))
      throw new EntryProblem(
        code,
        "この給付の請求には求めない書類です。「不要」にするか、請求する給付を確かめてください。",
      );
  return recordDocuments(work, step, reliefRequired);
}

/** What is sealed of the newest entry; opened, and that is logged. */
export async function openSealedRelief(
  work: Work,
  caseId: string,
): Promise<SealedRelief | undefined> {
  const entry = await latestEntry(work, caseId);
  if (!entry) return undefined;
  const [piece] = await openEntry(work, entry);
  return piece?.data as SealedRelief | undefined;
}
