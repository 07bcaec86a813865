/** Log-normal values around a centre; a share of them half as long again, as on a shared machine. */
export function noisySample(
  size: number,
  centre: number,
  cv: number,
  outliers: number,
  random: () => number,
): number[] {
  return Array.from({ length: size }, () => noisy(centre, cv, outliers, random));
}

export function noisy(centre: number, cv: number, outliers: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return centre * Math.exp(cv * normal) * (random() < outliers ? 1.5 : 1);
}
