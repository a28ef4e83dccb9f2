import { createServer } from "node:http";
import type { RequestHandler } from "express";
import { describe } from "#src/platform/described.ts";
import type { Platform } from "#src/platform/platform.ts";
import { type ListenAddress, listenProblem } from "../listen-address.ts";
import type { Part } from "../part.ts";
import { healthOf } from "./health.ts";
import { metricsOf } from "./metrics.ts";

export { monitoringAddress } from "./address.ts";

/** Where a process tells how it is; apart from what it serves, since nobody signs in to it. */
export interface Monitoring {
  observe: RequestHandler;
  port: number;
  close(): Promise<void>;
}

/**
 * Listens for `/healthz/live` (the process answers), `/healthz` (it is to be given work: 200, otherwise 503) and `/metrics`.
 *
 * @param takesWork whether the process has begun to serve and was not told to end
 */
export async function openMonitoring(
  platform: Platform,
  { part, address, takesWork }: { part: Part; address: ListenAddress; takesWork: () => boolean },
): Promise<Monitoring> {
  const health = healthOf(platform, takesWork);
  const metrics = metricsOf(platform, part);
  const answer = async (path: string): Promise<[status: number, type: string, text: string]> => {
    switch (path) {
      case "/healthz/live":
        return [200, "application/json", JSON.stringify({ live: true, part })];
      case "/healthz": {
        const found = await health();
        return [found.ready ? 200 : 503, "application/json", JSON.stringify({ ...found, part })];
      }
      case "/metrics":
        return [200, metrics.contentType, await metrics.read()];
      default:
        return [404, "text/plain", "not found"];
    }
  };
  const server = createServer((request, response) => {
    const asks = request.method === "GET" || request.method === "HEAD";
    answer(asks ? (request.url ?? "").replace(/\?.*$/, "") : "")
      .catch((error: unknown): [number, string, string] => {
        console.error(`監視: ${describe(error)}`);
        return [500, "text/plain", "error"];
      })
      .then(([status, type, text]) => {
        response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(text);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenProblem(address, error)));
    server.listen(address.port, address.host, resolve);
  });
  const bound = server.address();
  return {
    observe: metrics.observe,
    port: typeof bound === "object" ? (bound?.port ?? 0) : 0,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
