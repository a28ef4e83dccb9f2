import { EntryProblem } from "#src/platform/problem.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import { Actions, Button, ButtonLink, Form, PageTitle, Panel } from "#src/web/components/index.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { punchedItemTitle } from "../../punched-files/items.ts";
import { fileNumber, getFile } from "../../punched-files/move.ts";
import { keepRekeyed, nextToKey } from "../../punched-files/rekeying.ts";
import { paths } from "../paths.ts";
import { guard } from "./parts.tsx";
import { RowFields, readRowForm } from "./row-fields.tsx";

const shared = {
  ...guard,
  path: "/vaccination/punched-files/:fileId/rekeying",
  right: "case.enter",
} as const;

/** 再入力検査: a drawn row, keyed from the paper without seeing what the contractor keyed. */
export const rekeyingScreens: readonly AnyRoute[] = [
  defineRoute({
    ...shared,
    method: "get",
    audit: "punched-file.rekeying-opened",
    handle: (request) => rekeyingPage(request),
  }),
  defineRoute({
    ...shared,
    method: "post",
    audit: "punched-file.rekeying-sent",
    async handle(request) {
      const { params, form, work } = request;
      try {
        const raw = readRowForm(form);
        if (!raw.givenOn)
          throw new EntryProblem("givenOn", "接種日を入力してください。例: R8.11.20");
        const row = form.integer("row") ?? 0;
        const differing = await work((unit) =>
          keepRekeyed(unit, { fileId: params.fileId, row, raw }),
        );
        const said =
          differing.length === 0
            ? `${row}行目は、委託先の入力と一致しました。`
            : `${row}行目は、${differing.map(punchedItemTitle).join("、")}が違いました。`;
        return redirect(paths.punchedRekeying(params.fileId), said);
      } catch (error) {
        return rekeyingPage(request, sentWith("rekey", form, error));
      }
    },
  }),
];

async function rekeyingPage(
  { params, work }: ScreenRequest<typeof shared.path>,
  sent?: Sent,
): Promise<Reply> {
  const { file, order, row } = await work(async (unit) => {
    const { file, handover } = await getFile(unit, params.fileId);
    return { file, order: handover.orderNumber, row: await nextToKey(unit, file.id) };
  });
  return page({
    title: `再入力検査 ${fileNumber(file)}`,
    status: statusOf(sent),
    breadcrumb: [
      { title: "パンチデータ", path: paths.punchedFiles },
      { title: fileNumber(file), path: paths.punchedFile(file.id) },
      { title: "再入力検査" },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>再入力検査 {fileNumber(file)}</PageTitle>
        <SentNote />
        {row === undefined ? (
          <Panel title="終わりました">
            <p class="lead">抜き取った行は、すべて入れ直しました。</p>
            <Actions>
              <ButtonLink href={paths.punchedFile(file.id)}>結果を見る</ButtonLink>
            </Actions>
          </Panel>
        ) : (
          <RekeyForm fileId={file.id} order={order} row={row} />
        )}
      </SentContext.Provider>
    ),
  });
}

function RekeyForm({ fileId, order, row }: { fileId: string; order: string; row: number }) {
  const { values, errors } = useSent("rekey");
  return (
    <Panel title={`注文番号 ${order} の ${row}枚目の予診票`}>
      <Form action={paths.punchedRekeying(fileId)} values={values} errors={errors ?? {}} focusFirst>
        <input type="hidden" name="row" value={row} />
        <RowFields raw={{}} />
        <Actions>
          <Button>比べる</Button>
          <ButtonLink href={paths.punchedFile(fileId)}>あとで続ける</ButtonLink>
        </Actions>
      </Form>
    </Panel>
  );
}
