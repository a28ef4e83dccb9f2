import { childMedicalCertificate } from "#forms/child-medical/certificate.ts";
import {
  approvalNotice,
  type CertificateData,
  type Form,
  type Issuer,
  type LetterData,
  missingDocumentsNotice,
  PiecesHeld,
  type PrintedPerson,
  type Recipient,
  rejectionNotice,
  revocationNotice,
  writeForm,
} from "#forms/index.ts";
import { holds } from "#src/platform/access/index.ts";
import { latestApproval, latestEntry } from "#src/platform/approvals/index.ts";
import { type CaseRow, nextNumber } from "#src/platform/cases/index.ts";
import { issueDocument } from "#src/platform/documents/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import {
  officeFinder,
  type PaperVersion,
  paperRefused,
  paperVersion,
  printingOf,
} from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import type { Application } from "./application.ts";
import { childMedicalPapers, copayLines, papers, payerNumber } from "./city.ts";
import { periodOf } from "./context.ts";
import { currentData, documentChecksOf, type Entitlement, entitlementOf } from "./ledger.ts";
import { barcodeOf } from "./mail-address.ts";
import { rejectionReasonTitles, revocationReasonTitles } from "./reasons.ts";
import { addressLine, lookAtRegister, shownName } from "./register.ts";
import { requiredDocuments } from "./required-documents.ts";
import { signStatement } from "./statement.ts";

/** A paper that is made but not issued: for the preview, or to be kept. */
export interface MadePaper {
  pdf: Uint8Array;
  paper: PaperVersion;
}

/** Days from a decision in which the certificate is to come back. */
export const daysToReturn = 14;

/** Letters that an application may cause. */
export type LetterKind = "hold" | "grant" | "rejection" | "revocation";

/** 受給者証 in its letter, for the entitlement as it stands. */
export async function makeCertificate(
  work: Work,
  granted: Entitlement,
  { issue }: { issue: number },
): Promise<MadePaper> {
  const today = work.platform.clock.today();
  const data = await currentData(work, granted.id);
  const { child } = await lookAtRegister(work, granted.personNumber);
  releasedAddress(work, child);
  const payer = valueOn(payerNumber, today);
  const from = granted.validFrom as IsoDate;
  const until = granted.validTo as IsoDate;
  const statement = signStatement(
    {
      payerNumber: payer,
      recipientNumber: granted.recipientNumber,
      birthDate: child.birthDate,
      from,
      until,
      issuedOn: today,
      issue,
    },
    work.platform.keys.signingKey,
  );
  const piece: Unissued<CertificateData> = {
    to: recipientOf(data),
    person: printed(child),
    guardian: data.guardian.name,
    address: [addressLine(child), child.address?.building].filter(Boolean).join("　"),
    payerNumber: payer,
    recipientNumber: granted.recipientNumber,
    from,
    until,
    copay: valueOn(copayLines, today),
    issuedOn: today,
    reissue: issue > 1,
    office: await officeOf(work, granted.officeCode),
    statement,
  };
  return make(work, childMedicalCertificate, piece, granted);
}

/** A letter of the case as it would go out now; without a number it is a preview. */
export async function makeLetter(
  work: Work,
  found: CaseRow,
  kind: LetterKind,
  documentNumber = "（下書き）",
): Promise<MadePaper> {
  const granted = await entitlementOf(work, found.id);
  const data = granted ? await currentData(work, granted.id) : await enteredData(work, found);
  const letter = await letterOf(work, found, { data, granted, documentNumber });
  const about = subjectOf(found);
  switch (kind) {
    case "hold":
      return make(
        work,
        missingDocumentsNotice,
        { ...letter, ...(await missingOf(work, found)) },
        about,
      );
    case "grant": {
      const { from, to } = granted
        ? { from: granted.validFrom as IsoDate, to: granted.validTo as IsoDate }
        : await proposedPeriod(work, found);
      const { basis, appeal } = papers;
      return make(work, approvalNotice, { ...letter, from, until: to, basis, appeal }, about);
    }
    case "rejection": {
      const reason =
        rejectionReasonTitles[(await reasonOf(work, found)) as keyof typeof rejectionReasonTitles];
      const { basis, appeal } = papers;
      return make(work, rejectionNotice, { ...letter, reason, basis, appeal }, about);
    }
    case "revocation": {
      const reason =
        revocationReasonTitles[
          (await reasonOf(work, found)) as keyof typeof revocationReasonTitles
        ];
      const data = {
        ...letter,
        reason,
        revokedFrom: (granted?.validFrom ?? letter.date) as IsoDate,
        basis: papers.basis,
        requests: [
          `${formatWareki(addDays(letter.date, daysToReturn))}までに、お手元の受給者証を下のお問い合わせ先に返してください（郵送でも結構です）。`,
        ],
        appeal: papers.appeal,
      };
      return make(work, revocationNotice, data, about);
    }
  }
}

