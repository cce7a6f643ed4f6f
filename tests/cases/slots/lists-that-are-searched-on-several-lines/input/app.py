import litellm

DEFAULT_MODEL = "gpt-4o-mini"


class Chat:
    def sees_pictures(self):
        vision_prefixes = (
            "gpt-4o",
            "gpt-4.1",
            "claude-3",
            "claude-sonnet-4",
        )
        return any(
            self.model.startswith(m) or f"/{m}" in self.model
            for m in vision_prefixes
        )
