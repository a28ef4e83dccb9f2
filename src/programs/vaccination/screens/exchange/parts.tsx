import { refusalTitles } from "#src/platform/provision/index.ts";
import { Badge, Panel, Table } from "#src/web/components/index.ts";
import { showDateShort, showMoment } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { HandOnState } from "#workflows/vaccination/exchange/hand-on.ts";
import type { InquiryState } from "#workflows/vaccination/exchange/inquiry.ts";
import type { Asked } from "../../exchange/asking.ts";
import type { papersOf } from "../../exchange/exchange-papers.ts";
import { handOnMeta } from "../../exchange/hand-ons.ts";
import { inquiryMeta } from "../../exchange/inquiries.ts";
import { exchangePaths, figure } from "./exchange-paths.ts";

export const InquiryBadge = ({ state }: { state: InquiryState }) => {
  const { title, tone } = inquiryMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

export const HandOnBadge = ({ state }: { state: HandOnState }) => {
  const { title, tone } = handOnMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** What came of asking where no letter was made. */
export const inWords = (asked: readonly Asked[]) => {
  const waiting = asked.filter(({ outcome }) => outcome === "waiting").length;
  const refused = asked.find((one) => one.outcome === "refused");
  return refused
    ? {
        tone: "error" as const,
        text: `照会できません（${refusalTitles[refused.refusal]}）。提供の記録の第${refused.request}号に残しました。`,
      }
    : {
        tone: "warning" as const,
        text: `${figure(waiting)}件は、自動応答不可の方です。ほかの職員が提供の記録で解除した後に、もう一度照会してください。`,
      };
};

/** The rules as options: to whom, and on which basis. */
export const ruleChoices = (
  rules: readonly { id: number; recipient: string; legalBasis: string }[],
) =>
  rules.map(({ id, recipient, legalBasis }) => ({
    value: String(id),
    label: `${recipient}（${legalBasis}）`,
  }));

const paperTitles = {
  inquiry: "照会書",
  reminder: "照会書（督促）",
  answer: "回答書",
} as const;

/** The papers of an inquiry, of ours or of another municipality. */
export const PapersPanel = ({ papers }: { papers: Awaited<ReturnType<typeof papersOf>> }) => (
  <Panel title="文書">
    <Table
      caption="文書"
      columns={[
        { title: "文書", cell: ({ kind }) => paperTitles[kind] },
        { title: "文書番号", cell: ({ documentNumber }) => documentNumber, nowrap: true },
        {
          title: "作成日",
          cell: ({ issuedOn }) => showDateShort(issuedOn as IsoDate),
          nowrap: true,
        },
      ]}
      rows={papers}
      href={({ id }) => exchangePaths.paper(id)}
      empty="まだ文書はありません。"
    />
  </Panel>
);

interface PastStep {
  at: Date;
  staffName: string;
  event: string;
  reason?: string | null;
}

/** What was done with it, and by whom; why, where its steps ask for that. */
export const HistoryPanel = ({
  events,
  titleOf,
  reasonOf,
}: {
  events: readonly PastStep[];
  titleOf: (event: string) => string;
  reasonOf?: (reason: string | null | undefined) => string;
}) => (
  <Panel title="経過">
    <Table
      caption="経過"
      columns={[
        { title: "日時", cell: ({ at }) => showMoment(at), nowrap: true },
        { title: "職員", cell: ({ staffName }) => staffName },
        { title: "操作", cell: ({ event }) => titleOf(event) },
        ...(reasonOf ? [{ title: "理由", cell: ({ reason }: PastStep) => reasonOf(reason) }] : []),
      ]}
      rows={events}
    />
  </Panel>
);
