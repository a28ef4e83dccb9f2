import { addDays, addYears, type IsoDate, later, partsOf } from "#workflows/dates/iso-date.ts";
import { type Address, address, addressElsewhere } from "./addresses.ts";
import { birthEdges, bornAtAge } from "./birth-dates.ts";
import {
  type FullName,
  familyName,
  foreignHousehold,
  fullName,
  givenName,
  rareFamilyName,
  type Sex,
} from "./names.ts";
import type { Random } from "./random.ts";
import type { Relation, Resident } from "./resident.ts";

/** A resident who has no numbers yet. */
export type Unnumbered = Omit<Resident, "id" | "household" | "individualNumber">;

interface Member {
  relation: Relation;
  sex: Sex;
  age: number;
  born?: IsoDate;
}

/** Every seventh of the first households has a child born on an edge. */
const EDGE_STEP = 7;

/** The members of household `index`, as the register knows them on the day. The same index always gives the same people. */
export function makeHousehold(random: Random, index: number, asOf: IsoDate): Unnumbered[] {
  const edge = index % EDGE_STEP === 0 ? birthEdges(asOf)[index / EDGE_STEP] : undefined;
  const sheltered = index % 230 === 11;
  const members = compose(random, { edge, sheltered });
  const dated = members.map((member) => ({
    ...member,
    born: member.born ?? bornAtAge(random, member.age, asOf),
  }));
  const foreign = index % 83 === 5;
  const nameOf = foreign ? foreignHousehold(random) : japaneseHousehold(random, index);
  const home = address(random);
  const since = addDays(asOf, -Math.floor(random.next() ** 2 * 30 * 365));
  const protection = sheltered ? protectionUntil(random, asOf) : undefined;
  const residents = dated.map(({ relation, sex, born }): Unnumbered => {
    const hereFromBirth = born >= since || (!foreign && random.chance(0.4));
    const arrived = hereFromBirth ? born : since;
    const arrivedBy = hereFromBirth ? "birth" : "moveIn";
    return {
      name: nameOf(sex, partsOf(born).year),
      born,
      sex,
      relation,
      address: home,
      arrived,
      arrivedBy,
      event: { date: arrived, reason: arrivedBy },
      foreign,
      ...(protection && { protection }),
    };
  });
  return edge || sheltered ? residents : withLaterEvents(random, residents, home, asOf);
}

function japaneseHousehold(
  random: Random,
  index: number,
): (sex: Sex, birthYear: number) => FullName {
  const family = index % 97 === 13 ? rareFamilyName(random) : familyName(random);
  return (sex, birthYear) => fullName(family, givenName(random, sex, birthYear));
}

/** 支援措置 lasts a year and is renewed; some have run out. */
function protectionUntil(random: Random, asOf: IsoDate): { from: IsoDate; to: IsoDate } {
  const from = addDays(asOf, -random.between(0, 480));
  return { from, to: addDays(addYears(from, 1), -1) };
}

