import { addressLine, lookAtPeople, type Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { searchKeys } from "#workflows/names/search-keys.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import { type Doubt, doubt } from "#workflows/vaccination/records/doubts.ts";
import {
  bestOf,
  enough,
  notTold,
  type Score,
  scoreOf,
  type ToldIdentity,
} from "#workflows/vaccination/records/score.ts";
import { type Coupon, couponsByNumber, readCouponNumber } from "../coupons.ts";
import type { ToldRecord } from "./told.ts";

/** Whose a told record is, how that was found, and what speaks against it. */
export interface Matched {
  personNumber?: string | undefined;
  by?: "person-number" | "coupon" | "mother-child-number" | "identity" | "hand" | undefined;
  score?: number | undefined;
  coupon?: Coupon | undefined;
  doubts: Doubt[];
}

/** Somebody whose slip it may be. */
export interface Candidate {
  person: Person;
  score: Score;
}

/** 母子健康手帳番号 as a token, widths and signs apart. */
export const handbookToken = (work: Work, number: string): bigint =>
  work.platform.keys.token(`mother-child-number ${handbookFigures(number)}`);
export const handbookFigures = (number: string): string =>
  number
    .normalize("NFKC")
    .replace(/[^0-9A-Za-z]/g, "")
    .toUpperCase();

/** Finds whose told records are, in the order given; one statement a way of finding. */
export async function matchTold(work: Work, told: readonly ToldRecord[]): Promise<Matched[]> {
  const numbers = told.map(({ couponNumber }) => couponNumber && readCouponNumber(couponNumber));
  const coupons = await couponsByNumber(work, numbers.filter(isSaid));
  const handbooks = await peopleOfHandbooks(work, told);
  const matched = told.map((one, at): Matched => {
    const coupon = coupons.get(numbers[at] ?? "");
    return byNumber(one, { number: numbers[at], coupon, handbooks });
  });
  const open = told.flatMap((one, at) => {
    const found = matched[at];
    return found && !found.personNumber && found.doubts.length === 0 && hasIdentity(one.identity)
      ? [{ at, identity: one.identity }]
      : [];
  });
  const candidates = await candidatesOf(
    work,
    open.map(({ identity }) => identity),
  );
  open.forEach(({ at }, n) => {
    const { best, near } = bestOf(candidates[n] ?? []);
    matched[at] = {
      ...matched[at],
      personNumber: best?.person.personNumber,
      ...(best && { by: "identity", score: best.score.points }),
      doubts: best ? [] : [doubt(near.length > 1 ? "two-people" : "no-person")],
    };
  });
  return matched.map((one) =>
    one.personNumber || one.doubts.length > 0 ? one : { ...one, doubts: [doubt("no-person")] },
  );
}

function byNumber(
  one: ToldRecord,
  known: {
    number: string | undefined;
    coupon: Coupon | undefined;
    handbooks: ReadonlyMap<string, readonly string[]>;
  },
): Matched {
  const { coupon, number } = known;
  const told = one.personNumber ? figures(one.personNumber) : undefined;
  if (told && !isPersonNumber(told)) return { coupon, doubts: [doubt("bad-number")] };
  if (one.couponNumber && !number) return { doubts: [doubt("bad-number")] };
  if (number && !coupon && !told) return { doubts: [doubt("unknown-coupon")] };
  if (told && coupon && coupon.personNumber !== told)
    return { coupon, doubts: [doubt("person-differs")] };
  if (told) return { personNumber: told, by: "person-number", coupon, doubts: [] };
  if (coupon) return { personNumber: coupon.personNumber, by: "coupon", coupon, doubts: [] };
  const mothers = one.motherChildNumber
    ? (known.handbooks.get(handbookFigures(one.motherChildNumber)) ?? [])
    : [];
  if (mothers.length > 1) return { doubts: [doubt("two-people")] };
  if (mothers[0]) return { personNumber: mothers[0], by: "mother-child-number", doubts: [] };
  return { doubts: [] };
}

const isSaid = (text: string | undefined): text is string => text !== undefined && text !== "";
type NamedIdentity = ToldIdentity & { birth: NonNullable<ToldIdentity["birth"]> };
const hasIdentity = (identity: ToldIdentity | undefined): identity is NamedIdentity =>
  identity?.birth !== undefined && isSaid(identity.kana || identity.name);

async function peopleOfHandbooks(
  work: Work,
  told: readonly ToldRecord[],
): Promise<Map<string, string[]>> {
  const numbers = new Map(
    told.flatMap(({ motherChildNumber }) =>
      motherChildNumber && handbookFigures(motherChildNumber) !== ""
        ? [[String(handbookToken(work, motherChildNumber)), handbookFigures(motherChildNumber)]]
        : [],
    ),
  );
  if (numbers.size === 0) return new Map();
  const rows = await work.sql<{ token: string; person_number: string }[]>`
    select token::text, person_number from vaccination.people_of_handbooks(${[...numbers.keys()]}::bigint[])`;
  const found = new Map<string, string[]>();
  for (const { token, person_number: person } of rows) {
    const number = numbers.get(token) ?? "";
    found.set(number, [...(found.get(number) ?? []), person]);
  }
  return found;
}

/**
 * Whose identities they may be, each with its score, by identity in the order given; everybody compared is looked at. Whoever was
 * born on the very day is looked for first: where one of them has all that was told, nobody with another birth date can come near
 * enough to make it doubtful ({@link lead}), and they are not looked for.
 */
export async function candidatesOf(
  work: Work,
  identities: readonly NamedIdentity[],
): Promise<Candidate[][]> {
  const found = await bornSo(work, identities, true);
  const open = identities.flatMap((identity, at) =>
    (found[at] ?? []).some(({ score }) => isWhole(score)) ? [] : [{ at, identity }],
  );
  const wider = await bornSo(
    work,
    open.map(({ identity }) => identity),
    false,
  );
  open.forEach(({ at }, n) => {
    found[at] = wider[n] ?? [];
  });
  return found;
}

/** All that a slip says of a person is said of this one, and enough. */
const isWhole = ({ lines, points }: Score): boolean =>
  points >= enough && lines.every(({ points, most, says }) => points === most || says === notTold);

async function bornSo(
  work: Work,
  identities: readonly NamedIdentity[],
  exactly: boolean,
): Promise<Candidate[][]> {
  if (identities.length === 0) return [];
  const keys = work.platform.keys;
  // By reading and by writing: either may be misread.
  const asked = identities.flatMap(({ name, kana, birth }, at) =>
    [kana, name].filter(isSaid).flatMap((typed) =>
      searchKeys(typed).map((some) => ({
        at,
        birth,
        tokens: `{${some.map((key) => keys.token(key)).join(",")}}`,
      })),
    ),
  );
  const found = new Map<number, Set<string>>();
  for (let from = 0; from < asked.length; from += 2000) {
    const lot = asked.slice(from, from + 2000);
    const rows = await work.sql<{ at: number; person_number: string }[]>`
      select at, person_number from vault.match_identities(${lot.map(({ tokens }) => tokens)}::text[],
        ${lot.map(({ birth }) => birth)}::date[], ${exactly})`;
    for (const row of rows) {
      const at = lot[row.at - 1]?.at ?? -1;
      found.set(at, (found.get(at) ?? new Set()).add(row.person_number));
    }
  }
  const people = new Map(
    (
      await lookAtPeople(
        work,
        [...new Set([...found.values()].flatMap((numbers) => [...numbers]))],
        ["facts", "name", "address"],
      )
    ).map((person) => [person.personNumber, person]),
  );
  return identities.map((identity, at) =>
    [...(found.get(at) ?? [])].flatMap((number) => {
      const person = people.get(number);
      return person ? [{ person, score: scoreOf(identity, knownIdentity(person)) }] : [];
    }),
  );
}

/** What a person is compared by. */
export const knownIdentity = (person: Person) => ({
  name: person.name,
  birth: person.birthDate,
  sex: person.sex,
  address: person.address && `${addressLine(person)}${person.address.building}`,
});
