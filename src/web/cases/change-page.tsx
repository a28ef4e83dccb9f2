import {
  letterAhead,
  letterTitles,
  reasonTitle,
  subjectOfChange,
} from "#src/platform/applications/index.ts";
import { Badge, DefinitionList, Panel } from "../components/index.ts";
import { showDate } from "../dates.ts";
import { CaseFrame } from "./case-frame.tsx";
import { ChangedPanel } from "./changed-panel.tsx";
import { ConsequencesPanel, FollowUpsPanel } from "./consequences-panel.tsx";
import { ChangeGrantingPanel } from "./granting-panel.tsx";
import { showPeriod } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { MembersPanel, SubjectPanel } from "./people-panel.tsx";
import { type ChangeShown, isHousehold, nameIn } from "./shown.ts";

/** The page of a report of change or loss: what is registered beside what is reported. */
export const ChangePage = (shown: ChangeShown) => (
  <CaseFrame shown={shown} granting={<ChangeGrantingPanel {...shown} />}>
    <ReportPanel {...shown} />
    <ChangedPanel {...shown} />
    <ConsequencesPanel {...shown} />
    <FollowUpsPanel {...shown} />
    {shown.screens.changePanels?.(shown.view)}
    <SubjectPanel {...shown} />
    <MembersPanel {...shown} />
  </CaseFrame>
);

/** What is reported, from when, and whose entitlements it is about. */
function ReportPanel({ screens, view }: ChangeShown) {
  const { change, entitlements, found } = view;
  const subject = subjectOfChange(screens.change, change);
  const reason = reasonTitle(screens.change, change);
  const several = isHousehold(view) || entitlements.length > 1;
  return (
    <Panel
      title="届出"
      actions={change.origin === "register" && <Badge tone="info">職権（住民記録の異動）</Badge>}
    >
      <DefinitionList
        columns={2}
        items={[
          ["種類", subject.title],
          [dayWord(change), showDate(change.occursOn)],
          ["届出日", showDate(change.reportedOn)],
          ...(reason ? [["理由", reason] as const] : []),
          ...entitlements.map(
            (one) =>
              [
                several ? `${nameIn(view, one.personNumber)}の有効期間` : "今の有効期間",
                showPeriod(one.validFrom, one.validTo),
              ] as const,
          ),
          [
            "もとの申請",
            <a href={casePath({ program: found.program, id: change.grantingCaseId })}>
              申請を開く
            </a>,
          ],
        ]}
      />
      <LetterSample {...view} />
    </Panel>
  );
}

/** The letter that the report will send, as it would look now; once its contents are entered. */
function LetterSample({ found, change, after, granting }: ChangeShown["view"]) {
  const letter = letterAhead(found, change);
  if (!letter || !after || (letter === "grant" && !granting?.granted)) return null;
  return (
    <p>
      <a href={`${casePath(found)}/preview/${letter}`} target="_blank" rel="noopener">
        {`送付する${letterTitles[letter]}の見本`}
      </a>
    </p>
  );
}

/** Of a loss the day is the first one without entitlement. */
const dayWord = ({ movement }: ChangeShown["view"]["change"]) => dayWords[movement ?? "data"];

const dayWords = {
  data: "変更日",
  granted: "変更日",
  lost: "資格がなくなる日",
  suspended: "停止する日",
  resumed: "再開する日",
  corrected: "訂正する日",
};
