import { sharedView } from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import {
  accountInWords,
  confirmedAccount,
  type PayableRow,
  payableNumber,
  payableOf,
  payableStateMeta,
  readAccount,
} from "#src/platform/payments/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { OtherCases, OtherView } from "#src/web/cases/index.ts";
import {
  Badge,
  DefinitionList,
  Disclosure,
  EmptyState,
  Notification,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { paymentPaths } from "#src/web/payments/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { lineTitle } from "#workflows/vaccination/request-letters/findings.ts";
import {
  channels,
  refundCancellationReasons,
  refundDocuments,
  refundRefusals,
} from "#workflows/vaccination/request-letters/reasons.ts";
import { requestRefundV1 } from "#workflows/vaccination/request-letters/refund-machine.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import {
  isAsProposedRefund,
  type ReckonedDose,
  type ReckonedRefund,
  reckonRefund,
} from "../../request-letters/reckon-refund.ts";
import type { SealedRefund } from "../../request-letters/refund-entry.ts";
import { previewRefundNotice } from "../../request-letters/refund-notice.ts";
import { refundSource } from "../../request-letters/refund-source.ts";
import {
  openSealedRefund,
  type ProposedRefund,
  proposedRefund,
  refundOfCase,
} from "../../request-letters/refunds.ts";
import { yen } from "./words.ts";

/** What the page of a claim shows beside what all cases show. */
interface RefundView {
  refund: ReckonedRefund;
  /** The city's terms or prices are missing. */
  missing: string | undefined;
  sealed: SealedRefund;
  channel: keyof typeof channels;
  payee: string;
  enteredBy: string | undefined;
  proposed: ProposedRefund | undefined;
  account: string | undefined;
  payable: PayableRow | undefined;
}
type View = OtherView<RefundView>;

const nothing: ReckonedRefund = { doses: [], total: 0, basis: [], terms: [] };

/** Claims for refunds as the common screens of cases show them. */
export const refundCases: OtherCases<RefundView> = {
  kind: requestRefundV1.kind,
  async view(work, caseId, historyPage) {
    const shared = await sharedView(work, caseId, historyPage);
    const { found } = shared;
    const { payeeNumber, channel } = await refundOfCase(work, caseId);
    const { program } = found;
    const account = await confirmedAccount(work, { program, personNumber: payeeNumber });
    const payee = shared.register.people.get(payeeNumber);
    let refund = nothing;
    let missing: string | undefined;
    try {
      refund = await reckonRefund(work, found);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error;
      missing = error.message;
    }
    return {
      ...shared,
      // Who keyed it and who decides are two; there is nothing provisional about it.
      entry: undefined,
      own: {
        refund,
        missing,
        sealed: await openSealedRefund(work, found),
        channel,
        payee: payee ? shownName(payee) : "―",
        enteredBy: shared.entry && shared.staffNames.get(shared.entry.enteredBy),
        proposed: await proposedRefund(work, caseId),
        account: account && accountInWords((await readAccount(work, account.id)).account),
        payable: await payableOf(work, refundSource(found)),
      },
    };
  },
  Content,
  Side,
  outcome,
  preview: async (work, caseId) => previewRefundNotice(work, await getCase(work, caseId)),
  summary: ({ own: { proposed } }) =>
    proposed
      ? `${yen(proposed.total)}（${proposed.rows.length}件${refusedIn(proposed) > 0 ? `、うち不支給${refusedIn(proposed)}件` : ""}）`
      : "",
  reasons: { refusal: refundRefusals, cancellation: refundCancellationReasons },
};

const refusedIn = ({ rows }: ProposedRefund): number =>
  rows.filter(({ amount }) => amount === 0).length;

const titleOf = ({ dose }: ReckonedDose) =>
  `${lineTitle({ vaccine: dose.vaccine as VaccineId, dose: dose.dose })}${dose.outcome === "screened" ? "（予診のみ）" : ""}`;

