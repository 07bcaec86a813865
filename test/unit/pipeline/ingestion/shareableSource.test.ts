import { describe, expect, it } from 'vitest';
import { shareableSource } from '../../../../src/pipeline/ingestion/shareableSource.ts';

describe('shareableSource', () => {
  it.each([
    ['https://cdn.example/talk.mp3?token=secret#t=3', 'https://cdn.example/talk.mp3'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['/home/ada/private/board meeting.m4a', 'board meeting.m4a'],
    ['/media/a:b.mp3', 'a:b.mp3'],
  ])('%s', (source, shared) => {
    expect(shareableSource(source)).toBe(shared);
  });
});
