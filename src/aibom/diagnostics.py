"""What can go wrong in the world that is scanned: the codes of diagnostics, and what they mean."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "Level", "Meaning"]


class Level(StrEnum):
    """How much a diagnostic or a finding matters."""

    INFO = "info"
    """Good to know; the bill is complete all the same."""
    WARNING = "warning"
    """Something was not decided or not read: the bill is incomplete."""
    ERROR = "error"
    """A part of aibom or of a plugin failed: the bill is incomplete, and somebody should be told."""


@frozen
class Meaning:
    """What a diagnostic code says, for the reference and for people who meet it."""

    level: Level
    says: str
    """What holds when this code is reported; one sentence."""
    remedy: str
    """What a reader can do about it; one sentence."""


CODES: Mapping[str, Meaning] = MappingProxyType(
    {
        # What the code leaves open.
        "supplied-by-caller": Meaning(
            Level.INFO,
            "A loader takes its model or dataset from a public parameter without a default: whoever calls decides.",
            "Nothing is missing here; look at the programs that call this function.",
        ),
        "not-followed": Meaning(
            Level.WARNING,
            "A recognised call names its model or dataset by an expression whose value could not be found in the tree.",
            "Read the place; write the id as a default or a constant, or describe it by hand.",
        ),
        "limit-reached": Meaning(
            Level.WARNING,
            "Following a value was stopped because it became too deep or too wide.",
            "Read the place; the values found until then are in the bill.",
        ),
        # Files.
        "unreadable": Meaning(
            Level.WARNING,
            "A file or folder could not be read: no permission, a device error, or it vanished during the scan.",
            "Give the scan the permission to read it, or exclude it.",
        ),
        "not-a-file": Meaning(
            Level.INFO,
            "A FIFO, a socket or a device stands in the tree; it was not opened.",
            "Nothing, unless a file was meant.",
        ),
        "broken-link": Meaning(
            Level.INFO,
            "A symbolic link points to nothing, to itself, or in a circle.",
            "Mend or remove the link.",
        ),
        "outside-root": Meaning(
            Level.INFO,
            "A symbolic link leads out of the scanned folder; it was not followed.",
            "Scan the other place too, if it belongs to the project.",
        ),
        "too-large": Meaning(
            Level.WARNING,
            "A file is larger than the limit and was not read.",
            "Raise the limit (--max-file-size), or exclude the file.",
        ),
        "not-text": Meaning(
            Level.INFO,
            "A file that is named like source or settings holds binary data.",
            "Nothing, unless text was meant.",
        ),
        "bad-encoding": Meaning(
            Level.INFO,
            "A file is not in the encoding that it declares, or in none that is known; the odd bytes were replaced.",
            "Save the file as UTF-8.",
        ),
        # What files say.
        "syntax-error": Meaning(
            Level.WARNING,
            "A file does not follow the grammar of its language; the facts around the break were read.",
            "Mend the file, or exclude it.",
        ),
        "too-deep": Meaning(
            Level.WARNING,
            "A file nests its expressions or values deeper than aibom follows.",
            "Exclude the file, or split it.",
        ),
        "minified": Meaning(
            Level.INFO,
            "A file of JavaScript is minified or bundled, made of sources that people wrote: it, or its longest lines, "
            "were not read.",
            "Scan the sources, or the packages, that it is made of.",
        ),
        "too-many": Meaning(
            Level.WARNING,
            "A file states more values than aibom keeps for one file.",
            "Exclude the file, or split it.",
        ),
        "malformed-notebook": Meaning(
            Level.WARNING,
            "A notebook is not of the form that nbformat describes; what could be read was read.",
            "Open and save the notebook with Jupyter.",
        ),
        "malformed-manifest": Meaning(
            Level.WARNING,
            "A manifest or lock file, or a line of it, is not of its format; the rest was read.",
            "Make the file anew with its tool.",
        ),
        "unreadable-weights": Meaning(
            Level.WARNING,
            "A model file is truncated, damaged, or not of the format that its name says.",
            "Fetch the file anew, and do not load it before you know what it is.",
        ),
        "not-hashed": Meaning(
            Level.INFO,
            "A model file has no SHA-256, because it is larger than the limit.",
            "Raise the limit with --hash-limit, or hash it with a tool of its own.",
        ),
        "unsafe-pickle": Meaning(
            Level.WARNING,
            "A pickle imports something that can run code, open a file or reach what can, when it is loaded.",
            "Do not load it before you know what it does; ask for a file in safetensors or ONNX.",
        ),
        "unreadable-pickle": Meaning(
            Level.WARNING,
            "A pickle could not be read to its end, so it is not known what it imports.",
            "Do not load it before you know what it is; ask for a file in safetensors or ONNX.",
        ),
        "unknown-pickle": Meaning(
            Level.INFO,
            "A pickle imports what no table knows, of the project itself or of a library; it runs when it is loaded.",
            "Look at the classes that are named, or ask for a file in safetensors or ONNX.",
        ),
        "code-in-model": Meaning(
            Level.WARNING,
            "A model carries code of its own that runs when it is loaded, such as a Lambda layer of Keras.",
            "Load it in safe mode, or do not load it before you know what the code does.",
        ),
        "missing-shard": Meaning(
            Level.WARNING,
            "A model is in several files, and one of them is not in the tree.",
            "Fetch the file, or scan where it lies.",
        ),
        # What somebody has decided.
        "decision-applied": Meaning(
            Level.INFO,
            "Somebody has decided that what a rule finds needs nothing done, and said why: it is no finding.",
            "Nothing; look at the reason again when the code changes.",
        ),
        "decision-expired": Meaning(
            Level.INFO,
            "A decision has run out, and settles nothing any more.",
            "Decide anew, or take it out of the file.",
        ),
        "decision-unused": Meaning(
            Level.INFO,
            "A decision is about nothing in the bill.",
            "Correct its id or its component, or take it out of the file.",
        ),
        # What enrichers say.
        "contradiction": Meaning(
            Level.INFO,
            "Two sources say different things of a component; the one that is nearer to the code is kept.",
            "Look at both, and correct the one that is wrong.",
        ),
        "notices-not-asked": Meaning(
            Level.WARNING,
            "Security notices about libraries were not looked up: offline, out of reach, or not in the dump.",
            "Ask again with the network, or give a dump of osv.dev that has the ecosystem.",
        ),
        "notices-no-version": Meaning(
            Level.INFO,
            "The exact version of a library is not known, so no notice can be matched: it was not checked.",
            "Pin the library, or scan with the lock file beside the code.",
        ),
        "notices-undecided": Meaning(
            Level.WARNING,
            "A notice names the library, and whether it is about the version that is used could not be decided.",
            "Read the notice; its ranges are written in versions that have no order that aibom knows.",
        ),
        "licence-not-read": Meaning(
            Level.INFO,
            "A repository of a hub lists a file that is called like a licence, and its text was not read.",
            "Enrich again later, or read the file on the page of the repository.",
        ),
        "licence-not-recognised": Meaning(
            Level.INFO,
            "A file that is called like a licence has a text that is none of those that aibom knows for certain.",
            "Read it; what the card declares stands in the bill all the same.",
        ),
        "hub-not-asked": Meaning(
            Level.WARNING,
            "A hub was not asked about components, because the run was offline, and the cache does not know them.",
            "Enrich once with the network, or take a cache from a machine that has it (aibom cache export, import).",
        ),
        "hub-unavailable": Meaning(
            Level.WARNING,
            "A hub could not be reached, failed, or its quota was used up; what it knows of the components is missing.",
            "Enrich again later: what was answered is kept. A token raises the quota.",
        ),
        "hub-not-accessible": Meaning(
            Level.WARNING,
            "A hub does not give a repository to us; whether it does not exist or is private cannot be told apart.",
            "Check the id; give a token if the repository is private.",
        ),
        "hub-gated": Meaning(
            Level.INFO,
            "A repository is given only to those who accept its conditions.",
            "Accept them on the hub, and give a token.",
        ),
        "hub-disabled": Meaning(
            Level.WARNING,
            "A hub has switched a repository off, for instance after a complaint.",
            "Find out why before the model is used on.",
        ),
        "hub-gone": Meaning(
            Level.WARNING,
            "A hub says that a repository was removed.",
            "Find another source of it, and out why it was removed.",
        ),
        "hub-no-revision": Meaning(
            Level.WARNING,
            "A repository has no branch, tag or commit of the name that the code asks for.",
            "Correct the revision; a commit that is gone may have been rewritten.",
        ),
        "card-not-read": Meaning(
            Level.INFO,
            "The record of a repository was read, and the text of its card was not: offline, a fault, a large bill, or "
            "conditions that nobody has accepted.",
            "Enrich again: what was answered is kept, and the rest is asked for; or with a token that may read it.",
        ),
        "config-not-read": Meaning(
            Level.INFO,
            "A repository of a hub lists a config.json, and it was not read: offline, a fault, a gate, a large bill.",
            "Enrich again: how long an input may be, and the sizes of the model, stand there.",
        ),
        "lineage-cut": Meaning(
            Level.INFO,
            "What a model was made from was followed for some steps, and goes on: nobody was asked about the rest.",
            "Look up the base models that are named on their own pages.",
        ),
        "hash-mismatch": Meaning(
            Level.WARNING,
            "A file that should be one of a repository of the Hub has another SHA-256 than the hub states.",
            "Fetch the file anew, and find out who changed it before it is loaded.",
        ),
        "odd-card": Meaning(
            Level.INFO,
            "A card or a record has a field of an unusual form; everything else of it was read.",
            "Nothing, or tell the author of the card.",
        ),
        "cache-not-used": Meaning(
            Level.INFO,
            "The file for answers of hubs cannot be used; everything is asked for anew.",
            "Remove or repair the file, or name another one (--cache).",
        ),
        "enricher-failed": Meaning(
            Level.ERROR,
            "An enricher raised an exception on a component; what others know of it is kept.",
            "Tell the author of the enricher; the message has the exception.",
        ),
        "rule-failed": Meaning(
            Level.ERROR,
            "A rule raised an exception on a component; what it and others found is kept.",
            "Tell the author of the rule; the message has the exception.",
        ),
        "secret-literal": Meaning(
            Level.INFO,
            "A literal key of a service stands in the code or its settings; the bill and this message do not hold it.",
            "Take it out, also from the history, and revoke it; read it from the environment.",
        ),
        # What `validate` says of a document.
        "schema": Meaning(
            Level.ERROR,
            "A document breaks the schema of its version: the JSON schema, or the XSD.",
            "Mend the document at the JSON pointer, or at the path and line in XML, or tell the author of its tool.",
        ),
        "not-a-document": Meaning(
            Level.ERROR,
            "A text is neither JSON nor XML, is not CycloneDX, or of a version that cannot be judged.",
            "Check that this is the right file.",
        ),
        "duplicate-reference": Meaning(
            Level.ERROR,
            "Two parts of a document have the same bom-ref.",
            "Give each its own, and mend what refers to them.",
        ),
        "dangling-reference": Meaning(
            Level.ERROR,
            "A document refers to a bom-ref that nothing in it has.",
            "Add what is missing, or remove the reference.",
        ),
        "model-card-on-other": Meaning(
            Level.ERROR,
            "Something that is no machine-learning-model has a model card.",
            "Change its type, or remove the card.",
        ),
        "data-on-other": Meaning(
            Level.ERROR,
            "A component that is no data has `data`, which describes data alone.",
            "Change its type, or describe the data by a component of its own.",
        ),
        "hash-length": Meaning(
            Level.ERROR,
            "A digest does not have the length of its algorithm.",
            "Take it anew, or name the right algorithm.",
        ),
        "bad-bom-link": Meaning(
            Level.ERROR,
            "A reference begins as a BOM-Link and is none.",
            "Write `urn:cdx:<serial number>/<version>#<bom-ref>`, with the UUID in lower case.",
        ),
        "licence-id-case": Meaning(
            Level.ERROR,
            "The id of a licence is one of SPDX in other letters, upper or lower case.",
            "Write it as SPDX does.",
        ),
        "dataset-of-other-type": Meaning(
            Level.WARNING,
            "A model card names a component as a dataset that is not of type data.",
            "Refer to the component of the data.",
        ),
        "depends-on-missing": Meaning(
            Level.WARNING,
            "A dependency has no `dependsOn`, without which some readers fail (cdxgen).",
            "Write an empty list.",
        ),
        "repeated-dependency": Meaning(
            Level.WARNING,
            "The dependencies of one thing stand in two places.",
            "Write them in one.",
        ),
        "purl-without-commit": Meaning(
            Level.WARNING,
            "The version in a package URL of the Hugging Face Hub is no commit.",
            "Write the commit, or leave the version out and say the branch in a property.",
        ),
        "rules-not-checked": Meaning(
            Level.INFO,
            "XML holds an extension or a signature, so that only the schema was checked and not the rules beyond it.",
            "Nothing needs to be done; without the extension everything is checked.",
        ),
        "xsd-not-used": Meaning(
            Level.INFO,
            "lxml is not installed: XML was judged by the JSON schema of what it says.",
            "Install `aibom[xml]`.",
        ),
        "self-dependency": Meaning(
            Level.WARNING,
            "A component depends on itself.",
            "Remove the edge.",
        ),
        "bad-purl": Meaning(
            Level.WARNING,
            "A purl cannot be parsed.",
            "Write it as the purl specification says, or leave it out.",
        ),
        "machine-path": Meaning(
            Level.WARNING,
            "A document holds a path of the machine that made it.",
            "Write paths relative to the root of what was scanned.",
        ),
        # Plugins.
        "detector-failed": Meaning(
            Level.ERROR,
            "A detector raised an exception on a file; what it had found there before is kept.",
            "Tell the author of the detector; the message has the exception.",
        ),
        "plugin-not-loaded": Meaning(
            Level.ERROR,
            "An installed plugin could not be loaded.",
            "Update or remove the distribution that is named, or scan without plugins (--no-plugins).",
        ),
    }
)
"""Every code that aibom itself reports. Once released, a code stays and keeps its meaning."""
