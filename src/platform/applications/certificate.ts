import type { CertificateData, PrintedPerson } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { type CaseRow, type EventDetail, getCase, type Step } from "../cases/index.ts";
import { presetOf } from "../city/index.ts";
import { issueDocument } from "../documents/index.ts";
import {
  certificatesOf,
  type Entitlement,
  entitlementsOfCase,
  type IssueReason,
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
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { currentData } from "./data.ts";
import type { ApplicationKind } from "./kind.ts";

/** 受給者証 in its letter, for an entitlement as it stands. */
export async function makeCertificate<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  granted: Entitlement,
  { issue }: { issue: number },
): Promise<MadePaper> {
  const today = work.platform.clock.today();
  const { certificate, letters } = kind;
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
  const [from, until] = [granted.validFrom as IsoDate, granted.validTo as IsoDate];
  const { birthDate } = person;
  const data: Unissued<CertificateData> = {
    to: await recipientOf(work, kind.addressee(entered)),
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
    statement: signStatement(
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
  return makePaper(work, letters.papers, { form: certificate.form, data, subject });
}

function printed(person: Person): PrintedPerson {
  const sex = person.sex === "female" ? "女" : person.sex === "male" ? "男" : undefined;
  const { birthDate } = person;
  return { name: shownName(person), kana: shownKana(person), birthDate, ...(sex ? { sex } : {}) };
}

/**
 * Issues certificates in a step of the act `issue`: of every person of the case who has none, or of one person again. The
 * paper is kept as issued, the one before becomes invalid.
 */
export async function issueCertificates<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  step: Step,
  { reason, personNumber }: { reason: IssueReason; personNumber?: string | undefined },
): Promise<EventDetail> {
  const granted = (await entitlementsOfCase(work, step.found.id)).filter(
    (one) => one.status === "granted" && (!personNumber || one.personNumber === personNumber),
  );
  const issued = await certificatesOf(
    work,
    granted.map(({ id }) => id),
  );
  const wanted = personNumber
    ? granted
    : granted.filter(({ id }) => !issued.some((one) => one.entitlementId === id && !one.endedOn));
  if (wanted.length === 0) throw notFound("交付できる受給者証はありません。");
  const numbers: string[] = [];
  for (const one of wanted) {
    const issue = nextIssue(issued, one.id);
    const made = await makeCertificate(work, kind, one, { issue });
    const number = await documentNumber(work, kind.letters, "certificate");
    const document = await issueDocument(work, {
      number,
      kind: "certificate",
      case: { ...step.found, personNumber: one.personNumber } satisfies CaseRow,
      ...made,
    });
    await recordIssue(work, step, { entitlementId: one.id, documentId: document.id, reason });
    numbers.push(number);
  }
  return { reason, documents: numbers };
}
