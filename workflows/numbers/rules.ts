import { choiceField, defineRule, textField } from "#workflows/rules/rule.ts";
import { checkNumber, type NumberKindId, numberKinds } from "./kinds.ts";

const titles = Object.fromEntries(
  Object.entries(numberKinds).map(([id, { title }]) => [id, title]),
) as Record<NumberKindId, string>;

/** Rules about numbers. */
export const rules = [
  defineRule({
    id: "number.check",
    title: "番号の確認",
    summary: "番号の桁数と検証番号(検査数字)を確かめ、保存する形に整える",
    fields: {
      kind: choiceField("番号の種類", titles, "insurer"),
      value: textField("番号", "33120015"),
    },
    decide: ({ kind, value }) => ({
      result: checkNumber(kind, value),
      basis: [numberKinds[kind].basis],
    }),
    examples: [
      {
        title: "個人番号(架空)",
        input: { kind: "individual", value: "1234-5678-9018" },
        expected: { valid: true, normalized: "123456789018" },
      },
      {
        title: "検査用数字の誤り",
        input: { kind: "individual", value: "123456789010" },
        expected: { valid: false },
      },
      {
        title: "法人番号",
        input: { kind: "corporate", value: "7000012050002" },
        expected: { valid: true },
      },
      {
        title: "被用者保険の保険者番号",
        input: { kind: "insurer", value: "33120015" },
        expected: { valid: true },
      },
      {
        title: "介護保険の保険者番号(横浜市)",
        input: { kind: "insurer", value: "141002" },
        expected: { valid: true },
      },
      {
        title: "団体コードは保険者番号と別の番号",
        input: { kind: "insurer", value: "141003" },
        expected: { valid: false },
      },
      {
        title: "団体コード(横浜市)",
        input: { kind: "local-government", value: "141003" },
        expected: { valid: true },
      },
      {
        title: "公費負担者番号",
        input: { kind: "public-payer", value: "54016027" },
        expected: { valid: true },
      },
      {
        title: "医療機関コード",
        input: { kind: "medical-institution", value: "0110113719" },
        expected: { valid: true },
      },
    ],
  }),
];
