import type { CertificateData, PrintedPerson } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { type CaseRow, type EventDetail, getCase, type Step } from "../cases/index.ts";
import { presetOf } from "../city/index.ts";
import { issueDocument } from "../documents/index.ts";
import {
  certificatesOf,
  type Entitlement,
  nextIssue,
  recordIssue,
  signStatement,
} from "../entitlements/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  recipientOf,
  requireReleasedAddress,
  type Unissued,
} from "../letters/index.ts";
import {
  addressLine,
  lookAtHousehold,
  type Person,
  shownKana,
  shownName,
} from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { conflict, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import type { DueCertificate } from "./certificates-due.ts";
import { currentData } from "./data.ts";
import {
  type AnyApplicationKind,
  type ApplicationKind,
  type CertificateKind,
  certificatesOfKind,
} from "./kind.ts";

/** 受給者証, or another sort of certificate, in its letter, for an entitlement as it stands. */
export async function makeCertificate<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  granted: Entitlement,
  {
    issue,
    sort = "card",
    sample,
  }: {
    issue: number;
    sort?: string | undefined;
    /** Looked at, not issued. */
    sample: boolean;
  },
): Promise<MadePaper> {
  const today = work.platform.clock.today();
  const certificate = certificatesOfKind(kind)[sort];
  if (!certificate) throw notFound("その種類の証はありません。");
  const { letters } = kind;
  const granting = await getCase(work, granted.caseId);
  const entered = await currentData(work, kind, {
    caseId: granting.id,
    personNumber: granting.personNumber,
  });
  const register = await lookAtHousehold(work, granted.personNumber, [granting.personNumber]);
  const { subject: person } = register;
  requireReleasedAddress(work, [person, ...register.household]);
  const scheme = await presetOf(work, kind.scheme, today);
  const payerNumber = valueOn(scheme.payerNumber, today);
  const { recipientNumber } = granted;
  const from = granted.validFrom as IsoDate;
  const until = await saidUntil(work, certificate, granted);
  const { birthDate } = person;
  const data: Unissued<CertificateData> = {
    to: await recipientOf(work, kind.addressee(entered, today)),
    person: printed(person),
    guardian: certificate.guardian(entered),
    address: [addressLine(person), person.address?.building].filter(Boolean).join("　"),
    payerNumber,
    recipientNumber,
    from,
    until,
    copay: valueOn(scheme.copayLines, today),
    issuedOn: today,
    reissue: issue > 1,
    office: (await officeFinder(work))(granted.officeCode),
    // What is only looked at bears nothing that a reader would take for genuine.
    statement: sample
      ? "見本"
      : signStatement(
          { payerNumber, recipientNumber, birthDate, from, until, issuedOn: today, issue },
          certificate.statement,
          work.platform.keys.signingKey,
        ),
  };
  const subject = {
    caseId: granted.caseId,
    personNumber: granted.personNumber,
    officeCode: granted.officeCode,
  };
  const own = await certificate.data?.(work, { granted, entered, common: data });
  return makePaper(work, letters.papers, {
    form: certificate.form,
    data: own ?? data,
    subject,
    sample,
  });
}

/** Last day that a certificate says which is issued today. */
async function saidUntil<Entered>(
  work: Work,
  certificate: CertificateKind<Entered> | undefined,
  granted: Entitlement,
): Promise<IsoDate> {
  const said = await certificate?.until?.(work, [granted], work.platform.clock.today());
  return said?.get(granted.id) ?? (granted.validTo as IsoDate);
}

export function printed(person: Person): PrintedPerson {
  const sex = person.sex === "female" ? "女" : person.sex === "male" ? "男" : undefined;
  const { birthDate } = person;
  return { name: shownName(person), kana: shownKana(person), birthDate, ...(sex ? { sex } : {}) };
}

/** Nothing that says the new year is issued before the yearly renewal of the household is decided. @throws Problem 409 */
async function requireRenewed(
  work: Work,
  { program, certificate }: Pick<AnyApplicationKind, "program" | "certificate">,
  caseId: string,
): Promise<void> {
  const [row] = await work.sql<{ waits: boolean }[]>`
    select exists (select from renewals.unrenewed(${program}, ${work.platform.clock.today()}) u where u = ${caseId}) as waits`;
  if (row?.waits)
    throw conflict(`今の年度の更新が決まっていないため、${certificate.title}を交付できません。`, [
      "現況届を受け付け、判定と決裁を終えてから交付してください。",
    ]);
}

/**
 * Issues certificates in a step of the act `issue`, each of an entitlement that holds. The paper is kept as issued, the one
 * before becomes invalid.
 *
 * @throws Problem 404 where none is due
 */
export async function issueCertificates<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  step: Step,
  due: readonly DueCertificate[],
): Promise<EventDetail> {
  const wanted = due.filter(({ entitled }) => entitled.status === "granted");
  const [first] = wanted;
  if (!first) throw notFound(`交付できる${kind.certificate.title}はありません。`);
  await requireRenewed(work, kind, first.entitled.caseId);
  const issued = await certificatesOf(
    work,
    wanted.map(({ entitled }) => entitled.id),
  );
  const numbers: string[] = [];
  for (const { entitled, kind: sort, reason } of wanted) {
    const issue = nextIssue(issued, entitled.id, sort);
    const made = await makeCertificate(work, kind, entitled, { issue, sort, sample: false });
    const number = await documentNumber(work, kind.letters, "certificate");
    const document = await issueDocument(work, {
      number,
      kind: "certificate",
      case: { ...step.found, personNumber: entitled.personNumber } satisfies CaseRow,
      ...made,
    });
    const until = await saidUntil(work, certificatesOfKind(kind)[sort], entitled);
    const of = { entitlementId: entitled.id, documentId: document.id, reason, kind: sort, until };
    await recordIssue(work, step, of);
    numbers.push(number);
  }
  const sorts = [...new Set(wanted.map(({ kind }) => kind))];
  return { reason: first.reason, documents: numbers, sorts };
}
