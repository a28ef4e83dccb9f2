import { dateField, defineRule } from "#workflows/rules/rule.ts";
import { checkShot } from "./check.ts";
import { dueDoses } from "./due.ts";
import { citeLaw } from "./law-dates.ts";
import { mrShortage } from "./mr-shortage.ts";
import {
  birth,
  conditions,
  diedOn,
  history,
  historyOf,
  NOT_ESTABLISHED,
  personOf,
  sex,
  shotFields,
  shotSchema,
  words,
} from "./rule-fields.ts";
import { asScheduled, findVaccine, getVaccine, schedule } from "./schedule.ts";
import { vaccinationWindows } from "./windows.ts";

const INTERVALS = "予防接種実施規則(接種間隔)";

/** Rules about vaccination. */
export const rules = [
  defineRule({
    id: "vaccination.windows",
    title: "予防接種の対象期間",
    summary:
      "生年月日と性別から、今の定めで各ワクチンの各回を受けられる期間と標準的な期間を求める(終わった特例は含まない)",
    fields: { birth, sex, conditions },
    decide: (input) => ({
      result: { windows: vaccinationWindows(personOf(input)) },
      basis: schedule.flatMap((vaccine) => vaccine.basis),
    }),
    parameters: [mrShortage],
    notEstablished: NOT_ESTABLISHED,
    words,
    examples: [
      {
        title: "2014年4月1日生まれのHPVは2025年度から",
        input: { birth: "2014-04-01", sex: "female" },
        expected: {
          windows: expectSome({ vaccine: "hpv9", dose: 1, from: "2025-04-01", to: "2030-03-31" }),
        },
      },
      {
        title: "2026年度のMR2期",
        input: { birth: "2021-04-01", sex: "male" },
        expected: {
          windows: expectSome({ vaccine: "mr2", dose: 1, from: "2026-04-01", to: "2027-03-31" }),
        },
      },
      {
        title: "令和6年度に供給不足でMR1期を受けられなかった子(仮設定)",
        input: { birth: "2022-04-02", sex: "male", conditions: ["supply-shortage"] },
        expected: {
          windows: expectSome({ vaccine: "mr1", dose: 1, from: "2025-04-01", to: "2027-03-31" }),
        },
      },
    ],
  }),
  defineRule({
    id: "vaccination.due",
    title: "次に受ける予防接種",
    summary: "接種歴をふまえ、基準日以後に受けられる各ワクチンの次の回とその期間を求める",
    fields: { birth, sex, on: dateField("基準日", "2026-11-20"), history, conditions, diedOn },
    decide: (input) => {
      const person = personOf(input);
      const due = dueDoses(person, input.on, historyOf(person, input.history));
      return {
        result: { due },
        basis: [
          ...due.flatMap(({ vaccine }) => getVaccine(vaccine).basis),
          INTERVALS,
          ...due.flatMap(({ vaccine, earliest }) => citeLaw(vaccine, earliest)),
        ],
      };
    },
    parameters: [mrShortage],
    notEstablished: NOT_ESTABLISHED,
    words,
    examples: [
      {
        title: "B型肝炎の3回目は、1回目から139日以上(140日後)",
        input: {
          birth: "2026-05-10",
          sex: "female",
          on: "2026-08-07",
          history: [
            { vaccine: "hepb", date: "2026-07-09" },
            { vaccine: "hepb", date: "2026-08-06" },
          ],
        },
        expected: {
          due: expectSome({
            vaccine: "hepb",
            dose: 3,
            earliest: "2026-11-26",
            latest: "2027-05-09",
          }),
        },
      },
      {
        title: "小児用肺炎球菌の追加は、60日以上かつ生後12月から",
        input: {
          birth: "2026-05-10",
          sex: "male",
          on: "2026-09-04",
          history: ["2026-07-09", "2026-08-06", "2026-09-03"].map((date) => ({
            vaccine: "pcv",
            date,
          })),
        },
        expected: {
          due: expectSome({ vaccine: "pcv", dose: 4, label: "追加", earliest: "2027-05-09" }),
        },
      },
    ],
  }),
  defineRule({
    id: "vaccination.check",
    title: "接種の確認",
    summary:
      "行われた(これから行う)接種が、その接種日の年齢・間隔・回数・製品の定めに合うかを確かめる",
    fields: {
      birth,
      sex,
      history,
      given: {
        label: "確かめる接種",
        kind: "group",
        fields: shotFields,
        schema: shotSchema,
        example: { vaccine: "5mix", date: "2026-07-30" },
      },
      conditions,
      diedOn,
    },
    decide: (input) => {
      const person = personOf(input);
      const problems = checkShot(person, historyOf(person, input.history), input.given);
      const { vaccine } = asScheduled(input.given);
      return {
        result: { valid: problems.length === 0, problems },
        basis: [
          ...(findVaccine(vaccine)?.basis ?? ["予防接種法施行令第3条"]),
          INTERVALS,
          ...(findVaccine(vaccine) ? citeLaw(vaccine, input.given.date) : []),
        ],
      };
    },
    parameters: [mrShortage],
    notEstablished: NOT_ESTABLISHED,
    words,
    examples: [
      {
        title: "20日以上の間隔は、3週間後の同じ曜日から",
        input: {
          birth: "2026-05-10",
          sex: "female",
          history: [{ vaccine: "5mix", date: "2026-07-09" }],
          given: { vaccine: "5mix", date: "2026-07-29" },
        },
        expected: {
          valid: false,
          problems: [{ code: "interval-too-short", earliest: "2026-07-30" }],
        },
      },
      {
        title: "注射生ワクチンどうしは27日以上",
        input: {
          birth: "2026-05-10",
          sex: "female",
          history: [{ vaccine: "mr1", date: "2027-06-01" }],
          given: { vaccine: "vzv", date: "2027-06-28" },
        },
        expected: {
          valid: false,
          problems: [{ code: "live-interval-too-short", earliest: "2027-06-29" }],
        },
      },
      {
        title: "HPVのキャッチアップ期間に始めた人は、2026年3月31日まで残りを受けられる",
        input: {
          birth: "2000-06-01",
          sex: "female",
          history: [{ vaccine: "hpv9", date: "2025-02-10" }],
          given: { vaccine: "hpv9", date: "2026-03-31" },
        },
        expected: { valid: true, problems: [] },
      },
      {
        title: "2020年9月30日までは、不活化ワクチンの後も6日以上",
        input: {
          birth: "2020-04-01",
          sex: "female",
          history: [{ vaccine: "pcv", date: "2020-06-10" }],
          given: { vaccine: "hepb", date: "2020-06-16" },
        },
        expected: {
          valid: false,
          problems: [{ code: "interval-too-short", earliest: "2020-06-17" }],
        },
      },
      {
        title: "1歳の誕生日の前日からMR1期",
        input: { birth: "2026-05-10", sex: "male", given: { vaccine: "mr1", date: "2027-05-09" } },
        expected: { valid: true, problems: [] },
      },
    ],
  }),
];

/** In an example: a list that contains at least this. */
function expectSome(item: Record<string, unknown>): { contains: Record<string, unknown> } {
  return { contains: item };
}
