import { formOf } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { caseKindTitle, definitionOf } from "../cases/index.ts";
import {
  type Certificate,
  certificateEndingTitles,
  type Entitlement,
  entitlementStatusTitles,
  type IssueReason,
  issueReasonTitles,
} from "../entitlements/index.ts";
import { withoutAddresses } from "../entry-parts/index.ts";
import {
  addressLine,
  detailLines,
  lookForRequest,
  otherNames,
  type Person,
  reckonedBirth,
  relationshipTitle,
  shownKana,
  shownName,
} from "../people/index.ts";
import type { Program } from "../program.ts";
import { openEntriesForRequest } from "../vault/index.ts";
import { type Purpose, purposeTitles, type Work } from "../work.ts";
import { type HeldPart, heldPartNames } from "./subject-request-words.ts";
import type { SubjectRequest } from "./subject-requests.ts";

/** What the document needs of a 事務: its title, and the words for what it keeps and what was entered in it. */
export type HoldingProgram = Pick<Program, "id" | "title" | "held" | "entryWords">;

/** What is held of a person, a line each; of a part that is withheld nothing was made into words. */
export interface HeldDocument {
  person: Person;
  lines: Readonly<Record<HeldPart, readonly string[]>>;
  /** The address may not be told in writing (支援措置). */
  addressProtected: boolean;
}

interface Held {
  cases: {
    id: string;
    number: string;
    program: string;
    kind: string;
    version: number;
    state: string;
    received_on: IsoDate;
  }[];
  entitlements: {
    program: string;
    recipient_number: string;
    valid_from: IsoDate;
    valid_to: IsoDate;
    status: Entitlement["status"];
    movements: number;
  }[];
  certificates: {
    program: string;
    issue: number;
    reason: IssueReason;
    issued_on: IsoDate;
    ended_on: IsoDate | null;
    ending: Certificate["ending"];
  }[];
  papers: { program: string; number: string; template: string; issued_on: IsoDate }[];
  mailings: { program: string; title: string; dated_on: IsoDate | null; number: string }[];
  notes: number;
  attachments: number;
  looks: { day: IsoDate; office: string | null; purpose: string | null; records: number }[];
}

const sexTitles = { female: "女", male: "男", unknown: "不明" } as const;
const elsewhere = "窓口でお確かめください（支援措置）";
const hidden = "開示しない部分";

/** All that is held of the person of a request that is worked on; each kind of look is logged. Of what is withheld nothing comes. */
export async function heldOf(
  work: Work,
  found: SubjectRequest,
  programs: readonly HoldingProgram[],
): Promise<HeldDocument> {
  const person = await lookForRequest(work, found.id, ["name", "address", "details"]);
  const [row] = await work.sql<{ held: Held }[]>`select oversight.held_of(${found.id}) as held`;
  if (!row) throw new Error("no answer");
  const { held } = row;
  const titles = new Map(programs.map(({ id, title }) => [id, title]));
  const of = (program: string) => titles.get(program) ?? "共通";
  const word = person.addressMasked ? elsewhere : hidden;
  const address = person.addressMasked || found.withheld.address !== undefined;
  const lines: Record<HeldPart, readonly string[]> = {
    register: registerLines(person),
    address: person.addressMasked ? [elsewhere] : addressLines(person),
    cases: held.cases.map(
      (one) =>
        `${formatWareki(one.received_on)}　${caseKindTitle(one.kind)}　${one.number}　${stateOf(one)}`,
    ),
    entries: await entryLines(work, { found, programs, held, hides: address ? word : undefined }),
    entitlements: [
      ...held.entitlements.map(
        (one) =>
          `${of(one.program)}　受給者番号 ${one.recipient_number}　${formatWareki(one.valid_from)}から${formatWareki(one.valid_to)}まで　${entitlementStatusTitles[one.status]}　異動の記録 ${one.movements}件`,
      ),
      ...held.certificates.map(
        (one) =>
          `${of(one.program)}　受給者証（${one.issue}回目、${issueReasonTitles[one.reason]}）　${formatWareki(one.issued_on)}交付${one.ended_on && one.ending ? `　${formatWareki(one.ended_on)} ${certificateEndingTitles[one.ending]}` : ""}`,
      ),
    ],
    papers: held.papers.map(
      (one) =>
        `${formatWareki(one.issued_on)}　${of(one.program)}　${formOf(one.template).title}　${one.number}`,
    ),
    mailings: held.mailings.map(
      (one) =>
        `${one.dated_on ? `${formatWareki(one.dated_on)}　` : ""}${of(one.program)}　${one.title}　${one.number}`,
    ),
    programs: await programLines(work, found, programs),
    notes: [`メモ ${held.notes}件、添付した書類 ${held.attachments}件`],
    looks: held.looks.map(
      (one) =>
        `${formatWareki(one.day)}　${one.office ?? "所属のない職員・自動の処理"}　${purposeTitles[one.purpose as Purpose] ?? "その他"}　${one.records}件`,
    ),
  };
  for (const part of heldPartNames) if (found.withheld[part]) lines[part] = [];
  return { person, lines, addressProtected: person.addressMasked };
}

