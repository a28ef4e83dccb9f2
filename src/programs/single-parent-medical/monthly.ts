import { z } from "zod";
import type { CertificateData, Office } from "#forms/index.ts";
import { certificatesOfKind, householdsForRun, printed } from "#src/platform/applications/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { signStatement } from "#src/platform/entitlements/index.ts";
import {
  declareMailingKind,
  type MailingKind,
  type PreparedPiece,
} from "#src/platform/mailings/index.ts";
import { addressLine } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { singleParent } from "./application.ts";

const orderShape = z.strictObject({
  sort: z.string(),
  from: z.iso.date().transform((day) => day as IsoDate),
  to: z.iso.date().transform((day) => day as IsoDate),
});
/** Which certificates a run sends: of a sort, issued from one day to another. */
export type MonthlyOrder = z.infer<typeof orderShape>;
const readOrder = (parameters: unknown): MonthlyOrder => orderShape.parse(parameters);

const reasons = { "not-due": "証が失効した、又は窓口で渡した" } as const;
type Reason = keyof typeof reasons;

/** A certificate that a step of a case issued and that reached nobody yet. */
interface Undelivered {
  id: string;
  entitlementId: string;
  personNumber: string;
  caseId: string;
  casePerson: string;
  recipientNumber: string;
  officeCode: string;
  validFrom: IsoDate;
  until: IsoDate;
  issue: number;
  issuedOn: IsoDate;
  template: string;
  setting: number | null;
}

interface Facts {
  certificateId: string;
  office: Office;
  paper: Omit<CertificateData, "issuer" | "office" | "to" | "issuedOn">;
}

const undelivered = ({ sql }: Work, { sort, from, to }: MonthlyOrder, among?: readonly string[]) =>
  sql<Undelivered[]>`
    select certificate_id as id, entitlement_id as "entitlementId", person_number as "personNumber", case_id as "caseId", case_person as "casePerson",
           recipient_number as "recipientNumber", office_code as "officeCode", valid_from::text as "validFrom", until::text as until, issue,
           issued_on::text as "issuedOn", template_version as template, form_setting_id as setting
      from single_parent.undelivered(${sort}, ${from}, ${to}, ${among ? [...among] : null}::text[]) order by person_number`;

export const monthlyMailingId = (sort: string): string =>
  sort === "card" ? "single-parent-medical-monthly" : `single-parent-medical-monthly-${sort}`;

/**
 * New and changed certificates of some days, as steps of cases issued them: printed by a contractor in the form and the setting
 * in which they were issued, with their own numbers. What was handed over at the counter, or went with a run, does not go.
 */
function monthlyMailing(sort: string): MailingKind<Facts, Reason> {
  const certificate = certificatesOfKind(singleParent)[sort];
  if (!certificate) throw new Error(`no certificate ${sort}`);
  const kind: MailingKind<Facts, Reason> = {
    id: monthlyMailingId(sort),
    title: `${certificate.title}（月次）`,
    papers: singleParent.letters.papers,
    form: certificate.form as MailingKind<Facts, Reason>["form"],
    asIssued: true,
    subjects: "証",
    subjectTitle: () => certificate.title,
    number: {
      title: "受給者番号",
      sample: "0000000",
      read: (code) => /^\d{7}$/.exec(code.normalize("NFKC").trim())?.[0],
    },
    reasons,
    describe(parameters) {
      const { from, to } = readOrder(parameters);
      return [
        { label: "証", value: certificate.title },
        { label: "交付した日", value: `${formatWareki(from)}から${formatWareki(to)}まで` },
      ];
    },
    overlap(parameters, others) {
      const [mine, theirs] = [readOrder(parameters), readOrder(others)];
      return mine.from <= theirs.to && theirs.from <= mine.to ? { subjects: [sort] } : null;
    },
    async select(work, { parameters }) {
      const found = await undelivered(work, readOrder(parameters));
      return found.map(({ personNumber, recipientNumber }) => ({
        personNumber,
        subject: sort,
        pieceNumber: recipientNumber,
      }));
    },
    async prepare(work, run, pieces) {
      const order = readOrder(run.parameters);
      const among = pieces.map(({ personNumber }) => personNumber);
      const due = (await undelivered(work, order, among)).map((one) => ({
        ...one,
        certificateId: one.id,
        id: one.entitlementId,
      }));
      const byPerson = new Map(due.map((one) => [one.personNumber, one]));
      const known = await householdsForRun(work, singleParent, due, work.platform.clock.today());
      const scheme = await presetOf(work, singleParent.scheme, order.to);
      return pieces.map(({ personNumber, person }) => {
        const one = byPerson.get(personNumber);
        const to = one && known.to.get(one.id);
        const entered = one && known.entered.get(one.caseId);
        if (!one || !to || !entered) return { leftOut: "not-due" };
        const { recipientNumber, validFrom: from, until, issue, issuedOn } = one;
        const payerNumber = valueOn(scheme.payerNumber, issuedOn);
        const { birthDate } = person;
        const statement = run.sample
          ? "見本"
          : signStatement(
              { payerNumber, recipientNumber, birthDate, from, until, issuedOn, issue },
              certificate.statement,
              work.platform.keys.signingKey,
            );
        const paper = {
          person: printed(person),
          guardian: certificate.guardian(entered),
          address: [addressLine(person), person.address.building].filter(Boolean).join("　"),
          payerNumber,
          recipientNumber,
          from,
          until,
          copay: valueOn(scheme.copayLines, issuedOn),
          reissue: issue > 1,
          statement,
        };
        const facts = {
          certificateId: one.certificateId,
          office: known.officeOf(one.officeCode),
          paper,
        };
        const issued = { paper: { template: one.template, setting: one.setting }, on: issuedOn };
        return { facts, to, issued, isProtected: known.isProtected(one.caseId) };
      });
    },
    data: ({ facts, to, datedOn }: PreparedPiece<Facts>, { issuer }): CertificateData => ({
      ...facts.paper,
      issuer,
      office: facts.office,
      to,
      issuedOn: datedOn,
    }),
    async record(work, run, pieces) {
      const ids = pieces.map(({ facts }) => facts.certificateId);
      await work.sql`select single_parent.deliver_by_run(${run.id}, ${ids}::uuid[])`;
    },
    async withdraw(work, runId) {
      await work.sql`select single_parent.withdraw_deliveries(${runId})`;
    },
  };
  declareMailingKind(kind);
  return kind;
}

/** One for each sort of certificate. */
export const monthlyMailings = Object.keys(certificatesOfKind(singleParent)).map((sort) => ({
  sort,
  title: certificatesOfKind(singleParent)[sort]?.title ?? sort,
  kind: monthlyMailing(sort),
}));
