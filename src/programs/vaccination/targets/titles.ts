import { formatWareki } from "#workflows/dates/wareki.ts";
import { doseLabel } from "#workflows/vaccination/schedule.ts";
import { readTargetSubject } from "#workflows/vaccination/targets/subjects.ts";
import { vaccineTitle } from "./vaccines.ts";

/** 小児用肺炎球菌 追加; of a season with its 年度; of a booklet, and of a vaccine where no dose is next, the name alone. */
export function subjectTitle(subject: string): string {
  if (subject === "booklet") return "つづり";
  if (!subject.includes(":")) return vaccineTitle(subject);
  const { vaccine, dose, occasion } = readTargetSubject(subject);
  const name = vaccineTitle(vaccine);
  const label = doseLabel(vaccine, dose);
  const period = name.split(" ").at(-1) ?? "";
  const title = label.startsWith(period) ? [...name.split(" ").slice(0, -1), label] : [name, label];
  return `${title.join(" ")}${occasionTitle(occasion)}`;
}

function occasionTitle(occasion: string): string {
  if (/^\d{4}$/.test(occasion))
    return `（${formatWareki(`${Number(occasion)}-04-01`).replace(/年.*$/, "年度")}）`;
  return "";
}
