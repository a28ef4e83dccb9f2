import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, isNull, lt, lte } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { formSetting } from "#db/schema/printing.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState, stateMeta } from "#workflows/flows/answer.ts";
import {
  type SettingContext,
  type SettingEventType,
  settingV1,
} from "#workflows/printing/setting-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { Proposal } from "./check.ts";
import { builtIn, type Settings } from "./print.ts";
import type { ProgramPapers } from "./program-papers.ts";

/** What becomes of a proposal: 承認, 差戻し by another person, or 取下げ by the one who made it. */
export type SettingDecision = NonNullable<typeof formSetting.$inferSelect.decision>;

const [preparer, decider] = [alias(staff, "preparer"), alias(staff, "decider")];

const withPeople = (work: Work) =>
  work.tx
    .select({
      setting: formSetting,
      preparerName: preparer.displayName,
      deciderName: decider.displayName,
    })
    .from(formSetting)
    .innerJoin(preparer, eq(preparer.id, formSetting.preparedBy))
    .leftJoin(decider, eq(decider.id, formSetting.decidedBy));

type Found = Awaited<ReturnType<typeof withPeople>>[number];
/** A proposal, decided or not, with the names of those who made and decided it. */
export type FormSetting = Found["setting"] & Omit<Found, "setting">;

const flat = ({ setting, ...names }: Found): FormSetting => ({ ...setting, ...names });

/** Every proposal for a 事務, the newest first. */
export async function listSettings(work: Work, program: string): Promise<FormSetting[]> {
  const rows = await withPeople(work)
    .where(eq(formSetting.program, program))
    .orderBy(desc(formSetting.id));
  return rows.map(flat);
}

/** Proposals of all 事務 that nobody has decided. */
export async function openSettings(work: Work): Promise<FormSetting[]> {
  return (await withPeople(work).where(isNull(formSetting.decision))).map(flat);
}

/** @throws Problem 404 */
export async function readSetting(work: Work, id: number): Promise<FormSetting> {
  const [row] = await withPeople(work).where(eq(formSetting.id, id));
  if (!row) throw notFound("帳票の設定が見つかりません。");
  return flat(row);
}

/** What a new proposal begins with: the approved setting that begins last, or what comes with the program. */
export async function latestSettings(work: Work, papers: ProgramPapers): Promise<Settings> {
  const [row] = await approvedOf(work, papers.program);
  return row ?? builtIn(work, work.platform.clock.today());
}

/** What a proposal takes the place of. */
export async function settingsBefore(
  work: Work,
  papers: ProgramPapers,
  { id, validFrom }: Pick<FormSetting, "id" | "validFrom">,
): Promise<Settings> {
  const [row] = await approvedOf(
    work,
    papers.program,
    and(lt(formSetting.id, id), lte(formSetting.validFrom, validFrom)),
  );
  return row ?? builtIn(work, validFrom as IsoDate);
}

const approvedOf = (work: Work, program: string, which?: ReturnType<typeof and>) =>
  work.tx
    .select()
    .from(formSetting)
    .where(and(eq(formSetting.program, program), eq(formSetting.decision, "approved"), which))
    .orderBy(desc(formSetting.validFrom), desc(formSetting.id))
    .limit(1);

/**
 * Proposes settings that were found faultless, for another person to approve.
 *
 * @throws Problem 409 while another proposal waits, 422 when nothing would change
 */
export async function proposeSetting(
  work: Work,
  papers: ProgramPapers,
  { validFrom, content, seal, logo }: Proposal,
): Promise<number> {
  const { program } = papers;
  await work.sql`select access.require_right('form-setting.prepare', ${program})`;
  if (sameSettings(await latestSettings(work, papers), { content, seal, logo }))
    throw new Problem({ status: 422, message: "いまの設定から変わったところがありません。" });
  const [made] = await work.tx
    .insert(formSetting)
    .values({
      program,
      validFrom,
      content,
      seal: seal && Buffer.from(seal),
      logo: logo && Buffer.from(logo),
      preparedBy: work.actor.staffId,
      preparedAt: work.platform.clock.now(),
    })
    .onConflictDoNothing()
    .returning({ id: formSetting.id });
  if (!made)
    throw conflict("この事務には、承認を待っている設定があります。", [
      "承認されるか取り下げられてから、起案してください。",
    ]);
  await record(work, "form-setting.proposed", { program, id: made.id });
  return made.id;
}

/** Whether two settings print the same. */
export function sameSettings(one: Settings, other: Settings): boolean {
  const plain = ({ content, seal, logo }: Settings) => ({
    content,
    seal: seal && [...seal],
    logo: logo && [...logo],
  });
  return isDeepStrictEqual(plain(one), plain(other));
}

/** What is wrong with the reason for a 差戻し; nothing when all is well. */
export function remandFault(reason: string): string | undefined {
  return reasonFault(reason, "差し戻す理由");
}

type Decided = Pick<FormSetting, "decision" | "preparedBy">;

const standing = (
  { decision, preparedBy }: Decided,
  actingStaffId: number,
): Standing<SettingContext> => ({
  definition: settingV1,
  state: decision ?? firstState(settingV1),
  context: { actingStaffId, preparedBy },
});

/** What a proposal is called where it stands: 承認待ち, 承認, 差戻し, 取下げ. */
export const settingState = (decision: SettingDecision | null): string =>
  stateMeta(settingV1, decision ?? firstState(settingV1)).title;

/** What this person could do with a proposal now. */
export const settingActions = (
  actor: Actor,
  setting: Decided & Pick<FormSetting, "program">,
): FlowAction[] =>
  actionsAt(actor, standing(setting, actor.staffId), {
    program: setting.program,
    reach: "any office",
  });

/**
 * Approves, remands or takes back a proposal.
 *
 * @param reason why it is remanded, for the person who prepared it
 * @throws Problem 403 where the person may not, 404, 409 when it was decided meanwhile, 422 for a 差戻し without a proper reason
 */
export async function decideSetting(
  work: Work,
  id: number,
  event: SettingEventType,
  reason = "",
): Promise<FormSetting> {
  const found = await readSetting(work, id);
  const rule = settingV1.events[event];
  await work.sql`select access.require_right(${rule?.right ?? ""}, ${found.program})`;
  if (found.decision !== null) throw decidedBefore(found);
  const decision = stateAfter(standing(found, work.actor.staffId), event) as SettingDecision;
  const asksWhy = rule?.comment === "required";
  const fault = asksWhy ? remandFault(reason) : undefined;
  if (fault) throw new Problem({ status: 422, message: fault });
  const decided = await work.tx
    .update(formSetting)
    .set({
      decision,
      decidedBy: work.actor.staffId,
      decidedAt: work.platform.clock.now(),
      reason: asksWhy ? reason.trim() : null,
    })
    .where(and(eq(formSetting.id, id), isNull(formSetting.decision)))
    .returning({ id: formSetting.id });
  if (decided.length === 0) throw decidedBefore(await readSetting(work, id));
  await record(work, `form-setting.${decision}`, { program: found.program, id });
  return found;
}

const decidedBefore = ({ deciderName, decision }: FormSetting) =>
  conflict("この設定は、ほかの職員がすでに処理しました。", [
    `${deciderName ?? ""}: ${settingState(decision)}`,
  ]);

const record = (work: Work, action: string, detail: { program: string; id: number }) =>
  recordAudit(work, { kind: "change", action, detail });
