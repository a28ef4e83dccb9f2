import type { Request, Response } from "express";
import type { ComponentChildren } from "preact";

/**
 * Sends each thing yielded as a server-sent event, then `finished`, or `stopped` where it broke off: each unit of work asks
 * for the session, so that nobody looks on behind a lock, and looking on prolongs nothing.
 */
export async function sendEvents(
  { request, response }: { request: Request; response: Response },
  events: (closed: AbortSignal) => AsyncIterable<ComponentChildren>,
  render: (content: ComponentChildren) => string,
): Promise<void> {
  const closed = new AbortController();
  request.on("close", () => closed.abort("left"));
  response.status(200).set({
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  try {
    for await (const content of events(closed.signal)) {
      if (closed.signal.aborted) break;
      response.write(`data: ${render(content).replaceAll(/\r\n?|\n/g, "&#10;")}\n\n`);
    }
    response.write(`event: ${closed.signal.aborted ? "stopped" : "finished"}\ndata: -\n\n`);
  } catch {
    // The page asks again when the lock is off; the error stands in the log of the batch.
    response.write("event: stopped\ndata: -\n\n");
  } finally {
    response.end();
  }
}
