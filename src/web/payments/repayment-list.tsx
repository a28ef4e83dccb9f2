import { holds } from "#src/platform/access/actor.ts";
import {
  listRepayments,
  outstandingOf,
  repaymentCauseTitles,
  repaymentNumber,
} from "#src/platform/payments/index.ts";
import { yen } from "#workflows/text/yen.ts";
import { ButtonLink, PageTitle, Pagination, Panel, Table } from "../components/index.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { day, RepaymentBadge, rowsAPage } from "./parts.tsx";
import type { Payments } from "./set.ts";

const title = "返還金";

/** 返還金 of a 事務, the newest first. */
export const repaymentList = (of: Payments): AnyRoute =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.repayments,
    audit: "repayments.listed",
    async handle({ work, query, platform, actor }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { list, people } = await work(async (unit) => {
        const found = await listRepayments(unit, {
          program: of.program,
          page: at,
          size: rowsAPage,
        });
        return {
          list: found,
          people: await peopleOfRows(
            unit,
            found.rows.map(({ personNumber }) => personNumber),
          ),
        };
      });
      return page({
        title: `${of.title} ${title}`,
        breadcrumb: [{ title: "支払", path: of.paths.runs }, { title }],
        content: (
          <>
            <PageTitle
              actions={
                holds(actor, "repayment.prepare", { program: of.program }) && (
                  <>
                    <ButtonLink href={of.paths.dunning}>督促状の発行</ButtonLink>
                    <ButtonLink href={of.paths.papers}>発行した文書</ButtonLink>
                  </>
                )
              }
            >
              {title}
            </PageTitle>
            <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
              <Table
                caption="返還金の一覧"
                columns={[
                  { title: "番号", cell: repaymentNumber, nowrap: true },
                  {
                    title: "返す人",
                    cell: (row) => (
                      <PersonCell
                        person={people.get(row.personNumber)}
                        today={platform.clock.today()}
                      />
                    ),
                  },
                  { title: "事由", cell: (row) => repaymentCauseTitles[row.cause] },
                  { title: "返還額", cell: (row) => yen(row.amount), align: "end", nowrap: true },
                  {
                    title: "未納額",
                    cell: (row) => yen(outstandingOf(row)),
                    align: "end",
                    nowrap: true,
                  },
                  { title: "納期限", cell: (row) => day(row.dueOn), nowrap: true },
                  {
                    title: "状態",
                    cell: (row) => <RepaymentBadge state={row.state} />,
                    nowrap: true,
                  },
                ]}
                rows={list.rows}
                href={({ id }) => of.paths.repayment(id)}
                empty="返還金はありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(list.total / rowsAPage)}
                href={(next) => `${of.paths.repayments}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  });
