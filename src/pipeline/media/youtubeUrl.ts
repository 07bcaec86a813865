/** What a YouTube address names: a video, a playlist, or a video seen within a playlist. */
export type YoutubeReference = { readonly videoId?: string; readonly playlistId?: string };

const VIDEO_ID = /^[\w-]{11}$/;
const PLAYLIST_ID = /^[\w-]{2,64}$/;
const HOSTS = new Set([
  'youtube.com',
  'www.youtube.com',
  'm.youtube.com',
  'music.youtube.com',
  'youtube-nocookie.com',
  'www.youtube-nocookie.com',
]);
const ID_IN_PATH = /^\/(?:shorts|live|embed|v)\/([^/]+)\/?$/;

/**
 * Reads the video and playlist ids out of a YouTube address.
 *
 * Returns null for other hosts and for YouTube pages that name neither (channels, search): yt-dlp
 * decides what those are.
 */
export function parseYoutubeUrl(url: URL): YoutubeReference | null {
  const host = url.hostname.toLowerCase();
  const path = url.pathname;
  if (host === 'youtu.be') return reference(path.slice(1).replace(/\/$/, ''), listOf(url));
  if (!HOSTS.has(host)) return null;
  if (path === '/playlist') return reference(null, listOf(url));
  if (path === '/embed/videoseries') return reference(null, listOf(url));
  if (path === '/watch') return reference(url.searchParams.get('v'), listOf(url));
  return reference(ID_IN_PATH.exec(path)?.[1] ?? null, listOf(url));
}

/** The one address a video or playlist is known by, whichever form was pasted. */
export function canonicalYoutubeUrl(youtube: YoutubeReference): URL {
  if (youtube.videoId !== undefined) {
    return new URL(`https://www.youtube.com/watch?v=${youtube.videoId}`);
  }
  return new URL(`https://www.youtube.com/playlist?list=${youtube.playlistId ?? ''}`);
}

function listOf(url: URL): string | null {
  return url.searchParams.get('list');
}

function reference(videoId: string | null, playlistId: string | null): YoutubeReference | null {
  const video = videoId !== null && VIDEO_ID.test(videoId) ? { videoId } : {};
  const playlist = playlistId !== null && PLAYLIST_ID.test(playlistId) ? { playlistId } : {};
  const both = { ...video, ...playlist };
  return Object.keys(both).length === 0 ? null : both;
}
