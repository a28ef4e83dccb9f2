import { holds } from "#src/platform/access/actor.ts";
import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonCell } from "#src/web/person-cell.tsx";
import { personPath } from "#src/web/person-path.ts";
import { inlinePdf, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type ExemptionEvidence,
  exemptionApplicants,
  exemptionEvidence,
  exemptionGrounds,
  exemptionStepReasons,
  reissueReasons,
} from "#workflows/vaccination/exemptions/grounds.ts";
import { type ExemptionEvent, exemptionV2 } from "#workflows/vaccination/exemptions/machine-v2.ts";
import {
  type ExemptionTerms,
  exemptionFaults,
  exemptionTerms,
} from "#workflows/vaccination/exemptions/terms.ts";
import {
  type Exemption,
  type ExemptionWords,
  enterExemption,
  exemptionActions,
  exemptionEventTitle,
  exemptionNumber,
  exemptionReasonTitle,
  judgeExemption,
  moveExemption,
  readExemption,
  reasonsOfStep,
} from "../../exemptions/applications.ts";
import { readNotice } from "../../exemptions/certificates.ts";
import { issueCertificate, tellExemption } from "../../exemptions/papers.ts";
import { vaccineTitles } from "../../special/titles.ts";
import { auditName } from "../mistakes/parts.tsx";
import { ExemptionFields, readExemptionForm } from "./fields.tsx";
import { CertificateBadge, ExemptionBadge } from "./parts.tsx";
import { exemptionPaths } from "./paths.ts";

const guard = { program: "vaccination", purpose: "case" } as const;
type Step = Exclude<ExemptionEvent, "correct" | "expire">;
const steps = (Object.keys(exemptionV2.events) as ExemptionEvent[]).filter(
  (type): type is Step => type !== "correct" && type !== "expire",
);

/** An application: what was seen, what the terms say, what stands next, its papers. */
export const exemptionScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${exemptionPaths.list}/:application` as const,
    audit: "exemption.opened",
    handle: (request) => exemptionPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${exemptionPaths.list}/:application/correct` as const,
    audit: "exemption.correct-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.application);
      try {
        await work(async (unit) => {
          const { row } = await readExemption(unit, id);
          await enterExemption(unit, readExemptionForm(form, row.personNumber), {
            id,
            seen: form.integer("revision") ?? 0,
          });
        });
      } catch (error) {
        return exemptionPage(request, sentWith("correct", form, error));
      }
      return redirect(exemptionPaths.application(id), "申請の内容を直しました。");
    },
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: exemptionV2.events[type].right,
      method: "post",
      path: `${exemptionPaths.list}/:application/${type}` as const,
      audit: `exemption.${auditName(type)}-asked` as const,
      async handle(request) {
        const { form, work, params } = request;
        const id = idOf(params.application);
        const step = { id, seen: form.integer("revision") ?? 0 };
        const reason = form.text("reason") || undefined;
        try {
          if (type === "issue" || type === "reissue") {
            const made = await work((unit) => issueCertificate(unit, { ...step, type, reason }));
            return redirect(
              exemptionPaths.certificate(made),
              "確認証を交付しました。この画面から印刷してください。",
            );
          }
          if (type === "tell") {
            await work((unit) => tellExemption(unit, step));
            return redirect(
              exemptionPaths.application(id),
              "通知書を作りました。下の「通知書」から印刷してください。",
            );
          }
          await work((unit) =>
            moveExemption(unit, {
              ...step,
              type,
              reason,
              endsFrom: readDate(form.text("endsFrom")),
            }),
          );
        } catch (error) {
          return exemptionPage(request, sentWith(type, form, error));
        }
        return redirect(
          exemptionPaths.application(id),
          `「${exemptionV2.events[type].title}」を行いました。`,
        );
      },
    }),
  ),
  defineRoute({
    right: "case.read",
    program: "vaccination",
    purpose: "counter",
    method: "get",
    path: "/vaccination/exemption-notices/:notice",
    audit: "exemption-notice.printed",
    async handle({ params, work }) {
      const { notice, pdf } = await work((unit) => readNotice(unit, idOf(params.notice)));
      return inlinePdf(`exemption-${notice.id}.pdf`, pdf);
    },
  }),
];

