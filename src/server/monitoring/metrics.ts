import type { RequestHandler } from "express";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { unsealedSince } from "#src/platform/audit/index.ts";
import { queueFigures } from "#src/platform/jobs/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { Part } from "../part.ts";
import { withinPatience } from "./within.ts";

/** Figures of a process in Prometheus's format. */
export interface Metrics {
  /** Goes before everything else that is served. */
  observe: RequestHandler;
  read(): Promise<string>;
  contentType: string;
}

/**
 * Figures of this process, and what its database says of the queue and the log. Labels are patterns of routes, states and
 * names of queues, never what was asked for: no address, number or name of anybody.
 */
export function metricsOf(platform: Platform, part: Part): Metrics {
  const register = new Registry();
  register.setDefaultLabels({ part });
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: "madoguchi_http_request_duration_seconds",
    help: "Time until a request was answered, by method, pattern of its route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [register],
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `madoguchi_${name}`, help, labelNames, registers: [register] });
  const pool = gauge("database_pool", "Transactions of this process by state", ["state"]);
  const up = gauge("database_up", "Whether the database answered");
  const jobs = gauge("jobs", "Jobs of the queue by queue and state", ["queue", "state"]);
  const oldest = gauge("jobs_oldest_seconds", "For how long the oldest due job waits", ["queue"]);
  const unsealed = gauge(
    "log_unsealed_seconds",
    "For how long the oldest record waits for its seal",
  );

  async function askDatabase(): Promise<void> {
    const [figures, since] = await Promise.all([
      queueFigures(platform.database.sql),
      unsealedSince(platform),
    ]);
    for (const { queue, state, count, waits } of figures) {
      jobs.set({ queue, state }, count);
      if (state === "waiting") oldest.set({ queue }, waits);
    }
    unsealed.set(since ? (Date.now() - since.getTime()) / 1000 : 0);
  }

  return {
    contentType: register.contentType,
    observe(request, response, next) {
      const begun = performance.now();
      response.once("close", () => {
        // Left open on purpose, as long as somebody looks on.
        if (String(response.getHeader("Content-Type")).startsWith("text/event-stream")) return;
        const route = typeof request.route?.path === "string" ? request.route.path : "other";
        const status = response.writableFinished ? String(response.statusCode) : "aborted";
        requests.observe(
          { method: request.method, route, status },
          (performance.now() - begun) / 1000,
        );
      });
      next();
    },
    async read() {
      const { size, inUse, waiting } = platform.database.load();
      pool.set({ state: "size" }, size);
      pool.set({ state: "in-use" }, inUse);
      pool.set({ state: "waiting" }, waiting);
      for (const one of [jobs, oldest, unsealed]) one.reset();
      // Figures of the process are told all the same.
      const answered = await withinPatience(askDatabase()).then(
        () => true,
        () => false,
      );
      up.set(answered ? 1 : 0);
      return register.metrics();
    },
  };
}
