import type { RequestHandler, Response } from "express";
import helmet from "helmet";

/** Nothing but our own files: no inline script or style, no frame but our own PDF previews. */
export const securityHeaders: RequestHandler[] = [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'self'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: "same-origin" },
    frameguard: { action: "sameorigin" },
    crossOriginEmbedderPolicy: false,
  }),
  (_request, response, next) => {
    // Pages hold personal data: no copy stays on the terminal.
    response.set("Cache-Control", "no-store");
    next();
  },
];

/** For a file that the browser shows itself: its viewer of PDFs counts as an object of the file. */
export function allowViewer(response: Response): void {
  const policy = String(response.get("Content-Security-Policy"));
  response.set("Content-Security-Policy", policy.replace("object-src 'none'", "object-src 'self'"));
}
