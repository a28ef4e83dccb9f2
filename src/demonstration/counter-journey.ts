import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { type CounterStaff, type PlayedKind, playedCase, workOnCase } from "./counter.ts";

/**
 * The application of a person, from the counter to the certificate (or to the rejection, where the incomes are too high), with the papers left in `out`.
 *
 * @returns lines of the summary
 */
export async function playCounter(
  platform: Platform,
  staff: CounterStaff,
  played: PlayedKind,
  {
    personNumber,
    out,
    bring,
  }: {
    personNumber: string;
    out: string;
    /** What other offices are asked for once it is entered. */
    bring?: () => Promise<unknown>;
  },
): Promise<string[]> {
  const steps = await playedCase(platform, staff, played, personNumber, { bring });
  await steps.toApproval();
  await steps.step(staff.decides, "approve");
  const isGranted = await steps.isPossible(staff.enters, "issue");
  if (isGranted) await steps.step(staff.enters, "issue");
  const { program, title } = played.kind;
  const files = await workOnCase(platform, staff.enters, program, async (work) => {
    const names: string[] = [];
    for (const [place, { id, kind, number }] of (await documentsOf(work, steps.id)).entries()) {
      const { pdf } = await printDocument(work, id);
      const name = `${program}-${place + 1}-${kind}.pdf`;
      await writeFile(join(out, name), pdf);
      names.push(`${name}（${number}、${Math.round(pdf.length / 1024)} KiB）`);
    }
    return names;
  });
  return [
    `${title} 申請 ${steps.number}: 受付 → 本人確認 → 審査 → 起案 → 決裁 → ${isGranted ? "認定 → 証交付" : "却下（所得が限度額以上）"}`,
    `  入力 ${staff.enters.staffName}、審査・起案 ${staff.examines.staffName}、決裁 ${staff.decides.staffName}`,
    ...files.map((file) => `  ${file}`),
  ];
}
