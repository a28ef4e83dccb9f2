import type { ComponentChildren } from "preact";
import { sharedView } from "#src/platform/applications/index.ts";
import { type CaseRow, getCase, latestApproval } from "#src/platform/cases/index.ts";
import {
  type ClaimKind,
  type ClaimRequest,
  claimCaseKind,
  claimChannelTitles,
  claimOf,
  isAsProposed,
  makeClaimLetter,
  openSealedClaim,
  type Proposed,
  postcardOf,
  previewClaimNotice,
  proposedOf,
  type ReckonedClaim,
  reckonClaim,
  requestsOf,
} from "#src/platform/claims/index.ts";
import { runNumber } from "#src/platform/mailings/index.ts";
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
import type { Work } from "#src/platform/work.ts";
import { claimFaults } from "#workflows/claims/faults.ts";
import {
  acceptanceReasons,
  cancellationReasons,
  refusalReasons,
} from "#workflows/claims/reasons.ts";
import { claimCares, claimDocuments } from "#workflows/claims/receipt.ts";
import { inquiryItems, supplementItems } from "#workflows/claims/requests.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Items, OtherCases, OtherView } from "../cases/index.ts";
import {
  Badge,
  DefinitionList,
  Disclosure,
  EmptyState,
  Notification,
  Panel,
  Table,
} from "../components/index.ts";
import { showBasis, showDate } from "../dates.ts";
import { paymentPaths } from "../payments/index.ts";
import { askedInWords } from "./asking.tsx";
import { showMonth } from "./receipt-fields.tsx";
import { claimPaths } from "./words.ts";

/** What the page of a claim shows beside what all cases show. */
interface ClaimView {
  claim: ReckonedClaim;
  channel: keyof typeof claimChannelTitles;
  payee: string;
  institutions: Readonly<Record<number, string>>;
  remark: string | undefined;
  /** Who keyed the receipts. */
  enteredBy: string | undefined;
  proposed: Proposed | undefined;
  /** The proposal is open or was decided: what it says counts, not what the rules would say now. */
  stands: boolean;
  account: string | undefined;
  payable: PayableRow | undefined;
  /** What was asked for in writing. */
  requests: readonly ClaimRequest[];
  /** The postcard that told of it in place of the letter. */
  postcard: Awaited<ReturnType<typeof postcardOf>>;
  /** What the 事務 shows and keeps of its own, below the receipts. */
  panel: ComponentChildren;
}
type View = OtherView<ClaimView>;

/** Claims as the common screens of cases show them. */
export const claimCases = (
  kind: ClaimKind,
  panel?: (work: Work, found: CaseRow) => Promise<ComponentChildren>,
): OtherCases<ClaimView> => ({
  kind: claimCaseKind(kind),
  async view(work, caseId, historyPage) {
    const shared = await sharedView(work, caseId, historyPage);
    const { found } = shared;
    const { payeeNumber, channel } = await claimOf(work, caseId);
    const sealed = await openSealedClaim(work, found);
    const proposed = await proposedOf(work, caseId);
    const { program } = kind;
    const account = await confirmedAccount(work, { program, personNumber: payeeNumber });
    const opened = account && accountInWords((await readAccount(work, account.id)).account);
    const payee = shared.register.people.get(payeeNumber);
    return {
      ...shared,
      // Who keyed it and who decides are two; there is nothing provisional about it.
      entry: undefined,
      own: {
        claim: await reckonClaim(work, kind, found),
        channel,
        payee: payee ? shownName(payee) : "―",
        institutions: sealed.institutions,
        remark: sealed.remark,
        enteredBy: shared.entry && shared.staffNames.get(shared.entry.enteredBy),
        proposed,
        stands: proposed?.decision === null || proposed?.decision === "approved",
        account: opened,
        payable: await payableOf(work, { program, sourceKind: "refund", sourceId: caseId }),
        requests: await requestsOf(work, caseId),
        postcard: await postcardOf(work, caseId),
        panel: await panel?.(work, found as CaseRow),
      },
    };
  },
  Content,
  Side,
  outcome,
  async preview(work, caseId) {
    const open = await latestApproval(work, caseId);
    return open?.subject === "cancellation" && open.decision === null
      ? makeClaimLetter(work, kind, await getCase(work, caseId), { letter: "claim-cancellation" })
      : previewClaimNotice(work, kind, caseId);
  },
  summary: ({ own: { proposed } }) =>
    proposed
      ? `${yen(proposed.total)}（領収書${proposed.rows.length}枚${refusedIn(proposed) > 0 ? `、うち不支給${refusedIn(proposed)}枚` : ""}）`
      : "",
});

