import { holds } from "#src/platform/access/actor.ts";
import {
  answerTitles,
  claimNumber,
  dropReasonTitles,
  entryActions,
  entryNumber,
  entryStateMeta,
  type HighCostEntry,
  insuranceEvidenceTitles,
  insuranceOf,
  mandateStateTitles,
  mandatesOf,
  readEntry,
} from "#src/platform/high-cost/index.ts";
import { type Person, shownName } from "#src/platform/people/index.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import { highCostEntryV1 } from "#workflows/high-cost/entry-machine.ts";
import { lapseWarnedBefore } from "#workflows/high-cost/lapse.ts";
import { receiptCares } from "#workflows/receipts/facts.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote } from "../cases/sent.tsx";
import {
  Badge,
  ButtonLink,
  Columns,
  DefinitionList,
  Notification,
  PageTitle,
  Panel,
  StepPicture,
  Table,
} from "../components/index.ts";
import { showBasis, showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { day } from "../payments/parts.tsx";
import { paymentPaths } from "../payments/set.ts";
import { maskedName, PersonCell, peopleOfRows } from "../person-cell.tsx";
import { personPath } from "../person-path.ts";
import { showMonth } from "../receipts/words.ts";
import { page } from "../reply.ts";
import type { ScreenRequest } from "../route.ts";
import { EntrySteps } from "./entry-actions.tsx";
import { InsuranceForm, MandateForms } from "./insurance-forms.tsx";
import { categoryTitle, EntryBadge, ExplainedLines, insurerTitle, missingWords } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

export type EntryRequest = ScreenRequest<`${string}:entry`>;

/** What each step of an entry is called. */
export const eventTitles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(highCostEntryV1.events).map(([type, { title }]) => [type, title]),
  ),
  find: "抽出する",
  change: "抽出で額が変わる",
  late: "請求した後の変更を見つける",
};

const reasonTitles: Readonly<Record<string, string>> = { ...dropReasonTitles, repayment: "返還金" };
const positions = { present: "current", passed: "done", ahead: "ahead" } as const;

