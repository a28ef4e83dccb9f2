import type { Actor } from "#src/platform/access/index.ts";
import {
  changedSinceIssue,
  currentData,
  goneSince,
  type LossFinder,
  openLossesFromRegister,
  reportFromRegister,
} from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import {
  addressLine,
  lookAtPerson,
  newbornsOf,
  type Person,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { singleParent } from "./application.ts";
import { singleParentChanges } from "./changes.ts";
import type { Entered } from "./entered.ts";

const program = "single-parent-medical";
/** Days for which a birth is looked for; older ones were proposed or reported by then. */
const daysAfterBirth = 90;

/** The household ends with its parent and with its last child; otherwise a child that is gone ends alone. */
const lossesOf: LossFinder = (held) => {
  const parent = held.find(({ ofSubject, live }) => ofSubject && live);
  if (!parent) return [];
  const of = parent.entitled;
  const gone = goneSince(parent.person);
  if (gone) return [{ of, subject: "household-loss", reason: gone.why, on: gone.on }];
  const children = held.filter(({ ofSubject }) => !ofSubject);
  const ends = children.map((child) => {
    const left = child.live ? goneSince(child.person) : undefined;
    return {
      child,
      left,
      on: child.live ? left?.on : addDays(child.entitled.validTo as IsoDate, 1),
    };
  });
  if (ends.every(({ on }) => on !== undefined)) {
    const on = ends
      .flatMap((end) => end.on ?? [])
      .toSorted()
      .at(-1);
    return on ? [{ of, subject: "household-loss", reason: "no-child", on }] : [];
  }
  return ends.flatMap(({ child, left }) =>
    left ? [{ of: child.entitled, subject: "child-loss", reason: left.why, on: left.on }] : [],
  );
};

/** Opens reports of loss for households and children who left the city or died, as the resident feed tells. */
export const openLosses = (platform: Platform, system: Actor): Promise<number> =>
  openLossesFromRegister(platform, system, singleParentChanges, lossesOf);

/** Proposes what else the register tells: children who were born, certificates that say an old name or address. */
export function openProposals(platform: Platform, system: Actor): Promise<number> {
  const reason = "住民記録の異動による届出の提案";
  return runWork(platform, system, { purpose: "feed", program, reason }, async (work) => {
    const births = await proposeNewborns(work);
    return births + (await proposeCertificates(work));
  });
}

async function proposeNewborns(work: Work): Promise<number> {
  const today = work.platform.clock.today();
  const parents = await work.sql<{ caseId: string; personNumber: string }[]>`
    select c.id as "caseId", c.person_number as "personNumber"
      from entitlements.entitlement e join cases.case c on c.id = e.case_id and c.person_number = e.person_number
     where e.program = ${program} and e.status = 'granted' and e.valid_to >= ${today}`;
  const caseOf = new Map(parents.map(({ caseId, personNumber }) => [personNumber, caseId]));
  const born = await newbornsOf(work, [...caseOf.keys()], addDays(today, -daysAfterBirth));
  const known = await work.sql<{ person_number: string }[]>`
    select distinct m.person_number from cases.member m join cases.case c on c.id = m.case_id
     where c.program = ${program} and m.to_revision is null and m.person_number = any(${born.map((one) => one.personNumber)}::text[])`;
  const isKnown = new Set(known.map((row) => row.person_number));
  let count = 0;
  for (const { personNumber, birthDate, of } of born) {
    const grantingCaseId = caseOf.get(of);
    if (!grantingCaseId || isKnown.has(personNumber)) continue;
    const child = { role: "child", personNumber, relation: "child", insurance: null };
    count += await reportFromRegister(work, singleParentChanges, {
      grantingCaseId,
      personNumber: of,
      subject: "child-addition",
      occursOn: birthDate as IsoDate,
      input: { child: { ...child, disabled: false, pupil: false, apart: false } },
      key: `register-birth:${grantingCaseId}:${personNumber}`,
    });
  }
  return count;
}

async function proposeCertificates(work: Work): Promise<number> {
  let count = 0;
  for (const found of await changedSinceIssue(work, program)) {
    const { grantingCaseId, personNumber, importId, committedOn, changes } = found;
    const person = await lookAtPerson(work, personNumber, ["name", "address"]);
    if (!person) continue;
    const { personNumber: subject } = await getCase(work, grantingCaseId);
    const data = await currentData(work, singleParent, {
      caseId: grantingCaseId,
      personNumber: subject,
    });
    const isSubject = subject === personNumber;
    const report = { grantingCaseId, personNumber, occursOn: committedOn };
    const renamed = changes.some((change) => change !== "address");
    if (renamed)
      count += await reportFromRegister(work, singleParentChanges, {
        ...report,
        subject: "name",
        input: isSubject ? { applicant: withName(data, person) } : { name: shownName(person) },
        key: `register-name:${grantingCaseId}:${personNumber}:${importId}`,
      });
    if (changes.includes("address"))
      count += await reportFromRegister(work, singleParentChanges, {
        ...report,
        subject: "address",
        input: { applicant: isSubject ? withAddress(data, person) : data.applicant },
        key: `register-address:${grantingCaseId}:${importId}`,
      });
  }
  return count;
}

const withName = ({ applicant }: Entered, person: Person): Entered["applicant"] => ({
  ...applicant,
  name: shownName(person),
  kana: shownKana(person),
});

const withAddress = ({ applicant }: Entered, person: Person): Entered["applicant"] => ({
  ...applicant,
  postalCode: person.address?.postalCode ?? "",
  address: addressLine(person),
  building: person.address?.building ?? "",
});
