from huggingface_hub import PyTorchModelHubMixin


class Net(PyTorchModelHubMixin):
    pass
