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
  Badge,
  Button,
  DateField,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  contractorsToday,
  type HandoverRow,
  handOver,
  handoverNumber,
  listHandovers,
} from "../../punched-files/handovers.ts";
import { CityWide } from "../city-wide.tsx";
import { paths } from "../paths.ts";
import { rowsAPage } from "../records/parts.tsx";
import { guard, rowsInWords, slipsInWords } from "./parts.tsx";

/** 授受簿: papers that went to contractors and came back. */
export const handoverListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: paths.handovers,
    right: "case.read",
    audit: "nothing-personal",
    because: "orders and counts of papers are nobody's data",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: paths.handovers,
    right: "case.enter",
    audit: "handover.enter-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const id = await work((unit) =>
          handOver(unit, {
            contractorId: form.integer("contractor"),
            orderNumber: form.text("orderNumber").normalize("NFKC"),
            slips: form.integer("slips"),
            boxes: form.integer("boxes"),
            sentOn: readDate(form.text("sentOn")),
            dueOn: readDate(form.text("dueOn")),
          }),
        );
        return redirect(paths.handover(id), "引渡しを授受簿に入力しました。");
      } catch (error) {
        return listPage(request, sentWith("hand-over", form, error));
      }
    },
  }),
];

/** How an order stands. */
export function HandoverBadge({ row, today }: { row: HandoverRow; today: IsoDate }) {
  if (row.closedAt)
    return row.difference ? (
      <Badge tone="warning">完了（差あり）</Badge>
    ) : (
      <Badge tone="success">完了</Badge>
    );
  if (row.slipsBack !== null) return <Badge tone="info">戻り済み</Badge>;
  return row.dueOn < today ? (
    <Badge tone="error">納期超過</Badge>
  ) : (
    <Badge tone="info">引渡し中</Badge>
  );
}

async function listPage(
  { work, query, actor, platform }: ScreenRequest,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const { rows, total, contractors } = await work(async (unit) => ({
    ...(await listHandovers(unit, { from: (at - 1) * rowsAPage, size: rowsAPage })),
    contractors: await contractorsToday(unit),
  }));
  return page({
    title: "予防接種 予診票の授受簿",
    breadcrumb: [{ title: "パンチデータ", path: paths.punchedFiles }, { title: "予診票の授受簿" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>予診票の授受簿</PageTitle>
        <CityWide actor={actor} />
        <SentNote />
        {holdsForAll(actor, "case.enter", "vaccination") && (
          <HandOverForm contractors={contractors} today={today} />
        )}
        <Panel title={`引渡し ${rowsInWords(total)}`}>
          <Table
            caption="引渡し"
            columns={[
              { title: "番号", cell: ({ handover }) => handoverNumber(handover), nowrap: true },
              { title: "委託先", cell: ({ contractorName }) => contractorName },
              { title: "注文番号", cell: ({ handover }) => handover.orderNumber, nowrap: true },
              {
                title: "枚数",
                cell: ({ handover }) => slipsInWords(handover.slipsSent),
                align: "end",
              },
              {
                title: "引渡し",
                cell: ({ handover }) => showDateShort(handover.sentOn as IsoDate),
                nowrap: true,
              },
              {
                title: "納期",
                cell: ({ handover }) => showDateShort(handover.dueOn as IsoDate),
                nowrap: true,
              },
              {
                title: "状態",
                cell: ({ handover }) => <HandoverBadge row={handover} today={today} />,
                nowrap: true,
              },
            ]}
            rows={rows}
            href={({ handover }) => paths.handover(handover.id)}
            empty="まだ引渡しはありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${paths.handovers}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function HandOverForm({
  contractors,
  today,
}: {
  contractors: Awaited<ReturnType<typeof contractorsToday>>;
  today: IsoDate;
}) {
  const { values, errors } = useSent("hand-over");
  return (
    <Panel title="予診票を引き渡す">
      <Form
        action={paths.handovers}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
        focusFirst
      >
        <FieldRow>
          <SelectField
            name="contractor"
            label="委託先"
            required
            empty="選んでください"
            options={contractors.map(({ id, name }) => ({ value: `${id}`, label: name }))}
          />
          <TextField name="orderNumber" label="注文番号" required width={12} />
          <NumberField name="slips" label="枚数" required width={8} />
          <NumberField name="boxes" label="箱の数" required width={4} value="1" />
          <DateField name="sentOn" label="引き渡した日" required value={showDateShort(today)} />
          <DateField name="dueOn" label="納期" required />
        </FieldRow>
        <Actions>
          <Button>引渡しを入力する</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
