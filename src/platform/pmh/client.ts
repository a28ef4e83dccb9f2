import { request as plain } from "node:http";
import { request as encrypted, type RequestOptions } from "node:https";
import { type HubAnswer, readHubAnswers } from "#src/formats/pmh/answers.ts";

/** Where rows go, and with what the city shows who it is. */
export interface HubAddress {
  url: string;
  /** Client certificate with its key, PEM. */
  certificate?: Buffer | undefined;
  /** Certificates by which the hub is known, PEM; those of the system where there is none. */
  authority?: Buffer | undefined;
  token?: string | undefined;
}

/** Why nothing can be told of what became of the rows. */
type Failure = "unreachable" | "timeout" | "server-error" | "credentials" | "unreadable-answer";

export type HubReply =
  | { kind: "answered"; answers: HubAnswer[] }
  /** `again`: the same request may be tried once more. */
  | { kind: "failed"; why: Failure; again: boolean };

/** An answer is a line a row; more than this is none. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Posts rows. Neither they nor the body of the answer are kept or told of: what comes back are codes alone. Never throws.
 *
 * @param timeout milliseconds for the whole of it
 */
export function postRows(
  hub: HubAddress,
  rows: readonly unknown[],
  { timeout, signal }: { timeout: number; signal: AbortSignal },
): Promise<HubReply> {
  const body = Buffer.from(JSON.stringify(rows));
  const url = new URL(hub.url);
  const options: RequestOptions = {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": body.length,
      ...(hub.token && { authorization: `Bearer ${hub.token}` }),
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    agent: false,
    ...(hub.certificate && { cert: hub.certificate, key: hub.certificate }),
    ...(hub.authority && { ca: hub.authority }),
    minVersion: "TLSv1.2",
  };
  return new Promise((resolve) => {
    const failed = (error: Error) => {
      const late = error.name === "TimeoutError" || (error.cause as Error)?.name === "TimeoutError";
      resolve({ kind: "failed", why: late ? "timeout" : "unreachable", again: !signal.aborted });
    };
    const send = url.protocol === "https:" ? encrypted : plain;
    const outgoing = send(url, options, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part: Buffer) => {
        size += part.length;
        if (size > mostBytes) response.destroy(new Error("too long"));
        else parts.push(part);
      });
      response.on("error", failed);
      response.on("end", () => resolve(replyOf(response.statusCode ?? 0, Buffer.concat(parts))));
    });
    outgoing.on("error", failed);
    outgoing.end(body);
  });
}

/** Rows may be refused one by one under whatever status: where an answer can be read, it counts. */
function replyOf(status: number, body: Buffer): HubReply {
  if (status === 401 || status === 403) return { kind: "failed", why: "credentials", again: false };
  const answers = readHubAnswers(body);
  if (answers && status < 500) return { kind: "answered", answers };
  if (status >= 500 || status === 429 || status === 408)
    return { kind: "failed", why: "server-error", again: true };
  return {
    kind: "failed",
    why: status >= 400 ? "server-error" : "unreadable-answer",
    again: false,
  };
}
