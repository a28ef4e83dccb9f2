import type { Actor } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import {
  approve,
  confirmEntry,
  hold,
  issueCertificate,
  remand,
} from "#src/programs/child-medical/index.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { type CounterStaff, findSomeChildren, playedCase, workOnCase } from "./counter.ts";
import { prepareCoupons } from "./mailing.ts";

/**
 * Applications in every state that waits for somebody, and a mailing that waits for approval: so that
 * the work lists of the demonstration live from the first sign-in. All through the services that the
 * screens use.
 */
export async function seedWorkInHand(
  platform: Platform,
  staff: CounterStaff & { prepares: Actor },
): Promise<void> {
  const { enters, examines, decides, prepares } = staff;
  const children = await workOnCase(platform, enters, (work) => findSomeChildren(work, 9));
  const next = (daysAgo: number) => playedCase(platform, staff, children.pop() ?? "", { daysAgo });

  await next(0); // 申請受付
  await (await next(0)).enter(); // 本人確認
  await (await next(2)).toExamination(); // 審査, to be confirmed by another person
  const held = await next(6);
  await held.toExamination("missing");
  await held.step(examines, confirmEntry);
  await held.step(examines, hold, {
    input: [addDays(platform.clock.today(), 10)],
    comment: "資格確認書の写しがないため、電話で提出を依頼済み。",
  });
  const returned = await next(5);
  await returned.toApproval();
  await returned.step(decides, remand, {
    comment: "被保険者の氏名が保護者と違わないか、資格確認書の写しで確かめてください。",
  });
  for (const daysAgo of [4, 3]) await (await next(daysAgo)).toApproval();
  const certified = await next(7);
  await certified.toApproval();
  await certified.step(decides, approve);
  const issued = await next(9);
  await issued.toApproval();
  await issued.step(decides, approve);
  await issued.step(enters, issueCertificate);

  await prepareCoupons(platform, prepares);
}
