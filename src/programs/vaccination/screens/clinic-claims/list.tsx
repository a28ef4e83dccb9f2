import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
import { showMonth } from "#src/web/claims/receipt-fields.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  FilterLinks,
  Form,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { page, type Reply } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { yen } from "#workflows/text/yen.ts";
import { type ContractKind, contractKinds } from "#workflows/vaccination/contract-prices.ts";
import {
  clinicClaimFigures,
  clinicClaimNumber,
  clinicClaimStateMeta,
  clinicClaimStates,
  listClinicClaims,
  totalsOfMonth,
  unclaimedOf,
} from "../../clinic-claims/claims.ts";
import { claimantsOf } from "../../clinic-claims/payees.ts";
import { CityWide } from "../city-wide.tsx";
import { rowsAPage } from "../records/parts.tsx";
import { ClaimBadge, guard, MonthLinks, many, monthClaimedNow, monthOf, signed } from "./parts.tsx";
import { clinicClaimPaths as paths, withQuery } from "./paths.ts";

type Listed = Awaited<ReturnType<typeof listClinicClaims>>["rows"][number];

const reading = { ...guard, right: "case.read", method: "get" } as const;
const kinds = Object.keys(contractKinds) as ContractKind[];

/** 委託料の請求: who claimed a month, who has not, and what it came to. */
export const clinicClaimListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    path: paths.list,
    audit: "nothing-personal",
    because: "claims of clinics are figures of a month, nobody's data",
    handle: (request) => claimList(request),
  }),
  defineRoute({
    ...reading,
    path: paths.unclaimed,
    audit: "nothing-personal",
    because: "how many slips a clinic has is nobody's data",
    handle: (request) => unclaimedList(request),
  }),
  defineRoute({
    ...reading,
    path: paths.totals,
    audit: "nothing-personal",
    because: "sums of a month are nobody's data",
    handle: (request) => totalsPage(request),
  }),
];

