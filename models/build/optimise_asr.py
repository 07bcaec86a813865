"""Rewrite asr_encoder.onnx and asr_decoder.onnx (Moonshine tiny) into two smaller and faster graphs:

    asr_encode.onnx   audio -> keys and values of the decoder's cross attention
    asr_step.onnx     one greedy decoding step: ids -> next ids, log-probabilities, longer caches

    pip install -r requirements.txt
    python optimise_asr.py --models DIR_WITH_THE_TWO_MODELS --out .

The weights are those of the source: uint8 minus 128 is stored as int8 (onnxruntime's faster kernel),
with the same scales and zero points. Activations are quantised per row (one frame of one clip, or one
token of one clip) by the row's own largest magnitude, so a row does not depend on its batch.
The first and third convolution stay in fp32: the input of the third has outliers that int8 loses.
"""
import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as TP, helper as oh, numpy_helper as nh

HEADS, DIM, LAYERS, VOCAB = 8, 36, 6, 32768
HIDDEN = HEADS * DIM
ROTARY = 32            # of the 36 values of a head, the first 32 are rotated in pairs (0,1), (2,3)...
POSITIONS = 1024       # rows of the rotary tables: limits a clip to 1024 frames (24.5 s) and 1024 ids
STRIDE = 384           # samples per encoder frame: the product of the convolutions' strides 64, 3, 2
SCALE = 1 / 6          # 1 / sqrt(DIM), folded into the query weights' scale
MASKED = 1e9           # subtracted from the scores of padded frames
TINY = 1e-6            # least magnitude of a row of the convolutions (digital silence)
BLOCK = 128            # the arg-max first finds the best block of this many ids
MS = "com.microsoft"
END = 2**62            # "to the end" in Slice


class Source:
    """The tensors and nodes of a model and its subgraphs, by name."""

    def __init__(self, path):
        self.t, self.n = {}, {}
        self.walk(onnx.load(path).graph)

    def walk(self, g):
        self.t.update((t.name, nh.to_array(t)) for t in g.initializer)
        for n in g.node:
            self.n[n.name] = n
            for a in n.attribute:
                if a.HasField("g"):
                    self.walk(a.g)

    def matmul(self, name):
        """int8 weights [in, out], scale, int8 zero point."""
        n = self.n[name + "/MatMul_quant"]
        at = (1, 3, 5) if n.op_type == "MatMulIntegerToFloat" else (1, 2, 3)
        q, s, z = (self.t[n.input[i]] for i in at)
        return to_int8(q), float(s), int(z) - 128

    def norm(self, name):
        return self.t[self.n[name + "/LayerNormalization"].input[1]]


def to_int8(q):
    return (q.astype(np.int16) - 128).astype(np.int8)


class Graph:
    def __init__(self, name):
        self.name, self.nodes, self.init = name, [], {}
        p = np.arange(POSITIONS)[:, None] / 1e4 ** (np.arange(0, ROTARY, 2) / ROTARY)
        self.const("cos", np.cos(p).astype(np.float32))
        self.const("sin", np.sin(p).astype(np.float32))

    def const(self, name, a):
        a = np.asarray(a)
        if name in self.init:
            assert np.array_equal(nh.to_array(self.init[name]), a), name
        else:
            self.init[name] = nh.from_array(np.array(a, order="C"), name)
        return name

    def ints(self, *v):
        return self.const("ints " + " ".join(map(str, v)), np.array(v, np.int64))

    def num(self, v, t=np.float32):
        return self.const(f"{np.dtype(t).name} {v!r}", t(v))

    def op(self, kind, *ins, out=None, n=1, domain="", **attributes):
        name = f"{kind}_{len(self.nodes)}"
        outs = [out] if out else [f"{name}.{j}" for j in range(n)]
        self.nodes.append(oh.make_node(kind, ins, outs, name=name, domain=domain, **attributes))
        return outs[0] if n == 1 else outs

    def quantise(self, x, least=None):
        """uint8 rows around 128, and the largest magnitude of each row."""
        m = self.op("ReduceMax", self.op("Abs", x), self.ints(-1), keepdims=1)
        if least:
            m = self.op("Max", m, self.num(least))
        x = self.op("Div", x, m)
        return self.op("QuantizeLinear", x, self.num(1 / 127), self.num(128, np.uint8)), m

    def linear(self, quantised, name, *parts, bias=None):
        """parts: (int8 weights, scale, zero point), joined along the outputs."""
        scale, zero = parts[0][1], parts[0][2]
        if len(parts) > 1:
            scale, zero = (np.concatenate([np.full(p[0].shape[1], p[i]) for p in parts]) for i in (1, 2))
        w = self.const(name + ".weight", np.concatenate([p[0] for p in parts], 1))
        y = self.op("Mul", self.product(quantised[0], w, name, scale, zero), quantised[1])
        return y if bias is None else self.op("Add", y, self.const(name + ".bias", bias))

    def product(self, q, w, name, scale, zero):
        return self.op("MatMulIntegerToFloat", q, w, self.num(1 / 127), self.const(name + ".scale", np.array(scale, np.float32)),
                       self.num(128, np.uint8), self.const(name + ".zero", np.array(zero, np.int8)), domain=MS)

    def norm(self, x, name, weight):
        return self.op("LayerNormalization", x, self.const(name + ".weight", weight), axis=-1, epsilon=1e-5)

    def model(self, ins, outs):
        info = [[oh.make_tensor_value_info(n, t, s) for n, t, *s in v] for v in (ins, outs)]
        g = oh.make_graph(self.nodes, self.name, *info, list(self.init.values()))
        m = oh.make_model(g, opset_imports=[oh.make_opsetid("", 21), oh.make_opsetid(MS, 1)], ir_version=10)
        m.producer_name = "optimise_asr"
        onnx.checker.check_model(m)
        return m


