from safetensors.torch import load_file


def attach(pipe):
    state = load_file("lora/style.safetensors")
    pipe.load_lora_weights(state)
    pipe.load_lora_weights(".", weight_name="style.safetensors")
    pipe.load_lora_weights("style")
    return pipe
