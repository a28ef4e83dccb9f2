import { z } from "zod";
import type { CertificateData, Office, Recipient } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { presetOf } from "../city/index.ts";
import {
  type CertifiedEntitlement,
  certifiedOn,
  dataOfMany,
  issueReasonTitles,
  recordRunIssues,
  signStatement,
  withdrawRunIssues,
} from "../entitlements/index.ts";
import { recipientsOf, type Unissued } from "../letters/index.ts";
import { declareMailingKind, type MailingKind, type PreparedPiece } from "../mailings/index.ts";
import { addressLine, lookAtPeople } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { printed } from "./certificate.ts";
import { type ApplicationKind, type CertificateKind, joinEntry } from "./kind.ts";

/** Why certificates are issued to many at once. */
export const runReasons = {
  renewal: issueReasonTitles.renewal,
  changed: issueReasonTitles.changed,
} as const;
export type RunReason = keyof typeof runReasons;

/** What is ordered: certificates of a sort for whoever is entitled on a day. */
const orderShape = z.strictObject({
  sort: z.string(),
  reason: z.enum(Object.keys(runReasons) as [RunReason, ...RunReason[]]),
  from: z.iso.date().transform((day) => day as IsoDate),
});
export type CertificateOrder = z.infer<typeof orderShape>;
const readOrder = (parameters: unknown): CertificateOrder => orderShape.parse(parameters);

const reasons = {
  "no-certificate": "有効な証がない（返還・無効）",
  "not-entitled": "資格がなくなった",
  "says-longer": "その日より後まで使える証がある",
  "not-renewed": "更新が決まっていない",
  "ends-before": "証の期限が使い始める日より前（新しい期限の届出が要る）",
} as const;
type Reason = keyof typeof reasons;

/** What the printing of a certificate enters. */
interface Facts {
  entitlementId: string;
  issue: number;
  until: IsoDate;
  paper: Omit<CertificateData, "issuer" | "office" | "to" | "issuedOn">;
  office: Office;
}

/** The kind of runs of a sort: `child-medical-certificate`. */
export const certificateMailingId = (program: string, sort: string): string =>
  sort === "card" ? `${program}-certificate` : `${program}-certificate-${sort}`;

/**
 * 受給者証, or another sort, for many at once (一括交付): the yearly renewal, and a change of what they say, such as a new copay. Each holder
 * of a valid certificate gets the next issue; the one before becomes invalid when the file is made, and is valid again
 * where the package never went out.
 */
export function certificateMailing<Entered>(
  kind: ApplicationKind<Entered>,
  sort: string,
  certificate: CertificateKind<Entered>,
): MailingKind<Facts, Reason> {
  const { program } = kind;
  const mailing: MailingKind<Facts, Reason> = {
    id: certificateMailingId(program, sort),
    title: `${certificate.title}（一括交付）`,
    papers: kind.letters.papers,
    form: certificate.form as MailingKind<Facts, Reason>["form"],
    subjects: "証",
    subjectTitle: () => certificate.title,
    number: {
      title: "受給者番号",
      sample: "0000000",
      read: (code) => /^\d{7}$/.exec(code.normalize("NFKC").trim())?.[0],
    },
    reasons,
    describe(parameters) {
      const { reason, from } = readOrder(parameters);
      return [
        { label: "証", value: certificate.title },
        { label: "事由", value: runReasons[reason] },
        { label: "使い始める日", value: formatWareki(from) },
      ];
    },
    overlap(parameters, others) {
      const [mine, theirs] = [readOrder(parameters), readOrder(others)];
      return mine.from === theirs.from ? { subjects: [sort] } : null;
    },
    async select(work, { parameters }) {
      const order = readOrder(parameters);
      const found = await certifiedOn(work, { program, sort, on: order.from });
      const unrenewed = await unrenewedOn(work, program, order.from);
      return found.map((one) => {
        const leftOut = leftOutOf(one, order, unrenewed);
        return {
          personNumber: one.personNumber,
          subject: sort,
          pieceNumber: one.recipientNumber,
          ...(leftOut && { leftOut }),
        };
      });
    },
    async prepare(work, run, pieces) {
      const order = readOrder(run.parameters);
      const on = { program, sort, on: order.from };
      const among = pieces.map(({ personNumber }) => personNumber);
      const due = new Map(
        (await certifiedOn(work, { ...on, among })).map((one) => [one.personNumber, one]),
      );
      const unrenewed = await unrenewedOn(work, program, order.from);
      const asked = pieces.map((piece) => {
        const one = due.get(piece.personNumber);
        if (!one) return { leftOut: "not-entitled" as const };
        const leftOut = leftOutOf(one, order, unrenewed);
        return leftOut ? { leftOut } : { one, person: piece.person };
      });
      const going = asked.flatMap(({ one }) => one ?? []);
      const known = await knownOf(work, kind, { certificate, from: order.from }, going);
      return asked.map((piece) => {
        if (piece.leftOut) return { leftOut: piece.leftOut };
        const { one, person } = piece;
        const to = known.to.get(one.id);
        const entered = known.entered.get(one.caseId);
        if (!to || entered === undefined) return { leftOut: "not-entitled" };
        const issue = one.lastIssue + 1;
        const until = known.until.get(one.id) ?? one.validTo;
        // 遠隔地証 is as long as was reported: for the new year somebody has to report anew.
        if (until < order.from) return { leftOut: "ends-before" };
        const { payerNumber, copay } = known;
        const { recipientNumber } = one;
        const statement = run.sample
          ? "見本"
          : signStatement(
              {
                payerNumber,
                recipientNumber,
                birthDate: person.birthDate,
                from: order.from,
                until,
                issuedOn: run.datedOn,
                issue,
              },
              certificate.statement,
              work.platform.keys.signingKey,
            );
        const paper = {
          person: printed(person),
          guardian: certificate.guardian(entered),
          address: [addressLine(person), person.address.building].filter(Boolean).join("　"),
          payerNumber,
          recipientNumber,
          from: order.from,
          until,
          copay,
          reissue: false,
          statement,
        };
        const office = known.officeOf(one.officeCode);
        return {
          facts: { entitlementId: one.id, issue, until, paper, office },
          to,
          isProtected: known.isProtected(one.caseId),
        };
      });
    },
    data: (piece: PreparedPiece<Facts>, { issuer }): CertificateData => ({
      ...saidOf(piece),
      issuer,
    }),
    record: (work, run, pieces) =>
      recordRunIssues(
        work,
        run.id,
        pieces.map((piece) => {
          const { entitlementId, issue, until } = piece.facts;
          const { personNumber } = piece;
          return { entitlementId, personNumber, issue, until, data: saidOf(piece) };
        }),
      ),
    withdraw: withdrawRunIssues,
  };
  declareMailingKind(mailing);
  return mailing;
}

