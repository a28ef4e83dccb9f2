import { holds } from "#src/platform/access/actor.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Actions, Badge, ButtonLink, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { personPath } from "#src/web/person-path.ts";
import type { PersonPanel } from "#src/web/screens.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { lineTitle } from "#workflows/vaccination/request-letters/findings.ts";
import { lineStates } from "#workflows/vaccination/request-letters/reasons.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { requestPaths } from "./words.ts";

interface Row {
  id: string;
  number: string;
  vaccine: VaccineId;
  dose: number;
  state: keyof typeof lineStates;
  letter: string | null;
  until: IsoDate | null;
}

/** The newest doses of letters for a person, and where a letter or a refund is applied for, on their page. */
export async function requestPanels(work: Work, person: Person): Promise<PersonPanel[]> {
  const { personNumber } = person;
  const program = "vaccination";
  const reads = holds(work.actor, "case.read", { program });
  const enters = holds(work.actor, "case.enter", { program, office: person.officeCode });
  if (!reads && !enters) return [];
  const rows = reads
    ? await work.sql<Row[]>`
        select c.id, c.number, l.vaccine, l.dose, l.state, t.number as letter, t.valid_to::text as until
          from request_letters.line l join cases.case c on c.id = l.case_id
          left join request_letters.letter t on t.case_id = c.id and t.ended_on is null
         where l.person_number = ${personNumber} order by c.received_on desc, c.number desc, l.number limit 10`
    : [];
  const token = personPath(work.platform, personNumber).split("/").at(-1) ?? "";
  return [
    {
      title: "予防接種実施依頼書",
      order: 53,
      empty: rows.length === 0,
      content: (
        <>
          <Table
            caption="依頼書の予防接種（新しい順に10件まで）"
            rows={rows}
            href={({ id }) => requestPaths.case(id)}
            empty="依頼書は交付されていません。"
            columns={[
              { title: "申請", cell: ({ number }) => number, nowrap: true },
              { title: "予防接種", cell: lineTitle },
              { title: "依頼書", cell: ({ letter }) => letter ?? "―" },
              { title: "期限", cell: ({ until }) => showDateShort(until), nowrap: true },
              {
                title: "状態",
                cell: ({ state }) => (
                  <Badge
                    tone={state === "open" ? "info" : state === "given" ? "success" : "neutral"}
                  >
                    {lineStates[state]}
                  </Badge>
                ),
                nowrap: true,
              },
            ]}
          />
          {enters && (
            <Actions>
              <ButtonLink href={requestPaths.letterOf(token)}>依頼書の申請を受け付ける</ButtonLink>
              <ButtonLink href={requestPaths.refundOf(token)}>払戻しの請求を受け付ける</ButtonLink>
            </Actions>
          )}
        </>
      ),
    },
  ];
}
