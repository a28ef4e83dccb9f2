import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  Columns,
  DefinitionList,
  FileField,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { waitingOfImport } from "../../clinics/entries.ts";
import {
  type ClinicImport,
  checkClinicFile,
  confirmImported,
  dropClinicFile,
  getClinicImport,
  listClinicImports,
  loadClinicFile,
  receiveClinicFile,
} from "../../clinics/file/import.ts";
import { clinicLayouts } from "../../clinics/file/items.ts";
import { rowsAPage } from "../records/parts.tsx";
import { guard } from "./parts.tsx";
import { clinicPaths } from "./paths.ts";

const states = {
  checked: { title: "試行", tone: "warning" },
  loaded: { title: "取込済", tone: "success" },
  dropped: { title: "取りやめ", tone: "neutral" },
} as const;
const ImportBadge = ({ state }: { state: ClinicImport["state"] }) => (
  <Badge tone={states[state].tone}>{states[state].title}</Badge>
);
const numberOfImport = ({ serial }: ClinicImport) => `L${String(serial).padStart(6, "0")}`;

const at = `${clinicPaths.imports}/:id` as const;

/** 一括登録: a file of the register, looked at first, then taken in; its contracts are confirmed by another person. */
export const clinicImportScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: clinicPaths.imports,
    right: "case.examine",
    audit: "nothing-personal",
    because: "the list counts rows of files",
    handle: (request) => importsPage(request),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: clinicPaths.imports,
    right: "case.examine",
    takesFiles: "5mb",
    audit: "clinic.file-asked",
    async handle(request) {
      const { form, work } = request;
      let id: string;
      try {
        const file = form.file("file");
        if (!file || file.size === 0)
          throw new EntryProblem("file", "CSVファイルを選んでください。");
        const bytes = new Uint8Array(await file.arrayBuffer());
        id = await work((unit) =>
          receiveClinicFile(unit, { bytes, layoutId: form.text("layout") }),
        );
      } catch (error) {
        return importsPage(request, sentWith("file", form, error));
      }
      return redirect(
        clinicPaths.import(id),
        "ファイルを読みました。内容を確かめてから、取り込んでください。まだ何も登録していません。",
      );
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: at,
    right: "case.read",
    audit: "clinic.file-opened",
    handle: (request) => importPage(request),
  }),
  ...(["load", "drop", "confirm"] as const).map((type) =>
    defineRoute({
      ...guard,
      method: "post",
      path: `${at}/${type}` as const,
      right: type === "confirm" ? "case.approve" : "case.examine",
      audit: `clinic.file-${type}-asked`,
      async handle(request) {
        const id = idOf(request.params.id);
        let done: string;
        try {
          done = await request.work(async (unit) => {
            const found = await getClinicImport(unit, id);
            if (type === "confirm")
              return `契約 ${(await confirmImported(unit, id)).toLocaleString("ja-JP")}件を確認しました。`;
            if (type === "drop") {
              await dropClinicFile(unit, found);
              return "取込をやめ、ファイルを消去しました。";
            }
            const { created, changed } = await loadClinicFile(unit, found);
            return `取り込みました（新規 ${created}件、変更 ${changed}件）。契約は、別の決裁者が確認してください。`;
          });
        } catch (error) {
          return importPage(request, sentWith(type, request.form, error));
        }
        return redirect(clinicPaths.import(id), done);
      },
    }),
  ),
];

