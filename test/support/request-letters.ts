import { randomUUID } from "node:crypto";
import { makeStep, type StepOptions } from "#src/demonstration/make-step.ts";
import { sharedView } from "#src/platform/applications/index.ts";
import { type Applied, getCase, runEffects } from "#src/platform/cases/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  openRefund,
  openRequestLetter,
  type RequestEntry,
} from "#src/programs/vaccination/request-letters/index.ts";
import { reckonRefund } from "#src/programs/vaccination/request-letters/reckon-refund.ts";
import type { RefundEntry } from "#src/programs/vaccination/request-letters/refund-entry.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { validUntil } from "#workflows/vaccination/request-letters/terms.ts";
import type { At } from "./casework.ts";
import { numberCard } from "./counter.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { paymentsOf, settingEntry } from "./payments.ts";
import { invented } from "./people.ts";
import { writePeople } from "./register.ts";

/** What two people have set for letters and refunds, entered as it would stand. */
export async function setLetterTerms(test: TestPlatform): Promise<void> {
  const values: Record<string, unknown> = {
    "vaccination.request-letter": {
      months: 3,
      categories: ["A"],
      reasons: ["homecoming", "hospital"],
      agreements: [
        { prefecture: "43", kind: "mutual", categories: ["A"] },
        { prefecture: "44", municipality: "例示市", kind: "host-pays", categories: ["A"] },
      ],
    },
    "vaccination.request-refund": { categories: ["A"], start: "payment", count: 1, unit: "years" },
    "vaccination.prices-individual": {
      taxPercent: 10,
      prices: [
        { vaccine: "5mix", given: 20_350, screened: 3190 },
        { vaccine: "hepb", given: 6600, screened: 3190 },
        { vaccine: "pcv", given: 12_100 },
      ],
    },
  };
  for (const [key, value] of Object.entries(values))
    await test.admin`
      insert into city.parameter (key, value, valid_from, source, certainty, proposed_by, proposed_at, decision, decided_by, decided_at, tried_at, tried_cases)
      select ${key}, ${test.admin.json(value as never)}, '2026-04-01', '試験市予防接種実施要綱第4条', 'established', a.id, now(), 'approved', b.id, now(), now(), 0
        from access.staff a, access.staff b where a.login_name = 'operator1' and b.login_name = 'supervisor1'`;
}

/** An application for a child at their grandparents', for the first dose of B型肝炎. */
export const keyedRequest = (given: Partial<RequestEntry> = {}): RequestEntry => ({
  channel: "window",
  reason: "homecoming",
  addressee: "municipality",
  payment: "self",
  stayFrom: "2026-11-01",
  stayTo: "2027-03-31",
  applicant: {
    name: "髙橋　太郎",
    kana: "タカハシ　タロウ",
    relation: "parent",
    postalCode: "8600004",
    address: "熊本市中央区新町２丁目４番２７号",
    building: "",
    telephone: "096-000-0000",
  },
  stay: {
    prefecture: "40",
    municipality: "見本市",
    postalCode: "8100001",
    address: "福岡県見本市例示町2丁目3番4号",
    building: "例示様方",
    telephone: "",
  },
  to: {
    name: "見本市長",
    postalCode: "8100001",
    address: "福岡県見本市例示町1丁目1番1号",
    building: "",
  },
  lines: [{ vaccine: "hepb", dose: 1, plannedOn: "2026-12-10" }],
  ...given,
});

/** One receipt: B型肝炎 1回目, 7,000 yen. */
export const keyedDose = (
  given: Partial<RefundEntry["doses"][number]> = {},
): RefundEntry["doses"][number] => ({
  vaccine: "hepb",
  dose: 1,
  outcome: "given",
  clinic: "例示こどもクリニック",
  givenOn: "2026-11-20",
  paidOn: "2026-11-20",
  paid: 7000,
  documents: ["receipt"],
  ...given,
});

