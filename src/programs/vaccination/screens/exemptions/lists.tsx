import { holdsForAll } from "#src/platform/access/actor.ts";
import { EntryFaults } from "#src/platform/problem.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  FieldRow,
  FileField,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type ExemptionGround,
  exemptionGrounds,
} from "#workflows/vaccination/exemptions/grounds.ts";
import { listLists, listNumber, takeList, withdrawList } from "../../exemptions/lists.ts";
import { rowsAPage } from "../records/parts.tsx";
import { exemptionPaths } from "./paths.ts";

const guard = {
  right: "mailing.prepare",
  program: "vaccination",
  purpose: "mailing",
} as const;
const many = (count: number) => count.toLocaleString("ja-JP");

/** Lists of the offices of a ground, from which certificates are made for many. */
export const exemptionListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: exemptionPaths.lists,
    audit: "exemption-lists.listed",
    handle: (request) => listsPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: exemptionPaths.lists,
    takesFiles: "20mb",
    audit: "exemption-list.take-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const faults = new EntryFaults();
        const file = faults.need("file", form.file("file"), "ファイルを選んでください。");
        const ground = faults.need(
          "ground",
          form.choice("ground", Object.keys(exemptionGrounds) as ExemptionGround[]),
          "減免の要件を選んでください。",
        );
        const asOf = faults.need(
          "asOf",
          readDate(form.text("asOf")),
          "名簿の基準日を入力してください。例: R8.11.20",
        );
        faults.end();
        const bytes = new Uint8Array(await file.arrayBuffer());
        const { people, unknown } = await work((unit) => takeList(unit, { bytes, ground, asOf }));
        return redirect(
          exemptionPaths.lists,
          `${many(people)}人の名簿を取り込みました。${unknown > 0 ? `本市に登録のない番号が${many(unknown)}件ありました。` : ""}`,
        );
      } catch (error) {
        return listsPage(request, sentWith("take", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${exemptionPaths.lists}/:list/withdraw` as const,
    audit: "exemption-list.withdraw-asked",
    async handle(request) {
      const { work, params, form } = request;
      try {
        await work((unit) => withdrawList(unit, idOf(params.list)));
      } catch (error) {
        return listsPage(request, sentWith("withdraw", form, error));
      }
      return redirect(exemptionPaths.lists, "名簿を取り消しました。");
    },
  }),
];

async function listsPage(
  { work, query, platform, actor }: Pick<ScreenRequest, "work" | "query" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total } = await work((unit) =>
    listLists(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
  );
  const takes = holdsForAll(actor, "mailing.prepare", "vaccination");
  return page({
    title: "予防接種 減免の名簿",
    breadcrumb: [{ title: "自己負担減免", path: exemptionPaths.list }, { title: "減免の名簿" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            <ButtonLink href={`/vaccination/${exemptionPaths.order}`} look="primary">
              確認証の一括発送を始める
            </ButtonLink>
          }
        >
          減免の名簿
        </PageTitle>
        <SentNote />
        {takes ? (
          <Panel title="名簿を取り込む">
            <Take today={platform.clock.today()} />
          </Panel>
        ) : (
          <p class="lead">
            名簿にはすべての区の方がいます。すべての区の一括発送を担当する職員が取り込みます。
          </p>
        )}
        <Panel title={`名簿 ${many(total)}件`}>
          <Table
            caption="減免の名簿"
            columns={[
              { title: "番号", cell: listNumber, nowrap: true },
              { title: "要件", cell: ({ ground }) => exemptionGrounds[ground] },
              {
                title: "基準日",
                cell: ({ asOf }) => showDateShort(asOf as IsoDate),
                nowrap: true,
              },
              { title: "人数", cell: ({ people }) => many(people), align: "end" },
              { title: "登録のない番号", cell: ({ unknown }) => many(unknown), align: "end" },
              {
                title: "有効な確認証",
                cell: ({ certificates }) => many(certificates),
                align: "end",
              },
              { title: "取込み", cell: ({ enteredAt }) => showMoment(enteredAt), nowrap: true },
              {
                title: "状態",
                cell: ({ id, state, certificates }) =>
                  state === "open" ? (
                    takes && certificates === 0 ? (
                      <Form action={`${exemptionPaths.lists}/${id}/withdraw`}>
                        <Button look="danger" confirm="この名簿を取り消します。">
                          取り消す
                        </Button>
                      </Form>
                    ) : (
                      <Badge tone="success">使用中</Badge>
                    )
                  ) : (
                    <Badge tone="neutral">取消し</Badge>
                  ),
                nowrap: true,
              },
            ]}
            rows={rows}
            tone={({ state }) => (state === "withdrawn" ? "muted" : undefined)}
            empty="名簿はまだ取り込まれていません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / rowsAPage)}
            href={(next) => `${exemptionPaths.lists}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function Take({ today }: { today: IsoDate }) {
  const { values, errors } = useSent("take");
  return (
    <Form
      action={exemptionPaths.lists}
      files
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <FileField
        name="file"
        label="名簿のファイル"
        required
        accept=".csv,.txt"
        hint="1行に1人、1列目に統合宛名番号（10桁）。見出しの行はあってもかまいません。番号でない行が一つでもあれば、取り込みません。"
      />
      <FieldRow>
        <SelectField
          name="ground"
          label="減免の要件"
          required
          empty="選んでください"
          options={choicesOf(exemptionGrounds)}
        />
        <DateField
          name="asOf"
          label="名簿の基準日"
          required
          notAfter={{ on: today, word: "今日" }}
        />
      </FieldRow>
      <Actions>
        <Button>取り込む</Button>
      </Actions>
    </Form>
  );
}
