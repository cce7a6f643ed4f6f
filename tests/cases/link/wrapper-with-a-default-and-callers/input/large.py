from embed import encoder

e = encoder(name="intfloat/e5-mistral-7b-instruct")
