import { holdsForAll } from "#src/platform/access/actor.ts";
import {
  claimableByInsurer,
  entryFigures,
  entryNumber,
  entryStateMeta,
  listEntries,
} from "#src/platform/high-cost/index.ts";
import { stateNames } from "#workflows/flows/answer.ts";
import { type HighCostEntryState, highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { lapseWarnedBefore } from "#workflows/high-cost/lapse.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Button,
  ButtonLink,
  FilterLinks,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextField,
} from "../components/index.ts";
import { day, rowsAPage } from "../payments/parts.tsx";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { monthChoices, showMonth } from "../receipts/words.ts";
import { moveOn, page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { byHandTitle } from "./by-hand.tsx";
import { EntryBadge, insurerTitle, isMonth } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

const title = "高額療養費の請求";
const states = stateNames(highCostEntryV1) as HighCostEntryState[];

/** 高額療養費 of a 事務, narrowed by state, insurer and month of treatment. */
export const entryListScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "post",
    path: `${of.paths.entries}/filter` as const,
    audit: "nothing-personal",
    because: "only leads to the list that was asked for",
    async handle({ form }) {
      return moveOn(
        listAddress(of, {
          state: form.choice("state", states),
          insurer: isInsurer(form.text("insurer")) ? form.text("insurer") : undefined,
          month: isMonth(form.text("month")) ? form.text("month") : undefined,
        }),
      );
    },
  }),
  entryList(of),
];

const isInsurer = (text: string): boolean => /^(\d{6}|\d{8})$/.test(text);

/** Address of a list: codes and months alone. */
function listAddress(
  of: HighCosts,
  filter: {
    state?: string | undefined;
    insurer?: string | undefined;
    month?: string | undefined;
    page?: number;
  },
): `/${string}` {
  const parts = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
  );
  return `${of.paths.entries}${parts.length > 0 ? `?${parts.join("&")}` : ""}` as `/${string}`;
}

const entryList = (of: HighCosts): AnyRoute =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.entries,
    audit: "high-cost-entries.listed",
    async handle({ work, query, platform, actor }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const state = query.choice("state", states);
      const insurer = isInsurer(query.text("insurer")) ? query.text("insurer") : undefined;
      const month = isMonth(query.text("month")) ? query.text("month") : undefined;
      const today = platform.clock.today();
      const found = await work(async (unit) => {
        const list = await listEntries(
          unit,
          of.program,
          { states: state && [state], insurer, month },
          { from: (at - 1) * rowsAPage, size: rowsAPage },
        );
        return {
          list,
          people: await peopleOfRows(
            unit,
            list.rows.map(({ personNumber }) => personNumber),
          ),
          figures: await entryFigures(unit, of.program),
          claimable: await claimableByInsurer(unit, of.program),
        };
      });
      const { list, people, figures, claimable } = found;
      const address = (change: { state?: string | undefined; page?: number }) =>
        listAddress(of, { state, insurer, month, ...change });
      return page({
        title: `${of.title} ${title}`,
        breadcrumb: [{ title }],
        content: (
          <>
            <PageTitle
              actions={
                <>
                  <ButtonLink href={of.paths.searches}>月ごとの抽出</ButtonLink>
                  <ButtonLink href={of.paths.byHand}>{byHandTitle}</ButtonLink>
                  <ButtonLink href={of.paths.claims}>保険者への請求</ButtonLink>
                </>
              }
            >
              {title}
            </PageTitle>
            {claimable.length > 0 && holdsForAll(actor, "high-cost.prepare", of.program) && (
              <Panel
                title={`いま請求できるもの ${claimable.reduce((sum, row) => sum + row.count, 0).toLocaleString("ja-JP")}件`}
              >
                <Table
                  caption="いま請求できるもの、保険者ごと"
                  columns={[
                    { title: "保険者番号", cell: (row) => row.insurerNumber, nowrap: true },
                    {
                      title: "件数",
                      cell: (row) => row.count.toLocaleString("ja-JP"),
                      align: "end",
                    },
                    { title: "請求額", cell: (row) => yen(row.sum), align: "end", nowrap: true },
                    { title: "最も早い時効", cell: (row) => day(row.lapsesOn), nowrap: true },
                    {
                      title: "",
                      cell: (row) => (
                        <Form action={of.paths.claims} class="inline-buttons">
                          <input type="hidden" name="insurer" value={row.insurerNumber} />
                          <input type="hidden" name="through" value={row.through} />
                          <Button look="secondary">請求に集める</Button>
                        </Form>
                      ),
                    },
                  ]}
                  rows={claimable}
                />
              </Panel>
            )}
            <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
              <FilterLinks
                label="状態"
                present={state}
                choices={figures
                  .toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state))
                  .map((row) => ({
                    value: row.state,
                    label: `${entryStateMeta(row.state).title} ${row.count.toLocaleString("ja-JP")}`,
                  }))}
                href={(value) => address({ state: value })}
              />
              <Form action={`${of.paths.entries}/filter`} keys="search" class="form search-form">
                {state && <input type="hidden" name="state" value={state} />}
                <div class="search-bar">
                  <SelectField
                    name="month"
                    label="診療月"
                    value={month ?? ""}
                    empty="すべて"
                    options={monthChoices(today.slice(0, 7), { before: 36, after: 0 })}
                  />
                  <TextField
                    name="insurer"
                    label="保険者番号"
                    width={12}
                    inputMode="numeric"
                    value={insurer ?? ""}
                  />
                  <Button look="secondary">絞り込む</Button>
                </div>
              </Form>
              <p>
                市が請求できる額 {yen(list.ofCity)}　支給された額 {yen(list.granted)}
              </p>
              <Table
                caption="高額療養費の一覧"
                columns={[
                  { title: "番号", cell: entryNumber, nowrap: true },
                  { title: "診療月", cell: (row) => showMonth(row.treatmentMonth), nowrap: true },
                  {
                    title: "受給者",
                    cell: (row) => (
                      <>
                        <PersonCell person={people.get(row.personNumber)} today={today} />
                        {row.persons.length > 1 && ` ほか${row.persons.length - 1}人`}
                      </>
                    ),
                  },
                  {
                    title: "保険者",
                    cell: (row) => insurerTitle(row.insurerNumber, row.insurerGroup),
                  },
                  {
                    title: "市が請求できる額",
                    cell: (row) => yen(row.ofCity),
                    align: "end",
                    nowrap: true,
                  },
                  { title: "支給", cell: (row) => yen(row.granted), align: "end", nowrap: true },
                  { title: "時効", cell: (row) => day(row.lapsesOn), nowrap: true },
                  { title: "状態", cell: (row) => <EntryBadge state={row.state} />, nowrap: true },
                ]}
                rows={list.rows}
                href={({ id }) => of.paths.entry(id)}
                tone={(row) =>
                  entryStateMeta(row.state).open && row.lapsesOn < today
                    ? "error"
                    : entryStateMeta(row.state).open && row.lapsesOn < lapseWarnedBefore(today)
                      ? "warning"
                      : undefined
                }
                empty="高額療養費はありません。「月ごとの抽出」で、レセプトから抽出してください。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(list.total / rowsAPage)}
                href={(next) => address({ page: next })}
              />
            </Panel>
          </>
        ),
      });
    },
  });
