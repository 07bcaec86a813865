"""Transcribes a WAV file with the Python package moonshine-voice and prints the outcome as one JSON line.

    moonshineVoice.py FILE.wav [--words-only] [--cluster-every SECONDS] [--analyse-every SECONDS]

The whole file goes to the library in one call, which is its quickest way; models come out of the package.
"""

import argparse
import importlib.metadata
import json
import time

from moonshine_voice import ModelArch, get_model_path, load_wav_file
from moonshine_voice.transcriber import Transcriber


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--words-only", action="store_true")
    parser.add_argument("--cluster-every")
    parser.add_argument("--analyse-every")
    arguments = parser.parse_args()
    options = {"return_audio_data": "false"}
    if not arguments.words_only:
        options["identify_speakers"] = "true"
    if arguments.cluster_every:
        options["diarization_cluster_cadence"] = arguments.cluster_every
    if arguments.analyse_every:
        options["diarization_analyze_cadence"] = arguments.analyse_every
    samples, rate = load_wav_file(arguments.file)
    transcriber = Transcriber(
        model_path=get_model_path("tiny-en"), model_arch=ModelArch.TINY, options=options
    )
    started = time.perf_counter()
    lines = transcriber.transcribe_without_streaming(samples, rate).lines
    seconds = time.perf_counter() - started
    turns = [
        {
            "start": span.start_time,
            "end": span.start_time + span.duration,
            "speaker": str(span.speaker_index),
        }
        for line in lines
        for span in line.speaker_spans or []
    ]
    result = {
        "version": importlib.metadata.version("moonshine-voice"),
        "transcribeSeconds": seconds,
        "text": " ".join(line.text for line in lines),
        "turns": turns,
    }
    print(json.dumps(result))
    transcriber.close()


main()
