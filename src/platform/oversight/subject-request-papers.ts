import { decisionNotice, type Form, heldData, PiecesHeld, writeForm } from "#forms/index.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { recordAudit } from "../audit/write.ts";
import { cityOf } from "../city/index.ts";
import { recipientOf } from "../letters/index.ts";
import { lookForRequest, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type HoldingProgram, heldOf } from "./held.ts";
import {
  heldPartNames,
  heldParts,
  outcomes,
  refusalReasons,
  requestKinds,
} from "./subject-request-words.ts";
import { type SubjectRequest, stepsOfRequest } from "./subject-requests.ts";

/**
 * The readable document of what is held of the person, as it is today; until it is decided on, a draft.
 *
 * @throws Problem 403 where the request is not worked on, 422 where a character has no glyph
 */
export async function printHeld(
  work: Work,
  found: SubjectRequest,
  programs: readonly HoldingProgram[],
): Promise<Uint8Array> {
  const { person, lines } = await heldOf(work, found, programs);
  const { name } = await cityOf(work);
  await recordAudit(work, {
    kind: "print",
    action: "subject-request.held-printed",
    persons: [found.personNumber],
    detail: { number: String(found.id) },
  });
  return written(heldData, {
    city: name,
    number: found.id,
    printedOn: work.platform.clock.today(),
    name: shownName(person),
    draft: found.decidedOn === null,
    scope: scopeOf(found, programs),
    parts: heldPartNames.map((part) => {
      const reason = found.withheld[part];
      return {
        title: heldParts[part],
        lines: lines[part],
        ...(reason && { withheld: refusalReasons[reason] }),
      };
    }),
  });
}

/** What a request is about: a 事務, or all. */
export const scopeOf = (
  { program }: Pick<SubjectRequest, "program">,
  programs: readonly Pick<HoldingProgram, "id" | "title">[],
): string =>
  program === null
    ? "すべての事務"
    : (programs.find(({ id }) => id === program)?.title ?? "なくなった事務");

/** What is decided, and the law by which the person is told. */
const decisions = {
  disclosure: { noun: "開示", basis: "第82条" },
  correction: { noun: "訂正", basis: "第93条" },
  suspension: { noun: "利用停止", basis: "第101条" },
} as const;

function titleOf({ kind, outcome }: SubjectRequest): string {
  if (kind === "inquiry") return "個人情報についての問合せへの回答書";
  const { noun } = decisions[kind];
  if (outcome === "refused") return `保有個人情報の${noun}をしない旨の決定通知書`;
  return `保有個人情報の${outcome === "part" ? "一部の" : ""}${noun}をする旨の決定通知書`;
}

/**
 * The notice of the decision, with the reasons and the 教示. To somebody whose address may not be written it is handed over.
 *
 * @throws Problem 422 before the decision, and where a character has no glyph
 */
export async function printNotice(
  work: Work,
  found: SubjectRequest,
  programs: readonly HoldingProgram[],
): Promise<Uint8Array> {
  if (!found.outcome || !found.decidedOn)
    throw new Problem({ status: 422, message: "決定の後に印刷できます。" });
  const person = await lookForRequest(work, found.id, ["name", "address"]);
  const said = (await stepsOfRequest(work, found)).findLast(({ event }) => event === "propose");
  const { appeal, mayor, name, numberPrefix } = await cityOf(work);
  const office = (await officeFinder(work))(person.officeCode);
  const { address } = person;
  const law = found.kind === "inquiry" ? undefined : decisions[found.kind];
  await recordAudit(work, {
    kind: "print",
    action: "subject-request.notice-printed",
    persons: [found.personNumber],
    detail: { number: String(found.id) },
  });
  const hidden = heldPartNames.filter((part) => found.withheld[part]);
  return written(decisionNotice, {
    title: titleOf(found),
    to: address
      ? await recipientOf(work, {
          name: shownName(person),
          postalCode: address.postalCode,
          address: `${address.town}${address.block}`,
          building: address.building,
        })
      : { name: shownName(person) },
    documentNumber: `${numberPrefix}個情第${found.id}号`,
    date: found.decidedOn,
    issuer: {
      title: mayor.title.startsWith(name) ? mayor.title : `${name}${mayor.title}`,
      name: mayor.name,
    },
    office,
    facts: [
      { label: "請求の種類", value: requestKinds[found.kind] },
      { label: "受け付けた日", value: formatWareki(found.receivedOn) },
      { label: "対象", value: scopeOf(found, programs) },
      ...(law ? [{ label: "決定", value: `${law.noun} ${outcomes[found.outcome]}` }] : []),
      ...(found.reason ? [{ label: "理由の区分", value: refusalReasons[found.reason] }] : []),
      ...(hidden.length > 0
        ? [{ label: "開示しない部分", value: hidden.map((part) => heldParts[part]).join("、") }]
        : []),
      ...(law ? [{ label: "根拠", value: `個人情報の保護に関する法律${law.basis}` }] : []),
    ],
    words: said?.said ?? "",
    appeal: law ? appeal : undefined,
  });
}

async function written<Data>(form: Form<Data>, data: Data): Promise<Uint8Array> {
  try {
    return await writeForm(form, data);
  } catch (error) {
    if (!(error instanceof PiecesHeld)) throw error;
    throw new Problem({
      status: 422,
      message: "印刷できない文字があるか、枠に収まりません。",
      details: ["外字の担当者に知らせてください。理由の文の文字は、調査に戻して置き換えられます。"],
    });
  }
}
