import {
  payableStateMeta,
  paymentRunStateMeta,
  repaymentStateMeta,
} from "#src/platform/payments/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { StateMeta } from "#workflows/flows/definition.ts";
import type { PayableState } from "#workflows/payments/payable.ts";
import type { RepaymentState } from "#workflows/payments/repayment.ts";
import type { PaymentRunState } from "#workflows/payments/run.ts";
import { useSent } from "../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  DisabledAction,
  Disclosure,
  Form,
  ReasonField,
} from "../components/index.ts";
import { showDateShort } from "../dates.ts";

/** How many rows stand on a page of a list. */
export const rowsAPage = 50;

export const day = (date: string | null | undefined): string =>
  showDateShort(date as IsoDate | null);

const StateBadge = ({ title, tone }: StateMeta) => <Badge tone={tone ?? "info"}>{title}</Badge>;
export const PaymentRunBadge = ({ state }: { state: PaymentRunState }) => (
  <StateBadge {...paymentRunStateMeta(state)} />
);
export const PayableBadge = ({ state }: { state: PayableState }) => (
  <StateBadge {...payableStateMeta(state)} />
);
export const RepaymentBadge = ({ state }: { state: RepaymentState }) => (
  <StateBadge {...repaymentStateMeta(state)} />
);

/** A step that may be taken, with its fields; one that is off says why. */
export function StepForm(props: {
  action: string;
  revision: number;
  type: string;
  title: string;
  reasons: readonly string[];
  /** Asked before what cannot be undone. */
  confirm?: string | undefined;
  /** Stands folded below the next one. */
  aside?: boolean | undefined;
  /** Asks for the reason. */
  comment?: boolean | undefined;
  /** Where the paper that it would issue is looked at first. */
  preview?: string | undefined;
  children?: preact.ComponentChildren;
}) {
  const { action, type, title, reasons, confirm, aside } = props;
  const { values, errors, sent } = useSent(type);
  if (reasons.length > 0)
    return (
      <Actions>
        <DisabledAction reasons={[...reasons]}>{title}</DisabledAction>
      </Actions>
    );
  const form = (
    <Form action={action} class="form stacked" values={values} errors={errors}>
      <input type="hidden" name="revision" value={props.revision} />
      {props.children}
      {props.comment && <ReasonField name={`comment-${type}`} label="理由" required rows={2} />}
      <Actions>
        {props.preview && (
          <Button look="secondary" formAction={props.preview} formTarget="_blank">
            見本を見る
          </Button>
        )}
        <Button look={aside ? "secondary" : "primary"} confirm={confirm}>
          {title}
        </Button>
      </Actions>
    </Form>
  );
  return aside ? (
    <Disclosure title={title} open={sent}>
      {form}
    </Disclosure>
  ) : (
    form
  );
}
