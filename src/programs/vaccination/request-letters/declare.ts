import { z } from "zod";
import { letterAcceptance, letterProposal } from "#db/schema/request-letters.ts";
import {
  type CaseRow,
  declareWorkflow,
  type Handler,
  latestApproval,
} from "#src/platform/cases/index.ts";
import { codesOf, parse, recordDocuments, recordIdentity } from "#src/platform/intake/index.ts";
import { documentNumber } from "#src/platform/letters/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { CaseDeadlines } from "#workflows/cases/deadlines.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import { letterFindings } from "#workflows/vaccination/request-letters/findings.ts";
import {
  type LetterFacts,
  requestLetterV1,
} from "#workflows/vaccination/request-letters/machine.ts";
import {
  acceptanceReasons,
  letterCancellationReasons,
  reissueReasons,
  rejectionReasons,
  sendingWays,
} from "#workflows/vaccination/request-letters/reasons.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationLetters } from "../papers.ts";
import { giveCoupons } from "./coupons-of-letter.ts";
import { letterDocuments } from "./documents.ts";
import { requestEntrySchema } from "./entry.ts";
import { examine } from "./examine.ts";
import { issueLetterPaper } from "./letter-papers.ts";
import { recordResult } from "./record-result.ts";
import { keepRequest, linesOfLetter } from "./requests.ts";

/** How long a letter is watched at most: the longest 有効期間 that may be set. */
const deadlines: DatedParameter<CaseDeadlines> = {
  name: "予防接種実施依頼書の標準処理期間と期限",
  rows: [
    {
      from: "1994-10-01",
      value: { standardDays: 10, longestLimitDays: 750 },
      source:
        "未確認の仮設定（足立区の案内は10日程度）。行政手続法第6条により市が定めて公にする値で登録し直すこと",
      certainty: "assumed",
    },
  ],
};

interface Shared {
  identity_checked_on: LetterFacts["identityCheckedOn"];
  entered_by: number | null;
  confirmed_by: number | null;
  prepared_by: number | null;
  proposal: LetterFacts["proposal"];
  missing: number;
  open: number;
  expired: number;
  issued: boolean;
  sent: boolean;
  lapsed: boolean;
}

/** What was found; while the terms are missing nothing may be proposed, and the page of the letter names them. */
async function examinedSoFar(
  work: Work,
  found: CaseRow,
): Promise<{ blocked: number; doubtful: number } | undefined> {
  try {
    return await examine(work, found);
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return { blocked: 1, doubtful: 0 };
    throw error;
  }
}

/** What the machine may know of a letter, gathered in the transaction of the step. */
async function factsOf(work: Work, found: CaseRow): Promise<LetterFacts> {
  const today = work.platform.clock.today();
  const [row] = await work.sql<Shared[]>`
    select (select max(i.checked_on)::text from intake.identity_check i where i.case_id = c.id) as identity_checked_on,
           e.entered_by, e.confirmed_by, a.prepared_by, a.subject as proposal,
           (select count(*)::int from intake.document_check d where d.case_id = c.id and d.status = 'missing') as missing,
           (select count(*)::int from request_letters.line l where l.case_id = c.id and l.state = 'open') as open,
           (select count(*)::int from request_letters.line l where l.case_id = c.id and l.state = 'expired') as expired,
           exists (select from request_letters.letter l where l.case_id = c.id) as issued,
           exists (select from request_letters.letter l where l.case_id = c.id and l.ended_on is null and l.sent_on is not null) as sent,
           exists (select from request_letters.letter l where l.case_id = c.id and l.ended_on is null and l.valid_to < ${today}) as lapsed
      from cases.case c
      left join lateral (select n.* from approvals.entry n where n.case_id = c.id order by n.revision desc limit 1) e on true
      left join approvals.approval a on a.case_id = c.id and a.decision is null
     where c.id = ${found.id}`;
  if (!row) throw new Error("the case is gone");
  const judges = found.state === "examination" || found.state === "approval";
  const examined = judges ? await examinedSoFar(work, found) : undefined;
  return {
    actingStaffId: work.actor.staffId,
    identityCheckedOn: row.identity_checked_on,
    enteredBy: row.entered_by,
    confirmedBy: row.confirmed_by,
    preparedBy: row.prepared_by,
    missingDocuments: row.missing,
    blocked: examined?.blocked ?? 0,
    doubtful: examined?.doubtful ?? 0,
    proposal: row.proposal,
    openLines: row.open,
    expiredLines: row.expired,
    issued: row.issued,
    sent: row.sent,
    lapsed: row.lapsed,
  };
}

const reasonOf = (titles: Readonly<Record<string, string>>) =>
  z.strictObject({ reason: z.enum(codesOf(titles), "理由を選んでください。") });
