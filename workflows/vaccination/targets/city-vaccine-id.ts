/** `city-7`: as records, coupons and subjects name a vaccine of the city's own, by the number under which two people entered it. */
export const cityVaccineId = (number: number): string => `city-${number}`;

/** Whether an id is one of the city's own. */
export const isCityVaccine = (id: string): boolean => /^city-[1-9]\d?$/.test(id);
