import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { enterLot, listLots, withdrawLot } from "../../records/lots.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage, vaccineChoices } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;

/** 製造番号 that there are: slips with another one of the same vaccine are looked at. */
export const lotScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: paths.lots,
    audit: "nothing-personal",
    because: "lots of vaccines are nobody's data",
    handle: (request) => lotPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: paths.lots,
    audit: "vaccination-lot.enter-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        await work((unit) =>
          enterLot(unit, {
            vaccine: form.text("vaccine"),
            lot: form.text("lot").normalize("NFKC").toUpperCase(),
            product: form.text("product"),
            expiresOn: readDate(form.text("expiresOn")),
          }),
        );
      } catch (error) {
        return lotPage(request, sentWith("lot", form, error));
      }
      return redirect(paths.lots, "ロット番号を登録しました。");
    },
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.lots}/withdraw` as const,
    audit: "vaccination-lot.withdraw-asked",
    async handle({ form, work }) {
      await work((unit) =>
        withdrawLot(unit, { vaccine: form.text("vaccine"), lot: form.text("lot") }),
      );
      return redirect(paths.lots, "ロット番号の登録を取り消しました。");
    },
  }),
];

async function lotPage(
  { work, query, actor }: Pick<ScreenRequest, "work" | "query" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total } = await work((unit) =>
    listLots(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
  );
  const enters = holdsForAll(actor, "case.enter", "vaccination");
  return page({
    title: "予防接種 ロット番号",
    breadcrumb: [{ title: "予診票の処理", path: paths.slips }, { title: "ロット番号" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>ロット番号</PageTitle>
        <SentNote />
        {enters && <LotForm />}
        <Panel title={`登録 ${total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="ロット番号"
            columns={[
              { title: "予防接種", cell: ({ vaccine }) => doseTitle(vaccine) },
              { title: "ロット番号", cell: ({ lot }) => lot, nowrap: true },
              { title: "製品名", cell: ({ product }) => product },
              {
                title: "有効期限",
                cell: (row) => showDateShort(row.expiresOn as IsoDate),
                nowrap: true,
              },
              {
                title: "取消",
                cell: (row) =>
                  enters && (
                    <Form action={`${paths.lots}/withdraw`} class="inline-buttons">
                      <input type="hidden" name="vaccine" value={row.vaccine} />
                      <input type="hidden" name="lot" value={row.lot} />
                      <Button look="quiet">登録を取り消す</Button>
                    </Form>
                  ),
              },
            ]}
            rows={rows}
            empty="登録がないワクチンは、ロット番号を照合しません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${paths.lots}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function LotForm() {
  return (
    <Panel title="登録する">
      <SentForm event="lot" action={paths.lots}>
        <FieldRow>
          <SelectField
            name="vaccine"
            label="予防接種"
            required
            empty="選んでください"
            options={vaccineChoices}
          />
          <TextField name="lot" label="ロット番号" required width={12} />
          <TextField name="product" label="製品名" required width={20} />
          <DateField name="expiresOn" label="有効期限" required />
        </FieldRow>
        <Actions>
          <Button>登録する</Button>
        </Actions>
      </SentForm>
    </Panel>
  );
}
