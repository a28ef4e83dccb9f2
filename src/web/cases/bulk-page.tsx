import { isLetterKind, letterTitles } from "#src/platform/applications/index.ts";
import type { Bulk, BulkItem } from "#src/platform/cases/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import { type PaperVersion, paperMark } from "#src/platform/printing/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Badge,
  Button,
  ButtonLink,
  Checkbox,
  type Column,
  Columns,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  PrintPreview,
  Progress,
  Table,
} from "../components/index.ts";
import { PaperWords } from "../paper-words.tsx";
import { PersonCell } from "../person-cell.tsx";
import { subjectTitles } from "./bulk-list.tsx";
import type { AnyCaseScreens } from "./declaration.ts";
import { bulkPath, casePath, listPath } from "./paths.ts";

interface Props {
  screens: AnyCaseScreens;
  bulk: Bulk;
  items: readonly BulkItem[];
  people: ReadonlyMap<string, Person>;
  /** With what the letters would be printed now; nothing where each is of a form of its own. */
  paper: PaperVersion | undefined;
  today: IsoDate;
  heading: string;
  errors: Record<string, string>;
}

/** Where it stands, and which cases have their turn yet. */
export function phaseOf(
  bulk: Bulk,
  items: readonly BulkItem[],
): { name: "looking" | "ready" | "deciding" | "done"; title: string; left: readonly BulkItem[] } {
  const unseen = items.filter(({ revision }) => revision === null);
  if (unseen.length > 0) return { name: "looking", title: "調べています", left: unseen };
  if (!bulk.confirmedAt) return { name: "ready", title: "確認", left: [] };
  const open = items.filter(({ exception, outcome }) => exception === null && outcome === null);
  if (open.length > 0) return { name: "deciding", title: "決裁しています", left: open };
  return { name: "done", title: "結果", left: [] };
}

export function BulkPage(props: Props) {
  const { bulk, items, heading } = props;
  const { name, title } = phaseOf(bulk, items);
  return (
    <>
      <PageTitle
        badge={<Badge>{title}</Badge>}
      >{`${heading}（${subjectTitles[bulk.subject]}）`}</PageTitle>
      {(name === "looking" || name === "deciding") && (
        <Panel title={title}>
          <BulkProgress program={bulk.program} bulk={bulk} items={items} />
        </Panel>
      )}
      {name === "ready" && <Ready {...props} />}
      {name === "done" && <Done {...props} />}
    </>
  );
}

/** How far it is; asks for the next portion by itself as long as the page stands open. */
export function BulkProgress(props: { program: string; bulk: Bulk; items: readonly BulkItem[] }) {
  const { program, bulk, items } = props;
  const { name, title, left } = phaseOf(bulk, items);
  const total =
    name === "looking" ? items.length : items.filter(({ exception }) => exception === null).length;
  return (
    <div id="bulk-progress" aria-live="polite">
      <Progress label={title} done={total - left.length} total={total} />
      <p class="lead">この画面を閉じると止まります。止まったところから、あとで続けられます。</p>
      <Form
        action={`${bulkPath(program)}/${bulk.id}/go`}
        keys="search"
        class="inline-form"
        replaces="#bulk-progress"
        atOnce
      >
        <Button look="secondary">続ける</Button>
      </Form>
    </div>
  );
}

