from diffusers.utils import export_to_video, load_image


def draw(pipe):
    mask = load_image("https://raw.githubusercontent.com/acme/pictures/main/mask.png")
    frames = pipe(prompt="black/white portrait", negative_prompt="text/watermark", image=mask).frames
    return export_to_video(frames, "out/video.mp4")
