import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { rule } from "#db/schema/provision.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState } from "#workflows/flows/answer.ts";
import {
  type ProvisionRuleContext,
  type ProvisionRuleEvent,
  provisionRuleV1,
} from "#workflows/provision/rule-machine.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { isPublicKey } from "../mailings/index.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { entitlementItems, type FileItem } from "./items.ts";

export type ProvisionRule = Awaited<ReturnType<typeof listRules>>[number];

/** The table of provisions: to whom, on which basis, which items, from when to when. The newest first. */
export function listRules(work: Work) {
  const [proposer, decider] = [alias(staff, "proposer"), alias(staff, "decider")];
  return work.tx
    .select({
      id: rule.id,
      recipient: rule.recipient,
      legalBasis: rule.legalBasis,
      work: rule.work,
      items: sql<FileItem[]>`${rule.items}`,
      way: rule.way,
      publicKey: rule.publicKey,
      validFrom: sql<IsoDate>`${rule.validFrom}`,
      validTo: sql<IsoDate | null>`${rule.validTo}`,
      source: rule.source,
      program: rule.program,
      applicantsOf: rule.applicantsOf,
      timing: rule.timing,
      proposedBy: rule.proposedBy,
      proposer: proposer.displayName,
      proposedAt: rule.proposedAt,
      decision: rule.decision,
      decider: decider.displayName,
      decidedAt: rule.decidedAt,
    })
    .from(rule)
    .innerJoin(proposer, eq(proposer.id, rule.proposedBy))
    .leftJoin(decider, eq(decider.id, rule.decidedBy))
    .orderBy(desc(rule.id));
}

/** Whether something may be provided by it on a day. */
export const isInForce = (one: ProvisionRule, on: IsoDate): boolean =>
  one.decision === "approved" && one.validFrom <= on && (one.validTo === null || one.validTo >= on);

/** Those that hold today. */
export const rulesInForce = async (work: Work): Promise<ProvisionRule[]> =>
  (await listRules(work)).filter((one) => isInForce(one, work.platform.clock.today()));

/** Those of them by which files by period are made. */
export const fileRulesInForce = async (work: Work): Promise<ProvisionRule[]> =>
  (await rulesInForce(work)).filter(({ program, way }) => program !== null && way !== "network");

/** Those by which one person's data are provided: of the register, and of the 資格情報 through 情報提供ネットワークシステム. */
export const askedRulesInForce = async (work: Work): Promise<ProvisionRule[]> =>
  (await rulesInForce(work)).filter(({ program, way }) => program === null || way === "network");

/** How often a recipient gets what it is provided. */
export const timingTitles = {
  "as-needed": "随時",
  monthly: "毎月",
  yearly: "毎年",
} as const satisfies Record<ProvisionRule["timing"], string>;

/**
 * Proposes a row of the table; it holds when another person has approved it.
 *
 * @throws EntryProblem of the field that is missing or wrong
 */
export async function proposeRule(
  work: Work,
  wanted: {
    recipient: string;
    legalBasis: string;
    work: string;
    items: readonly FileItem[];
    /** The 事務 whose 資格情報 are among the items, if any are. */
    program: string | null;
    /** In which 事務 the households have applied of whom a file tells; none where the recipient names them. */
    applicantsOf: string | null;
    timing: ProvisionRule["timing"];
    way: ProvisionRule["way"];
    publicKey: string;
    from: IsoDate;
    to: IsoDate | null;
    source: string;
  },
): Promise<void> {
  const { from, to, way, applicantsOf } = wanted;
  const texts = [
    ["recipient", "提供先", 2, 100],
    ["legalBasis", "法令上の根拠", 4, 200],
    ["work", "提供先の事務", 2, 200],
    ["source", "出典", 2, 200],
  ] as const;
  for (const [field, title, least, most] of texts)
    if (wanted[field].length < least || wanted[field].length > most)
      throw new EntryProblem(
        field,
        `${title}を${least}文字以上${most}文字以内で入力してください。`,
      );
  if (wanted.items.length === 0) throw new EntryProblem("items", "提供する項目を選んでください。");
  const tells = wanted.items.some((item) => Object.hasOwn(entitlementItems, item));
  if (tells && !wanted.program)
    throw new EntryProblem("program", "資格情報を提供する事務を選んでください。");
  if (!tells && wanted.program)
    throw new EntryProblem("items", "資格情報の項目を選ぶか、事務を「なし」にしてください。");
  if (wanted.applicantsOf && !wanted.program)
    throw new EntryProblem("applicantsOf", "資格情報を提供する事務も選んでください。");
  if (way === "network" && applicantsOf)
    throw new EntryProblem(
      "applicantsOf",
      "情報提供ネットワークシステムでは、照会のあった方を1人ずつ提供します。",
    );
  if (way === "file" && !isPublicKey(wanted.publicKey))
    throw new EntryProblem("publicKey", "提供先の age の公開鍵（age1…）を入力してください。");
  if (to && to < from) throw new EntryProblem("to", "終わりは始まりより後にしてください。");
  await work.sql`select provision.propose_rule(${wanted.recipient}, ${wanted.legalBasis}, ${wanted.work},
    ${[...wanted.items]}::text[], ${way}, ${way === "file" ? wanted.publicKey : null}, ${from}, ${to}, ${wanted.source},
    ${wanted.program}, ${wanted.applicantsOf}, ${wanted.timing})`;
}

const standing = (work: Work, one: ProvisionRule): Standing<ProvisionRuleContext> => ({
  definition: provisionRuleV1,
  state: one.decision ?? firstState(provisionRuleV1),
  context: { actingStaffId: work.actor.staffId, requestedBy: one.proposedBy },
});

/** Whether something may be provided by it today, and still tomorrow. */
const goesOn = (work: Work, one: ProvisionRule): boolean => {
  const today = work.platform.clock.today();
  return isInForce(one, today) && one.validTo !== today;
};

/** What this person could do with a row. */
export const ruleActions = (work: Work, one: ProvisionRule): FlowAction[] =>
  actionsAt(work.actor, standing(work, one)).filter(
    ({ type }) => type !== "end" || goesOn(work, one),
  );

/**
 * Approves or refuses a row that another person proposed, or ends one: nothing is provided by it from tomorrow on.
 *
 * @throws Problem 403, 404, 409
 */
export async function moveRule(work: Work, id: number, event: ProvisionRuleEvent): Promise<void> {
  const one = (await listRules(work)).find((row) => row.id === id);
  if (!one) throw notFound("提供先が見つかりません。");
  const decision = stateAfter(standing(work, one), event);
  if (event === "end") {
    if (!goesOn(work, one))
      throw conflict("この提供先は、既に終わっているか、まだ始まっていません。");
    await work.sql`select provision.end_rule(${id})`;
    return;
  }
  const [row] = await work.sql<{ decided: boolean }[]>`
    select provision.decide_rule(${id}, ${decision}) as decided`;
  if (!row?.decided) throw conflict("ほかの職員が先に処理しました。");
}
