import { printOne } from "#src/platform/mailings/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ReprintReason } from "../coupons.ts";
import { personToPrintFor } from "../office-person.ts";
import { recipientOfMail } from "../special/index.ts";
import {
  asSent,
  isReprintable,
  noteReprinted,
  noticeReprints,
  notReprintable,
} from "./notice-reprints.ts";
import { getNotice } from "./notices.ts";
import { targetVaccines } from "./vaccines.ts";

/** Prints one letter or reminder again in the office: the same number, counted with its reason. @throws Problem 403, 404, 422 */
export async function reprintNoticeInOffice(
  work: Work,
  number: string,
  reason: ReprintReason,
): Promise<Uint8Array> {
  const { notice } = await getNotice(work, number);
  const vaccines = await targetVaccines(work, notice.issuedOn as IsoDate);
  const sent = isReprintable(notice) ? asSent(notice, vaccines) : undefined;
  if (!sent) throw new Problem({ status: 422, message: notReprintable });
  await noteReprinted(work, [number], { reason, runId: null });
  const { personNumber, subject, output } = notice;
  const person = await personToPrintFor(work, personNumber, "通知・はがき");
  const { facts, issued } = sent;
  const to = await recipientOfMail(work, person, issued.on);
  return printOne(work, noticeReprints[output], {
    personNumber,
    subject,
    pieceNumber: number,
    person,
    to,
    facts,
    paper: issued.paper,
    datedOn: issued.on,
  });
}