/** 高額療養費 of a household's month: how it comes about, what is missing, and what is done next. */
export async function entryPage(of: HighCosts, request: EntryRequest, sent?: Sent) {
  const { params, work, platform, actor } = request;
  const id = idOf(params.entry);
  const found = await work(async (unit) => {
    const details = await readEntry(unit, id);
    const { entry } = details;
    const everybody = [...new Set([...entry.persons, entry.household])];
    return {
      ...details,
      everybody,
      people: await peopleOfRows(unit, everybody),
      actions: await entryActions(unit, entry),
      insurance: (
        await Promise.all(everybody.map((one) => insuranceOf(unit, of.program, one)))
      ).flat(),
      mandates: (await Promise.all(everybody.map((one) => mandatesOf(unit, of.program, one))))
        .flat()
        .filter((one) => one.insurerNumber === entry.insurerNumber),
    };
  });
  const { entry: row, bills, claims, people, everybody, actions, insurance, mandates } = found;
  const today = platform.clock.today();
  const number = entryNumber(row);
  const prepares = holds(actor, "high-cost.prepare", {
    program: of.program,
    office: row.officeCode,
  });
  const { steps } = pictureOf(
    highCostEntryV1,
    row.state,
    found.steps.map(({ toState }) => toState),
  );
  const here = steps.find(({ position }) => position === "present");
  const nameOf = (one: string) => titleOf(people.get(one));
  // What is done next stands beside what it is about; otherwise with the record of it.
  const mandateIsNext = row.state === "mandate-wanted" || row.state === "mandate-asked";
  const mandateForms = (
    <MandateForms
      of={of}
      row={row}
      mandates={mandates}
      people={everybody}
      nameOf={nameOf}
      today={today}
    />
  );
  return page({
    title: `高額療養費 ${number} ${entryStateMeta(row.state).title}`,
    breadcrumb: [{ title: "高額療養費の請求", path: of.paths.entries }, { title: number }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<EntryBadge state={row.state} />}>
          高額療養費 {number}　{showMonth(row.treatmentMonth)}診療分
        </PageTitle>
        <SentNote />
        <StepPicture
          label="高額療養費の流れ"
          steps={steps
            .filter(({ line }) => line === "main")
            .map(({ title, position }) => ({ label: title, state: positions[position] }))}
          beside={here?.line === "side" ? [{ label: here.title, state: "current" }] : []}
        />
        <Notes row={row} today={today} />
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              columns={2}
              items={[
                [
                  "受給者",
                  row.persons.map((one) => (
                    <div key={one}>
                      <a href={personPath(platform, one)}>
                        <PersonCell person={people.get(one)} today={today} />
                      </a>
                    </div>
                  )),
                  "wide",
                ],
                [
                  "被保険者",
                  row.persons.includes(row.household) ? (
                    "確認していません"
                  ) : (
                    <a key="insured" href={personPath(platform, row.household)}>
                      <PersonCell person={people.get(row.household)} today={today} />
                    </a>
                  ),
                ],
                ["保険者", insurerTitle(row.insurerNumber, row.insurerGroup)],
                ["適用区分", categoryTitle(row)],
                [
                  "委任状",
                  row.missing.length > 0
                    ? "調べてから分かります"
                    : row.needsMandate
                      ? "必要"
                      : "不要",
                ],
                ["市が請求できる額", <strong key="city">{yen(row.ofCity)}</strong>],
                ["支給された額", yen(row.granted)],
                ["時効", day(row.lapsesOn)],
                ...(row.lateOfCity === null
                  ? []
                  : [["請求した後に抽出した額", yen(row.lateOfCity)] as const]),
              ]}
            />
          </Panel>
          <Panel title="次の操作">
            {prepares && row.state === "query" && (
              <InsuranceForm of={of} row={row} nameOf={nameOf} today={today} />
            )}
            {prepares && mandateIsNext && mandateForms}
            <EntrySteps of={of} row={row} actions={actions} people={everybody} nameOf={nameOf} />
          </Panel>
        </Columns>
        <Columns>
          <Panel title="計算">
            <ExplainedLines steps={row.steps} />
            {row.basis.length > 0 && (
              <ul>
                {row.basis.map((line) => (
                  <li key={line}>{showBasis(line)}</li>
                ))}
              </ul>
            )}
          </Panel>
          <Panel title="数えたレセプト">
            <Table
              caption="数えたレセプト"
              columns={[
                ...(row.persons.length > 1
                  ? [
                      {
                        title: "受給者",
                        cell: ({ benefit }: (typeof bills)[number]) => nameOf(benefit.personNumber),
                      },
                    ]
                  : []),
                { title: "医療機関", cell: ({ institutionName }) => institutionName },
                {
                  title: "入外",
                  cell: ({ benefit }) => receiptCares[benefit.care],
                  nowrap: true,
                },
                {
                  title: "総医療費",
                  cell: ({ benefit }) => yen(benefit.totalCost),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "市の助成",
                  cell: ({ benefit }) => yen(benefit.subsidy),
                  align: "end",
                  nowrap: true,
                },
              ]}
              rows={bills}
              empty="見ることのできるレセプトはありません。"
            />
          </Panel>
        </Columns>
        <Columns>
          <Panel title="保険の確認">
            <Table
              caption="保険の確認"
              columns={[
                { title: "だれの", cell: (one) => nameOf(one.personNumber) },
                { title: "保険者", cell: (one) => one.insurerNumber, nowrap: true },
                {
                  title: "期間",
                  cell: (one) =>
                    `${showMonth(one.fromMonth)}～${one.toMonth ? showMonth(one.toMonth) : ""}`,
                },
                { title: "適用区分", cell: (one) => (one.category ? categoryTitle(one) : "―") },
                {
                  title: "被保険者",
                  cell: (one) => (one.insuredPerson ? nameOf(one.insuredPerson) : "―"),
                },
                { title: "根拠", cell: (one) => insuranceEvidenceTitles[one.evidence] },
              ]}
              rows={insurance}
              empty="保険者に確認した内容は、まだ入力されていません。"
            />
            {prepares && row.state !== "query" && (
              <InsuranceForm of={of} row={row} nameOf={nameOf} today={today} />
            )}
          </Panel>
          <Panel title="委任状">
            <Table
              caption="委任状"
              columns={[
                { title: "だれの", cell: (one) => nameOf(one.personNumber) },
                {
                  title: "対象の診療月",
                  cell: (one) =>
                    one.toMonth === null
                      ? `${showMonth(one.fromMonth)}以後すべて`
                      : showMonth(one.fromMonth),
                },
                { title: "依頼", cell: (one) => day(one.askedOn), nowrap: true },
                { title: "受領", cell: (one) => day(one.receivedOn), nowrap: true },
                {
                  title: "状態",
                  cell: (one) => (
                    <Badge tone={mandateTones[one.state]}>{mandateStateTitles[one.state]}</Badge>
                  ),
                  nowrap: true,
                },
              ]}
              rows={mandates}
              empty="委任状はありません。"
            />
            {prepares && !mandateIsNext && row.insurerNumber !== "" && mandateForms}
          </Panel>
        </Columns>
        {claims.length > 0 && (
          <Panel title="保険者への請求">
            <Table
              caption="保険者への請求"
              columns={[
                { title: "番号", cell: ({ claim }) => claimNumber(claim), nowrap: true },
                {
                  title: "請求額",
                  cell: ({ line }) => yen(line.amount),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "回答",
                  cell: ({ line }) =>
                    line.released
                      ? "請求から外した"
                      : line.result
                        ? answerTitles[line.result]
                        : "―",
                },
                {
                  title: "支給額",
                  cell: ({ line }) => (line.granted === null ? "―" : yen(line.granted)),
                  align: "end",
                  nowrap: true,
                },
                { title: "回答の日", cell: ({ line }) => day(line.answeredOn), nowrap: true },
              ]}
              rows={claims}
              href={({ claim }) => of.paths.claim(claim.id)}
            />
          </Panel>
        )}
        {(row.repaymentId || row.payableId) && (
          <p>
            {row.repaymentId && (
              <ButtonLink href={paymentPaths(of.program).repayment(row.repaymentId)}>
                返還金を開く
              </ButtonLink>
            )}
            {row.payableId && (
              <ButtonLink href={paymentPaths(of.program).payable(row.payableId)}>
                本人への支払を開く
              </ButtonLink>
            )}
          </p>
        )}
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: (one) => showMoment(one.at), nowrap: true },
              { title: "職員", cell: (one) => one.staffName },
              { title: "操作", cell: (one) => eventTitles[one.event] ?? one.event },
              { title: "理由", cell: (one) => reasonTitles[one.reason ?? ""] ?? "―" },
              {
                title: "市が請求できる額",
                cell: (one) => (one.amount === null ? "―" : yen(one.amount)),
                align: "end",
                nowrap: true,
              },
            ]}
            rows={found.steps}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

