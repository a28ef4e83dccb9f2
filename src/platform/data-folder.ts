/** Folder for keys, seals, packages and the embedded database. */
export const defaultDataFolder = (): string => process.env.MADOGUCHI_DATA ?? ".data";
