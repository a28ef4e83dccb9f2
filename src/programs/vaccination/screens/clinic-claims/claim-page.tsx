import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
import { showMonth } from "#src/web/claims/receipt-fields.tsx";
import {
  ButtonLink,
  Columns,
  choicesOf,
  DefinitionList,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { paymentPaths } from "#src/web/payments/index.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply } from "#src/web/reply.ts";
import type { ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Disposition, lateReasons } from "#workflows/vaccination/clinic-claims/findings.ts";
import {
  type ClinicClaimEvent,
  clinicClaimV1,
} from "#workflows/vaccination/clinic-claims/machine.ts";
import { contractKinds } from "#workflows/vaccination/contract-prices.ts";
import {
  type ClinicClaimRow,
  clinicClaimEventTitle,
  clinicClaimNumber,
  clinicClaimStateMeta,
  comparedLines,
  getClinicClaim,
  recordOfClinicClaim,
  rowFigures,
  rowsOfClinicClaim,
} from "../../clinic-claims/claims.ts";
import { papersOfDecision, pricedTitle } from "../../clinic-claims/papers.ts";
import { claimantsOf } from "../../clinic-claims/payees.ts";
import { clinicClaimActions, moveReasonTitles, sumsOf } from "../../clinic-claims/steps.ts";
import { auditName } from "../mistakes/parts.tsx";
import { paths as otherPaths } from "../paths.ts";
import { rowsAPage } from "../records/parts.tsx";
import { Accept, Lines } from "./line-panel.tsx";
import { Corrections, Papers } from "./paper-panels.tsx";
import { ClaimBadge, DispositionBadge, many, signed } from "./parts.tsx";
import { clinicClaimPaths as paths, withQuery } from "./paths.ts";
import { Answer, Correct, Found, Judge, reasonWord } from "./row-panels.tsx";

const tabs = {
  undecided: { title: "未決定", of: ["open", "query"] },
  pay: { title: "支払う", of: ["pay", "same"] },
  back: { title: "返戻・支払わない", of: ["return", "refuse"] },
  later: { title: "次回に回す", of: ["later"] },
} as const satisfies Record<string, { title: string; of: readonly Disposition[] }>;
type Tab = keyof typeof tabs;

/** The page of a claim; a form of it that was not taken comes back. */
export async function claimPage(
  request: Pick<
    ScreenRequest<`${string}:claim`>,
    "params" | "work" | "platform" | "actor" | "query"
  >,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor, query } = request;
  const id = idOf(params.claim);
  const at = Math.max(1, query.integer("page") ?? 1);
  const asked = query.choice("rows", Object.keys(tabs) as Tab[]);
  const found = await work(async (unit) => {
    const row = await getClinicClaim(unit, id);
    const figures = await rowFigures(unit, id);
    const inTab = (tab: Tab) =>
      figures
        .filter(({ disposition }) => (tabs[tab].of as readonly string[]).includes(disposition))
        .reduce((sum, { rows }) => sum + rows, 0);
    const shown =
      asked ?? (Object.keys(tabs) as Tab[]).find((tab) => inTab(tab) > 0) ?? "undecided";
    const list = await rowsOfClinicClaim(unit, id, tabs[shown].of, {
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    return {
      row,
      shown,
      list,
      inTab: Object.fromEntries(
        (Object.keys(tabs) as Tab[]).map((tab) => [tab, inTab(tab)]),
      ) as Record<Tab, number>,
      lines: await comparedLines(unit, id),
      sums: await sumsOf(unit, id),
      actions: await clinicClaimActions(unit, row),
      record: await recordOfClinicClaim(unit, row),
      papers: row.reckonedAt ? await papersOfDecision(unit, row) : [],
      people: await peopleOfRows(
        unit,
        list.rows.flatMap(({ personNumber }) => personNumber ?? []),
      ),
      names: await claimantsOf(unit, [
        row.claimantCode,
        ...list.rows.map(({ clinicCode }) => clinicCode),
      ]),
    };
  });
  const { row, shown, list, inTab, lines, sums, actions, record, papers, people, names } = found;
  const number = clinicClaimNumber(row);
  const today = platform.clock.today();
  const examines = row.state === "examining" && holdsForAll(actor, "case.examine", "vaccination");
  const corrects = row.state === "paid" && holdsForAll(actor, "case.propose", "vaccination");
  const prints = holdsForAll(actor, "document.print", "vaccination");
  const decided = row.state === "approved" || row.state === "paid";
  const late = row.receivedOn > row.dueOn;
  const href = (given: Readonly<Record<string, string | number | undefined>>) =>
    withQuery(paths.claim(id), { rows: shown, ...given });
  return page({
    title: `予防接種 委託料の請求 ${number} ${clinicClaimStateMeta(row.state).title}`,
    breadcrumb: [{ title: "委託料の請求", path: paths.list }, { title: number }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<ClaimBadge state={row.state} />}
          actions={
            <>
              {(row.state === "received" || row.state === "examining") &&
                holdsForAll(actor, "case.enter", "vaccination") && (
                  <ButtonLink href={`${paths.claim(id)}/lines`}>請求の内容を直す</ButtonLink>
                )}
              {row.payableId && (
                <ButtonLink href={paymentPaths("vaccination").payable(row.payableId)}>
                  支払
                </ButtonLink>
              )}
            </>
          }
        >
          委託料の請求 {number}
        </PageTitle>
        <SentNote />
        <FlowPicture definition={clinicClaimV1} state={row.state} />
        <Columns wide="first">
          <Panel title="請求">
            <DefinitionList
              columns={2}
              items={[
                [
                  "請求者",
                  `${names.get(row.claimantCode)?.name ?? "―"}（${row.claimantCode}）`,
                  "wide",
                ],
                ["請求月", showMonth(row.month)],
                ["契約", contractKinds[row.kind]],
                ["受付日", showDate(row.receivedOn as IsoDate)],
                ["請求の期限", `${showDate(row.dueOn as IsoDate)}${late ? "（期限後）" : ""}`],
                ...(late
                  ? [
                      [
                        "期限後に支払う理由",
                        row.lateReason ? lateReasons[row.lateReason] : "未入力",
                        "wide",
                      ] as const,
                    ]
                  : []),
                [
                  "請求",
                  `${many(lines.reduce((sum, one) => sum + one.claimed, 0))}件　${yen(lines.reduce((sum, one) => sum + one.claimedYen, 0))}`,
                ],
                ["計算", `${many(sums.slips)}件　${yen(row.amount ?? sums.amount)}`],
                ["うち消費税", yen(row.tax ?? sums.tax)],
                ["過誤・繰越し", signed(row.setOff ?? sums.setOff)],
                ["支払う額", yen(row.pay ?? sums.pay)],
                ["次回へ繰り越す額", signed(row.carry ?? sums.carry)],
              ]}
            />
          </Panel>
          <Panel title="次の処理">
            {row.state === "proposed" && (
              <Notification tone="info" title="決裁すると、支払が決まります。">
                <p>
                  予診票{many(sums.slips)}件の接種を支払済みとし、
                  {names.get(row.claimantCode)?.name}への支払{yen(row.pay ?? 0)}を決定します。返戻
                  {many(inTab.back)}件は合計に入っていません。
                </p>
              </Notification>
            )}
            {!sums.stands && row.state === "proposed" && (
              <Notification
                tone="warning"
                title="起案の後に、接種記録、単価、減免、支払のどれかが変わりました。差し戻してください。"
              />
            )}
            {actions.map(({ type, title, reasons }) => {
              // Of the two decisions, the one that fits stands there.
              if (type === "approve" && row.pay === 0) return null;
              if (type === "approveNothing" && row.pay !== 0) return null;
              return (
                <StepForm
                  key={type}
                  action={`${paths.claim(id)}/${auditName(type)}`}
                  revision={row.revision}
                  type={type}
                  title={title}
                  reasons={reasons}
                  aside={["remand", "retract", "takeBack", "withdraw"].includes(type)}
                  confirm={
                    type.startsWith("approve")
                      ? `${yen(row.pay ?? 0)}の支払を決定します。よろしいですか。`
                      : undefined
                  }
                >
                  {clinicClaimV1.events[type as ClinicClaimEvent].comment === "required" && (
                    <SelectField
                      name="reason"
                      idPrefix={type}
                      label="理由"
                      required
                      empty="選んでください"
                      options={choicesOf(moveReasonTitles)}
                    />
                  )}
                </StepForm>
              );
            })}
            {actions.length === 0 && <p>ここで行う操作はありません。</p>}
            {examines && late && !row.lateReason && (
              <Accept
                id={id}
                revision={row.revision}
                place={0}
                titles={lateReasons}
                label="期限後に支払う理由"
              />
            )}
          </Panel>
        </Columns>
        <Lines lines={lines} row={row} examines={examines} />
        {row.reckonedAt && (
          <Panel title="予診票・接種記録">
            <Tabs
              label="処理"
              tabs={(Object.keys(tabs) as Tab[]).map((tab) => ({
                title: tabs[tab].title,
                count: inTab[tab],
                href: href({ rows: tab }),
                current: tab === shown,
              }))}
            />
            <Table
              caption="予診票・接種記録"
              columns={[
                {
                  title: "氏名",
                  cell: (one) =>
                    one.personNumber ? (
                      <PersonCell person={people.get(one.personNumber)} today={today} />
                    ) : (
                      "（不明）"
                    ),
                },
                {
                  title: "医療機関",
                  cell: ({ clinicCode }) => names.get(clinicCode)?.name ?? clinicCode,
                },
                { title: "予防接種", cell: pricedTitle },
                {
                  title: "接種日",
                  cell: ({ givenOn }) => showDateShort(givenOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "単価",
                  cell: ({ price }) => (price === null ? "なし" : yen(price)),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "自己負担",
                  cell: ({ copay, exempt }) => (exempt ? "減免" : copay === 0 ? "―" : yen(copay)),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "支払額",
                  cell: ({ amount }) => (amount === null ? "―" : yen(amount)),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "分かったこと",
                  cell: (one) => <Found row={one} />,
                },
                {
                  title: "処理",
                  cell: ({ disposition }) => <DispositionBadge of={disposition} />,
                  nowrap: true,
                },
              ]}
              rows={list.rows}
              {...(examines && {
                ticks: {
                  form: "judge",
                  name: "row",
                  value: ({ id: one }: ClinicClaimRow) => one,
                  label: (one: ClinicClaimRow) => `${pricedTitle(one)}を選ぶ`,
                  offBecause: ({ disposition }: ClinicClaimRow) =>
                    disposition === "same" ? "別の予診票" : undefined,
                },
              })}
              tone={({ disposition }) =>
                disposition === "open" || disposition === "query" ? "warning" : undefined
              }
              empty="この処理の予診票はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(list.total / rowsAPage)}
              href={(next) => href({ page: next })}
            />
            {examines && list.rows.length > 0 && <Judge row={row} />}
            {examines &&
              list.rows
                .filter(({ disposition }) => disposition === "query")
                .map((one) => <Answer key={one.id} row={row} of={one} />)}
            {corrects && shown === "pay" && list.rows.length > 0 && (
              <Correct
                row={row}
                rows={list.rows.filter(({ disposition }) => disposition === "pay")}
              />
            )}
          </Panel>
        )}
        {papers.length > 0 && (
          <Papers row={row} papers={papers} issued={record.papers} prints={prints && decided} />
        )}
        {(record.corrections.length > 0 ||
          record.applied.length > 0 ||
          record.carried.length > 0) && <Corrections record={record} />}
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: ({ at: when }) => showMoment(when), nowrap: true },
              { title: "職員", cell: ({ staffName }) => staffName },
              { title: "操作", cell: ({ event }) => clinicClaimEventTitle(event) },
              { title: "理由", cell: ({ reason }) => reasonWord(reason) },
            ]}
            rows={record.events}
          />
        </Panel>
        <ButtonLink href={otherPaths.slips}>予診票の処理</ButtonLink>
      </SentContext.Provider>
    ),
  });
}
