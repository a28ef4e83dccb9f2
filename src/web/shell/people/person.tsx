import { holds } from "#src/platform/access/index.ts";
import {
  householdOf,
  lookAtPeople,
  lookAtPerson,
  nameWord,
  otherNames,
  type Person,
  relationshipTitle,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { notFound } from "#src/platform/problem.ts";
import { type Purpose, purposeTitles } from "#src/platform/work.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import {
  Badge,
  Columns,
  PageTitle,
  Panel,
  ProtectedBanner,
  Table,
} from "../../components/index.ts";
import { showAge, showDateShort, showMoment } from "../../dates.ts";
import { personOfPath, personPath } from "../../person-path.ts";
import { moveOn, page } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { PersonPanel, ScreenSet } from "../../screens.ts";
import { itemWords } from "../audit/titles.ts";
import { residenceState, sexTitles } from "./describe.ts";
import { IdentityPanel, readOpeningReason } from "./identity.tsx";
import { openedFor } from "./remembered.ts";

/** The page of a person, and the opening of their 4情報 with a reason. */
export function personScreens(sets: readonly ScreenSet[]) {
  return [
    defineRoute({
      method: "get",
      path: "/people/:person",
      right: "person.read",
      purpose: "counter",
      audit: "person.opened",
      async handle(request) {
        const number = personOfPath(request.platform, request.params.person);
        return personPage(request, sets, number, {});
      },
    }),
    defineRoute({
      method: "post",
      path: "/people/:person/open",
      right: "person.read",
      purpose: "counter",
      audit: "nothing-personal",
      because: "keeps the reason; opening the person's data is recorded by the database",
      async handle(request) {
        const number = personOfPath(request.platform, request.params.person);
        const reason = readOpeningReason(request.form);
        if (!reason) {
          const other = request.form.text("reason") === "other";
          return personPage(
            request,
            sets,
            number,
            other
              ? { other: reasonFault(request.form.text("other"), "その他の内容") ?? "" }
              : { reason: "開く理由を選んでください。" },
          );
        }
        openedFor.set(request.actor, reason, number);
        return moveOn(personPath(request.platform, number));
      },
    }),
  ];
}

async function personPage(
  request: ScreenRequest,
  sets: readonly ScreenSet[],
  number: PersonNumber,
  errors: Record<string, string>,
) {
  const { actor, work, platform } = request;
  const reason = openedFor.get(actor, number);
  const { person, household, looks } = await work(
    async (unit) => {
      const person = await lookAtPerson(
        unit,
        number,
        reason ? ["facts", "name", "address"] : ["facts", "name"],
      );
      if (!person) throw notFound();
      const numbers = await householdOf(unit, number);
      const others = await lookAtPeople(
        unit,
        numbers.filter((other) => other !== number),
        ["facts", "name"],
      );
      const members = [person, ...others];
      return {
        person,
        household: numbers.flatMap(
          (wanted) => members.find((member) => member.personNumber === wanted) ?? [],
        ),
        looks: await unit.sql<LookRow[]>`select * from audit.looks_at(${number}, 60)`,
      };
    },
    { ...(reason && { reason }) },
  );
  const panels = await panelsOf(request, sets, person);
  const today = platform.clock.today();
  const state = residenceState(person, today);
  return page({
    title: "住民",
    breadcrumb: [
      { title: "住民検索", path: "/people" },
      { title: "検索結果", path: "/people/found" },
      { title: "住民" },
    ],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          badge={
            <Badge tone={state.tone === "warning" ? "warning" : "success"}>{state.word}</Badge>
          }
        >
          {shownName(person)}
          {nameWord(person) && <span class="name-word">{nameWord(person)}</span>}
          <span class="title-note">{[shownKana(person), ...otherNames(person)].join("　")}</span>
        </PageTitle>
        {person.isProtected && <ProtectedBanner />}
        <Columns wide="first">
          <div>
            <IdentityPanel
              person={person}
              reason={reason}
              today={today}
              form={request.form}
              errors={errors}
              path={personPath(platform, number)}
            />
            {panels.map((panel) => (
              <Panel key={panel.title} title={panel.title}>
                {panel.content}
              </Panel>
            ))}
          </div>
          <div>
            <Household
              household={household}
              person={person}
              platform={platform}
              open={reason !== undefined}
            />
            <Looks looks={looks} />
          </div>
        </Columns>
      </>
    ),
  });
}

async function panelsOf(
  { actor, work }: ScreenRequest,
  sets: readonly ScreenSet[],
  person: Person,
) {
  const panels: PersonPanel[] = [];
  for (const set of sets) {
    if (!set.personPanels || !holds(actor, "person.read", { program: set.id })) continue;
    panels.push(
      ...(await work(async (unit) => (await set.personPanels?.(unit, person)) ?? [], {
        ...(set.id && { program: set.id }),
      })),
    );
  }
  return panels.toSorted((a, b) => a.order - b.order);
}

function Household(props: {
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
            nowrap: true,
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

interface LookRow {
  at: Date | string;
  staff_name: string | null;
  purpose: Purpose | null;
  items: string[] | null;
}

/** What one person saw for one purpose within a minute is one line. */
function joined(looks: readonly LookRow[]) {
  const lines = Map.groupBy(looks, ({ at, staff_name, purpose }) =>
    [showMoment(new Date(at)), staff_name ?? "―", purpose ? purposeTitles[purpose] : "―"].join("|"),
  );
  return [...lines].map(([line, rows]) => {
    const [at = "", staff = "", purpose = ""] = line.split("|");
    const items = [...new Set(rows.flatMap((row) => row.items ?? []))];
    return { at, staff, purpose, items };
  });
}

function Looks({ looks }: { looks: readonly LookRow[] }) {
  return (
    <Panel title="この方の情報を見た記録（新しい順）">
      <Table
        caption="アクセス記録"
        columns={[
          { title: "日時", cell: (look) => look.at, nowrap: true },
          { title: "職員", cell: (look) => look.staff, nowrap: true },
          {
            title: "目的・項目",
            cell: (look) => (
              <>
                {look.purpose}
                <span class="cell-note">{itemWords(look.items)}</span>
              </>
            ),
          },
        ]}
        rows={joined(looks)}
      />
    </Panel>
  );
}
