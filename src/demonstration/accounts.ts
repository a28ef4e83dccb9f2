import { randomInt } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { bootstrap, type Duty, type FirstAccount } from "#src/platform/access/index.ts";
import type { OpenedPlatform } from "#src/platform/open.ts";
import { demonstrationOffices } from "./offices.ts";

/** An account of the demonstration as it is printed at start. */
export interface DemonstrationAccount {
  loginName: string;
  displayName: string;
  role: string;
  password: string;
  /** Secret of the one-time code, base32: for an authenticator app, or `npm run cli -- demonstration code`. */
  codeSecret: string;
}

type Cast = {
  loginName: string;
  displayName: string;
  office: string | null;
  role: string;
  duties: Duty[];
  /** Their duties end at their office. */
  ofOffice?: true;
};

/** Invented people, two wherever two are needed. */
const cast: readonly Cast[] = [
  {
    loginName: "mado1",
    displayName: "窓口　一子",
    office: "431010",
    role: "窓口担当（中央区）",
    duties: ["clerk"],
    ofOffice: true,
  },
  {
    loginName: "mado2",
    displayName: "窓口　二郎",
    office: "431010",
    role: "窓口担当・審査（中央区）",
    duties: ["clerk"],
    ofOffice: true,
  },
  {
    loginName: "mado3",
    displayName: "窓口　三葉",
    office: "431028",
    role: "窓口担当（東区）",
    duties: ["clerk"],
    ofOffice: true,
  },
  {
    loginName: "mado4",
    displayName: "窓口　四郎",
    office: "431028",
    role: "窓口担当・審査（東区）",
    duties: ["clerk"],
    ofOffice: true,
  },
  {
    loginName: "mado5",
    displayName: "窓口　五郎",
    office: "431010",
    role: "窓口担当（全市）",
    duties: ["clerk"],
  },
  {
    loginName: "mado6",
    displayName: "窓口　六実",
    office: "431010",
    role: "窓口担当・審査（全市）",
    duties: ["clerk"],
  },
  {
    loginName: "kessai1",
    displayName: "決裁　一郎",
    office: "431010",
    role: "決裁者",
    duties: ["supervisor"],
  },
  {
    loginName: "kessai2",
    displayName: "決裁　二子",
    office: "431010",
    role: "決裁者",
    duties: ["supervisor"],
  },
  {
    loginName: "ikkatsu1",
    displayName: "一括　一郎",
    office: null,
    role: "一括処理担当",
    duties: ["batch-operator"],
  },
  {
    loginName: "suito1",
    displayName: "出納　一郎",
    office: null,
    role: "出納担当",
    duties: ["cashier"],
  },
  {
    loginName: "suito2",
    displayName: "出納　二子",
    office: null,
    role: "出納担当",
    duties: ["cashier"],
  },
  {
    loginName: "seido1",
    displayName: "制度　一子",
    office: null,
    role: "制度担当者",
    duties: ["scheme-officer"],
  },
  {
    loginName: "bango1",
    displayName: "番号　一郎",
    office: "431010",
    role: "窓口担当・個人番号利用担当",
    duties: ["clerk", "number-officer"],
  },
  {
    loginName: "kansa1",
    displayName: "監査　一子",
    office: null,
    role: "監査担当",
    duties: ["auditor"],
  },
  {
    loginName: "hogo1",
    displayName: "保護　一子",
    office: null,
    role: "個人情報保護担当",
    duties: ["privacy-officer"],
  },
  {
    loginName: "hogo2",
    displayName: "保護　二郎",
    office: null,
    role: "個人情報保護担当",
    duties: ["privacy-officer"],
  },
  {
    loginName: "kanri1",
    displayName: "管理　一郎",
    office: null,
    role: "システム管理者",
    duties: ["administrator"],
  },
  {
    loginName: "shonin1",
    displayName: "承認　一子",
    office: null,
    role: "権限承認者",
    duties: ["access-approver"],
  },
];

const accountsFile = (dataFolder: string) =>
  join(dataFolder, "keys", "demonstration-accounts.json");

/** The accounts of a demonstration that was set up earlier; `null` where there is none. */
export async function readDemonstrationAccounts(
  dataFolder: string,
): Promise<DemonstrationAccount[] | null> {
  const text = await readFile(accountsFile(dataFolder), "utf8").catch(() => null);
  return text ? (JSON.parse(text) as DemonstrationAccount[]) : null;
}

/** Offices, terminals of this machine and the cast; one random password for all of them. */
export async function setUpDemonstrationAccounts(
  opened: OpenedPlatform,
): Promise<DemonstrationAccount[]> {
  const { platform } = opened;
  const password = memorablePassword();
  const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
  try {
    const secrets = await bootstrap(admin, platform.keys, platform.clock.today(), {
      offices: demonstrationOffices,
      terminals: [
        { name: "窓口端末（この機械）", address: "127.0.0.1" },
        { name: "窓口端末（この機械、IPv6）", address: "::1" },
      ],
      accounts: cast.map(
        (person): FirstAccount => ({
          loginName: person.loginName,
          displayName: person.displayName,
          officeCode: person.office,
          password,
          mustChange: false,
          duties: person.duties.map((duty) => ({
            duty,
            program: null,
            office: person.ofOffice ? person.office : null,
          })),
        }),
      ),
    });
    const accounts = cast.map(({ loginName, displayName, role }, n) => ({
      loginName,
      displayName,
      role,
      password,
      codeSecret: secrets[n] ?? "",
    }));
    await writeFile(accountsFile(platform.dataFolder), JSON.stringify(accounts, null, 2), {
      mode: 0o600,
    });
    return accounts;
  } finally {
    await admin.end();
  }
}

const flowers = ["Ajisai", "Botan", "Kiku", "Kikyo", "Nadeshiko", "Sakura", "Tsubaki", "Yuri"];

const memorablePassword = () =>
  `${flowers[randomInt(flowers.length)]}-${randomInt(10_000, 100_000)}-Demo`;
