import { stringify } from "csv-stringify/sync";
import { staffList } from "#src/platform/access/index.ts";
import { type AuditRow, auditRecords, countAuditRecords } from "#src/platform/audit/index.ts";
import { logCopies } from "#src/platform/documents/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { type ReasonCode, reasonTitles } from "#src/platform/reasons.ts";
import type { Work } from "#src/platform/work.ts";
import type { Copies, CopySource, KeptChoice } from "../../copies/source.ts";
import { showSecond } from "../../dates.ts";
import { Values } from "../../values.ts";
import { lastFilter } from "./last-filter.ts";
import { readAuditQuery } from "./read-query.ts";
import { type KnownWords, programOf, Records } from "./records.tsx";
import { sentenceOf, whyOf } from "./sentence.ts";
import { itemWords, kindTitles } from "./titles.ts";

export const logTitle = "アクセス記録";
/** So many records a copy of the log has at most. */
export const mostCopied = 100_000;

/** Copies of the log: asked for by auditors, allowed by the privacy officer. */
export const copiesOfLog = (known: KnownWords): Copies => ({
  program: logCopies,
  title: logTitle,
  purpose: "audit",
  sources: [sourceOfLog(known)],
});

const fields = ["staff", "person", "from", "to", "kind", "action", "program", "why"] as const;
const id = "log";

function sourceOfLog(known: KnownWords): CopySource {
  const queryOf = (choice: KeptChoice) => readAuditQuery(new Values(Object.entries(choice))).query;
  return {
    id,
    right: "audit.read",
    title: logTitle,
    name: "access-log",
    holds:
      "日時、職員、所属、端末、内容、目的・理由、事務、宛名番号、項目。氏名・住所などは載りません。",
    most: mostCopied,
    /** What was last looked for on the screen; of the form, what it holds. A number of a person stands in no address. */
    async kept(work, values) {
      const chosen =
        values.text("of") === id ? values : ((await lastFilter.get(work)) ?? new Values());
      // A condition that cannot be read is never left out: the copy would be of more than was asked for.
      const [fault] = Object.values(readAuditQuery(chosen).errors);
      if (fault) throw new Problem({ status: 422, message: fault });
      return {
        of: id,
        ...Object.fromEntries(
          fields.flatMap((name) => {
            const text = chosen.text(name);
            return text ? [[name, text]] : [];
          }),
        ),
      };
    },
    path: () => "/audit",
    describe: (work, choice) => filterWords(work, choice, known),
    count: (work, choice) => countAuditRecords(work, queryOf(choice), mostCopied + 1),
    async take(work, choice) {
      const query = queryOf(choice);
      const rows = await auditRecords(work, query, mostCopied);
      return {
        lines: rows.length,
        // Whose log it is, where it is one person's; who stands in a copy of all is said by its filter.
        persons: query.personNumber ? [query.personNumber] : [],
        csv: csvOf(rows, known),
        content: <Records rows={rows} known={known} />,
      };
    },
  };
}

/** What was looked for, in words. */
async function filterWords(work: Work, choice: KeptChoice, known: KnownWords): Promise<string> {
  const { staff, person, from, to, kind, action, program, why } = choice;
  const who = staff && (await staffList(work)).find(({ id }) => String(id) === staff);
  return [
    who && `職員 ${who.displayName}（${who.loginName}）`,
    person && `宛名番号 ${person}`,
    from && `${from}から`,
    to && `${to}まで`,
    kind && (kindTitles[kind] ?? kind),
    action && known.words.get(action)?.replace("{items}", "記録"),
    why && (reasonTitles[why as ReasonCode] ?? why),
    program && (known.titles.get(program) ?? program),
  ]
    .filter(Boolean)
    .join("・");
}

function csvOf(rows: readonly AuditRow[], known: KnownWords): string {
  const header = [
    "番号",
    "日時",
    "職員番号",
    "氏名",
    "所属",
    "端末",
    "種別",
    "内容",
    "目的・理由",
    "事務",
    "宛名番号",
    "項目",
  ];
  const lines = rows.map((row) => [
    row.id.toString(),
    showSecond(row.at),
    row.loginName,
    row.staffName,
    row.officeName,
    row.terminalName ?? row.address,
    kindTitles[row.kind],
    sentenceOf(row, known.words),
    whyOf(row),
    programOf(row, known),
    row.personNumber,
    itemWords(row.items),
  ]);
  return stringify([header, ...lines], { bom: true, escape_formulas: true });
}
