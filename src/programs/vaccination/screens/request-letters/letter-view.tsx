import { hiddenWord, sharedView } from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { withoutAddresses } from "#src/platform/entry-parts/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import type { OtherCases, OtherView } from "#src/web/cases/index.ts";
import {
  Badge,
  DefinitionList,
  EmptyState,
  Notification,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { sourceTitles } from "#workflows/vaccination/records/channels.ts";
import { lineTitle } from "#workflows/vaccination/request-letters/findings.ts";
import { requestLetterV1 } from "#workflows/vaccination/request-letters/machine.ts";
import { prefectures } from "#workflows/vaccination/request-letters/prefectures.ts";
import {
  acceptanceReasons,
  addresseeKinds,
  channels,
  letterCancellationReasons,
  lineStates,
  outcomes,
  payments,
  type RequestReason,
  reissueReasons,
  rejectionReasons,
  requestReasons,
  sendingWays,
} from "#workflows/vaccination/request-letters/reasons.ts";
import { validUntil } from "#workflows/vaccination/request-letters/terms.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { applicantRelations } from "../../request-letters/entry.ts";
import { type Examined, examine } from "../../request-letters/examine.ts";
import { previewLetterPaper } from "../../request-letters/letter-papers.ts";
import {
  type LetterLineRow,
  type LetterRow,
  lettersOf,
  linesOfLetter,
  monthsDecided,
  type OpenedRequest,
  openRequest,
  type ResultRow,
  resultsOf,
} from "../../request-letters/requests.ts";
import type { SealedResult } from "../../request-letters/result.ts";
import { isWaiting, type LineSlip, slipsOfLetter } from "../../request-letters/told-results.ts";
import { paths } from "../paths.ts";
import { requestPaths } from "./words.ts";

/** What the page of a letter shows beside what all cases show. */
interface LetterView {
  opened: OpenedRequest | undefined;
  /** What was found, while it is examined. */
  examined: Examined | undefined;
  /** The city's terms are missing. */
  missing: string | undefined;
  lines: readonly LetterLineRow[];
  letters: readonly LetterRow[];
  /** What was told of each dose, by its number. */
  slips: ReadonlyMap<number, LineSlip>;
  results: readonly (ResultRow & { sealed: SealedResult | undefined })[];
  months: number | undefined;
  today: IsoDate;
}
type View = OtherView<LetterView>;

const titleOf = ({ vaccine, dose }: { vaccine: string; dose: number }) =>
  lineTitle({ vaccine: vaccine as VaccineId, dose });
const day = (date: string | null | undefined) => showDateShort(date as IsoDate | null);
const judges = ["received", "identity", "examination", "held", "proposed", "approval"];

/** Letters as the common screens of cases show them. */
export const letterCases: OtherCases<LetterView> = {
  kind: requestLetterV1.kind,
  async view(work, caseId, historyPage) {
    const shared = await sharedView(work, caseId, historyPage);
    const { found } = shared;
    const opened = await openRequest(work, found);
    const hides = shared.masked;
    let examined: Examined | undefined;
    let missing: string | undefined;
    try {
      examined = judges.includes(found.state) ? await examine(work, found) : undefined;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error;
      missing = error.message;
    }
    const results = await resultsOf(work, caseId);
    const sealed = await getSealed(
      work,
      results.flatMap(({ sealedId }) => sealedId ?? []),
    );
    let at = 0;
    return {
      ...shared,
      own: {
        opened: opened && hides ? withoutAddresses(opened, hiddenWord) : opened,
        examined,
        missing,
        lines: await linesOfLetter(work, caseId),
        letters: await lettersOf(work, caseId),
        slips: await slipsOfLetter(work, caseId),
        results: results.map((one) => ({
          ...one,
          sealed: one.sealedId ? (sealed[at++]?.data as SealedResult | undefined) : undefined,
        })),
        months: await monthsDecided(work, caseId),
        today: work.platform.clock.today(),
      },
    };
  },
  Content,
  Side,
  outcome,
  preview: async (work, caseId) => previewLetterPaper(work, await getCase(work, caseId)),
  summary: ({ own }) =>
    own.opened
      ? `予防接種${own.opened.lines.length}件${own.examined && own.examined.blocked > 0 ? "（依頼できないものあり）" : ""}`
      : "",
  reasons: {
    rejection: rejectionReasons,
    cancellation: letterCancellationReasons,
    reissue: reissueReasons,
  },
};

/** The doses with what speaks against each, the letters as they were issued, and what came back. */
function Content({ view }: { view: View }) {
  const { own, found } = view;
  const { opened, examined, missing } = own;
  if (!opened)
    return (
      <Panel title="予防接種">
        <EmptyState>申請内容は、まだ入力されていません。</EmptyState>
      </Panel>
    );
  return (
    <>
      {missing && (
        <Notification tone="error" title={missing}>
          制度担当者が「制度の数値」で起案し、決裁者が承認してください。
        </Notification>
      )}
      {found.state === "examination" && examined && examined.doubtful > 0 && (
        <Notification tone="warning" title={`確かめることが${examined.doubtful}件あります`}>
          <a href={requestPaths.page(found.id, "judge")}>確認事項を判断する</a>
        </Notification>
      )}
      <Lines own={own} opened={opened} />
      {own.letters.length > 0 && <Letters letters={own.letters} />}
      {own.results.length > 0 && <Results own={own} />}
      <Request opened={opened} />
    </>
  );
}

function Lines({ own, opened }: { own: LetterView; opened: OpenedRequest }) {
  const { examined, lines, slips } = own;
  return (
    <Panel title={`予防接種 ${opened.lines.length}件`}>
      <Table
        caption="予防接種"
        rows={opened.lines}
        tone={({ number }) =>
          examined?.findings.some((one) => one.line === number && one.level === "blocked")
            ? "error"
            : undefined
        }
        columns={[
          { title: "番号", cell: ({ number }) => number, align: "end" },
          { title: "予防接種", cell: titleOf },
          { title: "予定日", cell: ({ plannedOn }) => day(plannedOn), nowrap: true },
          {
            title: "状態",
            cell: ({ number }) => {
              const line = lines.find((one) => one.number === number);
              return line ? <LineState line={line} told={slips.get(number)} /> : "審査中";
            },
            nowrap: true,
          },
          {
            title: "確認",
            cell: ({ number }) => <Findings examined={examined} line={number} />,
          },
        ]}
      />
    </Panel>
  );
}

const tones = {
  open: "info",
  given: "success",
  "not-given": "neutral",
  expired: "warning",
  cancelled: "neutral",
} as const;

/** How a dose stands; where what came back of it is still to be looked at, the slip leads on. */
function LineState({ line, told }: { line: LetterLineRow; told: LineSlip | undefined }) {
  const { state, givenOn, endedOn } = line;
  const awaited = state === "open" || state === "expired";
  return (
    <>
      <Badge tone={tones[state]}>{lineStates[state]}</Badge> {endedOn && day(givenOn ?? endedOn)}
      {awaited && told && (isWaiting(told) || told.isRecord) && (
        <a href={paths.slip(told.slipId)}>
          {told.isRecord ? "接種記録があります。結果を記録してください" : "結果を確認中"}
        </a>
      )}
    </>
  );
}

const words = { blocked: "依頼できません", doubtful: "確認", told: "お知らせ" } as const;
const findingTones = { blocked: "error", doubtful: "warning", told: "info" } as const;

function Findings({ examined, line }: { examined: Examined | undefined; line: number }) {
  const found = examined?.findings.filter((one) => one.line === line) ?? [];
  if (!examined) return null;
  if (found.length === 0) return <Badge tone="success">問題なし</Badge>;
  return (
    <ul class="plain-list">
      {found.map(({ code, level, message, accepted }) => (
        <li key={code}>
          <Badge tone={accepted ? "success" : findingTones[level]}>
            {accepted ? "確認済み" : words[level]}
          </Badge>{" "}
          {message}
          {accepted && ` → ${acceptanceReasons[accepted as keyof typeof acceptanceReasons]}`}
        </li>
      ))}
    </ul>
  );
}

const Letters = ({ letters }: { letters: readonly LetterRow[] }) => (
  <Panel title="交付した依頼書">
    <Table
      caption="交付した依頼書"
      rows={letters.toReversed()}
      tone={({ endedOn }) => (endedOn === null ? undefined : "muted")}
      columns={[
        { title: "番号", cell: ({ number }) => number, nowrap: true },
        { title: "交付日", cell: ({ issuedOn }) => day(issuedOn), nowrap: true },
        { title: "期限", cell: ({ validTo }) => day(validTo), nowrap: true },
        {
          title: "送付",
          cell: ({ sentOn, sentHow }) =>
            sentOn
              ? `${day(sentOn)} ${sendingWays[sentHow as keyof typeof sendingWays] ?? ""}`
              : "未送付",
        },
        {
          title: "終わり",
          cell: ({ endedOn, endedWhy, reissueReason }) =>
            [
              endedOn &&
                `${day(endedOn)} ${endedWhy === "replaced" ? "再交付により無効" : "取消し"}`,
              reissueReason &&
                `再交付（${reissueReasons[reissueReason as keyof typeof reissueReasons] ?? reissueReason}）`,
            ]
              .filter(Boolean)
              .join("、"),
        },
      ]}
    />
  </Panel>
);

const Results = ({ own: { results, lines } }: { own: LetterView }) => (
  <Panel title="返ってきた結果">
    <Table
      caption="返ってきた結果"
      rows={results}
      columns={[
        {
          title: "予防接種",
          cell: ({ number }) => {
            const line = lines.find((one) => one.number === number);
            return line ? titleOf(line) : number;
          },
        },
        { title: "結果", cell: ({ outcome: what }) => outcomes[what], nowrap: true },
        { title: "日", cell: ({ happenedOn }) => day(happenedOn), nowrap: true },
        {
          title: "医療機関・医師",
          cell: ({ sealed }) => [sealed?.clinic, sealed?.doctor].filter(Boolean).join("　"),
        },
        {
          title: "記録",
          cell: ({ outcome: what, alreadyKnown, sealed }) =>
            [
              what === "given" &&
                (alreadyKnown
                  ? `${sourceTitles[alreadyKnown] ?? alreadyKnown}で登録済みの記録と同じ（二重に数えない）`
                  : "接種記録に登録"),
              sealed?.remark,
            ]
              .filter(Boolean)
              .join("　"),
        },
      ]}
    />
  </Panel>
);

function Request({ opened }: { opened: OpenedRequest }) {
  const { request, applicant, sealed } = opened;
  const { stay, to, agent, remark } = sealed;
  const place = ({ address, building }: { address: string; building: string }) =>
    [address, building].filter(Boolean).join("　");
  return (
    <Panel title="申請内容">
      <DefinitionList
        items={[
          ["申請者", `${applicant.name}（${applicantRelations[applicant.relation]}）`],
          ["申請者の住所", place(applicant)],
          ["申請者の電話番号", applicant.telephone],
          ...(agent ? ([["代理人", `${agent.name}（${agent.relation}）`]] as const) : []),
          ["滞在先", `${prefectures[stay.prefecture] ?? ""}${stay.municipality}　${place(stay)}`],
          [
            "滞在の期間",
            `${showDate(request.stayFrom as IsoDate)} から ${showDate(request.stayTo as IsoDate)}`,
          ],
          ["依頼の理由", requestReasons[request.reason as RequestReason]],
          ["宛先", `${to.name}（${addresseeKinds[request.addressee]}）　${place(to)}`],
          ["費用の負担", payments[request.payment]],
          ["受付方法", channels[request.channel]],
          ...(remark ? ([["備考", remark]] as const) : []),
        ]}
      />
    </Panel>
  );
}

/** Until when it holds. */
function Side({ view: { own } }: { view: View }) {
  const { letters, months, examined, lines } = own;
  const letter = letters.find(({ endedOn }) => endedOn === null);
  const waiting = lines.filter(({ state }) => state === "open").length;
  const shownMonths = months ?? examined?.terms.value.months;
  return (
    <Panel title="依頼書">
      <DefinitionList
        items={[
          ["番号", letter?.number ?? "未交付"],
          [
            "有効期間",
            letter
              ? `${showDate(letters[0]?.issuedOn as IsoDate)} から ${showDate(letter.validTo as IsoDate)}`
              : shownMonths === undefined
                ? "月数が登録されていません"
                : `交付の日から${shownMonths}か月`,
          ],
          ...(lines.length > 0 ? ([["接種待ち", `${waiting}件`]] as const) : []),
          ...(examined ? ([["根拠", examined.terms.source]] as const) : []),
        ]}
      />
    </Panel>
  );
}

/** What the decision will do, and whether the rules still say so. */
function outcome({ own, passage }: View, subject: string) {
  const { opened, examined, letters, today } = own;
  const code = String(passage.proposal.reason ?? "");
  const reasonIn = (titles: Readonly<Record<string, string>>) => titles[code] ?? code;
  const doses = opened?.lines.map(titleOf).join("、") ?? "";
  if (subject === "rejection")
    return {
      lines: [
        ["処分", "不交付（却下）"],
        ["予防接種", doses],
        ["理由", reasonIn(rejectionReasons)],
      ] as const,
      moved: [],
      notice: "不交付決定通知書",
    };
  if (subject === "cancellation")
    return {
      lines: [
        ["処分", "依頼書の取消し"],
        ["依頼書", letters.at(-1)?.number ?? "交付前"],
        ["理由", reasonIn(letterCancellationReasons)],
        ["接種待ち", "すべて取り消します"],
      ] as const,
      moved: [],
      notice: "取消通知書",
    };
  const months = Number(passage.proposal.months ?? 0);
  return {
    lines: [
      ["処分", "依頼書の交付"],
      ["予防接種", doses],
      ["宛先", opened?.sealed.to.name ?? ""],
      [
        "有効期間",
        `交付の日から${months}か月（今日交付すると ${showDate(validUntil(today, Math.max(1, months)))} まで）`,
      ],
      ["費用の負担", opened ? payments[opened.request.payment] : ""],
    ] as const,
    moved:
      examined && examined.blocked > 0
        ? ["起案の後に、依頼できない接種が見つかったため、決裁できません。差し戻してください。"]
        : [],
    notice: "予防接種実施依頼書",
  };
}
