import { type Actor, holds } from "#src/platform/access/actor.ts";
import { changeDates, isToPrint, type RunRow, runIdOf } from "#src/platform/mailings/index.ts";
import {
  Actions,
  Button,
  DateField,
  Disclosure,
  Form,
  Panel,
  TextArea,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import type { MailingPaths, Mailings } from "./set.ts";
import { dateOf } from "./step-fields.ts";

/** 印刷期限 and 発送予定日 of a run moved, with the reason, until the contractor has it. */
export function DatesPanel(props: { paths: MailingPaths; run: RunRow; actor: Actor }) {
  const { paths, run, actor } = props;
  const may = holds(actor, "mailing.prepare", { program: run.program });
  if (!may || !isToPrint(run) || runStateMeta(run.state).busy) return null;
  return (
    <Panel title="期限">
      <Disclosure title="期限を変える">
        <Form action={`${paths.run(run.id)}/dates`} class="form stacked">
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
          <TextArea name="reason" label="理由" required rows={2} />
          <Actions>
            <Button look="secondary">期限を変える</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Panel>
  );
}

export const changeRunDates = ({ program, paths }: Mailings) =>
  defineRoute({
    method: "post",
    path: `${paths.runs}/:run/dates` as const,
    right: "mailing.prepare",
    program,
    purpose: "mailing",
    audit: "mailing.dates-asked",
    async handle({ params, form, work }) {
      await work((unit) =>
        changeDates(unit, {
          runId: runIdOf(params.run),
          expectedRevision: form.integer("revision") ?? 0,
          printBy: dateOf(form, "printBy", "印刷期限"),
          sendOn: dateOf(form, "sendOn", "発送予定日"),
          reason: form.text("reason"),
        }),
      );
      return redirect(paths.run(params.run), "期限を変えました。");
    },
  });
