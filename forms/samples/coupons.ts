import type { CouponData, CouponSheetData, SheetCoupon } from "../data.ts";
import { everyCase, issuer, office, people, recipients, withoutSeal } from "./samples.ts";

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

const every = everyCase(
  ({ to, person, address }): CouponData => ({
    ...ordinary,
    to: { ...to, name: person.name, attention: "保護者　様" },
    person,
    address,
  }),
);

/** Samples of the 接種券. */
export const couponSamples = {
  ...every,
  "最も長い氏名と住所・外国の方": {
    ...every["最も長い氏名と住所・外国の方"],
    vaccine: "麻しん風しん混合（MR）",
    diseases: "麻しん（はしか）、風しん",
    course: "第2期",
    dose: "1回目",
    until: "2031-03-31",
    notes: ["この予防接種は、小学校に入学する前の1年間に受けるものです。"],
  },
  "旧字体と異体字・方書なし": {
    ...every["旧字体と異体字・方書なし"],
    issuer: withoutSeal,
    vaccine: "BCG",
    diseases: "結核",
    dose: "1回",
    until: "2027-01-30",
  },
} satisfies Record<string, CouponData>;

const { course: _course, ...withoutCourse } = ordinary;

/** Samples of the 接種券 of B類. */
export const adultCouponSamples: Readonly<Record<string, CouponData>> = everyCase(
  ({ to, person, address }): CouponData => ({
    ...withoutCourse,
    to: { ...to, name: person.name },
    person,
    address,
    number: { ...ordinary.number, kind: "2" },
    vaccine: "帯状疱疹",
    diseases: "帯状疱疹",
    dose: "1回目",
    until: "2027-03-31",
  }),
);

const seriesDoses: readonly Pick<SheetCoupon, "vaccine" | "course" | "dose">[] = [
  ...["1回目", "2回目", "3回目"].map((dose) => ({ vaccine: "ロタウイルス（5価）", dose })),
  ...["1回目", "2回目", "3回目"].map((dose) => ({ vaccine: "B型肝炎", dose })),
  ...["1回目", "2回目", "3回目"].map((dose) => ({
    vaccine: "小児用肺炎球菌",
    course: "初回",
    dose,
  })),
  { vaccine: "小児用肺炎球菌", course: "追加", dose: "1回" },
  ...["1回目", "2回目", "3回目"].map((dose) => ({
    vaccine: "五種混合",
    course: "第1期 初回",
    dose,
  })),
  { vaccine: "五種混合", course: "第1期 追加", dose: "1回" },
  { vaccine: "BCG", dose: "1回" },
];

function sheetCoupons(count: number): readonly SheetCoupon[] {
  return seriesDoses.slice(-count).map((dose, index) => ({
    ...dose,
    number: {
      kind: "1",
      dose: dose.course?.endsWith("追加") ? "4" : dose.dose.charAt(0),
      municipality: "999997",
      serial: `00000${12345 + index}`,
    },
    from: "2026-12-01",
    until: "2027-08-13",
  }));
}

/** Samples of the 接種券つづり: a newborn's coupons over two pages, a page full, and a few. */
export const couponSheetSamples = everyCase(
  ({ to, person }): CouponSheetData => ({
    to: { ...to, name: person.name, attention: "保護者　様" },
    person,
    coupons: sheetCoupons(person === people.ordinary ? 15 : person === people.longest ? 6 : 3),
    issuedOn: ordinary.issuedOn,
    issuer,
    office: ordinary.office,
  }),
);

const longest = "最も長い氏名と住所・外国の方";

/** Samples of the 接種券 that marks a 要注意. */
export const cautionedCouponSamples = {
  ...couponSamples,
  [longest]: { ...couponSamples[longest], caution: true },
} satisfies Record<string, CouponData>;

/** Samples of the 接種券 of B類 that marks a 要注意. */
export const cautionedAdultSamples = {
  ...adultCouponSamples,
  ...(adultCouponSamples[longest] && {
    [longest]: { ...adultCouponSamples[longest], caution: true },
  }),
} satisfies Record<string, CouponData>;

/** Samples of the つづり that marks a 要注意. */
export const cautionedSheetSamples = {
  ...couponSheetSamples,
  ...(couponSheetSamples[longest] && {
    [longest]: { ...couponSheetSamples[longest], caution: true },
  }),
} satisfies Record<string, CouponSheetData>;
