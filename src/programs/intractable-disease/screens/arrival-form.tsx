import { z } from "zod";
import { type CaseHead, headOf } from "#src/platform/applications/index.ts";
import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { isoDate } from "#src/platform/entry-parts/index.ts";
import type { StepForm } from "#src/web/cases/index.ts";
import { DateField, FieldRow } from "#src/web/components/index.ts";
import { readDate } from "#src/web/dates.ts";
import { type Arrival, arrivalOf } from "../arrival.ts";
import { shortDay } from "./days.ts";

interface Seen {
  found: CaseRow;
  head: CaseHead;
  arrival: Arrival | undefined;
}

/** Where 進達 and 本庁受領 of what a 支所 received are recorded. */
export const arrivalForm: StepForm<Seen> = {
  page: "arrival",
  right: "case.examine",
  purpose: "case",
  audit: { opened: "arrival.opened", sent: "arrival.step-requested" },
  async look(work, { caseId }) {
    const found = await getCase(work, caseId);
    return {
      found,
      head: await headOf(work, found),
      arrival: await arrivalOf(work, caseId),
    };
  },
  title: () => "進達・本庁受領",
  Fields: ({ seen: { arrival } }) => (
    <FieldRow>
      <DateField
        name="forwardedOn"
        label="進達日"
        required
        value={shortDay(arrival?.forwardedOn)}
      />
      <DateField
        name="arrivedOn"
        label="本庁受領日"
        required
        value={shortDay(arrival?.arrivedOn)}
      />
    </FieldRow>
  ),
  read: (form) =>
    z.strictObject({ forwardedOn: isoDate("進達日"), arrivedOn: isoDate("本庁受領日") }).safeParse({
      forwardedOn: readDate(form.text("forwardedOn")) ?? "",
      arrivedOn: readDate(form.text("arrivedOn")) ?? "",
    }),
  button: "記録する",
  said: "進達と本庁受領を記録しました。",
};
