import { holdsForAll } from "#src/platform/access/actor.ts";
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
  DateField,
  Disclosure,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextArea,
} from "#src/web/components/index.ts";
import { showDateShort, showMoment } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { contractorsToday } from "../../punched-files/handovers.ts";
import {
  askLayout,
  decideLayout,
  type LayoutRow,
  listLayouts,
} from "../../punched-files/layouts.ts";
import { makeKey, presentKey } from "../../punched-files/transit-keys.ts";
import { paths } from "../paths.ts";
import { vaccineChoices } from "../records/parts.tsx";
import { guard } from "./parts.tsx";
import { layoutInWords, ownColumns, readLayoutForm } from "./read-layout.ts";

/** How contractors lay their files out, and to which key they encrypt. */
export const punchedSettingScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: paths.punchedSettings,
    right: "case.read",
    audit: "nothing-personal",
    because: "layouts of contractors and a public key are nobody's data",
    handle: (request) => settingsPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: paths.punchedSettings,
    right: "case.enter",
    audit: "punched-layout.ask-sent",
    async handle(request) {
      const { form, work } = request;
      try {
        await work((unit) => askLayout(unit, readLayoutForm(form)));
      } catch (error) {
        return settingsPage(request, sentWith("layout", form, error));
      }
      return redirect(paths.punchedSettings, "並びを申請しました。別の職員の承認を待っています。");
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/vaccination/punched-files/settings/:layout/decision",
    right: "case.approve",
    audit: "punched-layout.decision-sent",
    async handle({ params, form, work }) {
      const word = form.pressed(["approved", "refused"], "word");
      await work((unit) => decideLayout(unit, numberOf(params.layout), word));
      return redirect(
        paths.punchedSettings,
        word === "approved" ? "並びを承認しました。" : "並びを認めませんでした。",
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/vaccination/punched-files/settings/key",
    right: "case.enter",
    audit: "punched-key.make-asked",
    async handle({ work }) {
      await work(makeKey);
      return redirect(
        paths.punchedSettings,
        "新しい公開鍵を作りました。委託先に知らせてください。",
      );
    },
  }),
];

