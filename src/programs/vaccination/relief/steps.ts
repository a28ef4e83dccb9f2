import { z } from "zod";
import { answer, answerBenefit, appeal, forwarding } from "#db/schema/relief.ts";
import type { Handler } from "#src/platform/cases/index.ts";
import { parse } from "#src/platform/intake/index.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { type ReliefBenefit, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import type { AnswerOutcome } from "#workflows/vaccination/relief/harm.ts";
import { factsOf } from "./basis.ts";
import { reliefBenefitsPart } from "./benefits-part.ts";
import { newestPackage } from "./package.ts";

const day = (message: string) =>
  z
    .string({ error: message })
    .refine(isIsoDate, { error: message }) as unknown as z.ZodType<IsoDate>;

export const forwardSchema = z.strictObject({
  forwardedOn: day("進達日を入力してください。例: R8.11.20"),
});

/** The date of a notice, when it came, and its number. */
const noticeShape = {
  answeredOn: day("通知の日付を入力してください。例: R8.11.10"),
  arrivedOn: day("通知が届いた日を入力してください。例: R8.11.20"),
  reference: z
    .string({ error: "通知の番号を入力してください。" })
    .trim()
    .min(1, { error: "通知の番号を入力してください。" })
    .max(60, { error: "通知の番号は60文字以内で入力してください。" }),
};
export const answerSchema = z.strictObject(noticeShape);

export const recogniseSchema = z.strictObject({
  ...noticeShape,
  benefits: z.partialRecord(
    z.enum(Object.keys(reliefBenefits) as [ReliefBenefit, ...ReliefBenefit[]]),
    z.strictObject({
      recognised: z.boolean({ error: "認定されたかどうかを選んでください。" }),
      grade: z.int().min(1).max(3).optional(),
      from: day("期間の始まりの書き方を確かめてください。").optional(),
      to: day("期間の終わりの書き方を確かめてください。").optional(),
    }),
  ),
});

export const appealSchema = z.strictObject({
  on: day("日付を入力してください。例: R8.11.20"),
});

const notAhead = (work: Work, field: string, on: IsoDate) => {
  if (on > work.platform.clock.today())
    throw new EntryProblem(field, "今日より後の日付は入力できません。");
};

/** 進達: the copy that was made last goes out. */
export const forward: Handler = async (work, { found, input }) => {
  const { forwardedOn } = parse(forwardSchema, input);
  notAhead(work, "forwardedOn", forwardedOn);
  const made = await newestPackage(work, found.id);
  if (!made) throw new Problem({ status: 409, message: "進達する書類が整っていません。" });
  await work.tx.insert(forwarding).values({ caseId: found.id, packageId: made.id, forwardedOn });
  return { pages: made.pages, forwardedOn };
};

async function keepAnswer(
  work: Work,
  caseId: string,
  outcome: AnswerOutcome,
  notice: z.infer<typeof answerSchema>,
): Promise<void> {
  const { answeredOn, arrivedOn, reference } = notice;
  notAhead(work, "arrivedOn", arrivedOn);
  if (arrivedOn < answeredOn)
    throw new EntryProblem("arrivedOn", "届いた日は、通知の日付より前にはなりません。");
  const [sent] = await work.sql<{ on: IsoDate | null }[]>`
    select max(forwarded_on)::text as on from relief.forwarding where case_id = ${caseId}`;
  if (sent?.on && answeredOn < sent.on)
    throw new EntryProblem("answeredOn", "通知の日付は、進達した日より前にはなりません。");
  await work.tx.insert(answer).values({ caseId, outcome, answeredOn, arrivedOn, reference });
}

/** 認定の通知, of each benefit that was claimed: what was answered binds. */
export const recognise: Handler = async (work, { found, input }) => {
  const { benefits, ...notice } = parse(recogniseSchema, input);
  const claimed = ((await factsOf(work, found.id))?.benefits ?? []) as ReliefBenefit[];
  for (const one of claimed)
    if (!benefits[one])
      throw new EntryProblem(`recognised-${one}`, "認定されたかどうかを選んでください。");
  const answered = claimed.map((benefit) => ({ benefit, ...benefits[benefit] }));
  if (!answered.some(({ recognised }) => recognised))
    throw new EntryProblem(
      `recognised-${claimed[0]}`,
      "認定された給付がありません。否認の通知として記録してください。",
    );
  await keepAnswer(work, found.id, "recognised", notice);
  await work.tx.insert(answerBenefit).values(
    answered.map(({ benefit, recognised = false, grade, from, to }) => ({
      caseId: found.id,
      benefit,
      recognised,
      ...(recognised && grade ? { grade } : {}),
      ...(recognised && from ? { from } : {}),
      ...(recognised && to ? { to } : {}),
    })),
  );
  return {
    recognised: answered.flatMap(({ benefit, recognised }) => (recognised ? [benefit] : [])),
  };
};

/** 否認 and 保留. */
export const answerWith =
  (outcome: "denied" | "deferred"): Handler =>
  async (work, { found, input }) => {
    await keepAnswer(work, found.id, outcome, parse(answerSchema, input));
    return { outcome };
  };

/** 審査請求 to the governor, and what was ruled. */
export const appealWith =
  (outcome: "filed" | "upheld" | "dismissed"): Handler =>
  async (work, { found, input }) => {
    const { on } = parse(appealSchema, input);
    notAhead(work, "on", on);
    await work.tx.insert(appeal).values({ caseId: found.id, outcome, on });
    return { on };
  };

export const enterBenefits: Handler = (work, step) => reliefBenefitsPart().enter(work, step);
export const proposePayment: Handler = (work, step) => reliefBenefitsPart().propose(work, step);

/** The decision: of a payment the amounts are carried out as they were proposed. */
export const approve: Handler = async (work, step) => {
  const [proposal] = await work.sql<{ subject: string }[]>`
    select subject from approvals.approval where case_id = ${step.found.id} and decision = 'approved'
     order by prepared_revision desc limit 1`;
  if (proposal?.subject !== "payment") return { subject: "refusal" };
  return { subject: "payment", ...(await reliefBenefitsPart().carryOut(work, step)) };
};
