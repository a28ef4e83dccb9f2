import { lawDates } from "./law-dates.ts";
import { rubella5Births, shortageTargets } from "./mr-shortage.ts";
import type { Course, Dose, Vaccine } from "./vocabulary.ts";

const ORDER = "予防接種法施行令第3条";
const RULES = "定期接種実施要領(令和8年10月1日改正)";
const AGES = "平成26年3月11日事務連絡(定期の予防接種における対象者の解釈について)";
const SPECIAL_1 = { bornFrom: "1995-04-02", bornTo: "2007-04-01" } as const;
const SPECIAL_2 = { bornFrom: "2007-04-02", bornTo: "2009-10-01" } as const;
const JE_SPECIAL = "予防接種法施行令附則(日本脳炎の特例)";

const days = (count: number) => ({ days: count });
const months = (count: number) => ({ months: count });
const years = (count: number) => ({ years: count });
const ages = (from: number, to: number) => ({ from: months(from), to: months(to) });
const yearsOfAge = (from: number, to: number) => ({ from: years(from), to: years(to) });

const ROTA = { bornFrom: "2020-08-01", since: lawDates.rota.from } as const;
const HPV_AGES = { from: { fiscalYearStart: 12 }, to: { fiscalYearEnd: 16 } } as const;
const TWO_OF_VARICELLA: readonly Dose[] = [
  { label: "1回目", standard: ages(12, 15) },
  { label: "2回目", afterPrevious: months(3) },
];

/** 初回3回 and 追加 of the mixed vaccines of 1期. */
const mixedCourse = (standard: boolean): Course => ({
  doses: [
    { label: "1期初回1回目", ...(standard && { standard: ages(2, 7) }) },
    { label: "1期初回2回目", afterPrevious: days(20) },
    { label: "1期初回3回目", afterPrevious: days(20) },
    { label: "1期追加", afterPrevious: months(6) },
  ],
});

