import { holds } from "#src/platform/access/index.ts";
import { attachmentsOf, notesOf } from "#src/platform/notes/index.ts";
import {
  allOf,
  householdOf,
  lookAtPeople,
  lookAtPerson,
  nameWord,
  numbersOf,
  otherNames,
  type Person,
  programsUnder,
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
  Disclosure,
  PageTitle,
  Panel,
  ProtectedBanner,
} from "../../components/index.ts";
import { personPath } from "../../person-path.ts";
import { moveOn, page, type Reply } from "../../reply.ts";
import type { ScreenRequest } from "../../route.ts";
import type { PersonPanel, ScreenSet } from "../../screens.ts";
import { residenceState } from "./describe.ts";
import { Household } from "./household-panel.tsx";
import { IdentityPanel } from "./identity.tsx";
import { PersonAttachments, PersonNotes } from "./kept.tsx";
import { type LookRow, Looks } from "./looks-panel.tsx";
import { MergePanel, mergeRows } from "./merge-panel.tsx";
import { OutsiderPanel, outsiderRows } from "./outsider-panel.tsx";
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
  const reason = await openedFor.get(request, number);
  const { person, household, looks, kept, reckoned, outsider, merges, numbers } = await work(
    async (unit) => {
      const person = await lookAtPerson(
        unit,
        number,
        reason ? ["facts", "name", "address", "details"] : ["facts", "name"],
      );
      if (!person) throw notFound();
      // An old number leads to the person.
      if (person.followedTo) return { ...nobody, person };
      const own = allOf(await numbersOf(unit, [number]), number);
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
          notes: await ofEach(own, (personNumber) => notesOf(unit, { personNumber })),
          attachments: await ofEach(own, (personNumber) => attachmentsOf(unit, { personNumber })),
        },
        merges: await mergeRows(unit, number),
        numbers: own,
        reckoned: await reckonedBirthRows(unit, number),
        outsider: await outsiderRows(unit, number, reason !== undefined),
        looks: await unit.sql<LookRow[]>`select * from audit.looks_at(${number}, 60)`,
      };
    },
    { ...(reason && { reason }) },
  );
  if (person.followedTo) return moveOn(personPath(platform, person.followedTo));
  const panels = await panelsOf(request, sets, person, numbers);
  const today = platform.clock.today();
  const path = personPath(platform, number);
  const keptProps = { kept, sets, actor, person, path };
  const state = residenceState(person, today);
  // Nearly nobody has a second number: then it is a link below what the page is opened for.
  const mergePanel = (
    <MergePanel rows={merges} person={person} sets={sets} actor={actor} path={path} />
  );
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
            <OutsiderPanel
              rows={outsider}
              sets={sets}
              platform={platform}
              path={path}
              open={reason !== undefined}
            />
            <ReckonedBirthPanel
              person={person}
              rows={reckoned}
              actor={actor}
              path={path}
              open={reason !== undefined}
            />
            {merges.length > 0 && mergePanel}
            {panels
              .filter(({ empty }) => !empty)
              .map((panel) => (
                <Panel key={panel.title} title={panel.title}>
                  {panel.content}
                </Panel>
              ))}
            <EmptyPanels panels={panels.filter(({ empty }) => empty)} />
            {merges.length === 0 && mergePanel}
            <PersonAttachments {...keptProps} />
          </div>
          <div>
            {!person.outside && (
              <Household
                household={household}
                person={person}
                platform={platform}
                open={reason !== undefined}
              />
            )}
            <PersonNotes {...keptProps} />
            <Looks looks={looks} />
          </div>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

/** What there is nothing of yet, a line each, and below it where one begins. */
const EmptyPanels = ({ panels }: { panels: readonly PersonPanel[] }) =>
  panels.length > 0 && (
    <Panel title="記録のないもの">
      {panels.map(({ title, content }) => (
        <Disclosure key={title} title={title}>
          {content}
        </Disclosure>
      ))}
    </Panel>
  );

/** What a page that leads on to another one does not read. */
const nobody = {
  household: [],
  looks: [],
  kept: { notes: [], attachments: [] },
  reckoned: [],
  outsider: undefined,
  merges: [],
  numbers: [],
};

const ofEach = async <T,>(numbers: readonly string[], read: (number: string) => Promise<T[]>) => {
  const all: T[] = [];
  for (const number of numbers) all.push(...(await read(number)));
  return all;
};

async function panelsOf(
  { actor, work }: PersonRequest,
  sets: readonly ScreenSet[],
  person: Person,
  numbers: readonly string[],
) {
  const panels: PersonPanel[] = [];
  const under =
    numbers.length > 1
      ? await work((unit) => programsUnder(unit, person.personNumber))
      : new Set<string>();
  for (const set of sets) {
    if (!set.personPanels || !holds(actor, "person.read", { program: set.id })) continue;
    // What stands under a number that was merged into theirs stands there still.
    for (const personNumber of numbers) {
      const own = personNumber === person.personNumber;
      if (!own && set.id !== undefined && !under.has(`${personNumber} ${set.id}`)) continue;
      panels.push(
        ...(
          await work(
            async (unit) => (await set.personPanels?.(unit, { ...person, personNumber })) ?? [],
            {
              ...(set.id && { program: set.id }),
            },
          )
        ).map((panel) =>
          own ? panel : { ...panel, title: `${panel.title}（旧番号 ${personNumber}）` },
        ),
      );
    }
  }
  return panels.toSorted((a, b) => a.order - b.order);
}
