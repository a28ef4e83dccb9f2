import {
  addressLine,
  type Person,
  relationshipTitle,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { PickField } from "../components/index.ts";
import { showAge } from "../dates.ts";

/**
 * Picks who applies from the household, so that nothing the register knows is typed again.
 *
 * @param prefix beginning of the names of the applicant's fields
 * @param relationOf the relation that the register suggests
 * @param also further fields that take the name: 被保険者の氏名
 */
export function HouseholdPick(props: {
  prefix: string;
  label: string;
  people: readonly Person[];
  /** Day of the ages. */
  on: IsoDate;
  relationOf(person: Person): string;
  also?: readonly string[];
}) {
  const { prefix, label, people, on, relationOf, also = [] } = props;
  if (people.length < 2) return null;
  return (
    <PickField
      id={`pick-${prefix}`}
      label={label}
      empty="選ぶと下の欄に入ります"
      options={people.map((person) => ({
        label: `${shownName(person)}（${[
          relationshipTitle(person.relationship) ?? "その他",
          showAge(person.birthDate, on),
        ].join("、")}）`,
        fill: {
          [`${prefix}.name`]: shownName(person),
          [`${prefix}.kana`]: shownKana(person),
          [`${prefix}.relation`]: relationOf(person),
          [`${prefix}.postalCode`]: person.address?.postalCode ?? "",
          [`${prefix}.address`]: addressLine(person),
          [`${prefix}.building`]: person.address?.building ?? "",
          ...Object.fromEntries(also.map((name) => [name, shownName(person)])),
        },
      }))}
    />
  );
}
