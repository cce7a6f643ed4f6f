import json
from pathlib import Path

from sentence_transformers import SentenceTransformer

CONFIG = Path(__file__).parent / "conf" / "search.json"
settings = json.loads(CONFIG.read_text(encoding="utf-8"))

embedder = SentenceTransformer(settings["retrieval"].get("embedder", "all-MiniLM-L6-v2"))
