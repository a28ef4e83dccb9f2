import { expect, test } from "vitest";
import { publicHalf, sealRecords, verifyAudit } from "#src/platform/audit/index.ts";
import { stepInputs } from "#test/support/child-medical-states.ts";
import { brokenChains, compete } from "#test/support/competing-steps.ts";
import { counterOf, numberCard } from "#test/support/counter.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { forbidden } from "#test/support/forbidden-rows.ts";
import { householdCounterOf, keyed } from "#test/support/household-counter.ts";
import { withGrandfather } from "#test/support/single-parent-states.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { applicationV1 as singleParentV1 } from "#workflows/single-parent-medical/machine.ts";

const children = await openTestPlatform();
const households = await openTestPlatform();

/**
 * As nearly every step that is tried is possible where the seat believes the case to stand, most of them are made or collide.
 * TRIES sets another number, for a longer run.
 */
const tries = Number(process.env.TRIES ?? 2_000);

/** Nothing stands there that may not, and the audit records are as they were written. */
async function expectSound(
  city: TestPlatform,
  definition: CaseDefinition,
  ids: readonly string[],
  succeeded: number,
) {
  expect(await brokenChains(city, definition, ids)).toEqual([]);
  const [events] = await city.admin<{ n: number }[]>`
    select count(*)::int as n from cases.event where case_id in ${city.admin(ids)}`;
  expect(events?.n).toBe(succeeded + ids.length);
  for (const [what, query] of Object.entries(forbidden))
    expect(await city.admin.unsafe(query), what).toEqual([]);
  await sealRecords(city.platform);
  const { dataFolder, keys } = city.platform;
  const publicKey = publicHalf(keys.signingKey);
  expect(await verifyAudit((read) => read(city.admin), { dataFolder, publicKey })).toMatchObject({
    faults: [],
    unsealed: 0,
  });
}

test("入り乱れた操作でも、同じ段階から二度進むことはない", {
  timeout: 1_200_000,
}, async () => {
  const { as, family, open } = counterOf(children);
  const ids = await Promise.all(
    Array.from({ length: 12 }, async () => (await open("clerk1", await family())).id),
  );
  const { tried, succeeded, refused, conflicts } = await compete({
    definition: applicationV1,
    ids,
    as,
    tries,
    usual: ["recordIdentity", "enter", "recordDocuments", "submit", "confirm", "remand"],
    rare: [],
    never: ["withdraw", "reissue", "proposeRejection", "issue"],
    input: async (type) =>
      type === "recordDocuments"
        ? { "insurance-proof": "seen", "account-proof": "seen" }
        : stepInputs[type],
  });
  expect(succeeded + refused + conflicts).toBe(tried);
  expect(succeeded).toBeGreaterThan(tried / 8);
  expect(conflicts).toBeGreaterThan(tried / 8);
  await expectSound(children, applicationV1, ids, succeeded);
});

test("世帯の申請でも、入り乱れた操作で、段階も、資格も、証も、世帯の方も食い違わない", {
  timeout: 1_200_000,
}, async () => {
  const { as, household, join, open } = householdCounterOf(households);
  // Few, so that some of them come as far as the grant.
  const opened = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const family = await household([{ birthDate: "2015-05-10" }, { birthDate: "2018-07-07" }]);
      const residence = { from: "1988-04-01", fromReason: "birth" } as const;
      const spouse = await join(family.householdNumber, { birthDate: "1988-04-01", residence });
      return { family, spouse, id: (await open("clerk1", family.mother)).id };
    }),
  );
  const ids = opened.map(({ id }) => id);
  /** Everybody, or without the spouse, the younger child, the grandfather. */
  const entered = (caseId: string, random: () => number) => {
    const found = opened.find(({ id }) => id === caseId);
    if (!found) throw new Error("no such household");
    const { family, spouse } = found;
    const [, younger] = family.children;
    const whole = withGrandfather(family);
    const people = [...whole.people, { role: "spouse" as const, personNumber: spouse, name: "" }];
    const leftOut = [spouse, younger, family.grandfather].filter(() => random() < 0.3);
    return {
      ...whole,
      category: { code: "disability" as const, since: "2026-10-05" },
      people: people.filter(({ personNumber }) => !leftOut.includes(personNumber)),
    };
  };
  const { tried, succeeded, refused, conflicts } = await compete({
    definition: singleParentV1,
    ids,
    as,
    tries,
    met: async () => (await neverMet(households)).length === 0,
    usual: [
      "recordIdentity",
      "enter",
      "recordDocuments",
      "recordIncome",
      "submit",
      "confirm",
      "confirmIncome",
      "remand",
    ],
    rare: ["reissue", "proposeRevocation"],
    never: ["withdraw", "proposeRejection", "inquire"],
    async input(type, { work, caseId, random }) {
      switch (type) {
        case "recordIdentity":
          return numberCard;
        case "enter":
          return entered(caseId, random);
        case "recordDocuments":
          return {
            "family-register": "seen",
            "disability-handbook": "seen",
            "insurance-proof": "seen",
            "account-proof": "seen",
          };
        case "recordIncome": {
          const counted = await work.sql<{ person: string }[]>`
            select distinct person_number as person from cases.member
             where case_id = ${caseId} and to_revision is null and role in ('applicant', 'spouse', 'supporter')`;
          return { people: counted.map(({ person }) => keyed(person)) };
        }
        case "proposeRevocation":
          return { reason: "mistake" };
        case "reissue":
          return { reason: "damaged" };
        default:
          return undefined;
      }
    },
  });
  expect(succeeded + refused + conflicts).toBe(tried);
  expect(succeeded).toBeGreaterThan(tried / 8);
  expect(conflicts).toBeGreaterThan(tried / 8);
  await expectSound(households, singleParentV1, ids, succeeded);
  expect(await neverMet(households)).toEqual([]);
});

/** What no household came to: a grant, a certificate, somebody who was entered and left out again, an income confirmed. */
async function neverMet({ admin }: TestPlatform): Promise<string[]> {
  const [met] = await admin<Record<string, boolean>[]>`
    select exists (select from entitlements.entitlement) as granted,
           exists (select from entitlements.certificate) as issued,
           exists (select from cases.member where to_revision is not null) as "left again",
           exists (select from intake.income where confirmed_by is not null) as confirmed`;
  return Object.keys(met ?? {}).filter((what) => !met?.[what]);
}
