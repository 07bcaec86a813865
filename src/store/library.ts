import { Baselines } from './baselines.ts';
import { Claims } from './claims.ts';
import { Judgements } from './judgements.ts';
import { LivePieces } from './livePieces.ts';
import { type LibraryDatabase, openLibrary } from './open.ts';
import { Profiles } from './profiles.ts';
import { Publications } from './publications.ts';
import { Runs } from './runs.ts';
import { Stages } from './stages.ts';
import { Videos } from './videos.ts';

/** One open library file with its table groups. */
export interface Library {
  readonly path: string;
  readonly database: LibraryDatabase;
  readonly videos: Videos;
  readonly stages: Stages;
  readonly publications: Publications;
  readonly runs: Runs;
  readonly profiles: Profiles;
  readonly baselines: Baselines;
  readonly claims: Claims;
  readonly livePieces: LivePieces;
  readonly judgements: Judgements;
  close(): void;
}

/** Opens a library with all its table groups. @throws EarshotError */
export function openLibraryAt(path: string): Library {
  const database = openLibrary(path);
  return {
    path,
    database,
    videos: new Videos(database),
    stages: new Stages(database),
    publications: new Publications(database),
    runs: new Runs(database),
    profiles: new Profiles(database, path),
    baselines: new Baselines(database),
    claims: new Claims(database),
    livePieces: new LivePieces(database),
    judgements: new Judgements(database, path),
    close: () => database.close(),
  };
}
