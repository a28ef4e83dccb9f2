import { holdsForAll } from "#src/platform/access/actor.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  FieldRow,
  Form,
  Notification,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  closeHandover,
  type Difference,
  differenceTitles,
  getHandover,
  handoverNumber,
  isEven,
  papersBack,
} from "../../punched-files/handovers.ts";
import { fileNumber } from "../../punched-files/move.ts";
import { paths } from "../paths.ts";
import { HandoverBadge } from "./handovers.tsx";
import { FileBadge, guard, rowsInWords, slipsInWords } from "./parts.tsx";

type Found = Awaited<ReturnType<typeof getHandover>>;

/** An order: what was sent, what its files brought, what came back; and closing it. */
export const handoverScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/vaccination/punched-files/handovers/:id",
    right: "case.read",
    audit: "nothing-personal",
    because: "orders and counts of papers are nobody's data",
    handle: (request) => handoverPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/vaccination/punched-files/handovers/:id/back",
    right: "case.enter",
    audit: "handover.back-asked",
    async handle(request) {
      const { params, form, work } = request;
      try {
        await work((unit) =>
          papersBack(unit, {
            id: params.id,
            seen: form.integer("revision") ?? 0,
            slips: form.integer("slipsBack"),
            backOn: readDate(form.text("backOn")),
          }),
        );
      } catch (error) {
        return handoverPage(request, sentWith("back", form, error));
      }
      return redirect(paths.handover(params.id), "予診票が戻ったことを入力しました。");
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/vaccination/punched-files/handovers/:id/close",
    right: "case.enter",
    audit: "handover.close-asked",
    async handle(request) {
      const { params, form, work } = request;
      try {
        await work((unit) =>
          closeHandover(unit, {
            id: params.id,
            seen: form.integer("revision") ?? 0,
            difference: form.choice("difference", Object.keys(differenceTitles) as Difference[]),
          }),
        );
      } catch (error) {
        return handoverPage(request, sentWith("close", form, error));
      }
      return redirect(paths.handover(params.id), "この引渡しを完了しました。");
    },
  }),
];

async function handoverPage(
  { params, work, actor, platform }: ScreenRequest<"/vaccination/punched-files/handovers/:id">,
  sent?: Sent,
): Promise<Reply> {
  const found = await work((unit) => getHandover(unit, params.id));
  const { handover, contractor, files, balance } = found;
  const title = `授受 ${handoverNumber(handover)} ${handover.orderNumber}`;
  const even = isEven(handover, balance);
  const enters = holdsForAll(actor, "case.enter", "vaccination");
  return page({
    title,
    status: statusOf(sent),
    breadcrumb: [
      { title: "パンチデータ", path: paths.punchedFiles },
      { title: "予診票の授受簿", path: paths.handovers },
      { title: handoverNumber(handover) },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<HandoverBadge row={handover} today={platform.clock.today()} />}>
          {title}
        </PageTitle>
        <SentNote />
        {handover.slipsBack !== null && !even && (
          <Notification tone="warning" title="枚数が合いません。">
            <p>
              引き渡した{slipsInWords(handover.slipsSent)}に対して、データは
              {rowsInWords(balance.rows)}、戻った予診票は{slipsInWords(handover.slipsBack)}です。
            </p>
          </Notification>
        )}
        <Panel title="枚数">
          <DefinitionList
            columns={3}
            items={[
              ["委託先", contractor.name],
              ["引き渡した日", showDate(handover.sentOn as IsoDate)],
              ["納期", showDate(handover.dueOn as IsoDate)],
              ["引き渡した枚数", slipsInWords(handover.slipsSent)],
              ["箱の数", `${handover.boxes}箱`],
              ["データの行", rowsInWords(balance.rows)],
              ["委託先へ戻した行", rowsInWords(balance.returned)],
              ["戻った枚数", handover.slipsBack === null ? "―" : slipsInWords(handover.slipsBack)],
              ["戻った日", handover.backOn ? showDate(handover.backOn as IsoDate) : "―"],
              ["差の理由", handover.difference ? differenceTitles[handover.difference] : "―"],
              ["完了", handover.closedAt ? showMoment(handover.closedAt) : "―"],
            ]}
          />
        </Panel>
        <Panel title="届いたファイル">
          <Table
            caption="届いたファイル"
            columns={[
              { title: "番号", cell: fileNumber, nowrap: true },
              { title: "ファイル名", cell: ({ fileName }) => fileName },
              { title: "件数", cell: ({ rowCount }) => rowsInWords(rowCount), align: "end" },
              { title: "状態", cell: ({ state }) => <FileBadge state={state} />, nowrap: true },
              { title: "受取", cell: ({ receivedAt }) => showMoment(receivedAt), nowrap: true },
            ]}
            rows={files}
            href={({ id }) => paths.punchedFile(id)}
            empty="まだファイルは届いていません。"
          />
        </Panel>
        {enters && !handover.closedAt && <BackForm found={found} />}
        {enters && !handover.closedAt && handover.slipsBack !== null && (
          <CloseForm found={found} even={even} />
        )}
      </SentContext.Provider>
    ),
  });
}

function BackForm({ found: { handover } }: { found: Found }) {
  const { values, errors } = useSent("back");
  return (
    <Panel title="予診票が戻った">
      <Form
        action={`${paths.handover(handover.id)}/back`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={handover.revision} />
        <FieldRow>
          <NumberField
            name="slipsBack"
            label="戻った枚数"
            required
            width={8}
            value={handover.slipsBack === null ? "" : `${handover.slipsBack}`}
          />
          <DateField
            name="backOn"
            label="戻った日"
            required
            value={handover.backOn ? showDateShort(handover.backOn as IsoDate) : ""}
          />
        </FieldRow>
        <Actions>
          <Button look={handover.slipsBack === null ? "primary" : "secondary"}>
            戻ったことを入力する
          </Button>
        </Actions>
      </Form>
    </Panel>
  );
}

function CloseForm({ found: { handover }, even }: { found: Found; even: boolean }) {
  const { values, errors } = useSent("close");
  return (
    <Panel title="完了する">
      <Form
        action={`${paths.handover(handover.id)}/close`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={handover.revision} />
        <SelectField
          name="difference"
          label="数が合わない理由"
          required={!even}
          empty={even ? "合っている" : "選んでください"}
          options={even ? [] : choicesOf(differenceTitles)}
        />
        <Actions>
          <Button>完了する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
