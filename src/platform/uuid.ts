/** Whether a text can be asked for as a UUID; PostgreSQL answers others with an error. */
export const isUuid = (text: string): boolean =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
