import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { quickly } from "#test/support/started.ts";
import type { BenchCity } from "./city.ts";

/** A program that listens, in a process of its own. */
export interface Served {
  readonly address: string;
  readonly process: ChildProcess;
  /** Until it served. */
  readonly seconds: number;
  stop(): Promise<void>;
}

/** The program as `npm start` runs it, on the data of a city. */
export async function serve({ platform, administratorUrl }: BenchCity): Promise<Served> {
  const start = performance.now();
  const child = spawn(process.execPath, [...quickly, "src/main.ts"], {
    env: {
      ...process.env,
      PORT: await freePort(),
      DATABASE_URL: administratorUrl,
      MADOGUCHI_DATA: platform.dataFolder,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (part) => {
      said += part;
      const [found] = /http:\/\/\S+/.exec(said) ?? [];
      if (found) resolve(found.replace("localhost", "127.0.0.1"));
    });
    child.on("exit", () => reject(new Error(`the program did not serve: ${said}`)));
  });
  return served(child, address, (performance.now() - start) / 1000);
}

/** Express with one query. */
export async function servePeer({ administratorUrl }: BenchCity): Promise<Served> {
  const child = fork(new URL("express-peer.ts", import.meta.url), {
    env: { ...process.env, NODE_ENV: "production", BENCH_DATABASE: administratorUrl },
  });
  const [port] = await once(child, "message");
  return served(child, `http://127.0.0.1:${port}`, 0);
}

const served = (child: ChildProcess, address: string, seconds: number): Served => ({
  address,
  seconds,
  process: child,
  async stop() {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  },
});

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const found = probe.address();
  probe.close();
  return String(typeof found === "object" ? found?.port : 0);
}
