import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type PaperVersion, paperVersion, settingInForce } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { type MailingKind, mailingKind, type RunOfKind } from "./kind.ts";
import type { RunRow } from "./run.ts";

/** With what a run would be printed if it were approved now; `null` where each piece is printed as it was issued. */
export async function paperOfToday(
  work: Work,
  { asIssued, form, papers }: MailingKind,
): Promise<PaperVersion | null> {
  return asIssued ? null : paperVersion(form, await settingInForce(work, papers.program));
}

/** What the kind is told of a run. */
export async function runOfKind(work: Work, run: RunRow): Promise<RunOfKind> {
  const { id, parameters, templateVersion, formSettingId } = run;
  const paper =
    templateVersion === null
      ? await paperOfToday(work, mailingKind(run.kind))
      : { template: templateVersion, setting: formSettingId };
  return {
    id,
    parameters,
    paper,
    datedOn: dateOf(run) ?? work.platform.clock.today(),
    sample: false,
  };
}

/** Date of the letters of an approved run. */
export const dateOf = ({ datedOn }: Pick<RunRow, "datedOn">) => datedOn as IsoDate | null;
