import { defineRule, flagField, InputError, optional, textField } from "#workflows/rules/rule.ts";
import { figures } from "#workflows/text/widths.ts";
import { barcodeAddressNumber, customerBarcode } from "./customer-barcode.ts";

/** Rules about mail. */
export const rules = [
  defineRule({
    id: "mail.barcode",
    title: "カスタマバーコード",
    summary: "郵便番号と、それに続く住所(町域より後ろ)からカスタマバーコードを求める",
    fields: {
      postalCode: textField("郵便番号", "263-0023"),
      addressNumberPart: textField("町域より後ろの住所", "3丁目30-8 郵便ビル403号"),
      representative: optional(flagField("代表番号(以下に掲載がない場合)である", false)),
    },
    decide: ({ postalCode, addressNumberPart, representative }) => {
      if (!/^\d{7}$/.test(figures(postalCode)))
        throw new InputError("postalCode", "郵便番号を7桁の数字で入力してください。");
      return {
        result: customerBarcode(postalCode, addressNumberPart, representative),
        basis: ["日本郵便 郵便番号・バーコードマニュアル p12、p17〜p21"],
      };
    },
    examples: [
      {
        title: "公式の例: 丁目と建物名",
        input: { postalCode: "263-0023", addressNumberPart: "3丁目30-8 郵便ビル403号" },
        expected: { check: "5" },
      },
      {
        title: "公式の例: 20番目が英字の制御コードになる",
        input: { postalCode: "064-0804", addressNumberPart: "29丁目1524-23 第2郵便ハウス501" },
        expected: { check: "3" },
      },
      {
        title: "代表番号には印字できない",
        input: { postalCode: "650-0000", addressNumberPart: "1-2" },
        expected: {
          none: "代表番号(以下に掲載がない場合)の郵便番号のため、バーコードを印字できません。",
        },
      },
    ],
  }),
  defineRule({
    id: "address.number-part",
    title: "住所の番号の部分",
    summary: "町域より後ろの住所から、カスタマバーコードに入る数字・英字・ハイフンを求める",
    fields: { address: textField("町域より後ろの住所", "3丁目30-8 郵便ビル403号") },
    decide: ({ address }) => ({
      result: { part: barcodeAddressNumber(address) },
      basis: ["日本郵便 郵便番号・バーコードマニュアル p19〜p21"],
    }),
    examples: [
      {
        title: "丁目と建物名",
        input: { address: "3丁目30-8 郵便ビル403号" },
        expected: { part: "3-30-8-403" },
      },
      {
        title: "漢数字は数字に直す",
        input: { address: "二十一丁目三番地の四" },
        expected: { part: "21-3" },
      },
      {
        title: "数として読めない漢数字は数字に直さない",
        input: { address: "百二三丁目4" },
        expected: { part: "4" },
      },
    ],
  }),
];
