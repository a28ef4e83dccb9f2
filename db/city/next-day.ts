import { addDays, addYears, type IsoDate, partsOf } from "#workflows/dates/iso-date.ts";
import { address, addressElsewhere } from "./addresses.ts";
import { makeHousehold, type Unnumbered } from "./households.ts";
import { familyName, fullName, givenName } from "./names.ts";
import type { Random } from "./random.ts";
import { livesHere, type Resident } from "./resident.ts";

/** What happened to households on a day, in turn, so that a small city has some of each too. */
const happenings = [
  "birth",
  "move-in",
  "move-out",
  "move-within",
  "death",
  "name-change",
  "correction",
  "protection",
  "leaves-home",
] as const;

/** Gives numbers to people who are new on the day. */
export type Numbering = (people: Unnumbered[], household?: string) => Resident[];

/** The rows of the next day's differential file that come from one household; mostly none. */
export function nextDay(
  random: Random,
  index: number,
  household: Resident[],
  day: IsoDate,
  number: Numbering,
): Resident[] {
  const happening =
    index < 600 && index % 20 === 3
      ? happenings[((index - 3) / 20) % happenings.length]
      : random.chance(0.003)
        ? random.pick(happenings)
        : undefined;
  const living = household.filter(livesHere);
  const [head, second] = living;
  if (!happening || !head || (happening !== "move-in" && head.protection)) return [];
  switch (happening) {
    case "birth":
      return number([newborn(random, head, day)], head.household);
    case "move-in":
      return number(
        makeHousehold(random, -1, day)
          .filter(livesHereYet)
          .map((person) => ({
            ...person,
            arrived: day,
            arrivedBy: "moveIn",
            event: { date: day, reason: "moveIn" },
          })),
      );
    case "move-out": {
      const movedTo = addressElsewhere(random);
      return living.map((person) => ({
        ...person,
        event: { date: day, reason: "moveOut" },
        movedTo,
      }));
    }
    case "move-within": {
      const home = address(random);
      return living.map((person) => ({
        ...person,
        address: home,
        event: { date: day, reason: "moveWithin" },
      }));
    }
    case "death":
      return [{ ...(second ?? head), event: { date: addDays(day, -1), reason: "death" } }];
    case "name-change": {
      const family = familyName(random);
      const given = givenName(random, head.sex, partsOf(head.born).year);
      return [
        {
          ...head,
          name: { ...head.name, ...fullName(family, given) },
          event: { date: day, reason: "nameChange" },
        },
      ];
    }
    case "correction":
      return [
        {
          ...head,
          name: { ...head.name, kana: `${head.name.kana}ウ` },
          event: { date: day, reason: "correction" },
        },
      ];
    case "protection":
      return living.map((person) => ({
        ...person,
        protection: { from: day, to: addDays(addYears(day, 1), -1) },
        event: { date: day, reason: "correction" },
      }));
    case "leaves-home": {
      const grown = living.find(
        ({ relation, born }) => relation === "20" && born < addYears(day, -18),
      );
      return grown
        ? [
            {
              ...grown,
              event: { date: day, reason: "moveOut" },
              movedTo: addressElsewhere(random),
            },
          ]
        : [];
    }
  }
}

const livesHereYet = ({ event }: Unnumbered) =>
  event.reason !== "moveOut" && event.reason !== "death";

/** A child of the head, reported some days after birth and without 個人番号 yet. */
export function newborn(
  random: Random,
  head: Resident,
  day: IsoDate,
  born = addDays(day, -random.between(1, 13)),
): Unnumbered {
  const sex = random.chance(0.512) ? "male" : "female";
  const [familyKanji = "", familyKana = ""] = [
    head.name.kanji.split("　")[0],
    head.name.kana.split("　")[0],
  ];
  return {
    name: fullName(
      { kanji: familyKanji, kana: familyKana },
      givenName(random, sex, partsOf(born).year),
    ),
    born,
    sex,
    relation: "20",
    address: head.address,
    arrived: born,
    arrivedBy: "birth",
    event: { date: born, reason: "birth" },
    foreign: false,
  };
}