const mandateTones = {
  asked: "warning",
  received: "success",
  revoked: "error",
  cancelled: "neutral",
} as const;

const titleOf = (person: Person | undefined): string =>
  person ? (person.addressMasked ? maskedName : shownName(person)) : "―";

/** What has to be known before anything else is done. */
function Notes({ row, today }: { row: HighCostEntry; today: `${number}-${number}-${number}` }) {
  const open = entryStateMeta(row.state).open;
  return (
    <>
      {row.missing.length > 0 && open && (
        <Notification tone="warning" title={`${missingWords(row.missing)}を調べてください。`}>
          <p>保険者に照会し、回答を「保険の確認」に入力すると、この月をもう一度計算します。</p>
        </Notification>
      )}
      {open && row.lapsesOn < today && (
        <Notification tone="error" title={`${day(row.lapsesOn)}で時効になりました。`}>
          <p>請求に集められません。</p>
        </Notification>
      )}
      {open && row.lapsesOn >= today && row.lapsesOn < lapseWarnedBefore(today) && (
        <Notification tone="warning" title={`${day(row.lapsesOn)}で時効になります。`}>
          <p>それまでに保険者へ請求してください。</p>
        </Notification>
      )}
      {row.dropAskedBy !== null && row.dropReason && open && (
        <Notification
          tone="warning"
          title={`請求しないことの承認を待っています（${dropReasonTitles[row.dropReason]}）。`}
        />
      )}
      {row.lateOfCity !== null && row.lateOfCity < row.granted && (
        <Notification
          tone="warning"
          title={`支給された額より、抽出した額が${yen(row.granted - row.lateOfCity)}少なくなりました。`}
        >
          <p>過誤などでレセプトが変わりました。保険者に返す額を確かめてください。</p>
        </Notification>
      )}
    </>
  );
}
