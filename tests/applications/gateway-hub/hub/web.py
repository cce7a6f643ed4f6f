from fastapi import FastAPI, Response

from hub import compatible

app = FastAPI(root_path="/hub/v1")


@app.post("/chat/completions")
def chat(body: dict) -> Response:
    """The body's model is ignored: callers send ``hub/default`` and get what procurement likes."""
    return Response(compatible.route(body["text"]), media_type="text/plain")
