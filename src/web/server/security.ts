import type { RequestHandler } from "express";
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
        objectSrc: ["'self'"],
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