async function exemptionPage(
  request: Pick<ScreenRequest<`${string}:application`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { found, person, actions, judged, terms } = await work(async (unit) => {
    const found = await readExemption(unit, idOf(params.application));
    const { row } = found;
    return {
      found,
      person: await lookAtPerson(unit, row.personNumber, ["facts", "name"]),
      actions: exemptionActions(unit, row),
      judged: await judgeExemption(unit, row),
      terms: (await cityParameterOn(unit, exemptionTerms, row.receivedOn as IsoDate)).value,
    };
  });
  const { row, words, seenBy, certificates, notices, events } = found;
  const today = platform.clock.today();
  const corrects =
    holds(actor, "case.enter", { ...guard, office: row.officeCode }) && row.state === "received";
  const open = ["received", "examined", "proposed"].includes(row.state);
  return page({
    title: `自己負担減免 ${exemptionNumber(row)}`,
    breadcrumb: [
      { title: "自己負担減免", path: exemptionPaths.list },
      { title: exemptionNumber(row) },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<ExemptionBadge state={row.state} />}>
          自己負担減免 {exemptionNumber(row)}
        </PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <StepMistakes />
        <FlowPicture definition={exemptionV2} state={row.state} />
        <Columns wide="first">
          <Panel title="申請">
            <p>
              {person && (
                <a href={personPath(platform, person.personNumber)}>
                  <PersonCell person={person} today={today} />
                </a>
              )}
            </p>
            <DefinitionList columns={2} items={itemsOf(row, words, seenBy)} />
            {open && judged.faults.length > 0 && (
              <Notification tone="warning" title="市の定めに照らして、確かめることがあります。">
                <ul>
                  {judged.faults.map((fault) => (
                    <li key={fault}>{exemptionFaults[fault]}</li>
                  ))}
                </ul>
              </Notification>
            )}
            {open && judged.already.length > 0 && (
              <Notification
                tone="warning"
                title={`有効な確認証が既にあります: ${vaccineTitles(judged.already)}`}
              />
            )}
            {open && judged.faults.length === 0 && judged.period && (
              <Notification
                tone="info"
                title={`市の定めに合います。減免すると ${showDate(judged.period.from)} から ${showDate(judged.period.until)} まで有効です（${judged.basis}）。`}
              />
            )}
          </Panel>
          <Panel title="次の処理">
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${exemptionPaths.application(row.id)}/${type}`}
                revision={row.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside={exemptionV2.events[type as Step].comment === "required"}
                confirm={
                  type === "revoke" ? "減免を取り消します。確認証は使えなくなります。" : undefined
                }
              >
                {(type === "lapse" || type === "proposeRevocation") && (
                  <DateField
                    name="endsFrom"
                    label="いつから使えなくなるか"
                    required
                    value={showDateShort(today)}
                  />
                )}
                {exemptionV2.events[type as Step].comment === "required" && (
                  <SelectField
                    name="reason"
                    idPrefix={type}
                    label="理由"
                    required
                    empty="選んでください"
                    options={stepReasons(type)}
                  />
                )}
              </StepForm>
            ))}
            {actions.length === 0 && <p>ここで行う操作はありません。</p>}
          </Panel>
        </Columns>
        {corrects && <Correct row={row} words={words} terms={terms} today={today} />}
        {certificates.length > 0 && (
          <Panel title="確認証">
            <Table
              caption="確認証"
              columns={[
                { title: "番号", cell: ({ number }) => number, nowrap: true },
                {
                  title: "有効期間",
                  cell: (one) =>
                    `${showDateShort(one.validFrom as IsoDate)} ～ ${showDateShort(one.validUntil as IsoDate)}`,
                  nowrap: true,
                },
                {
                  title: "交付日",
                  cell: ({ issuedOn }) => showDateShort(issuedOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "状態",
                  cell: (one) => <CertificateBadge row={one} today={today} />,
                  nowrap: true,
                },
              ]}
              rows={certificates}
              href={({ id }) => exemptionPaths.certificate(id)}
            />
          </Panel>
        )}
        {notices.length > 0 && (
          <Panel title="通知書">
            <Table
              caption="通知書"
              columns={[
                {
                  title: "通知書",
                  cell: ({ kind }) => (kind === "refusal" ? "却下通知書" : "取消通知書"),
                },
                { title: "文書番号", cell: ({ documentNumber }) => documentNumber },
                {
                  title: "日付",
                  cell: ({ issuedOn }) => showDateShort(issuedOn as IsoDate),
                  nowrap: true,
                },
              ]}
              rows={notices}
              href={({ id }) => exemptionPaths.notice(id)}
            />
          </Panel>
        )}
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: ({ at }) => showMoment(at), nowrap: true },
              { title: "職員", cell: ({ staffName }) => staffName },
              { title: "操作", cell: ({ event }) => exemptionEventTitle(event) },
              { title: "理由", cell: ({ why }) => exemptionReasonTitle(why) },
            ]}
            rows={events}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

/** What the terms say against a step that has no field of its own. */
function StepMistakes() {
  const { errors } = useSent("proposeGrant");
  const wrong = errors?.proposeGrant;
  return wrong ? <Notification tone="error" title={wrong} /> : null;
}

const stepReasons = (type: string) =>
  type === "reissue"
    ? reissueReasons.map((value) => ({
        value: value as string,
        label: exemptionStepReasons[value],
      }))
    : choicesOf(reasonsOfStep(type));

function itemsOf(
  row: Exemption,
  words: ExemptionWords,
  seenBy: string | undefined,
): Parameters<typeof DefinitionList>[0]["items"] {
  const evidence =
    row.evidence === "none"
      ? "まだ見ていません"
      : `${exemptionEvidence[row.evidence as ExemptionEvidence] ?? row.evidence}（${row.evidenceOn ? showDate(row.evidenceOn as IsoDate) : ""} ${seenBy ?? ""}）`;
  const agent = [
    words.agentName,
    words.agentRelation && `（${words.agentRelation}）`,
    words.agentAddress,
  ]
    .filter(Boolean)
    .join("");
  return [
    ["受付日", showDate(row.receivedOn as IsoDate)],
    ["申請した人", `${exemptionApplicants[row.applicant]}${agent ? `　${agent}` : ""}`],
    ["減免の要件", exemptionGrounds[row.ground]],
    ["確認資料", evidence],
    ["予防接種", vaccineTitles(row.vaccines), "wide"],
    ...(row.validFrom && row.validUntil
      ? ([
          [
            "有効期間",
            `${showDate(row.validFrom as IsoDate)}から${showDate(row.validUntil as IsoDate)}まで`,
          ],
        ] as const)
      : []),
    ...(row.refusal ? ([["却下の理由", exemptionReasonTitle(row.refusal)]] as const) : []),
    ...(row.endedFrom
      ? ([
          [
            "使えなくなる日",
            `${showDate(row.endedFrom as IsoDate)}　${exemptionReasonTitle(row.endReason)}`,
          ],
        ] as const)
      : []),
    ["備考", words.remarks || "―", "wide"],
  ];
}

function Correct(props: {
  row: Exemption;
  words: ExemptionWords;
  terms: ExemptionTerms;
  today: IsoDate;
}) {
  const { row, words, terms, today } = props;
  const { values, errors } = useSent("correct");
  return (
    <Panel title="申請の内容を直す">
      <Form
        action={`${exemptionPaths.application(row.id)}/correct`}
        class="form stacked"
        values={values}
        errors={errors ?? {}}
      >
        <input type="hidden" name="revision" value={row.revision} />
        <ExemptionFields terms={terms} row={row} words={words} today={today} />
        <Actions>
          <Button look="secondary">申請の内容を直す</Button>
        </Actions>
      </Form>
    </Panel>
  );
}
