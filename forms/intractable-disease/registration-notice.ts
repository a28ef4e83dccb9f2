import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import { appeal, everyCase, letter, office, type SampleCase } from "../samples/samples.ts";

/** What was decided about the 登録者証 of somebody; it names no disease. */
interface RegistrationNoticeData extends LetterData {
  readonly personName: string;
  readonly basis: string;
}

/** It is issued: from when, and whether on paper. */
export interface RegistrationIssuedData extends RegistrationNoticeData {
  readonly from: IsoDate;
  readonly onPaper: boolean;
}

/** It is refused: with the reason (行政手続法8条) and 教示. */
export interface RegistrationRefusedData extends RegistrationNoticeData {
  readonly reason: string;
  readonly appeal: Appeal;
}

const common = {
  documentNumber: "見難第R8-000020号",
  office: { ...office, name: "見本市 健康福祉局 保健衛生部 疾病対策課" },
  program: "特定医療費（指定難病）",
  basis: "難病の患者に対する医療等に関する法律第28条第2項",
} as const;

const about = (data: RegistrationNoticeData) => [
  ...data.facts,
  { label: "対象の方", value: data.personName, purpose: "name" as const },
];

/** 登録者証 発行通知書. */
export const registrationIssued: Form<RegistrationIssuedData> = {
  id: "intractable-disease/registration-issued",
  version: 1,
  title: "登録者証発行通知書",
  size: A4,
  wording: {
    intro:
      "　難病の患者に対する医療等に関する法律による登録者証を、次のとおり発行することに決定しましたので、お知らせします。",
    paper: "紙の登録者証をお送りします。",
    linked: "紙の登録者証はお送りしません。窓口では、マイナンバーの情報連携により確認されます。",
    closing:
      "　登録者証は、指定難病の患者であることを、障害福祉サービスの申請や就労の相談の窓口などで確認するためのものです。登録者証では、医療費の助成は受けられません。\n　氏名や住所が変わったとき、市外に転出するときは、下のお問い合わせ先に届け出てください。",
  },
  blocks: (data, say) =>
    letterBlocks(registrationIssued, data, "登録者証（指定難病）発行通知書", [
      paragraph(say("intro")),
      gap(4),
      facts([
        ...about(data),
        { label: "有効期間開始日", value: formatWareki(data.from) },
        { label: "登録者証", value: say(data.onPaper ? "paper" : "linked") },
        { label: "根拠", value: data.basis },
      ]),
      gap(4),
      paragraph(say("closing")),
    ]),
  samples: {
    ...everyCase((one): RegistrationIssuedData => ({ ...issued(one), onPaper: true })),
    紙を希望しない: {
      ...letter,
      ...common,
      facts: [],
      personName: "例示 一郎",
      from: "2026-11-20",
      onPaper: false,
    },
  },
};

/** 登録者証 却下通知書. */
export const registrationRefused: Form<RegistrationRefusedData> = {
  id: "intractable-disease/registration-refused",
  version: 1,
  title: "登録者証却下通知書",
  size: A4,
  wording: {
    intro:
      "　難病の患者に対する医療等に関する法律による登録者証について審査しましたが、次の理由により発行しないことに決定しましたので、お知らせします。",
    closing:
      "　事情が変わったときは、あらためて申請することができます。分からないことがありましたら、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      registrationRefused,
      data,
      "登録者証（指定難病）却下通知書",
      [
        paragraph(say("intro")),
        gap(4),
        facts([
          ...about(data),
          { label: "発行しない理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        gap(4),
        paragraph(say("closing")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: everyCase(
    (one): RegistrationRefusedData => ({
      ...issued(one),
      reason: "指定難病の診断基準を満たすことを確認できないため。",
      appeal,
    }),
  ),
};

function issued({ to, person }: SampleCase) {
  return {
    ...letter,
    ...common,
    to,
    facts: [{ label: "申請日", value: "令和8年11月10日" }],
    personName: person.name,
    from: "2026-11-20",
  } as const;
}
