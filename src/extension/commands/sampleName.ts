/** Whether a file of the sample's folder is the sample, rather than its text or licence. */
export function isMediaName(name: string): boolean {
  return /\.(mp3|m4a|wav|flac|ogg|opus|mp4|webm)$/i.test(name);
}
