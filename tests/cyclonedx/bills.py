"""Bills that tell what our documents look like: each is special in one way."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from aibom.bill import (
    Advisory,
    Bill,
    Card,
    Component,
    Coverage,
    Diagnostic,
    Evidence,
    Fact,
    Finding,
    Kind,
    Level,
    Location,
    Metric,
    ModelFile,
    Rating,
    Relation,
    RelationKind,
    Resolution,
    Settled,
    Skip,
    Target,
    Technique,
    Usage,
    Verdict,
)
from aibom.cyclonedx.purl import canonical_purl
from aibom.cyclonedx.text import is_machine_path, to_endpoint

__all__ = ["BILLS", "as_shown"]

COMMIT: Final = "86b5e0934494bd15c9632b12f734a8a67f723594"
CARD: Final = "card:front-matter"
TEXT: Final = "card:sections"
SHOP: Final = Target("shop", "1.0", "pkg:pypi/shop@1.0", "pyproject.toml")
SAID: Final = "statement:Ada Example <ada@shop.example>@2026-11-25"
"""Who states what no code shows, and when."""


def facts(source: str, **named: str | tuple[str, ...]) -> list[tuple[str, Fact]]:
    return [
        (name.replace("_", "-"), Fact(value, source))
        for name, values in named.items()
        for value in ((values,) if isinstance(values, str) else values)
    ]


def _full_card() -> Bill:
    """Everything that the card of a model can say, with its lineage, its data and its files."""
    tone = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone-lora",
        COMMIT,
        evidence=[
            Evidence(Location("shop/tone.py", 7, 24), "transformers", "transformers.pipeline", revision=COMMIT),
            Evidence(
                Location("shop/settings.py", 3, 9),
                "transformers",
                "transformers.AutoModel.from_pretrained",
                revision=COMMIT,
                confidence=0.9,
                reaches=(Location("shop/load.py", 12, 5), Location("shop/load.py", 20, 12)),
                context=[("trust_remote_code", "true")],
            ),
            Evidence(Location("notebooks/try.ipynb", 31, 5, 4), "transformers", usage=Usage.OPTIONAL, revision=COMMIT),
        ],
        card=Card(
            [
                *facts(
                    CARD,
                    task="text-classification",
                    publisher="acme",
                    language=("de", "en"),
                    tag=("sentiment", "support"),
                    arxiv="2106.09685",
                    doi="10.57967/hf/0001",
                    license_link="LICENSE.md",
                    co2_grams="1200",
                    co2_source="codecarbon",
                    co2_hardware="1 x A100",
                ),
                *facts(
                    TEXT,
                    description="Tells the tone of a message.",
                    use_case="Sort tickets.",
                    downstream_use="Route tickets.",
                    out_of_scope="Judge people.",
                    limitation="Short texts only.",
                    intended_user="Support teams.",
                    trade_off="Fast before exact.",
                    bias_risk="Irony is read as praise.",
                    recommendation="Let a person decide.",
                    training_data="Tickets of 2024.",
                ),
                *facts(
                    "file:config.json",
                    architecture="BertForSequenceClassification",
                    architecture_family="transformer",
                    hidden_size="768",
                    layers="12",
                    attention_heads="12",
                    vocab_size="30522",
                    context_length="512",
                    input="text",
                    output="scores",
                    approach="supervised",
                ),
                *facts("file:model.safetensors", parameters="109482240", dtype="F16", chat_template_sha256="d" * 64),
            ],
            [
                Metric("accuracy", "0.91", CARD, "text-classification", "acme/tickets", "de", "test", verified=True),
                Metric("f1", "0.9", CARD),
            ],
        ),
        licences=[Fact("apache-2.0", CARD), Fact("Apache-2.0", "file:LICENSE.md")],
        files=[
            ModelFile(
                "model.safetensors",
                f"hub:model_info@{COMMIT[:12]}",
                218_982_400,
                "safetensors",
                [("SHA-256", "a" * 64)],
                [
                    Verdict("protectai", "safe", "hub:tree"),
                    Verdict("picklescan", "suspicious", "hub:tree", "os.system"),
                ],
            ),
            ModelFile("config.json", f"hub:model_info@{COMMIT[:12]}", 612, hashes=[("git-sha1", "b" * 40)]),
        ],
        properties=[("digest-verified", "model.safetensors")],
    )
    base = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone",
        licences=[Fact("gemma", CARD)],
        evidence=[Evidence(Location("shop/tone.py", 8), "transformers", "load", revision="main")],
        resolutions=[Resolution(COMMIT, "main", "2026-11-25", "hub:https://huggingface.co")],
    )
    root = Component(Kind.MODEL, "huggingface", "acme/root")
    tickets = Component(Kind.DATASET, "huggingface", "acme/tickets")
    held_out = Component(Kind.DATASET, "huggingface", "acme/held-out")
    library = Component(
        Kind.LIBRARY,
        "pypi",
        "transformers",
        version="4.57.1",
        evidence=[Evidence(Location("uv.lock", 120), "libraries", technique=Technique.MANIFEST)],
        properties=[("category", "inference")],
    )
    return Bill(
        [tone, base, root, tickets, held_out, library],
        [
            Relation(tone.ref, base.ref, RelationKind.DERIVED_FROM, "adapter"),
            Relation(base.ref, root.ref, RelationKind.DERIVED_FROM, "finetune"),
            Relation(tone.ref, tickets.ref, RelationKind.TRAINED_ON),
            Relation(tone.ref, held_out.ref, RelationKind.TESTED_ON),
            Relation(tone.ref, library.ref, RelationKind.LOADED_BY),
        ],
        target=SHOP,
    )


def _datasets() -> Bill:
    """Datasets, with who is responsible for them and what is in them."""
    orders = Component(
        Kind.DATASET,
        "huggingface",
        "acme/orders",
        COMMIT,
        evidence=[Evidence(Location("train.py", 4, 10), "datasets", "datasets.load_dataset", revision=COMMIT)],
        card=Card(
            facts(
                CARD,
                publisher="acme",
                curator=("The data team", "Ada Example"),
                personal_data="Names and addresses of customers.",
                description="Orders of 2024.",
                task="text-classification",
                language="de",
                tag="orders",
                dataset_bytes="1048576",
                curation="Exported every night.",
            )
        ),
        licences=[Fact("cc-by-4.0", CARD)],
        files=[ModelFile("data/train.parquet", "hub:tree", 1_000_000, "parquet", [("SHA-256", "c" * 64)])],
    )
    local = Component(
        Kind.DATASET,
        "local",
        "train.jsonl",
        origin="data/train.jsonl",
        evidence=[Evidence(Location("train.py", 9), "datasets", "datasets.load_dataset")],
        hashes=[("SHA-256", "e" * 64)],
    )
    elsewhere = Component(
        Kind.DATASET,
        "huggingface",
        "acme/mirror",
        evidence=[Evidence(Location("train.py", 11), "datasets", revision="main")],
        properties=[("repository-url", "https://hub.example")],
    )
    persons = {
        "sbom-author": "Ada Example <ada@shop.example>",
        "sbom-manufacturer": "Shop Ltd.",
        "system-supplier": "Shop Stores GmbH",
        "system-producer": "Shop Ltd.",
        "intended-application-area": "Answers questions about orders.",
    }
    said = [(key, Fact(value, SAID)) for key, value in persons.items()]
    return Bill([orders, local, elsewhere], target=evolve(SHOP, stated=said))


def _agents() -> Bill:
    """What runs elsewhere, and what acts: hosted models, services, MCP servers, agents, tools, prompts."""
    at = [Evidence(Location("crew.py", 3), "agents", "agents.Agent")]
    model = Component(
        Kind.MODEL,
        "openai",
        "gpt-4o",
        hosted=True,
        evidence=at,
        card=Card(
            facts(
                "models.dev",
                family="gpt-4o",
                context_length="128000",
                input_modality=("text", "image"),
                output_modality="text",
                shutdown="2027-01-01",
            )
        ),
    )
    service = Component(
        Kind.SERVICE,
        "openai",
        "openai",
        hosted=True,
        evidence=[
            Evidence(Location("crew.py", 2, 5), "services", "openai.OpenAI"),
            Evidence(Location(".env", 1), "services", "OPENAI_BASE_URL", Usage.OPTIONAL, 0.5),
        ],
        properties=[("endpoint", "https://api.openai.com/v1")],
    )
    own = Component(
        Kind.SERVICE,
        "ollama",
        "ollama",
        evidence=at,
        properties=[("endpoint", "http://localhost:11434"), ("external", "false")],
    )
    server = Component(
        Kind.SERVICE,
        "mcp",
        "files",
        origin="npm:@example/files",
        evidence=[Evidence(Location(".mcp.json", 4), "mcp-servers")],
        properties=[
            ("command", "npx -y @example/files@1.2.0 --token ***"),
            ("package", "npm:@example/files"),
            ("package-version", "1.2.0"),
            ("package-pinned", "true"),
            ("transport", "stdio"),
            ("variables", "FILES_TOKEN"),
        ],
    )
    package = Component(Kind.LIBRARY, "npm", "@example/files", version="1.2.0", evidence=at)
    agent = Component(Kind.AGENT, "openai-agents", "Triage", origin="crew.py", evidence=at)
    tool = Component(Kind.TOOL, "openai-agents", "look_up", origin="crew.py", evidence=at)
    prompt = Component(
        Kind.PROMPT,
        "local",
        "prompts/triage.md",
        evidence=at,
        hashes=[("SHA-256", "f" * 64)],
        properties=[("role", "template")],
    )
    return Bill(
        [model, service, own, server, package, agent, tool, prompt],
        [
            Relation(model.ref, service.ref, RelationKind.SERVED_BY),
            Relation(server.ref, package.ref, RelationKind.USES),
            *(Relation(agent.ref, part.ref, RelationKind.USES) for part in (model, tool, prompt, server)),
        ],
        target=SHOP,
    )


def _findings() -> Bill:
    """What rules, scanners and notices say, what is settled of it, and what could not be read."""
    unsafe = Verdict("picklescan", "unsafe", "hub:tree", "posix.system", "2026-11-26")
    model = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone",
        evidence=[Evidence(Location("app.py", 3), "transformers", "load", revision="main")],
        files=[ModelFile("model.bin", "hub:tree", verdicts=[unsafe])],
    )
    advisory = Advisory(
        "GHSA-aaaa-bbbb-cccc",
        "osv:api.osv.dev@2026-11-26",
        "Deserialization of untrusted data",
        aliases=["CVE-2026-0001"],
        ratings=[Rating("high", "CVSS", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "8.8")],
        cwes=["CWE-502"],
        published="2026-01-02T03:04:05Z",
        modified="2026-02-03T04:05:06Z",
        ranges=[">=0, <4.58.0"],
        fixed=["4.58.0"],
        references=["https://notices.example/1"],
        state="not_affected",
        justification="code_not_reachable",
        detail="Ada Example: it is never called (until 2027-01-01)",
        until="2027-01-01",
    )
    library = Component(
        Kind.LIBRARY,
        "pypi",
        "transformers",
        version="4.57.1",
        evidence=[Evidence(Location("requirements.txt", 1), "libraries", technique=Technique.MANIFEST)],
        properties=[("notices-checked", "osv:api.osv.dev@2026-11-26")],
        advisories=[advisory],
    )
    return Bill(
        [model, library],
        findings=[
            Finding(
                "unpinned-model",
                Level.WARNING,
                model.ref,
                "main is a branch: it can mean something else tomorrow; pin it",
                (Location("app.py", 3, 8), Location("nb.ipynb", 9, 1, 2)),
                ("https://atlas.example/AML.T0010", "AML.T0010.003", "CWE-494"),
                ["'main'"],
            ),
            Finding("no-licence", Level.INFO, model.ref, "nobody states one"),
            Finding("key", Level.WARNING, "", "it stands in a file that names nothing", (Location(".env", 2),)),
        ],
        settled=[
            Settled(
                Finding("known-notice", Level.ERROR, library.ref, "GHSA-aaaa-bbbb-cccc", about=["CVE-2026-0001"]),
                "not_affected",
                "Ada Example: it is never called (until 2027-01-01)",
                "2027-01-01",
            )
        ],
        diagnostics=[
            Diagnostic("not-followed", "the model comes from os.environ['MODEL']", Location("app.py", 9, 4)),
            Diagnostic("supplied-by-caller", "the parameter name of load()", Location("lib.py", 2)),
            Diagnostic("too-large", "it has 3,000,000 bytes"),
        ],
        coverage=Coverage(
            12, 9, 4, 2, [Skip("big.json", "too-large"), Skip("node_modules/", "excluded-by-default")], [".env"]
        ),
        target=SHOP,
    )


def _files() -> Bill:
    """Models that are files: of the tree, of an address, and of shards of which one lacks."""
    local = Component(
        Kind.MODEL,
        "local",
        "yolo.onnx",
        origin="weights/yolo.onnx",
        evidence=[
            Evidence(Location("weights/yolo.onnx"), "model-files", technique=Technique.BINARY),
            Evidence(Location("detect.py", 5, 12), "onnx", "onnxruntime.InferenceSession"),
        ],
        card=Card(facts("file:weights/yolo.onnx", producer="pytorch 2.9", input="images: float32[1,3,640,640]")),
        hashes=[("SHA-256", "1" * 64)],
        files=[ModelFile("weights/yolo.onnx", "file:weights/yolo.onnx", 12_000_000, "onnx", [("SHA-256", "1" * 64)])],
    )
    fetched = Component(
        Kind.MODEL,
        "unknown",
        "mobile_sam.pt",
        origin="https://downloads.example/models/v1/mobile_sam.pt",
        evidence=[Evidence(Location("fetch.sh", 2), "downloads", "curl")],
    )
    shards = [f"weights/big/model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    sharded = Component(
        Kind.MODEL,
        "local",
        "weights/big",
        evidence=[Evidence(Location("weights/big"), "model-files", technique=Technique.BINARY)],
        files=[ModelFile(shards[0], f"file:{shards[0]}", 5_000_000, "safetensors", [("SHA-256", "2" * 64)])],
    )
    ours = Component(
        Kind.MODEL,
        "local",
        "out/checkpoint",
        evidence=[Evidence(Location("train.py", 40), "transformers", "transformers.Trainer.save_model")],
        properties=[("produced", "true")],
    )
    return Bill(
        [local, fetched, sharded, ours],
        [Relation(ours.ref, local.ref, RelationKind.DERIVED_FROM)],
        diagnostics=[Diagnostic("missing-shard", "one of 2 lacks", Location(shards[0]))],
        target=Target(),
    )


def _mentions() -> Bill:
    """What is only mentioned, beside what is used."""
    used = Component(
        Kind.MODEL,
        "huggingface",
        "acme/tone",
        evidence=[
            Evidence(Location("app.py", 3), "transformers", "load"),
            Evidence(Location("README.md", 10), "mentions", usage=Usage.MENTION, requested="tone", confidence=0.5),
        ],
    )
    only = Component(
        Kind.MODEL,
        "openai",
        "gpt-3.5-turbo",
        hosted=True,
        evidence=[Evidence(Location("tests/test_app.py", 3), "openai", usage=Usage.MENTION)],
    )
    return Bill([used, only], target=SHOP)


def _odd() -> Bill:
    """Names that no format expects: control characters, bytes that are no text, paths like those of a machine."""
    names = ["a\nb\x1b[31m", "caf\udce9.bin", "C:\\new\\model", "a;b=c%3B", "<&\"'>", "😀/ü", "x" * 2000, "@a//b", ""]
    models = [
        Component(
            Kind.MODEL,
            "local",
            name,
            evidence=[Evidence(Location(name or "x", 1), "x;y=z", f"f({name[:9]})", context=[("usage", name[:9])])],
            card=Card([("limitation", Fact(f"{name[:9]} (a)", "card(1)"))]),
        )
        for name in names
    ]
    library = Component(Kind.LIBRARY, "pypi", "torch", version="9" * 2000)
    service = Component(
        Kind.SERVICE, "x", "x", properties=[("endpoint", "https://me:secret@host.example/v1?key=1"), ("usage", "odd")]
    )
    return Bill(
        [*models, library, service],
        diagnostics=[Diagnostic("not-text", "\x00\ud800", Location("caf\udce9.py", 1))],
        target=Target("/home/me/shop", "9" * 2000),
    )


BILLS: Final = {
    "agents": _agents(),
    "datasets": _datasets(),
    "empty": Bill(),
    "files": _files(),
    "findings": _findings(),
    "full-card": _full_card(),
    "mentions": _mentions(),
    "odd-names": _odd(),
}
"""By what is special about them."""


def as_shown(it: Bill) -> Bill:
    """Return *it* as a document may show it: no key in an address, no path of a machine, purls in their own form."""
    target = it.target
    name = target.name if target.name and not is_machine_path(target.name) else None
    purl = canonical_purl(target.purl) if target.purl else None
    return evolve(
        it,
        target=Target(name, target.version or None, purl, target.source, target.stated),
        components=[
            evolve(c, properties=[(n, to_endpoint(v)[0] if n == "endpoint" else v) for n, v in c.properties])
            for c in it.components
        ],
    )