const stateOf = (one: Held["cases"][number]) =>
  stateMeta(definitionOf({ kind: one.kind, machineVersion: one.version }), one.state).title;

const reckonedLine = (person: Person): string[] => {
  const day = reckonedBirth(person);
  return day ? [`みなし生年月日　${formatWareki(day)}`] : [];
};

const registerLines = (person: Person): string[] => [
  `氏名　${shownName(person)}（${shownKana(person)}）`,
  ...otherNames(person),
  `生年月日　${formatWareki(person.birthDate)}`,
  ...reckonedLine(person),
  `性別　${sexTitles[person.sex]}`,
  `統合宛名番号　${person.personNumber}`,
  `世帯番号　${person.householdNumber}　続柄　${person.isHead ? "世帯主" : relationshipTitle(person.relationship)}`,
  `住民となった日　${formatWareki(person.residence.from)}`,
  ...(person.residence.to ? [`住民でなくなった日　${formatWareki(person.residence.to)}`] : []),
  ...(person.diedOn ? [`死亡した日　${formatWareki(person.diedOn)}`] : []),
];

const addressLines = (person: Person): string[] => [
  `${addressLine(person)}${person.address?.building ? `　${person.address.building}` : ""}`,
  ...(person.residence.movedTo ? [`転出先　${person.residence.movedTo}`] : []),
  ...detailLines(person.details).map(([title, text]) => `${title}　${text}`),
];

/** What was entered, case by case, in the words of its 事務. */
async function entryLines(
  work: Work,
  about: {
    found: SubjectRequest;
    programs: readonly HoldingProgram[];
    held: Held;
    hides: string | undefined;
  },
): Promise<string[]> {
  const { found, programs, held, hides } = about;
  if (found.withheld.entries) return [];
  const pieces = await openEntriesForRequest(work, found.id);
  return pieces.flatMap((piece) => {
    const words = programs.find(({ id }) => id === piece.program)?.entryWords;
    const number = held.cases.find(({ id }) => id === piece.caseId)?.number ?? "";
    const data = hides === undefined ? piece.data : withoutAddresses(piece.data, hides);
    return (words?.({ ...piece, data }) ?? []).map(
      ([label, value]) => `${number}　${label}　${value}`,
    );
  });
}

async function programLines(
  work: Work,
  found: SubjectRequest,
  programs: readonly HoldingProgram[],
): Promise<string[]> {
  const lines: string[] = [];
  if (found.withheld.programs) return lines;
  for (const { title, held } of programs)
    lines.push(...((await held?.(work, found.id)) ?? []).map((line) => `${title}　${line}`));
  return lines;
}
