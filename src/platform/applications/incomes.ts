import { type CaseRow, membersOf } from "../cases/index.ts";
import { type IncomesAsked, incomeRows, inquiryRows } from "../intake/index.ts";
import type { Work } from "../work.ts";
import type { ApplicationKind, EvidenceFacts } from "./kind.ts";

/** Whose income of which year a case looks at, by the roles of its members; of no year where it looks at none. */
export async function incomesAsked<Entered>(
  work: Work,
  { incomes }: ApplicationKind<Entered>,
  found: CaseRow,
): Promise<IncomesAsked> {
  if (!incomes) return { year: 0, personNumbers: [] };
  const counted = (await membersOf(work, found.id)).filter(({ role }) =>
    incomes.roles.includes(role),
  );
  const personNumbers = [...new Set(counted.map(({ personNumber }) => personNumber))];
  return { year: await incomes.year(work, found), personNumbers };
}

/** What a machine may know of incomes and inquiries, gathered with the other facts. */
export async function evidenceFacts<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
): Promise<EvidenceFacts> {
  const { year, personNumbers } = await incomesAsked(work, kind, found);
  const rows = kind.incomes ? await incomeRows(work, found.id, year) : new Map();
  const own = personNumbers.map((number) => rows.get(number));
  const waiting = own.filter((row) => row?.source === "keyed" && row.confirmedBy === null);
  const asked = kind.inquiries ? await inquiryRows(work, found.id) : [];
  return {
    incomesUnknown: own.filter((row) => row === undefined).length,
    incomesUnconfirmed: waiting.length,
    keyedIncome: waiting.some((row) => row?.recordedBy === work.actor.staffId),
    openInquiries: asked.filter((one) => !one.answeredOn && !one.closedOn).length,
  };
}