/** The list; with what was sent and not taken, those that wait for a decision. */
export async function claimList(
  { work, query, actor, platform }: ScreenRequest,
  sent?: Sent,
): Promise<Reply> {
  const filter = {
    month: monthOf(query.text("month")),
    state: sent ? ("proposed" as const) : query.choice("state", clinicClaimStates),
    kind: query.choice("kind", kinds),
    differing: query.text("differing") === "1" || undefined,
  };
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, figures, names } = await work(async (unit) => {
    const list = await listClinicClaims(unit, filter, {
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    return {
      list,
      figures: await clinicClaimFigures(unit, filter.month),
      names: await claimantsOf(
        unit,
        list.rows.map(({ claim }) => claim.claimantCode),
      ),
    };
  });
  const address = (given: Readonly<Record<string, string | number | undefined>>) =>
    withQuery(paths.list, {
      ...filter,
      differing: filter.differing ? 1 : undefined,
      ...given,
    });
  const decides = filter.state === "proposed" && holdsForAll(actor, "case.approve", "vaccination");
  return page({
    title: "予防接種 委託料の請求",
    breadcrumb: [{ title: "委託料の請求" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            <>
              {holdsForAll(actor, "case.enter", "vaccination") && (
                <>
                  <ButtonLink href={paths.fresh} look="primary">
                    請求を入力する
                  </ButtonLink>
                  <ButtonLink href={paths.file}>ファイルから取り込む</ButtonLink>
                </>
              )}
              <ButtonLink
                href={withQuery(paths.unclaimed, {
                  month: filter.month ?? monthClaimedNow(platform.clock.today()),
                })}
              >
                未請求の医療機関
              </ButtonLink>
              <ButtonLink
                href={withQuery(paths.totals, {
                  month: filter.month ?? monthClaimedNow(platform.clock.today()),
                })}
              >
                月の合計
              </ButtonLink>
              <ButtonLink href={paths.corrections}>過誤</ButtonLink>
            </>
          }
        >
          委託料の請求
        </PageTitle>
        <CityWide actor={actor} />
        <SentNote />
        <Panel title={`一覧 ${many(list.total)}件`}>
          <MonthLinks
            present={filter.month}
            today={platform.clock.today()}
            href={(month) => address({ month, page: undefined })}
          />
          <FilterLinks
            label="状態"
            present={filter.state}
            choices={clinicClaimStates.flatMap((state) => {
              const found = figures.find((row) => row.state === state);
              return found
                ? [
                    {
                      value: state,
                      label: `${clinicClaimStateMeta(state).title} ${many(found.claims)}`,
                    },
                  ]
                : [];
            })}
            href={(state) => address({ state, page: undefined })}
          />
          <FilterLinks
            label="契約"
            present={filter.kind}
            choices={kinds.map((kind) => ({ value: kind, label: contractKinds[kind] }))}
            href={(kind) => address({ kind, page: undefined })}
          />
          <FilterLinks
            label="違い"
            present={filter.differing ? "1" : undefined}
            choices={[{ value: "1", label: "違い・返戻があるもの" }]}
            href={(differing) => address({ differing, page: undefined })}
          />
          <Table
            caption="委託料の請求"
            columns={[
              { title: "番号", cell: ({ claim }) => clinicClaimNumber(claim), nowrap: true },
              { title: "請求月", cell: ({ claim }) => showMonth(claim.month), nowrap: true },
              {
                title: "請求者",
                cell: ({ claim }) =>
                  `${names.get(claim.claimantCode)?.name ?? ""}（${claim.claimantCode}）`,
              },
              { title: "契約", cell: ({ claim }) => contractKinds[claim.kind], nowrap: true },
              {
                title: "請求件数",
                cell: ({ claimed }) => many(claimed),
                align: "end",
                nowrap: true,
              },
              {
                title: "請求額",
                cell: ({ claimedYen }) => yen(claimedYen),
                align: "end",
                nowrap: true,
              },
              {
                title: "計算との差",
                cell: ({ claim, paidYen, claimedYen }) =>
                  claim.reckonedAt ? signed(paidYen - claimedYen) : "突合前",
                align: "end",
                nowrap: true,
              },
              { title: "未決定", cell: ({ open }) => many(open), align: "end", nowrap: true },
              { title: "返戻", cell: ({ returned }) => many(returned), align: "end", nowrap: true },
              {
                title: "状態",
                cell: ({ claim }) => <ClaimBadge state={claim.state} />,
                nowrap: true,
              },
            ]}
            rows={list.rows}
            href={({ claim }) => paths.claim(claim.id)}
            tone={({ claim, open }) =>
              claim.state === "withdrawn" ? "muted" : open > 0 ? "warning" : undefined
            }
            {...(decides && {
              ticks: {
                form: "decide",
                name: "claim",
                value: ({ claim }: Listed) => `${claim.id} ${claim.revision}`,
                label: ({ claim }: Listed) => `${clinicClaimNumber(claim)}を選ぶ`,
                ticked: ({ claim }: Listed) =>
                  sent?.form.all("claim").includes(`${claim.id} ${claim.revision}`) ?? false,
                offBecause: ({ claim }: Listed) =>
                  [claim.proposedBy, claim.enteredBy, claim.examinedBy].includes(actor.staffId)
                    ? "自分が起案"
                    : undefined,
              },
            })}
            empty="この条件の請求はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => address({ page: next })}
          />
          {decides && list.rows.length > 0 && (
            <Form
              id="decide"
              action={paths.decide}
              class="form stacked"
              {...(sent && { values: sent.form, errors: sent.errors })}
            >
              <Checkbox name="seen" label="選んだ請求の明細、返戻、差額、過誤を確かめた" required />
              <Actions>
                <Button confirm="選んだ請求を決裁し、医療機関への支払を決定します。よろしいですか。">
                  選んだ請求をまとめて決裁する
                </Button>
              </Actions>
            </Form>
          )}
        </Panel>
      </SentContext.Provider>
    ),
  });
}

async function unclaimedList({ work, query, platform }: ScreenRequest) {
  const today = platform.clock.today();
  const month = monthOf(query.text("month")) ?? monthClaimedNow(today);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, names } = await work(async (unit) => {
    const list = await unclaimedOf(unit, month, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      list,
      names: await claimantsOf(
        unit,
        list.rows.map(({ claimant }) => claimant),
      ),
    };
  });
  const address = (given: Readonly<Record<string, string | number | undefined>>) =>
    withQuery(paths.unclaimed, { month, ...given });
  return page({
    title: "予防接種 未請求の医療機関",
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: "未請求の医療機関" }],
    content: (
      <>
        <PageTitle>未請求の医療機関 {showMonth(month)}</PageTitle>
        <Panel title={`予診票・接種記録があり、請求のない請求者 ${many(list.total)}件`}>
          <MonthLinks
            present={month}
            today={today}
            always
            href={(one) => address({ month: one, page: undefined })}
          />
          <Table
            caption="未請求の医療機関"
            columns={[
              {
                title: "請求者",
                cell: ({ claimant }) => `${names.get(claimant)?.name ?? ""}（${claimant}）`,
              },
              { title: "医療機関", cell: ({ clinics }) => many(clinics), align: "end" },
              { title: "予診票・記録", cell: ({ slips }) => many(slips), align: "end" },
            ]}
            rows={list.rows}
            empty="この月に接種のあった医療機関は、すべて請求しています。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => address({ page: next })}
          />
        </Panel>
      </>
    ),
  });
}

