import { holds } from "#src/platform/access/actor.ts";
import {
  listOpenReturns,
  mailingKind,
  type ReturnedPiece,
  type ReturnOutcome,
  returnOutcomes,
  returnReasons,
  returnsOf,
  settleReturn,
} from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { personPath } from "#src/web/person-path.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { PersonPanel } from "../screens.ts";
import { figure, rowsAPage } from "./parts.tsx";
import type { Mailings } from "./set.ts";

const day = (date: string) => showDateShort(date as IsoDate);
const contentOf = ({ kind, subject }: ReturnedPiece) =>
  `${mailingKind(kind).title} ${mailingKind(kind).subjectTitle(subject)}`;

/** Returned pieces that nobody has looked into, and what came of it. */
export function returnedOpenScreens(of: Mailings): AnyRoute[] {
  const { program, paths, title } = of;
  const common = { right: "mailing.returned", program, purpose: "mailing" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path: paths.openReturns,
      audit: "returned-mail.listed",
      async handle({ work, query, platform }) {
        const at = Math.max(1, query.integer("page") ?? 1);
        const { total, rows } = await work((unit) =>
          listOpenReturns(unit, { page: at, size: rowsAPage }),
        );
        return page({
          title: `${title} 返戻郵便`,
          breadcrumb: [{ title: "返戻郵便" }],
          content: (
            <>
              <PageTitle
                actions={
                  <ButtonLink href={paths.returned} look="primary">
                    返戻を入力する
                  </ButtonLink>
                }
              >
                返戻郵便
              </PageTitle>
              <Panel title={`住所を確かめていない返戻 ${figure(total)}通`}>
                <Table
                  caption="住所を確かめていない返戻"
                  columns={[
                    {
                      title: "氏名",
                      cell: ({ person }) => person?.name?.kanji ?? "（見られません）",
                    },
                    { title: "入力日", cell: ({ enteredOn }) => day(enteredOn), nowrap: true },
                    { title: "理由", cell: ({ reason }) => returnReasons[reason], nowrap: true },
                    { title: "内容", cell: contentOf },
                    { title: "番号", cell: ({ pieceNumber }) => pieceNumber, nowrap: true },
                  ]}
                  rows={rows}
                  href={({ personNumber }) => personPath(platform, personNumber)}
                  empty="確かめていない返戻はありません。"
                />
                <Pagination
                  page={at}
                  pages={Math.ceil(total / rowsAPage)}
                  href={(next) => `${paths.openReturns}?page=${next}`}
                />
              </Panel>
            </>
          ),
        });
      },
    }),
    defineRoute({
      ...common,
      method: "post",
      path: `${paths.openReturns}/:returned` as const,
      audit: "returned-mail.settle-asked",
      async handle({ work, params, form, platform }) {
        const outcome = form.choice("outcome", Object.keys(returnOutcomes) as ReturnOutcome[]);
        if (!outcome)
          throw new Problem({ status: 422, message: "住所を確かめた結果を選んでください。" });
        const { personNumber } = await work((unit) =>
          settleReturn(unit, { id: numberOf(params.returned), outcome }),
        );
        return redirect(personPath(platform, personNumber), "返戻の確認を記録しました。");
      },
    }),
  ];
}

/** What the post brought back, on the page of a person: where nobody has looked into the address it asks for that. */
export async function returnedPanels(
  work: Work,
  personNumber: string,
  { program, paths, title }: Mailings,
): Promise<PersonPanel[]> {
  const rows = await returnsOf(work, personNumber);
  if (rows.length === 0) return [];
  const settles = holds(work.actor, "mailing.returned", { program });
  return [
    {
      title: `返戻郵便（${title}）`,
      order: 42,
      content: (
        <Table
          caption={`${title}の返戻郵便`}
          columns={[
            { title: "入力日", cell: ({ enteredOn }) => day(enteredOn), nowrap: true },
            { title: "内容", cell: contentOf },
            { title: "番号", cell: ({ pieceNumber }) => pieceNumber, nowrap: true },
            { title: "理由", cell: ({ reason }) => returnReasons[reason], nowrap: true },
            {
              title: "住所の確認",
              cell: (row) =>
                row.outcome ? (
                  `${returnOutcomes[row.outcome]}（${day(row.settledOn ?? "")}）`
                ) : settles ? (
                  <Form action={`${paths.openReturns}/${row.id}`} class="form stacked">
                    <SelectField
                      name="outcome"
                      idPrefix={`returned-${row.id}`}
                      label="確かめた結果"
                      empty="選んでください"
                      required
                      options={choicesOf(returnOutcomes)}
                    />
                    <Actions>
                      <Button look="secondary">記録する</Button>
                    </Actions>
                  </Form>
                ) : (
                  <Badge tone="warning">まだ</Badge>
                ),
            },
          ]}
          rows={rows}
          tone={({ outcome }) => (outcome ? "muted" : "warning")}
        />
      ),
    },
  ];
}
