/** Something that is made when it is asked for the first time. */
export interface Lazy<T> {
  (): Promise<T>;
  /** What is being made or was; undefined where nobody has asked. */
  readonly asked: Promise<T> | undefined;
}

/** Makes something once, with the first call; all calls get the same, or the same failure. */
export function lazily<T>(make: () => Promise<T>): Lazy<T> {
  let asked: Promise<T> | undefined;
  const ask = (): Promise<T> => (asked ??= make());
  return Object.defineProperty(ask, 'asked', { get: () => asked }) as Lazy<T>;
}
