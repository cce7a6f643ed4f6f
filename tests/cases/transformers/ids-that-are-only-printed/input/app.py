import logging

import transformers

log = logging.getLogger(__name__)


def explain(error):
    log.error("Could not load %s: %s", "meta-llama/Llama-2-7b-hf", error)
    print("Try another one, such as mistralai/Mistral-7B-v0.1")
    transformers.logging.set_verbosity_error()
    raise ValueError("expected an id like 'meta-llama/Llama-2-7b-hf'") from error
