def entry(url="", hf_hub="", **rest):
    return dict(url=url, hf_hub=hf_hub, **rest)


VISION = dict(
    tiny=entry(hf_hub="acme-ai/vision_tiny.v1/"),
    small=entry(hf_hub="acme-ai/vision_small.v1/"),
    base=entry(hf_hub="acme-ai/vision_base.v1/vision_base.bin"),
    large=entry(hf_hub="acme-ai/vision_large.v1/"),
    nothing=entry(hf_hub="acme-ai/docs/index.html"),
)