const judgedSchema = z
  .array(
    z.strictObject({
      number: z.number().int(),
      code: z.enum(codesOf(letterFindings)),
      reason: z.enum(codesOf(acceptanceReasons), "理由を選んでください。"),
    }),
  )
  .min(1, { error: "判断する確認事項を選んでください。" });
const sendingSchema = z.strictObject({
  how: z.enum(codesOf(sendingWays), "送付の方法を選んでください。"),
});
const withReason =
  (titles: Readonly<Record<string, string>>): Handler =>
  async (_work, { input }) =>
    parse(reasonOf(titles), input);

/** Issues the letter under the next number; `reason` where it is issued anew. */
async function issue(work: Work, found: CaseRow, reason: string | null) {
  const number = await documentNumber(work, vaccinationLetters, "document");
  const [row] = await refuseInWords(
    work.sql<{ until: string }[]>`
      select request_letters.issue(${found.id}, ${number}, ${reason})::text as until`,
    "有効な依頼書がないため、再交付できません。",
    ["MD018"],
  );
  if (!row) throw new Error("a letter has a last day");
  const open = (await linesOfLetter(work, found.id)).filter(({ state }) => state === "open");
  await giveCoupons(
    work,
    found.personNumber,
    open.map(({ vaccine, dose }) => ({ vaccine: vaccine as VaccineId, dose })),
    { from: work.platform.clock.today(), until: row.until as IsoDate },
  );
  return { number, until: row.until };
}

const moved = "起案の後に、同じ回の別の依頼書が決裁されました。差し戻して、確かめてください。";

const handlers: Readonly<Record<string, Handler>> = {
  recordIdentity,
  recordDocuments: (work, step) => recordDocuments(work, step, letterDocuments),
  async enter(work, step) {
    const entry = parse(requestEntrySchema, step.input);
    await keepRequest(work, step, entry);
    return { lines: entry.lines.length };
  },
  async accept(work, { found, input }) {
    const said = parse(judgedSchema, input);
    const examined = await examine(work, found);
    const still = said.filter(({ number, code }) =>
      examined?.findings.some(
        (one) =>
          one.line === number &&
          one.code === code &&
          one.level === "doubtful" &&
          one.accepted === undefined,
      ),
    );
    if (still.length === 0)
      throw new Problem({ status: 409, message: "判断する確認事項は、もうありません。" });
    await work.tx
      .insert(letterAcceptance)
      .values(still.map((one) => ({ ...one, caseId: found.id })));
    return { findings: still.length };
  },
  hold: async (_work, { event }) => ({ until: String(event.until) }),
  async propose(work, { found }) {
    const examined = await examine(work, found);
    if (!examined) throw new Error("a letter is proposed of what was entered");
    const { months } = examined.terms.value;
    const open = await latestApproval(work, found.id);
    if (!open) throw new Error("a proposal was made");
    await work.tx.insert(letterProposal).values({ approvalId: open.id, caseId: found.id, months });
    return { lines: examined.lines.length, months };
  },
  proposeRejection: withReason(rejectionReasons),
  async approve(work, { found }) {
    const decided = await latestApproval(work, found.id);
    if (decided?.subject !== "letter") return { subject: decided?.subject ?? null };
    const [row] = await refuseInWords(
      work.sql<{ lines: number }[]>`select request_letters.decide(${found.id}) as lines`,
      moved,
      ["MD018"],
    );
    return { subject: "letter", lines: row?.lines ?? 0 };
  },
  issue: (work, { found }) => issue(work, found, null),
  async reissue(work, { found, input }) {
    const { reason } = parse(reasonOf(reissueReasons), input);
    return { reason, ...(await issue(work, found, reason)) };
  },
  async send(work, { found, input }) {
    const { how } = parse(sendingSchema, input);
    await work.sql`select request_letters.send(${found.id}, ${how})`;
    return { how };
  },
  recordResult,
  recordScreening: recordResult,
  async lapse(work, { found }) {
    await work.sql`select request_letters.lapse(${found.id})`;
    return {};
  },
  async remand(work, { found, state }) {
    if (state === "expired") await work.sql`select request_letters.lapse(${found.id})`;
    return {};
  },
  proposeCancellation: withReason(letterCancellationReasons),
  async cancel(work, { found }) {
    await work.sql`select request_letters.cancel(${found.id})`;
    return { subject: "cancellation" };
  },
};

declareWorkflow<LetterFacts>({
  program: "vaccination",
  kind: requestLetterV1.kind,
  versions: [requestLetterV1],
  deadlines,
  context: factsOf,
  carryOut: handlers,
  effect: (work, found, { params }) => issueLetterPaper(work, found, String(params.kind)),
});
