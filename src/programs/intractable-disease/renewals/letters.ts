import { z } from "zod";
import type { Office } from "#forms/index.ts";
import {
  type RenewalData,
  type RenewalInvitationData,
  renewalInvitation,
  renewalInvitationReminder,
} from "#forms/intractable-disease/renewal.ts";
import { householdsForRun, printed } from "#src/platform/applications/index.ts";
import { declareMailingKind, type MailingKind, type Piece } from "#src/platform/mailings/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { diseaseOn } from "#workflows/intractable-disease/diseases.ts";
import { intractable } from "../application.ts";
import type { Entered } from "../entered.ts";
import { termsForRun } from "../terms.ts";
import { relationTitles } from "../titles.ts";
import { renewedCertificates } from "./certificates.ts";
import type { Season } from "./seasons.ts";
import { recipientNumberOf } from "./standings.ts";

/** 勧奨通知区分. */
export const letterTitles = {
  invitation: "更新申請のお知らせ",
  reminder: "再度のお知らせ",
} as const;
export type LetterSort = keyof typeof letterTitles;
export const letterSorts = Object.keys(letterTitles) as LetterSort[];

const day = z.iso.date().transform((text) => text as IsoDate);
const orderShape = z.strictObject({
  season: z.uuid(),
  letter: z.enum(letterSorts as [LetterSort, ...LetterSort[]]),
  endsOn: day,
  opensOn: day,
  recommendedUntil: day,
});
type LetterOrder = z.infer<typeof orderShape>;
const readOrder = (parameters: unknown): LetterOrder => orderShape.parse(parameters);

/** What is ordered: a letter of a season, with the days that stand on it. */
export const letterOrder = (season: Season, letter: LetterSort): LetterOrder =>
  orderShape.parse({
    season: season.id,
    letter,
    endsOn: season.endsOn,
    opensOn: season.opensOn,
    recommendedUntil: season.recommendedUntil,
  });

const { program, letters } = intractable;
export const letterKindId = (letter: LetterSort) => `${program}-renewal-${letter}`;

/** What has to be handed in for a renewal. */
const toHandIn = [
  "臨床調査個人票（更新用。指定医が書いたもの、又はアクセスキーの書かれたもの）",
  "健康保険の資格が分かるもの（資格確認書、資格情報のお知らせなど）の写し",
  "市町村民税の課税（非課税）証明書（市で確認できない方）",
  "自己負担上限額管理票の写し（高額かつ長期・軽症高額に当てはまる方）",
  "個人番号を申告する書類（前に申告していない方）",
];

/** Somebody to whom a letter is due, as runs of mailings see it. */
interface Due {
  entitlementId: string;
  personNumber: string;
  caseId: string;
  officeCode: string;
  recipientNumber: string;
  sent: boolean;
}

type Printed<Data> = Omit<Data, "issuer" | "office" | "to" | "date">;
interface Facts {
  entitlementId: string;
  office: Office;
  paper: Printed<RenewalInvitationData> | Printed<RenewalData>;
}

async function dueLetters(
  { sql }: Work,
  { season, letter }: Pick<LetterOrder, "season" | "letter">,
  among: readonly string[] | null = null,
): Promise<Due[]> {
  return sql<Due[]>`
    select entitlement_id as "entitlementId", person_number as "personNumber", case_id as "caseId", office_code as "officeCode",
           recipient_number as "recipientNumber", sent
      from intractable_papers.due_letters(${season}, ${letter}, ${among ? [...among] : null}::text[])`;
}

/** Whether invitations of a season were made. */
export async function isInvited({ sql }: Work, season: string): Promise<boolean> {
  const [row] = await sql<{ made: boolean }[]>`
    select exists (select from intractable_papers.letter where season_id = ${season} and kind = 'invitation' and withdrawn_on is null) as made`;
  return row?.made ?? false;
}

