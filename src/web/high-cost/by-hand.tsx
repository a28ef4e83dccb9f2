import { holds } from "#src/platform/access/actor.ts";
import {
  type ByHand,
  byHandNumber,
  byHandOutcomeTitles,
  byHandReasonTitles,
  byHandStateTitles,
  listByHand,
  readByHand,
  settleByHand,
} from "#src/platform/high-cost/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { lapseWarnedBefore } from "#workflows/high-cost/lapse.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf, useSent } from "../cases/sent.tsx";
import { claimPaths } from "../claims/words.ts";
import {
  Actions,
  Badge,
  Button,
  Columns,
  choicesOf,
  DefinitionList,
  FilterLinks,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { idOf } from "../params.ts";
import { day, rowsAPage } from "../payments/parts.tsx";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { showMonth } from "../receipts/words.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { treated } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

export const byHandTitle = "手で確かめる月";
const states = codesOf(byHandStateTitles);
const tones = { open: "warning", settled: "success", gone: "neutral" } as const;

type RowRequest = ScreenRequest<`${string}:row`>;

/** What the search leaves out and people look at: the list, a row, how it came out. */
export const byHandScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.byHand,
    audit: "high-cost-by-hand.listed",
    handle: (request) => listPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.byHand}/:row` as const,
    audit: "high-cost-by-hand.opened",
    handle: (request) => rowPage(of, request),
  }),
  step(of, "settle"),
  step(of, "reopen"),
];

const step = (of: HighCosts, type: "settle" | "reopen"): AnyRoute =>
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: `${of.paths.byHand}/:row/${type}` as const,
    audit: `high-cost-by-hand.${type}-asked`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.row);
      try {
        await work(async (unit) => {
          const outcome =
            type === "settle" ? form.choice("outcome", codesOf(byHandOutcomeTitles)) : null;
          if (outcome === undefined)
            throw new EntryProblem("outcome", "確かめた結果を選んでください。");
          await settleByHand(unit, { id, seen: form.integer("revision") ?? 0, outcome });
        });
      } catch (error) {
        return rowPage(of, request, sentWith(type, form, error));
      }
      return redirect(
        of.paths.byHandRow(id),
        type === "settle" ? "確かめた結果を入力しました。" : "確認待ちに戻しました。",
      );
    },
  });

const StateOf = ({ state }: ByHand) => (
  <Badge tone={tones[state]}>{byHandStateTitles[state]}</Badge>
);

/** Why it must be looked at, in words. */
export const byHandReasons = (reasons: ByHand["reasons"]): string =>
  reasons.map((one) => byHandReasonTitles[one]).join("、");

async function listPage(of: HighCosts, { work, query, platform }: ScreenRequest) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const state =
    query.text("state") === "all" ? undefined : (query.choice("state", states) ?? "open");
  const today = platform.clock.today();
  const { total, rows, people } = await work(async (unit) => {
    const list = await listByHand(
      unit,
      of.program,
      { state },
      { from: (at - 1) * rowsAPage, size: rowsAPage },
    );
    return {
      ...list,
      people: await peopleOfRows(
        unit,
        list.rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  return page({
    title: `${of.title} 高額療養費 ${byHandTitle}`,
    breadcrumb: [{ title: "高額療養費の請求", path: of.paths.entries }, { title: byHandTitle }],
    content: (
      <>
        <PageTitle>{byHandTitle}</PageTitle>
        <Panel title={`一覧 ${total.toLocaleString("ja-JP")}件`}>
          <p>
            他の公費を併用するレセプトと償還払いの領収書は、抽出では計算しません。入れると限度額を超えるかもしれない月を、ここで一つずつ確かめます。
          </p>
          <FilterLinks
            label="状態"
            present={state ?? "all"}
            always
            choices={[
              ...states.map((value) => ({ value, label: byHandStateTitles[value] })),
              { value: "all", label: "すべて" },
            ]}
            href={(value) => `${of.paths.byHand}?state=${value}`}
          />
          <Table
            caption={byHandTitle}
            columns={[
              { title: "番号", cell: byHandNumber, nowrap: true },
              { title: "診療月", cell: (row) => showMonth(row.treatmentMonth), nowrap: true },
              {
                title: "受給者",
                cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
              },
              { title: "確かめる理由", cell: (row) => byHandReasons(row.reasons) },
              {
                title: "同居の一部負担の合計",
                cell: (row) => yen(row.homeShare),
                align: "end",
                nowrap: true,
              },
              { title: "時効", cell: (row) => day(row.lapsesOn), nowrap: true },
              { title: "状態", cell: StateOf, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => of.paths.byHandRow(id)}
            tone={(row) =>
              row.state !== "open"
                ? undefined
                : row.lapsesOn < today
                  ? "error"
                  : row.lapsesOn < lapseWarnedBefore(today)
                    ? "warning"
                    : undefined
            }
            empty="確かめる月はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${of.paths.byHand}?state=${state ?? "all"}&page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

async function rowPage(of: HighCosts, request: RowRequest, sent?: Sent) {
  const { params, work, actor, platform } = request;
  const { row, people } = await work(async (unit) => {
    const row = await readByHand(unit, idOf(params.row));
    return { row, people: await peopleOfRows(unit, [row.personNumber]) };
  });
  const address = of.paths.byHandRow(row.id);
  const claim = claimPaths(of.program).claim;
  return page({
    title: `${of.title} 高額療養費 ${byHandTitle} ${byHandNumber(row)}`,
    breadcrumb: [
      { title: "高額療養費の請求", path: of.paths.entries },
      { title: byHandTitle, path: of.paths.byHand },
      { title: byHandNumber(row) },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<StateOf {...row} />}>
          {byHandNumber(row)}　{treated(row.treatmentMonth)}
        </PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="確かめること">
            <DefinitionList
              items={[
                [
                  "受給者",
                  <PersonCell
                    key="person"
                    person={people.get(row.personNumber)}
                    today={platform.clock.today()}
                  />,
                ],
                ["確かめる理由", byHandReasons(row.reasons)],
                [
                  "他の公費を併用するレセプト",
                  `${row.benefitIds.length.toLocaleString("ja-JP")}件`,
                ],
                ["その一部負担の額（他の公費が払う前）", yen(row.fundedShare)],
                ["償還払いの領収書", `${row.refunds.toLocaleString("ja-JP")}件`],
                ["その一部負担の額", yen(row.refundedShare)],
                ["同居の受給者の一部負担の合計", yen(row.homeShare)],
                ["時効", day(row.lapsesOn)],
                ...(row.outcome
                  ? [["確かめた結果", byHandOutcomeTitles[row.outcome]] as [string, string]]
                  : []),
              ]}
            />
            {row.reasons.includes("other-funds") && (
              <p>
                公費負担医療には別の限度額があり、残った自己負担だけが合算されます。他の公費の公費負担者番号と負担額をレセプトで確かめ、保険者に照会してください。
              </p>
            )}
            {row.reasons.includes("refund") && (
              <p>
                償還払いは高額療養費を引いて支給しています。決定した後に同じ月のレセプトが届いたときと、同じ被保険者の家族の分と合わせて限度額を超えるときに、市が請求できる額が残ります。
              </p>
            )}
            {row.refundCases.length > 0 && (
              <Table
                caption="償還払いの申請"
                columns={[
                  { title: "申請", cell: ({ at }) => `償還払いの申請 ${at + 1}`, nowrap: true },
                ]}
                rows={row.refundCases.map((id, at) => ({ id, at }))}
                href={({ id }) => claim(id)}
              />
            )}
          </Panel>
          <Panel title="次の操作">
            {!holds(actor, "high-cost.prepare", { program: of.program, office: row.officeCode }) ? (
              <p>確かめた結果を入力する権限がありません。</p>
            ) : row.state === "open" ? (
              <Settle action={`${address}/settle`} revision={row.revision} />
            ) : row.state === "settled" ? (
              <Form action={`${address}/reopen`} class="form stacked">
                <input type="hidden" name="revision" value={row.revision} />
                <Actions>
                  <Button look="secondary">確認待ちに戻す</Button>
                </Actions>
              </Form>
            ) : (
              <p>その後の抽出で、計算に入らないものがなくなりました。</p>
            )}
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

function Settle(props: { action: string; revision: number }) {
  const { values, errors } = useSent("settle");
  return (
    <Form action={props.action} class="form stacked" values={values} errors={errors}>
      <input type="hidden" name="revision" value={props.revision} />
      <SelectField
        name="outcome"
        label="確かめた結果"
        required
        empty="選んでください"
        options={choicesOf(byHandOutcomeTitles)}
      />
      <Actions>
        <Button>結果を入力する</Button>
      </Actions>
    </Form>
  );
}
