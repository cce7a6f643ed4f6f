from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel


class AcmeConfig(PretrainedConfig):
    model_type = "acme"


class AcmeModel(PreTrainedModel):
    config_class = AcmeConfig


AutoConfig.register("acme", AcmeConfig)
AutoModel.register(AcmeConfig, AcmeModel)


def is_ours(model):
    return isinstance(model, PreTrainedModel) and model.config.model_type == "acme"


model = AcmeModel(AcmeConfig())
model.save_pretrained("out/acme")
