import {
  copyActions,
  decideCopy,
  getCopy,
  type ListCopy,
  listCopies,
} from "#src/platform/documents/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import { copyV1 } from "#workflows/access/copy-machine.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState, stateMeta } from "#workflows/flows/answer.ts";
import {
  Badge,
  Button,
  DisabledAction,
  Form,
  PageTitle,
  Pagination,
  Table,
} from "../components/index.ts";
import { showDateShort, showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { copiesPath } from "./paths.ts";
import { type Copies, formatTitles, sourceOf } from "./source.ts";

const linesOfRegister = 50;

/** 写しの記録: who asked for what and why, who allowed it, how often it was taken; and the decision on each. */
export function registerScreens(copies: Copies): AnyRoute[] {
  const { program, title } = copies;
  const path = copiesPath(program);
  const guard = { program, right: "copy.request", purpose: "case" } as const;
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
              words: await sourceOf(copies, copy.filter.of).describe(unit, copy.filter),
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
      right: "copy.approve",
      method: "post",
      path: `${path}/:copy/decision` as const,
      audit: "list-copy.decision-requested",
      async handle({ params, form, work }) {
        const event = form.pressed(["approve", "refuse"]);
        await work(async (unit) =>
          decideCopy(unit, await getCopy(unit, program, numberOf(params.copy)), event),
        );
        return redirect(path, event === "approve" ? "承認しました。" : "却下しました。");
      },
    }),
  ];
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
              <Badge tone={tone}>{title}</Badge> {copy.decider}
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
