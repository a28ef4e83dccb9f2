import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import {
  claimableByInsurer,
  claimNumber,
  gatherClaim,
  listClaims,
} from "#src/platform/high-cost/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { yen } from "#workflows/text/yen.ts";
import { SentContext, SentNote, sentWith, useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  DisabledAction,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { day, rowsAPage } from "../payments/parts.tsx";
import { monthChoices, showMonth } from "../receipts/words.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { ClaimBadge, forAllOffices, isMonth } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

const title = "保険者への請求";

/** Claims to insurers: the list, and gathering what can be claimed of one insurer. */
export const claimListScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.claims,
    audit: "high-cost-claims.listed",
    handle: (request) => listPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: of.paths.claims,
    audit: "high-cost-claim.gather-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const id = await work((unit) => {
          const [insurer, through] = [form.text("insurer"), form.text("through")];
          if (!/^(\d{6}|\d{8})$/.test(insurer))
            throw new EntryProblem("insurer", "保険者を選んでください。");
          if (!isMonth(through)) throw new EntryProblem("through", "診療月を選んでください。");
          return gatherClaim(unit, { program: of.program, insurer, through });
        });
        return redirect(
          of.paths.claim(id),
          "請求に集めました。内容を確かめて、承認を求めてください。",
        );
      } catch (error) {
        return listPage(of, request, sentWith("gather", form, error));
      }
    },
  }),
];

async function listPage(
  of: HighCosts,
  { work, query, actor, platform }: ScreenRequest,
  sent?: Parameters<typeof SentContext.Provider>[0]["value"],
) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, claimable } = await work(async (unit) => ({
    list: await listClaims(unit, of.program, { page: at, size: rowsAPage }),
    claimable: await claimableByInsurer(unit, of.program),
  }));
  return page({
    title: `${of.title} 高額療養費 ${title}`,
    breadcrumb: [{ title: "高額療養費の請求", path: of.paths.entries }, { title }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{title}</PageTitle>
        <SentNote />
        {holds(actor, "high-cost.prepare", { program: of.program }) && (
          <Panel title="請求できるものを集める">
            {!holdsForAll(actor, "high-cost.prepare", of.program) ? (
              <DisabledAction reasons={[forAllOffices]}>集める</DisabledAction>
            ) : claimable.length > 0 ? (
              <Gather
                action={of.paths.claims}
                insurers={claimable.map((row) => ({
                  value: row.insurerNumber,
                  label: `${row.insurerNumber}　${row.count.toLocaleString("ja-JP")}件 ${yen(row.sum)}`,
                }))}
                thisMonth={platform.clock.today().slice(0, 7)}
              />
            ) : (
              <p>いま請求できるものはありません。</p>
            )}
          </Panel>
        )}
        <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="請求の一覧"
            columns={[
              { title: "番号", cell: ({ claim }) => claimNumber(claim), nowrap: true },
              { title: "保険者番号", cell: ({ claim }) => claim.insurerNumber, nowrap: true },
              {
                title: "診療月",
                cell: ({ claim }) => `${showMonth(claim.throughMonth)}まで`,
                nowrap: true,
              },
              {
                title: "件数",
                cell: ({ figures }) => figures.lines.toLocaleString("ja-JP"),
                align: "end",
              },
              {
                title: "請求額",
                cell: ({ figures }) => yen(figures.asked),
                align: "end",
                nowrap: true,
              },
              {
                title: "支給額",
                cell: ({ figures }) => yen(figures.granted),
                align: "end",
                nowrap: true,
              },
              {
                title: "入金",
                cell: ({ figures }) => yen(figures.received),
                align: "end",
                nowrap: true,
              },
              { title: "送付", cell: ({ claim }) => day(claim.sentOn), nowrap: true },
              {
                title: "状態",
                cell: ({ claim }) => <ClaimBadge state={claim.state} />,
                nowrap: true,
              },
            ]}
            rows={list.rows}
            href={({ claim }) => of.paths.claim(claim.id)}
            empty="請求はまだありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${of.paths.claims}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function Gather(props: {
  action: string;
  insurers: { value: string; label: string }[];
  thisMonth: string;
}) {
  const { values, errors } = useSent("gather");
  const months = monthChoices(props.thisMonth, { before: 36, after: 0 });
  return (
    <Form action={props.action} class="form stacked" values={values} errors={errors}>
      <p>保険者ごとに集めます。集めただけでは請求されません。</p>
      <FieldRow>
        <SelectField
          name="insurer"
          label="保険者"
          required
          value={props.insurers[0]?.value ?? ""}
          options={props.insurers}
        />
        <SelectField
          name="through"
          label="どの診療月まで"
          required
          value={months[0]?.value ?? ""}
          options={months}
        />
      </FieldRow>
      <Actions>
        <Button>請求に集める</Button>
      </Actions>
    </Form>
  );
}
