import { conflict } from "#src/platform/problem.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Checkbox,
  CheckboxGroup,
  Columns,
  DateField,
  DefinitionList,
  DiffTable,
  DisabledAction,
  Disclosure,
  FieldGroup,
  FieldRow,
  FileField,
  Form,
  KanaField,
  LiveRegion,
  Notification,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  PostalCodeField,
  Progress,
  ProtectedBanner,
  RadioGroup,
  SelectField,
  StepPicture,
  Table,
  Tabs,
  TextArea,
  TextField,
  TimeLine,
} from "#src/web/components/index.ts";
import { eventStream, page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import type { Values } from "#src/web/values.ts";

const guard = {
  right: "case.read",
  purpose: "case",
  audit: "sample.opened",
  program: "sample",
} as const;
let taken = 0;

const entryPage = (form: Values | undefined, errors: Record<string, string>) =>
  page({
    title: "見本の入力",
    breadcrumb: [{ title: "見本の入力" }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle badge={<Badge tone="info">受付前</Badge>}>こども医療費助成 申請</PageTitle>
        <Form action="/sample/entry" values={form} errors={errors} files>
          <FieldGroup title="対象児童">
            <TextField name="name" label="氏名" required source="住民記録" value="見本　さくら" />
            <KanaField name="kana" label="カナ" required />
            <DateField name="birth" label="生年月日" birth required />
            <RadioGroup
              name="sex"
              label="性別"
              options={[
                { value: "female", label: "女" },
                { value: "male", label: "男" },
              ]}
            />
            <FieldRow>
              <PostalCodeField name="postal" label="郵便番号" address="address" />
              <TextField name="address" label="住所" width={40} />
            </FieldRow>
          </FieldGroup>
          <FieldGroup title="主たる保険">
            <SelectField
              name="insurer"
              label="保険の種類"
              empty="選択してください"
              options={[
                { value: "kokuho", label: "国民健康保険" },
                { value: "kyokai", label: "協会けんぽ" },
                { value: "none", label: "無保険", offBecause: "生活保護の確認が必要" },
              ]}
            />
            <NumberField name="number" label="統合宛名番号" check="person-number" />
            <CheckboxGroup
              name="documents"
              label="確認した書類"
              options={[
                { value: "card", label: "個人番号カード" },
                { value: "licence", label: "運転免許証" },
              ]}
            />
            <Checkbox name="agreed" label="内容を読み上げて確認した" />
            <TextArea name="memo" label="備考" />
            <FileField name="scan" label="添付" hint="PDFまたは画像" />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">受付する</Button>
            <Button look="secondary" name="then" value="draft">
              一時保存
            </Button>
            <DisabledAction reasons={["本人確認が済んでいません"]}>審査へ送る</DisabledAction>
          </Actions>
        </Form>
      </>
    ),
  });

const routes: AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/sample/entry",
    handle: async () => entryPage(undefined, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/sample/entry",
    takesFiles: "128mb",
    async handle({ form }) {
      if (form.text("memo") === "conflict" && taken++ === 0) {
        throw conflict("ほかの職員が先に進めました。", ["10:02 佐藤: 審査済にしました"]);
      }
      if (!form.text("kana")) {
        return entryPage(form, {
          kana: "カナを入力してください。",
          birth: "生年月日を入力してください。例: R8.11.20",
        });
      }
      const scan = form.file("scan");
      return redirect(
        "/sample/parts",
        `受け付けました（${form.text("kana")} ${scan ? `${scan.name} ${scan.size}` : "添付なし"}）`,
      );
    },
  }),
  defineRoute({ ...guard, method: "get", path: "/sample/parts", handle: async () => partsPage() }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/sample/progress",
    handle: async () =>
      page({
        title: "見本の進み",
        breadcrumb: [{ title: "見本の進み" }],
        content: (
          <>
            <PageTitle>接種券の作成</PageTitle>
            <LiveRegion source="/sample/events">
              <Progress done={0} total={3} label="作成" />
            </LiveRegion>
          </>
        ),
      }),
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/sample/events",
    handle: async () =>
      eventStream(async function* (closed) {
        for (let done = 1; done <= 3 && !closed.aborted; done++) {
          yield <Progress done={done} total={3} label="作成" />;
          await new Promise((resolve) => setTimeout(resolve, 150));
        }
        // An end would load the page again; this one waits until the page is left.
        if (!closed.aborted) {
          await new Promise((resolve) => closed.addEventListener("abort", resolve));
        }
      }),
  }),
];

