import type { FindingRecord, stepsOf } from "#src/platform/oversight/index.ts";
import { type Purpose, purposeTitles } from "#src/platform/work.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { findingV1 } from "#workflows/oversight/finding-machine.ts";
import { Badge, EmptyState, Pagination, Panel, Table, TimeLine } from "../../components/index.ts";
import { showMoment, showSecond } from "../../dates.ts";
import { itemWords } from "../audit/titles.ts";
import { type AuditWords, unknownWords } from "../audit/words/index.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";

/** Records a page. */
export const recordsAPage = 50;

/** Names of the 事務 and words for what was done. */
export interface Known {
  titles: ProgramTitles;
  words: AuditWords;
}

export function StateBadge({ state }: { state: string }) {
  const { title, tone } = stateMeta(findingV1, state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
}

/** The records that a finding rests on. */
export function RecordsPanel(props: {
  records: readonly FindingRecord[];
  total: number;
  page: number;
  path: string;
  known: Known;
}) {
  const { titles, words } = props.known;
  return (
    <Panel title={`もとになった記録 ${props.total.toLocaleString("ja-JP")}件`}>
      <Table
        caption="もとになった記録"
        columns={[
          { title: "日時", cell: ({ at }: FindingRecord) => showSecond(at), nowrap: true },
          { title: "宛名番号", cell: ({ personNumber }) => personNumber, nowrap: true },
          {
            title: "内容",
            cell: ({ action, items }) =>
              (words.get(action) ?? unknownWords).replace("{items}", itemWords(items) || "記録"),
          },
          {
            title: "目的",
            cell: ({ purpose }) => purposeTitles[purpose as Purpose] ?? "その他",
            nowrap: true,
          },
          {
            title: "事務",
            cell: ({ program }) => (program ? (titles.get(program) ?? "共通") : ""),
          },
          { title: "申請", cell: ({ caseId }) => (caseId ? "申請の画面" : "―"), nowrap: true },
        ]}
        rows={props.records}
      />
      <Pagination
        page={props.page}
        pages={Math.ceil(props.total / recordsAPage)}
        href={(number) => `${props.path}?page=${number}`}
      />
    </Panel>
  );
}

/** What was asked, said and decided. */
export function StepsPanel({ steps }: { steps: Awaited<ReturnType<typeof stepsOf>> }) {
  return (
    <Panel title="経過">
      {steps.length === 0 && <EmptyState>まだ何もしていません。</EmptyState>}
      <TimeLine
        label="経過"
        entries={steps.toReversed().map(({ event, at, staffName, askedName, said }) => ({
          at: showMoment(at),
          who: staffName,
          what: askedName ? `${askedName}に説明を求めた` : (findingV1.events[event]?.title ?? ""),
          ...(said ? { detail: said } : {}),
        }))}
      />
    </Panel>
  );
}
