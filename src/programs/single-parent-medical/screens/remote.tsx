import { holds } from "#src/platform/access/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { WorkSource } from "#src/platform/program.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import {
  Button,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { inlinePdf, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { featureReason } from "../benefits.ts";
import { singleParent } from "../index.ts";
import { countRemote, listRemote, type RemoteHeld, reminderDays, remindRemote } from "../remote.ts";

const { program } = singleParent;
export const remoteTitle = "遠隔地証";
export const remotePath = `/${program}/remote-certificates` as const;
const perPage = 100;
const ticksForm = "reminded";

/** 遠隔地証 by their last day, and the letters that tell of it. */
export const remoteScreens: AnyRoute[] = [
  defineRoute({
    right: "case.read",
    program,
    purpose: "case",
    method: "get",
    path: remotePath,
    audit: "remote-certificates.listed",
    handle: (request) => listReply(request),
  }),
  defineRoute({
    right: "document.print",
    program,
    purpose: "case",
    method: "post",
    path: `${remotePath}/reminders` as const,
    audit: "remote-certificate.reminder-sent",
    async handle(request) {
      const ids = request.form.all("feature").map(Number).filter(Number.isSafeInteger);
      if (ids.length === 0) return listReply(request, "お知らせを作る遠隔地証を選んでください。");
      try {
        const pdf = await request.work((unit) => remindRemote(unit, ids));
        return inlinePdf("remote-reminders.pdf", pdf);
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        return listReply(request, error.message);
      }
    },
  }),
];

/** Who is to be written to, on the home page. */
export const remoteItems: WorkSource = fewItems(async (work) => {
  if (!holds(work.actor, "document.print", { program })) return [];
  const { count, since, nearest } = await countRemote(work, "due");
  return count > 0 && since
    ? [
        {
          list: "waiting",
          kind: "遠隔地証の更新の案内",
          title: `期限の近い遠隔地証 ${count}件`,
          path: remotePath,
          since,
          ...(nearest ? { deadline: nearest } : {}),
        },
      ]
    : [];
});

async function listReply(
  { work, platform, query, actor }: Pick<ScreenRequest, "work" | "platform" | "query" | "actor">,
  fault?: string,
) {
  const only = query.choice("tab", ["due", "all"]) ?? "due";
  const at = Math.max(1, query.integer("page") ?? 1);
  const { rows, total, people } = await work(async (unit) => {
    const rows = await listRemote(unit, { only, from: (at - 1) * perPage, size: perPage });
    return {
      rows,
      total: (await countRemote(unit, only)).count,
      people: await peopleOfRows(
        unit,
        rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  const today = platform.clock.today();
  const prints = holds(actor, "document.print", { program });
  const hidden = ({ personNumber }: RemoteHeld) =>
    people.get(personNumber)?.addressMasked ? "支援措置のため、住所を見られません。" : undefined;
  return page({
    title: `${singleParent.title} ${remoteTitle}`,
    status: fault ? 422 : 200,
    breadcrumb: [{ title: remoteTitle }],
    content: (
      <>
        <PageTitle>{remoteTitle}</PageTitle>
        {fault && <Notification tone="error" title={fault} />}
        <Tabs
          label="どれを"
          tabs={[
            {
              title: `期限まで${reminderDays}日以内（案内前）`,
              href: remotePath,
              current: only === "due",
            },
            { title: "有効なものすべて", href: `${remotePath}?tab=all`, current: only === "all" },
          ]}
        />
        <Panel title={`遠隔地証 ${total.toLocaleString("ja-JP")}件`}>
          {prints && rows.length > 0 && (
            <Form action={`${remotePath}/reminders`} id={ticksForm}>
              <Button>選んだ方の更新のお知らせを印刷する</Button>
            </Form>
          )}
          <Table
            caption={remoteTitle}
            rows={rows}
            {...(prints
              ? {
                  ticks: {
                    form: ticksForm,
                    name: "feature",
                    value: ({ featureId }: RemoteHeld) => String(featureId),
                    label: ({ recipientNumber }: RemoteHeld) => `${recipientNumber}を選ぶ`,
                    ticked: () => only === "due",
                    offBecause: (row: RemoteHeld) =>
                      hidden(row) ?? (row.until ? undefined : "期限がありません。"),
                  },
                }
              : {})}
            columns={[
              {
                title: "氏名",
                cell: ({ personNumber }: RemoteHeld) => (
                  <PersonCell person={people.get(personNumber)} today={today} />
                ),
              },
              { title: "受給者番号", cell: ({ recipientNumber }) => recipientNumber, nowrap: true },
              { title: "該当日", cell: ({ since }) => showDateShort(since), nowrap: true },
              { title: "事由", cell: ({ reason }) => featureReason("remote-certificate", reason) },
              { title: "該当期限", cell: ({ until }) => showDateShort(until), nowrap: true },
              {
                title: "更新の案内",
                cell: ({ remindedOn }) => showDateShort(remindedOn),
                nowrap: true,
              },
              {
                title: "申請（更新はここから届出）",
                cell: ({ caseId, caseNumber }) => (
                  <a href={`/${program}/cases/${caseId}`}>{caseNumber}</a>
                ),
                nowrap: true,
              },
            ]}
            empty={
              only === "due" ? "案内する遠隔地証はありません。" : "有効な遠隔地証はありません。"
            }
          />
          <Pagination
            page={at}
            pages={Math.ceil(total / perPage)}
            href={(next) => `${remotePath}?tab=${only}&page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}
