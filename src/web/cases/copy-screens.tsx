import {
  copiesWaiting,
  copyActions,
  decideCopy,
  getCopy,
  type ListCopy,
  listCopies,
  requestCopy,
  requireCopyable,
  takeCopy,
} from "#src/platform/documents/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { copyV1 } from "#workflows/access/copy-machine.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState, stateMeta } from "#workflows/flows/answer.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DefinitionList,
  DisabledAction,
  Form,
  PageTitle,
  Pagination,
  Panel,
  RadioGroup,
  Table,
  TextArea,
} from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { download, page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { caseColumns, kindsOf } from "./case-table.tsx";
import {
  addressOfCopy,
  countCopied,
  csvOf,
  filterKept,
  filterWords,
  readCopied,
} from "./copy-rows.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { addressOf, type ListAddress, readAddress } from "./list-address.ts";
import { StateBadge } from "./parts.tsx";
import { copiesPath, listPath } from "./paths.ts";

const formatTitles = { csv: "CSV（表計算）", print: "印刷" } as const;
const shortestReason = 5;
const longestReason = 500;
const linesOfRegister = 50;

/** Copies of lists (USE-9): asked for with a reason, allowed by another, entered in a register. */
export function copyScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program, title } = screens.application;
  const path = copiesPath(program);
  const guard = { program, right: "copy.request", purpose: "case" } as const;
  const kinds = kindsOf(screens).map(({ value }) => value);
  return [
    defineRoute({
      ...guard,
      method: "get",
      path,
      audit: "list-copy.register-opened",
      async handle({ query, work }) {
        const asked = Math.max(1, query.integer("page") ?? 1);
        const found = await work(async (unit) => {
          const { total, rows } = await listCopies(unit, program, {
            page: asked,
            size: linesOfRegister,
          });
          const shown = [];
          for (const copy of rows)
            shown.push({
              copy,
              words: await filterWords(screens, unit, addressOfCopy(screens, copy)),
              actions: copyActions(unit, copy),
            });
          return { shown, pages: Math.max(1, Math.ceil(total / linesOfRegister)) };
        });
        const heading = `${title} 写しの記録`;
        return page({
          title: heading,
          breadcrumb: [{ title: "写しの記録" }],
          content: (
            <>
              <PageTitle>{heading}</PageTitle>
              <Register path={path} rows={found.shown} />
              <Pagination
                page={asked}
                pages={found.pages}
                href={(next) => `${path}?page=${next}`}
              />
            </>
          ),
        });
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: `${path}/new` as const,
      audit: "list-copy.request-opened",
      handle: (request) => requestReply(screens, request, readAddress(request.query, kinds)),
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `${path}/new` as const,
      audit: "list-copy.request-sent",
      async handle(request) {
        const { form, work } = request;
        const address = readAddress(form, kinds);
        const format = form.choice("format", ["csv", "print"]);
        const reason = form.text("reason");
        const errors: Record<string, string> = {};
        if (!format) errors.format = "写しの種類を選んでください。";
        if (reason.length < shortestReason)
          errors.reason = `何に使うかが分かる理由を${shortestReason}文字以上で入力してください。`;
        if (reason.length > longestReason) errors.reason = `理由は${longestReason}文字までです。`;
        if (!format || Object.keys(errors).length > 0)
          return requestReply(screens, request, address, { form, errors });
        await work(async (unit) => {
          const lines = await countCopied(screens, unit, address);
          requireCopyable(lines);
          const filter = filterKept(address, unit.actor.staffId);
          await requestCopy(unit, { program, format, filter, lines, reason });
        });
        return redirect(path, "写しを申請しました。ほかの職員が承認すると受け取れます。");
      },
    }),
    defineRoute({
      ...guard,
      right: "copy.approve",
      method: "post",
      path: `${path}/:copy/decision` as const,
      audit: "list-copy.decision-requested",
      async handle({ params, form, work }) {
        const event = form.choice("event", ["approve", "refuse"]) ?? "refuse";
        await work(async (unit) =>
          decideCopy(unit, await getCopy(unit, program, numberOf(params.copy)), event),
        );
        return redirect(path, event === "approve" ? "承認しました。" : "却下しました。");
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `${path}/:copy/take` as const,
      audit: "list-copy.handed-out",
      handle: (request) => copyReply(screens, request),
    }),
  ];
}

async function requestReply(
  screens: AnyCaseScreens,
  { work }: Pick<ScreenRequest, "work">,
  address: ListAddress,
  sent?: { form: Values; errors: Record<string, string> },
): Promise<Reply> {
  const { program, title } = screens.application;
  const { lines, words } = await work(async (unit) => ({
    lines: await countCopied(screens, unit, address),
    words: await filterWords(screens, unit, address),
  }));
  const heading = `${title} 写しの申請`;
  return page({
    title: heading,
    status: sent ? 422 : 200,
    breadcrumb: [{ title: "申請一覧", path: listPath(program) }, { title: "写しの申請" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <Panel title="写しにする一覧">
          <DefinitionList
            items={[
              ["条件", words],
              ["今の件数", `${lines.toLocaleString("ja-JP")}件`],
              [
                "載るもの",
                "番号、氏名、年齢、種別、状態、区、担当、受付日、期限。支援措置の方の氏名は載りません。",
              ],
            ]}
          />
        </Panel>
        <Form action={`${copiesPath(program)}/new`} values={sent?.form} errors={sent?.errors}>
          {Object.entries(address).map(
            ([name, value]) =>
              value !== undefined && (
                <input
                  key={name}
                  type="hidden"
                  name={name}
                  value={value === true ? "yes" : `${value}`}
                />
              ),
          )}
          <RadioGroup
            name="format"
            label="写しの種類"
            required
            value="print"
            options={[
              { value: "print", label: formatTitles.print },
              { value: "csv", label: formatTitles.csv },
            ]}
          />
          <TextArea
            name="reason"
            label="理由"
            required
            rows={2}
            hint="何に使い、いつ廃棄するか。写しの記録に残ります。個人の氏名は書かないでください。"
          />
          <Actions>
            <Button shortcut="Ctrl+Enter">申請する</Button>
            <ButtonLink href={addressOf(program, address)}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}

interface RegisterRow {
  copy: ListCopy;
  words: string;
  actions: readonly FlowAction[];
}

const Register = ({ path, rows }: { path: string; rows: readonly RegisterRow[] }) => (
  <Table
    caption="写しの記録"
    rows={rows}
    empty="写しの申請はまだありません。"
    columns={[
      { title: "番号", cell: ({ copy }) => `第${copy.id}号`, nowrap: true },
      {
        title: "申請",
        cell: ({ copy }) => `${copy.requester} ${showMoment(copy.requestedAt)}`,
      },
      {
        title: "内容",
        cell: ({ copy, words }) => `${formatTitles[copy.format]} ${words}（${copy.lines}件）`,
      },
      { title: "理由", cell: ({ copy }) => copy.reason },
      {
        title: "状態",
        cell: ({ copy }) => {
          const { title, tone = "info" } = stateMeta(copyV1, copy.decision ?? firstState(copyV1));
          return (
            <>
              <StateBadge tone={tone} title={title} /> {copy.decider}
              {copy.takeBy && <> {showDateShort(copy.takeBy as IsoDate)}まで</>}
              {copy.taken > 0 && <Badge>{`受取 ${copy.taken}回`}</Badge>}
            </>
          );
        },
      },
      { title: "操作", cell: (row) => <CopyActions path={path} {...row} /> },
    ]}
  />
);

function CopyActions({ path, copy, actions }: RegisterRow & { path: string }) {
  return (
    <>
      {actions.map(({ type, title, reasons }) =>
        reasons.length > 0 ? (
          <DisabledAction key={type} reasons={reasons}>
            {title}
          </DisabledAction>
        ) : (
          <Form
            key={type}
            action={`${path}/${copy.id}/${type === "take" ? "take" : "decision"}`}
            keys="search"
            class="inline-form"
          >
            {type !== "take" && <input type="hidden" name="event" value={type} />}
            <Button look={type === "refuse" ? "quiet" : "secondary"}>{title}</Button>
          </Form>
        ),
      )}
    </>
  );
}

/** The copy itself: a file for a spreadsheet, or a page to print. Entered in the register before it goes out. */
async function copyReply(
  screens: AnyCaseScreens,
  { params, work, platform, actor }: ScreenRequest<"/:copy">,
): Promise<Reply> {
  const { program, title } = screens.application;
  const id = numberOf(params.copy);
  const { reason } = await work((unit) => getCopy(unit, program, id));
  const { copy, list, words } = await work(
    async (unit) => {
      const copy = await getCopy(unit, program, id);
      const address = addressOfCopy(screens, copy);
      requireCopyable(await countCopied(screens, unit, address));
      const list = await readCopied(screens, unit, address);
      const persons = [...list.people.keys()];
      await takeCopy(unit, copy, { lines: list.lines.length, persons });
      return { copy, list, words: await filterWords(screens, unit, address) };
    },
    { reason },
  );
  const today = platform.clock.today();
  if (copy.format === "csv")
    return download(
      `${program}-cases-${copy.id}.csv`,
      "text/csv; charset=utf-8",
      csvOf(screens, list, today),
    );
  const heading = `${title} 申請一覧（写し 第${copy.id}号）`;
  return page({
    title: heading,
    breadcrumb: [{ title: "写しの記録", path: copiesPath(program) }, { title: `第${copy.id}号` }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <p class="lead">
          {words}　{list.lines.length.toLocaleString("ja-JP")}件　{showMoment(platform.clock.now())}
          　{actor.staffName}。用が済んだら裁断してください。
        </p>
        <Table
          caption={heading}
          rows={list.lines}
          columns={caseColumns({ ...list, today, kinds: kindsOf(screens) })}
        />
      </>
    ),
  });
}

/** Copies that wait for this person: to be allowed, or to be taken. */
export async function copyItems(
  { application: { program, title } }: AnyCaseScreens,
  work: Work,
): Promise<WorkItem[]> {
  return (await copiesWaiting(work, program)).map((copy) => ({
    list: "waiting",
    kind: copy.decision === null ? "一覧の写しの承認" : "一覧の写しの受け取り",
    title: `${title} 写し 第${copy.id}号`,
    path: copiesPath(program),
    since: copy.requestedAt,
  }));
}
