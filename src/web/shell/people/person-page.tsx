import { holds } from "#src/platform/access/index.ts";
import { attachmentsOf, notesOf } from "#src/platform/notes/index.ts";
import {
  householdOf,
  lookAtPeople,
  lookAtPerson,
  nameWord,
  otherNames,
  type Person,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { type Sent, SentContext, SentNote } from "../../cases/sent.tsx";
import {
  Badge,
  ButtonLink,
  Columns,
  PageTitle,
  Panel,
  ProtectedBanner,
} from "../../components/index.ts";
import { personPath } from "../../person-path.ts";
import { page, type Reply } from "../../reply.ts";
import type { ScreenRequest } from "../../route.ts";
import type { PersonPanel, ScreenSet } from "../../screens.ts";
import { residenceState } from "./describe.ts";
import { Household } from "./household-panel.tsx";
import { IdentityPanel } from "./identity.tsx";
import { PersonAttachments, PersonNotes } from "./kept.tsx";
import { type LookRow, Looks } from "./looks-panel.tsx";
import { ReckonedBirthPanel, reckonedBirthRows } from "./reckoned-birth.tsx";
import { openedFor } from "./remembered.ts";

/** What the page needs of a request, so that a form that was refused can answer with it. */
export type PersonRequest = Pick<ScreenRequest, "actor" | "work" | "platform">;

/** The page of a person; with a form of it that was not taken, that one comes back filled in. */
export async function personPage(
  request: PersonRequest,
  sets: readonly ScreenSet[],
  number: PersonNumber,
  sent?: Sent,
): Promise<Reply> {
  const { actor, work, platform } = request;
  const reason = openedFor.get(actor, number);
  const { person, household, looks, kept, reckoned } = await work(
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
        kept: {
          notes: await notesOf(unit, { personNumber: number }),
          attachments: await attachmentsOf(unit, { personNumber: number }),
        },
        reckoned: await reckonedBirthRows(unit, number),
        looks: await unit.sql<LookRow[]>`select * from audit.looks_at(${number}, 60)`,
      };
    },
    { ...(reason && { reason }) },
  );
  const panels = await panelsOf(request, sets, person);
  const today = platform.clock.today();
  const path = personPath(platform, number);
  const keptProps = { kept, sets, actor, person, path };
  const state = residenceState(person, today);
  return page({
    title: "住民",
    breadcrumb: [
      { title: "住民検索", path: "/people" },
      { title: "検索結果", path: "/people/found" },
      { title: "住民" },
    ],
    status: sent ? (sent.problem?.status ?? 422) : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            <ButtonLink href={`${path}/timeline`} look="secondary">
              経過
            </ButtonLink>
          }
          badge={
            <Badge tone={state.tone === "warning" ? "warning" : "success"}>{state.word}</Badge>
          }
        >
          {shownName(person)}
          {nameWord(person) && <span class="name-word">{nameWord(person)}</span>}
          <span class="title-note">{[shownKana(person), ...otherNames(person)].join("　")}</span>
        </PageTitle>
        {person.isProtected && <ProtectedBanner />}
        <SentNote />
        <Columns wide="first">
          <div>
            <IdentityPanel person={person} reason={reason?.code} today={today} path={path} />
            <ReckonedBirthPanel
              person={person}
              rows={reckoned}
              actor={actor}
              path={path}
              open={reason !== undefined}
            />
            {panels.map((panel) => (
              <Panel key={panel.title} title={panel.title}>
                {panel.content}
              </Panel>
            ))}
            <PersonAttachments {...keptProps} />
          </div>
          <div>
            <Household
              household={household}
              person={person}
              platform={platform}
              open={reason !== undefined}
            />
            <PersonNotes {...keptProps} />
            <Looks looks={looks} />
          </div>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

async function panelsOf(
  { actor, work }: PersonRequest,
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
