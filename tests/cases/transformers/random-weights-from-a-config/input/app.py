from transformers import AutoModelForCausalLM, BertConfig, BertModel, GPT2Config

bert = BertModel(BertConfig(hidden_size=128, num_hidden_layers=2))
tiny = AutoModelForCausalLM.from_config(GPT2Config(n_layer=2))
torch_model_type = "facebook/opt-125m".partition("/")[2]