/** Who lives together: shares as in the census, children of all ages. */
function compose(
  random: Random,
  special: { edge: IsoDate | undefined; sheltered: boolean },
): Member[] {
  const kind = special.edge
    ? "family"
    : special.sheltered
      ? "single-parent"
      : random.weighted([
          ["single", 37],
          ["couple", 27],
          ["family", 20],
          ["single-parent", 6],
          ["three-generations", 5],
          ["parent-and-adult", 4],
          ["together", 1],
        ] as const);
  const single = (): Member => ({
    relation: "02",
    sex: random.chance(0.5) ? "male" : "female",
    age: random.weighted([
      [random.between(18, 34), 30],
      [random.between(35, 64), 26],
      [random.between(65, 94), 42],
      [random.between(95, 106), 1],
    ]),
  });
  switch (kind) {
    case "single":
      return [single()];
    case "couple": {
      const age = random.weighted([
        [random.between(23, 39), 12],
        [random.between(40, 64), 22],
        [random.between(65, 92), 66],
      ]);
      return [
        { relation: "02", sex: "male", age },
        { relation: random.chance(0.03) ? "14" : "12", sex: "female", age: near(random, age) },
      ];
    }
    case "family": {
      const { mother, children } = childrenOf(random, special.edge);
      const wifeHeads = random.chance(0.05);
      const father = near(random, mother);
      return [
        { relation: "02", sex: wifeHeads ? "female" : "male", age: wifeHeads ? mother : father },
        {
          relation: wifeHeads ? "11" : "12",
          sex: wifeHeads ? "male" : "female",
          age: wifeHeads ? father : mother,
        },
        ...children,
      ];
    }
    case "single-parent": {
      const { mother, children } = childrenOf(random);
      return [
        {
          relation: "02",
          sex: !special.sheltered && random.chance(0.13) ? "male" : "female",
          age: mother,
        },
        ...children,
      ];
    }
    case "three-generations": {
      const { mother, children } = childrenOf(random);
      const grandmother = Math.min(96, mother + random.between(22, 34));
      const grandfather: Member = { relation: "02", sex: "male", age: near(random, grandmother) };
      return [
        grandfather,
        { relation: "12", sex: "female", age: grandmother },
        { relation: "20", sex: "male", age: Math.min(near(random, mother), grandmother - 18) },
        { relation: "2012", sex: "female", age: mother },
        ...children.map((child): Member => ({ ...child, relation: "2020" })),
      ];
    }
    case "parent-and-adult": {
      const age = random.between(38, 66);
      return [
        { relation: "02", sex: random.chance(0.7) ? "male" : "female", age },
        { relation: "32", sex: "female", age: Math.min(102, age + random.between(20, 34)) },
      ];
    }
    case "together": {
      const head = single();
      return [head, { ...single(), relation: random.chance(0.5) ? "54" : "99", sex: "female" }];
    }
  }
}

const near = (random: Random, age: number) => Math.max(19, Math.round(random.around(age + 1, 4)));

/** Children from a baby to a student still at home, with the age of their mother. */
function childrenOf(random: Random, edge?: IsoDate): { mother: number; children: Member[] } {
  const count = random.weighted([
    [1, 34],
    [2, 46],
    [3, 16],
    [4, 3],
    [6, 1],
  ]);
  let age = random.between(0, 21);
  const ages = [age];
  while (ages.length < count) {
    age += random.chance(0.02) ? 0 : random.between(1, 4);
    ages.push(age);
  }
  const oldest = ages.at(-1) ?? 0;
  const mother = Math.round(oldest + Math.min(44, Math.max(17, random.around(30, 5))));
  const children = ages.reverse().map(
    (each, position): Member => ({
      relation: "20",
      sex: random.chance(0.512) ? "male" : "female",
      age: each,
      ...(edge && position === 0 && { born: edge }),
    }),
  );
  return { mother, children };
}

/** Moves out, moves within the city, deaths and changed names of the past years. */
function withLaterEvents(
  random: Random,
  residents: Unnumbered[],
  home: Address,
  asOf: IsoDate,
): Unnumbered[] {
  const youngest = residents.map(({ arrived }) => arrived).reduce(later);
  const date = later(addDays(asOf, -random.between(0, 5 * 365)), youngest);
  if (random.chance(0.06)) {
    const movedTo = addressElsewhere(random);
    return residents.map((resident) => ({
      ...resident,
      event: { date, reason: "moveOut" },
      movedTo,
    }));
  }
  const old = addYears(asOf, -70);
  const mortal = residents.length === 1 || residents.length === 2;
  if (mortal && residents.some(({ born }) => born < old) && random.chance(0.14))
    return residents.map((resident, position) =>
      position === residents.length - 1
        ? { ...resident, event: { date, reason: "death" } }
        : resident,
    );
  if (random.chance(0.15))
    return residents.map((resident) => ({
      ...resident,
      address: home,
      event: { date, reason: "moveWithin" },
    }));
  return residents;
}
