import type { CaseRow } from "#src/platform/cases/index.ts";
import { answersOfCase, groupTitles } from "#src/platform/review-panels/index.ts";
import type { Work } from "#src/platform/work.ts";
import { DefinitionList, Panel, Table } from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { opinionWords, voteWords } from "#src/web/review-panels/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { recordResults } from "#workflows/intractable-disease/review.ts";
import { intractablePanel } from "../panel.ts";
import {
  basisOf,
  registrationOutcomes,
  registrationStates,
  registrationsOfCase,
} from "../registrations.ts";
import { recordResultOf, referralsOf } from "../review.ts";
import { intractablePanelSet } from "./panel-set.ts";
import { registrationPaths } from "./registration-paths.ts";

/** What the page of an application shows of its 審査. */
export async function reviewOf(work: Work, found: CaseRow) {
  return {
    receivedOn: found.receivedOn as IsoDate,
    result: await recordResultOf(work, found.id),
    referrals: await referralsOf(work, found.id),
    answers: await answersOfCase(work, found.id),
    groups: await groupTitles(work, intractablePanel),
    caseId: found.id,
    registrations: await registrationsOfCase(work, found.id),
    basis: await basisOf(work, found.id),
  };
}
type Review = Awaited<ReturnType<typeof reviewOf>>;

/** 書類審査, 審査依頼 and the answers of the panel, the newest first. */
export function ReviewPanel({
  review: { receivedOn, result, referrals, answers, groups, caseId, registrations, basis },
}: {
  review: Review;
}) {
  if (!result && referrals.length === 0 && !basis) return null;
  const [newest] = referrals;
  return (
    <Panel title="審査">
      <DefinitionList
        items={[
          ["書類審査", result ? recordResults[result] : "記録なし"],
          ...(newest
            ? ([
                ["審査グループ", newest.groupId === null ? "全体" : groups.get(newest.groupId)],
                ["審査の回数", `${referrals.length}回${newest.again ? "（再審査）" : ""}`],
              ] as const)
            : []),
          ...(basis
            ? ([
                [
                  "登録者証",
                  <a href={registrationPaths.ofCase(caseId)}>
                    {registrations[0]
                      ? `${registrationOutcomes[registrations[0].outcome]}（${registrationStates[registrations[0].state]}）`
                      : "起案する"}
                  </a>,
                ],
              ] as const)
            : []),
        ]}
      />
      {answers.length > 0 && (
        <Table
          caption="審査会の答申（新しい順）"
          captionShown
          rows={answers}
          columns={[
            {
              title: "会議",
              cell: ({ sessionId, caseId, heldOn }) => (
                <a href={intractablePanelSet.answer(sessionId, caseId)}>{showDateShort(heldOn)}</a>
              ),
              nowrap: true,
            },
            { title: "疾病", cell: ({ matter }) => diseaseTitle(Number(matter), receivedOn) },
            { title: "答申", cell: (one) => opinionWords(intractablePanel, one) },
            { title: "採決", cell: (one) => voteWords(intractablePanel, one) },
            {
              title: "確認",
              cell: ({ comparedOn }) => (comparedOn ? showDate(comparedOn as IsoDate) : "確認待ち"),
              nowrap: true,
            },
          ]}
        />
      )}
    </Panel>
  );
}
