"""What agents, servers and services are in a document: valid, with an edge for everything that is used, no secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aibom import scan
from aibom.bill import Kind
from aibom.cyclonedx import read_components, to_bom, to_document, to_json, validate

CASES = Path(__file__).parents[1] / "cases"
TREES = sorted(
    case
    for group in (
        "agent-tree",
        "agent-files",
        "agent-code",
        "mcp-servers",
        "services",
        "vector-stores",
        "secret-literals",
    )
    for case in (CASES / group).iterdir()
)
SECRETS = (
    *(
        "ghp_0123456789012345678901234567890123ab",
        "s3cr3t",
        "api_key=abcdef",
        "Bearer x",
        "ctx7sk-",
        "KEY=abc",
        "TOKEN=abc",
    ),
    *("sk-proj-Q8", "hf_WmZq", "8f3kd92mZq7", "xoxb-2849501738", "me:pw", "a:b@db", "u:p@", "/home/anna", "?key=AIza"),
)


@pytest.fixture(params=TREES, ids=lambda path: f"{path.parent.name}/{path.name}")
def tree(request: pytest.FixtureRequest) -> Path:
    """Return the folder of one case."""
    return Path(request.param) / "input"


def needs(document: dict[str, Any]) -> dict[str, list[str]]:
    """Return the graph of *document*."""
    return {entry["ref"]: entry["dependsOn"] for entry in document["dependencies"]}


def test_the_document_is_valid_and_holds_no_secret(tree: Path):
    bill = scan(tree, plugins=False)

    text = to_json(bill, mentions=True)
    assert [(), ()] == [validate(to_document(bill, mentions=True, spec_version=v)) for v in ("1.6", "1.7")]
    assert [] == [secret for secret in SECRETS if secret in text]


def test_every_edge_of_the_bill_is_one_of_the_document_and_its_ends_are_there(tree: Path):
    bill = scan(tree, plugins=False)
    document: dict[str, Any] = to_document(bill, mentions=True)

    graph = needs(document)
    refs = {entry["bom-ref"] for key in ("components", "services") for entry in document[key]}
    assert refs == set(graph) - {document["metadata"]["component"]["bom-ref"]}
    assert all(refs.issuperset(targets) for targets in graph.values())
    assert sum(len(targets) for ref, targets in graph.items() if ref in refs) == len(
        {(r.source, r.target) for r in bill.relations}
    )


def test_what_is_written_is_read_back_by_kind_and_name(tree: Path):
    bill = scan(tree, plugins=False)

    back = read_components(to_json(bill, mentions=True)) or ()
    assert sorted((c.kind, c.name, c.origin) for c in bill) == sorted((c.kind, c.name, c.origin) for c in back)
    assert len(bill.services) == len(list(to_bom(bill, mentions=True).services))


def test_an_agent_depends_on_its_model_tools_prompt_server_and_other_agent_and_the_model_on_its_service():
    document: dict[str, Any] = to_document(scan(CASES / "agent-tree" / "openai-agents" / "input", plugins=False))

    graph = needs(document)
    assert [
        "aibom:agent:openai-agents:Billing#app.py",
        "aibom:model:openai:gpt-4.1",
        "aibom:prompt:local:prompts/triage.md",
        "aibom:service:mcp:@acme/crm-mcp#npm:@acme/crm-mcp",
        "aibom:service:mcp:wiki#https://wiki.example/mcp",
    ] == graph["aibom:agent:openai-agents:Triage#app.py"]
    assert ["aibom:service:openai:openai"] == graph["aibom:model:openai:gpt-4.1"]
    assert ["pkg:npm/@acme/crm-mcp@1.0.2"] == graph["aibom:service:mcp:@acme/crm-mcp#npm:@acme/crm-mcp"]


def test_an_mcp_server_is_a_service_that_says_how_it_is_started():
    document: dict[str, Any] = to_document(scan(CASES / "mcp-servers" / "project-file" / "input", plugins=False))

    services = {service["name"]: service for service in document["services"]}
    assert {
        "bom-ref": "aibom:service:mcp:github#npm:@modelcontextprotocol/server-github",
        "name": "github",
        "data": [{"flow": "bi-directional", "classification": "unknown"}],
        "properties": [
            {"name": "aibom:command", "value": "npx -y @modelcontextprotocol/server-github@2025.4.8"},
            {"name": "aibom:hosted", "value": "false"},
            {"name": "aibom:kind", "value": "mcp-server"},
            {
                "name": "aibom:occurrence",
                "value": "at=.mcp.json:3; usage=used; detector=mcp-servers; symbol=mcpServers; column=6",
            },
            {"name": "aibom:origin", "value": "npm:@modelcontextprotocol/server-github"},
            {"name": "aibom:package", "value": "npm:@modelcontextprotocol/server-github"},
            {"name": "aibom:package-pinned", "value": "true"},
            {"name": "aibom:package-version", "value": "2025.4.8"},
            {"name": "aibom:provider", "value": "mcp"},
            {
                "name": "aibom:relation",
                "value": "kind=uses; target=library:npm:@modelcontextprotocol/server-github@2025.4.8",
            },
            {"name": "aibom:transport", "value": "stdio"},
            {"name": "aibom:usage", "value": "used"},
            {"name": "aibom:variables", "value": "GITHUB_PERSONAL_ACCESS_TOKEN"},
        ],
    } == services["github"]
    assert ["https://search.example/mcp"] == services["search"]["endpoints"]
    assert services["search"]["x-trust-boundary"]


def test_the_bill_lists_agents_tools_and_prompts():
    bill = scan(CASES / "agent-tree" / "openai-agents" / "input", plugins=False)

    assert (2, 3, 1) == (len(bill.agents), len(bill.tools), len(bill.prompts))
    assert {Kind.AGENT, Kind.TOOL, Kind.PROMPT} <= {c.kind for c in bill}
