import { type Actor, holds } from "#src/platform/access/actor.ts";
import { isToPrint, type RunRow } from "#src/platform/mailings/index.ts";
import {
  Actions,
  Button,
  DateField,
  Disclosure,
  Form,
  Panel,
  ReasonField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import { useSent } from "../cases/sent.tsx";
import type { MailingPaths } from "./set.ts";

/** 印刷期限 and 発送予定日 of a run moved, with the reason, until the contractor has it. */
export function DatesPanel(props: { paths: MailingPaths; run: RunRow; actor: Actor }) {
  const { paths, run, actor } = props;
  const { values, errors, sent } = useSent("dates");
  const may = holds(actor, "mailing.prepare", { program: run.program });
  if (!may || !isToPrint(run) || runStateMeta(run.state).busy) return null;
  return (
    <Panel title="期限">
      <Disclosure title="期限を変える" open={sent}>
        <Form
          action={`${paths.run(run.id)}/dates`}
          class="form stacked"
          values={values}
          errors={errors}
        >
          <input type="hidden" name="revision" value={run.revision} />
          <DateField
            name="printBy"
            label="印刷期限"
            required
            value={run.printBy ? showDateShort(run.printBy as IsoDate) : ""}
          />
          <DateField
            name="sendOn"
            label="発送予定日"
            required
            value={run.sendOn ? showDateShort(run.sendOn as IsoDate) : ""}
          />
          <ReasonField name="reason" label="理由" required rows={2} />
          <Actions>
            <Button look="secondary">期限を変える</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Panel>
  );
}
