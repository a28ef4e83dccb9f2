import { type AnyChangeKind, openChange } from "#src/platform/applications/index.ts";
import { type Entitlement, entitlementsOfCase } from "#src/platform/entitlements/index.ts";
import { bornNotBefore } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { bornBounds, type DateBound } from "#workflows/dates/bounds.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { Button, type Choice, DateField, SelectField } from "../components/index.ts";
import { readDate } from "../dates.ts";
import { DraftedDisclosure } from "./drafted-form.tsx";
import type { PanelForm, PanelRequest } from "./panel-form.ts";
import { StepFields } from "./parts.tsx";
import { casePath } from "./paths.ts";
import { readKey } from "./read-step.ts";
import { liveEntitlements, nameIn, type Shown } from "./shown.ts";

/** Where a change or a loss is reported (変更届・喪失届). */
export function ChangeOpening({ screens, view, today }: Shown) {
  const live = liveEntitlements(view);
  const subjects = possibleSubjects(screens.change, view.entitlements);
  if (Object.keys(subjects).length === 0) return null;
  const ofOne = Object.values(screens.change.subjects).filter(
    ({ concerns }) => concerns === "each",
  );
  return (
    <DraftedDisclosure
      title="変更・喪失の届出を受け付ける…"
      event="change"
      action={`${casePath(view.found)}/changes`}
    >
      <StepFields found={view.found} />
      <SelectField
        name="subject"
        label="届出の種類"
        required
        empty="選んでください"
        options={subjectChoices(subjects)}
      />
      {live.length > 1 && ofOne.length > 0 && (
        <SelectField
          name="person"
          label="対象の方"
          empty="全員に関わる届出"
          hint={`「${ofOne.map(({ title }) => title).join("」「")}」では選んでください。`}
          options={live.map(({ id, personNumber, recipientNumber }) => ({
            value: id,
            label: `${nameIn(view, personNumber)}（${recipientNumber}）`,
          }))}
        />
      )}
      <DateField
        name="occursOn"
        label="変更日（喪失は資格がなくなる日、停止・再開はその日、期間の訂正は訂正する日）"
        required
        notBefore={{ on: bornNotBefore(view.register.subject), word: "出生日" }}
        notAfter={lastChange(live)}
      />
      <DateField
        name="reportedOn"
        label="届出日"
        required
        value={formatWarekiShort(today)}
        {...bornBounds(view.register.subject.birthDate, today)}
      />
      <Button look="secondary">届出を受け付ける</Button>
    </DraftedDisclosure>
  );
}

/** A loss is at the latest of the day after the last one; nothing changes later. */
function lastChange(live: readonly Entitlement[]): DateBound | undefined {
  const last = live
    .map(({ validTo }) => validTo as IsoDate)
    .toSorted()
    .at(-1);
  return last && { on: addDays(last, 1), word: "資格の終わる日の翌日" };
}

/** What may be reported as the entitlements stand: of what is lost its days may still be corrected. */
const possibleSubjects = (
  { subjects }: AnyChangeKind,
  entitlements: readonly Entitlement[],
): AnyChangeKind["subjects"] => {
  const any = (...statuses: Entitlement["status"][]) =>
    entitlements.some(({ status }) => statuses.includes(status));
  return Object.fromEntries(
    Object.entries(subjects).filter(([, { movement }]) => {
      if (movement === "corrected") return any("granted", "suspended", "lost");
      if (movement === "suspended") return any("granted");
      if (movement === "resumed") return any("suspended");
      return any("granted", "suspended");
    }),
  );
};

/** Subjects, and under those that ask for a reason their reasons: one choice says both. */
const subjectChoices = (subjects: AnyChangeKind["subjects"]): Choice[] =>
  Object.entries(subjects).flatMap(([subject, { title, reasons }]) =>
    reasons
      ? Object.entries(reasons).map(([reason, label]) => ({
          value: `${subject}:${reason}`,
          label: `${title}: ${label}`,
          group: title,
        }))
      : [{ value: subject, label: title }],
  );

/** Opens a report of change or loss from the page of the application, and leads on to it. */
export const openChangeForm: PanelForm = {
  path: "changes",
  audit: "change.opened",
  purpose: "counter",
  event: () => "change",
  async run(work, request) {
    const [subject = "", reason] = request.form.text("subject").split(":");
    try {
      const { found } = await openChange(work, request.screens.change, {
        grantingCaseId: request.found.id,
        subject,
        reason,
        origin: "report",
        ...(await readOpening(work, request)),
      });
      return { shown: found, said: `届出 ${found.number} を受け付けました。` };
    } catch (error) {
      // Subject and reason are one field here.
      if (error instanceof EntryProblem && error.field === "reason")
        throw new EntryProblem("subject", error.message);
      throw error;
    }
  },
};

async function readOpening(work: Work, { found, form }: PanelRequest) {
  const occursOn = readDate(form.text("occursOn"));
  if (!occursOn) throw new EntryProblem("occursOn", "変更日を入力してください。例: R8.11.20");
  // Today, where nothing is said.
  const reported = form.text("reportedOn");
  const reportedOn = readDate(reported);
  if (reported && !reportedOn)
    throw new EntryProblem("reportedOn", "届出日は、R8.11.20 のように入力してください。");
  const chosen = form.text("person");
  const granted = chosen ? await entitlementsOfCase(work, found.id) : [];
  const personNumber = granted.find(({ id }) => id === chosen)?.personNumber;
  return {
    occursOn,
    ...(reportedOn ? { reportedOn } : {}),
    personNumber,
    idempotencyKey: readKey(form),
  };
}