async function importsPage({ work, platform }: ScreenRequest, sent?: Sent): Promise<Reply> {
  const rows = await work(listClinicImports);
  const layouts = await clinicLayouts(platform);
  return page({
    title: "医療機関台帳 一括登録",
    breadcrumb: [{ title: "医療機関台帳", path: clinicPaths.list }, { title: "一括登録" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>一括登録</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="取り込んだファイル">
            <Table
              caption="取り込んだファイル"
              columns={[
                { title: "番号", cell: numberOfImport, nowrap: true },
                { title: "受取", cell: ({ receivedAt }) => showMoment(receivedAt), nowrap: true },
                {
                  title: "行",
                  cell: ({ rows: lines }) => lines.toLocaleString("ja-JP"),
                  align: "end",
                },
                {
                  title: "新規",
                  cell: ({ created }) => created.toLocaleString("ja-JP"),
                  align: "end",
                },
                {
                  title: "変更",
                  cell: ({ changed }) => changed.toLocaleString("ja-JP"),
                  align: "end",
                },
                {
                  title: "誤り",
                  cell: ({ faults }) => faults.length.toLocaleString("ja-JP"),
                  align: "end",
                },
                { title: "状態", cell: ({ state }) => <ImportBadge state={state} />, nowrap: true },
              ]}
              rows={rows}
              href={({ id }) => clinicPaths.import(id)}
              empty="まだ取り込んでいません。"
            />
          </Panel>
          <Panel title="ファイルを読む">
            <UploadForm layouts={layouts.map(({ id, title }) => ({ value: id, label: title }))} />
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

function UploadForm({ layouts }: { layouts: { value: string; label: string }[] }) {
  const { values, errors } = useSent("file");
  return (
    <Form
      action={clinicPaths.imports}
      files
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      <FileField
        name="file"
        label="CSVファイル"
        required
        accept=".csv,text/csv"
        hint="列の並びは手引の28章にあります。読むだけで、まだ登録しません。"
      />
      <SelectField name="layout" label="列の並び" options={layouts} value={layouts[0]?.value} />
      <Actions>
        <Button>読んで確かめる</Button>
      </Actions>
    </Form>
  );
}

async function importPage(request: ScreenRequest<`${string}:id`>, sent?: Sent): Promise<Reply> {
  const { params, work, query, actor } = request;
  const id = idOf(params.id);
  const present = Math.max(1, query.integer("page") ?? 1);
  const { found, effect, waiting } = await work(async (unit) => {
    const found = await getClinicImport(unit, id);
    return {
      found,
      effect: found.state === "checked" ? await checkClinicFile(unit, found) : found,
      waiting: await waitingOfImport(unit, id),
    };
  });
  const faulty = new Set(effect.faults.map(({ line }) => line)).size;
  const own = waiting.some(({ proposedBy }) => proposedBy === actor.staffId);
  const shown = effect.faults.slice((present - 1) * rowsAPage, present * rowsAPage);
  const n = (count: number) => `${count.toLocaleString("ja-JP")}件`;
  return page({
    title: `医療機関台帳 一括登録 ${numberOfImport(found)}`,
    breadcrumb: [
      { title: "医療機関台帳", path: clinicPaths.list },
      { title: "一括登録", path: clinicPaths.imports },
      { title: numberOfImport(found) },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<ImportBadge state={found.state} />}>
          一括登録 {numberOfImport(found)}
        </PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title={found.state === "checked" ? "取り込むとこうなります" : "取込の結果"}>
            <DefinitionList
              items={[
                ["ファイルの行", n(effect.rows)],
                ["新しく登録", n(effect.created)],
                ["内容を変更", n(effect.changed)],
                ["変わらない", n(effect.unchanged)],
                ["契約（確認に回す）", n(effect.contracts)],
                ["取り込まない行", n(faulty)],
              ]}
            />
          </Panel>
          <Panel title="次の操作">
            {found.state === "checked" &&
              holds(actor, "case.examine", { program: "vaccination" }) && (
                <>
                  {found.receivedBy === actor.staffId ? (
                    <SentForm event="load" action={`${clinicPaths.import(id)}/load`}>
                      <p>誤りのある行を除いて取り込みます。契約は、別の決裁者の確認を待ちます。</p>
                      <Actions>
                        <Button>取り込む</Button>
                      </Actions>
                    </SentForm>
                  ) : (
                    <p>取り込むのは、ファイルを読んだ職員です。</p>
                  )}
                  <SentForm event="drop" action={`${clinicPaths.import(id)}/drop`}>
                    <Actions>
                      <Button look="secondary">取りやめる</Button>
                    </Actions>
                  </SentForm>
                </>
              )}
            {waiting.length > 0 && (
              <>
                <p>確認を待つ契約 {n(waiting.length)}</p>
                {own ? (
                  <p>入力した人は確認できません。別の決裁者が確認してください。</p>
                ) : (
                  holdsForAll(actor, "case.approve", "vaccination") && (
                    <SentForm event="confirm" action={`${clinicPaths.import(id)}/confirm`}>
                      <Actions>
                        <Button
                          confirm={`契約 ${n(waiting.length)}をまとめて確認します。書類と照らし合わせましたか。`}
                        >
                          まとめて確認する
                        </Button>
                      </Actions>
                    </SentForm>
                  )
                )}
              </>
            )}
            {found.state !== "checked" && waiting.length === 0 && <p>行うことはありません。</p>}
          </Panel>
        </Columns>
        <Panel title={`誤り ${n(effect.faults.length)}`}>
          <Table
            caption="誤りのある行"
            columns={[
              { title: "行", cell: ({ line }) => line.toLocaleString("ja-JP"), align: "end" },
              { title: "番号", cell: ({ code }) => code || "―", nowrap: true },
              { title: "列", cell: ({ column }) => column, nowrap: true },
              { title: "理由", cell: ({ reason }) => reason },
            ]}
            rows={shown}
            empty="誤りのある行はありません。"
          />
          <Pagination
            page={present}
            pages={Math.ceil(effect.faults.length / rowsAPage)}
            href={(next) => `${clinicPaths.import(id)}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
