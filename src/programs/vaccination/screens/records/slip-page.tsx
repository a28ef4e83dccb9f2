import { holds } from "#src/platform/access/actor.ts";
import type { Platform } from "#src/platform/platform.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { FoldedForm, SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  FieldRow,
  Notification,
  NumberField,
  PageTitle,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  acceptTitles,
  channelTitles,
  outcomeTitles,
} from "#workflows/vaccination/records/channels.ts";
import { doubtRules, doubtWords } from "#workflows/vaccination/records/doubts.ts";
import type { Score } from "#workflows/vaccination/records/score.ts";
import { clinicHints } from "../../clinics/hints.ts";
import type { Candidate } from "../../records/match.ts";
import {
  candidateByNumber,
  candidatesOfSlip,
  type DiscardReason,
  discardSlip,
  discardTitles,
  readSlip,
  type Slip,
  settleSlip,
  slipNumber,
} from "../../records/slips.ts";
import { followSettled } from "../../request-letters/settled-result.ts";
import { paths } from "../paths.ts";
import { doseTitle, SlipBadge } from "./parts.tsx";
import { readShotFields } from "./read-told.ts";
import { DoseFields } from "./shot-fields.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const accepts = Object.keys(acceptTitles) as (keyof typeof acceptTitles)[];
const discards = Object.keys(discardTitles) as DiscardReason[];

