import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import {
  ButtonLink,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type MistakeCategory,
  mistakeCategoryNumbers,
} from "#workflows/vaccination/mistakes/categories.ts";
import { type MistakeEvent, mistakeV1 } from "#workflows/vaccination/mistakes/machine.ts";
import { reportDueOn, reportYear } from "#workflows/vaccination/mistakes/report.ts";
import { doubtWords } from "#workflows/vaccination/records/doubts.ts";
import {
  foundByTitles,
  harmTitles,
  judgeMistake,
  type Mistake,
  mistakeActions,
  mistakeEventTitle,
  mistakeNumber,
  mistakeReasonTitles,
  moveMistake,
  partyTitles,
  payableReasonTitles,
  payableTitles,
  readMistake,
  reportTitles,
  tellMistake,
  wayTitles,
} from "../../mistakes/incidents.ts";
import { paths } from "../paths.ts";
import { doseTitle } from "../records/parts.tsx";
import { Judge, Tell } from "./judge-forms.tsx";
import { auditName, categoryTitle, linkOf, MistakeBadge } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const keys = <Key extends string>(titles: Readonly<Record<Key, string>>) =>
  Object.keys(titles) as Key[];
const steps = (Object.keys(mistakeV1.events) as MistakeEvent[]).filter(
  (type): type is Exclude<MistakeEvent, "judge" | "tell"> => type !== "judge" && type !== "tell",
);