/** What it will do, what is left out of it, a letter of it, and the button. */
function Ready(props: Props) {
  const { bulk, items, paper, errors } = props;
  const alone = items.filter(({ exception }) => exception !== null);
  const together = items.filter(({ exception }) => exception === null);
  const [first] = together;
  const letter = isLetterKind(bulk.subject) ? letterTitles[bulk.subject] : "通知書";
  const previewOf = ({ caseId }: BulkItem) =>
    `${casePath({ program: bulk.program, id: caseId })}/preview/${bulk.subject}`;
  return (
    <>
      <Columns wide="first">
        <div>
          <Panel title="この一括決裁で行われること">
            <DefinitionList
              items={[
                ["処分", `${subjectTitles[bulk.subject]} ${together.length}件`],
                ["通知", `${letter}を${together.length}通作成します`],
                ...(paper ? ([["様式・設定", <PaperWords paper={paper} />]] as const) : []),
                ["個別に確かめるもの", `${alone.length}件（この決裁には含まれません）`],
              ]}
            />
            {first ? (
              <Form
                action={`${bulkPath(bulk.program)}/${bulk.id}/confirm`}
                class="form stacked"
                keys="search"
                errors={errors}
              >
                <input type="hidden" name="paper" value={paper ? paperMark(paper) : "none"} />
                <Checkbox
                  name="seen"
                  label={`${together.length}件の内容と、見本の${letter}を確かめました`}
                  required
                />
                <Button confirm={`${together.length}件を決裁します。よろしいですか。`}>
                  {`${together.length}件を決裁する`}
                </Button>
              </Form>
            ) : (
              <Notification tone="warning" title="一括で決裁できるものがありません。" />
            )}
          </Panel>
          {alone.length > 0 && (
            <Panel title={`個別に確かめるもの ${alone.length}件`}>
              <ItemTable
                {...props}
                caption="個別に確かめるもの"
                rows={alone}
                more={[{ title: "理由", cell: ({ exception }) => exception }]}
              />
            </Panel>
          )}
        </div>
        <div>
          {first && (
            <PrintPreview
              src={previewOf(first)}
              title={`${letter}の見本`}
              height="half"
              frame="letter"
            />
          )}
        </div>
      </Columns>
      {first && (
        <Panel title={`決裁するもの ${together.length}件`}>
          <ItemTable
            {...props}
            caption="決裁するもの"
            rows={together}
            more={[
              { title: "決裁の内容", cell: ({ summary }) => summary, nowrap: true },
              {
                title: "通知書",
                cell: (item) => (
                  <a
                    href={previewOf(item)}
                    target="letter"
                    aria-label={`${item.number}の通知書を見る`}
                  >
                    見る
                  </a>
                ),
                nowrap: true,
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}

const outcomes = {
  done: { title: "決裁済", tone: "success" },
  refused: { title: "決裁できません", tone: "error" },
  conflict: { title: "ほかの職員が先に進めました", tone: "warning" },
  failed: { title: "処理できませんでした", tone: "error" },
} as const;

/** The answer for each case: first what was not decided, each with its reason. */
function Done(props: Props) {
  const { bulk, items } = props;
  const done = items.filter(({ outcome }) => outcome === "done");
  const undone = items.filter(({ outcome, exception }) => outcome !== "done" && exception === null);
  const alone = items.filter(({ exception }) => exception !== null);
  const unmade = done.filter(({ letterFailure }) => letterFailure !== null);
  return (
    <>
      <Panel
        title="結果"
        actions={
          <>
            <ButtonLink href={bulkPath(bulk.program)}>一括決裁に戻る</ButtonLink>
            <ButtonLink href={listPath(bulk.program)}>申請一覧</ButtonLink>
          </>
        }
      >
        <DefinitionList
          items={[
            ["決裁したもの", `${done.length}件`],
            ["決裁できなかったもの", `${undone.length}件`],
            ["個別に確かめるもの", `${alone.length}件`],
            ["通知書を作成できなかったもの", `${unmade.length}件`],
          ]}
          columns={2}
        />
      </Panel>
      {[
        { title: "決裁できなかったもの", rows: undone },
        { title: "個別に確かめるもの", rows: alone },
        {
          title: "決裁したもの",
          rows: [...unmade, ...done.filter((one) => !unmade.includes(one))],
        },
      ].map(
        ({ title, rows }) =>
          rows.length > 0 && (
            <Panel key={title} title={`${title} ${rows.length}件`}>
              <ItemTable
                {...props}
                caption={title}
                rows={rows}
                more={[
                  { title: "結果", cell: (item) => <Outcome item={item} />, nowrap: true },
                  { title: "理由・内容", cell: whyOf },
                ]}
              />
            </Panel>
          ),
      )}
    </>
  );
}

function Outcome({ item: { outcome } }: { item: BulkItem }) {
  if (!outcome) return <Badge tone="neutral">個別に決裁</Badge>;
  return <Badge tone={outcomes[outcome].tone}>{outcomes[outcome].title}</Badge>;
}

const whyOf = ({ exception, outcome, reason, summary, letterFailure }: BulkItem) =>
  exception ??
  (outcome === "done"
    ? letterFailure === null
      ? summary
      : `${summary}　通知書を作成できませんでした: ${letterFailure}`
    : reason);

function ItemTable({
  bulk,
  people,
  today,
  caption,
  rows,
  more,
}: Props & { caption: string; rows: readonly BulkItem[]; more: readonly Column<BulkItem>[] }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      href={({ caseId }) => casePath({ program: bulk.program, id: caseId })}
      columns={[
        { title: "番号", cell: ({ number }) => number, nowrap: true },
        {
          title: "氏名・年齢",
          cell: ({ personNumber }) => (
            <PersonCell person={people.get(personNumber)} today={today} />
          ),
        },
        ...more,
      ]}
    />
  );
}
