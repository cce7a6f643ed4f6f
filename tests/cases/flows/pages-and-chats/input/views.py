from django.http import JsonResponse
from google import genai

client = genai.Client()


def ask(request):
    found = client.models.generate_content(model="gemini-2.0-flash", contents=request.POST["question"])
    return JsonResponse({"answer": found.text})
