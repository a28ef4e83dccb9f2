import { and, asc, count, desc, eq, isNotNull, min } from "drizzle-orm";
import { entry } from "#db/schema/approvals.ts";
import { account } from "#db/schema/payments.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type AccountContext, type AccountState, accountV1 } from "#workflows/payments/account.ts";
import { type Account, accountPart } from "../entry-parts/index.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import type { Figures, Lines } from "../lines.ts";
import { notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";
import { openAccounts, type Payee, sealAccount } from "./account-data.ts";

/** A version of the account of a person; those of organisations stand in the registers of their 事務. */
export type AccountRow = typeof account.$inferSelect & {
  personNumber: string;
  officeCode: string;
  source: Exclude<(typeof account.$inferSelect)["source"], "register">;
};
const ofPerson = isNotNull(account.personNumber);

/** Where an account came from. */
export const accountSourceTitles = {
  application: "申請",
  change: "変更の届出",
  counter: "窓口での申出",
  public: "公金受取口座の照会",
} as const satisfies Record<AccountRow["source"], string>;

/** With what a second person compares what was entered. */
export const accountEvidenceTitles = {
  passbook: "通帳の写し",
  card: "キャッシュカードの写し",
  certificate: "金融機関の証明",
  registry: "公金受取口座の照会結果",
} as const satisfies Record<NonNullable<AccountRow["evidence"]>, string>;

/** Why an account is not used any more. */
export const accountClosingTitles = {
  changed: "口座の変更",
  "bank-closed": "解約",
  failed: "振込不能",
  "own-request": "本人の申出",
  mistake: "入力の誤り",
} as const satisfies Record<NonNullable<AccountRow["closedFor"]>, string>;

/**
 * Makes an account of what was entered: provisional until another person confirms it. In a step of a case (`caseId`) or at the counter;
 * an earlier provisional one of the same person is replaced, and one in force that is the same stays as it is.
 *
 * @returns the id of the version
 */
export async function enterAccount(
  work: Work,
  given: Payee & {
    account: Account;
    source: AccountRow["source"];
    /** 公金受取口座. */
    isPublic?: boolean;
    /** From when it is to be used, today unless told otherwise. */
    validFrom?: IsoDate;
    caseId?: string;
  },
): Promise<string> {
  const { program, personNumber, source, isPublic = source === "public", caseId = null } = given;
  const { sealedId, fingerprint } = await sealAccount(work, given, given.account);
  const [row] = await work.sql<{ id: string }[]>`
    select payments.enter_account(${program}, ${personNumber}, ${source}, ${isPublic},
      ${given.validFrom ?? work.platform.clock.today()}, ${caseId}, ${sealedId}, ${fingerprint}) as id`;
  if (!row) throw new Error("an account has an id");
  return row.id;
}

/** The account part of what was entered for an application, where it has one. */
export async function enterAccountOf(
  work: Work,
  payee: Payee,
  entered: unknown,
  from: { source: "application" | "change"; caseId: string; validFrom?: IsoDate },
): Promise<void> {
  const part = (entered as { account?: unknown } | null | undefined)?.account;
  if (part === null || part === undefined) return;
  await enterAccount(work, { ...payee, ...from, account: accountPart.schema.parse(part) });
}

/** Versions of the accounts of a person, the newest first: of one 事務, or of all whose payments one may see. */
export async function accountsOf(
  work: Work,
  personNumber: string,
  program?: string,
): Promise<AccountRow[]> {
  const rows = await work.tx
    .select()
    .from(account)
    .where(
      and(
        eq(account.personNumber, personNumber),
        program === undefined ? undefined : eq(account.program, program),
      ),
    )
    .orderBy(asc(account.program), desc(account.recordedAt));
  return rows as AccountRow[];
}

/**
 * The account to which a person is paid today; `undefined` where none is confirmed.
 */
export async function confirmedAccount(
  work: Work,
  { program, personNumber }: Payee,
): Promise<AccountRow | undefined> {
  const [row] = await work.tx
    .select()
    .from(account)
    .where(
      and(
        eq(account.program, program),
        eq(account.personNumber, personNumber),
        eq(account.state, "confirmed"),
      ),
    );
  return row as AccountRow | undefined;
}

/** One version, opened; the look is logged. @throws Problem 404 */
export async function readAccount(
  work: Work,
  id: string,
): Promise<{ row: AccountRow; account: Account }> {
  const [found] = await work.tx
    .select()
    .from(account)
    .where(and(eq(account.id, id), ofPerson));
  const row = ofThisProgram(work, found as AccountRow | undefined);
  if (!row) throw notFound("口座が見つかりません。");
  const opened = (await openAccounts(work, [row.sealedId])).get(row.sealedId);
  if (!opened) throw notFound("口座の記録は消去されています。");
  return { row, account: opened };
}

/** Whether the acting person typed the case of an account, in whichever of its entries. */
async function typedItsCase(work: Work, { caseId }: AccountRow): Promise<boolean> {
  if (caseId === null) return false;
  const own = and(eq(entry.caseId, caseId), eq(entry.enteredBy, work.actor.staffId));
  return (await work.tx.$count(entry, own)) > 0;
}

const standing = async (work: Work, row: AccountRow) => ({
  definition: accountV1,
  state: row.state as AccountState,
  context: {
    actingStaffId: work.actor.staffId,
    enterers: [
      row.enteredBy,
      row.recordedBy,
      ...((await typedItsCase(work, row)) ? [work.actor.staffId] : []),
    ],
    // Only the database knows; it refuses.
    underWay: false,
  } satisfies AccountContext,
});

/** Buttons of an account, off with the reason where it is for another person. */
export const accountActions = async (work: Work, row: AccountRow) =>
  actionsAt(work.actor, await standing(work, row), {
    program: row.program,
    reach: { office: row.officeCode },
  });

/**
 * 口座確認 and what ends an account.
 *
 * @param how.evidence with which it was compared, to confirm
 * @param how.closedFor why it ends, to close
 * @throws Problem 403 for who entered it, 409 where it has moved on
 */
export async function moveAccount(
  work: Work,
  id: string,
  type: "confirm" | "refuse" | "close",
  how: { evidence?: AccountRow["evidence"]; closedFor?: AccountRow["closedFor"] } = {},
): Promise<void> {
  const [found] = await work.tx
    .select()
    .from(account)
    .where(and(eq(account.id, id), ofPerson));
  const row = ofThisProgram(work, found as AccountRow | undefined);
  if (!row) throw notFound("口座が見つかりません。");
  const target = stateAfter(await standing(work, row), type);
  await refuseInWords(
    work.sql`select payments.move_account(${id}, ${type}, ${target}, ${how.evidence ?? null}, ${how.closedFor ?? null})`,
    "この口座は、ほかの職員が先に処理したか、振込の手続が進んでいます。",
  );
}

/** Accounts that wait to be confirmed, the oldest first; of those that somebody else may confirm `own` are left out. */
const waits = (work: Work) =>
  and(
    eq(account.state, "provisional"),
    ofPerson,
    work.program === undefined ? undefined : eq(account.program, work.program),
  );

export async function accountsToConfirm(work: Work, { from, size }: Lines): Promise<AccountRow[]> {
  const rows = await work.tx
    .select()
    .from(account)
    .where(waits(work))
    .orderBy(asc(account.recordedAt), asc(account.id))
    .limit(size)
    .offset(from);
  return rows as AccountRow[];
}

export async function countAccountsToConfirm(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(account.recordedAt) })
    .from(account)
    .where(waits(work));
  return row ?? { count: 0, since: null };
}
