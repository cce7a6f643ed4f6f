"""The reader of Terraform gives attributes with the blocks around them."""

from __future__ import annotations

from hypothesis import given as for_any
from hypothesis import strategies as st

from aibom.syntax.hcl import read


def found(text: str) -> list[tuple[str, str, int]]:
    return [
        (".".join(a.keys), "".join(p.text if p.kind == "text" else f"<{p.text}>" for p in a.word.parts), a.line)
        for a in read(text)
    ]


def test_strings_and_references_know_their_blocks():
    text = """
resource "aws_x" "y" {  # note
  a = "b"
  /* two
     lines */
  c = var.d
  e {
    f = "g-${local.h}"
    i = { J = "k", "L" = "m" }
  }
  n = ["o", "p"]
  q = 5
}
r = "s"
"""

    assert [
        ("resource.aws_x.y.a", "b", 3),
        ("resource.aws_x.y.c", "<var.d>", 6),
        ("resource.aws_x.y.e.f", "g-<local.h>", 8),
        ("resource.aws_x.y.e.i.J", "k", 9),
        ("resource.aws_x.y.e.i.L", "m", 9),
        ("resource.aws_x.y.n", "o", 11),
        ("resource.aws_x.y.n", "p", 11),
        ("r", "s", 14),
    ] == found(text)


def test_here_documents_keep_their_lines():
    (attribute, after) = read('a {\n  b = <<-EOT\n    c\n    d\n  EOT\n  e = "f"\n}')

    assert [("    c", 3), ("    d", 4)] == [(line.text, line.number) for line in attribute.document]
    assert ("a", "b") == attribute.keys
    assert (("a", "e"), 6) == (after.keys, after.line)


def test_a_break_costs_little():
    assert [("a", "b", 1), ("e", "f", 4)] == found('a = "b"\n"c\n<<X }}}\ne = "f"')
    assert [("c", "d", 2)] == found('a = <<X\nc = "d"')


@for_any(st.text(alphabet='ab={}[]()"$\\\n<-#/*.,:EOT ', max_size=200))
def test_any_text_is_read(text: str):
    assert read(text) == read(text)
