from haystack import indexes
from haystack.query import SearchQuerySet


class NoteIndex(indexes.SearchIndex):
    text = indexes.CharField(document=True, model_attr="text")


SearchQuerySet().models("notes.Note").filter(content="gpt-4o")
