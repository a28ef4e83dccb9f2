import {
  ask,
  EntryProblem,
  type Inquiry,
  recordAnswer,
  remind,
} from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Badge,
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  Disclosure,
  EmptyState,
  Form,
  Panel,
  SelectField,
  TextArea,
  TextField,
} from "../components/index.ts";
import { readDate, showDate } from "../dates.ts";
import type { PanelForm } from "./panel-form.ts";
import { casePath } from "./paths.ts";
import { useSent } from "./sent.tsx";
import { mayEnter, type Shown } from "./shown.ts";

/** What other authorities were asked (照会), what they answered, what is overdue. */
export function InquiriesPanel(shown: Shown) {
  const { screens, view, today } = shown;
  const asks = Object.keys(screens.inquiries ?? {}).length > 0;
  // Asked by steps of the machine they are shown alone: each step has its page.
  if (!asks && view.inquiries.length === 0) return null;
  const overdue = view.inquiries.filter((one) => isOverdue(one, today)).length;
  return (
    <Panel
      title="照会"
      actions={overdue > 0 && <Badge tone="error">{`期限超過 ${overdue}件`}</Badge>}
    >
      {view.inquiries.length === 0 && <EmptyState>照会はありません。</EmptyState>}
      {view.inquiries.map((one) => (
        <OneInquiry key={one.id} {...shown} inquiry={one} />
      ))}
      {asks && mayEnter(shown) && <AskForm {...shown} />}
    </Panel>
  );
}

const isOverdue = ({ answeredOn, closedOn, dueOn }: Inquiry, today: IsoDate): boolean =>
  answeredOn === null && closedOn === null && dueOn < today;

function OneInquiry(props: Shown & { inquiry: Inquiry }) {
  const { screens, today, inquiry } = props;
  const { subject, addressee, askedOn, dueOn, remindedOn, answeredOn, closedOn, answer } = inquiry;
  const title =
    screens.inquiries?.[subject] ?? screens.application.inquiries?.[subject]?.title ?? subject;
  const day = (date: string | null) => showDate(date as IsoDate | null);
  return (
    <section class="inquiry" aria-label={`${title} ${addressee}`}>
      <h3>
        {title}（{addressee}）{" "}
        {answeredOn ? (
          <Badge tone="success">回答済</Badge>
        ) : closedOn ? (
          <Badge tone="neutral">打切り</Badge>
        ) : isOverdue(inquiry, today) ? (
          <Badge tone="error">期限超過</Badge>
        ) : (
          <Badge tone="info">回答待ち</Badge>
        )}
      </h3>
      <DefinitionList
        items={[
          ["照会日・回答期限", `${day(askedOn)}・${day(dueOn)}`],
          ...(remindedOn ? [["督促日", day(remindedOn)] as const] : []),
          ...(answeredOn ? [["回答", `${answer ?? ""}（${day(answeredOn)}）`] as const] : []),
        ]}
      />
      {screens.inquiries && !answeredOn && !closedOn && mayEnter(props) && (
        <OpenInquiryForms {...props} />
      )}
    </section>
  );
}

/** Reminding, and taking down the answer. */
function OpenInquiryForms({ view, inquiry }: Shown & { inquiry: Inquiry }) {
  const { values, errors, sent } = useSent(inquiry.id);
  const path = `${casePath(view.found)}/inquiries/${inquiry.id}`;
  return (
    <>
      <Form action={`${path}/reminder`} class="inline-form">
        <Button look="quiet">督促を記録する</Button>
      </Form>
      <Disclosure title="回答を記録する…" open={sent}>
        <Form action={`${path}/answer`} class="form stacked" values={values} errors={errors}>
          <TextArea name={`answer-${inquiry.id}`} label="回答の内容" required rows={2} />
          <Button look="secondary">回答を記録する</Button>
        </Form>
      </Disclosure>
    </>
  );
}

function AskForm({ screens, view }: Shown) {
  const { values, errors, sent } = useSent("inquiry");
  return (
    <Disclosure title="照会を記録する…" open={sent}>
      <Form
        action={`${casePath(view.found)}/inquiries`}
        class="form stacked"
        values={values}
        errors={errors}
      >
        <SelectField
          name="subject-inquiry"
          label="照会する事項"
          required
          options={choicesOf(screens.inquiries ?? {})}
        />
        <TextField name="addressee" label="照会先（機関の名前）" required width={30} />
        <DateField name="dueOn" label="回答期限" required />
        <Button look="secondary">照会を記録する</Button>
      </Form>
    </Disclosure>
  );
}

const shared = { purpose: "case" } as const;

export const askForm: PanelForm = {
  ...shared,
  path: "inquiries",
  audit: "inquiry.sent",
  event: () => "inquiry",
  async run(work, { screens, found, form }) {
    const subject = form.choice("subject-inquiry", Object.keys(screens.inquiries ?? {}));
    if (!subject) throw new EntryProblem("subject", "照会する事項を選んでください。");
    const addressee = form.text("addressee");
    await ask(work, found.id, { subject, addressee, dueOn: readDate(form.text("dueOn")) });
    return undefined;
  },
};

export const remindForm: PanelForm = {
  ...shared,
  path: "inquiries/:inquiryId/reminder",
  audit: "inquiry.reminded",
  event: ({ inquiryId = "" }) => inquiryId,
  async run(work, { found, params }) {
    await remind(work, found.id, params.inquiryId ?? "");
    return undefined;
  },
};

export const answerForm: PanelForm = {
  ...shared,
  path: "inquiries/:inquiryId/answer",
  audit: "inquiry.answered",
  event: ({ inquiryId = "" }) => inquiryId,
  async run(work, { found, form, params }) {
    const inquiryId = params.inquiryId ?? "";
    await recordAnswer(work, found.id, { inquiryId, answer: form.text(`answer-${inquiryId}`) });
    return undefined;
  },
};