/** The routine vaccinations of children (A類疾病). */
export const childVaccines: readonly Vaccine[] = [
  {
    id: "hepb",
    label: "B型肝炎",
    category: "A",
    kind: "inactivated",
    targets: [{ from: days(0), to: months(12), bornFrom: "2016-04-01" }],
    dated: [
      { from: days(0), to: months(12), bornFrom: "2016-04-01", since: lawDates.hepatitisB.from },
    ],
    courses: [
      {
        doses: [
          { label: "1回目", standard: ages(2, 9) },
          { label: "2回目", afterPrevious: days(27) },
          { label: "3回目", afterFirst: days(139) },
        ],
      },
    ],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "rota1",
    label: "ロタウイルス(1価)",
    category: "A",
    kind: "oral-live",
    targets: [{ from: days(42), to: days(168) }],
    dated: [{ from: days(42), to: days(168), ...ROTA }],
    courses: [
      {
        doses: [
          { label: "1回目", standard: { from: months(2), to: days(104) } },
          { label: "2回目", afterPrevious: days(27) },
        ],
      },
    ],
    insteadOf: ["rota5"],
    basis: [ORDER, RULES],
  },
  {
    id: "rota5",
    label: "ロタウイルス(5価)",
    category: "A",
    kind: "oral-live",
    targets: [{ from: days(42), to: days(224) }],
    dated: [{ from: days(42), to: days(224), ...ROTA }],
    courses: [
      {
        doses: [
          { label: "1回目", standard: { from: months(2), to: days(104) } },
          { label: "2回目", afterPrevious: days(27) },
          { label: "3回目", afterPrevious: days(27) },
        ],
      },
    ],
    insteadOf: ["rota1"],
    basis: [ORDER, RULES],
  },
  {
    id: "pcv",
    label: "小児用肺炎球菌",
    category: "A",
    kind: "inactivated",
    targets: [ages(2, 60)],
    dated: [{ ...ages(2, 60), since: lawDates.hibAndPcv.from }],
    products: [
      { names: ["PCV20", "20価"], since: lawDates.pcv20.from },
      { names: ["PCV15", "15価"], since: lawDates.pcv15.from },
      { names: ["PCV13", "13価"], since: lawDates.pcv13.from, until: lawDates.pcv13.to },
      { names: ["PCV7", "7価"], since: lawDates.pcv7.from, until: lawDates.pcv7.to },
    ],
    courses: [
      {
        startBy: months(7),
        doses: [
          { label: "初回1回目", standard: ages(2, 7) },
          { label: "初回2回目", afterPrevious: days(27), notAfter: months(24) },
          {
            label: "初回3回目",
            afterPrevious: days(27),
            notAfter: months(24),
            leftOutWhen: { dose: 2, after: months(12) },
          },
          {
            label: "追加",
            afterPrevious: days(60),
            notBefore: months(12),
            standard: ages(12, 15),
          },
        ],
      },
      {
        startBy: months(12),
        doses: [
          { label: "初回1回目" },
          { label: "初回2回目", afterPrevious: days(27), notAfter: months(24) },
          { label: "追加", afterPrevious: days(60), notBefore: months(12) },
        ],
      },
      {
        startBy: months(24),
        doses: [{ label: "1回目" }, { label: "2回目", afterPrevious: days(60) }],
      },
      { doses: [{ label: "1回目" }] },
    ],
    longIllness: { years: 2, below: 6 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "5mix",
    label: "5種混合(DPT-IPV-Hib)",
    period: "1期",
    category: "A",
    kind: "inactivated",
    targets: [{ ...ages(2, 90), since: lawDates.mixed5.from }],
    courses: [mixedCourse(true)],
    continues: ["4mix"],
    longIllness: { years: 2, below: 15 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "4mix",
    label: "4種混合(DPT-IPV)",
    period: "1期",
    category: "A",
    kind: "inactivated",
    targets: [ages(2, 90)],
    dated: [
      { ...ages(3, 90), until: lawDates.mixed4FromThreeMonths.to },
      { ...ages(2, 90), since: lawDates.mixed4FromTwoMonths.from },
    ],
    olderThanTable: true,
    courses: [mixedCourse(false)],
    continues: ["5mix"],
    begunOnly: true,
    longIllness: { years: 2, below: 15 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "hib",
    label: "Hib(ヒブ)",
    category: "A",
    kind: "inactivated",
    targets: [ages(2, 60)],
    dated: [{ ...ages(2, 60), since: lawDates.hibAndPcv.from }],
    courses: [
      {
        startBy: months(7),
        doses: [
          { label: "初回1回目", standard: ages(2, 7) },
          { label: "初回2回目", afterPrevious: days(27), notAfter: months(12) },
          { label: "初回3回目", afterPrevious: days(27), notAfter: months(12) },
          { label: "追加", afterPrevious: months(7), afterSkip: days(27) },
        ],
      },
      {
        startBy: months(12),
        doses: [
          { label: "初回1回目" },
          { label: "初回2回目", afterPrevious: days(27), notAfter: months(12) },
          { label: "追加", afterPrevious: months(7), afterSkip: days(27) },
        ],
      },
      { doses: [{ label: "1回目" }] },
    ],
    begunOnly: true,
    longIllness: { years: 2, below: 10 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "bcg",
    label: "BCG",
    category: "A",
    kind: "injected-live",
    targets: [{ from: days(0), to: months(12) }],
    olderThanTable: true,
    courses: [{ doses: [{ label: "1回", standard: ages(5, 8) }] }],
    longIllness: { years: 2, below: 4 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "mr1",
    label: "麻しん風しん混合(MR)",
    period: "1期",
    category: "A",
    kind: "injected-live",
    targets: [ages(12, 24), ...shortageTargets("mr1")],
    olderThanTable: true,
    courses: [{ doses: [{ label: "1期" }] }],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "mr2",
    label: "麻しん風しん混合(MR)",
    period: "2期",
    category: "A",
    kind: "injected-live",
    targets: [
      { from: { beforeSchool: "first" }, to: { beforeSchool: "last" } },
      ...shortageTargets("mr2"),
    ],
    olderThanTable: true,
    courses: [{ doses: [{ label: "2期" }] }],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "mr5",
    label: "麻しん風しん混合(MR)",
    period: "5期",
    category: "A",
    kind: "injected-live",
    sex: "male",
    targets: shortageTargets("mr5"),
    dated: [
      {
        ...rubella5Births,
        from: years(0),
        condition: "rubella-antibody-low",
        since: lawDates.rubella5.from,
        until: lawDates.rubella5.to,
      },
      ...shortageTargets("mr5"),
    ],
    courses: [{ doses: [{ label: "5期" }] }],
    basis: ["予防接種法施行令附則(風しんの第5期)"],
  },
  {
    id: "vzv",
    label: "水痘",
    category: "A",
    kind: "injected-live",
    targets: [ages(12, 36)],
    dated: [
      { ...ages(12, 36), since: lawDates.varicella.from },
      {
        from: { months: 36, plus: 1 },
        to: months(60),
        since: lawDates.varicellaOlder.from,
        until: lawDates.varicellaOlder.to,
        unbegun: true,
      },
    ],
    courses: [
      { startBy: months(36), doses: TWO_OF_VARICELLA },
      { begunTo: lawDates.varicellaOlder.to, doses: [{ label: "1回" }] },
      { doses: TWO_OF_VARICELLA },
    ],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "je1",
    label: "日本脳炎",
    period: "1期",
    category: "A",
    kind: "inactivated",
    targets: [
      { ...SPECIAL_1, from: months(6), to: years(20) },
      { ...SPECIAL_2, ...yearsOfAge(9, 13) },
      ages(6, 90),
    ],
    olderThanTable: true,
    courses: [
      {
        ...SPECIAL_1,
        doses: [
          { label: "1期初回1回目" },
          { label: "1期初回2回目", afterPrevious: days(6) },
          { label: "1期追加", afterPrevious: days(6) },
        ],
      },
      {
        doses: [
          { label: "1期初回1回目", standard: yearsOfAge(3, 4) },
          { label: "1期初回2回目", afterPrevious: days(6), standard: yearsOfAge(3, 4) },
          { label: "1期追加", afterPrevious: months(6), standard: yearsOfAge(4, 5) },
        ],
      },
    ],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES, JE_SPECIAL],
  },
  {
    id: "je2",
    label: "日本脳炎",
    period: "2期",
    category: "A",
    kind: "inactivated",
    targets: [{ ...SPECIAL_1, ...yearsOfAge(9, 20) }, yearsOfAge(9, 13)],
    olderThanTable: true,
    courses: [
      {
        ...SPECIAL_1,
        doses: [{ label: "2期", afterVaccine: { vaccine: "je1", interval: days(6) } }],
      },
      { doses: [{ label: "2期", standard: yearsOfAge(9, 10) }] },
    ],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES, JE_SPECIAL],
  },
  {
    id: "dt2",
    label: "2種混合(DT)",
    period: "2期",
    category: "A",
    kind: "inactivated",
    targets: [yearsOfAge(11, 13)],
    olderThanTable: true,
    courses: [{ doses: [{ label: "2期", standard: yearsOfAge(11, 12) }] }],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "hpv9",
    label: "HPV(9価)",
    category: "A",
    kind: "inactivated",
    sex: "female",
    targets: [HPV_AGES],
    dated: [
      { ...HPV_AGES, since: lawDates.hpv.from },
      {
        bornFrom: "1997-04-02",
        bornTo: "2008-04-01",
        from: { fiscalYearStart: 17 },
        since: lawDates.hpvCatchUp.from,
        until: lawDates.hpvCatchUp.to,
      },
      {
        bornFrom: "1997-04-02",
        bornTo: "2009-04-01",
        from: { fiscalYearStart: 17 },
        since: lawDates.hpvCompletion.from,
        until: lawDates.hpvCompletion.to,
        begun: lawDates.hpvCatchUp,
      },
    ],
    courses: [
      {
        startBy: years(15),
        begunFrom: lawDates.hpv9.from,
        without: ["2価", "4価"],
        unless: { dose: 2, within: months(5) },
        doses: [
          {
            label: "1回目",
            standard: { from: { fiscalYearStart: 13 }, to: { fiscalYearEnd: 13 } },
          },
          { label: "2回目", afterPrevious: months(5) },
        ],
      },
      {
        only: "2価",
        doses: [
          { label: "1回目" },
          { label: "2回目", afterPrevious: months(1) },
          // 2月半: the half is not established in days, so that two months are asked for.
          { label: "3回目", afterPrevious: months(2), afterFirst: months(5) },
        ],
      },
      {
        doses: [
          { label: "1回目" },
          { label: "2回目", afterPrevious: months(1) },
          { label: "3回目", afterPrevious: months(3) },
        ],
      },
    ],
    continues: ["hpv2", "hpv4"],
    products: [
      { names: ["9価", "hpv9"], since: lawDates.hpv9.from },
      {
        names: ["2価"],
        ids: ["hpv2"],
        since: lawDates.hpv2And4.from,
        until: lawDates.hpv2And4.to,
      },
      {
        names: ["4価"],
        ids: ["hpv4"],
        since: lawDates.hpv2And4.from,
        until: lawDates.hpv2And4.to,
      },
    ],
    longIllness: { years: 2 },
    basis: [ORDER, RULES, AGES],
  },
];
