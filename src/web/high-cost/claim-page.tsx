import { holdsForAll } from "#src/platform/access/actor.ts";
import {
  answerReasonTitles,
  answerTitles,
  type ClaimAnswer,
  claimActions,
  claimNumber,
  claimStateMeta,
  entryNumber,
  paperObstacles,
  papersOfClaim,
  readClaim,
  returnReasonTitles,
} from "#src/platform/high-cost/index.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import { highCostClaimV1 } from "#workflows/high-cost/claim-machine.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote } from "../cases/sent.tsx";
import {
  Button,
  Columns,
  DefinitionList,
  Form,
  PageTitle,
  Pagination,
  Panel,
  StepPicture,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { day, rowsAPage } from "../payments/parts.tsx";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { showMonth } from "../receipts/words.ts";
import { page } from "../reply.ts";
import type { ScreenRequest } from "../route.ts";
import { ClaimSteps } from "./claim-actions.tsx";
import { PaperPanel } from "./claim-papers.tsx";
import { ClaimBadge, categoryTitle } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

export type ClaimRequest = ScreenRequest<`${string}:claim`>;

/** What each step of a claim is called. */
export const claimEventTitles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(highCostClaimV1.events).map(([type, { title }]) => [type, title]),
  ),
  gather: "請求に集める",
  issuePaper: "請求書を発行する",
};
const positions = { present: "current", passed: "done", ahead: "ahead" } as const;

