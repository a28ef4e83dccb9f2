import { holds } from "#src/platform/access/index.ts";
import {
  askers,
  countSubjectRequests,
  decisionDeadline,
  dueRequests,
  listSubjectRequests,
  requestKinds,
  requestsUnderWay,
  type SubjectRequest,
} from "#src/platform/oversight/index.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { subjectRequestV1 } from "#workflows/oversight/subject-request-machine.ts";
import { Badge, ButtonLink, PageTitle, Pagination, Table, Tabs } from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";

export const requestGuard = { right: "subject-request.handle", purpose: "inquiry" } as const;
export const requestsTitle = "本人からの請求";
const requestsAPage = 50;

export function RequestState({ state }: Pick<SubjectRequest, "state">) {
  const { title, tone } = stateMeta(subjectRequestV1, state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
}

function Deadline({ found, today }: { found: SubjectRequest; today: IsoDate }) {
  const due = decisionDeadline(found);
  if (!due) return "―";
  return due < today ? (
    <Badge tone="error">{`${showDateShort(due)} 期限超過`}</Badge>
  ) : (
    showDateShort(due)
  );
}

/** Requests under way for the home page, with the day by which each is decided on. */
export const requestItems = itemsOfKind({
  list: "waiting",
  kind: requestsTitle,
  for: ({ actor }) => holds(actor, requestGuard.right),
  figures: dueRequests,
  read: async (work, lines) =>
    (await requestsUnderWay(work, lines)).map((one) => {
      const deadline = decisionDeadline(one);
      return {
        title: `${requestsTitle} 第${one.id}号（${requestKinds[one.kind]}、${stateMeta(subjectRequestV1, one.state).title}）`,
        path: `/subject-requests/${one.id}` as const,
        since: one.stateSince,
        ...(deadline && { deadline }),
      };
    }),
});

export const requestList = defineRoute({
  ...requestGuard,
  method: "get",
  path: "/subject-requests",
  audit: "subject-requests.listed",
  async handle({ work, query, platform }) {
    const which = query.text("which") === "ended" ? "ended" : "open";
    const at = Math.max(1, query.integer("page") ?? 1);
    const { rows, counts } = await work(async (unit) => ({
      rows: await listSubjectRequests(unit, which, { page: at, size: requestsAPage }),
      counts: await countSubjectRequests(unit),
    }));
    const today = platform.clock.today();
    return page({
      title: requestsTitle,
      breadcrumb: [{ title: requestsTitle }],
      content: (
        <>
          <PageTitle
            actions={<ButtonLink href="/subject-requests/new">請求を受け付ける</ButtonLink>}
          >
            {requestsTitle}
          </PageTitle>
          <Tabs
            label="請求の区分"
            tabs={[
              {
                title: "処理中",
                href: "/subject-requests",
                current: which === "open",
                count: counts.open,
              },
              {
                title: "終結・取下げ",
                href: "/subject-requests?which=ended",
                current: which === "ended",
                count: counts.ended,
              },
            ]}
          />
          <Table
            caption="請求"
            columns={[
              { title: "番号", cell: ({ id }: SubjectRequest) => `第${id}号`, nowrap: true },
              { title: "種類", cell: ({ kind }) => requestKinds[kind], nowrap: true },
              { title: "請求した方", cell: ({ asker }) => askers[asker], nowrap: true },
              {
                title: "受け付けた日",
                cell: ({ receivedOn }) => showDateShort(receivedOn),
                nowrap: true,
              },
              {
                title: "決定の期限",
                cell: (row) => <Deadline found={row} today={today} />,
                nowrap: true,
              },
              { title: "状態", cell: (row) => <RequestState state={row.state} />, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => `/subject-requests/${id}`}
            empty="この区分の請求はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(counts[which] / requestsAPage)}
            href={(number) => `/subject-requests?which=${which}&page=${number}`}
          />
        </>
      ),
    });
  },
});
