import type { Member, MemberRole } from "../cases/index.ts";
import type { EntryPiece } from "../intake/index.ts";
import { lookAtPeople, shownName } from "../people/index.ts";
import { EntryProblem } from "../problem.ts";
import type { Work } from "../work.ts";

/** Somebody of a household as an entry names them, with what their role in it asks for besides. */
interface EnteredPerson {
  role: string;
  personNumber: string;
  name: string;
}

/** An entry about an applicant and the people of the household (世帯). */
interface EnteredHousehold {
  people: readonly EnteredPerson[];
}

/**
 * What an application of a household does with its people: who belongs to the case, whose key seals which part, and
 * what they are called in the register.
 *
 * @param roles what the roles of the entry are called in the case: `{ child: "beneficiary" }`
 */
export function householdEntry<Entered extends EnteredHousehold>(
  roles: Readonly<Record<Entered["people"][number]["role"], MemberRole>>,
) {
  return {
    members: ({ people }: Entered, subject: string): Member[] => [
      { personNumber: subject, role: "applicant" },
      ...people.map(({ personNumber, role }) => ({
        personNumber,
        role: roles[role as keyof typeof roles],
      })),
    ],
    /** The parts by person, each sealed with that person's key: erasing one leaves the others'. */
    split: ({ people, ...own }: Entered, subject: string): EntryPiece[] => [
      { personNumber: subject, data: own },
      ...people.map(({ personNumber, ...data }) => ({ personNumber, data })),
    ],
    join(pieces: readonly EntryPiece[], subject: string): Entered {
      const others = pieces.filter((piece) => piece.personNumber !== subject);
      const people = others
        .map(({ personNumber, data }) => ({ ...(data as EnteredPerson), personNumber }))
        .toSorted((a, b) => (a.role + a.personNumber < b.role + b.personNumber ? -1 : 1));
      const own = pieces.find((piece) => piece.personNumber === subject);
      return { ...(own?.data as object), people } as unknown as Entered;
    },
    complete: async (work: Work, subject: string, entered: Entered): Promise<Entered> => ({
      ...entered,
      people: await namedPeople(work, subject, entered.people),
    }),
  };
}

/** People of a household with the names that the register has of them; each has to be in it. @throws EntryProblem */
export async function namedPeople<Person extends EnteredPerson>(
  work: Work,
  subject: string,
  people: readonly Person[],
): Promise<Person[]> {
  const numbers = people.map((one) => one.personNumber);
  const known = new Map(
    (await lookAtPeople(work, numbers, ["name"])).map((person) => [person.personNumber, person]),
  );
  return people.map((one) => {
    const person = known.get(one.personNumber);
    if (!person)
      throw new EntryProblem("people", "入力した統合宛名番号の方が、住民記録に見つかりません。");
    if (one.personNumber === subject)
      throw new EntryProblem("people", "申請者が、世帯のほかの方にも入力されています。");
    return { ...one, name: shownName(person) };
  });
}

/** The part of a person of the household: the applicant's own, or that of one of the others. */
export const partOfPerson = <Entered extends EnteredHousehold>(
  data: Partial<Entered>,
  personNumber: string,
): Entered["people"][number] | Partial<Entered> =>
  data.people?.find((one) => one.personNumber === personNumber) ?? data;