/** A slip: what it says, whose it may be, and how it is settled. */
export const slipScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.slips}/:slip` as const,
    audit: "vaccination-slip.opened",
    handle: (request) => slipPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.slips}/:slip/settle` as const,
    audit: "vaccination-slip.settle-asked",
    async handle(request) {
      const { form, work, params } = request;
      const errors: Record<string, string> = {};
      const shot = readShotFields(form, errors, false);
      const number = figures(form.text("personNumber") || form.text("chosen"));
      if (!isPersonNumber(number))
        errors.personNumber = "だれの予診票かを選ぶか、統合宛名番号を入力してください。";
      if (Object.keys(errors).length > 0)
        return slipPage(request, { event: "settle", form, errors });
      try {
        const taken = await work(async (unit) => {
          const { slip, details } = await readSlip(unit, idOf(params.slip));
          const one = await candidateByNumber(unit, number, details);
          if (!one) throw new EntryProblem("personNumber", "この番号の人は、見つかりません。");
          return settleSlip(unit, {
            id: slip.id,
            seen: form.integer("revision") ?? 0,
            personNumber: number,
            changes: {
              vaccine: shot.vaccine,
              dose: shot.dose,
              outcome: shot.outcome,
              givenOn: shot.givenOn,
              lot: shot.lot,
            },
            accept: form.choice("accept", accepts),
          });
        });
        const waits = taken.state === "doubtful" || taken.state === "unmatched";
        const told = taken.shotId !== undefined && (await followSettled(work, taken.slipId));
        return redirect(
          taken.shotId ? paths.record(taken.shotId) : paths.slip(idOf(params.slip)),
          waits
            ? "直した内容を保存しました。まだ確かめることがあります。"
            : `記録しました。${told ? "実施依頼書の結果にもなりました。" : ""}`,
        );
      } catch (error) {
        return slipPage(request, sentWith("settle", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${paths.slips}/:slip/discard` as const,
    audit: "vaccination-slip.discard-asked",
    async handle(request) {
      const { form, work, params } = request;
      try {
        const reason = form.choice("reason", discards);
        if (!reason) throw new EntryProblem("reason", "除外する理由を選んでください。");
        await work((unit) =>
          discardSlip(unit, { id: idOf(params.slip), seen: form.integer("revision") ?? 0, reason }),
        );
      } catch (error) {
        return slipPage(request, sentWith("discard", form, error));
      }
      return redirect(paths.slips, "予診票を除外しました。「除外」の一覧から、いつでも戻せます。");
    },
  }),
];

async function slipPage(
  request: Pick<ScreenRequest<`${string}:slip`>, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { slip, details, enteredName, candidates, hint } = await work(async (unit) => {
    const read = await readSlip(unit, idOf(params.slip));
    const { personNumber } = read.slip;
    const known = personNumber
      ? await candidateByNumber(unit, personNumber, read.details)
      : undefined;
    return {
      ...read,
      hint: (await clinicHints(unit, [read.slip]))[0],
      candidates: known ? [known] : await candidatesOfSlip(unit, read.details),
    };
  });
  const open = ["unmatched", "doubtful", "discarded"].includes(slip.state);
  const enters = holds(actor, "case.enter", {
    program: "vaccination",
    office: slip.officeCode ?? undefined,
  });
  const { identity } = details;
  return page({
    title: `予診票 ${slipNumber(slip)}`,
    breadcrumb: [{ title: "予診票の処理", path: paths.slips }, { title: slipNumber(slip) }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<SlipBadge state={slip.state} />}
          actions={
            slip.shotId && <ButtonLink href={paths.record(slip.shotId)}>接種記録を開く</ButtonLink>
          }
        >
          予診票 {slipNumber(slip)}
        </PageTitle>
        <SentNote />
        {open && slip.doubts.length > 0 && (
          <Notification tone="warning" title="確かめることがあります。">
            <ul>
              {doubtWords(slip.doubts).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </Notification>
        )}
        <Columns wide="first">
          <Panel title="予診票の内容">
            <DefinitionList
              columns={2}
              items={[
                ["予防接種", doseTitle(slip.vaccine, slip.dose)],
                ["結果", outcomeTitles[slip.outcome]],
                ["接種日", showDate(slip.givenOn as IsoDate)],
                ["券番号", slip.couponNumber ?? "―"],
                ["製品名", slip.product ?? "―"],
                ["ロット番号", slip.lot ?? "―"],
                [
                  "医療機関",
                  <>
                    {slip.clinicName ?? slip.clinicCode ?? "―"}
                    {hint && <Badge tone="warning">{hint}</Badge>}
                  </>,
                ],
                ["医師名", details.doctor ?? "―"],
                ["氏名", [identity?.name, identity?.kana].filter(Boolean).join("　") || "―"],
                ["生年月日", showDate(identity?.birth)],
                ["住所", identity?.address ?? "―"],
                ["母子健康手帳番号", details.motherChildNumber ?? "―"],
                ...(details.image ? [["画像番号", details.image] as const] : []),
                ["経路", channelTitles[slip.channel]],
                ["入力", `${showMoment(slip.enteredAt)} ${enteredName}`],
              ]}
            />
          </Panel>
          <Panel title="だれの予診票か">
            <Candidates candidates={candidates} platform={platform} />
          </Panel>
        </Columns>
        {open && enters && <Settle slip={slip} candidates={candidates} />}
      </SentContext.Provider>
    ),
  });
}

/** Whether the slip says anything of a person; whoever is told by a number alone has no points. */
const isCompared = ({ lines }: Score): boolean => lines.some(({ says }) => says !== "記入なし");

function Candidates(props: { candidates: readonly Candidate[]; platform: Platform }) {
  return (
    <Table
      caption="予診票と住民記録の一致"
      columns={[
        {
          title: "人",
          cell: (one) => (
            <>
              {`${props.candidates.indexOf(one) + 1}人目 `}
              <PersonLink person={one.person} platform={props.platform} />
            </>
          ),
        },
        {
          title: "点",
          cell: ({ score }) =>
            isCompared(score) ? (
              <Badge tone={score.points >= 80 ? "success" : "warning"}>{score.points}点</Badge>
            ) : (
              "―"
            ),
          nowrap: true,
        },
        {
          title: "内訳",
          cell: ({ score }) =>
            isCompared(score)
              ? score.lines
                  .map(({ what, says, points, most }) => `${what} ${says}（${points}/${most}）`)
                  .join("　")
              : "番号で特定した人です。予診票に、比べる氏名などの記入はありません。",
        },
      ]}
      rows={props.candidates}
      empty="近い人は見つかりません。統合宛名番号を入力してください。"
    />
  );
}

function Settle({ slip, candidates }: { slip: Slip; candidates: readonly Candidate[] }) {
  const acceptable = slip.doubts.every(
    (code) =>
      !Object.hasOwn(doubtRules, code) || doubtRules[code as keyof typeof doubtRules].acceptable,
  );
  return (
    <Panel title="処理する">
      <SentForm event="settle" action={`${paths.slip(slip.id)}/settle`} revision={slip.revision}>
        <FieldRow>
          {candidates.length > 0 && (
            <SelectField
              name="chosen"
              label="上の表の人"
              empty="選んでください"
              value={slip.personNumber ?? ""}
              options={candidates.map(({ person, score }, at) => ({
                value: person.personNumber,
                label: `${at + 1}人目${isCompared(score) ? `（${score.points}点）` : ""}`,
              }))}
            />
          )}
          <NumberField name="personNumber" label="ほかの人の統合宛名番号" check="person-number" />
          <DateField
            name="givenOn"
            label="接種日"
            required
            value={showDateShort(slip.givenOn as IsoDate)}
          />
          <TextField name="lot" label="ロット番号" width={12} value={slip.lot ?? ""} />
        </FieldRow>
        <DoseFields
          byCoupon={false}
          known={{
            vaccine: slip.vaccine,
            dose: slip.dose ? String(slip.dose) : "",
            outcome: slip.outcome,
          }}
        />
        <SelectField
          name="accept"
          label="疑わしい点があっても記録する理由"
          empty="記録しない（直して確かめる）"
          hint={
            acceptable
              ? "理由を選ぶと記録し、間違い接種に当たるものは事案になります。"
              : "直さないと記録できない点があります。"
          }
          options={choicesOf(acceptTitles)}
        />
        <Actions>
          <Button>記録する</Button>
        </Actions>
      </SentForm>
      {slip.state !== "discarded" && (
        <FoldedForm
          title="記録しないで除外する"
          event="discard"
          action={`${paths.slip(slip.id)}/discard`}
          revision={slip.revision}
        >
          <SelectField
            name="reason"
            label="除外する理由"
            required
            empty="選んでください"
            options={choicesOf(discardTitles)}
          />
          <Actions>
            <Button look="secondary">除外する</Button>
          </Actions>
        </FoldedForm>
      )}
    </Panel>
  );
}
