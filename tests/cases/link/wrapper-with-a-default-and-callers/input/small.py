from embed import encoder

e = encoder()
