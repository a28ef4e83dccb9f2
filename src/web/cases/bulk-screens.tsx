import { paperOfDecision } from "#src/platform/applications/index.ts";
import { type Bulk, beginBulk, confirmBulk, readBulk } from "#src/platform/cases/index.ts";
import { type PaperVersion, paperMark } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { peopleOfRows } from "../person-cell.tsx";
import { fragment, moveOn, page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { decideItem, lookThroughItem } from "./bulk-items.ts";
import { bulkList } from "./bulk-list.tsx";
import { BulkPage, BulkProgress, phaseOf } from "./bulk-page.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { bulkPath } from "./paths.ts";

/** So long a request goes on with the next case, in milliseconds; the page then asks for more. */
const longEnough = 3000;

/**
 * 一括決裁: chosen in a list, looked through one by one, confirmed, decided one by one, with an answer for each. The page
 * asks for one short portion after the other, so that everything is done in the name of the person who sits there.
 */
export function bulkScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program, title } = screens.application;
  const path = bulkPath(program);
  const guard = { right: "case.approve", program, purpose: "approval" } as const;
  return [
    bulkList(screens),
    defineRoute({
      ...guard,
      method: "post",
      path,
      audit: "bulk-approval.requested",
      async handle({ form, work }) {
        const caseIds = form.all("case");
        if (caseIds.length === 0)
          return redirect(path, { tone: "warning", text: "決裁するものが選ばれていません。" });
        const chosen = { kind: form.text("kind"), subject: form.text("subject"), caseIds };
        return moveOn(`${path}/${await work((unit) => beginBulk(unit, chosen))}`);
      },
    }),
    defineRoute({
      ...guard,
      method: "get",
      path: `${path}/:bulk` as const,
      audit: "bulk-approval.opened",
      handle: (request) => bulkReply(screens, request),
    }),
    // A portion of what is still to be looked through or decided.
    defineRoute({
      ...guard,
      method: "post",
      path: `${path}/:bulk/go` as const,
      audit: "bulk-approval.went-on",
      async handle(request) {
        const { params, work, partial } = request;
        const { bulk, items } = await work((unit) => readBulk(unit, program, params.bulk));
        const until = Date.now() + longEnough;
        const phase = phaseOf(bulk, items);
        for (const item of phase.left) {
          if (Date.now() > until) break;
          if (phase.name === "looking") await lookThroughItem(screens, request, bulk, item);
          else await decideItem(screens, request, bulk, item);
        }
        const now = await work((unit) => readBulk(unit, program, params.bulk));
        const { name } = phaseOf(now.bulk, now.items);
        if (partial && name === phase.name)
          return fragment(<BulkProgress program={program} {...now} />);
        return moveOn(`${path}/${bulk.id}`);
      },
    }),
    defineRoute({
      ...guard,
      method: "post",
      path: `${path}/:bulk/confirm` as const,
      audit: "bulk-approval.confirm-requested",
      async handle(request) {
        const { params, form, work } = request;
        if (!form.has("seen"))
          return bulkReply(screens, request, {
            seen: "見本の通知書と内容を確かめて、しるしを付けてください。",
          });
        await work(async (unit) => {
          const { bulk } = await readBulk(unit, program, params.bulk);
          const paper = await paperOfBulk(unit, screens, bulk);
          const now = paper ? paperMark(paper) : noPaper;
          if (form.text("paper") !== now)
            throw new Problem({
              status: 409,
              message: "帳票の設定が変わりました。見本をもう一度確かめてください。",
              see: { title: `${title} 一括決裁`, path: `${path}/${bulk.id}` },
            });
          await confirmBulk(unit, bulk.id, now);
        });
        return redirect(`${path}/${params.bulk}`, "確かめた内容で、決裁を始めました。");
      },
    }),
  ];
}

/** Stands for the version of the paper where each decision chooses a form of its own, by what is decided. */
const noPaper = "none";

/** With what the letters would be printed now; nothing for a kind of case whose notices are of a form each. */
const paperOfBulk = async (
  work: Work,
  { application, others = [] }: AnyCaseScreens,
  { kind, subject }: Bulk,
): Promise<PaperVersion | undefined> =>
  others.some((one) => one.kind === kind)
    ? undefined
    : paperOfDecision(work, application.program, subject);

async function bulkReply(
  screens: AnyCaseScreens,
  { params, work, platform }: ScreenRequest<"/:bulk">,
  errors: Record<string, string> = {},
): Promise<Reply> {
  const { program, title } = screens.application;
  const seen = await work(async (unit) => {
    const { bulk, items } = await readBulk(unit, program, params.bulk);
    const numbers = items.map(({ personNumber }) => personNumber);
    return {
      bulk,
      items,
      people: await peopleOfRows(unit, numbers),
      paper: await paperOfBulk(unit, screens, bulk),
    };
  });
  const path = bulkPath(program);
  const heading = `${title} 一括決裁`;
  return page({
    title: heading,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    breadcrumb: [{ title: "一括決裁", path }, { title: phaseOf(seen.bulk, seen.items).title }],
    content: (
      <BulkPage
        {...seen}
        screens={screens}
        today={platform.clock.today()}
        heading={heading}
        errors={errors}
      />
    ),
  });
}
