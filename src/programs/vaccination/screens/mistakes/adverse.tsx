import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryFaults, EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import {
  ButtonLink,
  DefinitionList,
  PageTitle,
  Panel,
  ProtectedBanner,
} from "#src/web/components/index.ts";
import { showDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  adverseNumber,
  enterAdverse,
  readAdverse,
  withdrawAdverse,
  withdrawTitles,
} from "../../mistakes/adverse.ts";
import { paths } from "../paths.ts";
import { doseTitle } from "../records/parts.tsx";
import { ReportForm, readEntry, Withdraw } from "./adverse-form.tsx";
import { adverseList, ReportBadge } from "./adverse-list.tsx";
import { personOfForm, recordOfForm } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const withdrawals = Object.keys(withdrawTitles) as (keyof typeof withdrawTitles)[];

/** 副反応疑い報告 of which the city got a copy: entered, corrected, linked, taken off by another. */
export const adverseScreens: readonly AnyRoute[] = [
  adverseList,
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "get",
    path: `${paths.adverseReports}/new` as const,
    audit: "adverse-report.new-opened",
    handle: (request) => newPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.adverseReports}/new` as const,
    audit: "adverse-report.enter-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const id = await work(async (unit) => {
          const record = await recordOfForm(unit, form);
          const faults = new EntryFaults();
          const said = await faults.check(() => readEntry(form, record));
          const personNumber = await faults.check(() => personOfForm(unit, form, record));
          faults.end();
          return enterAdverse(unit, { ...said, personNumber });
        });
        return redirect(paths.adverseReport(id), "副反応疑い報告を入力しました。");
      } catch (error) {
        return newPage(request, sentWith("enter", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.adverseReports}/:report` as const,
    audit: "adverse-report.opened",
    handle: (request) => reportPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.adverseReports}/:report/correct` as const,
    audit: "adverse-report.correct-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.report);
      try {
        await work(async (unit) => {
          const { row } = await readAdverse(unit, id);
          const { personNumber, shotId } = row;
          const said = await readEntry(form, undefined);
          await enterAdverse(
            unit,
            { ...said, personNumber, shotId: shotId ?? undefined },
            { id, seen: form.integer("revision") ?? 0 },
          );
        });
      } catch (error) {
        return reportPage(request, sentWith("correct", form, error));
      }
      return redirect(paths.adverseReport(id), "副反応疑い報告を直しました。");
    },
  }),
  defineRoute({
    ...guard,
    right: "case.approve",
    method: "post",
    path: `${paths.adverseReports}/:report/withdraw` as const,
    audit: "adverse-report.withdraw-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.report);
      try {
        const reason = form.choice("reason", withdrawals);
        if (!reason) throw new EntryProblem("reason", "取り下げる理由を選んでください。");
        await work((unit) =>
          withdrawAdverse(unit, { id, seen: form.integer("revision") ?? 0, reason }),
        );
      } catch (error) {
        return reportPage(request, sentWith("withdraw", form, error));
      }
      return redirect(paths.adverseReport(id), "副反応疑い報告を取り下げました。");
    },
  }),
];

async function newPage(
  { work, query, form }: Pick<ScreenRequest, "work" | "query" | "form">,
  sent?: Sent,
): Promise<Reply> {
  const record = await work((unit) => recordOfForm(unit, sent ? form : query));
  return page({
    title: "予防接種 副反応疑い報告の入力",
    breadcrumb: [
      { title: "間違い接種", path: paths.mistakes },
      { title: "副反応疑い報告", path: paths.adverseReports },
      { title: "入力" },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>副反応疑い報告の入力</PageTitle>
        <SentNote />
        <Panel title={record ? doseTitle(record.vaccine, record.dose) : "報告の写し"}>
          <ReportForm
            event="enter"
            action={`${paths.adverseReports}/new`}
            record={record}
            button="入力する"
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

async function reportPage(
  request: Pick<ScreenRequest<`${string}:report`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { row, symptom, person } = await work(async (unit) => {
    const found = await readAdverse(unit, idOf(params.report));
    return {
      ...found,
      person: await lookAtPerson(unit, found.row.personNumber, ["facts", "name"]),
    };
  });
  const may = (right: "case.enter" | "case.approve") =>
    row.state === "entered" &&
    holds(actor, right, { program: "vaccination", office: row.officeCode });
  return page({
    title: `副反応疑い報告 ${adverseNumber(row)}`,
    breadcrumb: [
      { title: "間違い接種", path: paths.mistakes },
      { title: "副反応疑い報告", path: paths.adverseReports },
      { title: adverseNumber(row) },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<ReportBadge state={row.state} />}
          actions={
            <>
              {row.shotId && <ButtonLink href={paths.record(row.shotId)}>接種記録</ButtonLink>}
              {row.incidentId && (
                <ButtonLink href={paths.mistake(row.incidentId)}>間違い接種</ButtonLink>
              )}
            </>
          }
        >
          副反応疑い報告 {adverseNumber(row)}
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <Panel title="報告の内容">
          <p>
            <PersonLink person={person} platform={platform} />
          </p>
          <DefinitionList
            columns={2}
            items={[
              ["識別番号", row.number],
              ["受け取った日", showDate(row.receivedOn as IsoDate)],
              ["予防接種", doseTitle(row.vaccine, row.dose)],
              ["ロット番号", row.lot ?? "―"],
              ["接種日", showDate(row.givenOn as IsoDate)],
              ["症状が出た日", showDate(row.symptomOn as IsoDate)],
              ["健康被害救済", row.reliefCaseId ? "救済の事案とつながっています" : "なし"],
              ["取下げ", row.withdrawReason ? withdrawTitles[row.withdrawReason] : "していません"],
              ["症状", symptom, "wide"],
            ]}
          />
        </Panel>
        {may("case.enter") && (
          <Panel title="直す">
            <ReportForm
              event="correct"
              action={`${paths.adverseReport(row.id)}/correct`}
              row={row}
              symptom={symptom}
              button="直す"
            />
          </Panel>
        )}
        {may("case.approve") && <Withdraw row={row} />}
      </SentContext.Provider>
    ),
  });
}
