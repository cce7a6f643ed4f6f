from app.registry import Info, fetch

MODELS = {
    "small": Info(fetch, "unstructured-ai/layout-base", size=1),
    "large": Info(path=Info(fetch, "unstructured-ai/layout-large"), size=2),
}
CHOSEN = Info(fetch, "unstructured-ai/layout-xl")
