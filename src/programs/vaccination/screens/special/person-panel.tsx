import { holds } from "#src/platform/access/actor.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Actions, ButtonLink, Disclosure, Table } from "#src/web/components/index.ts";
import { personPath } from "#src/web/person-path.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import {
  type SpecialKind,
  specialKinds,
  specialReasonTitle,
} from "#workflows/vaccination/special/kinds.ts";
import { specialNumber, specialsOfPerson } from "../../special/entries.ts";
import { period, SpecialBadge } from "./parts.tsx";
import { specialPaths } from "./paths.ts";

const kinds = Object.keys(specialKinds) as SpecialKind[];

/** 特例・注意 of a person, and where one is entered, on their page. */
export async function specialPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const program = "vaccination";
  if (!holds(work.actor, "case.read", { program })) return [];
  const { personNumber } = person;
  const rows = await specialsOfPerson(work, personNumber);
  const today = work.platform.clock.today();
  const token = personPath(work.platform, personNumber).split("/").at(-1) ?? "";
  return [
    {
      title: "予防接種の特例・注意",
      order: 49,
      empty: rows.length === 0,
      content: (
        <>
          <Table
            caption="特例・注意"
            rows={rows}
            href={({ id }) => specialPaths.entry(id)}
            empty="特例・注意はありません。"
            tone={({ state }) => (state === "ended" || state === "withdrawn" ? "muted" : undefined)}
            columns={[
              { title: "番号", cell: specialNumber, nowrap: true },
              { title: "種類", cell: ({ kind }) => specialKinds[kind] },
              { title: "理由", cell: ({ kind, reason }) => specialReasonTitle(kind, reason) },
              { title: "期間", cell: period, nowrap: true },
              {
                title: "状態",
                cell: (row) => <SpecialBadge row={row} today={today} />,
                nowrap: true,
              },
            ]}
          />
          {holds(work.actor, "case.enter", { program, office: person.officeCode }) && (
            <Disclosure title="特例・注意を入力する">
              <Actions>
                {kinds.map((kind) => (
                  <ButtonLink key={kind} href={specialPaths.newOf(token, kind)}>
                    {specialKinds[kind]}
                  </ButtonLink>
                ))}
              </Actions>
            </Disclosure>
          )}
        </>
      ),
    },
  ];
}
