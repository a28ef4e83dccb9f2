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
  ButtonLink,
  DefinitionList,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import {
  type ReportClosingEvent,
  reportClosingV1,
} from "#workflows/vaccination/reports/closing-machine.ts";
import { monthTitle } from "../../coupon-mailing.ts";
import {
  closingActions,
  closingMeta,
  countClosings,
  listClosings,
  monthsToPrepare,
  moveClosing,
  prepareClosing,
  type ReportClosing,
  readClosing,
} from "../../reports/closings.ts";
import { rowsAPage } from "../records/parts.tsx";
import { ReportTabs, reportGuard } from "./frame.tsx";
import { reportPaths, withQuery } from "./paths.ts";

const guard = { ...reportGuard, purpose: "case" } as const;
const steps = Object.keys(reportClosingV1.events) as ReportClosingEvent[];
const count = (n: number) => n.toLocaleString("ja-JP");

const ClosingBadge = ({ state }: { state: ReportClosing["state"] }) => {
  const { title, tone } = closingMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** 締め: months, each counted by one person and closed by another. */
export const closingScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: reportPaths.closings,
    audit: "vaccination-closings.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${reportPaths.closings}/closings` as const,
    audit: "vaccination-closing.prepare-asked",
    async handle(request) {
      const { form, work } = request;
      const month = form.text("month");
      if (!isIsoDate(month))
        return listPage(request, {
          event: "prepare",
          form,
          errors: { month: "締める月を選んでください。" },
        });
      try {
        const id = await work((unit) => prepareClosing(unit, month));
        return redirect(reportPaths.closing(id), `${monthTitle(month)}を集計しました。`);
      } catch (error) {
        return listPage(request, sentWith("prepare", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${reportPaths.closings}/closings/:id` as const,
    audit: "vaccination-closing.opened",
    handle: (request) => closingPage(request),
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: reportClosingV1.events[type].right,
      method: "post",
      path: `${reportPaths.closings}/closings/:id/${type}` as const,
      audit: `vaccination-closing.${type}-asked` as const,
      async handle(request) {
        const { form, work, params } = request;
        const id = numberOf(params.id);
        try {
          await work((unit) =>
            moveClosing(unit, { id, seen: form.integer("revision") ?? 0, type }),
          );
        } catch (error) {
          return closingPage(request, sentWith(type, form, error));
        }
        const done = `「${reportClosingV1.events[type].title}」を行いました。`;
        return redirect(type === "discard" ? reportPaths.closings : reportPaths.closing(id), done);
      },
    }),
  ),
];

async function listPage(
  { work, actor, query }: Pick<ScreenRequest, "work" | "actor" | "query">,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total, months } = await work(async (unit) => ({
    rows: await listClosings(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
    total: await countClosings(unit),
    months: await monthsToPrepare(unit),
  }));
  const waiting = rows.some(({ state }) => state === "prepared");
  return page({
    title: "予防接種 報告・接種率",
    breadcrumb: [{ title: "報告・接種率" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>報告・接種率</PageTitle>
        <ReportTabs actor={actor} at={reportPaths.closings} />
        <SentNote />
        {holdsForAll(actor, "case.enter", "vaccination") && (
          <Panel title="次の月を集計する">
            {waiting ? (
              <p>集計した月がまだ締められていません。</p>
            ) : months.length === 0 ? (
              <p>終わった月は、すべて締めてあります。</p>
            ) : (
              <PrepareForm months={months} first={total === 0} />
            )}
          </Panel>
        )}
        <Panel title={`締め ${count(total)}か月`}>
          <p>
            月ごとに数を締めます。締めた月の数は変わりません。後から届いた記録、訂正、取消は、次の締めの「前の月に加える」「前の月から除く」に入ります。
          </p>
          <Table
            caption="締め"
            columns={[
              { title: "月", cell: ({ month }) => monthTitle(month as IsoDate), nowrap: true },
              { title: "その月の接種（件）", cell: ({ counted }) => count(counted), align: "end" },
              { title: "前の月に加える（件）", cell: ({ late }) => count(late), align: "end" },
              { title: "前の月から除く（件）", cell: ({ taken }) => count(taken), align: "end" },
              {
                title: "集計した時",
                cell: ({ preparedAt }) => showMoment(preparedAt),
                nowrap: true,
              },
              { title: "状態", cell: ({ state }) => <ClosingBadge state={state} />, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => reportPaths.closing(id)}
            empty="締めた月はまだありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => withQuery(reportPaths.closings, { page: next })}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function PrepareForm({ months, first }: { months: readonly IsoDate[]; first: boolean }) {
  const { values, errors } = useSent("prepare");
  return (
    <Form
      action={`${reportPaths.closings}/closings`}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <SelectField
        name="month"
        label="締める月"
        required
        options={months.map((value) => ({ value, label: monthTitle(value) }))}
        hint={first ? "最初に締める月より前の接種は、締めた数に入りません。" : undefined}
      />
      <Actions>
        <Button look="secondary">集計する</Button>
      </Actions>
    </Form>
  );
}

async function closingPage(
  { params, work }: Pick<ScreenRequest<`${string}:id`>, "params" | "work">,
  sent?: Sent,
): Promise<Reply> {
  const id = numberOf(params.id);
  const { row, actions } = await work(async (unit) => {
    const row = await readClosing(unit, id);
    return { row, actions: closingActions(unit, row) };
  });
  const month = row.month as IsoDate;
  const title = `報告の締め ${monthTitle(month)}`;
  const closed = row.state === "closed";
  const cube = (basis: "now" | "own" | "earlier") =>
    withQuery(reportPaths.cube, {
      period: month.slice(0, 7),
      basis,
      rows: "dose",
      columns: "age-band",
    });
  return page({
    title,
    breadcrumb: [
      { title: "報告・接種率", path: reportPaths.closings },
      { title: monthTitle(month) },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<ClosingBadge state={row.state} />}
          actions={
            closed ? (
              <>
                <ButtonLink href={cube("own")}>この月の集計</ButtonLink>
                <ButtonLink href={cube("earlier")}>前の月の訂正の集計</ButtonLink>
              </>
            ) : (
              <ButtonLink href={cube("now")}>今の記録の内訳</ButtonLink>
            )
          }
        >
          {title}
        </PageTitle>
        <SentNote />
        <Panel title="数">
          <DefinitionList
            items={[
              ["その月の接種", `${count(row.counted)}件（予診のみ・不可診を含む）`],
              ["前の月に加える", `${count(row.late)}件（後から届いた記録と、訂正した後の数）`],
              ["前の月から除く", `${count(row.taken)}件（取り消した記録と、訂正する前の数）`],
              [
                "集計した時",
                `${showMoment(row.preparedAt)}　これより後の記録は、次の締めに入ります。`,
              ],
              ...(row.decidedAt && closed
                ? ([["締めた時", showMoment(row.decidedAt)]] as [string, string][])
                : []),
            ]}
          />
        </Panel>
        {actions.length > 0 && (
          <Panel title="次の処理">
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${reportPaths.closing(id)}/${type}`}
                revision={row.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside={type !== "close"}
                confirm={
                  type === "close" ? "締めた数は、後から変えられません。締めますか。" : undefined
                }
              />
            ))}
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}
