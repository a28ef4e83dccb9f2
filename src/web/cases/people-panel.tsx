import { hiddenWord } from "#src/platform/applications/index.ts";
import {
  addressLine,
  otherNames,
  type Person,
  relationshipTitle,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import { Badge, DefinitionList, Panel, Table } from "../components/index.ts";
import { showAge, showBirth, showDate } from "../dates.ts";
import { NameWord } from "./head-line.tsx";
import { roleTitles } from "./role-titles.ts";
import { isHousehold, type Shown } from "./shown.ts";

/** The subject of the case as the register has them. */
export function SubjectPanel({ screens, view, today, personHref }: Shown) {
  const { subject } = view.register;
  return (
    <Panel
      title={`${screens.application.words.subject}（住民記録）`}
      actions={<a href={personHref(subject.personNumber)}>住民の画面を開く</a>}
    >
      <DefinitionList
        columns={2}
        items={[
          ["氏名", <NamesOf person={subject} />],
          ["フリガナ", shownKana(subject)],
          ["生年月日", `${showBirth(subject)}（${ageOf(subject, today)}）`],
          ["統合宛名番号", subject.personNumber],
          ["住所", shownAddress(subject)],
          ["住民となった日", showDate(subject.residence.from)],
        ]}
      />
    </Panel>
  );
}

/** The name that papers show, which it is, and the others. */
const NamesOf = ({ person }: { person: Person }) => (
  <>
    {shownName(person)}
    <NameWord person={person} />
    {otherNames(person).map((name) => (
      <span key={name} class="cell-note">
        {name}
      </span>
    ))}
  </>
);

const ageOf = (person: Person, today: Shown["today"]) =>
  showAge(person.birthDate, person.diedOn ?? today);

const shownAddress = (person: Person): string =>
  person.addressMasked
    ? hiddenWord
    : `${addressLine(person)} ${person.address?.building ?? ""}`.trim();

/** Everybody whom the case is about, each once with all their roles; nothing where it is about one person. */
export function MembersPanel({ screens, view, today, personHref }: Shown) {
  if (!isHousehold(view)) return null;
  const rows = [...Map.groupBy(view.members, ({ personNumber }) => personNumber)].flatMap(
    ([personNumber, own]) => {
      const person = view.register.people.get(personNumber);
      const roles = roleTitles(
        screens.application,
        own.map(({ role }) => role),
      );
      return person ? [{ person, roles }] : [];
    },
  );
  return (
    <Panel title={`この手続きの方 ${rows.length}人`}>
      <Table
        caption="この手続きの方"
        rows={rows}
        href={({ person }) => personHref(person.personNumber)}
        columns={[
          { title: "氏名", cell: ({ person }) => <NamesOf person={person} /> },
          { title: "立場", cell: ({ roles }) => roles, nowrap: true },
          {
            title: "続柄",
            cell: ({ person }) => relationshipTitle(person.relationship) ?? "その他",
            nowrap: true,
          },
          { title: "年齢", cell: ({ person }) => ageOf(person, today), nowrap: true },
          {
            title: "支援措置",
            cell: ({ person }) => person.isProtected && <Badge tone="protected">支援措置</Badge>,
            nowrap: true,
          },
        ]}
      />
    </Panel>
  );
}
