import { hindrancesBy, openingFacts } from "#src/platform/applications/index.ts";
import {
  type CorrectionType,
  canCorrect,
  correctDate,
  correctionTitles,
} from "#src/platform/cases/index.ts";
import { bornNotBefore, lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { limitBounds } from "#workflows/cases/deadlines.ts";
import { bornBounds, type DateBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { Button, DateField, Panel, ReasonField } from "../components/index.ts";
import { readDate } from "../dates.ts";
import { DraftedDisclosure } from "./drafted-form.tsx";
import type { PanelForm } from "./panel-form.ts";
import { StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { readStep } from "./read-step.ts";
import { mayEnter, type Shown } from "./shown.ts";

/** Where 受付日 and 補正期限 are corrected with a reason, while nothing is proposed. */
export function CorrectionsPanel(shown: Shown) {
  const { view, screens, today } = shown;
  const { found, register, approvals, head } = view;
  if (!mayEnter(shown) || !canCorrect(found, approvals)) return null;
  return (
    <Panel title="日付の訂正">
      <CorrectionForm
        {...shown}
        type="correct-received"
        label="正しい受付日"
        known={found.receivedOn as IsoDate}
        bounds={bornBounds(register.subject.birthDate, today)}
      />
      {head.limit && (
        <CorrectionForm
          {...shown}
          type="correct-limit"
          label="正しい補正期限"
          known={head.limit}
          bounds={limitBounds(today, screens.application.deadlines)}
        />
      )}
    </Panel>
  );
}

function CorrectionForm(
  props: Shown & {
    type: CorrectionType;
    label: string;
    known: IsoDate | undefined;
    bounds: DateBounds;
  },
) {
  const { view, type, label, known, bounds } = props;
  return (
    <DraftedDisclosure
      title={`${correctionTitles[type]}…`}
      event={type}
      action={`${casePath(view.found)}/corrections/${type}`}
      class="form stacked"
    >
      <StepFields found={view.found} />
      <DateField
        name={`day-${type}`}
        label={label}
        required
        value={known ? formatWarekiShort(known) : ""}
        {...bounds}
      />
      <ReasonField name={`reason-${type}`} label="訂正の理由" required rows={2} />
      <Button look="secondary">訂正する</Button>
    </DraftedDisclosure>
  );
}

const correction = (type: CorrectionType): PanelForm => ({
  path: `corrections/${type}`,
  audit: type === "correct-received" ? "received-day.corrected" : "limit-day.corrected",
  purpose: "case",
  event: () => type,
  async run(work, { screens, found, form }) {
    const day = readDate(form.text(`day-${type}`));
    if (!day) throw new EntryProblem("day", "日付を入力してください。例: R8.11.20");
    const { expectedRevision, idempotencyKey } = readStep(found.id, form);
    const person =
      type === "correct-received"
        ? await lookAtPerson(work, found.personNumber, ["facts"])
        : undefined;
    const birth = person ? { birth: bornNotBefore(person) } : {};
    const [early] = person
      ? (await hindrancesBy(work, screens.application, openingFacts(person, day))).filter(
          ({ code }) => code === "before-birth" || code === "not-yet-resident",
        )
      : [];
    if (early) throw new EntryProblem("day", early.reason);
    await correctDate(work, {
      caseId: found.id,
      expectedRevision,
      type,
      day,
      reason: form.text(`reason-${type}`),
      idempotencyKey,
      ...birth,
    });
    return { said: `「${correctionTitles[type]}」を行いました。` };
  },
});

export const correctReceivedForm = correction("correct-received");
export const correctLimitForm = correction("correct-limit");
