import { z } from "zod";
import type { IntractableCertificateData } from "#forms/intractable-disease/certificate.ts";
import { intractableCertificate } from "#forms/intractable-disease/certificate.ts";
import { householdsForRun, printed } from "#src/platform/applications/index.ts";
import type { MailingKind } from "#src/platform/mailings/index.ts";
import { addressLine } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { intractable } from "../application.ts";
import { certificateData } from "../certificate-data.ts";
import { termsForRun } from "../terms.ts";
import { recipientNumberOf } from "./standings.ts";

/** The kind of runs. */
export const renewedCertificatesId = "intractable-disease-renewed-certificates";
const orderShape = z.strictObject({
  season: z.uuid(),
  endsOn: z.iso.date().transform((text) => text as IsoDate),
});
const readOrder = (parameters: unknown) => orderShape.parse(parameters);

/** The order of the certificates of a season. */
export const certificateOrder = (season: { id: string; endsOn: string }) =>
  orderShape.parse({ season: season.id, endsOn: season.endsOn });

/** A valid certificate of somebody who was renewed, as a step of their application issued it. */
interface Due {
  entitlementId: string;
  personNumber: string;
  caseId: string;
  casePerson: string;
  officeCode: string;
  recipientNumber: string;
  validFrom: IsoDate;
  until: IsoDate;
  issuedOn: IsoDate;
  template: string;
  setting: number | null;
  sent: boolean;
}

const dueCertificates = ({ sql }: Work, season: string, among: readonly string[] | null = null) =>
  sql<Due[]>`
    select entitlement_id as "entitlementId", person_number as "personNumber", case_id as "caseId", case_person as "casePerson", office_code as "officeCode",
           recipient_number as "recipientNumber", valid_from::text as "validFrom", until::text as until, issued_on::text as "issuedOn", template, setting, sent
      from intractable_papers.due_certificates(${season}, ${among ? [...among] : null}::text[])`;

interface Facts {
  entitlementId: string;
  paper: Omit<IntractableCertificateData, "issuer" | "to">;
}

/**
 * 受給者証 of a season for whoever was renewed, and nobody else: as steps of their applications issued them, printed by a
 * contractor or in the office, each once.
 */
export const renewedCertificates: MailingKind<Facts, "not-due"> = {
  id: renewedCertificatesId,
  title: "更新した受給者証",
  papers: intractable.letters.papers,
  form: intractableCertificate as MailingKind<Facts>["form"],
  asIssued: true,
  subjects: "証",
  subjectTitle: () => "受給者証",
  number: { title: "受給者番号", sample: "0000000", read: recipientNumberOf },
  reasons: { "not-due": "更新が決まっていない、又は証が失効した" },
  describe: (parameters) => [
    { label: "前の有効期間の終わり", value: formatWareki(readOrder(parameters).endsOn) },
  ],
  overlap: (parameters, others) =>
    readOrder(parameters).season === readOrder(others).season ? { subjects: ["card"] } : null,
  async select(work, { parameters }) {
    const due = await dueCertificates(work, readOrder(parameters).season);
    return due.map(({ personNumber, recipientNumber, sent }) => ({
      personNumber,
      subject: "card",
      pieceNumber: recipientNumber,
      ...(sent ? { leftOut: "already-sent" as const } : {}),
    }));
  },
  async prepare(work, run, pieces) {
    const { season } = readOrder(run.parameters);
    const among = pieces.map(({ personNumber }) => personNumber);
    const due = await dueCertificates(work, season, among);
    const byPerson = new Map(due.map((one) => [one.personNumber, one]));
    const households = due.map((one) => ({ ...one, id: one.entitlementId }));
    const known = await householdsForRun(work, intractable, households, run.datedOn);
    const ids = households.map(({ id }) => id);
    const terms = await termsForRun(work, ids, work.platform.clock.today());
    return Promise.all(
      pieces.map(async ({ personNumber, person }) => {
        const one = byPerson.get(personNumber);
        const to = one && known.to.get(one.entitlementId);
        const entered = one && known.entered.get(one.caseId);
        const own = one && terms.get(one.entitlementId);
        if (!one || !to || !entered || !own) return { leftOut: "not-due" as const };
        if (one.sent && !run.sample) return { leftOut: "already-sent" as const };
        const common = {
          to,
          person: printed(person),
          guardian: "",
          address: [addressLine(person), person.address.building].filter(Boolean).join("　"),
          payerNumber: "",
          recipientNumber: one.recipientNumber,
          from: one.validFrom,
          until: one.until,
          copay: [],
          issuedOn: one.issuedOn,
          reissue: false,
          office: known.officeOf(one.officeCode),
          statement: "",
        };
        const granted = { id: one.entitlementId, validFrom: one.validFrom };
        const paper = await certificateData(work, { granted, entered, common, known: own });
        return {
          facts: { entitlementId: one.entitlementId, paper: paper as Facts["paper"] },
          to,
          issued: {
            paper: { template: one.template, setting: one.setting },
            on: one.issuedOn,
          },
          isProtected: known.isProtected(one.caseId),
        };
      }),
    );
  },
  data: ({ facts, to }, { issuer }) => ({ ...facts.paper, issuer, to }),
  async record(work, run, pieces) {
    const ids = pieces.map(({ facts }) => facts.entitlementId);
    await work.sql`select intractable_papers.record_certificates(${run.id}, ${ids}::uuid[])`;
  },
  async withdraw(work, runId) {
    await work.sql`select intractable_papers.withdraw_letters(${runId})`;
  },
};
