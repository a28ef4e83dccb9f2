import type { BirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Whom a letter goes to: what shows in the window of a 長形3号 envelope. */
export interface Recipient {
  /** Seven digits, no hyphen. */
  readonly postalCode: string;
  /** 住所 without 方書, as the register writes it; wraps to two lines. */
  readonly address: string;
  /** 方書: building and room, on a line of its own. */
  readonly building?: string;
  readonly name: string;
  /** 様 unless said otherwise (御中 …). */
  readonly honorific?: string;
  /** A second line under the name, such as 保護者 様 or （○○ 様方）. */
  readonly attention?: string;
  /** The `bars` of `customerBarcode` (workflows/mail); absent where the post asks for no barcode. */
  readonly barcode?: string;
}

/** The office that answers questions: お問い合わせ先. */
export interface Office {
  /** 見本市 健康福祉局 感染症対策課 */
  readonly name: string;
  readonly postalCode: string;
  readonly address: string;
  readonly telephone: string;
  /** 平日 8時30分から17時15分まで */
  readonly hours: string;
}

/** Who issues the paper: title, name, and the image of the 公印 as PNG; without one 公印省略 is printed. */
export interface Issuer {
  readonly title: string;
  readonly name: string;
  readonly seal?: Uint8Array;
  /** The city's logo as PNG, at the head of its letters. */
  readonly logo?: Uint8Array;
}

/** 性別 as the forms print it; absent prints nothing to choose from. */
export type PrintedSex = "男" | "女";

/** The person a paper is about. */
export interface PrintedPerson {
  readonly name: string;
  /** フリガナ, full width. */
  readonly kana: string;
  /** As the register has it; printed by `formatWareki`, in full or what is known of it. */
  readonly birthDate: BirthDate;
  readonly sex?: PrintedSex;
}

/** 接種券 of one dose. */
export interface CouponData {
  readonly to: Recipient;
  readonly person: PrintedPerson;
  /** 住所 printed in the clinic's part. */
  readonly address: string;
  /** The parts of the 18-digit line: 券種 1, 回数 1, 市町村コード 6, 券番号 10 digits. */
  readonly number: {
    readonly kind: string;
    readonly dose: string;
    readonly municipality: string;
    readonly serial: string;
  };
  /** 五種混合 */
  readonly vaccine: string;
  /** 百日せき・ジフテリア・破傷風・急性灰白髄炎・Hib感染症 */
  readonly diseases: string;
  /** 第1期 初回; absent where the vaccine has no 期. */
  readonly course?: string;
  /** 2回目 */
  readonly dose: string;
  /** First and last day it may be given. */
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly issuedOn: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
  /** What to mind, one sentence each; the form has its own standing notes. */
  readonly notes?: readonly string[];
  /** Of a person with a 要注意: the clinic is to ask the city, and does not learn why from the paper. */
  readonly caution?: true | undefined;
}

/** One of the coupons on a sheet. */
export type SheetCoupon = Pick<
  CouponData,
  "number" | "vaccine" | "course" | "dose" | "from" | "until"
>;

/** 接種券つづり: all coupons of one person in one letter. */
export interface CouponSheetData
  extends Pick<CouponData, "to" | "person" | "issuedOn" | "issuer" | "office" | "caution"> {
  readonly coupons: readonly SheetCoupon[];
}

/** こども医療費受給者証 in its letter. */
export interface CertificateData {
  readonly to: Recipient;
  readonly person: PrintedPerson;
  readonly guardian: string;
  readonly address: string;
  /** 公費負担者番号, eight digits. */
  readonly payerNumber: string;
  /** 公費受給者番号, seven digits. */
  readonly recipientNumber: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** 自己負担, one short line each: 入院 なし, 通院 1日 500円まで … */
  readonly copay: readonly string[];
  readonly issuedOn: IsoDate;
  /** 再交付 prints the word and the reason's consequence in the letter. */
  readonly reissue?: boolean;
  readonly issuer: Issuer;
  readonly office: Office;
  /** The signed statement of the QR code. */
  readonly statement: string;
}

/** One line of a grid in a letter: 受給者番号 | 1234567. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** `name` and `address` are held when a character can't be printed as registered. */
  readonly purpose?: "name" | "address" | "text";
}

/** What all letters of a 事務 have. */
export interface LetterData {
  readonly to: Recipient;
  /** 見子青第123号 */
  readonly documentNumber: string;
  readonly date: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
  /** こども医療費助成 */
  readonly program: string;
  /** 申請日, 対象のお子さま, 受給者番号 …, in the order they are printed. */
  readonly facts: readonly Fact[];
}

/** Somebody who is granted a subsidy, as the 認定通知書 tells of them. */
export interface GrantedPerson extends Pick<PrintedPerson, "name" | "birthDate"> {
  /** 受給者番号; absent while it is only proposed, before one is given. */
  readonly recipientNumber?: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** 自己負担, one short line each. */
  readonly share: readonly string[];
}

/** 認定通知書. */
export interface ApprovalData extends LetterData {
  /** Everybody who is granted something by the decision, each once. */
  readonly persons: readonly GrantedPerson[];
  /** 根拠 of the decision: 見本市こども医療費助成に関する条例第5条. */
  readonly basis: string;
  /** 教示, where what was applied for is not granted in full, or where the city adds it to every decision. */
  readonly appeal?: Appeal;
}

/** 却下通知書: the reason in words the person understands, and its legal basis. */
export interface RejectionData extends LetterData {
  readonly reason: string;
  readonly basis: string;
  readonly appeal: Appeal;
}

/** 取消通知書: from when, and why. */
export interface RevocationData extends LetterData {
  readonly revokedFrom: IsoDate;
  readonly reason: string;
  readonly basis: string;
  /** What the person is asked to do, such as to return the certificate, by when. */
  readonly requests: readonly string[];
  readonly appeal: Appeal;
}

/** 教示 (行政不服審査法82条, 行政事件訴訟法46条): to whom the objection goes, and who is sued. */
export interface Appeal {
  /** 見本市長 */
  readonly reviewAuthority: string;
  /** 見本市 */
  readonly defendant: string;
  /** Who represents the defendant in court: 見本市長 */
  readonly representative: string;
}

/** 不足書類のお知らせ: what is missing, and by when. */
export interface MissingDocumentsData extends LetterData {
  readonly documents: readonly { readonly name: string; readonly hint?: string }[];
  readonly deadline: IsoDate;
}

/** One line of the 発送内訳表. */
export interface DispatchLine {
  readonly sequence: number;
  readonly pieceNumber: string;
  readonly postalCode: string;
  readonly address: string;
  readonly name: string;
  readonly content: string;
}

/** 発送内訳表: what a file for the contractor holds, in the order of its pages. */
export interface DispatchListData {
  readonly mailing: string;
  readonly preparedOn: IsoDate;
  readonly file: string;
  readonly office: Office;
  readonly lines: readonly DispatchLine[];
}

/** One line of the 授受簿. */
export interface HandoverLine {
  readonly date: IsoDate;
  readonly medium: string;
  readonly content: string;
  readonly count: number;
  /** First 16 characters of the SHA-256, or all of it. */
  readonly digest: string;
  readonly givenBy: string;
  readonly receivedBy: string;
}

/** 授受簿: what was handed to a contractor and came back. */
export interface HandoverBookData {
  readonly title: string;
  readonly contractor: string;
  readonly office: Office;
  readonly lines: readonly HandoverLine[];
}