/** A claim: what it asks for, how the insurer answered, what came in. */
export async function claimPage(of: HighCosts, request: ClaimRequest, sent?: Sent) {
  const { params, query, work, actor, platform } = request;
  const id = idOf(params.claim);
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const details = await readClaim(unit, id, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      ...details,
      people: await peopleOfRows(
        unit,
        details.lines.map(({ entry }) => entry.personNumber),
      ),
      actions: await claimActions(unit, details.claim),
      papers: await papersOfClaim(unit, id),
      obstacles:
        details.claim.state === "approved" ? await paperObstacles(unit, details.claim) : [],
    };
  });
  const { claim, lines, figures, money, people, actions, papers, obstacles } = found;
  const number = claimNumber(claim);
  const today = platform.clock.today();
  const prepares = holdsForAll(actor, "high-cost.prepare", of.program);
  const { steps } = pictureOf(
    highCostClaimV1,
    claim.state,
    found.steps.map(({ toState }) => toState),
  );
  const here = steps.find(({ position }) => position === "present");
  const written = ["approved", "sent", "closed"].includes(claim.state);
  return page({
    title: `高額療養費の請求 ${number} ${claimStateMeta(claim.state).title}`,
    breadcrumb: [
      { title: "高額療養費の請求", path: of.paths.entries },
      { title: "保険者への請求", path: of.paths.claims },
      { title: number },
    ],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<ClaimBadge state={claim.state} />}>高額療養費の請求 {number}</PageTitle>
        <SentNote />
        <StepPicture
          label="請求の流れ"
          steps={steps
            .filter(({ line }) => line === "main")
            .map(({ title, position }) => ({ label: title, state: positions[position] }))}
          beside={here?.line === "side" ? [{ label: here.title, state: "current" }] : []}
        />
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              columns={2}
              items={[
                ["保険者番号", claim.insurerNumber],
                ["診療月", `${showMonth(claim.throughMonth)}まで`],
                ["件数", `${figures.lines.toLocaleString("ja-JP")}件`],
                ["請求額", yen(figures.asked)],
                [
                  "承認した内容",
                  claim.approvedCount === null
                    ? "―"
                    : `${claim.approvedCount.toLocaleString("ja-JP")}件 ${yen(claim.approvedSum ?? 0)}（${day(claim.approvedOn)}）`,
                  "wide",
                ],
                ["送付", day(claim.sentOn)],
                ["回答のない行", `${figures.unanswered.toLocaleString("ja-JP")}件`],
                ["支給と回答された額", yen(figures.granted)],
                ["入金", yen(figures.received)],
              ]}
            />
            {prepares && written && (
              <Form action={`${of.paths.claim(id)}/file`} keys="search" class="inline-buttons">
                <Button
                  look="secondary"
                  confirm="請求一覧のファイルを取り出します。取り出したことは記録されます。よろしいですか。"
                >
                  請求一覧（CSV）を取り出す
                </Button>
              </Form>
            )}
          </Panel>
          <Panel title="次の操作">
            <ClaimSteps
              of={of}
              claim={claim}
              actions={actions}
              lines={lines}
              figures={figures}
              today={today}
            />
          </Panel>
        </Columns>
        {(papers.length > 0 || (prepares && claim.state === "approved")) && (
          <PaperPanel
            of={of}
            claim={claim}
            papers={papers}
            obstacles={obstacles}
            prepares={prepares}
          />
        )}
        <Panel title={`請求の明細 ${figures.lines.toLocaleString("ja-JP")}件`}>
          <Table
            caption="請求の明細"
            columns={[
              {
                title: "番号",
                cell: ({ entry }) => <a href={of.paths.entry(entry.id)}>{entryNumber(entry)}</a>,
                nowrap: true,
              },
              {
                title: "診療月",
                cell: ({ entry }) => showMonth(entry.treatmentMonth),
                nowrap: true,
              },
              {
                title: "受給者",
                cell: ({ entry }) => (
                  <>
                    <PersonCell person={people.get(entry.personNumber)} today={today} />
                    {entry.persons.length > 1 && ` ほか${entry.persons.length - 1}人`}
                  </>
                ),
              },
              { title: "適用区分", cell: ({ entry }) => categoryTitle(entry) },
              { title: "請求額", cell: ({ line }) => yen(line.amount), align: "end", nowrap: true },
              {
                title: "回答",
                cell: ({ line }) =>
                  line.result
                    ? `${answerTitles[line.result as ClaimAnswer]}${line.reason ? `（${answerReasonTitles[line.reason]}）` : ""}`
                    : "―",
              },
              {
                title: "支給額",
                cell: ({ line }) => (line.granted === null ? "―" : yen(line.granted)),
                align: "end",
                nowrap: true,
              },
              ...(prepares && claim.state === "prepared"
                ? [
                    {
                      title: "",
                      cell: ({ entry }: (typeof lines)[number]) => (
                        <Form action={`${of.paths.claim(id)}/take-out`} class="inline-buttons">
                          <input type="hidden" name="revision" value={claim.revision} />
                          <input type="hidden" name="entry" value={entry.id} />
                          <Button look="quiet">外す</Button>
                        </Form>
                      ),
                    },
                  ]
                : []),
            ]}
            rows={lines}
            empty="請求するものはありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(figures.lines / rowsAPage)}
            href={(next) => `${of.paths.claim(id)}?page=${next}`}
          />
        </Panel>
        {money.length > 0 && (
          <Panel title="入金">
            <Table
              caption="入金"
              columns={[
                { title: "入金の日", cell: (one) => day(one.receivedOn), nowrap: true },
                { title: "番号", cell: (one) => one.reference },
                { title: "額", cell: (one) => yen(one.amount), align: "end", nowrap: true },
                { title: "入力", cell: (one) => showMoment(one.enteredAt), nowrap: true },
              ]}
              rows={money}
            />
          </Panel>
        )}
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: (one) => showMoment(one.at), nowrap: true },
              { title: "職員", cell: (one) => one.staffName },
              { title: "操作", cell: (one) => claimEventTitles[one.event] ?? one.event },
              {
                title: "理由",
                cell: (one) =>
                  one.reason && one.reason in returnReasonTitles
                    ? returnReasonTitles[one.reason as keyof typeof returnReasonTitles]
                    : "―",
              },
            ]}
            rows={found.steps}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
