import spacy

_PIPELINES = {"de": "de_core_news_lg", "fr": "fr_core_news_md", "it": "it_core_news_md"}


def people(text: str, language: str = "de") -> list[str]:
    nlp = spacy.load(_PIPELINES[language], disable=["parser"])
    return [e.text for e in nlp(text).ents if e.label_ == "PER"]
