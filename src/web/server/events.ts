import type { Request, Response } from "express";
import type { ComponentChildren } from "preact";

/**
 * A page that follows a batch is no person at work: its stream ends before the idle lock would fall,
 * so that looking on does not keep a session open.
 */
const longest = 14 * 60_000;

/** Sends each thing yielded as a server-sent event, then `finished` (or `stopped` when time ran out). */
export async function sendEvents(
  { request, response }: { request: Request; response: Response },
  events: (closed: AbortSignal) => AsyncIterable<ComponentChildren>,
  render: (content: ComponentChildren) => string,
): Promise<void> {
  const closed = new AbortController();
  const outOfTime = setTimeout(() => closed.abort("time"), longest);
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
    // The page asks again by itself; the error stands in the log of the batch.
    response.write("event: stopped\ndata: -\n\n");
  } finally {
    clearTimeout(outOfTime);
    response.end();
  }
}