function paperOf(
  order: LetterOrder,
  about: { one: Due; piece: Piece; entered: Entered; diseases: readonly string[] },
): Facts["paper"] {
  const { one, piece, entered, diseases } = about;
  const { applicant, insurance } = entered;
  const common = {
    documentNumber: `${letters.sign}更第${one.recipientNumber}号`,
    program: letters.title,
    facts: [{ label: "受診者", value: shownName(piece.person), purpose: "name" as const }],
    recipientNumber: one.recipientNumber,
    endsOn: order.endsOn,
    acceptedFrom: order.opensOn,
    recommendedUntil: order.recommendedUntil,
  };
  if (order.letter === "reminder") return common;
  return {
    ...common,
    person: printed(piece.person),
    address: [applicant.address, applicant.building].filter(Boolean).join("　"),
    telephone: applicant.telephone,
    insurance: [
      insurance.insurerName,
      [insurance.symbol, insurance.number].filter(Boolean).join("・"),
    ]
      .filter(Boolean)
      .join("　"),
    diseases,
    ...(applicant.relation === "self"
      ? {}
      : { guardian: { name: applicant.name, relation: relationTitles[applicant.relation] } }),
    documents: toHandIn,
  };
}

function letterKind(letter: LetterSort): MailingKind<Facts, "applied"> {
  return {
    id: letterKindId(letter),
    title: letter === "invitation" ? letterTitles.invitation : `更新申請の${letterTitles.reminder}`,
    papers: letters.papers,
    form: (letter === "invitation"
      ? renewalInvitation
      : renewalInvitationReminder) as MailingKind<Facts>["form"],
    subjects: "種類",
    subjectTitle: () => letterTitles[letter],
    number: { title: "受給者番号", sample: "0000000", read: recipientNumberOf },
    reasons: { applied: "申請済み・対象外" },
    describe(parameters) {
      const { endsOn, opensOn, recommendedUntil } = readOrder(parameters);
      return [
        { label: "有効期間の終わり", value: formatWareki(endsOn) },
        { label: "種類", value: letterTitles[letter] },
        { label: "申請の期間", value: `${formatWareki(opensOn)}から${formatWareki(endsOn)}まで` },
        { label: "早めの申請の期限", value: formatWareki(recommendedUntil) },
      ];
    },
    overlap: (parameters, others) =>
      readOrder(parameters).season === readOrder(others).season ? { subjects: [letter] } : null,
    async select(work, { parameters }) {
      const due = await dueLetters(work, readOrder(parameters));
      return due.map((one) => ({
        personNumber: one.personNumber,
        subject: letter,
        pieceNumber: one.recipientNumber,
        ...(one.sent ? { leftOut: "already-sent" as const } : {}),
      }));
    },
    async prepare(work, run, pieces) {
      const order = readOrder(run.parameters);
      const among = pieces.map(({ personNumber }) => personNumber);
      const due = new Map(
        (await dueLetters(work, order, among)).map((one) => [one.personNumber, one]),
      );
      const households = [...due.values()].map((one) => ({
        id: one.entitlementId,
        caseId: one.caseId,
        casePerson: one.personNumber,
      }));
      const known = await householdsForRun(work, intractable, households, run.datedOn);
      const ids = households.map(({ id }) => id);
      const terms = await termsForRun(work, ids, run.datedOn);
      return pieces.map((piece) => {
        const one = due.get(piece.personNumber);
        const entered = one && known.entered.get(one.caseId);
        const to = one && known.to.get(one.entitlementId);
        if (!one || !entered || !to) return { leftOut: "applied" as const };
        if (one.sent && !run.sample) return { leftOut: "already-sent" as const };
        const numbers = terms.get(one.entitlementId)?.diseases ?? [];
        const diseases = numbers.map((number) => diseaseOn(number, run.datedOn)?.name ?? "");
        return {
          facts: {
            entitlementId: one.entitlementId,
            office: known.officeOf(one.officeCode),
            paper: paperOf(order, { one, piece, entered, diseases }),
          },
          to,
          isProtected: known.isProtected(one.caseId),
        };
      });
    },
    data: ({ facts, to, datedOn }, { issuer }) => ({
      ...facts.paper,
      issuer,
      office: facts.office,
      to,
      date: datedOn,
    }),
    async record(work, run, pieces) {
      const ids = pieces.map(({ facts }) => facts.entitlementId);
      await work.sql`select intractable_papers.record_letters(${run.id}, ${ids}::uuid[])`;
    },
    async withdraw(work, runId) {
      await work.sql`select intractable_papers.withdraw_letters(${runId})`;
    },
  };
}

/** Declares the letters of the seasons, each a kind of mailing. */
export function declareRenewalLetters(): void {
  for (const letter of letterSorts) declareMailingKind(letterKind(letter));
  declareMailingKind(renewedCertificates);
}
