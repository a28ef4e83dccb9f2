import type { Actor } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { someAtATime } from "./at-a-time.ts";
import { playedChildMedical } from "./child-medical.ts";
import { type CounterStaff, playedCase } from "./counter.ts";
import { findSingleParents, findSomeChildren } from "./find-people.ts";
import { householdsTold, tellHouseholds } from "./households-in-hand.ts";
import { prepareCoupons } from "./mailing.ts";

/** How many applications wait in each place at each of two offices, beside those that are told one by one. */
const crowd = {
  received: 115,
  identity: 60,
  examination: 45,
  approval: 20,
  certified: 8,
} as const;

/** Clerks of an office, whose rights end there. */
export interface OfficeTeam extends Pick<CounterStaff, "enters" | "examines"> {
  officeCode: string;
}

/**
 * Applications in every state that waits for somebody, five hundred of こども医療 and some households at two offices, and a mailing that waits for
 * approval: so that the work lists of the demonstration live from the first sign-in. All through the functions that the
 * screens use.
 */
export async function seedWorkInHand(
  platform: Platform,
  {
    decides,
    prepares,
    teams,
    bringTaxes,
  }: {
    decides: Actor;
    prepares: Actor;
    teams: readonly OfficeTeam[];
    /** Lets the tax office answer for whoever is needed since it last did. */
    bringTaxes(): Promise<unknown>;
  },
): Promise<void> {
  const many = Object.values(crowd).reduce((sum, count) => sum + count, 0);
  for (const [place, { officeCode, ...clerks }] of teams.entries()) {
    const told = place === 0 ? 9 : 0;
    const children = await findSomeChildren(
      platform,
      { prepares, ...clerks },
      { count: told + many, officeCode },
    );
    const next = (daysAgo: number) =>
      playedCase(platform, { ...clerks, decides }, playedChildMedical, children.pop() ?? "", {
        daysAgo,
      });
    if (told > 0) await tellOneByOne(platform, { ...clerks, decides }, next);
    await fillLists(decides, next);
    const finders = { prepares, ...clerks };
    const wanted = { count: householdsTold, officeCode };
    const parents = await findSingleParents(platform, finders, wanted);
    await tellHouseholds(platform, { ...clerks, decides }, parents, bringTaxes);
  }
  await prepareCoupons(platform, prepares);
}

type Played = Awaited<ReturnType<typeof playedCase>>;
type Next = (daysAgo: number) => Promise<Played>;

/** One in each state, with comments of its own. */
async function tellOneByOne(
  platform: Platform,
  { enters, examines, decides }: CounterStaff,
  next: Next,
): Promise<void> {
  await next(0); // 申請受付
  await (await next(0)).enter(); // 本人確認
  await (await next(2)).toExamination(); // 審査, to be confirmed by another person
  const held = await next(6);
  await held.toExamination("missing");
  await held.step(examines, "confirm");
  await held.step(examines, "hold", {
    until: addDays(platform.clock.today(), 10),
    comment: "資格確認書の写しがないため、電話で提出を依頼済み。",
  });
  const returned = await next(5);
  await returned.toApproval();
  await returned.step(decides, "remand", {
    comment: "被保険者の氏名が保護者と違わないか、資格確認書の写しで確かめてください。",
  });
  for (const daysAgo of [4, 3]) await (await next(daysAgo)).toApproval();
  const certified = await next(7);
  await certified.toApproval();
  await certified.step(decides, "approve");
  const issued = await next(9);
  await issued.toApproval();
  await issued.step(decides, "approve");
  await issued.step(enters, "issue");
}

/** The rest, so that lists are as long as in a city. */
async function fillLists(decides: Actor, next: Next): Promise<void> {
  const onward: Record<keyof typeof crowd, (played: Played) => Promise<unknown>> = {
    received: async () => {},
    identity: (played) => played.enter(),
    examination: (played) => played.toExamination(),
    approval: (played) => played.toApproval(),
    certified: async (played) => {
      await played.toApproval();
      await played.step(decides, "approve");
    },
  };
  const queue = (Object.keys(crowd) as (keyof typeof crowd)[]).flatMap((place) =>
    Array.from({ length: crowd[place] }, (_, n) => ({ place, daysAgo: n % 25 })),
  );
  await someAtATime(queue, async ({ place, daysAgo }) => onward[place](await next(daysAgo)));
}
