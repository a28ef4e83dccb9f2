import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import type { DocumentLimits, RequiredDocuments } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { oldestRecord } from "#workflows/intractable-disease/clinical-records.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";
import { valueOn } from "#workflows/parameters/dated.ts";

/** The documents that an application for 支給認定 may need (難病法施行規則第12条). */
export const documents: RequiredDocuments = {
  "application-form": { title: "支給認定申請書", hint: "新規・更新・転入の別", standard: true },
  "clinical-record": {
    title: "臨床調査個人票",
    hint: "疾病ごとに1通。指定医が作成したもの、又はアクセスキー。記載日は、いくつもあるときは最も古いもの",
    standard: true,
    dated: "記載日",
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
    dated: "発行日",
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
    dated: "交付日",
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
    dated: "発行日",
  },
};

/** 臨床調査個人票 are to be written within the months that the city settled before the application; no rule dates the others. */
export async function documentLimits(work: Work, { receivedOn }: CaseRow): Promise<DocumentLimits> {
  const on = receivedOn as IsoDate;
  const { recordMonths } = valueOn(await presetOf(work, planArea, on), on);
  return {
    "clinical-record": {
      from: oldestRecord(on, recordMonths),
      rule: `申請日の${recordMonths}か月前`,
    },
  };
}
