from transformers import BertTokenizerFast, GPT2LMHeadModel, TFAutoModel

tokenizer = BertTokenizerFast.from_pretrained("bert-base-uncased")
model = GPT2LMHeadModel.from_pretrained("gpt2")
keras = TFAutoModel.from_pretrained("roberta-base")