/** An incident: what happened, who was told, what stands next. */
export const mistakeScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.mistakes}/:mistake` as const,
    audit: "mistake.looked-at",
    handle: (request) => mistakePage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.mistakes}/:mistake/judge` as const,
    audit: "mistake.judge-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.mistake);
      try {
        await work((unit) =>
          judgeMistake(unit, {
            id,
            seen: form.integer("revision") ?? 0,
            category: mistakeCategoryNumbers.find((one) => one === form.integer("category")),
            report: form.choice("report", keys(reportTitles)),
            harm: form.choice("harm", keys(harmTitles)),
            measures: form.text("measures"),
            payable: form.choice("payable", keys(payableTitles)) ?? "undecided",
            payableReason: form.choice("payableReason", keys(payableReasonTitles)),
            claimId: linkOf(form, "claim"),
            reliefCaseId: linkOf(form, "relief"),
          }),
        );
      } catch (error) {
        return mistakePage(request, sentWith("judge", form, error));
      }
      return redirect(paths.mistake(id), "判断と対応を保存しました。");
    },
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.mistakes}/:mistake/tell` as const,
    audit: "mistake.tell-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.mistake);
      try {
        const party = form.choice("party", keys(partyTitles));
        if (!party) throw new EntryProblem("party", "連絡した相手を選んでください。");
        const way = form.choice("way", keys(wayTitles));
        if (!way) throw new EntryProblem("way", "連絡の方法を選んでください。");
        const toldOn = readDate(form.text("toldOn"));
        if (!toldOn) throw new EntryProblem("toldOn", "連絡した日を入力してください。例: R8.11.20");
        await work((unit) =>
          tellMistake(unit, { id, seen: form.integer("revision") ?? 0, party, way, toldOn }),
        );
      } catch (error) {
        return mistakePage(request, sentWith("tell", form, error));
      }
      return redirect(paths.mistake(id), "連絡・説明を記録しました。");
    },
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: mistakeV1.events[type].right,
      method: "post",
      path: `${paths.mistakes}/:mistake/${type}` as const,
      audit: `mistake.${auditName(type)}-asked` as const,
      async handle(request) {
        const { form, work, params } = request;
        const id = idOf(params.mistake);
        try {
          await work((unit) =>
            moveMistake(unit, {
              id,
              seen: form.integer("revision") ?? 0,
              type,
              reason: form.text("reason") || undefined,
              sentOn: readDate(form.text("sentOn")),
            }),
          );
        } catch (error) {
          return mistakePage(request, sentWith(type, form, error));
        }
        return redirect(paths.mistake(id), `「${mistakeV1.events[type].title}」を行いました。`);
      },
    }),
  ),
];

async function mistakePage(
  request: Pick<ScreenRequest<`${string}:mistake`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { found, person, actions } = await work(async (unit) => {
    const found = await readMistake(unit, idOf(params.mistake));
    return {
      found,
      person: await lookAtPerson(unit, found.row.personNumber, ["facts", "name"]),
      actions: mistakeActions(unit, found),
    };
  });
  const { row, measures, told, events } = found;
  const enters = holds(actor, "case.enter", { program: "vaccination", office: row.officeCode });
  const judges = enters && (row.state === "found" || row.state === "reported");
  const tells = enters && ["found", "to-report", "reported"].includes(row.state);
  return page({
    title: `間違い接種 ${mistakeNumber(row)}`,
    breadcrumb: [{ title: "間違い接種", path: paths.mistakes }, { title: mistakeNumber(row) }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<MistakeBadge state={row.state} />}
          actions={
            <>
              {row.shotId && <ButtonLink href={paths.record(row.shotId)}>接種記録</ButtonLink>}
              {row.slipId && <ButtonLink href={paths.slip(row.slipId)}>予診票</ButtonLink>}
            </>
          }
        >
          間違い接種 {mistakeNumber(row)}
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <FlowPicture definition={mistakeV1} state={row.state} />
        <Columns wide="first">
          <Panel title="事案">
            <p>
              <PersonLink person={person} platform={platform} />
            </p>
            <DefinitionList
              columns={2}
              items={[
                ["予防接種", doseTitle(row.vaccine, row.dose)],
                ["接種日", showDate(row.givenOn as IsoDate)],
                ["医療機関", row.clinicName ?? row.clinicCode ?? "―"],
                ["知った日", showDate(row.knownOn as IsoDate)],
                ["どうして分かったか", foundByTitles[row.foundBy]],
                ["入力時に分かったこと", doubtWords(row.problems).join(" ") || "―"],
                ["態様", categoryTitle(row.category as MistakeCategory | null)],
                ["報告", reportWords(row)],
                ["健康への影響", row.harm ? harmTitles[row.harm] : "―"],
                [
                  "委託料の支払",
                  [
                    payableTitles[row.payable],
                    row.payableReason && payableReasonTitles[row.payableReason],
                  ]
                    .filter(Boolean)
                    .join("　"),
                ],
                ["健康被害救済", row.reliefCaseId ? "救済の事案とつながっています" : "なし"],
                ["請求", row.claimId ? "請求とつながっています" : "なし"],
                ["経過と対応", measures || "―", "wide"],
              ]}
            />
          </Panel>
          <Panel title="次の処理">
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${paths.mistake(row.id)}/${type}`}
                revision={row.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside={aside.includes(type)}
              >
                {mistakeV1.events[type as MistakeEvent].comment === "required" && (
                  <SelectField
                    name="reason"
                    idPrefix={type}
                    label="理由"
                    required
                    empty="選んでください"
                    options={choicesOf(mistakeReasonTitles)}
                  />
                )}
                {type === "send" && <DateField name="sentOn" label="報告した日" required />}
              </StepForm>
            ))}
            {actions.length === 0 && <p>ここで行う操作はありません。</p>}
          </Panel>
        </Columns>
        {judges && <Judge row={row} measures={measures} />}
        <Panel title="連絡・説明">
          <Table
            caption="連絡・説明"
            columns={[
              {
                title: "日",
                cell: (one) => showDateShort(one.told.toldOn as IsoDate),
                nowrap: true,
              },
              { title: "相手", cell: (one) => partyTitles[one.told.party] },
              { title: "方法", cell: (one) => wayTitles[one.told.way] },
              { title: "入力した職員", cell: ({ staffName }) => staffName },
            ]}
            rows={told}
            empty="まだだれにも連絡していません。"
          />
          {tells && <Tell row={row} />}
        </Panel>
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: ({ at }) => showMoment(at), nowrap: true },
              { title: "職員", cell: ({ staffName }) => staffName },
              { title: "操作", cell: ({ event }) => mistakeEventTitle(event) },
              { title: "理由", cell: ({ reason }) => reasonWord(reason) },
            ]}
            rows={events}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

const aside: readonly string[] = [
  "askDismissal",
  "returnReport",
  "returnClose",
  "returnDismissal",
  "reopen",
];

const reasonWord = (reason: string | null): string =>
  reason === null
    ? "―"
    : ((mistakeReasonTitles as Readonly<Record<string, string>>)[reason] ??
      (partyTitles as Readonly<Record<string, string>>)[reason] ??
      "―");

/** How it is reported, and by when. */
function reportWords(row: Mistake): string {
  if (row.reportedOn) return `${showDate(row.reportedOn as IsoDate)} 報告済み`;
  if (row.report === "at-once") return reportTitles["at-once"];
  if (row.report !== "yearly") return "―";
  const year = reportYear({ givenOn: row.givenOn as IsoDate, knownOn: row.knownOn as IsoDate });
  return `${reportTitles.yearly}（${showDate(reportDueOn(year))}まで）`;
}
