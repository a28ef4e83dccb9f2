import { lookAtPeople, type Person, shownName } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge } from "./components/index.ts";
import { showAge } from "./dates.ts";
import { personPath } from "./person-path.ts";

/** The persons of the rows of a page by 統合宛名番号: one look for all of them, which is logged. */
export async function peopleOfRows(
  work: Work,
  personNumbers: Iterable<string>,
): Promise<ReadonlyMap<string, Person>> {
  const people = await lookAtPeople(work, [...new Set(personNumbers)], ["facts", "name"]);
  return new Map(people.map((person) => [person.personNumber, person]));
}

/** Said in a list in place of the name of somebody under 支援措置. */
export const maskedName = "（氏名は非表示）";

/** Whose row it is in a list: name and age. Under 支援措置 marked, and the name only for those who may see the address. */
export function PersonCell({ person, today }: { person: Person | undefined; today: IsoDate }) {
  if (!person) return <>―</>;
  return (
    <>
      {person.addressMasked ? maskedName : shownName(person)}{" "}
      <span class="nowrap">{showAge(person.birthDate, person.diedOn ?? today)}</span>
      {person.outside && (
        <>
          {" "}
          <Badge>住登外</Badge>
        </>
      )}
      {person.isProtected && (
        <>
          {" "}
          <Badge tone="protected">支援措置</Badge>
        </>
      )}
    </>
  );
}

/** Whom a page is about, in the same words, as a link to the page of the person. */
export function PersonLink(props: { person: Person | undefined; platform: Platform }) {
  const { person, platform } = props;
  if (!person) return null;
  return (
    <a href={personPath(platform, person.personNumber)}>
      <PersonCell person={person} today={platform.clock.today()} />
    </a>
  );
}
