import { asJpeg } from "#src/formats/blackout/picture.ts";
import { headOf } from "#src/platform/applications/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { HeadLine } from "#src/web/cases/head-line.tsx";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Columns,
  Form,
  NumberField,
  PageTitle,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { inlineFile, moveOn, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { reliefCase } from "../../relief/open.ts";
import {
  checkPage,
  markBlackout,
  pageToShow,
  scansToCheck,
  takeBackBlackout,
} from "../../relief/package.ts";
import { reliefPaths } from "./paths.ts";
import { clicked, clickedBox, shownWide, typedBox } from "./read-blackout.ts";
import { scanTitle } from "./scan-title.ts";

const guard = { right: "case.examine", program: "vaccination", purpose: "case" } as const;
const base = "/vaccination/cases/:caseId/package";

/** A page of a scan, on which numbers of people are blacked out before it goes to the prefecture. */
export const blackoutScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: `${base}/:scan/:page`,
    audit: "relief.page-opened",
    handle: (request) => blackoutPage(request),
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: `${base}/:scan/:page/picture`,
    audit: "relief.page-looked-at",
    async handle({ params, work }) {
      const { caseId, scan, page: at } = params;
      const picture = await work(
        async (unit) => {
          await reliefCase(unit, caseId);
          return pageToShow(unit, caseId, { attachmentId: scan, page: Number(at) });
        },
        { caseId },
      );
      return inlineFile("page.jpg", "image/jpeg", await asJpeg(picture));
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${base}/:scan/:page`,
    audit: "relief.page-marked",
    async handle(request) {
      const { params, form, work } = request;
      const { caseId, scan, page: at } = params;
      const here = `${reliefPaths.package(caseId)}/${scan}/${at}` as const;
      const where = { attachmentId: scan, page: Number(at) };
      try {
        const to = await work(
          async (unit) => {
            await reliefCase(unit, caseId);
            return act(unit, caseId, { form, where, here });
          },
          { caseId },
        );
        return "said" in to ? redirect(to.path, to.said) : moveOn(to.path);
      } catch (error) {
        return blackoutPage(request, sentWith("blackout", form, error));
      }
    },
  }),
];

type To = { path: `/${string}`; said?: never } | { path: `/${string}`; said: string };

/** What was sent from the page: a click (the first corner, then the other), numbers, a mark taken back, or that it was looked through. */
async function act(
  work: Work,
  caseId: string,
  sent: { form: Values; where: { attachmentId: string; page: number }; here: `/${string}` },
): Promise<To> {
  const { form, where, here } = sent;
  if (form.has("takeBack")) {
    await takeBackBlackout(work, form.integer("takeBack") ?? 0);
    return { path: here, said: "黒塗りを取り消しました。" };
  }
  if (form.has("checked")) {
    await checkPage(work, caseId, where);
    const next = await nextUnchecked(work, caseId, where);
    return next
      ? { path: next, said: "このページを確かめました。次のページです。" }
      : {
          path: reliefPaths.package(caseId),
          said: "すべてのページを確かめました。進達する写しを作成してください。",
        };
  }
  const box = form.has("at.x") ? clickedBox(form) : typedBox(form);
  if (!box) {
    const { x, y } = clicked(form);
    return { path: `${here}?x=${x}&y=${y}` };
  }
  await markBlackout(work, caseId, { ...where, ...box });
  return { path: here, said: "黒塗りしました。" };
}

async function nextUnchecked(
  work: Work,
  caseId: string,
  here: { attachmentId: string; page: number },
): Promise<`/${string}` | undefined> {
  const scans = await scansToCheck(work, caseId);
  const open = scans.flatMap(({ attachment, pages }) =>
    pages.flatMap(({ page: at, checked }) =>
      checked || (attachment.id === here.attachmentId && at === here.page)
        ? []
        : [`${reliefPaths.package(caseId)}/${attachment.id}/${at}` as const],
    ),
  );
  return open[0];
}

async function blackoutPage(
  {
    params,
    query,
    work,
  }: Pick<
    ScreenRequest<"/vaccination/cases/:caseId/package/:scan/:page">,
    "params" | "query" | "work"
  >,
  sent?: Sent,
): Promise<Reply> {
  const { caseId, scan: scanId, page: pageText } = params;
  const at = Number(pageText);
  const seen = await work(
    async (unit) => {
      const found = await reliefCase(unit, caseId);
      const scans = await scansToCheck(unit, caseId);
      const scan = scans.find(({ attachment }) => attachment.id === scanId);
      const one = scan?.pages.find((page_) => page_.page === at);
      if (!scan || !one) throw notFound("このページはありません。");
      const picture = await pageToShow(unit, caseId, { attachmentId: scanId, page: at });
      return { found, head: await headOf(unit, found), scan, one, picture };
    },
    { caseId },
  );
  const { found, head, scan, one, picture } = seen;
  const marks = found.state === "forwarding";
  const here = `${reliefPaths.package(caseId)}/${scanId}/${at}`;
  const high = Math.round((shownWide * picture.height) / picture.width);
  const first = query.has("x") ? { x: query.integer("x"), y: query.integer("y") } : undefined;
  const title = `${scanTitle(scan)} ${at}ページ`;
  const heading = `健康被害救済 請求 ${found.number} ${title}`;
  return page({
    title: heading,
    status: statusOf(sent),
    breadcrumb: [
      { title: found.number, path: `/vaccination/cases/${caseId}` },
      { title: "進達する写し", path: reliefPaths.package(caseId) },
      { title },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={
            one.checked ? (
              <Badge tone="success">確認済</Badge>
            ) : (
              <Badge tone="warning">未確認</Badge>
            )
          }
        >
          {heading}
        </PageTitle>
        <HeadLine head={head} />
        <SentNote />
        <Columns wide="first">
          <Panel title={title}>
            {marks ? (
              <Form action={here} class="picture-form">
                <p>
                  {first
                    ? "黒塗りする所の、反対の角をクリックしてください。"
                    : "黒塗りする所の、左上の角をクリックし、次に右下の角をクリックしてください。"}
                </p>
                <input type="hidden" name="shownHigh" value={high} />
                {first && <input type="hidden" name="fromX" value={first.x} />}
                {first && <input type="hidden" name="fromY" value={first.y} />}
                <input
                  type="image"
                  name="at"
                  src={`${here}/picture`}
                  width={shownWide}
                  height={high}
                  alt={`${title}。クリックして黒塗りする所を選ぶ`}
                />
                {first && (
                  <Actions>
                    <ButtonLink href={here}>1か所目を選び直す</ButtonLink>
                  </Actions>
                )}
              </Form>
            ) : (
              <img src={`${here}/picture`} width={shownWide} height={high} alt={title} />
            )}
          </Panel>
          <div>
            {marks && (
              <Panel title="確認">
                <Form action={here}>
                  <p>個人番号（12桁）が見えないことを確かめてから押してください。</p>
                  <input type="hidden" name="checked" value="yes" />
                  <Actions>
                    <Button>個人番号がないことを確かめた</Button>
                  </Actions>
                </Form>
              </Panel>
            )}
            <Panel title={`黒塗り ${one.boxes.length}か所`}>
              <Table
                caption="黒塗り"
                rows={one.boxes}
                empty="このページに黒塗りはありません。"
                columns={[
                  {
                    title: "左・上・幅・高さ（%）",
                    cell: ({ left, top, width, height }) =>
                      [left, top, width, height].map((part) => part / 10).join("・"),
                    nowrap: true,
                  },
                  ...(marks
                    ? [
                        {
                          title: "取消",
                          cell: ({ id }: { id: number }) => (
                            <Form action={here} class="inline-form">
                              <input type="hidden" name="takeBack" value={id} />
                              <Button look="secondary">取り消す</Button>
                            </Form>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </Panel>
            {marks && (
              <Panel title="数で黒塗りする">
                <SentForm class="form" event="blackout" action={here}>
                  <NumberField name="left" label="左から（%）" required width={8} />
                  <NumberField name="top" label="上から（%）" required width={8} />
                  <NumberField name="width" label="幅（%）" required width={8} />
                  <NumberField name="height" label="高さ（%）" required width={8} />
                  <Actions>
                    <Button look="secondary">黒塗りする</Button>
                  </Actions>
                </SentForm>
              </Panel>
            )}
          </div>
        </Columns>
      </SentContext.Provider>
    ),
  });
}
