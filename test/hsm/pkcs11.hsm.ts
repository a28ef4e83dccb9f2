import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { openKeyStore } from "#src/platform/vault/open-key-store.ts";
import { pkcs11Service } from "#src/platform/vault/pkcs11.ts";
import { renewKeys } from "#src/platform/vault/renew-keys.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const module = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
].find((path) => existsSync(path));
if (!module) throw new Error("SoftHSM 2 is not installed");

const folder = mkdtempSync(join(tmpdir(), "madoguchi-hsm-"));
mkdirSync(join(folder, "tokens"));
writeFileSync(join(folder, "softhsm2.conf"), `directories.tokendir = ${join(folder, "tokens")}\n`);
writeFileSync(join(folder, "pin"), "1234-pin\n", { mode: 0o600 });
writeFileSync(join(folder, "wrong-pin"), "9999\n", { mode: 0o600 });
process.env.SOFTHSM2_CONF = join(folder, "softhsm2.conf");
execFileSync("softhsm2-util", [
  "--init-token",
  "--free",
  "--label=madoguchi",
  "--pin=1234-pin",
  "--so-pin=security-officer",
]);
const hsm = { module, token: "madoguchi", pinFile: join(folder, "pin") };

describe("鍵管理装置(SoftHSM、PKCS #11)を使うとき", () => {
  test("PIN、トークン、ライブラリーの誤りは、直すところを言う", () => {
    const open = (settings: Partial<typeof hsm>) => () => pkcs11Service({ ...hsm, ...settings });
    expect(open({ module: join(folder, "nothing.so") })).toThrow("MADOGUCHI_PKCS11_MODULE");
    expect(open({ token: "other" })).toThrow("トークン other がありません");
    expect(open({ pinFile: join(folder, "nothing") })).toThrow("から読めません");
    expect(open({ pinFile: join(folder, "wrong-pin") })).toThrow("PIN が違います");
  });

  test("ほかの秘密の鍵を名乗らせても、開かず、その鍵を消させもしない", () => {
    const service = pkcs11Service(hsm);
    const locked = service.lock("epoch-1.key", Buffer.alloc(32, 7));
    expect(() => service.unlock("signing.key", locked)).toThrow("signing.key");
    service.forget("signing.key", locked);
    expect(service.unlock("epoch-1.key", locked)).toEqual(Buffer.alloc(32, 7));
    service.forget("epoch-1.key", locked);
    expect(() => service.unlock("epoch-1.key", locked)).toThrow("epoch-1.key");
  });

  test("秘密は平文でディスクに置かれず、更新すると前の鍵は装置からも消え、金庫は開き続ける", async () => {
    process.env.MADOGUCHI_PKCS11_MODULE = hsm.module;
    process.env.MADOGUCHI_PKCS11_TOKEN = hsm.token;
    process.env.MADOGUCHI_PKCS11_PIN_FILE = hsm.pinFile;
    const city = await openTestPlatform();
    const { platform } = city;
    const keyFolder = join(platform.dataFolder, "keys");
    const system = await city.system();
    const numbers = await runWork(platform, system, { purpose: "feed", program: "feeds" }, (work) =>
      writePeople(
        work,
        Array.from({ length: 20 }, () => ({ record: invented() })),
      ),
    );
    const secrets = async () =>
      (await readdir(keyFolder)).filter((name) => /^(epoch|search|signing)/.test(name));
    expect((await secrets()).every((name) => name.endsWith(".locked"))).toBe(true);
    const before = (await secrets()).find((name) => name.startsWith("epoch-")) ?? "";
    const copy = await readFile(join(keyFolder, before));
    const name = before.replace(".locked", "");
    expect(pkcs11Service(hsm).unlock(name, copy)).toHaveLength(64);

    await renewKeys(platform, system);

    expect(await secrets()).not.toContain(before);
    expect(() => pkcs11Service(hsm).unlock(name, copy)).toThrow(name);
    const officer = await city.actor("number1");
    const again = { ...platform, keys: await openKeyRing(keyFolder) };
    const people = await runWork(again, officer, { purpose: "counter" }, (work) =>
      lookAtPeople(work, numbers, ["name", "individual-number"]),
    );
    expect(people.every(({ individualNumber }) => individualNumber?.length === 12)).toBe(true);
    expect(openKeyStore(keyFolder).names()).toContain("search.key");
  });
});
