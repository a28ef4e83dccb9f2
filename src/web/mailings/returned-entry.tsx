import {
  correctReturn,
  enterReturn,
  listEntered,
  mailingKind,
  type ReturnReason,
  returnReasons,
} from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  Disclosure,
  FieldRow,
  Form,
  Notification,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { numberOf } from "#src/web/params.ts";
import { fragment, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { figure } from "./parts.tsx";
import type { Mailings } from "./set.ts";

/** How many of the last entries are seen. */
const shown = 10;

const codes = Object.keys(returnReasons) as ReturnReason[];

/** 返戻の入力: one code after the other, read or typed, each answered at once; the last ten stay to be corrected. */
export function returnedEntryScreens(of: Mailings): AnyRoute[] {
  const { program, paths } = of;
  const common = { right: "mailing.returned", program, purpose: "mailing" } as const;
  return [
    defineRoute({
      ...common,
      method: "get",
      path: paths.returned,
      audit: "returned-mail.opened",
      handle: (request) => answer(of, request, {}),
    }),
    defineRoute({
      ...common,
      method: "post",
      path: paths.returned,
      audit: "returned-mail.enter-asked",
      handle: (request) =>
        done(of, request, async () => {
          const { form, work } = request;
          const reason = form.choice("reason", codes);
          if (!reason) throw new Problem({ status: 422, message: "理由を選んでください。" });
          await work((unit) => enterReturn(unit, { code: form.text("code"), reason }));
        }),
    }),
    defineRoute({
      ...common,
      method: "post",
      path: `${paths.returned}/:returned` as const,
      audit: "returned-mail.correct-asked",
      handle: (request) =>
        done(of, request, async () => {
          const { form, work, params } = request;
          const reason = form.choice("reason", codes);
          if (!reason) throw new Problem({ status: 422, message: "理由を選んでください。" });
          const takenBack = form.has("back");
          await work((unit) =>
            correctReturn(unit, { id: numberOf(params.returned), reason, takenBack }),
          );
        }),
    }),
  ];
}

/** The entry again after a step: a part of the page where only that was asked for. */
async function done<Path extends string>(
  of: Mailings,
  request: ScreenRequest<Path>,
  act: () => Promise<void>,
): Promise<Reply> {
  const reason = request.form.choice("reason", codes);
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return answer(of, request, { reason, refused: error });
  }
  if (!request.partial) return redirect(of.paths.returned, "記録しました。");
  return answer(of, request, { reason });
}

interface Told {
  reason?: ReturnReason | undefined;
  refused?: Problem;
}

async function answer(
  of: Mailings,
  { work, partial, form }: Pick<ScreenRequest, "work" | "partial" | "form">,
  told: Told,
): Promise<Reply> {
  const entered = await work((unit) => listEntered(unit, shown));
  const entry = <Entry of={of} told={told} code={form.text("code")} entered={entered} />;
  if (partial) return fragment(entry);
  return page({
    title: `${of.title} 返戻の入力`,
    breadcrumb: [{ title: "返戻郵便", path: of.paths.openReturns }, { title: "入力" }],
    status: told.refused?.status ?? 200,
    content: (
      <>
        <PageTitle
          actions={<ButtonLink href={of.paths.openReturns}>確かめていない返戻を見る</ButtonLink>}
        >
          返戻の入力
        </PageTitle>
        {entry}
      </>
    ),
  });
}

function Entry(props: {
  of: Mailings;
  told: Told;
  code: string;
  entered: Awaited<ReturnType<typeof listEntered>>;
}) {
  const { of, told, code, entered } = props;
  const { total, reasons, rows } = entered;
  const sums = reasons.map(({ reason, pieces }) => `${returnReasons[reason]} ${figure(pieces)}`);
  return (
    <div id="returned-entry">
      <Panel title="読み取る">
        {told.refused && (
          <Notification
            tone="error"
            title={`${code ? `「${code}」` : ""}${told.refused.message}`}
          />
        )}
        <Form
          action={of.paths.returned}
          keys="search"
          class="form stacked"
          replaces="#returned-entry"
        >
          <FieldRow>
            <NumberField
              name="code"
              label="郵便物の番号"
              required
              autofocus
              width={20}
              check="piece"
            />
            <SelectField
              name="reason"
              label="理由"
              required
              value={told.reason ?? "unknown-address"}
              options={choicesOf(returnReasons)}
            />
            <Button shortcut="Enter">入力する</Button>
          </FieldRow>
          <p class="field-hint">
            コードを読み取るか、番号を入力して
            Enter。続けて次を読み取れ、理由は次の1通にも入ります。
          </p>
        </Form>
      </Panel>
      <Panel title={`今日の入力 ${figure(total)}通`} actions={sums.join("　")}>
        <Table
          caption="最後の10通"
          columns={[
            { title: "順", cell: (row) => figure(total - rows.indexOf(row)), nowrap: true },
            { title: "番号", cell: ({ pieceNumber }) => pieceNumber, nowrap: true },
            { title: "氏名", cell: ({ person }) => person?.name?.kanji ?? "（見られません）" },
            {
              title: "内容",
              cell: ({ kind, subject }) => mailingKind(kind).subjectTitle(subject),
            },
            { title: "理由", cell: ({ reason }) => returnReasons[reason], nowrap: true },
            {
              title: "訂正",
              cell: (row) => (row.outcome === null ? <Correction of={of} row={row} /> : "確認済み"),
            },
          ]}
          rows={rows}
          empty="今日はまだ入力していません。"
        />
      </Panel>
    </div>
  );
}

function Correction({
  of,
  row,
}: {
  of: Mailings;
  row: { id: number; pieceNumber: string; reason: ReturnReason };
}) {
  return (
    <Disclosure title="直す">
      <Form
        action={`${of.paths.returned}/${row.id}`}
        keys="search"
        class="form stacked"
        replaces="#returned-entry"
      >
        <SelectField
          name="reason"
          idPrefix={`row-${row.id}`}
          label={`${row.pieceNumber} の理由`}
          value={row.reason}
          options={choicesOf(returnReasons)}
        />
        <Actions>
          <Button look="secondary">理由を直す</Button>
          <Button
            look="danger"
            name="back"
            value="yes"
            confirm="この返戻の入力を取り消します。よろしいですか。"
          >
            入力を取り消す
          </Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
