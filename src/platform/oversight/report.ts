import { incidentReport, PiecesHeld, writeForm } from "#forms/index.ts";
import { reportItems } from "#workflows/oversight/incident-machine.ts";
import { recordAudit } from "../audit/write.ts";
import { cityOf } from "../city/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import {
  basisOf,
  type Incident,
  incidentKinds,
  reportAndSteps,
  reportHeadings,
} from "./incidents.ts";

/**
 * The report of an incident as a paper, with the newest words: 速報 until it is reported, 確報 afterwards.
 *
 * @throws Problem 422 where nothing is written yet, or a character has no glyph
 */
export async function printReport(work: Work, found: Incident): Promise<Uint8Array> {
  const { words } = await reportAndSteps(work, found);
  if (!words) throw new Problem({ status: 422, message: "報告の内容を先に保存してください。" });
  const { mayor, name } = await cityOf(work);
  const first = found.state === "found" || found.state === "dismissed";
  await recordAudit(work, {
    kind: "print",
    action: "incident.report-printed",
    detail: { number: String(found.id) },
  });
  try {
    return await writeForm(incidentReport, {
      stage: first ? "速報" : "確報",
      city: mayor.title.startsWith(name) ? mayor.title : `${name}　${mayor.title}`,
      number: found.id,
      printedOn: work.platform.clock.today(),
      knownOn: found.knownOn,
      dueOn: first ? found.preliminaryDue : found.finalDue,
      kind: `${incidentKinds[found.kind]}${found.malicious ? "（不正の目的によるおそれがあるもの）" : ""}`,
      basis: basisOf(found),
      listed: found.people,
      items: reportHeadings.map((item) => ({ heading: reportItems[item], words: words[item] })),
    });
  } catch (error) {
    if (!(error instanceof PiecesHeld)) throw error;
    throw new Problem({
      status: 422,
      message: "報告の内容に、印刷できない文字があります。",
      details: ["ほかの文字に置き換えて保存してから、もう一度印刷してください。"],
    });
  }
}
