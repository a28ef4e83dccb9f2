import type { Inquiry } from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Badge,
  Button,
  choicesOf,
  DateField,
  DefinitionList,
  EmptyState,
  Form,
  Panel,
  SelectField,
  TextArea,
  TextField,
} from "../components/index.ts";
import { showDate } from "../dates.ts";
import { DraftedDisclosure } from "./drafted-form.tsx";
import { casePath } from "./paths.ts";
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
      {view.inquiries.map((one, at) => (
        <OneInquiry key={one.id} {...shown} inquiry={one} at={at + 1} />
      ))}
      {asks && mayEnter(shown) && <AskForm {...shown} />}
    </Panel>
  );
}

const isOverdue = ({ answeredOn, closedOn, dueOn }: Inquiry, today: IsoDate): boolean =>
  answeredOn === null && closedOn === null && dueOn < today;

/** One of them, numbered: the same authority may be asked the same twice. */
function OneInquiry(props: Shown & { inquiry: Inquiry; at: number }) {
  const { screens, today, inquiry, at } = props;
  const { subject, addressee, askedOn, dueOn, remindedOn, answeredOn, closedOn, answer } = inquiry;
  const title =
    screens.inquiries?.[subject] ?? screens.application.inquiries?.[subject]?.title ?? subject;
  const day = (date: string | null) => showDate(date as IsoDate | null);
  return (
    <section class="one-of-several" aria-label={`照会${at} ${title} ${addressee}`}>
      <h3>
        {at}. {title}（{addressee}）{" "}
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
  const path = `${casePath(view.found)}/inquiries/${inquiry.id}`;
  return (
    <>
      <Form action={`${path}/reminder`} class="inline-form">
        <Button look="quiet">督促を記録する</Button>
      </Form>
      <DraftedDisclosure
        title="回答を記録する…"
        event={inquiry.id}
        action={`${path}/answer`}
        class="form stacked"
      >
        <TextArea name={`answer-${inquiry.id}`} label="回答の内容" required rows={2} />
        <Button look="secondary">回答を記録する</Button>
      </DraftedDisclosure>
    </>
  );
}

function AskForm({ screens, view, today }: Shown) {
  return (
    <DraftedDisclosure
      title="照会を記録する…"
      event="inquiry"
      action={`${casePath(view.found)}/inquiries`}
      class="form stacked"
    >
      <SelectField
        name="subject-inquiry"
        label="照会する事項"
        required
        options={choicesOf(screens.inquiries ?? {})}
      />
      <TextField name="addressee" label="照会先（機関の名前）" required printed width={30} />
      <DateField name="dueOn" label="回答期限" required notBefore={{ on: today, word: "今日" }} />
      <Button look="secondary">照会を記録する</Button>
    </DraftedDisclosure>
  );
}
