import { holds } from "#src/platform/access/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  allFileItems,
  countFiles,
  fileItems,
  fileRefusalTitles,
  fileRulesInForce,
  fileStateTitles,
  listFiles,
  type ProvisionFile,
  prepareFile,
} from "#src/platform/provision/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  CheckboxGroup,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldRow,
  Form,
  Notification,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextArea,
} from "../../components/index.ts";
import { readDate, showDateShort, showMoment } from "../../dates.ts";
import { FormMemory } from "../../form-memory.ts";
import { moveOn, page, redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import { Values } from "../../values.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
import { filePageScreens } from "./file-page.tsx";
import { fileTones } from "./file-tones.ts";
import { itemsInWords } from "./parts.tsx";

const reading = { right: "provision.read", purpose: "inquiry" } as const;
const asking = { right: "provision.request", purpose: "inquiry" } as const;
export const filesTitle = "提供ファイル";
const formTitle = "提供ファイルを準備する";
const formPath = "/provision-files/new";
const perPage = 50;
const lastFilter = new FormMemory("provision-files");
/** 資格情報 by period: prepared by one person, approved by another, taken once; the register of them, refusals too. */
export const fileScreens = (programs: ProgramTitles): AnyRoute[] => [
  defineRoute({
    ...reading,
    method: "get",
    path: "/provision-files",
    audit: "provision-files.listed",
    handle: listPage,
  }),
  // A 宛名番号 may be asked for: the question is kept for the session and not in the address.
  defineRoute({
    ...reading,
    method: "post",
    path: "/provision-files",
    audit: "nothing-personal",
    because: "keeps the question; the page it leads to records the reading",
    async handle(request) {
      await lastFilter.set(request, request.form);
      return moveOn("/provision-files");
    },
  }),
  defineRoute({
    ...asking,
    method: "get",
    path: formPath,
    audit: "provision-file.form-opened",
    handle: (request) => formPage(request, programs, {}),
  }),
  defineRoute({
    ...asking,
    method: "post",
    path: formPath,
    audit: "provision-file.sent",
    handle: (request) => prepare(request, programs),
  }),
  ...filePageScreens(programs),
];

async function prepare(request: ScreenRequest, programs: ProgramTitles) {
  const { form, work } = request;
  const rules = await work(fileRulesInForce);
  const rule = rules.find(({ id }) => id === form.integer("rule"));
  const [from, to] = [readDate(form.text("from")), readDate(form.text("to"))];
  const sent = form.all("items");
  const items = allFileItems.filter((item) => rule?.items.includes(item) && sent.includes(item));
  const numbers = form
    .text("numbers")
    .normalize("NFKC")
    .split(/[\s,、]+/)
    .filter(Boolean);
  const wrong = numbers.filter((one) => !isPersonNumber(one));
  const errors: Record<string, string> = {};
  if (!rule) errors.rule = "提供先と根拠を選んでください。";
  if (!from) errors.from = "期間の始まりを入力してください。例: R8.11.1";
  if (!to) errors.to = "期間の終わりを入力してください。例: R8.11.30";
  if (rule && (items.length === 0 || items.length < new Set(sent).size))
    errors.items = `この提供先に提供できる項目は「${itemsInWords(rule.items)}」です。その中から選んでください。`;
  if (rule && !rule.applicantsOf && numbers.length === 0)
    errors.numbers = "依頼のあった方の統合宛名番号を入力してください。";
  if (rule?.applicantsOf && numbers.length > 0)
    errors.numbers = "この提供先の対象は、期間内に申請した世帯です。番号は入力しないでください。";
  if (wrong.length > 0)
    errors.numbers = `正しくない番号が${wrong.length}件あります（${numbers.indexOf(wrong[0] ?? "") + 1}番目から）。`;
  if (!rule || !from || !to || Object.keys(errors).length > 0)
    return formPage(request, programs, errors);
  try {
    const { file, refusal } = await work((unit) =>
      prepareFile(unit, { rule: rule.id, from, to, items, numbers: [...new Set(numbers)] }),
    );
    return redirect(
      `/provision-files/${file}`,
      refusal
        ? {
            tone: "error",
            text: `提供できません（${fileRefusalTitles[refusal]}）。第${file}号として記録しました。`,
          }
        : "準備しました。ほかの職員が承認すると、取り出せます。",
    );
  } catch (error) {
    if (!(error instanceof EntryProblem)) throw error;
    return formPage(request, programs, error.errors);
  }
}

async function formPage(
  { work, form, platform }: ScreenRequest,
  programs: ProgramTitles,
  errors: FieldErrors,
) {
  const rules = await work(fileRulesInForce);
  const today = platform.clock.today();
  const titleOf = (program: string | null) => programs.get(program ?? "") ?? "";
  return page({
    title: formTitle,
    breadcrumb: [{ title: filesTitle, path: "/provision-files" }, { title: formTitle }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{formTitle}</PageTitle>
        {rules.length === 0 && (
          <Notification tone="warning" title="資格情報を提供できる提供先は、表にありません。">
            <p>
              準備できるのは、「提供先の表」に起案され、個人情報保護担当が承認した提供先だけです。
            </p>
          </Notification>
        )}
        <Form
          action={formPath}
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
          focusFirst
        >
          <SelectField
            name="rule"
            label="提供先と根拠"
            required
            empty="選んでください"
            options={rules.map((one) => ({
              value: String(one.id),
              label: `${one.recipient}（${one.work}）／${one.legalBasis}／${titleOf(one.program)}: ${itemsInWords(one.items)}／${one.applicantsOf ? `${titleOf(one.applicantsOf)}を申請した世帯` : "依頼のあった世帯"}`,
            }))}
          />
          <FieldRow>
            <DateField
              name="from"
              label="期間の始まり"
              required
              value={showDateShort(`${today.slice(0, 8)}01` as IsoDate)}
            />
            <DateField name="to" label="期間の終わり" required value={showDateShort(today)} />
          </FieldRow>
          <CheckboxGroup
            name="items"
            label="提供する項目"
            required
            options={choicesOf(fileItems)}
          />
          <TextArea
            name="numbers"
            label="依頼のあった方の統合宛名番号"
            rows={4}
            hint="1行に1人。その方の世帯で、期間内に資格のある方が対象になります。「申請した世帯」の提供先では入力しません。"
          />
          <Actions>
            <Button shortcut="Ctrl+Enter">対象者を調べて準備する</Button>
            <ButtonLink href="/provision-files" look="quiet">
              やめる
            </ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}

async function listPage(request: ScreenRequest) {
  const { work, actor, query } = request;
  const form = (await lastFilter.get(request)) ?? new Values();
  const wanted = {
    state: form.choice("state", ["waiting", "approved", "provided", "refused"]),
    person: form.text("person").normalize("NFKC") || undefined,
  };
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total } = await work(async (unit) => ({
    rows: await listFiles(unit, wanted, { from: (at - 1) * perPage, size: perPage }),
    total: await countFiles(unit, wanted),
  }));
  return page({
    title: filesTitle,
    breadcrumb: [{ title: filesTitle }],
    content: (
      <>
        <PageTitle
          actions={
            holds(actor, "provision.request") && (
              <ButtonLink href={formPath} look="primary">
                {formTitle}
              </ButtonLink>
            )
          }
        >
          {filesTitle}
        </PageTitle>
        <Panel title="絞り込み">
          <Form action="/provision-files" values={form} keys="search" class="form stacked">
            <FieldRow>
              <SelectField
                name="state"
                label="状態"
                empty="すべて"
                options={choicesOf(fileStateTitles)}
              />
              <NumberField name="person" label="載っている方の統合宛名番号" check="person-number" />
              <div class="row-button">
                <Button>絞り込む</Button>
              </div>
            </FieldRow>
          </Form>
        </Panel>
        <Panel title={`提供ファイル ${total.toLocaleString("ja-JP")}件`}>
          <Table
            caption={filesTitle}
            rows={rows}
            href={({ id }) => `/provision-files/${id}`}
            columns={[
              { title: "番号", cell: ({ id }: ProvisionFile) => `第${id}号`, nowrap: true },
              {
                title: "提供先・根拠",
                cell: ({ recipient, legalBasis }) => (
                  <>
                    {recipient}
                    <span class="cell-note">{legalBasis}</span>
                  </>
                ),
              },
              {
                title: "期間",
                cell: ({ from, to }) => `${showDateShort(from)}～${showDateShort(to)}`,
                nowrap: true,
              },
              { title: "項目", cell: ({ items }) => itemsInWords(items) },
              {
                title: "準備",
                cell: ({ asker, askedAt }) => (
                  <>
                    {asker}
                    <span class="cell-note">{showMoment(askedAt)}</span>
                  </>
                ),
              },
              {
                title: "行数",
                cell: ({ lines }) => lines?.toLocaleString("ja-JP") ?? "―",
                align: "end",
              },
              {
                title: "状態",
                cell: ({ state, refusal }) => (
                  <>
                    <Badge tone={fileTones[state]}>{fileStateTitles[state]}</Badge>
                    {refusal && <span class="cell-note">{fileRefusalTitles[refusal]}</span>}
                  </>
                ),
                nowrap: true,
              },
            ]}
            empty="この条件の提供ファイルはありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(number) => `/provision-files?page=${number}`}
          />
        </Panel>
      </>
    ),
  });
}
