import type { KeyStore } from "./key-store.ts";

/** What locks secrets with keys that never leave it: a hardware security module, or a key service of the city. */
export interface KeyService {
  /** Locks a secret under a key of its own; what comes back is kept elsewhere and opened by this service alone. */
  lock(name: string, secret: Buffer): Buffer;
  /**
   * @throws where its key was destroyed, or what was kept was changed
   */
  unlock(name: string, locked: Buffer): Buffer;
  /** Destroys the key of what was locked: from now on no copy of it is opened by anybody. */
  forget(name: string, locked: Buffer): void;
}

/**
 * Secrets that lie locked in another store: whoever takes that store away has nothing without the service. Secrets that
 * lie there in clear from before are locked when they are first read.
 */
export function lockedKeys(store: KeyStore, service: KeyService): KeyStore {
  const read = (name: string): Buffer | undefined => {
    const locked = store.read(lockedName(name));
    return locked && service.unlock(name, locked);
  };
  const keep = (name: string, secret: Buffer): void => {
    const locked = service.lock(name, secret);
    store.keep(lockedName(name), locked);
    // Another was first: the key made here locks nothing.
    if (!store.read(lockedName(name))?.equals(locked)) service.forget(name, locked);
  };
  const lockClear = (name: string): void => {
    const clear = store.read(name);
    if (!clear) return;
    keep(name, clear);
    // Only when it opens again: the secret in clear was the only one.
    if (!read(name)?.equals(clear)) throw new Error(`the key service does not give ${name} back`);
    store.destroy(name);
  };
  return {
    names: () => [...new Set(store.names().map((name) => name.replace(/\.locked$/, "")))],
    read(name) {
      lockClear(name);
      return read(name);
    },
    keep,
    destroy(name) {
      const locked = store.read(lockedName(name));
      if (locked) service.forget(name, locked);
      store.destroy(lockedName(name));
      store.destroy(name);
    },
  };
}

const lockedName = (name: string) => `${name}.locked`;
