import { matchSources, type PersonRecord } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { writePeople } from "#test/support/register.ts";
import { birthRange } from "#workflows/dates/birth-date.ts";
import type { TestPlatform } from "./database.ts";
import { invented } from "./people.ts";

type Given = Parameters<typeof invented>[0];

/** An invented household: a mother, her children, perhaps a grandfather who lives with them. */
export interface Household {
  mother: string;
  children: string[];
  grandfather: string;
  householdNumber: string;
}

/** Invented households of a test, whom the resident register has. */
export function householdsOf(test: TestPlatform) {
  const registered = new Map<string, PersonRecord>();
  async function household(
    children: readonly Given[] = [{ birthDate: "2015-05-10" }],
    given: { mother?: Given; grandfather?: Given } = {},
  ): Promise<Household> {
    const mother = invented({
      name: { kanji: "試験　母子", kana: "シケン　ハハコ" },
      birthDate: "1990-04-01",
      isHead: true,
      relationship: "02",
      residence: { from: "1990-04-01", fromReason: "birth" },
      ...given.mother,
    });
    const { householdNumber } = mother;
    const grandfather = invented({
      householdNumber,
      name: { kanji: "試験　祖父", kana: "シケン　ソフ" },
      birthDate: "1955-04-01",
      sex: "male",
      relationship: "31",
      residence: { from: "1955-04-01", fromReason: "birth" },
      ...given.grandfather,
    });
    const born = children.map((child, n) => {
      const birthDate = child?.birthDate ?? "2015-05-10";
      return invented({
        householdNumber,
        name: { kanji: `試験　子${n + 1}`, kana: "シケン　コ" },
        birthDate,
        residence: { from: birthRange(birthDate).from, fromReason: "birth" },
        ...child,
      });
    });
    const written = await runWork(test.platform, await test.system(), { purpose: "feed" }, (work) =>
      writePeople(
        work,
        [mother, grandfather, ...born].map((record) => ({ record })),
      ),
    );
    for (const [n, record] of [mother, grandfather, ...born].entries())
      registered.set(written[n] ?? "", record);
    const [first = "", second = "", ...others] = written;
    return { mother: first, grandfather: second, children: others, householdNumber };
  }

  /** What the resident register says of somebody from now on. */
  const registerAnew = async (personNumber: string, given: Given) => {
    const before = registered.get(personNumber);
    if (!before) throw new Error("not of an invented household");
    const record = { ...before, ...given };
    await runWork(test.platform, await test.system(), { purpose: "feed" }, async (work) => {
      const known = await matchSources(work, [record.sourceId]);
      await writePeople(work, [{ personNumber, key: known.get(record.sourceId)?.key, record }]);
    });
  };

  /** Somebody who joins the household in the register. */
  const join = async (householdNumber: string, given: Given): Promise<string> => {
    const record = invented({ householdNumber, ...given });
    const [personNumber = ""] = await runWork(
      test.platform,
      await test.system(),
      { purpose: "feed" },
      (work) => writePeople(work, [{ record }]),
    );
    registered.set(personNumber, record);
    return personNumber;
  };

  return { household, registerAnew, join };
}
