import type { ComponentChildren } from "preact";
import {
  type HouseholdView,
  type Person,
  relationshipTitle,
  shownName,
  yearsOn,
} from "#src/platform/people/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  AskedBy,
  choicesOf,
  Disclosure,
  FieldGroup,
  GroupMistake,
  NumberField,
  SelectField,
} from "../components/index.ts";
import { showAge, showDate } from "../dates.ts";
import type { Values } from "../values.ts";

type Titles = Readonly<Record<string, string>>;

/** What is known of a person of the household for the application. */
interface KnownPerson {
  personNumber?: string | undefined;
  role?: string | undefined;
  relation?: string | undefined;
}

/** Empty lines for people who live elsewhere. */
const spare = 2;
/** The role of who has no part in the application; the schema leaves such lines out. */
const nobody = { none: "この申請に含めない" };

interface HouseholdProps<Known extends KnownPerson> {
  known: readonly Known[] | undefined;
  register: HouseholdView;
  /** Day of the ages. */
  on: IsoDate;
  /** Roles that somebody of this age may have; of unknown age any. */
  roles(years: number | undefined): Titles;
  relations: Titles;
  /** What somebody most likely is, before anything was entered. */
  guess(person: Person, years: number | undefined): Partial<Known>;
  /** Fields of a line beyond role and relation. */
  own?(line: {
    prefix: string;
    known: Partial<Known>;
    years: number | undefined;
    person: Person | undefined;
  }): ComponentChildren;
}

/**
 * 世帯の方: what each person of the household, as the register has it, is in the application. Who lives elsewhere is named by
 * the number. Read by {@link readHousehold} as `people`, line by line.
 */
export function HouseholdFields<Known extends KnownPerson>(props: HouseholdProps<Known>) {
  const { known, register, on, guess } = props;
  const members = register.household.filter((person) => person !== register.subject);
  const living = new Set(members.map(({ personNumber }) => personNumber));
  const byNumber = new Map(known?.map((one) => [one.personNumber, one]));
  // In the order of the register: a line stays that of its person, whatever anybody enters meanwhile.
  const lines: { person: Person | undefined; known: Partial<Known> }[] = [
    ...members.map((person) => ({
      person,
      known: byNumber.get(person.personNumber) ?? (known ? {} : guess(person, yearsOn(person, on))),
    })),
    ...(known ?? [])
      .filter(({ personNumber = "" }) => !living.has(personNumber))
      .map((one) => ({ person: register.people.get(one.personNumber ?? ""), known: one })),
  ];
  return (
    <>
      <GroupMistake name="people" />
      {lines.map((line, n) => (
        <PersonFields key={n} {...props} line={{ ...line, at: n }} />
      ))}
      <Disclosure title="世帯の外で暮らす方を加える">
        {Array.from({ length: spare }, (_, n) => (
          <PersonFields
            key={n}
            {...props}
            line={{ known: {}, person: undefined, at: lines.length + n }}
          />
        ))}
      </Disclosure>
    </>
  );
}

function PersonFields<Known extends KnownPerson>(
  props: HouseholdProps<Known> & {
    line: { known: Partial<Known>; person: Person | undefined; at: number };
  },
) {
  const { on, roles, relations, own } = props;
  const { known, person, at } = props.line;
  const prefix = `people.${at}`;
  const years = person && yearsOn(person, on);
  const chosen = roles(years);
  const role = (
    <SelectField
      name={`${prefix}.role`}
      label="この申請での立場"
      value={known.role ?? "none"}
      options={choicesOf({ ...chosen, ...nobody })}
    />
  );
  const title = person
    ? `${shownName(person)}（${[
        relationshipTitle(person.relationship) ?? "その他",
        showDate(person.birthDate),
        showAge(person.birthDate, on),
      ].join("、")}）`
    : "世帯の外の方";
  return (
    <FieldGroup title={title}>
      {person && (
        <input type="hidden" name={`${prefix}.personNumber`} value={person.personNumber} />
      )}
      {role}
      <AskedBy name={`${prefix}.role`} values={Object.keys(chosen)}>
        {!person && (
          <NumberField
            check="person-number"
            name={`${prefix}.personNumber`}
            label="統合宛名番号"
            value={known.personNumber}
          />
        )}
        <SelectField
          name={`${prefix}.relation`}
          label="申請者から見た続柄"
          value={known.relation}
          options={choicesOf(relations)}
        />
        {own?.({ prefix, known, years, person })}
      </AskedBy>
    </FieldGroup>
  );
}

/** The lines as they were sent, each with what its role has beyond number and role. */
export function readHousehold(
  form: Values,
  own: (role: string, prefix: string) => object,
): object[] {
  const lines: object[] = [];
  for (let n = 0; form.has(`people.${n}.role`); n++) {
    const prefix = `people.${n}`;
    const role = form.text(`${prefix}.role`);
    lines.push({ role, personNumber: form.text(`${prefix}.personNumber`), ...own(role, prefix) });
  }
  return lines;
}
