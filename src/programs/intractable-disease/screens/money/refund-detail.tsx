import { holds } from "#src/platform/access/actor.ts";
import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { ProblemNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import {
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  Disclosure,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  SelectField,
} from "#src/web/components/index.ts";
import { readDate, showDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { page, redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type RefundDetail,
  recognitionTitles,
  recordRefund,
  refundDetailOf,
  refundReasons,
} from "../../refund-details.ts";
import { receptionTitles } from "../../titles.ts";
import { shortDay } from "../days.ts";

const program = "intractable-disease";
const pathOf = (caseId: string) => `/${program}/claims/${caseId}/description` as const;

/** What a claim for 償還払い is, on its page: as it was said last, and the form while somebody may say it. */
export async function refundDetailPanel(work: Work, found: CaseRow) {
  const detail = await refundDetailOf(work, found.id);
  const may = holds(work.actor, "case.enter", { program, office: found.officeCode });
  return (
    <Panel title="償還払いの区分">
      {detail ? (
        <DefinitionList columns={3} items={itemsOf(detail)} />
      ) : (
        <p>まだ入力されていません。</p>
      )}
      {may && (
        <Disclosure title="区分を入力する…" open={!detail}>
          <DetailForm caseId={found.id} detail={detail} />
        </Disclosure>
      )}
    </Panel>
  );
}

const day = (text: string | null) => (text ? showDate(text as IsoDate) : "―");
const itemsOf = (detail: RefundDetail) =>
  [
    ["請求理由", refundReasons[detail.reason]],
    ["認定区分", recognitionTitles[detail.recognition]],
    ["受付窓口", receptionTitles[detail.reception]],
    ["進達日", day(detail.forwardedOn)],
    ["本庁受領日", day(detail.arrivedOn)],
  ] as const;

interface FormProps {
  caseId: string;
  detail: RefundDetail | undefined;
  sent?: ReturnType<typeof sentWith>;
}
const DetailForm = ({ caseId, detail, sent }: FormProps) => (
  <Form
    action={pathOf(caseId)}
    class="form stacked"
    {...(sent ? { values: sent.form, errors: sent.errors } : {})}
  >
    <FieldRow>
      <SelectField
        name="reason"
        label="請求理由"
        required
        value={detail?.reason ?? "before-recognition"}
        options={choicesOf(refundReasons)}
      />
      <SelectField
        name="recognition"
        label="認定区分"
        required
        value={detail?.recognition ?? "new"}
        options={choicesOf(recognitionTitles)}
      />
      <SelectField
        name="reception"
        label="受付窓口"
        required
        value={detail?.reception ?? "head"}
        options={choicesOf(receptionTitles)}
      />
    </FieldRow>
    <FieldRow>
      <DateField
        name="forwardedOn"
        label="進達日"
        hint="支所で受け付けたとき"
        value={shortDay(detail?.forwardedOn ?? undefined)}
      />
      <DateField
        name="arrivedOn"
        label="本庁受領日"
        value={shortDay(detail?.arrivedOn ?? undefined)}
      />
    </FieldRow>
    <Button look="secondary">登録する</Button>
  </Form>
);

/** Takes what the panel asks; a refused form comes back filled in, on a page of its own. */
export const refundDetailScreen = defineRoute({
  method: "post",
  path: `/${program}/claims/:caseId/description`,
  right: "case.enter",
  program,
  purpose: "case",
  audit: "claim.description-sent",
  async handle({ params, form, work }) {
    const caseId = idOf(params.caseId);
    const dayOf = (name: string) => {
      const text = form.text(name);
      if (text === "") return null;
      const read = readDate(text);
      if (!read) throw new EntryProblem(name, "日付を読み取れません。例: R8.11.20");
      return read;
    };
    try {
      const reason = form.choice("reason", Object.keys(refundReasons) as RefundDetail["reason"][]);
      const recognition = form.choice(
        "recognition",
        Object.keys(recognitionTitles) as RefundDetail["recognition"][],
      );
      const reception = form.choice(
        "reception",
        Object.keys(receptionTitles) as RefundDetail["reception"][],
      );
      if (!reason) throw new EntryProblem("reason", "請求理由を選んでください。");
      if (!recognition) throw new EntryProblem("recognition", "認定区分を選んでください。");
      if (!reception) throw new EntryProblem("reception", "受付窓口を選んでください。");
      const [forwardedOn, arrivedOn] = [dayOf("forwardedOn"), dayOf("arrivedOn")];
      if (arrivedOn && (!forwardedOn || arrivedOn < forwardedOn))
        throw new EntryProblem("arrivedOn", "本庁受領日は、進達日以後の日を入力してください。");
      await work(
        (unit) =>
          recordRefund(unit, caseId, {
            reason,
            recognition,
            reception,
            branchOffice: null,
            forwardedOn,
            arrivedOn,
          }),
        { caseId },
      );
    } catch (error) {
      const sent = sentWith("detail", form, error);
      const { found, detail } = await work(
        async (unit) => ({
          found: await getCase(unit, caseId),
          detail: await refundDetailOf(unit, caseId),
        }),
        { caseId },
      );
      const back = `/${program}/cases/${caseId}` as const;
      return page({
        title: "償還払いの区分",
        status: statusOf(sent),
        breadcrumb: [{ title: found.number, path: back }, { title: "償還払いの区分" }],
        content: (
          <>
            <PageTitle>償還払いの区分</PageTitle>
            {sent.problem && <ProblemNote problem={sent.problem} />}
            <Panel title={found.number}>
              <DetailForm caseId={caseId} detail={detail} sent={sent} />
            </Panel>
          </>
        ),
      });
    }
    return redirect(`/${program}/cases/${caseId}`, "償還払いの区分を登録しました。");
  },
});
