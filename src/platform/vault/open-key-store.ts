import { lockedKeys } from "./key-service.ts";
import { type KeyStore, keyFiles } from "./key-store.ts";
import { pkcs11Service, pkcs11Settings } from "./pkcs11.ts";

/** Where the secrets of this installation lie: in the folder, locked by a hardware security module where one is named. */
export function openKeyStore(folder: string): KeyStore {
  const files = keyFiles(folder);
  const module = pkcs11Settings();
  return module ? lockedKeys(files, pkcs11Service(module)) : files;
}
