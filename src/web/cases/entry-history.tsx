import type { CaseHead } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { type EntryMark, entryMarksOf } from "#src/platform/intake/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Badge,
  Disclosure,
  EmptyState,
  Notification,
  Panel,
  type ShownField,
  shownFields,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { changesBetween, type EntryChange } from "./entry-changes.ts";
import { lookAtEntries } from "./entry-subject.ts";
import { casePath } from "./paths.ts";
import { stepPage } from "./step-page.tsx";

/** An entry beside the one before it. */
interface EntryLine extends EntryMark {
  changes: EntryChange[];
  /** Nothing was there to be changed: it lists what it says. */
  first: boolean;
}

export const EntryHistoryLink = (found: Pick<CaseRow, "program" | "id">) => (
  <a href={`${casePath(found)}/entries`}>入力の履歴</a>
);

/** What was entered in a case, entry by entry: who changed which field from what to what, and when. */
export function entryHistory(screens: AnyCaseScreens): AnyRoute {
  const { program } = screens.application;
  return defineRoute({
    method: "get",
    path: `/${program}/cases/:caseId/entries` as const,
    right: "case.read",
    program,
    audit: "application.history-opened",
    purpose: "case",
    async handle({ params: { caseId }, work }) {
      const { found, head, lines } = await work((unit) => readHistory(unit, screens, caseId), {
        caseId,
      });
      return stepPage(found, {
        title: "入力の履歴",
        head,
        sent: {},
        content: <History head={head} lines={lines.toReversed()} />,
      });
    },
  });
}

async function readHistory(
  work: Work,
  screens: AnyCaseScreens,
  caseId: string,
): Promise<{ found: CaseRow; head: CaseHead; lines: EntryLine[] }> {
  const { found, isChange, head, entryAt } = await lookAtEntries(work, screens, caseId);
  const marks = await entryMarksOf(work, caseId);
  if (marks.length === 0) throw notFound("まだ何も入力されていません。");
  const fieldsAt = async (revision: number) => shownFields((await entryAt(revision)).fields());
  // A report begins with the data as they held without it, an application with nothing.
  let before: readonly ShownField[] = isChange ? await fieldsAt(0) : [];
  const lines: EntryLine[] = [];
  for (const mark of marks) {
    const after = await fieldsAt(mark.revision);
    const first = lines.length === 0 && !isChange;
    lines.push({ ...mark, changes: changesBetween(before, after), first });
    before = after;
  }
  return { found, head, lines };
}

function History({ head, lines }: { head: CaseHead; lines: readonly EntryLine[] }) {
  return (
    <>
      {head.masked && (
        <Notification tone="info">
          支援措置の対象者です。住所と電話番号の変更は、住所を扱う権限のある職員にだけ表示されます。
        </Notification>
      )}
      {lines.map((line) => (
        <Panel
          key={line.revision}
          title={`${showMoment(line.enteredAt)}　${line.enteredBy}`}
          actions={
            line.confirmedBy ? (
              <Badge tone="success">{`確認済 ${line.confirmedBy}`}</Badge>
            ) : (
              <Badge>確認なし</Badge>
            )
          }
        >
          {line.first ? (
            <Disclosure
              title={`最初の入力（${line.changes.length}項目）`}
              open={lines.length === 1}
            >
              <Table
                caption="最初の入力"
                rows={line.changes}
                columns={[
                  { title: "項目", cell: ({ title }) => title },
                  { title: "入力", cell: ({ after }) => after },
                ]}
              />
            </Disclosure>
          ) : line.changes.length === 0 ? (
            <EmptyState>前の入力から変わった項目はありません。</EmptyState>
          ) : (
            <Table
              caption={`${showMoment(line.enteredAt)}の変更`}
              rows={line.changes}
              columns={[
                { title: "項目", cell: ({ title }) => title },
                { title: "変更前", cell: ({ before }) => before },
                { title: "変更後", cell: ({ after }) => after },
              ]}
            />
          )}
        </Panel>
      ))}
    </>
  );
}
