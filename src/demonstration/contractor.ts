import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";

/**
 * The key pair of the demonstration's contractor. A real contractor keeps the identity at home and
 * tells only the public key; here both are kept, so that the package can be opened and looked at.
 */
export const contractorKey = (dataFolder: string) => demonstrationKey(dataFolder, "contractor");

/** The key pair of somebody outside whom the demonstration hands files to; made when first asked for. */
export async function demonstrationKey(
  dataFolder: string,
  whose: "contractor" | "copies",
): Promise<{ identity: string; publicKey: string }> {
  const file = join(dataFolder, "keys", `demonstration-${whose}.txt`);
  let identity = await readFile(file, "utf8").catch(() => null);
  if (!identity) {
    identity = await generateX25519Identity();
    await writeFile(file, identity, { mode: 0o600 });
  }
  return { identity, publicKey: await identityToRecipient(identity) };
}
