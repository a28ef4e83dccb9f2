import { holds } from "#src/platform/access/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { outsidersOfCase, unconfirmedAmong } from "#src/platform/outsiders/index.ts";
import { lookAtPeople, type Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { Badge, Notification, Panel, Table } from "../components/index.ts";
import { outsiderPath } from "../outsider-path.ts";
import { PersonCell } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";

/** People outside the register (住登外者) of a case, as its page shows them. */
export interface OutsidersOfCase {
  people: readonly Person[];
  unconfirmed: ReadonlySet<string>;
  /** Where another is opened for the case; none for whoever may not enter. */
  openAt: `/${string}` | undefined;
}

/** Those opened for a case, and those of its people whom no second person has confirmed. */
export async function readOutsiders(
  work: Work,
  found: CaseRow,
  members: readonly string[],
): Promise<OutsidersOfCase> {
  const opened = await outsidersOfCase(work, found.id);
  const unconfirmed = await unconfirmedAmong(work, [...members, ...opened]);
  const { program, officeCode } = found;
  return {
    people: await lookAtPeople(work, [...new Set([...opened, ...unconfirmed])], ["facts", "name"]),
    unconfirmed,
    openAt: holds(work.actor, "case.enter", { program, office: officeCode })
      ? outsiderPath({ program, caseId: found.id })
      : undefined,
  };
}

/** 住登外者 of the case: who was opened for it, whether a second person confirmed them, and where another is opened. */
export function OutsidersPanel({
  outsiders,
  work,
}: {
  outsiders: OutsidersOfCase;
  work: Pick<Work, "platform">;
}) {
  const { people, unconfirmed, openAt } = outsiders;
  if (people.length === 0 && !openAt) return null;
  const link = openAt && <a href={openAt}>この手続きのために住登外者を登録する</a>;
  if (people.length === 0) return <p class="field-hint">{link}</p>;
  const today = work.platform.clock.today();
  return (
    <Panel title={`住登外者 ${people.length}人`} actions={link}>
      {unconfirmed.size > 0 && (
        <Notification tone="warning" title="2人目の職員の確認が済んでいない方がいます。">
          確認されるまで、決裁も支払もできません。
        </Notification>
      )}
      <Table
        caption="住登外者"
        columns={[
          { title: "氏名", cell: (person) => <PersonCell person={person} today={today} /> },
          { title: "統合宛名番号", cell: (person) => person.personNumber, nowrap: true },
          {
            title: "確認",
            cell: (person) =>
              unconfirmed.has(person.personNumber) ? (
                <Badge tone="warning">未確認</Badge>
              ) : (
                <Badge tone="success">確認済</Badge>
              ),
          },
        ]}
        rows={people}
        href={(person) => personPath(work.platform, person.personNumber as PersonNumber)}
      />
    </Panel>
  );
}
