import { holdsForAll } from "#src/platform/access/actor.ts";
import {
  owedNow,
  type PaymentSetting,
  readSetting,
  settingOn,
} from "#src/platform/payments/index.ts";
import { addDays, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { nextClosing, paymentDates, transferDay } from "#workflows/payments/calendar.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Badge,
  DefinitionList,
  PageTitle,
  Panel,
  RowDecision,
  Table,
} from "../components/index.ts";
import { showDate, showDateShort, showMoment } from "../dates.ts";
import { numberOf } from "../params.ts";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Payments } from "./set.ts";

/** So many closing dates are shown of a setting. */
const shown = 12;

const dayOfMonth = (number: number) => (number === 31 ? "末日" : `${number}日`);

/** 末日締め 1か月後 15日払い. */
export const daysInWords = ({ closingDay, payMonths, payDay }: PaymentSetting): string =>
  `${dayOfMonth(closingDay)}締め ${payMonths === 0 ? "当月" : `${payMonths}か月後`} ${dayOfMonth(payDay)}払い`;

export function DecisionBadge({ row }: { row: PaymentSetting }) {
  if (row.decision === null) return <Badge tone="warning">承認待ち</Badge>;
  return row.decision === "approved" ? (
    <Badge tone="success">承認済</Badge>
  ) : (
    <Badge tone="error">却下</Badge>
  );
}

/** One setting: what it says, on what it rests, the closing and transfer days to which it comes beside those that hold now, and its decision. */
export const settingPage = (of: Payments): AnyRoute =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.settings}/:number` as const,
    audit: "payment-setting.opened",
    async handle({ params, work, actor, platform }) {
      const today = platform.clock.today();
      const { found, present, owed } = await work(async (unit) => {
        const found = await readSetting(unit, numberOf(params.number));
        const from = found.setting.validFrom as IsoDate;
        return {
          found,
          // What would hold in its place, and what waits to be paid by it.
          present: await settingOn(unit, of.program, later(addDays(from, -1), today)),
          owed: await owedNow(unit, of.program),
        };
      });
      const { setting: row, proposer, decider } = found;
      const other = present?.id === row.id ? undefined : present;
      const dates = paymentDates(later(row.validFrom as IsoDate, today), row, shown);
      const inPlace = ({ closingOn }: { closingOn: IsoDate }) =>
        other && transferDay(nextClosing(closingOn, other), other);
      const differs = dates.filter((one) => other && inPlace(one) !== one.payOn).length;
      const reasons =
        row.proposedBy === actor.staffId
          ? ["起案した人は承認できません。別の決裁者が承認してください。"]
          : [];
      const title = `${showDate(row.validFrom as IsoDate)}からの設定`;
      return page({
        title: `${of.title} 支払の設定 ${title}`,
        breadcrumb: [
          { title: "支払", path: of.paths.runs },
          { title: "支払の設定", path: of.paths.settings },
          { title },
        ],
        content: (
          <>
            <PageTitle
              badge={<DecisionBadge row={row} />}
              actions={
                row.decision === null &&
                holdsForAll(actor, "payment.approve", of.program) && (
                  <RowDecision
                    action={`${of.paths.setting(row.id)}/decision`}
                    actions={[
                      { type: "approve", title: "承認する", reasons },
                      { type: "refuse", title: "却下する", reasons },
                    ]}
                    asks={{ approve: "この設定と予定で支払います。よろしいですか。" }}
                  />
                )
              }
            >
              {title}
            </PageTitle>
            <Panel title="設定">
              <DefinitionList
                items={[
                  ["根拠", row.source ?? "記録なし（以前の版での設定）"],
                  ["締日と支払日", daysInWords(row)],
                  ["銀行の休業日のとき", row.whenClosed === "after" ? "翌営業日" : "前営業日"],
                  ["振込指定日までの営業日", `${row.leadDays}日`],
                  ["委託者", `${row.originatorCode} ${row.originatorName}`],
                  [
                    "振込元",
                    `${row.bankCode}-${row.branchCode} ****${row.accountNumber.slice(-3)}`,
                  ],
                  ["起案", `${proposer} ${showMoment(row.proposedAt)}`],
                  ...(decider && row.decidedAt
                    ? ([["決裁", `${decider} ${showMoment(row.decidedAt)}`]] as const)
                    : []),
                ]}
              />
            </Panel>
            <Panel title={`締日と支払日の予定（${dates.length}回）`}>
              <p>
                {other
                  ? `いまの設定（${daysInWords(other)}）と支払日が違う回は ${differs} 回です。`
                  : "比べるほかの設定はありません。"}
                支払を待っているものは {owed.count.toLocaleString("ja-JP")} 件、
                {yen(owed.sum)} です。
              </p>
              <Table
                caption="締日と支払日の予定"
                rows={dates}
                empty="予定はありません。"
                columns={[
                  {
                    title: "締日",
                    cell: ({ closingOn }) => showDateShort(closingOn),
                    nowrap: true,
                  },
                  {
                    title: "データの期限",
                    cell: ({ fileBy }) => showDateShort(fileBy),
                    nowrap: true,
                  },
                  {
                    title: "支払日",
                    cell: ({ payOn, moved }) => (
                      <>
                        {showDateShort(payOn)}{" "}
                        {moved && <Badge tone="info">休業日のため振替</Badge>}
                      </>
                    ),
                    nowrap: true,
                  },
                  {
                    title: "いまの設定での支払日",
                    cell: (one) => {
                      const before = inPlace(one);
                      if (!before) return "―";
                      return (
                        <>
                          {showDateShort(before)}{" "}
                          {before !== one.payOn && <Badge tone="warning">違う</Badge>}
                        </>
                      );
                    },
                    nowrap: true,
                  },
                ]}
              />
            </Panel>
          </>
        ),
      });
    },
  });
