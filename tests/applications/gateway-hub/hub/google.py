from google import genai
from google.genai import types

FLASH = "gemini-2.5-flash"
PRO = FLASH.replace("flash", "pro")


class Gemini:
    def __init__(self, project: str | None = None) -> None:
        self.client = genai.Client(vertexai=True, project=project, location="europe-west4") if project else genai.Client()
        self.model = FLASH

    def ask(self, text: str) -> str:
        config = types.GenerateContentConfig(response_mime_type="application/json", temperature=0)
        return self.client.models.generate_content(model=self.model, contents=text, config=config).text

    def picture(self, text: str) -> bytes:
        reply = self.client.models.generate_images(model="imagen-3.0-generate-002", prompt=text)
        return reply.generated_images[0].image.image_bytes

    def embed(self, texts: list[str]):
        return self.client.models.embed_content(model="models/text-embedding-004", contents=texts).embeddings