/** The doses that were paid for, what is paid back of each and why. */
function Content({ view: { own } }: { view: View }) {
  const { refund, missing, sealed, proposed } = own;
  if (missing)
    return (
      <Notification tone="error" title={missing}>
        制度担当者が「制度の数値」で起案し、決裁者が承認してください。
      </Notification>
    );
  if (refund.doses.length === 0)
    return (
      <Panel title="領収書">
        <EmptyState>領収書は、まだ入力されていません。</EmptyState>
      </Panel>
    );
  const rows = refund.doses.map((one) => {
    const said = proposed?.rows.find(({ number }) => number === one.number);
    return {
      ...one,
      amount: said ? said.amount : one.amount,
      reason: (said ? said.reason : one.refusal) as keyof typeof refundRefusals | null | undefined,
    };
  });
  return (
    <>
      <Panel title={`領収書 ${rows.length}件`}>
        <Table
          caption="領収書"
          rows={rows}
          tone={({ reason, other }) => (reason ? "muted" : other ? "warning" : undefined)}
          columns={[
            { title: "番号", cell: ({ number }) => number, align: "end" },
            { title: "予防接種", cell: titleOf },
            { title: "医療機関", cell: ({ number }) => sealed.clinics[number] ?? "―" },
            {
              title: "接種日",
              cell: ({ dose }) => showDateShort(dose.givenOn as IsoDate),
              nowrap: true,
            },
            { title: "依頼書", cell: ({ letters }) => letters.join("、") || "なし" },
            {
              title: "支払った額",
              cell: ({ dose }) => yen(dose.paid),
              align: "end",
              nowrap: true,
            },
            {
              title: "契約単価",
              cell: ({ price }) => (price ? yen(price.amount) : "―"),
              align: "end",
              nowrap: true,
            },
            {
              title: "払戻し",
              cell: ({ amount }) => yen(amount),
              align: "end",
              nowrap: true,
            },
            { title: "判定", cell: (row) => <Verdict {...row} /> },
          ]}
          foot={
            <tr>
              <th scope="row" colSpan={5}>
                合計
              </th>
              <td class="align-end">{yen(rows.reduce((sum, { dose }) => sum + dose.paid, 0))}</td>
              <td />
              <td class="align-end">{yen(rows.reduce((sum, { amount }) => sum + amount, 0))}</td>
              <td />
            </tr>
          }
        />
      </Panel>
      <Disclosure title="額の計算と根拠">
        <p>
          支払った額と、接種を受けた年度の本市の契約単価（市内個別・税込）のうち、少ない方の額です。
        </p>
        <ul>
          {refund.basis.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}

function Verdict({
  reason,
  until,
  other,
}: Pick<ReckonedDose, "until" | "other"> & {
  reason: keyof typeof refundRefusals | null | undefined;
}) {
  return (
    <>
      {reason ? (
        <>
          <Badge tone="error">不支給</Badge> {refundRefusals[reason]}
        </>
      ) : (
        <Badge tone="success">支給</Badge>
      )}
      <ul class="plain-list">
        <li>請求の期限 {showDate(until)}</li>
        {other && <li>同じ接種か領収書の請求 {other} が審査中です。</li>}
      </ul>
    </>
  );
}

/** To whom it is paid and how far that is. */
function Side({ view: { own, found } }: { view: View }) {
  const { refund, proposed, payee, account, payable, channel, sealed } = own;
  const documents = new Set(refund.doses.flatMap(({ dose }) => dose.documents));
  return (
    <Panel title="払戻し">
      <DefinitionList
        items={[
          [
            proposed ? "払戻しの額（起案・決定）" : "払戻しの額（見込み）",
            yen(proposed?.total ?? refund.total),
          ],
          ["支払先", payee],
          [
            "振込先口座",
            account ?? (
              <>
                確認された口座がありません。
                <a href={paymentPaths(found.program).accounts}>口座の確認</a>
              </>
            ),
          ],
          ...(payable
            ? ([
                [
                  "支払",
                  <a href={paymentPaths(found.program).payable(payable.id)}>
                    {`${payableNumber(payable)} ${payableStateMeta(payable.state).title}`}
                  </a>,
                ],
              ] as const)
            : []),
          ["受付", channels[channel]],
          [
            "書類",
            [...documents]
              .map((one) => refundDocuments[one as keyof typeof refundDocuments])
              .join("、") || "なし",
          ],
          ...(sealed.remark ? ([["備考", sealed.remark]] as const) : []),
        ]}
      />
    </Panel>
  );
}

/** What the decision will do, and whether the rules still say so. */
function outcome({ own, passage }: View, subject: string) {
  const { proposed, refund, account, payee, payable, enteredBy } = own;
  const code = String(passage.proposal.reason ?? "");
  if (subject === "cancellation")
    return {
      lines: [
        ["処分", "支給決定の取消し"],
        ["理由", refundCancellationReasons[code as keyof typeof refundCancellationReasons] ?? code],
        ["支払", payable ? `${payableNumber(payable)} ${yen(payable.amount)} を取り下げます` : "―"],
      ] as const,
      moved: [],
    };
  if (!proposed) return { lines: [], moved: [] };
  const refused = refusedIn(proposed);
  if (subject === "refusal")
    return {
      lines: [
        ["処分", "不支給"],
        ["領収書", `${proposed.rows.length}件`],
        ["支払", "この決裁では支払は生じません"],
      ] as const,
      moved: [],
      notice: "不支給決定通知書",
    };
  return {
    lines: [
      ["処分", refused > 0 ? `一部支給（不支給 ${refused}件）` : "支給"],
      ["支給額", yen(proposed.total)],
      ["支払先", payee],
      ["支払", account ? `${account} に振り込みます` : "振込先口座が確認されてから振り込みます"],
      ["領収書の入力", enteredBy ?? "―"],
    ] as const,
    notice: refused > 0 ? "一部支給決定通知書" : "支給決定通知書",
    moved: isAsProposedRefund(refund, proposed)
      ? []
      : ["起案の後に払い戻す額が変わったため、決裁できません。差し戻してください。"],
  };
}
