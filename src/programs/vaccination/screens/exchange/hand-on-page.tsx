import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { type Sent, SentContext, SentNote, sentWith } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  Columns,
  choicesOf,
  DefinitionList,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { declineReasons, handOnV1 } from "#workflows/vaccination/exchange/hand-on.ts";
import {
  answerHandOn,
  declineHandOn,
  handOnActions,
  handOnEventTitle,
  handOnNumber,
  mayAnswer,
  readHandOn,
} from "../../exchange/hand-ons.ts";
import { doseTitle } from "../records/parts.tsx";
import { exchangePaths, figure } from "./exchange-paths.ts";
import { HandOnBadge, HistoryPanel, PapersPanel } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "inquiry" } as const;
const { handOns } = exchangePaths;
const base = `${handOns}/:handOn` as const;

/** One inquiry of another municipality: answered with the records, or not. */
export const handOnPageScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: base,
    audit: "hand-on.looked-at",
    handle: (request) => handOnPage(request),
  }),
  defineRoute({
    ...guard,
    right: "provision.request",
    method: "post",
    path: `${base}/answer`,
    audit: "hand-on.answer-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.handOn);
      try {
        const got = await work((unit) =>
          answerHandOn(unit, { id, seen: form.integer("revision") ?? 0 }),
        );
        return redirect(
          exchangePaths.handOn(id),
          {
            answered: "回答書を作りました。「文書」から開いて印刷し、送ってください。",
            waiting: {
              tone: "warning" as const,
              text: "自動応答不可の方です。ほかの職員が提供の記録で解除した後に、もう一度行ってください。",
            },
            refused: { tone: "error" as const, text: "提供は拒否されました。回答できません。" },
          }[got],
        );
      } catch (error) {
        return handOnPage(request, sentWith("answer", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "provision.request",
    method: "post",
    path: `${base}/decline`,
    audit: "hand-on.decline-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.handOn);
      try {
        await work((unit) =>
          declineHandOn(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            reason: form.text("reason"),
          }),
        );
        return redirect(exchangePaths.handOn(id), "回答しないこととしました。");
      } catch (error) {
        return handOnPage(request, sentWith("decline", form, error));
      }
    },
  }),
];

async function handOnPage(
  request: Pick<ScreenRequest<`${string}:handOn`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { found, person, actions } = await work(async (unit) => {
    const found = await readHandOn(unit, idOf(params.handOn));
    return {
      found,
      person: await lookAtPerson(unit, found.row.personNumber, ["facts", "name"]),
      actions: handOnActions(unit, found.row),
    };
  });
  const { row, records, papers, events } = found;
  const number = handOnNumber(row);
  const answers =
    holds(actor, "provision.request", { program: "vaccination", office: row.officeCode }) &&
    mayAnswer(row);
  return page({
    title: `他市町村からの照会 ${number}`,
    breadcrumb: [{ title: "他市町村からの照会", path: handOns }, { title: number }],
    status: sent?.problem?.status ?? (sent ? 422 : 200),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<HandOnBadge state={row.state} />}>他市町村からの照会 {number}</PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <FlowPicture definition={handOnV1} state={row.state} />
        <Columns wide="first">
          <Panel title="照会">
            <p>
              <PersonLink person={person} platform={platform} />
            </p>
            <DefinitionList
              columns={2}
              items={[
                ["照会した市区町村", row.municipality ?? "―", "wide"],
                [
                  "送り先",
                  `〒${row.postalCode?.slice(0, 3)}-${row.postalCode?.slice(3)}　${row.address}`,
                  "wide",
                ],
                ["文書番号", row.theirNumber],
                ["受けた日", showDate(row.receivedOn as IsoDate)],
                ["回答した日", showDate(row.answeredOn as IsoDate | null)],
                ["提供の記録", row.requestId === null ? "―" : `第${row.requestId}号`],
                ["回答しない理由", row.declined ? declineReasons[row.declined] : "―"],
              ]}
            />
          </Panel>
          <Panel title="次の操作">
            {answers && (
              <Form action={`${exchangePaths.handOn(row.id)}/answer`} class="form stacked">
                <input type="hidden" name="revision" value={row.revision} />
                <p>
                  下の{figure(records.length)}
                  件の記録を載せた回答書を作ります。提供の記録に残ります。
                </p>
                <Actions>
                  <Button confirm="この方の接種の記録を提供します。よろしいですか。">
                    回答書を作る
                  </Button>
                </Actions>
              </Form>
            )}
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${exchangePaths.handOn(row.id)}/${type}`}
                revision={row.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside
              >
                <SelectField
                  name="reason"
                  label="理由"
                  required
                  empty="選んでください"
                  options={choicesOf(declineReasons)}
                />
              </StepForm>
            ))}
            {!answers && actions.length === 0 && <p>ここで行う操作はありません。</p>}
          </Panel>
        </Columns>
        <Panel title={mayAnswer(row) ? "提供する記録" : "提供した記録"}>
          <Table
            caption="接種の記録"
            columns={[
              { title: "予防接種", cell: (one) => doseTitle(one.vaccine, one.dose) },
              {
                title: "接種日",
                cell: (one) => showDateShort(one.givenOn as IsoDate),
                nowrap: true,
              },
              { title: "製造番号", cell: ({ lot }) => lot ?? "―" },
              { title: "医療機関", cell: ({ clinicName }) => clinicName ?? "―" },
            ]}
            rows={records}
            empty="接種の記録はありません。"
          />
        </Panel>
        <PapersPanel papers={papers} />
        <HistoryPanel events={events} titleOf={handOnEventTitle} />
      </SentContext.Provider>
    ),
  });
}
