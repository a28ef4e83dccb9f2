import { EntryFaults } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { moveOn, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { addMonths, type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { completeAmong, listInMovers, requirePeriod } from "../../exchange/in-movers.ts";
import { openInquiries } from "../../exchange/inquiries.ts";
import { exchangePaths, figure, listAddress, rowsAPage } from "./exchange-paths.ts";

const guard = { program: "vaccination", purpose: "case" } as const;
const { inquiries, inMovers } = exchangePaths;

/** 転入者から始める: those who moved here, of whom nothing was asked yet. */
export const inMoverScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "get",
    path: inMovers,
    audit: "inquiries.in-movers-listed",
    handle: (request) => inMoverPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${inMovers}/period` as const,
    audit: "inquiries.period-asked",
    async handle(request) {
      const { form } = request;
      try {
        const faults = new EntryFaults();
        const day = (name: string, words: string) =>
          faults.need(name, readDate(form.text(name)), words);
        const from = day("from", "始まりを入力してください。例: R8.11.1");
        const to = day("to", "終わりを入力してください。例: R8.11.30");
        const bornSince = day("bornSince", "生年月日を入力してください。例: R1.4.2");
        faults.end();
        requirePeriod({ from, to });
        return moveOn(listAddress(inMovers, { from, to, bornSince }));
      } catch (error) {
        return inMoverPage(request, sentWith("period", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: inMovers,
    audit: "inquiries.open-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const { made } = await work((unit) =>
          openInquiries(unit, { kind: "records", people: form.all("person") }),
        );
        return redirect(
          listAddress(inquiries, { state: "opened" }),
          `${figure(made)}件の照会を始めました。照会先を入力してください。`,
        );
      } catch (error) {
        return inMoverPage(request, sentWith("people", form, error));
      }
    },
  }),
];

/** The period of the list: what the address says, else the last month and children up to seven. */
function periodOf(query: Values, today: IsoDate) {
  const day = (name: string, otherwise: IsoDate): IsoDate => {
    const told = query.text(name);
    return isIsoDate(told) ? told : otherwise;
  };
  return {
    from: day("from", addMonths(today, -1)),
    to: day("to", today),
    bornSince: day("bornSince", addMonths(today, -12 * 7)),
  };
}

function Period(shown: { from: IsoDate; to: IsoDate; bornSince: IsoDate }) {
  const { values, errors } = useSent("period");
  return (
    <Form
      action={`${inMovers}/period`}
      keys="search"
      class="form"
      values={values}
      errors={errors ?? {}}
    >
      <FieldRow>
        <DateField name="from" label="転入日（から）" required value={showDateShort(shown.from)} />
        <DateField name="to" label="転入日（まで）" required value={showDateShort(shown.to)} />
        <DateField
          name="bornSince"
          label="この日以後に生まれた方"
          required
          value={showDateShort(shown.bornSince)}
        />
        <Button look="secondary">表示する</Button>
      </FieldRow>
    </Form>
  );
}

async function inMoverPage(
  { work, query, platform }: Pick<ScreenRequest, "work" | "query" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const today = platform.clock.today();
  const at = Math.max(1, query.integer("page") ?? 1);
  const { from, to, bornSince } = periodOf(query, today);
  const found = await work(async (unit) => {
    const list = await listInMovers(
      unit,
      { from, to, bornSince },
      { from: (at - 1) * rowsAPage, size: rowsAPage },
    );
    const people = await peopleOfRows(
      unit,
      list.rows.map(({ personNumber }) => personNumber),
    );
    return { list, people, complete: await completeAmong(unit, [...people.values()]) };
  });
  const { list, people, complete } = found;
  return page({
    title: "予防接種 転入者の照会",
    breadcrumb: [{ title: "接種歴等の照会", path: inquiries }, { title: "転入者から始める" }],
    status: sent?.problem?.status ?? (sent ? 422 : 200),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>転入者から照会を始める</PageTitle>
        <SentNote />
        <Panel title="期間">
          <Period from={from} to={to} bornSince={bornSince} />
        </Panel>
        <Panel title={`転入者 ${figure(list.total)}人`}>
          <p>
            まだ照会していない方だけを表示しています。接種の記録がそろっている方と支援措置の方は、はじめは選ばれていません。
          </p>
          <Table
            caption="転入者"
            columns={[
              {
                title: "氏名",
                cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
              },
              { title: "転入日", cell: (row) => showDateShort(row.movedInOn), nowrap: true },
              {
                title: "既にある接種記録",
                cell: (row) => `${figure(row.takenDown)}件`,
                align: "end",
                nowrap: true,
              },
              {
                title: "注意",
                cell: (row) =>
                  row.withheld ? (
                    <Badge tone="warning">支援措置</Badge>
                  ) : complete.has(row.personNumber) ? (
                    <Badge tone="success">記録がそろっている</Badge>
                  ) : (
                    "―"
                  ),
                nowrap: true,
              },
            ]}
            rows={list.rows}
            ticks={{
              form: "in-movers",
              name: "person",
              value: (row) => row.personNumber,
              label: (row) => `${row.personNumber}を選ぶ`,
              ticked: (row) => !row.withheld && !complete.has(row.personNumber),
            }}
            empty="この期間に、まだ照会していない転入者はいません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => listAddress(inMovers, { from, to, bornSince, page: next })}
          />
          {list.rows.length > 0 && (
            <Form id="in-movers" action={inMovers} keys="search" class="form stacked">
              <Actions>
                <Button>選んだ方の照会を始める</Button>
              </Actions>
            </Form>
          )}
        </Panel>
      </SentContext.Provider>
    ),
  });
}
