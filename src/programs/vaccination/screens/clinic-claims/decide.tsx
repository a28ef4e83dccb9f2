import { EntryProblem, Problem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import {
  Badge,
  ButtonLink,
  DefinitionList,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  type ClinicCorrectionEvent,
  clinicCorrectionV1,
} from "#workflows/vaccination/clinic-claims/correction-machine.ts";
import { correctionReasons } from "#workflows/vaccination/clinic-claims/findings.ts";
import {
  clinicClaimNumber,
  clinicCorrectionNumber,
  getClinicClaim,
} from "../../clinic-claims/claims.ts";
import {
  correctionActions,
  getCorrection,
  listCorrections,
  moveCorrection,
} from "../../clinic-claims/corrections.ts";
import { pricedTitle } from "../../clinic-claims/papers.ts";
import { claimantsOf } from "../../clinic-claims/payees.ts";
import { moveClinicClaim } from "../../clinic-claims/steps.ts";
import { rowsAPage } from "../records/parts.tsx";
import { claimList } from "./list.tsx";
import { guard, many, signed } from "./parts.tsx";
import { clinicClaimPaths as paths } from "./paths.ts";

const stateTitle = (state: string) => stateMeta(clinicCorrectionV1, state).title;
const steps = Object.keys(clinicCorrectionV1.events) as ClinicCorrectionEvent[];

/** Decisions on many claims at once, and 過誤. */
export const clinicDecisionScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.approve",
    purpose: "approval",
    method: "post",
    path: paths.decide,
    audit: "clinic-claims.decide-asked",
    handle: (request) => decideMany(request),
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: paths.corrections,
    audit: "nothing-personal",
    because: "corrections of what clinics were paid, without the persons",
    handle: (request) => correctionList(request),
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.corrections}/:correction` as const,
    audit: "clinic-correction.looked-at",
    handle: (request) => correctionPage(request),
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: clinicCorrectionV1.events[type].right,
      purpose: "approval",
      method: "post",
      path: `${paths.corrections}/:correction/${type}` as const,
      audit: `clinic-correction.${type}-asked` as const,
      async handle(request) {
        const { params, form, work } = request;
        const id = idOf(params.correction);
        try {
          await work((unit) =>
            moveCorrection(unit, { id, seen: form.integer("revision") ?? 0, type }),
          );
        } catch (error) {
          return correctionPage(request, sentWith(type, form, error));
        }
        return redirect(
          paths.correction(id),
          `「${clinicCorrectionV1.events[type].title}」を行いました。`,
        );
      },
    }),
  ),
];

/** Each claim is decided in a transaction of its own: what is wrong with one keeps no other from being decided, and is told. */
async function decideMany(request: ScreenRequest): Promise<Reply> {
  const { form, work } = request;
  const chosen = form.all("claim").flatMap((text) => {
    const [id = "", revision = ""] = text.split(" ");
    return [{ id: idOf(id), seen: Number(revision) }];
  });
  const missing =
    chosen.length === 0
      ? new Problem({ status: 422, message: "決裁する請求を選んでください。" })
      : form.has("seen")
        ? undefined
        : new EntryProblem(
            "seen",
            "明細、返戻、差額、過誤を確かめて、確かめた印を付けてください。",
          );
  if (missing) return claimList(request, sentWith("decide", form, missing));
  const results = [];
  for (const one of chosen.slice(0, 200)) {
    const row = await work((unit) => getClinicClaim(unit, one.id));
    try {
      await work((unit) =>
        moveClinicClaim(unit, { ...one, type: row.pay === 0 ? "approveNothing" : "approve" }),
      );
      results.push({ row, done: true, why: "決裁しました。" });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      results.push({ row, done: false, why: error.message });
    }
  }
  const done = results.filter((one) => one.done);
  return page({
    title: "予防接種 委託料の一括決裁",
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: "一括決裁" }],
    content: (
      <>
        <PageTitle>一括決裁の結果</PageTitle>
        <Panel
          title={`決裁 ${many(done.length)}件　${yen(done.reduce((sum, { row }) => sum + (row.pay ?? 0), 0))}　決裁できなかったもの ${many(results.length - done.length)}件`}
        >
          <Table
            caption="一括決裁の結果"
            columns={[
              { title: "番号", cell: ({ row }) => clinicClaimNumber(row), nowrap: true },
              { title: "支払額", cell: ({ row }) => yen(row.pay ?? 0), align: "end", nowrap: true },
              {
                title: "結果",
                cell: (one) => (
                  <Badge tone={one.done ? "success" : "error"}>
                    {one.done ? "決裁" : "決裁できません"}
                  </Badge>
                ),
                nowrap: true,
              },
              { title: "内容", cell: ({ why }) => why },
            ]}
            rows={results}
            href={({ row }) => paths.claim(row.id)}
          />
          <ButtonLink href={paths.list}>一覧へ戻る</ButtonLink>
        </Panel>
      </>
    ),
  });
}

async function correctionList({ work, query }: ScreenRequest): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const { list, names } = await work(async (unit) => {
    const list = await listCorrections(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      list,
      names: await claimantsOf(
        unit,
        list.rows.map(({ claimantCode }) => claimantCode),
      ),
    };
  });
  return page({
    title: "予防接種 委託料の過誤",
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: "過誤" }],
    content: (
      <>
        <PageTitle>委託料の過誤</PageTitle>
        <Panel title={`一覧 ${many(list.total)}件`}>
          <Table
            caption="委託料の過誤"
            columns={[
              { title: "番号", cell: clinicCorrectionNumber, nowrap: true },
              {
                title: "請求者",
                cell: ({ claimantCode }) => names.get(claimantCode)?.name ?? claimantCode,
              },
              { title: "支払済み", cell: ({ before }) => yen(before), align: "end" },
              { title: "正しい額", cell: ({ after }) => yen(after), align: "end" },
              { title: "調整", cell: (row) => signed(row.after - row.before), align: "end" },
              { title: "理由", cell: ({ reason }) => correctionReasons[reason] },
              { title: "状態", cell: ({ state }) => stateTitle(state), nowrap: true },
              { title: "相殺", cell: ({ appliedTo }) => (appliedTo ? "済み" : "未"), nowrap: true },
            ]}
            rows={list.rows}
            href={({ id }) => paths.correction(id)}
            empty="過誤はありません。支払済みの請求の画面から起案します。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${paths.corrections}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

async function correctionPage(
  { params, work }: Pick<ScreenRequest<`${string}:correction`>, "params" | "work">,
  sent?: Sent,
): Promise<Reply> {
  const { found, names, actions } = await work(async (unit) => {
    const found = await getCorrection(unit, idOf(params.correction));
    return {
      found,
      names: await claimantsOf(unit, [found.correction.claimantCode]),
      actions: correctionActions(unit, found.correction),
    };
  });
  const { correction: row, about, claim } = found;
  const number = clinicCorrectionNumber(row);
  return page({
    title: `予防接種 委託料の過誤 ${number}`,
    breadcrumb: [
      { title: "委託料の請求", path: paths.list },
      { title: "過誤", path: paths.corrections },
      { title: number },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={
            <Badge tone={stateMeta(clinicCorrectionV1, row.state).tone ?? "info"}>
              {stateTitle(row.state)}
            </Badge>
          }
          actions={
            <ButtonLink href={paths.claim(claim.id)}>請求 {clinicClaimNumber(claim)}</ButtonLink>
          }
        >
          委託料の過誤 {number}
        </PageTitle>
        <SentNote />
        <Panel title="過誤の内容">
          <DefinitionList
            columns={2}
            items={[
              ["請求者", names.get(row.claimantCode)?.name ?? row.claimantCode],
              ["予防接種", pricedTitle(about)],
              ["支払済みの額", yen(row.before)],
              ["正しい額", yen(row.after)],
              ["次の支払での調整", `${signed(row.after - row.before)}円`],
              ["理由", correctionReasons[row.reason]],
              ["起案", showMoment(row.proposedAt)],
              ["決裁", row.decidedAt ? showMoment(row.decidedAt) : "―"],
              ["相殺", row.appliedTo ? "次の請求の支払で調整済み" : "まだ"],
            ]}
          />
          {actions.map(({ type, title, reasons }) => (
            <StepForm
              key={type}
              action={`${paths.correction(row.id)}/${type}`}
              revision={row.revision}
              type={type}
              title={title}
              reasons={reasons}
              aside={type !== "approve"}
              confirm={
                type === "approve"
                  ? `${signed(row.after - row.before)}円を次の支払で調整します。よろしいですか。`
                  : undefined
              }
            />
          ))}
        </Panel>
      </SentContext.Provider>
    ),
  });
}