/** What a certificate says beside who issues it. */
const saidOf = ({ facts, to, datedOn }: PreparedPiece<Facts>): Unissued<CertificateData> => ({
  ...facts.paper,
  office: facts.office,
  to,
  issuedOn: datedOn,
});

/** Applications whose yearly renewal is not decided: they get nothing that says the new year. */
async function unrenewedOn(work: Work, program: string, on: IsoDate): Promise<Set<string>> {
  const rows = await work.sql<
    { id: string }[]
  >`select unrenewed as id from renewals.unrenewed(${program}, ${on})`;
  return new Set(rows.map(({ id }) => id));
}

/** Why somebody who is entitled on the day gets none. */
function leftOutOf(
  { caseId, valid, saysUntil, runId, runFrom }: CertifiedEntitlement,
  { reason, from }: CertificateOrder,
  unrenewed: ReadonlySet<string>,
): "already-sent" | Reason | undefined {
  if (!valid) return "no-certificate";
  if (unrenewed.has(caseId)) return "not-renewed";
  if (runId !== null && runFrom === from) return "already-sent";
  return reason === "renewal" && saysUntil !== null && saysUntil >= from
    ? "says-longer"
    : undefined;
}

/** What is printed beside what the entitlement says, of many at once. */
async function knownOf<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  { certificate, from }: { certificate: CertificateKind<Entered>; from: IsoDate },
  due: readonly CertifiedEntitlement[],
) {
  const scheme = await presetOf(work, kind.scheme, from);
  const until = await certificate.until?.(work, due, from);
  return {
    ...(await householdsForRun(work, kind, due, from)),
    until: until ?? new Map<string, IsoDate>(),
    payerNumber: valueOn(scheme.payerNumber, from),
    copay: valueOn(scheme.copayLines, from),
  };
}

/** The data of the applications of many entitlements as they hold on a day, whom each paper goes to, and who is protected. */
export async function householdsForRun<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  due: readonly Pick<CertifiedEntitlement, "id" | "caseId" | "casePerson">[],
  on: IsoDate,
) {
  const caseIds = [...new Set(due.map(({ caseId }) => caseId))];
  const pieces = await dataOfMany(work, kind.program, { caseIds, on });
  const subjectOf = new Map(due.map(({ caseId, casePerson }) => [caseId, casePerson]));
  const entered = new Map(
    [...pieces].map(([caseId, own]) => [caseId, joinEntry(kind, own, subjectOf.get(caseId) ?? "")]),
  );
  const addressed = due.flatMap(({ id, caseId }) => {
    const data = entered.get(caseId);
    return data === undefined
      ? []
      : [{ id, to: kind.addressee(data, work.platform.clock.today()) }];
  });
  const recipients = await recipientsOf(
    work,
    addressed.map(({ to }) => to),
  );
  return {
    entered,
    to: new Map<string, Recipient>(
      addressed.flatMap(({ id }, at) => {
        const recipient = recipients[at];
        return recipient ? [[id, recipient] as const] : [];
      }),
    ),
    officeOf: await officeFinder(work),
    isProtected: await protectedCases(work, pieces),
  };
}

/** Whether anybody whose data an application holds is under 支援措置: the paper may name them, or go to them. */
async function protectedCases(
  work: Work,
  pieces: ReadonlyMap<string, readonly { personNumber: string }[]>,
): Promise<(caseId: string) => boolean> {
  const numbers = [...pieces.values()].flat().map(({ personNumber }) => personNumber);
  const people = await lookAtPeople(work, [...new Set(numbers)], ["facts"]);
  const hidden = new Set(
    people.filter((one) => one.isProtected).map(({ personNumber }) => personNumber),
  );
  return (caseId) => (pieces.get(caseId) ?? []).some((one) => hidden.has(one.personNumber));
}
