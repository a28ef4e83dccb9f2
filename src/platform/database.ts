import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";

type NoSchema = Record<string, never>;
type DrizzleTransaction = Parameters<Parameters<PostgresJsDatabase<NoSchema>["transaction"]>[0]>[0];

/** A transaction: drizzle's for tables, and the driver's own for functions and bulk statements. */
export interface Transaction {
  drizzle: DrizzleTransaction;
  sql: TransactionSql;
}

/** Connections of the program's role. The only way in is {@link transaction}. */
export interface Database {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** For what needs no session: the start-up check, sign-in, LISTEN. */
  sql: Sql;
  /** How many transactions may run at once, how many do, and how many wait for their turn. */
  load(): { size: number; inUse: number; waiting: number };
  close(): Promise<void>;
}

/** Whether the driver that npm installed carries our patch (ADR 27): without it a connection that dies may take others along. */
export const driverIsPatched = () => "lostTransactionsEnd" in postgres;

/** Opens the pool of the program's role. Dates arrive as `YYYY-MM-DD`, numbers with leading zeros as text. */
export function openDatabase(address: string, poolSize = 10): Database {
  const sql = postgres(address, {
    max: poolSize,
    onnotice: () => {},
    connection: { application_name: "madoguchi" },
    // Seconds between attempts while the server is away; the driver's own grow to twenty.
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
  });
  const db = drizzle(sql);
  // drizzle sends arrays of dates and times as they are, which breaks them (drizzle-orm, postgres-js
  // driver); without its entries the driver's own way of writing arrays is used.
  for (const arrayType of ["1115", "1182", "1185"])
    delete sql.options.serializers[Number(arrayType)];
  // postgres.js can misplace BEGIN when more transactions ask than there are connections
  // (porsager/postgres#823, #1210): never ask for more.
  const admit = turnstile(poolSize);
  return {
    sql,
    load: () => ({ size: poolSize, ...admit.load() }),
    transaction: (work) =>
      admit(() =>
        db.transaction((tx) => work({ drizzle: tx, sql: withKeptPlans(driverOf(tx)) }), {
          isolationLevel: "read committed",
        }),
      ),
    close: () => sql.end({ timeout: 5 }),
  };
}

function driverOf(tx: DrizzleTransaction): TransactionSql {
  const session = tx._.session as unknown as { client: TransactionSql };
  return session.client;
}

/** More values than that are a list of some length: a statement that hardly comes a second time. */
const valuesOfKeptPlan = 40;

/**
 * drizzle has every statement parsed, described and planned anew, with all its policies. Prepared, a statement that comes
 * again on the same connection is bound and run.
 */
function withKeptPlans(client: TransactionSql): TransactionSql {
  const send = client.unsafe;
  client.unsafe = ((statement: string, values: never[] = [], options = {}) =>
    send(statement, values, {
      ...options,
      prepare: values.length > 0 && values.length <= valuesOfKeptPlan,
    })) as typeof send;
  return client;
}

interface Turnstile {
  <T>(task: () => Promise<T>): Promise<T>;
  load(): { inUse: number; waiting: number };
}

/** Lets at most `places` tasks run at once; the others wait in the order they came. */
export function turnstile(places: number): Turnstile {
  let free = places;
  const waiting: (() => void)[] = [];
  const load = () => ({ inUse: places - free, waiting: waiting.length });
  const admit = async <T>(task: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
  return Object.assign(admit, { load });
}
