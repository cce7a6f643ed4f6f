from fastapi import FastAPI, UploadFile

from lumen import answer, embed, store

app = FastAPI(title="Lumen", docs_url="/api/docs")


@app.get("/v1/models")
def models() -> dict[str, str]:
    return {"object": "list/models"}


@app.post("/search/passages", response_class="application/json")
def passages(q: str) -> list[str]:
    hits = store.search(embed.encoder().encode(q).tolist())
    return [h.payload["text"] for h in hits]
