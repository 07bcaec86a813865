/**
 * Containers that hold their media themselves. All others are refused, above all those that are lists
 * of further addresses (hls, dash, concat, sdp, image2): a crafted file must not make ffmpeg open
 * other files or the network.
 */
const SELF_CONTAINED_FORMATS = [
  ...['aac', 'ac3', 'aiff', 'amr', 'ape', 'asf', 'au', 'avi', 'caf', 'dts', 'eac3', 'flac', 'flv'],
  ...['gsm', 'iamf', 'matroska', 'webm', 'mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'mp3', 'mpc'],
  ...['mpc8', 'mpeg', 'mpegts', 'mpegvideo', 'ogg', 'rm', 'tta', 'voc', 'w64', 'wav', 'wv'],
];

/**
 * Input options and the input's name for any call of ffmpeg on a local file.
 *
 * `file:` keeps names with colons or leading dashes from being read as a protocol or an option.
 */
export function inputArguments(file: string): { options: string[]; name: string } {
  return {
    options: [
      ...['-protocol_whitelist', 'file,pipe'],
      ...['-format_whitelist', SELF_CONTAINED_FORMATS.join(',')],
      // More decoder threads save no time here: audio decoders do not use them.
      ...['-threads', '1'],
    ],
    name: `file:${file}`,
  };
}
