import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Pkcs11 from "pkcs11js";
import { StartProblem } from "#db/server/start-problem.ts";
import { brokenKey } from "./broken-key.ts";
import type { KeyService } from "./key-service.ts";

/** Where a hardware security module is, as PKCS #11 names it. */
export interface Pkcs11Settings {
  /** Library of the maker, such as `/usr/lib/softhsm/libsofthsm2.so`. */
  module: string;
  /** Label of the token. */
  token: string;
  /** File that holds the PIN of its user. */
  pinFile: string;
}

/**
 * What the administrator told (`MADOGUCHI_PKCS11_MODULE`, `_TOKEN`, `_PIN_FILE`); nothing where none is.
 *
 * @throws {@link StartProblem} where one of the three is missing
 */
export function pkcs11Settings(env: NodeJS.ProcessEnv = process.env): Pkcs11Settings | undefined {
  const {
    MADOGUCHI_PKCS11_MODULE: module,
    MADOGUCHI_PKCS11_TOKEN: token,
    MADOGUCHI_PKCS11_PIN_FILE: pinFile,
  } = env;
  if (!module && !token && !pinFile) return undefined;
  if (!module || !token || !pinFile)
    throw new StartProblem(
      "MADOGUCHI_PKCS11_MODULE（鍵管理装置のライブラリー）、MADOGUCHI_PKCS11_TOKEN（トークンのラベル）、MADOGUCHI_PKCS11_PIN_FILE（PIN を入れたファイル）は、三つとも指定してください。",
    );
  return { module, token, pinFile };
}

const labelOf = (name: string) => `madoguchi ${name}`;
const idLength = 16;
const ivLength = 12;
const tagBits = 128;

/**
 * Locks each secret under an AES key of its own (AES-256-GCM, the name of the secret as associated data), made in the module
 * and not to be taken out of it. What is kept begins with the id of that key and the initial value.
 *
 * @throws {@link StartProblem} where the module cannot be entered
 */
export function pkcs11Service(settings: Pkcs11Settings): KeyService {
  const { library, pkcs11, session } = enter(settings);
  // By name and id: a file that somebody changed never leads to the key of another secret, which `forget` would destroy.
  const keyOf = (name: string, id: Buffer): Pkcs11.Handle | undefined => {
    pkcs11.C_FindObjectsInit(session, [
      { type: library.CKA_CLASS, value: library.CKO_SECRET_KEY },
      { type: library.CKA_ID, value: id },
      { type: library.CKA_LABEL, value: labelOf(name) },
    ]);
    try {
      return pkcs11.C_FindObjects(session, 1)[0];
    } finally {
      pkcs11.C_FindObjectsFinal(session);
    }
  };
  const cipher = (name: string, iv: Buffer): Pkcs11.Mechanism => ({
    mechanism: library.CKM_AES_GCM,
    parameter: {
      type: library.CK_PARAMS_AES_GCM_v240,
      iv,
      aad: Buffer.from(name),
      ivBits: ivLength * 8,
      tagBits,
    } as Pkcs11.AesGCM,
  });
  return {
    lock(name, secret) {
      const [id, iv] = [randomBytes(idLength), randomBytes(ivLength)];
      const key = pkcs11.C_GenerateKey(session, { mechanism: library.CKM_AES_KEY_GEN }, [
        { type: library.CKA_CLASS, value: library.CKO_SECRET_KEY },
        { type: library.CKA_KEY_TYPE, value: library.CKK_AES },
        { type: library.CKA_VALUE_LEN, value: 32 },
        { type: library.CKA_ID, value: id },
        { type: library.CKA_LABEL, value: labelOf(name) },
        { type: library.CKA_TOKEN, value: true },
        { type: library.CKA_PRIVATE, value: true },
        { type: library.CKA_SENSITIVE, value: true },
        { type: library.CKA_EXTRACTABLE, value: false },
        { type: library.CKA_ENCRYPT, value: true },
        { type: library.CKA_DECRYPT, value: true },
      ]);
      pkcs11.C_EncryptInit(session, cipher(name, iv), key);
      const room = Buffer.alloc(secret.length + tagBits / 8);
      return Buffer.concat([id, iv, pkcs11.C_Encrypt(session, secret, room)]);
    },
    unlock(name, locked) {
      const key = keyOf(name, locked.subarray(0, idLength));
      if (!key) throw brokenKey(name);
      const iv = locked.subarray(idLength, idLength + ivLength);
      const sealed = locked.subarray(idLength + ivLength);
      try {
        pkcs11.C_DecryptInit(session, cipher(name, iv), key);
        return pkcs11.C_Decrypt(session, sealed, Buffer.alloc(sealed.length));
      } catch {
        throw brokenKey(name);
      }
    },
    forget(name, locked) {
      const key = keyOf(name, locked.subarray(0, idLength));
      if (key) pkcs11.C_DestroyObject(session, key);
    },
  };
}

