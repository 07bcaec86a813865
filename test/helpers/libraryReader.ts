/**
 * A process of its own that has a library open: `node libraryReader.ts PATH`. It answers each message, a video's id, with
 * what it reads of that video's publication and how many segments there are.
 */
import { openLibraryAt } from '../../src/store/library.ts';

const library = openLibraryAt(process.argv[2] ?? '');
process.on('message', (videoId) => {
  const { count } = library.database
    .prepare<[], { count: number }>('SELECT count(*) AS count FROM segments')
    .get() ?? { count: 0 };
  process.send?.({ result: library.publications.result(String(videoId)) ?? null, segments: count });
});
process.on('disconnect', () => {
  library.close();
});
process.send?.('ready');