const refusedIn = ({ rows }: Proposed): number =>
  rows.filter(({ outcome: what }) => what === "refused").length;

/** The receipts with what speaks against each, what is paid for it and why. */
function Content({ view }: { view: View }) {
  const { own, found } = view;
  const { claim, institutions, proposed, stands } = own;
  const rows = claim.receipts.map((one) => {
    const said = stands
      ? proposed?.rows.find(({ number }) => number === one.receipt.number)
      : undefined;
    return { ...one, ...(said ?? {}), reason: said ? said.reason : (one.reason ?? null) };
  });
  const openFindings = stands ? 0 : claim.receipts.filter(({ open }) => open.length > 0).length;
  if (rows.length === 0)
    return (
      <>
        <Panel title="領収書">
          <EmptyState>領収書は、まだ入力されていません。</EmptyState>
        </Panel>
        {own.panel}
      </>
    );
  return (
    <>
      {openFindings > 0 && (
        <Notification tone="warning" title={`確かめる領収書が${openFindings}枚あります`}>
          <a href={claimPaths(found.program).findings(found.id)}>確認事項を判断する</a>
        </Notification>
      )}
      {!stands &&
        claim.overpaid.map(({ month, amount }) => (
          <Notification
            key={month}
            tone="warning"
            title={`${showMonth(month)}診療分は、すでに${yen(amount)}多く支給しています`}
          >
            この申請を含めて計算した結果です。差し引かれていません。返還を求めるか検討してください。
          </Notification>
        ))}
      <Panel title={`領収書 ${rows.length}枚`}>
        <Table
          caption="領収書"
          rows={rows}
          tone={({ outcome: what, open }) =>
            what === "refused" ? "muted" : !stands && open.length > 0 ? "warning" : undefined
          }
          columns={[
            { title: "番号", cell: ({ receipt }) => receipt.number, align: "end" },
            {
              title: "診療",
              cell: ({ receipt }) =>
                `${showMonth(receipt.month)}${receipt.day ? `.${receipt.day}` : ""}`,
              nowrap: true,
            },
            { title: "医療機関", cell: ({ receipt }) => institutions[receipt.number] ?? "―" },
            { title: "区分", cell: ({ receipt }) => claimCares[receipt.care], nowrap: true },
            {
              title: "点数",
              cell: ({ receipt }) =>
                receipt.care === "appliance"
                  ? yen(receipt.cost)
                  : (receipt.cost / 10).toLocaleString("ja-JP"),
              align: "end",
              nowrap: true,
            },
            {
              title: "領収額",
              cell: ({ receipt }) => yen(receipt.paid),
              align: "end",
              nowrap: true,
            },
            {
              title: "支給額",
              cell: ({ amount, outcome: what }) =>
                what === "open" && !stands ? "未定" : yen(amount),
              align: "end",
              nowrap: true,
            },
            {
              title: "判定",
              cell: (row) => <Verdict {...row} shown={!stands} />,
            },
          ]}
          foot={
            <tr>
              <th scope="row" colSpan={5}>
                合計
              </th>
              <td class="align-end">
                {yen(rows.reduce((sum, { receipt }) => sum + receipt.paid, 0))}
              </td>
              <td class="align-end">{yen(rows.reduce((sum, { amount }) => sum + amount, 0))}</td>
              <td />
            </tr>
          }
        />
      </Panel>
      {own.panel}
      {own.requests.length > 0 && <Requests requests={own.requests} />}
      <Panel title="支給額の計算">
        {rows.every(({ lines }) => lines.length === 0) && (
          <EmptyState>支給できる領収書がないため、計算していません。</EmptyState>
        )}
        {rows
          .filter(({ lines }) => lines.length > 0)
          .map(({ receipt, lines, amount }) => (
            <Disclosure
              key={receipt.number}
              title={`領収書${receipt.number} ${showMonth(receipt.month)} ${yen(amount)}`}
            >
              <Lines lines={lines} amount={amount} />
            </Disclosure>
          ))}
        {claim.basis.length > 0 && (
          <Disclosure title="根拠">
            <ul>
              {claim.basis.map((line) => (
                <li key={line}>{showBasis(line)}</li>
              ))}
            </ul>
          </Disclosure>
        )}
      </Panel>
    </>
  );
}

