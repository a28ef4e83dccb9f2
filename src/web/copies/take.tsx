import { holds } from "#src/platform/access/index.ts";
import { getCopy, requireCopyable, takeCopy } from "#src/platform/documents/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { PageTitle } from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { download, page, type Reply } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { copiesPath } from "./paths.ts";
import { type Copies, copyGuard, sourceOf } from "./source.ts";

/** Hands a copy out: to whoever asked, while it is allowed. */
export const takeScreen = (copies: Copies) =>
  defineRoute({
    ...copyGuard(copies, "asks"),
    method: "post",
    path: `${copiesPath(copies.program)}/:copy/take` as const,
    audit: "list-copy.handed-out",
    handle: (request) => copyReply(copies, request),
  });

/** The copy itself: a file for a spreadsheet, or a page to print. Entered in the register before it goes out. */
async function copyReply(
  copies: Copies,
  { params, work, platform, actor }: ScreenRequest<"/:copy">,
): Promise<Reply> {
  const { program, title } = copies;
  const id = numberOf(params.copy);
  const { filter } = await work((unit) => getCopy(unit, program, id));
  const source = sourceOf(copies, filter.of);
  if (!holds(actor, source.right, { program }))
    throw new Problem({ status: 403, message: `${source.title}を見る権限がありません。` });
  const { copy, taken, words } = await work(
    async (unit) => {
      const copy = await getCopy(unit, program, id);
      requireCopyable(await source.count(unit, copy.filter), source.most);
      const taken = await source.take(unit, copy.filter);
      await takeCopy(unit, copy, taken);
      return { copy, taken, words: await source.describe(unit, copy.filter) };
    },
    { reason: { code: "copy", of: `${title} 写し 第${id}号` } },
  );
  if (copy.format === "csv")
    return download(
      `${program}-${source.name}-${copy.id}.csv`,
      "text/csv; charset=utf-8",
      taken.csv,
    );
  const of = title === source.title ? title : `${title} ${source.title}`;
  const heading = `${of}（写し 第${copy.id}号）`;
  return page({
    title: heading,
    breadcrumb: [{ title: "写しの記録", path: copiesPath(program) }, { title: `第${copy.id}号` }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <p class="lead">
          {words}　{taken.lines.toLocaleString("ja-JP")}件　{showMoment(platform.clock.now())}　
          {actor.staffName}。用が済んだら裁断してください。
        </p>
        {taken.content}
      </>
    ),
  });
}
