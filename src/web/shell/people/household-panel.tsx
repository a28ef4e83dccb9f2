import { type Person, relationshipTitle, shownName } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { isFullBirth } from "#workflows/dates/birth-date.ts";
import { Panel, Table } from "../../components/index.ts";
import { showAge, showDateShort } from "../../dates.ts";
import { personPath } from "../../person-path.ts";
import { residenceState, sexTitles } from "./describe.ts";

/** Who lives with the person. */
export function Household(props: {
  household: readonly Person[];
  person: Person;
  platform: Platform;
  /** Whether the 4情報 are open: only then birth dates are shown. */
  open: boolean;
}) {
  const today = props.platform.clock.today();
  return (
    <Panel title={`世帯 ${props.household.length}人`}>
      <Table
        caption="世帯"
        columns={[
          { title: "氏名", cell: (member) => shownName(member) },
          {
            title: "続柄",
            cell: (member) => relationshipTitle(member.relationship) ?? "その他",
            nowrap: true,
          },
          {
            title: props.open ? "生年月日（年齢）" : "年齢",
            cell: (member) => {
              const age = showAge(member.birthDate, member.diedOn ?? today);
              return props.open ? `${showDateShort(member.birthDate)}（${age}）` : age;
            },
            // What is known in part takes several words, which would push the last columns out of sight.
            nowrap: props.household.every(({ birthDate }) => isFullBirth(birthDate)),
          },
          { title: "性別", cell: (member) => sexTitles[member.sex], align: "center" },
          { title: "状態", cell: (member) => residenceState(member, today).word, nowrap: true },
        ]}
        rows={props.household}
        href={(member) => personPath(props.platform, member.personNumber)}
        tone={(member) =>
          member.personNumber === props.person.personNumber
            ? "current"
            : residenceState(member, today).word === "在住"
              ? undefined
              : "muted"
        }
      />
    </Panel>
  );
}
