import type { PanelAnswer, PanelSession, ReviewPanel } from "#src/platform/review-panels/index.ts";
import { Badge } from "#src/web/components/index.ts";
import type { PanelSet } from "./set.ts";

/** 基準を満たさない（重症度分類を満たさない） */
export function opinionWords(
  { opinions, reasons }: ReviewPanel,
  { opinion, reason }: Pick<PanelAnswer, "opinion" | "reason">,
): string {
  const title = opinions[opinion] ?? opinion;
  const why = reason === null ? undefined : (reasons[opinion]?.[reason] ?? reason);
  return why === undefined ? title : `${title}（${why}）`;
}

/** 否定できない2・認められない1・判断できない0（同数のため委員長が決定） */
export function voteWords(
  { opinions, words }: ReviewPanel,
  { votes, casting }: Pick<PanelAnswer, "votes" | "casting">,
): string {
  const counts = Object.entries(opinions).map(([code, title]) => `${title} ${votes[code] ?? 0}`);
  return `${counts.join("・")}${casting ? `（同数のため${words.chair}が決定）` : ""}`;
}

/** What a meeting said of a case, or the way to say it. */
export function AnswerCell({
  of: { panel, answer },
  session,
  caseId,
  answers,
}: {
  of: PanelSet;
  session: Pick<PanelSession, "id" | "state">;
  caseId: string;
  answers: readonly PanelAnswer[];
}) {
  const path = answer(session.id, caseId);
  if (answers.length === 0)
    return session.state === "held" ? <a href={path}>{panel.words.answer}を記録する</a> : <>未</>;
  const waits = panel.compared && answers.some(({ comparedBy }) => comparedBy === null);
  return (
    <>
      {[...new Set(answers.map(({ opinion }) => opinion))].map((opinion) => (
        <Badge key={opinion}>{panel.opinions[opinion] ?? opinion}</Badge>
      ))}{" "}
      <a href={path}>{waits ? "確認待ち" : "開く"}</a>
    </>
  );
}
