import { and, desc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { registration, registrationNotice } from "#db/schema/intractable-review.ts";
import { EntryProblem, notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { diseaseOn } from "#workflows/intractable-disease/diseases.ts";
import { doctorOn } from "./doctors.ts";

/** 登録者証 as it was proposed and decided. */
export type Registration = typeof registration.$inferSelect;
/** The letter that tells of it. */
export type RegistrationNotice = typeof registrationNotice.$inferSelect;

/** Who gets a 登録者証 (難病法第28条第2項). */
export const registrationKinds = {
  recipient: "受給者",
  criteria: "診断基準を満たすが、不認定となった方",
  mild: "支給認定を申請していない軽症の方",
} as const;
/** The same where a line has little room. */
export const registrationKindsShort = {
  recipient: "受給者",
  criteria: "不認定",
  mild: "申請のない軽症",
} as const;
export const registrationOutcomes = { granted: "発行", refused: "却下" } as const;
/** Why it is refused, as its notice says it. */
export const registrationRefusals = {
  diagnosis: "指定難病の診断基準を満たすことを確認できないため",
  residence: "市内に住所を有していないため",
  documents: "審査に必要な書類が提出されなかったため",
} as const;
export type RegistrationRefusal = keyof typeof registrationRefusals;
export const registrationStates = {
  proposed: "決裁待ち",
  decided: "決裁済",
  "sent-back": "差戻し",
} as const;

export const registrationsPerPage = 50;

/** Those that wait for a decision first, then those of which nobody was told yet, then the newest; a page of them, and how many there are. */
export async function listRegistrations(
  work: Work,
  page: number,
): Promise<{ total: number; rows: Registration[] }> {
  const rows = await work.tx
    .select()
    .from(registration)
    .orderBy(
      desc(eq(registration.state, "proposed")),
      desc(
        and(
          eq(registration.state, "decided"),
          sql`not exists (select from ${registrationNotice} n where n.registration_id = ${registration.id})`,
        ) as SQL,
      ),
      desc(registration.proposedOn),
      registration.id,
    )
    .limit(registrationsPerPage)
    .offset((page - 1) * registrationsPerPage);
  return { total: await work.tx.$count(registration), rows };
}

/** Of an application, the newest first. */
export const registrationsOfCase = (work: Work, caseId: string): Promise<Registration[]> =>
  work.tx
    .select()
    .from(registration)
    .where(eq(registration.caseId, caseId))
    .orderBy(desc(registration.proposedOn), desc(registration.id));

/** 発行通知 and 却下通知 of these, by what they are about. */
export async function noticesOf(
  work: Work,
  rows: readonly Pick<Registration, "id">[],
): Promise<ReadonlyMap<string, RegistrationNotice>> {
  const ids = rows.map(({ id }) => id);
  const found = await work.tx
    .select()
    .from(registrationNotice)
    .where(inArray(registrationNotice.registrationId, ids));
  return new Map(found.map((one) => [one.registrationId, one]));
}

/** One that holds, or waits for its decision. */
async function requireNone(work: Work, personNumber: string): Promise<void> {
  const [row] = await work.tx
    .select()
    .from(registration)
    .where(
      and(
        eq(registration.personNumber, personNumber),
        eq(registration.outcome, "granted"),
        ne(registration.state, "sent-back"),
      ),
    );
  if (row)
    throw new Problem({
      status: 409,
      message: "この方の登録者証は、発行済みか、決裁を待っています。",
    });
}

/** What an application gives for a 登録者証: to recipients, and to whom the panel found the diagnosis met; refused where not. */
export async function basisOf(
  work: Work,
  caseId: string,
): Promise<{ kind: "recipient" | "criteria"; outcome: "granted" | "refused" } | undefined> {
  const [row] = await work.sql<{ recipient: boolean; criteria: boolean; refused: boolean }[]>`
    select recipient, criteria, refused from intractable_review.registration_basis(${caseId})`;
  if (row?.recipient) return { kind: "recipient", outcome: "granted" };
  if (row?.criteria) return { kind: "criteria", outcome: "granted" };
  if (row?.refused) return { kind: "criteria", outcome: "refused" };
  return undefined;
}

/** Proposes what an application gives. @throws Problem 409 where it gives none; EntryProblem */
export async function proposeOfCase(
  work: Work,
  found: { id: string; personNumber: string },
  { paper, from }: { paper: boolean; from: IsoDate | undefined },
): Promise<void> {
  const basis = await basisOf(work, found.id);
  if (!basis)
    throw new Problem({
      status: 409,
      message:
        "認定か不認定の決裁の後に、登録者証を起案できます。形式の不備による却下では起案できません。",
    });
  if (basis.outcome === "granted") await requireNone(work, found.personNumber);
  const starts = basis.outcome === "granted" ? requireStart(work, from) : null;
  await work.sql`select intractable_review.propose_registration(${found.id}, null, ${basis.kind}, ${basis.outcome}, ${basis.outcome === "refused" ? "diagnosis" : null}, ${paper}, ${starts}, null, null, null)`;
}

function requireStart(work: Work, from: IsoDate | undefined): IsoDate {
  if (!from || from > work.platform.clock.today())
    throw new EntryProblem(
      "from",
      "有効期間開始日は、今日以前の日付を入力してください。例: R8.11.20",
    );
  return from;
}

/** What a mild patient brings: a diagnosis by a 指定医. */
export interface MildApplication {
  personNumber: string;
  disease: number;
  doctor: string;
  diagnosedOn: IsoDate;
  paper: boolean;
  from: IsoDate | undefined;
  outcome: "granted" | "refused";
  /** Where it is refused. */
  refusal: RegistrationRefusal | undefined;
}

/** Proposes for somebody who is mild and doesn't apply for 支給認定. @throws EntryProblem at the field that is wrong */
export async function proposeMild(work: Work, given: MildApplication): Promise<void> {
  const { personNumber, disease, doctor, diagnosedOn, paper, outcome } = given;
  if (!diseaseOn(disease, diagnosedOn))
    throw new EntryProblem("disease", `告示番号${disease}の指定難病はありません。`);
  if (diagnosedOn > work.platform.clock.today())
    throw new EntryProblem("diagnosedOn", "診断日は、今日以前の日付を入力してください。");
  if (!(await doctorOn(work, doctor, diagnosedOn)))
    throw new EntryProblem("doctor", "診断日に、指定医の一覧にない番号です。");
  if (outcome === "granted") await requireNone(work, personNumber);
  const starts = outcome === "granted" ? requireStart(work, given.from) : null;
  if (outcome === "refused" && !given.refusal)
    throw new EntryProblem("refusal", "却下の理由を選んでください。");
  const refusal = outcome === "refused" ? (given.refusal ?? null) : null;
  await work.sql`select intractable_review.propose_registration(null, ${personNumber}, 'mild', ${outcome}, ${refusal}, ${paper}, ${starts}, ${disease}, ${doctor}, ${diagnosedOn})`;
}

/** Somebody else decides, or sends back. @throws Problem 404, 409, 422 for who proposed it */
export async function decideRegistration(work: Work, id: string, stands: boolean): Promise<void> {
  const [row] = await work.tx.select().from(registration).where(eq(registration.id, id));
  if (!row) throw notFound("登録者証の起案が見つかりません。");
  if (row.state !== "proposed")
    throw new Problem({ status: 409, message: "この起案は、すでに処理されています。" });
  if (row.proposedBy === work.actor.staffId)
    throw new Problem({ status: 422, message: "起案した本人は決裁できません。" });
  await work.sql`select intractable_review.decide_registration(${id}, ${stands})`;
}
