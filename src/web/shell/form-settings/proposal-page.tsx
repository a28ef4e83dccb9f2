import type { Actor } from "#src/platform/access/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import {
  decideSetting,
  type FormSetting,
  formOfPapers,
  previewForm,
  readSetting,
  remandFault,
  settingActions,
  settingsBefore,
} from "#src/platform/printing/index.ts";
import {
  Actions,
  Button,
  Columns,
  DisabledAction,
  Disclosure,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  PrintPreview,
  ReasonField,
} from "../../components/index.ts";
import { numberOf } from "../../params.ts";
import { inlinePdf, page, type Reply, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { Values } from "../../values.ts";
import { ChangeTable, changesOf } from "./changes.tsx";
import { DecisionBadge, SettingFacts } from "./parts.tsx";
import { findProgram } from "./program.ts";
import { type PrintingProgram, paths, previewFrame, title } from "./words.ts";

const seen = { right: "work.read", purpose: "administration" } as const;

/** What was sent with a 差戻し that could not be taken. */
interface Sent {
  form: Values;
  errors: FieldErrors;
}

/** The page of a proposal; with a 差戻し that was not taken, its reason comes back. */
async function proposalReply(
  programs: readonly PrintingProgram[],
  { params, work, actor }: Pick<ScreenRequest<"/:setting">, "params" | "work" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const id = numberOf(params.setting);
  const { setting, program, before } = await work(async (unit) => {
    const setting = await readSetting(unit, id);
    const program = findProgram(programs, setting.program);
    return { setting, program, before: await settingsBefore(unit, program.papers, setting) };
  });
  const changes = changesOf(program.papers, before, setting);
  const { forms } = program.papers;
  const touched = forms.filter((form) => changes.some(({ formId }) => formId === form.id));
  const first = touched[0] ?? forms[0];
  return page({
    title: `${title} ${program.title} 第${id}号`,
    status: sent ? 422 : 200,
    breadcrumb: [
      { title },
      { title: program.title, path: paths.program(program.id) },
      { title: `第${id}号` },
    ],
    content: (
      <>
        <PageTitle badge={<DecisionBadge decision={setting.decision} />}>
          {program.title}の帳票の設定 第{id}号
        </PageTitle>
        <Panel title="設定">
          <SettingFacts setting={setting} />
        </Panel>
        <Decision setting={setting} actor={actor} sent={sent} />
        <Columns wide="first">
          <Panel title={`変わるところ ${changes.length}か所`}>
            <ChangeTable changes={changes} />
          </Panel>
          <Panel title="見本">
            <p class="sample-links">
              {forms.map((form) => (
                <a key={form.id} href={paths.proposalPreview(id, form.id)} target={previewFrame}>
                  {form.title}
                  {touched.includes(form) && "（変更あり）"}
                </a>
              ))}
            </p>
            <PrintPreview
              src={paths.proposalPreview(id, first?.id ?? "")}
              title="この設定の見本"
              frame={previewFrame}
            />
          </Panel>
        </Columns>
      </>
    ),
  });
}

/** A proposal: what it changes, how the papers look, and the decision of another person. */
export const proposalScreens = (programs: readonly PrintingProgram[]) => [
  defineRoute({
    ...seen,
    method: "get",
    path: "/form-settings/proposals/:setting",
    audit: "form-setting.opened",
    handle: (request) => proposalReply(programs, request),
  }),
  defineRoute({
    ...seen,
    method: "get",
    path: "/form-settings/proposals/:setting/preview/:folder/:form",
    audit: "form-setting.sample-opened",
    async handle({ params, work, platform }) {
      const setting = await work((unit) => readSetting(unit, numberOf(params.setting)));
      const { papers } = findProgram(programs, setting.program);
      const form = formOfPapers(papers, `${params.folder}/${params.form}`);
      return inlinePdf("sample.pdf", await previewForm(platform, form, setting));
    },
  }),
  defineRoute({
    method: "post",
    path: "/form-settings/proposals/:setting/decision",
    right: "form-setting.approve",
    purpose: "administration",
    audit: "form-setting.decision-asked",
    async handle(request) {
      const { params, form, work } = request;
      const event = form.pressed(["approve", "remand"]);
      const id = numberOf(params.setting);
      const reason = form.whole("reason");
      const fault = event === "remand" ? remandFault(reason) : undefined;
      if (fault) return proposalReply(programs, request, { form, errors: { reason: fault } });
      await work((unit) => decideSetting(unit, id, event, reason));
      return redirect(
        paths.proposal(id),
        event === "approve"
          ? "承認しました。適用開始日から発行する帳票に使われます。"
          : "差し戻しました。",
      );
    },
  }),
  defineRoute({
    method: "post",
    path: "/form-settings/proposals/:setting/retraction",
    right: "form-setting.prepare",
    purpose: "administration",
    audit: "form-setting.taken-back",
    async handle({ params, work }) {
      const id = numberOf(params.setting);
      const { program } = await work((unit) => decideSetting(unit, id, "retract"));
      return redirect(paths.program(program), "起案を取り下げました。");
    },
  }),
];

function Decision(props: { setting: FormSetting; actor: Actor; sent: Sent | undefined }) {
  const { setting, actor, sent } = props;
  const actions = settingActions(actor, setting);
  if (actions.length === 0) return null;
  return (
    <Panel title="決定">
      {actions.map((action) => (
        <DecisionAction key={action.type} id={setting.id} action={action} sent={sent} />
      ))}
    </Panel>
  );
}

function DecisionAction(props: { id: number; action: FlowAction; sent: Sent | undefined }) {
  const { id, action, sent } = props;
  const { type, title, reasons } = action;
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{title}</DisabledAction>;
  if (type === "retract")
    return (
      <Form action={`${paths.proposal(id)}/retraction`} keys="search">
        <Actions>
          <Button look="danger" confirm="この起案を取り下げます。よろしいですか。">
            {title}
          </Button>
        </Actions>
      </Form>
    );
  const button = (
    <Actions>
      {type === "approve" ? (
        <Button
          name="event"
          value={type}
          confirm="承認します。適用開始日から発行する帳票に使われ、変えるには新しい起案が要ります。よろしいですか。"
        >
          {title}
        </Button>
      ) : (
        <Button name="event" value={type} look="secondary">
          {title}
        </Button>
      )}
    </Actions>
  );
  const decide = `${paths.proposal(id)}/decision`;
  if (type !== "remand")
    return (
      <Form action={decide} keys="search">
        {button}
      </Form>
    );
  return (
    <Disclosure title={title} open={sent !== undefined}>
      <Form action={decide} class="form stacked" values={sent?.form} errors={sent?.errors}>
        <ReasonField
          name="reason"
          label="差し戻す理由"
          required
          rows={3}
          phrases="remand"
          hint="起案した職員に伝わり、履歴に残ります。400文字以内。氏名や住所など、個人の情報は書かないでください。"
        />
        {button}
      </Form>
    </Disclosure>
  );
}
