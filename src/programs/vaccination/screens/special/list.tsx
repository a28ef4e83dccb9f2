import { FilterLinks, PageTitle, Pagination, Panel, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateNames } from "#workflows/flows/answer.ts";
import {
  type SpecialKind,
  specialKinds,
  specialReasonTitle,
} from "#workflows/vaccination/special/kinds.ts";
import { type SpecialState, specialV1 } from "#workflows/vaccination/special/machine.ts";
import { listSpecial, specialFigures, specialNumber } from "../../special/entries.ts";
import { rowsAPage } from "../records/parts.tsx";
import { period, SpecialBadge, stateTitle } from "./parts.tsx";
import { specialPaths } from "./paths.ts";

const kinds = Object.keys(specialKinds) as SpecialKind[];
const states = stateNames(specialV1) as SpecialState[];

/** 特例・注意 of all: what stands or waits, the newest first; by kind and state. */
export const specialList = defineRoute({
  method: "get",
  path: specialPaths.list,
  right: "case.read",
  program: "vaccination",
  purpose: "case",
  audit: "specials.listed",
  async handle({ work, query, platform }) {
    const kind = query.choice("kind", kinds);
    const state = query.choice("state", states);
    const at = Math.max(1, query.integer("page") ?? 1);
    const today = platform.clock.today();
    const { list, figures, people } = await work(async (unit) => {
      const list = await listSpecial(
        unit,
        { kind, state },
        { from: (at - 1) * rowsAPage, size: rowsAPage },
      );
      return {
        list,
        figures: await specialFigures(unit, state),
        people: await peopleOfRows(
          unit,
          list.rows.map(({ personNumber }) => personNumber),
        ),
      };
    });
    const address = (given: Readonly<Record<string, string | number | undefined>>) =>
      `${specialPaths.list}?${new URLSearchParams(
        Object.entries(given).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        ),
      )}`;
    return page({
      title: "予防接種 特例・注意",
      breadcrumb: [{ title: "特例・注意" }],
      content: (
        <>
          <PageTitle>特例・注意</PageTitle>
          <p class="lead">
            入力は、<a href="/people">住民検索</a>で対象の方の画面を開いて行います。
          </p>
          <Panel title={`${list.total.toLocaleString("ja-JP")}件`}>
            <FilterLinks
              label="状態"
              present={state}
              choices={states.map((one) => ({ value: one, label: stateTitle(one) }))}
              href={(value) => address({ kind, state: value })}
            />
            <FilterLinks
              label="種類"
              present={kind}
              choices={kinds.flatMap((one) => {
                const found = figures.find((row) => row.kind === one);
                return found
                  ? [
                      {
                        value: one,
                        label: `${specialKinds[one]} ${found.entries.toLocaleString("ja-JP")}`,
                      },
                    ]
                  : [];
              })}
              href={(value) => address({ kind: value, state })}
            />
            <Table
              caption="特例・注意"
              columns={[
                { title: "番号", cell: specialNumber, nowrap: true },
                {
                  title: "氏名",
                  cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
                },
                { title: "種類", cell: (row) => specialKinds[row.kind] },
                { title: "理由", cell: (row) => specialReasonTitle(row.kind, row.reason) },
                { title: "期間", cell: period, nowrap: true },
                {
                  title: "確認した日",
                  cell: (row) => showDateShort(row.evidenceOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "状態",
                  cell: (row) => <SpecialBadge row={row} today={today} />,
                  nowrap: true,
                },
              ]}
              rows={list.rows}
              href={({ id }) => specialPaths.entry(id)}
              empty="入力された特例・注意はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(list.total / rowsAPage)}
              href={(next) => address({ kind, state, page: next })}
            />
          </Panel>
        </>
      ),
    });
  },
});
