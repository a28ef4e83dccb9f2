import { holdsForAll } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
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
  Button,
  ButtonLink,
  choicesOf,
  Form,
  Notification,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { numberOf } from "#src/web/params.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import {
  type DropReason,
  dropTitles,
  type PunchedFault,
  punchedFaults,
  readFault,
} from "#workflows/vaccination/punched-files/faults.ts";
import { doubtWords } from "#workflows/vaccination/records/doubts.ts";
import { type PunchedItem, punchedItemTitle, type RawRow } from "../../punched-files/items.ts";
import { fileNumber } from "../../punched-files/move.ts";
import { correctRow, dropRow, type PunchedRow, readRow } from "../../punched-files/rows.ts";
import { paths } from "../paths.ts";
import { slipStateTitle } from "../records/parts.tsx";
import { guard } from "./parts.tsx";
import { RowFields, readRowForm } from "./row-fields.tsx";

const shared = { ...guard, path: "/vaccination/punched-files/:fileId/rows/:row" } as const;
type Request = ScreenRequest<typeof shared.path>;

/** A row of a file: what it says, what is wrong with it; corrected, or given up. */
export const rowScreens: readonly AnyRoute[] = [
  defineRoute({
    ...shared,
    method: "get",
    right: "case.read",
    audit: "punched-file.row-opened",
    handle: (request) => rowPage(request),
  }),
  defineRoute({
    ...shared,
    method: "post",
    right: "case.enter",
    audit: "punched-file.row-correct-asked",
    async handle(request) {
      const { params, form, work } = request;
      const given = { fileId: params.fileId, row: numberOf(params.row) };
      try {
        const taken = await work((unit) => correctRow(unit, { ...given, raw: readRowForm(form) }));
        return redirect(
          taken ? paths.slip(taken.slipId) : paths.punchedFile(given.fileId),
          taken
            ? `${given.row}行目を直して取り込みました（${slipStateTitle(taken.state)}）。`
            : `${given.row}行目を直しました。ファイルの承認のあとで取り込みます。`,
        );
      } catch (error) {
        return rowPage(request, sentWith("correct", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    path: "/vaccination/punched-files/:fileId/rows/:row/drop",
    method: "post",
    right: "case.enter",
    audit: "punched-file.row-drop-asked",
    async handle(request) {
      const { params, form, work } = request;
      const given = { fileId: params.fileId, row: numberOf(params.row) };
      try {
        const reason = form.choice("reason", Object.keys(dropTitles) as DropReason[]);
        if (!reason) throw new EntryProblem("reason", "理由を選んでください。");
        await work((unit) => dropRow(unit, { ...given, reason }));
      } catch (error) {
        return rowPage(request, sentWith("drop", form, error));
      }
      return redirect(
        paths.punchedFile(given.fileId),
        `${given.row}行目は取り込まないことにしました。`,
      );
    },
  }),
];

async function rowPage({ params, work, actor }: Request, sent?: Sent): Promise<Reply> {
  const number = numberOf(params.row);
  const { file, row, said, shown } = await work((unit) => readRow(unit, params.fileId, number));
  const open =
    said !== undefined &&
    (row.state === "faulty" || (row.state === "ready" && file.state === "judged")) &&
    (file.state === "judged" || file.state === "taken");
  const faults = row.faults.map(readFault);
  const heading = `パンチデータ ${fileNumber(file)} ${number}行目`;
  return page({
    title: heading,
    status: statusOf(sent),
    breadcrumb: [
      { title: "パンチデータ", path: paths.punchedFiles },
      { title: fileNumber(file), path: paths.punchedFile(file.id) },
      { title: `${number}行目` },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            row.slipId && <ButtonLink href={paths.slip(row.slipId)}>予診票を開く</ButtonLink>
          }
        >
          {heading}
        </PageTitle>
        <SentNote />
        {!said && (
          <Notification
            tone="info"
            title="この行の内容は、ファイルの完了か取消しのときに消去されました。"
          />
        )}
        {faults.length > 0 && <FaultTable faults={faults} raw={said?.raw ?? {}} />}
        {row.doubts.length > 0 && (
          <Notification tone="warning" title="取り込むと、予診票の処理で確かめるものになります。">
            <ul>
              {doubtWords(row.doubts).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </Notification>
        )}
        {said?.unreadable && <TornRow fields={said.unreadable.fields} />}
        {said && !open && <SaidTable raw={said.raw} />}
        {open && holdsForAll(actor, "case.enter", "vaccination") && (
          <CorrectForm fileId={file.id} row={row} raw={shown} faults={faults} />
        )}
      </SentContext.Provider>
    ),
  });
}

const FaultTable = ({ faults, raw }: { faults: readonly PunchedFault[]; raw: RawRow }) => (
  <Panel title="エラー">
    <Table
      caption="エラー"
      columns={[
        { title: "項目", cell: ({ item }) => punchedItemTitle(item), nowrap: true },
        { title: "届いた値", cell: ({ item }) => raw[item as PunchedItem] ?? "―" },
        { title: "理由", cell: ({ code }) => punchedFaults[code] ?? code },
      ]}
      rows={[...faults]}
      empty=""
    />
  </Panel>
);

/** A row that could not be cut into its items, as it came. */
const TornRow = ({ fields }: { fields: readonly string[] }) => (
  <Panel title="届いた行">
    {fields.length === 0 ? (
      <p class="lead">
        行を項目に分けられないため、表示できません。原本を見て入力するか、委託先へ戻してください。
      </p>
    ) : (
      <Table
        caption="届いた行"
        columns={[
          { title: "列", cell: ({ place }) => `${place}`, align: "end" },
          { title: "値", cell: ({ text }) => text || "（空）" },
        ]}
        rows={fields.map((text, at) => ({ place: at + 1, text }))}
        empty=""
      />
    )}
  </Panel>
);

const SaidTable = ({ raw }: { raw: RawRow }) => (
  <Panel title="内容">
    <Table
      caption="内容"
      columns={[
        { title: "項目", cell: ({ item }) => punchedItemTitle(item), nowrap: true },
        { title: "値", cell: ({ text }) => text },
      ]}
      rows={Object.entries(raw).map(([item, text]) => ({ item, text }))}
      empty="内容はありません。"
    />
  </Panel>
);

function CorrectForm(props: {
  fileId: string;
  row: PunchedRow;
  raw: RawRow;
  faults: readonly PunchedFault[];
}) {
  const { fileId, row, raw, faults } = props;
  const { values, errors } = useSent("correct");
  const dropped = useSent("drop");
  const action = paths.punchedRow(fileId, row.row);
  const atFields = Object.fromEntries(
    faults
      .filter(({ item }) => item !== "row")
      .map(({ item, code }) => [item, punchedFaults[code] ?? code]),
  );
  return (
    <>
      <Panel title="直す">
        <Form action={action} values={values} errors={errors ?? atFields} focusFirst>
          <RowFields raw={raw} />
          <Actions>
            <Button>直す</Button>
            <ButtonLink href={paths.punchedFile(fileId)}>戻る</ButtonLink>
          </Actions>
        </Form>
      </Panel>
      <Panel title="取り込まない">
        <Form
          action={`${action}/drop`}
          values={dropped.values}
          errors={dropped.errors ?? {}}
          keys="search"
        >
          <SelectField
            name="reason"
            label="理由"
            required
            empty="選んでください"
            options={choicesOf(dropTitles)}
          />
          <Actions>
            <Button look="danger" confirm="この行を取り込みません。よろしいですか。">
              取り込まない
            </Button>
          </Actions>
        </Form>
      </Panel>
    </>
  );
}
