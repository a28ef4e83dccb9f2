import { openEmbeddedServer } from "#db/server/embedded.ts";

// A process that answers for an embedded server and never stops it: a test kills it.
await openEmbeddedServer(process.argv[2] ?? "", { alone: true });
console.log("runs");
setInterval(() => {}, 1000);
