import path from 'node:path';

/** Extensions of files that hold audio and that ffmpeg reads without other files beside them. */
const EXTENSIONS = new Set(
  (
    'aac ac3 aif aiff amr asf avi caf flac flv m4a m4b m4v mka mkv mov mp2 mp3 mp4 mpeg mpg oga ogg ' +
    'ogv opus ts wav weba webm wma wmv 3gp 3g2'
  ).split(' '),
);

/** Types that name a list of other addresses: yt-dlp reads those, not the plain downloader. */
const LIST_TYPE = /mpegurl|dash\+xml|vnd\.ms-sstr/;

const EXTENSION_OF_TYPE: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/webm': 'webm',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
};

/** The known media extension an address's path ends with, in lower case, or null. */
export function mediaExtension(url: URL): string | null {
  const extension = path.posix.extname(url.pathname).slice(1).toLowerCase();
  return EXTENSIONS.has(extension) ? extension : null;
}

/**
 * Whether an answer of that type at that address is one media file, and then the extension to keep it
 * under; null means that yt-dlp has to look at it.
 */
export function plainMediaExtension(contentType: string | null, url: URL): string | null {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (LIST_TYPE.test(type)) return null;
  const ofPath = mediaExtension(url);
  if (/^(?:audio|video)\//.test(type)) return ofPath ?? EXTENSION_OF_TYPE[type] ?? 'media';
  if (type === 'application/ogg') return ofPath ?? 'ogg';
  const says = type !== '' && type !== 'application/octet-stream' && type !== 'binary/octet-stream';
  return says ? null : ofPath;
}
