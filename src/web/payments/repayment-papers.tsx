import {
  noticeTitles,
  type PaperStep,
  type RepaymentNotice,
  type RepaymentRow,
  type readRepayment,
} from "#src/platform/payments/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Button,
  DateField,
  Form,
  Notification,
  Panel,
  ReasonField,
  Table,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";
import { day } from "./parts.tsx";
import type { Payments } from "./set.ts";

type Receipts = Awaited<ReturnType<typeof readRepayment>>["receipts"];

/** How money came in. */
export const manners = { slip: "納付書", cash: "窓口", "set-off": "充当" } as const;

/** What is entered for a paper before it is issued. */
export function PaperFields(props: {
  type: PaperStep;
  planned: boolean;
  days: { due: IsoDate; payBy: IsoDate } | undefined;
}) {
  const { type, planned, days } = props;
  if (type === "demand" || type === "tell-change")
    return (
      <>
        {type === "demand" && !planned && (
          <DateField name="due" label="納期限" required value={days && showDateShort(days.due)} />
        )}
        <ReasonField name="reason" label="通知書に書く理由" required rows={2} />
      </>
    );
  return (
    <DateField
      name="payBy"
      label={type === "slip" ? "納期限が過ぎた分の納付書の期限" : "指定期限"}
      required
      value={days && showDateShort(days.payBy)}
    />
  );
}

/** No paper can be issued yet, and what has to be done before. */
export const NoTerms = ({ of }: { of: Payments }) => (
  <Notification tone="warning" title="返還金の通知が登録されていません。">
    <p>
      文書を発行するには、「制度の数値」の「{of.terms.title}
      」で、根拠と日数を起案し、決裁者が承認してください。
    </p>
  </Notification>
);

/** Papers as they were issued, and 督促 that were told otherwise. */
export function NoticePanel(props: {
  of: Payments;
  row: RepaymentRow;
  notices: readonly RepaymentNotice[];
  prints: boolean;
}) {
  const { of, row, notices, prints } = props;
  if (notices.length === 0) return null;
  return (
    <Panel title="発行した文書と督促の記録">
      <Table
        caption="発行した文書と督促の記録"
        columns={[
          { title: "番号", cell: (one) => one.number, nowrap: true },
          {
            title: "種類",
            cell: (one) =>
              one.templateVersion ? titleOf(one) : `${noticeTitles[one.kind]}（電話・訪問）`,
          },
          { title: "発行", cell: (one) => day(one.madeOn), nowrap: true },
          { title: "納期限", cell: (one) => day(one.dueOn), nowrap: true },
          { title: "指定期限", cell: (one) => day(one.payBy), nowrap: true },
          { title: "額", cell: (one) => yen(one.amount), align: "end" },
          {
            title: "印刷",
            cell: (one) =>
              prints && one.templateVersion ? (
                <a
                  href={`${of.paths.repayment(row.id)}/papers/${one.id}`}
                  target="_blank"
                  rel="noopener"
                >{`${titleOf(one)}を印刷`}</a>
              ) : (
                "―"
              ),
          },
        ]}
        rows={notices}
      />
    </Panel>
  );
}

const titleOf = ({ kind }: RepaymentNotice) => (kind === "dunning" ? "督促状" : noticeTitles[kind]);

/** Money that came in; what was taken at the counter has its 領収書. */
export function ReceiptTable(props: {
  of: Payments;
  row: RepaymentRow;
  receipts: Receipts;
  notices: readonly RepaymentNotice[];
  mayReceive: boolean;
}) {
  const { of, row, receipts, notices, mayReceive } = props;
  return (
    <Table
      caption="収納"
      columns={[
        { title: "日", cell: (one) => day(one.receivedOn), nowrap: true },
        { title: "方法", cell: (one) => manners[one.manner] },
        { title: "番号", cell: (one) => one.reference ?? "―" },
        { title: "額", cell: (one) => yen(one.amount), align: "end" },
        {
          title: "領収書",
          cell: (one) => {
            if (one.manner !== "cash") return "―";
            const issued = notices.find(({ receiptId }) => receiptId === one.id);
            if (issued) return issued.number;
            if (!mayReceive) return "未発行";
            return (
              <Form
                action={`${of.paths.repayment(row.id)}/receipts/${one.id}/paper`}
                keys="search"
                class="inline-buttons"
              >
                <Button look="secondary" confirm="領収書を発行します。よろしいですか。">
                  領収書を発行
                </Button>
              </Form>
            );
          },
        },
      ]}
      rows={receipts}
      empty="収納はありません。"
    />
  );
}