/** What was asked for in writing, and by when. */
const Requests = ({ requests }: { requests: readonly ClaimRequest[] }) => (
  <Panel title="補正・照会">
    <Table
      caption="補正・照会"
      rows={requests}
      columns={[
        {
          title: "求めた先",
          cell: ({ asked, addressee }) => askedInWords(asked, addressee),
        },
        {
          title: "求めたこと",
          cell: ({ items, words, receipts }) =>
            [
              ...items.map((item) => ({ ...supplementItems, ...inquiryItems })[item]),
              ...(words ? [words] : []),
              ...(receipts.length > 0 ? [`（領収書${receipts.join("、")}）`] : []),
            ].join("、"),
        },
        { title: "期限", cell: ({ dueOn }) => showDate(dueOn), nowrap: true },
      ]}
    />
  </Panel>
);

/** What was found of a receipt, and what was said of it. */
function Verdict(
  row: Omit<ReckonedClaim["receipts"][number], "reason"> & {
    reason: string | null;
    shown: boolean;
  },
) {
  const { outcome: what, reason, faults, judged, open, shown } = row;
  return (
    <>
      {what === "granted" && open.length === 0 && <Badge tone="success">支給</Badge>}
      {what === "refused" && (
        <>
          <Badge tone="error">不支給</Badge>{" "}
          {refusalReasons[(reason ?? "other") as keyof typeof refusalReasons]}
        </>
      )}
      {shown && faults.length > 0 && (
        <ul class="plain-list">
          {faults.map(({ code, detail }) => {
            const said = judged.find((one) => one.code === code);
            const accepted =
              said && acceptanceReasons[said.reason as keyof typeof acceptanceReasons];
            return (
              <li key={code}>
                {claimFaults[code].title}
                {detail && `（${detail}）`}
                {accepted && `→ ${accepted}`}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

const Lines = ({ lines, amount }: { lines: readonly AmountStep[]; amount: number }) => (
  <DefinitionList
    items={[
      ...lines.map(({ label, amount: one }) => [label, yen(one)] as const),
      ["支給額", yen(amount)] as const,
    ]}
  />
);

const postcardInWords = ({ serial, on }: { serial: number | null; on: IsoDate }): string =>
  `はがき（${[...(serial === null ? [] : [runNumber({ serial })]), showDate(on)].join(" ")}）`;

/** To whom it is paid and how far that is. */
function Side({ view }: { view: View }) {
  const { own, found } = view;
  const { claim, payable, account, channel, payee, remark, proposed, stands, postcard } = own;
  const total = stands && proposed ? proposed.total : claim.total;
  const documents = new Set(claim.receipts.flatMap(({ receipt }) => receipt.documents));
  return (
    <Panel title="支給">
      <DefinitionList
        items={[
          [stands ? "支給額（起案・決定）" : "支給額（見込み）", yen(total)],
          ["支給先", payee],
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
          ["受付", claimChannelTitles[channel]],
          ...(postcard ? ([["通知", postcardInWords(postcard)]] as const) : []),
          ["書類", [...documents].map((one) => claimDocuments[one]).join("、") || "なし"],
          ...(remark ? ([["備考", remark]] as const) : []),
        ]}
      />
    </Panel>
  );
}

/** What the decision will do, and whether the rules still say so. */
function outcome(
  { own, passage, found }: View,
  subject: string,
): { lines: Items; moved: string[]; notice?: string } {
  const { proposed, claim, account, payee, payable, enteredBy } = own;
  if (subject === "cancellation") {
    const reason = String(passage.proposal.reason ?? "");
    return {
      lines: [
        ["処分", "支給決定の取消し"],
        ["理由", cancellationReasons[reason as keyof typeof cancellationReasons] ?? reason],
        ["支払", payable ? `${payableNumber(payable)} ${yen(payable.amount)} を取り下げます` : "―"],
      ],
      moved: [],
      ...(found.machineVersion > 1 ? { notice: "支給決定取消通知書" } : {}),
    };
  }
  if (!proposed) return { lines: [], moved: [] };
  const refused = refusedIn(proposed);
  if (subject === "refusal")
    return {
      lines: [
        ["処分", "不支給"],
        ["領収書", `${proposed.rows.length}枚`],
        ["支払", "この決裁では支払は生じません"],
      ],
      moved: [],
      notice: "不支給決定通知書",
    };
  return {
    lines: [
      ["処分", refused > 0 ? `一部支給（不支給 ${refused}枚）` : "支給"],
      ["支給額", yen(proposed.total)],
      ["支給先", payee],
      ["支払", account ? `${account} に振り込みます` : "振込先口座が確認されてから振り込みます"],
      ["領収書の入力", enteredBy ?? "―"],
    ],
    notice: refused > 0 ? "一部支給決定通知書" : "支給決定通知書",
    moved: isAsProposed(claim, proposed)
      ? []
      : ["起案の後に支給する額が変わったため、決裁できません。差し戻してください。"],
  };
}
