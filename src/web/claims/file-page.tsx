import {
  type ClaimFile,
  type ClaimKind,
  claimRowItems,
  getClaimFile,
  type ListedRow,
  listRows,
  movedOnCount,
  rowsAPage,
  takeFileBack,
  takeRows,
  withdrawClaims,
} from "#src/platform/claims/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import {
  dropTitles,
  fileStates,
  type RowFault,
  type RowState,
  rowFaults,
  rowStates,
} from "#workflows/claims/file-row.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { ProblemNote, problemOf } from "../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DefinitionList,
  EmptyState,
  Form,
  PageTitle,
  Pagination,
  Panel,
  Progress,
  Table,
  Tabs,
} from "../components/index.ts";
import { showDate, showMoment } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { fragment, moveOn, page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { fileGuard, fileTones } from "./file-list.tsx";
import { claimPaths } from "./words.ts";

/** So long a request goes on with the next row, in milliseconds; the page then asks for more. */
const longEnough = 3000;

const busy = ({ state, counts }: ClaimFile): boolean =>
  (state === "taking" && counts.waiting > 0) || state === "taking-back";

/**
 * A file of claims: taken in row by row as long as its page stands open, in the name of the person who sits there; what became of
 * each row; and taking it back.
 */
export function filePageScreens(kind: ClaimKind): AnyRoute[] {
  const { program } = kind;
  const paths = claimPaths(program);
  const guard = fileGuard(kind);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path: `/${program}/claims/files/:file` as const,
      audit: "claims-file.opened",
      handle: (request) => filePage(kind, request, request.params.file),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/claims/files/:file/go` as const,
      audit: "claims-file.went-on",
      async handle({ params, work, partial }) {
        const read = () => work((unit) => getClaimFile(unit, kind, params.file));
        const before = await read();
        const until = Date.now() + longEnough;
        if (before.state === "taking") await takeRows(work, kind, before.id, until);
        if (before.state === "taking-back") await withdrawClaims(work, before.id, until);
        const after = await read();
        return partial && busy(after)
          ? fragment(<FileProgress kind={kind} file={after} />)
          : moveOn(paths.file(after.id));
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `/${program}/claims/files/:file/take-back` as const,
      audit: "claims-file.take-back-asked",
      async handle(request) {
        const { params, work } = request;
        try {
          await work((unit) => takeFileBack(unit, kind, params.file));
        } catch (error) {
          return filePage(kind, request, params.file, problemOf(error));
        }
        return redirect(paths.file(params.file), "ファイルの取消しを始めました。");
      },
    }),
  ];
}

/** How a file stands; one of which only rows at fault are left waits for somebody. */
export const stateInWords = (file: ClaimFile): string =>
  file.state === "taking" && !busy(file) ? "誤りの処理待ち" : fileStates[file.state];

/** How far it is; asks for the next portion by itself as long as the page stands open. */
function FileProgress({ kind, file }: { kind: ClaimKind; file: ClaimFile }) {
  const { counts, rows, state } = file;
  const back = state === "taking-back";
  const left = back ? counts.claimed + counts.incomplete : counts.waiting;
  const title = fileStates[state];
  return (
    <div id="file-progress" aria-live="polite">
      <Progress label={title} done={rows - left} total={rows} />
      <p class="lead">この画面を閉じると止まります。止まったところから、あとで続けられます。</p>
      <Form
        action={`${claimPaths(kind.program).file(file.id)}/go`}
        keys="search"
        class="inline-form"
        replaces="#file-progress"
        atOnce
      >
        <Button look="secondary">続ける</Button>
      </Form>
    </div>
  );
}

const states = Object.keys(rowStates) as RowState[];

async function filePage(
  kind: ClaimKind,
  { work, query, platform }: Pick<ScreenRequest, "work" | "query" | "platform">,
  fileId: string,
  problem?: Problem,
): Promise<Reply> {
  const paths = claimPaths(kind.program);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { file, state, rows, people, movedOn } = await work(async (unit) => {
    const found = await getClaimFile(unit, kind, fileId);
    const first = states.find((one) => one !== "waiting" && found.counts[one] > 0) ?? "claimed";
    const chosen = states.find((one) => one === query.text("state")) ?? first;
    const listed = await listRows(unit, fileId, { state: chosen, page: at });
    const numbers = listed.flatMap(({ personNumber }) => personNumber ?? []);
    return {
      file: found,
      state: chosen,
      rows: listed,
      people: await peopleOfRows(unit, numbers),
      movedOn: await movedOnCount(unit, fileId),
    };
  });
  const href = (of: RowState, to?: number) =>
    `${paths.file(fileId)}?${new URLSearchParams({ state: of, ...(to && { page: `${to}` }) })}`;
  const heading = `支給申請のファイル ${file.name}`;
  return page({
    title: heading,
    status: problem?.status ?? 200,
    breadcrumb: [
      { title: "償還払いの受付", path: paths.intake as `/${string}` },
      { title: "支給申請のファイル", path: paths.files as `/${string}` },
      { title: file.name },
    ],
    content: (
      <>
        <PageTitle badge={<Badge tone={fileTones[file.state]}>{stateInWords(file)}</Badge>}>
          {heading}
        </PageTitle>
        {problem && <ProblemNote problem={problem} />}
        {busy(file) && (
          <Panel title={fileStates[file.state]}>
            <FileProgress kind={kind} file={file} />
          </Panel>
        )}
        <Panel title="ファイル">
          <DefinitionList
            items={[
              ["受取", showMoment(file.receivedAt)],
              ["受付日（行に書かれていないとき）", showDate(file.receivedOn as IsoDate)],
              ["行", `${file.rows.toLocaleString("ja-JP")}行`],
              ...(file.takenBackAt ? ([["取消し", showMoment(file.takenBackAt)]] as const) : []),
            ]}
          />
          <TakeBack kind={kind} file={file} movedOn={movedOn} />
        </Panel>
        <Panel title="行ごとの結果">
          <Tabs
            label="行の状態"
            tabs={states
              .filter((one) => file.counts[one] > 0 || one === state)
              .map((one) => ({
                title: rowStates[one],
                count: file.counts[one],
                href: href(one),
                current: one === state,
              }))}
          />
          {rows.length === 0 ? (
            <EmptyState>この状態の行はありません。</EmptyState>
          ) : (
            <RowTable
              kind={kind}
              file={file}
              state={state}
              rows={rows}
              people={people}
              today={platform.clock.today()}
            />
          )}
          <Pagination
            page={at}
            pages={Math.ceil(file.counts[state] / rowsAPage)}
            href={(to) => href(state, to)}
          />
        </Panel>
      </>
    ),
  });
}

function TakeBack(props: { kind: ClaimKind; file: ClaimFile; movedOn: number }) {
  const { kind, file, movedOn } = props;
  if (file.state !== "taking" && file.state !== "taken") return null;
  if (movedOn > 0)
    return (
      <p class="field-hint">
        {`申請${movedOn.toLocaleString("ja-JP")}件が先に進んでいるため、ファイルは取り消せません。申請を1件ずつ取り下げてください。`}
      </p>
    );
  return (
    <Form action={`${claimPaths(kind.program).file(file.id)}/take-back`} keys="search">
      <Actions>
        <Button
          look="danger"
          confirm="このファイルから受け付けた申請をすべて取り下げ、残りの行を取りやめます。よろしいですか。"
        >
          ファイルを取り消す
        </Button>
        <ButtonLink href={claimPaths(kind.program).files}>一覧に戻る</ButtonLink>
      </Actions>
    </Form>
  );
}

/** A fault in words: the item, then what is the matter with it. */
export const faultInWords = ({ item, code }: RowFault): string => {
  const title = claimRowItems[item as keyof typeof claimRowItems]?.title;
  return title ? `${title}: ${rowFaults[code]}` : rowFaults[code];
};

function RowTable(props: {
  kind: ClaimKind;
  file: ClaimFile;
  state: RowState;
  rows: readonly ListedRow[];
  people: ReadonlyMap<string, Person>;
  today: IsoDate;
}) {
  const { kind, file, state, rows, people, today } = props;
  const paths = claimPaths(kind.program);
  const line = { title: "行", cell: (row: ListedRow) => row.line, align: "end" as const };
  if (state === "faulty")
    return (
      <Table
        caption="誤りのある行"
        rows={rows}
        href={(row) => paths.row(file.id, row.line)}
        columns={[
          line,
          {
            title: "誤り",
            cell: ({ faults }) => (
              <ul class="plain-list">
                {faults.map((fault) => (
                  <li key={fault.item}>{faultInWords(fault)}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    );
  if (state === "waiting" || state === "dropped")
    return (
      <Table
        caption={rowStates[state]}
        rows={rows}
        columns={[
          line,
          {
            title: "理由",
            cell: ({ reason }) => (reason ? dropTitles[reason as keyof typeof dropTitles] : "―"),
          },
        ]}
      />
    );
  return (
    <Table
      caption={rowStates[state]}
      rows={rows}
      href={({ caseId }) => paths.claim(caseId ?? "")}
      columns={[
        line,
        { title: "申請", cell: ({ caseNumber }) => caseNumber ?? "―", nowrap: true },
        {
          title: "氏名・年齢",
          cell: ({ personNumber }) => (
            <PersonCell person={people.get(personNumber ?? "")} today={today} />
          ),
        },
      ]}
    />
  );
}
