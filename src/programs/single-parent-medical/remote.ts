import { type LetterData, writeForm } from "#forms/index.ts";
import {
  type RemoteReminderData,
  remoteReminder,
} from "#forms/single-parent-medical/remote-reminder.ts";
import { currentData } from "#src/platform/applications/index.ts";
import {
  makePaper,
  recipientOf,
  requireReleasedAddress,
  type Unissued,
} from "#src/platform/letters/index.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import { officeFinder, printingOf } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { singleParent } from "./application.ts";

/** Days before the last one from which households are written to. */
export const reminderDays = 60;

/** A 遠隔地証 that holds, until its day. */
export interface RemoteHeld {
  featureId: number;
  personNumber: string;
  recipientNumber: string;
  caseId: string;
  /** The subject of the application. */
  subject: string;
  caseNumber: string;
  officeCode: string;
  since: IsoDate;
  reason: string;
  until: IsoDate | null;
  remindedOn: IsoDate | null;
}

const holding = ({ sql, platform }: Work, only: "due" | "all") => sql`
  from (select distinct on (f.entitlement_id) f.* from single_parent.feature f where f.kind = 'remote-certificate'
         order by f.entitlement_id, f.id desc) f
  join entitlements.entitlement e on e.id = f.entitlement_id join cases.case c on c.id = e.case_id
  left join single_parent.remote_reminder r on r.feature_id = f.id
 where f.applies and e.status in ('granted', 'suspended') and e.valid_to >= ${platform.clock.today()}
   ${only === "due" ? sql`and r.feature_id is null and f.until between ${platform.clock.today()} and ${addDays(platform.clock.today(), reminderDays)}` : sql``}`;

/** Who has a 遠隔地証, by its last day; `due`: those who are to be written to. */
export const listRemote = (
  work: Work,
  { only, from, size, among }: Lines & { only: "due" | "all"; among?: readonly number[] },
): Promise<RemoteHeld[]> =>
  work.sql<RemoteHeld[]>`
    select f.id::int as "featureId", e.person_number as "personNumber", e.recipient_number as "recipientNumber", e.case_id as "caseId",
           c.person_number as subject, c.number as "caseNumber", e.office_code as "officeCode", f.occurs_on::text as since, f.reason, f.until::text as until,
           r.reminded_on::text as "remindedOn"
    ${holding(work, only)} ${among ? work.sql`and f.id = any(${[...among]}::bigint[])` : work.sql``}
    order by f.until nulls last, f.id limit ${size} offset ${from}`;

/** How many, and since when the nearest has been due. */
export async function countRemote(work: Work, only: "due" | "all"): Promise<Figures> {
  const [row] = await work.sql<{ count: number; nearest: IsoDate | null }[]>`
    select count(*)::int as count, min(f.until)::text as nearest ${holding(work, only)}`;
  const { count = 0, nearest = null } = row ?? {};
  return { count, since: nearest && new Date(addDays(nearest, -reminderDays)), nearest };
}

/**
 * 更新のお知らせ of some 遠隔地証, one letter each, and notes that they were written.
 *
 * @throws Problem 403 for people under 支援措置, 404 where none holds, 422 when a character cannot be printed
 */
export async function remindRemote(work: Work, featureIds: readonly number[]): Promise<Uint8Array> {
  const rows = (
    await listRemote(work, { only: "all", from: 0, size: 100, among: featureIds })
  ).filter((one) => one.until !== null);
  if (rows.length === 0)
    throw new Problem({ status: 404, message: "期限のある遠隔地証を選んでください。" });
  const numbers = rows.flatMap(({ personNumber, subject }) => [personNumber, subject]);
  const people = await lookAtPeople(work, [...new Set(numbers)], ["facts", "name", "address"]);
  requireReleasedAddress(work, people);
  const nameOf = new Map(people.map((one) => [one.personNumber, shownName(one)]));
  const officeOf = await officeFinder(work);
  const { letters, addressee } = singleParent;
  const { papers, title } = letters;
  const made: Unissued<RemoteReminderData>[] = [];
  for (const { caseId, subject, personNumber, recipientNumber, officeCode, until } of rows) {
    const entered = await currentData(work, singleParent, { caseId, personNumber: subject });
    const letter: Unissued<LetterData> = {
      to: await recipientOf(work, addressee(entered, work.platform.clock.today())),
      documentNumber: "",
      date: work.platform.clock.today(),
      office: officeOf(officeCode),
      program: title,
      facts: [
        { label: "対象の児童", value: nameOf.get(personNumber) ?? "", purpose: "name" },
        { label: "受給者番号", value: recipientNumber },
      ],
    };
    const data = { ...letter, until: until as IsoDate };
    // Each by itself first: what cannot be printed enters the 外字一覧 with its person.
    const about = { caseId, personNumber, officeCode };
    await makePaper(work, papers, { form: remoteReminder, data, subject: about, sample: false });
    made.push(data);
  }
  const { issuer, fonts, wording } = await printingOf(work, papers);
  const letterData = made.map((data) => ({ ...data, issuer }));
  const pdf = await writeForm(remoteReminder, letterData, {
    fonts,
    wording: wording(remoteReminder),
  });
  await work.sql`select single_parent.note_reminded(${rows.map(({ featureId }) => featureId)}::bigint[])`;
  return pdf;
}
