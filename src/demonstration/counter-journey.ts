import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { approve, issueCertificate } from "#src/programs/child-medical/index.ts";
import { type CounterStaff, findSomeChildren, playedCase, workOnCase } from "./counter.ts";

/**
 * Journey 1: the application for a child, from the search to the 受給者証, with the papers left in `out`.
 *
 * @returns lines of the summary
 */
export async function playCounter(
  platform: Platform,
  staff: CounterStaff,
  out: string,
): Promise<string[]> {
  const [child = ""] = await workOnCase(platform, staff.enters, (work) =>
    findSomeChildren(work, 1),
  );
  const played = await playedCase(platform, staff, child);
  await played.toApproval();
  await played.step(staff.decides, approve);
  await played.step(staff.enters, issueCertificate);
  const files = await workOnCase(
    platform,
    staff.enters,
    async (work) => {
      const names: string[] = [];
      for (const { id, kind, number } of await documentsOf(work, played.id)) {
        const { pdf } = await printDocument(work, id);
        const name = `${kind}.pdf`;
        await writeFile(join(out, name), pdf);
        names.push(`${name}（${number}、${Math.round(pdf.length / 1024)} KiB）`);
      }
      return names;
    },
    played.id,
  );
  return [
    `こども医療費助成 申請 ${played.number}: 受付 → 本人確認 → 審査 → 起案 → 決裁 → 認定 → 証交付`,
    `  入力 ${staff.enters.staffName}、審査・起案 ${staff.examines.staffName}、決裁 ${staff.decides.staffName}`,
    ...files.map((file) => `  ${file}`),
  ];
}