function partsPage() {
  const rows = [
    { number: "R8-000012", kind: "審査", days: 3, state: "審査中" },
    { number: "R8-000010", kind: "決裁", days: 12, state: "決裁待ち" },
    { number: "R8-000009", kind: "補正", days: 20, state: "保留" },
  ];
  return page({
    title: "こども医療費助成 申請 R8-000012 審査中",
    breadcrumb: [{ title: "申請一覧", path: "/sample/entry" }, { title: "R8-000012" }],
    content: (
      <>
        <PageTitle
          badge={<Badge tone="info">審査中</Badge>}
          actions={
            <>
              <DisabledAction reasons={["起案した本人は決裁できません"]}>決裁</DisabledAction>
              <ButtonLink href="/sample/entry">訂正</ButtonLink>
              <ButtonLink href="/sample/entry" look="primary">
                起案へ
              </ButtonLink>
            </>
          }
        >
          こども医療費助成 申請 R8-000012
        </PageTitle>
        <ProtectedBanner />
        <StepPicture
          label="申請の流れ"
          steps={[
            { label: "申請受付", state: "done", note: "R8.11.18" },
            { label: "本人確認", state: "done", note: "R8.11.18" },
            { label: "審査", state: "current", note: "窓口 一子" },
            { label: "起案", state: "ahead" },
            { label: "決裁", state: "ahead" },
            { label: "認定", state: "ahead" },
            { label: "証交付", state: "ahead" },
          ]}
          beside={[
            { label: "保留", state: "ahead" },
            { label: "却下", state: "ahead" },
            { label: "取下げ", state: "ahead" },
          ]}
        />
        <Tabs
          label="申請の内容"
          tabs={[
            { title: "内容", href: "/sample/parts", current: true },
            { title: "書類", href: "/sample/entry", current: false, count: 2 },
          ]}
        />
        <Columns wide="first">
          <div>
            <Panel title="申請内容と住民記録の照合">
              <DiffTable
                caption="照合"
                rows={[
                  {
                    label: "氏名",
                    entered: "見本　さくら",
                    register: "見本　さくら",
                    differs: false,
                  },
                  { label: "住所", entered: "新町２丁目", register: "新町３丁目", differs: true },
                ]}
              />
            </Panel>
            <Panel title="待っている申請">
              <Table
                caption="申請"
                columns={[
                  { title: "番号", cell: (row) => row.number, nowrap: true },
                  { title: "種別", cell: (row) => row.kind },
                  { title: "待ち", cell: (row) => `${row.days}日`, align: "end" },
                  { title: "状態", cell: (row) => <Badge>{row.state}</Badge> },
                ]}
                rows={rows}
                href={(row) => `/sample/parts#${row.number}`}
                tone={(row) => (row.days > 15 ? "error" : undefined)}
              />
            </Panel>
            <Pagination page={2} pages={5} href={(number) => `/sample/parts?page=${number}`} />
          </div>
          <div>
            <Notification tone="warning" title="確認してください">
              <p>主保険の資格取得日が未来です。</p>
            </Notification>
            <Panel title="計算">
              <DefinitionList
                items={[
                  ["資格取得日", "令和8年11月20日"],
                  ["有効期間", "令和26年3月31日まで"],
                ]}
              />
              <Disclosure title="根拠を見る">条例第3条</Disclosure>
            </Panel>
            <Panel title="経過">
              <TimeLine
                label="経過"
                entries={[
                  { at: "R8.11.20 10:02", who: "窓口 二郎", what: "審査を始めました" },
                  {
                    at: "R8.11.18 14:30",
                    who: "窓口 一子",
                    what: "受け付けました",
                    detail: "来庁",
                    tone: "success",
                  },
                ]}
              />
            </Panel>
          </div>
        </Columns>
      </>
    ),
  });
}

/** A 事務 of its own that shows every part of the screens, for the tests of the shell. */
export const sampleScreens: ProgramScreens = {
  id: "sample",
  title: "見本の事務",
  menu: [{ title: "見本の申請", path: "/sample/parts", right: "case.read", count: "waiting" }],
  menuCounts: async () => ({ waiting: 3 }),
  officeFigures: async () => [{ title: "本日の受付", value: 12, unit: "件" }],
  workItems: [
    fewItems(async () => [
      {
        list: "waiting",
        kind: "審査待ち",
        title: "見本の申請 R8-000012",
        path: "/sample/parts",
        since: new Date("2026-11-17T01:00:00Z"),
        deadline: "2026-12-17",
      },
      {
        list: "waiting",
        kind: "決裁待ち",
        title: "見本の申請 R8-000009",
        path: "/sample/entry",
        since: new Date("2026-10-20T01:00:00Z"),
        deadline: "2026-11-18",
      },
      {
        list: "returned",
        kind: "差戻し",
        title: "見本の申請 R8-000007",
        path: "/sample/entry",
        since: new Date("2026-11-19T01:00:00Z"),
        comment: "委任状の日付を確認してください。",
      },
      {
        list: "sent",
        kind: "決裁",
        title: "見本の申請 R8-000005",
        path: "/sample/entry",
        since: new Date("2026-11-19T01:00:00Z"),
        state: "決裁待ち",
      },
    ]),
  ],
  routes,
};
