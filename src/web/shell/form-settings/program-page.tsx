import type { Form } from "#forms/index.ts";
import { holds } from "#src/platform/access/actor.ts";
import {
  formOfPapers,
  listSettings,
  type Printing,
  previewForm,
  printingOf,
  readSetting,
  type Settings,
  settingInForce,
  settingsOf,
} from "#src/platform/printing/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  ButtonLink,
  Columns,
  DefinitionList,
  DisabledAction,
  Notification,
  PageTitle,
  Panel,
  PrintPreview,
  Table,
} from "../../components/index.ts";
import { showDate } from "../../dates.ts";
import { inlinePdf, page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { Picture, SettingHistory } from "./parts.tsx";
import { findProgram } from "./program.ts";
import { type PrintingProgram, paths, previewFrame, purposeTitles, title } from "./words.ts";

/** What a 事務 prints with now, its papers, what was set before and what will hold. */
export const programScreens = (programs: readonly PrintingProgram[]) => [
  defineRoute({
    method: "get",
    path: "/form-settings/:program",
    right: "work.read",
    purpose: "administration",
    audit: "form-settings.opened",
    async handle({ params, work, actor, platform }) {
      const program = findProgram(programs, params.program);
      const { settings, inForce, printing, now } = await work(async (unit) => {
        const inForce = await settingInForce(unit, program.id);
        return {
          settings: await listSettings(unit, program.id),
          inForce,
          printing: await printingOf(unit, program.papers),
          now: inForce === null ? undefined : await readSetting(unit, inForce),
        };
      });
      const waiting = settings.find(({ decision }) => decision === null);
      const today = platform.clock.today();
      const planned = settings.filter(
        ({ decision, validFrom }) => decision === "approved" && validFrom > today,
      );
      const prepares = holds(actor, "form-setting.prepare", { program: program.id });
      const change = waiting ? (
        <DisabledAction reasons={["承認を待っている設定があります。"]}>設定を変える</DisabledAction>
      ) : (
        <ButtonLink href={paths.entry(program.id)} look="primary">
          設定を変える
        </ButtonLink>
      );
      return page({
        title: `${title} ${program.title}`,
        breadcrumb: [{ title, ...(prepares && { path: paths.list }) }, { title: program.title }],
        content: (
          <>
            <PageTitle actions={prepares && change}>{program.title}の帳票</PageTitle>
            {waiting && (
              <Notification tone="info" title="承認を待っている設定があります。">
                <a href={paths.proposal(waiting.id)}>第{waiting.id}号を見る</a>
              </Notification>
            )}
            {planned.map(({ id, validFrom }) => (
              <Notification key={id} tone="info">
                <a href={paths.proposal(id)}>第{id}号</a> を {showDate(validFrom as IsoDate)}{" "}
                から適用します。
              </Notification>
            ))}
            <Columns wide="first">
              <div>
                <Panel title="いまの設定">
                  <DefinitionList
                    columns={2}
                    items={[
                      ["設定", inForce === null ? "付属の文言" : `第${inForce}号`],
                      ["適用開始日", showDate((now?.validFrom ?? null) as IsoDate | null)],
                      ["発行者の職名", printing.issuer.title],
                      ["発行者の氏名", printing.issuer.name],
                      ["公印", <Picture png={printing.issuer.seal ?? null} label="公印" />],
                      ["ロゴ", <Picture png={printing.issuer.logo ?? null} label="ロゴ" />],
                    ]}
                  />
                </Panel>
                <Panel title="帳票">
                  <FormTable program={program} printing={printing} now={now} />
                </Panel>
                <Panel title="履歴">
                  <SettingHistory settings={settings} inForce={inForce} />
                </Panel>
              </div>
              <Panel title="見本">
                <PrintPreview
                  src={paths.preview(program.id, program.papers.forms[0]?.id ?? "")}
                  title="いまの設定の見本"
                  frame={previewFrame}
                />
              </Panel>
            </Columns>
          </>
        ),
      });
    },
  }),
  defineRoute({
    method: "get",
    path: "/form-settings/:program/preview/:folder/:form",
    right: "work.read",
    purpose: "administration",
    audit: "form-settings.sample-opened",
    async handle({ params, work, platform }) {
      const { papers } = findProgram(programs, params.program);
      const form = formOfPapers(papers, `${params.folder}/${params.form}`);
      const settings = await work((unit) => settingsOf(unit, papers));
      return inlinePdf("sample.pdf", await previewForm(platform, form, settings));
    },
  }),
];

function FormTable(props: {
  program: PrintingProgram;
  printing: Printing;
  now: Settings | undefined;
}) {
  const { program, printing, now } = props;
  const own = ({ id }: Form<unknown>) => Object.keys(now?.content.wording[id] ?? {}).length;
  const used = (form: Form<unknown>) => Object.keys(printing.wording(form)).length;
  return (
    <Table
      caption="この事務の帳票"
      columns={[
        {
          title: "帳票",
          cell: ({ id, title }: Form<unknown>) => (
            <a href={paths.preview(program.id, id)} target={previewFrame}>
              {title}
            </a>
          ),
        },
        { title: "様式の版", cell: ({ version }) => `第${version}版`, nowrap: true },
        {
          title: "市の文言",
          cell: (form) =>
            own(form) > used(form)
              ? `${used(form)}か所（いまの版にない文言 ${own(form) - used(form)}）`
              : used(form) > 0
                ? `${used(form)}か所`
                : Object.keys(form.wording ?? {}).length > 0
                  ? "付属のまま"
                  : "文言なし",
        },
        {
          title: "縮退",
          cell: ({ id }) =>
            now?.content.reduceFor[id]?.map((purpose) => purposeTitles[purpose]).join("、") ??
            "しない",
        },
      ]}
      rows={program.papers.forms}
    />
  );
}
