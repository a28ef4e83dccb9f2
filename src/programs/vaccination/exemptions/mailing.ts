import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Recipient } from "#forms/index.ts";
import {
  type ExemptionCertificateData,
  exemptionCertificate,
} from "#forms/vaccination/exemption-certificate.ts";
import type { IssuedBy, MailingKind, PreparedPiece } from "#src/platform/mailings/index.ts";
import { shownKana, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { exemptionGrounds } from "#workflows/vaccination/exemptions/grounds.ts";
import { vaccineIds } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationPapers } from "../papers.ts";
import { recipientsOfMail } from "../special/index.ts";
import { vaccineTitle, vaccineTitles } from "../special/titles.ts";
import { readCertificateNumber, takeCertificateNumbers } from "./certificates.ts";

const day = z.custom<IsoDate>((value) => typeof value === "string" && isIsoDate(value));
const orderShape = z.strictObject({
  list: z.uuid(),
  ground: z.enum(Object.keys(exemptionGrounds) as [keyof typeof exemptionGrounds]),
  asOf: day,
  vaccines: z.array(z.enum(vaccineIds)).min(1),
  from: day,
  until: day,
});
export type ExemptionOrder = z.infer<typeof orderShape>;
const readOrder = (parameters: unknown): ExemptionOrder => orderShape.parse(parameters);

/** What a certificate of a run says beyond the person and its number. */
export interface CertificateFacts {
  vaccines: readonly string[];
  from: IsoDate;
  until: IsoDate;
}

const subject = "certificate";

/**
 * 確認証 for those on a list of the office of a ground, for a season: who has one already that covers the same is left out. The approval of
 * the run is the decision of the second person.
 */
export const certificateMailing: MailingKind<CertificateFacts, "exempt-already" | "not-listed"> = {
  id: "vaccination-exemption",
  title: "無料（減免）対象者確認証",
  papers: vaccinationPapers,
  form: exemptionCertificate,
  subjects: "確認証",
  subjectTitle: () => "無料（減免）対象者確認証",
  number: {
    title: "確認証の番号",
    sample: "0000000001",
    read: readCertificateNumber,
    take: takeCertificateNumbers,
  },
  reasons: {
    "exempt-already": "有効な確認証がある",
    "not-listed": "名簿が取り消された",
  },
  describe(parameters) {
    const { ground, asOf, vaccines, from, until } = readOrder(parameters);
    return [
      { label: "名簿", value: `${exemptionGrounds[ground]}（${formatWareki(asOf)}現在）` },
      { label: "予防接種", value: vaccineTitles(vaccines) },
      { label: "有効期間", value: `${formatWareki(from)}から${formatWareki(until)}まで` },
    ];
  },
  overlap(parameters, others) {
    const [mine, theirs] = [readOrder(parameters), readOrder(others)];
    const both =
      mine.list === theirs.list && mine.vaccines.some((id) => theirs.vaccines.includes(id));
    return both ? { subjects: [subject] } : null;
  },
  async select(work, { parameters }) {
    const { list } = readOrder(parameters);
    const rows = await work.sql<{ person: string }[]>`
      select p.person_number as person from exemptions.list_person p join exemptions.list l on l.id = p.list_id
       where l.id = ${list} and l.state = 'open' order by 1`;
    return rows.map(({ person }) => ({ personNumber: person, subject }));
  },
  async prepare(work, { parameters, datedOn }, pieces) {
    const order = readOrder(parameters);
    const numbers = [...new Set(pieces.map(({ personNumber }) => personNumber))];
    const exempt = await exemptAlready(work, numbers, order);
    const listed = await onList(work, order.list, numbers);
    const to = await recipientsOfMail(work, pieces, datedOn);
    return pieces.map(({ personNumber }, at) => {
      const whom = to[at];
      if (!listed.has(personNumber) || !whom) return { leftOut: "not-listed" };
      if (exempt.has(personNumber)) return { leftOut: "exempt-already" };
      const { vaccines, from, until } = order;
      return { facts: { vaccines, from, until }, to: whom };
    });
  },
  data: certificateData,
  async record(work, run, pieces) {
    const { list, vaccines } = readOrder(run.parameters);
    await work.sql`select exemptions.issue_of_run(${run.id}, ${list}, ${pieces.map(() => randomUUID())}::uuid[],
      ${pieces.map(({ pieceNumber }) => pieceNumber)}::text[], ${pieces.map(({ personNumber }) => personNumber)}::text[], ${vaccines}::text[],
      ${pieces.map(({ facts }) => facts.from)}::date[], ${pieces.map(({ facts }) => facts.until)}::date[], ${pieces.map(({ datedOn }) => datedOn)}::date[],
      ${pieces.map(({ paper }) => paper.template)}::text[], ${pieces.map(({ paper }) => paper.setting)}::integer[])`;
  },
  withdraw: async (work, runId) => {
    await work.sql`select exemptions.withdraw_run(${runId})`;
  },
};

/** Who has certificates that hold on the first day, or a later one, and cover all the vaccines; under whichever of their numbers. */
async function exemptAlready(
  work: Work,
  numbers: readonly string[],
  { vaccines, from, until }: ExemptionOrder,
): Promise<Set<string>> {
  const rows = await work.sql<{ person: string }[]>`
    select distinct x.asked as person
      from (select n as asked, n as number from unnest(${[...numbers]}::text[]) n
            union select asked, other from people.numbers_for(${[...numbers]}::text[])) x
      join exemptions.certificate c on c.person_number = x.number
     where c.state = 'issued' and c.vaccines @> ${vaccines}::text[] and c.valid_from <= ${until}::date and c.valid_until >= greatest(${from}::date, access.business_date())`;
  return new Set(rows.map(({ person }) => person));
}

async function onList(work: Work, list: string, numbers: readonly string[]): Promise<Set<string>> {
  const rows = await work.sql<{ person: string }[]>`
    select p.person_number as person from exemptions.list_person p join exemptions.list l on l.id = p.list_id
     where l.id = ${list} and l.state = 'open' and p.person_number = any(${[...numbers]}::text[])`;
  return new Set(rows.map(({ person }) => person));
}

function certificateData(
  { person, pieceNumber, facts, to, datedOn }: PreparedPiece<CertificateFacts>,
  { issuer, office }: IssuedBy,
): ExemptionCertificateData {
  const { address, sex } = person;
  return {
    to: to satisfies Recipient,
    documentNumber: `確認証 第${pieceNumber}号`,
    date: datedOn,
    issuer,
    office,
    program: "予防接種",
    facts: [],
    person: {
      name: shownName(person),
      kana: shownKana(person),
      birthDate: person.birthDate,
      ...(sex === "unknown" ? {} : { sex: sex === "male" ? "男" : "女" }),
    },
    address: person.isProtected
      ? ""
      : [`${address.town}${address.block}`, address.building].filter(Boolean).join("　"),
    number: pieceNumber,
    vaccines: facts.vaccines.map(vaccineTitle),
    from: facts.from,
    until: facts.until,
  };
}
