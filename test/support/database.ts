import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, inject } from "vitest";
import {
  type Actor,
  bootstrap,
  codeAt,
  type Duty,
  type FirstAccount,
  openSystemSession,
  resume,
  signIn,
} from "#src/platform/access/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import type { Platform } from "#src/platform/platform.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { standingClock } from "#test/support/clock.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A database of its own for a test file, entered as the program's role, with staff to act as. */
export interface TestPlatform {
  platform: Platform & { clock: ReturnType<typeof standingClock> };
  /** The administrator's connection: to arrange and to look at what the program itself may not, never to act. */
  admin: Sql;
  /** Addresses for parts that open a pool of their own. */
  administratorUrl: string;
  applicationUrl: string;
  /** Signs a person in; the same session for the same name until the file ends. */
  actor(loginName: TestStaff): Promise<Actor>;
  system(): Promise<Actor>;
  /** What a browser test types: the password and the code of the moment. */
  credentials(loginName: TestStaff): { loginName: string; password: string; code: () => string };
}

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
  scheme1: { name: "制度 一子", office: null, duties: ["scheme-officer"] },
  number1: { name: "番号 一郎", office: null, duties: ["clerk", "number-officer"] },
  auditor1: { name: "監査 一子", office: null, duties: ["auditor"] },
  admin1: { name: "管理 一郎", office: null, duties: ["administrator"] },
  approver1: { name: "承認 一子", office: null, duties: ["access-approver"] },
  nobody: { name: "権限 無子", office: "431010", duties: [] },
} as const satisfies Record<string, { name: string; office: string | null; duties: Duty[] }>;

const testPassword = "Madoguchi-Test-1";

/** The five 区 of the demonstration city. */
export const testOffices = [
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
}));

/** Makes the platform of a test file; it goes away with the file. Call it once, at the top of the file or in `beforeAll`. */
export async function openTestPlatform(today: IsoDate = "2026-11-20"): Promise<TestPlatform> {
  const serverAddress = inject("serverAddress");
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const root = postgres(serverAddress, { max: 1, onnotice: () => {} });
  await root.unsafe(`create database ${name} template madoguchi_template`);
  await root.unsafe(`revoke all on database ${name} from public`);
  await root.unsafe(`grant connect on database ${name} to madoguchi_app`);
  await root.unsafe(`grant connect, create on database ${name} to madoguchi_owner`);
  await root.end();
  const administratorUrl = withParts(serverAddress, { pathname: `/${name}` });
  const applicationUrl = withParts(administratorUrl, {
    username: "madoguchi_app",
    password: inject("programPassword"),
  });
  const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-data-"));
  const keys = await openKeyRing(join(dataFolder, "keys"));
  const clock = standingClock(today);
  const database = openDatabase(applicationUrl, 8);
  const platform = { database, keys, clock, dataFolder, fonts: {} };
  const admin = postgres(administratorUrl, { max: 2, onnotice: () => {} });
  const names = Object.keys(testStaff) as TestStaff[];
  const secrets = await bootstrap(admin, keys, today, {
    offices: testOffices,
    terminals: [
      { name: "試験端末", address: "127.0.0.1" },
      { name: "試験端末6", address: "::1" },
    ],
    accounts: names.map(accountOf),
  });
  const secretOf = (who: TestStaff) => secrets[names.indexOf(who)] ?? "";
  const actors = new Map<TestStaff, Promise<Actor>>();
  let systemActor: Promise<Actor> | undefined;
  afterAll(async () => {
    await platform.database.close();
    await admin.end();
    const closer = postgres(serverAddress, { max: 1, onnotice: () => {} });
    await closer.unsafe(`drop database ${name} with (force)`);
    await closer.end();
    await rm(dataFolder, { recursive: true, force: true });
  });
  return {
    platform,
    admin,
    administratorUrl,
    applicationUrl,
    actor: (who) => {
      const known = actors.get(who) ?? enterAs(platform, who, secretOf(who));
      actors.set(who, known);
      return known;
    },
    system: () => {
      systemActor ??= openSystemSession(platform);
      return systemActor;
    },
    credentials: (who) => ({
      loginName: who,
      password: testPassword,
      code: () => codeAt(secretOf(who)),
    }),
  };
}

async function enterAs(platform: Platform, who: TestStaff, secret: string): Promise<Actor> {
  const entered = await signIn(platform, {
    loginName: who,
    password: testPassword,
    code: codeAt(secret),
    address: "127.0.0.1",
  });
  if (!entered.ok) throw new Error(`${who} was refused: ${entered.why}`);
  return resume(platform, entered.token);
}

const accountOf = (who: TestStaff): FirstAccount => ({
  loginName: who,
  displayName: testStaff[who].name,
  officeCode: testStaff[who].office,
  password: testPassword,
  mustChange: false,
  duties: testStaff[who].duties.map((duty) => ({ duty, program: null })),
});

function withParts(
  address: string,
  parts: Partial<Pick<URL, "pathname" | "username" | "password">>,
) {
  return Object.assign(new URL(address), parts).href;
}
