import type { NotifiedRecipient } from "#forms/intractable-disease/institution-notice.ts";
import { institutionNotice } from "#forms/intractable-disease/institution-notice.ts";
import { currentData } from "#src/platform/applications/index.ts";
import { documentNumber, type MadePaper, makePaper } from "#src/platform/letters/index.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { intractable } from "./application.ts";
import { termsOn } from "./terms.ts";

/** How many changes of a period are read at once: each opens the entry of an application. */
const most = 300;

/** What of an entitlement an institution is to be told: it began, its terms changed, or it ended before its day. */
interface Happened {
  entitlementId: string;
  caseId: string;
  casePerson: string;
  personNumber: string;
  officeCode: string;
  recipientNumber: string;
  what: NotifiedRecipient["what"];
  aboutOn: IsoDate;
  validFrom: IsoDate;
  validTo: IsoDate;
}

/** An institution with what it is to be told. */
export interface InstitutionDue {
  code: string;
  name: string;
  happened: readonly Happened[];
}

/**
 * Institutions that applications name, with what was decided of their patients within some days and was not told them yet.
 *
 * @throws EntryProblem `to` where the days hold too much to be read at once
 */
export async function institutionsDue(
  work: Work,
  { from, to }: { from: IsoDate; to: IsoDate },
): Promise<InstitutionDue[]> {
  const happened = await work.sql<Happened[]>`
    select e.id as "entitlementId", e.case_id as "caseId", c.person_number as "casePerson", e.person_number as "personNumber", e.office_code as "officeCode",
           e.recipient_number as "recipientNumber", h.what, h.about_on::text as "aboutOn", e.valid_from::text as "validFrom", e.valid_to::text as "validTo"
      from entitlements.entitlement e join cases.case c on c.id = e.case_id
      cross join lateral (
        select 'granted' as what, e.valid_from as about_on, e.granted_on as on_day where e.status <> 'revoked'
        union all
        select 'changed', t.valid_from, (t.recorded_at at time zone 'Asia/Tokyo')::date from intractable_disease.terms t
         where t.entitlement_id = e.id and t.case_id <> e.case_id
        union all
        select 'ended', e.lost_on, (m.recorded_at at time zone 'Asia/Tokyo')::date from entitlements.movement m
         where m.entitlement_id = e.id and m.type in ('lost', 'revoked') and e.lost_on is not null) h
     where e.program = 'intractable-disease' and h.on_day between ${from} and ${to}
     order by e.recipient_number, h.about_on limit ${most + 1}`;
  if (happened.length > most)
    throw new EntryProblem("to", `この期間は${most}件を超えます。期間を短くしてください。`);
  const told = await work.sql<{ key: string }[]>`
    select entitlement_id || ' ' || institution_code || ' ' || what || ' ' || about_on as key from intractable_papers.institution_told
     where entitlement_id = any(${happened.map(({ entitlementId }) => entitlementId)}::uuid[])`;
  const known = new Set(told.map(({ key }) => key));
  const found = new Map<string, { name: string; happened: Happened[] }>();
  for (const one of happened) {
    const { caseId, casePerson, entitlementId, what, aboutOn } = one;
    const about = { caseId, personNumber: casePerson };
    const { institutions } = await currentData(work, intractable, about);
    for (const { code, name } of institutions) {
      if (!/^\d{10}$/.test(code) || known.has(`${entitlementId} ${code} ${what} ${aboutOn}`))
        continue;
      const institution = found.get(code) ?? { name, happened: [] };
      institution.happened.push(one);
      found.set(code, institution);
    }
  }
  return [...found].map(([code, rest]) => ({ code, ...rest })).toSorted(byCode);
}

const byCode = (one: InstitutionDue, other: InstitutionDue) => one.code.localeCompare(other.code);

/**
 * The letter to an institution, and that it was told. Of people whose address is withheld nobody is told of by a letter.
 *
 * @param address where it goes, as somebody typed it
 */
export async function tellInstitution(
  work: Work,
  due: InstitutionDue,
  address: { postalCode: string; address: string },
): Promise<MadePaper> {
  const today = work.platform.clock.today();
  const numbers = [...new Set(due.happened.map(({ personNumber }) => personNumber))];
  const people = new Map(
    (await lookAtPeople(work, numbers, ["facts", "name"])).map((one) => [one.personNumber, one]),
  );
  const open = due.happened.filter(({ personNumber }) => !people.get(personNumber)?.isProtected);
  const [first] = open;
  if (!first)
    throw new EntryProblem(
      "code",
      "支援措置の方だけのため、通知を作れません。医療機関には、本人の意向を確かめて伝えてください。",
    );
  const recipients: NotifiedRecipient[] = [];
  for (const one of open) {
    const person = people.get(one.personNumber);
    // Of what begins later it tells what will hold then.
    const on = later(today, one.validFrom);
    const own = (await termsOn(work, [one.entitlementId], on)).get(one.entitlementId);
    recipients.push({
      name: person ? shownName(person) : "",
      recipientNumber: one.recipientNumber,
      payerNumber: own?.payerNumber ?? "",
      what: one.what,
      from: one.validFrom,
      until: one.validTo,
      ...(one.what === "ended" || !own ? {} : { limit: own.cap }),
    });
  }
  const made = await makePaper(work, intractable.letters.papers, {
    form: institutionNotice,
    data: {
      to: { ...address, name: due.name, honorific: "御中" },
      documentNumber: await documentNumber(work, intractable.letters, "document"),
      date: today,
      office: (await officeFinder(work))(first.officeCode),
      program: intractable.letters.title,
      facts: [],
      institutionNumber: due.code,
      recipients,
    },
    subject: { personNumber: first.personNumber, officeCode: first.officeCode },
    sample: false,
  });
  await work.sql`
    select intractable_papers.tell_institutions(${open.map(({ entitlementId }) => entitlementId)}::uuid[], ${open.map(() => due.code)}::text[], ${open.map(({ what }) => what)}::text[],
      ${open.map(({ aboutOn }) => aboutOn)}::date[])`;
  return made;
}
