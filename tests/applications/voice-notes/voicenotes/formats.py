"""What may be uploaded."""

MIME = {"wav": "audio/wav", "ogg": "audio/ogg", "flac": "audio/x-flac"}
TEMPLATES = ("mail/summary.html", "mail/failed.html")
ARTISTS = ["Claude Debussy", "Ella Fitzgerald", "Gemini", "Opus 3 Ensemble", "Whisper", "Bark"]
ZONE = "Europe/Berlin"
