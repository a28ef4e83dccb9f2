import { z } from "zod";
import { type ClaimDecisionData, paymentPostcard } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { householdsForRun } from "../applications/index.ts";
import { declareMailingKind, type MailingKind } from "../mailings/index.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { ClaimKind } from "./kind.ts";
import type { NoticeData } from "./notice.ts";

/** Name of the kind of runs of a 事務. */
export const postcardMailingId = (program: string): string => `${program}-claim-postcard`;

const day = z.iso.date().transform((text) => text as IsoDate);
/** What is ordered: the notices of what was decided on some days. */
const orderShape = z.strictObject({ from: day, to: day });

interface Due {
  approval_id: string;
  case_number: string;
  person_number: string;
  granting_case_id: string;
  case_person: string;
  office_code: string;
  sealed_id: string;
  account_changed: boolean;
}

const reasons = {
  "told-already": "封書を印刷した、取り消された、又は別の発送に含まれた",
  "account-changed": "振込先口座が変わった（封書で送る）",
} as const;
type Reason = keyof typeof reasons;

const numberShape = /^R\d{1,2}-\d{6,}$/;

/**
 * 支給決定通知はがき: the notices of claims that were granted in full, in place of their letters, which are not printed then. Each
 * says what its letter says; one of a decision that is cancelled, or told already, does not go.
 */
export function postcardMailing(kind: ClaimKind): MailingKind {
  const { program } = kind;
  const dueFor = (
    work: Work,
    order: { from: IsoDate | null; to: IsoDate | null },
    among?: string[],
  ) =>
    work.sql<Due[]>`
      select approval_id, case_number, person_number, granting_case_id, case_person, office_code, sealed_id, account_changed
        from claims.postcards_due(${program}, ${order.from}, ${order.to}, ${among ?? null}::text[])`;
  const mailing: MailingKind<{ notice: NoticeData }, Reason> = {
    id: postcardMailingId(program),
    title: "支給決定通知はがき",
    papers: kind.application.letters.papers,
    form: paymentPostcard as MailingKind["form"],
    subjects: "同じ方への通知",
    subjectTitle: (nth) => `${nth}通目`,
    number: {
      title: "申請の番号",
      sample: "R8-000000",
      read: (code) => numberShape.exec(code.normalize("NFKC").trim().toUpperCase())?.[0],
    },
    reasons,
    describe(parameters) {
      const { from, to } = orderShape.parse(parameters);
      return [{ label: "決定の日", value: `${formatWareki(from)}から${formatWareki(to)}まで` }];
    },
    overlap(parameters, others) {
      const [mine, theirs] = [orderShape.parse(parameters), orderShape.parse(others)];
      return mine.from <= theirs.to && theirs.from <= mine.to ? { subjects: ["1"] } : null;
    },
    async select(work, { parameters }) {
      const found = await dueFor(work, orderShape.parse(parameters));
      const counted = new Map<string, number>();
      return found.map(({ person_number, case_number, account_changed }) => {
        const nth = (counted.get(person_number) ?? 0) + 1;
        counted.set(person_number, nth);
        return {
          personNumber: person_number,
          subject: String(nth),
          pieceNumber: case_number,
          ...(account_changed ? { leftOut: "account-changed" as const } : {}),
        };
      });
    },
    async prepare(work, _run, pieces) {
      const among = pieces.map(({ pieceNumber }) => pieceNumber);
      const found = await dueFor(work, { from: null, to: null }, among);
      const due = new Map(found.map((one) => [one.case_number, one]));
      const going = found.filter((one) => !one.account_changed);
      const households = await householdsForRun(
        work,
        kind.application,
        going.map((one) => ({
          id: one.approval_id,
          caseId: one.granting_case_id,
          casePerson: one.case_person,
        })),
        work.platform.clock.today(),
      );
      const said = new Map(
        (
          await getSealed(
            work,
            going.map(({ sealed_id }) => sealed_id),
          )
        ).map(({ id, data }) => [id, data as NoticeData]),
      );
      return pieces.map(({ pieceNumber }) => {
        const one = due.get(pieceNumber);
        if (one?.account_changed) return { leftOut: "account-changed" as const };
        const notice = one && said.get(one.sealed_id);
        const to = one && households.to.get(one.approval_id);
        if (!one || !notice || !to) return { leftOut: "told-already" as const };
        return { facts: { notice }, to, isProtected: households.isProtected(one.granting_case_id) };
      });
    },
    data: ({ facts, to }, { issuer }): ClaimDecisionData => ({ ...facts.notice, to, issuer }),
    record: async (work, run, pieces) => {
      await work.sql`select claims.record_postcards(${run.id}, ${pieces.map(({ pieceNumber }) => pieceNumber)}::text[])`;
    },
    withdraw: async (work, runId) => {
      await work.sql`select claims.withdraw_postcards(${runId})`;
    },
  };
  declareMailingKind(mailing);
  return mailing as unknown as MailingKind;
}

/** The postcard of a claim that a run made, where one went in place of the letter: its day, and the run where it may be seen. */
export async function postcardOf(
  work: Work,
  caseId: string,
): Promise<{ serial: number | null; on: IsoDate } | undefined> {
  const [row] = await work.sql<{ serial: number | null; on: IsoDate }[]>`
    select r.serial, p.issued_on::text as on from claims.postcard p left join mailings.batch_run r on r.id = p.run_id
     where p.case_id = ${caseId} and p.withdrawn_at is null`;
  return row;
}
