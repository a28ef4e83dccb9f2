import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { type BirthDate, birthDigits, birthOfDigits } from "#workflows/dates/birth-date.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";

/** What the QR code of a certificate says: less than what the card shows, no name, no 個人番号. */
export interface Statement {
  payerNumber: string;
  recipientNumber: string;
  /** With zeros for what is unknown of it. */
  birthDate: BirthDate;
  from: IsoDate;
  until: IsoDate;
  issuedOn: IsoDate;
  /** How often the card was issued, from 1: an older issue is no longer valid. */
  issue: number;
}

/** The sort of certificate: how its text begins, and what is bound into the signature so that no other signature of the key passes for it. */
export interface StatementScheme {
  /** Such as `KM1`. */
  prefix: string;
  /** The 事務, such as `child-medical`. */
  program: string;
}

const contextOf = ({ program }: StatementScheme) => `madoguchi ${program} certificate 1\n`;
const digits = (date: IsoDate) => date.replaceAll("-", "");

/**
 * The text of the QR code, about 140 characters: the prefix + `.` + the figures joined by `-` + `.` + an Ed25519
 * signature (base64url).
 */
export function signStatement(
  statement: Statement,
  scheme: StatementScheme,
  signingKey: KeyObject,
): string {
  const { payerNumber, recipientNumber, birthDate, from, until, issuedOn, issue } = statement;
  const dates = [birthDigits(birthDate), ...[from, until, issuedOn].map(digits)];
  const body = [payerNumber, recipientNumber, ...dates, issue].join("-");
  const signature = sign(null, Buffer.from(contextOf(scheme) + body), signingKey);
  return `${scheme.prefix}.${body}.${signature.toString("base64url")}`;
}

/** What a check of a certificate gives; `problems` are sentences for the screen. */
export type Verified =
  | { genuine: true; program: string; prefix: string; statement: Statement; problems: string[] }
  | { genuine: false; problems: string[] };

/** Verifies a QR code off line: needs the public key alone. Whether a newer card was issued it cannot know. */
export function verifyStatement(
  text: string,
  schemes: readonly StatementScheme[],
  { key, today }: { key: KeyObject; today: IsoDate },
): Verified {
  const [head, body, signature, ...more] = text.trim().split(".");
  const refused = (problem: string): Verified => ({ genuine: false, problems: [problem] });
  const scheme = schemes.find(({ prefix }) => prefix === head);
  if (!scheme || !body || !signature || more.length > 0) {
    return refused("受給者証の二次元コードではありません。");
  }
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  const signed = Buffer.from(signature, "base64url");
  if (!verify(null, Buffer.from(contextOf(scheme) + body), publicKey, signed)) {
    return refused("署名が一致しません。書き換えられたか、別の団体が発行したものです。");
  }
  const statement = readBody(body);
  if (!statement) return refused("記載の形式が正しくありません。");
  const problems: string[] = [];
  if (today < statement.from) problems.push("有効期間の開始前です。");
  if (today > statement.until) problems.push("有効期間が終了しています。");
  const { program, prefix } = scheme;
  return { genuine: true, program, prefix, statement, problems };
}

function readBody(body: string): Statement | undefined {
  const match = /^(\d{8})-(\d{7})-(\d{8})-(\d{8})-(\d{8})-(\d{8})-(\d{1,4})$/.exec(body);
  const [, payerNumber = "", recipientNumber = "", ...rest] = match ?? [];
  const issue = Number(rest.pop());
  const birthDate = birthOfDigits(rest.shift() ?? "");
  const dates = rest
    .map((text) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)
    .filter(isIsoDate);
  const [from, until, issuedOn] = dates;
  if (!birthDate || !from || !until || !issuedOn) return undefined;
  if (!checkNumber("public-recipient", recipientNumber).valid) return undefined;
  return { payerNumber, recipientNumber, birthDate, from, until, issuedOn, issue };
}
