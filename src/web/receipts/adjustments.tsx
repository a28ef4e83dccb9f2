import { holds } from "#src/platform/access/actor.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import {
  adjustmentReasonsOn,
  askAdjustment,
  benefitWithChanges,
  decideAdjustment,
  type LedgerRow,
  linesAPage,
  listAdjustments,
  matchingBenefits,
} from "#src/platform/receipts/index.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  type AdjustmentKind,
  adjustmentTitles,
  channelTitles,
} from "#workflows/receipts/decisions.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Badge,
  Button,
  choicesOf,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { page, redirect } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { LedgerTable } from "./ledger-table.tsx";
import { monthChoices, showMonth } from "./words.ts";

const path = "/receipts/adjustments";
const title = "過誤・再審査";
const shared = { purpose: "feed" } as const;

/** 過誤 and 再審査 of what was paid: found by what the channel names, asked for by one person, decided by another. */
export const adjustmentScreens = [
  defineRoute({
    ...shared,
    method: "get",
    path,
    right: "case.read",
    audit: "receipt-adjustments.listed",
    handle: (request) => listPage(request, {}),
  }),
  defineRoute({
    ...shared,
    method: "post",
    path: "/receipts/adjustments/search",
    right: "case.examine",
    audit: "receipt-benefit.searched",
    async handle(request) {
      const { form, work } = request;
      const institution = form.text("institution").replace(/\D/g, "");
      const treatmentMonth = form.text("month");
      const recipientNumber = form.text("recipient");
      const errors: Record<string, string> = {};
      if (!/^\d{10}$/.test(institution))
        errors.institution = "医療機関コードを10桁で入力してください。";
      if (!/^\d{7,9}$/.test(recipientNumber))
        errors.recipient = "受給者番号を7桁から9桁で入力してください。";
      if (Object.keys(errors).length > 0) return listPage(request, errors);
      const found = await work((unit) =>
        matchingBenefits(unit, {
          institution,
          treatmentMonth,
          recipientNumber,
          points: form.integer("points"),
        }),
      );
      return listPage(request, {}, found);
    },
  }),
  defineRoute({
    ...shared,
    method: "get",
    path: "/receipts/benefits/:id",
    right: "case.read",
    audit: "receipt-benefit.opened",
    handle: (request) => benefitPage(request, {}),
  }),
  defineRoute({
    ...shared,
    method: "post",
    path: "/receipts/benefits/:id",
    right: "case.examine",
    audit: "receipt-adjustment.sent",
    async handle(request) {
      const { params, form, work } = request;
      const kind = form.choice("kind", Object.keys(adjustmentTitles) as AdjustmentKind[]);
      const [points, subsidy, patientPays] = ["points", "subsidy", "pays"].map((name) =>
        form.integer(name),
      );
      const errors: Record<string, string> = {};
      if (!kind) errors.kind = "過誤・再審査・調整のいずれかを選んでください。";
      if (form.text("reason") === "") errors.reason = "事由を選んでください。";
      const corrected =
        points !== undefined && subsidy !== undefined && patientPays !== undefined
          ? { points, subsidy, patientPays }
          : undefined;
      const corrects = kind !== undefined && kind !== "withdrawal";
      if (corrects && !corrected)
        errors.points = `${adjustmentTitles[kind]}では、点数・助成額・患者負担額を入力してください。`;
      if (!kind || Object.keys(errors).length > 0) return benefitPage(request, errors);
      try {
        await work((unit) =>
          askAdjustment(unit, {
            benefitId: numberOf(params.id),
            kind,
            settledIn: form.text("settled-in") as IsoMonth,
            reasonCode: form.text("reason"),
            corrected: corrects ? corrected : undefined,
          }),
        );
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return benefitPage(request, { kind: error.message });
      }
      return redirect(path, "申し出を入力しました。別の職員の承認を待っています。");
    },
  }),
  defineRoute({
    ...shared,
    method: "post",
    path: "/receipts/adjustments/:id/decision",
    right: "case.approve",
    audit: "receipt-adjustment.decision-sent",
    async handle({ params, form, work }) {
      const approve = form.pressed(["approve", "refuse"]) === "approve";
      await work((unit) => decideAdjustment(unit, { id: numberOf(params.id), approve }));
      return redirect(path, approve ? "承認しました。" : "差し戻しました。");
    },
  }),
];

