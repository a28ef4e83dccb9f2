import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";

/** Held by the process that answers for a server. */
export interface ServerLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a server for as long as this process lives; `null` where another process has it. It is an advisory lock
 * in the database `postgres`, where nobody but the superuser can sign in, and it ends with the process that holds it,
 * however that ends.
 */
export async function holdServer(address: string): Promise<ServerLock | null> {
  let released = false;
  const client = postgres(address, {
    max: 1,
    onnotice: () => {},
    max_lifetime: null,
    // The server was started anew: the lock went with the connection.
    onclose: () => void retake(),
  });
  const take = async () => {
    const [row] = await client<{ taken: boolean }[]>`
      select pg_try_advisory_lock(hashtext('madoguchi.server')) as taken`;
    return row?.taken ?? false;
  };
  async function retake(): Promise<void> {
    while (!released) {
      await delay(500, undefined, { ref: false });
      if (released || (await take().catch(() => false))) return;
    }
  }
  const release = async () => {
    released = true;
    await client.end({ timeout: 1 });
  };
  if (await take()) {
    // Nobody else may sign in to the database of the lock.
    await client`revoke connect on database postgres from public`;
    return { release };
  }
  await release();
  return null;
}
