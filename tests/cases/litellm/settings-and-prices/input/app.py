import litellm

litellm.drop_params = True
litellm.success_callback = ["langfuse"]
litellm.token_counter(model="gpt-4o", text="x")
litellm.utils.trim_messages([], "gpt-4o")


def completion(model):
    return model


completion(model="fast")
