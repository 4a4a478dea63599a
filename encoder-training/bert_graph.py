"""The teacher with its cut word table, and fewer layers if asked, as a plain ONNX graph in fp32."""

from pathlib import Path

import numpy as np
import onnx
import torch
from transformers import BertModel

OPSET = 18
MASKED = -10_000.0  # added to an attention score; exp of it is 0 in fp32


class TextToStates(torch.nn.Module):
    """input_ids, attention_mask [texts, tokens] → last_hidden_state [texts, tokens, dim].

    One kind of sentence only, so its type vector is folded into the position table,
    which is cut to `max_tokens` rows. Pooling is left to the caller.
    """

    def __init__(self, bert: BertModel, kept_ids: list[int], max_tokens: int):
        super().__init__()
        tables = bert.embeddings
        self.words = torch.nn.Embedding.from_pretrained(tables.word_embeddings.weight[kept_ids])
        places = tables.position_embeddings.weight[:max_tokens] + tables.token_type_embeddings.weight[0]
        self.places = torch.nn.Parameter(places.detach().clone())
        self.norm = tables.LayerNorm
        self.layers = bert.encoder.layer

    def forward(self, input_ids, attention_mask):
        tokens = input_ids.shape[1]
        states = self.norm(self.words(input_ids) + self.places[:tokens])
        mask = (1.0 - attention_mask[:, None, None, :].to(states.dtype)) * MASKED
        for layer in self.layers:
            states = layer(states, mask)
        return states


def load_student(
    folder: Path, kept_ids: list[int], max_tokens: int, layers: list[int] | None = None
) -> TextToStates:
    """The teacher's weights; `layers` names those kept (default: all)."""
    bert = BertModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
    if layers is not None:
        bert.encoder.layer = torch.nn.ModuleList(bert.encoder.layer[row] for row in layers)
    return TextToStates(bert.eval(), kept_ids, max_tokens).eval()


def export_fp32(student: TextToStates, path: Path) -> onnx.ModelProto:
    """Writes the graph and checks it against torch on another shape."""
    ids = torch.randint(0, 1000, (2, 8))
    mask = torch.ones_like(ids)
    axes = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        student,
        (ids, mask),
        str(path),
        dynamo=False,
        opset_version=OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_axes={name: axes for name in ("input_ids", "attention_mask", "last_hidden_state")},
    )
    check_against_torch(student, path)
    return onnx.load(path)


def check_against_torch(student: TextToStates, path: Path) -> None:
    import onnxruntime

    ids = torch.randint(0, 1000, (3, 21))
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    got = session.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})[0]
    with torch.no_grad():
        expected = student(ids, mask).numpy()
    error = float(np.abs(got - expected).max())
    if error > 1e-4:
        raise SystemExit(f"the exported graph differs from torch: got {error}, expected ≤ 1e-4")