/** Letters and refunds in a test: children of a household, and steps made by named staff. */
export function lettersOf(test: TestPlatform) {
  const program = "vaccination";
  const payments = paymentsOf(test, program);
  const today = () => test.platform.clock.today();
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "case", program }, run);

  const setUp = async () => {
    await setLetterTerms(test);
    await payments.setUp({ ...settingEntry });
  };

  /** A child and a father in one household; gives both numbers. */
  async function family(
    child: Parameters<typeof invented>[0] = {},
  ): Promise<{ child: string; father: string }> {
    const born = invented({
      birthDate: "2026-08-10",
      residence: { from: "2026-08-10", fromReason: "birth" },
      ...child,
    });
    const parent = invented({
      householdNumber: born.householdNumber,
      name: { kanji: "髙橋　太郎", kana: "タカハシ　タロウ" },
      birthDate: "1995-04-01",
      sex: "male",
      isHead: true,
      relationship: "02",
      residence: { from: "1995-04-01", fromReason: "birth" },
    });
    const written = await runWork(test.platform, await test.system(), { purpose: "feed" }, (work) =>
      writePeople(work, [{ record: born }, { record: parent }]),
    );
    return { child: written[0] ?? "", father: written[1] ?? "" };
  }

  const step = async (
    who: TestStaff,
    type: string,
    at: At,
    options: StepOptions = {},
  ): Promise<Applied> =>
    makeStep(test.platform, await test.actor(who), at, type, {
      comment: "試験のため",
      input: {},
      ...options,
    });

  const applied = (
    personNumber: string,
    given: Partial<RequestEntry> = {},
    who: TestStaff = "clerk1",
  ): Promise<At> =>
    as(who, async (work) => {
      const found = await openRequestLetter(
        work,
        { personNumber, receivedOn: today(), idempotencyKey: randomUUID() },
        keyedRequest(given),
      );
      return { caseId: found.id, revision: 2 };
    });
  /** Identity checked, papers seen, sent to 審査 and confirmed by another. */
  async function examined(personNumber: string, given: Partial<RequestEntry> = {}): Promise<At> {
    let at = await applied(personNumber, given);
    at = await step("clerk1", "recordIdentity", at, { input: numberCard });
    at = await step("clerk1", "recordDocuments", at, { input: { "handbook-copy": "seen" } });
    at = await step("clerk1", "submit", at);
    return step("clerk2", "confirm", at);
  }
  async function proposed(personNumber: string, given: Partial<RequestEntry> = {}): Promise<At> {
    const at = await step("clerk2", "propose", await examined(personNumber, given));
    return step("clerk2", "requestDecision", at);
  }
  const granted = async (personNumber: string, given: Partial<RequestEntry> = {}) =>
    step("supervisor1", "approve", await proposed(personNumber, given));
  const issue = (at: At, months = 3) =>
    step("clerk1", "issue", at, { until: validUntil(today(), months) });
  const issued = async (personNumber: string, given: Partial<RequestEntry> = {}) =>
    issue(await granted(personNumber, given));
  const valid = async (personNumber: string, given: Partial<RequestEntry> = {}) =>
    step("clerk1", "send", await issued(personNumber, given), { input: { how: "applicant" } });

  const claimed = (
    personNumber: string,
    doses: readonly RefundEntry["doses"][number][] = [keyedDose()],
    who: TestStaff = "clerk1",
  ): Promise<At> =>
    as(who, async (work) => {
      const found = await openRefund(
        work,
        { personNumber, receivedOn: today(), channel: "window", idempotencyKey: randomUUID() },
        { doses: [...doses] },
      );
      return { caseId: found.id, revision: 2 };
    });

  const reckoned = (caseId: string) =>
    as("clerk2", async (work) => reckonRefund(work, await getCase(work, caseId)));

  /** Steps that a page of a case would offer. */
  const offered = (caseId: string) =>
    as("clerk2", async (work) =>
      (await sharedView(work, caseId)).actions
        .filter(({ reasons }) => reasons.length === 0)
        .map(({ type }) => type),
    );

  const papers = async (caseId: string) => {
    await runEffects(test.platform, await test.actor("clerk1"), caseId);
    const failed = await test.admin<{ failure: string }[]>`
      select params ->> 'kind' || ': ' || failure as failure from cases.effect where case_id = ${caseId} and failure is not null`;
    if (failed.length > 0) throw new Error(failed.map(({ failure }) => failure).join("\n"));
    return test.admin<{ kind: string; number: string }[]>`
      select kind, number from documents.document where case_id = ${caseId} order by issued_at, number`;
  };
  const lines = (caseId: string) =>
    test.admin<{ number: number; state: string; given: string | null }[]>`
      select number, state, given_on::text as given from request_letters.line where case_id = ${caseId} order by number`;

  return {
    program,
    as,
    payments,
    today,
    setUp,
    family,
    step,
    applied,
    examined,
    proposed,
    granted,
    issue,
    issued,
    valid,
    claimed,
    reckoned,
    offered,
    papers,
    lines,
    inDays: (days: number): IsoDate => addDays(today(), days),
  };
}
