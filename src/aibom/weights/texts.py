"""Models that are text, or a few numbers before raw weights: told by how they begin."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

from aibom.expressions import expression
from aibom.weights.reading import LONGEST_TEXT, encodable, in_order

if TYPE_CHECKING:
    from aibom.weights.reading import Fact
    from aibom.weights.source import Source

__all__ = ["recognised"]

_LOOK: Final = 64 * 1024

# microsoft/LightGBM, src/boosting/gbdt_model_text.cpp: SaveModelToString.
_LIGHTGBM: Final = expression(rb"tree\r?\nversion=(v\d+)\r?\nnum_class=(\d+)")
_LIGHTGBM_OBJECTIVE: Final = expression(rb"^objective=([^\r\n]{1,100})", re.MULTILINE)
# dmlc/xgboost, doc/model.schema: an object with "learner" and "version", in this order or the other.
_XGBOOST: Final = expression(rb'\s*\{\s*"(?:learner"\s*:\s*\{\s*"|version"\s*:\s*\[\s*\d+\s*,)')
_XGBOOST_PART: Final = expression(rb'"(?:gradient_booster|learner_model_param|learner_train_param|feature_names)"')
_XGBOOST_OBJECTIVE: Final = expression(rb'"objective"\s*:\s*\{[^{}]{0,2000}?"name"\s*:\s*"([\w:]{1,100})"')
_PMML: Final = expression(rb"<PMML\b[^>]{0,2000}?\bversion=[\"']([\d.]{1,10})[\"']", re.DOTALL)
_PMML_MODEL: Final = expression(
    rb"<((?:Regression|Tree|Mining|NeuralNetwork|Clustering|GeneralRegression|NaiveBayes|SupportVectorMachine|RuleSet"
    rb"|Association|Scorecard|NearestNeighbor|GaussianProcess|BayesianNetwork|TimeSeries|AnomalyDetection|Text|Sequence)"
    rb"(?:Model|Network)?)\b"
)
_OPENVINO: Final = expression(rb"<net\s+name=\"([^\"<>]{0,500})\"\s+version=\"(\d{1,3})\"")
_VECTORS: Final = expression(rb"(\d{1,9}) (\d{1,5})\r?\n")
_DARKNET_LONG: Final = 2
_ALIGNED: Final = 4


def recognised(source: Source, suffix: str) -> tuple[str, tuple[Fact, ...]] | None:
    """
    Return the format of the model in *source*, and what it says; None when it is none of these.

    The *suffix* (lower-case, with its dot) only helps where a format has no magic number.
    """
    head = source.at(0, _LOOK)
    return _trees(head, suffix) or _xml(head) or _numbers(head, source.size, suffix)


_Found = tuple[str, "tuple[Fact, ...]"]


def _text(data: bytes) -> str:
    return encodable(data.decode("utf-8", "replace"))[:LONGEST_TEXT]


def _trees(head: bytes, suffix: str) -> _Found | None:
    if match := _LIGHTGBM.match(head):
        stated: list[Fact] = [("format-version", _text(match[1])), ("classes", int(match[2][:9]))]
        if objective := _LIGHTGBM_OBJECTIVE.search(head):
            stated.append(("objective", _text(objective[1])))
        return "lightgbm", in_order(stated)
    if _XGBOOST.match(head) and _XGBOOST_PART.search(head):
        stated = [("objective", _text(found[1])) for found in [_XGBOOST_OBJECTIVE.search(head)] if found]
        return "xgboost-json", in_order(stated)
    # https://ubjson.org: an object whose first key, of a length as an integer, is one of these two.
    if head[:1] == b"{" and re.match(rb"\{(?:i\x07|L\0{7}\x07|l\0{3}\x07|I\0\x07)(?:learner\{|version)", head):
        return ("xgboost-ubj", ()) if b"gradient_booster" in head or b"learner_model_param" in head else None
    if head.startswith((b"binf", b"bs64")) and suffix in {".model", ".bin", ".xgb", ".bst"}:
        return "xgboost-binary", ()
    if head.startswith(b"CBM1"):  # catboost/libs/model/model_import_interface.h: the magic of a binary model
        return "catboost", ()
    return None


def _xml(head: bytes) -> _Found | None:
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    if match := _PMML.search(head):
        kinds = {_text(kind) for kind in _PMML_MODEL.findall(head)}
        return "pmml", in_order([("format-version", _text(match[1])), *(("architecture", kind) for kind in kinds)])
    if (match := _OPENVINO.search(head)) and b"<layers" in head:
        return "openvino", in_order([("name", _text(match[1])), ("format-version", int(match[2]))])
    return None


def _numbers(head: bytes, size: int, suffix: str) -> _Found | None:
    if head.startswith((b"ptrt", b"ftrt")):  # how a plan of NVIDIA TensorRT begins
        return "tensorrt", ()
    # apache/mxnet, src/ndarray/ndarray.cc: kMXAPINDArrayListMagic, and a reserved number that is 0.
    if head[:16] == b"\x12\x01" + bytes(14):
        return "mxnet", ()
    if head[4:6] == b"ET" and head[6:8].isdigit():  # pytorch/executorch, schema/program.fbs: file_identifier
        return "executorch", ()
    if suffix == ".weights" and size > 20 and not size % _ALIGNED:  # the header
        major, minor, revision = struct.unpack_from("<3i", head)
        # pjreddie/darknet, src/parser.c: load_weights_upto.
        if major == 0 and 1 <= minor <= 5 and 0 <= revision <= 5:  # 0.1.0 to 0.2.5 were written
            at = 20 if major * 10 + minor >= _DARKNET_LONG else 16
            return "darknet", in_order(
                [("format-version", f"{major}.{minor}.{revision}"), ("parameters", (size - at) // 4)]
            )
    if suffix in {".bin", ".vec", ".w2v", ".txt"} and (match := _VECTORS.match(head)):
        # https://code.google.com/archive/p/word2vec: the number of words and of dimensions, and then each word.
        words, width = int(match[1]), int(match[2])
        rest = head[match.end() :]
        word, space, _ = rest[:200].partition(b" ")
        if not words or not 8 <= width <= 8192 or not space or not word or b"\n" in word:  # no vectors are wider
            return None
        binary = size >= match.end() + words * (4 * width + 2) and any(
            b > 126 or b < 9 for b in rest[len(word) + 1 :][:64]
        )
        numbers = rest.split(b"\n", 1)[0].split()[1:]
        text = len(numbers) == width and all(re.fullmatch(rb"-?\d*\.?\d+(?:e-?\d+)?", n) for n in numbers)
        if binary or text:
            facts = [("words", words), ("dimensions", width), ("parameters", words * width)]
            return ("word2vec" if binary else "word-vectors"), in_order(facts)
    return None
