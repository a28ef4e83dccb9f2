import { identityDocumentTitles, identityMethodTitles } from "#src/platform/intake/index.ts";
import {
  askers,
  decisionDeadline,
  getSubjectRequest,
  heldPartNames,
  heldParts,
  moveSubjectRequest,
  outcomes,
  printHeld,
  printNotice,
  type RefusalReason,
  refusalReasons,
  requestKinds,
  type SubjectRequest,
  scopeOf,
  stepsOfRequest,
  subjectRequestActions,
  type Withheld,
} from "#src/platform/oversight/index.ts";
import { lookForRequest, type Person, shownName } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type SubjectRequestEvent,
  subjectRequestV1,
} from "#workflows/oversight/subject-request-machine.ts";
import {
  ButtonLink,
  Columns,
  DefinitionList,
  type FieldErrors,
  PageTitle,
  Panel,
} from "../../components/index.ts";
import { readDate, showDate, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { inlinePdf, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { DatedSteps, DueNote } from "./case-parts.tsx";
import { FlowPicture } from "./flow-picture.tsx";
import { RequestState, requestGuard, requestsTitle } from "./subject-request-list.tsx";
import { RequestStep } from "./subject-request-step.tsx";

type PageRequest = ScreenRequest<"/subject-requests/:request">;
type Programs = readonly ProgramScreens[];
const events = Object.keys(subjectRequestV1.events) as SubjectRequestEvent[];
const reasons = Object.keys(refusalReasons) as RefusalReason[];
const atWork = ["investigating", "awaiting", "decided", "notified"];

/** A request: by when it is decided on, who asks, its steps, and its papers. */
export const requestScreens = (programs: Programs) => [
  defineRoute({
    ...requestGuard,
    method: "get",
    path: "/subject-requests/:request",
    audit: "subject-request.opened",
    handle: (request) => requestPage(request, programs, {}),
  }),
  defineRoute({
    ...requestGuard,
    method: "post",
    path: "/subject-requests/:request",
    audit: "subject-request.step-asked",
    async handle(request) {
      const { form, work, params } = request;
      const event = form.pressed(events);
      try {
        await work(async (unit) =>
          moveSubjectRequest(unit, await getSubjectRequest(unit, numberOf(params.request)), {
            event,
            said: form.text(`said-${event}`),
            doneOn: readDate(form.text(`doneOn-${event}`)),
            proposed: {
              outcome: form.choice("outcome", Object.keys(outcomes) as (keyof typeof outcomes)[]),
              reason: form.choice("reason", reasons),
              withheld: withheldIn(form),
            },
          }),
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return requestPage(request, programs, error.errors);
      }
      return redirect(
        `/subject-requests/${params.request}`,
        `「${subjectRequestV1.events[event]?.title}」を記録しました。`,
      );
    },
  }),
  defineRoute({
    ...requestGuard,
    method: "get",
    path: "/subject-requests/:request/held.pdf",
    audit: "subject-request.held-opened",
    async handle({ params, work }) {
      const id = numberOf(params.request);
      const pdf = await work(async (unit) =>
        printHeld(unit, await getSubjectRequest(unit, id), programs),
      );
      return inlinePdf(`held-${id}.pdf`, pdf);
    },
  }),
  defineRoute({
    ...requestGuard,
    method: "get",
    path: "/subject-requests/:request/notice.pdf",
    audit: "subject-request.notice-opened",
    async handle({ params, work }) {
      const id = numberOf(params.request);
      const pdf = await work(async (unit) =>
        printNotice(unit, await getSubjectRequest(unit, id), programs),
      );
      return inlinePdf(`notice-${id}.pdf`, pdf);
    },
  }),
];

/** The parts that are chosen to be withheld, each with its reason. */
const withheldIn = (form: Values): Withheld =>
  Object.fromEntries(
    heldPartNames.flatMap((part) => {
      const reason = form.choice(`withheld-${part}`, reasons);
      return reason ? [[part, reason]] : [];
    }),
  );

async function requestPage(request: PageRequest, programs: Programs, errors: FieldErrors) {
  const { params, work, form, platform } = request;
  const id = numberOf(params.request);
  const { one, steps, actions, person } = await work(async (unit) => {
    const found = await getSubjectRequest(unit, id);
    const isOpen = found.state !== "closed" && found.state !== "withdrawn";
    return {
      one: found,
      steps: await stepsOfRequest(unit, found),
      actions: subjectRequestActions(unit, found),
      person: isOpen ? await lookForRequest(unit, id, ["name"]) : undefined,
    };
  });
  const today = platform.clock.today();
  const path = `/subject-requests/${id}` as const;
  const event = form.text("event");
  const title = `${requestsTitle} 第${id}号`;
  return page({
    title,
    breadcrumb: [{ title: requestsTitle, path: "/subject-requests" }, { title: `第${id}号` }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          badge={<RequestState state={one.state} />}
          actions={
            <>
              {atWork.includes(one.state) && one.outcome !== "refused" && (
                <ButtonLink href={`${path}/held.pdf`} newTab>
                  保有個人情報の写し
                </ButtonLink>
              )}
              {one.decidedOn && person && (
                <ButtonLink href={`${path}/notice.pdf`} newTab>
                  決定通知書
                </ButtonLink>
              )}
            </>
          }
        >
          {title}
        </PageTitle>
        <DecisionDue one={one} today={today} />
        <FlowPicture definition={subjectRequestV1} state={one.state} />
        <Columns>
          <AskedPanel one={one} person={person} programs={programs} />
          <Panel title="手続き">
            {actions.map((action) => (
              <RequestStep
                key={action.type}
                one={one}
                action={action}
                path={path}
                today={today}
                values={event === action.type ? form : undefined}
                errors={event === action.type ? errors : {}}
              />
            ))}
            {actions.length === 0 && <p>手続きは終わりました。</p>}
          </Panel>
        </Columns>
        <DatedSteps events={subjectRequestV1.events} steps={steps} />
      </>
    ),
  });
}

function DecisionDue({ one, today }: { one: SubjectRequest; today: IsoDate }) {
  const due = decisionDeadline(one);
  if (!due) return null;
  return (
    <DueNote what="決定" due={due} today={today}>
      受け付けた日（{showDate(one.receivedOn)}）の翌日を1日目として数えています。
      {one.extendedOn && `${showDate(one.extendedOn)}に延長しました。`}
    </DueNote>
  );
}

function AskedPanel(props: {
  one: SubjectRequest;
  person: Person | undefined;
  programs: Programs;
}) {
  const { one, person, programs } = props;
  const documents = one.documents.map(
    (code) => identityDocumentTitles[code as keyof typeof identityDocumentTitles],
  );
  return (
    <Panel title="請求の内容">
      <DefinitionList
        items={[
          ["種類", requestKinds[one.kind]],
          ["対象", scopeOf(one, programs)],
          ["受け付けた日", showDate(one.receivedOn)],
          ["統合宛名番号", one.personNumber],
          ...(person
            ? ([
                ["本人", shownName(person)],
                ["生年月日", showDate(person.birthDate)],
              ] as const)
            : []),
          ["請求した方", askers[one.asker]],
          [
            "本人確認",
            [
              identityMethodTitles[one.method],
              ...documents,
              ...(one.mandateSeen ? ["代理人の資格を示す書類"] : []),
            ].join("・"),
          ],
          ["受け付けた職員", `${one.openedName} ${showMoment(one.openedAt)}`],
          ...(one.outcome
            ? ([
                [one.decidedOn ? "決定" : "決定案", outcomes[one.outcome]],
                ...(one.reason ? [["理由の区分", refusalReasons[one.reason]] as const] : []),
                ...heldPartNames.flatMap((part) => {
                  const reason = one.withheld[part];
                  return reason
                    ? [[`開示しない部分 ${heldParts[part]}`, refusalReasons[reason]] as const]
                    : [];
                }),
              ] as const)
            : []),
        ]}
      />
    </Panel>
  );
}
