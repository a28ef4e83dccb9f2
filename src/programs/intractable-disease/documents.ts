import type { RequiredDocuments } from "#src/platform/intake/index.ts";

/** The documents that an application for 支給認定 may need (難病法施行規則第12条). */
export const documents: RequiredDocuments = {
  "application-form": { title: "支給認定申請書", hint: "新規・更新・転入の別", standard: true },
  "clinical-record": {
    title: "臨床調査個人票",
    hint: "疾病ごとに1通。指定医が作成したもの、又はアクセスキー",
    standard: true,
  },
  "insurance-proof": {
    title: "健康保険の資格が分かるもの",
    hint: "資格確認書、資格情報のお知らせ 等（本人と支給認定基準世帯員）",
    standard: true,
  },
  "insurer-consent": {
    title: "保険者照会の同意書",
    hint: "適用区分の照会のため",
    standard: true,
  },
  "number-declaration": {
    title: "個人番号の申告書",
    hint: "本人と支給認定基準世帯員",
    standard: true,
  },
  "tax-proof": {
    title: "市町村民税の課税（非課税）証明書",
    hint: "市で税情報を確認できない場合",
    standard: false,
  },
  "cost-proof": {
    title: "医療費の申告書と領収書",
    hint: "軽症高額・高額かつ長期（管理票の写しでもよい）",
    standard: false,
  },
  "ventilator-proof": {
    title: "人工呼吸器等の装着が分かるもの",
    hint: "個人票の該当欄",
    standard: false,
  },
  "test-results": {
    title: "検査結果・画像の写し",
    hint: "審査会が求めるとき",
    standard: false,
  },
  "other-patient": {
    title: "同じ世帯の受給者証の写し",
    hint: "指定難病・小児慢性特定疾病（按分のため）",
    standard: false,
  },
  "former-certificate": {
    title: "転入前の受給者証の写し",
    hint: "すべての面。申請日に有効なもの",
    standard: false,
  },
  "certificate-brought": {
    title: "受給者証（変更・更新のとき）",
    hint: "変更の申請には受給者証を添える",
    standard: false,
  },
  "welfare-proof": {
    title: "生活保護・境界層の証明書",
    hint: "生活保護の受給、生活保護への移行防止",
    standard: false,
  },
};
