import {
  copyActions,
  countCopies,
  decideCopy,
  enterErasedCopy,
  getCopy,
  type ListCopy,
  listCopies,
} from "#src/platform/documents/index.ts";
import type { FlowAction } from "#src/platform/flow.ts";
import { Button, DisabledAction, Form, PageTitle, Pagination, Table } from "../components/index.ts";
import { numberOf } from "../params.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { copyColumns } from "./columns.tsx";
import { copiesPath } from "./paths.ts";
import { type Copies, copyGuard, sourceOf } from "./source.ts";

const linesOfRegister = 50;
const erasedSaid = "廃棄を記録しました。";

/** 写しの記録: who asked for what and why, who allowed it, how often it was taken, what is left; and the steps of each. */
export function registerScreens(copies: Copies): AnyRoute[] {
  const { program } = copies;
  const path = copiesPath(program);
  const asks = copyGuard(copies, "asks");
  const allows = copyGuard(copies, "allows");
  return [
    registerPage(copies),
    defineRoute({
      ...allows,
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
    defineRoute({
      ...asks,
      method: "post",
      path: `${path}/:copy/erase` as const,
      audit: "list-copy.erasure-entered",
      async handle({ params, work }) {
        await work(async (unit) =>
          enterErasedCopy(unit, await getCopy(unit, program, numberOf(params.copy)), "erase"),
        );
        return redirect(path, erasedSaid);
      },
    }),
    defineRoute({
      ...allows,
      method: "post",
      path: `${path}/:copy/confirm` as const,
      audit: "list-copy.erasure-confirmed",
      async handle({ params, work }) {
        await work(async (unit) =>
          enterErasedCopy(unit, await getCopy(unit, program, numberOf(params.copy)), "confirm"),
        );
        return redirect(path, erasedSaid);
      },
    }),
  ];
}

/** For whoever asks and whoever allows; what each may see of it says the database. */
function registerPage(copies: Copies): AnyRoute {
  const { program, title } = copies;
  const path = copiesPath(program);
  return defineRoute({
    ...copyGuard(copies, "sees"),
    method: "get",
    path,
    audit: "list-copy.register-opened",
    async handle({ query, work }) {
      const asked = Math.max(1, query.integer("page") ?? 1);
      const found = await work(async (unit) => {
        const lines = { from: (asked - 1) * linesOfRegister, size: linesOfRegister };
        const rows: RegisterRow[] = [];
        for (const copy of await listCopies(unit, { program }, lines))
          rows.push({
            copy,
            words:
              copy.words ?? (await sourceOf(copies, copy.filter.of).describe(unit, copy.filter)),
            actions: copyActions(unit, copy),
          });
        return { rows, total: await countCopies(unit, { program }) };
      });
      const heading = `${title} 写しの記録`;
      return page({
        title: heading,
        breadcrumb: [{ title: "写しの記録" }],
        content: (
          <>
            <PageTitle>{heading}</PageTitle>
            <Table
              caption="写しの記録"
              rows={found.rows}
              empty="写しの申請はまだありません。"
              columns={[
                ...copyColumns<RegisterRow>(({ copy, words }) => ({ ...copy, words })),
                { title: "操作", cell: (row) => <CopyActions path={path} {...row} /> },
              ]}
            />
            <Pagination
              page={asked}
              pages={Math.max(1, Math.ceil(found.total / linesOfRegister))}
              href={(next) => `${path}?page=${next}`}
            />
          </>
        ),
      });
    },
  });
}

interface RegisterRow {
  copy: ListCopy;
  words: string;
  actions: readonly FlowAction[];
}

/** The place to which a button sends; decisions are told apart by their event. */
const placeOf = (type: string) => (type === "approve" || type === "refuse" ? "decision" : type);

const asks: Record<string, string> = {
  erase: "この写しを、紙もファイルも残さず廃棄しましたか。記録は取り消せません。",
  confirm: "受け取った職員に代わり、廃棄を確かめましたか。記録は取り消せません。",
};

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
            action={`${path}/${copy.id}/${placeOf(type)}`}
            keys="search"
            class="inline-form"
          >
            {placeOf(type) === "decision" && <input type="hidden" name="event" value={type} />}
            <Button look={type === "refuse" ? "quiet" : "secondary"} confirm={asks[type]}>
              {title}
            </Button>
          </Form>
        ),
      )}
    </>
  );
}
