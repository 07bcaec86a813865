import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the VSIX of a platform, as `process.platform` and `process.arch` call it. */
export function vsixName(platform: string, arch: string): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return `earshot-${platform}-${arch}-${version}.vsix`;
}

/** Patterns of the files in node_modules that one platform needs beside the platform-neutral ones of .vscodeignore. */
export function nativeFiles(platform: string, arch: string): string[] {
  const vecPlatform = platform === 'win32' ? 'windows' : platform;
  const ffmpeg = platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  // DirectML and the DirectX compiler serve graphics processors only.
  const runtime = { linux: 'libonnxruntime.so.*', darwin: 'libonnxruntime.*.*.*.dylib' }[platform];
  // Calls of the system are made on Linux only; the build for musl serves no platform that a VSIX is made for.
  const calls = `node_modules/@koromix/koffi-${platform}-${arch}`;
  const systemCalls = [
    `${calls}/package.json`,
    `${calls}/index.js`,
    `${calls}/${platform}_${arch}/koffi.node`,
  ];
  return [
    ...(platform === 'linux' ? systemCalls : []),
    `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    `node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/onnxruntime_binding.node`,
    `node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/${runtime ?? 'onnxruntime.dll'}`,
    `node_modules/sqlite-vec-${vecPlatform}-${arch}/package.json`,
    `node_modules/sqlite-vec-${vecPlatform}-${arch}/vec0.*`,
    `node_modules/@ffmpeg-installer/${platform}-${arch}/package.json`,
    `node_modules/@ffmpeg-installer/${platform}-${arch}/${ffmpeg}`,
  ];
}
