import {
  type Actor,
  checkCode,
  codeAt,
  type Duty,
  type FirstAccount,
  openSystemSession,
  resume,
  signIn,
} from "#src/platform/access/index.ts";
import { newToken, systemSecret, tokenHash } from "#src/platform/access/tokens.ts";
import type { Platform } from "#src/platform/platform.ts";

export type TestStaff = keyof typeof testStaff;

/** Two of each duty where two people are needed; 区 offices so that scopes show. */
const testStaff = {
  clerk1: { name: "窓口 一子", office: "431010", duties: ["clerk"] },
  clerk2: { name: "窓口 二郎", office: "431010", duties: ["clerk"] },
  clerk3: { name: "窓口 三葉", office: "431028", duties: ["clerk"] },
  supervisor1: { name: "決裁 一郎", office: "431010", duties: ["supervisor"] },
  supervisor2: { name: "決裁 二子", office: "431010", duties: ["supervisor"] },
  operator1: { name: "一括 一郎", office: null, duties: ["batch-operator"] },
  operator2: { name: "一括 二子", office: null, duties: ["batch-operator"] },
  cashier1: { name: "出納 一郎", office: null, duties: ["cashier"] },
  cashier2: { name: "出納 二子", office: null, duties: ["cashier"] },
  scheme1: { name: "制度 一子", office: null, duties: ["scheme-officer"] },
  number1: { name: "番号 一郎", office: null, duties: ["clerk", "number-officer"] },
  auditor1: { name: "監査 一子", office: null, duties: ["auditor"] },
  admin1: { name: "管理 一郎", office: null, duties: ["administrator"] },
  approver1: { name: "承認 一子", office: null, duties: ["access-approver"] },
  privacy1: { name: "保護 一子", office: null, duties: ["privacy-officer"] },
  privacy2: { name: "保護 二郎", office: null, duties: ["privacy-officer"] },
  nobody: { name: "権限 無子", office: "431010", duties: [] },
  /** Holds the rights of a clerk for 東区 alone. */
  east1: { name: "東区 一子", office: "431028", duties: ["clerk"], ofOffice: true },
} as const satisfies Record<
  string,
  { name: string; office: string | null; duties: Duty[]; ofOffice?: true }
>;

export const testPassword = "Madoguchi-Test-1";

export const staffNames = Object.keys(testStaff) as TestStaff[];

/** One of those who hold the same duties: what is asked of everybody alike is asked of these. */
export const oneOfEachDuty = staffNames.filter(
  (who, at) => staffNames.findIndex((other) => dutiesOf(other) === dutiesOf(who)) === at,
);

function dutiesOf(who: TestStaff): string {
  const one: { duties: readonly Duty[]; ofOffice?: true } = testStaff[who];
  return `${one.duties.join()} ${one.ofOffice ?? false}`;
}

/** The five 区 of the demonstration city, their terminals, and an account for each of the staff in the order of {@link staffNames}. */
export const testCity = {
  offices: [
    { code: "431010", name: "中央区役所" },
    { code: "431028", name: "東区役所" },
    { code: "431036", name: "西区役所" },
    { code: "431044", name: "南区役所" },
    { code: "431052", name: "北区役所" },
  ].map((office) => ({
    ...office,
    postalCode: "8600000",
    address: "熊本市試験町1-1",
    telephone: "000-000-0000",
  })),
  terminals: [
    { name: "試験端末", address: "127.0.0.1" },
    { name: "試験端末6", address: "::1" },
  ],
  accounts: staffNames.map(
    (who): FirstAccount => ({
      loginName: who,
      displayName: testStaff[who].name,
      officeCode: testStaff[who].office,
      password: testPassword,
      mustChange: false,
      duties: testStaff[who].duties.map((duty) => ({
        duty,
        program: null,
        office: "ofOffice" in testStaff[who] ? testStaff[who].office : null,
      })),
    }),
  ),
};

/**
 * Signs staff in on a platform that has the accounts of {@link testCity}.
 *
 * @param secretOf gives the secret of their one-time codes
 * @param proofs what proves {@link testPassword}, hexadecimal, by salt; worked out where it is not given
 */
export function actingOn(
  platform: Platform,
  secretOf: (who: TestStaff) => string,
  proofs: Readonly<Record<string, string>> = {},
) {
  const actors = new Map<TestStaff, Promise<Actor>>();
  let systemActor: Promise<Actor> | undefined;
  const credentials = (who: TestStaff) => ({
    loginName: who,
    password: testPassword,
    code: () => codeAt(secretOf(who)),
  });

  async function enterAs(who: TestStaff): Promise<Actor> {
    const { loginName, password, code } = credentials(who);
    const address = "127.0.0.1";
    const ticket = await knownTicket(platform, loginName, proofs, address);
    const entered = ticket
      ? await checkCode(platform, { ticket, code: code(), address })
      : await signIn(platform, { loginName, password, code: code(), address });
    if (!entered.ok) throw new Error(`${who} was refused: ${entered.why}`);
    return resume(platform, entered.token);
  }

  return {
    /** Signs a person in; the same session for the same name. */
    actor(who: TestStaff): Promise<Actor> {
      const known = actors.get(who) ?? enterAs(who);
      actors.set(who, known);
      return known;
    },
    system(): Promise<Actor> {
      systemActor ??= openSystemSession(platform);
      return systemActor;
    },
    /** What a browser test types: the password and the code of the moment. */
    credentials,
  };
}

/** The first factor over the database's own function, with a proof that was worked out before; nothing where none is known. */
async function knownTicket(
  { database: { sql }, keys }: Platform,
  loginName: string,
  proofs: Readonly<Record<string, string>>,
  address: string,
): Promise<string | undefined> {
  const [kept] = await sql<{ salt: string }[]>`select access.password_salt(${loginName}) as salt`;
  const proof = proofs[kept?.salt ?? ""];
  if (!proof) return undefined;
  const ticket = newToken();
  const [row] = await sql<{ outcome: string }[]>`
    select outcome from access.check_password(${systemSecret(keys)}, ${loginName}, ${Buffer.from(proof, "hex")},
      ${address}, ${tokenHash(ticket)})`;
  if (row?.outcome !== "right") throw new Error(`${loginName} was refused: ${row?.outcome}`);
  return ticket;
}
