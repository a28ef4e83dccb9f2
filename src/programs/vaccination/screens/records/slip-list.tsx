import {
  ButtonLink,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { showDateShort, showMoment } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { channelTitles } from "#workflows/vaccination/records/channels.ts";
import { doubtWords } from "#workflows/vaccination/records/doubts.ts";
import {
  discardTitles,
  listedStates,
  listSlips,
  slipFigures,
  slipNumber,
} from "../../records/slips.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage, slipStateTitle } from "./parts.tsx";

/** 予診票の処理: what waits to be settled, and what was put aside. */
export const slipList = defineRoute({
  method: "get",
  path: paths.slips,
  right: "case.read",
  program: "vaccination",
  purpose: "case",
  audit: "vaccination-slips.listed",
  async handle({ work, query, platform }) {
    const state = query.choice("state", listedStates) ?? "doubtful";
    const at = Math.max(1, query.integer("page") ?? 1);
    const { figures, rows, people } = await work(async (unit) => {
      const rows = await listSlips(unit, state, { from: (at - 1) * rowsAPage, size: rowsAPage });
      return {
        rows,
        figures: await slipFigures(unit),
        people: await peopleOfRows(
          unit,
          rows.flatMap(({ personNumber }) => personNumber ?? []),
        ),
      };
    });
    const total = figures.get(state) ?? 0;
    return page({
      title: "予防接種 予診票の処理",
      breadcrumb: [{ title: "予診票の処理" }],
      content: (
        <>
          <PageTitle
            actions={
              <>
                <ButtonLink href={paths.slipEntry} look="primary">
                  予診票を入力する
                </ButtonLink>
                <ButtonLink href={paths.revisions}>訂正の決裁</ButtonLink>
                <ButtonLink href={paths.lots}>ロット番号</ButtonLink>
              </>
            }
          >
            予診票の処理
          </PageTitle>
          <Tabs
            label="状態"
            tabs={listedStates.map((one) => ({
              title: slipStateTitle(one),
              href: `${paths.slips}?state=${one}`,
              current: one === state,
              count: figures.get(one) ?? 0,
            }))}
          />
          <Panel title={`${slipStateTitle(state)} ${total.toLocaleString("ja-JP")}枚`}>
            <Table
              caption="予診票"
              columns={[
                { title: "番号", cell: slipNumber, nowrap: true },
                {
                  title: "氏名",
                  cell: ({ personNumber }) => (
                    <PersonCell
                      person={people.get(personNumber ?? "")}
                      today={platform.clock.today()}
                    />
                  ),
                },
                { title: "予防接種", cell: (row) => doseTitle(row.vaccine, row.dose) },
                {
                  title: "接種日",
                  cell: (row) => showDateShort(row.givenOn as IsoDate),
                  nowrap: true,
                },
                { title: "医療機関", cell: (row) => row.clinicName ?? row.clinicCode ?? "―" },
                { title: "経路", cell: ({ channel }) => channelTitles[channel] },
                {
                  title: "理由",
                  cell: ({ discardReason, doubts }) =>
                    discardReason ? discardTitles[discardReason] : doubtWords(doubts).join(" "),
                },
                { title: "入力", cell: (row) => showMoment(row.enteredAt), nowrap: true },
              ]}
              rows={rows}
              href={({ id }) => paths.slip(id)}
              empty="この状態の予診票はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(total / rowsAPage)}
              href={(next) => `${paths.slips}?state=${state}&page=${next}`}
            />
          </Panel>
        </>
      ),
    });
  },
});