/** What every letter of a case says: to whom, from whom, about which child. */
export async function letterOf(
  work: Work,
  found: CaseRow,
  {
    data,
    granted,
    documentNumber,
  }: { data: Application; granted: Entitlement | undefined; documentNumber: string },
): Promise<Unissued<LetterData>> {
  const { child } = await lookAtRegister(work, found.personNumber);
  releasedAddress(work, child);
  const received = found.kind === "child-medical" ? "申請日" : "届出の受付日";
  return {
    to: recipientOf(data),
    documentNumber,
    date: work.platform.clock.today(),
    office: await officeOf(work, found.officeCode),
    program: papers.program,
    facts: [
      { label: received, value: formatWareki(found.receivedOn as IsoDate) },
      { label: "対象のお子さま", value: shownName(child), purpose: "name" },
      { label: "生年月日", value: formatWareki(child.birthDate) },
      ...(granted ? [{ label: "受給者番号", value: granted.recipientNumber }] : []),
    ],
  };
}

/** Gives a letter its number, makes it and keeps it as issued. */
export async function issueLetter<Kind extends string>(
  work: Work,
  found: CaseRow,
  kind: Kind,
  makeOf: (work: Work, found: CaseRow, kind: Kind, documentNumber: string) => Promise<MadePaper>,
): Promise<void> {
  const number = `${papers.numberPrefix}${await nextNumber(work, "child-medical.document", work.platform.clock.today())}号`;
  const made = await makeOf(work, found, kind, number);
  await issueDocument(work, { number, kind, case: found, ...made });
}

/** Data of a paper before the 帳票の設定 says who issues it. */
export type Unissued<Data> = Omit<Data, "issuer">;

/** Whom and which case a paper is about. */
export interface PaperSubject {
  caseId: string;
  personNumber: string;
  officeCode: string;
}

export const subjectOf = ({ id, personNumber, officeCode }: CaseRow): PaperSubject => ({
  caseId: id,
  personNumber,
  officeCode,
});

/**
 * Prints a paper under the setting that holds today. One that is refused says why: fields and code points, nothing of the
 * person.
 */
export async function make<Data extends { readonly issuer: Issuer }>(
  work: Work,
  form: Form<Data>,
  data: Unissued<Data>,
  { caseId, personNumber, officeCode }: PaperSubject,
): Promise<MadePaper> {
  const { id: setting, issuer, fonts, wording } = await printingOf(work, childMedicalPapers);
  try {
    const piece = { ...data, issuer } as unknown as Data;
    const pdf = await writeForm(form, piece, { fonts, wording: wording(form) });
    return { pdf, paper: paperVersion(form, setting) };
  } catch (error) {
    if (!(error instanceof PiecesHeld)) throw error;
    const { program } = childMedicalPapers;
    throw paperRefused(
      { caseId, personNumber, officeCode, program, form: form.id },
      error.held.flatMap(({ problems }) => problems),
    );
  }
}

function recipientOf(data: Application): Recipient {
  const to = data.mailing ?? data.guardian;
  const { name, postalCode, address, building } = to;
  const barcode = barcodeOf(to);
  return {
    postalCode,
    address,
    name,
    ...(building ? { building } : {}),
    ...(barcode ? { barcode } : {}),
  };
}

function printed(child: Person): PrintedPerson {
  const sex = child.sex === "female" ? "女" : child.sex === "male" ? "男" : undefined;
  const kana = child.name?.commonKana ?? child.name?.kana ?? "";
  return { name: shownName(child), kana, birthDate: child.birthDate, ...(sex ? { sex } : {}) };
}

/** 支援措置, of the child or of one it lives with: papers are made only by who may see the address, never by the clock. */
function releasedAddress(work: Work, child: Person): void {
  const byTheClock = child.isProtected && holds(work.actor, "system.run");
  if (!child.addressMasked && !byTheClock) return;
  throw new Problem({
    status: 403,
    message: "支援措置の対象者です。住所を扱う権限のある職員が確認のうえ発行してください。",
  });
}

const officeOf = async (work: Work, code: string) =>
  (await officeFinder(work, childMedicalPapers))(code);

/** Before the decision, the notice can be looked at with the period as it would be granted. */
async function proposedPeriod(work: Work, found: CaseRow): Promise<{ from: IsoDate; to: IsoDate }> {
  const period = await periodOf(work, found);
  if (!period.granted) throw new Problem({ status: 422, message: period.reason });
  return period;
}

async function enteredData(work: Work, found: CaseRow): Promise<Application> {
  const entry = await latestEntry(work, found.id);
  if (!entry)
    throw new Problem({
      status: 422,
      message: "申請内容が入力されていないため、宛先がありません。",
    });
  return getSealedOne<Application>(work, entry.sealedId);
}

async function missingOf(work: Work, found: CaseRow) {
  const missing = (await documentChecksOf(work, found.id)).filter(
    (row) => row.status === "missing",
  );
  const [due] = await work.sql<{ due_on: IsoDate }[]>`
    select max(due_on) as due_on from cases.deadline where case_id = ${found.id} and closed_at is null`;
  return {
    documents: missing.map(({ code }) => {
      const { title, hint } = requiredDocuments[code as keyof typeof requiredDocuments];
      return { name: title, hint };
    }),
    deadline: due?.due_on ?? work.platform.clock.today(),
  };
}

/** The reason of the newest proposal, as a code. */
async function reasonOf(work: Work, found: CaseRow): Promise<string> {
  const proposal = await latestApproval(work, found.id);
  const [row] = await work.sql<{ reason: string | null }[]>`
    select detail->>'reason' as reason from cases.event
     where case_id = ${found.id} and revision = ${proposal?.preparedRevision ?? 0}`;
  if (!row?.reason) throw new Error("a refusal always has a reason");
  return row.reason;
}
