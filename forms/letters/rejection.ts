import type { RejectionData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter, people, recipients } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 却下通知書: with the reason (行政手続法8条) and 教示. */
export const rejectionNotice: Form<RejectionData> = {
  id: "letters/rejection",
  version: 1,
  title: "却下通知書",
  size: A4,
  wording: {
    intro:
      "　申請のありました{program}について審査しましたが、次の理由により認定できませんでしたので、お知らせします。",
    closing:
      "　事情が変わったときは、あらためて申請することができます。分からないことがありましたら、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      rejectionNotice,
      data,
      `${data.program}　却下通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
        facts([
          ...data.facts,
          { label: "認定できない理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        gap(4),
        paragraph(say("closing")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: {
    ...everyCase(
      ({ to, person }): RejectionData => ({
        ...letter,
        to,
        facts: [
          { label: "申請日", value: "令和8年11月10日" },
          { label: "対象のお子さま", value: person.name, purpose: "name" },
        ],
        reason: "お子さまの住民登録が申請日の時点で見本市にないため。",
        basis: "見本市こども医療費助成条例第3条第1項第1号",
        appeal,
      }),
    ),
    長い理由で2ページ: {
      ...letter,
      to: recipients.longest,
      facts: [
        { label: "申請日", value: "令和8年11月10日" },
        { label: "対象のお子さま", value: people.longest.name, purpose: "name" },
      ],
      reason:
        "お子さまは令和8年10月1日から生活保護を受けており、医療費は医療扶助により全額が支給されるため、こども医療費助成の対象になりません。生活保護が終わった日から14日以内に申請していただくと、終わった日から助成を受けることができます。また、お子さまが加入している健康保険の資格を確認できる書類の提出をお願いしましたが、期限までに提出がありませんでした。",
      basis: "見本市こども医療費助成条例第3条第2項第2号および同条例施行規則第6条第3項",
      appeal,
    },
  },
};
