import fire
from diffusers import AutoPipelineForText2Image


def draw(prompt, model="stabilityai/sd-turbo", steps=1):
    return AutoPipelineForText2Image.from_pretrained(model)(prompt, num_inference_steps=steps)


if __name__ == "__main__":
    fire.Fire(draw)
