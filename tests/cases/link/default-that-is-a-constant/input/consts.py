REPO = "hexgrad/Kokoro-82M"