async function totalsPage({ work, query, platform }: ScreenRequest) {
  const today = platform.clock.today();
  const month = monthOf(query.text("month")) ?? monthClaimedNow(today);
  const rows = await work((unit) => totalsOfMonth(unit, month));
  const all = rows.reduce(
    (sum, row) => ({
      claims: sum.claims + row.claims,
      claimed: sum.claimed + row.claimed,
      claimedYen: sum.claimedYen + row.claimedYen,
      paid: sum.paid + row.paid,
      paidYen: sum.paidYen + row.paidYen,
      returned: sum.returned + row.returned,
      setOff: sum.setOff + row.setOff,
    }),
    { claims: 0, claimed: 0, claimedYen: 0, paid: 0, paidYen: 0, returned: 0, setOff: 0 },
  );
  return page({
    title: "予防接種 委託料の月の合計",
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: "月の合計" }],
    content: (
      <>
        <PageTitle>月の合計 {showMonth(month)}</PageTitle>
        <Panel title="契約ごとの合計">
          <MonthLinks
            present={month}
            today={today}
            always
            href={(one) => withQuery(paths.totals, { month: one })}
          />
          <Table
            caption="契約ごとの合計"
            columns={[
              { title: "契約", cell: (row) => row.title },
              { title: "請求", cell: ({ claims }) => `${many(claims)}件`, align: "end" },
              { title: "請求件数", cell: ({ claimed }) => many(claimed), align: "end" },
              { title: "請求額", cell: ({ claimedYen }) => yen(claimedYen), align: "end" },
              { title: "支払件数", cell: ({ paid }) => many(paid), align: "end" },
              { title: "支払額", cell: ({ paidYen }) => yen(paidYen), align: "end" },
              {
                title: "差",
                cell: ({ paidYen, claimedYen }) => signed(paidYen - claimedYen),
                align: "end",
              },
              { title: "返戻", cell: ({ returned }) => many(returned), align: "end" },
              { title: "過誤の相殺", cell: ({ setOff }) => signed(setOff), align: "end" },
            ]}
            rows={[
              ...rows.map((row) => ({ title: contractKinds[row.kind], ...row })),
              ...(rows.length > 1 ? [{ title: "合計", ...all }] : []),
            ]}
            empty="この月の請求はありません。"
          />
        </Panel>
      </>
    ),
  });
}
