/**
 * What a free inference process takes first: the stage nearest to the transcript. So the first minutes are readable while
 * the rest is still being decoded, and little waits in between; a person who searches goes before all of them.
 */
export const PRIORITY = { search: 0, embed: 1, recognise: 2, voice: 3, segment: 4 } as const;
