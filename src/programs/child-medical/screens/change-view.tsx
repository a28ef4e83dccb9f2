import {
  Badge,
  Columns,
  DefinitionList,
  EmptyState,
  PageTitle,
  Panel,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { changeSubjectTitles } from "../change.ts";
import { lossReasonTitles } from "../reasons.ts";
import type { ChangeView } from "../view.ts";
import { ActionsPanel, NextAction } from "./actions-panel.tsx";
import {
  Banners,
  ChildPanel,
  CommentsPanel,
  enteredItems,
  HistoryPanel,
  IdentityPanel,
  PapersPanel,
} from "./panels.tsx";
import { casePath, FlowPicture, StateBadge, showPeriod } from "./parts.tsx";

/** The page of a report of change or loss: what is registered beside what is reported. */
export function ChangePage({ view, today }: { view: ChangeView; today: IsoDate }) {
  const { found, actions, change, changed, entitlement } = view;
  const part = Object.keys(changed ?? {});
  const present = Object.fromEntries(
    Object.entries(view.current).filter(([key]) => part.includes(key)),
  );
  return (
    <>
      <PageTitle
        badge={<StateBadge state={found.state} title={view.stateTitle} />}
        actions={
          <NextAction
            found={found}
            actions={actions}
            done={{
              identified: view.identityChecks.length > 0 || change.origin === "register",
              entered: view.entry !== undefined,
            }}
          />
        }
      >
        こども医療費助成 変更・喪失届 {found.number}
      </PageTitle>
      <FlowPicture picture={view.picture} history={view.history} />
      <Banners view={view} />
      <Columns wide="first">
        <div>
          <Panel
            title="届出"
            actions={
              change.origin === "register" && <Badge tone="info">職権（住民記録の異動）</Badge>
            }
          >
            <DefinitionList
              columns={2}
              items={[
                ["種類", changeSubjectTitles[change.subject]],
                [
                  change.subject === "loss" ? "資格がなくなる日" : "変更日",
                  showDate(change.occursOn as IsoDate),
                ],
                ...(change.lossReason
                  ? [["理由", lossReasonTitles[change.lossReason]] as const]
                  : []),
                ["今の有効期間", showPeriod(entitlement.validFrom, entitlement.validTo)],
                ["もとの申請", <a href={casePath(entitlement.caseId)}>申請を開く</a>],
              ]}
            />
          </Panel>
          {change.subject !== "loss" && (
            <Columns>
              <Panel title="今の登録">
                {part.length > 0 ? (
                  <DefinitionList items={enteredItems(present)} />
                ) : (
                  <EmptyState>届出の入力後に並べて表示します。</EmptyState>
                )}
              </Panel>
              <Panel title="届出の内容">
                {changed ? (
                  <>
                    <DefinitionList items={enteredItems(changed)} />
                    {found.state === "examination" && (
                      <p>
                        <a
                          href={`${casePath(found.id)}/preview/change`}
                          target="_blank"
                          rel="noopener"
                        >
                          送付する変更決定通知書の見本
                        </a>
                      </p>
                    )}
                  </>
                ) : (
                  <EmptyState>まだ入力されていません。</EmptyState>
                )}
              </Panel>
            </Columns>
          )}
          <ChildPanel view={view} today={today} />
          <HistoryPanel view={view} />
        </div>
        <div>
          <ActionsPanel found={found} actions={actions} />
          <IdentityPanel view={view} />
          <CommentsPanel history={view.history} />
          <PapersPanel view={view} />
        </div>
      </Columns>
    </>
  );
}
