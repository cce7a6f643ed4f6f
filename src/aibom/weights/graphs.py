"""What other graphs in protobuf say about themselves: TensorFlow, Core ML, Caffe, PaddlePaddle, SentencePiece."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.weights.protobuf import Walk
from aibom.weights.reading import Unreadable, in_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from aibom.weights.protobuf import Field
    from aibom.weights.reading import Fact
    from aibom.weights.source import Source

    Facts = tuple[Fact, ...]

_OP: Final = expression(r"[A-Z_][A-Za-z0-9_>]*")
_NODE: Final = expression(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")
_MOST: Final = 100
_CORE_ML: Final = {
    # mlmodel/format/Model.proto of apple/coremltools: the numbers of ``oneof Type``.
    200: "pipeline-classifier",
    201: "pipeline-regressor",
    202: "pipeline",
    300: "glm-regressor",
    301: "support-vector-regressor",
    302: "tree-ensemble-regressor",
    303: "neural-network-regressor",
    304: "bayesian-probit-regressor",
    400: "glm-classifier",
    401: "support-vector-classifier",
    402: "tree-ensemble-classifier",
    403: "neural-network-classifier",
    404: "k-nearest-neighbors-classifier",
    500: "neural-network",
    501: "item-similarity-recommender",
    502: "ml-program",
    555: "custom-model",
    556: "linked-model",
    560: "class-confidence-thresholding",
    600: "one-hot-encoder",
    601: "imputer",
    602: "feature-vectorizer",
    603: "dict-vectorizer",
    604: "scaler",
    606: "categorical-mapping",
    607: "normalizer",
    609: "array-feature-extractor",
    610: "non-maximum-suppression",
    900: "identity",
    2000: "text-classifier",
    2001: "word-tagger",
    2002: "vision-feature-print",
    2003: "sound-analysis-preprocessing",
    2004: "gazetteer",
    2005: "word-embedding",
    2006: "audio-feature-print",
    3000: "serialized-model",
}


def saved_model(source: Source) -> Facts:
    """
    Return what a ``saved_model.pb`` says: tensorflow/core/protobuf/saved_model.proto and meta_graph.proto.

    ``tag`` and ``signature`` are names, ``nodes`` counts those of the graphs, ``tensorflow-version`` wrote it.
    """
    walk = Walk(source)
    stated: list[Fact] = []
    graphs = nodes = 0
    for position, field in enumerate(walk.fields(0, source.size)):
        if position == 0 and (field.number, field.wire) != (1, 0):
            raise Unreadable("It does not start with the version of a SavedModel.")
        if field.number == 1 and field.wire == 0:
            stated.append(("schema-version", field.value))
        elif field.number == 2 and field.wire == 2:  # meta_graphs
            graphs += 1
            for part in walk.inner(field):
                if part.number == 1:
                    stated += _meta(walk, part)
                elif part.number == 2:  # graph_def
                    nodes += sum(1 for node in walk.inner(part) if node.number == 1)
                elif part.number == 5 and len(stated) < _MOST:  # signature_def
                    stated += [("signature", name) for name in walk.texts(part, 1) if name]
    if not graphs:
        raise Unreadable("It has no graph.")
    return in_order([*stated, ("nodes", nodes)])


def _meta(walk: Walk, field: Field) -> list[Fact]:
    names = {4: "tag", 5: "tensorflow-version"}
    return [
        (names[part.number], text) for part in walk.inner(field) if part.number in names and (text := walk.text(part))
    ]


def graph_def(source: Source) -> Facts:
    """Return what a frozen graph says: tensorflow/core/framework/graph.proto. ``nodes`` counts its nodes."""
    walk = Walk(source)
    nodes = 0
    stated: list[Fact] = []
    for field in walk.fields(0, source.size):
        if field.number == 1:
            name, op = walk.texts(field, 1, 2)
            if not _NODE.fullmatch(name) or not _OP.fullmatch(op):
                raise Unreadable("A node has no name, or no operation.")
            nodes += 1
        elif field.number == 4:  # versions
            stated += [("producer-version", p.value) for p in walk.inner(field) if (p.number, p.wire) == (1, 0)]
        elif field.number not in {2, 3}:
            raise Unreadable("It has something that is no part of a graph.")
    if not nodes:
        raise Unreadable("It has no nodes.")
    return in_order([*stated, ("nodes", nodes)])


def core_ml(source: Source) -> Facts:
    """Return what a Core ML model says of itself: its specification, its kind, and what its author wrote."""
    walk = Walk(source)
    stated: list[Fact] = []
    kinds = 0
    for position, field in enumerate(walk.fields(0, source.size)):
        if position == 0 and ((field.number, field.wire) != (1, 0) or not 1 <= field.value <= _MOST):
            raise Unreadable("It does not start with the version of a specification.")
        if position == 0:
            stated.append(("specification-version", field.value))
        elif field.number == 2:  # description
            for part in walk.inner(field):
                if part.number == 100:  # metadata
                    stated += _authored(walk, part)
        elif field.number in _CORE_ML and field.wire == 2:  # a message
            kinds += 1
            stated.append(("architecture", _CORE_ML[field.number]))
        elif field.number != 10 and field.number > 20:  # isUpdatable; others may come
            raise Unreadable("It has something that is no part of a model.")
    if kinds != 1:
        raise Unreadable("It has no model of a kind that is known.")
    return in_order(stated)


def _authored(walk: Walk, field: Field) -> list[Fact]:
    names = {1: "description", 2: "version", 3: "author", 4: "license"}
    stated: list[Fact] = []
    for part in walk.inner(field):
        if part.number in names and (text := walk.text(part)):
            stated.append((names[part.number], text))
        elif part.number == 100 and len(stated) < _MOST:  # userDefined
            key, value = walk.texts(part, 1, 2)
            if key and value:
                stated.append((f"metadata:{key}", value))
    return stated


def caffe(source: Source) -> Facts:
    """Return what a Caffe model says: src/caffe/proto/caffe.proto, NetParameter."""
    walk = Walk(source)
    stated: list[Fact] = []
    layers = 0
    for field in walk.fields(0, source.size):
        if field.number == 1 and (name := walk.text(field)):
            stated.append(("name", name))
        elif field.number in {2, 100} and field.wire == 2:  # layers (V1) and layer
            layers += 1
        elif field.number > 100:  # the last field is layer
            raise Unreadable("It has something that is no part of a net.")
    if not layers:
        raise Unreadable("It has no layers.")
    return in_order([*stated, ("layers", layers)])


def paddle(source: Source) -> Facts:
    """Return what a PaddlePaddle program says: paddle/fluid/framework/framework.proto, ProgramDesc."""
    walk = Walk(source)
    blocks = ops = variables = 0
    for position, field in enumerate(walk.fields(0, source.size)):
        if position == 0 and (field.number, field.wire) != (1, 2):
            raise Unreadable("It does not start with a block.")
        if field.number == 1:
            blocks += 1
            for part in walk.inner(field):
                variables += part.number == 3  # vars
                ops += part.number == 4  # ops
    if not ops:
        raise Unreadable("It has no operations.")
    return in_order([("blocks", blocks), ("nodes", ops), ("variables", variables)])


def sentencepiece(source: Source) -> Facts:
    """Return what a SentencePiece model says: src/sentencepiece_model.proto. ``pieces`` is its vocabulary."""
    walk = Walk(source)
    kinds = {1: "unigram", 2: "bpe", 3: "word", 4: "char"}
    stated: list[Fact] = []
    pieces = trainer = 0
    for field in walk.fields(0, source.size):
        if field.number == 1 and field.wire == 2:  # pieces
            pieces += 1
            if pieces <= 3 and not any(walk.text(part) for part in islice(walk.inner(field), 1)):
                raise Unreadable("A piece has no text.")
        elif field.number == 2:  # trainer_spec
            trainer += 1
            stated += [
                ("architecture", kinds[part.value])
                for part in walk.inner(field)
                if (part.number, part.wire) == (3, 0) and part.value in kinds
            ]
        elif field.number > 5:  # denormalizer_spec is the last; others are extensions from 200 on
            raise Unreadable("It has something that is no part of a tokenizer.")
    if not pieces or not trainer:
        raise Unreadable("It has no pieces.")
    return in_order([*stated, ("pieces", pieces)])


READERS: Final[dict[str, Callable[[Source], Facts]]] = {
    "tensorflow-saved-model": saved_model,
    "tensorflow-graph": graph_def,
    "coreml": core_ml,
    "caffe": caffe,
    "paddle": paddle,
    "sentencepiece": sentencepiece,
}
"""The reader of each format; all of them raise `Unreadable` for what is none."""