def qkv(source, prefix):
    """Query (scaled), key and value projections."""
    q, k, v = (source.matmul(prefix + f"self_attn/{x}_proj") for x in "qkv")
    return (q[0], q[1] * SCALE, q[2]), k, v


def encoder(se, sd):
    g = Graph("encode")
    i = g.ints

    def frames(n, kernel, stride):
        """Windows that fit into n."""
        return g.op("Add", g.op("Div", g.op("Sub", n, i(kernel)), i(stride)), i(1))

    def inside(x, n):
        """[batch, time]: is this step of x within the row's n?"""
        t = g.op("Squeeze", g.op("Shape", x, start=1, end=2))
        t = g.op("Range", g.num(0, np.int64), t, g.num(1, np.int64))
        return g.op("Less", g.op("Unsqueeze", t, i(0)), g.op("Unsqueeze", n, i(1)))

    def windows(x, kernel, stride, width):
        """[batch, time, width] -> [batch, windows, kernel * width]; time must be a multiple of stride."""
        x = g.op("Reshape", x, i(0, -1, stride * width))
        count = -(-kernel // stride)
        parts = [g.op("Slice", x, i(j, 0), i(j + 1 - count or END, min(stride, kernel - j * stride) * width), i(1, 2))
                 for j in range(count)]
        return g.op("Concat", *parts, axis=2)

    def conv_weight(name):
        """uint8 [kernel * in, out] in the order of windows(), scale, uint8 zero point."""
        q, scale, low = (se.t[f"{name}.weight_add_tensor.{x}"] for x in ("q", "scale", "low"))
        zero = round(float(-low / scale))
        assert abs(float(zero * scale + low)) < float(scale) / 100
        return q.transpose(2, 1, 0).reshape(-1, q.shape[0]), float(scale), zero

    # whole frames only; the padding is outside every row's length
    spare = g.op("Mod", g.op("Neg", g.op("Shape", "audio", start=1, end=2)), i(STRIDE))
    x = g.op("Pad", "audio", g.op("Concat", i(0, 0, 0), spare, axis=0))
    n1 = frames("lengths", 127, 64)
    n3 = frames(frames(n1, 7, 3), 3, 2)

    # conv1: 127 samples every 64, as a product with two blocks of 64
    x = g.op("Unsqueeze", x, i(2))
    w = se.t["conv1.weight_add_tensor"].reshape(HIDDEN, 127).T
    x = windows(x, 128, 64, 1)
    x = g.op("Tanh", g.op("MatMul", x, g.const("conv1.weight", np.vstack([w, np.zeros((1, HIDDEN), np.float32)]))))

    # group norm with one group, over the row's own frames
    mask = g.op("Unsqueeze", g.op("Cast", inside(x, n1), to=TP.FLOAT), i(2))
    x = g.op("Mul", x, mask)
    count = g.op("Mul", g.op("Reshape", g.op("Cast", n1, to=TP.FLOAT), i(-1, 1, 1)), g.num(float(HIDDEN)))
    mean = g.op("Div", g.op("ReduceSum", x, i(1, 2), keepdims=1), count)
    square = g.op("Div", g.op("ReduceSumSquare", x, i(1, 2), keepdims=1), count)
    var = g.op("Sub", square, g.op("Mul", mean, mean))
    scale = g.op("Reciprocal", g.op("Sqrt", g.op("Add", var, g.num(1e-5))))
    scale = g.op("Mul", scale, g.const("groupnorm.weight", se.t["onnx::Mul_2080"].reshape(1, 1, HIDDEN)))
    shift = g.op("Sub", g.const("groupnorm.bias", se.t["onnx::Add_2081"].reshape(1, 1, HIDDEN)), g.op("Mul", scale, mean))
    x = g.op("Add", g.op("Mul", x, scale), shift)

    # conv2: 7 every 3, int8; one more frame makes their number a multiple of 6
    w, s, z = conv_weight("conv2")
    x = windows(g.op("Pad", x, i(0, 0, 0, 0, 1, 0)), 7, 3, HIDDEN)
    x = g.linear(g.quantise(x, TINY), "conv2", (to_int8(w), s, z - 128), bias=se.t["conv2.bias"])
    x = g.op("Gelu", x, domain=MS)
    # conv3: 3 every 2, fp32 with weights stored as int8
    w, s, z = conv_weight("conv3")
    w = g.op("DequantizeLinear", g.const("conv3.weight", to_int8(w)), g.const("conv3.scale", np.float32(s)),
             g.const("conv3.zero", np.int8(z - 128)))
    x = g.op("MatMul", windows(x, 3, 2, 2 * HIDDEN), w)
    x = g.op("Gelu", g.op("Add", x, g.const("conv3.bias", se.t["conv3.bias"])), domain=MS)

    ok = inside(x, n3)
    keys = g.op("Cast", ok, to=TP.INT32)
    bias = g.op("Mul", g.op("Sub", g.op("Cast", ok, to=TP.FLOAT), g.num(1.0)), g.num(MASKED))
    g.op("Unsqueeze", bias, i(1, 2), out="bias")
    for l in range(LAYERS):
        p = f"/layers.{l}/"
        h = g.norm(x, f"norm1.{l}", se.norm(p + "input_layernorm"))
        h = g.linear(g.quantise(h), f"qkv.{l}", *qkv(se, p))
        qk, v = g.op("Split", h, i(2 * HIDDEN, HIDDEN), n=2, axis=-1)
        qk = g.op("RotaryEmbedding", qk, i(0), "cos", "sin", domain=MS, interleaved=1, num_heads=2 * HEADS,
                  rotary_embedding_dim=ROTARY)
        q, k = g.op("Split", qk, n=2, axis=-1, num_outputs=2)
        a = g.op("MultiHeadAttention", q, k, v, "", keys, domain=MS, num_heads=HEADS, scale=1.0)
        x = g.op("Add", x, g.linear(g.quantise(a), f"out.{l}", se.matmul(p + "self_attn/o_proj")))
        h = g.norm(x, f"norm2.{l}", se.norm(p + "post_attention_layernorm"))
        h = g.linear(g.quantise(h), f"fc1.{l}", se.matmul(p + "mlp/fc1"), bias=se.t[f"layers.{l}.mlp.fc1.bias"])
        h = g.op("Gelu", h, domain=MS)
        h = g.linear(g.quantise(h), f"fc2.{l}", se.matmul(p + "mlp/fc2"), bias=se.t[f"layers.{l}.mlp.fc2.bias"])
        x = g.op("Add", x, h)
    x = g.quantise(g.norm(x, "norm", se.t["layer_norm.weight"]))

    outs = [("bias", TP.FLOAT, "batch", 1, 1, "frames")]
    for l in range(LAYERS):
        p = f"/model/decoder/layers.{l}/encoder_attn/"
        for v, perm, shape in (("k", [0, 2, 3, 1], (DIM, "frames")), ("v", [0, 2, 1, 3], ("frames", DIM))):
            y = g.op("Reshape", g.linear(x, f"cross_{v}.{l}", sd.matmul(p + v + "_proj")), i(0, 0, HEADS, DIM))
            g.op("Transpose", y, out=f"cross_{v}_{l}", perm=perm)
            outs.append((f"cross_{v}_{l}", TP.FLOAT, "batch", HEADS, *shape))
    return g.model([("audio", TP.FLOAT, "batch", "samples"), ("lengths", TP.INT64, "batch")], outs)


def step(sd):
    g = Graph("step")
    i = g.ints
    heads = i(-1, HEADS, 1, DIM)
    e = "model.decoder.embed_tokens.weight_merged_0_"
    table = g.const("words", to_int8(sd.t[e + "quantized"]))
    x = g.op("DequantizeLinear", g.op("Gather", table, "ids"), g.const("words.scale", sd.t[e + "scale"].astype(np.float32)),
             g.const("words.zero", to_int8(sd.t[e + "zero_point"])))
    past = g.op("Shape", "self_k_0", start=2, end=3)
    ins = [("ids", TP.INT64, "batch"), ("bias", TP.FLOAT, "batch", 1, 1, "frames")]
    outs = [("next_ids", TP.INT64, "batch"), ("logprob", TP.FLOAT, "batch")]
    for l in range(LAYERS):
        p, b = f"/model/decoder/layers.{l}/", f"model.decoder.layers.{l}.mlp."
        h = g.norm(x, f"norm1.{l}", sd.norm(p + "input_layernorm"))
        h = g.linear(g.quantise(h), f"qkv.{l}", *qkv(sd, p))
        qk, v = g.op("Split", h, i(2 * HIDDEN, HIDDEN), n=2, axis=-1)
        qk = g.op("RotaryEmbedding", g.op("Reshape", qk, i(-1, 2 * HEADS, 1, DIM)), past, "cos", "sin", domain=MS,
                  interleaved=1, num_heads=2 * HEADS, rotary_embedding_dim=ROTARY)
        q, k = g.op("Split", qk, n=2, axis=1, num_outputs=2)
        k = g.op("Concat", f"self_k_{l}", k, out=f"new_k_{l}", axis=2)
        v = g.op("Concat", f"self_v_{l}", g.op("Reshape", v, heads), out=f"new_v_{l}", axis=2)
        a = g.op("Softmax", g.op("FusedMatMul", q, k, domain=MS, transB=1), axis=-1)
        a = g.op("Reshape", g.op("MatMul", a, v), i(-1, HIDDEN))
        x = g.op("Add", x, g.linear(g.quantise(a), f"out.{l}", sd.matmul(p + "self_attn/o_proj")))

        h = g.norm(x, f"norm2.{l}", sd.norm(p + "post_attention_layernorm"))
        w, s, z = sd.matmul(p + "encoder_attn/q_proj")
        q = g.op("Reshape", g.linear(g.quantise(h), f"cross_q.{l}", (w, s * SCALE, z)), heads)
        a = g.op("Softmax", g.op("Add", g.op("MatMul", q, f"cross_k_{l}"), "bias"), axis=-1)
        a = g.op("Reshape", g.op("MatMul", a, f"cross_v_{l}"), i(-1, HIDDEN))
        x = g.op("Add", x, g.linear(g.quantise(a), f"cross_out.{l}", sd.matmul(p + "encoder_attn/o_proj")))

        h = g.norm(x, f"norm3.{l}", sd.norm(p + "final_layernorm"))
        h = g.linear(g.quantise(h), f"fc1.{l}", sd.matmul(p + "mlp/fc1"), bias=sd.t[b + "fc1.bias_merged_0"])
        u, gate = g.op("Split", h, n=2, axis=-1, num_outputs=2)
        h = g.op("Mul", g.op("QuickGelu", gate, domain=MS, alpha=1.0), u)
        h = g.linear(g.quantise(h), f"fc2.{l}", sd.matmul(p + "mlp/fc2"), bias=sd.t[b + "fc2.bias_merged_0"])
        x = g.op("Add", x, h)

        for v, shape in (("k", (DIM, "frames")), ("v", ("frames", DIM))):
            ins += [(f"self_{v}_{l}", TP.FLOAT, "batch", HEADS, "past", DIM), (f"cross_{v}_{l}", TP.FLOAT, "batch", HEADS, *shape)]
            outs.append((f"new_{v}_{l}", TP.FLOAT, "batch", HEADS, "past + 1", DIM))

    q, m = g.quantise(g.norm(x, "norm", sd.norm("/model/decoder/norm")))
    s, z = (sd.t["onnx::MatMul_3691_merged_0_" + v] for v in ("scale", "zero_point"))
    y = g.product(q, g.op("Transpose", table, perm=[1, 0]), "head", float(s), int(z) - 128)
    # a row's magnitude does not move its arg-max
    blocks = g.op("Reshape", y, i(-1, VOCAB // BLOCK, BLOCK))
    block = g.op("ArgMax", g.op("ReduceMax", blocks, i(2), keepdims=0), axis=1, keepdims=1)
    within = g.op("ArgMax", g.op("GatherND", blocks, block, batch_dims=1), axis=1, keepdims=1)
    g.op("Reshape", g.op("Add", g.op("Mul", block, i(BLOCK)), within), i(-1), out="next_ids")
    y = g.op("Softmax", g.op("Mul", y, m), axis=1)
    g.op("Log", g.op("ReduceMax", y, i(1), keepdims=0), out="logprob")
    return g.model(ins, outs)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--models", type=Path, required=True, help="folder with asr_encoder.onnx and asr_decoder.onnx")
    ap.add_argument("--out", type=Path, default=Path("."))
    a = ap.parse_args()
    a.out.mkdir(exist_ok=True, parents=True)
    se, sd = Source(a.models / "asr_encoder.onnx"), Source(a.models / "asr_decoder.onnx")
    for name, model in (("asr_encode.onnx", encoder(se, sd)), ("asr_step.onnx", step(sd))):
        data = model.SerializeToString(deterministic=True)
        (a.out / name).write_bytes(data)
        print(name, len(data), hashlib.sha256(data).hexdigest())
