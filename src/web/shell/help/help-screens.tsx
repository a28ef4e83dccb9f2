import { notFound } from "#src/platform/problem.ts";
import { Columns, PageTitle, Panel } from "../../components/index.ts";
import { ShortcutList } from "../../dialogs.tsx";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { chapters, helpPath } from "./chapters.ts";
import { Markdown } from "./markdown.tsx";

const shared = {
  method: "get",
  right: "signed-in",
  purpose: "inquiry",
  audit: "nothing-personal",
  because: "a text of the program",
} as const;

const title = "ヘルプ";

/** The handbook in the program: its pages, and the one that belongs to a screen. */
export const helpScreens = [
  defineRoute({
    ...shared,
    path: "/help",
    handle: async () =>
      page({
        title,
        breadcrumb: [{ title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <Columns>
              <Panel title="職員の手引き">
                <ChapterList />
              </Panel>
              <Panel title="キーボード操作">
                <ShortcutList />
                <p class="field-hint">どの画面でも「?」で表示できます。</p>
              </Panel>
            </Columns>
          </>
        ),
      }),
  }),
  defineRoute({
    ...shared,
    path: "/help/:chapter",
    async handle({ params }) {
      const chapter = chapters.find(({ id }) => id === params.chapter);
      if (!chapter) throw notFound("手引きにこのページはありません。");
      return page({
        title: `${title} ${chapter.title}`,
        breadcrumb: [{ title, path: "/help" }, { title: chapter.title }],
        content: (
          <Columns wide="first">
            <article class="handbook">
              <Markdown text={chapter.text} link={linkOf} />
            </article>
            <Panel title="職員の手引き">
              <ChapterList current={chapter.id} />
            </Panel>
          </Columns>
        ),
      });
    },
  }),
];

/** Where another page of the handbook stands; files beside it are no pages of the program. */
const linkOf = (href: string): string | undefined => {
  const id = href.replace(/\.md$/, "");
  return chapters.some((one) => one.id === id) ? helpPath(id) : undefined;
};

function ChapterList({ current }: { current?: string }) {
  return (
    <ol class="plain-list">
      {chapters.map(({ id, title }) => (
        <li key={id}>
          <a href={helpPath(id)} aria-current={id === current ? "page" : undefined}>
            {title}
          </a>
        </li>
      ))}
    </ol>
  );
}
