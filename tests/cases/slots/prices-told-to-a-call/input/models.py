from shop.llm import Registry, describe

MODELS = Registry(
    {
        "gpt-4o-2024-08-06": describe(supports_images=True, input_price=2.5 / 1e6, output_price=10 / 1e6),
        "claude-3-opus-20240229": describe(supports_images=True, input_price=15 / 1e6, output_price=75 / 1e6),
        "gemini-1.5-pro-002": describe(supports_images=True, input_price=1.25 / 1e6, output_price=5 / 1e6),
    }
)
