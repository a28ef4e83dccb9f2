import {
  countDunningDue,
  dunningDue,
  issueRepaymentPaper,
  outstandingOf,
  proposedDays,
  repaymentNumber,
} from "#src/platform/payments/index.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  type FieldErrors,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "../components/index.ts";
import { readDate, showDateShort } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { day, rowsAPage } from "./parts.tsx";
import { NoTerms } from "./repayment-papers.tsx";
import type { Payments } from "./set.ts";

const title = "督促状の発行";

/** 返還金 that are past their day: the letters of a page of them are issued together, and printed from the list of the day. */
export const dunningScreens = (of: Payments): AnyRoute[] => {
  const common = {
    ...of.reading,
    right: "repayment.prepare",
    path: of.paths.dunning,
  } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      audit: "repayments-overdue.listed",
      handle: (request) => dunningPage(of, request),
    }),
    defineRoute({
      ...common,
      method: "post",
      audit: "repayments-overdue.dun-asked",
      async handle(request) {
        const { form, work, platform } = request;
        const payBy = readDate(form.text("payBy"));
        if (!payBy || payBy <= platform.clock.today())
          return dunningPage(of, request, {
            errors: { payBy: "指定期限は、明日以降の日を入力してください。" },
          });
        const rows = await work((unit) => dunningDue(unit, { from: 0, size: rowsAPage }));
        // A letter is a step of its own: one that is refused keeps none of the others back.
        const refused: { number: string; why: string }[] = [];
        let issued = 0;
        for (const row of rows) {
          try {
            await work((unit) =>
              issueRepaymentPaper(unit, of, { id: row.id, seen: row.revision, type: "dun", payBy }),
            );
            issued++;
          } catch (error) {
            if (!(error instanceof Problem) || error instanceof EntryProblem) throw error;
            refused.push({ number: repaymentNumber(row), why: error.message });
          }
        }
        const said = `督促状を${issued.toLocaleString("ja-JP")}件発行しました。`;
        if (refused.length > 0) return dunningPage(of, request, { said, refused });
        return redirect(of.paths.papers, `${said}この一覧からまとめて印刷してください。`);
      },
    }),
  ];
};

async function dunningPage(
  of: Payments,
  request: ScreenRequest<string>,
  sent: {
    errors?: FieldErrors;
    said?: string;
    refused?: readonly { number: string; why: string }[];
  } = {},
) {
  const { work, query, platform, form } = request;
  const { errors = {}, refused = [] } = sent;
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total, people, days } = await work(async (unit) => {
    const found = await dunningDue(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      rows: found,
      total: (await countDunningDue(unit)).count,
      people: await peopleOfRows(
        unit,
        found.map(({ personNumber }) => personNumber),
      ),
      days: await proposedDays(unit, of),
    };
  });
  return page({
    title: `${of.title} ${title}`,
    breadcrumb: [
      { title: "支払", path: of.paths.runs },
      { title: "返還金", path: of.paths.repayments },
      { title },
    ],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle actions={<ButtonLink href={of.paths.papers}>発行した文書</ButtonLink>}>
          {title}
        </PageTitle>
        {refused.length > 0 && (
          <Notification tone="warning" title={`${sent.said}発行できなかったものがあります。`}>
            <ul>
              {refused.map(({ number, why }) => (
                <li key={number}>{`${number} ${why}`}</li>
              ))}
            </ul>
          </Notification>
        )}
        <Panel title={`納期限を過ぎ、督促していない返還金 ${total.toLocaleString("ja-JP")}件`}>
          {rows.length > 0 && !days && <NoTerms of={of} />}
          {rows.length > 0 && days && (
            <Form
              action={of.paths.dunning}
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <DateField name="payBy" label="指定期限" required value={showDateShort(days.payBy)} />
              <Actions>
                <Button
                  confirm={`${Math.min(total, rowsAPage).toLocaleString("ja-JP")}件の督促状を発行します。取り消せません。よろしいですか。`}
                >
                  {`納期限の早い${Math.min(total, rowsAPage).toLocaleString("ja-JP")}件の督促状を発行する`}
                </Button>
              </Actions>
            </Form>
          )}
          <Table
            caption="納期限を過ぎ、督促していない返還金"
            columns={[
              { title: "番号", cell: repaymentNumber, nowrap: true },
              {
                title: "返す人",
                cell: (row) => (
                  <PersonCell
                    person={people.get(row.personNumber)}
                    today={platform.clock.today() as IsoDate}
                  />
                ),
              },
              { title: "返還額", cell: (row) => yen(row.amount), align: "end", nowrap: true },
              {
                title: "未納額",
                cell: (row) => yen(outstandingOf(row)),
                align: "end",
                nowrap: true,
              },
              { title: "納期限", cell: (row) => day(row.dueOn), nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => of.paths.repayment(id)}
            empty="督促する返還金はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${of.paths.dunning}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}
