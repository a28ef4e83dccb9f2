import { holds } from "#src/platform/access/index.ts";
import {
  type AnyApplicationKind,
  mailingHistory,
  obstaclesTo,
} from "#src/platform/applications/index.ts";
import {
  type CaseOfPerson,
  caseKindTitle,
  casesOfPerson,
  definitionOf,
} from "#src/platform/cases/index.ts";
import {
  type Entitlement,
  entitlementStatusTitles,
  entitlementsOf,
} from "#src/platform/entitlements/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { Badge, Disclosure, Table } from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import type { PersonPanel } from "../screens.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { MailingTable } from "./mailings-panel.tsx";
import { ObstacleNotes } from "./obstacle-notes.tsx";
import { rememberDates } from "./opening-dates.ts";
import { OpeningForm } from "./opening-form.tsx";
import { StateBadge, showPeriod } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { movementReason } from "./reasons.ts";
import { roleTitles } from "./role-titles.ts";

/** Entitlements and cases on the page of a person, and where an application for them is received. */
export async function personPanels(
  screens: AnyCaseScreens,
  work: Work,
  person: Person,
): Promise<PersonPanel[]> {
  const kind = screens.application;
  const { personNumber } = person;
  const { program, title } = kind;
  if (!holds(work.actor, "case.read", { program })) return [];
  const entitlements = await entitlementsOf(work, program, personNumber);
  const cases = await casesOfPerson(work, program, personNumber);
  const enters = holds(work.actor, "case.enter", { program });
  const mailings = await mailingsOfPerson(work, entitlements);
  return [
    {
      title: `${title} 受給資格`,
      order: 10,
      empty: entitlements.length === 0,
      content: <Entitlements screens={screens} rows={entitlements} />,
    },
    ...(mailings.length > 0
      ? [
          {
            title: `${title} 送付先`,
            order: 15,
            content: (
              <MailingTable rows={mailings} program={program} today={work.platform.clock.today()} />
            ),
          },
        ]
      : []),
    {
      title: `${title} 申請・届出`,
      order: 20,
      content: (
        <>
          <Cases kind={kind} rows={cases} />
          {enters && (await openingOf(work, kind, person, entitlements))}
        </>
      ),
    },
  ];
}

/** 送付先 of the applications by which somebody is entitled now. */
async function mailingsOfPerson(work: Work, entitlements: readonly Entitlement[]) {
  const live = entitlements.filter(({ status }) => status === "granted" || status === "suspended");
  const cases = [...new Set(live.map(({ caseId }) => caseId))];
  return (await Promise.all(cases.map((id) => mailingHistory(work, id)))).flat();
}

/** Where an application is received, or what stands against it and how one goes on. */
async function openingOf(
  work: Work,
  kind: AnyApplicationKind,
  person: Person,
  entitlements: readonly Entitlement[],
) {
  const today = work.platform.clock.today();
  const { personNumber } = person;
  await rememberDates(work, person, today);
  const obstacles = await obstaclesTo(work, kind, { person, receivedOn: today });
  const form = (
    <OpeningForm
      kind={kind}
      personNumber={personNumber}
      today={today}
      insists={obstacles.length > 0}
      again={entitlements.some(({ status }) => status === "lost")}
    />
  );
  if (obstacles.length === 0) return form;
  return (
    <>
      <ObstacleNotes obstacles={obstacles} />
      {!obstacles.some(({ final }) => final) && (
        <Disclosure title="別の受付日で、又は理由を記録して受け付ける…">{form}</Disclosure>
      )}
    </>
  );
}

function Entitlements(props: { screens: AnyCaseScreens; rows: readonly Entitlement[] }) {
  const { screens, rows } = props;
  const { program, title } = screens.application;
  return (
    <Table
      caption={`${title}の受給資格`}
      rows={rows}
      empty="受給資格はありません。"
      href={({ caseId }) => casePath({ program, id: caseId })}
      columns={[
        { title: "受給者番号", cell: ({ recipientNumber }) => recipientNumber, nowrap: true },
        { title: "有効期間", cell: ({ validFrom, validTo }) => showPeriod(validFrom, validTo) },
        {
          title: "状態",
          cell: ({ status, lossReason }) => (
            <>
              <Badge tone={status === "granted" ? "success" : "neutral"}>
                {entitlementStatusTitles[status]}
              </Badge>{" "}
              {movementReason(screens.change, lossReason)}
            </>
          ),
        },
      ]}
    />
  );
}

function Cases(props: { kind: AnyApplicationKind; rows: readonly CaseOfPerson[] }) {
  const { kind: application, rows } = props;
  const { title } = application;
  return (
    <Table
      caption={`${title}の申請・届出`}
      rows={rows}
      empty="申請・届出はありません。"
      href={casePath}
      columns={[
        { title: "番号", cell: ({ number }) => number, nowrap: true },
        { title: "種別", cell: ({ kind }) => caseKindTitle(kind).replace(`${title} `, "") },
        {
          title: "立場",
          cell: ({ roles }) => roleTitles(application, roles),
        },
        {
          title: "状態",
          cell: (row) => {
            const { title: state, tone = "info" } = stateMeta(definitionOf(row), row.state);
            return <StateBadge tone={tone} title={state} />;
          },
          nowrap: true,
        },
        {
          title: "受付日",
          cell: ({ receivedOn }) => showDateShort(receivedOn as IsoDate),
          nowrap: true,
        },
      ]}
    />
  );
}
