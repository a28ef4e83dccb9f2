import type { CouponData } from "../data.ts";
import { issuer, office, people, recipients, withoutSeal } from "./samples.ts";

const ordinary: CouponData = {
  to: { ...recipients.ordinary, name: people.ordinary.name, attention: "保護者　様" },
  person: people.ordinary,
  address: "熊本市中央区手取本町99番1号 見本マンション305号",
  number: { kind: "1", dose: "2", municipality: "999997", serial: "0000012345" },
  vaccine: "五種混合",
  diseases: "百日せき、ジフテリア、破傷風、急性灰白髄炎（ポリオ）、Hib感染症",
  course: "第1期 初回",
  dose: "2回目",
  from: "2026-12-01",
  until: "2033-08-13",
  issuedOn: "2026-11-20",
  issuer,
  office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
};

/** Samples of the 接種券. */
export const couponSamples = {
  通常: ordinary,
  最も長い氏名と住所: {
    ...ordinary,
    to: { ...recipients.longest, name: people.longest.name, attention: "保護者　様" },
    person: people.longest,
    address:
      "熊本市南区奥古閑町字見本屋敷通東之丁上九千八百七十六番地の五十四 グランドシャトーサンプル熊本リバーサイドパークタワーウエスト第2号棟 1234号室",
    vaccine: "麻しん風しん混合（MR）",
    diseases: "麻しん（はしか）、風しん",
    course: "第2期",
    dose: "1回目",
    until: "2031-03-31",
    notes: ["この予防接種は、小学校に入学する前の1年間に受けるものです。"],
  },
  "旧字体・方書なし・公印省略": {
    ...ordinary,
    to: { ...recipients.oldKanji, name: people.oldKanji.name, attention: "保護者　様" },
    person: people.oldKanji,
    address: "熊本市中央区上林町98番76号",
    issuer: withoutSeal,
    vaccine: "BCG",
    diseases: "結核",
    dose: "1回",
    until: "2027-01-30",
  },
} satisfies Record<string, CouponData>;

/** A name with a variation that the house fonts do not have: held unless IPAmj明朝 is supplied. */
export const couponWithVariation: CouponData = {
  ...ordinary,
  to: { ...recipients.variation, name: people.variation.name, attention: "保護者　様" },
  person: people.variation,
};