async function settingsPage({ work, actor }: ScreenRequest, sent?: Sent): Promise<Reply> {
  const { key, layouts, contractors } = await work(async (unit) => ({
    key: await presentKey(unit),
    layouts: await listLayouts(unit),
    contractors: await contractorsToday(unit),
  }));
  const enters = holdsForAll(actor, "case.enter", "vaccination");
  const approves = holdsForAll(actor, "case.approve", "vaccination");
  const nameOf = (id: number) => contractors.find((one) => one.id === id)?.name ?? `${id}番`;
  return page({
    title: "予防接種 パンチデータの並びと公開鍵",
    breadcrumb: [{ title: "パンチデータ", path: paths.punchedFiles }, { title: "並びと公開鍵" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>並びと公開鍵</PageTitle>
        <SentNote />
        <Panel title="市の公開鍵">
          {key ? (
            <>
              <p class="lead">委託先は、この鍵でファイルを暗号化します。</p>
              <p>
                <code>{key.recipient}</code>
              </p>
              <p class="lead">作成 {showMoment(key.madeAt)}</p>
            </>
          ) : (
            <p class="lead">まだ公開鍵がありません。ファイルを受け取る前に作ってください。</p>
          )}
          {enters && (
            <Form action={`${paths.punchedSettings}/key`} class="inline-form">
              <Button
                look="secondary"
                confirm={
                  key
                    ? "新しい公開鍵を作ります。いまの鍵で暗号化されたファイルも、引き続き開けます。よろしいですか。"
                    : "公開鍵を作ります。よろしいですか。"
                }
              >
                {key ? "新しい公開鍵に替える" : "公開鍵を作る"}
              </Button>
            </Form>
          )}
        </Panel>
        <Panel title="委託先の並び">
          <p class="lead">登録のない委託先のファイルは、標準の並びで読みます。</p>
          <Table
            caption="委託先の並び"
            columns={[
              { title: "委託先", cell: ({ contractorId }) => nameOf(contractorId) },
              {
                title: "適用",
                cell: ({ validFrom }) => `${showDateShort(validFrom as IsoDate)}から`,
                nowrap: true,
              },
              {
                title: "内容",
                cell: (row) => layoutInWords(row).map((line) => <div key={line}>{line}</div>),
              },
              { title: "状態", cell: (row) => <LayoutState row={row} />, nowrap: true },
              {
                title: "決裁",
                cell: (row) =>
                  approves &&
                  row.decision === null &&
                  row.askedBy !== actor.staffId && <DecisionForm row={row} />,
              },
            ]}
            rows={layouts}
            empty="登録はありません。"
          />
        </Panel>
        {enters && <LayoutForm contractors={contractors} />}
      </SentContext.Provider>
    ),
  });
}

const LayoutState = ({ row }: { row: LayoutRow }) =>
  row.decision === "approved" ? (
    <Badge tone="success">承認済み</Badge>
  ) : row.decision === "refused" ? (
    <Badge tone="neutral">認めない</Badge>
  ) : (
    <Badge tone="warning">承認待ち</Badge>
  );

const DecisionForm = ({ row }: { row: LayoutRow }) => (
  <Form action={`${paths.punchedSettings}/${row.id}/decision`} class="inline-buttons">
    <Button name="word" value="approved">
      承認する
    </Button>
    <Button name="word" value="refused" look="secondary">
      認めない
    </Button>
  </Form>
);

function LayoutForm({
  contractors,
}: {
  contractors: Awaited<ReturnType<typeof contractorsToday>>;
}) {
  const { values, errors, sent } = useSent("layout");
  return (
    <Disclosure title="委託先の並びを申請する" open={sent}>
      <Form
        action={paths.punchedSettings}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <FieldRow>
          <SelectField
            name="contractor"
            label="委託先"
            required
            empty="選んでください"
            options={contractors.map(({ id, name }) => ({ value: `${id}`, label: name }))}
          />
          <DateField name="validFrom" label="いつから" required />
          <SelectField
            name="header"
            label="先頭の行"
            value="ours"
            options={[
              { value: "ours", label: "注文番号・件数・検査値の行がある" },
              { value: "none", label: "ない" },
            ]}
          />
          <SelectField
            name="headings"
            label="見出しの行"
            value="yes"
            options={[
              { value: "yes", label: "ある" },
              { value: "none", label: "ない" },
            ]}
          />
        </FieldRow>
        <FieldRow>
          <SelectField
            name="encoding"
            label="文字コード"
            value="utf-8"
            options={[
              { value: "utf-8", label: "ユニコード" },
              { value: "shift_jis", label: "シフトジス" },
            ]}
          />
          <SelectField
            name="delimiter"
            label="区切り"
            value="comma"
            options={[
              { value: "comma", label: "コンマ" },
              { value: "tab", label: "タブ" },
            ]}
          />
          <SelectField
            name="dates"
            label="日付の書き方"
            value="YYYYMMDD"
            options={[
              { value: "YYYYMMDD", label: "20260710" },
              { value: "YYYY-MM-DD", label: "2026-07-10" },
              { value: "YYYY/MM/DD", label: "2026/07/10" },
              { value: "GYYMMDD", label: "元号の番号と年月日（5080710）" },
            ]}
          />
        </FieldRow>
        <TextArea
          name="columns"
          label="列（届く順に1行に1つ）"
          required
          rows={12}
          value={ownColumns}
          hint="見出しが違うときは「委託先の見出し=項目」と書きます。例: 接種年月日=接種日"
        />
        <TextArea
          name="codes"
          label="コードの意味"
          rows={6}
          value={
            "区分 1=接種\n区分 2=予診のみ\n区分 3=不可診\n性別 1=男\n性別 2=女\n個別・集団 1=個別\n個別・集団 2=集団"
          }
        />
        <TextArea
          name="vaccines"
          label="予防接種のコード"
          rows={4}
          hint={`「委託先のコード=予防接種」。期が別の列のときは「コード/期=予防接種」。名前は次のとおり: ${vaccineChoices.map(({ label }) => label).join("、")}`}
        />
        <Actions>
          <Button>申請する</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
