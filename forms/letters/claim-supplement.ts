import { formatWareki } from "#workflows/dates/wareki.ts";
import type { MissingDocumentsData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, letter, people, recipients } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 補正のお願い: what is missing of a claim for 償還払い, and by when it is to be here. */
export const claimSupplement: Form<MissingDocumentsData> = {
  id: "letters/claim-supplement",
  version: 1,
  title: "支給申請の補正のお願い",
  size: A4,
  wording: {
    intro:
      "　{program}の支給申請を受け付けましたが、次のとおり足りないもの、または確かめたいものがあります。お手数ですが、{deadline}までにお願いします。",
    how: "この通知と書類を、期限までに、下のお問い合わせ先に持参するか、郵送してください。\n期限に間に合わないときは、期限の前にご連絡ください。ご連絡も提出もないときは、支給できないことがあります。",
  },
  blocks: (data, say) =>
    letterBlocks(claimSupplement, data, `${data.program}　支給申請の補正のお願い`, [
      paragraph(say("intro", { program: data.program, deadline: formatWareki(data.deadline) })),
      gap(4),
      facts([...data.facts, { label: "補正の期限", value: formatWareki(data.deadline) }]),
      heading("お願いすること"),
      list(
        data.documents.map(({ name, hint }) => (hint ? `${name}\n${hint}` : name)),
        { numbered: true },
      ),
      heading("提出の方法"),
      list(say("how").split("\n")),
    ]),
  samples: {
    ...everyCase(
      ({ to, person }): MissingDocumentsData => ({
        ...letter,
        to,
        facts: [
          { label: "申請日", value: "令和8年11月10日" },
          { label: "申請の番号", value: "R8-001234" },
          { label: "対象のお子さま", value: person.name, purpose: "name" },
        ],
        documents: [
          { name: "領収書の原本", hint: "令和8年10月診療分　例示市 例示こどもクリニック" },
          { name: "振込先の口座が分かるものの写し" },
        ],
        deadline: "2026-12-04",
      }),
    ),
    求めることが多い: {
      ...letter,
      to: recipients.longest,
      facts: [
        { label: "申請日", value: "令和8年11月10日" },
        { label: "申請の番号", value: "R8-001235" },
        { label: "対象のお子さま", value: people.longest.name, purpose: "name" },
      ],
      documents: [
        { name: "領収書の原本" },
        { name: "医療機関の領収証明書" },
        { name: "保険者の支給決定通知書の写し" },
        { name: "医師の証明書（治療用装具の意見書など）の写し" },
        { name: "支給申請書の記入" },
        {
          name: "治療用装具の領収書に、装具の内訳と装着した日が書かれていません。装具を作った事業者に、内訳と日付の書かれた領収書を求めて提出してください。",
        },
      ],
      deadline: "2026-12-04",
    },
  },
};
