import { EntryProblem } from "#src/platform/problem.ts";
import {
  Actions,
  Button,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { download, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { institutionsDue, tellInstitution } from "../institution-notices.ts";

const program = "intractable-disease";
export const institutionNoticesPath = `/${program}/institution-notices`;
const guard = { right: "certificate.issue", program, purpose: "case" } as const;

/** 医療機関通知: the institutions with something to be told of some days, and the letter to one of them. */
export const institutionNoticeScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: institutionNoticesPath,
    audit: "intractable-institutions.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: institutionNoticesPath,
    audit: "intractable-institutions.tell-asked",
    async handle(request) {
      const { form, work, platform } = request;
      const days = daysOf(request);
      const postalCode = form.text("postalCode").normalize("NFKC").replaceAll(/\D/g, "");
      const address = form.text("address").trim();
      const errors: Record<string, string> = {};
      if (!/^\d{7}$/.test(postalCode)) errors.postalCode = "郵便番号を7桁で入力してください。";
      if (address === "" || address.length > 100)
        errors.address = "住所を100文字以内で入力してください。";
      if (Object.keys(errors).length > 0) return listPage(request, errors);
      try {
        const made = await work(async (unit) => {
          const due = (await institutionsDue(unit, days)).find(
            ({ code }) => code === form.text("code").normalize("NFKC").trim(),
          );
          if (!due)
            throw new EntryProblem("code", "この期間に通知することのある医療機関ではありません。");
          return tellInstitution(unit, due, { postalCode, address });
        });
        const name = `institution-notice-${platform.clock.today()}.pdf`;
        return download(name, "application/pdf", made.pdf);
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return listPage(request, error.errors);
      }
    },
  }),
];

const daysOf = ({ form, query, platform }: ScreenRequest) => {
  const today = platform.clock.today();
  const of = form.has("from") ? form : query;
  return {
    from: readDate(of.text("from")) ?? addDays(today, -7),
    to: readDate(of.text("to")) ?? today,
  };
};

async function listPage(request: ScreenRequest, errors: Record<string, string> = {}) {
  const { form, query, work } = request;
  const days = daysOf(request);
  const [from, to] = [showDateShort(days.from), showDateShort(days.to)];
  const wrong = { ...errors };
  const rows = await work(async (unit) => {
    try {
      return await institutionsDue(unit, days);
    } catch (error) {
      if (!(error instanceof EntryProblem)) throw error;
      Object.assign(wrong, error.errors);
      return [];
    }
  });
  const chosen = rows.find(({ code }) => code === query.text("code")) ?? rows[0];
  const choice = (code: string) =>
    `${institutionNoticesPath}?${new URLSearchParams({ from, to, code })}#tell`;
  const isWrong = Object.keys(wrong).length > 0;
  return page({
    title: "医療機関通知",
    status: isWrong ? 422 : 200,
    breadcrumb: [{ title: "医療機関通知" }],
    content: (
      <>
        <PageTitle>医療機関通知</PageTitle>
        <Panel title="決めた日">
          <form action={institutionNoticesPath} method="get" class="form stacked">
            <FieldRow>
              <DateField name="from" label="から" value={from} />
              <DateField name="to" label="まで" value={to} />
            </FieldRow>
            {wrong.to && <p class="field-error">{wrong.to}</p>}
            <Button look="secondary">表示する</Button>
          </form>
        </Panel>
        <Panel title={`まだ通知していない医療機関 ${rows.length}件`}>
          <Table
            caption="まだ通知していない医療機関"
            columns={[
              {
                title: "医療機関コード",
                cell: ({ code }) => <a href={choice(code)}>{code}</a>,
                nowrap: true,
              },
              { title: "名称", cell: ({ name }) => name },
              { title: "件数", cell: ({ happened }) => String(happened.length), align: "end" },
            ]}
            rows={rows}
            empty="この期間に通知することのある医療機関はありません。申請で個別に書かれた医療機関が対象です。"
          />
        </Panel>
        {rows.length > 0 && (
          <Panel title="通知を作る" id="tell">
            <Form
              action={institutionNoticesPath}
              class="form stacked"
              values={isWrong && form.has("code") ? form : undefined}
              errors={wrong}
            >
              <input type="hidden" name="from" value={from} />
              <input type="hidden" name="to" value={to} />
              <FieldRow>
                <TextField
                  name="code"
                  label="医療機関コード"
                  required
                  width={12}
                  value={chosen?.code}
                />
                <TextField name="postalCode" label="郵便番号" required width={8} />
                <TextField name="address" label="住所" required width={40} />
              </FieldRow>
              <Actions>
                <Button>通知を作る</Button>
              </Actions>
            </Form>
          </Panel>
        )}
      </>
    ),
  });
}
