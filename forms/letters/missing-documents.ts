import { formatWareki } from "#workflows/dates/wareki.ts";
import type { MissingDocumentsData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, letter, people, recipients } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 不足書類のお知らせ: sent while an application is 保留. */
export const missingDocumentsNotice: Form<MissingDocumentsData> = {
  id: "letters/missing-documents",
  version: 1,
  title: "不足書類のお知らせ",
  size: A4,
  wording: {
    intro:
      "　{program}の申請をありがとうございます。確認したところ、次の書類が足りませんでした。お手数ですが、{deadline}までに提出してください。",
    how: "この通知と書類を、期限までに、下のお問い合わせ先に持参するか、郵送してください。\n期限に間に合わないときは、期限の前にご連絡ください。ご連絡も提出もないときは、申請を認定できないことがあります。",
  },
  blocks: (data, say) =>
    letterBlocks(missingDocumentsNotice, data, `${data.program}　不足書類のお知らせ`, [
      paragraph(say("intro", { program: data.program, deadline: formatWareki(data.deadline) })),
      gap(4),
      facts([...data.facts, { label: "提出の期限", value: formatWareki(data.deadline) }]),
      heading("提出していただく書類"),
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
          { label: "対象のお子さま", value: person.name, purpose: "name" },
          { label: "受付番号", value: "R8-001234" },
        ],
        documents: [
          {
            name: "お子さまの健康保険の資格が分かるもの",
            hint: "資格確認書、資格情報のお知らせなどの写し",
          },
          {
            name: "振込先の口座が分かるもの",
            hint: "通帳またはキャッシュカードの写し（保護者名義のもの）",
          },
        ],
        deadline: "2026-12-04",
      }),
    ),
    書類が多い: {
      ...letter,
      to: recipients.longest,
      facts: [
        { label: "申請日", value: "令和8年11月10日" },
        { label: "対象のお子さま", value: people.longest.name, purpose: "name" },
        { label: "受付番号", value: "R8-001235" },
      ],
      documents: [
        {
          name: "お子さまの健康保険の資格が分かるもの",
          hint: "資格確認書、資格情報のお知らせなどの写し",
        },
        {
          name: "振込先の口座が分かるもの",
          hint: "通帳またはキャッシュカードの写し（保護者名義のもの）",
        },
        {
          name: "保護者の本人確認書類の写し",
          hint: "運転免許証、マイナンバーカード（表面のみ）、在留カードなど",
        },
        {
          name: "委任状",
          hint: "保護者以外の方が手続きをするときに必要です。保護者が自筆で書いたもの",
        },
        { name: "前に住んでいた市区町村の受給者証の返納が分かるもの" },
      ],
      deadline: "2026-12-04",
    },
  },
};
