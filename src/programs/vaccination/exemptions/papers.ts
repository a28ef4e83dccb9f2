import { randomUUID } from "node:crypto";
import {
  type ExemptionCertificateData,
  exemptionCertificate,
} from "#forms/vaccination/exemption-certificate.ts";
import { exemptionRefusal, exemptionRevocation } from "#forms/vaccination/exemption-notice.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { stateAfter } from "#src/platform/flow.ts";
import {
  documentNumber,
  makePaper,
  requireReleasedAddress,
  type Unissued,
} from "#src/platform/letters/index.ts";
import { printOne } from "#src/platform/mailings/index.ts";
import { addressLine, lookAtPerson, shownKana, shownName } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { EntryProblem, notFound, Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import {
  exemptionEndReasons,
  exemptionRefusals,
  exemptionStepReasons,
  reissueReasons,
} from "#workflows/vaccination/exemptions/grounds.ts";
import { vaccinationLetters, vaccinationPapers } from "../papers.ts";
import { recipientOfMail } from "../special/index.ts";
import { vaccineTitle } from "../special/titles.ts";
import {
  type Exemption,
  exemptionNumber,
  exemptionStanding,
  judgeExemption,
  readExemption,
} from "./applications.ts";
import { readCertificate, requireReleased, takeCertificateNumbers } from "./certificates.ts";
import { certificateMailing } from "./mailing.ts";

const moved = "この申請は、ほかの職員が先に進めました。";

/** What every paper of an application is filled with. @throws Problem 403 under 支援措置, 404 */
async function letterOf(work: Work, personNumber: string, officeCode: string) {
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person) throw notFound();
  requireReleasedAddress(work, [person]);
  const { name, address } = person;
  if (!name || !address)
    throw new Problem({ status: 403, message: "この方の氏名・住所を見る権限がありません。" });
  const today = work.platform.clock.today();
  return {
    person: {
      name: shownName(person),
      kana: shownKana(person),
      birthDate: person.birthDate,
      ...(person.sex === "unknown"
        ? {}
        : { sex: person.sex === "male" ? ("男" as const) : ("女" as const) }),
    },
    // What is shown at a clinic never tells where somebody under 支援措置 lives.
    address: person.isProtected ? "" : (addressLine(person) ?? ""),
    common: {
      to: await recipientOfMail(work, { ...person, name, address }, today),
      date: today,
      office: (await officeFinder(work))(officeCode),
      program: "予防接種",
    },
  };
}

/**
 * Issues the certificate of an application that was granted, or a new one in its place: numbered, kept as it was printed; the one
 * before holds no longer.
 *
 * @returns its id
 * @throws EntryProblem of `reason`; Problem 403 under 支援措置, 404, 409, 422 where a character can't be printed
 */
export async function issueCertificate(
  work: Work,
  step: { id: string; seen: number; type: "issue" | "reissue"; reason?: string | undefined },
): Promise<string> {
  const { row, certificates } = await readExemption(work, step.id);
  stateAfter(exemptionStanding(work, row), step.type);
  const known: readonly string[] = reissueReasons;
  if (step.type === "reissue" && !(step.reason && known.includes(step.reason)))
    throw new EntryProblem("reason", "理由を選んでください。");
  const { common, person, address } = await letterOf(work, row.personNumber, row.officeCode);
  const [number = ""] = await takeCertificateNumbers(work, 1);
  const before = certificates.find(({ state }) => state === "issued");
  const data: Unissued<ExemptionCertificateData> = {
    ...common,
    documentNumber: `確認証 第${number}号`,
    facts: [],
    person,
    address,
    number,
    vaccines: row.vaccines.map(vaccineTitle),
    from: row.validFrom as IsoDate,
    until: row.validUntil as IsoDate,
    replaces: before?.number,
  };
  const { pdf, paper } = await makePaper(work, vaccinationPapers, {
    form: exemptionCertificate,
    data,
    subject: { personNumber: row.personNumber, officeCode: row.officeCode },
    sample: false,
  });
  const id = randomUUID();
  const sealedId = await sealPaper(work, row.personNumber, pdf);
  await refuseInWords(
    work.sql`select exemptions.issue(${step.id}, ${step.seen}, ${step.type}, ${id}, ${number}, ${paper.template}, ${paper.setting}, ${sealedId},
      ${step.type === "reissue" ? (step.reason ?? null) : null})`,
    moved,
  );
  return id;
}

