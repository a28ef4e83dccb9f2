import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type KeyService, lockedKeys } from "#src/platform/vault/key-service.ts";
import type { KeyStore } from "#src/platform/vault/key-store.ts";

/** A store in memory, with the meaning that files have. */
function memory(): KeyStore & { held: Map<string, Buffer> } {
  const held = new Map<string, Buffer>();
  return {
    held,
    names: () => [...held.keys()],
    read: (name) => held.get(name),
    keep: (name, secret) => void (held.has(name) || held.set(name, secret)),
    destroy: (name) => void held.delete(name),
  };
}

/** A service whose keys stand in memory: a key a secret, as a module does it. */
function service(): KeyService & { keys: Map<string, Buffer> } {
  const keys = new Map<string, Buffer>();
  return {
    keys,
    lock(name, secret) {
      const [id, key, iv] = [randomBytes(16), randomBytes(32), randomBytes(12)];
      keys.set(id.toString("hex"), key);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(name));
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([id, iv, cipher.getAuthTag(), sealed]);
    },
    unlock(name, locked) {
      const key = keys.get(locked.toString("hex", 0, 16));
      if (!key) throw new Error("destroyed");
      const cipher = createDecipheriv("aes-256-gcm", key, locked.subarray(16, 28))
        .setAAD(Buffer.from(name))
        .setAuthTag(locked.subarray(28, 44));
      return Buffer.concat([cipher.update(locked.subarray(44)), cipher.final()]);
    },
    forget: (_name, locked) => void keys.delete(locked.toString("hex", 0, 16)),
  };
}

describe("鍵管理装置で包んだ秘密は", () => {
  test("保管先には暗号文しか置かれず、名前で読み出せる", () => {
    const [store, secret] = [memory(), randomBytes(64)];
    const locked = lockedKeys(store, service());
    locked.keep("epoch-0.key", secret);
    expect(locked.read("epoch-0.key")).toEqual(secret);
    expect(locked.names()).toEqual(["epoch-0.key"]);
    expect([...store.held.values()].some((kept) => kept.includes(secret))).toBe(false);
  });

  test("先に置かれたものが残り、後から来た側の鍵は装置に残らない", () => {
    const [store, hsm] = [memory(), service()];
    const [first, second] = [randomBytes(64), randomBytes(64)];
    lockedKeys(store, hsm).keep("search.key", first);
    lockedKeys(store, hsm).keep("search.key", second);
    expect(lockedKeys(store, hsm).read("search.key")).toEqual(first);
    expect(hsm.keys.size).toBe(1);
  });

  test("破棄すると、暗号文の控えがあっても開けない", () => {
    const [store, hsm] = [memory(), service()];
    const locked = lockedKeys(store, hsm);
    locked.keep("epoch-0.key", randomBytes(64));
    const copy = new Map(store.held);
    locked.destroy("epoch-0.key");
    expect(locked.names()).toEqual([]);
    expect(locked.read("epoch-0.key")).toBeUndefined();
    for (const [name, kept] of copy) store.held.set(name, kept);
    expect(() => locked.read("epoch-0.key")).toThrow();
  });

  test("別の名前の秘密に差し替えられない", () => {
    const store = memory();
    const locked = lockedKeys(store, service());
    locked.keep("epoch-1.key", randomBytes(64));
    store.held.set("epoch-2.key.locked", store.held.get("epoch-1.key.locked") ?? Buffer.alloc(0));
    expect(() => locked.read("epoch-2.key")).toThrow();
  });

  test("平文で置かれていた以前の秘密は、読んだときに包み直され、平文は残らない", () => {
    const [store, secret] = [memory(), randomBytes(64)];
    store.keep("search.key", secret);
    const locked = lockedKeys(store, service());
    expect(locked.names()).toEqual(["search.key"]);
    expect(locked.read("search.key")).toEqual(secret);
    expect([...store.held.keys()]).toEqual(["search.key.locked"]);
    expect(locked.read("search.key")).toEqual(secret);
  });
});