interface Entered {
  library: typeof Pkcs11;
  pkcs11: Pkcs11.PKCS11;
  session: Pkcs11.Handle;
}

/** A process enters a module once. */
const entered = new Map<string, Entered>();

function enter(settings: Pkcs11Settings): Entered {
  const name = `${settings.module} ${settings.token}`;
  const before = entered.get(name);
  if (before) return before;
  const now = enterAnew(settings);
  entered.set(name, now);
  return now;
}

function enterAnew(settings: Pkcs11Settings): Entered {
  const library = loadLibrary();
  const pkcs11 = new library.PKCS11();
  const step = <T>(what: string, run: () => T): T => {
    try {
      return run();
    } catch {
      throw new StartProblem(`鍵管理装置（${settings.module}）${what}`);
    }
  };
  step("のライブラリーを読み込めません。MADOGUCHI_PKCS11_MODULE を確かめてください。", () => {
    pkcs11.load(settings.module);
    pkcs11.C_Initialize();
  });
  try {
    return { library, pkcs11, session: signIn(library, pkcs11, settings, step) };
  } catch (problem) {
    // Left as it was found, so that another attempt of this process can enter.
    pkcs11.C_Finalize();
    pkcs11.close();
    throw problem;
  }
}

function signIn(
  library: typeof Pkcs11,
  pkcs11: Pkcs11.PKCS11,
  { module, token, pinFile }: Pkcs11Settings,
  step: <T>(what: string, run: () => T) => T,
): Pkcs11.Handle {
  const pin = step(`の PIN を ${pinFile} から読めません。`, () =>
    readFileSync(pinFile, "utf8").trim(),
  );
  const slot = step("に問い合わせできません。", () =>
    pkcs11
      .C_GetSlotList(true)
      .find((candidate) => pkcs11.C_GetTokenInfo(candidate).label.trim() === token),
  );
  if (!slot)
    throw new StartProblem(
      `鍵管理装置（${module}）に、トークン ${token} がありません。MADOGUCHI_PKCS11_TOKEN を確かめてください。`,
    );
  const session = step("に接続できません。", () =>
    pkcs11.C_OpenSession(slot, library.CKF_SERIAL_SESSION | library.CKF_RW_SESSION),
  );
  step("の PIN が違います。MADOGUCHI_PKCS11_PIN_FILE を確かめてください。", () =>
    pkcs11.C_Login(session, library.CKU_USER, pin),
  );
  return session;
}

/** Built when the program is installed, where the machine has a compiler. */
function loadLibrary(): typeof Pkcs11 {
  try {
    return createRequire(import.meta.url)("pkcs11js") as typeof Pkcs11;
  } catch {
    throw new StartProblem(
      "鍵管理装置を使うための部品（pkcs11js）がありません。コンパイラー（Debian では g++、make、python3）を入れてから npm ci をやり直してください。",
    );
  }
}