const sealPaper = (work: Work, holder: string, data: Uint8Array): Promise<string> =>
  putSealed(work, { holder, program: "vaccination", kind: "exemption-paper", data });

/**
 * A certificate as it was issued, counted once more: the very paper, or of a run the same piece with the same number, date and form.
 *
 * @throws Problem 403 under 支援措置, 404
 */
export async function printCertificate(
  work: Work,
  id: string,
  { again }: { again: boolean },
): Promise<{ number: string; pdf: Uint8Array }> {
  const row = await readCertificate(work, id);
  if (again) await work.sql`select exemptions.count_print(${id})`;
  const { number, personNumber, sealedId } = row;
  if (sealedId) {
    await requireReleased(work, personNumber);
    return { number, pdf: await getSealedOne<Uint8Array>(work, sealedId) };
  }
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person?.name || !person.address) throw notFound();
  requireReleasedAddress(work, [person]);
  const { name, address } = person;
  const addressed = { ...person, name, address };
  const on = row.issuedOn as IsoDate;
  const pdf = await printOne(work, certificateMailing, {
    personNumber,
    subject: "certificate",
    pieceNumber: number,
    person: addressed,
    facts: {
      vaccines: row.vaccines,
      from: row.validFrom as IsoDate,
      until: row.validUntil as IsoDate,
    },
    to: await recipientOfMail(work, addressed, work.platform.clock.today()),
    paper: { template: row.templateVersion, setting: row.formSettingId },
    datedOn: on,
  });
  return { number, pdf };
}

/**
 * Issues 却下通知書 or 取消通知書 of what was decided, kept as it was printed.
 *
 * @returns the id of the notice
 * @throws Problem 403 under 支援措置, 404, 409, 422
 */
export async function tellExemption(
  work: Work,
  step: { id: string; seen: number },
): Promise<string> {
  const { row, certificates } = await readExemption(work, step.id);
  stateAfter(exemptionStanding(work, row), "tell");
  const { common, person } = await letterOf(work, row.personNumber, row.officeCode);
  const { basis } = await judgeExemption(work, row);
  const number = await documentNumber(work, vaccinationLetters, "document");
  const data = {
    ...common,
    documentNumber: number,
    facts: [
      { label: "申請日", value: formatWareki(row.receivedOn as IsoDate) },
      { label: "申請の番号", value: exemptionNumber(row) },
    ],
    personName: person.name,
    vaccines: row.vaccines.map(vaccineTitle),
    reason: reasonInWords(row),
    basis,
    appeal: (await cityOf(work)).appeal,
  };
  const paperOf = {
    subject: { personNumber: row.personNumber, officeCode: row.officeCode },
    sample: false,
  };
  const { pdf, paper } =
    row.state === "refused"
      ? await makePaper(work, vaccinationPapers, { form: exemptionRefusal, data, ...paperOf })
      : await makePaper(work, vaccinationPapers, {
          form: exemptionRevocation,
          data: {
            ...data,
            certificateNumber: certificates[0]?.number ?? "―",
            from: row.endedFrom as IsoDate,
          },
          ...paperOf,
        });
  const id = randomUUID();
  const sealedId = await sealPaper(work, row.personNumber, pdf);
  await refuseInWords(
    work.sql`select exemptions.tell(${step.id}, ${step.seen}, ${id}, ${number}, ${paper.template}, ${sealedId})`,
    moved,
  );
  return id;
}

const words: Readonly<Record<string, string>> = {
  ...exemptionStepReasons,
  ...exemptionRefusals,
  ...exemptionEndReasons,
};
const reasonInWords = ({ state, refusal, endReason }: Exemption): string =>
  `${words[(state === "refused" ? refusal : endReason) ?? ""] ?? ""}。`;
