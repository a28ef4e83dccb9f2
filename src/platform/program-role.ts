import { join } from "node:path";

/** The role under which the program serves. */
export const programRole = "madoguchi_app";

/** Where the password of the program's role lies, with the keys. */
export const passwordFile = (keyFolder: string): string => join(keyFolder, "program-password");

/** The same address for another role. */
export function asRole(address: string, role: string, password: string): string {
  const url = new URL(address);
  url.username = role;
  url.password = password;
  return url.href;
}
