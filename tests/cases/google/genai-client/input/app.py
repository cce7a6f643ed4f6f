from google import genai
import google.generativeai as palm
from vertexai.language_models import TextEmbeddingModel
from vertexai.generative_models import GenerativeModel

client = genai.Client(api_key="x")
client.models.generate_content(model="gemini-2.0-flash", contents="Hi")
client.aio.models.embed_content(model="models/text-embedding-004", contents="Hi")
chat = client.chats.create(model="gemini-1.5-pro")
palm.GenerativeModel("gemini-1.5-flash").generate_content("Hi")
palm.embed_content(model="models/embedding-001", content="Hi")
TextEmbeddingModel.from_pretrained("text-embedding-005")
GenerativeModel("projects/p/locations/l/publishers/google/models/gemini-2.0-flash-lite")