async function listPage(
  { actor, work, platform, form, query }: ScreenRequest,
  errors: Record<string, string>,
  found?: LedgerRow[],
) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const adjustments = await work((unit) => listAdjustments(unit, at));
  const month = platform.clock.today().slice(0, 7);
  const mayDecide = holds(actor, "case.approve");
  return page({
    title,
    breadcrumb: [{ title: "レセプト", path: "/receipts" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {holds(actor, "case.examine") && (
          <Panel title="支払った給付を探す">
            <Form
              action={`${path}/search`}
              class="form stacked"
              keys="search"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <FieldRow>
                <NumberField name="institution" label="医療機関コード（10桁）" required />
                <SelectField
                  name="month"
                  label="診療年月"
                  options={monthChoices(month, { before: 60, after: 0 })}
                />
                <NumberField name="recipient" label="受給者番号" required />
                <NumberField name="points" label="点数" />
              </FieldRow>
              <Button look="secondary">探す</Button>
            </Form>
            {found && <LedgerTable rows={found} empty="当てはまる給付はありません。" />}
          </Panel>
        )}
        <Panel title={`申し出 ${adjustments.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="過誤・再審査の申し出"
            rows={adjustments.rows}
            empty="申し出はありません。"
            columns={[
              {
                title: "区分",
                cell: ({ adjustment }) => adjustmentTitles[adjustment.kind],
                nowrap: true,
              },
              {
                title: "届いたところ",
                cell: ({ adjustment }) => channelTitles[adjustment.channel],
              },
              { title: "事由", cell: ({ adjustment }) => adjustment.reasonCode, nowrap: true },
              {
                title: "診療年月",
                cell: ({ benefit }) => showMonth(benefit.treatmentMonth),
                nowrap: true,
              },
              { title: "受給者番号", cell: ({ benefit }) => benefit.recipientNumber, nowrap: true },
              {
                title: "元の助成額",
                cell: ({ benefit }) => yen(benefit.subsidy),
                align: "end",
              },
              {
                title: "訂正後",
                cell: ({ adjustment }) => yen(adjustment.subsidy ?? 0),
                align: "end",
              },
              {
                title: "精算月",
                cell: ({ adjustment }) => showMonth(adjustment.settledIn),
                nowrap: true,
              },
              {
                title: "申し出",
                cell: ({ adjustment }) => showMoment(adjustment.askedAt),
                nowrap: true,
              },
              {
                title: "状態",
                cell: ({ adjustment }) =>
                  adjustment.decision ? (
                    <Badge tone={adjustment.decision === "approved" ? "success" : "neutral"}>
                      {adjustment.decision === "approved" ? "承認済み" : "差戻し"}
                    </Badge>
                  ) : mayDecide && adjustment.askedBy !== actor.staffId ? (
                    <Form action={`${path}/${adjustment.id}/decision`} class="inline-form">
                      <Button
                        name="event"
                        value="approve"
                        confirm="給付台帳の額を訂正します。よろしいですか。"
                      >
                        承認する
                      </Button>
                      <Button name="event" value="refuse" look="secondary">
                        差し戻す
                      </Button>
                    </Form>
                  ) : (
                    <Badge tone="warning">承認待ち</Badge>
                  ),
              },
            ]}
          />
          <Pagination
            page={at}
            pages={Math.ceil(adjustments.total / linesAPage)}
            href={(next) => `${path}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

async function benefitPage(
  { params, actor, work, platform, form }: ScreenRequest<"/receipts/benefits/:id">,
  errors: Record<string, string>,
) {
  const id = numberOf(params.id);
  const today = platform.clock.today();
  const { rows, reasons } = await work(async (unit) => {
    const rows = await benefitWithChanges(unit, id);
    const channel = rows[0]?.benefit.channel;
    return { rows, reasons: channel ? await adjustmentReasonsOn(unit, channel, today) : [] };
  });
  const [original] = rows;
  if (original?.benefit.kind !== "original") throw notFound();
  const over = rows.some(({ benefit }) => ["taken-back", "withdrawal"].includes(benefit.kind));
  const heading = `給付 ${showMonth(original.benefit.treatmentMonth)}`;
  return page({
    title: heading,
    breadcrumb: [{ title: "レセプト", path: "/receipts" }, { title, path }, { title: heading }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <Panel title="給付とその訂正">
          <LedgerTable rows={rows} />
        </Panel>
        {!over && holds(actor, "case.examine") && (
          <Panel title="過誤・再審査を申し出る">
            <Form
              action={`/receipts/benefits/${id}`}
              class="form stacked"
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
            >
              <FieldRow>
                <SelectField
                  name="kind"
                  label="区分"
                  required
                  empty="選んでください"
                  options={choicesOf(adjustmentTitles)}
                  hint="過誤は請求の全体を取り下げます。再審査と調整は額を改めます。"
                />
                <SelectField
                  name="reason"
                  label="事由"
                  required
                  empty="選んでください"
                  options={reasons.map(({ code, title }) => ({
                    value: code,
                    label: `${code} ${title}`,
                  }))}
                />
                <SelectField
                  name="settled-in"
                  label="精算する月"
                  required
                  options={monthChoices(today.slice(0, 7), { before: 0, after: 6 }).toReversed()}
                />
              </FieldRow>
              <FieldRow>
                <NumberField name="points" label="訂正のあとの点数（単位数）" />
                <NumberField name="subsidy" label="訂正のあとの助成額（円）" />
                <NumberField name="pays" label="訂正のあとの患者負担額（円）" />
              </FieldRow>
              <Button>申し出る</Button>
            </Form>
          </Panel>
        )}
      </>
    ),
  });
}
